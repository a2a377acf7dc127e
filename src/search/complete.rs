//! The end of what is being typed: facet values and words of headlines that the last word may become.

mod typed;
mod values;

use std::time::Instant;

use serde::Serialize;
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermMerger;
use tantivy::{DocSet, TERMINATED, Term};

use super::SearchError;
use super::sets;
use crate::index::{Docs, Snapshot};
use crate::query::{Part, Query, Words};
use crate::story::Facet;
use crate::text::Typo;
use crate::vocabulary::Vocabulary;
use typed::{Field, Typed};

/// Terms of the dictionary that are read at most, so that one letter does not walk through all of it.
const MOST_TERMS: usize = 50_000;

/// Values of a facet, and words, that are looked at further at most: the nearest and most frequent.
const MOST_VALUES: usize = 100;

/// Documents of a word that are looked at one by one; of a more frequent word the index's own figure is told.
const MOST_COUNTED: u64 = 10_000;

/// The facets that are completed where no field is typed: who says it before who is named in it.
const FACETS: [Facet; 5] = [
    Facet::Speaker,
    Facet::Person,
    Facet::Country,
    Facet::Source,
    Facet::Subject,
];

/// What is to be completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompleteRequest {
    /// The query as far as it is typed.
    pub q: String,
    /// How many completions, at most [`CompleteRequest::MAX_LIMIT`].
    pub limit: usize,
    /// The language of labels, BCP 47; empty for English.
    pub lang: String,
}

impl CompleteRequest {
    /// Completions at most.
    pub const MAX_LIMIT: usize = 50;
}

impl Default for CompleteRequest {
    fn default() -> Self {
        Self {
            q: String::new(),
            limit: 8,
            lang: String::new(),
        }
    }
}

/// What the last word may become.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Completion {
    /// As it is shown: a label, or a word.
    pub text: String,
    /// A facet's name, or `word`.
    pub kind: &'static str,
    /// The facet value, or the word.
    pub value: String,
    /// How many stories have it (a word: in the headline; above 10,000 nearly).
    pub count: u64,
    /// The clause that asks for it: `speaker:"Ada Velkova"`.
    pub query: String,
    /// The whole query with that clause in the place of what is typed.
    pub q: String,
}

/// The completions of a query.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CompleteAnswer {
    /// Byte of `q` from which they stand in its place.
    pub start: usize,
    /// The nearest first, then the most frequent.
    pub completions: Vec<Completion>,
    /// Milliseconds it took.
    pub took_ms: f64,
}

/// Completes the last word of a query. One edit is forgiven from four letters on, two from eight, never in the first letter.
///
/// # Errors
/// When the index cannot be read.
pub fn complete(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    request: &CompleteRequest,
) -> Result<CompleteAnswer, SearchError> {
    let start = Instant::now();
    let typed = Typed::of(&request.q);
    let mut answer = CompleteAnswer {
        start: typed.start,
        ..CompleteAnswer::default()
    };
    if let Some(last) = typed.words.last().filter(|_| request.limit > 0) {
        let completer = Completer {
            snapshot,
            vocabulary,
            request,
            typo: Typo::new(last, edits_for(last)),
            last,
            typed: &typed,
        };
        answer.completions = completer.completions()?;
    }
    answer.took_ms = start.elapsed().as_secs_f64() * 1_000.0;
    Ok(answer)
}

/// Edits that are forgiven in a word.
fn edits_for(word: &str) -> usize {
    match word.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// How many documents are in both sets.
fn in_both(one: &Docs, other: &Docs) -> u64 {
    let words = one.words().iter().zip(other.words());
    words.map(|(one, other)| u64::from((one & other).count_ones())).sum()
}

/// A value or word that fits, before it is counted.
struct Candidate {
    edits: usize,
    /// As the index knows it, deleted stories among it.
    frequency: u64,
    facet: Option<(Facet, u32)>,
    text: String,
}

impl Candidate {
    fn of_word(word: &str, edits: usize, frequency: u64) -> Self {
        Self {
            edits,
            frequency,
            facet: None,
            text: word.to_owned(),
        }
    }
}

struct Completer<'a> {
    snapshot: &'a Snapshot,
    vocabulary: &'a Vocabulary,
    request: &'a CompleteRequest,
    typed: &'a Typed,
    last: &'a str,
    typo: Typo,
}

impl Completer<'_> {
    fn completions(&self) -> Result<Vec<Completion>, SearchError> {
        let mut values: Vec<Candidate> = Vec::new();
        let mut words: Vec<Candidate> = Vec::new();
        match self.typed.field {
            Some(Field::Facet(facet)) => values = self.values(facet)?,
            Some(Field::Headline) => words = self.words()?,
            None => {
                for facet in FACETS {
                    values.extend(self.values(facet)?);
                }
                if self.typed.words.len() == 1 {
                    words = self.words()?;
                }
            }
        }
        let mut found = self.counted(values, self.request.limit)?;
        // Half of the places are for words, and more where there are fewer values.
        let room = self
            .request
            .limit
            .saturating_sub(found.len())
            .max(self.request.limit / 2);
        let words = self.counted(words, room)?;
        found.truncate(self.request.limit - words.len());
        found.extend(words);
        found.sort_by(|(a, one), (b, other)| (a, other.count, &one.text).cmp(&(b, one.count, &other.text)));
        Ok(found.into_iter().map(|(_, completion)| completion).collect())
    }

    /// The first of the candidates that a story has, with their edits; what a person says stands for the person.
    fn counted(&self, mut all: Vec<Candidate>, most: usize) -> Result<Vec<(usize, Completion)>, SearchError> {
        all.sort_by(|one, other| {
            (one.edits, other.frequency, &one.text).cmp(&(other.edits, one.frequency, &other.text))
        });
        let mut found: Vec<(usize, Completion)> = Vec::new();
        for candidate in all {
            if found.len() == most {
                break;
            }
            let is_known = |(_, known): &(usize, Completion)| {
                candidate
                    .facet
                    .is_some_and(|(facet, _)| facet == Facet::Person && known.kind == "speaker")
                    && known.text == candidate.text
            };
            if found.iter().any(is_known) {
                continue;
            }
            let count = self.count(&candidate)?;
            if count > 0 {
                found.push((candidate.edits, self.completion(candidate, count)));
            }
        }
        Ok(found)
    }

    fn completion(&self, candidate: Candidate, count: u64) -> Completion {
        let (kind, value, query) = if let Some((facet, id)) = candidate.facet {
            let value = self.snapshot.interners[facet as usize].value(id).to_string();
            (facet.name(), value.clone(), Query::Facet(facet, value))
        } else {
            let part = match self.typed.field {
                Some(Field::Headline) => Part::Headline,
                _ => Part::Anywhere,
            };
            let word = candidate.text.clone();
            ("word", word.clone(), Query::Text(part, Words::Word(word)))
        };
        let query = query.to_string();
        Completion {
            q: format!("{}{query}", &self.request.q[..self.typed.start]),
            text: candidate.text,
            kind,
            value,
            count,
            query,
        }
    }

    /// How many stories have it.
    fn count(&self, candidate: &Candidate) -> Result<u64, SearchError> {
        let snapshot = self.snapshot;
        if let Some((facet, id)) = candidate.facet {
            let having = sets::with_values(snapshot, facet, &[id]);
            let segments = snapshot.segments.iter().zip(&having);
            return Ok(segments.map(|(segment, docs)| in_both(&segment.stories, docs)).sum());
        }
        if candidate.frequency > MOST_COUNTED {
            return Ok(candidate.frequency);
        }
        let term = Term::from_field_text(snapshot.fields.headline, &candidate.text);
        let mut count = 0;
        for (segment, reader) in snapshot.segments.iter().zip(snapshot.searcher.segment_readers()) {
            let index = reader.inverted_index(snapshot.fields.headline)?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                count += u64::from(segment.stories.contains(postings.doc()));
                postings.advance();
            }
        }
        Ok(count)
    }

    /// The values of a facet with a name that the typed words may become.
    fn values(&self, facet: Facet) -> Result<Vec<Candidate>, SearchError> {
        let field = self.snapshot.fields.facet(facet);
        let interner = &self.snapshot.interners[facet as usize];
        let mut found = Vec::new();
        for (id, edits) in self.like(facet) {
            let frequency = match self.snapshot.frequency(facet, id) {
                Some(frequency) => u64::from(frequency),
                None => interner.names(id).try_fold(0, |sum, name| {
                    let frequency = self.snapshot.searcher.doc_freq(&Term::from_field_text(field, name))?;
                    tantivy::Result::Ok(sum + frequency)
                })?,
            };
            let value = interner.value(id);
            found.push(Candidate {
                edits,
                frequency,
                facet: Some((facet, id)),
                text: self.vocabulary.label(facet, value, &self.request.lang),
            });
        }
        Ok(found)
    }

    /// Words of headlines that the last typed word may become; with edits where nothing begins so.
    fn words(&self) -> Result<Vec<Candidate>, SearchError> {
        let exact = self.words_from(self.last)?;
        if !exact.is_empty() || edits_for(self.last) == 0 {
            return Ok(exact);
        }
        self.words_from(&self.first_letter())
    }

    /// The words of headlines that start so and that the typed word may become: the nearest, and of these the most frequent.
    fn words_from(&self, start: &str) -> Result<Vec<Candidate>, SearchError> {
        let headline = self.snapshot.fields.headline;
        let readers = self.snapshot.searcher.segment_readers().iter();
        let indexes = readers.map(|reader| reader.inverted_index(headline));
        let indexes = indexes.collect::<tantivy::Result<Vec<_>>>()?;
        // No text has this byte.
        let end = [start.as_bytes(), &[u8::MAX]].concat();
        let streams = indexes.iter().map(|index| {
            let range = index.terms().range().ge(start.as_bytes()).lt(&end);
            range.into_stream()
        });
        let mut words = TermMerger::new(streams.collect::<std::io::Result<Vec<_>>>()?);
        let mut best: Vec<Candidate> = Vec::new();
        let mut left = MOST_TERMS;
        while left > 0 && words.advance() {
            left -= 1;
            let Ok(word) = std::str::from_utf8(words.key()) else {
                continue;
            };
            let Some(edits) = self.edits_to(word) else { continue };
            let infos = words.current_segment_ords_and_term_infos();
            let frequency = infos.map(|(_, info)| u64::from(info.doc_freq)).sum();
            let is_before =
                |known: &Candidate| (known.edits, frequency, known.text.as_str()) < (edits, known.frequency, word);
            let at = best.partition_point(is_before);
            if at < MOST_VALUES {
                best.truncate(MOST_VALUES - 1);
                best.insert(at, Candidate::of_word(word, edits, frequency));
            }
        }
        Ok(best)
    }
}
