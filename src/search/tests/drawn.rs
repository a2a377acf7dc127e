//! The random stories, queries and requests that index and model are compared on.

use proptest::prelude::*;

use super::Draft;
use super::model::{Ask, FACETS};
use crate::query::{Part, Query, Side, Words};
use crate::search::{FacetFilter, Interval, SearchRequest, Sort};
use crate::story::Facet;

const WORDS: [&str; 6] = ["alpa", "alpine", "bravo", "carlis", "delta", "deltas"];
const PEOPLE: [&str; 5] = ["Ana Adi", "Budi Adi", "Cici", "Dé Cici", "Eko Ana"];
const COUNTRIES: [&str; 4] = ["XA", "XB", "XC", "XD"];
const SOURCES: [&str; 3] = ["wire-one", "wire-two", "daily"];

fn some_words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..most).prop_map(|words| words.join(" "))
}

fn one(list: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(list).prop_map(str::to_owned)
}

pub(super) fn draft() -> impl Strategy<Value = Draft> {
    let quote = (
        prop::option::weighted(0.8, one(&PEOPLE)),
        prop::bool::weighted(0.8),
        some_words(4),
    );
    let texts = (some_words(3), some_words(6), prop::collection::vec(quote, 0..3));
    let people = prop::collection::vec(one(&PEOPLE), 0..3);
    let countries = prop::collection::btree_map(one(&COUNTRIES), any::<bool>(), 0..3);
    let sources = prop::collection::btree_map(one(&SOURCES), any::<bool>(), 0..2);
    let head = (
        0_u8..12,
        prop::sample::select(&["en", "id", "und"][..]),
        prop::option::weighted(0.9, 0_i64..6),
    );
    (head, texts, people, countries, sources).prop_map(|(head, texts, people, countries, sources)| {
        let mut people: Vec<String> = people;
        people.sort();
        people.dedup();
        Draft {
            uri: format!("story:{}", head.0),
            version: 0,
            published: head.2.map(|day| 1_700_000_000 + day * 40_000),
            language: head.1,
            headline: texts.0,
            text: texts.1,
            quotes: texts.2,
            people,
            countries: countries.into_iter().collect(),
            sources: sources.into_iter().collect(),
        }
    })
}

pub(super) fn query() -> impl Strategy<Value = Query> {
    let part = prop::sample::select(&[Part::Anywhere, Part::Headline, Part::Said, Part::Said][..]);
    let single = prop_oneof![
        3 => one(&WORDS).prop_map(Words::Word),
        1 => (one(&WORDS), one(&WORDS)).prop_map(|(one, two)| Words::Phrase(vec![one, two], 0)),
        1 => one(&["al", "delta"]).prop_map(Words::Prefix),
    ];
    let side = (prop::collection::vec(single, 1..3), 0_u32..3).prop_map(|(any, within)| Side { any, within });
    let near = prop::collection::vec(side, 2..4);
    let words = prop_oneof![
        1 => near.prop_map(Words::Near),
        4 => one(&WORDS).prop_map(Words::Word),
        1 => (prop::collection::vec(one(&WORDS), 1..4), 0_u32..3).prop_map(|(words, slop)| Words::Phrase(words, slop)),
        1 => one(&["al", "delta", "x"]).prop_map(Words::Prefix),
    ];
    let facet = prop::sample::select(&FACETS[..]);
    let leaf = prop_oneof![
        6 => (part, words).prop_map(|(part, words)| Query::Text(part, words)),
        3 => one(&["Adi", "ana", "Dé Cici", "cici", "Nobody"]).prop_map(|name| Query::Facet(Facet::Speaker, name)),
        1 => one(&["Adi", "eko ana"]).prop_map(|name| Query::Facet(Facet::Person, name)),
        1 => one(&["XA", "xb"]).prop_map(|name| Query::Facet(Facet::Country, name)),
        1 => facet.clone().prop_map(Query::Has),
        1 => facet.prop_map(Query::Missing),
        1 => Just(Query::HasQuote),
        1 => Just(Query::All),
        1 => (0_u64..8).prop_map(|least| Query::Length(Some(least), Some(least + 8))),
        1 => (0_i64..4).prop_map(|day| Query::Published(Some(1_700_000_000 + day * 40_000), None)),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 2..4).prop_map(Query::And),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(Query::Or),
            1 => inner.prop_map(|inner| Query::Not(Box::new(inner))),
        ]
    })
    // As the parser would give it: no And in an And, no empty ones.
    .prop_map(|query| crate::query::parse(&query.to_string(), 0).query)
}

fn filter(values: &'static [&'static str]) -> impl Strategy<Value = FacetFilter> {
    let wanted = prop::collection::vec(one(values), 0..3);
    let unwanted = prop::collection::vec(one(values), 0..2);
    (wanted, unwanted).prop_map(|(any_of, none_of)| FacetFilter { any_of, none_of })
}

pub(super) fn ask() -> impl Strategy<Value = Ask> {
    let filters = (
        prop::option::of(filter(&["Ana Adi", "Cici", "adi"])),
        prop::option::of(filter(&["XA", "XB", "xc"])),
        prop::option::of(filter(&["wire-one", "daily", "none"])),
        prop::option::weighted(0.2, filter(&["Dé Cici", "Eko Ana"])),
        prop::option::weighted(0.2, prop::sample::select(&FACETS[..])),
    );
    let sort = prop::sample::select(&[Sort::Relevance, Sort::Newest, Sort::Oldest][..]);
    let range = (
        prop::option::weighted(0.2, 0_i64..3),
        prop::option::weighted(0.2, 3_i64..6),
    );
    (query(), filters, sort, range, 1_usize..5, 0_usize..4).prop_map(
        |(query, filters, sort, range, limit, facet_limit)| {
            let mut request = SearchRequest::new("");
            let facets = [Facet::Speaker, Facet::Country, Facet::Source, Facet::Person];
            let chosen = [filters.0, filters.1, filters.2, filters.3];
            for (facet, filter) in facets.into_iter().zip(chosen) {
                request.filters.extend(filter.map(|filter| (facet, filter)));
            }
            request.missing = filters.4.into_iter().collect();
            request.sort = sort;
            request.from = range.0.map(|day| 1_700_000_000 + day * 40_000);
            request.to = range.1.map(|day| 1_700_000_000 + day * 40_000);
            (request.limit, request.facet_limit) = (limit, facet_limit);
            request.facets = FACETS.to_vec();
            request.histogram = Some(Interval::Month);
            Ask { query, request }
        },
    )
}
