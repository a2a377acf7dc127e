//! Exact facet counts over the ids in memory.
//!
//! The rows of a segment are gone through a chunk at a time, and for each chunk facet after facet, since the values of a row lie
//! side by side. Values are counted into dense counters that each thread keeps, all 0 between two counts. Where few are met, they
//! are noted, so that neither zeroing nor listing walks the counters of the others. Where a facet has few values, several counters
//! for each keep one addition from waiting for the one before. Where most stories of a segment are hits, those that are none are
//! counted and taken off the totals, which the first search over all stories leaves behind.

use std::cell::RefCell;

use super::Counting;
use super::histogram::Days;
use crate::index::{CHUNK, Chunk, Docs, Ordinals, Segment, Totals, Values};
use crate::story::Facet;

thread_local! {
    /// Counters for all values of the facets counted together so far; all are 0 between two counts.
    static COUNTERS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// Counters for each value of a facet that has few: additions in flight at once.
const LANES: usize = 4;

/// Values up to which there are several counters for each: they stay in the nearest cache.
const FEW_VALUES: usize = 1_024;

/// One met value in so many of all makes noting them dearer than walking all counters.
const DENSE: usize = 16;

/// The counts of one facet's values.
#[derive(Debug)]
pub(super) struct Counted<'c> {
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
pub(super) enum Counts<'c> {
    /// Of every id.
    Each(&'c [u32]),
    /// Of those that occur, each once, in no order.
    Met(&'c [(u32, u32)]),
}

impl Counted<'_> {
    /// How many documents have a value.
    pub(super) fn of(&self, id: u32) -> u32 {
        match self.counts {
            Counts::Each(counts) => counts.get(id as usize).copied().unwrap_or_default(),
            Counts::Met(pairs) => pairs.iter().find(|pair| pair.0 == id).map_or(0, |pair| pair.1),
        }
    }

    /// Calls `each` with every id that occurs, and its count.
    pub(super) fn for_each(&self, mut each: impl FnMut(u32, u32)) {
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

/// Where the values of documents are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source<'a> {
    /// In the facet's own, which a quote shares with its story.
    Facet,
    /// In ids by row that a search made.
    Made(&'a Ordinals),
    /// The speaker of a quote.
    Speakers,
}

/// Documents of a segment whose values are counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// The segment.
    pub segment: &'a Segment,
    /// The documents: of stories, or of quotes.
    pub docs: &'a Docs,
    /// How many.
    pub size: usize,
    /// Whether the documents are stories, all of them alive.
    pub stories: bool,
}

/// A facet that is counted.
#[derive(Debug, Clone)]
pub(super) struct Wanted<'a> {
    /// Which.
    pub facet: Facet,
    /// How many values it has; all ids are below it.
    pub values: usize,
    /// Where its values are, part by part.
    pub sources: Vec<Source<'a>>,
}

impl Part<'_> {
    /// Values of a facet that the documents have, nearly.
    pub(super) fn met(&self, facet: Facet, source: Source<'_>) -> usize {
        let per_row = |values: usize| {
            let rows = u64::from(self.segment.rows().len().max(1));
            (values as u64 * self.size as u64 / rows) as usize
        };
        match source {
            Source::Speakers => self.size,
            Source::Made(ordinals) => per_row(ordinals.len()),
            Source::Facet => per_row(self.segment.values(facet).len()),
        }
    }

    /// The totals of its segment, where they save work: all living stories are counted, or most, and the totals are there.
    fn totals(&self, wanted: &Wanted<'_>, source: Source<'_>) -> Option<&Totals> {
        let (hits, all) = (self.size, self.segment.alive as usize);
        let is_in_memory = || matches!(self.segment.values(wanted.facet), Values::Memory(..));
        if !matches!(source, Source::Facet) || !self.stories || all == 0 || 2 * hits < all || !is_in_memory() {
            return None;
        }
        let totals = &self.segment.totals[wanted.facet as usize];
        if hits < all {
            return totals.get();
        }
        Some(totals.get_or_init(|| self.count_totals(wanted)))
    }

    fn count_totals(&self, wanted: &Wanted<'_>) -> Totals {
        let mut counters = vec![0; wanted.values];
        let missing = self
            .segment
            .values(wanted.facet)
            .walk(self.segment.rows(), self.docs, |id| {
                if let Some(counter) = counters.get_mut(id as usize) {
                    *counter += 1;
                }
            });
        let met = (0..).zip(counters).filter(|(_, count)| *count > 0);
        Totals {
            counts: met.collect(),
            missing,
        }
    }
}

/// A facet while it is counted.
struct Tally<'c> {
    counting: Counting,
    values: usize,
    counters: &'c mut [u32],
    /// Values whose counter is not 0, where they are noted.
    met: Vec<u32>,
    missing: u64,
    totals: usize,
}

impl Tally<'_> {
    /// Adds what a walk calls back for; it returns how many documents have no value.
    #[inline]
    fn add(&mut self, walk: impl FnOnce(&mut dyn FnMut(u32)) -> u64) {
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
    fn add_chunk(&mut self, chunk: &Chunk<'_>, facet: Facet) {
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

    /// Adds the totals of a segment.
    fn add_totals(&mut self, totals: &Totals) {
        for (id, count) in &*totals.counts {
            if let Some(counter) = self.counters.get_mut(*id as usize) {
                *counter += count;
            }
        }
        self.missing += totals.missing;
        self.totals += 1;
    }

    /// Takes off the values of a chunk of rows that the totals count and the hits do not.
    fn take_off_chunk(&mut self, chunk: &Chunk<'_>, facet: Facet) {
        let counters = &mut *self.counters;
        self.missing -= chunk.walk(facet, |id| {
            if let Some(counter) = counters.get_mut(id as usize) {
                *counter -= 1;
            }
        });
    }

    /// The counts, as they are shown to `show`; the counters are 0 then.
    fn show<T>(self, show: impl FnOnce(&Counted<'_>) -> T) -> T {
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

/// Counts the values of the documents of each part, facets together, and shows the counts of each facet. A document counts once for
/// each of its values. `days`: counts the days of the documents too.
pub(super) fn count<T>(
    parts: &[Part<'_>],
    wanted: &[Wanted<'_>],
    mut days: Option<&mut Days>,
    mut show: impl FnMut(Facet, &Counted<'_>) -> T,
) -> Vec<T> {
    with_tallies(parts, wanted, |tallies| {
        for (at, part) in parts.iter().enumerate() {
            count_part(part, at, wanted, tallies, days.as_deref_mut());
        }
        let tallies = std::mem::take(tallies).into_iter().zip(wanted);
        tallies
            .map(|(tally, wanted)| tally.show(|counted| show(wanted.facet, counted)))
            .collect()
    })
}

fn with_tallies<T>(parts: &[Part<'_>], wanted: &[Wanted<'_>], work: impl FnOnce(&mut Vec<Tally<'_>>) -> T) -> T {
    let room = |values: usize| if values <= FEW_VALUES { LANES * values } else { values };
    COUNTERS.with_borrow_mut(|counters| {
        let all: usize = wanted.iter().map(|wanted| room(wanted.values)).sum();
        if counters.len() < all {
            counters.resize(all, 0);
        }
        let mut rest = &mut counters[..all];
        let mut tallies = Vec::with_capacity(wanted.len());
        for wanted in wanted {
            let (own, others) = rest.split_at_mut(room(wanted.values));
            rest = others;
            tallies.push(Tally {
                counting: counting(parts, wanted),
                values: wanted.values,
                counters: own,
                met: Vec::new(),
                missing: 0,
                totals: 0,
            });
        }
        work(&mut tallies)
    })
}

fn counting(parts: &[Part<'_>], wanted: &Wanted<'_>) -> Counting {
    if wanted.values <= FEW_VALUES {
        return Counting::Lanes;
    }
    let pairs = || parts.iter().zip(&wanted.sources);
    let met: usize = pairs().map(|(part, source)| part.met(wanted.facet, *source)).sum();
    let has_totals = || pairs().any(|(part, source)| part.totals(wanted, *source).is_some());
    if met * DENSE < wanted.values && !has_totals() {
        Counting::Sparse
    } else {
        Counting::Dense
    }
}

/// Counts a part: facets whose values lie in records together, others by themselves.
fn count_part(part: &Part<'_>, at: usize, wanted: &[Wanted<'_>], tallies: &mut [Tally<'_>], days: Option<&mut Days>) {
    let (mut together, mut taken_off) = (Vec::new(), Vec::new());
    for (place, (wanted, tally)) in wanted.iter().zip(tallies.iter_mut()).enumerate() {
        let source = wanted.sources[at];
        if let Some(totals) = part.totals(wanted, source) {
            tally.add_totals(totals);
            taken_off.push((place, wanted.facet));
            continue;
        }
        match (source, part.segment.values(wanted.facet)) {
            (Source::Facet, Values::Memory(..)) => together.push((place, wanted.facet)),
            (Source::Facet, column) => tally.add(|each| column.walk(part.segment.rows(), part.docs, each)),
            (Source::Made(ordinals), _) => tally.add(|each| {
                let mut none = 0;
                part.segment.rows().for_each(part.docs, |row| {
                    none += u64::from(ordinals.of(row).is_empty());
                    ordinals.of(row).iter().for_each(|id| each(*id));
                });
                none
            }),
            (Source::Speakers, _) => tally.add(|each| {
                let mut none = 0;
                part.docs.for_each(|quote| match part.segment.quote_speaker(quote) {
                    Segment::NO_SPEAKER => none += 1,
                    speaker => each(speaker),
                });
                none
            }),
        }
    }
    if !together.is_empty() || days.is_some() {
        count_rows(part, &together, tallies, days);
    }
    if !taken_off.is_empty() && part.size < part.segment.alive as usize {
        let mut others = part.segment.stories.clone();
        others.and_not(part.docs);
        let (rows, records) = (part.segment.rows(), &part.segment.columns.records);
        rows.for_each_chunk(&others, |rows| {
            let mut starts = [0; CHUNK];
            let chunk = records.chunk(rows, &mut starts);
            for (place, facet) in &taken_off {
                tallies[*place].take_off_chunk(&chunk, *facet);
            }
        });
    }
}

fn count_rows(part: &Part<'_>, facets: &[(usize, Facet)], tallies: &mut [Tally<'_>], mut days: Option<&mut Days>) {
    let (rows, columns) = (part.segment.rows(), &part.segment.columns);
    rows.for_each_chunk(part.docs, |rows| {
        if let Some(days) = &mut days {
            days.add_rows(&columns.times, rows);
        }
        if facets.is_empty() {
            return;
        }
        let mut starts = [0; CHUNK];
        let chunk = columns.records.chunk(rows, &mut starts);
        for (place, facet) in facets {
            tallies[*place].add_chunk(&chunk, *facet);
        }
    });
}

#[cfg(test)]
mod tests;
