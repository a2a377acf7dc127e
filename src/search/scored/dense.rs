//! Hits that are many beside the postings of their terms: these are gone through as they lie, a window of documents at a time, whose
//! scores stay in the nearest cache.

use tantivy::{DocId, Score};

use super::{Batch, Term};
use crate::index::Docs;

/// Documents of a window.
const WINDOW: usize = 4_096;

/// Postings of a block, at most.
const BLOCK: usize = 128;

/// Puts the hits, in their order, with their scores into a batch, and ends it.
pub(super) fn scores<E: FnMut(&[(DocId, Score)]) -> Score>(
    terms: &mut [Term<'_>],
    docs: &Docs,
    mut batch: Batch<'_, E>,
) {
    let mut walks: Vec<Walk<'_, '_>> = terms.iter_mut().map(|term| Walk { term, at: 0 }).collect();
    let mut sums = [0.0; WINDOW];
    for (start, hits) in (0..).step_by(WINDOW).zip(docs.words().chunks(WINDOW / 64)) {
        let Some(word) = hits.iter().position(|word| *word != 0) else {
            continue;
        };
        let window = Window {
            start,
            first: start + word as u32 * 64 + hits[word].trailing_zeros(),
            hits,
        };
        for walk in &mut walks {
            walk.add(&window, &mut sums);
        }
        for (at, word) in hits.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                let place = at * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                batch.put(start + place as u32, std::mem::take(&mut sums[place]));
            }
        }
    }
    batch.end();
}

/// Documents one behind the other.
struct Window<'d> {
    /// The first.
    start: DocId,
    /// The first that is a hit.
    first: DocId,
    /// Which are hits.
    hits: &'d [u64],
}

/// A term on its way through the windows.
struct Walk<'t, 'a> {
    term: &'t mut Term<'a>,
    /// The place in the block of postings up to which it has come.
    at: usize,
}

impl Walk<'_, '_> {
    /// Adds the scores of the hits of a window.
    fn add(&mut self, window: &Window<'_>, sums: &mut [Score; WINDOW]) {
        let Term { postings, norms, by } = &mut *self.term;
        let end = window.start + WINDOW as u32;
        match postings.docs().last() {
            None => return,
            Some(last) if *last < window.first => self.at = postings.seek(window.first),
            Some(_) => {
                let rest = postings.docs().get(self.at..).unwrap_or_default();
                self.at += rest.partition_point(|doc| *doc < window.start);
            }
        }
        loop {
            let block = postings.docs();
            let rest = block.get(self.at..).unwrap_or_default();
            let count = match rest.last() {
                None => return,
                Some(last) if *last < end => rest.len(),
                Some(_) => rest.partition_point(|doc| *doc < end),
            };
            // Which are hits is noted without a branch, which would be guessed wrong often.
            let (mut noted, mut len) = ([0_u8; BLOCK], 0);
            for (at, doc) in (0..).zip(&rest[..count.min(BLOCK)]) {
                let place = (doc - window.start) as usize;
                noted[len] = at;
                len += (window.hits[place / 64] >> (place % 64)) as usize & 1;
            }
            let frequencies = &postings.freqs()[self.at..];
            for at in &noted[..len] {
                let (doc, frequency) = (rest[usize::from(*at)], frequencies[usize::from(*at)]);
                sums[(doc - window.start) as usize] += by.score(norms.of(doc), frequency);
            }
            self.at += count;
            if self.at < block.len() {
                return;
            }
            postings.advance();
            self.at = 0;
        }
    }
}
