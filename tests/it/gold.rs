//! The figures of extraction over stories that were read by hand: floors that must not be lost again.

use dateline::extract::Extractor;
use dateline::extract::evaluate::{Evaluation, GoldStory, SCORED};
use dateline::vocabulary::Vocabulary;

use crate::support::{own_gold, shared};

fn evaluate(gold: &str) -> Evaluation {
    let extractor = Extractor::new(Vocabulary::builtin());
    let mut evaluation = Evaluation::default();
    for line in gold.lines() {
        let story: GoldStory = serde_json::from_str(line).unwrap();
        evaluation.add(&story, &extractor.extract(&story.filing()));
    }
    evaluation
}

/// F1 of each of [`SCORED`], and quote → speaker, must be at least these.
#[track_caller]
fn at_least(gold: &str, floors: [f64; SCORED.len()], attribution: f64) {
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

#[test]
fn our_own_stories_keep_their_figures() {
    at_least(&own_gold(), [0.90, 0.90, 0.95, 0.95, 0.85, 0.95, 0.95], 0.80);
}

#[test]
fn real_english_stories_keep_their_figures() {
    if let Some(gold) = shared("gold/dev-en.jsonl") {
        at_least(
            &std::fs::read_to_string(gold).unwrap(),
            [0.92, 0.94, 0.98, 0.98, 0.95, 0.97, 0.97],
            0.92,
        );
    }
}

#[test]
fn real_indonesian_stories_keep_their_figures() {
    if let Some(gold) = shared("gold/dev-id.jsonl") {
        at_least(
            &std::fs::read_to_string(gold).unwrap(),
            [0.90, 0.92, 0.98, 0.97, 0.93, 0.97, 0.94],
            0.88,
        );
    }
}
