//! Why a story ranks where it does, or what keeps it out.

use serde::Serialize;

use super::Setting;
use super::clauses::{KeptOut, keeping_out};
use super::score::{At, ScorePart, parts, quotes_of};
use crate::index::Segment;
use crate::query::{ParsedQuery, Query};
use crate::search::first::{Page, Ranked};
use crate::search::pass::{Matched, Pass, Top};
use crate::search::plan::Plan;
use crate::search::ranking;
use crate::search::sets::Ground;
use crate::search::stages::Stages;
use crate::search::tombstone::tombstone;
use crate::search::zero::Clause;
use crate::search::{SearchError, SearchRequest, Sort};
use crate::story::rfc3339;

/// What a story's age makes of its score.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Recent {
    /// When it was published, RFC 3339; none where it has no date.
    pub published: Option<String>,
    /// The time that age is counted from: the newest story's.
    pub newest: Option<String>,
    /// What the score is multiplied by.
    pub factor: f32,
}

/// What the places of a story's words make of its score: `1 + 0.35 · max(headline, 0.7 · body) + 0.15 · lead`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Closest {
    /// The words that were looked at, each by its terms: the telling ones.
    pub words: Vec<Vec<String>>,
    /// From 0 to 1, how close they stand in the headline.
    pub headline: f32,
    /// The same in the body.
    pub body: f32,
    /// From 0 to 1, how much of them stands in the lead.
    pub lead: f32,
    /// What the score is multiplied by.
    pub factor: f32,
}

/// Where a story ranks, and why.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RankedStory {
    /// Its uri.
    pub id: String,
    /// Its headline.
    pub headline: String,
    /// Its quote that ranks first, where quotes are found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Its place among the hits, from 1; none where it is no hit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<u64>,
    /// The order: `relevance`, `newest` or `oldest`.
    pub order: &'static str,
    /// Its score, as the search gave it; 0 in an order by time.
    pub score: f32,
    /// What the score of its words is made of; none in an order by time.
    pub parts: Vec<ScorePart>,
    /// The sum of the parts. `words · recency · closeness` is the score.
    pub words: f32,
    /// What its age makes of it, where that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recency: Option<Recent>,
    /// What the places of its words make of it. None behind the first hits, whose order this changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closeness: Option<Closest>,
    /// The clauses and filters that keep it out, where it is no hit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept_out_by: Vec<KeptOut>,
}

/// A story that may be seen, and its uri.
pub(super) struct Placed<'a> {
    uri: &'a str,
    at: At,
}

/// Where the story of a uri stands.
pub(super) fn place_of<'a>(setting: Setting<'_>, uri: &'a str) -> Result<Placed<'a>, SearchError> {
    let snapshot = setting.snapshot;
    let at = snapshot.story_by_uri(uri)?.map(|address| At {
        segment: address.segment_ord as usize,
        doc: address.doc_id,
    });
    let is_seen = |at: &At| {
        snapshot
            .segments
            .get(at.segment)
            .is_some_and(|segment| segment.stories.contains(at.doc))
    };
    match at.filter(is_seen) {
        Some(at) => Ok(Placed { uri, at }),
        None => Err(SearchError::NoStory {
            uri: uri.to_owned(),
            tombstone: tombstone(snapshot, setting.vocabulary, uri, &setting.request.lang)?.map(Box::new),
        }),
    }
}

/// Explains the place of a story.
pub(super) fn ranked(
    setting: Setting<'_>,
    query: &Query,
    total: u64,
    placed: &Placed<'_>,
) -> Result<RankedStory, SearchError> {
    let (snapshot, at) = (setting.snapshot, placed.at);
    let address = tantivy::DocAddress::new(at.segment as u32, at.doc);
    let stored = snapshot.shown(address)?;
    let mut told = RankedStory {
        id: placed.uri.to_owned(),
        headline: stored.filing.ninjs.headline().to_owned(),
        ..RankedStory::default()
    };
    let plan = Plan::new(
        setting.names(),
        setting.request,
        query,
        setting.ground,
        &Stages::default(),
    )?;
    told.order = order(setting.request.sort, &plan);
    let (_, top) = run(setting, &plan, total as usize)?;
    let candidates = match setting.ground {
        Ground::Quotes => quotes_of(snapshot, at),
        Ground::Stories | Ground::Filings => vec![at],
    };
    let is_wanted = |ranked: &Ranked| {
        let mut candidates = candidates.iter();
        candidates.any(|at| (at.segment, at.doc) == (ranked.segment, ranked.doc))
    };
    let Some(place) = top.ranked.iter().position(is_wanted) else {
        told.kept_out_by = if candidates.is_empty() {
            // Whatever is asked for, quotes are found, and the story has none.
            let clause = Clause {
                parameter: "q".into(),
                text: Query::HasQuote.to_string(),
                ..Clause::default()
            };
            vec![KeptOut {
                clause,
                ..KeptOut::default()
            }]
        } else {
            keeping_out(setting, |request, parsed| is_hit(setting, request, parsed, &candidates))?
        };
        return Ok(told);
    };
    let hit = top.ranked[place];
    told.rank = Some(place as u64 + 1);
    told.score = hit.score;
    if setting.ground == Ground::Quotes {
        let quote = stored.extraction.quotes.get(hit.place.at as usize);
        told.quote = quote.map(|quote| quote.text.clone());
    }
    if told.order == "relevance" {
        add_parts(setting, query, &plan, &hit, &mut told)?;
    }
    Ok(told)
}

/// The order of the hits: without words there is no relevance.
fn order(sort: Sort, plan: &Plan) -> &'static str {
    match sort {
        Sort::Relevance if plan.words.is_some() => "relevance",
        Sort::Relevance | Sort::Newest => "newest",
        Sort::Oldest => "oldest",
    }
}

/// The pass over the hits, with the first so many of them.
fn run(setting: Setting<'_>, plan: &Plan, limit: usize) -> Result<(Matched, Top), SearchError> {
    let page = Page {
        sort: setting.request.sort,
        after: None,
        limit,
    };
    let pass = Pass::new(setting.snapshot, plan, page);
    let matched = pass.matched()?;
    let top = pass.top(&matched)?;
    Ok((matched, top))
}

/// Whether one of the candidates is a hit of a request.
fn is_hit(
    setting: Setting<'_>,
    request: &SearchRequest,
    parsed: &ParsedQuery,
    candidates: &[At],
) -> Result<bool, SearchError> {
    let plan = Plan::new(
        setting.names(),
        request,
        &parsed.query,
        setting.ground,
        &Stages::default(),
    )?;
    let (matched, _) = run(setting, &plan, 0)?;
    Ok(candidates.iter().any(|at| matched.hits[at.segment].contains(at.doc)))
}

/// Adds what the score of a hit by relevance is made of.
fn add_parts(
    setting: Setting<'_>,
    query: &Query,
    plan: &Plan,
    hit: &Ranked,
    told: &mut RankedStory,
) -> Result<(), SearchError> {
    let at = At {
        segment: hit.segment,
        doc: hit.doc,
    };
    told.parts = parts(setting, query, at, plan.sayers.as_deref())?;
    told.words = told.parts.iter().map(|part| part.score).sum();
    let published = setting.snapshot.segments[at.segment].published(at.doc);
    told.recency = ranking::recency(setting.snapshot, plan)?.map(|recency| Recent {
        published: (published != Segment::NO_DATE).then(|| rfc3339(published)).flatten(),
        newest: rfc3339(recency.newest()),
        factor: recency.factor(published),
    });
    if hit.place.is_in_tail() {
        return Ok(());
    }
    if let Some(mut closeness) = ranking::closeness(setting.snapshot, plan)? {
        let close = closeness.close(at.segment, at.doc)?;
        told.closeness = Some(Closest {
            words: closeness.words().map(<[String]>::to_vec).collect(),
            headline: close.headline,
            body: close.body,
            lead: close.lead,
            factor: close.factor(),
        });
    }
    Ok(())
}
