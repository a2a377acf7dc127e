//! The pass over the hits: which they are, and the first of them in the order asked for.

use std::collections::BinaryHeap;

use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, EnableScoring, Query as IndexQuery, Weight};
use tantivy::{DocId, Score};

use super::cursor::Place;
use super::found::{Found, Statistics};
use super::plan::Plan;
use super::sets::{self, Ground, Sets};
use super::{SearchError, Sort};
use crate::index::{Docs, Segment, Snapshot};

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

impl Page {
    /// The same in the order of time where there is no relevance.
    fn by_time(self) -> Self {
        let sort = match self.sort {
            Sort::Relevance => Sort::Newest,
            sort => sort,
        };
        Self { sort, ..self }
    }
}

/// Runs a plan.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn run(snapshot: &Snapshot, plan: &Plan, page: Page) -> Result<Pass, SearchError> {
    let passing = plan.passing(None);
    let (Some(words), relevance) = (&plan.words, page.sort == Sort::Relevance && page.limit > 0) else {
        let first = by_time(snapshot, plan.ground, page.by_time(), &passing)?;
        return Ok(first.into_pass(plan.base.clone(), passing));
    };
    let narrow = narrowed(snapshot, plan, words);
    let statistics = Statistics::of(plan.ground, snapshot);
    if !relevance {
        let unscored = EnableScoring::disabled_from_searcher(&snapshot.searcher);
        let matching = matching(
            snapshot,
            plan,
            &*narrow.as_deref().unwrap_or(&**words).weight(unscored)?,
        )?;
        let hits = both(passing, &matching);
        let first = by_time(snapshot, plan.ground, page, &hits)?;
        return Ok(first.into_pass(matching, hits));
    }
    let weight = narrow.as_deref().unwrap_or(&**words).weight(statistics.scoring())?;
    if narrow.is_some() || !plan.is_one_word {
        return in_one_pass(snapshot, plan, page, &*weight, passing);
    }
    // tantivy leaves out most documents of a single word's postings by their best scores; the others are counted apart.
    let unscored = words.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
    let matching = matching(snapshot, plan, &*unscored)?;
    let hits = both(passing, &matching);
    let first = pruned(snapshot, plan, page, &*weight, &hits)?;
    Ok(first.into_pass(matching, hits))
}

fn both(mut sets: Sets, others: &Sets) -> Sets {
    sets::intersect(&mut sets, others);
    sets
}

/// What of the base matches the words.
fn matching(snapshot: &Snapshot, plan: &Plan, weight: &dyn Weight) -> Result<Sets, SearchError> {
    let readers = snapshot.searcher.segment_readers().iter().zip(&plan.base);
    let sets = readers.map(|(reader, base)| {
        let mut found = Docs::none(reader.max_doc());
        weight.for_each_no_score(reader, &mut |docs| docs.iter().for_each(|&doc| found.insert(doc)))?;
        found.and(base);
        Ok(found)
    });
    sets.collect()
}

/// The first hits by relevance, with what matches, from scoring all of them.
fn in_one_pass(
    snapshot: &Snapshot,
    plan: &Plan,
    page: Page,
    weight: &dyn Weight,
    mut hits: Sets,
) -> Result<Pass, SearchError> {
    let mut first = First::new(page);
    let mut matching = Vec::with_capacity(hits.len());
    for (at, reader) in snapshot.searcher.segment_readers().iter().enumerate() {
        let segment = &snapshot.segments[at];
        let places = Places::new(snapshot, plan.ground, at, segment)?;
        let mut found = Docs::none(segment.max_doc);
        let (base, passing) = (&plan.base[at], &hits[at]);
        weight.for_each(reader, &mut |doc: DocId, score: Score| {
            if base.contains(doc) {
                found.insert(doc);
                if passing.contains(doc) {
                    first.offer(&places, doc, score);
                }
            }
        })?;
        hits[at].and(&found);
        matching.push(found);
    }
    Ok(first.into_pass(matching, hits))
}

/// The first hits by relevance, without a look at those that cannot be among them.
fn pruned(
    snapshot: &Snapshot,
    plan: &Plan,
    page: Page,
    weight: &dyn Weight,
    hits: &Sets,
) -> Result<First, SearchError> {
    let mut first = First::new(page);
    for (at, reader) in snapshot.searcher.segment_readers().iter().enumerate() {
        let places = Places::new(snapshot, plan.ground, at, &snapshot.segments[at])?;
        let hits = &hits[at];
        weight.for_each_pruning(first.threshold(), reader, &mut |doc, score| {
            if hits.contains(doc) {
                first.offer(&places, doc, score);
            }
            first.threshold()
        })?;
    }
    Ok(first)
}

/// The first of the hits by time. Where they are many, the documents of a segment are gone through in that order until there
/// are enough.
fn by_time(snapshot: &Snapshot, ground: Ground, page: Page, hits: &Sets) -> Result<First, SearchError> {
    let mut first = First::new(page);
    if page.limit == 0 {
        return Ok(first);
    }
    for (at, segment) in snapshot.segments.iter().enumerate() {
        let places = Places::new(snapshot, ground, at, segment)?;
        let hits = &hits[at];
        let (found, all) = (hits.len() as u64, u64::from(segment.rows().len()));
        if ground == Ground::Quotes || found * found < all * page.limit as u64 {
            hits.for_each(|doc| first.offer(&places, doc, 0.0));
        } else {
            let newest = segment.columns.times.newest();
            match page.sort {
                Sort::Oldest => first.offer_in_order(&places, newest.iter().rev(), hits),
                Sort::Newest | Sort::Relevance => first.offer_in_order(&places, newest.iter(), hits),
            }
        }
    }
    Ok(first)
}

/// The words, looked for in the documents of the base alone; `None` where these are not few.
fn narrowed(snapshot: &Snapshot, plan: &Plan, words: &dyn IndexQuery) -> Option<Box<dyn IndexQuery>> {
    let base: usize = plan.base.iter().map(Docs::len).sum();
    let all: usize = snapshot.segments.iter().map(|segment| segment.max_doc as usize).sum();
    if base * SELECTIVE >= all {
        return None;
    }
    let base = Found::unscored(&snapshot.searcher, &plan.base);
    Some(Box::new(BooleanQuery::intersection(vec![
        words.box_clone(),
        Box::new(base),
    ])))
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

    /// Takes hits in an order in which ranks rise, until no later one can be among the first.
    fn offer_in_order<'d>(&mut self, places: &Places<'_>, docs: impl Iterator<Item = &'d DocId>, hits: &Docs) {
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
    fn threshold(&self) -> Score {
        let last = self.heap.peek().filter(|_| self.is_full());
        last.map_or(Score::MIN, |last| last.score.next_down())
    }

    /// Takes a hit if it is after the cursor and among the first `limit + 1`, the last of which only tells that there is more.
    fn offer(&mut self, places: &Places<'_>, doc: DocId, score: Score) {
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
