//! Finds who a reporting word speaks of: the subject before it, over adverbs and appositions, or after it.

use std::ops::Range;

use super::Scene;
use super::sentences::Sentence;
use crate::text::{Case, Kind};
use crate::vocabulary::names::{Lists, Traits};
use crate::vocabulary::speech::CueKind;

/// The subject of a reporting word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// A person, and the tokens that name them.
    Person(usize, Range<usize>),
    /// A pronoun: whoever the text speaks of.
    Pronoun(usize),
    /// The verb goes on with the subject of the verb before it ("dan mengatakan").
    Same,
    /// Someone or something unnamed.
    Other(Range<usize>),
}

/// How far left of a cue its subject may stand, in tokens.
const REACH_LEFT: usize = 40;
/// How far right of a cue a name may stand: Indonesian puts roles and organisations between.
const REACH_RIGHT: usize = 22;
const REACH_RIGHT_SHORT: usize = 12;

impl Scene<'_, '_> {
    /// The subject before the cue at `cue`.
    pub(super) fn subject_before(&self, sentence: &Sentence, cue: usize) -> Option<Subject> {
        let floor = sentence.tokens.start.max(cue.saturating_sub(REACH_LEFT));
        let mut at = cue;
        let mut and = false;
        loop {
            at = at.checked_sub(1).filter(|at| *at >= floor)?;
            if self.is_quoted(at) {
                continue;
            }
            let word = self.body.word(at);
            if let Some(person) = self.cast.person_at(at) {
                return Some(self.served(at, floor).unwrap_or_else(|| self.named(person, at)));
            }
            match self.cues[at] {
                Some((CueKind::Pronoun, _)) => return Some(Subject::Pronoun(at)),
                Some((CueKind::Adverb, _)) => {
                    and |= matches!(word, "and" | "dan");
                    continue;
                }
                _ => {}
            }
            if is_conjunction(word) || and {
                return Some(Subject::Same);
            }
            match word {
                ")" => at = self.opening_bracket(at, floor)?,
                "," => return self.over_apposition(at, floor),
                "who" | "yang" | "qui" | "que" | "die" => {
                    let before = at.checked_sub(1)?;
                    let before = if self.body.word(before) == "," {
                        before.checked_sub(1)?
                    } else {
                        before
                    };
                    return self.cast.person_at(before).map(|person| self.named(person, before));
                }
                _ if self.body.tokens[at].kind == Kind::Number => {}
                _ if self.is_source(at) => {}
                _ => return Some(self.phrase_before(at, floor)),
            }
        }
    }

    /// "A selaku manajer B": the speaker is A.
    fn served(&self, at: usize, floor: usize) -> Option<Subject> {
        let as_role = (floor..at)
            .rev()
            .take(6)
            .find(|&back| matches!(self.body.word(back), "selaku" | "sebagai"))?;
        let before = as_role.checked_sub(1)?;
        self.cast.person_at(before).map(|person| self.named(person, before))
    }

    /// The name before a comma: "X, the minister, said"; commas of dates and sources are passed over.
    fn over_apposition(&self, comma: usize, floor: usize) -> Option<Subject> {
        let mut at = comma;
        let mut commas = 1;
        while at > floor {
            at -= 1;
            if self.is_quoted(at) || matches!(self.body.word(at), "." | ";" | ":") {
                return None;
            }
            let before_comma = self.body.word(at + 1) == ",";
            if before_comma && let Some(person) = self.cast.person_at(at) {
                return Some(self.named(person, at));
            }
            if before_comma && let Some((CueKind::Pronoun, _)) = self.cues[at] {
                return Some(Subject::Pronoun(at));
            }
            if self.body.word(at) == "," {
                commas += 1;
                if commas > 4 {
                    return None;
                }
            }
        }
        None
    }

    /// What a cue's subject is when the word before it is no name: "X of the party said", "the president said".
    fn phrase_before(&self, last: usize, floor: usize) -> Subject {
        let mut at = last;
        let mut start = last;
        while at >= floor && last - at < 12 {
            if self.body.word(at) == "," && (at + 1..=last).all(|at| self.body.tokens[at].is_capital(self.body.text)) {
                // "X, a director in Springfield, Illinois said"
                if let Some(subject) = self.over_apposition(at, floor) {
                    return subject;
                }
            }
            if self.body.word(at) == ","
                && self.traits(at + 1).any(Traits::TITLE | Traits::ROLE)
                && let Some(before) = at.checked_sub(1)
                && let Some(person) = self.cast.person_at(before)
            {
                // "X, head of the group based in Y described …": the second comma is missing.
                return self.named(person, before);
            }
            if self.is_quoted(at) || self.body.tokens[at].kind == Kind::Mark && self.body.word(at) != "-" {
                break;
            }
            if let Some(person) = self.cast.person_at(at) {
                let prepositional = matches!(
                    self.body.word(at + 1),
                    "of" | "from"
                        | "at"
                        | "with"
                        | "in"
                        | "on"
                        | "during"
                        | "after"
                        | "dari"
                        | "asal"
                        | "di"
                        | "dalam"
                        | "melalui"
                        | "lewat"
                        | "usai"
                        | "yang"
                        | "who"
                        | "saat"
                        | "de"
                        | "von"
                        | "van"
                );
                if prepositional {
                    return self.named(person, at);
                }
                break;
            }
            start = at;
            match at.checked_sub(1) {
                Some(before) => at = before,
                None => break,
            }
        }
        if let Some(holder) = self.holder(last) {
            return Subject::Person(holder, start..last + 1);
        }
        Subject::Other(start..last + 1)
    }

    /// The subject after a cue that ends before `from`.
    pub(super) fn subject_after(&self, sentence: &Sentence, from: usize) -> Option<Subject> {
        let reach = if self.lists == Lists::Id {
            REACH_RIGHT
        } else {
            REACH_RIGHT_SHORT
        };
        let end = sentence.tokens.end.min(from + reach);
        let mut role = false;
        let mut at = from;
        while at < end {
            if self.is_quoted(at) {
                break;
            }
            if let Some(person) = self.cast.person_at(at) {
                return Some(self.named(person, at));
            }
            match self.cues[at] {
                Some((CueKind::Pronoun, _)) if at <= from + 1 => return Some(Subject::Pronoun(at)),
                Some((CueKind::Say | CueKind::Bare | CueKind::Nya | CueKind::Prep, _)) if at > from => break,
                _ => {}
            }
            let word = self.body.word(at);
            if self.traits(at).any(Traits::TITLE | Traits::ROLE) {
                role = true;
            }
            match word {
                "," if role && self.cast.person_at(at + 1).is_some() => {}
                "(" => at = self.closing_bracket(at, end),
                "." if self.is_abbreviated(at) => {}
                // "kata salah seorang dari mereka, X, …": the name in apposition.
                "," if self.lists == Lists::Id && self.cast.person_at(at + 1).is_some() && at > from + 1 => {}
                "," | "." | ";" | ":" => break,
                "for" | "untuk" | "terhadap" | "tentang" | "soal" | "saat" | "ketika" | "dalam" | "kepada" | "that"
                | "bahwa" | "to" | "against" | "usai" | "seperti" | "yang" | "sebelum" | "setelah" | "in" | "on" => {
                    break;
                }
                _ => {}
            }
            at += 1;
        }
        let stop = at.min(end).max(from);
        if stop == from {
            return None;
        }
        if stop - from <= 2
            && let Some(holder) = self.holder(stop - 1)
        {
            return Some(Subject::Person(holder, from..stop));
        }
        Some(Subject::Other(from..stop))
    }

    /// Whether the full stop at `at` ends an abbreviated title ("Sen.").
    fn is_abbreviated(&self, at: usize) -> bool {
        let before = at
            .checked_sub(1)
            .and_then(|before| self.body.tokens.get(before).map(|token| (before, token)));
        before.is_some_and(|(before, token)| {
            token.end == self.body.tokens[at].start
                && token.end - token.start <= 4
                && self.traits(before).any(Traits::TITLE)
        })
    }

    /// The person named at `at`, unless the name only says whose office, lawyer or family it is.
    fn named(&self, person: usize, at: usize) -> Subject {
        let tokens = self
            .cast
            .mention_at(at)
            .map_or(at..at + 1, |mention| mention.tokens.clone());
        let end = tokens.end;
        if self.body.word(end) == "'" && self.body.word(end + 1).eq_ignore_ascii_case("s") {
            return Subject::Other(tokens);
        }
        if self.on_behalf(tokens.start) {
            return Subject::Other(tokens.start.saturating_sub(2)..end);
        }
        let short = tokens.len() == 1;
        let mut before = tokens.start;
        for _ in 0..4 {
            let Some(back) = before.checked_sub(1) else { break };
            if is_institution(self.body.word(back))
                && (short || before < tokens.start || is_government(self.body.word(back)))
            {
                return Subject::Other(back..end);
            }
            if !self.traits(back).any(Traits::TITLE) && self.body.tokens[back].case != Case::AllCapitals {
                break;
            }
            before = back;
        }
        Subject::Person(person, tokens)
    }

    /// "a lawyer for X": the name says whom a role serves.
    fn on_behalf(&self, start: usize) -> bool {
        let (Some(preposition), Some(role)) = (start.checked_sub(1), start.checked_sub(2)) else {
            return false;
        };
        matches!(self.body.word(preposition), "for" | "of") && self.traits(role).any(Traits::ROLE | Traits::TITLE)
    }

    /// The last person before token `at` who bore the title that stands there alone ("the president").
    fn holder(&self, at: usize) -> Option<usize> {
        if !self.traits(at).any(Traits::TITLE) {
            return None;
        }
        let folded = self.body.tokens[at].folded;
        self.cast.holder(folded, at)
    }

    fn opening_bracket(&self, close: usize, floor: usize) -> Option<usize> {
        (floor..close).rev().take(12).find(|&at| self.body.word(at) == "(")
    }

    fn closing_bracket(&self, open: usize, end: usize) -> usize {
        (open..end)
            .take(12)
            .find(|&at| self.body.word(at) == ")")
            .unwrap_or(open)
    }
}

fn is_conjunction(word: &str) -> bool {
    matches!(
        word,
        "and" | "but" | "dan" | "serta" | "namun" | "tetapi" | "y" | "et" | "und" | "en" | "e"
    )
}

/// Words that make of the name behind them an institution: "pemerintahan X", "pengacara X".
fn is_institution(word: &str) -> bool {
    is_government(word)
        || matches!(
            word,
            "pengacara"
                | "bicara"
                | "jubir"
                | "hukum"
                | "keluarga"
                | "kubu"
                | "tim"
                | "penasihat"
                | "pendukung"
                | "Tim"
                | "Jubir"
                | "Pengacara"
                | "Kubu"
        )
}

fn is_government(word: &str) -> bool {
    matches!(
        word,
        "pemerintahan"
            | "pemerintah"
            | "administrasi"
            | "kantor"
            | "Pemerintahan"
            | "Pemerintah"
            | "Administrasi"
            | "Kantor"
            | "rezim"
    )
}
