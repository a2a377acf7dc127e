//! The scores of hits, summed up term by term for the hits alone, always in the same order: a hit has one score, whatever else is
//! asked.

use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Bm25Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

use super::found::Statistics;
use crate::index::Docs;

/// Hits from which the scores of the usual frequencies are worked out beforehand.
const MANY: usize = 4_096;

/// Frequencies in a document up to which that is done: most are that low.
const USUAL: u32 = 4;

/// Lengths of a field that its norms tell apart.
const NORMS: usize = 256;

/// A term with what its documents score by.
pub(super) struct Scored {
    term: Term,
    weight: Bm25Weight,
}

impl Scored {
    /// A term whose scores are multiplied by `boost`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn new(term: &Term, boost: f32, statistics: &Statistics<'_>) -> tantivy::Result<Self> {
        let weight = Bm25Weight::for_terms(statistics, std::slice::from_ref(term))?;
        Ok(Self {
            term: term.clone(),
            weight: weight.boost_by(boost),
        })
    }
}

/// Calls `each` with these documents of a segment, in their order, and their scores. Those are left out that score less than what
/// the call before has returned.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn scores(
    terms: &[Scored],
    reader: &SegmentReader,
    docs: &Docs,
    mut each: impl FnMut(DocId, Score) -> Score,
) -> tantivy::Result<()> {
    let docs = docs.to_vec();
    let mut scores = vec![0.0; docs.len()];
    for term in terms {
        let Some(mut postings) = postings_of(reader, &term.term, IndexRecordOption::WithFreqs)? else {
            continue;
        };
        let norms = reader.get_fieldnorms_reader(term.term.field())?;
        let by = ByNorm::new(&term.weight, docs.len());
        in_both(&mut postings, &docs, |at, frequency| {
            scores[at] += by.score(norms.fieldnorm_id(docs[at]), frequency);
        });
    }
    let mut least = Score::MIN;
    for (doc, score) in docs.into_iter().zip(scores) {
        if score >= least {
            least = each(doc, score);
        }
    }
    Ok(())
}

/// The postings of a term in a segment.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn postings_of(
    reader: &SegmentReader,
    term: &Term,
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

/// Calls `each` with the place of every document that is among the postings too, and how often the term stands in it. Of both lists
/// what has no counterpart is passed over.
fn in_both(postings: &mut BlockSegmentPostings, docs: &[DocId], mut each: impl FnMut(usize, u32)) {
    let mut at = 0;
    while let Some(first) = docs.get(at) {
        let start = postings.seek(*first);
        let block = postings.docs().get(start..).unwrap_or_default();
        if block.is_empty() {
            return;
        }
        let frequencies = &postings.freqs()[start..];
        let mut place = 0;
        while let (Some(doc), Some(posting)) = (docs.get(at), block.get(place)) {
            if doc == posting {
                each(at, frequencies[place]);
                at += 1;
                place += 1;
            } else if doc < posting {
                at += ahead(&docs[at..], *posting);
            } else {
                place += ahead(&block[place..], *doc);
            }
        }
    }
}

/// How many documents of a rising list stand before a document, looked for in steps that double: mostly it is near.
fn ahead(docs: &[DocId], doc: DocId) -> usize {
    let mut step = 1;
    while docs.get(step - 1).is_some_and(|other| *other < doc) {
        step *= 2;
    }
    let from = step / 2;
    from + docs[from..(step - 1).min(docs.len())].partition_point(|other| *other < doc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_that_double_find_what_a_walk_does() {
        let docs: Vec<DocId> = (0..70).map(|at| at * 3).collect();
        for from in 0..docs.len() {
            for doc in 0..220 {
                let walked = docs[from..].iter().take_while(|other| **other < doc).count();
                assert_eq!(ahead(&docs[from..], doc), walked, "{doc} from {from}");
            }
        }
        assert_eq!(ahead(&[], 5), 0);
    }

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
