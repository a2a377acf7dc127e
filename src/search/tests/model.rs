//! A model of the index that looks at every story: what it says to a request.
#![allow(clippy::match_bool, clippy::unused_self)] // a model is written to be read

use std::collections::{BTreeMap, BTreeSet};

use super::Draft;
use crate::index::analyzer;
use crate::query::{Part, Query, Words};
use crate::search::{FacetCounts, SearchRequest};
use crate::story::Facet;
use crate::text::fold;
use crate::vocabulary::Vocabulary;

pub(super) const FACETS: [Facet; 7] = [
    Facet::Person,
    Facet::Speaker,
    Facet::Country,
    Facet::About,
    Facet::Source,
    Facet::Credit,
    Facet::Language,
];

/// The stories as they are after every update and delete, with how many filings each has.
pub(super) struct Model(pub(super) Vec<(Draft, u64)>);

/// A quote in the model: its certain speaker and its words.
type Said<'d> = (Option<&'d str>, Vec<String>);

fn words_of(text: &str) -> Vec<String> {
    analyzer::written_terms(text).into_iter().map(|term| term.0).collect()
}

fn said(draft: &Draft) -> Vec<Said<'_>> {
    let quotes = draft.quotes.iter();
    quotes
        .map(|(speaker, certain, words)| (speaker.as_deref().filter(|_| *certain), words_of(words)))
        .collect()
}

fn values(draft: &Draft, facet: Facet) -> BTreeSet<String> {
    let pairs = |pairs: &[(String, bool)], only: bool| {
        let wanted = pairs.iter().filter(|pair| !only || pair.1);
        wanted.map(|pair| pair.0.clone()).collect()
    };
    match facet {
        Facet::Person => draft.people.iter().cloned().collect(),
        Facet::Speaker => draft.speakers().into_iter().collect(),
        Facet::Country => pairs(&draft.countries, false),
        Facet::About => pairs(&draft.countries, true),
        Facet::Source => pairs(&draft.sources, false),
        Facet::Credit => pairs(&draft.sources, true),
        _ => [draft.language.to_owned()].into(),
    }
}

fn is_named(facet: Facet, value: &str, typed: &str) -> bool {
    let words = |text: &str| -> Vec<String> { fold(text).split(' ').map(str::to_owned).collect() };
    let by_part = matches!(facet, Facet::Person | Facet::Speaker);
    fold(value) == fold(typed) || by_part && words(typed).iter().all(|word| words(value).contains(word))
}

fn matches(words: &Words, text: &[String], language: &str) -> bool {
    match words {
        Words::Word(word) => {
            let stem = analyzer::stem_term(language, word);
            text.iter()
                .any(|other| other == word || stem.is_some() && analyzer::stem_term(language, other) == stem)
        }
        Words::Prefix(start) => text.iter().any(|word| word.starts_with(start.as_str())),
        Words::Phrase(phrase, slop) => {
            let most = phrase.len() + *slop as usize;
            let is_in_order = |window: &[String]| {
                let mut rest = window.iter();
                window[0] == phrase[0] && phrase.iter().all(|word| rest.any(|other| other == word))
            };
            (0..text.len()).any(|at| is_in_order(&text[at..(at + most).min(text.len())]))
        }
        Words::Fuzzy(..) => false,
        Words::Near(sides) => {
            let places: Vec<Vec<(usize, usize)>> = sides.iter().map(|side| places(&side.any, text)).collect();
            let within: Vec<usize> = sides.iter().map(|side| side.within as usize).collect();
            (0..places.first().map_or(0, Vec::len)).any(|first| is_near(&places, &within, 0, first))
        }
    }
}

/// From the first to the last word of each place where any of these stands as written.
fn places(any: &[Words], text: &[String]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for words in any {
        for at in 0..text.len() {
            match words {
                Words::Word(word) if text[at] == *word => found.push((at, at)),
                Words::Prefix(start) if text[at].starts_with(start.as_str()) => found.push((at, at)),
                Words::Phrase(phrase, 0) if text[at..].starts_with(phrase) => found.push((at, at + phrase.len() - 1)),
                _ => {}
            }
        }
    }
    found
}

/// Whether that place of a side has one of the next side near it, and so on.
fn is_near(places: &[Vec<(usize, usize)>], within: &[usize], side: usize, at: usize) -> bool {
    let (start, end) = places[side][at];
    let Some(next) = places.get(side + 1) else { return true };
    (0..next.len()).any(|other| {
        let (other_start, other_end) = next[other];
        let between = if other_start > end {
            other_start - end - 1
        } else if other_end < start {
            start - other_end - 1
        } else {
            return false;
        };
        between <= within[side + 1] && is_near(places, within, side + 1, other)
    })
}

impl Model {
    /// Names of speakers of alive stories that a typed name means.
    fn speakers(&self, typed: &str) -> BTreeSet<String> {
        let all = self.0.iter().flat_map(|(draft, _)| draft.speakers());
        all.filter(|speaker| is_named(Facet::Speaker, speaker, typed)).collect()
    }

    fn speakers_of(&self, query: &Query) -> Option<BTreeSet<String>> {
        match query {
            Query::Facet(Facet::Speaker, typed) => Some(self.speakers(typed)),
            Query::Or(any) => any.iter().try_fold(BTreeSet::new(), |mut all, query| {
                all.extend(self.speakers_of(query)?);
                Some(all)
            }),
            _ => None,
        }
    }

    fn beside(&self, all: &[Query], outer: Option<&BTreeSet<String>>) -> Option<BTreeSet<String>> {
        let mut found = outer.cloned();
        for named in all.iter().filter_map(|query| self.speakers_of(query)) {
            found = Some(match found {
                None => named,
                Some(before) if before.is_disjoint(&named) => &before | &named,
                Some(before) => &before & &named,
            });
        }
        found
    }

    fn holds(&self, query: &Query, draft: &Draft, speakers: Option<&BTreeSet<String>>) -> bool {
        let text = || words_of(&format!("{} {}", draft.headline, draft.body()));
        match query {
            Query::All => true,
            Query::And(all) => {
                let speakers = self.beside(all, speakers);
                let (said_only, others): (Vec<_>, Vec<_>) = all.iter().partition(|query| only_said(query));
                (said_only.is_empty()
                    || said(draft)
                        .iter()
                        .any(|quote| in_quote(&said_only, quote, draft, speakers.as_ref())))
                    && others.iter().all(|query| self.holds(query, draft, speakers.as_ref()))
            }
            Query::Or(any) => any.iter().any(|query| self.holds(query, draft, speakers)),
            Query::Not(inner) => !self.holds(inner, draft, speakers),
            Query::Text(Part::Said, _) => said(draft)
                .iter()
                .any(|quote| in_quote(&[query], quote, draft, speakers)),
            Query::Text(Part::Headline, words) => matches(words, &words_of(&draft.headline), draft.language),
            Query::Text(Part::Anywhere, Words::Phrase(..) | Words::Near(_)) => {
                let Query::Text(_, words) = query else { return false };
                [words_of(&draft.headline), words_of(&draft.body())]
                    .iter()
                    .any(|text| matches(words, text, draft.language))
            }
            Query::Text(Part::Anywhere, words) => matches(words, &text(), draft.language),
            Query::Facet(facet, typed) => values(draft, *facet).iter().any(|value| is_named(*facet, value, typed)),
            Query::Published(from, to) => in_range(draft, *from, *to),
            Query::Length(least, most) => {
                let length = words_of(&draft.body()).len() as u64;
                least.is_none_or(|least| length >= least) && most.is_none_or(|most| length <= most)
            }
            Query::HasQuote => !draft.quotes.is_empty(),
            Query::Has(facet) => !values(draft, *facet).is_empty(),
            Query::Missing(facet) => values(draft, *facet).is_empty(),
        }
    }
}

fn in_range(draft: &Draft, from: Option<i64>, to: Option<i64>) -> bool {
    draft
        .published
        .is_some_and(|at| from.is_none_or(|from| at >= from) && to.is_none_or(|to| at < to))
}

fn only_said(query: &Query) -> bool {
    match query {
        Query::Text(part, _) => *part == Part::Said,
        Query::And(all) | Query::Or(all) => all.iter().all(|clause| match clause {
            Query::Not(inner) => only_said(inner),
            clause => only_said(clause),
        }),
        _ => false,
    }
}

fn in_quote(all: &[&Query], quote: &Said<'_>, draft: &Draft, speakers: Option<&BTreeSet<String>>) -> bool {
    speakers.is_none_or(|speakers| quote.0.is_some_and(|speaker| speakers.contains(speaker)))
        && all.iter().all(|query| match query {
            Query::Text(_, words) => matches(words, &quote.1, draft.language),
            Query::Or(any) => any.iter().any(|query| in_quote(&[query], quote, draft, None)),
            Query::And(all) => all.iter().all(|query| in_quote(&[query], quote, draft, None)),
            Query::Not(inner) => !in_quote(&[&**inner], quote, draft, None),
            _ => false,
        })
}

/// A request with its query as a tree.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub query: Query,
    pub request: SearchRequest,
}

impl Model {
    /// The values of a story that count: for a query that asks for what was said, the speakers who said it.
    fn counted(&self, ask: &Ask, draft: &Draft, facet: Facet) -> BTreeSet<String> {
        let clauses = match &ask.query {
            Query::And(all) => all.as_slice(),
            other => std::slice::from_ref(other),
        };
        let asked: Vec<&Query> = match &ask.query {
            Query::Or(_) | Query::Text(..) | Query::And(_) => clauses.iter().filter(|query| only_said(query)).collect(),
            _ => Vec::new(),
        };
        if facet != Facet::Speaker || asked.is_empty() {
            return values(draft, facet);
        }
        let speakers = self.beside(clauses, None);
        let found = said(draft);
        let found = found
            .iter()
            .filter(|quote| in_quote(&asked, quote, draft, speakers.as_ref()));
        found.filter_map(|quote| quote.0.map(str::to_owned)).collect()
    }

    fn selection(&self, facet: Facet, typed: &[String]) -> BTreeSet<String> {
        let all: BTreeSet<String> = self.0.iter().flat_map(|(draft, _)| values(draft, facet)).collect();
        let chosen = typed.iter().flat_map(|typed| {
            if all.contains(typed) {
                return [typed.clone()].into();
            }
            let named = all.iter().filter(|value| is_named(facet, value, typed));
            named.cloned().collect::<BTreeSet<_>>()
        });
        chosen.collect()
    }

    /// The stories that pass everything but the filter of `except`.
    pub(super) fn passing(&self, ask: &Ask, except: Option<Facet>) -> Vec<&(Draft, u64)> {
        let request = &ask.request;
        let of_facet = |facet: Facet| {
            request
                .filters
                .iter()
                .find(|filter| filter.0 == facet)
                .map(|filter| &filter.1)
        };
        let chosen = of_facet(Facet::Speaker).filter(|filter| !filter.any_of.is_empty());
        let context = chosen.map(|filter| self.selection(Facet::Speaker, &filter.any_of));
        let passes = |draft: &Draft| {
            let is_said = counted_is_said(ask);
            self.holds(&ask.query, draft, context.as_ref().filter(|_| !is_said))
                && (request.from.is_none() && request.to.is_none() || in_range(draft, request.from, request.to))
                && Facet::ALL.into_iter().all(|facet| {
                    let mine = self.counted(ask, draft, facet);
                    let filter = of_facet(facet).cloned().unwrap_or_default();
                    let excluded = self.selection(facet, &filter.none_of);
                    let missing = request.missing.contains(&facet);
                    let wanted = self.selection(facet, &filter.any_of);
                    let no_wish = filter.any_of.is_empty() && !missing || except == Some(facet);
                    excluded.is_disjoint(&values(draft, facet))
                        && (no_wish || !wanted.is_disjoint(&mine) || missing && mine.is_empty())
                })
        };
        self.0.iter().filter(|(draft, _)| passes(draft)).collect()
    }

    pub(super) fn facet(&self, ask: &Ask, facet: Facet) -> FacetCounts {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut expected = FacetCounts::default();
        for (draft, _) in self.passing(ask, Some(facet)) {
            let values = self.counted(ask, draft, facet);
            expected.missing += u64::from(values.is_empty());
            for value in values {
                *counts.entry(value).or_default() += 1;
            }
        }
        expected.distinct = counts.len() as u64;
        let filter = ask.request.filters.iter().find(|filter| filter.0 == facet);
        let selected = filter.map_or_else(BTreeSet::new, |filter| self.selection(facet, &filter.1.any_of));
        let vocabulary = Vocabulary::builtin();
        let labelled = |(value, count): (String, u64)| (count, vocabulary.label(facet, &value, ""), value);
        let mut pairs: Vec<(u64, String, String)> = counts.into_iter().map(labelled).collect();
        pairs.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (&a.1, &a.2).cmp(&(&b.1, &b.2))));
        for (at, (count, label, value)) in pairs.into_iter().enumerate() {
            if at < ask.request.facet_limit || selected.contains(&value) {
                expected.values.push(crate::search::FacetValue {
                    label,
                    selected: selected.contains(&value),
                    value,
                    count,
                    names: Vec::new(),
                });
            } else {
                expected.other += count;
            }
        }
        expected
    }
}

/// Whether a clause of the whole query asks for what was said.
fn counted_is_said(ask: &Ask) -> bool {
    match &ask.query {
        Query::And(all) => all.iter().any(only_said),
        other => only_said(other),
    }
}
