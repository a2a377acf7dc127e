//! Trains a model from labelled text, on text that no one labelled too, and measures one on text that it has not seen.

mod perceptron;
mod agreed;
mod measure;

pub use agreed::agreed;
pub use measure::{Measured, measure};

use super::labelled::{Kind, Labelled};
use super::memory::Memory;
use super::model::Model;
use super::tag::Tag;
use super::view::{Run, Sight, View};
use crate::extract::Extractor;
use crate::extract::document::{Document, Text};
use crate::extract::people::traits_of;
use crate::story::Filing;
use crate::vocabulary::names::Lists;
use perceptron::{Random, Sentence, learn, tagged};

/// How a model is trained. The figures were chosen on held-out text of four languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How often each pass sees every document.
    pub rounds: usize,
    /// How often each pass is learned, in another order each time: the mean of several is steadier than one.
    pub repeats: usize,
    /// Parts of the training text that the first pass is trained without, in turn, so that the second learns from tags that are
    /// as wrong as they will be later.
    pub folds: usize,
    /// The share of features, in 65536ths, that are hidden from the learner each time it looks at a name, so that no single one is
    /// relied upon: half a point to two points of F1.
    pub hidden: u16,
    /// The share of words, in 65536ths, that are treated as if no name list had them: lists are in part made from names in
    /// training text, and would be trusted too much. One to five points of F1.
    pub unlisted: u16,
}

impl Default for Plan {
    fn default() -> Self {
        const SHARE: u16 = (65_536_u32 * 2 / 5) as u16;
        Self {
            rounds: 12,
            repeats: 4,
            folds: 5,
            hidden: SHARE,
            unlisted: SHARE,
        }
    }
}

/// A document as it is trained on.
struct Seen<'d> {
    view: View<'d>,
    /// The runs whose tags are known.
    runs: Vec<Run>,
    tags: Vec<Tag>,
}

/// Trains a model for a language on labelled documents, seen through the extractor's vocabulary.
#[must_use]
pub fn train(extractor: &Extractor, language: &'static str, documents: &[Labelled], plan: Plan) -> Model {
    let filings: Vec<Filing> = documents.iter().map(filing).collect();
    let prepared: Vec<Document> = filings.iter().map(|one| extractor.prepared(one, language)).collect();
    let mut random = Random::default();
    let seen = prepared.iter().zip(documents).map(|(document, labelled)| {
        let traits = traits_of(&document.body, &extractor.vocabulary, Lists::of(language));
        let mut view = View::of(&document.body, &traits);
        let listed = view.sights.iter_mut().filter(|_| random.is_under(plan.unlisted));
        listed.for_each(Sight::unlist);
        Seen {
            runs: view
                .runs
                .iter()
                .filter(|run| is_known(&view, run, labelled))
                .cloned()
                .collect(),
            tags: tags(&document.body, labelled),
            view,
        }
    });
    let seen: Vec<Seen> = seen.collect();
    let memories = memories(&seen, plan);
    let first = learn(&sentences(seen.iter().map(|one| (one, None))), plan);
    let second = learn(&sentences(seen.iter().zip(memories.iter().map(Some))), plan);
    Model::of(language, &first, &second)
}

/// A labelled document as a filing.
fn filing(labelled: &Labelled) -> Filing {
    let mut filing = Filing::default();
    filing.ninjs.set_body(labelled.text.as_str());
    filing
}

/// What a first pass remembers of each document that was trained on the others.
fn memories(seen: &[Seen], plan: Plan) -> Vec<Memory> {
    let mut memories: Vec<Memory> = seen.iter().map(|_| Memory::default()).collect();
    for fold in 0..plan.folds {
        let rest = seen.iter().enumerate().filter(|(at, _)| at % plan.folds != fold);
        let weights = learn(&sentences(rest.map(|(_, one)| (one, None))), plan);
        for (one, memory) in seen.iter().zip(&mut memories).skip(fold).step_by(plan.folds) {
            let tags = tagged(&weights, &one.view);
            memory.add(&one.view, &tags);
            memory.turn_to(tags);
        }
    }
    memories
}

fn sentences<'a, 'd: 'a>(seen: impl Iterator<Item = (&'a Seen<'d>, Option<&'a Memory>)>) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (one, memory) in seen {
        found.extend(
            one.runs
                .iter()
                .map(|run| Sentence::of(&one.view, run, &one.tags, memory)),
        );
    }
    found
}

/// Whether all names of a run are known.
fn is_known(view: &View<'_>, run: &Run, labelled: &Labelled) -> bool {
    let bytes = view.bytes(run);
    let from = labelled.names.partition_point(|(range, _)| range.end <= bytes.start);
    let inside = labelled.names[from..]
        .iter()
        .take_while(|(range, _)| range.start < bytes.end);
    inside.into_iter().all(|(_, kind)| *kind != Kind::Unsure)
}

/// The tag of each token by the labelled names.
fn tags(text: &Text<'_>, labelled: &Labelled) -> Vec<Tag> {
    let mut names = labelled.names.iter().peekable();
    let mut opened = false;
    let mut tags = Vec::with_capacity(text.tokens.len());
    for token in &text.tokens {
        let (start, end) = (token.start as usize, token.end as usize);
        while names.next_if(|(range, _)| range.end <= start).is_some() {
            opened = false;
        }
        let tag = match names.peek() {
            Some((range, kind)) if range.start < end => {
                let first = match kind {
                    Kind::Person => Tag::PersonFirst,
                    Kind::Place => Tag::PlaceFirst,
                    Kind::Organisation => Tag::OrganisationFirst,
                    Kind::Other => Tag::Other,
                    Kind::Unsure => Tag::Out,
                };
                let goes_on = std::mem::replace(&mut opened, true);
                if goes_on { first.inside() } else { first }
            }
            _ => Tag::Out,
        };
        tags.push(tag);
    }
    tags
}
