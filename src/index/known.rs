//! Which filings are in the index: held in memory by the writer, read from the columns when it opens.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::Column;
use tantivy::{DocId, Searcher, SegmentReader};

use super::DocKind;
use super::document::{Order, Standing};

/// A story's standing: that of the filing which is current, or of the latest where several wait for their time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Story {
    pub(super) standing: Standing,
    /// Filings kept, the current one counted.
    pub(super) filings: u32,
    /// Whether its next filing lays out all its documents anew.
    pub(super) laid_out: bool,
}

/// The filings of the index by story.
#[derive(Debug, Default)]
pub(super) struct Known {
    stories: FxHashMap<u64, Story>,
    /// The contents of other filings, of stories that have any.
    others: FxHashMap<u64, Vec<u64>>,
    /// The contents of kills that are items of their own, whether or not their story is here.
    kills: FxHashSet<u64>,
    /// What kills whose story is not here name.
    awaited: FxHashSet<u64>,
}

/// The columns that are read of a segment.
struct Columns {
    key: Column<u64>,
    filing_of: Column<u64>,
    content: Column<u64>,
    number: Column<u64>,
    arrival: Column<u64>,
    laid_out: Column<u64>,
    awaits: Column<u64>,
    created: Column<i64>,
}

impl Columns {
    fn of(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let column = |name: &str| {
            let found = fast.column_opt::<u64>(name);
            found.map(|found| found.unwrap_or_else(|| Column::build_empty_column(reader.max_doc())))
        };
        let created = fast.column_opt::<i64>("version")?;
        Ok(Self {
            key: column("key")?,
            filing_of: column("filing_of")?,
            content: column("content")?,
            number: column("version_number")?,
            arrival: column("arrival")?,
            laid_out: column("laid_out")?,
            awaits: column("awaits")?,
            created: created.unwrap_or_else(|| Column::build_empty_column(reader.max_doc())),
        })
    }

    fn standing(&self, doc: DocId) -> Standing {
        Standing {
            content: self.content.first(doc).unwrap_or_default(),
            order: Order {
                created: self.created.first(doc).unwrap_or_default(),
                number: self.number.first(doc).unwrap_or_default(),
                arrival: self.arrival.first(doc).unwrap_or_default(),
            },
        }
    }
}

impl Known {
    /// Reads what a commit holds.
    pub(super) fn load(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut known = Self::default();
        for reader in searcher.segment_readers() {
            known.load_segment(reader)?;
        }
        let Self { stories, others, .. } = &mut known;
        for (key, contents) in others.iter_mut() {
            contents.sort_unstable();
            contents.dedup();
            if let Some(story) = stories.get(key) {
                contents.retain(|content| *content != story.standing.content);
            }
        }
        for (key, story) in stories {
            let kept = others.get(key).map_or(0, Vec::len);
            story.filings = u32::try_from(kept).unwrap_or(u32::MAX).saturating_add(1);
        }
        Ok(known)
    }

    fn load_segment(&mut self, reader: &SegmentReader) -> tantivy::Result<()> {
        let columns = Columns::of(reader)?;
        let kinds = reader.fast_fields().column_first_or_default::<u64>("kind")?;
        for doc in reader.doc_ids_alive() {
            let Some(kind) = DocKind::of(kinds.get_val(doc)) else {
                continue;
            };
            if kind == DocKind::Quote {
                continue;
            }
            let standing = columns.standing(doc);
            let awaits: Vec<u64> = columns.awaits.values_for_doc(doc).collect();
            if !awaits.is_empty() {
                self.kills.insert(standing.content);
            }
            match kind {
                DocKind::Waiting => self.awaited.extend(awaits),
                DocKind::Filing => {
                    let key = columns.filing_of.first(doc).unwrap_or_default();
                    self.others.entry(key).or_default().push(standing.content);
                }
                _ => {
                    let key = columns.key.first(doc).unwrap_or_default();
                    let laid_out = columns.laid_out.first(doc).is_some();
                    self.load_story(key, standing, laid_out);
                }
            }
        }
        Ok(())
    }

    fn load_story(&mut self, key: u64, standing: Standing, laid_out: bool) {
        let before = self.stories.get(&key).copied();
        let latest = before.map_or(standing, |before| {
            let pair = [before.standing, standing];
            pair.into_iter()
                .max_by_key(|standing| standing.order)
                .unwrap_or(standing)
        });
        if let Some(before) = before {
            // Two documents stand for one story at different times: each is a filing.
            let others = self.others.entry(key).or_default();
            others.extend([before.standing.content, standing.content]);
        }
        let story = Story {
            standing: latest,
            filings: 1,
            laid_out: laid_out || before.is_some(),
        };
        self.stories.insert(key, story);
    }

    /// The stories of which only filings that wait for ever are here have no document of their own; they are known all the same.
    pub(super) fn len(&self) -> usize {
        self.stories.len()
    }

    pub(super) fn story(&self, key: u64) -> Option<Story> {
        let known = self.stories.get(&key).copied();
        known.or_else(|| {
            // Kept filings and nothing that stands for the story: all of them are held back without an end.
            let others = self.others.get(&key)?;
            Some(Story {
                standing: Standing::default(),
                filings: u32::try_from(others.len()).unwrap_or(u32::MAX),
                laid_out: true,
            })
        })
    }

    /// Whether a filing with that content is there, current or not.
    pub(super) fn has(&self, key: u64, content: u64) -> bool {
        let is_current = self
            .stories
            .get(&key)
            .is_some_and(|story| story.standing.content == content);
        is_current
            || self
                .others
                .get(&key)
                .is_some_and(|contents| contents.contains(&content))
    }

    /// Whether a kill that is an item of its own was taken before.
    pub(super) fn has_kill(&self, content: u64) -> bool {
        self.kills.contains(&content)
    }

    pub(super) fn insert_kill(&mut self, content: u64) {
        self.kills.insert(content);
    }

    /// Whether a kill waits for a story that can be called so.
    pub(super) fn is_awaited(&self, handles: &[u64]) -> bool {
        !self.awaited.is_empty() && handles.iter().any(|handle| self.awaited.contains(handle))
    }

    /// What the waiting kills name now.
    pub(super) fn set_awaited(&mut self, handles: FxHashSet<u64>) {
        self.awaited = handles;
    }

    pub(super) fn has_waiting(&self) -> bool {
        !self.awaited.is_empty()
    }

    pub(super) fn insert(&mut self, key: u64, story: Story) {
        self.stories.insert(key, story);
    }

    pub(super) fn insert_other(&mut self, key: u64, content: u64) {
        self.others.entry(key).or_default().push(content);
    }

    /// Forgets a story and all its filings; whether there was one.
    pub(super) fn remove(&mut self, key: u64) -> bool {
        let others = self.others.remove(&key).is_some();
        self.stories.remove(&key).is_some() || others
    }
}
