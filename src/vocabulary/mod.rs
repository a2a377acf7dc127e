//! `index_schema/vocabulary` loaded once: from a phrase to an id, from an id to its labels and facts.

mod countries;

pub mod names;
pub mod phrases;
pub mod speech;
mod places;
pub mod tsv;

use std::sync::{Arc, OnceLock};

pub use countries::Countries;
pub(crate) use countries::CountryId;
pub(crate) use places::{Languages, Place, Places, Reading};

use crate::story::Facet;

/// Everything that `index_schema/vocabulary` knows.
#[derive(Debug)]
pub struct Vocabulary {
    /// What is known of words that may be names.
    pub names: names::Names,
    /// The words by which speech is reported.
    pub cues: speech::Cues,
    /// Countries and regions, and the phrases that name or imply them.
    pub countries: Countries,
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
            cues: speech::Cues::builtin().unwrap_or_default(),
            countries: Countries::builtin(),
        }
    }

    /// The facet values that a text names, by any of their names in any language. Empty when the vocabulary knows none:
    /// the text itself may still be a value.
    #[must_use]
    pub fn resolve(&self, facet: Facet, text: &str) -> Vec<String> {
        match facet {
            Facet::Country | Facet::About => self.countries.resolve(text).map(str::to_owned).into_iter().collect(),
            Facet::Region => self
                .countries
                .resolve_region(text)
                .map(str::to_owned)
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The label of a facet value in a language (BCP 47; English when empty or unknown); the value itself when the vocabulary
    /// has no label for it.
    #[must_use]
    pub fn label(&self, facet: Facet, value: &str, lang: &str) -> String {
        let label = match facet {
            Facet::Country | Facet::About => self.countries.label(value, lang),
            Facet::Region => self.countries.region_label(value, lang),
            _ => None,
        };
        label.unwrap_or(value).to_owned()
    }
}
