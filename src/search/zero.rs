//! Why nothing was found: what each clause of a request finds alone, and which of them, left out, lets something be found.

use super::{FacetFilter, SearchError, SearchRequest};
use crate::query::{ParsedQuery, Query, clauses};
use crate::story::{Facet, Timestamp, rfc3339};

/// Clauses that are looked into at most: each costs a search or two, and no one reads a longer list.
const MAX_CLAUSES: usize = 12;

/// A clause of a request: a part of the query that must hold, or a filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Clause {
    /// The parameter that it stands in: `q`, a facet, `exclude.FACET`, `missing`, `from` or `to`.
    pub parameter: String,
    /// As typed; of a filter, the values wanted.
    #[serde(rename = "clause")]
    pub text: String,
    /// Its first byte in the query; none for a filter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The byte after its last in the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
}

/// A clause of a request that found nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct ZeroClause {
    /// Which.
    #[serde(flatten)]
    pub clause: Clause,
    /// How many it finds alone.
    pub hits: u64,
    /// How many all the others find without it.
    pub without: u64,
    /// Whether something is found without it: alone where `without` is not 0, else together with the others marked so.
    pub leave_out: bool,
}

/// A clause and its share of the request.
pub(super) struct Part {
    pub told: ZeroClause,
    wish: Wish,
    /// Whether what it finds does not depend on the clauses beside it. `said:` means the speaker named beside it.
    is_alone: bool,
}

enum Wish {
    Query(Query),
    Facet(Facet, FacetFilter, bool),
    Missing(Facet),
    From(Timestamp),
    To(Timestamp),
}

/// Looks into a request that found nothing. `count` is the search: how many a request and its query find.
///
/// # Errors
/// When a search fails.
pub(super) fn explain(
    request: &SearchRequest,
    now: Timestamp,
    count: impl Fn(&SearchRequest, &ParsedQuery) -> Result<u64, SearchError>,
) -> Result<Vec<ZeroClause>, SearchError> {
    let mut parts = parts(request, now);
    parts.truncate(MAX_CLAUSES);
    let found = |chosen: &[&Part]| {
        let (request, query) = reduced(request, chosen);
        count(&request, &query)
    };
    for part in &mut parts {
        part.told.hits = found(&[part])?;
    }
    // Where a clause finds nothing alone, only leaving that one out can help.
    let never: Vec<usize> = (0..parts.len())
        .filter(|&at| parts[at].told.hits == 0 && parts[at].is_alone)
        .collect();
    for at in 0..parts.len() {
        if never.iter().all(|&other| other == at) {
            let others: Vec<&Part> = (0..parts.len())
                .filter(|&other| other != at)
                .map(|other| &parts[other])
                .collect();
            parts[at].told.without = found(&others)?;
            parts[at].told.leave_out = parts[at].told.without > 0;
        }
    }
    if !parts.iter().any(|part| part.told.leave_out) {
        // No one clause does it: those are left out that find nothing together with the ones before them.
        let mut kept: Vec<&Part> = Vec::new();
        let mut left_out = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            kept.push(part);
            if part.told.hits == 0 || kept.len() > 1 && found(&kept)? == 0 {
                kept.pop();
                left_out.push(at);
            }
        }
        for at in left_out {
            parts[at].told.leave_out = true;
        }
    }
    Ok(parts.into_iter().map(|part| part.told).collect())
}

/// A clause that is told by its parameter and its text.
fn part(parameter: String, text: String, wish: Wish) -> Part {
    Part {
        told: ZeroClause {
            clause: Clause {
                parameter,
                text,
                ..Clause::default()
            },
            ..ZeroClause::default()
        },
        wish,
        is_alone: true,
    }
}

/// The clauses of a request: those of the query in its order, then the filters.
pub(super) fn parts(request: &SearchRequest, now: Timestamp) -> Vec<Part> {
    let mut parts = Vec::new();
    for clause in clauses(&request.q, now) {
        let typed = request.q.get(clause.start..clause.end).unwrap_or_default();
        let is_alone = !has_said(&clause.query);
        let mut part = part("q".into(), typed.to_owned(), Wish::Query(clause.query));
        (part.told.clause.start, part.told.clause.end) = (Some(clause.start), Some(clause.end));
        part.is_alone = is_alone;
        parts.push(part);
    }
    for (facet, filter) in &request.filters {
        parts.extend(filter_parts(request, *facet, filter));
    }
    for facet in &request.missing {
        let mut filters = request.filters.iter();
        if !filters.any(|(other, filter)| other == facet && !filter.any_of.is_empty()) {
            parts.push(part("missing".into(), facet.name().into(), Wish::Missing(*facet)));
        }
    }
    let time = |at: Timestamp| rfc3339(at).unwrap_or_else(|| at.to_string());
    let from = request
        .from
        .map(|from| part("from".into(), time(from), Wish::From(from)));
    let to = request.to.map(|to| part("to".into(), time(to), Wish::To(to)));
    parts.extend(from.into_iter().chain(to));
    parts
}

/// The clauses of one facet's filter: its wanted values, then its unwanted ones.
fn filter_parts(request: &SearchRequest, facet: Facet, filter: &FacetFilter) -> Vec<Part> {
    let name = facet.name();
    let mut parts = Vec::new();
    if !filter.any_of.is_empty() {
        let or_none = request.missing.contains(&facet);
        let mut values = filter.any_of.clone();
        values.extend(or_none.then(|| "no value".to_owned()));
        let wanted = FacetFilter {
            any_of: filter.any_of.clone(),
            none_of: Vec::new(),
        };
        parts.push(part(
            name.into(),
            values.join(", "),
            Wish::Facet(facet, wanted, or_none),
        ));
    }
    if !filter.none_of.is_empty() {
        let unwanted = FacetFilter {
            any_of: Vec::new(),
            none_of: filter.none_of.clone(),
        };
        let values = filter.none_of.join(", ");
        parts.push(part(
            format!("exclude.{name}"),
            values,
            Wish::Facet(facet, unwanted, false),
        ));
    }
    parts
}

fn has_said(query: &Query) -> bool {
    match query {
        Query::Text(part, _) => *part == crate::query::Part::Said,
        Query::And(parts) | Query::Or(parts) => parts.iter().any(has_said),
        Query::Not(part) => has_said(part),
        _ => false,
    }
}

/// The request with these clauses only, for its total.
pub(super) fn reduced(request: &SearchRequest, parts: &[&Part]) -> (SearchRequest, ParsedQuery) {
    let mut next = SearchRequest {
        q: String::new(),
        filters: Vec::new(),
        missing: Vec::new(),
        from: None,
        to: None,
        limit: 0,
        cursor: None,
        facets: Vec::new(),
        histogram: None,
        ..request.clone()
    };
    let mut query = Vec::new();
    for part in parts {
        match &part.wish {
            Wish::Query(part) => query.push(part.clone()),
            Wish::Facet(facet, filter, or_none) => {
                let wanted = next.filter_mut(*facet);
                wanted.any_of.extend(filter.any_of.iter().cloned());
                wanted.none_of.extend(filter.none_of.iter().cloned());
                next.missing.extend(or_none.then_some(*facet));
            }
            Wish::Missing(facet) => next.missing.push(*facet),
            Wish::From(from) => next.from = Some(*from),
            Wish::To(to) => next.to = Some(*to),
        }
    }
    let parsed = ParsedQuery {
        query: Query::all_of(query),
        warnings: Vec::new(),
    };
    (next, parsed)
}
