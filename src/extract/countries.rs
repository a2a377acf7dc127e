//! Step: the countries of a story, named, implied or tagged, and those it is about.

use super::document::{Document, Marks, Text};
use super::places::{Candidate, Candidates, Part, place_of_tag};
use super::scene::Origin;
use crate::story::{Basis, Country, Span};
use crate::vocabulary::{Countries, CountryId, Place, Reading, Vocabulary};

/// What a mention weighs that names a country, and one that implies it, by where it stands. These, [`ENOUGH`] and
/// [`LEAST_SHARE`] were chosen on the PLACES tags of Reuters-21578.
const HEADLINE_WEIGHT: (u32, u32) = (5, 4);
const LEAD_WEIGHT: (u32, u32) = (4, 1);
const LATER_WEIGHT: (u32, u32) = (2, 1);
/// What the place of a dateline weighs: the scene of the story, or only the seat of its outlet.
const SCENE_WEIGHT: u32 = 8;
const SEAT_WEIGHT: u32 = 4;
/// A story is not about a country of less weight, if it has one of more.
const ENOUGH: u32 = 5;
/// The share of the heaviest country under which a story is not about one.
const LEAST_SHARE: u32 = 5;

/// How many sentences the lead has, if its paragraph is longer.
const LEAD_SENTENCES: usize = 2;

/// What is known of one country. A story has few: they are looked for in a row.
#[derive(Debug)]
struct Tally {
    id: CountryId,
    named: bool,
    mentions: u32,
    weight: u32,
    /// The first mention; the first naming one when named.
    first: Option<(Part, Span, &'static str)>,
    spans: Vec<Span>,
    tagged: bool,
}

/// The countries of a document, in the order of their first mention. Candidates that became part of a person's, a source's
/// or an organisation's name are dropped.
pub(super) fn countries(vocabulary: &Vocabulary, document: &Document, mut candidates: Candidates) -> Vec<Country> {
    let countries = &vocabulary.countries;
    let lead = lead_end(&document.body);
    candidates.retain(|candidate| !is_claimed(document, candidate));
    let mut certain: Vec<CountryId> = Vec::new();
    for candidate in candidates
        .iter()
        .filter(|candidate| candidate.place.reading != Reading::Backed)
    {
        certain.extend(only(&candidate.place).filter(|id| !certain.contains(id)));
    }
    let mut tallies: Vec<Tally> = Vec::new();
    for candidate in &candidates {
        let Some((id, named)) = meant(&candidate.place, &certain) else {
            continue;
        };
        let weight = weight(candidate, named, lead);
        tally_of(&mut tallies, id).add(candidate, named, weight);
    }
    for id in tagged(countries, document) {
        tally_of(&mut tallies, id).tagged = true;
    }
    let heaviest = tallies.iter().map(|tally| tally.weight).max().unwrap_or_default();
    tallies
        .into_iter()
        .map(|tally| tally.finish(countries, document, heaviest))
        .collect()
}

/// What a mention weighs.
fn weight(candidate: &Candidate, named: bool, lead: usize) -> u32 {
    match candidate.origin {
        Origin::Scene => return SCENE_WEIGHT,
        Origin::Seat => return SEAT_WEIGHT,
        Origin::None => {}
    }
    let (naming, implying) = match candidate.part {
        Part::Headline => HEADLINE_WEIGHT,
        Part::Dateline => LEAD_WEIGHT,
        Part::Body if candidate.tokens.start < lead => LEAD_WEIGHT,
        Part::Body => LATER_WEIGHT,
    };
    if named { naming } else { implying }
}

/// The tally of a country, a new one at the end if it has none.
fn tally_of(tallies: &mut Vec<Tally>, id: CountryId) -> &mut Tally {
    let at = tallies.iter().position(|tally| tally.id == id).unwrap_or_else(|| {
        tallies.push(Tally {
            id,
            named: false,
            mentions: 0,
            weight: 0,
            first: None,
            spans: Vec::new(),
            tagged: false,
        });
        tallies.len() - 1
    });
    &mut tallies[at]
}

impl Tally {
    fn add(&mut self, candidate: &Candidate, named: bool, weight: u32) {
        if self.first.is_none() || named && !self.named {
            self.first = Some((candidate.part, candidate.span, candidate.place.rule));
        }
        if candidate.part == Part::Body {
            self.spans.push(candidate.span);
        }
        self.named |= named;
        self.mentions += 1;
        self.weight += weight;
    }

    fn finish(self, countries: &Countries, document: &Document, heaviest: u32) -> Country {
        let code = countries.code(self.id);
        let phrase = self.first.and_then(|(part, span, _)| {
            let text = match part {
                Part::Headline => document.headline.text,
                Part::Dateline => document.filing.dateline.as_deref().unwrap_or_default(),
                Part::Body => document.body.text,
            };
            text.get(span.start..span.end)
        });
        Country {
            value: code.to_owned(),
            label: countries.label(code, "en").unwrap_or(code).to_owned(),
            basis: match self.mentions {
                0 => Basis::Metadata,
                _ if self.named => Basis::Named,
                _ => Basis::Implied,
            },
            about: self.tagged || self.weight * LEAST_SHARE >= heaviest && self.weight >= heaviest.min(ENOUGH),
            salience: (self.weight * 100).checked_div(heaviest).unwrap_or_default(),
            mentions: self.mentions,
            phrase: phrase.unwrap_or_default().to_owned(),
            spans: self.spans,
            rule: self.first.map_or("tag", |(_, _, rule)| rule).to_owned(),
        }
    }
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
fn meant(place: &Place, certain: &[CountryId]) -> Option<(CountryId, bool)> {
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
    let mut found = Vec::new();
    for tag in &document.filing.ninjs.places {
        let code = [Some(tag.name.as_str()), tag.literal.as_deref()]
            .into_iter()
            .flatten()
            .find_map(|text| countries.resolve(text));
        let id = code
            .and_then(|code| countries.id(code))
            .or_else(|| place_of_tag(countries, &tag.name).and_then(|place| place.countries().next()));
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

#[cfg(test)]
mod tests;
#[cfg(test)]
mod inflections;
