//! The text of a query → its tree, what it was read as, and warnings. Knows nothing of the index.
//!
//! # The language
//! | typed | means |
//! |---|---|
//! | `rice price` | both words; a word stands for its other forms too |
//! | `"rice price"`, `“rice price”`, `«rice price»` | the words in a row, as written |
//! | `"rice price"~5` | with at most five words between |
//! | `rice NEAR/5 price` | in either order, as written, with at most five words between (`NEAR` is `NEAR/10`); a side may be a phrase, `pric*`, `prise~1` or `(rice OR maize)` |
//! | `pric*` · `prise~1` | words that begin so · words at most one edit away (`~` is `~1`; at most `~2`) |
//! | `a AND b` · `a OR b` · `NOT a`, `-a` · `( )` | in capitals; NEAR binds closest, then NOT, then AND (and words side by side), then OR |
//! | `person:Sari` · `country:"North Korea"` · `credit:(afp OR antara)` | a facet's value, by any of its names |
//! | `country IN (NO, SE, "North Korea")`, `country:(NO, SE)` | any of these values; `country NOT IN (NO, SE)` none of them |
//! | `said:word` · `headline:word` | words in a quote · in the headline |
//! | `published:2023`, `2023-09`, `2023-09-01`, `2023-Q3`, `2023-W36`, `"1 Sep 2023"` | in that year, month, day, quarter, week, in UTC |
//! | `published:[2023-09-01 TO now]` · `2023-09..` · `<2023` · `>=now-2d` | a range; either end may be open, and `}` or `<` leaves the end out |
//! | `published:yesterday` · `"last week"` · `now-2d` · `today-1week` · `"last 3 months"` | from now; units `s min h d w M y` or their names |
//! | `words:>500` · `words:100..200` | the length of the body |
//! | `has:quote` · `has:credit` · `missing:credit` | with or without a value |
//!
//! In the parentheses of a facet, words side by side are one value: `country:(North Korea OR Japan)`. A word that holds
//! marks (`Jong-un`) is a phrase of its parts. A backslash takes the meaning from the character after it (`\OR`).
//! A query of exclusions only is every story without them. `field:*` is `has:field`.
//!
//! Nothing fails: what is not understood is left out or read as words, and a [`Warning`] says so and where.

mod balance;
mod calendar;
mod dates;
mod display;
mod fields;
mod hints;
mod lexer;
mod lists;
mod nearness;
mod numbers;
mod parser;
mod ranges;
mod read_as;
mod simplify;
mod tree;
mod values;
mod warnings;
mod words;

pub use tree::{Clause, ParsedQuery, Part, Query, Side, Warning, Words};

use crate::story::Timestamp;

/// Bytes of a query that are read: a list of some thousand names, and far less than a pasted book.
pub const MAX_BYTES: usize = 32 * 1024;
/// Parentheses inside parentheses. Nobody writes ten; the reader descends once for each.
pub const MAX_DEPTH: usize = 50;
/// Words, phrases and field values in one query; the figure is Lucene's `maxClauseCount`.
pub const MAX_CLAUSES: usize = 1_024;
/// Words between those of a phrase, or between the sides of a `NEAR`: a paragraph or two.
pub const MAX_SLOP: u32 = 100;
/// Words between the sides of a `NEAR` that says no number: about a sentence.
pub const USUAL_NEAR: u32 = 10;
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
    let read = parser::read(text, now);
    ParsedQuery {
        query: read.query,
        warnings: read.warnings.into_sorted(),
    }
}

/// Reads a query of which every part must be understood. Hints (a lower-case `or` that may have been meant as `OR`) are no
/// errors; what is read is what [`parse`] reads.
///
/// # Errors
/// The first thing in the text that was not understood.
///
/// ```
/// use dateline::query::parse_strict;
/// let problem = parse_strict("rice negara:ID", 0).unwrap_err();
/// assert_eq!((problem.start, problem.suggestion.as_deref()), (5, Some("country:")));
/// ```
pub fn parse_strict(text: &str, now: Timestamp) -> Result<ParsedQuery, Warning> {
    let read = parser::read(text, now);
    match read.warnings.first_problem() {
        Some(problem) => Err(problem.clone()),
        None => Ok(ParsedQuery {
            query: read.query,
            warnings: read.warnings.into_sorted(),
        }),
    }
}

/// The clauses of a query that must all hold, with their places: what [`Query::all_of`] of them asks for, [`parse`] reads from
/// the text. None where the text asks for every story.
///
/// ```
/// use dateline::query::clauses;
/// let places: Vec<_> = clauses("rice (a OR b) -country:MY", 0).iter().map(|clause| (clause.start, clause.end)).collect();
/// assert_eq!(places, [(0, 4), (5, 13), (14, 25)]);
/// ```
#[must_use]
pub fn clauses(text: &str, now: Timestamp) -> Vec<Clause> {
    parser::read(text, now).clauses
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
