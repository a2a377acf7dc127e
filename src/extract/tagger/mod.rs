//! The name tagger: which capitalised words are parts of names of people, places and organisations.
//!
//! An averaged structured perceptron (Collins 2002) over hashed surface features, with list flags, run by run: a run is a stretch
//! of tokens that can be in names at all, so that the tags of one do not depend on another's. A second pass sees how the first
//! tagged the same words elsewhere in the story.

mod tag;
mod view;
mod memory;
mod features;
mod model;
pub mod labelled;
pub mod train;

pub use model::{Model, ModelError};
use tag::Scores;
pub(super) use tag::Tag;

use super::document::Text;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::Lists;
use features::{Features, features};
use memory::Memory;
use model::Weights;
use view::View;

/// What the tagger says of a token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Opinion {
    /// Its tag.
    pub tag: Tag,
    /// How much more its features speak for a person than for anything else, in units of what is usual in training text.
    pub person: f32,
}

impl Model {
    /// What it says of every token of texts of one story.
    pub(super) fn opinions(&self, texts: &[&Text<'_>], vocabulary: &Vocabulary, lists: Lists) -> Vec<Vec<Opinion>> {
        let views: Vec<View> = texts.iter().map(|text| View::of(text, vocabulary, lists)).collect();
        let first: Vec<Vec<Tag>> = views.iter().map(|view| tags(&pass(&self.first, view, None))).collect();
        let mut memory = Memory::default();
        for (view, tags) in views.iter().zip(&first) {
            memory.add(view, tags);
        }
        let second = views.iter().zip(first).map(|(view, tags)| {
            memory.turn_to(tags);
            pass(&self.second, view, Some(&memory))
        });
        second.collect()
    }
}

impl Model {
    /// What it would say if the text named nobody.
    fn others(&self, text: &Text<'_>, vocabulary: &Vocabulary, lists: Lists) -> Vec<Opinion> {
        let view = View::of(text, vocabulary, lists);
        let mut memory = Memory::default();
        let first = tags(&pass(&self.first, &view, None));
        memory.add(&view, &first);
        memory.turn_to(first);
        pass_with(&self.second, &view, Some(&memory), |scores| {
            scores[Tag::PersonFirst as usize] = -1.0e6;
            scores[Tag::Person as usize] = -1.0e6;
        })
    }
}

/// The tags alone.
fn tags(opinions: &[Opinion]) -> Vec<Tag> {
    opinions.iter().map(|opinion| opinion.tag).collect()
}

/// What one pass says of every token of a text.
fn pass(weights: &Weights, view: &View<'_>, memory: Option<&Memory>) -> Vec<Opinion> {
    pass_with(weights, view, memory, |_| {})
}

/// One pass whose scores are changed before the tags are chosen.
fn pass_with(
    weights: &Weights,
    view: &View<'_>,
    memory: Option<&Memory>,
    change: impl Fn(&mut Scores),
) -> Vec<Opinion> {
    let mut opinions = vec![Opinion::default(); view.tokens.len()];
    let transitions = weights.transitions();
    let mut found = Features::new();
    let (mut scores, mut best) = (Vec::new(), Vec::new());
    for run in &view.runs {
        scores.clear();
        for at in run.clone() {
            features(view, run, at, memory, &mut found);
            let mut of_token = weights.scores(found.ids());
            change(&mut of_token);
            scores.push(of_token);
        }
        tag::best(&scores, &transitions, &mut best);
        for ((opinion, tag), scores) in opinions[run.clone()].iter_mut().zip(&best).zip(&scores) {
            *opinion = Opinion {
                tag: *tag,
                person: weights.units(tag::person(scores)),
            };
        }
    }
    opinions
}

static EN: &[u8] = include_bytes!("../../../index_schema/models/en.model");
static ID: &[u8] = include_bytes!("../../../index_schema/models/id.model");
static ES: &[u8] = include_bytes!("../../../index_schema/models/es.model");
static NL: &[u8] = include_bytes!("../../../index_schema/models/nl.model");
pub(super) fn builtin(language: &str) -> Option<&'static Model> {
    static M: std::sync::OnceLock<[Option<Model>; 4]> = std::sync::OnceLock::new();
    let m = M.get_or_init(|| [EN, ID, ES, NL].map(|b| Model::from_bytes(b).ok()));
    match language {
        "en" => m[0].as_ref(),
        "id" | "ms" => m[1].as_ref(),
        "es" => m[2].as_ref(),
        "nl" => m[3].as_ref(),
        _ => None,
    }
}
