//! The language of a filing: its tag where that is plausible, else told from the headline and the first 1.5 KB.
//!
//! The script decides many languages; the others by a naive Bayes over frequent words and letter trigrams. A tag loses
//! to the text only when the text is long enough to be sure and speaks another language by a wide margin: feeds mark all
//! their items `en` whatever they carry. `und` when there is no tag, and too little text in a known language.

mod script;

use super::document::Text;
use crate::text::{Case, Kind};
use crate::vocabulary::languages::{Language, Languages};
use script::{is_letter, main_script};

/// How much of the text is read, in bytes.
const READ: usize = 1_500;
/// When its first bytes leave no doubt, the rest is not read.
const READ_FIRST: usize = 500;
/// A tag is overruled when the text's best language scores this many times the tagged one …
const OVERRULING_RATIO: f32 = 1.6;
/// … and this much by itself, about ten frequent words.
const OVERRULING_SCORE: f32 = 40.0;
/// When words alone lead by this much, trigrams are not asked.
const CLEAR_LEAD: f32 = 40.0;
/// How many bytes of the text the trigrams read.
const READ_TRIGRAMS: usize = 600;
/// Fewer words tell nothing: a name, a ticker, a heading.
const LEAST_WORDS: usize = 2;
/// What each of the first words scores at least, in the mean, …
const LEAST_SCORE: f32 = 1.5;
/// … as far as so many words.
const SCORED_WORDS: usize = 6;
/// One in so many words is among the most frequent ones of a language in running text; in tables, tickers and noise none is.
const ONE_FREQUENT_IN: usize = 10;
/// A sentence with fewer has so many letters in a word, …
const LETTERS_IN_WORD: usize = 4;
/// … and its letters score so much each. Noise scores half as much.
const LEAST_LETTER_SCORE: f32 = 0.25;
/// Capitals no longer than this may be tickers and acronyms, which look like short words.
const LONGEST_TICKER: u32 = 4;
/// Fewer letters of a script with one language only tell nothing.
const LEAST_LETTERS: usize = 2;

/// A filing's language, ISO 639-1 or `und`.
#[must_use]
pub(super) fn language(languages: &Languages, tag: Option<&str>, headline: &Text, body: &Text) -> &'static str {
    let tagged = tag.and_then(|tag| languages.of_tag(tag));
    let scores = Scores::of(languages, headline, body);
    let Some(best) = scores.best() else {
        return tagged.map_or("und", |language| language.id);
    };
    match tagged {
        Some(tagged) if !scores.overrule(tagged, best) => tagged.id,
        _ => best.0.id,
    }
}

/// What the text says for each language of its script.
struct Scores<'l> {
    languages: &'l Languages,
    script: &'static str,
    letters: usize,
    words: usize,
    of: Vec<f32>,
    /// How many of the words are frequent in a language.
    frequent: Vec<usize>,
}

impl<'l> Scores<'l> {
    fn of(languages: &'l Languages, headline: &Text, body: &Text) -> Self {
        let start = (start_of(headline.text, READ / 3), start_of(body.text, READ));
        let (script, letters) = main_script([start.0, start.1]);
        let mut scores = Self {
            languages,
            script,
            letters,
            words: 0,
            of: vec![0.0; languages.len()],
            frequent: vec![0; languages.len()],
        };
        if scores.candidates().nth(1).is_some() {
            for (at, language) in languages.all().iter().enumerate() {
                scores.of[at] = language.prior;
            }
            scores.add_words(headline, 0, start.0.len());
            scores.add_words(body, 0, READ_FIRST);
            if scores.lead(true) < CLEAR_LEAD {
                scores.add_words(body, READ_FIRST, READ);
            }
            if scores.lead(false) < CLEAR_LEAD {
                scores.add_trigrams(start.0);
                scores.add_trigrams(start_of(body.text, READ_TRIGRAMS));
            }
        }
        scores
    }

    /// The languages written in the text's script, with their places.
    fn candidates(&self) -> impl Iterator<Item = (usize, &'l Language)> {
        let script = self.script;
        let all = self.languages.all().iter().enumerate();
        all.filter(move |(_, language)| language.script == script)
    }

    fn add(&mut self, weights: &[(u8, f32)]) {
        for &(language, weight) in weights {
            self.of[usize::from(language)] += weight;
        }
    }

    /// Adds the words that start in these bytes.
    fn add_words(&mut self, text: &Text, from: usize, to: usize) {
        let first = text.tokens.partition_point(|token| (token.start as usize) < from);
        for token in &text.tokens[first..] {
            if token.start as usize >= to {
                break;
            }
            if token.kind != Kind::Word {
                continue;
            }
            self.words += 1;
            let weights = self.languages.word_as_written(token.of(text.text), token.folded);
            self.add(weights);
            let capitals = token.case == Case::AllCapitals || token.end - token.start == 1;
            if !capitals || token.end - token.start > LONGEST_TICKER {
                for &(language, _) in weights {
                    self.frequent[usize::from(language)] += 1;
                }
            }
        }
    }

    fn add_trigrams(&mut self, text: &str) {
        let mut window = ['_'; 3];
        let mut lower = String::with_capacity(4);
        for c in text.chars().chain([' ']) {
            lower.clear();
            if is_letter(c) {
                push_lower(c, &mut lower);
            } else if window[2] != '_' {
                lower.push('_');
            }
            for next in lower.chars() {
                window = [window[1], window[2], if next == 'ی' { 'ي' } else { next }];
                self.add(self.languages.trigram(window));
            }
        }
    }

    /// How far the best language is before the second; or before the second with other trigrams than its own.
    fn lead(&self, of_relatives: bool) -> f32 {
        let Some((best, at)) = self.first() else { return 0.0 };
        let others = self
            .candidates()
            .filter(|&(other, language)| other != at && (of_relatives || language.family != best.family));
        let second = others.map(|(other, _)| self.of[other]).fold(0.0, f32::max);
        self.of[at] - second
    }

    /// The best language and its place; the list's order breaks a tie.
    fn first(&self) -> Option<(&'l Language, usize)> {
        let mut best: Option<(&Language, usize)> = None;
        for (at, language) in self.candidates() {
            if best.is_none_or(|(_, before)| self.of[at] > self.of[before]) {
                best = Some((language, at));
            }
        }
        best
    }

    /// The best language and its score, if the text says enough.
    fn best(&self) -> Option<(&'l Language, f32)> {
        let (best, at) = self.first()?;
        let score = self.of[at];
        let only = self.candidates().nth(1).is_none();
        let enough = if only {
            self.letters >= LEAST_LETTERS
        } else {
            self.words >= LEAST_WORDS
                && score >= LEAST_SCORE * self.words.min(SCORED_WORDS) as f32
                && (self.frequent[at] * ONE_FREQUENT_IN >= self.words || self.is_like(score))
        };
        enough.then_some((best, score))
    }

    /// Whether the letters stand beside each other as they do in the best language, whatever the words.
    fn is_like(&self, score: f32) -> bool {
        self.letters >= LETTERS_IN_WORD * self.words && score >= LEAST_LETTER_SCORE * self.letters as f32
    }

    /// Whether the text plainly speaks another language than it is tagged with.
    fn overrule(&self, tagged: &Language, (best, score): (&Language, f32)) -> bool {
        if best.id == tagged.id || tagged.script == "-" {
            return false;
        }
        if tagged.script != self.script {
            return self.letters >= 40;
        }
        let all = self.languages.all().iter();
        let tagged_score = all.zip(&self.of).find(|(language, _)| language.id == tagged.id);
        score >= OVERRULING_SCORE && score > tagged_score.map_or(0.0, |(_, score)| *score) * OVERRULING_RATIO
    }
}

fn push_lower(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else {
        out.extend(c.to_lowercase());
    }
}

/// The first bytes of a text, cut between letters.
fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests;
