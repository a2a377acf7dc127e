//! The query tree → sets of documents and a tantivy query for the words.

use tantivy::query::{BooleanQuery, Occur, Query as IndexQuery};

use super::SearchError;
use super::docs::Docs;
use super::found::{Found, Part as FoundPart, Statistics};
use super::names::Names;
use super::sets::{self, Ground, Sets};
use super::words::WordQueries;
use crate::index::{Segment, Snapshot};
use crate::query::{Part, Query, Warning};
use crate::story::Facet;

/// What a (part of a) query asks for: documents that are in the sets, and match the words. `None` is no condition.
#[derive(Default)]
pub(super) struct Asked {
    /// What needs no words.
    pub sets: Option<Sets>,
    /// Words, scored.
    pub words: Option<Box<dyn IndexQuery>>,
}

impl Asked {
    fn sets(sets: Sets) -> Self {
        Self {
            sets: Some(sets),
            words: None,
        }
    }

    fn words(words: Box<dyn IndexQuery>) -> Self {
        Self {
            sets: None,
            words: Some(words),
        }
    }
}

/// The compiler of one request: what it stands on, and what it warns of.
pub(super) struct Compiler<'a> {
    names: Names<'a>,
    snapshot: &'a Snapshot,
    words: WordQueries<'a>,
    q: &'a str,
    /// Values that no story has.
    pub warnings: Vec<Warning>,
}

impl<'a> Compiler<'a> {
    /// A compiler for the query text `q`, which warnings point into.
    pub(super) fn new(names: Names<'a>, q: &'a str) -> Self {
        let snapshot = names.snapshot;
        Self {
            names,
            snapshot,
            words: WordQueries::new(snapshot),
            q,
            warnings: Vec::new(),
        }
    }

    /// Compiles a query on a ground. `speakers`: the people whose quotes `said:` means, where a clause beside it says so.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn compile(
        &mut self,
        query: &Query,
        ground: Ground,
        speakers: Option<&[u32]>,
    ) -> Result<Asked, SearchError> {
        match query {
            Query::All => Ok(Asked::default()),
            Query::And(all) => self.and(all, ground, speakers),
            Query::Or(any) => self.or(any, ground, speakers),
            Query::Not(inner) => {
                let inner = self.compile(inner, ground, speakers)?;
                Ok(self.not(inner, ground))
            }
            Query::Text(Part::Said, _) if ground == Ground::Stories => self.said(query, speakers),
            Query::Text(Part::Headline, words) if ground == Ground::Quotes => {
                let headline = Query::Text(Part::Headline, words.clone());
                let asked = self.compile(&headline, Ground::Stories, None)?;
                let stories = self.run(&asked, Ground::Stories)?;
                Ok(Asked::sets(ground.lower(self.snapshot, stories)))
            }
            Query::Text(part, words) => Ok(self
                .words
                .query(*part, words, ground)
                .map_or_else(|| Asked::sets(self.nothing()), Asked::words)),
            Query::Facet(Facet::Speaker, typed) if ground == Ground::Quotes => {
                let ids = self.meant(Facet::Speaker, typed);
                Ok(Asked::sets(sets::spoken_by(self.snapshot, &ids)))
            }
            _ => {
                let stories = self.story_condition(query)?;
                Ok(Asked::sets(ground.lower(self.snapshot, stories)))
            }
        }
    }

    /// Stories for a leaf that needs no words.
    fn story_condition(&mut self, query: &Query) -> Result<Sets, SearchError> {
        let snapshot = self.snapshot;
        match query {
            Query::Facet(facet, typed) => {
                let ids = self.meant(*facet, typed);
                Ok(sets::with_values(snapshot, *facet, &ids))
            }
            Query::Published(from, to) => Ok(sets::published(snapshot, *from, *to)),
            Query::Length(least, most) => sets::number_between(snapshot, snapshot.fields.length, *least, *most),
            Query::HasQuote => sets::number_between(snapshot, snapshot.fields.quote_count, Some(1), None),
            Query::Has(facet) => {
                let mut has = Ground::Stories.all(snapshot);
                sets::subtract(&mut has, &sets::missing(snapshot, *facet));
                Ok(has)
            }
            Query::Missing(facet) => Ok(sets::missing(snapshot, *facet)),
            Query::All | Query::And(_) | Query::Or(_) | Query::Not(_) | Query::Text(..) => {
                Ok(Ground::Stories.all(snapshot))
            }
        }
    }

    fn meant(&mut self, facet: Facet, typed: &str) -> Vec<u32> {
        let ids = self.names.meant(facet, typed).ids;
        if ids.is_empty() {
            let warning = self.names.unknown(facet, typed, self.q);
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
        ids
    }

    /// Stories in which every clause holds. Clauses about quotes alone are put to one quote together, and a speaker named
    /// beside them is the speaker of that quote.
    fn and(&mut self, all: &[Query], ground: Ground, speakers: Option<&[u32]>) -> Result<Asked, SearchError> {
        let here = self.speakers_beside(all, speakers);
        let speakers = here.as_deref().or(speakers);
        let (said, others): (Vec<&Query>, Vec<&Query>) = all
            .iter()
            .partition(|clause| ground == Ground::Stories && is_only_said(clause));
        let mut parts = Vec::with_capacity(all.len());
        if !said.is_empty() {
            let together = Query::And(said.into_iter().cloned().collect());
            parts.push(self.said(&together, speakers)?);
        }
        let mut unwanted = Vec::new();
        for clause in others {
            match clause {
                Query::Not(inner) => unwanted.push(self.compile(inner, ground, speakers)?),
                _ => parts.push(self.compile(clause, ground, speakers)?),
            }
        }
        Ok(self.conjunction(parts, unwanted, ground))
    }

    fn conjunction(&self, parts: Vec<Asked>, unwanted: Vec<Asked>, ground: Ground) -> Asked {
        let mut sets: Option<Sets> = None;
        let mut clauses: Vec<(Occur, Box<dyn IndexQuery>)> = Vec::new();
        for part in parts {
            match (&mut sets, part.sets) {
                (Some(sets), Some(more)) => sets::intersect(sets, &more),
                (none @ None, more) => *none = more,
                (Some(_), None) => {}
            }
            clauses.extend(part.words.map(|words| (Occur::Must, words)));
        }
        let wanted = clauses.len();
        for part in unwanted {
            match part {
                Asked {
                    sets: None,
                    words: None,
                } => sets = Some(self.nothing()),
                Asked {
                    sets: Some(unwanted),
                    words: None,
                } => {
                    sets::subtract(sets.get_or_insert_with(|| ground.all(self.snapshot)), &unwanted);
                }
                part => clauses.push((Occur::MustNot, self.as_query(part, ground))),
            }
        }
        if wanted == 0 && !clauses.is_empty() {
            let all = sets.get_or_insert_with(|| ground.all(self.snapshot));
            clauses.push((Occur::Must, Box::new(Found::unscored(&self.snapshot.searcher, all))));
        }
        let words = match (clauses.len(), wanted) {
            (0, _) => None,
            (1, 1) => clauses.pop().map(|(_, only)| only),
            _ => Some(Box::new(BooleanQuery::new(clauses)) as Box<dyn IndexQuery>),
        };
        Asked { sets, words }
    }

    fn or(&mut self, any: &[Query], ground: Ground, speakers: Option<&[u32]>) -> Result<Asked, SearchError> {
        let mut parts = Vec::with_capacity(any.len());
        for clause in any {
            parts.push(self.compile(clause, ground, speakers)?);
        }
        if parts.iter().any(|part| part.sets.is_none() && part.words.is_none()) {
            return Ok(Asked::default());
        }
        let (with_words, without): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.words.is_some());
        let mut sets: Option<Sets> = None;
        for more in without.into_iter().filter_map(|part| part.sets) {
            match &mut sets {
                Some(sets) => sets::unite(sets, &more),
                None => sets = Some(more),
            }
        }
        if with_words.is_empty() {
            return Ok(Asked {
                sets: Some(sets.unwrap_or_else(|| self.nothing())),
                words: None,
            });
        }
        let mut clauses: Vec<Box<dyn IndexQuery>> = Vec::with_capacity(with_words.len() + 1);
        clauses.extend(with_words.into_iter().map(|part| self.as_query(part, ground)));
        clauses
            .extend(sets.map(|sets| Box::new(Found::unscored(&self.snapshot.searcher, &sets)) as Box<dyn IndexQuery>));
        Ok(Asked::words(Box::new(BooleanQuery::union(clauses))))
    }

    fn not(&self, inner: Asked, ground: Ground) -> Asked {
        if inner.sets.is_none() && inner.words.is_none() {
            return Asked::sets(self.nothing());
        }
        self.conjunction(Vec::new(), vec![inner], ground)
    }

    fn nothing(&self) -> Sets {
        let segments = self.snapshot.segments.iter();
        segments.map(|segment| Docs::none(segment.max_doc)).collect()
    }

    /// Sets and words as one tantivy query.
    fn as_query(&self, asked: Asked, ground: Ground) -> Box<dyn IndexQuery> {
        let searcher = &self.snapshot.searcher;
        match asked {
            Asked {
                sets: None,
                words: Some(words),
            } => words,
            Asked {
                sets: Some(sets),
                words: None,
            } => Box::new(Found::unscored(searcher, &sets)),
            Asked {
                sets: Some(sets),
                words: Some(words),
            } => Box::new(BooleanQuery::intersection(vec![
                words,
                Box::new(Found::unscored(searcher, &sets)),
            ])),
            Asked {
                sets: None,
                words: None,
            } => Box::new(Found::unscored(searcher, &ground.all(self.snapshot))),
        }
    }

    /// The speakers that the clauses of an `And` name: those that all of them allow, or, where none is allowed by all, any.
    fn speakers_beside(&mut self, all: &[Query], outer: Option<&[u32]>) -> Option<Vec<u32>> {
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
    fn said(&mut self, query: &Query, speakers: Option<&[u32]>) -> Result<Asked, SearchError> {
        let asked = self.quotes(query, speakers)?;
        let segments = self.snapshot.segments.iter();
        let mut parts: Vec<FoundPart> = segments
            .map(|segment| FoundPart {
                docs: Docs::none(segment.max_doc),
                ..FoundPart::default()
            })
            .collect();
        self.each(&asked, Ground::Quotes, |segment, at, quote, score| {
            let story = segment.story_of[quote as usize];
            parts[at].docs.insert(story);
            let best = parts[at].scores.entry(story).or_default();
            *best = best.max(score);
        })?;
        Ok(Asked::words(Box::new(Found::new(&self.snapshot.searcher, parts))))
    }

    /// Quotes for which `query` holds, by one of `speakers`.
    fn quotes(&mut self, query: &Query, speakers: Option<&[u32]>) -> Result<Asked, SearchError> {
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
        let mut found = self.nothing();
        self.each(asked, ground, |_, at, doc, _| found[at].insert(doc))?;
        Ok(found)
    }

    /// Calls `found` with every document that matches: its segment, that one's place, the document, its score.
    fn each(
        &self,
        asked: &Asked,
        ground: Ground,
        mut found: impl FnMut(&Segment, usize, u32, f32),
    ) -> Result<(), SearchError> {
        let mut sets = ground.all(self.snapshot);
        if let Some(asked) = &asked.sets {
            sets::intersect(&mut sets, asked);
        }
        let searcher = &self.snapshot.searcher;
        let Some(words) = &asked.words else {
            for (at, segment) in self.snapshot.segments.iter().enumerate() {
                sets[at].for_each(|doc| found(segment, at, doc, 0.0));
            }
            return Ok(());
        };
        let statistics = Statistics::of(ground, self.snapshot);
        let weight = words.weight(statistics.scoring())?;
        for (at, (reader, segment)) in searcher
            .segment_readers()
            .iter()
            .zip(&self.snapshot.segments)
            .enumerate()
        {
            weight.for_each(reader, &mut |doc, score| {
                if sets[at].contains(doc) {
                    found(segment, at, doc, score);
                }
            })?;
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
fn is_only_said(query: &Query) -> bool {
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
