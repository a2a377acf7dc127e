//! Names and values as typed → [`SearchRequest`]: the parameters of a query string and the flags of the command line are the
//! same words. A name that is not known is an error: a filter that is silently dropped gives a wrong answer.

use super::{CompleteRequest, DiffRequest, ExplainRequest, Interval, SearchRequest, Sort, StoryRequest};
use crate::query::period;
use crate::story::{Facet, Timestamp};
use crate::text::Typo;

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
        Self {
            parameter: parameter.to_owned(),
            reason: reason.into(),
            suggestion: None,
        }
    }
}

/// Edits at most between a name that is not known and one that was perhaps meant.
const MAX_EDITS: usize = 2;

/// The parameters that are no facet.
const NAMES: [&str; 16] = [
    "q",
    "strict",
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
    "all_versions",
    "recency",
    "exclude.FIELD",
];

/// Reads pairs of names and values. `now` is what relative dates count from.
///
/// # Errors
/// On a name that is not known, given twice where once is meant, or whose value cannot be read.
pub fn request_from<I, S>(pairs: I, now: Timestamp) -> Result<SearchRequest, ParamError>
where
    I: IntoIterator<Item = (S, S)>,
    S: AsRef<str>,
{
    let mut request = SearchRequest::new("");
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in pairs {
        let (name, value) = (name.as_ref(), value.as_ref());
        let is_repeatable = matches!(name, "facet" | "missing") || Facet::named(facet_part(name)).is_some();
        if !is_repeatable {
            if seen.iter().any(|earlier| earlier == name) {
                return Err(ParamError::new(
                    name,
                    format!("\"{name}\" is given twice; give it once"),
                ));
            }
            seen.push(name.to_owned());
        }
        // An empty field of the page's form says nothing.
        if !value.trim().is_empty() {
            read(&mut request, name, value.trim(), now)?;
        }
    }
    Ok(request)
}

/// Reads the parameters of a search to explain: those of [`request_from`], and `story` and `quotes`.
///
/// # Errors
/// As [`request_from`].
pub fn explain_request_from<I, S>(pairs: I, now: Timestamp) -> Result<ExplainRequest, ParamError>
where
    I: IntoIterator<Item = (S, S)>,
    S: AsRef<str>,
{
    let is_own = |name: &str| matches!(name, "story" | "quotes");
    let mut search = Vec::new();
    let mut request = ExplainRequest::default();
    for (name, value) in pairs {
        let own = value.as_ref().trim();
        match name.as_ref() {
            name if is_own(name) && own.is_empty() => {}
            "quotes" => request.quotes = truth("quotes", own)?,
            "story" if request.story.is_some() => {
                return Err(ParamError::new("story", "\"story\" is given twice; give it once"));
            }
            "story" => request.story = Some(own.to_owned()),
            _ => search.push((name, value)),
        }
    }
    request.search = request_from(search, now)?;
    Ok(request)
}

/// Reads the parameters of one story: `lang`.
///
/// # Errors
/// On any other name.
pub fn lang_from<I, S>(pairs: I) -> Result<String, ParamError>
where
    I: IntoIterator<Item = (S, S)>,
    S: AsRef<str>,
{
    let mut lang = String::new();
    for (name, value) in pairs {
        match name.as_ref() {
            "lang" => value.as_ref().trim().clone_into(&mut lang),
            other => return Err(unknown(other, &["lang"])),
        }
    }
    Ok(lang)
}

/// Reads the parameters of a comparison: `from`, `to`, `lang`.
///
/// # Errors
/// On any other name, and on a version that is no number.
pub fn diff_request_from<I, S>(pairs: I) -> Result<DiffRequest, ParamError>
where
    I: IntoIterator<Item = (S, S)>,
    S: AsRef<str>,
{
    let mut request = DiffRequest::default();
    for (name, value) in pairs {
        let (name, value) = (name.as_ref(), value.as_ref().trim());
        match name {
            "from" if !value.is_empty() => request.from = Some(version(name, value)?),
            "to" if !value.is_empty() => request.to = Some(version(name, value)?),
            "from" | "to" => {}
            "lang" => value.clone_into(&mut request.lang),
            other => return Err(unknown(other, &["from", "to", "lang"])),
        }
    }
    Ok(request)
}

/// Reads the parameters of one story as it is shown: `q`, `lang`.
///
/// # Errors
/// On any other name.
pub fn story_request_from<I, S>(pairs: I) -> Result<StoryRequest, ParamError>
where
    I: IntoIterator<Item = (S, S)>,
    S: AsRef<str>,
{
    let mut request = StoryRequest::default();
    for (name, value) in pairs {
        let value = value.as_ref().trim();
        match name.as_ref() {
            "q" => value.clone_into(&mut request.q),
            "lang" => value.clone_into(&mut request.lang),
            other => return Err(unknown(other, &["q", "lang"])),
        }
    }
    Ok(request)
}

/// Reads the parameters of a search for similar stories: those of [`request_from`] without order, pages and counts.
///
/// # Errors
/// As [`request_from`].
pub fn similar_request_from<I, S>(pairs: I, now: Timestamp) -> Result<SearchRequest, ParamError>
where
    I: IntoIterator<Item = (S, S)>,
    S: AsRef<str>,
{
    let pairs: Vec<(S, S)> = pairs.into_iter().collect();
    let is_other = |name: &str| NOT_OF_SIMILAR.contains(&name);
    if let Some((name, _)) = pairs.iter().find(|(name, _)| is_other(name.as_ref())) {
        let known = NAMES.into_iter().filter(|name| !is_other(name));
        let known: Vec<&str> = known.chain(Facet::ALL.map(Facet::name)).collect();
        return Err(unknown(name.as_ref(), &known));
    }
    request_from(pairs, now)
}

/// What a search for similar stories has not: the most similar come first, and there is one page.
const NOT_OF_SIMILAR: [&str; 7] = [
    "sort",
    "cursor",
    "facet",
    "facet.limit",
    "prefix",
    "histogram",
    "all_versions",
];

/// Reads the parameters of a completion: `q`, `limit`, `lang`.
///
/// # Errors
/// On any other name, and on a limit that is none.
pub fn complete_request_from<I, S>(pairs: I) -> Result<CompleteRequest, ParamError>
where
    I: IntoIterator<Item = (S, S)>,
    S: AsRef<str>,
{
    let mut request = CompleteRequest::default();
    for (name, value) in pairs {
        let (name, value) = (name.as_ref(), value.as_ref());
        match name {
            // Spaces at the end tell that the last word is typed to its end.
            "q" => value.clone_into(&mut request.q),
            "limit" if value.trim().is_empty() => {}
            "limit" => request.limit = count(name, value.trim(), CompleteRequest::MAX_LIMIT)?,
            "lang" => value.trim().clone_into(&mut request.lang),
            other => return Err(unknown(other, &["q", "limit", "lang"])),
        }
    }
    Ok(request)
}

fn version(name: &str, value: &str) -> Result<u32, ParamError> {
    let wanted = || {
        ParamError::new(
            name,
            format!("\"{value}\" should be the number of a version: 1 is the first"),
        )
    };
    value.parse().map_err(|_| wanted())
}

fn facet_part(name: &str) -> &str {
    name.strip_prefix("exclude.").unwrap_or(name)
}

fn read(request: &mut SearchRequest, name: &str, value: &str, now: Timestamp) -> Result<(), ParamError> {
    match name {
        "q" => value.clone_into(&mut request.q),
        "strict" => request.strict = truth(name, value)?,
        "from" => request.from = Some(date(name, value, now)?.0),
        "to" => request.to = Some(date(name, value, now)?.1),
        "missing" => request.missing.extend(facets(name, value)?),
        "sort" => request.sort = sort(name, value)?,
        "limit" => request.limit = count(name, value, SearchRequest::MAX_LIMIT)?,
        "cursor" => request.cursor = Some(value.to_owned()),
        "facet" => request.facets.extend(facets(name, value)?),
        "facet.limit" => request.facet_limit = count(name, value, SearchRequest::MAX_FACET_LIMIT)?,
        "prefix" => value.clone_into(&mut request.facet_prefix),
        "histogram" => request.histogram = Some(interval(name, value)?),
        "lang" => value.clone_into(&mut request.lang),
        "all_versions" => request.all_versions = truth(name, value)?,
        "recency" => request.recency = truth(name, value)?,
        _ => match (Facet::named(facet_part(name)), name.starts_with("exclude.")) {
            (Some(facet), false) => request.filter_mut(facet).any_of.push(value.to_owned()),
            (Some(facet), true) => request.filter_mut(facet).none_of.push(value.to_owned()),
            (None, _) => {
                let known: Vec<&str> = NAMES.into_iter().chain(Facet::ALL.map(Facet::name)).collect();
                return Err(unknown(name, &known));
            }
        },
    }
    Ok(())
}

fn truth(name: &str, value: &str) -> Result<bool, ParamError> {
    match value {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err(ParamError::new(name, format!("\"{value}\" is neither true nor false"))),
    }
}

fn unknown(name: &str, known: &[&'static str]) -> ParamError {
    let typo = Typo::new(name, MAX_EDITS);
    let near = known
        .iter()
        .filter_map(|known| Some((typo.edits_to(known)?, *known)))
        .min();
    ParamError {
        parameter: name.to_owned(),
        reason: format!("there is no parameter \"{name}\"; there are {}", known.join(", ")),
        suggestion: near.map(|(_, known)| known.to_owned()),
    }
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
        _ => Err(ParamError::new(
            name,
            format!("\"{value}\" should be relevance, newest or oldest"),
        )),
    }
}

fn interval(name: &str, value: &str) -> Result<Interval, ParamError> {
    match value {
        "day" => Ok(Interval::Day),
        "month" => Ok(Interval::Month),
        "year" => Ok(Interval::Year),
        _ => Err(ParamError::new(
            name,
            format!("\"{value}\" should be day, month or year"),
        )),
    }
}

/// The first second of a day, month, year or time, and the first after it.
fn date(name: &str, value: &str, now: Timestamp) -> Result<(Timestamp, Timestamp), ParamError> {
    let wanted = "should be a date: 2023, 2023-09, 2023-09-01, an RFC 3339 time, today, yesterday or now-7d";
    period(value, now).ok_or_else(|| ParamError::new(name, format!("\"{value}\" {wanted}")))
}

#[cfg(test)]
mod tests;
