//! Finds the words of a query in a text, as the index would: as written, by stem, as prefixes, with edits, in phrases.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::scan::{Term, Wanted};
use super::typo::Typo;
use super::words::{MAX_EDITS, is_acronym};
use crate::index::analyzer::{self, Stems};
use crate::query::{Part, Query, Words};
use crate::story::Span;

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
    /// The start of a word.
    Prefix(String),
    /// A term with few edits.
    Fuzzy(Typo),
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
        let by_text = ByText::new(&terms);
        let mut found = Vec::new();
        for (pattern, wish) in self.all.iter().enumerate() {
            let mut add = |span| found.push(Match { span, pattern });
            match &wish.shape {
                Shape::Word(term, typed) => {
                    by_text.of(term).for_each(|at| add(terms[at].span));
                    let stem = stems.zip(typed.as_ref()).and_then(|(stems, typed)| stems.term(typed));
                    let of_stem = stem.iter().flat_map(|stem| by_text.of_stem(stem));
                    of_stem.for_each(|at| add(terms[at].span));
                }
                Shape::Phrase(phrase) => {
                    for first in by_text.of(&phrase.terms[0].0) {
                        phrase.at(&terms, first).into_iter().for_each(&mut add);
                    }
                }
                Shape::Prefix(start) => {
                    let starting = terms.iter().filter(|term| term.text.starts_with(start.as_str()));
                    starting.for_each(|term| add(term.span));
                }
                Shape::Fuzzy(typo) => {
                    let near = terms.iter().filter(|term| typo.edits_to(&term.text).is_some());
                    near.for_each(|term| add(term.span));
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// The words that any of them is about.
    fn wanted(&self) -> &Wanted {
        self.wanted.get_or_init(|| {
            let mut wanted = Wanted::default();
            for pattern in &self.all {
                match &pattern.shape {
                    Shape::Word(term, typed) => {
                        wanted.term(term);
                        if let Some(typed) = typed {
                            wanted.forms(typed);
                        }
                    }
                    Shape::Phrase(phrase) => phrase.terms.iter().enumerate().for_each(|(at, (term, _))| {
                        if phrase.is_open && at + 1 == phrase.terms.len() {
                            wanted.prefix(term);
                        } else {
                            wanted.term(term);
                        }
                    }),
                    Shape::Prefix(start) => wanted.prefix(start),
                    Shape::Fuzzy(typo) => wanted.typo(typo),
                }
            }
            wanted
        })
    }
}

/// The terms of a text by their texts and by their stems.
struct ByText<'t> {
    texts: FxHashMap<&'t str, Vec<usize>>,
    stems: FxHashMap<&'t str, Vec<usize>>,
}

impl<'t> ByText<'t> {
    fn new(terms: &'t [Term]) -> Self {
        let (mut texts, mut stems) = (FxHashMap::default(), FxHashMap::default());
        for (at, term) in terms.iter().enumerate() {
            texts.entry(term.text.as_str()).or_insert_with(Vec::new).push(at);
            if let Some(stem) = &term.stem {
                stems.entry(stem.as_str()).or_insert_with(Vec::new).push(at);
            }
        }
        Self { texts, stems }
    }

    fn of(&self, text: &str) -> impl Iterator<Item = usize> {
        self.texts.get(text).into_iter().flatten().copied()
    }

    fn of_stem(&self, stem: &str) -> impl Iterator<Item = usize> {
        self.stems.get(stem).into_iter().flatten().copied()
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
    };
    match (terms.as_slice(), words) {
        ([], _) => None,
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

impl Phrase {
    /// The match that starts with the first term at a place among the terms of a text, if it goes on. From each term the
    /// nearest next one leaves the most room for those after it.
    fn at(&self, terms: &[Term], first: usize) -> Vec<Span> {
        let (mut at, mut left) = (first, self.slop);
        let mut spans = vec![terms[first].span];
        for (next, pair) in (1..).zip(self.terms.windows(2)) {
            let is_start = self.is_open && next + 1 == self.terms.len();
            let is_wanted = |term: &Term| term.text == pair[1].0 || is_start && term.text.starts_with(&pair[1].0);
            let from = terms[at].at + (pair[1].1 - pair[0].1);
            let mut near = terms[at + 1..].iter().take_while(|term| term.at <= from + left);
            let Some(step) = near.position(|term| term.at >= from && is_wanted(term)) else {
                return Vec::new();
            };
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
        spans
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
