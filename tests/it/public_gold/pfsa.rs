//! PFSA (Kompas stories, token tags): who is quoted in Indonesian news. Each cue ("ujar", "katanya") has a statement beside it
//! and a person, whom a cue with a pronoun ("-nya", "kata dia") leaves to the text before.
//!
//! A cue is detected when a direct quote overlaps its statement, and right when the speaker's name has a word of the person's.
//! Persons are tagged beside statements only: a cue that leaves its person to the text means the last tagged one before it, or
//! one whom the story tags elsewhere and names in between. A person tagged by an office alone ("Presiden") is left out, as no
//! name can be compared with it. The marks of the tokenised copy are given their sides again.

use std::collections::BTreeMap;
use std::path::Path;

use dateline::extract::Extractor;
use dateline::story::{Certainty, Filing, Quote};
use dateline::vocabulary::Vocabulary;

use super::agreement::{overlap, words};

/// Pronouns that are tagged as a person.
const PRONOUNS: [&str; 6] = ["dia", "ia", "beliau", "nya", "mereka", "dirinya"];

/// Cues of one kind.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) cues: usize,
    pub(crate) detected: usize,
    pub(crate) right: usize,
    /// Right ones whose person is the last tagged one.
    pub(crate) strict: usize,
    /// Wrong ones whose speaker was left unnamed though the words beside the cue hold the name.
    pub(crate) unnamed: usize,
}

impl Tally {
    pub(crate) fn precision(&self) -> f64 {
        self.right as f64 / self.detected.max(1) as f64
    }

    fn and(self, other: Self) -> Self {
        Self {
            cues: self.cues + other.cues,
            detected: self.detected + other.detected,
            right: self.right + other.right,
            strict: self.strict + other.strict,
            unnamed: self.unnamed + other.unnamed,
        }
    }
}

/// What was found in some stories.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) stories: usize,
    /// Cues with a person beside them, and cues that leave the person to the text before.
    pub(crate) named: Tally,
    pub(crate) coreferent: Tally,
    pub(crate) rules: BTreeMap<String, (usize, usize)>,
    pub(crate) misses: Vec<String>,
}

impl Outcome {
    pub(crate) fn all(&self) -> Tally {
        self.named.and(self.coreferent)
    }
}

/// A story with its tagged stretches in bytes of the text.
#[derive(Default)]
struct Story {
    text: String,
    spans: Vec<(String, usize, usize)>,
    /// Whether a double mark is open.
    quoted: bool,
}

/// Scores the stories of a range.
pub(crate) fn score(file: &Path, range: std::ops::Range<usize>) -> Outcome {
    let extractor = Extractor::new(Vocabulary::builtin());
    let mut outcome = Outcome::default();
    let text = std::fs::read_to_string(file).unwrap();
    for story in stories(&text).iter().skip(range.start).take(range.len()) {
        outcome.stories += 1;
        let mut filing = Filing::default();
        filing.ninjs.set_body(story.text.as_str());
        let quotes = extractor.extract(&filing).quotes;
        for (place, (tag, start, end)) in story.spans.iter().enumerate() {
            if tag.starts_with("CUE") {
                cue(&mut outcome, story, &quotes, place, (*start, *end));
            }
        }
    }
    outcome
}

fn cue(outcome: &mut Outcome, story: &Story, quotes: &[Quote], place: usize, at: (usize, usize)) {
    let Some(statement) = statement(story, at) else { return };
    let Some((person, beside)) = person(story, place, at) else {
        return;
    };
    if !is_name(person) {
        return;
    }
    let quote = quotes
        .iter()
        .filter(|quote| quote.direct)
        .max_by(|a, b| overlap((a.start, a.end), statement).total_cmp(&overlap((b.start, b.end), statement)))
        .filter(|quote| overlap((quote.start, quote.end), statement) > 0.3);
    let tally = if beside {
        &mut outcome.named
    } else {
        &mut outcome.coreferent
    };
    tally.cues += 1;
    let Some(quote) = quote else {
        outcome
            .misses
            .push(format!("- {person:?}: {}", around(&story.text, at)));
        return;
    };
    let name = words(person);
    let holds = |text: &Option<String>| {
        text.as_deref()
            .is_some_and(|text| words(text).iter().any(|word| word.len() > 2 && name.contains(word)))
    };
    let strict = holds(&quote.speaker);
    let right = strict || !beside && names_between(story, place, person, quote.speaker.as_deref().unwrap_or_default());
    tally.strict += usize::from(strict);
    tally.detected += 1;
    tally.right += usize::from(right);
    tally.unnamed += usize::from(!right && quote.speaker.is_none() && holds(&quote.speaker_text));
    let rule = outcome.rules.entry(quote.rule.clone()).or_default();
    rule.0 += usize::from(right);
    rule.1 += 1;
    if !right {
        outcome.misses.push(format!(
            "~ {person:?}, found {:?} / {:?} {} {}: {}",
            quote.speaker.as_deref().unwrap_or("-"),
            quote.speaker_text.as_deref().unwrap_or("-"),
            quote.rule,
            if quote.certain == Certainty::Certain {
                "certain"
            } else {
                "uncertain"
            },
            around(&story.text, at)
        ));
    }
}

fn around(text: &str, at: (usize, usize)) -> String {
    let from = text[..at.0].char_indices().rev().nth(160).map_or(0, |(at, _)| at);
    let to = text[at.1..]
        .char_indices()
        .nth(130)
        .map_or(text.len(), |(c, _)| at.1 + c);
    format!("{}[[{}]]{}", &text[from..at.0], &text[at.0..at.1], &text[at.1..to]).replace('\n', "¶")
}

/// The statement right before a cue, else the one that begins after it in the same sentence.
fn statement(story: &Story, cue: (usize, usize)) -> Option<(usize, usize)> {
    let statements = || story.spans.iter().filter(|(tag, ..)| tag == "STATEMENT");
    let before = statements().rfind(|(_, _, end)| *end <= cue.0 && cue.0 - end <= 12);
    let after = || {
        statements()
            .find(|(_, start, _)| *start >= cue.1 && start - cue.1 < 250 && !story.text[cue.1..*start].contains(". "))
    };
    before.or_else(after).map(|(_, start, end)| (*start, *end))
}

/// The person beside a cue, or the last one before it; `true` for one beside it.
fn person(story: &Story, place: usize, cue: (usize, usize)) -> Option<(&str, bool)> {
    let is_person = |(tag, start, end): &&(String, usize, usize)| {
        tag.starts_with("PERSON") && !PRONOUNS.contains(&story.text[*start..*end].to_lowercase().as_str())
    };
    let sentence = |from: usize, to: usize| !story.text[from..to].contains(['\n', '”']) && to - from < 250;
    let pronoun = story.spans.get(place + 1).is_some_and(|(tag, start, end)| {
        tag.starts_with("PERSON")
            && *start <= cue.1 + 1
            && PRONOUNS.contains(&story.text[*start..*end].to_lowercase().as_str())
    });
    let coreferent = story.spans[place].0 == "CUECOREF" || pronoun;
    let text = |span: &(String, usize, usize)| &story.text[span.1..span.2];
    if !coreferent {
        let after = story.spans[place + 1..].iter().find(is_person);
        if let Some(after) = after.filter(|span| sentence(cue.1, span.1)) {
            return Some((text(after), true));
        }
        let before = story.spans[..place].iter().rfind(is_person);
        if let Some(before) = before.filter(|span| sentence(span.2, cue.0)) {
            return Some((text(before), true));
        }
    }
    story.spans[..place]
        .iter()
        .rfind(is_person)
        .map(|span| (text(span), false))
}

/// Whether a tag holds a name: not a lower-case role, not an office alone.
fn is_name(person: &str) -> bool {
    let office = [
        "Presiden",
        "Wapres",
        "Panglima TNI",
        "Kapolri",
        "Kapolda",
        "Gubernur",
        "Wali Kota",
    ];
    person.starts_with(char::is_uppercase) && !office.contains(&person) && !person.starts_with("Kadispen")
}

/// Whether a speaker is someone whom the story tags, and who is named between the last tag and the cue.
fn names_between(story: &Story, place: usize, last: &str, speaker: &str) -> bool {
    let name = words(speaker);
    let known = |word: &String| word.len() > 2 && name.contains(word);
    let tagged = story.spans.iter().filter(|(tag, ..)| tag.starts_with("PERSON"));
    let tagged = tagged.map(|(_, start, end)| &story.text[*start..*end]);
    let cue = story.spans[place].1;
    let since = story.spans[..place]
        .iter()
        .rfind(|(tag, start, end)| tag.starts_with("PERSON") && &story.text[*start..*end] == last)
        .map_or(0, |(_, _, end)| *end);
    tagged
        .filter(|tag| is_name(tag))
        .any(|tag| words(tag).iter().any(known))
        && words(&story.text[since..cue]).iter().any(known)
}

/// Cuts the file into stories, each of which opens with a dateline in capitals and "KOMPAS".
fn stories(file: &str) -> Vec<Story> {
    let lines: Vec<Option<(&str, &str)>> = file.lines().map(|line| line.split_once('\t')).collect();
    let mut found: Vec<Story> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let opens = at == 0 || lines[at - 1].is_none();
        let dateline = lines[at..]
            .iter()
            .take(8)
            .map_while(|line| *line)
            .any(|(word, _)| word == "KOMPAS");
        if found.is_empty() || opens && dateline && line.is_some_and(|(word, _)| is_capital(word)) {
            found.push(Story::default());
        }
        let Some(story) = found.last_mut() else { continue };
        match line {
            Some((word, tag)) => {
                let next = lines.get(at + 1).copied().flatten().map_or("", |(word, _)| word);
                story.push(word, tag, next);
            }
            None if !story.quoted && story.text.ends_with(['.', '”', '?', '!']) => story.text.push('\n'),
            None => {}
        }
    }
    found
}

fn is_capital(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

impl Story {
    /// Adds a token as print sets it: marks touch what they close or open.
    fn push(&mut self, word: &str, tag: &str, next: &str) {
        let mark = word == "”" || word == "“" || word == "\"";
        let touches_left = matches!(word, "," | "." | ";" | ":" | "?" | "!" | ")" | "%" | "/") || mark && self.quoted;
        let after = self.text.chars().next_back().unwrap_or('\n');
        let opened = after == '“';
        let dash = word == "-" && !self.text.ends_with("KOMPAS") && !next.is_empty();
        let after_dash = self.text.ends_with(['-', '/']) && !self.text.ends_with(" -");
        if !(touches_left || opened || dash || after_dash || after == '(' || after == '\n') {
            self.text.push(' ');
        }
        let start = self.text.len();
        if mark {
            self.text.push(if self.quoted { '”' } else { '“' });
            self.quoted = !self.quoted;
        } else {
            self.text.push_str(word);
        }
        let end = self.text.len();
        let Some((part, tag)) = tag.split_once('-') else { return };
        match self.spans.last_mut() {
            Some((last, _, until)) if last == tag && matches!(part, "I" | "L") => *until = end,
            _ => self.spans.push((tag.to_owned(), start, end)),
        }
    }
}

#[test]
fn indonesian_cues_have_their_speakers() {
    let Some(file) = crate::support::shared("corpora/quotes/id-pfsa/dev-30.bilou.txt") else {
        return;
    };
    let outcome = score(&file, 0..1000);
    let all = outcome.all();
    eprintln!(
        "PFSA: {} stories, {} cues, {} detected, speaker right {:.3} (named {:.3}, coreferent {:.3})",
        outcome.stories,
        all.cues,
        all.detected,
        all.precision(),
        outcome.named.precision(),
        outcome.coreferent.precision()
    );
    assert!(all.precision() >= 0.915, "{:?}", outcome.rules);
}
