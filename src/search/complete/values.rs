//! Which values of a facet the words that are typed may become.

use std::cmp::Reverse;

use super::{Completer, MOST_VALUES, edits_for};
use crate::search::count::has_no_labels;
use crate::story::Facet;
use crate::text::{fold_into, words_of};

/// The edits of a value, how many stories have it where that is at hand, its id: what comes first is nearest.
type Rank = (usize, Reverse<Option<u32>>, u32);

/// The nearest values, each once, in their order.
#[derive(Default)]
struct Nearest(Vec<Rank>);

impl Nearest {
    fn offer(&mut self, rank: Rank) {
        let all = &mut self.0;
        // Nearly every value of a short beginning falls out here.
        if all.len() == MOST_VALUES && all.last().is_some_and(|last| *last <= rank) {
            return;
        }
        if let Some(at) = all.iter().position(|known| known.2 == rank.2) {
            if all[at] <= rank {
                return;
            }
            all.remove(at);
        }
        let at = all.partition_point(|known| *known < rank);
        all.insert(at, rank);
        all.truncate(MOST_VALUES);
    }
}

impl Completer<'_> {
    /// The ids of the values of a facet that the typed words may become, each once, with the edits: the nearest, and of these
    /// the most frequent where that is at hand.
    pub(super) fn like(&self, facet: Facet) -> Vec<(u32, usize)> {
        let mut found = Nearest::default();
        if has_no_labels(facet) {
            self.like_by_words(facet, self.last, &mut found);
            if found.0.is_empty() && edits_for(self.last) > 0 {
                self.like_by_words(facet, &self.first_letter(), &mut found);
            }
        } else {
            self.like_by_words(facet, &self.least_start(), &mut found);
            self.like_by_names(facet, &mut found);
        }
        found.0.into_iter().map(|(edits, _, id)| (id, edits)).collect()
    }

    fn offer(&self, facet: Facet, id: u32, edits: usize, found: &mut Nearest) {
        found.offer((edits, Reverse(self.snapshot.frequency(facet, id)), id));
    }

    fn before(&self) -> Vec<&str> {
        let words = self.typed.words.split_last().map_or(&[][..], |(_, before)| before);
        words.iter().map(String::as_str).collect()
    }

    /// How each word begins that the last typed one may become.
    fn least_start(&self) -> String {
        if edits_for(self.last) == 0 {
            self.last.to_owned()
        } else {
            self.first_letter()
        }
    }

    pub(super) fn first_letter(&self) -> String {
        self.last.chars().take(1).collect()
    }

    /// By the words of the values that start so.
    fn like_by_words(&self, facet: Facet, start: &str, found: &mut Nearest) {
        let interner = &self.snapshot.interners[facet as usize];
        let before = self.before();
        let with_before = (!before.is_empty()).then(|| interner.with_words(&before));
        let is_wanted = |id: &u32| with_before.as_ref().is_none_or(|ids| ids.binary_search(id).is_ok());
        interner.each_word(start, |word, ids| {
            if let Some(edits) = self.edits_to(word) {
                ids.filter(is_wanted).for_each(|id| self.offer(facet, id, edits, found));
            }
        });
    }

    /// By the names that the vocabulary has for the values.
    fn like_by_names(&self, facet: Facet, found: &mut Nearest) {
        let interner = &self.snapshot.interners[facet as usize];
        let Some(named) = self.vocabulary.named(facet) else {
            return self.like_by_labels(facet, found);
        };
        named.each_word(&self.least_start(), &self.before(), |word, values| {
            if let Some(edits) = self.edits_to(word) {
                let ids = values.filter_map(|value| interner.id(value));
                ids.for_each(|id| self.offer(facet, id, edits, found));
            }
        });
    }

    /// By the labels of the values, which are few.
    fn like_by_labels(&self, facet: Facet, found: &mut Nearest) {
        let mut folded = String::new();
        for (id, value) in self.snapshot.interners[facet as usize].iter() {
            folded.clear();
            fold_into(&self.vocabulary.label(facet, value, &self.request.lang), &mut folded);
            if let Some(edits) = self.edits_in_name(&folded) {
                self.offer(facet, id, edits, found);
            }
        }
    }

    /// The edits between what is typed and a folded name: one of its words begins as the last, others are as those before.
    fn edits_in_name(&self, name: &str) -> Option<usize> {
        let is_in = |typed: &&str| words_of(name).any(|word| word == *typed);
        if !self.before().iter().all(is_in) {
            return None;
        }
        words_of(name).filter_map(|word| self.edits_to(word)).min()
    }

    /// The edits between the last typed word and the start of another; `None` when there are too many.
    pub(super) fn edits_to(&self, word: &str) -> Option<usize> {
        if word.starts_with(self.last) {
            return Some(0);
        }
        if word.chars().next() != self.last.chars().next() {
            return None;
        }
        self.typo.edits_to_start(word)
    }
}
