//! Parameters of a query string → [`SearchRequest`]. A parameter that is not known is an error: a filter that is silently
//! dropped gives a wrong answer.

use crate::formats::dates;
use crate::search::{Interval, SearchRequest, Sort};
use crate::story::{Facet, Timestamp};

/// A parameter that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamError {
    /// Its name.
    pub parameter: String,
    /// What is wrong and what to write.
    pub reason: String,
    /// A name or value that was perhaps meant.
    pub suggestion: Option<String>,
}

impl ParamError {
    fn new(parameter: &str, reason: impl Into<String>) -> Self {
        Self { parameter: parameter.to_owned(), reason: reason.into(), suggestion: None }
    }
}

/// The pairs of a query string, in their order, decoded.
pub type Params = Vec<(String, String)>;

/// The parameters that are no facet.
const NAMES: [&str; 13] = [
    "q",
    "from",
    "to",
    "missing",
    "sort",
    "limit",
    "cursor",
    "facet",
    "facet.limit",
    "prefix",
    "histogram",
    "lang",
    "exclude.FIELD",
];

/// Reads a query string.
///
/// # Errors
/// On a parameter that is not known, given twice where one is meant, or whose value cannot be read.
pub fn search_request(query: &str) -> Result<SearchRequest, ParamError> {
    let mut request = SearchRequest::new("");
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let is_repeatable = matches!(&*name, "facet" | "missing") || Facet::named(facet_part(&name)).is_some();
        if !is_repeatable {
            if seen.iter().any(|earlier| *earlier == *name) {
                return Err(ParamError::new(&name, format!("\"{name}\" is given twice; give it once")));
            }
            seen.push(name.to_string());
        }
        // An empty field of the page's form says nothing.
        if !value.trim().is_empty() {
            read(&mut request, &name, value.trim())?;
        }
    }
    Ok(request)
}

fn facet_part(name: &str) -> &str {
    name.strip_prefix("exclude.").unwrap_or(name)
}

fn read(request: &mut SearchRequest, name: &str, value: &str) -> Result<(), ParamError> {
    match name {
        "q" => value.clone_into(&mut request.q),
        "from" => request.from = Some(date(name, value)?.0),
        "to" => request.to = Some(date(name, value)?.1),
        "missing" => request.missing.extend(facets(name, value)?),
        "sort" => request.sort = sort(name, value)?,
        "limit" => request.limit = count(name, value, SearchRequest::MAX_LIMIT)?,
        "cursor" => request.cursor = Some(value.to_owned()),
        "facet" => request.facets.extend(facets(name, value)?),
        "facet.limit" => request.facet_limit = count(name, value, SearchRequest::MAX_FACET_LIMIT)?,
        "prefix" => value.clone_into(&mut request.facet_prefix),
        "histogram" => request.histogram = Some(interval(name, value)?),
        "lang" => value.clone_into(&mut request.lang),
        _ => match (Facet::named(facet_part(name)), name.starts_with("exclude.")) {
            (Some(facet), false) => request.filter_mut(facet).any_of.push(value.to_owned()),
            (Some(facet), true) => request.filter_mut(facet).none_of.push(value.to_owned()),
            (None, _) => return Err(unknown(name)),
        },
    }
    Ok(())
}

fn unknown(name: &str) -> ParamError {
    let known: Vec<&str> = NAMES.into_iter().chain(Facet::ALL.map(Facet::name)).collect();
    let near = known.iter().map(|known| (distance(name, known), *known)).min();
    ParamError {
        parameter: name.to_owned(),
        reason: format!("there is no parameter \"{name}\"; there are {}", known.join(", ")),
        suggestion: near.filter(|(edits, _)| *edits <= 2).map(|(_, known)| known.to_owned()),
    }
}

/// Edits between two short names (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, cb) in b.iter().enumerate() {
            let cost = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

fn facets(name: &str, value: &str) -> Result<Vec<Facet>, ParamError> {
    let read = |part: &str| {
        Facet::named(part.trim()).ok_or_else(|| {
            let known = Facet::ALL.map(Facet::name).join(", ");
            ParamError::new(name, format!("there is no facet \"{part}\"; there are {known}"))
        })
    };
    value.split(',').map(read).collect()
}

fn count(name: &str, value: &str, most: usize) -> Result<usize, ParamError> {
    let wanted = || ParamError::new(name, format!("\"{value}\" should be a whole number from 0 to {most}"));
    value.parse().ok().filter(|count| *count <= most).ok_or_else(wanted)
}

fn sort(name: &str, value: &str) -> Result<Sort, ParamError> {
    match value {
        "relevance" => Ok(Sort::Relevance),
        "newest" => Ok(Sort::Newest),
        "oldest" => Ok(Sort::Oldest),
        _ => Err(ParamError::new(name, format!("\"{value}\" should be relevance, newest or oldest"))),
    }
}

fn interval(name: &str, value: &str) -> Result<Interval, ParamError> {
    match value {
        "day" => Ok(Interval::Day),
        "month" => Ok(Interval::Month),
        "year" => Ok(Interval::Year),
        _ => Err(ParamError::new(name, format!("\"{value}\" should be day, month or year"))),
    }
}

/// The first second of a day, month, year or time, and the first after it.
fn date(name: &str, value: &str) -> Result<(Timestamp, Timestamp), ParamError> {
    let wanted = || ParamError::new(name, format!("\"{value}\" should be a date: 2023, 2023-09, 2023-09-01 or RFC 3339"));
    dates::period(value).ok_or_else(wanted)
}
