//! Whether the words beside a source's name take something from it.

use std::ops::Range;

use crate::text::{Case, Kind, Token};
use crate::vocabulary::citations::{CueKind, SourceCues};

/// How far a cue may stand from its source, in tokens that may stand between.
const REACH: usize = 8;
/// How many unknown words may stand between, when a kind of medium stands there, too.
const UNKNOWN: usize = 2;
/// How far before a loose cue a reporting word may stand.
const LOOSE_REACH: usize = 5;

/// How a source is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cited {
    /// By words before or after it.
    Cued,
    /// Someone speaks to it.
    Told,
    /// It contributed to the copy.
    Contributed,
}

/// A text's tokens with the cues that stand at each.
#[derive(Debug)]
pub(super) struct Cues<'c> {
    text: &'c str,
    tokens: &'c [Token],
    /// Bits of the kinds whose phrase ends before a token; one longer than the tokens.
    ends: Vec<u16>,
    /// Bits of the kinds whose phrase starts at a token.
    starts: Vec<u16>,
    /// Bits of the kinds that cover a token.
    covers: Vec<u16>,
}

const fn bit(kind: CueKind) -> u16 {
    1 << kind as u16
}

const LEFT: u16 = bit(CueKind::Before) | bit(CueKind::Told) | bit(CueKind::Lifted);
/// Everything that stands beside a source, but is no part of its name.
const CUES: u16 = LEFT
    | RIGHT
    | KIND
    | bit(CueKind::Filler)
    | bit(CueKind::Inverted)
    | bit(CueKind::Loose)
    | bit(CueKind::Near)
    | bit(CueKind::Joiner);
/// What kind of thing the source is.
const KIND: u16 = bit(CueKind::Medium) | bit(CueKind::Page);
const RIGHT: u16 = bit(CueKind::After) | bit(CueKind::Voice) | bit(CueKind::Contributed);

impl<'c> Cues<'c> {
    pub(super) fn find(cues: &SourceCues, text: &'c str, tokens: &'c [Token], language: &str) -> Self {
        let mut found = Self {
            text,
            tokens,
            ends: vec![0; tokens.len() + 1],
            starts: vec![0; tokens.len()],
            covers: vec![0; tokens.len()],
        };
        for at in 0..tokens.len() {
            // "said" ends a citation in "The Times said on Monday", where "said on" would open one.
            let mut end = tokens.len();
            while let Some((len, kinds)) = cues.at(&tokens[..end], at, language) {
                for kind in kinds {
                    found.starts[at] |= bit(kind);
                    found.ends[at + len] |= bit(kind);
                    for place in &mut found.covers[at..at + len] {
                        *place |= bit(kind);
                    }
                }
                end = at + len - 1;
            }
        }
        found
    }

    pub(super) fn word(&self, at: usize) -> &'c str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    /// Whether a token is part of a phrase of this kind.
    pub(super) fn is(&self, at: usize, kind: CueKind) -> bool {
        self.covers.get(at).is_some_and(|bits| bits & bit(kind) != 0)
    }

    /// Whether a token is part of any phrase that may stand beside a source.
    pub(super) fn is_cue(&self, at: usize) -> bool {
        self.covers.get(at).is_some_and(|bits| bits & CUES != 0)
    }

    /// Whether a token says what kind of thing a source is.
    fn is_kind(&self, at: usize) -> bool {
        self.covers.get(at).is_some_and(|bits| bits & KIND != 0)
    }

    /// Whether a phrase of this kind ends just before token `at`.
    pub(super) fn ends_before(&self, at: usize, kind: CueKind) -> bool {
        self.ends.get(at).is_some_and(|bits| bits & bit(kind) != 0)
    }

    /// How the source at these tokens is cited, if it is.
    pub(super) fn citation(&self, name: &Range<usize>, weak: bool) -> Option<Cited> {
        let after = self.after(name, weak);
        if after == Some(Cited::Contributed) {
            return after;
        }
        self.before(name, weak).or(after)
    }

    /// Whether a reporting word follows a name that is certainly a medium's.
    pub(super) fn reports(&self, name: &Range<usize>) -> bool {
        self.after(name, false).is_some()
    }

    /// "ha detto Anna Velkova all'Ansa": a loose cue before an agency whose name is an everyday word, with a reporting word before.
    pub(super) fn near(&self, name: &Range<usize>) -> Option<Cited> {
        let open = bit(CueKind::Near) | bit(CueKind::Loose);
        let at = (name.start.saturating_sub(2)..=name.start)
            .rev()
            .find(|&at| self.ends[at] & open != 0 && (at..name.start).all(|at| self.is(at, CueKind::Filler)))?;
        let fits = self.reports_before(at) && !self.is_clause(at) && !self.goes_on(name.end);
        fits.then_some(Cited::Told)
    }

    /// Looks left from the name for a cue, over articles and kinds of media.
    fn before(&self, name: &Range<usize>, weak: bool) -> Option<Cited> {
        let mut at = name.start;
        let mut medium = self.is_kind(name.end);
        let says_kind = name.clone().any(|at| self.is_kind(at));
        // "by NBC Universal": a loose cue is not enough where the name may go on.
        let whole = !weak && !self.goes_on(name.end);
        let mut unknown = 0;
        let mut comma = false;
        for _ in 0..=REACH {
            let bits = self.ends[at];
            let loose = bits & bit(CueKind::Loose) != 0
                && whole
                && unknown == 0
                && (at == name.start || medium || says_kind || self.reports_before(at));
            let inverted = bits & bit(CueKind::Inverted) != 0 && (!weak || medium);
            let near = bits & bit(CueKind::Near) != 0
                && whole
                && unknown == 0
                && self.reports_before(at)
                && !self.is_clause(at);
            if (bits & LEFT != 0 || loose || near || inverted) && (medium || !comma && unknown == 0) {
                return Some(if bits & bit(CueKind::Told) != 0 {
                    Cited::Told
                } else {
                    Cited::Cued
                });
            }
            at = at.checked_sub(1)?;
            let covered = self.covers[at];
            medium |= self.is_kind(at);
            if covered & (bit(CueKind::Filler) | KIND) != 0 {
                continue;
            }
            if self.tokens[at].kind == Kind::Mark {
                let quote = matches!(self.word(at), "\"" | "“" | "„" | "'" | "’" | "«" | "-" | "‘" | "(");
                comma |= self.word(at) == ",";
                if quote || self.word(at) == "," {
                    continue;
                }
                return None;
            }
            // Adjectives stand on both sides of a kind of medium: "agência oficial norte-coreana KCNA".
            unknown += 1;
            if unknown > UNKNOWN || !medium && self.tokens[at].case != Case::Lower {
                return None;
            }
        }
        None
    }

    /// "published on Wednesday by the …": a reporting word stands a little before the loose one.
    fn reports_before(&self, at: usize) -> bool {
        (at.saturating_sub(LOOSE_REACH)..at).any(|at| {
            self.covers[at] & (LEFT | RIGHT) != 0 || matches!(self.word(at), "published" | "broadcast" | "aired")
        })
    }

    /// Whether a capitalised word that is no cue and no day stands here.
    fn goes_on(&self, at: usize) -> bool {
        let capital = self
            .tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Word && token.is_capital(self.text));
        capital && !self.is_cue(at) && !self.is_weekday(at)
    }

    /// "He said that the BBC …": a conjunction stands between the reporting word and what would be a loose cue.
    fn is_clause(&self, at: usize) -> bool {
        (at.saturating_sub(LOOSE_REACH)..at).any(|at| matches!(self.word(at), "que" | "che" | "dass" | "dat" | "that"))
    }

    /// Looks right from the name for a cue, over kinds of media and a short form in brackets.
    fn after(&self, name: &Range<usize>, weak: bool) -> Option<Cited> {
        let mut at = name.end;
        for _ in 0..=REACH {
            let bits = *self.starts.get(at)?;
            if bits & bit(CueKind::Contributed) != 0 {
                return Some(Cited::Contributed);
            }
            if bits & RIGHT != 0 {
                let sure = bits & bit(CueKind::After) != 0;
                let fits = !weak || self.is_subject(name, sure);
                return (!self.speaks_of_itself(at) && fits).then_some(Cited::Cued);
            }
            let word = self.word(at);
            if word == "(" {
                at = (at + 1..at + 6).find(|&at| self.word(at) == ")")?;
            } else if !(self.is_kind(at)
                || matches!(word, "'" | "’" | "s" | "\"" | "”" | "“" | "»" | "-" | ")")
                || self.is_day(at))
            {
                return None;
            }
            at += 1;
        }
        None
    }

    /// "BBC said it would …": a medium that speaks of itself is a subject.
    fn speaks_of_itself(&self, cue: usize) -> bool {
        let next = if self.word(cue + 1) == "that" { cue + 2 } else { cue + 1 };
        matches!(self.word(cue), "said" | "says" | "announced")
            && matches!(self.word(next), "it" | "its" | "they" | "in" | "would" | "will")
    }

    /// An everyday word needs more than a verb after it: an article before it, or a kind of medium beside it. Where the verb is
    /// one that media are the subject of (`sure`), capitals or an article within the name are enough.
    fn is_subject(&self, name: &Range<usize>, sure: bool) -> bool {
        let first = &self.tokens[name.start];
        let written = sure && (name.len() > 1 || first.case == Case::AllCapitals);
        let before = name.start.checked_sub(1);
        let article = |at: usize| {
            matches!(self.word(at), "the" | "The")
                || sure
                    && matches!(
                        self.word(at),
                        "der"
                            | "die"
                            | "Der"
                            | "el"
                            | "El"
                            | "la"
                            | "La"
                            | "il"
                            | "o"
                            | "O"
                            | "de"
                            | "De"
                            | "le"
                            | "l'"
                            | "l’"
                            | "L'"
                            | "L’"
                    )
        };
        written
            || first.of(self.text) == "The"
            || self.is(name.end, CueKind::Medium)
            || before.is_some_and(|at| article(at) || self.is(at, CueKind::Medium))
    }

    /// Whether a token names a day.
    pub(super) fn is_weekday(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "Monday"
                | "Tuesday"
                | "Wednesday"
                | "Thursday"
                | "Friday"
                | "Saturday"
                | "Sunday"
                | "Senin"
                | "Selasa"
                | "Rabu"
                | "Kamis"
                | "Jumat"
                | "Sabtu"
                | "Minggu"
        )
    }

    /// "AFP on Monday reported".
    fn is_day(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "on" | "hari" | "pada" | "has" | "had" | "also" | "juga" | "sebelumnya" | "am" | "le" | "el" | "hat"
        ) || self.is_weekday(at)
    }
}
