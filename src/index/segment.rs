//! What is held in memory of a segment: built once from its columns, and again in part when its deletes change.

use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::{DateTime, DocId, SegmentReader};
use tantivy_common::BitSet;

use super::timeline::Window;
use super::{DocKind, Interner, Ordinals, Segment};
use crate::story::{Facet, Timestamp};

/// A segment with what its alive sets are made from.
#[derive(Debug)]
pub(super) struct Loaded {
    /// Which deletes `segment` has seen.
    deletes: Option<u64>,
    stories: BitSet,
    quotes: BitSet,
    filings: BitSet,
    /// When documents may be seen that may not always be, in their order.
    windows: Arc<Vec<(DocId, Window)>>,
    /// From when on another set of them may be seen than now.
    next_change: Timestamp,
    /// How many stories have each name of a person or speaker, deleted ones counted.
    uses: Arc<[Vec<(u32, u32)>; JOINED.len()]>,
    pub(super) segment: Arc<Segment>,
}

/// The facets whose values are names of people, which are joined.
pub(super) const JOINED: [Facet; 2] = [Facet::Person, Facet::Speaker];

impl Loaded {
    /// Reads the columns of a segment.
    pub(super) fn new(
        reader: &SegmentReader,
        interners: &mut [Interner; Facet::ALL.len()],
        now: Timestamp,
    ) -> tantivy::Result<Self> {
        let max_doc = reader.max_doc();
        let keys = keys(reader)?;
        let kinds = numbers(reader, "kind", DocKind::Filing as u64)?;
        let stories = of_kinds(&kinds, &[DocKind::Story]);
        let quotes = of_kinds(&kinds, &[DocKind::Quote]);
        let filings = of_kinds(&kinds, &[DocKind::Filing]);
        let with_values = of_kinds(&kinds, &[DocKind::Story, DocKind::Filing]);
        let story_of = stories_of(&keys, &stories, &quotes);
        let mut facets: [Ordinals; Facet::ALL.len()] = Default::default();
        let mut uses: [Vec<(u32, u32)>; JOINED.len()] = Default::default();
        for facet in Facet::ALL {
            let interner = &mut interners[facet as usize];
            let (ordinals, counts) = ordinals(reader, facet.name(), &with_values, interner)?;
            facets[facet as usize] = ordinals;
            if let Some(place) = JOINED.iter().position(|joined| *joined == facet) {
                uses[place] = counts;
            }
        }
        let (speakers, _) = ordinals(
            reader,
            "quote_speaker",
            &quotes,
            &mut interners[Facet::Speaker as usize],
        )?;
        let quote_speaker = (0..max_doc).map(|doc| speakers.of(doc).first().copied().unwrap_or(Segment::NO_SPEAKER));
        let counts = numbers(reader, "filings", 1)?.into_iter();
        let segment = Segment {
            max_doc,
            stories: BitSet::with_max_value(max_doc),
            superseded: BitSet::with_max_value(max_doc),
            quotes: BitSet::with_max_value(max_doc),
            story_of: Arc::new(story_of),
            facets: Arc::new(facets),
            quote_speaker: Arc::new(quote_speaker.collect()),
            published: Arc::new(published(reader)?),
            keys: Arc::new(keys),
            filings: Arc::new(counts.map(|n| u32::try_from(n).unwrap_or(u32::MAX)).collect()),
        };
        Ok(Self {
            deletes: None,
            segment: Arc::new(segment),
            stories,
            quotes,
            filings,
            windows: Arc::new(windows(reader)?),
            next_change: Timestamp::MAX,
            uses: Arc::new(uses),
        }
        .with_deletes(reader, now))
    }

    /// The same with the deletes of `reader` and as of `now`; what does not change is shared.
    pub(super) fn with_deletes(&self, reader: &SegmentReader, now: Timestamp) -> Self {
        let alive = |all: &BitSet| {
            let mut set = all.clone();
            if let Some(alive) = reader.alive_bitset() {
                set.intersect_update(alive.bitset());
            }
            set
        };
        let mut stories = alive(&self.stories);
        let mut superseded = alive(&self.filings);
        let mut quotes = alive(&self.quotes);
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
        // A quote is deleted with its story, by one key; one without a story would count nowhere else either.
        for (doc, story) in (0..).zip(self.segment.story_of.iter()) {
            if doc != *story && !stories.contains(*story) {
                quotes.remove(doc);
            }
        }
        let segment = &self.segment;
        Self {
            deletes: reader.delete_opstamp(),
            stories: self.stories.clone(),
            quotes: self.quotes.clone(),
            filings: self.filings.clone(),
            windows: Arc::clone(&self.windows),
            next_change: next_change.unwrap_or(Timestamp::MAX),
            uses: Arc::clone(&self.uses),
            segment: Arc::new(Segment {
                max_doc: segment.max_doc,
                stories,
                superseded,
                quotes,
                story_of: Arc::clone(&segment.story_of),
                facets: Arc::clone(&segment.facets),
                quote_speaker: Arc::clone(&segment.quote_speaker),
                published: Arc::clone(&segment.published),
                keys: Arc::clone(&segment.keys),
                filings: Arc::clone(&segment.filings),
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
}

impl Segment {
    /// Bytes in memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let docs = self.max_doc as usize;
        let facets = self
            .facets
            .iter()
            .map(|facet| 4 * (facet.offsets.len() + facet.ids.len()));
        // Three bit sets here and three beside it; story, speaker and filings; published and key.
        docs.div_ceil(64) * 8 * 6 + docs * (3 * 4 + 2 * 8) + facets.sum::<usize>()
    }
}

/// The documents of some kinds.
fn of_kinds(found: &[u64], kinds: &[DocKind]) -> BitSet {
    let mut set = BitSet::with_max_value(found.len() as u32);
    for (doc, _) in (0..)
        .zip(found)
        .filter(|(_, found)| kinds.iter().any(|kind| *kind as u64 == **found))
    {
        set.insert(doc);
    }
    set
}

/// A column of numbers, `default` where a document has none.
fn numbers(reader: &SegmentReader, name: &str, default: u64) -> tantivy::Result<Vec<u64>> {
    let column = reader.fast_fields().column_opt::<u64>(name)?;
    Ok(values(reader, column, default))
}

fn values<T: Copy + PartialOrd + std::fmt::Debug + Send + Sync + 'static>(
    reader: &SegmentReader,
    column: Option<Column<T>>,
    default: T,
) -> Vec<T> {
    let docs = 0..reader.max_doc();
    match column {
        Some(column) => docs.map(|doc| column.first(doc).unwrap_or(default)).collect(),
        None => vec![default; docs.len()],
    }
}

/// The story's key for each document: `key`, or `filing_of` on superseded filings.
fn keys(reader: &SegmentReader) -> tantivy::Result<Vec<u64>> {
    let fast = reader.fast_fields();
    let (key, filing_of) = (fast.column_opt::<u64>("key")?, fast.column_opt::<u64>("filing_of")?);
    let first = |column: &Option<Column<u64>>, doc| column.as_ref().and_then(|column| column.first(doc));
    let docs = 0..reader.max_doc();
    Ok(docs
        .map(|doc| first(&key, doc).or_else(|| first(&filing_of, doc)).unwrap_or_default())
        .collect())
}

/// The documents that may not always be seen.
fn windows(reader: &SegmentReader) -> tantivy::Result<Vec<(DocId, Window)>> {
    let fast = reader.fast_fields();
    let (from, until) = (
        fast.column_opt::<i64>("visible_from")?,
        fast.column_opt::<i64>("visible_until")?,
    );
    if from.is_none() && until.is_none() {
        return Ok(Vec::new());
    }
    let first = |column: &Option<Column<i64>>, doc| column.as_ref().and_then(|column| column.first(doc));
    let docs = (0..reader.max_doc()).map(|doc| {
        let window = Window {
            from: first(&from, doc),
            until: first(&until, doc),
        };
        (doc, window)
    });
    Ok(docs.filter(|(_, window)| *window != Window::default()).collect())
}

fn published(reader: &SegmentReader) -> tantivy::Result<Vec<i64>> {
    let column = reader.fast_fields().column_opt::<DateTime>("published")?;
    let docs = 0..reader.max_doc();
    let first = |doc| column.as_ref().and_then(|column| column.first(doc));
    Ok(docs
        .map(|doc| first(doc).map_or(Segment::NO_DATE, DateTime::into_timestamp_secs))
        .collect())
}

/// For each quote its story. A story and its quotes are added as one batch and merges keep their order, so that the story of
/// a quote is the last one before it.
fn stories_of(keys: &[u64], stories: &BitSet, quotes: &BitSet) -> Vec<DocId> {
    let mut story = 0;
    let docs = 0..keys.len() as DocId;
    docs.map(|doc| {
        if stories.contains(doc) {
            story = doc;
        }
        let same = keys.get(story as usize) == keys.get(doc as usize);
        if quotes.contains(doc) && same { story } else { doc }
    })
    .collect()
}

/// The ids of a raw text column, document after document, and how often each name occurs, by its own id. Only the documents of `having` have values: asking the others, most
/// of them quotes, would take most of the time.
fn ordinals(
    reader: &SegmentReader,
    name: &str,
    having: &BitSet,
    interner: &mut Interner,
) -> tantivy::Result<(Ordinals, Vec<(u32, u32)>)> {
    let docs = reader.max_doc();
    let Some(column) = reader.fast_fields().str(name)? else {
        let none = Ordinals {
            offsets: vec![0; docs as usize + 1],
            ids: Vec::new(),
        };
        return Ok((none, Vec::new()));
    };
    let damaged = || DataCorruption::comment_only(format!("the column {name} does not fit its documents"));
    let names = global_ids(&column, interner)?;
    let global: Vec<u32> = names.iter().map(|name| interner.group_of(*name)).collect();
    let ords = column.ords();
    let mut local = vec![0; ords.values.num_vals() as usize];
    ords.values.get_range(0, &mut local);
    let mut uses: Vec<(u32, u32)> = names.into_iter().map(|name| (name, 0)).collect();
    for ord in &local {
        if let Some((_, count)) = uses.get_mut(*ord as usize) {
            *count += 1;
        }
    }
    let ids = local.iter().map(|ord| global.get(*ord as usize).copied());
    let ids: Vec<u32> = ids.collect::<Option<_>>().ok_or_else(damaged)?;
    let mut offsets = Vec::with_capacity(docs as usize + 1);
    let mut end = 0;
    offsets.push(end);
    for doc in 0..docs {
        if having.contains(doc) {
            end += ords.index.value_row_ids(doc).len() as u32;
        }
        offsets.push(end);
    }
    if end as usize != ids.len() {
        return Err(damaged().into());
    }
    Ok((Ordinals { offsets, ids }, uses))
}

/// The id of each term of a column's dictionary, as a name of its own.
fn global_ids(column: &StrColumn, interner: &mut Interner) -> tantivy::Result<Vec<u32>> {
    let dictionary = column.dictionary();
    let mut ids = Vec::with_capacity(dictionary.num_terms());
    let mut terms = dictionary.stream()?;
    while terms.advance() {
        // The column holds what was written as text; a byte that is none would be a damaged file.
        ids.push(interner.intern_name(&String::from_utf8_lossy(terms.key())));
    }
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_belongs_to_the_story_before_it() {
        let keys = [7, 7, 7, 9, 8, 8, 5];
        let set = |docs: &[u32]| {
            let mut set = BitSet::with_max_value(7);
            for doc in docs {
                set.insert(*doc);
            }
            set
        };
        // Documents 3 and 6 are a filing and a quote whose story is elsewhere.
        let found = stories_of(&keys, &set(&[0, 4]), &set(&[1, 2, 5, 6]));
        assert_eq!(found, [0, 0, 0, 3, 4, 4, 6]);
    }
}
