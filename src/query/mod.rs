//! The text of a query → its tree, what it was read as, and warnings. Knows nothing of the index.

use crate::story::{Facet, Timestamp};

/// What a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Every story.
    All,
    /// All of them.
    And(Vec<Query>),
    /// Any of them.
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
    /// Words in a part of the story.
    Text(Part, Words),
    /// A facet's value, by any of its names as typed. A speaker or person matches by any part of the name.
    Facet(Facet, String),
    /// Published at or after the first, before the second.
    Published(Option<Timestamp>, Option<Timestamp>),
    /// Length of the body in words: at least, at most.
    Length(Option<u64>, Option<u64>),
    /// Carries at least one quote.
    HasQuote,
    /// Has a value of that facet.
    Has(Facet),
    /// Has no value of that facet.
    Missing(Facet),
}

/// The part of a story in which words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Headline and body.
    Anywhere,
    /// The headline.
    Headline,
    /// Quotes; in an `And` with `speaker:` clauses, the quotes of that speaker.
    Said,
}

/// Words as they are matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// One word, as written or by its stem.
    Word(String),
    /// Words in a row, as written, with at most `slop` others between.
    Phrase(Vec<String>, u32),
    /// Words that begin so.
    Prefix(String),
    /// Words at most that many edits away (1 or 2).
    Fuzzy(String, u8),
}

/// Something in a query that was not understood, or not as the reader may expect.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Warning {
    /// What, for a person.
    pub message: String,
    /// First byte in the query.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// A query text to use in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// A query as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedQuery {
    /// The tree.
    pub query: Query,
    /// What was not understood.
    pub warnings: Vec<Warning>,
}
