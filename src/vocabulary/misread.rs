//! Names as a scanner reads them from old paper: wrong by one letter ("Havaa", "Renter").

use crate::text::fold;

/// A shorter word differs by one letter from too many others.
const SHORTEST: usize = 5;

/// Folded single-word names, and what each stands for.
#[derive(Debug, Default)]
pub(super) struct Printed {
    names: Vec<(String, u32)>,
}

impl Printed {
    /// Adds a name, unless it is too short.
    pub(super) fn add(&mut self, name: &str, value: u32) {
        if name.len() >= SHORTEST {
            self.names.push((fold(name), value));
        }
    }

    /// What the first name stands for that differs from `word` by one letter.
    pub(super) fn misread(&self, word: &str) -> Option<u32> {
        if word.len() < SHORTEST {
            return None;
        }
        let word = fold(word);
        let found = self.names.iter().find(|(name, _)| differ_by_one(name, &word));
        found.map(|&(_, value)| value)
    }
}

/// Whether one letter is changed, added or lost.
fn differ_by_one(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same_start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (rest, other_rest) = (&one[same_start..], &other[same_start..]);
    match rest.len().cmp(&other_rest.len()) {
        std::cmp::Ordering::Equal => !rest.is_empty() && rest[1..] == other_rest[1..],
        std::cmp::Ordering::Greater => rest[1..] == *other_rest,
        std::cmp::Ordering::Less => *rest == other_rest[1..],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_may_be_wrong() {
        let mut printed = Printed::default();
        printed.add("Havas", 1);
        printed.add("Reuter", 2);
        printed.add("AP", 3);
        assert_eq!(printed.misread("Havaa"), Some(1));
        assert_eq!(printed.misread("Reutor"), Some(2));
        assert_eq!(printed.misread("Reuterr"), Some(2));
        assert_eq!(printed.misread("euter"), Some(2));
        assert_eq!(printed.misread("Reuter"), None, "that is no misreading");
        assert_eq!(printed.misread("Havre"), None);
        assert_eq!(printed.misread("A"), None);
        assert_eq!(printed.misread(""), None);
    }
}
