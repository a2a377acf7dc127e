//! Gives people whom a story names by family name and office alone their full name, where the vocabulary knows just one who
//! held that office at the time.

use std::ops::Range;

use super::{Cast, Mention};
use crate::extract::document::{Document, Marks, Text};
use crate::extract::places::{Candidate, Candidates, Part};
use crate::text::{Case, Kind};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::people::{Month, People, PersonId, RoleId};

/// How many tokens before a name its title may start: "Menteri Luar Negeri Amerika Serikat (AS)".
const REACH: usize = 9;
/// How many tokens of an apposition may stand before the title.
const REACH_BEHIND: usize = 4;

/// An office that a mention is called by.
struct Evidence {
    role: RoleId,
    country: Option<&'static str>,
}

/// Sets the facet values of people who are known by their short form and an office. Their labels stay as the story has them.
pub(in crate::extract) fn recognise(
    document: &Document,
    vocabulary: &Vocabulary,
    candidates: &Candidates,
    cast: &mut Cast,
) {
    let people = &vocabulary.people;
    let short: Vec<bool> = cast
        .people
        .iter()
        .map(|person| !person.value.contains(' ') && people.has_short(&person.value))
        .collect();
    if !short.contains(&true) {
        return;
    }
    let body_places = candidates.partition_point(|candidate| candidate.part != Part::Body);
    let scene = Scene {
        body: &document.body,
        vocabulary,
        places: &candidates[body_places..],
    };
    let when = document.filing.published.and_then(Month::of);
    let mut found: Vec<Option<PersonId>> = vec![None; cast.people.len()];
    let mut unsure = vec![false; cast.people.len()];
    for mention in cast.mentions.iter().filter(|mention| short[mention.person]) {
        let Some(evidence) = scene.office(mention) else {
            continue;
        };
        let value = &cast.people[mention.person].value;
        let holder = people.holder(value, evidence.role, evidence.country, when);
        let known = found[mention.person];
        unsure[mention.person] |= holder.is_none() || known.is_some() && known != holder;
        found[mention.person] = known.or(holder);
    }
    for place in 0..cast.people.len() {
        let Some(holder) = found[place].filter(|_| !unsure[place]) else {
            continue;
        };
        let name = people.name(holder).to_string();
        if !is_rivalled(cast, place, people, holder) {
            cast.people[place].value = name;
        }
    }
}

/// Whether the story names another person by the same word, or this one under a full form too.
fn is_rivalled(cast: &Cast, place: usize, people: &People, holder: PersonId) -> bool {
    let word = &cast.people[place].value;
    let others = cast.people.iter().enumerate().filter(|(other, _)| *other != place);
    others.into_iter().any(|(_, other)| {
        let shares = other
            .value
            .split([' ', '-'])
            .any(|part| part.eq_ignore_ascii_case(word));
        shares || people.of_name(&other.value) == Some(holder)
    })
}

/// What a mention's office is read from.
struct Scene<'s, 't> {
    body: &'s Text<'t>,
    vocabulary: &'s Vocabulary,
    places: &'s [Candidate],
}

impl Scene<'_, '_> {
    /// The office whose title stands before a mention, or behind it in apposition.
    fn office(&self, mention: &Mention) -> Option<Evidence> {
        let start = mention.tokens.start;
        let first = start.saturating_sub(REACH);
        // The farthest first: "Vice President" is not "President".
        for at in first..start {
            if let Some((role, len)) = self.vocabulary.people.title_at(&self.body.tokens, at)
                && at + len <= start
                && self.leads_on(at + len..start)
            {
                let country = self.country(at, at + len..start);
                return Some(Evidence { role, country });
            }
        }
        let end = mention.tokens.end;
        if self.body.word(end) != "," {
            return None;
        }
        let behind = end + 1..(end + 1 + REACH_BEHIND).min(self.body.tokens.len());
        for at in behind.clone() {
            if self.body.tokens[at].kind == Kind::Mark {
                return None;
            }
            if let Some((role, len)) = self.vocabulary.people.title_at(&self.body.tokens, at) {
                let country = self.country(at, at + len..at + len + 2);
                return Some(Evidence { role, country });
            }
        }
        None
    }

    /// Whether a title goes on to the name: nothing but countries, capitalised words and marks between them.
    fn leads_on(&self, mut between: Range<usize>) -> bool {
        between.all(|at| {
            let (token, marks) = (self.body.tokens[at], self.body.marks[at]);
            match token.kind {
                Kind::Mark => matches!(self.body.word(at), "." | "(" | ")" | "-" | ","),
                Kind::Number => false,
                Kind::Word => marks.any(Marks::PLACE) || token.case != Case::Lower,
            }
        })
    }

    /// The country right before a title or in the tokens behind it.
    fn country(&self, title: usize, behind: Range<usize>) -> Option<&'static str> {
        let first = self.places.partition_point(|place| place.tokens.start < behind.start);
        let within = self.places[first..]
            .first()
            .filter(|place| place.tokens.start < behind.end);
        let before = || {
            let place = self
                .places
                .partition_point(|place| place.tokens.start < title)
                .checked_sub(1)?;
            let gap = title.checked_sub(self.places[place].tokens.end)?;
            // "US-Präsident"
            let beside = gap == 0 || gap == 1 && self.body.word(title - 1) == "-";
            beside.then_some(&self.places[place])
        };
        let place = within.or_else(before)?;
        let id = place.place.countries().next()?;
        Some(self.vocabulary.countries.code(id))
    }
}
