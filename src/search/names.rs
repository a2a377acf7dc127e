//! From a facet value as typed to the values of the index: by id, by any of its names, by a part of a person's name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::count::has_no_labels;
use super::sets;
use crate::index::{Interner, Snapshot};
use crate::query::Warning;
use crate::story::Facet;
use crate::text::{Typo, fold, words_of};
use crate::vocabulary::Vocabulary;

/// Suggestions at most, for a value that no story has.
const MAX_SUGGESTIONS: usize = 3;

/// Edits at most between a typed name and a suggested one.
const MAX_EDITS: usize = 2;

/// Near names that are looked at further: most are of stories that are alive.
const MAX_NEAR: usize = 50;

/// Values up to which each is looked up by itself.
const FEW: usize = 16;

/// The values that a typed text stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// The ids of those that a story has or had.
    pub ids: Vec<u32>,
    /// All of them by value; the text itself when nothing is known by it.
    pub values: Vec<String>,
}

/// The names of facet values.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    /// The values that stories have.
    pub snapshot: &'a Snapshot,
    /// The names that they go by.
    pub vocabulary: &'a Vocabulary,
}

impl Names<'_> {
    fn interner(&self, facet: Facet) -> &Interner {
        &self.snapshot.interners[facet as usize]
    }

    /// What a clause of a query means: every value with that name, for people also those with these words in the name. A
    /// value counts only while a story has it: those of stories that were killed are not told.
    pub(super) fn meant(&self, facet: Facet, typed: &str) -> Named {
        let mut values = self.vocabulary.resolve(facet, typed);
        let interner = self.interner(facet);
        let wanted = fold(typed.trim());
        let parts: Vec<&str> = words_of(&wanted).collect();
        let by_part = matches!(facet, Facet::Person | Facet::Speaker) && !parts.is_empty();
        let mut ids: Vec<u32> = values.iter().filter_map(|value| interner.id(value)).collect();
        if by_part {
            ids.extend(interner.id(typed));
            ids.extend(interner.listed(typed));
        }
        let named = interner.with_words(&parts).into_iter();
        let is_whole = |id: &u32| interner.names(*id).any(|name| fold(name) == wanted);
        ids.extend(named.filter(|id| by_part || is_whole(id)));
        if parts.is_empty() {
            ids.extend(
                interner
                    .iter()
                    .filter(|(_, value)| fold(value) == wanted)
                    .map(|(id, _)| id),
            );
        }
        let ids = self.alive(facet, &ids);
        values.extend(ids.iter().map(|&id| interner.value(id).to_string()));
        values.sort();
        values.dedup();
        if values.is_empty() {
            values.push(typed.to_owned());
        }
        Named { ids, values }
    }

    /// What a filter means: exactly the value where it is one, or joined to one, else as [`Names::meant`].
    pub(super) fn selected(&self, facet: Facet, typed: &str) -> Named {
        let exact = self.interner(facet).id(typed).map(|id| self.alive(facet, &[id]));
        match exact {
            Some(ids) if !ids.is_empty() => Named {
                values: ids
                    .iter()
                    .map(|&id| self.interner(facet).value(id).to_string())
                    .collect(),
                ids,
            },
            _ => self.meant(facet, typed),
        }
    }

    /// Those of the values that a story has now.
    fn alive(&self, facet: Facet, ids: &[u32]) -> Vec<u32> {
        if ids.len() > FEW {
            return sets::alive_among(self.snapshot, facet, ids);
        }
        let mut alive: Vec<u32> = ids.to_vec();
        alive.sort_unstable();
        alive.dedup();
        alive.retain(|&id| sets::is_alive(self.snapshot, facet, id));
        alive
    }

    /// The warning about a typed value that no story has, with names that are near. `q` is the query that it stands in.
    pub(super) fn unknown(&self, facet: Facet, typed: &str, q: &str) -> Warning {
        let near = self.near(facet, typed);
        let mut message = format!("no story has the {} \"{typed}\"", facet.name());
        if !near.is_empty() {
            message.push_str("; near: ");
            message.push_str(&near.join(", "));
        }
        let start = q.find(typed).filter(|_| !typed.is_empty());
        let quoted = start.is_some_and(|start| q[..start].ends_with('"'));
        Warning {
            message,
            start: start.unwrap_or(0),
            end: start.map_or(0, |start| start + typed.len()),
            suggestion: near.into_iter().next().filter(|_| start.is_some()).map(|value| {
                if quoted || value.chars().all(char::is_alphanumeric) {
                    value
                } else {
                    format!("\"{value}\"")
                }
            }),
        }
    }

    /// Values whose words or label's words are few edits away, nearest first.
    fn near(&self, facet: Facet, typed: &str) -> Vec<String> {
        let wanted = fold(typed.trim());
        let parts: Vec<&str> = words_of(&wanted).collect();
        let mut found = if has_no_labels(facet) {
            self.near_names(facet, &parts)
        } else {
            self.near_labels(facet, &parts)
        };
        found.sort();
        let mut seen = FxHashSet::default();
        found.retain(|(_, id, _)| seen.insert(*id));
        found.truncate(MAX_NEAR);
        let alive = found
            .into_iter()
            .filter(|(_, id, _)| sets::is_alive(self.snapshot, facet, *id));
        alive.take(MAX_SUGGESTIONS).map(|(_, _, label)| label).collect()
    }

    /// By the words of all values: the values with a near word for each that was typed.
    fn near_names(&self, facet: Facet, parts: &[&str]) -> Vec<(usize, u32, String)> {
        let interner = self.interner(facet);
        let mut sums: Option<FxHashMap<u32, usize>> = None;
        for part in parts {
            let mut here: FxHashMap<u32, usize> = FxHashMap::default();
            for (edits, word) in interner.near(part, most_edits(part)).into_iter().take(MAX_NEAR) {
                for id in interner.with_words(&[&word]) {
                    // The nearest words come first.
                    here.entry(id).or_insert(edits);
                }
            }
            sums = Some(match sums {
                None => here,
                Some(before) => {
                    let both = before.into_iter();
                    both.filter_map(|(id, edits)| Some((id, edits + here.get(&id)?)))
                        .collect()
                }
            });
        }
        let mut found: Vec<(usize, u32)> = sums.into_iter().flatten().map(|(id, edits)| (edits, id)).collect();
        found.sort_unstable();
        found.truncate(MAX_NEAR);
        let shown = |(edits, id)| (edits, id, interner.value(id).to_owned());
        found.into_iter().map(shown).collect()
    }

    /// By the words of values and labels, which are few.
    fn near_labels(&self, facet: Facet, parts: &[&str]) -> Vec<(usize, u32, String)> {
        let mut found = Vec::new();
        for (id, value) in self.interner(facet).iter() {
            let label = self.vocabulary.label(facet, value, "");
            let edits = [value, &label]
                .into_iter()
                .filter_map(|name| edits(&fold(name), parts))
                .min();
            found.extend(edits.map(|edits| (edits, id, label)));
        }
        found
    }
}

/// Edits at most in a word of a suggestion.
fn most_edits(word: &str) -> usize {
    if word.chars().count() <= 4 { 1 } else { MAX_EDITS }
}

/// The edits between typed words and the words of a name that are nearest to each, `None` if one is too far.
fn edits(name: &str, parts: &[&str]) -> Option<usize> {
    parts.iter().try_fold(0, |sum, part| {
        let typo = Typo::new(part, most_edits(part));
        let least = words_of(name).filter_map(|word| typo.edits_to(word)).min()?;
        Some(sum + least)
    })
}
