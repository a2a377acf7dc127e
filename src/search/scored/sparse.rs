//! Hits that are few beside the postings of their terms: each is looked up in them.

use std::cmp::Ordering;

use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, Score};

use super::{Batch, Term};
use crate::index::Rows;

/// Puts the hits, in their order, with their scores into a batch, and ends it. Returns the least score that matters then.
pub(super) fn scores<E: FnMut(&[(DocId, Score)]) -> Score>(
    terms: &mut [Term<'_>],
    rows: &Rows,
    docs: &[DocId],
    mut batch: Batch<'_, E>,
) -> Score {
    let rows: Vec<u32> = docs.iter().map(|doc| rows.of(*doc)).collect();
    let mut scores = vec![0.0; docs.len()];
    let mut found = Vec::new();
    for term in terms {
        let Term { postings, norms, by } = term;
        found.clear();
        in_both(postings, docs, |at, frequency| found.push((at as u32, frequency)));
        // Norms lie far apart, and none is waited for in a loop that does nothing else.
        for (at, frequency) in &found {
            let at = *at as usize;
            scores[at] += by.score(norms.of_row(docs[at], rows[at]), *frequency);
        }
    }
    for (doc, score) in docs.iter().zip(scores) {
        batch.put(*doc, score);
    }
    batch.end()
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
            match doc.cmp(posting) {
                Ordering::Equal => {
                    each(at, frequencies[place]);
                    at += 1;
                    place += 1;
                }
                Ordering::Less => at += ahead(&docs[at..], *posting),
                Ordering::Greater => place += ahead(&block[place..], *doc),
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
}
