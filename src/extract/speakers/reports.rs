//! The reporting words of a sentence, each with whose words it reports.

use std::ops::Range;

use super::sentences::Sentence;
use super::subject::Subject;
use super::{Memory, Report, Scene, Voice};
use crate::text::{Case, Kind};
use crate::vocabulary::names::{Lists, Traits};
use crate::vocabulary::speech::CueKind;

impl Scene<'_, '_> {
    /// The reports of a sentence in order, their subjects resolved.
    pub(super) fn reports(&self, sentence: &Sentence, memory: &Memory) -> Vec<Report> {
        let mut reports: Vec<Report> = Vec::new();
        for at in sentence.tokens.clone() {
            let Some((kind, len)) = self.cues[at] else { continue };
            if self.is_name(at) || !self.is_verb(sentence, at) {
                continue;
            }
            let subject = match kind {
                CueKind::Pronoun | CueKind::Adverb => continue,
                CueKind::Bare if !self.after_mark(at) => continue,
                CueKind::Say => self.say_subject(sentence, at, len),
                CueKind::Ing => Some(Subject::Same),
                CueKind::Prep | CueKind::Passive | CueKind::Bare => self.subject_after(sentence, at + len),
                CueKind::Nya => Some(Subject::Pronoun(at)),
            };
            let voice = match subject {
                Some(Subject::Person(person, tokens)) => Voice::Person(person, tokens),
                Some(Subject::Other(tokens)) => Voice::Unnamed(tokens),
                Some(Subject::Pronoun(pronoun)) => self.pronoun(sentence, pronoun, kind, memory),
                Some(Subject::Same) => match reports.last() {
                    Some(report) => report.voice.clone(),
                    None => self.first_person(sentence, at).unwrap_or(Voice::Nobody),
                },
                None => Voice::Nobody,
            };
            reports.push(Report {
                at,
                end: at + len,
                kind,
                voice,
                denied: self.is_denied(at),
            });
        }
        reports
    }

    /// Whether a reporting word is itself part of a person's name.
    fn is_name(&self, at: usize) -> bool {
        self.cast.person_at(at).is_some()
    }

    /// Whether a reporting word is small, or opens its sentence: "States" and "Says" in a name or heading are none; nor is
    /// "to say".
    fn is_verb(&self, sentence: &Sentence, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let small = self.body.tokens[at].case == Case::Lower;
        let infinitive = self.lists == Lists::En && self.body.word(before) == "to";
        (small && !infinitive) || at == sentence.tokens.start || self.body.tokens[before].kind == Kind::Mark && !small
    }

    /// The subject of a verb of saying: after it where it follows a quote at once, else before it.
    fn say_subject(&self, sentence: &Sentence, at: usize, len: usize) -> Option<Subject> {
        if self.lists != Lists::Id
            && (self.after_quote(at) || self.inverted(at, len))
            && let Some(subject) = self.subject_after(sentence, at + len)
        {
            return Some(subject);
        }
        if matches!(self.lists, Lists::Es | Lists::Pt) && self.after_quote(at) {
            // "…», añadió.": the verb holds its pronoun.
            return Some(Subject::Pronoun(at));
        }
        match self.subject_before(sentence, at) {
            Some(Subject::Other(tokens)) => Some(self.definite(sentence, tokens)),
            subject => subject,
        }
    }

    /// "The finance minister told …": a title with an article means the one person named so far, where there is only one.
    fn definite(&self, sentence: &Sentence, tokens: Range<usize>) -> Subject {
        let article = matches!(self.body.word(tokens.start), "The" | "the");
        let last = tokens.end.saturating_sub(1);
        let before = self
            .cast
            .mentions
            .partition_point(|mention| mention.tokens.start < sentence.tokens.start);
        let earlier = &self.cast.mentions[..before];
        if article
            && tokens.len() <= 4
            && self.traits(last).any(Traits::TITLE)
            && let Some(only) = earlier.first().map(|mention| mention.person)
            && earlier.iter().all(|mention| mention.person == only)
        {
            return Subject::Person(only, tokens);
        }
        Subject::Other(tokens)
    }

    /// Whether the words right before a verb deny it, or a quoted fragment stands there that its verb only completes.
    fn is_denied(&self, at: usize) -> bool {
        let denies = |at: usize| {
            let word = self.body.word(at);
            matches!(
                word,
                "not" | "never" | "tidak" | "belum" | "tak" | "enggan" | "no" | "nicht" | "niet" | "não" | "nunca"
            ) || matches!(word, "declined" | "refused" | "menolak")
                || word.ends_with("n't")
                || word.ends_with("n’t")
        };
        let completes = self.lists == Lists::Id
            && at.checked_sub(1).is_some_and(|before| self.is_quoted(before))
            && matches!(self.cues[at], Some((CueKind::Say, _)));
        completes || (at.saturating_sub(3)..at).any(denies)
    }

    /// ", said spokeswoman X": a comma before the verb and a role or a name behind it.
    fn inverted(&self, at: usize, len: usize) -> bool {
        let auxiliary = |at: &usize| matches!(self.body.word(*at), "a" | "ha" | "hat" | "heeft");
        let before = at.checked_sub(1).and_then(|before| {
            if auxiliary(&before) {
                before.checked_sub(1)
            } else {
                Some(before)
            }
        });
        let comma = before.is_some_and(|before| self.body.word(before) == ",");
        let role = |at: usize| self.traits(at).any(Traits::TITLE | Traits::ROLE);
        // "…, said spokeswoman X"; "…, a annoncé son avocate".
        let next = at + len;
        let closer = self.lists != Lists::En && role(next + 1) && self.body.word(next).len() <= 4;
        comma && (self.cast.person_at(next).is_some() || role(next) || closer)
    }

    /// Whether a quote ends right before token `at`, a comma or dash between them or not.
    fn after_quote(&self, at: usize) -> bool {
        let Some(mut before) = at.checked_sub(1) else {
            return false;
        };
        while !self.is_quoted(before)
            && matches!(self.body.word(before), "," | "-" | "–" | "—" | "." | "a" | "ha" | "hat")
        {
            let Some(next) = before.checked_sub(1) else {
                return false;
            };
            before = next;
        }
        self.is_quoted(before)
    }

    fn after_mark(&self, at: usize) -> bool {
        at.checked_sub(1)
            .is_none_or(|before| self.body.tokens[before].kind == Kind::Mark || self.is_quoted(before))
    }

    /// Whom a pronoun means: the person who opens its sentence, else the one in focus.
    fn pronoun(&self, sentence: &Sentence, at: usize, kind: CueKind, memory: &Memory) -> Voice {
        let trailing = at
            .checked_sub(1)
            .is_some_and(|before| self.body.tokens[before].kind == Kind::Mark);
        if kind != CueKind::Nya
            && !(trailing && at > sentence.tokens.start && memory.focus.is_some())
            && let Some(voice) = self.first_person(sentence, at)
        {
            return voice;
        }
        if let (Voice::Unnamed(tokens), true) = (&memory.last, memory.unnamed_quoted || memory.focus.is_none()) {
            return Voice::Unnamed(tokens.clone());
        }
        match memory.focus {
            Some(person) => Voice::Person(person, at..at + 1),
            None => Voice::Unnamed(at..at + 1),
        }
    }

    /// The first person named in a sentence before token `end`, outside quotes.
    pub(super) fn first_person(&self, sentence: &Sentence, end: usize) -> Option<Voice> {
        let range = sentence.tokens.start..end.min(sentence.tokens.end);
        let at = range
            .into_iter()
            .find(|&at| !self.is_quoted(at) && self.cast.person_at(at).is_some())?;
        let mention = self.cast.mention_at(at)?;
        Some(Voice::Person(mention.person, mention.tokens.clone()))
    }
}
