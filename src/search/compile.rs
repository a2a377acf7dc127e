//! The query tree → sets of documents and a tantivy query for the words.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::query::{BooleanQuery, Query as IndexQuery};

use super::SearchError;
use super::found::Found;
use super::names::Names;
use super::said::is_only_said;
use super::sets::{self, Ground, Sets};
use super::stages::{Stage, Stages};
use super::words::WordQueries;
use crate::index::{Docs, Snapshot};
use crate::query::{Part, Query, Warning};
use crate::story::Facet;

/// The clauses of an `And` that are about quotes alone, which one quote must fit together, and the others.
pub(super) fn said_apart(all: &[Query], ground: Ground) -> (Vec<&Query>, Vec<&Query>) {
    all.iter()
        .partition(|clause| ground == Ground::Stories && is_only_said(clause))
}

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

    pub(super) fn words(words: Box<dyn IndexQuery>) -> Self {
        Self {
            sets: None,
            words: Some(words),
        }
    }
}

/// The compiler of one request: what it stands on, and what it warns of.
pub(super) struct Compiler<'a> {
    names: Names<'a>,
    pub(super) snapshot: &'a Snapshot,
    pub(super) words: WordQueries<'a>,
    q: &'a str,
    /// Values looked up before: a speaker is asked for more than once, and each look-up goes through all names.
    known: FxHashMap<(Facet, String), Vec<u32>>,
    /// Values that no story has.
    pub warnings: Vec<Warning>,
    /// Records the search.
    pub(super) stages: Stages,
}

impl<'a> Compiler<'a> {
    /// A compiler for the query text `q`, which warnings point into.
    pub(super) fn new(names: Names<'a>, q: &'a str, stages: Stages) -> Self {
        let snapshot = names.snapshot;
        Self {
            names,
            snapshot,
            words: WordQueries::new(snapshot),
            q,
            known: FxHashMap::default(),
            warnings: Vec::new(),
            stages,
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
                self.conjunction(Vec::new(), vec![inner], ground)
            }
            Query::Text(Part::Said, _) if ground == Ground::Stories => self.said(query, speakers),
            Query::Text(Part::Said, _) if ground == Ground::Filings => Ok(Asked::sets(self.nothing())),
            Query::Text(Part::Headline, words) if ground == Ground::Quotes => {
                let headline = Query::Text(Part::Headline, words.clone());
                let asked = self.compile(&headline, Ground::Stories, None)?;
                let stories = self.run(&asked, Ground::Stories)?;
                Ok(Asked::sets(ground.lower(self.snapshot, stories)))
            }
            Query::Text(part, words) => {
                let query = self
                    .stages
                    .time(Stage::Words, || self.words.query(*part, words, ground))?;
                Ok(query.map_or_else(|| Asked::sets(self.nothing()), Asked::words))
            }
            Query::Facet(Facet::Speaker, typed) if ground == Ground::Quotes => {
                let ids = self.meant(Facet::Speaker, typed);
                Ok(Asked::sets(sets::spoken_by(self.snapshot, &ids)))
            }
            _ => {
                let found = self.condition(query, ground.above())?;
                Ok(Asked::sets(ground.lower(self.snapshot, found)))
            }
        }
    }

    /// Stories or filings for a leaf that needs no words.
    fn condition(&mut self, query: &Query, ground: Ground) -> Result<Sets, SearchError> {
        let snapshot = self.snapshot;
        match query {
            Query::Facet(facet, typed) => {
                let ids = self.meant(*facet, typed);
                Ok(sets::with_values(snapshot, *facet, &ids))
            }
            Query::Published(from, to) => Ok(sets::published(snapshot, ground, *from, *to)),
            Query::Length(least, most) => sets::number_between(snapshot, ground, snapshot.fields.length, *least, *most),
            Query::HasQuote => sets::number_between(snapshot, ground, snapshot.fields.quote_count, Some(1), None),
            Query::Has(facet) => {
                let mut has = ground.all(snapshot);
                sets::subtract(&mut has, &sets::missing(snapshot, ground, *facet));
                Ok(has)
            }
            Query::Missing(facet) => Ok(sets::missing(snapshot, ground, *facet)),
            Query::All | Query::And(_) | Query::Or(_) | Query::Not(_) | Query::Text(..) => Ok(ground.all(snapshot)),
        }
    }

    pub(super) fn meant(&mut self, facet: Facet, typed: &str) -> Vec<u32> {
        if let Some(ids) = self.known.get(&(facet, typed.to_owned())) {
            return ids.clone();
        }
        let ids = self.stages.time(Stage::Names, || self.names.meant(facet, typed).ids);
        self.known.insert((facet, typed.to_owned()), ids.clone());
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
        let (said, others) = said_apart(all, ground);
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
        self.conjunction(parts, unwanted, ground)
    }

    /// What all of `parts` ask for and none of `unwanted` does. The unwanted are found beforehand: tantivy's exclusion may ask
    /// a phrase for a document that it has passed.
    fn conjunction(&self, parts: Vec<Asked>, unwanted: Vec<Asked>, ground: Ground) -> Result<Asked, SearchError> {
        let mut sets: Option<Sets> = None;
        let mut words: Vec<Box<dyn IndexQuery>> = Vec::new();
        for part in parts {
            match (&mut sets, part.sets) {
                (Some(sets), Some(more)) => sets::intersect(sets, &more),
                (none @ None, more) => *none = more,
                (Some(_), None) => {}
            }
            words.extend(part.words);
        }
        for part in unwanted {
            let found = self.run(&part, ground)?;
            sets::subtract(sets.get_or_insert_with(|| ground.all(self.snapshot)), &found);
        }
        let words = match words.len() {
            0 | 1 => words.pop(),
            _ => Some(Box::new(BooleanQuery::intersection(words)) as Box<dyn IndexQuery>),
        };
        Ok(Asked { sets, words })
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

    pub(super) fn nothing(&self) -> Sets {
        let segments = self.snapshot.segments.iter();
        segments.map(|segment| Arc::new(Docs::none(segment.max_doc))).collect()
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
}
