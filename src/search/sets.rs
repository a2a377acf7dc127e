//! Conditions that need no words, as sets of documents: facet values, times, lengths, quotes.
//!
//! A few values are read from their postings, many from the ordinals in memory.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::SearchError;
use crate::index::{Docs, Ordinals, Segment, Snapshot};
use crate::story::{Facet, Timestamp};

/// A set for each segment, in the snapshot's order. Taken over from the snapshot or from one another without copying, until they
/// are changed.
pub(super) type Sets = Vec<Arc<Docs>>;

/// What a search finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// Stories.
    Stories,
    /// Quotes; conditions on the story hold for its quotes.
    Quotes,
    /// Filings that are not current any more.
    Filings,
}

impl Ground {
    /// Everything that can be found.
    pub(super) fn all(self, snapshot: &Snapshot) -> Sets {
        let sets = snapshot.segments.iter().map(|segment| Arc::clone(self.of(segment)));
        sets.collect()
    }

    /// Everything that can be found in a segment.
    pub(super) fn of(self, segment: &Segment) -> &Arc<Docs> {
        match self {
            Self::Stories => &segment.stories,
            Self::Quotes => &segment.quotes,
            Self::Filings => &segment.superseded,
        }
    }

    /// The ground that conditions without words are looked for on.
    pub(super) fn above(self) -> Self {
        match self {
            Self::Stories | Self::Quotes => Self::Stories,
            Self::Filings => Self::Filings,
        }
    }

    /// A set of documents of the ground above as it stands on this one.
    pub(super) fn lower(self, snapshot: &Snapshot, stories: Sets) -> Sets {
        if self != Self::Quotes {
            return stories;
        }
        let segments = snapshot.segments.iter().zip(stories);
        let quotes = segments.map(|(segment, stories)| {
            let mut quotes = Docs::none(segment.max_doc);
            segment.rows().for_each_quote(&segment.quotes, |quote, story| {
                if stories.contains(story) {
                    quotes.insert(quote);
                }
            });
            Arc::new(quotes)
        });
        quotes.collect()
    }
}

/// How many documents are in each set.
pub(super) fn sizes(sets: &Sets) -> Vec<usize> {
    sets.iter().map(|docs| docs.len()).collect()
}

/// How many documents there are in all of them.
pub(super) fn sum(sets: &Sets) -> u64 {
    sets.iter().map(|docs| docs.len() as u64).sum()
}

/// Keeps in `sets` what is in `others` too.
pub(super) fn intersect(sets: &mut Sets, others: &Sets) {
    for (docs, other) in sets
        .iter_mut()
        .zip(others)
        .filter(|(docs, other)| !Arc::ptr_eq(docs, other))
    {
        match Arc::get_mut(docs) {
            Some(docs) => docs.and(other),
            None => *docs = Arc::new(docs.both(other)),
        }
    }
}

/// Drops from `sets` what is in `others`.
pub(super) fn subtract(sets: &mut Sets, others: &Sets) {
    sets.iter_mut()
        .zip(others)
        .for_each(|(docs, other)| Arc::make_mut(docs).and_not(other));
}

/// Adds to `sets` what is in `others`.
pub(super) fn unite(sets: &mut Sets, others: &Sets) {
    sets.iter_mut()
        .zip(others)
        .for_each(|(docs, other)| Arc::make_mut(docs).or(other));
}

/// Values up to which postings are read one after another; for more, a walk over the ordinals costs less.
const MAX_POSTINGS: usize = 64;

/// Stories and filings with one of the values; deleted ones may be among them.
pub(super) fn with_values(snapshot: &Snapshot, facet: Facet, ids: &[u32]) -> Sets {
    let segments = snapshot.segments.iter().enumerate();
    let sets = segments.map(|(at, segment)| {
        let by_postings = || {
            let mut docs = Docs::none(segment.max_doc);
            let found = each_with(snapshot, at, facet, ids, &mut |doc| {
                docs.insert(doc);
                true
            });
            found.map(|()| docs)
        };
        let kept = segment.columns.filters.get_or_make(facet, ids, by_postings);
        kept.unwrap_or_else(|| Arc::new(having(segment, facet, segment.rows().docs(), &Wanted::new(ids))))
    });
    sets.collect()
}

fn having(segment: &Segment, facet: Facet, docs: &Docs, wanted: &Wanted) -> Docs {
    segment
        .values(facet)
        .having(segment.rows(), docs, segment.max_doc, |id| wanted.has(id))
}

/// Whether a story that is alive has the value.
pub(super) fn is_alive(snapshot: &Snapshot, facet: Facet, id: u32) -> bool {
    let mut segments = snapshot.segments.iter().enumerate();
    segments.any(|(at, segment)| {
        let mut found = false;
        let mut look = |doc| {
            found |= segment.stories.contains(doc);
            !found
        };
        match each_with(snapshot, at, facet, &[id], &mut look) {
            Some(()) => found,
            None => !having(segment, facet, &segment.stories, &Wanted::new(&[id])).is_empty(),
        }
    })
}

/// Those of the values that a story which is alive has.
pub(super) fn alive_among(snapshot: &Snapshot, facet: Facet, ids: &[u32]) -> Vec<u32> {
    let wanted = Wanted::new(ids);
    let mut seen = FxHashSet::default();
    for segment in &snapshot.segments {
        segment.values(facet).walk(segment.rows(), &segment.stories, |id| {
            if wanted.has(id) {
                seen.insert(id);
            }
        });
    }
    let mut alive: Vec<u32> = seen.into_iter().collect();
    alive.sort_unstable();
    alive
}

/// Calls back for the documents of a segment that have one of the values, value by value, by their postings, until told to stop
/// (`false`). `None` when the values are too many or the postings cannot be read: the ordinals in memory tell as well.
fn each_with(
    snapshot: &Snapshot,
    at: usize,
    facet: Facet,
    ids: &[u32],
    each: &mut dyn FnMut(DocId) -> bool,
) -> Option<()> {
    if ids.len() > MAX_POSTINGS {
        return None;
    }
    let field = snapshot.fields.facet(facet);
    let index = snapshot.searcher.segment_reader(at as u32).inverted_index(field).ok()?;
    let interner = &snapshot.interners[facet as usize];
    for name in ids.iter().flat_map(|&id| interner.names(id)) {
        let term = Term::from_field_text(field, name);
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic).ok()? else {
            continue;
        };
        while postings.doc() != TERMINATED {
            if !each(postings.doc()) {
                return Some(());
            }
            postings.advance();
        }
    }
    Some(())
}

/// Of these stories those with one of the values, by the ordinals of each segment's rows.
pub(super) fn with_values_in(snapshot: &Snapshot, ordinals: &[Ordinals], ids: &[u32]) -> Sets {
    let wanted = Wanted::new(ids);
    let segments = snapshot.segments.iter().zip(ordinals);
    let sets = segments.map(|(segment, ordinals)| {
        let mut docs = Docs::none(segment.max_doc);
        segment.stories.for_each(|doc| {
            if ordinals.of(segment.rows().of(doc)).iter().any(|id| wanted.has(*id)) {
                docs.insert(doc);
            }
        });
        Arc::new(docs)
    });
    sets.collect()
}

/// Ids that are looked for: one by comparing, several by a table.
enum Wanted {
    None,
    Any,
    One(u32),
    Several(Vec<bool>),
}

impl Wanted {
    fn new(ids: &[u32]) -> Self {
        match (ids, ids.iter().max()) {
            ([id], _) => Self::One(*id),
            (_, Some(&most)) => {
                let mut table = vec![false; most as usize + 1];
                for &id in ids {
                    table[id as usize] = true;
                }
                Self::Several(table)
            }
            (_, None) => Self::None,
        }
    }

    fn has(&self, id: u32) -> bool {
        match self {
            Self::None => false,
            Self::Any => true,
            Self::One(wanted) => id == *wanted,
            Self::Several(table) => table.get(id as usize).is_some_and(|&is| is),
        }
    }
}

/// Quotes of one of the speakers.
pub(super) fn spoken_by(snapshot: &Snapshot, ids: &[u32]) -> Sets {
    let wanted = Wanted::new(ids);
    quotes_where(snapshot, |speaker| wanted.has(speaker))
}

/// Quotes whose speaker is not certain.
pub(super) fn spoken_by_nobody(snapshot: &Snapshot) -> Sets {
    quotes_where(snapshot, |speaker| speaker == Segment::NO_SPEAKER)
}

fn quotes_where(snapshot: &Snapshot, holds: impl Fn(u32) -> bool) -> Sets {
    let of_segment = |segment: &Segment| {
        let mut docs = Docs::none(segment.max_doc);
        segment.quotes.for_each(|quote| {
            if holds(segment.quote_speaker(quote)) {
                docs.insert(quote);
            }
        });
        Arc::new(docs)
    };
    snapshot.segments.iter().map(|segment| of_segment(segment)).collect()
}

/// Stories without a value.
pub(super) fn missing(snapshot: &Snapshot, ground: Ground, facet: Facet) -> Sets {
    let segments = snapshot.segments.iter();
    let sets = segments.map(|segment| {
        let mut without = Docs::clone(ground.of(segment));
        without.and_not(&having(segment, facet, ground.of(segment), &Wanted::Any));
        Arc::new(without)
    });
    sets.collect()
}

/// Stories published at or after `from`, before `to`. A story without a date is in no range.
pub(super) fn published(snapshot: &Snapshot, ground: Ground, from: Option<Timestamp>, to: Option<Timestamp>) -> Sets {
    let segments = snapshot.segments.iter();
    let sets = segments.map(|segment| {
        let mut docs = Docs::none(segment.max_doc);
        let times = &segment.columns.times;
        times
            .between(segment.rows(), from, to)
            .iter()
            .for_each(|doc| docs.insert(*doc));
        docs.and(ground.of(segment));
        Arc::new(docs)
    });
    sets.collect()
}

/// Stories with `at_least` to `at_most` in a numeric column.
///
/// # Errors
/// When the column cannot be read.
pub(super) fn number_between(
    snapshot: &Snapshot,
    ground: Ground,
    column: tantivy::schema::Field,
    at_least: Option<u64>,
    at_most: Option<u64>,
) -> Result<Sets, SearchError> {
    let name = snapshot.searcher.schema().get_field_name(column);
    let segments = snapshot.searcher.segment_readers().iter().zip(&snapshot.segments);
    let sets = segments.map(|(reader, segment)| {
        let values = reader.fast_fields().u64(name)?.first_or_default_col(0);
        let mut docs = Docs::none(segment.max_doc);
        for doc in ground.of(segment).iter() {
            let value = values.get_val(doc);
            if at_least.is_none_or(|least| value >= least) && at_most.is_none_or(|most| value <= most) {
                docs.insert(doc);
            }
        }
        Ok(Arc::new(docs))
    });
    sets.collect()
}
