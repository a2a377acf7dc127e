//! The values of this module: the tree of a query, and what was not understood of its text.

use crate::story::{Facet, Timestamp};

/// What a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Every story.
    All,
    /// All of them. In a tree made by [`super::parse`] it has two parts or more, none of them an `And`, and one at least is
    /// not a `Not`.
    And(Vec<Query>),
    /// Any of them. In a tree made by [`super::parse`] it has two parts or more, none of them an `Or`, an `All` or a `Not`.
    Or(Vec<Query>),
    /// Not this. In a tree made by [`super::parse`] it stands in an `And` only.
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

/// Words as they are matched, cut as [`crate::text::tokenise`] cuts a text, without its marks; as typed, not folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// One word, as written or by its stem.
    Word(String),
    /// Words in a row, as written, with at most `slop` others between. One word alone is that word as written, not its stem.
    Phrase(Vec<String>, u32),
    /// Words that begin so.
    Prefix(String),
    /// Words at most that many edits away (1 or 2).
    Fuzzy(String, u8),
    /// Each side near the one before it, in either order, and none in another. Words in it are matched as written. In a tree
    /// made by [`super::parse`] it has two sides or more.
    Near(Vec<Side>),
}

/// One side of a [`Words::Near`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The words that may stand here, any of them; none of them is a [`Words::Near`].
    pub any: Vec<Words>,
    /// Other words at most between it and the side before; 0 for the first side.
    pub within: u32,
}

/// A clause of a query, one of those that must all hold, and its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// What it asks for.
    pub query: Query,
    /// Its first byte in the query.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// Something in a query that was not understood, or not as the reader may expect.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Warning {
    /// What, and what to do about it, for a person.
    pub message: String,
    /// First byte in the query.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// A query text to use in place of the bytes from `start` to `end`; empty where they are best left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// A query as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedQuery {
    /// The tree.
    pub query: Query,
    /// What was not understood, in the order of the text.
    pub warnings: Vec<Warning>,
}

impl Query {
    /// What all of these ask for together, in the form of a parsed tree.
    ///
    /// ```
    /// use dateline::query::{Query, parse};
    /// let parts = ["rice -export", "maize"].map(|text| parse(text, 0).query);
    /// assert_eq!(Query::all_of(parts.to_vec()), parse("rice -export maize", 0).query);
    /// ```
    #[must_use]
    pub fn all_of(parts: Vec<Self>) -> Self {
        super::simplify::simplify(Self::And(parts))
    }
}

impl Part {
    /// The name of its field; empty for [`Part::Anywhere`], which has none.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anywhere => "",
            Self::Headline => "headline",
            Self::Said => "said",
        }
    }
}
