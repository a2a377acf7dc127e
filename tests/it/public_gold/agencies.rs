//! Mentions of news agencies in newspapers of 1840 to 2000 as scanners read them, French and German: the impresso news agency
//! corpus, development parts (token, tag and more, parted by tabs).
//!
//! A mention is found when a source with the agency's id has a span that touches it. `unk` is any agency without a tag of its own.
//! `ag` (agencies, unnamed) cannot be found. What we call an agency where nothing is tagged is one too many, also where the
//! annotators passed it over.

use std::fs;

use dateline::extract::Extractor;
use dateline::story::{Filing, Span};
use dateline::vocabulary::Vocabulary;

use crate::support::shared;

/// The corpus's tags and our ids.
const TAGS: [(&str, &str); 27] = [
    ("AFP", "afp"),
    ("ANP", "anp"),
    ("ANSA", "ansa"),
    ("AP", "ap"),
    ("APA", "apa"),
    ("ATS-SDA", "keystone-sda"),
    ("BTA", "bta"),
    ("Belga", "belga"),
    ("CTK", "ctk"),
    ("DDP-DAPD", "ddp"),
    ("DNB", "dnb"),
    ("DPA", "dpa"),
    ("Domei", "domei"),
    ("Europapress", "europapress-de"),
    ("Extel", "exchange-telegraph"),
    ("Havas", "havas"),
    ("Interfax", "interfax"),
    ("PAP", "pap"),
    ("Reuters", "reuters"),
    ("SPK-SMP", "spk"),
    ("Stefani", "stefani"),
    ("TANJUG", "tanjug"),
    ("TASS", "tass"),
    ("TT", "tt"),
    ("Telunion", "telunion"),
    ("UP-UPI", "upi"),
    ("Wolff", "wolff"),
];

/// An article with its tagged mentions.
#[derive(Default)]
struct Article {
    language: String,
    year: i64,
    text: String,
    mentions: Vec<(Span, String)>,
}

impl Article {
    fn add(&mut self, cells: &[&str]) {
        let start = self.text.len();
        self.text.push_str(cells[0]);
        let end = self.text.len();
        if let Some(tag) = cells[3].strip_prefix("B-org.ent.pressagency.") {
            self.mentions.push((Span { start, end }, tag.to_owned()));
        } else if let (true, Some(last)) = (cells[3].starts_with("I-org"), self.mentions.last_mut()) {
            last.0.end = end;
        }
        if !cells.iter().any(|cell| cell.contains("NoSpaceAfter")) {
            self.text.push(' ');
        }
    }

    fn filing(&self) -> Filing {
        let mut filing = Filing {
            published: Some((self.year - 1970) * 31_556_952 + 86_400),
            ..Filing::default()
        };
        filing.ninjs.language = Some(self.language.clone());
        filing.ninjs.set_body(self.text.as_str());
        filing
    }
}

fn articles(raw: &str) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    for line in raw.lines() {
        if let Some((key, value)) = line.strip_prefix("# ").and_then(|meta| meta.split_once(" = ")) {
            match (key, articles.last_mut()) {
                ("language", _) => articles.push(Article {
                    language: value.to_owned(),
                    ..Article::default()
                }),
                ("date", Some(article)) => {
                    article.year = value.get(..4).and_then(|year| year.parse().ok()).unwrap_or(1970);
                }
                _ => {}
            }
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if let (true, Some(article)) = (cells.len() > 8 && cells[0] != "TOKEN", articles.last_mut()) {
            article.add(&cells);
        }
    }
    articles
}

/// Precision and recall over a file of the corpus.
fn score(path: &str) -> Option<(f64, f64)> {
    let raw = fs::read_to_string(shared(path)?).unwrap();
    let vocabulary = Vocabulary::builtin();
    let extractor = Extractor::new(vocabulary.clone());
    let (mut hits, mut extra, mut missed) = (0.0, 0.0, 0.0);
    for article in articles(&raw) {
        let sources = extractor.extract(&article.filing()).sources;
        let agencies = sources.iter().filter(|source| {
            let entry = vocabulary.sources.of_id(&source.value);
            entry.is_some_and(|entry| entry.kind == "agency")
        });
        let mut found: Vec<(Span, &str)> = agencies
            .flat_map(|source| source.spans.iter().map(|span| (*span, source.value.as_str())))
            .collect();
        for (span, tag) in &article.mentions {
            let id = TAGS.iter().find(|(name, _)| name == tag).map(|(_, id)| *id);
            let right = |(at, value): &(Span, &str)| {
                at.start < span.end && span.start < at.end && (id == Some(*value) || tag == "unk")
            };
            if let Some(at) = found.iter().position(right) {
                found.remove(at);
                hits += 1.0;
            } else {
                missed += 1.0;
            }
        }
        extra += found.len() as f64;
    }
    Some((hits / (hits + extra), hits / (hits + missed)))
}

fn check(language: &str, floor: f64) {
    let path = format!("corpora/agency/impresso/newsagency-data-dev-{language}.tsv");
    if let Some((precision, recall)) = score(&path) {
        let f1 = 2.0 * precision * recall / (precision + recall);
        eprintln!("agencies in {language}: P {precision:.3} R {recall:.3} F1 {f1:.3}");
        assert!(f1 >= floor, "agencies in {language}: F1 {f1:.3} is under {floor}");
    }
}

#[test]
fn agencies_in_french_newspapers() {
    check("fr", 0.91);
}

#[test]
fn agencies_in_german_newspapers() {
    check("de", 0.86);
}
