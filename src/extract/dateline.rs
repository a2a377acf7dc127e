//! The dateline: where the body's opening names the place, the day and the agency.
//!
//! "CITY, March 3 (Agency) -", "JAKARTA, Outlet.com -", "Outlet.com, Jakarta -", "CITY, Feb 26 -", "(Agency) - CITY, 3 mag -",
//! "MOSCOW, May 3. /Agency/.", "Москва. 3 мая. АГЕНТСТВО -".

use std::ops::Range;

use super::document::{Marks, Text};
use super::sources::is_spelt_out;
use crate::text::{Case, Kind};
use crate::vocabulary::Vocabulary;

/// A dateline is over before this token.
const LONGEST: usize = 24;
/// A place is named in no more tokens than this.
const LONGEST_PLACE: usize = 9;

/// The dateline's tokens. It opens the first paragraph that is story, or the one after it.
pub(super) fn find(vocabulary: &Vocabulary, body: &Text<'_>) -> Option<Range<usize>> {
    let mut story = body
        .paragraphs
        .iter()
        .filter(|p| !body.marks[p.start].any(Marks::FURNITURE));
    let first = story.next()?;
    let opening = Opening {
        vocabulary,
        body,
        start: first.start,
        end: first.end.min(first.start + LONGEST),
    };
    if let Some(end) = opening.end_of_dateline() {
        return Some(first.start..end);
    }
    // A headline repeated in the body stands before its dateline.
    let second = story.next().filter(|_| first.len() <= LONGEST)?;
    let opening = Opening {
        vocabulary,
        body,
        start: second.start,
        end: second.end.min(second.start + LONGEST),
    };
    Some(second.start..opening.end_with_source()?)
}

struct Opening<'o, 't> {
    vocabulary: &'o Vocabulary,
    body: &'o Text<'t>,
    start: usize,
    end: usize,
}

impl Opening<'_, '_> {
    fn end_of_dateline(&self) -> Option<usize> {
        self.end_with_source().or_else(|| self.end_without_source())
    }

    /// The end of a dateline that names its agency or outlet.
    fn end_with_source(&self) -> Option<usize> {
        let mut at = self.start;
        while at < self.end {
            let opened = at > self.start && self.is_open(at - 1);
            if let Some(len) = self.source_len(at) {
                if let Some(end) = self.end_after_source(at, at + len, opened) {
                    return Some(end);
                }
                at += len;
            } else if self.may_precede(at) {
                at += 1;
            } else {
                return None;
            }
        }
        None
    }

    /// The dateline's end when its source covers `at..after`.
    fn end_after_source(&self, at: usize, after: usize, opened: bool) -> Option<usize> {
        let bracket_end = self.close_after(at, after);
        if let Some(close) = bracket_end {
            let dashed = self.dash_end(close + 1);
            // "Frankfurt (RFA), 23 May (EFE). -": the first bracket is part of the place.
            let again = |at: usize| self.is_open(at - 1) && self.source_len(at).is_some();
            if self.word(close + 1) == "," && (close + 2..self.end).any(again) {
                return None;
            }
            // "National Bureau (NB) plans": the bracket shortens the name before it.
            if dashed.is_none() && is_spelt_out(self.body.text, &self.body.tokens[..at - 1], self.word(at)) {
                return None;
            }
            if at.saturating_sub(1) == self.start {
                // "(Agency) - CITY, 3 mag -"
                let dashed = dashed?;
                return Some(self.end_from(dashed).unwrap_or(dashed));
            }
            let capitals = (self.start..at).all(|at| !matches!(self.body.tokens[at].case, Case::Lower | Case::Mixed));
            return dashed.or((capitals || opened).then_some(close + 1));
        }
        if at > self.start && self.word(at - 1) == "/" && self.word(after) == "/" {
            return Some(self.dash_end(after + 1).unwrap_or(after + 1));
        }
        if let Some(end) = self.dash_end(after) {
            let placed = at > self.start && self.place_end(self.start) > self.start;
            let strong = self
                .vocabulary
                .sources
                .named_at(self.body.text, &self.body.tokens, at)
                .is_some_and(|named| !named.weak);
            return (placed || strong).then_some(end);
        }
        // "Outlet.com, Jakarta -", also with the dash lost.
        if at == self.start && self.word(after) == "," {
            let place = self.place_end(after + 1);
            if place > after + 1 {
                return Some(self.dash_end(place).unwrap_or(after + 2));
            }
        }
        None
    }

    /// The end of a dateline without an agency: "CITY, Feb 26 -", "JAKARTA-Menteri".
    fn end_without_source(&self) -> Option<usize> {
        self.end_from(self.start)
    }

    fn end_from(&self, start: usize) -> Option<usize> {
        let place = self.place_end(start);
        if place == start {
            return None;
        }
        let capitals = (start..place).all(|at| matches!(self.body.tokens[at].case, Case::AllCapitals | Case::None));
        let long = (start..place).any(|at| self.word(at).chars().count() >= 4);
        let mut at = place;
        let mut dated = false;
        while at < self.end && at < place + 6 && (self.word(at) == "," || self.is_dated(at)) {
            dated |= self.body.tokens[at].kind == Kind::Number;
            at += 1;
        }
        let end = self.dash_end(at)?;
        let goes_on = self
            .body
            .tokens
            .get(end)
            .is_some_and(|token| token.case == Case::Capitalised || token.kind == Kind::Mark);
        (dated || capitals && long && goes_on).then_some(end)
    }

    /// After the words of a place: capitals, and small words between them ("Rio de Janeiro").
    fn place_end(&self, start: usize) -> usize {
        let mut end = start;
        let mut at = start;
        while at < self.end.min(start + LONGEST_PLACE) {
            let token = &self.body.tokens[at];
            if token.is_capital(self.body.text) && !self.is_month(at) {
                end = at + 1;
            } else if !(at > start && (matches!(self.word(at), "," | "." | "/" | "'") || is_joining(self.word(at)))) {
                break;
            }
            at += 1;
        }
        end
    }

    fn word(&self, at: usize) -> &str {
        self.body.word(at)
    }

    fn is_open(&self, at: usize) -> bool {
        matches!(self.word(at), "(" | "[" | "【" | "（")
    }

    fn source_len(&self, at: usize) -> Option<usize> {
        if at > 1 && self.word(at - 1) == "." && self.touches(at - 2) && self.touches(at - 1) {
            return None; // the end of a ticker: "ARB.PA"
        }
        let tokens = &self.body.tokens[..self.end.max(at)];
        let named = self.vocabulary.sources.named_at(self.body.text, tokens, at);
        named.map(|named| named.len).or_else(|| self.domain_len(at))
    }

    /// Whether nothing stands between a token and the next.
    fn touches(&self, left: usize) -> bool {
        let tokens = &self.body.tokens;
        tokens.get(left + 1).is_some_and(|next| tokens[left].end == next.start)
    }

    /// The length of a web address as a name: "Suara.com", "HARIAN.CO.ID".
    fn domain_len(&self, at: usize) -> Option<usize> {
        let tokens = &self.body.tokens;
        let joined = |left: usize| self.touches(left);
        let ends = |at: usize| {
            matches!(
                self.word(at).to_ascii_lowercase().as_str(),
                "com" | "net" | "id" | "co" | "org" | "tv" | "news"
            )
        };
        if tokens.get(at)?.kind != Kind::Word
            || !joined(at)
            || self.word(at + 1) != "."
            || !joined(at + 1)
            || !ends(at + 2)
        {
            return None;
        }
        let longer = joined(at + 2) && self.word(at + 3) == "." && joined(at + 3) && ends(at + 4);
        Some(if longer { 5 } else { 3 })
    }

    /// What may stand before the agency: places, days, marks.
    fn may_precede(&self, at: usize) -> bool {
        let token = &self.body.tokens[at];
        let mark = matches!(
            self.word(at),
            "," | "." | "(" | ")" | "[" | "/" | "-" | "–" | "—" | "【" | "（" | "=" | ":" | "'"
        );
        mark || token.kind == Kind::Number
            || token.is_capital(self.body.text)
            || self.is_month(at)
            || is_joining(self.word(at))
            || token.kind == Kind::Word && token.case == Case::None
    }

    fn is_dated(&self, at: usize) -> bool {
        self.body.tokens[at].kind == Kind::Number || self.is_month(at) || self.word(at) == "." || self.word(at) == "/"
    }

    /// Whether a word is a month or a weekday of a dateline, by its first letters.
    fn is_month(&self, at: usize) -> bool {
        const MONTHS: [&str; 41] = [
            "jan", "mag", "feb", "fév", "mar", "mär", "mai", "maj", "may", "apr", "abr", "avr", "jun", "jui", "jul",
            "giu", "lug", "aug", "ago", "agu", "aoû", "sep", "set", "oct", "okt", "ott", "out", "nov", "dec", "déc",
            "dez", "des", "dic", "gen", "ene", "мая", "июн", "июл", "янв", "фев", "мар",
        ];
        let word = self.word(at).to_lowercase();
        let short = word
            .char_indices()
            .nth(3)
            .map_or(word.as_str(), |(end, _)| &word[..end]);
        let after_number = at > 0 && self.body.tokens[at - 1].kind == Kind::Number;
        let before_number = self
            .body
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.kind == Kind::Number);
        (after_number || before_number || word.len() == 3) && MONTHS.contains(&short)
    }

    /// The token that closes the bracket around `at..after`, if a bracket is open before it.
    fn close_after(&self, at: usize, after: usize) -> Option<usize> {
        let open = (self.start.max(at.saturating_sub(8))..at)
            .rev()
            .find(|&at| self.is_open(at))?;
        let closed_before = (open..at).any(|at| matches!(self.word(at), ")" | "]" | "】" | "）"));
        let close = (after..self.end).find(|&at| matches!(self.word(at), ")" | "]" | "】" | "）"))?;
        (!closed_before && close - after <= 8).then_some(close)
    }

    /// After the dash at `at`, or `None`. Wires write "-", "--", "—", "_", ".-", ":".
    fn dash_end(&self, at: usize) -> Option<usize> {
        let mut end = at + usize::from(self.word(at) == ".");
        let first = end;
        while end < first + 3 && matches!(self.word(end), "-" | "–" | "—" | "_" | "―" | "−") {
            end += 1;
        }
        if end == first && self.word(at) == ":" {
            return Some(at + 1);
        }
        (end > first).then_some(end)
    }
}

/// Small words inside the names of places and days.
fn is_joining(word: &str) -> bool {
    matches!(
        word,
        "de" | "del"
            | "la"
            | "le"
            | "du"
            | "da"
            | "do"
            | "di"
            | "al"
            | "el"
            | "am"
            | "an"
            | "der"
            | "den"
            | "upon"
            | "sur"
            | "of"
            | "dos"
            | "in"
    )
}
