//! Attributes quotes to speakers, and finds indirect speech: sentence by sentence, the reporting words and their subjects.

mod indirect;
mod reports;
mod sentences;
mod subject;

use std::ops::Range;

use super::document::{Marks, Text};
use super::identity::Cast;
use super::quotes::QuoteSpan;
use crate::story::{Certainty, Quote};
use crate::text::Kind;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};
use crate::vocabulary::speech::CueKind;
use sentences::Sentence;

/// The body with all that attribution needs.
struct Scene<'d, 't> {
    body: &'d Text<'t>,
    vocabulary: &'d Vocabulary,
    lists: Lists,
    cast: &'d Cast,
    quotes: &'d [QuoteSpan],
    /// The reporting word, pronoun or adverb that starts at each token, and its length.
    cues: Vec<Option<(CueKind, usize)>>,
}

/// A reporting word with its subject.
#[derive(Debug, Clone)]
struct Report {
    /// Its first token.
    at: usize,
    /// The token after it.
    end: usize,
    kind: CueKind,
    voice: Voice,
    /// "did not say", "tidak bisa mengonfirmasi": nothing was said.
    denied: bool,
}

/// Whose words: told apart so that an unnamed speaker is not taken for the last named one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Voice {
    Person(usize, Range<usize>),
    Unnamed(Range<usize>),
    Nobody,
}

/// Who has spoken so far, and who is spoken of.
#[derive(Debug, Clone)]
struct Memory {
    /// The last voice of a quote or report.
    last: Voice,
    /// Whom a pronoun means.
    focus: Option<usize>,
    /// The paragraph of the last attributed quote.
    quoted_in: Option<usize>,
    /// Whether the last voice was unnamed and was quoted word for word: a pronoun then means it.
    unnamed_quoted: bool,
    /// Whether the sentence before had a report or an attributed quote.
    reported: bool,
    /// Whether the sentence before ended in a colon.
    colon: bool,
}

/// All quotes, direct and indirect, in the order of the text.
pub(super) fn attribute(
    body: &Text,
    vocabulary: &Vocabulary,
    lists: Lists,
    cast: &Cast,
    quotes: &[QuoteSpan],
) -> Vec<Quote> {
    let scene = Scene {
        cues: cues(body, vocabulary, lists),
        body,
        vocabulary,
        lists,
        cast,
        quotes,
    };
    let mut memory = Memory {
        last: Voice::Nobody,
        focus: None,
        quoted_in: None,
        unnamed_quoted: false,
        reported: false,
        colon: false,
    };
    let mut found = Vec::new();
    for sentence in sentences::cut(body, vocabulary, lists, quotes) {
        scene.sentence(&sentence, &mut memory, &mut found);
    }
    found.sort_by_key(|quote| quote.start);
    found
}

/// Every reporting word of the body; those inside quotes and furniture do not count.
fn cues(body: &Text, vocabulary: &Vocabulary, lists: Lists) -> Vec<Option<(CueKind, usize)>> {
    let silent = Marks::FURNITURE
        .with(Marks::DATELINE)
        .with(Marks::CREDIT)
        .with(Marks::QUOTED);
    let mut cues = vec![None; body.tokens.len()];
    let mut at = 0;
    while at < cues.len() {
        if body.tokens[at].kind != Kind::Word || body.marks[at].any(silent) {
            at += 1;
            continue;
        }
        cues[at] = vocabulary.speech.at(&body.tokens, at, lists);
        at += cues[at].map_or(1, |(_, len)| len);
    }
    cues
}

impl Scene<'_, '_> {
    fn is_quoted(&self, at: usize) -> bool {
        self.body.marks.get(at).is_some_and(|marks| marks.any(Marks::QUOTED))
    }

    fn is_source(&self, at: usize) -> bool {
        self.body.marks.get(at).is_some_and(|marks| marks.any(Marks::SOURCE))
    }

    fn traits(&self, at: usize) -> Traits {
        let token = self.body.tokens.get(at);
        token.map_or(Traits::default(), |token| {
            self.vocabulary.names.traits(token, self.lists)
        })
    }

    /// Attributes the quotes of a sentence, reports its indirect speech, and remembers who spoke.
    fn sentence(&self, sentence: &Sentence, memory: &mut Memory, found: &mut Vec<Quote>) {
        let reports = self.reports(sentence, memory);
        let mut spoke: Option<Voice> = None;
        let mut used: Vec<usize> = Vec::new();
        for place in sentence.quotes.clone() {
            let Some(quote) = self.quotes.get(place) else { continue };
            let chosen = self.choose(sentence, quote, &reports);
            let (voice, rule, certain, cue) = match chosen {
                Some((report, rule)) => {
                    used.push(report.at);
                    (report.voice.clone(), rule, Certainty::Certain, Some(report))
                }
                None => self.inherit(sentence, quote, memory, spoke.as_ref()),
            };
            if quote.words < 2 || cue.is_none() && rule == "none" && !self.stands_alone(sentence, quote) {
                continue;
            }
            if rule != "none" {
                spoke = Some(voice.clone());
            }
            found.push(self.direct(quote, &voice, rule, certain, cue));
        }
        let heard = self.indirect(sentence, &reports, &used, found);
        self.remember(sentence, memory, spoke.or(heard));
    }

    /// The report that a quote belongs to, and the rule.
    fn choose<'r>(
        &self,
        sentence: &Sentence,
        quote: &QuoteSpan,
        reports: &'r [Report],
    ) -> Option<(&'r Report, &'static str)> {
        let inside = self.body.text.get(quote.bytes.clone()).unwrap_or_default();
        let goes_on = inside.ends_with([',', '?', '!', '…', '-', '–']);
        let opens = quote.tokens.start == sentence.tokens.start
            || !(sentence.tokens.start..quote.tokens.start).any(|at| self.body.tokens[at].kind == Kind::Word);
        let right = reports.iter().find(|report| {
            report.at >= quote.tokens.end && !report.denied && !self.quote_between(quote.tokens.end, report.at)
        });
        let left = reports
            .iter()
            .rev()
            .find(|report| report.end <= quote.tokens.start && !report.denied);
        let any_right = reports
            .iter()
            .find(|report| report.at >= quote.tokens.end && !report.denied);
        let known = |report: &&Report| report.voice != Voice::Nobody;
        let (first, second) = if goes_on || opens {
            (right.map(|r| (r, "cue-after")), left.map(|r| (r, "cue-before")))
        } else {
            (left.map(|r| (r, "cue-before")), right.map(|r| (r, "cue-after")))
        };
        let both = [first, second, any_right.map(|r| (r, "cue-in-sentence"))];
        both.into_iter()
            .flatten()
            .find(|(report, _)| known(report))
            .or(first)
            .or(second)
    }

    fn quote_between(&self, from: usize, to: usize) -> bool {
        self.quotes
            .iter()
            .any(|quote| quote.tokens.start >= from && quote.tokens.end <= to)
    }

    /// The speaker of a quote whose sentence has no report of its own.
    fn inherit<'r>(
        &self,
        sentence: &Sentence,
        quote: &QuoteSpan,
        memory: &Memory,
        spoke: Option<&Voice>,
    ) -> (Voice, &'static str, Certainty, Option<&'r Report>) {
        if let Some(voice) = spoke {
            return (voice.clone(), "same-sentence", Certainty::Certain, None);
        }
        if !self.stands_alone(sentence, quote) || memory.last == Voice::Nobody {
            return (Voice::Nobody, "none", Certainty::Uncertain, None);
        }
        let voice = memory.last.clone();
        if memory.colon {
            return (voice, "colon", Certainty::Certain, None);
        }
        match memory.quoted_in {
            Some(paragraph) if paragraph == sentence.paragraph => (voice, "same-paragraph", Certainty::Certain, None),
            Some(paragraph) if paragraph + 2 >= sentence.paragraph => (voice, "goes-on", Certainty::Certain, None),
            _ if memory.reported => (voice, "said-before", Certainty::Uncertain, None),
            _ => (voice, "last-speaker", Certainty::Uncertain, None),
        }
    }

    /// Whether a sentence is nothing but quotes.
    fn stands_alone(&self, sentence: &Sentence, quote: &QuoteSpan) -> bool {
        let outside = sentence
            .tokens
            .clone()
            .filter(|&at| !self.is_quoted(at) && self.body.tokens[at].kind == Kind::Word);
        quote.words >= 2 && outside.count() == 0
    }

    fn direct(&self, quote: &QuoteSpan, voice: &Voice, rule: &str, certain: Certainty, cue: Option<&Report>) -> Quote {
        let text = self.body.text.get(quote.bytes.clone()).unwrap_or_default();
        self.quote(text, quote.bytes.clone(), voice, cue, rule, certain, true)
    }

    #[expect(clippy::too_many_arguments, reason = "one place that fills a quote's fields")]
    fn quote(
        &self,
        text: &str,
        bytes: Range<usize>,
        voice: &Voice,
        cue: Option<&Report>,
        rule: &str,
        certain: Certainty,
        direct: bool,
    ) -> Quote {
        let (speaker, speaker_text) = match voice {
            Voice::Person(person, tokens) => {
                let value = self.cast.people.get(*person).map(|person| person.value.clone());
                (value, Some(self.body.slice(tokens.clone()).to_owned()))
            }
            Voice::Unnamed(tokens) => (None, Some(self.body.slice(tokens.clone()).to_owned())),
            Voice::Nobody => (None, None),
        };
        Quote {
            text: text.to_owned(),
            speaker,
            speaker_text: speaker_text.filter(|text| !text.is_empty()),
            direct,
            certain,
            cue: cue.map(|report| self.body.slice(report.at..report.end).to_owned()),
            rule: rule.to_owned(),
            start: bytes.start,
            end: bytes.end,
        }
    }

    /// Keeps who spoke and who is spoken of for the next sentence.
    fn remember(&self, sentence: &Sentence, memory: &mut Memory, spoke: Option<Voice>) {
        memory.reported = spoke.as_ref().is_some_and(|voice| *voice != Voice::Nobody);
        if !sentence.quotes.is_empty() && memory.reported {
            memory.quoted_in = Some(sentence.paragraph);
        } else if sentence.quotes.is_empty() {
            memory.quoted_in = None;
        }
        memory.colon = sentence
            .tokens
            .end
            .checked_sub(1)
            .is_some_and(|last| self.body.word(last) == ":");
        match &spoke {
            Some(Voice::Unnamed(_)) => memory.unnamed_quoted = !sentence.quotes.is_empty(),
            Some(Voice::Person(..)) => memory.unnamed_quoted = false,
            _ => {}
        }
        match spoke {
            Some(Voice::Person(person, tokens)) => {
                memory.focus = Some(person);
                memory.last = Voice::Person(person, tokens);
            }
            Some(Voice::Unnamed(tokens)) => memory.last = Voice::Unnamed(tokens),
            Some(Voice::Nobody) | None => self.focus_on_subject(sentence, memory),
        }
    }

    /// Without a report, the person who opens a sentence comes into focus.
    fn focus_on_subject(&self, sentence: &Sentence, memory: &mut Memory) {
        let opens = sentence.tokens.start..sentence.tokens.end.min(sentence.tokens.start + 3);
        if opens
            .into_iter()
            .any(|at| matches!(self.cues[at], Some((CueKind::Pronoun, _))))
        {
            return;
        }
        if let Some(Voice::Person(person, tokens)) = self.first_person(sentence, sentence.tokens.end)
            && tokens.start < sentence.tokens.start + 12
        {
            memory.focus = Some(person);
            if memory.colon {
                memory.last = Voice::Person(person, tokens);
            }
        }
    }
}

#[cfg(test)]
mod tests;
