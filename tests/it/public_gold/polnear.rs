//! `PolNeAR` (Newell and others 2018): who is quoted in American political news. Brat annotation: source, cue, content.
//!
//! A gold quote is a stretch of at least four words between double marks that lies in an annotated content; its source is that of
//! the narrowest such content. It is found when four fifths of its bytes are, and right when its speaker agrees with the source.
//! Precision is over the certain quotes of four words that have a speaker, named or not, recall over all gold quotes.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use dateline::extract::Extractor;
use dateline::story::{Certainty, Filing, Quote};
use dateline::vocabulary::Vocabulary;

use super::agreement::{Agreement, is_pronoun, overlap, speaker};

/// The fewest words of a quote that counts.
const LEAST_WORDS: usize = 4;

/// A few annotations have source and cue exchanged: a source that is one of these is the cue.
const CUES: [&str; 4] = ["said", "says", "added", "asked"];

/// Quotes found and right, and how many there are.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) gold: usize,
    /// Gold quotes whose stretch was found.
    pub(crate) found: usize,
    pub(crate) certain: usize,
    pub(crate) right: usize,
    /// Right ones whose pronoun means another than the last named source, or whose antecedent is not told.
    pub(crate) loose: usize,
    /// By rule: how many of its quotes are right, and how many there are; uncertain ones are in it too.
    pub(crate) rules: BTreeMap<String, (usize, usize)>,
    pub(crate) misses: Vec<String>,
}

impl Outcome {
    pub(crate) fn precision(&self) -> f64 {
        self.right as f64 / self.certain.max(1) as f64
    }

    pub(crate) fn recall(&self) -> f64 {
        self.right as f64 / self.gold.max(1) as f64
    }
}

/// A content with its source, as ranges of bytes.
struct Attribution {
    source: Option<(usize, usize)>,
    content: Vec<(usize, usize)>,
}

/// A quote of the gold: its place, and its source where that is annotated.
struct GoldQuote {
    range: (usize, usize),
    source: Option<(usize, usize)>,
}

/// Scores every story of a split.
pub(crate) fn score(split: &Path) -> Outcome {
    let extractor = Extractor::new(Vocabulary::builtin());
    let mut outcome = Outcome::default();
    // A story that several people annotated is scored against the first of them.
    let annotations = files(&split.join("attributions"));
    for path in files(&split.join("text")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let file = path.file_name().unwrap().to_string_lossy();
        let name = file.trim_end_matches(".txt").to_owned();
        let Some(notes) = annotations.iter().find(|notes| {
            let notes = notes.file_name().unwrap().to_string_lossy();
            notes.rsplit_once('_').is_some_and(|(story, _)| story == name)
        }) else {
            continue;
        };
        let attributions = attributions(&std::fs::read_to_string(notes).unwrap(), &text);
        let mut filing = Filing::default();
        filing.ninjs.set_body(text.as_str());
        let quotes = extractor.extract(&filing).quotes;
        add(&mut outcome, &name, &text, &attributions, &quotes);
    }
    outcome
}

/// The files of a folder by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

fn add(outcome: &mut Outcome, name: &str, text: &str, attributions: &[Attribution], quotes: &[Quote]) {
    let gold = gold_quotes(text, attributions);
    let found: Vec<&Quote> = quotes
        .iter()
        .filter(|quote| quote.direct && word_count(&quote.text) >= LEAST_WORDS)
        .collect();
    let stretches = stretches(text);
    let mut matched = vec![false; gold.len()];
    for quote in &found {
        let place = gold
            .iter()
            .position(|gold| overlap(gold.range, (quote.start, quote.end)) >= 0.8);
        // Lines of an interview printed without marks are outside this measure.
        let marked = |range: &(usize, usize)| range.0 < quote.end && quote.start < range.1;
        if place.is_none() && !stretches.iter().any(marked) {
            continue;
        }
        let source = place.and_then(|place| gold[place].source);
        if place.is_some() && source.is_none() {
            continue;
        }
        let agreement = source.map_or(Agreement::Other, |source| {
            speaker(quote, &text[source.0..source.1], antecedent(text, attributions, source))
        });
        if let Some(place) = place {
            matched[place] = true;
            outcome.found += 1;
        }
        let has_speaker = quote.speaker.is_some() || quote.speaker_text.is_some();
        if has_speaker {
            let rule = outcome.rules.entry(quote.rule.clone()).or_default();
            rule.0 += usize::from(agreement.holds());
            rule.1 += 1;
        }
        if has_speaker && quote.certain == Certainty::Certain {
            outcome.certain += 1;
            outcome.right += usize::from(agreement.holds());
            outcome.loose += usize::from(agreement == Agreement::SamePronoun);
        }
        if !agreement.holds() {
            let source = source.map(|source| &text[source.0..source.1]);
            outcome.misses.push(miss(name, text, quote, place.is_some(), source));
        }
    }
    for (gold, matched) in gold.iter().zip(&matched) {
        let Some(source) = gold.source else { continue };
        outcome.gold += 1;
        if !matched {
            outcome.misses.push(format!(
                "{name} - gold {:?}: {}",
                &text[source.0..source.1],
                around(text, gold.range.0, gold.range.1)
            ));
        }
    }
}

/// A wrong quote as a line to read: "~" where the gold has it, "+" where it has not.
fn miss(name: &str, text: &str, quote: &Quote, found: bool, source: Option<&str>) -> String {
    format!(
        "{name} {} {:?} {} {:?} / {:?} cue {:?}, gold {source:?}: {}",
        if found { "~" } else { "+" },
        quote.certain,
        quote.rule,
        quote.speaker.as_deref().unwrap_or("-"),
        quote.speaker_text.as_deref().unwrap_or("-"),
        quote.cue.as_deref().unwrap_or("-"),
        around(text, quote.start, quote.end)
    )
}

/// The last named source before one.
fn antecedent<'t>(text: &'t str, attributions: &[Attribution], source: (usize, usize)) -> Option<&'t str> {
    let before = attributions.iter().filter_map(|attribution| attribution.source);
    before
        .filter(|other| other.1 <= source.0)
        .map(|other| (other.0, &text[other.0..other.1]))
        .filter(|(_, other)| !is_pronoun(other) && other.split(' ').any(|word| word.starts_with(char::is_uppercase)))
        .max_by_key(|(start, _)| *start)
        .map(|(_, other)| other)
}

fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

fn around(text: &str, start: usize, end: usize) -> String {
    let from = text[..start].char_indices().rev().nth(140).map_or(0, |(at, _)| at);
    let to = text[end..]
        .char_indices()
        .nth(110)
        .map_or(text.len(), |(at, _)| end + at);
    format!("{}[[{}]]{}", &text[from..start], &text[start..end], &text[end..to]).replace('\n', "¶")
}

/// Reads the brat file: `T` lines are spans, `E` lines tie them together. Its offsets are characters.
fn attributions(notes: &str, text: &str) -> Vec<Attribution> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut spans: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    let mut found = Vec::new();
    for line in notes.lines() {
        let mut cells = line.split('\t');
        let (Some(id), Some(body)) = (cells.next(), cells.next()) else {
            continue;
        };
        if id.starts_with('T') {
            let Some((_, ranges)) = body.split_once(' ') else {
                continue;
            };
            let ranges = ranges.split(';').filter_map(|range| {
                let (start, end) = range.split_once(' ')?;
                Some((
                    *bytes.get(start.parse::<usize>().ok()?)?,
                    *bytes.get(end.parse::<usize>().ok()?)?,
                ))
            });
            spans.insert(id, ranges.collect());
        } else if id.starts_with('E') {
            let mut attribution = Attribution {
                source: None,
                content: Vec::new(),
            };
            let mut cue = None;
            for (role, span) in body.split(' ').filter_map(|part| part.split_once(':')) {
                let Some(ranges) = spans.get(span) else { continue };
                if role.starts_with("Source") {
                    attribution.source = ranges.first().zip(ranges.last()).map(|(first, last)| (first.0, last.1));
                } else if role.starts_with("Cue") {
                    cue = ranges.first().copied();
                } else if role.starts_with("Content") {
                    attribution.content.extend(ranges);
                }
            }
            if attribution
                .source
                .is_some_and(|source| CUES.contains(&&text[source.0..source.1]))
            {
                attribution.source =
                    cue.filter(|cue: &(usize, usize)| text[cue.0..cue.1].starts_with(char::is_uppercase));
            }
            found.push(attribution);
        }
    }
    found
}

/// The stretches between double marks that lie in a content.
fn gold_quotes(text: &str, attributions: &[Attribution]) -> Vec<GoldQuote> {
    let mut found = Vec::new();
    for stretch in stretches(text) {
        let length = stretch.1 - stretch.0;
        let covered = |attribution: &Attribution| -> usize {
            let shared = attribution
                .content
                .iter()
                .map(|part| part.1.min(stretch.1).saturating_sub(part.0.max(stretch.0)));
            shared.sum()
        };
        let size =
            |attribution: &Attribution| -> usize { attribution.content.iter().map(|part| part.1 - part.0).sum() };
        let best = attributions
            .iter()
            .filter(|attribution| {
                let inside = attribution
                    .source
                    .is_some_and(|s| s.0 > stretch.0 + 2 && s.1 <= stretch.1);
                !inside && covered(attribution) * 10 >= length * 7
            })
            .min_by_key(|attribution| size(attribution));
        let Some(best) = best else { continue };
        // "NAME: words" in marks: the words are the quote.
        let first = best
            .content
            .iter()
            .map(|part| part.0)
            .filter(|start| *start > stretch.0);
        let within = best
            .source
            .is_some_and(|source| source.0 >= stretch.0 && source.1 <= stretch.1);
        let start = if within {
            first.min().unwrap_or(stretch.0)
        } else {
            stretch.0
        };
        if word_count(&text[start..stretch.1]) >= LEAST_WORDS {
            found.push(GoldQuote {
                range: (start, stretch.1),
                source: best.source,
            });
        }
    }
    found
}

/// Everything between double marks; a mark left open ends with its line.
fn stretches(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut line_start = 0;
    for line in text.split('\n') {
        let mut open: Option<(usize, bool)> = None;
        let mut before = ' ';
        for (at, c) in line.char_indices() {
            let place = line_start + at;
            let opens = c == '“' || c == '"' && (before.is_whitespace() || "([—–-:'‘".contains(before));
            match open {
                None if opens => open = Some((place + c.len_utf8(), c == '"')),
                Some((start, straight)) if (c == '”' && !straight) || (c == '"' && (straight || !opens)) => {
                    found.push((start, place));
                    open = None;
                }
                _ => {}
            }
            before = c;
        }
        if let Some((start, _)) = open {
            found.push((start, line_start + line.trim_end().len()));
        }
        line_start += line.len() + 1;
    }
    found.retain(|range| range.0 < range.1);
    found
}

#[test]
fn english_quotes_have_their_speakers() {
    let Some(split) = crate::support::shared("corpora/quotes/en-polnear/dev") else {
        return;
    };
    let outcome = score(&split);
    eprintln!(
        "PolNeAR dev: {} quotes, precision {:.3}, recall {:.3}",
        outcome.gold,
        outcome.precision(),
        outcome.recall()
    );
    assert!(outcome.precision() >= 0.94, "{:?}", outcome.rules);
    assert!(outcome.recall() >= 0.88, "{:?}", outcome.rules);
}
