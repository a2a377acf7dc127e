//! From a facet value as typed to the values of the index: by id, by any of its names, by a part of a person's name.

use crate::index::{Interner, Snapshot};
use crate::query::Warning;
use crate::story::Facet;
use crate::text::{fold, fold_into};
use crate::vocabulary::Vocabulary;

/// Suggestions at most, for a value that no story has.
const MAX_SUGGESTIONS: usize = 3;

/// Edits at most between a typed name and a suggested one.
const MAX_EDITS: usize = 2;

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

    /// What a clause of a query means: every value with that name, for people also those with these words in the name.
    pub(super) fn meant(&self, facet: Facet, typed: &str) -> Named {
        let mut values = self.vocabulary.resolve(facet, typed);
        let interner = self.interner(facet);
        let wanted = fold(typed.trim());
        let parts: Vec<&str> = words(&wanted).collect();
        let by_part = matches!(facet, Facet::Person | Facet::Speaker) && !parts.is_empty();
        let mut folded = String::new();
        for (_, value) in interner.iter() {
            folded.clear();
            fold_into(value, &mut folded);
            if folded == wanted || by_part && has_words(&folded, &parts) {
                values.push(value.to_string());
            }
        }
        values.sort();
        values.dedup();
        let ids = values.iter().filter_map(|value| interner.id(value)).collect();
        if values.is_empty() {
            values.push(typed.to_owned());
        }
        Named { ids, values }
    }

    /// What a filter means: exactly the value where it is one, else as [`Names::meant`].
    pub(super) fn selected(&self, facet: Facet, typed: &str) -> Named {
        match self.interner(facet).id(typed) {
            Some(id) => Named {
                ids: vec![id],
                values: vec![typed.to_owned()],
            },
            None => self.meant(facet, typed),
        }
    }

    /// The warning about a typed value that no story has, with names that are near. `q` is the query that it stands in.
    pub(super) fn unknown(&self, facet: Facet, typed: &str, q: &str) -> Warning {
        let near = self.near(facet, typed);
        let name = facet.name();
        let mut message = format!("no story has {name} \"{typed}\"");
        if !near.is_empty() {
            message.push_str("; near: ");
            message.push_str(&near.join(", "));
        }
        let start = q.find(typed).filter(|_| !typed.is_empty());
        Warning {
            message,
            start: start.unwrap_or(0),
            end: start.map_or(0, |start| start + typed.len()),
            suggestion: near.first().map(|value| format!("{name}:\"{value}\"")),
        }
    }

    /// Values whose name, label or words are few edits away, nearest first.
    fn near(&self, facet: Facet, typed: &str) -> Vec<String> {
        let wanted = fold(typed.trim());
        let parts: Vec<Vec<char>> = words(&wanted).map(|word| word.chars().collect()).collect();
        if parts.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(usize, String)> = Vec::new();
        for (_, value) in self.interner(facet).iter() {
            let label = self.vocabulary.label(facet, value, "");
            let edits = [fold(value), fold(&label)]
                .iter()
                .filter_map(|name| edits(name, &parts))
                .min();
            if let Some(edits) = edits {
                found.push((edits, if label.is_empty() { value.to_string() } else { label }));
            }
        }
        found.sort();
        found.dedup_by(|a, b| a.1 == b.1);
        found.into_iter().take(MAX_SUGGESTIONS).map(|(_, name)| name).collect()
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
    let name: Vec<Vec<char>> = words(name).map(|word| word.chars().collect()).collect();
    parts.iter().try_fold(0, |sum, part| {
        let most = if part.len() <= 4 { 1 } else { MAX_EDITS };
        let nearest = name.iter().filter(|word| word.len().abs_diff(part.len()) <= most);
        let least = nearest.map(|word| distance(word, part)).min()?;
        (least <= most).then_some(sum + least)
    })
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
