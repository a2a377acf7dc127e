//! The order by relevance.
//!
//! A hit's score is that of its words by BM25, lowered a little by its age. The first [`WINDOW`] hits in that order are put in
//! order anew by where the words stand in them; behind them the order stays. So a page costs no look at the positions of every
//! hit, and a walk over all pages still visits each once: the window is the same for every page, and what lies behind it is told
//! by document.

use std::sync::Arc;

use tantivy::query::{Query as IndexQuery, Weight};
use tantivy::{DocId, Score};

use super::closeness::Closeness;
use super::cursor::Place;
use super::first::{First, Page, Places};
use super::found::Statistics;
use super::pass::{Matched, Top};
use super::plan::Plan;
use super::recency::Recency;
use super::scored::{Scored, scores};
use super::sets::{self, Ground, Sets};
use super::stages::{Paged, Stage};
use super::{SearchError, Sort};
use crate::index::{Docs, Snapshot};

/// Hits that are put in order anew by where their words stand: ten pages.
const WINDOW: usize = 200;

/// The page that the window is.
const WHOLE_WINDOW: Page = Page {
    sort: Sort::Relevance,
    after: None,
    limit: WINDOW,
};

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

/// The order of a plan's hits by relevance.
pub(super) struct Ranking<'a> {
    snapshot: &'a Snapshot,
    plan: &'a Plan,
    words: &'a dyn IndexQuery,
    /// The words as terms, where they are all words.
    terms: Option<Vec<Scored>>,
    statistics: Statistics<'a>,
    recency: Option<Recency>,
}

impl<'a> Ranking<'a> {
    /// By these words.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn new(snapshot: &'a Snapshot, plan: &'a Plan, words: &'a dyn IndexQuery) -> Result<Self, SearchError> {
        let statistics = Statistics::of(plan.ground, snapshot);
        let terms = plan.all_words.as_ref().map(|all| all.scored(&statistics));
        Ok(Self {
            snapshot,
            plan,
            words,
            terms: terms.transpose()?,
            statistics,
            recency: recency(snapshot, plan)?,
        })
    }

    /// What matches, with the first hits, from scoring everything. `passing`: what passes the filters.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn in_one_pass(&self, passing: Sets) -> Result<Matched, SearchError> {
        let mut first = First::new(WHOLE_WINDOW);
        let mut hits = passing;
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
            matching.push(Arc::new(found));
        }
        sets::intersect(&mut hits, &matching);
        Ok(Matched {
            first: Some(first),
            ..Matched::new(matching, hits)
        })
    }

    /// A page: from the first [`WINDOW`] hits, in the order of where their words stand, and from those behind them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn top(&self, page: Page, matched: &Matched) -> Result<Top, SearchError> {
        let stages = &self.plan.stages;
        stages.tell(|told| told.paged = Paged::Scored);
        let first = match &matched.first {
            Some(first) => first.clone(),
            None => stages.time(Stage::FirstPage, || self.scored(WHOLE_WINDOW, &matched.hits))?,
        };
        let (mut ranked, has_tail) = first.into_top(self.snapshot, self.plan.ground)?;
        ranked.sort_unstable_by_key(|ranked| (ranked.segment, ranked.doc));
        let window: Vec<(usize, DocId)> = ranked.iter().map(|hit| (hit.segment, hit.doc)).collect();
        stages.time(Stage::Rescoring, || {
            let Some(mut closeness) = closeness(self.snapshot, self.plan)? else {
                return Ok(());
            };
            stages.tell(|told| told.rescored = ranked.len());
            ranked.iter_mut().try_for_each(|ranked| {
                ranked.score *= closeness.factor(ranked.segment, ranked.doc)?;
                ranked.place.rank = Place::rank_of_score(ranked.score);
                Ok::<_, SearchError>(())
            })
        })?;
        ranked.sort_unstable();
        ranked.retain(|ranked| page.after.is_none_or(|after| ranked.place > after));
        if has_tail && ranked.len() <= page.limit {
            let mut behind = matched.hits.clone();
            for (segment, doc) in window {
                Arc::make_mut(&mut behind[segment]).remove(doc);
            }
            let page = Page {
                limit: page.limit + 1 - ranked.len(),
                after: page.after.filter(Place::is_in_tail).map(Place::out_of_tail),
                ..page
            };
            stages.tell(|told| told.has_tail = true);
            let tail = stages.time(Stage::FirstPage, || self.scored(page, &behind))?;
            let (tail, _) = tail.into_top(self.snapshot, self.plan.ground)?;
            ranked.extend(tail.into_iter().map(|mut hit| {
                hit.place = hit.place.in_tail();
                hit
            }));
        }
        let more = ranked.len() > page.limit;
        ranked.truncate(page.limit);
        Ok(Top { ranked, more })
    }

    /// The words with their scores.
    fn weight(&self) -> tantivy::Result<Box<dyn Weight>> {
        self.words.weight(self.statistics.scoring())
    }

    /// The first of these hits by their scores.
    fn scored(&self, page: Page, hits: &Sets) -> Result<First, SearchError> {
        let mut first = First::new(page);
        let weight = self.terms.is_none().then(|| self.weight()).transpose()?;
        for (at, reader) in self.snapshot.searcher.segment_readers().iter().enumerate() {
            let places = Places::new(self.snapshot, self.plan.ground, at, self.recency)?;
            if let Some(terms) = &self.terms {
                let segment = &self.snapshot.segments[at];
                let scored = scores(terms, (reader, segment), &hits[at], first.threshold(), |some| {
                    first.offer_all(&places, some);
                    first.threshold()
                })?;
                self.plan.stages.tell(|told| told.scored += scored);
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
}
