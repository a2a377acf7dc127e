//! `index_schema/vocabulary` loaded once: from a phrase to an id, from an id to its labels and facts.

pub mod tsv;
pub mod phrases;
pub mod languages;
mod countries;
mod cities;
mod places;
mod misread;
mod openers;
pub mod sources;
pub mod citations;
pub mod furniture;
mod endings;
pub mod names;
pub mod people;
pub mod speech;
pub mod subjects;
mod named;

use std::sync::{Arc, OnceLock};

pub(crate) use cities::Cities;
pub use countries::Countries;
pub(crate) use countries::CountryId;
pub use named::NamedValues;
pub(crate) use places::{Place, Places, Reading};

use crate::story::Facet;
use citations::SourceCues;
use furniture::Furniture;
use languages::Languages;
use names::Names;
use people::People;
use sources::Sources;
use speech::SpeechCues;
use subjects::Subjects;

/// Everything that `index_schema/vocabulary` knows.
#[derive(Debug)]
pub struct Vocabulary {
    /// Languages, and what tells them apart.
    pub languages: Languages,
    /// Countries and regions, and the phrases that name or imply them.
    pub countries: Countries,
    /// Agencies and outlets.
    pub sources: Sources,
    /// Words that tell a citation.
    pub citations: SourceCues,
    /// Lines that are not story.
    pub furniture: Furniture,
    /// What is known of words that may be names.
    pub names: Names,
    /// The words by which speech is reported.
    pub speech: SpeechCues,
    /// People of world news, their spellings and offices.
    pub people: Arc<People>,
    /// The subjects of the IPTC's code lists.
    pub subjects: Subjects,
}

impl Vocabulary {
    /// The vocabulary that is compiled in, loaded at first use.
    #[must_use]
    pub fn builtin() -> Arc<Self> {
        static BUILTIN: OnceLock<Arc<Vocabulary>> = OnceLock::new();
        Arc::clone(BUILTIN.get_or_init(|| Arc::new(Self::load())))
    }

    /// Reads the compiled-in lists. A list that could not be read would be empty: a test reads each.
    fn load() -> Self {
        Self {
            languages: Languages::builtin().unwrap_or_default(),
            countries: Countries::builtin(),
            sources: Sources::builtin().unwrap_or_default(),
            citations: SourceCues::builtin().unwrap_or_default(),
            furniture: Furniture::builtin().unwrap_or_default(),
            names: Names::builtin().unwrap_or_default(),
            speech: SpeechCues::builtin().unwrap_or_default(),
            people: Arc::new(People::builtin().unwrap_or_default()),
            subjects: Subjects::builtin().unwrap_or_default(),
        }
    }

    /// The same with other people.
    #[cfg(test)]
    pub(crate) fn with_people(people: People) -> Self {
        Self {
            people: Arc::new(people),
            ..Self::load()
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
            Facet::Source | Facet::Credit => self.sources.resolve(text),
            Facet::Language => {
                let language = self.languages.of_tag(text).or_else(|| self.languages.of_name(text));
                language.map(|language| language.id.to_owned()).into_iter().collect()
            }
            Facet::Subject => self.subjects.label(text).map(str::to_owned).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The names of a facet's values by their words, where there are many: cut at first use, and kept.
    #[must_use]
    pub fn named(&self, facet: Facet) -> Option<&NamedValues> {
        match facet {
            Facet::Country | Facet::About => Some(self.countries.named()),
            Facet::Source | Facet::Credit => Some(self.sources.named()),
            _ => None,
        }
    }

    /// The label of a facet value in a language (BCP 47; English when empty or unknown); the value itself when the vocabulary
    /// has no label for it.
    #[must_use]
    pub fn label(&self, facet: Facet, value: &str, lang: &str) -> String {
        let known = match facet {
            Facet::Country | Facet::About => self.countries.label(value, lang),
            Facet::Region => self.countries.region_label(value, lang),
            Facet::Source | Facet::Credit => self.sources.of_id(value).map(|source| source.name),
            Facet::Language => self.languages.of_tag(value).map(|language| match lang {
                "id" | "ms" => language.indonesian,
                _ if self.languages.of_tag(lang).is_some_and(|asked| asked.id == language.id) => language.own,
                _ => language.english,
            }),
            _ => None,
        };
        known.unwrap_or(value).to_owned()
    }
}
