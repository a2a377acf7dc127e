//! Measures a model on labelled text that it was not trained on.

use std::ops::Range;

use super::filing;
use crate::extract::Extractor;
use crate::extract::document::Text;
use crate::extract::evaluate::Tally;
use crate::extract::people::{Finder, NameFinder, Zone, traits_of};
use crate::extract::tagger::labelled::{Kind, Labelled};
use crate::extract::tagger::model::Model;
use crate::extract::tagger::tag::Tag;
use crate::extract::tagger::tags;
use crate::vocabulary::names::Lists;

/// What is found in labelled documents: people's names, exact spans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measured {
    /// By the tagger alone.
    pub tagger: Tally,
    /// By the people step, which weighs the tagger's opinion with lists, titles and neighbours.
    pub people: Tally,
    /// A line for each name that the tagger missed (`-`) or made up (`+`), with the words around it.
    pub misses: Vec<String>,
}

/// Precision and recall on labelled documents.
#[must_use]
pub fn measure(extractor: &Extractor, model: &Model, language: &'static str, documents: &[Labelled]) -> Measured {
    let mut measured = Measured::default();
    for labelled in documents {
        let filing = filing(labelled);
        let document = extractor.prepared(&filing, language);
        let body = &document.body;
        let traits = traits_of(body, &extractor.vocabulary, Lists::of(language));
        let [opinions] = model.opinions([(body, &traits)]);
        let found = people(body, &tags(&opinions));
        let finder = Finder { model: Some(model) };
        let names = finder.find(&document, &extractor.vocabulary).into_iter();
        let names: Vec<Range<usize>> = names
            .filter(|name| name.zone == Zone::Body)
            .filter_map(|name| bytes(body, name.tokens))
            .collect();
        let people = labelled.names.iter().filter(|(_, kind)| *kind == Kind::Person);
        let wanted: Vec<Range<usize>> = people.map(|(range, _)| range.clone()).collect();
        count(&names, &wanted, &mut measured.people);
        count(&found, &wanted, &mut measured.tagger);
        let line = |mark: char, span: &Range<usize>| format!("{mark} {}", around(&labelled.text, span));
        let extra = found.iter().filter(|span| !wanted.contains(span));
        measured.misses.extend(extra.map(|span| line('+', span)));
        let missed = wanted.iter().filter(|span| !found.contains(span));
        measured.misses.extend(missed.map(|span| line('-', span)));
    }
    measured
}

fn count(found: &[Range<usize>], wanted: &[Range<usize>], tally: &mut Tally) {
    let hits = found.iter().filter(|span| wanted.contains(span)).count() as u64;
    tally.hits += hits;
    tally.extra += found.len() as u64 - hits;
    tally.missed += wanted.len() as u64 - hits;
}

/// The bytes of a range of tokens.
fn bytes(text: &Text<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let (first, last) = (
        text.tokens.get(tokens.start)?,
        text.tokens.get(tokens.end.checked_sub(1)?)?,
    );
    Some(first.start as usize..last.end as usize)
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

/// A stretch of a text between brackets, with some of what stands around it.
fn around(text: &str, span: &Range<usize>) -> String {
    /// Bytes to either side.
    const REACH: usize = 40;
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let start = (0..=span.start.saturating_sub(REACH))
        .rev()
        .find(is_boundary)
        .unwrap_or(0);
    let end = ((span.end + REACH).min(text.len())..text.len())
        .find(is_boundary)
        .unwrap_or(text.len());
    let (before, name, behind) = (&text[start..span.start], &text[span.clone()], &text[span.end..end]);
    format!("{before}[{name}]{behind}").replace('\n', " / ")
}
