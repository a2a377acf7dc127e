//! The first hits of a page, in the order that it asks for.

use std::collections::BinaryHeap;

use tantivy::columnar::Column;
use tantivy::{DocId, Score};

use super::cursor::Place;
use super::recency::Recency;
use super::sets::Ground;
use super::{SearchError, Sort};
use crate::index::{Docs, Segment, Snapshot};

/// A hit with its place in the order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranked {
    /// Its place.
    pub place: Place,
    /// Which segment.
    pub segment: usize,
    /// Which document of it.
    pub doc: DocId,
    /// Its relevance; 0 in a sort by time.
    pub score: Score,
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.place, self.segment, self.doc).cmp(&(other.place, other.segment, other.doc))
    }
}

/// The page that is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// The order.
    pub sort: Sort,
    /// The place after which it starts.
    pub after: Option<Place>,
    /// How many hits.
    pub limit: usize,
}

impl Page {
    /// The same in the order of time where there is no relevance.
    pub(super) fn by_time(self) -> Self {
        let sort = match self.sort {
            Sort::Relevance => Sort::Newest,
            sort => sort,
        };
        Self { sort, ..self }
    }
}

/// What the places of a segment's documents are made of.
pub(super) struct Places<'a> {
    at: usize,
    segment: &'a Segment,
    quote_at: Option<Column<u64>>,
    recency: Option<Recency>,
}

impl<'a> Places<'a> {
    /// Of a segment by its place. `recency`: what newer documents gain by.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn new(
        snapshot: &'a Snapshot,
        ground: Ground,
        at: usize,
        recency: Option<Recency>,
    ) -> Result<Self, SearchError> {
        let segment = &*snapshot.segments[at];
        let name = snapshot.searcher.schema().get_field_name(snapshot.fields.quote_at);
        let reader = snapshot.searcher.segment_reader(at as u32);
        let quote_at = match ground {
            Ground::Stories | Ground::Filings => None,
            Ground::Quotes => reader.fast_fields().u64(name).map(Some)?,
        };
        Ok(Self {
            at,
            segment,
            quote_at,
            recency,
        })
    }

    fn with_recency(&self, doc: DocId, score: Score) -> Score {
        let factor = self
            .recency
            .map_or(1.0, |recency| recency.factor(self.segment.published(doc)));
        score * factor
    }

    fn rank(&self, sort: Sort, doc: DocId, score: Score) -> u64 {
        let published = || self.segment.published(doc);
        match sort {
            Sort::Relevance => Place::rank_of_score(score),
            Sort::Newest => Place::rank_of_newest(published()),
            Sort::Oldest => Place::rank_of_oldest(published()),
        }
    }

    fn place(&self, rank: u64, doc: DocId) -> Place {
        let at = self.quote_at.as_ref().and_then(|column| column.first(doc));
        Place {
            rank,
            key: self.segment.key(doc),
            at: at.unwrap_or(0) as u32,
        }
    }
}

/// The first hits of a page: a heap with the last of them on top.
#[derive(Debug, Clone)]
pub(super) struct First {
    page: Page,
    heap: BinaryHeap<Ranked>,
}

impl First {
    /// None yet.
    pub(super) fn new(page: Page) -> Self {
        Self {
            page,
            heap: BinaryHeap::with_capacity(page.limit + 2),
        }
    }

    /// Takes hits in an order in which ranks rise, until no later one can be among the first.
    pub(super) fn offer_in_order<'d>(
        &mut self,
        places: &Places<'_>,
        docs: impl Iterator<Item = &'d DocId>,
        hits: &Docs,
    ) {
        for &doc in docs.filter(|doc| hits.contains(**doc)) {
            let rank = places.rank(self.page.sort, doc, 0.0);
            if self.is_full() && self.heap.peek().is_some_and(|last| rank > last.place.rank) {
                return;
            }
            self.offer(places, doc, 0.0);
        }
    }

    /// Whether the first hits are there, so that others must be before the last of them.
    fn is_full(&self) -> bool {
        self.heap.len() > self.page.limit
    }

    /// The score that a hit must have to be among the first: below that of the last, since one with the same may come before it.
    pub(super) fn threshold(&self) -> Score {
        let last = self.heap.peek().filter(|_| self.is_full());
        last.map_or(Score::MIN, |last| last.score.next_down())
    }

    /// Takes a hit if it is after the cursor and among the first `limit + 1`, the last of which only tells that there is more.
    /// `score` is that of its words.
    pub(super) fn offer(&mut self, places: &Places<'_>, doc: DocId, score: Score) {
        // A document gains nothing on the score of its words.
        if self.page.sort == Sort::Relevance && score < self.threshold() {
            return;
        }
        let score = places.with_recency(doc, score);
        let rank = places.rank(self.page.sort, doc, score);
        if self.is_full() && self.heap.peek().is_some_and(|last| rank > last.place.rank) {
            return;
        }
        let place = places.place(rank, doc);
        if self.page.after.is_some_and(|after| place <= after) {
            return;
        }
        self.heap.push(Ranked {
            place,
            segment: places.at,
            doc,
            score,
        });
        if self.heap.len() > self.page.limit + 1 {
            self.heap.pop();
        }
    }

    /// The first hits in order, and whether there are more behind them.
    pub(super) fn into_top(self) -> (Vec<Ranked>, bool) {
        let mut top = self.heap.into_sorted_vec();
        let more = top.len() > self.page.limit;
        top.truncate(self.page.limit);
        (top, more)
    }
}
