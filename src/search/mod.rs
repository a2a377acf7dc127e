//! Request → answer: matching, facets, highlights, quotes, cursors. One request type for every door.

mod answer;
mod compile;
mod cursor;
mod docs;
mod error;
mod facets;
mod found;
mod highlight;
mod histogram;
mod matcher;
mod names;
mod passages;
mod request;
mod sets;
mod words;

pub use answer::{
    Bucket, FacetCounts, FacetValue, Highlight, Hit, QueryEcho, QuoteHit, QuotesAnswer, SearchAnswer, StoryFacets,
    Total,
};
pub use error::SearchError;
pub use request::{FacetFilter, Interval, SearchRequest, Sort};
