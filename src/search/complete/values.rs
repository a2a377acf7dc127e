//! Which values of a facet the words that are typed may become.

use rustc_hash::FxHashMap;

use super::{Completer, edits_for};
use crate::index::words_of;
use crate::search::count::has_no_labels;
use crate::story::Facet;
use crate::text::fold_into;

impl Completer<'_> {
    /// The ids of the values of a facet that the typed words may become, each once, with the edits.
    pub(super) fn like(&self, facet: Facet) -> Vec<(u32, usize)> {
        let mut found: FxHashMap<u32, usize> = FxHashMap::default();
        if has_no_labels(facet) {
            self.like_by_words(facet, &mut found);
        } else {
            self.like_by_names(facet, &mut found);
        }
        found.into_iter().collect()
    }

    /// By the words of all values: those that begin as the last typed one, and where none does those that may be meant.
    fn like_by_words(&self, facet: Facet, found: &mut FxHashMap<u32, usize>) {
        let interner = &self.snapshot.interners[facet as usize];
        let before: Vec<&str> = self.typed.words[..self.typed.words.len() - 1]
            .iter()
            .map(String::as_str)
            .collect();
        let with_before = (!before.is_empty()).then(|| interner.with_words(&before));
        let is_wanted = |id: &u32| with_before.as_ref().is_none_or(|ids| ids.binary_search(id).is_ok());
        let take = |start: &str, found: &mut FxHashMap<u32, usize>| {
            interner.each_word(start, |word, ids| {
                let Some(edits) = self.edits_to(word) else { return };
                for id in ids.filter(is_wanted) {
                    let known = found.entry(id).or_insert(edits);
                    *known = edits.min(*known);
                }
            });
        };
        take(self.last, found);
        if found.is_empty() && edits_for(self.last) > 0 {
            let first = self.last.chars().next().map(String::from).unwrap_or_default();
            take(&first, found);
        }
    }

    /// By every name of the values, which are few.
    fn like_by_names(&self, facet: Facet, found: &mut FxHashMap<u32, usize>) {
        let interner = &self.snapshot.interners[facet as usize];
        let mut folded = String::new();
        let mut edits_of = |name: &str| {
            folded.clear();
            fold_into(name, &mut folded);
            self.edits_in_name(&folded)
        };
        for (id, value) in interner.iter() {
            let mut least = edits_of(value);
            if matches!(facet, Facet::Country | Facet::About) {
                let names = self.vocabulary.countries.names_of(value).filter_map(&mut edits_of);
                least = least.into_iter().chain(names).min();
            }
            let label = self.vocabulary.label(facet, value, &self.request.lang);
            if label != *value {
                least = least.into_iter().chain(edits_of(&label)).min();
            }
            if let Some(edits) = least {
                let known = found.entry(id).or_insert(edits);
                *known = edits.min(*known);
            }
        }
    }

    /// The edits between what is typed and a folded name: one of its words begins as the last, others are as those before.
    fn edits_in_name(&self, name: &str) -> Option<usize> {
        let words = || words_of(name);
        let before = &self.typed.words[..self.typed.words.len() - 1];
        if !before.iter().all(|typed| words().any(|word| word == typed)) {
            return None;
        }
        words().filter_map(|word| self.edits_to(word)).min()
    }

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
