//! What every door asks: HTTP, page and command line fill in the same [`SearchRequest`].

use crate::story::{Facet, Timestamp};

/// The order of hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// By relevance to the query; without one, newest first.
    #[default]
    Relevance,
    /// By time, newest first.
    Newest,
    /// By time, oldest first.
    Oldest,
}

/// The width of a histogram's bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// Calendar days, UTC.
    Day,
    /// Calendar months, UTC.
    Month,
    /// Calendar years, UTC.
    Year,
}

/// Values of one facet that are wanted, any of them, or that are not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetFilter {
    /// Wanted, any of them; by any of their names, as typed. Empty: no wish.
    pub any_of: Vec<String>,
    /// Not wanted, none of them.
    pub none_of: Vec<String>,
}

/// A search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// The query as typed; empty for every story.
    pub q: String,
    /// Whether all of `q` must be understood. Without it, what is not becomes a warning.
    pub strict: bool,
    /// Filters by facet; fields are AND, values of one field OR.
    pub filters: Vec<(Facet, FacetFilter)>,
    /// Stories that have no value of these. Beside a filter of the same facet it is one more value to choose from.
    pub missing: Vec<Facet>,
    /// Published at or after.
    pub from: Option<Timestamp>,
    /// Published before.
    pub to: Option<Timestamp>,
    /// The order.
    pub sort: Sort,
    /// How many hits, at most [`SearchRequest::MAX_LIMIT`].
    pub limit: usize,
    /// Where the page before ended ([`super::SearchAnswer::next`]).
    pub cursor: Option<String>,
    /// The facets to count.
    pub facets: Vec<Facet>,
    /// How many values of each, at most [`SearchRequest::MAX_FACET_LIMIT`].
    pub facet_limit: usize,
    /// Only facet values that start so, or hold a word that starts so.
    pub facet_prefix: String,
    /// A histogram of `published`.
    pub histogram: Option<Interval>,
    /// The language of labels, BCP 47; empty for English.
    pub lang: String,
    /// Also finds stories by filings that are not current any more. Facets and hits stay those of the current one.
    pub all_versions: bool,
    /// Whether newer stories rank a little higher in an order by relevance.
    pub recency: bool,
}

impl Default for SearchRequest {
    /// Every story, no hits, no facets.
    fn default() -> Self {
        Self {
            q: String::new(),
            filters: Vec::new(),
            missing: Vec::new(),
            from: None,
            to: None,
            sort: Sort::default(),
            limit: 0,
            cursor: None,
            facets: Vec::new(),
            facet_limit: 0,
            facet_prefix: String::new(),
            histogram: None,
            lang: String::new(),
            all_versions: false,
            strict: false,
            recency: true,
        }
    }
}

impl Interval {
    /// Its name in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

impl SearchRequest {
    /// Hits when nothing is said: one screen.
    pub const DEFAULT_LIMIT: usize = 20;
    /// Hits at most: one page of a list, not an export.
    pub const MAX_LIMIT: usize = 1_000;
    /// Facet values when nothing is said.
    pub const DEFAULT_FACET_LIMIT: usize = 10;
    /// Facet values at most: one page of a facet list.
    pub const MAX_FACET_LIMIT: usize = 10_000;

    /// A search for `q` with the defaults.
    #[must_use]
    pub fn new(q: impl Into<String>) -> Self {
        Self {
            q: q.into(),
            limit: Self::DEFAULT_LIMIT,
            facet_limit: Self::DEFAULT_FACET_LIMIT,
            ..Self::default()
        }
    }

    /// The filter of that facet, made if there is none yet.
    pub fn filter_mut(&mut self, facet: Facet) -> &mut FacetFilter {
        if let Some(at) = self.filters.iter().position(|(f, _)| *f == facet) {
            return &mut self.filters[at].1;
        }
        self.filters.push((facet, FacetFilter::default()));
        let last = self.filters.len() - 1;
        &mut self.filters[last].1
    }
}
