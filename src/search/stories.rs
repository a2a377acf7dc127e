//! The search for stories, and one facet of it.

use std::time::Instant;

use rustc_hash::FxHashMap;

use super::count::{Counter, total};
use super::cursor;
use super::first::{Page, Ranked};
use super::highlight::Highlighter;
use super::hits::Maker;
use super::names::Names;
use super::pass::{Pass, Top};
use super::plan::Plan;
use super::sets::Ground;
use super::stages::{Stage, Stages};
use super::zero;
use super::{FacetCounts, Hit, QueryEcho, SearchAnswer, SearchError, SearchRequest, Sort};
use crate::index::Snapshot;
use crate::query::{ParsedQuery, Query, Warning, parse, parse_strict};
use crate::story::{Facet, Timestamp, key_of};
use crate::vocabulary::Vocabulary;

/// Searches for stories.
///
/// # Errors
/// [`SearchError`] names the parameter that is wrong, or says that the index could not be read.
pub fn search(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    request: &SearchRequest,
    now: Timestamp,
) -> Result<SearchAnswer, SearchError> {
    let mut answer = search_parsed(snapshot, vocabulary, request, &read(request, now)?)?;
    if answer.total.stories == 0 {
        answer.query.zero = zero::explain(request, now, |request, parsed| {
            Ok(search_parsed(snapshot, vocabulary, request, parsed)?.total.stories)
        })?;
    }
    Ok(answer)
}

/// The query of a request, read as it is to be read.
pub(super) fn read(request: &SearchRequest, now: Timestamp) -> Result<ParsedQuery, SearchError> {
    if request.strict {
        parse_strict(&request.q, now).map_err(SearchError::NotUnderstood)
    } else {
        Ok(parse(&request.q, now))
    }
}

/// The same for a query that is read already.
pub(super) fn search_parsed(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    request: &SearchRequest,
    parsed: &ParsedQuery,
) -> Result<SearchAnswer, SearchError> {
    search_recorded(snapshot, vocabulary, request, parsed, &Stages::default())
}

/// The same, recorded.
pub(super) fn search_recorded(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    request: &SearchRequest,
    parsed: &ParsedQuery,
    stages: &Stages,
) -> Result<SearchAnswer, SearchError> {
    let start = Instant::now();
    let fingerprint = cursor::fingerprint(request, "stories");
    let after = checked(request, fingerprint)?;
    let names = Names { snapshot, vocabulary };
    let mut plan = Plan::new(names, request, &parsed.query, Ground::Stories, stages)?;
    let page = Page {
        sort: request.sort,
        after,
        limit: request.limit,
    };
    let mut query = echo(parsed, std::mem::take(&mut plan.warnings));
    let maker = Maker {
        snapshot,
        vocabulary,
        lang: &request.lang,
    };
    let counter = Counter {
        snapshot,
        vocabulary,
        request,
        plan: &plan,
    };
    let pass = Pass::new(snapshot, &plan, page);
    let matched = pass.matched()?;
    let ((top, hits), counts) = counter.beside(&matched, || {
        let top = pass.top(&matched)?;
        let hits = stages.time(Stage::Hits, || hits(&maker, &plan, &top, &parsed.query))?;
        Ok((top, hits))
    })?;
    query.warnings.extend(counts.warnings);
    Ok(SearchAnswer {
        total: total(snapshot, &matched),
        hits,
        facets: counts.facets,
        histogram: counts.histogram,
        next: next(&top, fingerprint),
        query,
        took_ms: start.elapsed().as_secs_f64() * 1_000.0,
    })
}

/// Counts one facet; with [`SearchRequest::facet_prefix`] only the values that start so.
///
/// # Errors
/// As [`search`].
pub fn facet(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    request: &SearchRequest,
    facet: Facet,
    now: Timestamp,
) -> Result<FacetCounts, SearchError> {
    let request = SearchRequest {
        limit: 0,
        cursor: None,
        facets: vec![facet],
        histogram: None,
        sort: Sort::Newest,
        ..request.clone()
    };
    let mut answer = search_parsed(snapshot, vocabulary, &request, &read(&request, now)?)?;
    Ok(answer.facets.remove(facet.name()).unwrap_or_default())
}

/// The story of a uri, as a hit without highlights; `None` when there is none, or none alive.
///
/// # Errors
/// When the index cannot be read.
pub fn story(snapshot: &Snapshot, vocabulary: &Vocabulary, uri: &str, lang: &str) -> Result<Option<Hit>, SearchError> {
    let Some(address) = snapshot.story(key_of(uri))? else {
        return Ok(None);
    };
    let (segment, doc) = (address.segment_ord as usize, address.doc_id);
    if !snapshot
        .segments
        .get(segment)
        .is_some_and(|segment| segment.stories.contains(doc))
    {
        return Ok(None);
    }
    let maker = Maker {
        snapshot,
        vocabulary,
        lang,
    };
    let ranked = Ranked {
        place: cursor::Place {
            rank: 0,
            key: key_of(uri),
            at: 0,
        },
        segment,
        doc,
        score: 0.0,
    };
    let mut hit = maker.hit(&ranked, &Highlighter::default(), None)?;
    hit.highlights.clear();
    Ok(Some(hit))
}

/// Checks a request's bounds and reads its cursor.
pub(super) fn checked(request: &SearchRequest, fingerprint: u64) -> Result<Option<cursor::Place>, SearchError> {
    if request.limit > SearchRequest::MAX_LIMIT {
        return Err(SearchError::Limit {
            given: request.limit,
            most: SearchRequest::MAX_LIMIT,
        });
    }
    if request.facet_limit > SearchRequest::MAX_FACET_LIMIT {
        return Err(SearchError::FacetLimit {
            given: request.facet_limit,
            most: SearchRequest::MAX_FACET_LIMIT,
        });
    }
    if let (Some(from), Some(to)) = (request.from, request.to)
        && from >= to
    {
        return Err(SearchError::EmptyRange);
    }
    request
        .cursor
        .as_ref()
        .map(|text| cursor::read(text, fingerprint))
        .transpose()
}

/// What was understood, with the warnings of the parser and of the index.
pub(super) fn echo(parsed: &ParsedQuery, more: Vec<Warning>) -> QueryEcho {
    let mut warnings = parsed.warnings.clone();
    warnings.extend(more);
    QueryEcho {
        read_as: parsed.query.read_as(),
        warnings,
        zero: Vec::new(),
    }
}

/// The cursor behind a page that has more behind it.
pub(super) fn next(top: &Top, fingerprint: u64) -> Option<String> {
    let last = top.ranked.last().filter(|_| top.more)?;
    Some(cursor::write(last.place, fingerprint))
}

fn hits(maker: &Maker<'_>, plan: &Plan, top: &Top, query: &Query) -> Result<Vec<Hit>, SearchError> {
    let highlighter = Highlighter::new(query);
    let said = said(maker.snapshot, plan, top)?;
    let hits = top.ranked.iter().map(|ranked| {
        let said = said
            .as_ref()
            .map(|said| said.get(&(ranked.segment, ranked.doc)).map_or(&[][..], Vec::as_slice));
        maker.hit(ranked, &highlighter, said)
    });
    hits.collect()
}

/// Which quotes of the hits of a page were found, by segment and story.
#[expect(clippy::type_complexity, reason = "a map from a place to quote numbers, used once")]
fn said(
    snapshot: &Snapshot,
    plan: &Plan,
    top: &Top,
) -> Result<Option<FxHashMap<(usize, u32), Vec<usize>>>, SearchError> {
    let Some(found) = &plan.said else { return Ok(None) };
    let name = snapshot.searcher.schema().get_field_name(snapshot.fields.quote_at);
    let mut said: FxHashMap<(usize, u32), Vec<usize>> = FxHashMap::default();
    said.extend(
        top.ranked
            .iter()
            .map(|ranked| ((ranked.segment, ranked.doc), Vec::new())),
    );
    for (at, (segment, quotes)) in snapshot.segments.iter().zip(found).enumerate() {
        let column = snapshot.searcher.segment_reader(at as u32).fast_fields().u64(name)?;
        quotes.for_each(|quote| {
            if let Some(of_story) = said.get_mut(&(at, segment.story_of(quote))) {
                of_story.extend(column.first(quote).map(|number| number as usize));
            }
        });
    }
    Ok(Some(said))
}
