//! The text of a query → its tree, what it was read as, and warnings. Knows nothing of the index.
//!
//! # The language
//! | typed | means |
//! |---|---|
//! | `rice price` | both words; a word stands for its other forms too |
//! | `"rice price"`, `“rice price”`, `«rice price»` | the words in a row, as written |
//! | `"rice price"~5` | with at most five words between |
//! | `pric*` · `prise~1` | words that begin so · words at most one edit away (`~` is `~1`; at most `~2`) |
//! | `a AND b` · `a OR b` · `NOT a`, `-a` · `( )` | in capitals; NOT binds closest, then AND (and words side by side), then OR |
//! | `person:Sari` · `country:"North Korea"` · `credit:(afp OR antara)` | a facet's value, by any of its names |
//! | `said:word` · `headline:word` | words in a quote · in the headline |
//! | `published:2023-09` · `published:[2023-09-01 TO now]` · `published:>=now-2d` | when, in UTC |
//! | `words:>500` · `words:100..200` | the length of the body |
//! | `has:quote` · `has:credit` · `missing:credit` | with or without a value |
//!
//! In the parentheses of a facet, words side by side are one value: `country:(North Korea OR Japan)`. A word that holds
//! marks (`Jong-un`) is a phrase of its parts. A backslash takes the meaning from the character after it (`\OR`).
//! A query of exclusions only is every story without them. `field:*` is `has:field`.
//!
//! Nothing fails: what is not understood is left out or read as words, and a [`Warning`] says so and where.

mod dates;
mod display;
mod fields;
mod hints;
mod lexer;
mod numbers;
mod parser;
mod ranges;
mod read_as;
mod simplify;
mod tree;
mod values;
mod warnings;
mod words;

pub use tree::{ParsedQuery, Part, Query, Warning, Words};

use crate::story::Timestamp;

/// Bytes of a query that are read: a list of some thousand names, and far less than a pasted book.
pub const MAX_BYTES: usize = 32 * 1024;
/// Parentheses inside parentheses. Nobody writes ten; the reader descends once for each.
pub const MAX_DEPTH: usize = 50;
/// Words, phrases and field values in one query; the figure is Lucene's `maxClauseCount`.
pub const MAX_CLAUSES: usize = 1_024;
/// Words between those of a phrase: a paragraph or two.
pub const MAX_SLOP: u32 = 100;
/// Warnings on one query: more than anyone reads.
pub const MAX_WARNINGS: usize = 50;

/// Reads a query. Never fails: what it cannot understand becomes a warning. `now` is what relative dates count from.
///
/// ```
/// use dateline::query::parse;
/// let parsed = parse("said:harga speaker:Sari -country:MY", 0);
/// assert_eq!(
///     parsed.query.read_as(),
///     "stories that say “harga” in a quote by Sari and do not mention the country MY"
/// );
/// assert!(parsed.warnings.is_empty());
/// ```
#[must_use]
pub fn parse(text: &str, now: Timestamp) -> ParsedQuery {
    let (query, warnings) = parser::read(text, now);
    ParsedQuery {
        query,
        warnings: warnings.into_sorted(),
    }
}

/// Reads a query of which every part must be understood. Hints (a lower-case `or` that may have been meant as `OR`) are no
/// errors.
///
/// # Errors
/// The first thing in the text that was not understood.
pub fn parse_strict(text: &str, now: Timestamp) -> Result<Query, Warning> {
    let (query, warnings) = parser::read(text, now);
    match warnings.into_first_problem() {
        Some(problem) => Err(problem),
        None => Ok(query),
    }
}

/// The first second of a stretch of time and the second after its last, as `published:` reads one value: `2023`, `2023-09`,
/// `2023-09-01`, an RFC 3339 time, `yesterday`, `now-2d`. `None` when the text is no date.
#[must_use]
pub fn period(text: &str, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
    dates::stretch(text, now)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
