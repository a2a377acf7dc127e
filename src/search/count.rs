//! What is counted of the hits: how many they are, the facets, the histogram.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::facets::{self, Listing, Part};
use super::histogram::{Days, MAX_BARS};
use super::pass::Pass;
use super::plan::Plan;
use super::sets::{self, Ground, Sets};
use super::{Bucket, Counting, FacetCounts, SearchError, SearchRequest, Total};
use crate::index::{Segment, Snapshot};
use crate::query::Warning;
use crate::story::Facet;
use crate::text::fold;
use crate::vocabulary::Vocabulary;

/// How many stories are hits, and how many filings they have.
pub(super) fn total(snapshot: &Snapshot, pass: &Pass) -> Total {
    let segments = snapshot.segments.iter().zip(&pass.hits);
    let filings = segments.map(|(segment, hits)| segment.filings_of(hits));
    Total {
        stories: pass.sizes.iter().map(|size| *size as u64).sum(),
        filings: filings.sum(),
    }
}

/// The bars of the hits, and a warning where they are wider than asked for.
///
/// # Errors
/// When there would be too many even by year.
pub(super) fn histogram(
    snapshot: &Snapshot,
    request: &SearchRequest,
    hits: &Sets,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<Bucket>, SearchError> {
    let Some(interval) = request.histogram else {
        return Ok(Vec::new());
    };
    let mut days = Days::default();
    for (segment, hits) in snapshot.segments.iter().zip(hits) {
        days.add_all(segment, hits);
    }
    let (bars, shown) = days.bars(interval)?;
    if shown != interval {
        warnings.push(Warning {
            message: format!(
                "the histogram is by {}: by {} it would have more than {MAX_BARS} bars; narrow the time with from and to",
                shown.name(),
                interval.name()
            ),
            start: 0,
            end: 0,
            suggestion: None,
        });
    }
    Ok(bars)
}

/// Whether the values of a facet are shown as they are.
pub(super) fn has_no_labels(facet: Facet) -> bool {
    matches!(facet, Facet::Person | Facet::Speaker | Facet::Subject | Facet::Slug)
}

/// Values from which a second thread costs less than it saves: some milliseconds of counting.
const TWO_THREADS: usize = 1_000_000;

/// Counts the facets of a request.
pub(super) struct Counter<'a> {
    /// The index.
    pub snapshot: &'a Snapshot,
    /// The labels.
    pub vocabulary: &'a Vocabulary,
    /// What is asked.
    pub request: &'a SearchRequest,
    /// How.
    pub plan: &'a Plan,
}

impl Counter<'_> {
    /// The facets that are asked for, and how many values of each are to be counted, nearly.
    pub(super) fn work(&self, pass: &Pass) -> Vec<(Facet, usize)> {
        let values = |facet| {
            self.parts(&pass.hits, &pass.sizes, facet)
                .iter()
                .map(Part::values)
                .sum()
        };
        self.request
            .facets
            .iter()
            .map(|&facet| (facet, values(facet)))
            .collect()
    }

    /// The counts of every facet that is asked for: many values in two threads.
    pub(super) fn count_all(&self, pass: &Pass, work: &[(Facet, usize)]) -> BTreeMap<&'static str, FacetCounts> {
        let stages = &self.plan.stages;
        let count = |facet: &Facet| (facet.name(), stages.count(*facet, || self.count(pass, *facet)));
        let all: usize = work.iter().map(|(_, values)| values).sum();
        if all < TWO_THREADS {
            return work.iter().map(|(facet, _)| count(facet)).collect();
        }
        stages.tell(|told| told.counted_in_two_threads = true);
        let (mine, others) = halves(work, all);
        let count_those = |facets: &[Facet]| facets.iter().map(count).collect::<Vec<_>>();
        let (mine, others) = in_two_threads(|| count_those(&mine), || count_those(&others));
        mine.into_iter().chain(others).collect()
    }

    fn parts<'p>(&'p self, docs: &'p Sets, sizes: &[usize], facet: Facet) -> Vec<Part<'p>> {
        let segments = self.snapshot.segments.iter().enumerate();
        let part = |(at, segment): (usize, &'p Arc<Segment>)| Part {
            segment,
            docs: &docs[at],
            size: sizes[at],
            source: self.plan.source(at, facet),
            stories: self.plan.ground == Ground::Stories,
        };
        segments.map(part).collect()
    }

    /// A facet's counts: over the hits, and where it has a selection of its own over what only that one keeps out. Beside them
    /// how they were made: over how many documents, whether over more than the hits, sparse or dense, with how many totals.
    fn count(&self, pass: &Pass, facet: Facet) -> (FacetCounts, (usize, bool, Counting, usize)) {
        let own = self.plan.filters.iter().any(|filter| filter.facet == facet);
        let wider = own.then(|| {
            let mut wider = self.plan.passing(Some(facet));
            sets::intersect(&mut wider, &pass.matching);
            wider
        });
        let wider_sizes = wider.as_ref().map(sets::sizes);
        let docs = wider.as_ref().unwrap_or(&pass.hits);
        let sizes = wider_sizes.as_ref().unwrap_or(&pass.sizes);
        let interner = &self.snapshot.interners[facet as usize];
        let counted = facets::count(&self.parts(docs, sizes, facet), interner.len());
        let listing = Listing {
            interner,
            label: &|value| self.vocabulary.label(facet, value, &self.request.lang),
            labels_are_values: has_no_labels(facet),
            limit: self.request.facet_limit,
            prefix: fold(self.request.facet_prefix.trim()),
            selected: self.plan.selected.get(&facet).map_or(&[], Vec::as_slice),
        };
        let (counting, totals) = counted.way;
        (listing.show(&counted), (sizes.iter().sum(), own, counting, totals))
    }
}

/// The facets parted so that either side makes about half of the work.
fn halves(work: &[(Facet, usize)], all: usize) -> (Vec<Facet>, Vec<Facet>) {
    let mut sorted = work.to_vec();
    sorted.sort_by_key(|(_, values)| std::cmp::Reverse(*values));
    let (mut mine, mut others, mut sum) = (Vec::new(), Vec::new(), 0);
    for (facet, values) in sorted {
        if mine.is_empty() || 2 * (sum + values) <= all {
            mine.push(facet);
            sum += values;
        } else {
            others.push(facet);
        }
    }
    (mine, others)
}

/// Does one thing in a thread of its own and the other here.
pub(super) fn in_two_threads<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        match one.join() {
            Ok(one) => (one, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
