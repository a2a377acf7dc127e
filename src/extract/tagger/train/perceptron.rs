//! The averaged structured perceptron (Collins 2002): decode a run, and where the tags are wrong move the weights of its features
//! towards the right ones; the model is the average of the weights over all steps.

use super::Plan;
use crate::extract::tagger::features::{BITS, Features, features, remembered};
use crate::extract::tagger::memory::Memory;
use crate::extract::tagger::model::Weights;
use crate::extract::tagger::tag::{Choice, LANES, Scores, Tag, Transitions, person};
use crate::extract::tagger::view::{Run, View};

/// A run with its features and right tags.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    ids: Vec<u32>,
    /// For each token, the end of its features in `ids`.
    ends: Vec<u32>,
    tags: Vec<Tag>,
}

impl Sentence {
    /// A run of a view whose tokens have these tags.
    pub(super) fn of(view: &View<'_>, run: &Run, tags: &[Tag], memory: Option<&Memory>) -> Self {
        let mut sentence = Self::default();
        let mut found = Features::new();
        for at in run.clone() {
            features(view, run, at, &mut found);
            sentence.ids.extend(found.ids());
            if let Some(memory) = memory {
                remembered(view, at, memory, &mut found);
                sentence.ids.extend(found.ids());
            }
            sentence.ends.push(sentence.ids.len() as u32);
            sentence.tags.push(tags.get(at).copied().unwrap_or_default());
        }
        sentence.open_names();
        sentence
    }

    /// A name that opened outside the run opens again in it.
    fn open_names(&mut self) {
        let mut before = Tag::Out;
        for tag in &mut self.tags {
            if *tag != Tag::Out && *tag == tag.inside() && before.inside() != *tag {
                *tag = tag.first();
            }
            before = *tag;
        }
    }

    fn features(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.ids[start..self.ends[at] as usize]
    }

    /// Makes `out` itself without a share of its features.
    fn thinned(&self, share: u16, random: &mut Random, out: &mut Self) {
        out.ids.clear();
        out.ends.clear();
        out.tags.clone_from(&self.tags);
        for at in 0..self.tags.len() {
            out.ids
                .extend(self.features(at).iter().filter(|_| !random.is_under(share)));
            out.ends.push(out.ids.len() as u32);
        }
    }
}

/// The tag of every token of a view by weights of one pass without memory.
pub(super) fn tagged(weights: &Weights, view: &View<'_>) -> Vec<Tag> {
    let mut tags = vec![Tag::Out; view.tokens.len()];
    let transitions = weights.transitions();
    let (mut found, mut scores, mut choice) = (Features::new(), Vec::new(), Choice::default());
    for run in &view.runs {
        scores.clear();
        for at in run.clone() {
            features(view, run, at, &mut found);
            scores.push(weights.scores(found.ids()));
        }
        tags[run.clone()].copy_from_slice(choice.best(&scores, &transitions));
    }
    tags
}

/// Learns the weights of one pass: several times in other orders, and the mean of them.
pub(super) fn learn(sentences: &[Sentence], plan: Plan) -> Weights {
    let mut random = Random::default();
    let mut sum = Learned::new();
    for _ in 0..plan.repeats.max(1) {
        learn_once(sentences, plan, &mut random).add_to(&mut sum);
    }
    let mut weights = Weights::rounded(&sum.table, &sum.transitions);
    weights.set_unit(usual(&weights, sentences));
    weights
}

fn learn_once(sentences: &[Sentence], plan: Plan, random: &mut Random) -> Learner {
    let mut learner = Learner::new();
    let mut order: Vec<u32> = (0..sentences.len() as u32).collect();
    let (mut thinned, mut choice) = (Sentence::default(), Choice::default());
    for _ in 0..plan.rounds {
        random.shuffle(&mut order);
        for at in &order {
            sentences[*at as usize].thinned(plan.hidden, random, &mut thinned);
            let tags = choice.best(&learner.scores(&thinned), &learner.now.transitions);
            if tags != thinned.tags {
                learner.shift(&thinned, &thinned.tags, tags, 1.0);
                learner.shift(&thinned, tags, &thinned.tags, -1.0);
            }
            learner.step += 1.0;
        }
    }
    learner
}

/// How far the scores of person and anything else are apart on average.
fn usual(weights: &Weights, sentences: &[Sentence]) -> f32 {
    let tokens = sentences
        .iter()
        .flat_map(|one| (0..one.tags.len()).map(|at| one.features(at)));
    let (sum, count) = tokens.fold((0.0_f64, 0_u32), |(sum, count), ids| {
        (sum + f64::from(person(&weights.scores(ids)).abs()), count + 1)
    });
    (sum / f64::from(count.max(1))) as f32
}

/// Weights before they are rounded.
struct Learned {
    table: Vec<Scores>,
    transitions: Transitions,
}

impl Learned {
    fn new() -> Self {
        Self {
            table: vec![[0.0; LANES]; 1 << BITS],
            transitions: [[0.0; LANES]; LANES],
        }
    }

    fn rows(&mut self) -> impl Iterator<Item = &mut Scores> {
        self.table.iter_mut().chain(&mut self.transitions)
    }
}

/// Weights in training, with the sums that their average is made of.
struct Learner {
    now: Learned,
    /// Every shift, times the step it was made at.
    shifts: Learned,
    /// One more than the runs seen.
    step: f32,
}

impl Learner {
    fn new() -> Self {
        Self {
            now: Learned::new(),
            shifts: Learned::new(),
            step: 1.0,
        }
    }

    fn scores(&self, sentence: &Sentence) -> Vec<Scores> {
        let of = |at: usize| {
            let mut sum = [0.0; LANES];
            for id in sentence.features(at) {
                for (sum, weight) in sum.iter_mut().zip(&self.now.table[*id as usize]) {
                    *sum += weight;
                }
            }
            sum
        };
        (0..sentence.tags.len()).map(of).collect()
    }

    /// Moves the weights of one sequence of tags by `by` where the other differs.
    fn shift(&mut self, sentence: &Sentence, tags: &[Tag], other: &[Tag], by: f32) {
        let mut before = (Tag::Out, Tag::Out);
        for (at, (tag, other)) in tags.iter().zip(other).enumerate() {
            let lane = *tag as usize;
            if tag != other {
                for id in sentence.features(at) {
                    self.now.table[*id as usize][lane] += by;
                    self.shifts.table[*id as usize][lane] += by * self.step;
                }
            }
            if (before.0, *tag) != (before.1, *other) {
                self.now.transitions[before.0 as usize][lane] += by;
                self.shifts.transitions[before.0 as usize][lane] += by * self.step;
            }
            before = (*tag, *other);
        }
    }

    /// Adds the weights' average over all steps.
    fn add_to(mut self, sum: &mut Learned) {
        let rows = sum.rows().zip(self.now.rows()).zip(self.shifts.rows());
        for ((sum, now), shifts) in rows {
            for lane in 0..LANES {
                sum[lane] += now[lane] - shifts[lane] / self.step;
            }
        }
    }
}

/// Numbers that look random and are the same each time (xorshift64*): training twice gives the same model.
pub(super) struct Random(u64);

impl Default for Random {
    fn default() -> Self {
        Self(0x2545_F491_4F6C_DD1D)
    }
}

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// True for a share of `share` in 65536.
    pub(super) fn is_under(&mut self, share: u16) -> bool {
        (self.next() >> 48) < u64::from(share)
    }

    /// Puts into another order (Fisher–Yates).
    fn shuffle(&mut self, order: &mut [u32]) {
        for at in (1..order.len()).rev() {
            let drawn = (self.next() >> 33) % (at as u64 + 1);
            order.swap(at, drawn as usize);
        }
    }
}
