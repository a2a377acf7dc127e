//! A point in time of the index, as `search` sees it: the searcher, and beside each of its segments what is held in memory.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use tantivy::columnar::Column;
use tantivy::schema::Field;
use tantivy::{DocId, Searcher};

use super::segment::JOINED;
use super::values::ColumnValues;
use super::{Docs, Filters, Interner, Records, Rows, Times, Values};
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

/// What is held in memory of one segment: built when it is opened, and in part when its deletes change.
#[derive(Debug)]
pub struct Segment {
    /// Documents, deleted ones counted.
    pub max_doc: u32,
    /// Stories that are alive and may be seen.
    pub stories: Arc<Docs>,
    /// Filings that may be seen and are not current. Those of stories that were taken away are among them: ask for the story.
    pub superseded: Arc<Docs>,
    /// Quotes whose story is alive.
    pub quotes: Arc<Docs>,
    /// How many stories are alive.
    pub alive: u32,
    /// What deletes do not change.
    pub columns: Arc<Columns>,
    /// How many of the living stories have each value of a facet, where a search over all of them has counted it.
    pub totals: [OnceLock<Totals>; Facet::ALL.len()],
}

/// What is held in memory of a segment's columns.
#[derive(Debug)]
pub struct Columns {
    /// Which documents have a row.
    pub rows: Rows,
    /// Facet values by row.
    pub records: Records,
    /// The facets that have no room in memory, in the order of [`Facet::ALL`].
    pub(super) over: [Option<ColumnValues>; Facet::ALL.len()],
    /// When each row was published.
    pub times: Times,
    /// How long the fields of [`normed`] are in each row, as tantivy's field norms tell.
    pub(super) norms: [Vec<u8>; NORMED],
    /// The speaker of each quote in the ids of [`Facet::Speaker`], by the quote's number ([`Rows::quote`]).
    pub(super) quote_speakers: Vec<u32>,
    /// Rows with more than one filing, rising, and how many.
    pub(super) filings: Vec<(u32, u32)>,
    /// The keys of stories and quotes; those of superseded filings.
    pub(super) keys: (Option<Column<u64>>, Option<Column<u64>>),
    /// Documents with some facet values, kept from one search to the next.
    pub filters: Filters,
}

/// How many fields have their norms in memory.
pub(super) const NORMED: usize = 2;

/// Those fields: the bodies, whose postings are the most.
pub(super) fn normed() -> [Field; NORMED] {
    let fields = Fields::of_builtin();
    [fields.body, fields.body_stem]
}

/// The values of a facet that all living stories of a segment have.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// Ids with the number of stories that have them.
    pub counts: Arc<[(u32, u32)]>,
    /// Stories without a value.
    pub missing: u64,
}

impl Segment {
    /// A quote without a certain speaker.
    pub const NO_SPEAKER: u32 = u32::MAX;
    /// A story without a date: sorts before every other.
    pub const NO_DATE: i64 = i64::MIN;

    /// The values of a facet.
    #[must_use]
    pub fn values(&self, facet: Facet) -> Values<'_> {
        match &self.columns.over[facet as usize] {
            Some(column) => Values::Column(column),
            None => Values::Memory(&self.columns.records, facet),
        }
    }

    /// Which documents have a row.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.columns.rows
    }

    /// For a quote the document of its story; for any other document itself.
    #[must_use]
    pub fn story_of(&self, doc: DocId) -> DocId {
        self.columns.rows.story_of(doc)
    }

    /// `published` in seconds, for a quote that of its story; [`Segment::NO_DATE`] where there is none.
    #[must_use]
    pub fn published(&self, doc: DocId) -> Timestamp {
        self.columns.times.of(self.columns.rows.of(doc))
    }

    /// How long a field is in each row, as field norms tell, where that is held in memory: for what most postings are of.
    #[must_use]
    pub fn norms(&self, field: Field) -> Option<&[u8]> {
        let place = normed().iter().position(|normed| *normed == field)?;
        Some(&self.columns.norms[place])
    }

    /// The story's key.
    #[must_use]
    pub fn key(&self, doc: DocId) -> u64 {
        let (keys, filings) = &self.columns.keys;
        let first = |column: &Option<Column<u64>>| column.as_ref().and_then(|column| column.first(doc));
        first(keys).or_else(|| first(filings)).unwrap_or_default()
    }

    /// The speaker of a quote in the ids of [`Facet::Speaker`], [`Segment::NO_SPEAKER`] if none.
    #[must_use]
    pub fn quote_speaker(&self, quote: DocId) -> u32 {
        let number = self.columns.rows.quote(quote) as usize;
        self.columns
            .quote_speakers
            .get(number)
            .copied()
            .unwrap_or(Self::NO_SPEAKER)
    }

    /// How many filings of a story are kept.
    #[must_use]
    pub fn filings(&self, doc: DocId) -> u32 {
        let row = self.columns.rows.of(doc);
        let filings = &self.columns.filings;
        let at = filings.binary_search_by_key(&row, |pair| pair.0);
        at.map_or(1, |at| filings[at].1)
    }

    /// How many filings these stories have beside their current ones.
    #[must_use]
    pub fn older_filings(&self, stories: &Docs) -> u64 {
        let mut more = 0;
        if self.columns.filings.is_empty() {
            return more;
        }
        let mut pairs = self.columns.filings.iter().peekable();
        self.columns.rows.for_each(stories, |row| {
            while pairs.next_if(|pair| pair.0 < row).is_some() {}
            more += pairs
                .next_if(|pair| pair.0 == row)
                .map_or(0, |pair| u64::from(pair.1) - 1);
        });
        more
    }
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
    /// How many stories have each value of a person or speaker, those that were deleted since the last merge counted.
    pub(super) frequencies: Arc<[Vec<u32>; JOINED.len()]>,
    /// Bytes that the reader holds for the next snapshot.
    pub(super) beside: usize,
    /// tantivy's view.
    pub searcher: Searcher,
    /// The fields.
    pub fields: Fields,
    /// In the order of `searcher.segment_readers()`.
    pub segments: Vec<Arc<Segment>>,
    /// Facet values, in the order of [`Facet::ALL`]. Each holds at least the ids that `segments` use.
    pub interners: Arc<[Interner; Facet::ALL.len()]>,
}

#[cfg(test)]
impl Segment {
    /// Stories with these people, and nothing else.
    pub(crate) fn of_people(people: super::Ordinals, stories: u32) -> Self {
        let mut all = Docs::none(stories);
        (0..stories).for_each(|doc| all.insert(doc));
        let rows = Rows::new(all.clone());
        let mut facets: [Option<super::Ordinals>; Facet::ALL.len()] = Default::default();
        facets[Facet::Person as usize] = Some(people);
        Self {
            max_doc: stories,
            stories: Arc::new(all),
            superseded: Arc::new(Docs::none(stories)),
            quotes: Arc::new(Docs::none(stories)),
            alive: stories,
            totals: Default::default(),
            columns: Arc::new(Columns {
                times: Times::new(&rows, vec![Self::NO_DATE; stories as usize]),
                norms: Default::default(),
                rows,
                records: Records::new(stories, &facets),
                over: Default::default(),
                quote_speakers: Vec::new(),
                filings: Vec::new(),
                keys: (None, None),
                filters: Filters::default(),
            }),
        }
    }
}
