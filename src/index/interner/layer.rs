//! A run of values of an interner, with both directions: the texts one behind the other, and a table of their places.

use std::sync::OnceLock;

use hashbrown::HashTable;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::text::{NameWords, Texts};

/// A run of ids, with both directions.
#[derive(Debug, Clone, Default)]
pub(super) struct Layer {
    pub(super) first: u32,
    pub(super) values: Texts,
    /// Where the first runs of rising values start, one for each tier of frequency that a column was interned in.
    runs: Vec<u32>,
    /// Where the last of these runs ends.
    sorted: u32,
    /// The places of the values, by their texts.
    places: HashTable<u32>,
    /// From the key of joined names to the id of the first; empty where nothing is joined.
    pub(super) keys: FxHashMap<u64, u32>,
    /// The words of the values, cut when they are first asked for.
    words: OnceLock<NameWords>,
}

/// Runs of rising values that are noted.
const MOST_RUNS: usize = 12;

pub(super) fn hash_of(value: &str) -> u64 {
    xxh3_64_with_seed(value.as_bytes(), 0)
}

impl Layer {
    /// An empty one whose ids start there.
    pub(in crate::index) fn from(first: u32) -> Self {
        Self {
            first,
            ..Self::default()
        }
    }

    pub(in crate::index) fn end(&self) -> u32 {
        self.first + self.values.len() as u32
    }

    pub(in crate::index) fn id(&self, value: &str, hash: u64) -> Option<u32> {
        let same = |place: &u32| self.values.get(*place as usize) == value;
        self.places.find(hash, same).map(|place| self.first + place)
    }

    pub(in crate::index) fn push(&mut self, value: &str) -> u32 {
        let id = self.end();
        self.words.take();
        let place = id - self.first;
        if self.sorted == place {
            let rises = place > 0 && self.values.get(place as usize - 1) < value;
            if !rises && self.runs.len() < MOST_RUNS {
                self.runs.push(place);
            }
            self.sorted += u32::from(rises || self.runs.last() == Some(&place));
        }
        self.values.push(value);
        let values = &self.values;
        let rehash = |place: &u32| hash_of(values.get(*place as usize));
        self.places.insert_unique(hash_of(value), place, rehash);
        id
    }

    /// Which run of rising values a place lies in, if it is in one of the first.
    pub(super) fn run_of(&self, place: u32) -> Option<usize> {
        (place < self.sorted).then(|| self.runs.partition_point(|start| *start <= place))
    }

    pub(in crate::index) fn words(&self) -> &NameWords {
        self.words.get_or_init(|| NameWords::new(&self.values))
    }

    pub(in crate::index) fn bytes(&self) -> usize {
        let words = self.words.get().map_or(0, NameWords::bytes);
        // A place or a key with its byte of control, at seven eighths full.
        self.values.bytes() + self.places.capacity() * 5 * 8 / 7 + self.keys.capacity() * 17 * 8 / 7 + words
    }
}
