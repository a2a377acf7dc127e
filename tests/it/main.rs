//! Integration tests: one binary, a module a feature.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod support;

mod bad_input;
mod containers;
mod crash;
mod day;
mod facets;
mod first_story;
mod gold;
mod hot;
mod http;
mod ingest;
mod layers;
mod life;
mod people;
mod public_gold;
mod relevance;
mod schema;
mod wire;
