//! A facet's counters while it is counted, and the counts when it is.

use crate::index::{Chunk, Totals};
use crate::search::Counting;
use crate::story::Facet;

/// Counters for each value of a facet that has few: additions in flight at once.
pub(super) const LANES: usize = 4;

/// The counts of one facet's values.
#[derive(Debug)]
pub(in crate::search) struct Counted<'c> {
    /// By value.
    pub counts: Counts<'c>,
    /// Documents without a value.
    pub missing: u64,
    /// Into what they were counted.
    pub counting: Counting,
    /// Segments whose totals were taken.
    pub totals: usize,
}

/// Counts by the id of a value.
#[derive(Debug)]
pub(in crate::search) enum Counts<'c> {
    /// Of every id.
    Each(&'c [u32]),
    /// Of those that occur, each once, in no order.
    Met(&'c [(u32, u32)]),
}

impl Counted<'_> {
    /// How many documents have a value.
    pub(in crate::search) fn of(&self, id: u32) -> u32 {
        match self.counts {
            Counts::Each(counts) => counts.get(id as usize).copied().unwrap_or_default(),
            Counts::Met(pairs) => pairs.iter().find(|pair| pair.0 == id).map_or(0, |pair| pair.1),
        }
    }

    /// Calls `each` with every id that occurs, and its count.
    pub(in crate::search) fn for_each(&self, mut each: impl FnMut(u32, u32)) {
        match self.counts {
            Counts::Each(counts) => {
                for (id, count) in (0..).zip(counts).filter(|(_, count)| **count > 0) {
                    each(id, *count);
                }
            }
            Counts::Met(pairs) => pairs.iter().for_each(|(id, count)| each(*id, *count)),
        }
    }
}

/// A facet while it is counted.
pub(super) struct Tally<'c> {
    /// Into what.
    pub counting: Counting,
    /// How many values there are.
    pub values: usize,
    /// All 0 at first.
    pub counters: &'c mut [u32],
    /// Values whose counter is not 0, where they are noted.
    pub met: Vec<u32>,
    /// Documents without a value.
    pub missing: u64,
    /// Segments whose totals were taken.
    pub totals: usize,
}

impl Tally<'_> {
    /// Adds what a walk calls back for; it returns how many documents have no value.
    #[inline]
    pub(super) fn add(&mut self, walk: impl FnOnce(&mut dyn FnMut(u32)) -> u64) {
        let (counters, met) = (&mut *self.counters, &mut self.met);
        let is_noted = self.counting == Counting::Sparse;
        self.missing += walk(&mut |id| {
            if let Some(counter) = counters.get_mut(id as usize) {
                if is_noted && *counter == 0 {
                    met.push(id);
                }
                *counter += 1;
            }
        });
    }

    /// Adds the values of a chunk of rows.
    pub(super) fn add_chunk(&mut self, chunk: &Chunk<'_>, facet: Facet) {
        let (counters, met) = (&mut *self.counters, &mut self.met);
        self.missing += match self.counting {
            Counting::Lanes => {
                let (values, mut lane) = (self.values, 0);
                chunk.walk(facet, |id| {
                    if let Some(counter) = counters.get_mut(lane + id as usize) {
                        *counter += 1;
                    }
                    lane = if lane + values < LANES * values {
                        lane + values
                    } else {
                        0
                    };
                })
            }
            Counting::Dense => chunk.walk(facet, |id| {
                if let Some(counter) = counters.get_mut(id as usize) {
                    *counter += 1;
                }
            }),
            Counting::Sparse => chunk.walk(facet, |id| {
                if let Some(counter) = counters.get_mut(id as usize) {
                    if *counter == 0 {
                        met.push(id);
                    }
                    *counter += 1;
                }
            }),
        };
    }

    /// Adds what was counted apart.
    pub(super) fn add_pairs(&mut self, pairs: &[(u32, u32)], missing: u64) {
        for (id, count) in pairs {
            if let Some(counter) = self.counters.get_mut(*id as usize) {
                if self.counting == Counting::Sparse && *counter == 0 {
                    self.met.push(*id);
                }
                *counter += count;
            }
        }
        self.missing += missing;
    }

    /// Adds the totals of a segment.
    pub(super) fn add_totals(&mut self, totals: &Totals) {
        for (id, count) in &*totals.counts {
            if let Some(counter) = self.counters.get_mut(*id as usize) {
                *counter += count;
            }
        }
        self.missing += totals.missing;
        self.totals += 1;
    }

    /// Takes off the values of a chunk of rows that the totals count and the hits do not.
    pub(super) fn take_off_chunk(&mut self, chunk: &Chunk<'_>, facet: Facet) {
        let counters = &mut *self.counters;
        self.missing -= chunk.walk(facet, |id| {
            if let Some(counter) = counters.get_mut(id as usize) {
                *counter -= 1;
            }
        });
    }

    /// The counts, as they are shown to `show`; the counters are 0 then.
    pub(super) fn show<T>(self, show: impl FnOnce(&Counted<'_>) -> T) -> T {
        let counted = |counts| Counted {
            counts,
            missing: self.missing,
            counting: self.counting,
            totals: self.totals,
        };
        let (counts, others) = self.counters.split_at_mut(self.values);
        for lane in others.chunks_exact_mut(self.values.max(1)) {
            for (sum, counter) in counts.iter_mut().zip(lane) {
                *sum += std::mem::take(counter);
            }
        }
        if self.counting == Counting::Sparse {
            let take = |id: u32| (id, std::mem::take(&mut counts[id as usize]));
            let pairs: Vec<(u32, u32)> = self.met.into_iter().map(take).collect();
            return show(&counted(Counts::Met(&pairs)));
        }
        let shown = show(&counted(Counts::Each(counts)));
        counts.fill(0);
        shown
    }
}
