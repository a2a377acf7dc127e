//! Near copies of a story: the same text under another uri, a few words aside.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::index::Stored;
use crate::index::analyzer::each_word;

/// Of two near copies this share of the runs of three words is the same.
const COPY: f64 = 0.5;

/// The runs of three words of a story's text, by which near copies are known.
pub(super) struct Profile(FxHashSet<u64>);

impl Profile {
    /// Of a story.
    pub(super) fn of(stored: &Stored) -> Self {
        let mut words: Vec<u64> = Vec::new();
        each_word(
            stored.filing.ninjs.body(),
            |_| true,
            |word| words.push(xxh3_64(word.term.as_bytes())),
        );
        let run = |run: &[u64]| run.iter().fold(0, |hash: u64, word| hash.rotate_left(21) ^ word);
        Self(words.windows(3).map(run).collect())
    }

    /// Whether most of the runs of both are the same.
    pub(super) fn is_copy_of(&self, other: &Self) -> bool {
        let both = self.0.iter().filter(|run| other.0.contains(run)).count();
        let all = self.0.len() + other.0.len() - both;
        both > 0 && both as f64 >= COPY * all as f64
    }
}
