//! The German Wikinews corpus of speech (Petersen-Frey and Biemann 2024): direct quotes with speaker, cue and frame.
//!
//! A gold quote is direct and has at least two words; it is found when four fifths of its bytes are. Its speaker is right when it
//! is the annotated one (a pronoun: the last named speaker before it, or the pronoun itself); precision is over certain quotes.

use std::collections::BTreeMap;
use std::path::Path;

use dateline::extract::Extractor;
use dateline::story::{Certainty, Filing, Quote};
use dateline::vocabulary::Vocabulary;

use super::agreement::{is_pronoun, overlap, speaker};

/// Quotes found and right, and how many there are.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) gold: usize,
    pub(crate) found: usize,
    pub(crate) hits: usize,
    /// Gold quotes with an annotated speaker.
    pub(crate) sourced: usize,
    pub(crate) certain: usize,
    pub(crate) right: usize,
    pub(crate) rules: BTreeMap<String, (usize, usize)>,
    pub(crate) misses: Vec<String>,
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

impl Outcome {
    pub(crate) fn precision(&self) -> f64 {
        ratio(self.hits, self.found)
    }

    pub(crate) fn recall(&self) -> f64 {
        ratio(self.hits, self.gold)
    }

    pub(crate) fn speaker_precision(&self) -> f64 {
        ratio(self.right, self.certain)
    }

    pub(crate) fn speaker_recall(&self) -> f64 {
        ratio(self.right, self.sourced)
    }
}

/// A direct quote of the gold in bytes, with all who are annotated as its speaker.
struct GoldQuote {
    range: (usize, usize),
    speakers: Vec<(usize, String)>,
}

/// Scores the stories of a file.
pub(crate) fn score(file: &Path) -> Outcome {
    let extractor = Extractor::new(Vocabulary::builtin());
    let mut outcome = Outcome::default();
    for line in std::fs::read_to_string(file).unwrap().lines() {
        let story: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = story["text"].as_str().unwrap_or_default();
        let (gold, named) = gold(&story, text);
        let mut filing = Filing::default();
        filing.ninjs.set_body(text);
        filing.ninjs.language = Some("de".into());
        let mut matched = vec![false; gold.len()];
        for quote in extractor.extract(&filing).quotes.iter().filter(|quote| quote.direct) {
            outcome.found += 1;
            let place = gold
                .iter()
                .position(|gold| overlap(gold.range, (quote.start, quote.end)) >= 0.8);
            if let Some(place) = place {
                matched[place] = true;
                outcome.hits += 1;
            }
            let agrees = place.is_some_and(|place| {
                gold[place].speakers.iter().any(|(at, source)| {
                    let antecedent = named
                        .iter()
                        .rfind(|(start, _)| start < at)
                        .map(|(_, name)| name.as_str());
                    speaker(quote, source, antecedent).holds()
                })
            });
            if place.is_some_and(|place| gold[place].speakers.is_empty()) {
                continue;
            }
            if quote.speaker.is_some() || quote.speaker_text.is_some() {
                let rule = outcome.rules.entry(quote.rule.clone()).or_default();
                rule.0 += usize::from(agrees);
                rule.1 += 1;
                if quote.certain == Certainty::Certain {
                    outcome.certain += 1;
                    outcome.right += usize::from(agrees);
                }
            }
            if !agrees {
                let speakers = place.map(|place| &gold[place].speakers[..]);
                outcome.misses.push(miss(text, quote, speakers));
            }
        }
        for (gold, matched) in gold.iter().zip(matched) {
            outcome.gold += 1;
            outcome.sourced += usize::from(!gold.speakers.is_empty());
            if !matched {
                outcome
                    .misses
                    .push(format!("- {}", around(text, gold.range.0, gold.range.1)));
            }
        }
    }
    outcome
}

/// A wrong quote as a line to read: "~" where the gold has it, "+" where it has not.
fn miss(text: &str, quote: &Quote, speakers: Option<&[(usize, String)]>) -> String {
    format!(
        "{} {:?} / {:?} {} {:?}, gold {speakers:?}: {}",
        if speakers.is_some() { "~" } else { "+" },
        quote.speaker.as_deref().unwrap_or("-"),
        quote.speaker_text.as_deref().unwrap_or("-"),
        quote.rule,
        quote.certain,
        around(text, quote.start, quote.end)
    )
}

fn around(text: &str, start: usize, end: usize) -> String {
    let from = text[..start].char_indices().rev().nth(130).map_or(0, |(at, _)| at);
    let to = text[end..]
        .char_indices()
        .nth(130)
        .map_or(text.len(), |(at, _)| end + at);
    format!("{}[[{}]]{}", &text[from..start], &text[start..end], &text[end..to]).replace('\n', "¶")
}

/// The direct quotes of a story, and all named speakers of any speech with their places. Offsets are characters.
fn gold(story: &serde_json::Value, text: &str) -> (Vec<GoldQuote>, Vec<(usize, String)>) {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let byte = |value: &serde_json::Value| value.as_u64().and_then(|at| bytes.get(at as usize).copied());
    let mut quotes: Vec<GoldQuote> = Vec::new();
    let mut named = Vec::new();
    for note in story["annotations"].as_array().into_iter().flatten() {
        let name = note["speaker"]["text"].as_str().unwrap_or_default();
        let speaker = byte(&note["speaker"]["spans"][0][0]).map(|at| (at, name.to_owned()));
        if let Some(speaker) = &speaker
            && !is_pronoun(name)
        {
            named.push(speaker.clone());
        }
        if note["type"] != "Direct" {
            continue;
        }
        for span in note["quote"]["spans"].as_array().into_iter().flatten() {
            let (Some(start), Some(end)) = (byte(&span[0]), byte(&span[1])) else {
                continue;
            };
            let marks = ['„', '“', '”', '"', '»', '«', '‚', '‘', ' '];
            let inside = text[start..end].trim_start_matches(marks);
            let start = end - inside.len();
            let end = start + inside.trim_end_matches(marks).len();
            if text[start..end].split_whitespace().count() < 2 {
                continue;
            }
            if let Some(same) = quotes.iter_mut().find(|quote| quote.range == (start, end)) {
                same.speakers.extend(speaker.clone());
            } else {
                quotes.push(GoldQuote {
                    range: (start, end),
                    speakers: speaker.clone().into_iter().collect(),
                });
            }
        }
    }
    named.sort();
    (quotes, named)
}

#[test]
fn german_quotes_have_their_speakers() {
    let Some(file) = crate::support::shared("corpora/quotes/de-wikinews/dev.jsonl") else {
        return;
    };
    let outcome = score(&file);
    eprintln!(
        "German Wikinews dev: quotes {:.3} / {:.3}, speakers {:.3} / {:.3}",
        outcome.precision(),
        outcome.recall(),
        outcome.speaker_precision(),
        outcome.speaker_recall()
    );
    assert!(outcome.precision() >= 0.87 && outcome.recall() >= 0.77);
    assert!(outcome.speaker_precision() >= 0.78, "{:?}", outcome.rules);
    assert!(outcome.speaker_recall() >= 0.62, "{:?}", outcome.rules);
}
