//! Words in their order with others between them. tantivy's slop counts distance both ways, so that "b a" is near "a b"; here
//! the order holds, and at most so many words stand between the first and the last.

use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

use super::proximity::Stretch;
use super::sets::Sets;
use crate::index::{Docs, Snapshot};

/// The documents in which the terms stand in order, with at most `slop` other words between them. A term comes with its
/// position in the phrase.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn in_order(
    snapshot: &Snapshot,
    field: Field,
    terms: &[(usize, String)],
    slop: u32,
) -> tantivy::Result<Sets> {
    let steps: Vec<u32> = terms.windows(2).map(|pair| (pair[1].0 - pair[0].0) as u32).collect();
    let readers = snapshot.searcher.segment_readers().iter();
    readers
        .map(|reader| of_segment(reader, field, terms, &steps, slop).map(Arc::new))
        .collect()
}

fn of_segment(
    reader: &SegmentReader,
    field: Field,
    terms: &[(usize, String)],
    steps: &[u32],
    slop: u32,
) -> tantivy::Result<Docs> {
    let mut found = Docs::none(reader.max_doc());
    let index = reader.inverted_index(field)?;
    let mut all: Vec<SegmentPostings> = Vec::with_capacity(terms.len());
    for (_, text) in terms {
        let term = Term::from_field_text(field, text);
        match index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)? {
            Some(postings) => all.push(postings),
            None => return Ok(found),
        }
    }
    let mut positions = vec![Vec::new(); all.len()];
    let mut doc = next_common(&mut all, 0);
    while doc != TERMINATED {
        for (postings, positions) in all.iter_mut().zip(&mut positions) {
            postings.positions(positions);
        }
        if fits(&positions, steps, slop) {
            found.insert(doc);
        }
        doc = next_common(&mut all, doc + 1);
    }
    Ok(found)
}

/// The first document at or after `target` that all postings have; [`TERMINATED`] when there is none.
fn next_common(all: &mut [SegmentPostings], mut target: u32) -> u32 {
    loop {
        let mut candidate = target;
        for postings in all.iter_mut() {
            if postings.doc() < candidate {
                postings.seek(candidate);
            }
            candidate = candidate.max(postings.doc());
        }
        if candidate == TERMINATED || all.iter().all(|postings| postings.doc() == candidate) {
            return candidate;
        }
        target = candidate;
    }
}

/// Whether the terms stand in order somewhere.
fn fits(positions: &[Vec<u32>], steps: &[u32], slop: u32) -> bool {
    stretches(positions, steps, slop).next().is_some()
}

/// Where the terms stand in order, from the first one's position to the last one's. From each start the nearest next term
/// leaves the most room for those after it.
pub(super) fn stretches(positions: &[Vec<u32>], steps: &[u32], slop: u32) -> impl Iterator<Item = Stretch> {
    let (first, others) = positions
        .split_first()
        .map_or((&[][..], &[][..]), |(first, others)| (first.as_slice(), others));
    first.iter().filter_map(move |&start| {
        let (mut at, mut left) = (start, slop);
        for (next, step) in others.iter().zip(steps) {
            let from = at + step;
            let found = *next.get(next.partition_point(|&position| position < from))?;
            left = left.checked_sub(found - from)?;
            at = found;
        }
        Some((start, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_holds_and_the_gaps_add_up() {
        let positions = |all: &[&[u32]]| all.iter().map(|some| some.to_vec()).collect::<Vec<_>>();
        assert!(fits(&positions(&[&[0, 9], &[4, 12]]), &[1], 2));
        assert!(!fits(&positions(&[&[0, 9], &[4, 12]]), &[1], 1));
        assert!(!fits(&positions(&[&[5], &[4]]), &[1], 9));
        assert!(fits(&positions(&[&[0], &[2], &[4]]), &[1, 1], 2));
        assert!(!fits(&positions(&[&[0], &[2], &[4]]), &[1, 1], 1));
        assert!(!fits(&[], &[], 1));
    }
}
