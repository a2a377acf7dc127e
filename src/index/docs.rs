//! Sets of a segment's documents as bits, combined a word of 64 at a time.

use tantivy::DocId;
use tantivy::fastfield::AliveBitSet;
use tantivy_common::BitSet;

/// A set of documents below a fixed bound.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    words: Vec<u64>,
}

impl Docs {
    /// No document; room for those below `max_doc`.
    #[must_use]
    pub fn none(max_doc: u32) -> Self {
        Self {
            words: vec![0; (max_doc as usize).div_ceil(64)],
        }
    }

    /// All documents below `max_doc`.
    #[must_use]
    pub fn all(max_doc: u32) -> Self {
        let mut words = vec![u64::MAX; (max_doc as usize).div_ceil(64)];
        if let Some(last) = words.last_mut().filter(|_| !max_doc.is_multiple_of(64)) {
            *last = u64::MAX >> (64 - max_doc % 64);
        }
        Self { words }
    }

    /// These documents, of those below `max_doc`.
    pub fn of(max_doc: u32, all: impl IntoIterator<Item = DocId>) -> Self {
        let mut docs = Self::none(max_doc);
        for doc in all {
            docs.insert(doc);
        }
        docs
    }

    /// The documents that are not deleted, of those below `max_doc`.
    pub(super) fn alive(alive: &AliveBitSet, max_doc: u32) -> Self {
        let mut bits = BitSet::with_max_value_and_full(max_doc);
        bits.intersect_update(alive.bitset());
        let words = (0..max_doc.div_ceil(64)).map(|at| u64::from_le_bytes(bits.tinyset(at).into_bytes()));
        Self { words: words.collect() }
    }

    /// Puts a document in. One that is out of bounds is left out.
    pub fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    /// Takes a document out.
    pub fn remove(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word &= !(1 << (doc % 64));
        }
    }

    /// Whether a document is in.
    #[must_use]
    pub fn contains(&self, doc: DocId) -> bool {
        self.words
            .get(doc as usize / 64)
            .is_some_and(|word| word & (1 << (doc % 64)) != 0)
    }

    /// The documents as words of 64, the first in the lowest bit.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// The last document at or before `doc`.
    #[must_use]
    pub fn last_to(&self, doc: DocId) -> Option<DocId> {
        let mut at = (doc as usize / 64).min(self.words.len().checked_sub(1)?);
        let mut word = self.words[at];
        if at == doc as usize / 64 {
            word &= u64::MAX >> (63 - doc % 64);
        }
        while word == 0 {
            at = at.checked_sub(1)?;
            word = self.words[at];
        }
        Some(at as u32 * 64 + 63 - word.leading_zeros())
    }

    /// Whether none is in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Bytes in memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.words.len() * 8
    }

    /// How many are in.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Keeps only what is in `other` too.
    pub fn and(&mut self, other: &Self) {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(at).copied().unwrap_or(0);
        }
    }

    /// What is in both, as a set of its own.
    #[must_use]
    pub fn both(&self, other: &Self) -> Self {
        let others = other.words.iter().copied().chain(std::iter::repeat(0));
        Self {
            words: self
                .words
                .iter()
                .zip(others)
                .map(|(word, other)| word & other)
                .collect(),
        }
    }

    /// Drops what is in `other`.
    pub fn and_not(&mut self, other: &Self) {
        for (word, others) in self.words.iter_mut().zip(&other.words) {
            *word &= !others;
        }
    }

    /// Adds what is in `other`, within the bounds.
    pub fn or(&mut self, other: &Self) {
        for (word, others) in self.words.iter_mut().zip(&other.words) {
            *word |= others;
        }
    }

    /// The set in two, those before a document that stands in the middle of them and the others.
    #[must_use]
    pub fn halves(&self) -> (Self, Self) {
        let half = self.len() / 2;
        let mut before = 0;
        let middle = self.words.iter().position(|word| {
            before += word.count_ones() as usize;
            before > half
        });
        let middle = middle.unwrap_or(self.words.len());
        let (mut first, mut second) = (self.clone(), self.clone());
        first.words[middle..].fill(0);
        second.words[..middle].fill(0);
        (first, second)
    }

    /// The first document that is not before `doc`.
    #[must_use]
    pub fn next_from(&self, doc: DocId) -> Option<DocId> {
        let start = doc as usize / 64;
        let head = self.words.get(start)? & (u64::MAX << (doc % 64));
        if head != 0 {
            return Some(start as u32 * 64 + head.trailing_zeros());
        }
        let at = start + 1 + self.words[start + 1..].iter().position(|word| *word != 0)?;
        Some(at as u32 * 64 + self.words[at].trailing_zeros())
    }

    /// The documents in rising order.
    pub fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
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

    /// The documents in rising order.
    #[must_use]
    pub fn to_vec(&self) -> Vec<DocId> {
        let mut all = Vec::with_capacity(self.len());
        self.for_each(|doc| all.push(doc));
        all
    }

    /// Calls `each` with the documents in rising order: the loop that counting runs in.
    pub fn for_each(&self, mut each: impl FnMut(DocId)) {
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

    fn docs(max_doc: u32, all: &[DocId]) -> Docs {
        Docs::of(max_doc, all.iter().copied())
    }

    #[test]
    fn sets_combine() {
        let mut some = docs(130, &[0, 63, 64, 129, 9_999]);
        assert_eq!(some.iter().collect::<Vec<_>>(), [0, 63, 64, 129]);
        let other = docs(130, &[63, 100]);
        let mut both = some.clone();
        both.and(&other);
        assert_eq!(both.iter().collect::<Vec<_>>(), [63]);
        assert_eq!(some.both(&other), both);
        assert_eq!(some.both(&docs(64, &[63])), docs(130, &[63]));
        some.and_not(&other);
        some.or(&other);
        some.remove(0);
        assert_eq!(some.len(), 4);
        assert!(some.contains(100) && !some.contains(0) && !some.contains(1_000));
    }

    #[test]
    fn all_are_those_below_the_bound() {
        for bound in [0, 1, 63, 64, 65, 130] {
            assert_eq!(Docs::all(bound), Docs::of(bound, 0..bound));
        }
    }

    #[test]
    fn halves_make_the_whole() {
        let all: Vec<DocId> = (0..900).filter(|doc| doc % 7 == 0).collect();
        for some in [docs(900, &all), docs(900, &[899]), docs(900, &[]), docs(0, &[])] {
            let (mut one, other) = some.halves();
            assert!(one.len().abs_diff(other.len()) < 64, "{} {}", one.len(), other.len());
            one.or(&other);
            assert_eq!(one, some);
        }
    }

    #[test]
    fn neighbours_are_found_across_words() {
        let some = docs(200, &[3, 64, 190]);
        let next: Vec<_> = [0, 3, 4, 65, 191, 5_000].map(|doc| some.next_from(doc)).into();
        assert_eq!(next, [Some(3), Some(3), Some(64), Some(190), None, None]);
        let last: Vec<_> = [0, 3, 63, 64, 189, 5_000].map(|doc| some.last_to(doc)).into();
        assert_eq!(last, [None, Some(3), Some(3), Some(64), Some(64), Some(190)]);
        assert_eq!(Docs::none(0).last_to(0), None);
    }
}
