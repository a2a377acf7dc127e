//! Integration tests: one binary, a module a feature.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod support;

mod bad_input;
mod complete;
mod containers;
mod crash;
mod day;
mod explain;
mod facets;
mod first_story;
mod gold;
mod gold_speakers;
mod highlights;
mod hot;
mod http;
mod ingest;
mod layers;
mod life;
mod people;
mod public_gold;
mod query;
mod quotes;
mod relevance;
mod schema;
mod similar;
mod small_words;
mod wire;
