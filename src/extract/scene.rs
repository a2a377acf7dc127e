//! Step: the dateline as far as it tells where the story was written.

use std::ops::Range;

use super::document::{Marks, Text};
use crate::text::{Case, Kind};
use crate::vocabulary::{CountryId, Place, Vocabulary};

/// How many tokens a dateline may have: "CAPE CANAVERAL, Florida, September 30, 2025 (AGENCY) -".
const LONGEST_DATELINE: usize = 16;

/// What a place is to the dateline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It stands outside of it.
    None,
    /// The story comes from the seat of its outlet, or from its desk.
    Seat,
    /// The story comes from there.
    Scene,
}

/// The dateline of a text.
#[derive(Debug, Default)]
pub(super) struct Dateline {
    pub(super) tokens: Range<usize>,
    /// Whether it names its agency, or a day: the "Jakarta -" of a portal does neither.
    is_signed: bool,
    /// The country where the agency or outlet that it names has its seat: from there it writes about anything.
    seat: Option<CountryId>,
}

impl Dateline {
    /// The dateline that opens a body, empty if there is none.
    pub(super) fn of(vocabulary: &Vocabulary, body: &Text) -> Self {
        let tokens = tokens_of(body);
        let source = tokens.clone().find(|at| body.any_marked(*at..at + 1, Marks::SOURCE));
        let listed = source
            .and_then(|at| vocabulary.sources.named_at(body.text, &body.tokens, at))
            .and_then(|named| vocabulary.sources.entry(named.entry));
        let is_dated = || {
            body.tokens[tokens.clone()]
                .iter()
                .any(|token| token.kind == Kind::Number)
        };
        Self {
            is_signed: listed.is_some() || source.is_none() && is_dated(),
            seat: listed.and_then(|source| vocabulary.countries.id(source.country)),
            tokens,
        }
    }

    /// A text that is all dateline, as a format carries it.
    pub(super) fn whole(text: &Text) -> Self {
        Self {
            tokens: 0..text.tokens.len(),
            is_signed: true,
            seat: None,
        }
    }

    /// What a place that starts at a token is to it.
    pub(super) fn origin(&self, at: usize, place: &Place) -> Origin {
        if !self.tokens.contains(&at) {
            Origin::None
        } else if self.is_signed && !place.countries().any(|id| Some(id) == self.seat) {
            Origin::Scene
        } else {
            Origin::Seat
        }
    }
}

/// The tokens of the dateline at the body's start: as an earlier step marked them, else those before a dash in the first
/// line, if each word there begins with a capital or stands in brackets.
fn tokens_of(body: &Text) -> Range<usize> {
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
