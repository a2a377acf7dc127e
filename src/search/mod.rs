//! Request → answer: matching, facets, highlights, quotes, cursors. One request type for every door.
//!
//! The way of a search, in `stories.rs` and `quotes.rs`:
//! - `params.rs` reads the parameters of every door into a `request.rs`; `query` has read the words.
//! - `plan.rs` makes it ready: `names.rs` tells which values a name stands for, `compile.rs` parts conditions (`sets.rs`) from words
//!   (`words.rs`, with `said.rs`, `older.rs`, `near.rs` and `slop.rs` for what takes more than terms; `conjunction.rs` for plain ones).
//! - `pass.rs` finds the hits, and the first of them (`first.rs`) in the order of time or, by `ranking.rs`, in that of score (`scored.rs`),
//!   `recency.rs` and `closeness.rs`.
//! - `count.rs` counts, beside the page: `facets.rs` the values, `histogram.rs` the days; `listing.rs` tells which values are shown.
//! - `hits.rs` makes the hits: `highlight.rs` with `matcher.rs` and `scan.rs` (where words are), `passages.rs` and `sentences.rs`.
//! - `answer.rs` is what every door shows; `zero.rs` tells why nothing was found, `explain.rs` everything else.
//!
//! Beside it: `complete.rs`, `similar.rs`, `versions.rs` with `diff.rs` and `compare.rs`, `tombstone.rs`, `marked.rs` (a whole story).

mod answer;
mod closeness;
mod compare;
mod compile;
mod complete;
mod conjunction;
mod count;
mod cursor;
mod diff;
mod error;
mod explain;
mod facets;
mod first;
mod found;
mod highlight;
mod histogram;
mod hits;
mod listing;
mod marked;
mod matcher;
mod names;
mod older;
mod near;
mod pass;
mod passages;
mod plan;
mod quotes;
mod ranking;
mod recency;
mod params;
mod proximity;
mod request;
mod said;
mod scan;
mod scored;
mod sentences;
mod sets;
mod similar;
mod slop;
mod stages;
mod stories;
mod threads;
mod tombstone;
mod versions;
mod words;
mod zero;

pub use self::similar::{NearCopy, Shared, SimilarAnswer, SimilarHit, similar};
pub use answer::{
    Bucket, FacetCounts, FacetValue, Highlight, Hit, JoinedName, QueryEcho, QuoteHit, QuotesAnswer, SearchAnswer,
    StoryFacets, Total,
};
pub use compare::{DiffAnswer, DiffCounts, DiffRequest, FacetChange, FieldDiff, compare};
pub use complete::{CompleteAnswer, CompleteRequest, Completion, complete};
pub use diff::{Change, DiffParagraph, DiffSpan, diff};
pub use error::SearchError;
pub use explain::{
    ClauseHits, Closest, ExplainAnswer, ExplainRequest, KeptOut, Meant, MeantValue, Need, Node, NodeKind, RankedStory,
    Recent, ScorePart, Sought, StageTime, explain,
};
pub use marked::{StoryRequest, marked_story};
pub use params::{
    ParamError, complete_request_from, diff_request_from, explain_request_from, lang_from, request_from,
    similar_request_from, story_request_from,
};
pub use quotes::quotes;
pub use request::{FacetFilter, Interval, SearchRequest, Sort};
pub use stages::{Counting, Decisions, FacetWay, Looked, Paged, Stage};
pub use stories::{facet, search, story};
pub use tombstone::{Tombstone, tombstone};
pub use versions::{Version, Versions, versions};
pub use words::Form;
pub use zero::{Clause, ZeroClause};

#[cfg(test)]
mod tests;
