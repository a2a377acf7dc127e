//! The page: a search box, facets, results, quotes, one story with its versions and what changed between them, made from the same answers as the API. Works without
//! JavaScript: every control is a link or a form.

mod diff;
mod facets;
mod layout;
mod links;
mod quotes;
mod results;
mod routes;
mod story;
mod tombstone;
mod versions;
mod zero;

pub use routes::router;
