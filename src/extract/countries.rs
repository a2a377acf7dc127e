//! Step: the countries of a story, named, implied or tagged, and those it is about.

use rustc_hash::{FxHashMap, FxHashSet};

use super::document::{Document, Marks, Text};
use super::places::{Candidate, Candidates, Part, place_of_tag};
use crate::story::{Basis, Country};
use crate::vocabulary::{Countries, CountryId, Place, Reading, Vocabulary};

/// What a mention weighs by where it stands, and the share of the heaviest country under which a story is not about one.
/// Chosen on the PLACES tags of Reuters-21578.
const HEADLINE_WEIGHT: u32 = 3;
const LEAD_WEIGHT: u32 = 2;
const LATER_WEIGHT: u32 = 1;
const LEAST_SHARE: u32 = 4;

/// How many sentences the lead has, if its paragraph is longer.
const LEAD_SENTENCES: usize = 2;

/// What is known of one country.
#[derive(Debug)]
struct Tally {
    named: bool,
    mentions: u32,
    weight: u32,
    /// The phrase of the first mention; of the first naming one when named.
    phrase: String,
    tagged: bool,
    order: usize,
}

/// The countries of a document, in the order of their first mention. Candidates that became part of a person's, a source's
/// or an organisation's name are dropped.
pub(super) fn countries(vocabulary: &Vocabulary, document: &Document, candidates: Candidates) -> Vec<Country> {
    let countries = &vocabulary.countries;
    let lead = lead_end(&document.body);
    let kept: Candidates = candidates
        .into_iter()
        .filter(|candidate| !is_claimed(document, candidate))
        .collect();
    let certain: FxHashSet<CountryId> = kept
        .iter()
        .filter(|candidate| candidate.place.reading != Reading::Backed)
        .filter_map(|candidate| only(&candidate.place))
        .collect();
    let mut tallies: FxHashMap<CountryId, Tally> = FxHashMap::default();
    for candidate in kept {
        let Some((id, named)) = meant(&candidate.place, &certain) else {
            continue;
        };
        let weight = match candidate.part {
            Part::Headline => HEADLINE_WEIGHT,
            Part::Dateline => LEAD_WEIGHT,
            Part::Body if candidate.tokens.start < lead => LEAD_WEIGHT,
            Part::Body => LATER_WEIGHT,
        };
        add(&mut tallies, id, named, weight, candidate.phrase);
    }
    for id in tagged(countries, document) {
        let order = tallies.len();
        let tally = tallies.entry(id).or_insert_with(|| Tally::new(order));
        tally.tagged = true;
    }
    finish(countries, tallies)
}

impl Tally {
    fn new(order: usize) -> Self {
        Self {
            named: false,
            mentions: 0,
            weight: 0,
            phrase: String::new(),
            tagged: false,
            order,
        }
    }
}

fn add(tallies: &mut FxHashMap<CountryId, Tally>, id: CountryId, named: bool, weight: u32, phrase: String) {
    let order = tallies.len();
    let tally = tallies.entry(id).or_insert_with(|| Tally::new(order));
    if tally.mentions == 0 || named && !tally.named {
        tally.phrase = phrase;
    }
    tally.named |= named;
    tally.mentions += 1;
    tally.weight += weight;
}

fn finish(countries: &Countries, tallies: FxHashMap<CountryId, Tally>) -> Vec<Country> {
    let heaviest = tallies.values().map(|tally| tally.weight).max().unwrap_or_default();
    let mut tallies: Vec<_> = tallies.into_iter().collect();
    tallies.sort_by_key(|(_, tally)| tally.order);
    tallies
        .into_iter()
        .map(|(id, tally)| {
            let code = countries.code(id);
            Country {
                value: code.to_owned(),
                label: countries.label(code, "en").unwrap_or(code).to_owned(),
                basis: match tally.mentions {
                    0 => Basis::Metadata,
                    _ if tally.named => Basis::Named,
                    _ => Basis::Implied,
                },
                about: tally.tagged || tally.weight * LEAST_SHARE >= heaviest,
                mentions: tally.mentions,
                phrase: tally.phrase,
            }
        })
        .collect()
}

/// Whether the candidate's tokens became part of another name.
fn is_claimed(document: &Document, candidate: &Candidate) -> bool {
    let text = match candidate.part {
        Part::Headline => &document.headline,
        Part::Body => &document.body,
        Part::Dateline => return false,
    };
    text.any_marked(
        candidate.tokens.clone(),
        Marks::PERSON.with(Marks::SOURCE).with(Marks::ORGANISATION),
    )
}

/// The country of a phrase that has just one.
fn only(place: &Place) -> Option<CountryId> {
    let mut all = place.countries();
    match (all.next(), all.next()) {
        (Some(id), None) => Some(id),
        _ => None,
    }
}

/// Which of its countries a phrase means, and whether it names it: the first, unless only another is in the story otherwise.
/// A name that means another country than its first only implies it ("Georgia" in the United States).
fn meant(place: &Place, certain: &FxHashSet<CountryId>) -> Option<(CountryId, bool)> {
    let first = place.countries().next()?;
    let found = place.countries().find(|id| certain.contains(id));
    match (place.reading, found) {
        (Reading::Trap, _) | (Reading::Backed, None) => None,
        (Reading::Named, None) => Some((first, true)),
        (Reading::Named, Some(id)) => Some((id, true)),
        (Reading::Implied, None) => Some((first, false)),
        (Reading::Implied | Reading::Backed, Some(id)) => Some((id, false)),
    }
}

/// The countries that the agency tagged the story with, by name or code.
fn tagged(countries: &Countries, document: &Document) -> Vec<CountryId> {
    let places = countries.places();
    let mut found = Vec::new();
    for tag in &document.filing.ninjs.places {
        let code = [Some(tag.name.as_str()), tag.literal.as_deref()]
            .into_iter()
            .flatten()
            .find_map(|text| countries.resolve(text));
        let id = code
            .and_then(|code| countries.id(code))
            .or_else(|| place_of_tag(places, &tag.name).and_then(|place| place.countries().next()));
        found.extend(id);
    }
    found
}

/// The token after the lead: the first paragraph, or its first sentences if it has more.
fn lead_end(body: &Text) -> usize {
    let Some(first) = body.paragraphs.first() else {
        return 0;
    };
    let mut sentences = 0;
    for at in first.clone() {
        let ends = matches!(body.word(at), "." | "!" | "?" | "。" | "؟");
        let next_is_capital = body.tokens.get(at + 1).is_none_or(|next| next.is_capital(body.text));
        if ends && next_is_capital {
            sentences += 1;
            if sentences == LEAD_SENTENCES {
                return at + 1;
            }
        }
    }
    first.end
}
