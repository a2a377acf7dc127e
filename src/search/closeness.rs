//! How close the words of a query stand in a story: in a row best, near one another good, more so in the headline; and how many
//! of them stand in the lead. A factor on the score of the first hits, read from positions that the index holds anyway.
//!
//! Positions are of words as written: a word that a story has only in another form (by its stem) has none, and gives nothing.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Term};

use crate::index::{Snapshot, analyzer};
use crate::query::{Part, Query, Words};

/// The first words of a body that are its lead: the first paragraph or two of wire copy.
const LEAD: u32 = 60;

/// What words in a row add to a score at most.
const CLOSE: f32 = 0.35;

/// What words in the lead add at most. With [`CLOSE`] the factor stays within 1.5.
const IN_LEAD: f32 = 0.15;

/// Words close in the body are worth that much of words close in the headline.
const BODY: f32 = 0.7;

/// The same of words in another order than the query's.
const REVERSED: f32 = 0.7;

/// Words further apart than a sentence are not near one another.
const FAR: u32 = 20;

/// Words of a query that are looked at: beyond, the postings cost more than the order gains.
const MOST_WORDS: usize = 12;

/// A word in more than one of so many stories tells nothing by standing near another, while rarer ones are there.
const COMMON: u64 = 4;

/// A word of the query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// Its terms: any of them is it.
    terms: Vec<String>,
    /// Its place in the query.
    at: u32,
    /// How many places it takes up there: a phrase several.
    length: u32,
    /// How much it tells (inverse document frequency).
    weight: f32,
    /// Whether it is looked for in the headline alone.
    headline_only: bool,
}

/// What is read of a segment.
struct Opened {
    at: usize,
    /// For each word its postings in the headline and in the body.
    words: Vec<[Vec<SegmentPostings>; 2]>,
}

/// Gives the factor of documents for one query. Documents of a segment are best asked for in rising order.
pub(super) struct Closeness<'a> {
    snapshot: &'a Snapshot,
    wanted: Vec<Wanted>,
    opened: Option<Opened>,
    /// The positions of each word in headline and body; kept for their room.
    positions: Vec<[Vec<u32>; 2]>,
    last: DocId,
}

impl<'a> Closeness<'a> {
    /// For a query; `None` when it asks for no word as written.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn new(snapshot: &'a Snapshot, query: &Query) -> tantivy::Result<Option<Self>> {
        let mut wanted = Vec::new();
        collect(query, &mut wanted);
        wanted.truncate(MOST_WORDS);
        let documents = snapshot.searcher.num_docs().max(1);
        let mut frequencies = Vec::with_capacity(wanted.len());
        for word in &mut wanted {
            let mut frequency = 0;
            for term in &word.terms {
                let term = Term::from_field_text(snapshot.fields.body, term);
                frequency += snapshot.searcher.doc_freq(&term)?;
            }
            word.weight = (1.0 + documents as f32 / (frequency as f32 + 1.0)).ln();
            frequencies.push(frequency);
        }
        // Quotes are documents too, so that a frequency among all of them is at most that among stories.
        let rare = |frequency: u64| frequency * COMMON <= documents;
        if frequencies.iter().any(|frequency| rare(*frequency)) {
            let mut frequencies = frequencies.into_iter();
            wanted.retain(|_| frequencies.next().is_some_and(rare));
        }
        let positions = vec![<[Vec<u32>; 2]>::default(); wanted.len()];
        Ok((!wanted.is_empty()).then_some(Self {
            snapshot,
            wanted,
            opened: None,
            positions,
            last: 0,
        }))
    }

    /// The factor of a document, at least 1 and at most 1.5.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn factor(&mut self, segment_at: usize, doc: DocId) -> tantivy::Result<f32> {
        Ok(self.close(segment_at, doc)?.factor())
    }

    /// What the factor of a document is made of.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn close(&mut self, segment_at: usize, doc: DocId) -> tantivy::Result<Close> {
        let is_open = self.opened.as_ref().is_some_and(|opened| opened.at == segment_at);
        if !is_open || doc < self.last {
            self.opened = Some(self.open(segment_at)?);
        }
        self.last = doc;
        let Some(opened) = &mut self.opened else {
            return Ok(Close::default());
        };
        for (fields, positions) in opened.words.iter_mut().zip(&mut self.positions) {
            for (postings, positions) in fields.iter_mut().zip(positions) {
                read(postings, doc, positions);
            }
        }
        Ok(Close::of(&self.wanted, &self.positions))
    }

    /// The words that are looked at, each by its terms.
    pub(super) fn words(&self) -> impl Iterator<Item = &[String]> {
        self.wanted.iter().map(|word| word.terms.as_slice())
    }

    fn open(&self, at: usize) -> tantivy::Result<Opened> {
        let fields = &self.snapshot.fields;
        let mut words = Vec::with_capacity(self.wanted.len());
        for word in &self.wanted {
            let body = if word.headline_only {
                Vec::new()
            } else {
                self.postings(at, fields.body, &word.terms)?
            };
            words.push([self.postings(at, fields.headline, &word.terms)?, body]);
        }
        Ok(Opened { at, words })
    }

    fn postings(&self, at: usize, field: Field, terms: &[String]) -> tantivy::Result<Vec<SegmentPostings>> {
        let index = self.snapshot.searcher.segment_reader(at as u32).inverted_index(field)?;
        let mut all = Vec::with_capacity(terms.len());
        for term in terms {
            let term = Term::from_field_text(field, term);
            all.extend(index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        Ok(all)
    }
}

/// The positions in a document of any of the terms, rising.
fn read(all: &mut [SegmentPostings], doc: DocId, positions: &mut Vec<u32>) {
    positions.clear();
    let mut more = Vec::new();
    for postings in all {
        if postings.doc() < doc {
            postings.seek(doc);
        }
        if postings.doc() == doc {
            if positions.is_empty() {
                postings.positions(positions);
            } else {
                postings.positions(&mut more);
                positions.append(&mut more);
                positions.sort_unstable();
            }
        }
    }
}

/// The words of a query in their order. Alternatives of one word each are one word; other alternatives, negations, prefixes
/// and edits have no place.
fn collect(query: &Query, wanted: &mut Vec<Wanted>) {
    match query {
        Query::And(all) => all.iter().for_each(|query| collect(query, wanted)),
        Query::Or(any) => {
            let words: Option<Vec<Wanted>> = any.iter().map(only_word).collect();
            let Some(words) = words else { return };
            let headline_only = words.iter().all(|word| word.headline_only);
            let terms = words.into_iter().flat_map(|word| word.terms).collect();
            push(terms, headline_only, 1, wanted);
        }
        // A phrase stands as a whole: its first word is enough to tell how near the others are.
        Query::Text(part @ (Part::Anywhere | Part::Headline), words) => {
            let text = match words {
                Words::Word(word) => word.clone(),
                Words::Phrase(words, _) => words.join(" "),
                Words::Prefix(_) | Words::Fuzzy(..) | Words::Near(_) => return,
            };
            let mut terms = analyzer::query_terms(&text);
            let Some(last) = terms.last().map(|term| term.1 as u32) else {
                return;
            };
            let first = terms.swap_remove(0).0;
            push(vec![first], *part == Part::Headline, last + 1, wanted);
        }
        _ => {}
    }
}

/// A clause that is one word.
fn only_word(query: &Query) -> Option<Wanted> {
    let mut found = Vec::new();
    if matches!(query, Query::Text(_, Words::Word(_))) {
        collect(query, &mut found);
    }
    found.pop()
}

/// Adds a word that takes up `length` places. Its weight is not known yet.
fn push(terms: Vec<String>, headline_only: bool, length: u32, wanted: &mut Vec<Wanted>) {
    let at = wanted.last().map_or(0, |before| before.at + before.length);
    wanted.push(Wanted {
        terms,
        at,
        length,
        weight: 1.0,
        headline_only,
    });
}

/// How close the words stand in a document, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Close {
    /// In the headline.
    pub headline: f32,
    /// In the body.
    pub body: f32,
    /// How much of them stands in the lead.
    pub lead: f32,
}

impl Close {
    /// By the positions of each word in headline and body.
    fn of(wanted: &[Wanted], positions: &[[Vec<u32>; 2]]) -> Self {
        Self {
            headline: close_in(wanted, positions, 0),
            body: close_in(wanted, positions, 1),
            lead: in_lead(wanted, positions),
        }
    }

    /// What the score is multiplied by.
    pub(super) fn factor(self) -> f32 {
        1.0 + CLOSE * self.headline.max(BODY * self.body) + IN_LEAD * self.lead
    }
}

/// From 0 to 1, how close the words stand in a field: each pair of neighbours in the query counts by the less telling
/// of its two words.
fn close_in(wanted: &[Wanted], positions: &[[Vec<u32>; 2]], field: usize) -> f32 {
    let (mut sum, mut most) = (0.0, 0.0);
    for (pair, places) in wanted.windows(2).zip(positions.windows(2)) {
        let weight = pair[0].weight.min(pair[1].weight);
        let step = pair[1].at - pair[0].at;
        most += weight;
        sum += weight * nearest(&places[0][field], &places[1][field], step);
    }
    if most > 0.0 { sum / most } else { 0.0 }
}

/// From 0 to 1, how close two words come to standing `step` apart in their order.
fn nearest(first: &[u32], second: &[u32], step: u32) -> f32 {
    let mut best = 0.0_f32;
    let mut from = 0;
    for &at in first {
        // Those before it that matter, and then those behind it.
        while second.get(from).is_some_and(|other| other + FAR < at) {
            from += 1;
        }
        for &other in second[from..].iter().take_while(|other| **other <= at + step + FAR) {
            let value = if other >= at + step {
                1.0 / (1 + other - at - step) as f32
            } else {
                REVERSED / at.abs_diff(other).max(1) as f32
            };
            best = best.max(value);
        }
    }
    best
}

/// From 0 to 1, how much of the words, by what they tell, stands in the first words of the body.
fn in_lead(wanted: &[Wanted], positions: &[[Vec<u32>; 2]]) -> f32 {
    let all: f32 = wanted.iter().map(|word| word.weight).sum();
    let words = wanted.iter().zip(positions);
    let there = words.filter(|(_, places)| places[1].first().is_some_and(|at| *at < LEAD));
    // A sum of nothing is -0.
    let there = there.fold(0.0, |sum, (word, _)| sum + word.weight);
    if all > 0.0 { there / all } else { 0.0 }
}

#[cfg(test)]
mod tests;
