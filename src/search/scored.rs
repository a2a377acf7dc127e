//! The scores of hits, summed up term by term for the hits alone, always in the same order: a hit has one score, whatever else is
//! asked.

mod dense;
mod sparse;

use std::borrow::Cow;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Bm25Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term as IndexTerm};

use super::found::Statistics;
use crate::index::{Docs, Rows, Segment};

/// Hits from which it pays to look for those first that score high, and to work out the scores of the usual frequencies beforehand.
const MANY: usize = 4_096;

/// Frequencies in a document up to which scores are worked out beforehand: most are that low.
const USUAL: u32 = 4;

/// Lengths of a field that its norms tell apart.
const NORMS: usize = 256;

/// A term with what its documents score by.
#[derive(Clone)]
pub(super) struct Scored {
    term: IndexTerm,
    weight: Bm25Weight,
}

impl Scored {
    /// A term whose scores are multiplied by `boost`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn new(term: &IndexTerm, boost: f32, statistics: &Statistics<'_>) -> tantivy::Result<Self> {
        let weight = Bm25Weight::for_terms(statistics, std::slice::from_ref(term))?;
        Ok(Self {
            term: term.clone(),
            weight: weight.boost_by(boost),
        })
    }
}

/// Postings for each hit and term up to which they are gone through as they lie; beyond, hits are looked up in them.
const DENSE: u64 = 8;

/// Hits for each posting of a term that is rare beside them.
const RARE: usize = 8;

/// A term in a segment.
struct Term<'a> {
    postings: BlockSegmentPostings,
    norms: Norms<'a>,
    by: ByNorm<'a>,
}

impl Term<'_> {
    fn is_rare_beside(&self, hits: usize) -> bool {
        self.postings.doc_freq() as usize * RARE <= hits
    }
}

/// How long a field is in each document, as its norms tell.
enum Norms<'a> {
    /// By row, in memory.
    Held(&'a Rows, &'a [u8]),
    /// By document.
    Read(FieldNormReader),
}

impl Norms<'_> {
    #[inline]
    fn of(&self, doc: DocId) -> u8 {
        match self {
            Self::Held(rows, norms) => norms.get(rows.of(doc) as usize).copied().unwrap_or_default(),
            Self::Read(norms) => norms.fieldnorm_id(doc),
        }
    }

    /// The same where the row is known.
    #[inline]
    fn of_row(&self, doc: DocId, row: u32) -> u8 {
        match self {
            Self::Held(_, norms) => norms.get(row as usize).copied().unwrap_or_default(),
            Self::Read(norms) => norms.fieldnorm_id(doc),
        }
    }
}

/// Calls `each` with these documents of a segment and their scores, at most [`BATCH`] at a time, but not with such as score less than
/// `least`, or than what a call before has returned. Returns how many were scored.
///
/// Where there are many, those with a rare term come first: a word that stands in the headline counts so much more than one that
/// stands in the body alone that mostly none of the others can come up to them, and no more is to be done.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn scores(
    scored: &[Scored],
    (reader, segment): (&SegmentReader, &Segment),
    docs: &Docs,
    mut least: Score,
    mut each: impl FnMut(&[(DocId, Score)]) -> Score,
) -> tantivy::Result<usize> {
    let hits = docs.len();
    let open = || open(scored, reader, segment, hits);
    let mut terms = open()?;
    if most(&terms) < least {
        return Ok(0);
    }
    let mut left = Cow::Borrowed(docs);
    if hits >= MANY && terms.iter().any(|term| term.is_rare_beside(hits)) {
        let (rare, others): (Vec<_>, Vec<_>) = terms.into_iter().partition(|term| term.is_rare_beside(hits));
        let with_rare = in_any(rare, docs);
        let batch = Batch::new(least, &mut each);
        least = sparse::scores(&mut open()?, segment.rows(), &with_rare, batch);
        if most(&others) < least {
            return Ok(with_rare.len());
        }
        let left = left.to_mut();
        for doc in &with_rare {
            left.remove(*doc);
        }
        terms = open()?;
    }
    let all: u64 = terms.iter().map(|term| u64::from(term.postings.doc_freq())).sum();
    if all <= DENSE * hits as u64 * terms.len() as u64 {
        dense::scores(&mut terms, &left, Batch::new(least, &mut each));
    } else {
        sparse::scores(&mut terms, segment.rows(), &left.to_vec(), Batch::new(least, &mut each));
    }
    Ok(hits)
}

/// Hits that are told at a time: what is read of each is then on its way into the cache for all of them.
pub(super) const BATCH: usize = 64;

/// Hits with their scores on their way to who asked for them.
struct Batch<'e, E> {
    least: Score,
    held: Vec<(DocId, Score)>,
    each: &'e mut E,
}

impl<'e, E: FnMut(&[(DocId, Score)]) -> Score> Batch<'e, E> {
    fn new(least: Score, each: &'e mut E) -> Self {
        Self {
            least,
            held: Vec::with_capacity(BATCH),
            each,
        }
    }

    #[inline]
    fn put(&mut self, doc: DocId, score: Score) {
        if score >= self.least {
            self.held.push((doc, score));
            if self.held.len() == BATCH {
                self.tell();
            }
        }
    }

    fn tell(&mut self) {
        self.least = (self.each)(&self.held);
        self.held.clear();
    }

    /// Tells what is left; returns the least score that matters then.
    fn end(mut self) -> Score {
        self.tell();
        self.least
    }
}

/// The terms that a segment has.
fn open<'a>(
    scored: &'a [Scored],
    reader: &SegmentReader,
    segment: &'a Segment,
    hits: usize,
) -> tantivy::Result<Vec<Term<'a>>> {
    let mut terms = Vec::with_capacity(scored.len());
    for Scored { term, weight } in scored {
        let Some(postings) = postings_of(reader, term, IndexRecordOption::WithFreqs)? else {
            continue;
        };
        let norms = match segment.norms(term.field()) {
            Some(norms) => Norms::Held(segment.rows(), norms),
            None => Norms::Read(reader.get_fieldnorms_reader(term.field())?),
        };
        let by = ByNorm::new(weight, hits);
        terms.push(Term { postings, norms, by });
    }
    Ok(terms)
}

/// More than a document with these terms can score.
fn most(terms: &[Term<'_>]) -> Score {
    // A field of no words that has the term without end; and a little more than sums can be off.
    let most = terms.iter().map(|term| term.by.weight.score(0, u32::MAX));
    most.sum::<Score>() * 1.000_1
}

/// These documents, as far as they have one of the terms, rising.
fn in_any(terms: Vec<Term<'_>>, docs: &Docs) -> Vec<DocId> {
    let mut found = Vec::new();
    for Term { mut postings, .. } in terms {
        while !postings.docs().is_empty() {
            found.extend(postings.docs().iter().filter(|doc| docs.contains(**doc)));
            postings.advance();
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The postings of a term in a segment.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn postings_of(
    reader: &SegmentReader,
    term: &IndexTerm,
    option: IndexRecordOption,
) -> tantivy::Result<Option<BlockSegmentPostings>> {
    let index = reader.inverted_index(term.field())?;
    Ok(index.read_block_postings(term, option)?)
}

/// The scores of one term: those of usual frequencies worked out beforehand where there are many hits.
struct ByNorm<'w> {
    weight: &'w Bm25Weight,
    usual: Vec<Score>,
}

impl<'w> ByNorm<'w> {
    fn new(weight: &'w Bm25Weight, hits: usize) -> Self {
        let frequencies = if hits < MANY { 0 } else { USUAL };
        let of_frequency = |frequency| (0..=u8::MAX).map(move |norm| weight.score(norm, frequency));
        Self {
            weight,
            usual: (1..=frequencies).flat_map(of_frequency).collect(),
        }
    }

    #[inline]
    fn score(&self, norm: u8, frequency: u32) -> Score {
        let before = (frequency.wrapping_sub(1) as usize).saturating_mul(NORMS);
        let usual = self.usual.get(before.saturating_add(usize::from(norm))).copied();
        usual.unwrap_or_else(|| self.weight.score(norm, frequency))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_worked_out_beforehand_are_the_same() {
        let weight = Bm25Weight::for_one_term(7, 1_000, 120.0).boost_by(2.5);
        let (few, many) = (ByNorm::new(&weight, 1), ByNorm::new(&weight, MANY));
        assert!(few.usual.is_empty() && many.usual.len() == USUAL as usize * NORMS);
        for frequency in [1, 2, USUAL, USUAL + 1, 900] {
            for norm in 0..=u8::MAX {
                let score = weight.score(norm, frequency);
                assert_eq!(many.score(norm, frequency).to_bits(), score.to_bits());
                assert_eq!(few.score(norm, frequency).to_bits(), score.to_bits());
            }
        }
    }
}
