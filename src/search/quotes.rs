//! The search for quotes: the filters of stories, but a quote is the hit, and words and speakers are the quote's own.

use std::collections::hash_map::Entry;
use std::time::Instant;

use rustc_hash::FxHashMap;
use tantivy::DocAddress;

use super::count::Counter;
use super::cursor;
use super::first::{Page, Ranked};
use super::hits::Maker;
use super::matcher::{Patterns, joined};
use super::names::Names;
use super::pass::{Pass, Top};
use super::passages;
use super::plan::Plan;
use super::sets::Ground;
use super::stages::{Stage, Stages};
use super::stories::{checked, echo, next, read};
use super::zero;
use super::{QuoteHit, QuotesAnswer, SearchError, SearchRequest};
use crate::index::{Snapshot, Stored};
use crate::query::{ParsedQuery, Part, Query};
use crate::story::{Facet, Timestamp, rfc3339};
use crate::vocabulary::Vocabulary;

/// Searches for quotes. Words of `q` are looked for in the quote (`headline:` in its story's), a speaker is the quote's own,
/// everything else holds for its story. Facets and histogram count quotes.
///
/// # Errors
/// [`SearchError`] names the parameter that is wrong, or says that the index could not be read.
pub fn quotes(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    request: &SearchRequest,
    now: Timestamp,
) -> Result<QuotesAnswer, SearchError> {
    let mut answer = quotes_parsed(snapshot, vocabulary, request, &read(request, now)?)?;
    if answer.total == 0 {
        answer.query.zero = zero::explain(request, now, |request, parsed| {
            Ok(quotes_parsed(snapshot, vocabulary, request, parsed)?.total)
        })?;
    }
    Ok(answer)
}

/// The same for a query that is read already.
pub(super) fn quotes_parsed(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    request: &SearchRequest,
    parsed: &ParsedQuery,
) -> Result<QuotesAnswer, SearchError> {
    quotes_recorded(snapshot, vocabulary, request, parsed, &Stages::default())
}

/// The same, recorded.
pub(super) fn quotes_recorded(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    request: &SearchRequest,
    parsed: &ParsedQuery,
    stages: &Stages,
) -> Result<QuotesAnswer, SearchError> {
    let start = Instant::now();
    let fingerprint = cursor::fingerprint(request, "quotes");
    let after = checked(request, fingerprint)?;
    let names = Names { snapshot, vocabulary };
    let mut plan = Plan::new(names, request, &parsed.query, Ground::Quotes, stages)?;
    let page = Page {
        sort: request.sort,
        after,
        limit: request.limit,
    };
    let warnings = std::mem::take(&mut plan.warnings);
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
    let mut query = echo(parsed, warnings);
    let pass = Pass::new(snapshot, &plan, page);
    let matched = pass.matched()?;
    let ((top, hits), counts) = counter.beside(&matched, || {
        let top = pass.top(&matched)?;
        let hits = stages.time(Stage::Hits, || hits(&maker, &top, &parsed.query))?;
        Ok((top, hits))
    })?;
    query.warnings.extend(counts.warnings);
    Ok(QuotesAnswer {
        total: matched.count() as u64,
        hits,
        facets: counts.facets,
        histogram: counts.histogram,
        next: next(&top, fingerprint),
        query,
        took_ms: start.elapsed().as_secs_f64() * 1_000.0,
    })
}

fn hits(maker: &Maker<'_>, top: &Top, query: &Query) -> Result<Vec<QuoteHit>, SearchError> {
    let all = Patterns::of(query);
    let patterns = all.for_part(Part::Anywhere).and(all.for_part(Part::Said));
    let mut stories: FxHashMap<(usize, u32), Stored> = FxHashMap::default();
    let mut hits = Vec::with_capacity(top.ranked.len());
    for ranked in &top.ranked {
        let story = maker.snapshot.segments[ranked.segment].story_of(ranked.doc);
        let stored = match stories.entry((ranked.segment, story)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let address = DocAddress::new(ranked.segment as u32, story);
                new.insert(maker.snapshot.stored(address)?)
            }
        };
        hits.extend(hit(maker, ranked, stored, &patterns));
    }
    Ok(hits)
}

fn hit(maker: &Maker<'_>, ranked: &Ranked, stored: &Stored, patterns: &Patterns) -> Option<QuoteHit> {
    let quote = stored.extraction.quotes.get(ranked.place.at as usize)?.clone();
    let body = stored.filing.ninjs.body();
    let matches = patterns.find(&quote.text, stored.language());
    let speakers = &maker.snapshot.interners[Facet::Speaker as usize];
    let label = |speaker: &String| {
        let shown = speakers.id(speaker).map_or(speaker.as_str(), |id| speakers.value(id));
        maker.vocabulary.label(Facet::Speaker, shown, maker.lang)
    };
    Some(QuoteHit {
        speaker_label: quote.speaker.as_ref().map(label),
        score: ranked.score,
        spans: joined(matches.into_iter().map(|found| found.span)),
        before: passages::before(body, quote.start).to_owned(),
        after: passages::after(body, quote.end).to_owned(),
        story: stored.uri.clone(),
        headline: stored.filing.ninjs.headline().to_owned(),
        published: stored.published.and_then(rfc3339),
        credits: maker.credits(stored),
        quote,
    })
}
