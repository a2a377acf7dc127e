//! More like a story: others with the words that tell it apart and with its people. Near copies are named, not listed.

mod copies;
mod telling;

use std::sync::Arc;
use std::time::Instant;

use rustc_hash::FxHashSet;
use serde::Serialize;
use tantivy::query::{BooleanQuery, BoostQuery, Query as IndexQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::first::Page;
use super::highlight::Highlighter;
use super::hits::Maker;
use super::names::Names;
use super::pass::Pass;
use super::plan::Plan;
use super::sets::Ground;
use super::stages::Stages;
use super::stories::checked;
use super::{FacetValue, Hit, SearchError, SearchRequest, Sort};
use crate::index::{Snapshot, Stored, schema};
use crate::story::{Facet, key_of, rfc3339};
use crate::vocabulary::Vocabulary;
use copies::Profile;
use telling::{Telling, counted, telling_words};

/// Words told of a similar story.
const WORDS_TOLD: usize = 8;

/// Stories are alike that share more than so many words, where a facet value counts for two.
const LEAST: usize = 2;

/// The facets by which stories are alike.
const FACETS: [Facet; 3] = [Facet::Person, Facet::Speaker, Facet::About];

/// Why a story is like another.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Shared {
    /// Words of both, as the first has them, the most telling first.
    pub words: Vec<String>,
    /// Facet values of both.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(&'static str, FacetValue)>,
}

/// A near copy of a story: another uri with nearly the same text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NearCopy {
    /// Its uri.
    pub id: String,
    /// Its headline.
    pub headline: String,
    /// When it was published, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
}

/// A story that is like the one asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SimilarHit {
    /// The story.
    #[serde(flatten)]
    pub hit: Hit,
    /// Why it is here.
    pub shared: Shared,
    /// Near copies of it, which are not listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<NearCopy>,
}

/// The answer to a search for similar stories.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SimilarAnswer {
    /// The story's uri.
    pub uri: String,
    /// Stories like it, the most similar first.
    pub hits: Vec<SimilarHit>,
    /// Near copies of the story itself.
    pub copies: Vec<NearCopy>,
    /// Milliseconds it took.
    pub took_ms: f64,
}

/// Finds stories like that of a uri; `None` when there is no such story, or none alive. The request filters them, and says how
/// many; without a filter by language they are in the story's own.
///
/// # Errors
/// [`SearchError`] names the parameter that is wrong, or says that the index could not be read.
pub fn similar(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    uri: &str,
    request: &SearchRequest,
    now: i64,
) -> Result<Option<SimilarAnswer>, SearchError> {
    let start = Instant::now();
    checked(request, 0)?;
    let Some(at) = snapshot.story(key_of(uri))? else {
        return Ok(None);
    };
    let stored = snapshot.stored(at)?;
    let mut request = request.clone();
    if !request.filters.iter().any(|(facet, _)| *facet == Facet::Language) {
        let own = stored.language().to_owned();
        request.filter_mut(Facet::Language).any_of.push(own);
    }
    let finder = Finder {
        snapshot,
        words: telling_words(snapshot, vocabulary, &stored)?,
        profile: Profile::of(&stored),
        stored,
    };
    let maker = Maker {
        snapshot,
        vocabulary,
        lang: &request.lang,
    };
    let mut answer = SimilarAnswer {
        uri: uri.to_owned(),
        ..SimilarAnswer::default()
    };
    finder.fill(&mut answer, &maker, at, &request, now)?;
    answer.took_ms = start.elapsed().as_secs_f64() * 1_000.0;
    Ok(Some(answer))
}

/// What is held against each candidate.
struct Finder<'a> {
    snapshot: &'a Snapshot,
    stored: Stored,
    words: Vec<Telling>,
    profile: Profile,
}

impl Finder<'_> {
    fn fill(
        &self,
        answer: &mut SimilarAnswer,
        maker: &Maker<'_>,
        own: DocAddress,
        request: &SearchRequest,
        now: i64,
    ) -> Result<(), SearchError> {
        let Some(words) = self.query() else { return Ok(()) };
        let names = Names {
            snapshot: self.snapshot,
            vocabulary: maker.vocabulary,
        };
        let parsed = crate::query::parse(&request.q, now);
        let mut plan = Plan::new(names, request, &parsed.query, Ground::Stories, &Stages::default())?;
        if let Some(base) = plan.base.get_mut(own.segment_ord as usize) {
            Arc::make_mut(base).remove(own.doc_id);
        }
        for filter in &mut plan.filters {
            if let Some(docs) = filter.sets.get_mut(own.segment_ord as usize) {
                Arc::make_mut(docs).remove(own.doc_id);
            }
        }
        plan.all_words = None;
        plan.words = Some(match plan.words.take() {
            Some(asked) => Box::new(BooleanQuery::intersection(vec![asked, words])),
            None => words,
        });
        let page = Page {
            sort: Sort::Relevance,
            after: None,
            // Room for near copies, which are folded.
            limit: if request.limit == 0 { 0 } else { request.limit * 2 + 10 },
        };
        let mut profiles: Vec<Profile> = Vec::new();
        let pass = Pass::new(self.snapshot, &plan, page);
        for ranked in &pass.top(&pass.matched()?)?.ranked {
            let at = DocAddress::new(ranked.segment as u32, ranked.doc);
            let stored = self.snapshot.stored(at)?;
            let profile = Profile::of(&stored);
            if profile.is_copy_of(&self.profile) {
                answer.copies.push(near_copy(&stored));
            } else if let Some(at) = profiles.iter().position(|other| profile.is_copy_of(other)) {
                answer.hits[at].copies.push(near_copy(&stored));
            } else if answer.hits.len() < request.limit {
                let hit = maker.hit(ranked, &Highlighter::default(), None)?;
                let shared = self.shared(&stored, &hit, maker);
                if shared.words.len() + 2 * shared.values.len() > LEAST {
                    answer.hits.push(SimilarHit {
                        hit,
                        shared,
                        copies: Vec::new(),
                    });
                    profiles.push(profile);
                }
            }
        }
        Ok(())
    }

    /// Any of the telling words and of the people: the rarer one is, the more it weighs.
    fn query(&self) -> Option<Box<dyn IndexQuery>> {
        let mut clauses: Vec<Box<dyn IndexQuery>> = Vec::new();
        let mut add = |term: &Term, weight: f32, option| {
            let query = Box::new(TermQuery::new(term.clone(), option));
            clauses.push(Box::new(BoostQuery::new(query, weight)));
        };
        let headline = schema::boost("headline_stem");
        for word in &self.words {
            add(&word.term, word.weight, IndexRecordOption::WithFreqs);
            add(&word.in_headline, word.weight * headline, IndexRecordOption::WithFreqs);
        }
        for facet in FACETS {
            let interner = &self.snapshot.interners[facet as usize];
            let ids = values(&self.stored, facet)
                .into_iter()
                .filter_map(|value| interner.id(value));
            for name in ids.flat_map(|id| interner.names(id)) {
                let term = Term::from_field_text(self.snapshot.fields.facet(facet), name);
                add(&term, 1.0, IndexRecordOption::Basic);
            }
        }
        (!clauses.is_empty()).then(|| Box::new(BooleanQuery::union(clauses)) as Box<dyn IndexQuery>)
    }

    fn shared(&self, other: &Stored, hit: &Hit, maker: &Maker<'_>) -> Shared {
        let theirs = counted(self.snapshot, other);
        let words = self.words.iter().filter(|word| theirs.contains_key(&word.term));
        let mut shared = Shared {
            words: words.take(WORDS_TOLD).map(|word| word.written.clone()).collect(),
            values: Vec::new(),
        };
        for facet in FACETS {
            let interner = &maker.snapshot.interners[facet as usize];
            let own = values(&self.stored, facet)
                .into_iter()
                .filter_map(|value| interner.id(value));
            let own: FxHashSet<&str> = own.map(|id| interner.value(id)).collect();
            let theirs = hit.facets.0.get(facet.name()).into_iter().flatten();
            let both = theirs.filter(|value| own.contains(value.value.as_str()));
            // Whoever speaks in both is a person of both already.
            let is_new = |value: &&FacetValue| !shared.values.iter().any(|(_, known)| known.value == value.value);
            let both: Vec<_> = both.filter(is_new).map(|value| (facet.name(), value.clone())).collect();
            shared.values.extend(both);
        }
        shared
    }
}

fn near_copy(stored: &Stored) -> NearCopy {
    NearCopy {
        id: stored.uri.clone(),
        headline: stored.filing.ninjs.headline().to_owned(),
        published: stored.published.and_then(rfc3339),
    }
}

fn values(stored: &Stored, facet: Facet) -> Vec<&str> {
    let found = &stored.extraction;
    match facet {
        Facet::Person => found.people.iter().map(|person| person.value.as_str()).collect(),
        Facet::Speaker => found.speakers.iter().map(String::as_str).collect(),
        _ => {
            let about = found.countries.iter().filter(|country| country.about);
            about.map(|country| country.value.as_str()).collect()
        }
    }
}
