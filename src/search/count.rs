//! What is counted of the hits: how many they are, the facets, the histogram.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::facets::{self, Part, Wanted};
use super::histogram::{Days, MAX_BARS};
use super::listing::Listing;
use super::pass::Matched;
use super::plan::Plan;
use super::sets::{self, Ground, Sets};
use super::stages::Stage;
use super::threads::in_two_threads;
use super::{Bucket, FacetCounts, FacetWay, Interval, SearchError, SearchRequest, Total};
use crate::index::{Segment, Snapshot};
use crate::query::Warning;
use crate::story::Facet;
use crate::text::fold;
use crate::vocabulary::Vocabulary;

/// Values to count from which the page is made beside the counting: a millisecond of it. Waking a thread and being woken by it cost a
/// third of one on a virtual machine.
const MUCH: usize = 200_000;

/// How many stories are hits, and how many filings they have.
pub(super) fn total(snapshot: &Snapshot, matched: &Matched) -> Total {
    let segments = snapshot.segments.iter().zip(&matched.hits);
    let older = segments.map(|(segment, hits)| segment.older_filings(hits));
    let stories = matched.count() as u64;
    Total {
        stories,
        filings: stories + older.sum::<u64>(),
    }
}

/// The bars, and a warning where they are wider than asked for.
///
/// # Errors
/// When there would be too many even by year.
fn bars(days: &Days, interval: Interval, warnings: &mut Vec<Warning>) -> Result<Vec<Bucket>, SearchError> {
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

/// What was counted.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// By facet name.
    pub facets: BTreeMap<&'static str, FacetCounts>,
    /// The bars.
    pub histogram: Vec<Bucket>,
    /// A warning where these are wider than asked for.
    pub warnings: Vec<Warning>,
}

/// Facets that are counted over the same documents.
struct Group<'p> {
    facets: Vec<Facet>,
    docs: Cow<'p, Sets>,
    sizes: Vec<usize>,
    /// Whether the histogram is counted with them.
    days: bool,
}

impl Group<'_> {
    /// How a facet of it was counted.
    fn way(&self, facet: Facet, counted: &facets::Counted<'_>) -> FacetWay {
        FacetWay {
            facet: facet.name(),
            over: self.sizes.iter().sum::<usize>() as u64,
            is_wider: matches!(self.docs, Cow::Owned(_)),
            counting: counted.counting,
            totals: counted.totals,
        }
    }
}

impl Counter<'_> {
    /// The counts of every facet that is asked for, and the histogram; and the page, in a thread beside them where there is much to
    /// count.
    ///
    /// # Errors
    /// When either fails: the histogram where it would have too many bars even by year.
    pub(super) fn beside<T: Send>(
        &self,
        matched: &Matched,
        page: impl FnOnce() -> Result<T, SearchError> + Send,
    ) -> Result<(T, Counts), SearchError> {
        let is_much = self.request.limit > 0 && self.work(matched) > MUCH;
        self.plan.stages.tell(|told| told.page_beside_counting = is_much);
        let (page, counts) = if is_much {
            in_two_threads(page, || self.count_all(matched))
        } else {
            (page(), self.count_all(matched))
        };
        Ok((page?, counts?))
    }

    /// How many values are to be counted, nearly.
    fn work(&self, matched: &Matched) -> usize {
        let wanted: Vec<Wanted<'_>> = self.request.facets.iter().map(|facet| self.wanted(*facet)).collect();
        facets::met(&self.parts(&matched.hits, &matched.sizes), &wanted)
    }

    fn count_all(&self, matched: &Matched) -> Result<Counts, SearchError> {
        let stages = &self.plan.stages;
        let mut counts = Counts::default();
        let mut days = None;
        for group in self.groups(matched) {
            let count = facets::Count {
                parts: self.parts(&group.docs, &group.sizes),
                wanted: group.facets.iter().map(|facet| self.wanted(*facet)).collect(),
                days: group.days.then(|| Days::of(self.snapshot)),
            };
            let show = |facet: Facet, counted: &facets::Counted<'_>| {
                stages.tell(|told| told.facets.push(group.way(facet, counted)));
                (facet.name(), self.show(facet, counted))
            };
            let (shown, counted, is_in_two) = stages.time(Stage::Counting, || count.run(show));
            stages.tell(|told| told.counted_in_two_threads |= is_in_two);
            counts.facets.extend(shown);
            days = days.or(counted);
        }
        stages.tell(|told| {
            let place = |way: &FacetWay| self.request.facets.iter().position(|facet| facet.name() == way.facet);
            told.facets.sort_by_key(place);
        });
        if let (Some(interval), Some(days)) = (self.request.histogram, &days) {
            let bars = || bars(days, interval, &mut counts.warnings);
            counts.histogram = stages.time(Stage::Histogram, bars)?;
        }
        Ok(counts)
    }

    /// Facets together that are counted over the same documents: a facet with a selection of its own is counted over what only that
    /// one keeps out, all others over the hits.
    fn groups<'p>(&self, matched: &'p Matched) -> Vec<Group<'p>> {
        let is_selected = |facet: &Facet| self.plan.filters.iter().any(|filter| filter.facet == *facet);
        let (own, others): (Vec<Facet>, Vec<Facet>) = self.request.facets.iter().partition(|facet| is_selected(facet));
        let mut groups = vec![Group {
            facets: others,
            docs: Cow::Borrowed(&matched.hits),
            sizes: matched.sizes.clone(),
            days: self.request.histogram.is_some(),
        }];
        groups.extend(own.into_iter().map(|facet| {
            let mut wider = self.plan.passing(Some(facet));
            sets::intersect(&mut wider, &matched.matching);
            Group {
                facets: vec![facet],
                sizes: sets::sizes(&wider),
                docs: Cow::Owned(wider),
                days: false,
            }
        }));
        groups
    }

    fn parts<'p>(&'p self, docs: &'p Sets, sizes: &[usize]) -> Vec<Part<'p>> {
        let segments = self.snapshot.segments.iter().enumerate();
        let part = |(at, segment): (usize, &'p Arc<Segment>)| Part {
            segment,
            docs: &docs[at],
            size: sizes[at],
            stories: self.plan.ground == Ground::Stories,
        };
        segments.map(part).collect()
    }

    fn wanted(&self, facet: Facet) -> Wanted<'_> {
        let segments = 0..self.snapshot.segments.len();
        Wanted {
            facet,
            values: self.snapshot.interners[facet as usize].len(),
            sources: segments.map(|at| self.plan.source(at, facet)).collect(),
        }
    }

    fn show(&self, facet: Facet, counted: &facets::Counted<'_>) -> FacetCounts {
        let listing = Listing {
            interner: &self.snapshot.interners[facet as usize],
            label: &|value| self.vocabulary.label(facet, value, &self.request.lang),
            labels_are_values: has_no_labels(facet),
            limit: self.request.facet_limit,
            prefix: fold(self.request.facet_prefix.trim()),
            selected: self.plan.selected.get(&facet).map_or(&[], Vec::as_slice),
        };
        listing.show(counted)
    }
}
