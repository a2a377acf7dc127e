//! Attributes quotes to speakers, and finds indirect speech: sentence by sentence, the reporting words and their subjects.

mod after;
mod before;
mod choose;
mod clause;
mod indirect;
mod memory;
mod reports;
mod sentences;
mod subject;
mod transcript;

use std::ops::Range;

use super::document::{Marks, Text};
use super::identity::Cast;
use super::quotes::QuoteSpan;
use crate::story::{Certainty, Person, Quote};
use crate::text::Kind;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};
use crate::vocabulary::speech::{Cue, CueKind};
use memory::Memory;
use sentences::Sentence;

/// The body with all that attribution needs.
struct Scene<'d, 't> {
    body: &'d Text<'t>,
    vocabulary: &'d Vocabulary,
    lists: Lists,
    cast: &'d Cast,
    quotes: &'d [QuoteSpan],
    /// The reporting word, pronoun or other small word that starts at each token.
    cues: Vec<Option<Cue>>,
    /// How many mentions, from the first on, are of one person alone.
    only_until: usize,
    /// The people of whom the story tells one word and nothing else: perhaps a company or a place.
    bare: Vec<bool>,
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

/// How many mentions back a word of a name is looked for.
const MENTIONS: usize = 200;

/// A voice with the rule that found it.
type Found = (Voice, &'static str, Certainty);

/// All quotes, direct and indirect, in the order of the text.
pub(super) fn attribute(
    body: &Text,
    vocabulary: &Vocabulary,
    lists: Lists,
    cast: &Cast,
    quotes: &[QuoteSpan],
) -> Vec<Quote> {
    let mut scene = Scene {
        cues: cues(body, vocabulary, lists),
        only_until: only_until(cast),
        bare: Vec::new(),
        body,
        vocabulary,
        lists,
        cast,
        quotes,
    };
    scene.bare = scene.bare();
    let mut memory = Memory::new();
    let mut found = Vec::new();
    let lines = scene.transcript();
    let mut next = lines.iter().peekable();
    for sentence in sentences::cut(body, vocabulary, lists, quotes) {
        while let Some(line) = next.next_if(|line| line.paragraph <= sentence.paragraph) {
            scene.say_line(line, &mut memory, &mut found);
        }
        let told = lines.binary_search_by_key(&sentence.paragraph, |line| line.paragraph);
        if told.is_err() {
            scene.sentence(&sentence, &mut memory, &mut found);
        }
    }
    found.sort_by_key(|quote| quote.start);
    found
}

fn only_until(cast: &Cast) -> usize {
    let first = cast.mentions.first().map(|mention| mention.person);
    let same = cast.mentions.iter().take_while(|mention| Some(mention.person) == first);
    same.count()
}

/// Every reporting word of the body; those inside quotes and furniture do not count.
fn cues(body: &Text, vocabulary: &Vocabulary, lists: Lists) -> Vec<Option<Cue>> {
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
        cues[at] = vocabulary.speech.cue_at(&body.tokens, at, lists);
        at += cues[at].map_or(1, |cue| cue.len);
    }
    cues
}

impl Scene<'_, '_> {
    fn is_quoted(&self, at: usize) -> bool {
        self.body.marks.get(at).is_some_and(|marks| marks.any(Marks::QUOTED))
    }

    /// Whether a word or phrase of that kind starts at token `at`.
    fn is_cue(&self, at: usize, kind: CueKind) -> bool {
        self.cues.get(at).copied().flatten().is_some_and(|cue| cue.is(kind))
    }

    /// The last person of whose name a word is a part.
    fn person_of_word(&self, folded: u64) -> Option<usize> {
        let mut mentions = self.cast.mentions.iter().rev().take(MENTIONS);
        let found = mentions.find(|mention| mention.tokens.clone().any(|at| self.body.tokens[at].folded == folded));
        found.map(|mention| mention.person)
    }

    /// For each person whether the story never gives more of them than one word, no title and no role. News names people in full
    /// at first, so that such a "person" is more often a company or a place. In Indonesian many people have one name.
    fn bare(&self) -> Vec<bool> {
        let single = |person: &Person| self.lists != Lists::Id && !person.value.contains([' ', '-', '.']);
        let mut bare: Vec<bool> = self.cast.people.iter().map(single).collect();
        for mention in &self.cast.mentions {
            if bare.get(mention.person) == Some(&true) {
                let (start, next) = (mention.tokens.start, mention.tokens.end);
                let title = (start.saturating_sub(3)..start).any(|at| self.traits(at).any(Traits::TITLE));
                let role = |at: usize| self.traits(at).any(Traits::TITLE | Traits::ROLE);
                let told =
                    mention.title.is_some() && title || self.body.word(next) == "," && (next + 1..next + 4).any(role);
                bare[mention.person] = !told;
            }
        }
        bare
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
            let chosen = self.choose(sentence, place, &reports);
            let (voice, rule, certain) = match chosen {
                Some((report, rule)) => (report.voice.clone(), rule, Certainty::Certain),
                None => self.inherit(sentence, quote, memory, spoke.as_ref()),
            };
            let cue = chosen.map(|(report, _)| report);
            used.extend(cue.map(|report| report.at));
            let titled = quote.is_title(self.body);
            if quote.words < 2 || titled || rule == "none" && !choose::stands_alone(sentence, quote) {
                continue;
            }
            if rule != "none" {
                spoke = Some(voice.clone());
            }
            found.push(self.direct(quote, &voice, rule, certain, cue));
        }
        used.sort_unstable();
        let heard = self.indirect(sentence, &reports, &used, found);
        self.remember(sentence, memory, spoke.or(heard));
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
        let bare = matches!(voice, Voice::Person(person, _) if self.bare.get(*person) == Some(&true));
        Quote {
            text: text.to_owned(),
            speaker,
            speaker_text: speaker_text.filter(|text| !text.is_empty()),
            direct,
            certain: if bare { Certainty::Uncertain } else { certain },
            cue: cue.map(|report| self.body.slice(report.at..report.end).to_owned()),
            rule: rule.to_owned(),
            start: bytes.start,
            end: bytes.end,
        }
    }
}

#[cfg(test)]
mod tests;
