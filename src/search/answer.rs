//! What every door shows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ZeroClause;
use crate::index::Joined;
use crate::query::Warning;
use crate::story::{Ninjs, Quote, Span, Take};

/// How many match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Total {
    /// Stories.
    pub stories: u64,
    /// Their filings, superseded ones counted.
    pub filings: u64,
}

/// The query as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct QueryEcho {
    /// In plain words.
    pub read_as: String,
    /// What was not understood.
    pub warnings: Vec<Warning>,
    /// Where nothing was found: what each clause finds alone, and what the others find without it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub zero: Vec<ZeroClause>,
}

/// The facet values of one story, with labels in the asked language.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StoryFacets(pub BTreeMap<&'static str, Vec<FacetValue>>);

/// A stretch of a hit's text with the matches in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Highlight {
    /// `headline`, `body` or `quote`.
    pub field: &'static str,
    /// The passage.
    pub text: String,
    /// Matches, in bytes of `text`.
    pub spans: Vec<Span>,
    /// Byte of the field's text at which the passage starts.
    pub start: usize,
}

/// A story found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Hit {
    /// Its uri.
    pub id: String,
    /// Its relevance; 0 in a sort by time.
    pub score: f32,
    /// The current filing, ninjs 3.1.
    pub story: Ninjs,
    /// When it was published, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// What the current filing says of itself: `UPDATE 2`, `CORRECTED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take: Option<Take>,
    /// The dateline as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// The credit line as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_line: Option<String>,
    /// Its facet values.
    pub facets: StoryFacets,
    /// Where it matches.
    pub highlights: Vec<Highlight>,
    /// Its quotes; in answers to a query with `said:`, those that match it first.
    pub quotes: Vec<Quote>,
    /// How many filings of it are kept.
    pub versions: u32,
}

/// One value of a facet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// The value to filter by.
    pub value: String,
    /// Its label in the asked language.
    pub label: String,
    /// Stories of the answer that have it (0 in [`StoryFacets`], where it says nothing).
    pub count: u64,
    /// Whether the request selects it.
    pub selected: bool,
    /// The names that are counted as this one, where there are others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<JoinedName>,
}

/// A name that is counted as another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JoinedName {
    /// As stories have it.
    pub name: String,
    /// `authority list` where a list of people says so, `spelling` where only case, diacritics, hyphens or spaces differ.
    pub why: &'static str,
}

impl JoinedName {
    pub(super) fn of((name, why): (&str, Joined)) -> Self {
        Self {
            name: name.to_owned(),
            why: match why {
                Joined::Listed => "authority list",
                Joined::Spelling => "spelling",
            },
        }
    }
}

/// The counts of one facet, exact and disjunctive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FacetCounts {
    /// The values with the highest counts, selected ones always among them.
    pub values: Vec<FacetValue>,
    /// How many values have a count.
    pub distinct: u64,
    /// Stories without a value.
    pub missing: u64,
    /// The sum of the counts of the values not listed.
    pub other: u64,
}

/// One bar of a histogram.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Bucket {
    /// Its first day: `2023-09-01`.
    pub start: String,
    /// Stories in it.
    pub count: u64,
}

/// The answer to a search.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SearchAnswer {
    /// How many match.
    pub total: Total,
    /// The query as understood.
    pub query: QueryEcho,
    /// The hits of this page.
    pub hits: Vec<Hit>,
    /// The counts by facet name.
    pub facets: BTreeMap<&'static str, FacetCounts>,
    /// The histogram, oldest first, empty bars in between included.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub histogram: Vec<Bucket>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
    /// Milliseconds it took.
    pub took_ms: f64,
}

/// A quote found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct QuoteHit {
    /// The quote.
    #[serde(flatten)]
    pub quote: Quote,
    /// The speaker's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker_label: Option<String>,
    /// Its relevance.
    pub score: f32,
    /// Matches in `quote.text`.
    pub spans: Vec<Span>,
    /// The text before it, up to a sentence or two.
    pub before: String,
    /// The text after it.
    pub after: String,
    /// The story's uri.
    pub story: String,
    /// The story's headline.
    pub headline: String,
    /// When the story was published, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The labels of the story's credits.
    pub credits: Vec<String>,
}

/// The answer to a search for quotes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct QuotesAnswer {
    /// How many quotes match.
    pub total: u64,
    /// The query as understood.
    pub query: QueryEcho,
    /// The quotes of this page.
    pub hits: Vec<QuoteHit>,
    /// The counts by facet name, of quotes: `speaker` is the quote's own, every other facet its story's.
    pub facets: BTreeMap<&'static str, FacetCounts>,
    /// The histogram of the quotes' stories, oldest first, empty bars in between included; it counts quotes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub histogram: Vec<Bucket>,
    /// The cursor of the next page.
    pub next: Option<String>,
    /// Milliseconds it took.
    pub took_ms: f64,
}
