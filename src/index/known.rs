//! Which filings are in the index: held in memory by the writer, read from the columns when it opens.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::{Searcher, SegmentReader};

use super::DocKind;
use super::document::{Order, Standing};

/// A story's current filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Story {
    pub(super) standing: Standing,
    /// Filings kept, the current one counted.
    pub(super) filings: u32,
}

/// The filings of the index by story.
#[derive(Debug, Default)]
pub(super) struct Known {
    stories: FxHashMap<u64, Story>,
    /// The contents of superseded filings, of stories that have any.
    superseded: FxHashMap<u64, Vec<u64>>,
    /// Stories whose document tells another number of filings than there are.
    miscounted: FxHashSet<u64>,
}

impl Known {
    /// Reads what a commit holds.
    pub(super) fn load(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut known = Self::default();
        for reader in searcher.segment_readers() {
            known.load_segment(reader)?;
        }
        for (key, story) in &mut known.stories {
            let kept = known.superseded.get(key).map_or(0, Vec::len);
            let filings = u32::try_from(kept).unwrap_or(u32::MAX).saturating_add(1);
            if filings != story.filings {
                story.filings = filings;
                known.miscounted.insert(*key);
            }
        }
        Ok(known)
    }

    fn load_segment(&mut self, reader: &SegmentReader) -> tantivy::Result<()> {
        let fast = reader.fast_fields();
        let column = |name: &str| fast.column_first_or_default::<u64>(name);
        let (kind, key, filing_of) = (column("kind")?, column("key")?, column("filing_of")?);
        let (content, number, arrival) = (column("content")?, column("version_number")?, column("arrival")?);
        let filings = column("filings")?;
        let created = fast.column_first_or_default::<i64>("version")?;
        for doc in reader.doc_ids_alive() {
            let kind = kind.get_val(doc);
            if kind == DocKind::Filing as u64 {
                let contents = self.superseded.entry(filing_of.get_val(doc)).or_default();
                contents.push(content.get_val(doc));
            } else if kind == DocKind::Story as u64 {
                let order = Order {
                    created: created.get_val(doc),
                    number: number.get_val(doc),
                    arrival: arrival.get_val(doc),
                };
                let story = Story {
                    standing: Standing {
                        content: content.get_val(doc),
                        order,
                    },
                    filings: u32::try_from(filings.get_val(doc)).unwrap_or(u32::MAX),
                };
                self.stories.insert(key.get_val(doc), story);
            }
        }
        Ok(())
    }

    /// The stories whose document must be written again: a crash came between a late filing and its count.
    pub(super) fn miscounted(&self) -> FxHashSet<u64> {
        self.miscounted.clone()
    }

    pub(super) fn len(&self) -> usize {
        self.stories.len()
    }

    pub(super) fn story(&self, key: u64) -> Option<Story> {
        self.stories.get(&key).copied()
    }

    /// Whether a filing with that content is there, current or superseded.
    pub(super) fn has(&self, key: u64, content: u64) -> bool {
        let current = self.stories.get(&key);
        current.is_some_and(|story| {
            story.standing.content == content
                || self
                    .superseded
                    .get(&key)
                    .is_some_and(|contents| contents.contains(&content))
        })
    }

    pub(super) fn insert(&mut self, key: u64, story: Story) {
        self.stories.insert(key, story);
    }

    pub(super) fn supersede(&mut self, key: u64, content: u64) {
        self.superseded.entry(key).or_default().push(content);
    }

    /// Forgets a story and all its filings; whether there was one.
    pub(super) fn remove(&mut self, key: u64) -> bool {
        self.superseded.remove(&key);
        self.stories.remove(&key).is_some()
    }
}
