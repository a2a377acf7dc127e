//! Step: find every phrase that may name or imply a country, before the people step claims some of them.

use std::ops::Range;

use super::document::{Document, Marks, Text};
use crate::story::Span;
use crate::text::{Case, tokenise};
use crate::vocabulary::phrases::can_start;
use crate::vocabulary::{Cities, Countries, Place, Places, Reading, Vocabulary};

/// How many tokens a dateline may have: "CAPE CANAVERAL, Florida, September 30, 2025 (AGENCY) -".
const LONGEST_DATELINE: usize = 16;

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
    scanner.scan(&mut document.headline, Part::Headline, 0..0, &mut found);
    if let Some(dateline) = document.filing.dateline.as_deref() {
        let mut text = Text::new(dateline);
        let all = 0..text.tokens.len();
        scanner.scan(&mut text, Part::Dateline, all, &mut found);
    }
    let dateline = dateline_of(&document.body);
    scanner.scan(&mut document.body, Part::Body, dateline, &mut found);
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
    fn scan(&self, text: &mut Text, part: Part, dateline: Range<usize>, found: &mut Candidates) {
        let mut shouted = ShoutedLines::default();
        let before = found.len();
        let mut at = 0;
        while at < text.tokens.len() {
            let Some(Found { len, mut place, span }) = self.place_at(text, at, dateline.contains(&at)) else {
                at += 1;
                continue;
            };
            let tokens = at..at + len;
            at += len;
            if place.reading == Reading::Trap {
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
                tokens,
                place,
                span,
            });
        }
        let of_dateline = found
            .iter()
            .skip(before)
            .take_while(|candidate| dateline.contains(&candidate.tokens.start));
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
        let weak = found.is_none_or(|(_, place)| place.reading == Reading::Backed);
        if in_dateline && weak && token.is_capital(text.text) {
            found = self.cities.longest_at(&text.tokens, at).filter(free).or(found);
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

/// The tokens of the dateline at the body's start: as an earlier step marked them, else those before a dash in the first
/// line, if each word there begins with a capital or stands in brackets.
fn dateline_of(body: &Text) -> Range<usize> {
    let marked = |at: &usize| body.any_marked(*at..*at + 1, Marks::DATELINE);
    if let Some(start) = (0..body.tokens.len().min(LONGEST_DATELINE * 2)).find(marked) {
        let end = (start..body.tokens.len()).find(|at| !marked(at));
        return start..end.unwrap_or(body.tokens.len());
    }
    let Some(first) = body.paragraphs.first() else {
        return 0..0;
    };
    for at in first.start..first.end.min(first.start + LONGEST_DATELINE) {
        let word = body.word(at);
        if at > first.start && matches!(word, "-" | "–" | "—" | "--") && is_apart(body, at) {
            return first.start..at;
        }
        let Some(token) = body.tokens.get(at) else { break };
        if token.case == Case::Lower && !matches!(word, "de" | "la" | "da" | "do" | "of" | "com" | "co" | "id") {
            break;
        }
    }
    0..0
}

/// Whether a dash has a space before it, or follows a bracket: not the hyphen of a word.
fn is_apart(body: &Text, at: usize) -> bool {
    let (Some(before), Some(dash)) = (at.checked_sub(1).and_then(|b| body.tokens.get(b)), body.tokens.get(at)) else {
        return false;
    };
    before.end < dash.start || before.is_mark(body.text, ')') || body.word(at) != "-"
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
