//! All of some words: the most frequent kind of query, found term by term instead of document by document.
//!
//! The documents of a word are those of all its terms (as written and by stem, in headline and body). For few documents each of its
//! terms is asked whether it has them; for many, the postings of all its terms are laid over each other as bits.

use std::sync::Arc;

use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, Term};

use super::SearchError;
use super::found::Statistics;
use super::scored::{Scored, postings_of};
use super::sets::{Ground, Sets};
use super::words::{Form, Piece, WordQueries};
use crate::index::{Docs, Snapshot};
use crate::query::{Part, Query, Words};

/// Documents of which each costs as much to be looked up in postings as so many postings cost to be read.
const LOOK_UP: u64 = 12;

/// Words that must all be there.
pub(super) struct Conjunction(Vec<Vec<Leaf>>);

/// A term of a word.
struct Leaf {
    term: Term,
    /// What its score is multiplied by.
    weight: f32,
}

/// The words and phrases that a query asks for beside conditions without words, if they are all that it asks for by words.
pub(super) fn words_of(query: &Query) -> Option<Vec<(Part, &Words)>> {
    let clauses = match query {
        Query::And(all) => all.as_slice(),
        other => std::slice::from_ref(other),
    };
    let mut words = Vec::new();
    for clause in clauses {
        match clause {
            Query::Text(part @ (Part::Anywhere | Part::Headline), word @ (Words::Word(_) | Words::Phrase(..))) => {
                words.push((*part, word));
            }
            Query::Not(_)
            | Query::Facet(..)
            | Query::Published(..)
            | Query::Length(..)
            | Query::HasQuote
            | Query::Has(_)
            | Query::Missing(_) => {}
            _ => return None,
        }
    }
    Some(words).filter(|words| !words.is_empty())
}

impl Conjunction {
    /// The words of a query for stories; `None` where one of them is a phrase of several terms, such as what the analyzer parts.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn of(words: &[(Part, &Words)], queries: &WordQueries<'_>) -> tantivy::Result<Option<Self>> {
        let mut all = Vec::with_capacity(words.len());
        for (part, word) in words {
            let pieces = queries.pieces(*part, word, Ground::Stories)?;
            let leaves: Option<Vec<Leaf>> = pieces.iter().map(Leaf::of).collect();
            match leaves {
                Some(leaves) => all.push(leaves),
                None => return Ok(None),
            }
        }
        Ok(Some(Self(all)))
    }

    /// What of the base has all of the words.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn matching(&self, snapshot: &Snapshot, base: &Sets) -> Result<Sets, SearchError> {
        let readers = snapshot.searcher.segment_readers().iter().zip(base);
        readers
            .map(|(reader, base)| Ok(Arc::new(self.in_segment(reader, base)?)))
            .collect()
    }

    fn in_segment(&self, reader: &SegmentReader, base: &Docs) -> tantivy::Result<Docs> {
        let mut words = Vec::with_capacity(self.0.len());
        for word in &self.0 {
            let mut postings = Vec::with_capacity(word.len());
            for leaf in word {
                postings.extend(postings_of(reader, &leaf.term, IndexRecordOption::Basic)?);
            }
            let all: u64 = postings.iter().map(|postings| u64::from(postings.doc_freq())).sum();
            words.push((all, postings));
        }
        words.sort_by_key(|(all, _)| *all);
        let mut found: Option<Docs> = None;
        for (all, mut postings) in words {
            let before = found.as_ref().unwrap_or(base);
            if before.len() as u64 * LOOK_UP < all {
                let mut having = Docs::none(reader.max_doc());
                before.for_each(|doc| {
                    if postings.iter_mut().any(|postings| has(postings, doc)) {
                        having.insert(doc);
                    }
                });
                found = Some(having);
            } else {
                let mut having = Docs::none(reader.max_doc());
                for postings in &mut postings {
                    lay(postings, &mut having);
                }
                having.and(before);
                found = Some(having);
            }
        }
        Ok(found.unwrap_or_else(|| base.clone()))
    }

    /// The terms with their weights.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn scored(&self, statistics: &Statistics<'_>) -> tantivy::Result<Vec<Scored>> {
        let leaves = self.0.iter().flatten();
        leaves
            .map(|leaf| Scored::new(&leaf.term, leaf.weight, statistics))
            .collect()
    }
}

impl Leaf {
    fn of(piece: &Piece) -> Option<Self> {
        let [only] = piece.terms.as_slice() else { return None };
        matches!(piece.form, Form::Written | Form::Stem).then(|| Self {
            term: Term::from_field_text(piece.field, only),
            weight: piece.weight,
        })
    }
}

/// Whether a document, none before the one asked for last, is among the postings.
fn has(postings: &mut BlockSegmentPostings, doc: DocId) -> bool {
    let at = postings.seek(doc);
    postings.doc(at) == doc
}

/// Puts all documents of the postings into a set.
fn lay(postings: &mut BlockSegmentPostings, set: &mut Docs) {
    while !postings.docs().is_empty() {
        for doc in postings.docs() {
            set.insert(*doc);
        }
        postings.advance();
    }
}
