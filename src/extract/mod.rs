//! [`Filing`] → people, speakers, quotes, countries, sources. One pure file a step; the steps in
//! order are [`Extractor::extract`].

mod document;
pub mod evaluate;

mod language;
mod zones;
mod dateline;
mod source_names;
mod citation;
mod unlisted;
mod sources;
mod glue;
mod scene;
mod places;
pub mod tagger;
mod people;
mod identity;
mod quotes;
mod speakers;
mod tagged;
mod countries;

use std::sync::Arc;

use crate::story::{Certainty, Extraction, Filing, Quote, Source};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::Lists;
use document::Document;
use people::NameFinder;
use tagger::Models;

/// The steps with the vocabulary that they share. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Extractor {
    vocabulary: Arc<Vocabulary>,
    models: Models,
}

impl Extractor {
    /// An extractor with that vocabulary and the models that are compiled in.
    #[must_use]
    pub fn new(vocabulary: Arc<Vocabulary>) -> Self {
        Self::with_models(vocabulary, Models::builtin())
    }

    /// An extractor with that vocabulary and these models.
    #[must_use]
    pub const fn with_models(vocabulary: Arc<Vocabulary>, models: Models) -> Self {
        Self { vocabulary, models }
    }

    /// Extracts all facets and quotes of one filing. The steps run in this order, each seeing the marks of those before:
    /// language, zones, sources, glued words, place phrases, people, identity, tagged people, quotes, speakers, countries.
    #[must_use]
    pub fn extract(&self, filing: &Filing) -> Extraction {
        let vocabulary = &self.vocabulary;
        let mut document = Document::new(filing);
        let stated = filing.ninjs.language.as_deref();
        document.language = language::language(&vocabulary.languages, stated, &document.headline, &document.body);
        let (sources, candidates) = self.mark(&mut document);
        let model = self.models.of(document.language);
        let names = people::Finder { model }.find(&document, vocabulary);
        let mut cast = identity::join(&document, vocabulary, &names);
        identity::recognise(&document, vocabulary, &candidates, &mut cast);
        tagged::add(&filing.ninjs.people, &mut cast.people);
        mark_people(&mut document, &cast);
        let spans = quotes::find(&mut document.body);
        let lists = Lists::of(document.language);
        let quotes = speakers::attribute(&document.body, vocabulary, lists, &cast, &spans);
        let countries = countries::countries(vocabulary, &document, candidates);
        Extraction {
            language: document.language.to_owned(),
            speakers: speakers_of(&quotes),
            people: cast.people,
            countries,
            sources,
            quotes,
        }
    }
}

impl Extractor {
    /// The steps before the people step.
    fn mark(&self, document: &mut Document) -> (Vec<Source>, places::Candidates) {
        let vocabulary = &self.vocabulary;
        zones::mark(vocabulary, document);
        let sources = sources::find(vocabulary, document);
        glue::part(document, vocabulary);
        (sources, places::mark_places(vocabulary, document))
    }

    /// A filing as the people step sees it.
    fn prepared<'f>(&self, filing: &'f Filing, language: &'static str) -> Document<'f> {
        let mut document = Document::new(filing);
        document.language = language;
        self.mark(&mut document);
        document
    }
}

/// Marks the tokens of people's names in the body.
fn mark_people(document: &mut Document, cast: &identity::Cast) {
    for mention in &cast.mentions {
        document.body.mark(mention.tokens.clone(), document::Marks::PERSON);
    }
}

/// The people whose words are certain, in the order of the text.
fn speakers_of(quotes: &[Quote]) -> Vec<String> {
    let mut speakers: Vec<String> = Vec::new();
    for quote in quotes.iter().filter(|quote| quote.certain == Certainty::Certain) {
        if let Some(speaker) = &quote.speaker
            && !speakers.contains(speaker)
        {
            speakers.push(speaker.clone());
        }
    }
    speakers
}

#[cfg(test)]
mod properties;
