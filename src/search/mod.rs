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
mod hits;
mod matcher;
mod names;
mod older;
mod near;
mod pass;
mod passages;
mod plan;
mod quotes;
mod params;
mod request;
mod said;
mod sets;
mod stories;
mod words;

pub use answer::{
    Bucket, FacetCounts, FacetValue, Highlight, Hit, JoinedName, QueryEcho, QuoteHit, QuotesAnswer, SearchAnswer,
    StoryFacets, Total,
};
pub use error::SearchError;
pub use params::{ParamError, request_from};
pub use quotes::quotes;
pub use request::{FacetFilter, Interval, SearchRequest, Sort};
pub use stories::{facet, search, story};

#[cfg(test)]
mod tests;
