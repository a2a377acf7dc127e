//! The values of facets, and what `has:` and `missing:` ask for.

use std::ops::Range;

use super::Query;
use super::fields::suggest_has;
use super::warnings::Warnings;
use super::words::Bare;
use crate::story::Facet;

/// What a story can have or lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Having {
    /// A quote.
    Quote,
    /// A value of a facet.
    Value(Facet),
}

impl Having {
    /// The stories that have it.
    pub(super) fn with(self) -> Query {
        match self {
            Self::Quote => Query::HasQuote,
            Self::Value(facet) => Query::Has(facet),
        }
    }

    /// The stories that do not.
    pub(super) fn without(self) -> Query {
        match self {
            Self::Quote => Query::Not(Box::new(Query::HasQuote)),
            Self::Value(facet) => Query::Missing(facet),
        }
    }
}

/// What the value of `has:` or `missing:` names.
pub(super) fn has(value: &str, span: Range<usize>, warnings: &mut Warnings) -> Option<Having> {
    let name = value.to_ascii_lowercase();
    if name == "quote" {
        return Some(Having::Quote);
    }
    let facet = Facet::named(&name);
    if facet.is_none() {
        let names = Facet::ALL.map(Facet::name).join(", ");
        let message = format!("“{value}” is nothing a story has; it was left out. Write quote, {names}.");
        warnings.problem(span, message, suggest_has(&name).map(str::to_owned));
    }
    facet.map(Having::Value)
}

/// A value between quotation marks.
pub(super) fn quoted_facet(
    facet: Facet,
    text: &str,
    is_fuzzy: bool,
    span: Range<usize>,
    warnings: &mut Warnings,
) -> Option<Query> {
    if is_fuzzy {
        unread_signs(facet, text, span.clone(), warnings);
    }
    value(facet, text, span, warnings)
}

/// A value without quotation marks. A facet has whole values: signs for parts of words are left out.
pub(super) fn bare_facet(facet: Facet, bare: Bare, span: Range<usize>, warnings: &mut Warnings) -> Option<Query> {
    let mut text = bare.text;
    for at in bare.stars.iter().rev() {
        text.remove(*at);
    }
    if !bare.stars.is_empty() || bare.edits.is_some() || bare.is_boosted {
        unread_signs(facet, text.trim(), span.clone(), warnings);
    }
    // "person:Sari, then…": the mark is the sentence's.
    let text = text.trim_end_matches([',', ';']);
    several_values(facet, text, span.clone(), warnings);
    value(facet, text, span, warnings)
}

/// `country:ID,MY`: a list in other programs, one value in this one.
fn several_values(facet: Facet, text: &str, span: Range<usize>, warnings: &mut Warnings) {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|part| !part.is_empty()) {
        let name = facet.name();
        let message = format!("{name}: was read with one value, “{text}”. Write several as {name}:(a OR b).");
        warnings.hint(span, message, Some(format!("({})", parts.join(" OR "))));
    }
}

fn unread_signs(facet: Facet, text: &str, span: Range<usize>, warnings: &mut Warnings) {
    let name = facet.name();
    let message = match facet {
        Facet::Person | Facet::Speaker => {
            format!("{name}: finds any part of a name without *, ~ or ^; they were left out.")
        }
        _ => format!("{name}: takes whole values, without *, ~ or ^; they were left out."),
    };
    let suggestion = Query::Facet(facet, text.to_owned()).to_string();
    let suggestion = suggestion.split_once(':').map(|(_, value)| value.to_owned());
    warnings.problem(span, message, suggestion.filter(|_| !text.is_empty()));
}

fn value(facet: Facet, text: &str, span: Range<usize>, warnings: &mut Warnings) -> Option<Query> {
    let text = text.trim();
    if text.is_empty() {
        let message = format!("{}: has no value and was left out.", facet.name());
        warnings.problem(span, message, None);
        return None;
    }
    Some(Query::Facet(facet, text.to_owned()))
}
