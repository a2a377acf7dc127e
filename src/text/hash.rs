//! Hashes of folded words, and maps keyed by them.
//!
//! They live in memory only: nothing that is stored may hold one, so that the function can change.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Bytes that are mixed in at once.
const BLOCK: usize = 8;
const SEED: u64 = 0x243F_6A88_85A3_08D3;
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash of a word that is folded already.
#[must_use]
pub fn hash_folded(folded: &str) -> u64 {
    let bytes = folded.as_bytes();
    let mut hash = SEED ^ bytes.len() as u64;
    let mut at = 0;
    while bytes.len() - at > BLOCK {
        hash = mix(hash ^ block(bytes, at, BLOCK));
        at += BLOCK;
    }
    mix(hash ^ block(bytes, at, bytes.len() - at))
}

/// The hash of the folded form of a piece of ASCII without a grave accent, which alone folds to another byte than its small
/// letter.
pub(super) fn hash_of_ascii(bytes: &[u8], start: usize, end: usize) -> u64 {
    let mut hash = SEED ^ (end - start) as u64;
    let mut at = start;
    while end - at > BLOCK {
        hash = mix(hash ^ small(block(bytes, at, BLOCK)));
        at += BLOCK;
    }
    mix(hash ^ small(block(bytes, at, end - at)))
}

/// A folded multiplication: every bit of the product's halves depends on most bits of the value.
const fn mix(value: u64) -> u64 {
    let product = value as u128 * FACTOR as u128;
    (product as u64 ^ (product >> 64) as u64)
        .rotate_left(23)
        .wrapping_mul(FACTOR)
}

/// Up to eight bytes as a number. Reads past them where there are more, which costs less than a loop over the rest.
fn block(bytes: &[u8], at: usize, len: usize) -> u64 {
    let kept = u64::MAX.checked_shr(8 * (BLOCK - len) as u32).unwrap_or(0);
    match bytes.get(at..at + BLOCK) {
        Some(whole) => whole.try_into().map_or(0, u64::from_le_bytes) & kept,
        None => bytes[at..at + len]
            .iter()
            .rev()
            .fold(0, |all, &byte| all << 8 | u64::from(byte)),
    }
}

/// The small letters of eight ASCII bytes at once.
const fn small(block: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; BLOCK]);
    // The top bit of a byte is set where it is at least `A`, or above `Z`.
    let at_least_a = block.wrapping_add(ONES * (0x80 - b'A' as u64));
    let above_z = block.wrapping_add(ONES * (0x80 - b'Z' as u64 - 1));
    block | ((at_least_a & !above_z & (ONES << 7)) >> 2)
}

/// Takes a key that is a hash already for its hash.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = mix(self.0 ^ u64::from(byte));
        }
    }
}

/// A map whose keys are hashes, as [`Token::folded`](super::Token::folded) is.
pub type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<KeyHasher>>;

/// A set of hashes.
pub type HashedSet = HashSet<u64, BuildHasherDefault<KeyHasher>>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn ascii_hashes_as_its_folded_form() {
        let text = "Zz @[AZ] {az} Parliamentarians' 12:30 END";
        for start in 0..text.len() {
            for end in start..=text.len() {
                let folded = fold(&text[start..end]);
                assert_eq!(
                    hash_of_ascii(text.as_bytes(), start, end),
                    hash_folded(&folded),
                    "{folded}"
                );
            }
        }
    }

    #[test]
    fn short_words_part() {
        let mut seen = HashedSet::default();
        let letters = || "abcdefghijklmnopqrstuvwxyz".chars();
        for word in letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| [a, b, c]))) {
            let word: String = word.iter().collect();
            assert!(seen.insert(hash_folded(&word)) && seen.insert(hash_folded(&(word.clone() + &word + &word))));
        }
        let low: HashedSet = seen.iter().map(|hash| hash & 0xFFFF).collect();
        assert!(low.len() > 27_000, "{} of 65,536 buckets", low.len());
    }
}
