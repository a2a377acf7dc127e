//! The figures of extraction over stories that were read by hand: floors that must not be lost again.

use std::path::Path;

use dateline::extract::Extractor;
use dateline::extract::evaluate::{Evaluation, GoldStory, SCORED};
use dateline::vocabulary::Vocabulary;

use crate::support::{root, shared};

fn evaluate(gold: &Path) -> Evaluation {
    let extractor = Extractor::new(Vocabulary::builtin());
    let mut evaluation = Evaluation::default();
    for line in std::fs::read_to_string(gold).unwrap().lines() {
        let story: GoldStory = serde_json::from_str(line).unwrap();
        evaluation.add(&story, &extractor.extract(&story.filing()));
    }
    evaluation
}

/// F1 of each of [`SCORED`], and quote → speaker, must be at least these.
#[track_caller]
fn at_least(gold: &Path, floors: [f64; SCORED.len()], attribution: f64) {
    let evaluation = evaluate(gold);
    let score = evaluation.total();
    for ((facet, tally), floor) in SCORED.iter().zip(&score.facets).zip(floors) {
        assert!(
            tally.f1() >= floor,
            "{facet}: F1 {:.3} is under {floor}\n{}",
            tally.f1(),
            evaluation.misses.join("\n")
        );
    }
    assert!(
        score.attribution() >= attribution,
        "quote → speaker {:.3}",
        score.attribution()
    );
}

/// The files of `tests/gold`, each with its floors: F1 of each of [`SCORED`], and quote → speaker.
const OWN: [(&str, [f64; SCORED.len()], f64); 9] = [
    ("de.jsonl", [0.95, 0.92, 0.96, 0.94, 0.79, 0.78, 0.90], 0.85),
    ("en.jsonl", [0.97, 0.93, 0.96, 0.96, 0.91, 0.95, 0.97], 0.87),
    ("es.jsonl", [0.90, 0.90, 0.98, 0.96, 0.93, 0.98, 0.90], 0.79),
    ("fr.jsonl", [0.94, 0.82, 0.97, 0.95, 0.86, 0.85, 0.92], 0.71),
    ("id.jsonl", [0.94, 0.90, 0.94, 0.95, 0.94, 0.91, 0.96], 0.88),
    ("it.jsonl", [0.97, 0.83, 0.96, 0.93, 0.62, 0.71, 0.88], 0.71),
    ("ms.jsonl", [0.93, 0.86, 0.98, 0.98, 0.76, 0.84, 0.95], 0.86),
    ("nl.jsonl", [0.93, 0.86, 0.94, 0.93, 0.81, 0.87, 0.96], 0.71),
    ("pt.jsonl", [0.93, 0.84, 0.95, 0.94, 0.80, 0.69, 0.95], 0.76),
];

#[test]
fn our_own_stories_keep_their_figures() {
    for (file, floors, attribution) in OWN {
        eprintln!("{file}");
        at_least(&root().join("tests/gold").join(file), floors, attribution);
    }
}

#[test]
fn real_english_stories_keep_their_figures() {
    if let Some(gold) = shared("gold/dev-en.jsonl") {
        at_least(&gold, [0.93, 0.96, 0.99, 0.98, 0.97, 0.98, 0.98], 0.96);
    }
}

#[test]
fn real_indonesian_stories_keep_their_figures() {
    if let Some(gold) = shared("gold/dev-id.jsonl") {
        at_least(&gold, [0.94, 0.95, 0.99, 0.97, 0.96, 0.98, 0.97], 0.93);
    }
}
