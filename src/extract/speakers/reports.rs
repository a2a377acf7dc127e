//! The reporting words of a sentence, each with whose words it reports.

use std::ops::Range;

use super::memory::Memory;
use super::sentences::Sentence;
use super::subject::Subject;
use super::{Report, Scene, Voice};
use crate::text::{Case, Kind};
use crate::vocabulary::names::{Lists, Traits};
use crate::vocabulary::speech::CueKind;

/// How far into a sentence its first person may stand, in tokens.
const REACH_FIRST: usize = 120;
/// How long an apposition may be, in tokens.
const REACH_APPOSITION: usize = 20;

/// Whether a word only stands around subjects and reporting words.
const fn is_small(kind: CueKind) -> bool {
    !matches!(
        kind,
        CueKind::Say
            | CueKind::Beside
            | CueKind::Ing
            | CueKind::Prep
            | CueKind::Post
            | CueKind::Passive
            | CueKind::Bare
            | CueKind::Nya
    )
}

impl Scene<'_, '_> {
    /// The reports of a sentence in order, their subjects resolved.
    pub(super) fn reports(&self, sentence: &Sentence, memory: &Memory) -> Vec<Report> {
        let mut reports: Vec<Report> = Vec::new();
        for at in sentence.tokens.clone() {
            let Some(cue) = self.cues[at] else { continue };
            let (kind, len) = (cue.kind, cue.len);
            if is_small(kind) || self.is_name(at) || !self.is_verb(sentence, at) {
                continue;
            }
            if kind == CueKind::Beside && sentence.quotes.is_empty() {
                continue;
            }
            let subject = match kind {
                CueKind::Bare | CueKind::Nya if !self.after_mark(at) => continue,
                CueKind::Say | CueKind::Beside => self.say_subject(sentence, at, len),
                CueKind::Ing => self.named_right_before(at).or(Some(Subject::Same)),
                CueKind::Prep => self.subject_after(sentence, at + len, false),
                CueKind::Passive | CueKind::Bare => self.subject_after(sentence, at + len, true),
                CueKind::Post => self.subject_before(sentence, at),
                _ => Some(Subject::Pronoun(at)),
            };
            let voice = self.voice(sentence, at, kind, subject, &reports, memory);
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

    /// Whom a subject means.
    fn voice(
        &self,
        sentence: &Sentence,
        at: usize,
        kind: CueKind,
        subject: Option<Subject>,
        reports: &[Report],
        memory: &Memory,
    ) -> Voice {
        let subject = match subject {
            Some(Subject::Same | Subject::Unknown) | None => match reports.last() {
                Some(report) if subject == Some(Subject::Same) => return report.voice.clone(),
                _ => self.opening_subject(sentence, at),
            },
            subject => subject,
        };
        match subject {
            Some(Subject::Person(person, tokens)) => Voice::Person(person, tokens),
            Some(Subject::Other(tokens)) => match self.part_of_name(&tokens) {
                Some(person) => Voice::Person(person, tokens),
                None => Voice::Unnamed(tokens),
            },
            // "…," kata X, di mana ia menyebut …: who has spoken in this sentence.
            Some(Subject::Pronoun(pronoun)) => match reports.last() {
                Some(Report {
                    voice: Voice::Person(person, _),
                    ..
                }) if kind != CueKind::Nya => Voice::Person(*person, pronoun..pronoun + 1),
                _ => self.pronoun(sentence, pronoun, kind, memory),
            },
            Some(Subject::Same | Subject::Unknown) | None => self.first_person(sentence, at).unwrap_or(Voice::Nobody),
        }
    }

    /// The person of whose name the capitalised words of a phrase are parts, though the name finder left them here.
    fn part_of_name(&self, tokens: &Range<usize>) -> Option<usize> {
        // "a lawyer for X": the name was seen, and tells only whom a role serves.
        if tokens.clone().any(|at| self.cast.person_at(at).is_some()) {
            return None;
        }
        let plain = Traits::COMMON | Traits::TITLE | Traits::ROLE;
        let capital = |at: &usize| self.body.tokens[*at].is_capital(self.body.text);
        let first = tokens
            .clone()
            .take(3)
            .find(|at| capital(at) && !self.traits(*at).any(plain))?;
        let words = (first..tokens.end).take_while(capital).take(4);
        let mut people = words.map(|at| self.person_of_word(self.body.tokens[at].folded));
        let person = people.next()??;
        people.all(|other| other == Some(person)).then_some(person)
    }

    /// "footage of X saying": the name right before the verb.
    fn named_right_before(&self, at: usize) -> Option<Subject> {
        let before = at.checked_sub(1)?;
        match self.cast.person_at(before) {
            Some(person) => Some(self.named(person, before)),
            // "issued a statement calling …"
            None => (self.is_cue(before, CueKind::Thing) && !self.is_cue(before, CueKind::Clause))
                .then_some(Subject::Other(before..at)),
        }
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
        let word = self.body.word(before);
        let infinitive = self.lists == Lists::En && word == "to";
        // "those reports", "an invited crowd", "the woman's quotes"
        let possessive =
            self.lists == Lists::En && word == "s" && before > 0 && matches!(self.body.word(before - 1), "'" | "’");
        let noun = self.is_cue(before, CueKind::Article) || possessive && !self.body.word(at).ends_with("ing");
        let word_of = self.body.word(at);
        // "was threatened by signs of …"
        let passive = self.lists == Lists::En
            && self.cues[at].is_some_and(|cue| cue.len == 1)
            && word_of.ends_with("ed")
            && matches!(word, "was" | "were" | "been" | "be" | "is" | "are" | "being");
        // "the so-called …"
        let compound = word == "-" && self.body.tokens[before].end == self.body.tokens[at].start;
        (small && !infinitive && !noun && !compound && !passive)
            || at == sentence.tokens.start
            || self.body.tokens[before].kind == Kind::Mark && !small
    }

    /// The subject of a verb of saying: after it where it follows a quote at once, else before it.
    fn say_subject(&self, sentence: &Sentence, at: usize, len: usize) -> Option<Subject> {
        let after_quote = self.after_quote(at);
        if self.lists != Lists::Id
            && (after_quote
                || self.opens_capital(sentence, at)
                || self.inverted(sentence, at, len)
                || self.verb_second(sentence, at, len))
            && let Some(subject) = self.subject_after(sentence, at + len, true)
        {
            return Some(subject);
        }
        if matches!(self.lists, Lists::Es | Lists::Pt | Lists::It) && after_quote {
            // "…», añadió.": the verb holds its pronoun.
            return Some(Subject::Pronoun(at));
        }
        match self.subject_before(sentence, at) {
            Some(Subject::Other(tokens)) => Some(self.definite(sentence, tokens)),
            Some(Subject::Unknown) if self.lists == Lists::De => {
                let after = self.subject_after(sentence, at + len, true);
                after
                    .filter(|subject| matches!(subject, Subject::Person(..)))
                    .or(Some(Subject::Unknown))
            }
            subject => subject,
        }
    }

    /// "Said Velkova: “…”": the verb opens its sentence.
    fn opens_capital(&self, sentence: &Sentence, at: usize) -> bool {
        at == sentence.tokens.start && self.body.tokens[at].case == Case::Capitalised
    }

    /// German and Dutch: where something else opens the sentence, its verb comes second and the subject behind it ("In einem
    /// Brief erklärte X"). The subject has to stand there at once.
    fn verb_second(&self, sentence: &Sentence, at: usize, len: usize) -> bool {
        if !matches!(self.lists, Lists::De | Lists::Nl) || at == sentence.tokens.start {
            return false;
        }
        let next = at + len;
        // "Der Zeitung sagte X", "… erklärte er": a name or pronoun right behind the verb is its subject.
        if self.is_cue(next, CueKind::Pronoun) && self.body.tokens[next].case == Case::Lower {
            return true;
        }
        if self.cast.person_at(next).is_some() {
            return self.cast.person_at(at - 1).is_none();
        }
        let opens = self.is_cue(sentence.tokens.start, CueKind::Lead) || self.is_quoted(sentence.tokens.start);
        let role = |at: usize| self.traits(at).any(Traits::TITLE | Traits::ROLE);
        opens
            && (self.is_cue(next, CueKind::Link) || role(next))
            && !matches!(
                self.body.word(next),
                "in" | "im" | "von" | "zu" | "auf" | "am" | "an" | "und"
            )
    }

    /// "The finance minister told …": a title with an article means the one person named so far, where there is only one.
    fn definite(&self, sentence: &Sentence, tokens: Range<usize>) -> Subject {
        let article = matches!(self.body.word(tokens.start), "The" | "the");
        let last = tokens.end.saturating_sub(1);
        let before = self
            .cast
            .mentions
            .partition_point(|mention| mention.tokens.start < sentence.tokens.start);
        if article
            && tokens.len() <= 4
            && self.traits(last).any(Traits::TITLE)
            && before <= self.only_until
            && let Some(only) = self.cast.mentions[..before].first().map(|mention| mention.person)
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
            && self.is_cue(at, CueKind::Say);
        completes || (at.saturating_sub(3)..at).any(denies)
    }

    /// ", said spokeswoman X": a comma before the verb and a role or a name behind it.
    fn inverted(&self, sentence: &Sentence, at: usize, len: usize) -> bool {
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
        // "…, said two people who know the matter"
        let some = self.lists == Lists::En
            && matches!(
                self.body.word(next),
                "a" | "an" | "one" | "two" | "three" | "four" | "several" | "some"
            );
        if !comma || !(self.cast.person_at(next).is_some() || role(next) || closer || some) {
            return false;
        }
        // "X, a minister, called Y's words …": the comma closes an apposition.
        let floor = sentence.tokens.start.max(at.saturating_sub(REACH_APPOSITION));
        let opens = (floor..at.saturating_sub(1))
            .rev()
            .find(|&at| self.body.word(at) == ",");
        !opens.is_some_and(|opens| {
            opens
                .checked_sub(1)
                .is_some_and(|name| self.cast.person_at(name).is_some())
        })
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

    /// The first person named in a sentence before token `end`, outside quotes.
    pub(super) fn first_person(&self, sentence: &Sentence, end: usize) -> Option<Voice> {
        let range = sentence.tokens.start..end.min(sentence.tokens.end).min(sentence.tokens.start + REACH_FIRST);
        let at = range
            .into_iter()
            .find(|&at| !self.is_quoted(at) && self.cast.person_at(at).is_some())?;
        let mention = self.cast.mention_at(at)?;
        Some(Voice::Person(mention.person, mention.tokens.clone()))
    }
}
