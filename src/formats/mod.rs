//! Bytes of one item → [`Filing`]s; one file a format; detection by content, never by file name.
//!
//! No format opens a file. A format says how a stream of it is cut into items ([`Framing`]); `ingest` reads, decompresses
//! and cuts, and hands each item to [`Format::parse`]. Nothing here panics or loses an item in silence: what is odd becomes
//! a warning on the filing, what cannot be read a [`Malformed`] with its byte and a remedy.

mod detect;
mod magic;

mod json;
mod ninjs;
mod plain;
mod reuters21578;

mod dates;
mod encoding;
mod entities;
mod field_names;
mod fields;
mod head;
mod html;
mod json_text;
mod paragraphs;
mod terms;
mod warnings;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod property_tests;

pub use detect::{Detection, detect};
pub use field_names::UnknownPart;

use crate::story::Filing;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text, with or without a head of `Key: value` lines.
    Plain,
    /// One JSON value over several lines (or a few, one after the other), with fields under their usual names.
    Json,
    /// One top-level JSON array of stories.
    JsonArray,
    /// One JSON object a line. A file of one line is read as this too.
    JsonLines,
    /// ninjs 1.x, 2.x or 3.x, alone in its file. In an array or one a line it is told by its keys, item by item, and the
    /// filing's `origin.format` says so.
    Ninjs,
    /// Reuters-21578 SGML.
    Reuters21578,
}

impl Format {
    /// Every format that is read.
    pub const ALL: [Self; 6] = [
        Self::Plain,
        Self::Json,
        Self::JsonArray,
        Self::JsonLines,
        Self::Ninjs,
        Self::Reuters21578,
    ];

    /// Its name in reports and in `origin.format`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Json => "json",
            Self::JsonArray => "json-array",
            Self::JsonLines => "jsonl",
            Self::Ninjs => "ninjs",
            Self::Reuters21578 => "reuters21578",
        }
    }

    /// The format of that name, or `None`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// How a stream of it is cut into items.
    #[must_use]
    pub const fn framing(self) -> Framing {
        match self {
            Self::Plain | Self::Json | Self::Ninjs => Framing::Whole,
            Self::JsonArray => Framing::JsonArray,
            Self::JsonLines => Framing::Lines,
            Self::Reuters21578 => Framing::Element("REUTERS"),
        }
    }

    /// Reads one item. Mostly one filing comes out; a JSON answer or feed holds several, each with its own result; an item
    /// of white space gives none. The caller fills in `origin.file` and `origin.offset`.
    #[must_use]
    pub fn parse(self, item: &[u8], map: &FieldMap) -> Vec<Parsed> {
        match self {
            Self::Plain => plain::parse(item),
            Self::Json | Self::JsonArray | Self::JsonLines | Self::Ninjs => json::parse(item, self, map),
            Self::Reuters21578 => reuters21578::parse(item),
        }
    }
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

/// Which of an item's keys hold which part of a filing, where the user says so (`--map title=kop`): pairs of the part
/// and the key, a key inside another written with a dot (`body=berita.isi`). The user's map wins over the usual names.
#[derive(Debug, Clone, Default)]
pub struct FieldMap(pub Vec<(String, String)>);

/// The result of reading one item: an item is one filing, or none with its reason.
pub type Parsed = Result<Filing, Malformed>;
