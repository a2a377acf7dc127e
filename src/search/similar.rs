//! More like a story: others with the words that tell it apart and with its people. Near copies are named, not listed.

use std::time::Instant;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use tantivy::query::{BooleanQuery, BoostQuery, Query as IndexQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Term};
use xxhash_rust::xxh3::xxh3_64;

use super::first::Page;
use super::found::Statistics;
use super::highlight::Highlighter;
use super::hits::Maker;
use super::names::Names;
use super::pass;
use super::plan::Plan;
use super::sets::Ground;
use super::stories::checked;
use super::{FacetValue, Hit, SearchError, SearchRequest, Sort};
use crate::index::analyzer::{Stems, each_word};
use crate::index::{Snapshot, Stored, schema};
use crate::story::{Facet, key_of, rfc3339};
use crate::text::tokenise;
use crate::vocabulary::Vocabulary;

/// Words that a story is looked for by.
const WORDS: usize = 25;

/// Words whose frequency in the index is looked up: those that the story has most often.
const MOST_LOOKED_UP: usize = 150;

/// Words told of a similar story.
const WORDS_TOLD: usize = 8;

/// A word in more than one of so many stories tells none apart.
const COMMON: u64 = 5;

/// A word that so few have is not common, however few stories there are.
const FEW: u64 = 20;

/// Stories are alike that share more than so many words, where a facet value counts for two.
const LEAST: usize = 2;

/// Of two near copies this share of the runs of three words is the same.
const COPY: f64 = 0.5;

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

/// A word of the story: the term it is indexed as, as written, and how much it tells.
struct Telling {
    term: Term,
    /// The same in the headline.
    in_headline: Term,
    written: String,
    weight: f32,
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
        let mut plan = Plan::new(names, request, &parsed.query, Ground::Stories)?;
        if let Some(base) = plan.base.get_mut(own.segment_ord as usize) {
            base.remove(own.doc_id);
        }
        for filter in &mut plan.filters {
            if let Some(docs) = filter.sets.get_mut(own.segment_ord as usize) {
                docs.remove(own.doc_id);
            }
        }
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
        for ranked in &pass::run(self.snapshot, &plan, page)?.top {
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

/// How often a word stands in a story, and how it is first written.
struct Count {
    times: f32,
    written: String,
    in_headline: Term,
}

/// The words of a story by the term that they are indexed as: by stem where the language has stems. Numbers tell nothing.
fn counted(snapshot: &Snapshot, stored: &Stored) -> FxHashMap<Term, Count> {
    let fields = &snapshot.fields;
    let stems = Stems::of_language(stored.language());
    let mut counts: FxHashMap<Term, Count> = FxHashMap::default();
    let ninjs = &stored.filing.ninjs;
    for (text, times) in [(ninjs.headline(), 2.0), (ninjs.body(), 1.0)] {
        each_word(
            text,
            |_| true,
            |word| {
                let in_field = |body: Field, headline: Field, term: &str| {
                    (Term::from_field_text(body, term), Term::from_field_text(headline, term))
                };
                let (term, in_headline) = match (stems, word.letters) {
                    (Some(stems), Some(letters)) => {
                        stems.with_stem(letters, |stem| in_field(fields.body_stem, fields.headline_stem, stem))
                    }
                    _ => in_field(fields.body, fields.headline, word.term),
                };
                if word.term.starts_with(|c: char| !c.is_numeric()) {
                    let count = counts.entry(term).or_insert_with(|| Count {
                        times: 0.0,
                        written: text[word.span.start..word.span.end].to_owned(),
                        in_headline,
                    });
                    count.times += times;
                }
            },
        );
    }
    counts
}

/// The words of a story that tell it apart, the most telling first: those that it has often and few others have.
fn telling_words(snapshot: &Snapshot, vocabulary: &Vocabulary, stored: &Stored) -> tantivy::Result<Vec<Telling>> {
    let documents = Statistics::of(Ground::Stories, snapshot).documents.max(1);
    let mut counts: Vec<(Term, Count)> = counted(snapshot, stored).into_iter().collect();
    counts.retain(|(_, count)| !is_filler(vocabulary, &count.written));
    counts.sort_by(|(a, one), (b, other)| {
        let by_length = || other.written.chars().count().cmp(&one.written.chars().count());
        other
            .times
            .total_cmp(&one.times)
            .then_with(by_length)
            .then_with(|| a.cmp(b))
    });
    counts.truncate(MOST_LOOKED_UP);
    let mut words = Vec::new();
    for (term, count) in counts {
        let having = snapshot.searcher.doc_freq(&term)? + snapshot.searcher.doc_freq(&count.in_headline)?;
        // A word that only this story has finds no other, and one that every fifth has finds too many.
        if having < 2 || having > FEW && having * COMMON > documents {
            continue;
        }
        let rare = (1.0 + documents as f32 / having as f32).ln();
        words.push(Telling {
            weight: count.times / (count.times + 1.5) * rare,
            in_headline: count.in_headline,
            written: count.written,
            term,
        });
    }
    words.sort_by(|one, other| {
        other
            .weight
            .total_cmp(&one.weight)
            .then_with(|| one.term.cmp(&other.term))
    });
    words.truncate(WORDS);
    // The rarity is weighed by the index as well.
    let most = words.first().map_or(1.0, |word| word.weight);
    for word in &mut words {
        word.weight /= most;
    }
    Ok(words)
}

/// Whether a word is short and among the most frequent of some language. Their lists leave out what too many languages have,
/// and with it the English article.
fn is_filler(vocabulary: &Vocabulary, written: &str) -> bool {
    let token = tokenise(written).into_iter().next();
    let is_listed = token.is_some_and(|token| !vocabulary.languages.word(token.folded).is_empty());
    written.chars().count() <= 3 && is_listed || written.eq_ignore_ascii_case("the")
}

/// The runs of three words of a story's text, by which near copies are known.
struct Profile(FxHashSet<u64>);

impl Profile {
    fn of(stored: &Stored) -> Self {
        let mut words: Vec<u64> = Vec::new();
        each_word(
            stored.filing.ninjs.body(),
            |_| true,
            |word| words.push(xxh3_64(word.term.as_bytes())),
        );
        let run = |run: &[u64]| run.iter().fold(0, |hash: u64, word| hash.rotate_left(21) ^ word);
        Self(words.windows(3).map(run).collect())
    }

    fn is_copy_of(&self, other: &Self) -> bool {
        let both = self.0.iter().filter(|run| other.0.contains(run)).count();
        let all = self.0.len() + other.0.len() - both;
        both > 0 && both as f64 >= COPY * all as f64
    }
}
