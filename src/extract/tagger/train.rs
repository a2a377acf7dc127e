//! Trains a model from labelled text, and measures one on text that it has not seen.

use std::ops::Range;

use super::features::{BITS, Features, features};
use super::labelled::{Kind, Labelled};
use super::memory::Memory;
use super::model::{Model, Weights};
use super::pass;
use super::tag::{LANES, Scores, Tag, Transitions, best, person};
use super::view::{Run, Sight, View};
use crate::extract::Extractor;
use crate::extract::document::{Document, Text};
use crate::extract::evaluate::Tally;
use crate::extract::people::BARRED;
use crate::extract::people::{NameFinder, Zone};
use crate::story::Filing;
use crate::vocabulary::names::Lists;

/// How a model is trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How often each pass sees every document.
    pub rounds: usize,
    /// Parts of the training text that the first pass is trained without, in turn, so that the second learns from tags that are
    /// as wrong as they will be later.
    pub folds: usize,
    /// The share of features, in 65536ths, that are hidden from the learner each time it looks at a name, so that no single one is
    /// relied upon.
    pub hidden: u16,
    /// The share of words, in 65536ths, that are treated as if no name list had them: lists are in part made from names in
    /// training text, and would be trusted too much.
    pub unlisted: u16,
}

impl Default for Plan {
    fn default() -> Self {
        let share = |percent: u32| (65_536 * percent / 100) as u16;
        Self {
            rounds: 20,
            folds: 5,
            hidden: share(40),
            unlisted: share(40),
        }
    }
}

/// A labelled document with what the earlier steps of extraction mark in it.
struct Example<'l> {
    filing: Filing,
    labelled: &'l Labelled,
}

/// Trains a model for a language on labelled documents, seen through the extractor's vocabulary.
#[must_use]
pub fn train(extractor: &Extractor, language: &'static str, documents: &[Labelled], plan: Plan) -> Model {
    let examples = examples(documents);
    let prepared: Vec<Document> = examples
        .iter()
        .map(|one| extractor.prepared(&one.filing, language))
        .collect();
    let vocabulary = &extractor.vocabulary;
    let mut random = Random::default();
    let seen = prepared.iter().zip(&examples).map(|(document, one)| {
        let mut view = View::of(&document.body, vocabulary, Lists::of(language));
        view.sights
            .iter_mut()
            .filter(|_| random.is_under(plan.unlisted))
            .for_each(Sight::unlist);
        let unsure = |run: &Run| {
            let bytes = view.tokens[run.start].start as usize..view.tokens[run.end - 1].end as usize;
            let names = &one.labelled.names;
            let from = names.partition_point(|(range, _)| range.end <= bytes.start);
            names[from..]
                .iter()
                .take_while(|(range, _)| range.start < bytes.end)
                .any(|(_, kind)| *kind == Kind::Unsure)
        };
        let sure = view.runs.iter().filter(|run| !unsure(run)).cloned().collect();
        (view, sure, tags(&document.body, one.labelled))
    });
    let seen: Vec<Seen> = seen.collect();
    let mut memories: Vec<Memory> = Vec::with_capacity(seen.len());
    for fold in 0..plan.folds {
        let rest = seen.iter().enumerate().filter(|(at, _)| at % plan.folds != fold);
        let weights = perceptron(&runs(rest.map(|(_, one)| (one, None))), plan);
        for (at, (view, _, _)) in seen.iter().enumerate() {
            if at % plan.folds == fold {
                let tags = super::tags(&pass(&weights, view, None));
                let mut memory = Memory::default();
                memory.add(view, &tags);
                memory.turn_to(tags);
                memories.push(memory);
            }
        }
    }
    let order = (0..plan.folds).flat_map(|fold| (fold..seen.len()).step_by(plan.folds));
    let mut by_document: Vec<(usize, &Memory)> = order.zip(&memories).collect();
    by_document.sort_by_key(|(at, _)| *at);
    let first = perceptron(&runs(seen.iter().map(|one| (one, None))), plan);
    let with_memory = seen
        .iter()
        .zip(&by_document)
        .map(|(one, (_, memory))| (one, Some(*memory)));
    let second = perceptron(&runs(with_memory), plan);
    Model { first, second }
}

/// Labels a text by machine, to train on copy that no one labelled: what the rules and the model agree on. A stretch in which they
/// find other people is [`Kind::Unsure`], and not trained on.
#[must_use]
pub fn agreed(extractor: &Extractor, model: &Model, language: &'static str, text: &str) -> Labelled {
    let mut filing = Filing::default();
    filing.ninjs.set_body(text);
    let document = extractor.prepared(&filing, language);
    let vocabulary = &extractor.vocabulary;
    let lists = Lists::of(language);
    let tags = super::tags(&model.opinions(&[&document.body], vocabulary, lists)[0]);
    let other = super::tags(&model.others(&document.body, vocabulary, lists));
    let mut by_rule = vec![Tag::Out; tags.len()];
    for name in (crate::extract::people::Finder { model: None })
        .find(&document, vocabulary)
        .iter()
        .filter(|name| name.zone == Zone::Body)
    {
        by_rule[name.tokens.clone()].fill(Tag::Person);
        by_rule[name.tokens.start] = Tag::PersonFirst;
    }
    let view = View::of(&document.body, vocabulary, lists);
    let mut labelled = Labelled {
        text: text.to_owned(),
        names: Vec::new(),
    };
    for run in &view.runs {
        let person = |tag: &Tag| if tag.is_person() { *tag } else { Tag::Out };
        let agree = run.clone().all(|at| person(&tags[at]) == by_rule[at]);
        let (rules, tagger) = (
            run.clone().any(|at| by_rule[at].is_person()),
            run.clone().any(|at| tags[at].is_person()),
        );
        let mode = std::env::var("TRUST").unwrap_or_default();
        let resolved = !agree && (!rules && mode.contains('n') || !tagger && mode.contains('p') || mode.contains('a'));
        let tags: Vec<Tag> = tags
            .iter()
            .zip(&other)
            .zip(&by_rule)
            .map(|((t, o), r)| {
                if resolved {
                    if r.is_person() { *r } else { *o }
                } else {
                    *t
                }
            })
            .collect();
        let agree = (agree || resolved) && !document.body.any_marked(run.clone(), BARRED);
        let bytes =
            |range: Range<usize>| view.tokens[range.start].start as usize..view.tokens[range.end - 1].end as usize;
        if !agree {
            labelled.names.push((bytes(run.clone()), Kind::Unsure));
            continue;
        }
        let mut at = run.start;
        while at < run.end {
            let end = (at + 1..run.end)
                .find(|&next| tags[next] != tags[at].inside())
                .unwrap_or(run.end);
            let kind = match tags[at] {
                Tag::Out => None,
                Tag::PersonFirst | Tag::Person => Some(Kind::Person),
                Tag::PlaceFirst | Tag::Place => Some(Kind::Place),
                Tag::OrganisationFirst | Tag::Organisation => Some(Kind::Organisation),
            };
            labelled.names.extend(kind.map(|kind| (bytes(at..end), kind)));
            at = if kind.is_some() { end } else { at + 1 };
        }
    }
    labelled
}

/// What a model finds in labelled documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measured {
    /// People's names, exact spans.
    pub tally: Tally,
    /// A line for each name missed (`-`) or made up (`+`), with the words around it.
    pub misses: Vec<String>,
}

/// Precision and recall of people's names, exact spans, on labelled documents.
#[must_use]
pub fn measure(extractor: &Extractor, model: &Model, language: &'static str, documents: &[Labelled]) -> Measured {
    let mut measured = Measured::default();
    for one in &examples(documents) {
        let document = extractor.prepared(&one.filing, language);
        let tags = super::tags(&model.opinions(&[&document.body], &extractor.vocabulary, Lists::of(language))[0]);
        let found = if let Ok(w) = std::env::var("FINAL") {
            let finder = crate::extract::people::Finder {
                model: (w == "both").then_some(model),
            };
            finder
                .find(&document, &extractor.vocabulary)
                .iter()
                .filter(|n| n.zone == Zone::Body)
                .map(|n| {
                    document.body.tokens[n.tokens.start].start as usize
                        ..document.body.tokens[n.tokens.end - 1].end as usize
                })
                .collect()
        } else {
            people(&document.body, &tags)
        };
        let wanted: Vec<Range<usize>> = one
            .labelled
            .names
            .iter()
            .filter(|(_, kind)| *kind == Kind::Person)
            .map(|(range, _)| range.clone())
            .collect();
        for span in &found {
            if wanted.contains(span) {
                measured.tally.hits += 1;
            } else {
                measured.tally.extra += 1;
                measured.misses.push(format!("+ {}", around(&one.labelled.text, span)));
            }
        }
        for span in wanted.iter().filter(|span| !found.contains(span)) {
            measured.tally.missed += 1;
            measured.misses.push(format!("- {}", around(&one.labelled.text, span)));
        }
    }
    measured
}

/// A stretch of a text between brackets, with some of what stands around it.
fn around(text: &str, span: &Range<usize>) -> String {
    /// Bytes to either side.
    const REACH: usize = 40;
    let start = text.floor_char_boundary(span.start.saturating_sub(REACH));
    let end = text.ceil_char_boundary((span.end + REACH).min(text.len()));
    let told = format!(
        "{}[{}]{}",
        &text[start..span.start],
        &text[span.clone()],
        &text[span.end..end]
    );
    told.replace('\n', " / ")
}

fn examples(documents: &[Labelled]) -> Vec<Example<'_>> {
    documents.iter().map(Example::of).collect()
}

impl<'l> Example<'l> {
    fn of(labelled: &'l Labelled) -> Self {
        let mut filing = Filing::default();
        filing.ninjs.set_body(labelled.text.as_str());
        Self { filing, labelled }
    }
}

/// The bytes of every person's name.
fn people(text: &Text<'_>, tags: &[Tag]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (token, tag) in text.tokens.iter().zip(tags) {
        match tag {
            Tag::PersonFirst => found.push(token.start as usize..token.end as usize),
            Tag::Person => {
                if let Some(last) = found.last_mut() {
                    last.end = token.end as usize;
                }
            }
            _ => {}
        }
    }
    found
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

/// A run with its features and right tags.
#[derive(Default)]
struct Sentence {
    ids: Vec<u32>,
    ends: Vec<u32>,
    tags: Vec<Tag>,
}

impl Sentence {
    fn of(view: &View<'_>, run: &Run, tags: &[Tag], memory: Option<&Memory>, found: &mut Features) -> Self {
        let mut sentence = Self {
            ids: Vec::new(),
            ends: Vec::new(),
            tags: Vec::new(),
        };
        for at in run.clone() {
            features(view, run, at, memory, found);
            sentence.ids.extend(found.ids());
            sentence.ends.push(sentence.ids.len() as u32);
            // A name that opened outside the run opens again in it.
            let tag = match (sentence.tags.last(), tags[at]) {
                (before, tag) if tag == tag.inside() && before.is_none_or(|before| before.inside() != tag) => Tag::ALL
                    .into_iter()
                    .find(|first| first.inside() == tag)
                    .unwrap_or_default(),
                (_, tag) => tag,
            };
            sentence.tags.push(tag);
        }
        sentence
    }

    /// Itself without a share of its features.
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

    fn features(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.ids[start..self.ends[at] as usize]
    }
}

/// A document with the runs that are trained on, and the right tags.
type Seen<'d> = (View<'d>, Vec<Run>, Vec<Tag>);

fn runs<'a, 'd: 'a>(seen: impl Iterator<Item = (&'a Seen<'d>, Option<&'a Memory>)>) -> Vec<Sentence> {
    let mut found = Features::new();
    let mut sentences = Vec::new();
    for ((view, runs, tags), memory) in seen {
        sentences.extend(runs.iter().map(|run| Sentence::of(view, run, tags, memory, &mut found)));
    }
    sentences
}

/// Weights in training, with the sums that their average is made of.
struct Learner {
    table: Vec<Scores>,
    sums: Vec<Scores>,
    transitions: Transitions,
    transition_sums: Transitions,
    /// Sentences seen, and one.
    step: f32,
}

impl Learner {
    fn new() -> Self {
        Self {
            table: vec![[0.0; LANES]; 1 << BITS],
            sums: vec![[0.0; LANES]; 1 << BITS],
            transitions: [[0.0; LANES]; LANES],
            transition_sums: [[0.0; LANES]; LANES],
            step: 1.0,
        }
    }

    fn scores(&self, sentence: &Sentence) -> Vec<Scores> {
        let of = |at: usize| {
            let mut sum = [0.0; LANES];
            for id in sentence.features(at) {
                for (sum, weight) in sum.iter_mut().zip(&self.table[*id as usize]) {
                    *sum += weight;
                }
            }
            sum
        };
        (0..sentence.tags.len()).map(of).collect()
    }

    /// Moves the weights of one sequence of tags by `by`.
    fn shift(&mut self, sentence: &Sentence, tags: &[Tag], against: &[Tag], by: f32) {
        let mut before = (Tag::Out, Tag::Out);
        for (at, (tag, other)) in tags.iter().zip(against).enumerate() {
            let lane = *tag as usize;
            if tag != other {
                for id in sentence.features(at) {
                    self.table[*id as usize][lane] += by;
                    self.sums[*id as usize][lane] += by * self.step;
                }
            }
            if (before.0, *tag) != (before.1, *other) {
                self.transitions[before.0 as usize][lane] += by;
                self.transition_sums[before.0 as usize][lane] += by * self.step;
            }
            before = (*tag, *other);
        }
    }

    /// The weights' average over all steps.
    fn averaged(&self) -> Weights {
        let average = |now: &Scores, sum: &Scores| std::array::from_fn(|lane| now[lane] - sum[lane] / self.step);
        let table: Vec<Scores> = self
            .table
            .iter()
            .zip(&self.sums)
            .map(|(now, sum)| average(now, sum))
            .collect();
        let transitions = std::array::from_fn(|row| average(&self.transitions[row], &self.transition_sums[row]));
        Weights::rounded(&table, &transitions)
    }
}

/// Trains the weights of one pass.
fn perceptron(sentences: &[Sentence], plan: Plan) -> Weights {
    let mut learner = Learner::new();
    let mut order: Vec<u32> = (0..sentences.len() as u32).collect();
    let mut random = Random::default();
    let mut tags = Vec::new();
    let mut thinned = Sentence::default();
    for _ in 0..plan.rounds {
        random.shuffle(&mut order);
        for at in &order {
            sentences[*at as usize].thinned(plan.hidden, &mut random, &mut thinned);
            best(&learner.scores(&thinned), &learner.transitions, &mut tags);
            if tags != thinned.tags {
                learner.shift(&thinned, &thinned.tags, &tags, 1.0);
                learner.shift(&thinned, &tags, &thinned.tags, -1.0);
            }
            learner.step += 1.0;
        }
    }
    let mut weights = learner.averaged();
    let apart = sentences
        .iter()
        .flat_map(|one| (0..one.tags.len()).map(|at| person(&weights.scores(one.features(at))).abs()));
    let (sum, count) = apart.fold((0.0_f64, 0_u32), |(sum, count), one| (sum + f64::from(one), count + 1));
    weights.set_unit((sum / f64::from(count.max(1))) as f32);
    weights
}

/// Numbers that look random and are the same each time (xorshift64*): training twice gives the same model.
struct Random(u64);

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
    fn is_under(&mut self, share: u16) -> bool {
        (self.next() >> 48) < u64::from(share)
    }

    /// Another order (Fisher–Yates).
    fn shuffle(&mut self, order: &mut [u32]) {
        for at in (1..order.len()).rev() {
            let drawn = (self.next() >> 33) % (at as u64 + 1);
            order.swap(at, drawn as usize);
        }
    }
}
