//! Exact facet counts over the ids in memory.
//!
//! Values are counted into dense counters that each thread keeps, all 0 between two counts. Where few are met, they are noted, so
//! that neither zeroing nor listing walks the counters of the others. Where a facet has few values, several counters for each keep
//! one addition from waiting for the one before. Where most stories of a segment are hits, those that are none are counted and
//! taken off the totals, which the first search over all stories leaves behind.

use std::cell::RefCell;

use super::{Counting, FacetCounts, FacetValue, JoinedName};
use crate::index::{Docs, Interner, Ordinals, Segment, Totals, Values};
use crate::story::Facet;
use crate::text::{fold, fold_into};

thread_local! {
    /// A counter for every value of the largest facet counted so far; all are 0 between two counts.
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
pub(super) struct Counted {
    /// Ids that occur, each once, with their counts, in no order.
    counts: Vec<(u32, u32)>,
    missing: u64,
    /// How they were counted, and how many segments' totals were taken.
    pub way: (Counting, usize),
}

impl Default for Counted {
    fn default() -> Self {
        Self {
            counts: Vec::new(),
            missing: 0,
            way: (Counting::Dense, 0),
        }
    }
}

impl Counted {
    fn of(&self, id: u32) -> u32 {
        let found = self.counts.iter().find(|pair| pair.0 == id);
        found.map_or(0, |pair| pair.1)
    }
}

/// Where the values of documents are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source<'a> {
    /// In the facet's own, which a quote shares with its story.
    Facet(Facet),
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
    /// Their values.
    pub source: Source<'a>,
    /// Whether the documents are stories, all of them alive.
    pub stories: bool,
}

impl Part<'_> {
    /// Values that the documents have, nearly.
    pub(super) fn values(&self) -> usize {
        match self.source {
            Source::Speakers => self.size,
            Source::Made(ordinals) => per_row(ordinals.len(), self.segment, self.size),
            Source::Facet(facet) => per_row(self.segment.values(facet).len(), self.segment, self.size),
        }
    }

    /// Calls `each` with every value of every document, once a document. Returns how many documents have none.
    fn walk(&self, mut each: impl FnMut(u32)) -> u64 {
        let rows = self.segment.rows();
        match self.source {
            Source::Facet(facet) => self.segment.values(facet).walk(rows, self.docs, each),
            Source::Made(ordinals) => ordinals.walk(rows, self.docs, each),
            Source::Speakers => {
                let mut none = 0;
                self.docs.for_each(|quote| match self.segment.quote_speaker(quote) {
                    Segment::NO_SPEAKER => none += 1,
                    speaker => each(speaker),
                });
                none
            }
        }
    }

    /// The totals of its segment, where they save work: all living stories are counted, or most, and the totals are there.
    fn totals(&self, values: usize) -> Option<&Totals> {
        let Source::Facet(facet) = self.source else { return None };
        let totals = &self.segment.totals[facet as usize];
        let (hits, all) = (self.size, self.segment.alive as usize);
        if !self.stories || all == 0 || 2 * hits < all || matches!(self.segment.values(facet), Values::Column(_)) {
            return None;
        }
        if hits < all {
            return totals.get();
        }
        Some(totals.get_or_init(|| {
            let mut counted = Counted::default();
            with_counters(values, |counters| {
                counted.missing = count_dense(&[*self], values, counters);
                counted.counts = drained(&mut counters[..values]);
            });
            Totals {
                counts: counted.counts.into(),
                missing: counted.missing,
            }
        }))
    }
}

fn per_row(values: usize, segment: &Segment, docs: usize) -> usize {
    (values as u64 * docs as u64 / u64::from(segment.rows().len().max(1))) as usize
}

/// Counts the values of the documents of each part. A document counts once for each of its values. `values`: how many the
/// facet has; all ids are below it.
pub(super) fn count(parts: &[Part<'_>], values: usize) -> Counted {
    let saved: Vec<Option<&Totals>> = parts.iter().map(|part| part.totals(values)).collect();
    let met: usize = parts.iter().map(Part::values).sum();
    with_counters(values, |counters| {
        if met * DENSE < values && saved.iter().all(Option::is_none) {
            return count_sparse(parts, counters);
        }
        let totals = saved.iter().flatten().count();
        let whole: Vec<Part<'_>> = parts
            .iter()
            .zip(&saved)
            .filter(|(_, saved)| saved.is_none())
            .map(|(part, _)| *part)
            .collect();
        let mut missing = count_dense(&whole, values, counters);
        for (part, totals) in parts.iter().zip(saved) {
            if let Some(totals) = totals {
                missing += totals.missing - take_off(part, totals, counters);
            }
        }
        Counted {
            counts: drained(&mut counters[..values]),
            missing,
            way: (Counting::Dense, totals),
        }
    })
}

/// Adds the totals of a part's segment, without the stories that are not among its documents. Returns how many of these have no value.
fn take_off(part: &Part<'_>, totals: &Totals, counters: &mut [u32]) -> u64 {
    for (id, count) in &*totals.counts {
        counters[*id as usize] += count;
    }
    if part.size == part.segment.alive as usize {
        return 0;
    }
    let mut others = part.segment.stories.clone();
    others.and_not(part.docs);
    let others = Part {
        size: part.segment.alive as usize - part.size,
        docs: &others,
        ..*part
    };
    others.walk(|id| counters[id as usize] -= 1)
}

fn with_counters<T>(values: usize, work: impl FnOnce(&mut [u32]) -> T) -> T {
    let room = if values <= FEW_VALUES { LANES * values } else { values };
    COUNTERS.with_borrow_mut(|counters| {
        if counters.len() < room {
            counters.resize(room, 0);
        }
        work(&mut counters[..room])
    })
}

/// Counts few values among many, and notes them.
fn count_sparse(parts: &[Part<'_>], counters: &mut [u32]) -> Counted {
    let mut met = Vec::new();
    let mut missing = 0;
    for part in parts {
        missing += part.walk(|id| {
            if let Some(counter) = counters.get_mut(id as usize) {
                if *counter == 0 {
                    met.push(id);
                }
                *counter += 1;
            }
        });
    }
    let take = |id: u32| (id, std::mem::take(&mut counters[id as usize]));
    Counted {
        counts: met.into_iter().map(take).collect(),
        missing,
        way: (Counting::Sparse, 0),
    }
}

/// Counts into the first `values` counters. Returns how many documents have no value.
fn count_dense(parts: &[Part<'_>], values: usize, counters: &mut [u32]) -> u64 {
    let mut missing = 0;
    if values > FEW_VALUES {
        for part in parts {
            missing += part.walk(|id| {
                if let Some(counter) = counters.get_mut(id as usize) {
                    *counter += 1;
                }
            });
        }
        return missing;
    }
    let mut lane = 0;
    for part in parts {
        missing += part.walk(|id| {
            if let Some(counter) = counters.get_mut(lane * values + id as usize) {
                *counter += 1;
            }
            lane = (lane + 1) % LANES;
        });
    }
    let (first, others) = counters.split_at_mut(values);
    for lane in others.chunks_exact_mut(values.max(1)) {
        for (sum, counter) in first.iter_mut().zip(lane) {
            *sum += std::mem::take(counter);
        }
    }
    missing
}

/// The counters that are not 0, which they are then.
fn drained(counters: &mut [u32]) -> Vec<(u32, u32)> {
    let mut counts = Vec::new();
    for (id, counter) in (0..).zip(counters) {
        if *counter > 0 {
            counts.push((id, std::mem::take(counter)));
        }
    }
    counts
}

/// What is to be listed of a facet's counts.
pub(super) struct Listing<'a> {
    /// The values.
    pub interner: &'a Interner,
    /// The label of a value.
    pub label: &'a dyn Fn(&str) -> String,
    /// Whether every label is its value, as with people: ties are then told without making labels.
    pub labels_are_values: bool,
    /// How many to list.
    pub limit: usize,
    /// Only values whose value or label starts so, or holds a word that does; folded.
    pub prefix: String,
    /// Values that are listed in any case.
    pub selected: &'a [String],
}

impl Listing<'_> {
    /// The counts as they are shown: highest first, ties by label.
    pub(super) fn show(&self, counted: &Counted) -> FacetCounts {
        let mut distinct = 0;
        let mut sum = 0;
        // The first `limit` so far, best first; most values fall out at the comparison with the last of them.
        let mut first: Vec<(u32, u32)> = Vec::with_capacity(self.limit.min(1 << 16) + 1);
        let mut least = 0;
        self.for_each_wanted(&counted.counts, |id, count| {
            distinct += 1;
            sum += u64::from(count);
            let is_full = first.len() >= self.limit;
            if is_full && (count < least || first.last().is_none_or(|last| !self.is_before((id, count), *last))) {
                return;
            }
            let at = first.partition_point(|other| self.is_before(*other, (id, count)));
            first.insert(at, (id, count));
            first.truncate(self.limit);
            least = first.last().map_or(0, |last| last.1);
        });
        let value = |(id, count): (u32, u32)| self.value(self.interner.value(id), Some(id), u64::from(count));
        let mut values: Vec<FacetValue> = first.into_iter().map(value).collect();
        self.add_selected(counted, &mut values);
        values.sort_by(|a, b| (b.count, &a.label, &a.value).cmp(&(a.count, &b.label, &b.value)));
        let listed: u64 = values.iter().map(|value| value.count).sum();
        FacetCounts {
            values,
            distinct,
            missing: counted.missing,
            other: sum - listed,
        }
    }

    /// Whether a value is listed before another: by count, then label, then value.
    fn is_before(&self, one: (u32, u32), other: (u32, u32)) -> bool {
        if one.1 != other.1 {
            return one.1 > other.1;
        }
        let (a, b) = (self.interner.value(one.0), self.interner.value(other.0));
        if self.labels_are_values {
            return a < b;
        }
        ((self.label)(a), a) < ((self.label)(b), b)
    }

    fn add_selected(&self, counted: &Counted, values: &mut Vec<FacetValue>) {
        for selected in self.selected {
            if values.iter().any(|value| value.value == *selected) {
                continue;
            }
            let id = self.interner.id(selected);
            if self.prefix.is_empty() || self.starts(selected, &mut String::new()) {
                values.push(self.value(selected, id, id.map_or(0, |id| u64::from(counted.of(id)))));
            }
        }
    }

    fn value(&self, value: &str, id: Option<u32>, count: u64) -> FacetValue {
        let names = id.into_iter().flat_map(|id| self.interner.joined(id));
        FacetValue {
            names: names.map(JoinedName::of).collect(),
            value: value.to_owned(),
            label: (self.label)(value),
            count,
            selected: self.selected.iter().any(|selected| selected == value),
        }
    }

    fn for_each_wanted(&self, counts: &[(u32, u32)], mut each: impl FnMut(u32, u32)) {
        let mut folded = String::new();
        if let Some(ids) = self.with_prefix() {
            let wanted = counts.iter().filter(|(id, _)| ids.binary_search(id).is_ok());
            return wanted.for_each(|(id, count)| each(*id, *count));
        }
        for &(id, count) in counts {
            let wanted = self.prefix.is_empty()
                || self.starts(self.interner.value(id), &mut folded)
                || self.interner.joined(id).any(|(name, _)| self.starts(name, &mut folded));
            if wanted {
                each(id, count);
            }
        }
    }

    /// The ids of the values with a word that starts so, where the words of values tell: a prefix within one word, and no labels
    /// beside the values.
    fn with_prefix(&self) -> Option<Vec<u32>> {
        let is_word = !self.prefix.is_empty() && self.prefix.chars().all(char::is_alphanumeric);
        (is_word && self.labels_are_values).then(|| self.interner.with_prefix(&self.prefix))
    }

    /// Whether the value or its label, or a word of either, starts with the prefix. `folded` is room to fold in.
    fn starts(&self, value: &str, folded: &mut String) -> bool {
        folded.clear();
        fold_into(value, folded);
        word_starts(folded, &self.prefix) || {
            let label = (self.label)(value);
            label != value && word_starts(&fold(&label), &self.prefix)
        }
    }
}

/// Whether a folded text, or a word of it, starts with a folded prefix.
fn word_starts(text: &str, prefix: &str) -> bool {
    text.match_indices(prefix).any(|(at, _)| {
        text[..at]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests;
