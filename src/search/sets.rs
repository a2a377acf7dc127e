//! Conditions that need no words, as sets of documents: facet values, times, lengths, quotes.
//!
//! A few values are read from their postings, many from the ordinals in memory.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::SearchError;
use super::docs::Docs;
use crate::index::{Ordinals, Segment, Snapshot};
use crate::story::{Facet, Timestamp};

/// A set for each segment, in the snapshot's order.
pub(super) type Sets = Vec<Docs>;

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
        let segments = snapshot.segments.iter();
        match self {
            Self::Stories => segments.map(|segment| Docs::of(&segment.stories)).collect(),
            Self::Quotes => segments.map(|segment| Docs::of(&segment.quotes)).collect(),
            Self::Filings => segments.map(|segment| Docs::of(&segment.superseded)).collect(),
        }
    }

    /// The ground that conditions without words are looked for on.
    pub(super) fn above(self) -> Self {
        match self {
            Self::Stories | Self::Quotes => Self::Stories,
            Self::Filings => Self::Filings,
        }
    }

    /// Its documents in a segment, conditions without words.
    fn docs(self, segment: &Segment) -> Docs {
        match self {
            Self::Stories | Self::Quotes => Docs::of(&segment.stories),
            Self::Filings => Docs::of(&segment.superseded),
        }
    }

    /// A set of documents of the ground above as it stands on this one.
    pub(super) fn lower(self, snapshot: &Snapshot, stories: Sets) -> Sets {
        if self != Self::Quotes {
            return stories;
        }
        let segments = snapshot.segments.iter().zip(stories);
        let quotes = segments.map(|(segment, stories)| {
            let mut quotes = Docs::of(&segment.quotes);
            for quote in Docs::of(&segment.quotes).iter() {
                if !stories.contains(segment.story_of[quote as usize]) {
                    quotes.remove(quote);
                }
            }
            quotes
        });
        quotes.collect()
    }
}

/// Keeps in `sets` what is in `others` too.
pub(super) fn intersect(sets: &mut Sets, others: &Sets) {
    sets.iter_mut().zip(others).for_each(|(docs, other)| docs.and(other));
}

/// Drops from `sets` what is in `others`.
pub(super) fn subtract(sets: &mut Sets, others: &Sets) {
    sets.iter_mut()
        .zip(others)
        .for_each(|(docs, other)| docs.and_not(other));
}

/// Adds to `sets` what is in `others`.
pub(super) fn unite(sets: &mut Sets, others: &Sets) {
    sets.iter_mut().zip(others).for_each(|(docs, other)| docs.or(other));
}

/// Values up to which postings are read one after another; for more, a walk over the ordinals costs less.
const MAX_POSTINGS: usize = 64;

/// Stories with one of the values; deleted ones may be among them.
pub(super) fn with_values(snapshot: &Snapshot, facet: Facet, ids: &[u32]) -> Sets {
    let segments = snapshot.segments.iter().enumerate();
    let sets = segments.map(|(at, segment)| {
        let mut docs = Docs::none(segment.max_doc);
        let mut insert = |doc| {
            docs.insert(doc);
            true
        };
        match each_with(snapshot, at, facet, ids, &mut insert) {
            Some(()) => docs,
            None => with_values_of(&segment.facets[facet as usize], &Wanted::new(ids)),
        }
    });
    sets.collect()
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
        if each_with(snapshot, at, facet, &[id], &mut look).is_some() {
            return found;
        }
        let docs = with_values_of(&segment.facets[facet as usize], &Wanted::new(&[id]));
        docs.iter().any(|doc| segment.stories.contains(doc))
    })
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

/// Documents with one of the values, by these ordinals.
pub(super) fn with_values_in<'a>(ordinals: impl Iterator<Item = &'a Ordinals>, ids: &[u32]) -> Sets {
    let wanted = Wanted::new(ids);
    ordinals.map(|ordinals| with_values_of(ordinals, &wanted)).collect()
}

fn with_values_of(ordinals: &Ordinals, wanted: &Wanted) -> Docs {
    let mut docs = Docs::none(ordinals.offsets.len().saturating_sub(1) as u32);
    let mut at = 0;
    while let Some(next) = wanted.position(&ordinals.ids[at..]) {
        let doc = document_at(ordinals, at + next);
        docs.insert(doc);
        at = ordinals.offsets[doc as usize + 1] as usize;
    }
    docs
}

/// The document whose values a place in [`Ordinals::ids`] belongs to: the last that starts at or before it.
pub(super) fn document_at(ordinals: &Ordinals, at: usize) -> DocId {
    (ordinals.offsets.partition_point(|&start| start as usize <= at) - 1) as DocId
}

/// Ids that are looked for: one by comparing, several by a table.
enum Wanted {
    None,
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
            Self::One(wanted) => id == *wanted,
            Self::Several(table) => table.get(id as usize).is_some_and(|&is| is),
        }
    }

    fn position(&self, ids: &[u32]) -> Option<usize> {
        match self {
            Self::None => None,
            Self::One(wanted) => ids.iter().position(|id| id == wanted),
            Self::Several(_) => ids.iter().position(|&id| self.has(id)),
        }
    }
}

/// Quotes of one of the speakers.
pub(super) fn spoken_by(snapshot: &Snapshot, ids: &[u32]) -> Sets {
    let wanted = Wanted::new(ids);
    let of_segment = |segment: &Segment| {
        let mut docs = Docs::none(segment.max_doc);
        Docs::of(&segment.quotes).for_each(|quote| {
            if wanted.has(segment.quote_speaker[quote as usize]) {
                docs.insert(quote);
            }
        });
        docs
    };
    snapshot.segments.iter().map(|segment| of_segment(segment)).collect()
}

/// Stories without a value.
pub(super) fn missing(snapshot: &Snapshot, ground: Ground, facet: Facet) -> Sets {
    those_where(snapshot, ground, |segment, doc| {
        segment.facets[facet as usize].of(doc).is_empty()
    })
}

/// Stories published at or after `from`, before `to`. A story without a date is in no range.
pub(super) fn published(snapshot: &Snapshot, ground: Ground, from: Option<Timestamp>, to: Option<Timestamp>) -> Sets {
    those_where(snapshot, ground, |segment, doc| {
        let published = segment.published[doc as usize];
        published != Segment::NO_DATE && from.is_none_or(|from| published >= from) && to.is_none_or(|to| published < to)
    })
}

fn those_where(snapshot: &Snapshot, ground: Ground, holds: impl Fn(&Segment, DocId) -> bool) -> Sets {
    let of_segment = |segment: &Segment| {
        let mut docs = Docs::none(segment.max_doc);
        ground.docs(segment).for_each(|doc| {
            if holds(segment, doc) {
                docs.insert(doc);
            }
        });
        docs
    };
    snapshot.segments.iter().map(|segment| of_segment(segment)).collect()
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
        for doc in ground.docs(segment).iter() {
            let value = values.get_val(doc);
            if at_least.is_none_or(|least| value >= least) && at_most.is_none_or(|most| value <= most) {
                docs.insert(doc);
            }
        }
        Ok(docs)
    });
    sets.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_found_by_their_values_without_walking_each() {
        let ordinals = Ordinals {
            offsets: vec![0, 0, 2, 2, 5, 6],
            ids: vec![7, 1, 2, 7, 7, 3],
        };
        let found = |ids: &[u32]| {
            let sets = with_values_in([&ordinals].into_iter(), ids);
            sets[0].iter().collect::<Vec<_>>()
        };
        assert_eq!(found(&[7]), [1, 3]);
        assert_eq!(found(&[3, 1]), [1, 4]);
        assert_eq!(found(&[9]), [] as [u32; 0]);
        assert_eq!(found(&[]), [] as [u32; 0]);
    }
}
