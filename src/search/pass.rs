//! The pass over the hits: which they are, and then the first of them in the order asked for. Counting needs only the former, so
//! that the two can go on beside each other.

use std::sync::Arc;

use tantivy::query::{BooleanQuery, EnableScoring, Query as IndexQuery};

use super::first::{First, Page, Places, Ranked};
use super::found::Found;
use super::plan::Plan;
use super::ranking::Ranking;
use super::sets::{self, Ground, Sets};
use super::stages::{Looked, Paged, Stage};
use super::{SearchError, Sort};
use crate::index::{Docs, Snapshot};

/// Where less than one in so many documents can be a hit, words are looked for in those alone.
const SELECTIVE: usize = 16;

/// A plan on its way over a snapshot.
pub(super) struct Pass<'a> {
    snapshot: &'a Snapshot,
    plan: &'a Plan,
    page: Page,
    /// The plan's words, looked for in the documents of its base alone.
    narrow: Option<Box<dyn IndexQuery>>,
}

/// What a pass found.
pub(super) struct Matched {
    /// What matches the query, filters aside.
    pub matching: Sets,
    /// The hits: what passes the filters too.
    pub hits: Sets,
    /// How many hits each segment has.
    pub sizes: Vec<usize>,
    /// The first hits by score, where they were found together with all others.
    pub first: Option<First>,
}

/// The hits of a page.
#[derive(Debug, Default)]
pub(super) struct Top {
    /// The first hits after the cursor, in order.
    pub ranked: Vec<Ranked>,
    /// Whether there are more behind them.
    pub more: bool,
}

impl Matched {
    /// What matches, and what of it passes the filters.
    pub(super) fn new(matching: Sets, hits: Sets) -> Self {
        Self {
            sizes: sets::sizes(&hits),
            matching,
            hits,
            first: None,
        }
    }

    /// How many hits there are.
    pub(super) fn count(&self) -> usize {
        self.sizes.iter().sum()
    }
}

impl<'a> Pass<'a> {
    /// Over a plan, to a page.
    pub(super) fn new(snapshot: &'a Snapshot, plan: &'a Plan, page: Page) -> Self {
        let looked_up = plan.words.as_deref().filter(|_| plan.all_words.is_none());
        let narrow = looked_up.and_then(|words| narrowed(snapshot, plan, words));
        plan.stages.tell(|told| {
            told.looked = match (&plan.words, &plan.all_words, &narrow) {
                (None, ..) => Looked::NoWords,
                (_, Some(_), _) => Looked::TermByTerm,
                (_, None, Some(_)) => Looked::InSets,
                (_, None, None) => Looked::Everywhere,
            };
        });
        Self {
            snapshot,
            plan,
            page: if plan.words.is_some() { page } else { page.by_time() },
            narrow,
        }
    }

    /// What matches. Where words are looked for document by document, the first hits by their score come with it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn matched(&self) -> Result<Matched, SearchError> {
        let (plan, stages) = (self.plan, &self.plan.stages);
        let passing = stages.time(Stage::Sets, || plan.passing(None));
        let Some(words) = self.words() else {
            return Ok(Matched::new(plan.base.clone(), passing));
        };
        if self.is_by_relevance() && plan.all_words.is_none() {
            return stages.time(Stage::Words, || {
                Ranking::new(self.snapshot, plan, words)?.in_one_pass(passing)
            });
        }
        let matching = stages.time(Stage::Words, || self.matching(words))?;
        let mut hits = passing;
        sets::intersect(&mut hits, &matching);
        Ok(Matched::new(matching, hits))
    }

    /// The hits of the page.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn top(&self, matched: &Matched) -> Result<Top, SearchError> {
        let stages = &self.plan.stages;
        match self.words() {
            _ if self.page.limit == 0 => Ok(Top::default()),
            Some(words) if self.is_by_relevance() => {
                Ranking::new(self.snapshot, self.plan, words)?.top(self.page, matched)
            }
            _ => {
                stages.tell(|told| told.paged = Paged::ByTime);
                let first = stages.time(Stage::FirstPage, || self.by_time(&matched.hits))?;
                let (ranked, more) = first.into_top(self.snapshot, self.plan.ground)?;
                Ok(Top { ranked, more })
            }
        }
    }

    fn words(&self) -> Option<&dyn IndexQuery> {
        self.narrow.as_deref().or(self.plan.words.as_deref())
    }

    fn is_by_relevance(&self) -> bool {
        self.page.sort == Sort::Relevance && self.page.limit > 0
    }

    /// What of the base matches the words.
    fn matching(&self, words: &dyn IndexQuery) -> Result<Sets, SearchError> {
        let (snapshot, plan) = (self.snapshot, self.plan);
        if let Some(all) = &plan.all_words {
            return all.matching(snapshot, &plan.base);
        }
        let weight = words.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
        let readers = snapshot.searcher.segment_readers().iter().zip(&plan.base);
        let sets = readers.map(|(reader, base)| {
            let mut found = Docs::none(reader.max_doc());
            weight.for_each_no_score(reader, &mut |docs| docs.iter().for_each(|&doc| found.insert(doc)))?;
            found.and(base);
            Ok(Arc::new(found))
        });
        sets.collect()
    }

    /// The first of the hits by time. Where they are many, the documents of a segment are gone through in that order until there
    /// are enough.
    fn by_time(&self, hits: &Sets) -> Result<First, SearchError> {
        let (plan, page) = (self.plan, self.page);
        let mut first = First::new(page);
        for (at, segment) in self.snapshot.segments.iter().enumerate() {
            let places = Places::new(self.snapshot, plan.ground, at, None)?;
            let hits = &hits[at];
            let (found, all) = (hits.len() as u64, u64::from(segment.rows().len()));
            if plan.ground == Ground::Quotes || found * found < all * page.limit as u64 {
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
}

/// The words, looked for in the documents of the base alone; `None` where these are not few.
fn narrowed(snapshot: &Snapshot, plan: &Plan, words: &dyn IndexQuery) -> Option<Box<dyn IndexQuery>> {
    let base: usize = sets::sizes(&plan.base).iter().sum();
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
