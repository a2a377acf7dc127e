//! Which values of a facet are shown, and in what order.

use super::facets::{Counted, Counts};
use super::{FacetCounts, FacetValue, JoinedName};
use crate::index::Interner;
use crate::text::{fold, fold_into};

/// Counters that are looked at together: most have no value that is listed.
const TOGETHER: usize = 64;

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

/// The values with the highest counts so far.
struct Highest<'l> {
    listing: &'l Listing<'l>,
    /// Best first, at most the listing's limit.
    first: Vec<(u32, u32)>,
    /// The count that another must have at least.
    least: u32,
    distinct: u64,
    sum: u64,
}

impl Highest<'_> {
    fn offer(&mut self, id: u32, count: u32) {
        self.distinct += 1;
        self.sum += u64::from(count);
        self.place(id, count);
    }

    fn place(&mut self, id: u32, count: u32) {
        let listing = self.listing;
        let is_full = self.first.len() >= listing.limit;
        let is_before_last = || {
            self.first
                .last()
                .is_some_and(|last| listing.is_before((id, count), *last))
        };
        if count < self.least || is_full && !is_before_last() {
            return;
        }
        let at = self
            .first
            .partition_point(|other| listing.is_before(*other, (id, count)));
        self.first.insert(at, (id, count));
        self.first.truncate(listing.limit);
        if self.first.len() == listing.limit {
            self.least = self.first.last().map_or(u32::MAX, |last| last.1);
        }
    }

    /// Takes the counts of all ids.
    fn offer_all(&mut self, counts: &[u32]) {
        for (start, together) in (0..).step_by(TOGETHER).zip(counts.chunks(TOGETHER)) {
            let (mut distinct, mut most) = (0, 0);
            for count in together {
                distinct += u32::from(*count > 0);
                most = most.max(*count);
            }
            if distinct == 0 {
                continue;
            }
            self.distinct += u64::from(distinct);
            self.sum += together.iter().map(|count| u64::from(*count)).sum::<u64>();
            if most >= self.least {
                for (id, count) in (start..).zip(together).filter(|(_, count)| **count > 0) {
                    self.place(id, *count);
                }
            }
        }
    }
}

impl Listing<'_> {
    /// The counts as they are shown: highest first, ties by label.
    pub(super) fn show(&self, counted: &Counted<'_>) -> FacetCounts {
        let mut highest = Highest {
            listing: self,
            first: Vec::with_capacity(self.limit.min(1 << 16) + 1),
            least: if self.limit == 0 { u32::MAX } else { 0 },
            distinct: 0,
            sum: 0,
        };
        match counted.counts {
            Counts::Each(counts) if self.prefix.is_empty() => highest.offer_all(counts),
            _ => self.for_each_wanted(counted, |id, count| highest.offer(id, count)),
        }
        let Highest {
            first, distinct, sum, ..
        } = highest;
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
        if self.labels_are_values {
            return self.interner.compare(one.0, other.0).is_lt();
        }
        let (a, b) = (self.interner.value(one.0), self.interner.value(other.0));
        ((self.label)(a), a) < ((self.label)(b), b)
    }

    fn add_selected(&self, counted: &Counted<'_>, values: &mut Vec<FacetValue>) {
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

    fn for_each_wanted(&self, counted: &Counted<'_>, mut each: impl FnMut(u32, u32)) {
        let mut folded = String::new();
        if let Some(ids) = self.with_prefix() {
            counted.for_each(|id, count| {
                if ids.binary_search(&id).is_ok() {
                    each(id, count);
                }
            });
            return;
        }
        counted.for_each(|id, count| {
            let wanted = self.prefix.is_empty()
                || self.starts(self.interner.value(id), &mut folded)
                || self.interner.joined(id).any(|(name, _)| self.starts(name, &mut folded));
            if wanted {
                each(id, count);
            }
        });
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
