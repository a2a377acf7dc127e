//! Which reporting word a quote belongs to, and whose words it is where its sentence has none.

use super::memory::Memory;
use super::sentences::Sentence;
use super::subject::Subject;
use super::{Found, Report, Scene, Voice};
use crate::extract::quotes::QuoteSpan;
use crate::story::Certainty;
use crate::text::Kind;
use crate::vocabulary::names::Lists;
use crate::vocabulary::speech::CueKind;

/// How many denied reports are passed over on each side of a quote.
const PASSED_OVER: usize = 6;
/// How far behind a quote the name of its speaker may stand where no known verb tells, in tokens.
const NAME_AFTER: usize = 5;
/// The most words of a name behind a dash.
const NAME_WORDS: usize = 5;

impl Scene<'_, '_> {
    /// The report that a quote belongs to, and the rule. `place` is the quote's in the list.
    pub(super) fn choose<'r>(
        &self,
        sentence: &Sentence,
        place: usize,
        reports: &'r [Report],
    ) -> Option<(&'r Report, &'static str)> {
        let quote = self.quotes.get(place)?;
        let inside = self.body.text.get(quote.bytes.clone()).unwrap_or_default();
        let goes_on = inside.ends_with([',', '?', '!', '…', '-', '–', '—']);
        let opens = !(sentence.tokens.start..quote.tokens.start).any(|at| self.body.tokens[at].kind == Kind::Word);
        let (before, after) = {
            let after = reports.partition_point(|report| report.at < quote.tokens.end);
            let before = reports.partition_point(|report| report.end <= quote.tokens.start);
            (&reports[..before], &reports[after..])
        };
        let next_quote = self.quotes.get(place + 1).map_or(usize::MAX, |next| next.tokens.start);
        let any_right = after.iter().take(PASSED_OVER).find(|report| !report.denied);
        let right = any_right.filter(|report| report.at < next_quote);
        let left = before.iter().rev().take(PASSED_OVER).find(|report| !report.denied);
        // "X said, “…,” when Y left.": what introduces the quote outweighs what follows it.
        let before = quote.tokens.start.checked_sub(1);
        let introduced = !opens && left.is_some() && before.is_some_and(|at| matches!(self.body.word(at), "," | ":"));
        let (first, second) = if (goes_on || opens) && !introduced {
            (right.map(|r| (r, "cue-after")), left.map(|r| (r, "cue-before")))
        } else {
            (left.map(|r| (r, "cue-before")), right.map(|r| (r, "cue-after")))
        };
        let both = [first, second, any_right.map(|r| (r, "cue-in-sentence"))];
        both.into_iter()
            .flatten()
            .find(|(report, _)| report.voice != Voice::Nobody)
            .or(first)
            .or(second)
    }

    /// The speaker of a quote whose sentence has no report of its own.
    pub(super) fn inherit(
        &self,
        sentence: &Sentence,
        quote: &QuoteSpan,
        memory: &Memory,
        spoke: Option<&Voice>,
    ) -> Found {
        if let Some(voice) = self.behind_dash(sentence, quote) {
            return (voice, "dash", Certainty::Certain);
        }
        if let Some(voice) = spoke {
            return (voice.clone(), "same-sentence", Certainty::Certain);
        }
        if !stands_alone(sentence, quote) {
            return self.unannounced(sentence, quote, memory);
        }
        if memory.last == Voice::Nobody {
            return (Voice::Nobody, "none", Certainty::Uncertain);
        }
        let voice = memory.last.clone();
        if memory.colon {
            return (voice, "colon", Certainty::Certain);
        }
        match memory.quoted_in {
            Some(paragraph) if paragraph == sentence.paragraph => (voice, "same-paragraph", Certainty::Certain),
            Some(_) if quote.continues => (voice, "goes-on", Certainty::Certain),
            Some(paragraph) if paragraph + 2 >= sentence.paragraph => (voice, "next-paragraph", Certainty::Uncertain),
            _ if memory.reported_in == Some(sentence.paragraph) => (voice, "said-before", Certainty::Certain),
            _ if memory.reported_in.is_some() => (voice, "said-above", Certainty::Uncertain),
            _ => (voice, "last-speaker", Certainty::Uncertain),
        }
    }

    /// "“…” — Anna Velkova": the name behind a dash signs the words.
    fn behind_dash(&self, sentence: &Sentence, quote: &QuoteSpan) -> Option<Voice> {
        let dash = quote.tokens.end;
        if !matches!(self.body.word(dash), "—" | "―" | "–" | "-" | "--") || dash >= sentence.tokens.end {
            return None;
        }
        let mut end = sentence.tokens.end;
        while end > dash + 1 && self.body.tokens[end - 1].kind == Kind::Mark {
            end -= 1;
        }
        let name = dash + 1..end;
        if let Some(mention) = self.cast.mention_at(dash + 1) {
            return Some(Voice::Person(mention.person, mention.tokens.clone()));
        }
        let capital = |at: usize| self.body.tokens[at].is_capital(self.body.text) || self.body.word(at) == ".";
        let signs = !name.is_empty() && name.len() <= NAME_WORDS && name.clone().all(capital);
        signs.then_some(Voice::Unnamed(name))
    }

    /// A quote inside a sentence that no reporting word announces: "X scolded him: “…”"; in German, speech told in the
    /// subjunctive goes on with the words of whoever spoke last.
    fn unannounced(&self, sentence: &Sentence, quote: &QuoteSpan, memory: &Memory) -> Found {
        let colon = quote
            .tokens
            .start
            .checked_sub(1)
            .filter(|&at| self.body.word(at) == ":");
        if let Some(colon) = colon.filter(|&at| at > sentence.tokens.start) {
            return match self.opening_subject(sentence, colon) {
                Some(Subject::Person(person, tokens)) => {
                    (Voice::Person(person, tokens), "colon-subject", Certainty::Certain)
                }
                Some(Subject::Pronoun(at)) => {
                    let voice = self.pronoun(sentence, at, CueKind::Pronoun, memory);
                    (voice, "colon-subject", Certainty::Certain)
                }
                Some(Subject::Other(tokens)) if tokens.len() <= 8 => {
                    (Voice::Unnamed(tokens), "colon-subject", Certainty::Uncertain)
                }
                _ => (Voice::Nobody, "none", Certainty::Uncertain),
            };
        }
        if let Some(voice) = self.named_after(sentence, quote) {
            return (voice, "name-after", Certainty::Certain);
        }
        let told = self.lists == Lists::De
            && memory
                .reported_in
                .is_some_and(|paragraph| paragraph + 1 >= sentence.paragraph)
            && sentence
                .tokens
                .clone()
                .take(60)
                .any(|at| !self.is_quoted(at) && self.is_cue(at, CueKind::Told));
        if told && matches!(memory.last, Voice::Person(..)) {
            let near = memory.reported_in == Some(sentence.paragraph);
            let certain = if near { Certainty::Certain } else { Certainty::Uncertain };
            return (memory.last.clone(), "subjunctive", certain);
        }
        (Voice::Nobody, "none", Certainty::Uncertain)
    }

    /// "“…,” an angry X retorted", "“…,” retorted X": a quote that opens its sentence and goes on with a name, whatever the verb.
    fn named_after(&self, sentence: &Sentence, quote: &QuoteSpan) -> Option<Voice> {
        let inside = self.body.text.get(quote.bytes.clone()).unwrap_or_default();
        let next = quote.tokens.end;
        let comma = self.body.word(next) == ",";
        if quote.tokens.start != sentence.tokens.start || !(comma || inside.ends_with([',', '?', '!'])) {
            return None;
        }
        let from = next + usize::from(comma);
        let reach = sentence.tokens.end.min(from + NAME_AFTER);
        for at in from..reach {
            if self.is_quoted(at) || self.body.tokens[at].kind == Kind::Mark && self.body.word(at) != "." {
                return None;
            }
            if let Some(person) = self.cast.person_at(at) {
                return match self.named(person, at) {
                    Subject::Person(person, tokens) => Some(Voice::Person(person, tokens)),
                    Subject::Other(tokens) => Some(Voice::Unnamed(tokens)),
                    _ => None,
                };
            }
            if self.is_cue(at, CueKind::Clause) {
                return None;
            }
        }
        None
    }
}

/// Whether a sentence is nothing but quotes.
pub(super) const fn stands_alone(sentence: &Sentence, quote: &QuoteSpan) -> bool {
    quote.words >= 2 && sentence.only_quotes
}
