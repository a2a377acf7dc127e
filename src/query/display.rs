//! A tree → the text that reads back as the same tree.

use std::fmt::{self, Display, Formatter, Write};

use super::{Part, Query, Side, USUAL_NEAR, Words, dates};
use crate::story::Facet;

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
        Query::Or(parts) if !parts.is_empty() && of_one_facet(parts).is_none() => joined(parts, " OR ", f),
        Query::Text(Part::Anywhere, Words::Near(sides)) => near(sides, f),
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
        Query::Or(parts) if !parts.is_empty() => match of_one_facet(parts) {
            Some((facet, values)) => list(facet, &values, f),
            None => in_parentheses(query, f),
        },
        Query::Text(Part::Anywhere, Words::Near(_)) => in_parentheses(query, f),
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

/// The facet and the values of an `Or` that asks for several values of one facet.
fn of_one_facet(parts: &[Query]) -> Option<(Facet, Vec<&str>)> {
    let Some(Query::Facet(facet, _)) = parts.first() else {
        return None;
    };
    let mut values = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Query::Facet(other, value) if other == facet => values.push(value.as_str()),
            _ => return None,
        }
    }
    (values.len() > 1).then_some((*facet, values))
}

fn list(facet: Facet, values: &[&str], f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "{} IN (", facet.name())?;
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            f.write_str(", ")?;
        }
        // In a list OR parts the values too.
        if *value == "OR" {
            f.write_str("\"OR\"")?;
        } else {
            facet_value(value, f)?;
        }
    }
    f.write_char(')')
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
    single(words, f)
}

fn single(words: &Words, f: &mut Formatter<'_>) -> fmt::Result {
    match words {
        Words::Word(word) if matches!(word.as_str(), "AND" | "OR" | "NOT" | "NEAR" | "IN") => write!(f, "\\{word}"),
        Words::Word(word) => f.write_str(word),
        Words::Phrase(words, 0) => write!(f, "\"{}\"", words.join(" ")),
        Words::Phrase(words, slop) => write!(f, "\"{}\"~{slop}", words.join(" ")),
        Words::Prefix(begin) => write!(f, "{begin}*"),
        Words::Fuzzy(word, edits) => write!(f, "{word}~{edits}"),
        Words::Near(sides) => {
            f.write_str("(")?;
            near(sides, f)?;
            f.write_str(")")
        }
    }
}

/// `a NEAR/5 (b OR c)`
fn near(sides: &[Side], f: &mut Formatter<'_>) -> fmt::Result {
    for (at, side) in sides.iter().enumerate() {
        match side.within {
            _ if at == 0 => {}
            USUAL_NEAR => f.write_str(" NEAR ")?,
            within => write!(f, " NEAR/{within} ")?,
        }
        if let [only] = side.any.as_slice() {
            single(only, f)?;
            continue;
        }
        for (at, words) in side.any.iter().enumerate() {
            f.write_str(if at == 0 { "(" } else { " OR " })?;
            single(words, f)?;
        }
        f.write_str(")")?;
    }
    Ok(())
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
