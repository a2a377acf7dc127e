//! Request → answer: matching, facets, highlights, quotes, cursors. One request type for every door.

mod answer;
mod closeness;
mod compare;
mod compile;
mod cursor;
mod diff;
mod docs;
mod error;
mod facets;
mod found;
mod highlight;
mod histogram;
mod hits;
mod matcher;
mod names;
mod older;
mod near;
mod pass;
mod passages;
mod plan;
mod quotes;
mod recency;
mod params;
mod request;
mod said;
mod sets;
mod stories;
mod tombstone;
mod versions;
mod words;

pub use answer::{
    Bucket, FacetCounts, FacetValue, Highlight, Hit, JoinedName, QueryEcho, QuoteHit, QuotesAnswer, SearchAnswer,
    StoryFacets, Total,
};
pub use compare::{DiffAnswer, DiffCounts, DiffRequest, FacetChange, FieldDiff, compare};
pub use diff::{Change, DiffParagraph, DiffSpan, diff};
pub use error::SearchError;
pub use params::{ParamError, diff_request_from, lang_from, request_from};
pub use quotes::quotes;
pub use request::{FacetFilter, Interval, SearchRequest, Sort};
pub use stories::{facet, search, story};
pub use tombstone::{Tombstone, tombstone};
pub use versions::{Version, Versions, versions};

#[cfg(test)]
mod tests;
