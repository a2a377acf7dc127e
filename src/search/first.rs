//! The first hits of a page, in the order that it asks for.

use tantivy::columnar::Column;
use tantivy::{DocId, Score};

use super::cursor::Place;
use super::recency::Recency;
use super::scored::BATCH;
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

/// A hit whose rank is known, but not yet its place among those of the same rank.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    rank: u64,
    segment: usize,
    doc: DocId,
    score: Score,
}

/// Candidates of the last rank, in pages, beyond which their keys are looked up: stories without a date are all of one rank.
const MOST_EQUAL: usize = 4;

/// The first hits of a page, with about as many others again, and some that have the rank of the last: hits are told apart by their
/// keys when all are there, since looking up a key costs more than all else that is done with a hit.
#[derive(Debug, Clone)]
pub(super) struct First {
    page: Page,
    candidates: Vec<Candidate>,
    /// No hit of a higher rank can be among the first.
    last: u64,
    /// Candidates at which those are let go that are too many.
    room: usize,
}

impl First {
    /// None yet.
    pub(super) fn new(page: Page) -> Self {
        Self {
            page,
            candidates: Vec::new(),
            last: u64::MAX,
            room: page.limit + 1,
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
            if places.rank(self.page.sort, doc, 0.0) > self.last {
                return;
            }
            self.offer(places, doc, 0.0);
        }
    }

    /// The score that a hit must have to be among the first, as far as is known: below that of the last, since one with the same may
    /// come before it.
    pub(super) fn threshold(&self) -> Score {
        match self.last {
            u64::MAX => Score::MIN,
            last => Place::score_of_rank(last).next_down(),
        }
    }

    /// Takes a hit if it is after the cursor and can be among the first `limit + 1`, the last of which only tells that there is more.
    /// `score` is that of its words.
    pub(super) fn offer(&mut self, places: &Places<'_>, doc: DocId, score: Score) {
        // A document gains nothing on the score of its words.
        if self.page.sort == Sort::Relevance && score < self.threshold() {
            return;
        }
        self.offer_ranked(places, doc, places.with_recency(doc, score));
    }

    /// The same for some at once, by relevance: their times are read one beside the other.
    pub(super) fn offer_all(&mut self, places: &Places<'_>, some: &[(DocId, Score)]) {
        let mut times = [0; BATCH];
        for some in some.chunks(BATCH) {
            if places.recency.is_some() {
                for (time, (doc, _)) in times.iter_mut().zip(some) {
                    *time = places.segment.published(*doc);
                }
            }
            for (time, (doc, score)) in times.iter().zip(some) {
                let factor = places.recency.map_or(1.0, |recency| recency.factor(*time));
                self.offer_ranked(places, *doc, score * factor);
            }
        }
    }

    /// The same with the score as it is after all.
    fn offer_ranked(&mut self, places: &Places<'_>, doc: DocId, score: Score) {
        let rank = places.rank(self.page.sort, doc, score);
        let is_seen = |after: Place| rank < after.rank || rank == after.rank && places.place(rank, doc) <= after;
        if rank > self.last || self.page.after.is_some_and(is_seen) {
            return;
        }
        self.candidates.push(Candidate {
            rank,
            segment: places.at,
            doc,
            score,
        });
        if self.candidates.len() >= self.room {
            self.let_go(places);
        }
    }

    /// Lets candidates go whose rank is above that of the first `limit + 1`, of which there are as many.
    fn let_go_by_rank(&mut self) {
        let (_, last, _) = self
            .candidates
            .select_nth_unstable_by_key(self.page.limit, |candidate| candidate.rank);
        let last = last.rank;
        self.last = last;
        self.candidates.retain(|candidate| candidate.rank <= last);
    }

    /// Lets candidates go that cannot be among the first. `places`: of the segment that is gone through.
    fn let_go(&mut self, places: &Places<'_>) {
        self.let_go_by_rank();
        let last = self.last;
        let is_last = |candidate: &Candidate| candidate.rank == last && candidate.segment == places.at;
        if self.candidates.iter().filter(|candidate| is_last(candidate)).count() > MOST_EQUAL * (self.page.limit + 1) {
            let (equal, others): (Vec<Candidate>, Vec<Candidate>) = self.candidates.drain(..).partition(is_last);
            let place = |candidate: Candidate| (places.place(last, candidate.doc), candidate);
            let mut equal: Vec<(Place, Candidate)> = equal.into_iter().map(place).collect();
            equal.select_nth_unstable_by_key(self.page.limit, |(place, _)| *place);
            equal.truncate(self.page.limit + 1);
            self.candidates = others;
            self.candidates
                .extend(equal.into_iter().map(|(_, candidate)| candidate));
        }
        self.room = 2 * self.candidates.len();
    }

    /// The first hits in order, and whether there are more behind them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn into_top(mut self, snapshot: &Snapshot, ground: Ground) -> Result<(Vec<Ranked>, bool), SearchError> {
        if self.candidates.len() > self.page.limit {
            self.let_go_by_rank();
        }
        let mut places: Vec<Option<Places<'_>>> = snapshot.segments.iter().map(|_| None).collect();
        let mut top = Vec::with_capacity(self.candidates.len());
        for candidate in self.candidates {
            let at = candidate.segment;
            let places = match &mut places[at] {
                Some(places) => places,
                none => none.insert(Places::new(snapshot, ground, at, None)?),
            };
            top.push(Ranked {
                place: places.place(candidate.rank, candidate.doc),
                segment: at,
                doc: candidate.doc,
                score: candidate.score,
            });
        }
        top.sort_unstable();
        let more = top.len() > self.page.limit;
        top.truncate(self.page.limit);
        Ok((top, more))
    }
}
