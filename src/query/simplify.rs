//! One tree for one meaning: nested lists are joined, lists of one are opened, and a `Not` stands in an `And` that has
//! something to take from.

use super::Query;

/// The tree in the form that [`Query::And`], [`Query::Or`] and [`Query::Not`] promise.
pub(super) fn simplify(query: Query) -> Query {
    match reduce(query) {
        not @ Query::Not(_) => Query::And(vec![Query::All, not]),
        query => query,
    }
}

/// The same, but a `Not` may be left on top for the list above it.
fn reduce(query: Query) -> Query {
    match query {
        Query::And(parts) => all_of(parts),
        Query::Or(parts) => any_of(parts),
        Query::Not(part) => match reduce(*part) {
            Query::Not(inner) => *inner,
            Query::And(parts) if parts.first() == Some(&Query::All) => {
                any_of(parts.into_iter().skip(1).map(negate).collect())
            }
            part => negate(part),
        },
        Query::Published(None, None) | Query::Length(None, None) => Query::All,
        leaf => leaf,
    }
}

fn negate(query: Query) -> Query {
    match query {
        Query::Not(inner) => *inner,
        query => Query::Not(Box::new(query)),
    }
}

fn all_of(parts: Vec<Query>) -> Query {
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        match reduce(part) {
            Query::And(inner) => all.extend(inner),
            part => all.push(part),
        }
    }
    all.retain(|part| *part != Query::All);
    if all.len() > 1 && all.iter().all(|part| matches!(part, Query::Not(_))) {
        all.insert(0, Query::All);
    }
    one_or(all, Query::All, Query::And)
}

fn any_of(parts: Vec<Query>) -> Query {
    let mut any = Vec::with_capacity(parts.len());
    for part in parts {
        match simplify(part) {
            Query::Or(inner) => any.extend(inner),
            part => any.push(part),
        }
    }
    if any.contains(&Query::All) {
        return Query::All;
    }
    one_or(any, negate(Query::All), Query::Or)
}

/// The only one of a list, `none` for an empty list, else the list.
fn one_or(mut parts: Vec<Query>, none: Query, list: fn(Vec<Query>) -> Query) -> Query {
    match parts.len() {
        0 => none,
        1 => parts.pop().unwrap_or(none),
        _ => list(parts),
    }
}
