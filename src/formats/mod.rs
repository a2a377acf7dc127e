//! Bytes of one item → [`Filing`]s; one file a format; detection by content, never by file name.
//!
//! No format opens a file. A format says how a stream of it is cut into items ([`Framing`]); `ingest` reads, decompresses
//! and cuts, and hands each item to [`Format::parse`]. Nothing here panics or loses an item in silence: what is odd becomes
//! a warning on the filing; what gives no filing a [`Refused`] with its byte, and a remedy or what it is instead.

mod detect;
mod magic;

mod anpa1312;
mod ap_json;
mod email;
mod feed;
mod iptc7901;
mod json;
mod newsml1;
mod newsml_g2;
mod ninjs;
mod nitf;
mod page;
mod plain;
mod reuters21578;
mod table;

mod bounds;
mod dates;
mod encoding;
mod entities;
mod field_names;
mod fields;
mod head;
mod html;
mod json_text;
mod markup;
mod paragraphs;
mod seam;
mod takes;
mod terms;
mod warnings;
mod xml;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod property_tests;

pub use bounds::Bounds;
pub use detect::{Detection, detect};
pub use field_names::UnknownPart;
pub(crate) use table::records_below;

use serde::{Deserialize, Serialize};

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
    /// `NewsML-G2`: a newsItem, or a newsMessage with many.
    NewsmlG2,
    /// `NewsML` 1.x.
    Newsml1,
    /// NITF alone in its file.
    Nitf,
    /// IPTC 7901, and agencies' dialects of it.
    Iptc7901,
    /// ANPA 1312.
    Anpa1312,
    /// RSS, Atom or RDF. A JSON Feed is read as JSON.
    Feed,
    /// An HTML page with one story.
    Page,
    /// CSV, TSV or another table of stories with a head of column names.
    Table,
    /// A mail message.
    Email,
}

impl Format {
    /// Every format that is read.
    pub const ALL: [Self; 15] = [
        Self::Plain,
        Self::Json,
        Self::JsonArray,
        Self::JsonLines,
        Self::Ninjs,
        Self::Reuters21578,
        Self::NewsmlG2,
        Self::Newsml1,
        Self::Nitf,
        Self::Iptc7901,
        Self::Anpa1312,
        Self::Feed,
        Self::Page,
        Self::Table,
        Self::Email,
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
            Self::NewsmlG2 => "newsml-g2",
            Self::Newsml1 => "newsml1",
            Self::Nitf => "nitf",
            Self::Iptc7901 => "iptc7901",
            Self::Anpa1312 => "anpa1312",
            Self::Feed => "feed",
            Self::Page => "html",
            Self::Table => "table",
            Self::Email => "email",
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
            Self::JsonArray => Framing::JsonArray,
            Self::JsonLines => Framing::Lines,
            Self::Reuters21578 => Framing::Element("REUTERS"),
            Self::Table => Framing::Records,
            _ => Framing::Whole,
        }
    }

    /// Reads one item. Mostly one filing comes out; a message, a feed or a JSON answer holds several, each with its own result;
    /// an item of white space gives none. The caller fills in `origin.file` and `origin.offset`.
    #[must_use]
    pub fn parse(self, item: &[u8], options: &Options) -> Vec<Parsed> {
        let mut parsed = match self {
            Self::Plain => plain::parse(item),
            Self::Json | Self::JsonArray | Self::JsonLines | Self::Ninjs => json::parse(item, self, options),
            Self::Reuters21578 => reuters21578::parse(item),
            Self::NewsmlG2 => newsml_g2::parse(item, options),
            Self::Newsml1 => newsml1::parse(item, options),
            Self::Nitf => nitf::parse(item, options),
            Self::Iptc7901 => iptc7901::parse(item, options),
            Self::Anpa1312 => anpa1312::parse(item, options),
            Self::Feed => feed::parse(item, options),
            Self::Page => page::parse(item, options),
            Self::Table => table::parse(item, options),
            Self::Email => email::parse(item, options),
        };
        for parsed in &mut parsed {
            if let Ok(filing) = parsed {
                takes::tell(filing);
                if let Some(over) = over_paragraphs(filing, &options.bounds) {
                    *parsed = Err(over);
                }
            }
        }
        parsed
    }
}

fn over_paragraphs(filing: &Filing, bounds: &Bounds) -> Option<Refused> {
    let paragraphs = filing.ninjs.body().lines().count();
    (paragraphs > bounds.paragraphs).then(|| {
        let reason = format!(
            "the story has {paragraphs} paragraphs; {} are the most: cut it, or raise --max-paragraphs",
            bounds.paragraphs
        );
        Refused::rejected(reason, 0)
    })
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
    /// The records of a table, its head repeated before each. A table whose head names no part of a story is one item.
    Records,
    /// From an opening tag `<NAME` to its closing tag.
    Element(&'static str),
}

/// Why an item gave no filing, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Refused {
    /// What is wrong and the remedy, for a person; of a skipped item, what it is.
    pub reason: String,
    /// Byte within the item.
    pub offset: usize,
    /// Whether something is amiss.
    pub verdict: Verdict,
}

/// What is to be thought of an item that gave no filing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It should have been a story and cannot be read as one.
    #[default]
    Rejected,
    /// It is in order, and no story: a planning item, a package, a picture.
    Skipped,
}

impl Refused {
    /// An item that should have been a story.
    pub(crate) fn rejected(reason: impl Into<String>, offset: usize) -> Self {
        Self {
            reason: reason.into(),
            offset,
            verdict: Verdict::Rejected,
        }
    }

    /// An item in order that is no story.
    pub(crate) fn skipped(reason: impl Into<String>, offset: usize) -> Self {
        Self {
            reason: reason.into(),
            offset,
            verdict: Verdict::Skipped,
        }
    }
}

/// How items are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Fields that the user mapped.
    pub map: FieldMap,
    /// How much of an item is taken.
    pub bounds: Bounds,
}

/// Which of an item's keys hold which part of a filing, where the user says so (`--map title=kop`): pairs of the part
/// and the key, a key inside another written with a dot (`body=berita.isi`). The user's map wins over the usual names.
#[derive(Debug, Clone, Default)]
pub struct FieldMap(pub Vec<(String, String)>);

/// The result of reading one item: a filing, or none with its reason.
pub type Parsed = Result<Filing, Refused>;
