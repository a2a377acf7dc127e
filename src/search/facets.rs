//! Exact facet counts over the ids in memory.
//!
//! The rows of a segment are gone through a chunk at a time, and for each chunk facet after facet, since the values of a row lie
//! side by side. Values are counted into dense counters that each thread keeps, all 0 between two counts. Where few are met, they
//! are noted, so that neither zeroing nor listing walks the counters of the others. Where a facet has few values, several counters
//! for each keep one addition from waiting for the one before. Where most stories of a segment are hits, those that are none are
//! counted and taken off the totals, which the first search over all stories leaves behind.

mod tally;

use std::cell::RefCell;

use super::Counting;
use super::histogram::Days;
use super::threads::in_two_threads;
use crate::index::{CHUNK, Docs, Ordinals, Segment, Totals, Values};
use crate::story::Facet;
pub(super) use tally::{Counted, Counts};
use tally::{LANES, Tally};

thread_local! {
    /// Counters for all values of the facets counted together so far; all are 0 between two counts.
    static COUNTERS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// Values up to which there are several counters for each: they stay in the nearest cache.
const FEW_VALUES: usize = 1_024;

/// Values from which a second thread costs less than it saves: some milliseconds of counting.
const TWO_THREADS: usize = 1_000_000;

/// One met value in so many of all makes noting them dearer than walking all counters.
const DENSE: usize = 16;

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
    fn met(&self, facet: Facet, source: Source<'_>) -> usize {
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

/// What is to be counted: facets together over the same documents, and the days of these.
pub(super) struct Count<'a> {
    /// The documents, segment by segment.
    pub parts: Vec<Part<'a>>,
    /// The facets.
    pub wanted: Vec<Wanted<'a>>,
    /// The days, where a histogram is asked for; none counted yet.
    pub days: Option<Days>,
}

/// What a second thread counted.
struct Apart {
    /// Facet by facet the ids that occur, with their counts, and how many documents have no value.
    facets: Vec<(Vec<(u32, u32)>, u64)>,
    days: Option<Days>,
}

impl Count<'_> {
    /// Counts, and shows the counts of each facet. A document counts once for each of its values. Many values are counted in two
    /// threads, of which each takes half of the documents; whether it was so is returned with what was shown and the days.
    pub(super) fn run<T>(self, mut show: impl FnMut(Facet, &Counted<'_>) -> T) -> (Vec<T>, Option<Days>, bool) {
        let is_much = met(&self.parts, &self.wanted) >= TWO_THREADS && !self.has_totals();
        let (parts, wanted) = (&self.parts, &self.wanted);
        let mut days = self.days.clone();
        let shown = with_tallies(parts, wanted, |tallies| {
            if is_much {
                let halves: Vec<(Docs, Docs)> = parts.iter().map(|part| part.docs.halves()).collect();
                let mine = parts_of(parts, halves.iter().map(|halves| &halves.0));
                let others = parts_of(parts, halves.iter().map(|halves| &halves.1));
                let apart = || count_apart(&others, wanted, self.days.clone());
                let own = || count_parts(&mine, wanted, tallies, days.as_mut());
                let (apart, ()) = in_two_threads(apart, own);
                for (tally, (pairs, missing)) in tallies.iter_mut().zip(apart.facets) {
                    tally.add_pairs(&pairs, missing);
                }
                if let (Some(days), Some(others)) = (&mut days, &apart.days) {
                    days.add_all(others);
                }
            } else {
                count_parts(parts, wanted, tallies, days.as_mut());
            }
            let tallies = std::mem::take(tallies).into_iter().zip(wanted);
            let shown = tallies.map(|(tally, wanted)| tally.show(|counted| show(wanted.facet, counted)));
            shown.collect()
        });
        (shown, days, is_much)
    }

    fn has_totals(&self) -> bool {
        let mut parts = self.parts.iter().enumerate();
        parts.any(|(at, part)| {
            let mut wanted = self.wanted.iter();
            wanted.any(|wanted| part.totals(wanted, wanted.sources[at]).is_some())
        })
    }
}

/// How many values of these facets are to be counted, nearly.
pub(super) fn met(parts: &[Part<'_>], wanted: &[Wanted<'_>]) -> usize {
    let of_facet = |wanted: &Wanted<'_>| -> usize {
        let pairs = parts.iter().zip(&wanted.sources);
        pairs.map(|(part, source)| part.met(wanted.facet, *source)).sum()
    };
    wanted.iter().map(of_facet).sum()
}

/// The same parts with other documents.
fn parts_of<'d>(parts: &[Part<'d>], docs: impl Iterator<Item = &'d Docs>) -> Vec<Part<'d>> {
    let parts = parts.iter().zip(docs);
    let part = |(part, docs): (&Part<'d>, &'d Docs)| Part {
        docs,
        size: docs.len(),
        ..*part
    };
    parts.map(part).collect()
}

fn count_apart(parts: &[Part<'_>], wanted: &[Wanted<'_>], mut days: Option<Days>) -> Apart {
    with_tallies(parts, wanted, |tallies| {
        count_parts(parts, wanted, tallies, days.as_mut());
        let facets = std::mem::take(tallies).into_iter().map(|tally| {
            tally.show(|counted| {
                let mut pairs = Vec::new();
                counted.for_each(|id, count| pairs.push((id, count)));
                (pairs, counted.missing)
            })
        });
        let facets = facets.collect();
        Apart { facets, days }
    })
}

fn count_parts(parts: &[Part<'_>], wanted: &[Wanted<'_>], tallies: &mut [Tally<'_>], mut days: Option<&mut Days>) {
    for (at, part) in parts.iter().enumerate() {
        count_part(part, at, wanted, tallies, days.as_deref_mut());
    }
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
    let has_totals = || {
        let mut pairs = parts.iter().zip(&wanted.sources);
        pairs.any(|(part, source)| part.totals(wanted, *source).is_some())
    };
    if met(parts, std::slice::from_ref(wanted)) * DENSE < wanted.values && !has_totals() {
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
        let mut others = Docs::clone(&part.segment.stories);
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
