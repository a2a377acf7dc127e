//! `said:` joins stories with their quotes: one quote must match all the words, and be by the speaker named beside them.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::query::EnableScoring;
use tantivy::{DocId, Score};

use super::SearchError;
use super::compile::{Asked, Compiler};
use super::found::{Found, Part as FoundPart, Statistics};
use super::sets::{self, Ground, Sets};
use super::stages::Stage;
use crate::index::{Docs, Segment};
use crate::query::{Part, Query};
use crate::story::Facet;

impl Compiler<'_> {
    /// The speakers that the clauses of an `And` name: those that all of them allow, or, where none is allowed by all, any.
    pub(super) fn speakers_beside(&mut self, all: &[Query], outer: Option<&[u32]>) -> Option<Vec<u32>> {
        let mut found: Option<Vec<u32>> = outer.map(<[u32]>::to_vec);
        for clause in all {
            let Some(ids) = self.speakers_of(clause) else { continue };
            found = Some(match found {
                None => ids,
                Some(before) => {
                    let both: Vec<u32> = before.iter().copied().filter(|id| ids.contains(id)).collect();
                    if both.is_empty() { [before, ids].concat() } else { both }
                }
            });
        }
        found
    }

    /// The speakers of a clause that is about nothing else.
    fn speakers_of(&mut self, clause: &Query) -> Option<Vec<u32>> {
        match clause {
            Query::Facet(Facet::Speaker, typed) => Some(self.meant(Facet::Speaker, typed)),
            Query::Or(any) if !any.is_empty() => {
                let mut ids = Vec::new();
                for clause in any {
                    ids.extend(self.speakers_of(clause)?);
                }
                Some(ids)
            }
            _ => None,
        }
    }

    /// Stories with one quote for which `query` holds, by one of `speakers`. Scored by their best quote.
    pub(super) fn said(&mut self, query: &Query, speakers: Option<&[u32]>) -> Result<Asked, SearchError> {
        let asked = self.quotes(query, speakers)?;
        let segments = self.snapshot.segments.iter();
        let mut parts: Vec<(Docs, FxHashMap<DocId, Score>)> = segments
            .map(|segment| (Docs::none(segment.max_doc), FxHashMap::default()))
            .collect();
        self.stages.time(Stage::Words, || {
            self.each(&asked, Ground::Quotes, true, |segment, at, quote, score| {
                let story = segment.story_of(quote);
                parts[at].0.insert(story);
                let best = parts[at].1.entry(story).or_default();
                *best = best.max(score);
            })
        })?;
        let parts = parts.into_iter().map(|(docs, scores)| FoundPart {
            docs: Arc::new(docs),
            scores,
        });
        Ok(Asked::words(Box::new(Found::new(
            &self.snapshot.searcher,
            parts.collect(),
        ))))
    }

    /// Quotes for which `query` holds, by one of `speakers`.
    pub(super) fn quotes(&mut self, query: &Query, speakers: Option<&[u32]>) -> Result<Asked, SearchError> {
        let mut asked = self.compile(query, Ground::Quotes, None)?;
        if let Some(ids) = speakers {
            let spoken = sets::spoken_by(self.snapshot, ids);
            match &mut asked.sets {
                Some(sets) => sets::intersect(sets, &spoken),
                none @ None => *none = Some(spoken),
            }
        }
        Ok(asked)
    }

    /// Where the whole query asks for what was said: the quotes in which it was.
    pub(super) fn quotes_said(&mut self, query: &Query) -> Result<Option<Sets>, SearchError> {
        let clauses = match query {
            Query::And(all) => all.as_slice(),
            other => std::slice::from_ref(other),
        };
        let said: Vec<Query> = clauses.iter().filter(|clause| is_only_said(clause)).cloned().collect();
        if said.is_empty() {
            return Ok(None);
        }
        let speakers = self.speakers_beside(clauses, None);
        let asked = self.quotes(&Query::And(said), speakers.as_deref())?;
        self.run(&asked, Ground::Quotes).map(Some)
    }

    /// The documents that match, as sets.
    pub(super) fn run(&self, asked: &Asked, ground: Ground) -> Result<Sets, SearchError> {
        let segments = self.snapshot.segments.iter();
        let mut found: Vec<Docs> = segments.map(|segment| Docs::none(segment.max_doc)).collect();
        self.stages.time(Stage::Words, || {
            self.each(asked, ground, false, |_, at, doc, _| found[at].insert(doc))
        })?;
        Ok(found.into_iter().map(Arc::new).collect())
    }

    /// Calls `found` with every document that matches: its segment, that one's place, the document, and its score, 0 where
    /// none is asked for.
    fn each(
        &self,
        asked: &Asked,
        ground: Ground,
        scored: bool,
        mut found: impl FnMut(&Segment, usize, u32, f32),
    ) -> Result<(), SearchError> {
        let mut sets = ground.all(self.snapshot);
        if let Some(asked) = &asked.sets {
            sets::intersect(&mut sets, asked);
        }
        let searcher = &self.snapshot.searcher;
        let statistics = Statistics::of(ground, self.snapshot);
        let scoring = if scored {
            statistics.scoring()
        } else {
            EnableScoring::disabled_from_searcher(searcher)
        };
        let weight = asked.words.as_ref().map(|words| words.weight(scoring)).transpose()?;
        for (at, segment) in self.snapshot.segments.iter().enumerate() {
            let sets = &sets[at];
            match &weight {
                None => sets.for_each(|doc| found(segment, at, doc, 0.0)),
                Some(weight) => weight.for_each(searcher.segment_reader(at as u32), &mut |doc, score| {
                    if sets.contains(doc) {
                        found(segment, at, doc, score);
                    }
                })?,
            }
        }
        Ok(())
    }
}

/// Whether a query asks for what was said anywhere.
pub(super) fn is_about_words_said(query: &Query) -> bool {
    match query {
        Query::Text(part, _) => *part == Part::Said,
        Query::And(clauses) | Query::Or(clauses) => clauses.iter().any(is_about_words_said),
        Query::Not(inner) => is_about_words_said(inner),
        _ => false,
    }
}

/// Whether a clause is about the words of quotes and nothing else, and not a negation.
pub(super) fn is_only_said(query: &Query) -> bool {
    match query {
        Query::Text(Part::Said, _) => true,
        Query::And(clauses) | Query::Or(clauses) => !clauses.is_empty() && clauses.iter().all(is_only_said_or_not),
        _ => false,
    }
}

fn is_only_said_or_not(query: &Query) -> bool {
    match query {
        Query::Not(inner) => is_only_said(inner),
        _ => is_only_said(query),
    }
}
