//! A tree → the text that reads back as the same tree.

use std::fmt::{self, Display, Formatter, Write};

use super::{Part, Query, Words, dates};

impl Display for Query {
    /// The canonical text of the query: a tree made by [`super::parse`] reads back the same from it. Empty for every story.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            query => level(query, f),
        }
    }
}

/// A query with its top-level list open.
fn level(query: &Query, f: &mut Formatter<'_>) -> fmt::Result {
    match query {
        Query::And(parts) if !parts.is_empty() => {
            // Exclusions are from every story, which nobody needs to type.
            let from = usize::from(parts.len() > 1 && parts[0] == Query::All);
            joined(&parts[from..], " ", f)
        }
        Query::Or(parts) if !parts.is_empty() => joined(parts, " OR ", f),
        query => closed(query, f),
    }
}

fn joined(parts: &[Query], between: &str, f: &mut Formatter<'_>) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        closed(part, f)?;
    }
    Ok(())
}

/// A query that may stand in a list: lists get parentheses.
fn closed(query: &Query, f: &mut Formatter<'_>) -> fmt::Result {
    match query {
        Query::And(parts) if !parts.is_empty() => in_parentheses(query, f),
        Query::Or(parts) if !parts.is_empty() => in_parentheses(query, f),
        Query::All | Query::And(_) => f.write_str("*"),
        Query::Or(_) => f.write_str("-*"),
        Query::Not(part) => {
            f.write_str("-")?;
            match &**part {
                Query::Not(_) => in_parentheses(part, f),
                part => closed(part, f),
            }
        }
        leaf => leaf_text(leaf, f),
    }
}

fn in_parentheses(query: &Query, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str("(")?;
    level(query, f)?;
    f.write_str(")")
}

fn leaf_text(query: &Query, f: &mut Formatter<'_>) -> fmt::Result {
    match query {
        Query::Text(part, words) => text(*part, words, f),
        Query::Facet(facet, value) => {
            write!(f, "{}:", facet.name())?;
            facet_value(value, f)
        }
        Query::Published(from, to) => published(*from, *to, f),
        Query::Length(from, to) => match (from, to) {
            (Some(from), Some(to)) if from == to => write!(f, "words:{from}"),
            (Some(from), Some(to)) => write!(f, "words:{from}..{to}"),
            (Some(from), None) => write!(f, "words:>={from}"),
            (None, Some(to)) => write!(f, "words:<={to}"),
            (None, None) => f.write_str("*"),
        },
        Query::HasQuote => f.write_str("has:quote"),
        Query::Has(facet) => write!(f, "has:{}", facet.name()),
        Query::Missing(facet) => write!(f, "missing:{}", facet.name()),
        Query::All | Query::And(_) | Query::Or(_) | Query::Not(_) => Ok(()),
    }
}

fn text(part: Part, words: &Words, f: &mut Formatter<'_>) -> fmt::Result {
    if part != Part::Anywhere {
        write!(f, "{}:", part.name())?;
    }
    match words {
        Words::Word(word) if matches!(word.as_str(), "AND" | "OR" | "NOT") => write!(f, "\\{word}"),
        Words::Word(word) => f.write_str(word),
        Words::Phrase(words, 0) => write!(f, "\"{}\"", words.join(" ")),
        Words::Phrase(words, slop) => write!(f, "\"{}\"~{slop}", words.join(" ")),
        Words::Prefix(begin) => write!(f, "{begin}*"),
        Words::Fuzzy(word, edits) => write!(f, "{word}~{edits}"),
    }
}

/// A value, in quotation marks unless it is plain.
fn facet_value(value: &str, f: &mut Formatter<'_>) -> fmt::Result {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '/' | '\'');
    if value.starts_with(char::is_alphanumeric) && value.chars().all(is_plain) {
        return f.write_str(value);
    }
    f.write_char('"')?;
    for c in value.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

fn published(from: Option<i64>, to: Option<i64>, f: &mut Formatter<'_>) -> fmt::Result {
    match (from, to) {
        (Some(from), Some(to)) => match dates::whole(from, to) {
            Some(date) => write!(f, "published:{date}"),
            None => write!(f, "published:[{} TO {}}}", dates::written(from), dates::written(to)),
        },
        (Some(from), None) => write!(f, "published:[{} TO *]", dates::written(from)),
        (None, Some(to)) => write!(f, "published:[* TO {}}}", dates::written(to)),
        (None, None) => f.write_str("*"),
    }
}
