//! What is held in memory of a segment: built once from its columns, and again in part when its deletes change.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader, TantivyError};

use super::columns::{in_two_threads, norms, numbers, published, quote_speakers, several_filings, windows};
use super::timeline::Window;
use super::values::ColumnValues;
use super::{Columns, DocKind, Docs, Filters, Interner, Ordinals, Records, Rows, Segment, Times};
use crate::story::{Facet, Timestamp};

/// A segment with what its alive sets are made from.
#[derive(Debug)]
pub(super) struct Loaded {
    /// Which deletes `segment` has seen.
    deletes: Option<u64>,
    kinds: Arc<Kinds>,
    /// When documents may be seen that may not always be, in their order.
    windows: Arc<Vec<(DocId, Window)>>,
    /// From when on another set of them may be seen than now.
    next_change: Timestamp,
    /// How many stories have each name of a person or speaker, deleted ones counted.
    uses: Arc<[Vec<(u32, u32)>; JOINED.len()]>,
    pub(super) segment: Arc<Segment>,
}

/// The documents of each kind, deleted ones too.
#[derive(Debug)]
struct Kinds {
    stories: Docs,
    quotes: Docs,
    filings: Docs,
}

/// The facets whose values are names of people, which are joined.
pub(super) const JOINED: [Facet; 2] = [Facet::Person, Facet::Speaker];

impl Loaded {
    /// Reads the columns of a segment. `room`: bytes that facet values may take in memory; those over it stay in their columns.
    pub(super) fn new(
        reader: &SegmentReader,
        interners: &mut [Interner; Facet::ALL.len()],
        now: Timestamp,
        room: usize,
    ) -> tantivy::Result<Self> {
        let kinds = Kinds::read(reader)?;
        let column = |name| reader.fast_fields().column_opt::<u64>(name);
        let keys = (column("key")?, column("filing_of")?);
        let rows = Rows::new(kinds.without_quotes(reader.max_doc()));
        let quotes = kinds.with_story(&rows, keys.0.as_ref());
        let mut uses: [Vec<(u32, u32)>; JOINED.len()] = Default::default();
        let mut memory: [Option<Ordinals>; Facet::ALL.len()] = Default::default();
        let mut over: [Option<ColumnValues>; Facet::ALL.len()] = Default::default();
        // A record is found by a number of four bytes.
        let mut left = room.min(u32::MAX as usize / 2);
        let (times, read) = rayon::join(
            || Ok::<_, TantivyError>(Times::new(&rows, published(reader, &rows)?)),
            || in_two_threads(reader, &rows, interners),
        );
        for (facet, read) in read? {
            let needs = Records::room_of(&read.memory, rows.len());
            match read.column {
                Some(column) if needs > left => over[facet as usize] = Some(column),
                Some(_) => {
                    left -= needs;
                    memory[facet as usize] = Some(read.memory);
                }
                None => {}
            }
            if let Some(place) = JOINED.iter().position(|joined| *joined == facet) {
                uses[place] = read.uses;
            }
        }
        let columns = Columns {
            records: Records::new(rows.len(), &memory),
            over,
            times: times?,
            norms: norms(reader, &rows)?,
            quote_speakers: quote_speakers(reader, &kinds.quotes, &rows, &mut interners[Facet::Speaker as usize])?,
            filings: several_filings(reader, &rows)?,
            keys,
            filters: Filters::default(),
            rows,
        };
        let kinds = Kinds { quotes, ..kinds };
        let segment = Segment {
            max_doc: reader.max_doc(),
            stories: Arc::default(),
            superseded: Arc::default(),
            quotes: Arc::default(),
            alive: 0,
            columns: Arc::new(columns),
            totals: Default::default(),
        };
        Ok(Self {
            deletes: None,
            segment: Arc::new(segment),
            kinds: Arc::new(kinds),
            windows: Arc::new(windows(reader)?),
            next_change: Timestamp::MAX,
            uses: Arc::new(uses),
        }
        .with_deletes(reader, now))
    }

    /// The same with the deletes of `reader` and as of `now`; what does not change is shared.
    pub(super) fn with_deletes(&self, reader: &SegmentReader, now: Timestamp) -> Self {
        let bits = reader.alive_bitset().map(|alive| Docs::alive(alive, reader.max_doc()));
        let alive = |all: &Docs| {
            let mut set = all.clone();
            if let Some(alive) = &bits {
                set.and(alive);
            }
            set
        };
        let mut stories = alive(&self.kinds.stories);
        let mut superseded = alive(&self.kinds.filings);
        let mut quotes = alive(&self.kinds.quotes);
        for (doc, window) in self.windows.iter().filter(|(_, window)| !window.holds(now)) {
            let is_over = stories.contains(*doc) && window.until.is_some_and(|until| until <= now);
            stories.remove(*doc);
            if is_over {
                superseded.insert(*doc);
            } else {
                superseded.remove(*doc);
            }
        }
        let changes = self.windows.iter().flat_map(|(_, window)| [window.from, window.until]);
        let next_change = changes.flatten().filter(|at| *at > now).min();
        // A quote is deleted with its story, by one key; one whose story may not be seen may not either.
        let columns = &self.segment.columns;
        for doc in self
            .windows
            .iter()
            .map(|(doc, _)| *doc)
            .filter(|doc| !stories.contains(*doc))
        {
            let end = columns.rows.docs().next_from(doc + 1).unwrap_or(self.segment.max_doc);
            (doc + 1..end).for_each(|quote| quotes.remove(quote));
        }
        Self {
            deletes: reader.delete_opstamp(),
            kinds: Arc::clone(&self.kinds),
            windows: Arc::clone(&self.windows),
            next_change: next_change.unwrap_or(Timestamp::MAX),
            uses: Arc::clone(&self.uses),
            segment: Arc::new(Segment {
                max_doc: self.segment.max_doc,
                alive: stories.len() as u32,
                stories: Arc::new(stories),
                superseded: Arc::new(superseded),
                quotes: Arc::new(quotes),
                columns: Arc::clone(columns),
                totals: Default::default(),
            }),
        }
    }

    /// How many stories have each name of a facet of [`JOINED`]: the names by their own ids.
    pub(super) fn uses(&self, facet: Facet) -> &[(u32, u32)] {
        let place = JOINED.iter().position(|joined| *joined == facet);
        place.map_or(&[], |place| &self.uses[place])
    }

    /// Whether it has seen the deletes of `reader`, and shows what may be seen at `now`.
    pub(super) fn is_current(&self, reader: &SegmentReader, now: Timestamp) -> bool {
        self.deletes == reader.delete_opstamp() && now < self.next_change
    }

    /// From when on it shows something else.
    pub(super) fn next_change(&self) -> Timestamp {
        self.next_change
    }

    /// Bytes in memory, with what only the next load needs.
    pub(super) fn bytes(&self) -> usize {
        let kinds = [&self.kinds.stories, &self.kinds.quotes, &self.kinds.filings];
        let uses = self.uses.iter().map(|uses| 8 * uses.len());
        self.segment.bytes() + kinds.map(Docs::bytes).into_iter().sum::<usize>() + uses.sum::<usize>()
    }
}

impl Segment {
    /// Bytes in memory of facet values.
    pub(super) fn facet_bytes(&self) -> usize {
        let over = self.columns.over.iter().flatten().map(ColumnValues::bytes);
        self.columns.records.bytes() + over.sum::<usize>()
    }

    /// Bytes in memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let columns = &self.columns;
        let totals = self.totals.iter().filter_map(|totals| totals.get());
        [
            [&self.stories, &self.superseded, &self.quotes]
                .map(|docs| docs.bytes())
                .into_iter()
                .sum(),
            columns.rows.bytes(),
            self.facet_bytes(),
            columns.times.bytes(),
            columns.norms.iter().map(Vec::len).sum(),
            4 * columns.quote_speakers.len(),
            8 * columns.filings.len(),
            columns.filters.bytes(),
            totals.map(|totals| 8 * totals.counts.len()).sum::<usize>(),
        ]
        .into_iter()
        .sum()
    }
}

impl Kinds {
    fn read(reader: &SegmentReader) -> tantivy::Result<Self> {
        let none = || Docs::none(reader.max_doc());
        let mut kinds = Self {
            stories: none(),
            quotes: none(),
            filings: none(),
        };
        for (doc, kind) in (0..).zip(numbers(reader, "kind", DocKind::Filing as u64)?) {
            match DocKind::of(kind) {
                Some(DocKind::Story) => kinds.stories.insert(doc),
                Some(DocKind::Quote) => kinds.quotes.insert(doc),
                Some(DocKind::Filing) => kinds.filings.insert(doc),
                Some(DocKind::Tombstone | DocKind::Waiting) | None => {}
            }
        }
        Ok(kinds)
    }

    fn without_quotes(&self, max_doc: u32) -> Docs {
        let mut docs = Docs::all(max_doc);
        docs.and_not(&self.quotes);
        docs
    }

    /// The quotes that lie behind their story. A story and its quotes are added as one batch and merges keep their order, so
    /// that the story of a quote is the last one before it; where it is not, it is gone.
    fn with_story(&self, rows: &Rows, keys: Option<&Column<u64>>) -> Docs {
        let key = |doc| keys.and_then(|keys| keys.first(doc));
        let mut quotes = self.quotes.clone();
        let mut last = (DocId::MAX, None);
        rows.for_each_quote(&self.quotes, |quote, story| {
            if last.0 != story {
                last = (story, key(story));
            }
            if !self.stories.contains(story) || last.1 != key(quote) {
                quotes.remove(quote);
            }
        });
        quotes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_whose_story_is_not_before_it_is_left_out() {
        let set = |docs: &[u32]| Docs::of(7, docs.iter().copied());
        // Documents 3 and 6 are a filing and a quote of it; 5 is a quote that is no story's.
        let kinds = Kinds {
            stories: set(&[0, 4]),
            quotes: set(&[1, 2, 5, 6]),
            filings: set(&[3]),
        };
        let rows = Rows::new(kinds.without_quotes(7));
        assert_eq!(rows.len(), 3);
        assert_eq!(kinds.with_story(&rows, None).len(), 4);
        let lone = Kinds {
            stories: set(&[4]),
            ..kinds
        };
        assert_eq!(lone.with_story(&rows, None).iter().collect::<Vec<_>>(), [5, 6]);
    }
}
