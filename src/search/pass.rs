//! The pass over the hits: which they are, and the first of them in the order asked for.
//!
//! By relevance a hit's score is that of its words by BM25, lowered a little by its age. The first [`WINDOW`] hits in that order
//! are put in order anew by where the words stand in them; behind them the order stays. So a page costs no look at the positions
//! of every hit, and a walk over all pages still visits each once.

use tantivy::query::{BooleanQuery, EnableScoring, Query as IndexQuery, Weight};
use tantivy::{DocId, Score};

use super::closeness::Closeness;
use super::conjunction::{Scored, scores};
use super::cursor::Place;
use super::first::{First, Page, Places, Ranked};
use super::found::{Found, Statistics};
use super::plan::Plan;
use super::recency::Recency;
use super::sets::{self, Ground, Sets};
use super::stages::{Looked, Paged, Stage};
use super::{SearchError, Sort};
use crate::index::{Docs, Snapshot};

/// Where less than one in so many documents can be a hit, words are looked for in those alone.
const SELECTIVE: usize = 16;

/// Hits of a single word from which the first are found sooner without a look at all of them.
const PRUNED: usize = 4_096;

/// Hits that are put in order anew by where their words stand: ten pages.
const WINDOW: usize = 200;

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
    /// How many hits each segment has.
    pub sizes: Vec<usize>,
}

impl Pass {
    fn new(matching: Sets, hits: Sets, (top, more): (Vec<Ranked>, bool)) -> Self {
        Self {
            sizes: sets::sizes(&hits),
            matching,
            hits,
            top,
            more,
        }
    }
}

/// Runs a plan.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn run(snapshot: &Snapshot, plan: &Plan, page: Page) -> Result<Pass, SearchError> {
    let stages = &plan.stages;
    let passing = stages.time(Stage::Sets, || plan.passing(None));
    let Some(words) = &plan.words else {
        let first = by_time(snapshot, plan, page.by_time(), &passing)?;
        return Ok(Pass::new(plan.base.clone(), passing, first.into_top()));
    };
    let narrow = plan
        .all_words
        .is_none()
        .then(|| narrowed(snapshot, plan, words))
        .flatten();
    stages.tell(|told| {
        told.looked = match (&plan.all_words, &narrow) {
            (Some(_), _) => Looked::TermByTerm,
            (None, Some(_)) => Looked::InSets,
            (None, None) => Looked::Everywhere,
        };
    });
    let words = narrow.as_deref().unwrap_or(&**words);
    if page.sort != Sort::Relevance || page.limit == 0 {
        let matching = stages.time(Stage::Words, || matching(snapshot, plan, words))?;
        let hits = both(passing, &matching);
        let first = by_time(snapshot, plan, page, &hits)?;
        return Ok(Pass::new(matching, hits, first.into_top()));
    }
    let statistics = Statistics::of(plan.ground, snapshot);
    let terms = plan.all_words.as_ref().map(|all| all.scored(&statistics));
    let ranking = Ranking {
        snapshot,
        plan,
        words,
        terms: terms.transpose()?,
        statistics,
        recency: recency(snapshot, plan)?,
    };
    let closeness = stages.time(Stage::Rescoring, || closeness(snapshot, plan))?;
    ranking.page(page, passing, closeness)
}

/// What the scores of a plan are lowered by, if anything.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn recency(snapshot: &Snapshot, plan: &Plan) -> tantivy::Result<Option<Recency>> {
    let counts = plan.ground == Ground::Stories && plan.recency;
    counts.then(|| Recency::new(snapshot)).transpose()
}

/// What the scores of a plan's first hits are raised by, if anything.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn closeness<'a>(snapshot: &'a Snapshot, plan: &Plan) -> tantivy::Result<Option<Closeness<'a>>> {
    match plan.ground {
        Ground::Stories => Closeness::new(snapshot, &plan.query),
        Ground::Quotes | Ground::Filings => Ok(None),
    }
}

fn both(mut sets: Sets, others: &Sets) -> Sets {
    sets::intersect(&mut sets, others);
    sets
}

/// What of the base matches the words.
fn matching(snapshot: &Snapshot, plan: &Plan, words: &dyn IndexQuery) -> Result<Sets, SearchError> {
    if let Some(all) = &plan.all_words {
        return all.matching(snapshot, &plan.base);
    }
    let weight = words.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
    let readers = snapshot.searcher.segment_readers().iter().zip(&plan.base);
    let sets = readers.map(|(reader, base)| {
        let mut found = Docs::none(reader.max_doc());
        weight.for_each_no_score(reader, &mut |docs| docs.iter().for_each(|&doc| found.insert(doc)))?;
        found.and(base);
        Ok(found)
    });
    sets.collect()
}

/// The order by relevance.
struct Ranking<'a> {
    snapshot: &'a Snapshot,
    plan: &'a Plan,
    words: &'a dyn IndexQuery,
    /// The words as terms, where they are all words.
    terms: Option<Vec<Scored>>,
    statistics: Statistics<'a>,
    recency: Option<Recency>,
}

impl Ranking<'_> {
    /// The words with their scores.
    fn weight(&self) -> tantivy::Result<Box<dyn Weight>> {
        self.words.weight(self.statistics.scoring())
    }

    /// The first hits by the score of their words and their age, with what matches and what of it passes.
    fn first(&self, page: Page, passing: Sets) -> Result<(First, Sets, Sets), SearchError> {
        let stages = &self.plan.stages;
        if self.terms.is_none() {
            stages.tell(|told| told.paged = Paged::Scored);
            return stages.time(Stage::Words, || self.in_one_pass(page, passing));
        }
        let matching = stages.time(Stage::Words, || matching(self.snapshot, self.plan, self.words))?;
        let hits = both(passing, &matching);
        // tantivy leaves out most documents of a single word's postings by their best scores.
        let is_pruned = self.plan.is_one_word && sets::sizes(&hits).iter().sum::<usize>() > PRUNED;
        stages.tell(|told| told.paged = if is_pruned { Paged::Pruned } else { Paged::Scored });
        let first = stages.time(Stage::FirstPage, || {
            if is_pruned {
                self.pruned(page, &hits)
            } else {
                self.scored(page, &hits)
            }
        })?;
        Ok((first, matching, hits))
    }

    /// A page: from the first [`WINDOW`] hits, in the order of where their words stand, and from those behind them.
    ///
    /// Scores of the window may differ in their last bit from those of a full pass, since tantivy adds up parts in another order
    /// when it leaves documents out. So the window is the same for every page, and what lies behind it is told by document.
    fn page(&self, page: Page, passing: Sets, closeness: Option<Closeness<'_>>) -> Result<Pass, SearchError> {
        let whole = Page {
            limit: WINDOW,
            after: None,
            ..page
        };
        let (first, matching, hits) = self.first(whole, passing)?;
        let (mut top, has_tail) = first.into_top();
        top.sort_unstable_by_key(|ranked| (ranked.segment, ranked.doc));
        let mut behind = has_tail.then(|| hits.clone());
        let stages = &self.plan.stages;
        if let Some(mut closeness) = closeness {
            stages.tell(|told| told.rescored = top.len());
            stages.time(Stage::Rescoring, || {
                top.iter_mut().try_for_each(|ranked| {
                    ranked.score *= closeness.factor(ranked.segment, ranked.doc)?;
                    ranked.place.rank = Place::rank_of_score(ranked.score);
                    Ok::<_, SearchError>(())
                })
            })?;
        }
        if let Some(behind) = &mut behind {
            for ranked in &top {
                behind[ranked.segment].remove(ranked.doc);
            }
        }
        top.sort_unstable();
        top.retain(|ranked| page.after.is_none_or(|after| ranked.place > after));
        if let Some(behind) = behind.filter(|_| top.len() <= page.limit) {
            let page = Page {
                limit: page.limit + 1 - top.len(),
                after: page.after.filter(Place::is_in_tail).map(Place::out_of_tail),
                ..page
            };
            stages.tell(|told| told.has_tail = true);
            let (tail, _) = stages.time(Stage::FirstPage, || self.scored(page, &behind))?.into_top();
            top.extend(tail.into_iter().map(|ranked| Ranked {
                place: ranked.place.in_tail(),
                ..ranked
            }));
        }
        let more = top.len() > page.limit;
        top.truncate(page.limit);
        Ok(Pass::new(matching, hits, (top, more)))
    }

    /// The first of these hits by their scores.
    fn scored(&self, page: Page, hits: &Sets) -> Result<First, SearchError> {
        let mut first = First::new(page);
        let weight = self.terms.is_none().then(|| self.weight()).transpose()?;
        for (at, reader) in self.snapshot.searcher.segment_readers().iter().enumerate() {
            let places = Places::new(self.snapshot, self.plan.ground, at, self.recency)?;
            if let Some(terms) = &self.terms {
                scores(terms, reader, &hits[at], |doc, score| first.offer(&places, doc, score))?;
            }
            if let Some(weight) = &weight {
                weight.for_each(reader, &mut |doc, score| {
                    if hits[at].contains(doc) {
                        first.offer(&places, doc, score);
                    }
                })?;
            }
        }
        Ok(first)
    }

    /// The first hits, with what matches, from scoring all of them.
    fn in_one_pass(&self, page: Page, mut hits: Sets) -> Result<(First, Sets, Sets), SearchError> {
        let mut first = First::new(page);
        let mut matching = Vec::with_capacity(hits.len());
        let weight = self.weight()?;
        for (at, reader) in self.snapshot.searcher.segment_readers().iter().enumerate() {
            let places = Places::new(self.snapshot, self.plan.ground, at, self.recency)?;
            let mut found = Docs::none(reader.max_doc());
            let (base, passing) = (&self.plan.base[at], &hits[at]);
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
        Ok((first, matching, hits))
    }

    /// The first of these hits, without a look at those that cannot be among them.
    fn pruned(&self, page: Page, hits: &Sets) -> Result<First, SearchError> {
        let mut first = First::new(page);
        let weight = self.weight()?;
        for (at, reader) in self.snapshot.searcher.segment_readers().iter().enumerate() {
            let places = Places::new(self.snapshot, self.plan.ground, at, self.recency)?;
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
}

/// The first of the hits by time. Where they are many, the documents of a segment are gone through in that order until there
/// are enough.
fn by_time(snapshot: &Snapshot, plan: &Plan, page: Page, hits: &Sets) -> Result<First, SearchError> {
    if page.limit == 0 {
        return Ok(First::new(page));
    }
    plan.stages.tell(|told| told.paged = Paged::ByTime);
    plan.stages
        .time(Stage::FirstPage, || first_by_time(snapshot, plan, page, hits))
}

fn first_by_time(snapshot: &Snapshot, plan: &Plan, page: Page, hits: &Sets) -> Result<First, SearchError> {
    let mut first = First::new(page);
    let ground = plan.ground;
    for (at, segment) in snapshot.segments.iter().enumerate() {
        let places = Places::new(snapshot, ground, at, None)?;
        let hits = &hits[at];
        let (found, all) = (hits.len() as u64, u64::from(segment.rows().len()));
        if ground == Ground::Quotes || found * found < all * page.limit as u64 {
            plan.stages.tell(|told| told.gathered += 1);
            hits.for_each(|doc| first.offer(&places, doc, 0.0));
        } else {
            plan.stages.tell(|told| told.walked += 1);
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
