//! Request → answer: matching, facets, highlights, quotes, cursors. One request type for every door.

mod answer;
mod params;
mod request;

pub use answer::{
    Bucket, FacetCounts, FacetValue, Highlight, Hit, QueryEcho, QuoteHit, QuotesAnswer, SearchAnswer, StoryFacets,
    Total,
};
pub use params::{ParamError, request_from};
pub use request::{FacetFilter, Interval, SearchRequest, Sort};
