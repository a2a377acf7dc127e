//! Step: find every phrase that may name or imply a country, before the people step claims some of them.

use std::ops::Range;

use super::document::{Document, Marks, Text};
use super::scene::{Dateline, Origin};
use crate::story::Span;
use crate::text::{Case, Kind, tokenise};
use crate::vocabulary::phrases::can_start;
use crate::vocabulary::{Cities, Countries, Place, Places, Reading, Vocabulary};

/// How many words of a company's name are looked at after a place.
const LONGEST_COMPANY: usize = 3;

/// Where a candidate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Headline,
    Body,
    /// The dateline that the format carries apart from the text.
    Dateline,
}

/// A phrase that may name or imply a country.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) part: Part,
    pub(super) tokens: Range<usize>,
    pub(super) place: Place,
    /// What it is to the dateline.
    pub(super) origin: Origin,
    /// Its bytes in the part's text: of one piece of a token where a space was lost.
    pub(super) span: Span,
}

/// The candidates of a document: the headline's, the dateline's, the body's, in the order of the text.
pub(super) type Candidates = Vec<Candidate>;

/// Finds the candidates and marks their tokens [`Marks::PLACE`]; phrases that only hold a place's word
/// ("Australian dollar") get [`Marks::ORGANISATION`].
pub(super) fn mark_places(vocabulary: &Vocabulary, document: &mut Document) -> Candidates {
    let places = vocabulary.countries.places(language_of(document));
    let scanner = Scanner {
        places: &places,
        cities: vocabulary.countries.cities(),
    };
    let mut found = Candidates::new();
    scanner.scan(&mut document.headline, Part::Headline, &Dateline::default(), &mut found);
    if let Some(dateline) = document.filing.dateline.as_deref() {
        let mut text = Text::new(dateline);
        let whole = Dateline::whole(&text);
        scanner.scan(&mut text, Part::Dateline, &whole, &mut found);
    }
    let dateline = Dateline::of(vocabulary, &document.body);
    scanner.scan(&mut document.body, Part::Body, &dateline, &mut found);
    found
}

/// The story's language, else the one that the format states.
fn language_of<'d>(document: &'d Document) -> &'d str {
    match (document.language, document.filing.ninjs.language.as_deref()) {
        ("und", Some(stated)) => stated,
        (told, _) => told,
    }
}

/// The phrases to look for.
struct Scanner<'v> {
    places: &'v Places,
    cities: &'v Cities,
}

impl Scanner<'_> {
    /// Adds the candidates of one text. Inside `dateline` small cities count too.
    fn scan(&self, text: &mut Text, part: Part, dateline: &Dateline, found: &mut Candidates) {
        let mut shouted = ShoutedLines::default();
        let before = found.len();
        let mut at = 0;
        while at < text.tokens.len() {
            let Some(Found { len, mut place, span }) = self.place_at(text, at, dateline.tokens.contains(&at)) else {
                at += 1;
                continue;
            };
            let tokens = at..at + len;
            at += len;
            let implies = matches!(place.reading, Reading::Implied | Reading::Backed);
            if place.reading == Reading::Trap || implies && self.is_in_company(text, at) {
                text.mark(tokens, Marks::ORGANISATION);
                continue;
            }
            let may_be_word = place.is_in_capitals() && !text.slice(tokens.clone()).contains('.');
            if may_be_word && shouted.has(text, tokens.start) {
                place = place.read_as(Reading::Backed);
            }
            text.mark(tokens.clone(), Marks::PLACE);
            found.push(Candidate {
                part,
                origin: dateline.origin(tokens.start, &place),
                tokens,
                place,
                span,
            });
        }
        let of_dateline = found
            .iter()
            .skip(before)
            .take_while(|candidate| dateline.tokens.contains(&candidate.tokens.start));
        let of_dateline = before..before + of_dateline.count();
        drop_cities_of_regions(text, of_dateline, found);
    }

    /// The place at a token, unless an earlier step has claimed it.
    fn place_at(&self, text: &Text, at: usize, in_dateline: bool) -> Option<Found> {
        let token = text.tokens.get(at)?;
        let may_start = self.places.may_start(token);
        if !may_start && !in_dateline && token.case != Case::Mixed || !can_start(token) {
            return None;
        }
        let claimed = Marks::SOURCE.with(Marks::FURNITURE).with(Marks::CREDIT);
        if text.any_marked(at..at + 1, claimed) {
            return None;
        }
        let free = |(len, _): &(usize, Place)| !text.any_marked(at..at + len, Marks::SOURCE);
        let mut found = self.places.longest_at(text.text, &text.tokens, at).filter(free);
        if in_dateline {
            found = self.in_dateline(text, at, found).filter(free);
        }
        if let Some((len, place)) = found {
            let end = text.tokens.get(at + len - 1).map_or(token.end, |last| last.end);
            let span = Span {
                end: end as usize,
                ..token.span()
            };
            return Some(Found { len, place, span });
        }
        if token.case != Case::Mixed {
            return None;
        }
        let mut pieces =
            pieces(text.word(at)).filter_map(|(at, piece)| Some((at, piece, self.places.of_piece(piece)?)));
        let (first, piece, place) = pieces.find(|(at, _, place)| *at == 0 || place.reading == Reading::Named)?;
        let start = token.start as usize + first;
        let end = start + piece.len();
        Some(Found {
            len: 1,
            place,
            span: Span { start, end },
        })
    }

    /// Whether the place before token `at` is part of a company's name: "Lunde Air Group Inc".
    fn is_in_company(&self, text: &Text, at: usize) -> bool {
        let words = text.tokens.iter().skip(at).take(LONGEST_COMPANY);
        words
            .take_while(|token| token.is_capital(text.text))
            .any(|token| self.places.closes_company(token))
    }

    /// What the place `found` at a token of a dateline is there, where small cities and the short forms of states count too, but
    /// no part of a longer name: "SAN JUAN" in "SAN JUAN CAPISTRANO".
    fn in_dateline(&self, text: &Text, at: usize, found: Option<(usize, Place)>) -> Option<(usize, Place)> {
        let is_certain = |(_, place): &(usize, Place)| matches!(place.reading, Reading::Named | Reading::Trap);
        let is_implied = found.is_some_and(|(_, place)| place.reading == Reading::Implied);
        if found.as_ref().is_some_and(is_certain) || !text.tokens.get(at)?.is_capital(text.text) {
            return found;
        }
        let after_comma = at > 0 && text.word(at - 1) == ",";
        let region = || self.cities.region(text.tokens.get(at)?).filter(|_| after_comma);
        let city = || self.cities.longest_at(&text.tokens, at);
        let found = found.filter(|_| is_implied).or_else(city).or(found);
        // A big city may stand before the first word of the text, where the dash was lost: "Jakarta Presiden …".
        let shouted = !is_implied || text.tokens.get(at)?.case == Case::AllCapitals;
        let is_part = |len: usize| is_inside_name(text, at) || is_inside_name(text, at + len) || is_joined(text, at);
        let whole = found.filter(|(len, _)| !shouted || !is_part(*len));
        whole.or_else(region)
    }
}

/// Whether a small word joins the token to the name before it: "Alcántara" in "Valencia de Alcántara".
fn is_joined(text: &Text, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| text.word(before));
    at > 1 && matches!(before, "de" | "del" | "do" | "da" | "dos" | "di" | "du" | "sur")
}

/// Whether the words before and at a token of a dateline belong to one name: both have a capital, none is a source or a month.
fn is_inside_name(text: &Text, at: usize) -> bool {
    let is_name = |at: usize| {
        text.tokens.get(at).is_some_and(|token| {
            token.kind == Kind::Word
                && token.is_capital(text.text)
                && !text.any_marked(at..at + 1, Marks::SOURCE.with(Marks::PLACE))
        })
    };
    let month = text.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Number);
    at > 0 && is_name(at - 1) && is_name(at) && !month
}

/// A place found at a token.
struct Found {
    len: usize,
    place: Place,
    span: Span,
}

/// In "CAMBRIDGE, Mass." the region tells where the city is: a place before a comma and another place gives way to it.
fn drop_cities_of_regions(text: &Text, of_dateline: Range<usize>, found: &mut Candidates) {
    for at in of_dateline.rev() {
        let (Some(city), Some(region)) = (found.get(at), found.get(at + 1)) else {
            continue;
        };
        let comma = city.tokens.end;
        if city.part == region.part && text.word(comma) == "," && region.tokens.start == comma + 1 {
            found.remove(at);
        }
    }
}

/// The pieces of a word that lost its spaces, "seranganIsrael", and where they start: cut before each capital after a small
/// letter.
fn pieces(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut before = None;
    let mut first = 0;
    let mut cuts = Vec::new();
    for (at, c) in word.char_indices() {
        if c.is_uppercase() && before.is_some_and(char::is_lowercase) {
            cuts.push(first..at);
            first = at;
        }
        before = Some(c);
    }
    cuts.push(first..word.len());
    cuts.into_iter()
        .filter_map(|range| Some((range.start, word.get(range)?)))
        .filter(|(_, piece)| piece.chars().count() > 3)
}

/// Which lines are all in capitals, where "US" may be "us". Remembers the line it looked at last.
#[derive(Debug, Default)]
struct ShoutedLines {
    last: Option<(Range<usize>, bool)>,
}

impl ShoutedLines {
    fn has(&mut self, text: &Text, at: usize) -> bool {
        if let Some((line, shouted)) = &self.last
            && line.contains(&at)
        {
            return *shouted;
        }
        let Some(line) = text.paragraphs.iter().find(|line| line.contains(&at)).cloned() else {
            return false;
        };
        let words = text.tokens.get(line.clone()).unwrap_or_default();
        let capitals = words.iter().filter(|t| t.case == Case::AllCapitals).count();
        let others = words
            .iter()
            .filter(|t| {
                matches!(t.case, Case::Lower | Case::Mixed) || t.case == Case::Capitalised && t.end - t.start > 2
            })
            .count();
        let shouted = capitals > 2 && others == 0;
        self.last = Some((line, shouted));
        shouted
    }
}

/// The place that a tag of the format names: the whole name, or a city.
pub(super) fn place_of_tag(countries: &Countries, name: &str) -> Option<Place> {
    let tokens = tokenise(name);
    let whole = |(len, place): (usize, Place)| (len == tokens.len()).then_some(place);
    countries
        .places("en")
        .longest_at(name, &tokens, 0)
        .and_then(whole)
        .filter(|place| place.reading != Reading::Trap)
        .or_else(|| countries.cities().longest_at(&tokens, 0).and_then(whole))
}
