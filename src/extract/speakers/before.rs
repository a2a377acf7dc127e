//! The subject before a reporting word: over adverbs, brackets and appositions.

use super::Scene;
use super::sentences::Sentence;
use super::subject::Subject;
use crate::text::{Case, Kind};
use crate::vocabulary::names::{Lists, Traits};
use crate::vocabulary::speech::CueKind;

/// How far left of a cue its subject may stand, in tokens.
const REACH_LEFT: usize = 40;

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
            if and || is_conjunction(word) {
                return Some(Subject::Same);
            }
            if let Some(person) = self.cast.person_at(at) {
                if self.stands_for_place(at) {
                    return Some(self.phrase_before(at, floor));
                }
                return Some(self.served(at, floor).unwrap_or_else(|| self.named(person, at)));
            }
            match self.cues[at] {
                Some(cue) if cue.is(CueKind::Pronoun) => return Some(Subject::Pronoun(at)),
                Some(cue)
                    if cue.is(CueKind::Thing) && at.checked_sub(1).is_some_and(|before| self.opens_clause(before)) =>
                {
                    // "what it called": the subject of the main clause.
                    return Some(Subject::Same);
                }
                Some(cue) if cue.is(CueKind::Adverb) => {
                    and |= matches!(word, "and" | "dan");
                    continue;
                }
                _ => {}
            }
            if self.lists == Lists::En
                && word.len() > 4
                && word.ends_with("ly")
                && self.body.tokens[at].case == Case::Lower
            {
                continue;
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

    /// "Officials in Georgia said": one word behind "in" is where someone is.
    fn stands_for_place(&self, at: usize) -> bool {
        let before = at.checked_sub(1);
        let place = before.is_some_and(|before| matches!(self.body.word(before), "in" | "at" | "di" | "ke"));
        place
            && self
                .cast
                .mention_at(at)
                .is_some_and(|mention| mention.tokens.len() == 1)
    }

    /// Whether the word at `at` opens a clause with a subject of its own ("that", "because").
    fn opens_clause(&self, at: usize) -> bool {
        self.is_cue(at, CueKind::Clause) && !self.is_cue(at, CueKind::Link)
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
            let before_comma = self.body.word(at + 1) == ",";
            // "R-Ky., said": the full stop of an abbreviation.
            let stops = self.body.word(at) == "." && !before_comma;
            if self.is_quoted(at) || stops || matches!(self.body.word(at), ";" | ":") {
                return None;
            }
            if before_comma && self.body.word(at) == ")" {
                // "X (D), a candidate, said"
                let Some(open) = self.opening_bracket(at, floor) else {
                    continue;
                };
                if let Some(person) = open.checked_sub(1).and_then(|name| self.cast.person_at(name)) {
                    return Some(self.named(person, open - 1));
                }
                at = open;
                continue;
            }
            if before_comma && let Some(person) = self.cast.person_at(at) {
                // "X, head of research at firm A, said": A is part of what X is.
                let officer = (commas == 1).then(|| self.officer(at, floor)).flatten();
                let (person, at) = officer.unwrap_or((person, at));
                return Some(self.named(person, at));
            }
            if before_comma && self.is_cue(at, CueKind::Pronoun) {
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

    /// The person before the comma that opens the apposition in which the name at `at` stands behind "of" or "at".
    fn officer(&self, at: usize, floor: usize) -> Option<(usize, usize)> {
        let start = self.cast.mention_at(at)?.tokens.start;
        let mut behind = false;
        for back in (floor..start).rev() {
            let word = self.body.word(back);
            if word == "," {
                let name = back.checked_sub(1)?;
                return self
                    .cast
                    .person_at(name)
                    .filter(|_| behind)
                    .map(|person| (person, name));
            }
            if self.body.tokens[back].kind == Kind::Mark && word != "-" {
                return None;
            }
            behind |= matches!(
                word,
                "of" | "at" | "for" | "with" | "who" | "yang" | "dari" | "di" | "von" | "bei" | "de"
            );
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
            if let Some(person) = self.cast.person_at(at).filter(|_| !self.stands_for_place(at)) {
                if tells_more(self.body.word(at + 1)) {
                    return self.named(person, at);
                }
                break;
            }
            if at < last && self.opens_clause(at) {
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
        // "… in a box said": a phrase that a preposition opens is no subject.
        let lead = self.is_cue(start, CueKind::Lead) && (self.lists == Lists::De || !self.is_cue(start, CueKind::Link));
        let noun = self.body.tokens[last].is_capital(self.body.text) || self.body.tokens[last].kind != Kind::Word;
        if lead || self.lists == Lists::De && !noun {
            return Subject::Unknown;
        }
        Subject::Other(start..last + 1)
    }

    pub(super) fn opening_bracket(&self, close: usize, floor: usize) -> Option<usize> {
        (floor..close).rev().take(12).find(|&at| self.body.word(at) == "(")
    }

    pub(super) fn closing_bracket(&self, open: usize, end: usize) -> usize {
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

/// Words behind a name that only tell where, when or of what its bearer is.
fn tells_more(word: &str) -> bool {
    matches!(
        word,
        "of" | "from" | "at" | "with" | "in" | "on" | "during" | "after" | "who"
    ) || matches!(
        word,
        "dari" | "asal" | "di" | "dalam" | "melalui" | "lewat" | "usai" | "yang" | "saat"
    ) || matches!(word, "de" | "von" | "van")
}
