//! Words told by how they end: the heads of compounds ("Verbandspräsidentin") and the endings of ordinary nouns ("-ung").

use rustc_hash::FxHashMap;

use super::names::{Lists, Traits};

/// The bytes at the end of a word by which its endings are looked up; no ending is shorter.
const KEY: usize = 3;

/// Letters that must stand before an ending, so that a name of the same letters is none ("Leiter", "-leiter").
const BEFORE: usize = 2;

/// An ending, the language it is of, and what it says of a word.
type Ending = (Box<str>, Lists, Traits);

/// Endings of words, with what they say of the word.
#[derive(Debug, Default)]
pub(super) struct Endings {
    by_last: FxHashMap<[u8; KEY], Vec<Ending>>,
    languages: Vec<Lists>,
}

impl Endings {
    /// Adds an ending in lower case, with what it says in `lists`.
    pub(super) fn insert(&mut self, ending: &str, lists: Lists, traits: Traits) {
        let Some(key) = ending.as_bytes().last_chunk() else {
            return;
        };
        self.by_last
            .entry(*key)
            .or_default()
            .push((ending.into(), lists, traits));
        if !self.languages.contains(&lists) {
            self.languages.push(lists);
        }
    }

    /// Whether there is any ending in `lists`.
    pub(super) fn has(&self, lists: Lists) -> bool {
        self.languages.contains(&lists)
    }

    /// What the endings of a word as written say of it.
    pub(super) fn of(&self, word: &str, lists: Lists) -> Traits {
        let fit = word
            .as_bytes()
            .last_chunk()
            .and_then(|key| self.by_last.get(key))
            .into_iter()
            .flatten()
            .filter(|(ending, language, _)| {
                *language == lists && word.len() >= ending.len() + BEFORE && word.ends_with(&**ending)
            });
        // The longest tells most: "-ministerin" before "-in".
        fit.max_by_key(|(ending, ..)| ending.len())
            .map_or(Traits::default(), |(.., traits)| *traits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_ending_counts_and_needs_something_before_it() {
        let mut endings = Endings::default();
        endings.insert("leiter", Lists::De, Traits::ROLE);
        endings.insert("ter", Lists::De, Traits::COMMON);
        assert_eq!(endings.of("Lagerleiter", Lists::De), Traits::ROLE);
        assert_eq!(endings.of("Leiter", Lists::De), Traits::COMMON);
        assert_eq!(endings.of("Lagerleiter", Lists::Nl), Traits::default());
        assert_eq!(endings.of("é", Lists::De), Traits::default());
        assert!(endings.has(Lists::De) && !endings.has(Lists::Nl));
    }
}
