//! The pass over the hits: which they are, and the first of them in the order asked for.

use std::collections::BinaryHeap;

use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, EnableScoring, Query as IndexQuery};
use tantivy::{DocId, Score};

use super::closeness::Closeness;
use super::cursor::Place;
use super::docs::Docs;
use super::found::{Found, Statistics};
use super::plan::Plan;
use super::recency::Recency;
use super::sets::{Ground, Sets};
use super::{SearchError, Sort};
use crate::index::{Segment, Snapshot};

/// Where less than one in so many documents can be a hit, words are looked for in those alone.
const SELECTIVE: usize = 16;

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

/// What a pass found.
pub(super) struct Pass {
    /// What matches the query, filters aside.
    pub matching: Sets,
    /// The hits: what passes the filters too.
    pub hits: Sets,
    /// The first hits after the cursor, in order.
    pub top: Vec<Ranked>,
    /// Whether there are more behind them.
    pub more: bool,
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

/// Runs a plan.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn run(snapshot: &Snapshot, plan: &Plan, page: Page) -> Result<Pass, SearchError> {
    let passing = plan.passing(None);
    let Some(words) = &plan.words else {
        let sort = if page.sort == Sort::Relevance {
            Sort::Newest
        } else {
            page.sort
        };
        let mut first = First::new(Page { sort, ..page });
        for (at, segment) in snapshot.segments.iter().enumerate() {
            let places = Places::new(snapshot, plan.ground, at, segment)?;
            if page.limit > 0 {
                passing[at].for_each(|doc| first.offer(&places, doc, 0.0));
            }
        }
        return Ok(first.into_pass(plan.base.clone(), passing));
    };
    let mut first = First::new(page);
    let mut matching = Vec::with_capacity(passing.len());
    let mut hits = passing;
    let words = narrowed(snapshot, plan, words);
    let statistics = Statistics::of(plan.ground, snapshot);
    // Without hits to rank, scores are for nothing.
    let ranked = page.sort == Sort::Relevance && page.limit > 0;
    let scoring = if ranked {
        statistics.scoring()
    } else {
        EnableScoring::disabled_from_searcher(&snapshot.searcher)
    };
    let weight = words.weight(scoring)?;
    let mut rescoring = Rescoring::new(snapshot, plan, ranked)?;
    for (at, reader) in snapshot.searcher.segment_readers().iter().enumerate() {
        let segment = &snapshot.segments[at];
        let places = Places::new(snapshot, plan.ground, at, segment)?;
        let mut found = Docs::none(segment.max_doc);
        let (base, passing) = (&plan.base[at], &hits[at]);
        let mut each = |doc: DocId, score: Score| {
            if base.contains(doc) {
                found.insert(doc);
                if page.limit > 0 && passing.contains(doc) {
                    first.offer(&places, doc, score * rescoring.factor(segment, at, doc));
                }
            }
        };
        if ranked {
            weight.for_each(reader, &mut each)?;
        } else {
            weight.for_each_no_score(reader, &mut |docs| docs.iter().for_each(|&doc| each(doc, 0.0)))?;
        }
        hits[at].and(&found);
        matching.push(found);
    }
    Ok(first.into_pass(matching, hits))
}

/// What a score is multiplied by.
struct Rescoring<'a> {
    recency: Option<Recency>,
    closeness: Option<Closeness<'a>>,
}

impl<'a> Rescoring<'a> {
    fn new(snapshot: &'a Snapshot, plan: &Plan, ranked: bool) -> Result<Self, SearchError> {
        let ranked = ranked && plan.ground == Ground::Stories;
        Ok(Self {
            recency: (ranked && plan.recency).then(|| Recency::new(snapshot)).transpose()?,
            closeness: if ranked {
                Closeness::new(snapshot, &plan.query)?
            } else {
                None
            },
        })
    }

    fn factor(&mut self, segment: &Segment, at: usize, doc: DocId) -> Score {
        let recency = self
            .recency
            .map_or(1.0, |recency| recency.factor(segment.published[doc as usize]));
        // Positions that do not read take nothing from a hit but its place.
        let closeness = self.closeness.as_mut();
        recency * closeness.map_or(1.0, |closeness| closeness.factor(at, doc).unwrap_or(1.0))
    }
}

/// The words, looked for in the documents of the base alone where those are few.
fn narrowed(snapshot: &Snapshot, plan: &Plan, words: &dyn IndexQuery) -> Box<dyn IndexQuery> {
    let base: usize = plan.base.iter().map(Docs::len).sum();
    let all: usize = snapshot.segments.iter().map(|segment| segment.max_doc as usize).sum();
    if base * SELECTIVE >= all {
        return words.box_clone();
    }
    let base = Found::unscored(&snapshot.searcher, &plan.base);
    Box::new(BooleanQuery::intersection(vec![words.box_clone(), Box::new(base)]))
}

/// What the places of a segment's documents are made of.
struct Places<'a> {
    at: usize,
    segment: &'a Segment,
    quote_at: Option<Column<u64>>,
}

impl<'a> Places<'a> {
    fn new(snapshot: &Snapshot, ground: Ground, at: usize, segment: &'a Segment) -> Result<Self, SearchError> {
        let name = snapshot.searcher.schema().get_field_name(snapshot.fields.quote_at);
        let reader = snapshot.searcher.segment_reader(at as u32);
        let quote_at = match ground {
            Ground::Stories | Ground::Filings => None,
            Ground::Quotes => reader.fast_fields().u64(name).map(Some)?,
        };
        Ok(Self { at, segment, quote_at })
    }

    fn rank(&self, sort: Sort, doc: DocId, score: Score) -> u64 {
        let published = || self.segment.published[self.segment.story_of[doc as usize] as usize];
        match sort {
            Sort::Relevance => Place::rank_of_score(score),
            Sort::Newest => Place::rank_of_newest(published()),
            Sort::Oldest => Place::rank_of_oldest(published()),
        }
    }

    fn place(&self, rank: u64, doc: DocId) -> Place {
        let story = self.segment.story_of[doc as usize] as usize;
        let at = self.quote_at.as_ref().and_then(|column| column.first(doc));
        Place {
            rank,
            key: self.segment.keys[story],
            at: at.unwrap_or(0) as u32,
        }
    }
}

/// The first hits of a page: a heap with the last of them on top.
struct First {
    page: Page,
    heap: BinaryHeap<Ranked>,
}

impl First {
    fn new(page: Page) -> Self {
        Self {
            page,
            heap: BinaryHeap::with_capacity(page.limit + 2),
        }
    }

    /// Takes a hit if it is after the cursor and among the first `limit + 1`, the last of which only tells that there is more.
    fn offer(&mut self, places: &Places<'_>, doc: DocId, score: Score) {
        let rank = places.rank(self.page.sort, doc, score);
        let is_full = self.heap.len() > self.page.limit;
        if is_full && self.heap.peek().is_some_and(|last| rank > last.place.rank) {
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

    fn into_pass(self, matching: Sets, hits: Sets) -> Pass {
        let mut top = self.heap.into_sorted_vec();
        let more = top.len() > self.page.limit;
        top.truncate(self.page.limit);
        Pass {
            matching,
            hits,
            top,
            more,
        }
    }
}
