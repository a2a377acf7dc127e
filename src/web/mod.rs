//! The page: a search box, facets, results, quotes and one story, made from the same answers as the API. Works without
//! JavaScript: every control is a link or a form.

mod facets;
mod layout;
mod links;
mod quotes;
mod results;
mod routes;
mod story;

pub use routes::router;
