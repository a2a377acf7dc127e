//! A request made ready to run: what every hit must be, and the filters that a facet's own counts do not see.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::query::Query as IndexQuery;

use super::compile::Compiler;
use super::conjunction::{self, Conjunction};
use super::facets::Source;
use super::names::Names;
use super::older;
use super::said::is_about_words_said;
use super::sets::{self, Ground, Sets};
use super::stages::{Stage, Stages};
use super::{SearchError, SearchRequest};
use crate::index::{Docs, Ordinals, Segment, Snapshot};
use crate::query::{Query, Warning};
use crate::story::Facet;

/// The selection of one facet.
pub(super) struct Filter {
    /// Which.
    pub facet: Facet,
    /// Documents that have one of the selected values.
    pub sets: Sets,
}

/// A request made ready to run on a snapshot.
pub(super) struct Plan {
    /// What is found.
    pub ground: Ground,
    /// What a hit must be in, filters aside.
    pub base: Sets,
    /// The words that a hit must match.
    pub words: Option<Box<dyn IndexQuery>>,
    /// The same where they are single words that must all be there, nothing else.
    pub all_words: Option<Conjunction>,
    /// The selections; each shrinks all counts but its own facet's.
    pub filters: Vec<Filter>,
    /// The selected values, by facet.
    pub selected: FxHashMap<Facet, Vec<String>>,
    /// The speakers that count instead of a story's: those of the quotes that a query with `said:` found.
    pub speakers: Option<Vec<Ordinals>>,
    /// The quotes that a query with `said:` found.
    pub said: Option<Sets>,
    /// The people whose quotes `said:` means, where a filter says so.
    pub sayers: Option<Vec<u32>>,
    /// Values that no story has.
    pub warnings: Vec<Warning>,
    /// The query, for what its words add to a score by where they stand.
    pub query: Query,
    /// Whether newer stories rank higher.
    pub recency: bool,
    /// Records the search.
    pub stages: Stages,
}

impl Plan {
    /// Makes a request ready. `query` is the tree of its `q`; `stages` records this and what is done with the plan.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn new(
        names: Names<'_>,
        request: &SearchRequest,
        query: &Query,
        ground: Ground,
        stages: &Stages,
    ) -> Result<Self, SearchError> {
        let plan = stages.time(Stage::Sets, || Self::compile(names, request, query, ground, stages))?;
        stages.tell(|told| {
            (told.ground, told.base) = (sets::sum(&ground.all(names.snapshot)), sets::sum(&plan.base));
        });
        Ok(plan)
    }

    fn compile(
        names: Names<'_>,
        request: &SearchRequest,
        query: &Query,
        ground: Ground,
        stages: &Stages,
    ) -> Result<Self, SearchError> {
        let mut compiler = Compiler::new(names, &request.q, stages.clone());
        let mut selections = stages.time(Stage::Names, || Selections::new(names, request));
        let said = match ground {
            Ground::Stories => compiler.quotes_said(query)?,
            Ground::Quotes | Ground::Filings => None,
        };
        // A selected speaker is the one who says what `said:` asks for. Where the whole query asks for it, the speakers of the
        // quotes that were found are counted and filtered instead, so that the facet shows who else said it.
        let chosen = selections
            .ids
            .get(&Facet::Speaker)
            .filter(|_| said.is_none() && is_about_words_said(query));
        let sayers = chosen.cloned();
        let mut asked = compiler.compile(query, ground, sayers.as_deref())?;
        if request.all_versions && ground == Ground::Stories {
            let older = older::stories_by_older(&mut compiler, query)?;
            asked = older::or_older(names.snapshot, asked, &older);
        }
        let snapshot = names.snapshot;
        let mut base = ground.all(snapshot);
        if let Some(sets) = &asked.sets {
            sets::intersect(&mut base, sets);
        }
        if request.from.is_some() || request.to.is_some() {
            let stories = sets::published(snapshot, Ground::Stories, request.from, request.to);
            sets::intersect(&mut base, &ground.lower(snapshot, stories));
        }
        for (facet, ids) in &selections.excluded {
            sets::subtract(&mut base, &with_values(snapshot, ground, *facet, ids));
        }
        let speakers = said.as_ref().map(|quotes| {
            let segments = snapshot.segments.iter().zip(quotes);
            segments
                .map(|(segment, quotes)| speakers_by_story(segment, quotes))
                .collect()
        });
        let is_plain = ground == Ground::Stories && !request.all_versions;
        let words = conjunction::words_of(query).filter(|_| is_plain);
        let all_words = words.map(|words| Conjunction::of(&words, &compiler.words));
        let all_words = all_words.transpose()?.flatten();
        let mut warnings = compiler.warnings;
        warnings.append(&mut selections.warnings);
        let mut plan = Self {
            ground,
            base,
            all_words,
            words: asked.words,
            filters: Vec::new(),
            selected: selections.values,
            speakers,
            said,
            sayers,
            warnings,
            query: query.clone(),
            recency: request.recency,
            stages: stages.clone(),
        };
        plan.filters = plan.filters(snapshot, request, &selections.ids);
        plan.narrow(&request.facets);
        Ok(plan)
    }

    /// Drops from the base what no answer needs: documents that fail a filter whose facet is not counted, or two filters. The
    /// words are then looked for in far fewer documents.
    fn narrow(&mut self, counted: &[Facet]) {
        if self.filters.is_empty() {
            return;
        }
        let mut needed = self.passing(None);
        for filter in self.filters.iter().filter(|filter| counted.contains(&filter.facet)) {
            sets::unite(&mut needed, &self.passing(Some(filter.facet)));
        }
        self.base = needed;
    }

    /// A filter for each facet with a selection. "Without a value" is one of the values that can be selected.
    fn filters(&self, snapshot: &Snapshot, request: &SearchRequest, ids: &FxHashMap<Facet, Vec<u32>>) -> Vec<Filter> {
        let selected = |facet: &Facet| ids.contains_key(facet) || request.missing.contains(facet);
        let filter = |facet: Facet| {
            let mut sets: Sets = self.base.clone();
            let mut wanted = self.having(snapshot, facet, ids.get(&facet).map_or(&[], Vec::as_slice));
            if request.missing.contains(&facet) {
                sets::unite(&mut wanted, &self.without(snapshot, facet));
            }
            sets::intersect(&mut sets, &wanted);
            Filter { facet, sets }
        };
        Facet::ALL.into_iter().filter(selected).map(filter).collect()
    }

    fn having(&self, snapshot: &Snapshot, facet: Facet, ids: &[u32]) -> Sets {
        match (facet, &self.speakers) {
            (Facet::Speaker, Some(speakers)) => sets::with_values_in(snapshot, speakers, ids),
            _ => with_values(snapshot, self.ground, facet, ids),
        }
    }

    fn without(&self, snapshot: &Snapshot, facet: Facet) -> Sets {
        match (&self.speakers, facet) {
            (Some(speakers), Facet::Speaker) => {
                let segments = snapshot.segments.iter().zip(speakers);
                let sets = segments.zip(&self.base).map(|((segment, speakers), base)| {
                    let mut without = Docs::clone(base);
                    base.for_each(|doc| {
                        if !speakers.of(segment.rows().of(doc)).is_empty() {
                            without.remove(doc);
                        }
                    });
                    Arc::new(without)
                });
                sets.collect()
            }
            (None, Facet::Speaker) if self.ground == Ground::Quotes => sets::spoken_by_nobody(snapshot),
            _ => self
                .ground
                .lower(snapshot, sets::missing(snapshot, Ground::Stories, facet)),
        }
    }

    /// What passes the filters of every facet but `facet`.
    pub(super) fn passing(&self, facet: Option<Facet>) -> Sets {
        let mut passing = self.base.clone();
        for filter in self.filters.iter().filter(|filter| Some(filter.facet) != facet) {
            sets::intersect(&mut passing, &filter.sets);
        }
        passing
    }

    /// Where the values of a facet are that count for the hits of a segment.
    pub(super) fn source(&self, at: usize, facet: Facet) -> Source<'_> {
        match (&self.speakers, facet) {
            (Some(speakers), Facet::Speaker) => Source::Made(&speakers[at]),
            (None, Facet::Speaker) if self.ground == Ground::Quotes => Source::Speakers,
            _ => Source::Facet,
        }
    }
}

/// What has one of the values on a ground; deleted documents may be among it.
pub(super) fn with_values(snapshot: &Snapshot, ground: Ground, facet: Facet, ids: &[u32]) -> Sets {
    match (ground, facet) {
        (Ground::Quotes, Facet::Speaker) => sets::spoken_by(snapshot, ids),
        _ => ground.lower(snapshot, sets::with_values(snapshot, facet, ids)),
    }
}

/// What the filters of a request select, by id.
#[derive(Default)]
struct Selections {
    ids: FxHashMap<Facet, Vec<u32>>,
    values: FxHashMap<Facet, Vec<String>>,
    excluded: Vec<(Facet, Vec<u32>)>,
    warnings: Vec<Warning>,
}

impl Selections {
    fn new(names: Names<'_>, request: &SearchRequest) -> Self {
        let mut selections = Self::default();
        for (facet, filter) in &request.filters {
            for typed in &filter.any_of {
                let meant = names.selected(*facet, typed);
                selections.warn_if_unknown(names, *facet, typed, &meant.ids);
                selections.ids.entry(*facet).or_default().extend(meant.ids);
                let values = selections.values.entry(*facet).or_default();
                let new = meant.values.into_iter().filter(|value| !values.contains(value));
                let new: Vec<String> = new.collect();
                values.extend(new);
            }
            for typed in &filter.none_of {
                let meant = names.selected(*facet, typed);
                selections.warn_if_unknown(names, *facet, typed, &meant.ids);
                selections.excluded.push((*facet, meant.ids));
            }
        }
        selections
    }

    fn warn_if_unknown(&mut self, names: Names<'_>, facet: Facet, typed: &str, ids: &[u32]) {
        if ids.is_empty() {
            self.warnings.push(names.unknown(facet, typed, ""));
        }
    }
}

/// The speakers of these quotes, by the row of the story.
fn speakers_by_story(segment: &Segment, quotes: &Docs) -> Ordinals {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    quotes.for_each(|quote| match segment.quote_speaker(quote) {
        Segment::NO_SPEAKER => {}
        speaker => pairs.push((segment.rows().of(quote), speaker)),
    });
    pairs.sort_unstable();
    Ordinals::of_pairs(segment.rows().len(), pairs.into_iter())
}
