//! Bytes of one item → [`Filing`]s; one file a format; detection by content, never by file name.
//!
//! No format opens a file. A format says how a stream of it is cut into items ([`Framing`]); `ingest` reads, decompresses
//! and cuts, and hands each item to [`Format::parse`].

use crate::story::Filing;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text, with or without a head of `Key: value` lines.
    Plain,
    /// One JSON value, or an array of them, with fields under their usual names.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// ninjs 1.x, 2.x or 3.x, alone, in an array, or one a line (told by its keys, item by item).
    Ninjs,
    /// Reuters-21578 SGML.
    Reuters21578,
}

/// How a stream of a format is cut into items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// The whole file is one item.
    Whole,
    /// An item a line; blank lines are none.
    Lines,
    /// The elements of one top-level JSON array.
    JsonArray,
    /// From an opening tag `<NAME` to its closing tag.
    Element(&'static str),
}

/// Why an item was not read, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Malformed {
    /// What is wrong and the remedy, for a person.
    pub reason: String,
    /// Byte within the item.
    pub offset: usize,
}

/// Which of an item's keys hold which part of a filing, where the user says so (`--map title=kop`).
#[derive(Debug, Clone, Default)]
pub struct FieldMap(pub Vec<(String, String)>);

/// The result of reading one item: an item is one filing, or none with its reason.
pub type Parsed = Result<Filing, Malformed>;
