//! The HTTP door: routes, parameters, statuses. Thin: a request becomes a [`SearchRequest`](crate::search::SearchRequest),
//! an answer becomes JSON.

mod problem;
mod routes;
mod state;
mod story;

pub use problem::Problem;
pub use routes::router;
pub use state::AppState;
pub(crate) use story::seen;
