//! A text as the features see it: what is known of each token by itself, and which tokens can be part of a name at all.

use std::ops::Range;

use super::super::document::{Marks, Text};
use crate::text::{Case, Kind, Token};
use crate::vocabulary::names::Traits;

/// What the lists and earlier steps say of a token, as bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flags(pub u32);

/// The traits that are features, in the order of their bits.
const TRAITS: [Traits; 15] = [
    Traits::GIVEN,
    Traits::SURNAME,
    Traits::FAMILY_FIRST,
    Traits::INNER,
    Traits::FIRST,
    Traits::SUFFIX,
    Traits::ROYAL,
    Traits::ORG_AFTER,
    Traits::ORG_BEFORE,
    Traits::PLACE,
    Traits::ORGANISATION,
    Traits::OTHER,
    Traits::COMMON,
    Traits::TITLE,
    Traits::ROLE,
];

/// The marks of earlier steps that are features, behind the traits.
const MARKS: [Marks; 3] = [Marks::PLACE, Marks::ORGANISATION, Marks::SOURCE];

impl Flags {
    /// How many bits there are.
    pub(super) const COUNT: usize = TRAITS.len() + MARKS.len() + 1;
    /// The bit of a place phrase that goes on from the token before.
    const PLACE_GOES_ON: u32 = 1 << (Self::COUNT - 1);

    fn of(traits: Traits, marks: Marks, before: Marks) -> Self {
        if traits == Traits::default() && marks == Marks::default() {
            return Self::default();
        }
        let mut bits = 0;
        for (at, one) in TRAITS.into_iter().enumerate() {
            bits |= u32::from(traits.any(one)) << at;
        }
        for (at, one) in MARKS.into_iter().enumerate() {
            bits |= u32::from(marks.any(one)) << (TRAITS.len() + at);
        }
        if marks.any(Marks::PLACE) && before.any(Marks::PLACE) {
            bits |= Self::PLACE_GOES_ON;
        }
        Self(bits)
    }
}

/// A token by itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sight {
    /// The folded word's hash.
    pub folded: u64,
    /// How it is written: case, and whether it holds a stop, a digit, an apostrophe, or is one letter.
    pub shape: u64,
    /// What is known of it.
    pub flags: Flags,
}

impl Sight {
    /// Forgets what name lists say, as if they did not have the word; particles and suffixes stay, which are few and fixed.
    pub(super) fn unlist(&mut self) {
        const LISTED: u32 = 0b1111_1110_0000_0111;
        self.flags.0 &= !LISTED;
    }
}

/// A stretch of tokens that can all be part of names; the tokens around it cannot.
pub(super) type Run = Range<usize>;

/// A text with what the features need.
#[derive(Debug)]
pub(super) struct View<'d> {
    pub text: &'d str,
    pub tokens: &'d [Token],
    pub sights: Vec<Sight>,
    pub runs: Vec<Run>,
    /// The tokens that open a paragraph.
    starts: Vec<usize>,
}

impl<'d> View<'d> {
    /// The view of a text whose tokens have these traits.
    pub(super) fn of(text: &'d Text<'_>, traits: &[Traits]) -> Self {
        let starts: Vec<usize> = text.paragraphs.iter().map(|paragraph| paragraph.start).collect();
        let mut view = Self {
            text: text.text,
            tokens: &text.tokens,
            sights: vec![Sight::default(); text.tokens.len()],
            runs: Vec::new(),
            starts,
        };
        view.find_runs(traits);
        view.look(traits, &text.marks);
        view
    }

    /// Looks at the tokens that features are made of: those of the runs, and their neighbours.
    fn look(&mut self, traits: &[Traits], marks: &[Marks]) {
        /// How far the features of a token reach.
        const REACH: usize = 2;
        let mut seen = 0;
        for run in &self.runs {
            let end = (run.end + REACH).min(self.tokens.len());
            for at in seen.max(run.start.saturating_sub(REACH))..end {
                let before = at.checked_sub(1).map_or(Marks::default(), |before| marks[before]);
                self.sights[at] = Sight {
                    folded: self.tokens[at].folded,
                    shape: shape(&self.tokens[at], self.text),
                    flags: Flags::of(traits[at], marks[at], before),
                };
            }
            seen = end;
        }
    }

    fn find_runs(&mut self, traits: &[Traits]) {
        let mut at = 0;
        let mut paragraphs = 0;
        while at < self.tokens.len() {
            if !self.can_open(at, traits) {
                at += 1;
                continue;
            }
            while self.starts.get(paragraphs).is_some_and(|start| *start <= at) {
                paragraphs += 1;
            }
            let limit = self.starts.get(paragraphs).copied().unwrap_or(self.tokens.len());
            let mut end = at + 1;
            while end < limit
                && let Some(next) = self.extended(end, limit, traits)
            {
                end = next;
            }
            if end > at + 1 || !self.is_plain_opening(at, traits[at]) {
                self.runs.push(at..end);
            }
            at = end;
        }
    }

    /// "The", "Namun": an ordinary word that only the start of its sentence gives a capital, and that is no name elsewhere.
    fn is_plain_opening(&self, at: usize, traits: Traits) -> bool {
        let named = traits.any(Traits::GIVEN | Traits::SURNAME | Traits::FAMILY_FIRST | Traits::TITLE);
        traits.any(Traits::COMMON) && !named && self.opens_sentence(at)
    }

    /// Whether token `at` opens a sentence or a quote, where any word has a capital.
    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        self.opens_paragraph(at)
            || matches!(
                self.tokens[before].of(self.text),
                "." | "!" | "?" | ":" | "…" | "\"" | "“" | "„" | "«" | "‘" | "(" | "•" | "*" | "[" | "–" | "—"
            )
    }

    /// The bytes of a range of tokens; not of an empty one.
    pub(super) fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        self.tokens[tokens.start].start as usize..self.tokens[tokens.end - 1].end as usize
    }

    /// Whether token `at` opens a paragraph.
    pub(super) fn opens_paragraph(&self, at: usize) -> bool {
        self.starts.binary_search(&at).is_ok()
    }

    fn is_capital(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Word && token.is_capital(self.text))
    }

    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(self.text, mark))
    }

    /// Whether nothing stands between token `at` and the next.
    pub(super) fn is_tight(&self, at: usize) -> bool {
        matches!((self.tokens.get(at), self.tokens.get(at + 1)), (Some(this), Some(next)) if this.end == next.start)
    }

    /// A capital, or a particle with one behind it ("al-Maliki", "van Dijk").
    fn can_open(&self, at: usize, traits: &[Traits]) -> bool {
        if self.is_capital(at) {
            return true;
        }
        if !is_particle(traits, at) {
            return false;
        }
        let next = if self.is_mark(at + 1, '-') { at + 2 } else { at + 1 };
        self.is_capital(next) && !self.opens_paragraph(next)
    }

    /// The end of a run that goes on at `end`, within the paragraph that ends at `limit`.
    fn extended(&self, end: usize, limit: usize, traits: &[Traits]) -> Option<usize> {
        if self.is_capital(end) {
            return Some(end + 1);
        }
        // "Min-seo", "Al-Ain": a hyphen without spaces, and whatever word follows.
        if self.is_mark(end, '-') && end + 1 < limit {
            let tight = self.is_tight(end - 1) && self.is_tight(end);
            return (tight && self.tokens[end + 1].kind == Kind::Word).then_some(end + 2);
        }
        // "Moh. Hatta", "St. Louis": the stop of a short word.
        if self.is_mark(end, '.') && end + 1 < limit {
            let short = self.tokens[end - 1].end - self.tokens[end - 1].start <= 4;
            return (short && self.is_tight(end - 1) && self.is_capital(end + 1)).then_some(end + 2);
        }
        if self.is_mark(end, '&') && end + 1 < limit {
            return self.is_capital(end + 1).then_some(end + 2);
        }
        if let Some(behind) = self.behind_nickname(end, limit) {
            return Some(behind);
        }
        // "bin Salman", "de la Cruz", "von der Leyen"
        let mut next = end;
        while next < limit && next < end + 3 && is_particle(traits, next) {
            next += 1;
        }
        if next == end {
            return None;
        }
        if next + 1 < limit && self.is_mark(next, '-') {
            next += 1;
        }
        (next < limit && self.is_capital(next)).then_some(next + 1)
    }
}

impl View<'_> {
    /// The end of a run with the word behind a nickname between marks that open at `end` ("Robert \"Buddy\" Miller").
    fn behind_nickname(&self, end: usize, limit: usize) -> Option<usize> {
        /// Words of a nickname ("Hands of Stone").
        const LONGEST: usize = 4;
        let close = match self.tokens[end].of(self.text) {
            "\"" => "\"",
            "“" => "”",
            "«" => "»",
            "(" => ")",
            _ => return None,
        };
        if !self.is_capital(end + 1) || self.is_tight(end - 1) {
            return None;
        }
        let closing = (end + 2..limit.min(end + 3 + LONGEST)).find(|&at| self.tokens[at].of(self.text) == close)?;
        let inside = end + 1..closing;
        let words = inside.into_iter().all(|at| self.tokens[at].kind == Kind::Word);
        (words && closing + 1 < limit && self.is_capital(closing + 1)).then_some(closing + 2)
    }
}

fn is_particle(traits: &[Traits], at: usize) -> bool {
    traits.get(at).is_some_and(|traits| traits.any(Traits::INNER))
}

/// A number for how a token is written.
fn shape(token: &Token, text: &str) -> u64 {
    match (token.kind, token.case) {
        (Kind::Mark, _) => u64::from(token.of(text).chars().next().unwrap_or_default()) << 8,
        (Kind::Number, _) => 1,
        (Kind::Word, Case::Lower) => 2,
        (Kind::Word, Case::None) => 3,
        (Kind::Word, case) => {
            let word = token.of(text);
            let bytes = word.as_bytes();
            let stop = u64::from(memchr::memchr(b'.', bytes).is_some());
            let apostrophe = u64::from(memchr::memchr(b'\'', bytes).is_some());
            let digit = u64::from(bytes.iter().any(u8::is_ascii_digit));
            let short = match bytes.len() {
                1 => 1,
                2 | 3 => 2,
                _ => 0,
            };
            4 + case as u64 + 8 * stop + 16 * apostrophe + 32 * digit + 64 * short
        }
    }
}
