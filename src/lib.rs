//! **dateline** searches wire stories by who said it, which country it is about, and which agency carried it.
//!
//! # The map
//! Data flows down this list, and a module uses only modules above it:
//!
//! | module | one line |
//! |---|---|
//! | [`story`] | the values: filings, quotes, facets, ids; no I/O, no index |
//! | [`text`] | words: one tokenisation and one folding, shared by everything below |
//! | [`vocabulary`] | `index_schema/vocabulary` loaded once; from a phrase to an id, from an id to a label |
//! | [`formats`] | bytes of one item → [`story::Filing`]; one file a format; detection by content |
//! | [`extract`] | [`story::Filing`] → people, speakers, quotes, countries, sources; one pure file a step |
//! | [`query`] | the text of a query → its tree, what it was read as, warnings; knows nothing of the index |
//! | [`index`] | schema, analyzers, documents, writer, reader; only here and in `search` is tantivy named |
//! | [`search`] | request → answer: matching, facets, highlights, quotes, cursors; one request type for every door |
//! | [`ingest`] | files, folders, streams → `formats` → `extract` → `index`; the ledger |
//! | [`http`] | the HTTP door: routes, parameters, statuses |
//! | [`web`] | the page, made from the same answers as the API |
//! | [`cli`] | the command line: the only reader of arguments and environment |
//!
//! # Invariants
//! - `story`, `formats`, `extract` and `query` do no I/O and cannot fail: a broken part becomes a warning or a rejection.
//! - Every door builds the same [`search::SearchRequest`] and shows the same [`search::SearchAnswer`].
//! - Only `http` knows status codes; only `cli` reads arguments and environment.
//! - Offsets into text are bytes of UTF-8, half-open.

pub mod story;
pub mod text;
pub mod vocabulary;
pub mod formats;
pub mod extract;
pub mod query;
pub mod index;
pub mod search;
pub mod ingest;
pub mod http;
pub mod web;
pub mod cli;
