//! The extractor that the arguments ask for.

use anyhow::Context;

use super::args::ExtractionArgs;
use crate::extract::Extractor;
use crate::extract::tagger::{Model, Models};
use crate::vocabulary::Vocabulary;

/// The vocabulary with the built-in models and the user's own.
pub(super) fn extractor(args: &ExtractionArgs) -> anyhow::Result<Extractor> {
    let mut models = Models::builtin();
    for path in &args.model {
        let told = || format!("could not use the model {}", path.display());
        let bytes = std::fs::read(path).with_context(told)?;
        models.put(Model::from_bytes(&bytes).with_context(told)?);
    }
    Ok(Extractor::with_models(Vocabulary::builtin(), models))
}
