//! A typed word held against other words: how many edits they are away. Two letters swapped are one edit.

/// A word and how many edits others may be away from it.
#[derive(Debug, Clone)]
pub struct Typo {
    letters: Vec<char>,
    set: u64,
    most: usize,
}

impl Typo {
    /// For a word and the most edits.
    #[must_use]
    pub fn new(word: &str, most: usize) -> Self {
        Self {
            letters: word.chars().collect(),
            set: set_of(word.chars()),
            most,
        }
    }

    /// The edits to a word; `None` when there are too many.
    #[must_use]
    pub fn edits_to(&self, word: &str) -> Option<usize> {
        let set = set_of(word.chars());
        // An edit puts one letter in, takes one out, or both: nearly every word falls out here.
        if (set ^ self.set).count_ones() as usize > 2 * self.most
            || word.chars().count().abs_diff(self.letters.len()) > self.most
        {
            return None;
        }
        let last = self.last_row(word);
        last.last().copied().filter(|edits| *edits <= self.most)
    }

    /// The edits to the beginning of a word that is nearest; `None` when there are too many.
    #[must_use]
    pub fn edits_to_start(&self, word: &str) -> Option<usize> {
        if (self.set & !set_of(word.chars())).count_ones() as usize > self.most {
            return None;
        }
        let last = self.last_row(word);
        last.into_iter().min().filter(|edits| *edits <= self.most)
    }

    /// The edits from the whole of the typed word to each beginning of the other, the empty one first.
    fn last_row(&self, word: &str) -> Vec<usize> {
        let word: Vec<char> = word.chars().take(self.letters.len() + self.most).collect();
        let mut before: Vec<usize> = vec![0; word.len() + 1];
        let mut last: Vec<usize> = (0..=word.len()).collect();
        let mut row = last.clone();
        for (i, &typed) in self.letters.iter().enumerate() {
            row[0] = i + 1;
            for (j, &letter) in word.iter().enumerate() {
                let mut edits = last[j] + usize::from(typed != letter);
                edits = edits.min(last[j + 1] + 1).min(row[j] + 1);
                if i > 0 && j > 0 && typed == word[j - 1] && self.letters[i - 1] == letter {
                    edits = edits.min(before[j - 1] + 1);
                }
                row[j + 1] = edits;
            }
            std::mem::swap(&mut before, &mut last);
            std::mem::swap(&mut last, &mut row);
        }
        last
    }
}

/// The set of a word's letters, 64 classes of them.
fn set_of(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |set, letter| set | 1 << (letter as u32 % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_count_swapped_letters_once_and_stop_at_the_most() {
        let edits = |typed: &str, most, word: &str| Typo::new(typed, most).edits_to(word);
        assert_eq!(edits("sulivan", 1, "sullivan"), Some(1));
        assert_eq!(edits("suharto", 1, "shuarto"), Some(1));
        assert_eq!(edits("kitten", 2, "sitting"), None);
        assert_eq!(edits("kitten", 3, "sitting"), Some(3));
        assert_eq!(edits("", 2, "ab"), Some(2));
        assert_eq!(edits("łódź", 0, "łódź"), Some(0));
    }

    #[test]
    fn the_beginning_of_a_word_is_enough() {
        let edits = |typed: &str, most, word: &str| Typo::new(typed, most).edits_to_start(word);
        assert_eq!(edits("stor", 1, "storfjell"), Some(0));
        assert_eq!(edits("strof", 1, "storfjell"), Some(1));
        assert_eq!(edits("stofr", 1, "storfjell"), Some(1));
        assert_eq!(edits("fjell", 1, "storfjell"), None);
    }
}
