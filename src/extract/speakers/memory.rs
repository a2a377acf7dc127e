//! Who has spoken so far and who is spoken of, and whom a pronoun means by that.

use super::sentences::Sentence;
use super::subject::Subject;
use super::{Scene, Voice};
use crate::text::Kind;
use crate::vocabulary::names::Lists;
use crate::vocabulary::speech::CueKind;

/// How far into a sentence the person who opens it may stand, in tokens.
const OPENING: usize = 12;

/// How far into a sentence a person can be its subject, behind all that may stand before, in tokens.
const FARTHEST: usize = 110;

/// Who has spoken so far, and who is spoken of.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    /// The last voice of a quote or report.
    pub last: Voice,
    /// Whom a pronoun means.
    pub focus: Option<usize>,
    /// The paragraph of the last attributed quote.
    pub quoted_in: Option<usize>,
    /// Whether the last voice was unnamed and was quoted word for word: a pronoun then means it.
    pub unnamed_quoted: bool,
    /// The paragraph of the sentence before, if that had a report or an attributed quote.
    pub reported_in: Option<usize>,
    /// Whether the sentence before ended in a colon.
    pub colon: bool,
}

impl Memory {
    pub(super) const fn new() -> Self {
        Self {
            last: Voice::Nobody,
            focus: None,
            quoted_in: None,
            unnamed_quoted: false,
            reported_in: None,
            colon: false,
        }
    }
}

impl Scene<'_, '_> {
    /// Keeps who spoke and who is spoken of for the next sentence.
    pub(super) fn remember(&self, sentence: &Sentence, memory: &mut Memory, spoke: Option<Voice>) {
        let reported = spoke.as_ref().is_some_and(|voice| *voice != Voice::Nobody);
        memory.reported_in = reported.then_some(sentence.paragraph);
        if !sentence.quotes.is_empty() && reported {
            memory.quoted_in = Some(sentence.paragraph);
        } else if sentence.quotes.is_empty() {
            memory.quoted_in = None;
        }
        let last = sentence.tokens.end.checked_sub(1);
        let colon = last.is_some_and(|last| self.body.word(last) == ":");
        match spoke {
            Some(Voice::Person(person, tokens)) => {
                memory.unnamed_quoted = false;
                memory.focus = Some(person);
                memory.last = Voice::Person(person, tokens);
            }
            Some(Voice::Unnamed(tokens)) => {
                memory.unnamed_quoted = !sentence.quotes.is_empty() && !self.is_thing(&tokens);
                memory.last = Voice::Unnamed(tokens);
            }
            Some(Voice::Nobody) | None => self.focus_on_subject(sentence, memory, colon),
        }
        memory.colon = colon;
    }

    /// Without a report, the person who opens a sentence comes into focus.
    fn focus_on_subject(&self, sentence: &Sentence, memory: &mut Memory, colon: bool) {
        let opens = sentence.tokens.start..sentence.tokens.end.min(sentence.tokens.start + FARTHEST);
        if !opens.into_iter().any(|at| self.cast.person_at(at).is_some()) {
            return;
        }
        let opens = sentence.tokens.start..sentence.tokens.end.min(sentence.tokens.start + 3);
        if opens.into_iter().any(|at| self.is_cue(at, CueKind::Pronoun)) {
            return;
        }
        let near = |tokens: &std::ops::Range<usize>| tokens.start < sentence.tokens.start + OPENING;
        let subject = match self.opening_subject(sentence, sentence.tokens.end) {
            Some(Subject::Person(person, tokens)) => Some((person, tokens)),
            _ => match self.first_person(sentence, sentence.tokens.end) {
                Some(Voice::Person(person, tokens)) if near(&tokens) => Some((person, tokens)),
                _ => None,
            },
        };
        if let Some((person, tokens)) = subject {
            memory.focus = Some(person);
            memory.unnamed_quoted = false;
            if colon {
                memory.last = Voice::Person(person, tokens);
            }
        }
    }

    /// Whether the words of an unnamed voice mean no one: "it", "the report", "data".
    pub(super) fn is_thing(&self, tokens: &std::ops::Range<usize>) -> bool {
        tokens.clone().take(4).any(|at| self.is_cue(at, CueKind::Thing))
    }

    /// Whom a pronoun means: the person who opens its sentence, else the one in focus.
    pub(super) fn pronoun(&self, sentence: &Sentence, at: usize, kind: CueKind, memory: &Memory) -> Voice {
        let before = at.checked_sub(1);
        let trailing = before.is_some_and(|before| self.body.tokens[before].kind == Kind::Mark);
        if kind != CueKind::Nya {
            // "X scolded him: “…”, she said.": what stands before the quote is of this sentence.
            let follows = trailing && at > sentence.tokens.start && memory.focus.is_some();
            if follows || self.lists == Lists::Id {
                if let Some(Subject::Person(person, tokens)) = self.opening_subject(sentence, at) {
                    return Voice::Person(person, tokens);
                }
            } else if let Some(voice) = self.first_person(sentence, at) {
                return voice;
            }
        }
        if let (Voice::Unnamed(tokens), true) = (&memory.last, memory.unnamed_quoted) {
            return Voice::Unnamed(tokens.clone());
        }
        match (memory.focus, &memory.last) {
            (Some(person), _) => Voice::Person(person, at..at + 1),
            (None, Voice::Unnamed(tokens)) if !self.is_thing(tokens) => Voice::Unnamed(tokens.clone()),
            _ => Voice::Unnamed(at..at + 1),
        }
    }
}
