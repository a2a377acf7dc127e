//! Finds the words of a query in a text, as the index would: as written, by stem, as prefixes, with edits, in phrases.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::proximity::{Stretch, taking_part};
use super::scan::{Term, Wanted};
use super::words::{MAX_EDITS, is_acronym};
use crate::index::analyzer::{self, Stems};
use crate::query::{Part, Query, Side, Words};
use crate::story::Span;
use crate::text::Typo;

/// A longer match of several words is marked word by word: no passage would show it whole.
const LONGEST: usize = 400;

/// One wish of a query for words.
#[derive(Debug, Clone)]
struct Pattern {
    part: Part,
    shape: Shape,
}

#[derive(Debug, Clone)]
enum Shape {
    /// A word: its term, and as typed, to be stemmed by the story's language, where it has other forms.
    Word(String, Option<String>),
    /// Terms in their order.
    Phrase(Phrase),
    /// Words that a dictionary cuts, in whatever cut the text has them, with at most so many others between.
    Cut(String, usize),
    /// The start of a word.
    Prefix(String),
    /// A term with few edits.
    Fuzzy(Typo),
    /// Sides near each other, each any of some shapes, and how many words may stand between it and the one before.
    Near(Vec<Vec<Shape>>, Vec<u32>),
}

/// Terms in their order: one or more.
#[derive(Debug, Clone)]
struct Phrase {
    /// With their positions.
    terms: Vec<(String, usize)>,
    /// At most so many other words between.
    slop: usize,
    /// Whether the last word may go on.
    is_open: bool,
}

/// The words that a query asks for, negated ones left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns {
    all: Vec<Pattern>,
    wanted: OnceLock<Wanted>,
}

/// A match in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    /// Where.
    pub span: Span,
    /// Which of the patterns.
    pub pattern: usize,
}

impl Patterns {
    /// The patterns of a query.
    pub(super) fn of(query: &Query) -> Self {
        let mut patterns = Self::default();
        patterns.add(query);
        patterns
    }

    fn add(&mut self, query: &Query) {
        match query {
            Query::And(all) | Query::Or(all) => all.iter().for_each(|query| self.add(query)),
            Query::Text(part, words) => self
                .all
                .extend(shape(words).map(|shape| Pattern { part: *part, shape })),
            _ => {}
        }
    }

    /// Those for a part of the story.
    pub(super) fn for_part(&self, part: Part) -> Self {
        let of_part = self.all.iter().filter(|pattern| pattern.part == part);
        Self {
            all: of_part.cloned().collect(),
            wanted: OnceLock::new(),
        }
    }

    /// These and the others.
    pub(super) fn and(mut self, others: Self) -> Self {
        self.all.extend(others.all);
        self.wanted = OnceLock::new();
        self
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Where they match in a text of that language, in the order of the text.
    pub(super) fn find(&self, text: &str, language: &str) -> Vec<Match> {
        if self.all.is_empty() || text.is_empty() {
            return Vec::new();
        }
        let terms = self.wanted().terms(text, language);
        let stems = Stems::of_language(language);
        let text = ByText::new(&terms, stems);
        let mut found = Vec::new();
        for (pattern, wish) in self.all.iter().enumerate() {
            let places = text.places(&wish.shape).into_iter();
            found.extend(places.flat_map(|(_, spans)| spans).map(|span| Match { span, pattern }));
        }
        found.sort();
        found.dedup();
        found
    }

    /// The words that any of them is about.
    fn wanted(&self) -> &Wanted {
        self.wanted.get_or_init(|| {
            let mut wanted = Wanted::default();
            self.all.iter().for_each(|pattern| pattern.shape.add_to(&mut wanted));
            wanted
        })
    }
}

impl Shape {
    /// Adds the words that it is about.
    fn add_to(&self, wanted: &mut Wanted) {
        match self {
            Self::Word(term, typed) => {
                wanted.term(term);
                if let Some(typed) = typed {
                    wanted.forms(typed);
                }
            }
            Self::Phrase(phrase) => {
                if phrase.terms.len() > 1 {
                    wanted.places();
                }
                for (at, (term, _)) in phrase.terms.iter().enumerate() {
                    if phrase.is_open && at + 1 == phrase.terms.len() {
                        wanted.prefix(term);
                    } else {
                        wanted.term(term);
                    }
                }
            }
            Self::Cut(text, _) => {
                wanted.places();
                analyzer::pieces(text, |piece| wanted.term(piece));
            }
            Self::Prefix(start) => wanted.prefix(start),
            Self::Fuzzy(typo) => wanted.typo(typo),
            Self::Near(sides, _) => {
                wanted.places();
                sides.iter().flatten().for_each(|shape| shape.add_to(wanted));
            }
        }
    }
}

/// Where a shape stands in a text: the positions of its first and last word, and what is marked.
type Place = (Stretch, Vec<Span>);

/// The terms of a text by their texts and by their stems.
struct ByText<'t> {
    terms: &'t [Term],
    /// What the text's words are stemmed by.
    language: Option<Stems>,
    texts: FxHashMap<&'t str, Vec<usize>>,
    stems: FxHashMap<&'t str, Vec<usize>>,
}

impl<'t> ByText<'t> {
    fn new(terms: &'t [Term], language: Option<Stems>) -> Self {
        let (mut texts, mut stems) = (FxHashMap::default(), FxHashMap::default());
        for (at, term) in terms.iter().enumerate() {
            texts.entry(term.text.as_str()).or_insert_with(Vec::new).push(at);
            if let Some(stem) = &term.stem {
                stems.entry(stem.as_str()).or_insert_with(Vec::new).push(at);
            }
        }
        Self {
            terms,
            language,
            texts,
            stems,
        }
    }

    fn of(&self, text: &str) -> impl Iterator<Item = usize> {
        self.texts.get(text).into_iter().flatten().copied()
    }

    fn of_stem(&self, stem: &str) -> impl Iterator<Item = usize> {
        self.stems.get(stem).into_iter().flatten().copied()
    }

    /// Where a shape stands.
    fn places(&self, shape: &Shape) -> Vec<Place> {
        let single = |at: usize| {
            let term = &self.terms[at];
            ((term.at as u32, term.at as u32), vec![term.span])
        };
        let those = |is_wanted: &dyn Fn(&Term) -> bool| {
            let all = 0..self.terms.len();
            all.filter(|at| is_wanted(&self.terms[*at])).map(single).collect()
        };
        match shape {
            Shape::Word(term, typed) => {
                let stem = self.language.as_ref().zip(typed.as_ref());
                let stem = stem.and_then(|(stems, typed)| stems.term(typed));
                let of_stem = stem.iter().flat_map(|stem| self.of_stem(stem));
                self.of(term).chain(of_stem).map(single).collect()
            }
            Shape::Phrase(phrase) => {
                let starts = self.of(&phrase.terms[0].0);
                starts.filter_map(|first| phrase.at(self.terms, first)).collect()
            }
            Shape::Cut(text, slop) => {
                let cuts = analyzer::cuts(text, |piece| self.texts.contains_key(piece)).into_iter();
                let phrases = cuts.map(|terms| Phrase {
                    terms,
                    slop: *slop,
                    is_open: false,
                });
                phrases.flat_map(|phrase| self.places(&Shape::Phrase(phrase))).collect()
            }
            Shape::Prefix(start) => those(&|term| term.text.starts_with(start.as_str())),
            Shape::Fuzzy(typo) => those(&|term| typo.edits_to(&term.text).is_some()),
            Shape::Near(sides, within) => self.near(sides, within),
        }
    }

    /// Where the sides stand that are near each other.
    fn near(&self, sides: &[Vec<Shape>], within: &[u32]) -> Vec<Place> {
        let of_side = |any: &Vec<Shape>| any.iter().flat_map(|shape| self.places(shape)).collect();
        let sides: Vec<Vec<Place>> = sides.iter().map(of_side).collect();
        let stretches = sides.iter().map(|side| side.iter().map(|place| place.0).collect());
        let kept = taking_part(&stretches.collect::<Vec<Vec<Stretch>>>(), within);
        let pairs = sides.into_iter().flatten().zip(kept.into_iter().flatten());
        pairs.filter(|(_, kept)| *kept).map(|(place, _)| place).collect()
    }
}

fn shape(words: &Words) -> Option<Shape> {
    let terms = |text: &str| -> Vec<(String, usize)> {
        let terms = analyzer::query_terms(text).into_iter();
        terms.map(|(term, at, _)| (term, at)).collect()
    };
    let (terms, slop) = match words {
        Words::Word(word) | Words::Prefix(word) | Words::Fuzzy(word, _) => (terms(word), 0),
        Words::Phrase(words, slop) => (terms(&words.join(" ")), *slop as usize),
        Words::Near(sides) => {
            let of_side = |side: &Side| side.any.iter().filter_map(shape).map(as_written).collect();
            let within = sides.iter().map(|side| side.within).collect();
            return Some(Shape::Near(sides.iter().map(of_side).collect(), within));
        }
    };
    let is_cut = terms.iter().any(|(term, _)| analyzer::is_cut(term));
    match (terms.as_slice(), words) {
        ([], _) => None,
        (_, Words::Word(word)) if is_cut => Some(Shape::Cut(word.clone(), 0)),
        (_, Words::Phrase(words, _)) if is_cut => Some(Shape::Cut(words.join(" "), slop)),
        ([(only, _)], Words::Prefix(_)) => Some(Shape::Prefix(only.clone())),
        ([(only, _)], Words::Fuzzy(_, edits)) => {
            let most = usize::from((*edits).min(MAX_EDITS));
            Some(Shape::Fuzzy(Typo::new(only, most)))
        }
        ([(only, _)], Words::Word(word)) => {
            let typed = (!is_acronym(only)).then(|| word.trim().to_owned());
            Some(Shape::Word(only.clone(), typed))
        }
        _ => Some(Shape::Phrase(Phrase {
            terms,
            slop,
            is_open: matches!(words, Words::Prefix(_)),
        })),
    }
}

/// The shape without its other forms: near others, a word is matched as written.
fn as_written(shape: Shape) -> Shape {
    match shape {
        Shape::Word(term, _) => Shape::Word(term, None),
        shape => shape,
    }
}

impl Phrase {
    /// The match that starts with the first term at a place among the terms of a text, if it goes on. From each term the
    /// nearest next one leaves the most room for those after it.
    fn at(&self, terms: &[Term], first: usize) -> Option<Place> {
        let (mut at, mut left) = (first, self.slop);
        let mut spans = vec![terms[first].span];
        for (next, pair) in (1..).zip(self.terms.windows(2)) {
            let is_start = self.is_open && next + 1 == self.terms.len();
            let is_wanted = |term: &Term| term.text == pair[1].0 || is_start && term.text.starts_with(&pair[1].0);
            let from = terms[at].at + (pair[1].1 - pair[0].1);
            let mut near = terms[at + 1..].iter().take_while(|term| term.at <= from + left);
            let step = near.position(|term| term.at >= from && is_wanted(term))?;
            at += 1 + step;
            left -= terms[at].at - from;
            spans.push(terms[at].span);
        }
        let whole = Span {
            start: terms[first].span.start,
            end: terms[at].span.end,
        };
        if whole.end - whole.start <= LONGEST {
            spans = vec![whole];
        }
        Some(((terms[first].at as u32, terms[at].at as u32), spans))
    }
}

/// Spans in order, overlapping ones joined.
pub(super) fn joined(matches: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = matches.into_iter().collect();
    spans.sort();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests;
