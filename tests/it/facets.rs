//! Facet counts against counts made another way: from the stored stories, one by one, with plain sets and maps.

use std::collections::{BTreeMap, BTreeSet};

use dateline::index::{Snapshot, analyzer};
use dateline::search::SearchRequest;
use dateline::story::Facet;
use rustc_hash::FxHashSet;

use crate::support::{Sample, large, sample};

/// How many random queries; more than enough to meet every kind.
const QUERIES: usize = 50;

/// The facets that are asked for.
const FACETS: [Facet; 7] = [
    Facet::Person,
    Facet::Speaker,
    Facet::Country,
    Facet::About,
    Facet::Source,
    Facet::Credit,
    Facet::Language,
];

/// The words that are asked for.
const WORDS: [&str; 8] = ["minister", "oil", "bank", "said", "rate", "police", "menteri", "the"];

/// What a story shows to the other way of counting.
struct Seen {
    words: FxHashSet<String>,
    published: Option<i64>,
    values: BTreeMap<Facet, BTreeSet<String>>,
}

/// Reads every story from the store, through its document and not through the columns that facets are counted from.
fn seen(snapshot: &Snapshot) -> Vec<Seen> {
    let mut all = Vec::new();
    for (at, segment) in snapshot.segments.iter().enumerate() {
        for doc in (0..segment.max_doc).filter(|doc| segment.stories.contains(*doc)) {
            let address = tantivy::DocAddress::new(at as u32, doc);
            let stored = snapshot.stored(address).unwrap();
            let found = &stored.extraction;
            let mut words = FxHashSet::default();
            for text in [stored.filing.ninjs.headline(), stored.filing.ninjs.body()] {
                for (term, _, _) in analyzer::written_terms(text) {
                    // Only what the queries can ask for: the first letters tell, and a stem keeps them.
                    if !WORDS.iter().any(|word| term.starts_with(&word[..2])) {
                        continue;
                    }
                    words.extend(analyzer::stem_term(&found.language, &term));
                    words.insert(term);
                }
            }
            // Names that are one person's count as one.
            let shown = |facet: Facet, name: &str| {
                let interner = &snapshot.interners[facet as usize];
                interner.value(interner.id(name).unwrap()).to_string()
            };
            let speakers = found.speakers.iter().map(|name| shown(Facet::Speaker, name));
            let certain: BTreeSet<String> = speakers.collect();
            let credits = found
                .sources
                .iter()
                .filter(|source| source.role == dateline::story::SourceRole::Credit);
            let about = found.countries.iter().filter(|country| country.about);
            let values = BTreeMap::from([
                (
                    Facet::Person,
                    found
                        .people
                        .iter()
                        .map(|person| shown(Facet::Person, &person.value))
                        .collect(),
                ),
                (Facet::Speaker, certain),
                (
                    Facet::Country,
                    found.countries.iter().map(|country| country.value.clone()).collect(),
                ),
                (Facet::About, about.map(|country| country.value.clone()).collect()),
                (
                    Facet::Source,
                    found.sources.iter().map(|source| source.value.clone()).collect(),
                ),
                (Facet::Credit, credits.map(|source| source.value.clone()).collect()),
                (Facet::Language, BTreeSet::from([found.language.clone()])),
            ]);
            all.push(Seen {
                words,
                published: stored.published,
                values,
            });
        }
    }
    all
}

/// A generator of our own, so that a failure comes again: xorshift64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

/// A random request: a word or none, one to three selections in up to three facets, now and then an exclusion or a range.
fn request(dice: &mut Dice, stories: &[Seen]) -> SearchRequest {
    let mut request = SearchRequest::new("");
    request.limit = 0;
    request.facets = FACETS.to_vec();
    request.facet_limit = 25;
    if dice.roll(2) == 0 {
        WORDS[dice.roll(WORDS.len())].clone_into(&mut request.q);
    }
    for _ in 0..=dice.roll(3) {
        let facet = FACETS[dice.roll(FACETS.len())];
        for _ in 0..=dice.roll(2) {
            // A value of a random story, so that the selection is not empty.
            let values = &stories[dice.roll(stories.len())].values[&facet];
            if let Some(value) = values.iter().nth(dice.roll(values.len())) {
                let filter = request.filter_mut(facet);
                if dice.roll(5) == 0 {
                    filter.none_of.push(value.clone());
                } else {
                    filter.any_of.push(value.clone());
                }
            }
        }
    }
    if dice.roll(4) == 0 {
        request.from = stories[dice.roll(stories.len())].published;
    }
    request
}

/// Whether a story has the word of the query, as written or by its stem in any language, and lies in the range.
fn matches(story: &Seen, request: &SearchRequest, terms: &[String]) -> bool {
    let has_word = request.q.is_empty() || terms.iter().any(|term| story.words.contains(term));
    has_word
        && request
            .from
            .is_none_or(|from| story.published.is_some_and(|time| time >= from))
}

/// The word of the query and its stems.
fn terms(request: &SearchRequest) -> Vec<String> {
    let languages = analyzer::stem_languages().iter();
    let stems = languages.filter_map(|language| analyzer::stem_term(language, &request.q));
    stems.chain([request.q.clone()]).collect()
}

/// Whether a story passes all filters but those of one facet; what a filter excludes counts in any case.
fn passes(story: &Seen, request: &SearchRequest, but: Option<Facet>) -> bool {
    request.filters.iter().all(|(facet, filter)| {
        let has = |wanted: &Vec<String>| wanted.iter().any(|value| story.values[facet].contains(value));
        let wanted = filter.any_of.is_empty() || Some(*facet) == but || has(&filter.any_of);
        wanted && !has(&filter.none_of)
    })
}

fn counts_equal(sample: &Sample) {
    let snapshot = sample.reader.snapshot();
    let stories = seen(&snapshot);
    let mut dice = Dice(0x5EED_DA7E_11E5);
    for round in 0..QUERIES {
        let request = request(&mut dice, &stories);
        let answer = sample.search(&request);
        let terms = terms(&request);
        let matching: Vec<&Seen> = stories
            .iter()
            .filter(|story| matches(story, &request, &terms))
            .collect();
        let total = matching.iter().filter(|story| passes(story, &request, None)).count() as u64;
        assert_eq!(answer.total.stories, total, "round {round}: {request:?}");
        for facet in FACETS {
            let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
            let mut missing = 0;
            for story in matching.iter().filter(|story| passes(story, &request, Some(facet))) {
                missing += u64::from(story.values[&facet].is_empty());
                for value in &story.values[&facet] {
                    *counts.entry(value).or_default() += 1;
                }
            }
            let given = &answer.facets[facet.name()];
            let place = format!("round {round}, {}: {request:?}", facet.name());
            assert_eq!(given.distinct, counts.len() as u64, "{place}");
            assert_eq!(given.missing, missing, "{place}");
            for value in &given.values {
                let count = counts.get(value.value.as_str()).copied().unwrap_or(0);
                assert_eq!(value.count, count, "{} in {place}", value.value);
            }
            let listed: u64 = given.values.iter().map(|value| value.count).sum();
            assert_eq!(given.other, counts.values().sum::<u64>() - listed, "{place}");
            let mut best: Vec<u64> = counts.values().copied().collect();
            best.sort_unstable_by(|a, b| b.cmp(a));
            best.truncate(request.facet_limit);
            let unselected = given.values.iter().filter(|value| !value.selected);
            let least = unselected.map(|value| value.count).min().unwrap_or(0);
            assert!(
                best.iter().filter(|count| **count > least).count() <= given.values.len(),
                "{place}"
            );
            let selected = request
                .filters
                .iter()
                .find(|(f, _)| *f == facet)
                .map(|(_, filter)| &filter.any_of);
            for value in selected.into_iter().flatten() {
                assert!(
                    given.values.iter().any(|v| v.value == *value && v.selected),
                    "{value} stays listed: {place}"
                );
            }
        }
    }
}

#[test]
fn counts_over_the_sample_archive_equal_those_made_one_by_one() {
    counts_equal(sample());
}

#[test]
fn counts_over_tens_of_thousands_of_real_stories_equal_those_made_one_by_one() {
    counts_equal(large());
}
