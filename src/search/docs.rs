//! Sets of a segment's documents as bits, combined a word of 64 at a time.

use tantivy::DocId;
use tantivy_common::BitSet;

/// A set of documents below a fixed bound.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Docs {
    words: Vec<u64>,
}

impl Docs {
    /// No document; room for those below `max_doc`.
    pub(super) fn none(max_doc: u32) -> Self {
        Self {
            words: vec![0; (max_doc as usize).div_ceil(64)],
        }
    }

    /// The same documents as in tantivy's bit set.
    pub(super) fn of(bits: &BitSet) -> Self {
        let buckets = bits.max_value().div_ceil(64);
        let words = (0..buckets).map(|bucket| u64::from_le_bytes(bits.tinyset(bucket).into_bytes()));
        Self { words: words.collect() }
    }

    /// Puts a document in. One that is out of bounds is left out.
    pub(super) fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    /// Takes a document out.
    pub(super) fn remove(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word &= !(1 << (doc % 64));
        }
    }

    /// Whether a document is in.
    pub(super) fn contains(&self, doc: DocId) -> bool {
        self.words
            .get(doc as usize / 64)
            .is_some_and(|word| word & (1 << (doc % 64)) != 0)
    }

    /// How many are in.
    pub(super) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Keeps only what is in `other` too.
    pub(super) fn and(&mut self, other: &Self) {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(at).copied().unwrap_or(0);
        }
    }

    /// Drops what is in `other`.
    pub(super) fn and_not(&mut self, other: &Self) {
        for (word, others) in self.words.iter_mut().zip(&other.words) {
            *word &= !others;
        }
    }

    /// Adds what is in `other`, within the bounds.
    pub(super) fn or(&mut self, other: &Self) {
        for (word, others) in self.words.iter_mut().zip(&other.words) {
            *word |= others;
        }
    }

    /// The first document that is not before `doc`.
    pub(super) fn next_from(&self, doc: DocId) -> Option<DocId> {
        let start = doc as usize / 64;
        let head = self.words.get(start)? & (u64::MAX << (doc % 64));
        if head != 0 {
            return Some(start as u32 * 64 + head.trailing_zeros());
        }
        let at = start + 1 + self.words[start + 1..].iter().position(|word| *word != 0)?;
        Some(at as u32 * 64 + self.words[at].trailing_zeros())
    }

    /// The documents in rising order.
    pub(super) fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros();
                    left &= left - 1;
                    at as u32 * 64 + bit
                })
            })
        })
    }

    /// Calls `each` with the documents in rising order: the loop that counting runs in.
    pub(super) fn for_each(&self, mut each: impl FnMut(DocId)) {
        for (at, &word) in self.words.iter().enumerate() {
            let mut left = word;
            while left != 0 {
                each(at as u32 * 64 + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_over_from_tantivy_and_combine() {
        let mut bits = BitSet::with_max_value(130);
        for doc in [0, 63, 64, 129] {
            bits.insert(doc);
        }
        let mut docs = Docs::of(&bits);
        assert_eq!(docs.iter().collect::<Vec<_>>(), [0, 63, 64, 129]);
        let mut other = Docs::none(130);
        other.insert(63);
        other.insert(100);
        other.insert(9_999);
        let mut both = docs.clone();
        both.and(&other);
        assert_eq!(both.iter().collect::<Vec<_>>(), [63]);
        docs.and_not(&other);
        docs.or(&other);
        docs.remove(0);
        assert_eq!(docs.len(), 4);
        assert!(docs.contains(100) && !docs.contains(0) && !docs.contains(1_000));
    }
}
