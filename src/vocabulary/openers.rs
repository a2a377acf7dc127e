//! The first words of a list's phrases as a bitmap: most tokens of a text open no phrase, and this tells so without a look-up in
//! a hash table.

use crate::text::Token;

/// Bits of a hash that index the bitmap: it takes 8 KB, and fits a core's nearest cache.
const BITS: u32 = 16;

/// A set of hashes of words. It may hold a word that was not added, but never misses one that was.
#[derive(Debug)]
pub(super) struct Openers {
    bits: Vec<u64>,
}

impl Default for Openers {
    fn default() -> Self {
        Self {
            bits: vec![0; (1 << BITS) / u64::BITS as usize],
        }
    }
}

impl Openers {
    /// Adds the first word of a phrase.
    pub(super) fn add(&mut self, phrase: &[Token]) {
        if let Some(first) = phrase.first() {
            let (word, bit) = Self::place(first.folded);
            self.bits[word] |= bit;
        }
    }

    /// Whether a phrase may start with this token.
    pub(super) fn may_open(&self, token: &Token) -> bool {
        let (word, bit) = Self::place(token.folded);
        self.bits[word] & bit != 0
    }

    fn place(folded: u64) -> (usize, u64) {
        let index = folded & ((1 << BITS) - 1);
        (
            (index / u64::from(u64::BITS)) as usize,
            1 << (index % u64::from(u64::BITS)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    #[test]
    fn what_was_added_is_there() {
        let mut openers = Openers::default();
        openers.add(&tokenise("according to"));
        let tokens = tokenise("ACCORDING to");
        assert!(openers.may_open(&tokens[0]));
        assert!(!openers.may_open(&tokens[1]));
        openers.add(&[]);
    }
}
