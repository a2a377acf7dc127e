//! Finds the words of a query in a text, as the index would: as written, by stem, as prefixes, with edits, in phrases.

use rustc_hash::FxHashMap;

use super::names::distance;
use super::proximity::{Stretch, taking_part};
use super::words::{MAX_EDITS, is_acronym};
use crate::index::analyzer;
use crate::query::{Part, Query, Side, Words};
use crate::story::Span;

/// One wish of a query for words.
#[derive(Debug, Clone)]
struct Pattern {
    part: Part,
    shape: Shape,
}

#[derive(Debug, Clone)]
enum Shape {
    /// A word: its term, and as typed, to be stemmed by the story's language.
    Word(String, String),
    /// Terms with their positions, at most so many other words between.
    Phrase(Vec<(String, usize)>, usize),
    /// The start of a word.
    Prefix(String),
    /// A term with at most so many edits.
    Fuzzy(Vec<char>, usize),
    /// Sides near each other, each any of some shapes, and how many words may stand between it and the one before.
    Near(Vec<Vec<Shape>>, Vec<u32>),
}

/// The words that a query asks for, negated ones left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns(Vec<Pattern>);

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
            Query::Text(part, words) => self.0.extend(shape(words).map(|shape| Pattern { part: *part, shape })),
            _ => {}
        }
    }

    /// Those for a part of the story.
    pub(super) fn for_part(&self, part: Part) -> Self {
        Self(self.0.iter().filter(|pattern| pattern.part == part).cloned().collect())
    }

    /// These and the others.
    pub(super) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Where they match in a text of that language, in the order of the text.
    pub(super) fn find(&self, text: &str, language: &str) -> Vec<Match> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let terms = analyzer::written_terms(text);
        let mut found = Vec::new();
        for (pattern, wish) in self.0.iter().enumerate() {
            let places = places(&wish.shape, &terms, text, language).into_iter();
            found.extend(places.map(|(_, span)| Match { span, pattern }));
        }
        found.sort();
        found.dedup();
        found
    }
}

type Term = (String, usize, Span);

/// Where a shape stands in a text: its words' positions and its place.
fn places(shape: &Shape, terms: &[Term], text: &str, language: &str) -> Vec<(Stretch, Span)> {
    match shape {
        Shape::Phrase(phrase, slop) => phrases(terms, phrase, *slop).collect(),
        Shape::Near(sides, within) => {
            let of_side = |any: &Vec<Shape>| {
                any.iter()
                    .flat_map(|shape| places(shape, terms, text, language))
                    .collect()
            };
            let sides: Vec<Vec<(Stretch, Span)>> = sides.iter().map(of_side).collect();
            let stretches: Vec<Vec<Stretch>> = sides
                .iter()
                .map(|side| side.iter().map(|found| found.0).collect())
                .collect();
            let kept = taking_part(&stretches, within);
            let pairs = sides.into_iter().flatten().zip(kept.into_iter().flatten());
            pairs.filter(|(_, kept)| *kept).map(|(found, _)| found).collect()
        }
        single => {
            let mut is_match = single_matcher(single, text, language);
            let found = terms.iter().filter(|term| is_match(term));
            found.map(|term| ((term.1 as u32, term.1 as u32), term.2)).collect()
        }
    }
}

fn shape(words: &Words) -> Option<Shape> {
    let terms = |text: &str| -> Vec<(String, usize)> {
        let terms = analyzer::query_terms(text).into_iter();
        terms.map(|(term, at, _)| (term, at)).collect()
    };
    let (found, slop, typed) = match words {
        Words::Word(word) | Words::Prefix(word) | Words::Fuzzy(word, _) => (terms(word), 0, word.trim().to_owned()),
        Words::Phrase(words, slop) => (terms(&words.join(" ")), *slop as usize, String::new()),
        Words::Near(sides) => {
            let of_side = |side: &Side| side.any.iter().filter_map(shape).map(as_written).collect();
            let within = sides.iter().map(|side| side.within).collect();
            return Some(Shape::Near(sides.iter().map(of_side).collect(), within));
        }
    };
    match (found.as_slice(), words) {
        ([], _) => None,
        ([(only, _)], Words::Prefix(_)) => Some(Shape::Prefix(only.clone())),
        ([(only, _)], Words::Fuzzy(_, edits)) => Some(Shape::Fuzzy(
            only.chars().collect(),
            usize::from((*edits).min(MAX_EDITS)),
        )),
        ([(only, _)], Words::Word(_)) => Some(Shape::Word(only.clone(), typed)),
        _ => Some(Shape::Phrase(found, slop)),
    }
}

/// The shape without its other forms: near others, a word is matched as written.
fn as_written(shape: Shape) -> Shape {
    match shape {
        Shape::Word(term, _) => Shape::Phrase(vec![(term, 0)], 0),
        shape => shape,
    }
}

/// Whether a term of the text matches a pattern of one word. Words repeat in a text, so each is stemmed once.
fn single_matcher<'a>(shape: &'a Shape, text: &'a str, language: &'a str) -> impl FnMut(&Term) -> bool + 'a {
    let stem = match shape {
        Shape::Word(term, typed) if !is_acronym(term) => analyzer::stem_term(language, typed),
        _ => None,
    };
    let mut stemmed: FxHashMap<String, bool> = FxHashMap::default();
    move |(term, _, span)| match shape {
        Shape::Word(wanted, _) => {
            term == wanted
                || stem.as_ref().is_some_and(|stem| {
                    *stemmed.entry(term.clone()).or_insert_with(|| {
                        let written = text.get(span.start..span.end).unwrap_or(term);
                        !is_acronym(term) && analyzer::stem_term(language, written).as_ref() == Some(stem)
                    })
                })
        }
        Shape::Prefix(start) => term.starts_with(start.as_str()),
        Shape::Fuzzy(wanted, edits) => {
            let letters: Vec<char> = term.chars().collect();
            letters.len().abs_diff(wanted.len()) <= *edits && distance(&letters, wanted) <= *edits
        }
        Shape::Phrase(..) | Shape::Near(..) => false,
    }
}

/// Where the terms stand in a row, with at most `slop` others between all of them.
fn phrases(terms: &[Term], phrase: &[(String, usize)], slop: usize) -> impl Iterator<Item = (Stretch, Span)> {
    let ends = move |first: usize| {
        let (mut at, mut left) = (first, slop);
        for pair in phrase.windows(2) {
            let step = pair[1].1 - pair[0].1;
            let from = terms[at].1 + step;
            let next = terms[at + 1..]
                .iter()
                .take_while(|term| term.1 <= from + left)
                .position(|term| term.1 >= from && term.0 == pair[1].0)?;
            at += 1 + next;
            left -= terms[at].1 - from;
        }
        let span = Span {
            start: terms[first].2.start,
            end: terms[at].2.end,
        };
        Some(((terms[first].1 as u32, terms[at].1 as u32), span))
    };
    let starts = (0..terms.len()).filter(|&at| phrase.first().is_some_and(|head| head.0 == terms[at].0));
    starts.filter_map(ends)
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
mod tests {
    use super::*;

    fn found(words: Words, text: &str, language: &str) -> Vec<String> {
        let patterns = Patterns::of(&Query::Text(Part::Anywhere, words));
        let spans = joined(patterns.find(text, language).into_iter().map(|m| m.span));
        spans
            .into_iter()
            .map(|span| text[span.start..span.end].to_owned())
            .collect()
    }

    #[test]
    fn words_match_as_written_and_by_stem() {
        let word = |word: &str| Words::Word(word.into());
        assert_eq!(found(word("Škoda"), "A SKODA, two škoda", "en"), ["SKODA", "škoda"]);
        assert_eq!(
            found(word("rise"), "Prices rising; a rise. Risen?", "en"),
            ["rising", "rise"]
        );
        assert_eq!(found(word("rising"), "prices rise", "und"), [] as [&str; 0]);
        assert_eq!(found(word("harga"), "Harganya naik, kata dia", "id"), ["Harganya"]);
        assert_eq!(found(word("…"), "nothing … here", "en"), [] as [&str; 0]);
    }

    #[test]
    fn prefixes_and_edits_match_whole_words() {
        assert_eq!(
            found(Words::Prefix("inflas".into()), "Inflasi, inflasinya", "id"),
            ["Inflasi", "inflasinya"]
        );
        assert_eq!(
            found(
                Words::Fuzzy("sulivan".into(), 1),
                "Ms Sullivan, Sulivann, Sillyman",
                "en"
            ),
            ["Sullivan", "Sulivann"]
        );
    }

    #[test]
    fn near_words_match_where_they_are_near() {
        let side = |any: &[Words], within| Side {
            any: any.to_vec(),
            within,
        };
        let word = |word: &str| Words::Word(word.into());
        let near = Words::Near(vec![
            side(&[word("price"), Words::Prefix("tarif".into())], 0),
            side(&[Words::Phrase(vec!["white".into(), "rice".into()], 0)], 2),
        ]);
        let text = "Price of white rice; prices. White rice far from any one price, they say. Tariffs on white rice.";
        assert_eq!(
            found(near, text, "en"),
            ["Price", "white rice", "Tariffs", "white rice"],
            "“prices” is another form, “price” too far"
        );
    }

    #[test]
    fn phrases_match_as_wholes_with_slop_between() {
        let phrase = |words: &[&str], slop| Words::Phrase(words.iter().map(|&w| w.to_owned()).collect(), slop);
        let text = "The ministère de l’Économie, again ministère of économie";
        assert_eq!(
            found(phrase(&["ministere", "de", "economie"], 0), text, "fr"),
            ["ministère de l’Économie"]
        );
        assert_eq!(
            found(phrase(&["ministere", "economie"], 0), text, "fr"),
            [] as [&str; 0]
        );
        assert_eq!(found(phrase(&["ministere", "economie"], 1), text, "fr").len(), 2);
        assert_eq!(found(Words::Word("jong-un".into()), "Kim Jong Un", "en"), ["Jong Un"]);
    }
}
