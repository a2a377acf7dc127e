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
mod models;
pub mod labelled;
pub mod train;

pub use model::{Model, ModelError};
pub use models::{Models, group};
use tag::Scores;
pub(super) use tag::Tag;

use std::ops::Range;

use super::document::Text;
use crate::vocabulary::names::Traits;
use features::{Features, features, remembered};
use memory::Memory;
use model::Sums;
use tag::{Choice, LANES};
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
    /// What it says of every token of texts of one story, whose tokens have these traits.
    pub(super) fn opinions<const N: usize>(&self, texts: [(&Text<'_>, &[Traits]); N]) -> [Vec<Opinion>; N] {
        self.say(texts, |_| {})
    }

    /// What it would say if the text named nobody.
    fn others(&self, text: &Text<'_>, traits: &[Traits]) -> Vec<Opinion> {
        let [opinions] = self.say([(text, traits)], |scores| {
            /// Less than any scores sum up to.
            const NOT: f32 = -1.0e6;
            scores[Tag::PersonFirst as usize] = NOT;
            scores[Tag::Person as usize] = NOT;
        });
        opinions
    }

    /// Both passes; `change` may change the scores of the second before its tags are chosen.
    fn say<const N: usize>(
        &self,
        texts: [(&Text<'_>, &[Traits]); N],
        change: impl Fn(&mut Scores),
    ) -> [Vec<Opinion>; N] {
        let mut memory = Memory::default();
        let first = texts.map(|(text, traits)| {
            let view = View::of(text, traits);
            let (tags, sums) = self.first(&view);
            memory.add(&view, &tags);
            (view, tags, sums)
        });
        first.map(|(view, tags, sums)| {
            memory.turn_to(tags);
            self.second(&view, &memory, &sums, &change)
        })
    }

    /// The first pass: a tag for each token, and the sums of both passes so far for each token of a run.
    fn first(&self, view: &View<'_>) -> (Vec<Tag>, Vec<Sums>) {
        let mut tags = vec![Tag::Out; view.tokens.len()];
        let mut sums: Vec<Sums> = Vec::with_capacity(view.runs.iter().map(Range::len).sum());
        let mut found = Features::new();
        let (mut scores, mut choice) = (Vec::new(), Choice::default());
        for run in &view.runs {
            scores.clear();
            for at in run.clone() {
                features(view, run, at, &mut found);
                let mut sum = Sums::default();
                self.add(found.ids(), &mut sum);
                scores.push(std::array::from_fn(|lane| f32::from(sum[lane])));
                sums.push(sum);
            }
            tags[run.clone()].copy_from_slice(choice.best(&scores, &self.transitions[0]));
        }
        (tags, sums)
    }

    /// The second pass, from the sums of the first.
    fn second(&self, view: &View<'_>, memory: &Memory, sums: &[Sums], change: &impl Fn(&mut Scores)) -> Vec<Opinion> {
        let mut opinions = vec![Opinion::default(); view.tokens.len()];
        let mut sums = sums.iter();
        let mut found = Features::new();
        let (mut scores, mut choice) = (Vec::new(), Choice::default());
        for run in &view.runs {
            scores.clear();
            for (at, sum) in run.clone().zip(&mut sums) {
                remembered(view, at, memory, &mut found);
                let mut sum = *sum;
                self.add(found.ids(), &mut sum);
                let mut of_token = std::array::from_fn(|lane| f32::from(sum[LANES + lane]));
                change(&mut of_token);
                scores.push(of_token);
            }
            let tags = choice.best(&scores, &self.transitions[1]);
            for ((opinion, tag), scores) in opinions[run.clone()].iter_mut().zip(tags).zip(&scores) {
                *opinion = Opinion {
                    tag: *tag,
                    person: tag::person(scores) / self.units[1],
                };
            }
        }
        opinions
    }
}

/// The tags alone.
fn tags(opinions: &[Opinion]) -> Vec<Tag> {
    opinions.iter().map(|opinion| opinion.tag).collect()
}
