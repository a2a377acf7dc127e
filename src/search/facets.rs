//! Exact facet counts over the ordinals in memory.
//!
//! Dense counters where many values are hit, a sort of the ids where few are: below about `distinct / 32` increments the
//! zeroing and scanning of the counters would cost more than the sort.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::docs::Docs;
use super::{FacetCounts, FacetValue};
use crate::index::{Interner, Ordinals};
use crate::text::{fold, fold_into};

/// Dense counters pay from this share of the values on.
const SPARSE_BELOW: usize = 32;

/// The counts of one facet's values.
#[derive(Debug)]
pub(super) struct Counted {
    counts: Counts,
    missing: u64,
}

#[derive(Debug)]
enum Counts {
    /// A counter for every value, by id.
    Dense(Vec<u32>),
    /// Ids that occur, with their counts, by id.
    Sparse(Vec<(u32, u32)>),
}

impl Counts {
    fn for_each(&self, mut each: impl FnMut(u32, u32)) {
        match self {
            Self::Dense(counts) => {
                for (id, &count) in counts.iter().enumerate() {
                    if count != 0 {
                        each(id as u32, count);
                    }
                }
            }
            Self::Sparse(pairs) => pairs.iter().for_each(|&(id, count)| each(id, count)),
        }
    }

    fn of(&self, id: u32) -> u32 {
        match self {
            Self::Dense(counts) => counts.get(id as usize).copied().unwrap_or(0),
            Self::Sparse(pairs) => pairs
                .binary_search_by_key(&id, |pair| pair.0)
                .map_or(0, |at| pairs[at].1),
        }
    }
}

/// Counts the values of the documents of each part, a segment's documents with its ordinals. A document counts once for
/// each of its values, also where a value stands twice in it. `values`: how many the facet has, all ids are below it.
pub(super) fn count(parts: &[(&Docs, &Ordinals)], values: usize) -> Counted {
    let expected: usize = parts.iter().map(|(docs, ordinals)| expected(docs, ordinals)).sum();
    if expected < values / SPARSE_BELOW {
        count_sparse(parts)
    } else {
        count_dense(parts, values)
    }
}

/// About how many values the documents have: their share of the segment's.
fn expected(docs: &Docs, ordinals: &Ordinals) -> usize {
    let documents = ordinals.offsets.len().saturating_sub(1).max(1);
    docs.len() * ordinals.ids.len().div_ceil(documents)
}

fn count_dense(parts: &[(&Docs, &Ordinals)], values: usize) -> Counted {
    let mut counts = vec![0_u32; values];
    let missing = walk(parts, |id| {
        if let Some(count) = counts.get_mut(id as usize) {
            *count += 1;
        }
    });
    Counted {
        counts: Counts::Dense(counts),
        missing,
    }
}

fn count_sparse(parts: &[(&Docs, &Ordinals)]) -> Counted {
    let mut ids = Vec::new();
    let missing = walk(parts, |id| ids.push(id));
    ids.sort_unstable();
    let pairs = ids.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32));
    Counted {
        counts: Counts::Sparse(pairs.collect()),
        missing,
    }
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
        let mut highest: BinaryHeap<Reverse<u32>> = BinaryHeap::with_capacity(self.limit.min(1 << 16) + 1);
        self.for_each_wanted(&counted.counts, |_, count| {
            distinct += 1;
            sum += u64::from(count);
            if highest.len() < self.limit {
                highest.push(Reverse(count));
            } else if highest.peek().is_some_and(|least| count > least.0) {
                highest.pop();
                highest.push(Reverse(count));
            }
        });
        let mut values = self.top(&counted.counts, highest.peek().map_or(u32::MAX, |least| least.0));
        self.add_selected(&counted.counts, &mut values);
        values.sort_by(|a, b| (b.count, &a.label, &a.value).cmp(&(a.count, &b.label, &b.value)));
        let listed: u64 = values.iter().map(|value| value.count).sum();
        FacetCounts {
            values,
            distinct,
            missing: counted.missing,
            other: sum - listed,
        }
    }

    /// The first `limit` values by count, then label, where the last of them has the count `least`.
    fn top(&self, counts: &Counts, least: u32) -> Vec<FacetValue> {
        let mut above = Vec::new();
        let mut ties = Vec::new();
        self.for_each_wanted(counts, |id, count| {
            if count >= least {
                let list = if count > least { &mut above } else { &mut ties };
                list.push(self.value(self.interner.value(id), u64::from(count)));
            }
        });
        let left = self.limit.saturating_sub(above.len());
        if left < ties.len() {
            let by_label = |a: &FacetValue, b: &FacetValue| (&a.label, &a.value).cmp(&(&b.label, &b.value));
            if left > 0 {
                ties.select_nth_unstable_by(left - 1, by_label);
            }
            ties.truncate(left);
        }
        above.append(&mut ties);
        above
    }

    fn add_selected(&self, counts: &Counts, values: &mut Vec<FacetValue>) {
        for selected in self.selected {
            if values.iter().any(|value| value.value == *selected) {
                continue;
            }
            let id = self.interner.id(selected);
            if self.prefix.is_empty() || self.starts(selected, &mut String::new()) {
                values.push(self.value(selected, id.map_or(0, |id| u64::from(counts.of(id)))));
            }
        }
    }

    fn value(&self, value: &str, count: u64) -> FacetValue {
        FacetValue {
            value: value.to_owned(),
            label: (self.label)(value),
            count,
            selected: self.selected.iter().any(|selected| selected == value),
        }
    }

    fn for_each_wanted(&self, counts: &Counts, mut each: impl FnMut(u32, u32)) {
        if self.prefix.is_empty() {
            counts.for_each(each);
            return;
        }
        let mut folded = String::new();
        counts.for_each(|id, count| {
            if self.starts(self.interner.value(id), &mut folded) {
                each(id, count);
            }
        });
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
            limit,
            prefix: fold(prefix),
            selected,
        }
    }

    fn shown(counts: &FacetCounts) -> Vec<(&str, u64)> {
        counts.values.iter().map(|v| (v.value.as_str(), v.count)).collect()
    }

    #[test]
    fn dense_and_sparse_agree_and_a_story_counts_once_a_value() {
        let (one, two) = (ordinals(&[&[0, 2, 0], &[2], &[]]), ordinals(&[&[1, 2]]));
        let (a, b) = (docs(&[0, 2]), docs(&[0]));
        let parts = [(&a, &one), (&b, &two)];
        for counted in [count_dense(&parts, 3), count_sparse(&parts)] {
            let mut pairs = Vec::new();
            counted.counts.for_each(|id, count| pairs.push((id, count)));
            assert_eq!(pairs, [(0, 1), (1, 1), (2, 2)]);
            assert_eq!(counted.missing, 1);
            assert_eq!(counted.counts.of(2), 2);
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
