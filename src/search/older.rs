//! Stories found by a filing that is not current any more: what `all_versions` adds.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::query::{BooleanQuery, Query as IndexQuery};

use super::SearchError;
use super::compile::{Asked, Compiler};
use super::found::Found;
use super::sets::{self, Ground, Sets};
use crate::index::{Docs, Snapshot};
use crate::query::Query;

/// The stories of which a superseded filing matches the whole query. `said:` finds nothing in them: quotes are kept of current
/// filings only.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn stories_by_older(compiler: &mut Compiler<'_>, query: &Query) -> Result<Sets, SearchError> {
    let snapshot = compiler.snapshot;
    let asked = compiler.compile(query, Ground::Filings, None)?;
    let mut filings = compiler.run(&asked, Ground::Filings)?;
    sets::intersect(&mut filings, &Ground::Filings.all(snapshot));
    Ok(stories_of(snapshot, &filings))
}

/// The stories of filings; one that was taken away, or may not be seen yet, has none.
fn stories_of(snapshot: &Snapshot, filings: &Sets) -> Sets {
    let mut keys = FxHashSet::default();
    for (segment, filings) in snapshot.segments.iter().zip(filings) {
        filings.for_each(|doc| {
            keys.insert(segment.key(doc));
        });
    }
    let of_segment = |segment: &crate::index::Segment| {
        let mut stories = Docs::none(segment.max_doc);
        if !keys.is_empty() {
            segment.stories.for_each(|doc| {
                if segment.filings(doc) > 1 && keys.contains(&segment.key(doc)) {
                    stories.insert(doc);
                }
            });
        }
        Arc::new(stories)
    };
    snapshot.segments.iter().map(|segment| of_segment(segment)).collect()
}

/// What a query asks for, or what `older` holds: words are still scored, and what only an older filing has scores nothing.
pub(super) fn or_older(snapshot: &Snapshot, asked: Asked, older: &Sets) -> Asked {
    let searcher = &snapshot.searcher;
    let either = |sets: Option<Sets>| {
        sets.map(|mut sets| {
            sets::unite(&mut sets, older);
            sets
        })
    };
    match (asked.sets, asked.words) {
        (sets, None) => Asked {
            sets: either(sets),
            words: None,
        },
        (sets, Some(words)) => {
            let current: Box<dyn IndexQuery> = match &sets {
                Some(sets) => Box::new(BooleanQuery::intersection(vec![
                    words,
                    Box::new(Found::unscored(searcher, sets)),
                ])),
                None => words,
            };
            let clauses: Vec<Box<dyn IndexQuery>> = vec![current, Box::new(Found::unscored(searcher, older))];
            Asked {
                sets: either(sets),
                words: Some(Box::new(BooleanQuery::union(clauses))),
            }
        }
    }
}
