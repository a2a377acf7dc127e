//! Gives people whom a story names by family name and office alone their full name, where the vocabulary knows just one who
//! held that office at the time.

use std::ops::Range;

use super::{Cast, Mention};
use crate::extract::document::{Document, Marks, Text};
use crate::extract::places::{Candidate, Candidates, Part};
use crate::story::{Filing, Timestamp};
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
    let when = published(document.filing).and_then(Month::of);
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

/// When the story was published, or else when this version of it was made.
fn published(filing: &Filing) -> Option<Timestamp> {
    let created = || {
        let time: jiff::Timestamp = filing.ninjs.version_created.as_deref()?.parse().ok()?;
        Some(time.as_second())
    };
    filing.published.or_else(created)
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
                Kind::Mark if self.body.word(at) == "." => self.is_abbreviated(at),
                Kind::Mark => matches!(self.body.word(at), "(" | ")" | "-" | ","),
                Kind::Number => false,
                Kind::Word => marks.any(Marks::PLACE) || token.case != Case::Lower,
            }
        })
    }

    /// Whether a full stop stands behind an abbreviation and not at the end of a sentence: "Sekjen Kem. X".
    fn is_abbreviated(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.body.tokens.get(before));
        before.is_some_and(|before| before.end == self.body.tokens[at].start && before.end - before.start <= 4)
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

#[cfg(test)]
mod tests {
    use super::super::join;
    use super::*;
    use crate::extract::people::{NameSpan, Zone};

    const LIST: &str = "name\tspellings\trole\tcountry\tsince\tuntil\n\
        Anna Velkova\t~Velkova\tpresident\tBG\t2001\t2009\n\
        Boris Velkova\t~Velkova\tprime minister\tUS\t2015\t2020\n";

    /// The values of the people of a story from the middle of a year; their names stand in braces.
    fn values(language: &'static str, year: i64, body: &str) -> Vec<String> {
        let mut people = People::builtin().unwrap();
        people.add("list", LIST).unwrap();
        let vocabulary = Vocabulary::with_people(people);
        let mut filing = Filing::default();
        filing.ninjs.set_body(body.replace(['{', '}'], ""));
        filing.published = (year > 0).then_some((year - 1970) * 31_557_600 + 15_000_000);
        let mut document = Document::new(&filing);
        document.language = language;
        let candidates = crate::extract::places::mark_places(&vocabulary, &mut document);
        let mut spans = Vec::new();
        let mut start = 0;
        for (place, part) in body.split(['{', '}']).enumerate() {
            let at = |byte: usize| {
                document
                    .body
                    .tokens
                    .partition_point(|token| (token.start as usize) < byte)
            };
            if place % 2 == 1 {
                spans.push(NameSpan {
                    zone: Zone::Body,
                    tokens: at(start)..at(start + part.len()),
                    title: None,
                    rule: "test",
                    confidence: 1.0,
                });
            }
            start += part.len();
        }
        let mut cast = join(&document, &vocabulary, &spans);
        recognise(&document, &vocabulary, &candidates, &mut cast);
        assert!(cast.people.iter().all(|person| !person.label.is_empty()));
        cast.people.into_iter().map(|person| person.value).collect()
    }

    #[test]
    fn family_name_and_office_tell_who_held_it() {
        for (language, text) in [
            ("en", "President {Velkova} spoke."),
            ("en", "{Velkova} spoke. Later Bulgarian President {Velkova} left."),
            ("en", "{Velkova}, the Bulgarian president, spoke."),
            ("id", "Presiden Bulgaria {Velkova} tiba."),
            ("id", "Presiden Republik Bulgaria ({Velkova}) tiba."),
        ] {
            assert_eq!(values(language, 2005, text), ["Anna Velkova"], "{text}");
        }
        assert_eq!(values("en", 2016, "Prime Minister {Velkova} spoke."), ["Boris Velkova"]);
    }

    #[test]
    fn another_time_office_country_or_person_leaves_the_name_alone() {
        assert_eq!(values("en", 2005, "{Velkova} spoke."), ["Velkova"]);
        assert_eq!(values("en", 2014, "President {Velkova} spoke."), ["Velkova"]);
        assert_eq!(values("en", 2005, "Vice President {Velkova} spoke."), ["Velkova"]);
        assert_eq!(values("en", 2005, "US President {Velkova} spoke."), ["Velkova"]);
        assert_eq!(
            values("en", 2005, "The president said that {Velkova} spoke."),
            ["Velkova"]
        );
        let both = "President {Velkova} met Prime Minister {Velkova}.";
        assert_eq!(values("en", 2016, both), ["Velkova"]);
    }
}
