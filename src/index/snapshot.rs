//! A point in time of the index, as `search` sees it: the searcher, and beside each of its segments what is held in memory.

use std::path::Path;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{DocId, Searcher};
use tantivy_common::BitSet;

use super::Interner;
use crate::story::{Facet, Timestamp};

/// What a document is. The `kind` column holds it as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum DocKind {
    /// The current filing of a story.
    Story = 0,
    /// One of its quotes.
    Quote = 1,
    /// A filing that is not current.
    Filing = 2,
    /// A kill or withholding in the place of its story.
    Tombstone = 3,
    /// A kill whose story is not here.
    Waiting = 4,
}

impl DocKind {
    /// The kind of that number.
    pub(super) fn of(number: u64) -> Option<Self> {
        const ALL: [DocKind; 5] = [
            DocKind::Story,
            DocKind::Quote,
            DocKind::Filing,
            DocKind::Tombstone,
            DocKind::Waiting,
        ];
        ALL.into_iter().find(|kind| *kind as u64 == number)
    }
}

/// The fields by name. What each holds is in `index_schema/fields.toml`.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// [`DocKind`], fast.
    pub kind: Field,
    /// [`crate::story::key_of`] the uri, on stories and their quotes, indexed and fast.
    pub key: Field,
    /// The same key on superseded filings, so that deleting a story's documents leaves them.
    pub filing_of: Field,
    /// What a kill could call the story by, several.
    pub handle: Field,
    /// The handles that a kill names, fast.
    pub awaits: Field,
    /// From when the document may be seen, seconds, fast.
    pub visible_from: Field,
    /// From when another stands for the story, seconds, fast.
    pub visible_until: Field,
    /// Whether the next filing lays out the story anew, fast.
    pub laid_out: Field,
    /// The stored story: JSON of [`super::Stored`].
    pub stored: Field,
    /// Low 64 bits of the content hash, fast.
    pub content: Field,
    /// How many filings of the story had arrived before this one, fast: the order among equal versions.
    pub arrival: Field,
    /// When the version was created, milliseconds, fast, signed: the order of a filing among its story's.
    pub version: Field,
    /// The version as the agency numbers it, fast: the order among filings of one time.
    pub version_number: Field,
    /// How many filings of the story are kept, the current one counted, fast.
    pub filings: Field,
    /// When, a date of second precision, indexed and fast.
    pub published: Field,
    /// Words of the body, fast.
    pub length: Field,
    /// How many quotes, fast.
    pub quote_count: Field,
    /// Which quote of its story a quote document is, from 0, fast.
    pub quote_at: Field,
    /// Headline as written: folded words, positions.
    pub headline: Field,
    /// Body as written.
    pub body: Field,
    /// Headline by stem, terms `language:stem`.
    pub headline_stem: Field,
    /// Body by stem.
    pub body_stem: Field,
    /// A quote document's words as written.
    pub quote: Field,
    /// A quote document's words by stem.
    pub quote_stem: Field,
    /// A quote document's speaker, raw, when certain.
    pub quote_speaker: Field,
    /// The facets, in the order of [`Facet::ALL`]: raw, indexed, fast. On stories only.
    pub facets: [Field; Facet::ALL.len()],
}

impl Fields {
    /// The field of a facet.
    #[must_use]
    pub fn facet(&self, facet: Facet) -> Field {
        self.facets[facet as usize]
    }
}

/// The global ids of one facet's values for every document of a segment, in two flat arrays.
#[derive(Debug, Default)]
pub struct Ordinals {
    /// `offsets[doc]..offsets[doc + 1]` are the document's places in `ids`.
    pub offsets: Vec<u32>,
    /// Global ids ([`Interner`]), document after document.
    pub ids: Vec<u32>,
}

impl Ordinals {
    /// The ids of a document.
    #[must_use]
    pub fn of(&self, doc: DocId) -> &[u32] {
        &self.ids[self.offsets[doc as usize] as usize..self.offsets[doc as usize + 1] as usize]
    }
}

/// What is held in memory of one segment, built when it is opened or its deletes change.
#[derive(Debug)]
pub struct Segment {
    /// Documents, deleted ones counted.
    pub max_doc: u32,
    /// Stories that are alive and may be seen.
    pub stories: BitSet,
    /// Filings that may be seen and are not current. Those of stories that were taken away are among them: ask for the story.
    pub superseded: BitSet,
    /// Quotes whose story is alive.
    pub quotes: BitSet,
    /// For a quote the document of its story; for any other document itself.
    pub story_of: Arc<Vec<DocId>>,
    /// Facet values, in the order of [`Facet::ALL`].
    pub facets: Arc<[Ordinals; Facet::ALL.len()]>,
    /// The speaker of a quote document in the ids of [`Facet::Speaker`], [`Segment::NO_SPEAKER`] if none.
    pub quote_speaker: Arc<Vec<u32>>,
    /// `published` in seconds, [`Segment::NO_DATE`] where there is none.
    pub published: Arc<Vec<i64>>,
    /// The story's key.
    pub keys: Arc<Vec<u64>>,
    /// How many filings of the story are kept.
    pub filings: Arc<Vec<u32>>,
}

impl Segment {
    /// A quote without a certain speaker.
    pub const NO_SPEAKER: u32 = u32::MAX;
    /// A story without a date: sorts before every other.
    pub const NO_DATE: i64 = i64::MIN;
}

/// A point in time of the index. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The folder, for errors.
    pub(super) dir: Arc<Path>,
    /// The time that embargoes are measured by.
    pub now: Timestamp,
    /// When the next embargo ends: from then on another snapshot shows more.
    pub(super) next_change: Timestamp,
    /// tantivy's view.
    pub searcher: Searcher,
    /// The fields.
    pub fields: Fields,
    /// In the order of `searcher.segment_readers()`.
    pub segments: Vec<Arc<Segment>>,
    /// Facet values, in the order of [`Facet::ALL`]. Each holds at least the ids that `segments` use.
    pub interners: Arc<[Interner; Facet::ALL.len()]>,
}
