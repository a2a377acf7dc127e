//! Exact facet counts over the ordinals in memory.
//!
//! Values are counted into one dense array of counters that each thread keeps; the ids met for the first time are noted, so
//! that neither zeroing nor listing ever walks the counters of values that no hit has.

use std::cell::RefCell;

use super::docs::Docs;
use super::{FacetCounts, FacetValue, JoinedName};
use crate::index::{Interner, Ordinals};
use crate::text::{fold, fold_into};

thread_local! {
    /// A counter for every value of the largest facet counted so far; all are 0 between two counts.
    static COUNTERS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// The counts of one facet's values.
#[derive(Debug)]
pub(super) struct Counted {
    /// Ids that occur, each once, with their counts, in no order.
    counts: Vec<(u32, u32)>,
    missing: u64,
}

impl Counted {
    fn of(&self, id: u32) -> u32 {
        let found = self.counts.iter().find(|pair| pair.0 == id);
        found.map_or(0, |pair| pair.1)
    }
}

/// Counts the values of the documents of each part, a segment's documents with its ordinals. A document counts once for
/// each of its values, also where a value stands twice in it. `values`: how many the facet has, all ids are below it.
pub(super) fn count(parts: &[(&Docs, &Ordinals)], values: usize) -> Counted {
    COUNTERS.with_borrow_mut(|counters| {
        if counters.len() < values {
            counters.resize(values, 0);
        }
        let mut met = Vec::new();
        let missing = walk(parts, |id| {
            if let Some(counter) = counters.get_mut(id as usize) {
                if *counter == 0 {
                    met.push(id);
                }
                *counter += 1;
            }
        });
        let take = |id: u32| (id, std::mem::take(&mut counters[id as usize]));
        Counted {
            counts: met.into_iter().map(take).collect(),
            missing,
        }
    })
}

/// Calls `each` with every value of every document, once a document. Returns how many documents have none.
fn walk(parts: &[(&Docs, &Ordinals)], mut each: impl FnMut(u32)) -> u64 {
    let mut missing = 0;
    for (docs, ordinals) in parts {
        docs.for_each(|doc| {
            let ids = ordinals.of(doc);
            missing += u64::from(ids.is_empty());
            for (at, &id) in ids.iter().enumerate() {
                if !ids[..at].contains(&id) {
                    each(id);
                }
            }
        });
    }
    missing
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
        self.for_each_wanted(&counted.counts, |id, count| {
            distinct += 1;
            sum += u64::from(count);
            let is_full = first.len() >= self.limit;
            if is_full && first.last().is_none_or(|last| !self.is_before((id, count), *last)) {
                return;
            }
            let at = first.partition_point(|other| self.is_before(*other, (id, count)));
            first.insert(at, (id, count));
            first.truncate(self.limit);
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
        for &(id, count) in counts {
            let wanted = self.prefix.is_empty()
                || self.starts(self.interner.value(id), &mut folded)
                || self.interner.joined(id).any(|(name, _)| self.starts(name, &mut folded));
            if wanted {
                each(id, count);
            }
        }
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
mod tests {
    use super::*;

    fn ordinals(documents: &[&[u32]]) -> Ordinals {
        let mut offsets = vec![0];
        for ids in documents {
            offsets.push(offsets[offsets.len() - 1] + ids.len() as u32);
        }
        Ordinals {
            offsets,
            ids: documents.concat(),
        }
    }

    fn docs(all: &[u32]) -> Docs {
        let mut docs = Docs::none(64);
        for &doc in all {
            docs.insert(doc);
        }
        docs
    }

    fn interner(values: &[&str]) -> Interner {
        let mut interner = Interner::default();
        for value in values {
            interner.intern(value);
        }
        interner
    }

    fn listing<'a>(interner: &'a Interner, selected: &'a [String], limit: usize, prefix: &str) -> Listing<'a> {
        Listing {
            interner,
            label: &|value| value.to_owned(),
            labels_are_values: true,
            limit,
            prefix: fold(prefix),
            selected,
        }
    }

    fn shown(counts: &FacetCounts) -> Vec<(&str, u64)> {
        counts.values.iter().map(|v| (v.value.as_str(), v.count)).collect()
    }

    #[test]
    fn a_story_counts_once_a_value_and_counters_are_left_at_zero() {
        let (one, two) = (ordinals(&[&[0, 2, 0], &[2], &[]]), ordinals(&[&[1, 2]]));
        let (a, b) = (docs(&[0, 2]), docs(&[0]));
        let parts = [(&a, &one), (&b, &two)];
        for _ in 0..2 {
            let counted = count(&parts, 3);
            let mut pairs = counted.counts.clone();
            pairs.sort_unstable();
            assert_eq!(pairs, [(0, 1), (1, 1), (2, 2)]);
            assert_eq!(counted.missing, 1);
            assert_eq!((counted.of(2), counted.of(7)), (2, 0));
        }
    }

    #[test]
    fn ties_go_by_label_and_selected_values_are_always_listed() {
        let interner = interner(&["Zaki", "Ana", "Budi", "Cici", "Dodi"]);
        let ids = ordinals(&[&[0, 1], &[0, 2], &[0, 3], &[3, 2]]);
        let all = docs(&[0, 1, 2, 3]);
        let counted = count(&[(&all, &ids)], interner.len());
        let selected = ["Dodi".to_owned(), "Nobody".to_owned()];
        let counts = listing(&interner, &selected, 2, "").show(&counted);
        assert_eq!(shown(&counts), [("Zaki", 3), ("Budi", 2), ("Dodi", 0), ("Nobody", 0)]);
        assert!(counts.values[2].selected && !counts.values[0].selected);
        assert_eq!((counts.distinct, counts.other, counts.missing), (4, 3, 0));
        let none = listing(&interner, &[], 0, "").show(&counted);
        assert_eq!((none.values.len(), none.other), (0, 8));
    }

    #[test]
    fn a_prefix_finds_the_start_of_any_word_folded() {
        let interner = interner(&["Élodie Marchand", "Tomás de la Élida", "Mel"]);
        let ids = ordinals(&[&[0, 1, 2]]);
        let all = docs(&[0]);
        let counted = count(&[(&all, &ids)], interner.len());
        let counts = listing(&interner, &[], 10, "ÉL").show(&counted);
        assert_eq!(shown(&counts), [("Tomás de la Élida", 1), ("Élodie Marchand", 1)]);
        assert_eq!((counts.distinct, counts.other), (2, 0));
    }
}
