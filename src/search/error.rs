//! Why a search has no answer.

use super::Tombstone;
use crate::index::IndexError;
use crate::query::Warning;

/// A search that could not be answered. Each says which parameter, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// A part of the query was not understood, and all of it must be.
    #[error("q: {} (at byte {})", .0.message, .0.start)]
    NotUnderstood(Warning),
    /// The page is too long.
    #[error("limit: {given} is more than {most}; ask for at most {most} and follow `next`")]
    Limit {
        /// As asked.
        given: usize,
        /// The most that is allowed.
        most: usize,
    },
    /// Too many facet values.
    #[error("facet.limit: {given} is more than {most}; ask for at most {most}, or narrow the list with a prefix")]
    FacetLimit {
        /// As asked.
        given: usize,
        /// The most that is allowed.
        most: usize,
    },
    /// Not a cursor of this program, or a damaged one.
    #[error(
        "cursor: this is not a cursor; pass `next` of the page before unchanged, or leave it out for the first page"
    )]
    BadCursor,
    /// A cursor of another search.
    #[error(
        "cursor: it belongs to another search; keep query, filters and sort as they were, or leave it out for the first page"
    )]
    ForeignCursor,
    /// The time range is empty.
    #[error("from: it is not before `to`; swap the two")]
    EmptyRange,
    /// The histogram would have too many bars, also by year.
    #[error(
        "histogram: {bars} bars are more than {most}; narrow the time with `from` and `to`, or choose a wider interval"
    )]
    TooManyBars {
        /// As many as there would be.
        bars: u64,
        /// The most that is allowed.
        most: usize,
    },
    /// The story has no version of that number.
    #[error("{parameter}: the story has no version {asked}; it has {}", listed(.numbers))]
    NoVersion {
        /// `from` or `to`.
        parameter: &'static str,
        /// As asked.
        asked: u32,
        /// The numbers that there are.
        numbers: Vec<u32>,
    },
    /// There is no second version to compare with.
    #[error("the story has nothing to compare: of its versions only {} can be read", listed(.numbers))]
    OneVersion {
        /// The numbers that can be compared.
        numbers: Vec<u32>,
    },
    /// The version was killed, though the story was filed again.
    #[error("{parameter}: version {asked} was killed; its text is not told")]
    Killed {
        /// `from` or `to`.
        parameter: &'static str,
        /// As asked.
        asked: u32,
        /// The kill.
        tombstone: Box<Tombstone>,
    },
    /// There is no story of that uri, or it was taken away.
    #[error("story: {}", no_story(.uri, .tombstone.as_deref()))]
    NoStory {
        /// As asked.
        uri: String,
        /// The kill or withholding, if there is one.
        tombstone: Option<Box<Tombstone>>,
    },
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// tantivy could not run the query.
    #[error("the index could not be searched; run `dateline check`")]
    Tantivy(#[from] tantivy::TantivyError),
    /// A file of the index could not be read.
    #[error("a file of the index could not be read; run `dateline check`")]
    Io(#[from] std::io::Error),
}

impl SearchError {
    /// The request's parameter that is at fault, `None` when it is the index.
    #[must_use]
    pub const fn parameter(&self) -> Option<&'static str> {
        match self {
            Self::NotUnderstood(_) => Some("q"),
            Self::Limit { .. } => Some("limit"),
            Self::FacetLimit { .. } => Some("facet.limit"),
            Self::BadCursor | Self::ForeignCursor => Some("cursor"),
            Self::EmptyRange => Some("from"),
            Self::TooManyBars { .. } => Some("histogram"),
            Self::NoStory { .. } => Some("story"),
            Self::NoVersion { parameter, .. } | Self::Killed { parameter, .. } => Some(parameter),
            Self::OneVersion { .. } | Self::Index(_) | Self::Tantivy(_) | Self::Io(_) => None,
        }
    }
}

fn no_story(uri: &str, tombstone: Option<&Tombstone>) -> String {
    match tombstone {
        None => format!("there is no story with the uri \"{uri}\"; give the `id` of a hit, or leave it out"),
        Some(tombstone) if tombstone.status == "withheld" => format!("\"{uri}\" is withheld; no search finds it"),
        Some(_) => format!("\"{uri}\" was killed; no search finds it"),
    }
}

/// Numbers with commas between.
fn listed(numbers: &[u32]) -> String {
    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
    numbers.join(", ")
}
