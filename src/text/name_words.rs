//! The words in many names: from a folded word, the start of one or one misspelt, to the names that hold it.

use super::{Texts, Typo, fold_into};

/// The words of some names, folded and in order, each with the places of the names that hold it.
#[derive(Debug, Clone, Default)]
pub struct NameWords {
    words: Texts,
    /// For each word the end of its places.
    ends: Vec<u32>,
    places: Vec<u32>,
}

/// The words of a folded name: letters, digits and apostrophes inside.
pub fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
}

impl NameWords {
    /// Cuts and sorts the words of these names.
    #[must_use]
    pub fn new(names: &Texts) -> Self {
        let mut folded = String::new();
        let mut all = String::new();
        let mut pairs: Vec<(u32, u32, u32)> = Vec::new();
        for (place, name) in (0..).zip(names.iter()) {
            folded.clear();
            fold_into(name, &mut folded);
            for word in words_of(&folded) {
                let start = all.len() as u32;
                all.push_str(word);
                pairs.push((start, all.len() as u32, place));
            }
        }
        let word = |pair: &(u32, u32, u32)| &all[pair.0 as usize..pair.1 as usize];
        pairs.sort_unstable_by(|a, b| word(a).cmp(word(b)).then(a.2.cmp(&b.2)));
        let mut found = Self::default();
        for run in pairs.chunk_by(|a, b| word(a) == word(b)) {
            found.words.push(word(&run[0]));
            let mut places: Vec<u32> = run.iter().map(|pair| pair.2).collect();
            places.dedup();
            found.places.extend(places);
            found.ends.push(found.places.len() as u32);
        }
        found.places.shrink_to_fit();
        found
    }

    fn places(&self, word: usize) -> &[u32] {
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.places[start..self.ends[word] as usize]
    }

    /// The first word that is not before one.
    fn first(&self, word: &str) -> usize {
        let (mut low, mut high) = (0, self.words.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.words.get(middle) < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn with(&self, word: &str) -> &[u32] {
        let at = self.first(word);
        if at < self.words.len() && self.words.get(at) == word {
            self.places(at)
        } else {
            &[]
        }
    }

    /// The places of the names with all of these words, rising.
    #[must_use]
    pub fn with_all(&self, words: &[&str]) -> Vec<u32> {
        let mut lists: Vec<&[u32]> = words.iter().map(|word| self.with(word)).collect();
        lists.sort_by_key(|list| list.len());
        let Some((fewest, others)) = lists.split_first() else {
            return Vec::new();
        };
        let in_all = |place: &&u32| others.iter().all(|list| list.binary_search(place).is_ok());
        fewest.iter().filter(in_all).copied().collect()
    }

    /// The places of the names with a word that starts so, in no order, some more than once.
    #[must_use]
    pub fn with_prefix(&self, prefix: &str) -> Vec<u32> {
        let mut found = Vec::new();
        self.each_from(prefix, |_, places| found.extend_from_slice(places));
        found
    }

    /// Calls `each` with every word that starts so, and the places of the names with it.
    pub fn each_from<'n>(&'n self, start: &str, mut each: impl FnMut(&'n str, &'n [u32])) {
        for at in self.first(start)..self.words.len() {
            let word = self.words.get(at);
            if !word.starts_with(start) {
                break;
            }
            each(word, self.places(at));
        }
    }

    /// The words that are at most so many edits from one.
    #[must_use]
    pub fn near(&self, word: &str, edits: usize) -> Vec<(usize, String)> {
        let typo = Typo::new(word, edits);
        let near = self
            .words
            .iter()
            .filter_map(|known| Some((typo.edits_to(known)?, known.to_owned())));
        near.collect()
    }

    /// Bytes in memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.words.bytes() + 4 * (self.ends.len() + self.places.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> NameWords {
        let mut texts = Texts::default();
        for name in all {
            texts.push(name);
        }
        NameWords::new(&texts)
    }

    #[test]
    fn names_are_found_by_words_starts_and_near_words() {
        let names = names(&["Kim Jong-un", "Élodie Kim", "Kimberly Un Kim", "Siti Nur 'Aini", "…"]);
        assert_eq!(names.with_all(&["kim"]), [0, 1, 2]);
        assert_eq!(names.with_all(&["un", "kim"]), [0, 2]);
        assert_eq!(names.with_all(&["aini"]), [3]);
        assert!(names.with_all(&["ki"]).is_empty() && names.with_all(&[]).is_empty());
        let mut kim = names.with_prefix("ki");
        kim.sort_unstable();
        kim.dedup();
        assert_eq!(kim, [0, 1, 2]);
        assert_eq!(names.with_prefix("elo"), [1]);
        assert_eq!(names.near("eoldie", 1), [(1, "elodie".to_owned())]);
        assert!(names.near("zzz", 2).is_empty() && names.bytes() > 0);
    }
}
