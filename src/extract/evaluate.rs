//! Extraction against stories that were read by hand: precision, recall and F1 of every facet, micro-averaged.
//!
//! A gold story holds its text and what a reader found in it. Items under `optional` are borderline: neither a hit nor a miss.
//! Names are compared folded and by any of their aliases; a quote is found when four fifths of its words are.

mod gold;

use std::collections::BTreeMap;

use serde::Serialize;

use gold::Entry;
pub use gold::{Gold, GoldStory};

use crate::story::{Basis, Extraction, Quote, SourceRole};
use crate::text::fold;

/// Words that a found quote must share with the gold's, of the longer of the two.
const QUOTE_OVERLAP: f64 = 0.8;

/// Hits and misses of one facet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Found and in the gold.
    pub hits: u64,
    /// Found and not in the gold.
    pub extra: u64,
    /// In the gold and not found.
    pub missed: u64,
}

impl Tally {
    /// Of what was found, how much is right; 0 when nothing was.
    #[must_use]
    pub fn precision(&self) -> f64 {
        ratio(self.hits, self.hits + self.extra)
    }

    /// Of what is there, how much was found; 0 when nothing is.
    #[must_use]
    pub fn recall(&self) -> f64 {
        ratio(self.hits, self.hits + self.missed)
    }

    /// Adds another count.
    pub fn add(&mut self, other: &Self) {
        self.hits += other.hits;
        self.extra += other.extra;
        self.missed += other.missed;
    }

    /// The harmonic mean of both.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The facets that are scored, in the order of the table.
pub const SCORED: [&str; 7] = [
    "people",
    "speakers",
    "countries named",
    "countries all",
    "sources",
    "credits",
    "direct quotes",
];

/// The figures of one language, or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Stories scored.
    pub stories: u64,
    /// One for each of [`SCORED`].
    pub facets: [Tally; SCORED.len()],
    /// Found quotes whose speaker the gold names and extraction has right.
    pub attributed: u64,
    /// Found quotes whose speaker the gold names.
    pub named: u64,
}

impl Score {
    /// Of the found quotes with a named speaker, how many have the right one.
    #[must_use]
    pub fn attribution(&self) -> f64 {
        ratio(self.attributed, self.named)
    }

    fn add(&mut self, other: &Self) {
        self.stories += other.stories;
        self.attributed += other.attributed;
        self.named += other.named;
        for (sum, part) in self.facets.iter_mut().zip(&other.facets) {
            sum.add(part);
        }
    }
}

/// The figures by language, and what was missed.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// By language.
    pub languages: BTreeMap<String, Score>,
    /// A line for each item missed (`-`), made up (`+`) or given to another speaker (`~`), after a line with the story's id.
    pub misses: Vec<String>,
}

impl Evaluation {
    /// Scores one story.
    pub fn add(&mut self, story: &GoldStory, found: &Extraction) {
        let mut scorer = Scorer {
            score: Score {
                stories: 1,
                ..Score::default()
            },
            misses: Vec::new(),
        };
        scorer.story(&story.gold, found);
        self.languages
            .entry(story.language.clone())
            .or_default()
            .add(&scorer.score);
        if !scorer.misses.is_empty() {
            self.misses.push(story.id.clone());
            self.misses.append(&mut scorer.misses);
        }
    }

    /// All languages together.
    #[must_use]
    pub fn total(&self) -> Score {
        let mut total = Score::default();
        self.languages.values().for_each(|score| total.add(score));
        total
    }
}

struct Scorer {
    score: Score,
    misses: Vec<String>,
}

impl Scorer {
    fn story(&mut self, gold: &Gold, found: &Extraction) {
        let optional = &gold.optional;
        let people: Vec<Vec<String>> = gold.people.iter().map(Entry::forms).collect();
        let forms_of = |name: &str| {
            let name = folded(name);
            people
                .iter()
                .find(|forms| forms[0] == name)
                .cloned()
                .unwrap_or_else(|| vec![name])
        };
        let optional_people: Vec<_> = optional.people.iter().map(Entry::forms).collect();
        let labels: Vec<_> = found.people.iter().map(|person| folded(&person.label)).collect();
        self.facet(0, people.clone(), &optional_people, labels);

        let speakers = gold.speakers.iter().map(|speaker| forms_of(speaker.name())).collect();
        let mut optional_speakers: Vec<_> = optional
            .speakers
            .iter()
            .map(|speaker| forms_of(speaker.name()))
            .collect();
        optional_speakers.extend(optional_people);
        self.facet(
            1,
            speakers,
            &optional_speakers,
            found
                .speakers
                .iter()
                .map(|speaker| folded(label_of(found, speaker)))
                .collect(),
        );

        self.countries(gold, found);
        let optional_sources: Vec<_> = optional.sources.iter().map(Entry::forms).collect();
        let labels = found.sources.iter().map(|source| folded(&source.label)).collect();
        self.facet(
            4,
            gold.sources.iter().map(Entry::forms).collect(),
            &optional_sources,
            labels,
        );
        let credits = gold
            .sources
            .iter()
            .filter(|source| source.is_credit())
            .map(Entry::forms)
            .collect();
        let found_credits = found.sources.iter().filter(|source| source.role == SourceRole::Credit);
        self.facet(
            5,
            credits,
            &optional_sources,
            found_credits.map(|source| folded(&source.label)).collect(),
        );
        self.quotes(gold, found, &forms_of);
    }

    fn countries(&mut self, gold: &Gold, found: &Extraction) {
        let single = |codes: &[String]| codes.iter().map(|code| vec![code.clone()]).collect::<Vec<_>>();
        let (named, implied) = (single(&gold.countries_named), single(&gold.countries_implied));
        let optional = single(&gold.optional.countries);
        let found_named = found.countries.iter().filter(|country| country.basis == Basis::Named);
        let beside = [optional.clone(), implied.clone()].concat();
        self.facet(
            2,
            named.clone(),
            &beside,
            found_named.map(|country| country.value.clone()).collect(),
        );
        let all = found.countries.iter().map(|country| country.value.clone()).collect();
        self.facet(3, [named, implied].concat(), &optional, all);
    }

    /// Matches what was found with what is there, each gold entry at most once.
    fn facet(&mut self, at: usize, mut gold: Vec<Vec<String>>, optional: &[Vec<String>], found: Vec<String>) {
        let tally = &mut self.score.facets[at];
        let mut seen = Vec::new();
        for value in found {
            if seen.contains(&value) {
                continue;
            }
            if let Some(hit) = gold.iter().position(|forms| forms.contains(&value)) {
                gold.remove(hit);
                tally.hits += 1;
            } else if !optional.iter().any(|forms| forms.contains(&value)) {
                tally.extra += 1;
                self.misses.push(format!("  + {}: {value}", SCORED[at]));
            }
            seen.push(value);
        }
        tally.missed += gold.len() as u64;
        let longest = |forms: &Vec<String>| forms.iter().max_by_key(|form| form.len()).cloned().unwrap_or_default();
        self.misses.extend(
            gold.iter()
                .map(|forms| format!("  - {}: {}", SCORED[at], longest(forms))),
        );
    }

    fn quotes(&mut self, gold: &Gold, found: &Extraction, forms_of: &dyn Fn(&str) -> Vec<String>) {
        let mut left: Vec<(String, &Quote)> = found
            .quotes
            .iter()
            .filter(|quote| quote.direct)
            .map(|quote| (folded(&quote.text), quote))
            .collect();
        for wanted in &gold.quotes {
            let text = folded(&wanted.text);
            let scored = left
                .iter()
                .enumerate()
                .map(|(at, (words, _))| (overlap(words, &text), at));
            let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            let Some((_, at)) = best.filter(|(share, _)| *share >= QUOTE_OVERLAP) else {
                self.score.facets[6].missed += 1;
                self.misses.push(format!("  - quote: {text}"));
                continue;
            };
            let (_, quote) = left.remove(at);
            self.score.facets[6].hits += 1;
            if let Some(speaker) = &wanted.speaker {
                self.score.named += 1;
                let given = folded(label_of(found, quote.speaker.as_deref().unwrap_or_default()));
                if forms_of(speaker).contains(&given) {
                    self.score.attributed += 1;
                } else {
                    self.misses.push(format!(
                        "  ~ quote by {speaker}, found {given} ({}): {text}",
                        quote.rule
                    ));
                }
            }
        }
        let optional: Vec<String> = gold.optional.quotes.iter().map(|quote| folded(quote.name())).collect();
        for (text, _) in left {
            if !optional.iter().any(|other| overlap(&text, other) >= QUOTE_OVERLAP) {
                self.score.facets[6].extra += 1;
                self.misses.push(format!("  + quote: {text}"));
            }
        }
    }
}

/// The form in the story of a person with that value.
fn label_of<'e>(found: &'e Extraction, value: &'e str) -> &'e str {
    let person = found.people.iter().find(|person| person.value == value);
    person.map_or(value, |person| &person.label)
}

/// The words of the folded text, one space apart.
fn folded(text: &str) -> String {
    let text = fold(text);
    let words = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The share of words that two texts have in common, of the longer one.
fn overlap(a: &str, b: &str) -> f64 {
    let (a, mut b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let longer = a.len().max(b.len());
    let mut common = 0_u64;
    for word in a {
        if let Some(at) = b.iter().position(|other| *other == word) {
            b.swap_remove(at);
            common += 1;
        }
    }
    ratio(common, longer as u64)
}

#[cfg(test)]
mod tests;
