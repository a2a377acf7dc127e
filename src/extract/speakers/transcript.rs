//! Interviews and debates: lines that open with the speaker's name and a colon, or with the letters of question and answer.

use std::ops::Range;

use super::memory::Memory;
use super::{Scene, Voice};
use crate::extract::document::Marks;
use crate::story::{Certainty, Quote};
use crate::text::{Case, Kind};
use crate::vocabulary::speech::CueKind;

/// The most words of a name before the colon.
const NAME_WORDS: usize = 4;
/// The fewest words of a line.
const LEAST_WORDS: usize = 2;
/// How many lines, of at least two speakers, make a transcript.
const LEAST_LINES: usize = 3;

/// A line of a transcript.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its paragraph.
    pub paragraph: usize,
    /// The words before the colon.
    name: Range<usize>,
    /// What is said.
    words: Range<usize>,
    voice: Voice,
}

impl Scene<'_, '_> {
    /// The lines of a transcript, by paragraph; none where the story has too few of them to be one.
    pub(super) fn transcript(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for (paragraph, tokens) in self.body.paragraphs.iter().enumerate() {
            lines.extend(self.line(paragraph, tokens));
        }
        if lines.len() < LEAST_LINES {
            return Vec::new();
        }
        let first = self.body.slice(lines[0].name.clone());
        if lines.iter().all(|line| self.body.slice(line.name.clone()) == first) {
            return Vec::new();
        }
        for line in &mut lines {
            line.voice = self.name_of(line.name.clone());
        }
        lines
    }

    /// A paragraph as a line, if it opens with a name and a colon.
    fn line(&self, paragraph: usize, tokens: &Range<usize>) -> Option<Line> {
        let mut start = tokens.start;
        if matches!(self.body.word(start), "\"" | "“" | "„" | "«") {
            start += 1;
        }
        let reach = tokens.end.min(start + 2 * NAME_WORDS);
        let colon = (start..reach).find(|&at| self.body.word(at) == ":")?;
        let name = start..colon;
        let words = || name.clone().filter(|&at| self.body.tokens[at].kind == Kind::Word);
        let capital = |at: usize| self.body.tokens[at].is_capital(self.body.text);
        let silent = Marks::FURNITURE.with(Marks::CREDIT).with(Marks::DATELINE);
        if name.is_empty()
            || words().count() > NAME_WORDS
            || !words().all(capital)
            || self.body.marks[start].any(silent)
        {
            return None;
        }
        let letter = self.is_cue(start, CueKind::Asks) || self.is_cue(start, CueKind::Answers);
        let loud = words().all(|at| self.body.tokens[at].case == Case::AllCapitals);
        if !(letter || loud || self.cast.person_at(colon - 1).is_some()) {
            return None;
        }
        let mut end = tokens.end;
        while end > colon + 1 && matches!(self.body.word(end - 1), "\"" | "”" | "“" | "»") {
            end -= 1;
        }
        let said = colon + 1..end;
        let count = said
            .clone()
            .filter(|&at| self.body.tokens[at].kind == Kind::Word)
            .count();
        (count >= LEAST_WORDS).then_some(Line {
            paragraph,
            name,
            words: said,
            voice: Voice::Nobody,
        })
    }

    /// Whom the words before a colon name. A question is no one's by name, an answer is filled in as the text goes.
    fn name_of(&self, name: Range<usize>) -> Voice {
        let last = name.end - 1;
        match self
            .cast
            .person_at(last)
            .or_else(|| self.person_of_word(self.body.tokens[last].folded))
        {
            Some(person) => Voice::Person(person, name),
            None => Voice::Unnamed(name),
        }
    }

    /// Adds what a line says, and remembers who said it. Letters for an answer mean the person the text spoke of before.
    pub(super) fn say_line(&self, line: &Line, memory: &mut Memory, found: &mut Vec<Quote>) {
        let answers = self.is_cue(line.name.start, CueKind::Answers) && line.name.len() <= 2;
        let voice = match (answers, memory.focus) {
            (true, Some(person)) if matches!(line.voice, Voice::Unnamed(_)) => Voice::Person(person, line.name.clone()),
            _ => line.voice.clone(),
        };
        let (Some(first), Some(last)) = (
            self.body.tokens.get(line.words.start),
            self.body.tokens.get(line.words.end.wrapping_sub(1)),
        ) else {
            return;
        };
        let bytes = first.start as usize..last.end as usize;
        let text = self.body.slice(line.words.clone());
        // Most transcripts have no quotation marks: then it is the speaker's turn, not a quote.
        let marks = ["\"", "“", "”", "„", "«", "»"];
        let direct = [line.words.start, line.words.end]
            .iter()
            .any(|&at| marks.contains(&self.body.word(at)));
        found.push(self.quote(text, bytes, &voice, None, "transcript", Certainty::Certain, direct));
        let asks = self.is_cue(line.name.start, CueKind::Asks) && line.name.len() <= 2;
        if !asks {
            memory.last = voice;
            memory.quoted_in = Some(line.paragraph);
            memory.colon = false;
        }
    }
}
