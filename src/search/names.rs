//! From a facet value as typed to the values of the index: by id, by any of its names, by a part of a person's name.

use rustc_hash::FxHashSet;

use super::sets;
use super::stories::has_no_labels;
use crate::index::{Interner, Snapshot};
use crate::query::Warning;
use crate::story::Facet;
use crate::text::{fold, fold_into};
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
        let parts: Vec<&str> = words(&wanted).collect();
        let by_part = matches!(facet, Facet::Person | Facet::Speaker) && !parts.is_empty();
        let mut ids: Vec<u32> = values.iter().filter_map(|value| interner.id(value)).collect();
        if by_part {
            ids.extend(interner.id(typed));
            ids.extend(interner.listed(typed));
        }
        let mut folded = String::new();
        for (id, value) in interner.iter() {
            folded.clear();
            fold_into(value, &mut folded);
            if folded == wanted || by_part && has_words(&folded, &parts) {
                ids.push(id);
            }
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
        let Some(&most) = ids.iter().max() else {
            return Vec::new();
        };
        if ids.len() <= FEW {
            let mut alive: Vec<u32> = ids.to_vec();
            alive.sort_unstable();
            alive.dedup();
            alive.retain(|&id| sets::is_alive(self.snapshot, facet, id));
            return alive;
        }
        let mut wanted = vec![false; most as usize + 1];
        for &id in ids {
            wanted[id as usize] = true;
        }
        let mut seen = Vec::new();
        for segment in &self.snapshot.segments {
            let ordinals = &segment.facets[facet as usize];
            for (at, &id) in ordinals.ids.iter().enumerate() {
                if wanted.get(id as usize) == Some(&true) && segment.stories.contains(sets::document_at(ordinals, at)) {
                    wanted[id as usize] = false;
                    seen.push(id);
                }
            }
        }
        seen.sort_unstable();
        seen
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

    /// Values whose name, label or words are few edits away, nearest first.
    fn near(&self, facet: Facet, typed: &str) -> Vec<String> {
        let wanted = fold(typed.trim());
        let parts: Vec<Vec<char>> = words(&wanted).map(|word| word.chars().collect()).collect();
        if parts.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(usize, u32, String)> = Vec::new();
        let named_by_value = has_no_labels(facet);
        let mut folded = String::new();
        let mut edits_of = |name: &str| {
            folded.clear();
            fold_into(name, &mut folded);
            edits(&folded, &parts)
        };
        for (id, value) in self.interner(facet).iter() {
            let by_value = edits_of(value);
            if named_by_value {
                let shown = || self.interner(facet).value(id).to_string();
                found.extend(by_value.map(|edits| (edits, id, shown())));
                continue;
            }
            let label = self.vocabulary.label(facet, value, "");
            let edits = by_value.into_iter().chain(edits_of(&label)).min();
            found.extend(edits.map(|edits| (edits, id, label)));
        }
        found.sort();
        let mut seen = FxHashSet::default();
        found.retain(|(_, id, _)| seen.insert(*id));
        found.truncate(MAX_NEAR);
        let ids: Vec<u32> = found.iter().map(|(_, id, _)| *id).collect();
        let alive = self.alive(facet, &ids);
        let near = found.into_iter().filter(|(_, id, _)| alive.binary_search(id).is_ok());
        near.take(MAX_SUGGESTIONS).map(|(_, _, label)| label).collect()
    }
}

/// The words of a folded text.
fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
}

/// Whether all `parts` are among the words of a folded name.
fn has_words(folded: &str, parts: &[&str]) -> bool {
    parts.iter().all(|part| folded.contains(part)) && parts.iter().all(|part| words(folded).any(|word| word == *part))
}

/// The edits between typed words and the words of a name that are nearest to each, `None` if one is too far.
fn edits(name: &str, parts: &[Vec<char>]) -> Option<usize> {
    parts.iter().try_fold(0, |sum, part| {
        let most = if part.len() <= 4 { 1 } else { MAX_EDITS };
        let letters = letters_of(part.iter().copied());
        // An edit changes two letters of the set at most: nearly every name falls out here, before anything is allocated.
        let nearest = words(name).filter(|word| {
            word.len().abs_diff(part.len()) <= most * 4
                && (letters_of(word.chars()) ^ letters).count_ones() as usize <= 2 * most
        });
        let least = nearest
            .map(|word| distance(&word.chars().collect::<Vec<_>>(), part))
            .min()?;
        (least <= most).then_some(sum + least)
    })
}

/// The set of letters of a word, 64 classes of them.
fn letters_of(word: impl Iterator<Item = char>) -> u64 {
    word.fold(0, |set, letter| set | 1 << (letter as u32 % 64))
}

/// Edits between two words; two letters swapped are one (optimal string alignment).
pub(super) fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &to) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(from != to)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && from == b[j - 1] && a[i - 1] == to {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_whole_words_only() {
        assert!(has_words("kim jong-un", &["jong", "kim"]));
        assert!(!has_words("kimberly jong", &["kim"]));
        assert!(has_words("siti nur 'aini", &["aini"]));
    }

    #[test]
    fn edits_count_swapped_letters_once() {
        let edits = |a: &str, b: &str| {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            distance(&a, &b)
        };
        assert_eq!(edits("sulivan", "sullivan"), 1);
        assert_eq!(edits("suharto", "shuarto"), 1);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("kitten", "sitting"), 3);
    }
}
