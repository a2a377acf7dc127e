//! Integration tests: one binary, a module a feature.

mod support;

mod bad_input;
mod facets;
mod first_story;
mod gold;
mod http;
mod ingest;
mod layers;
mod schema;
