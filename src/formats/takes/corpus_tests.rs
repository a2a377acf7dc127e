//! What is told of real stories: no story becomes a kill by mistake, and the take words of the wire are found.

use super::super::corpus_tests::{content, corpora, files, read_all};
use crate::story::{Filing, TakeKind};

fn stories(part: &str, ends: &[&str]) -> Vec<Filing> {
    let Some(folder) = corpora(part) else { return Vec::new() };
    let paths = ends.iter().flat_map(|end| files(&folder, end));
    paths.flat_map(|path| read_all(&content(&path))).flatten().collect()
}

#[test]
fn no_story_of_1987_is_taken_away() {
    for filing in stories("reuters21578", &[".sgm"]) {
        assert!(
            !filing.hides() && filing.targets.is_empty(),
            "{:?}: {}",
            filing.take,
            filing.ninjs.headline()
        );
    }
}

#[test]
fn the_take_words_of_the_news_sets_are_told() {
    let stories = stories("news", &[".jsonl", ".jsonl.zst"]);
    if stories.is_empty() {
        return;
    }
    let of = |kind| stories.iter().filter(|filing| filing.kind() == kind).count();
    for filing in &stories {
        // Two or three stories in 49,000 were withdrawn, and their headlines say so.
        let withdrawn = filing.ninjs.headline().to_lowercase().contains("withdrawn");
        assert!(
            !filing.hides() || withdrawn,
            "{:?}: {}",
            filing.take,
            filing.ninjs.headline()
        );
    }
    assert!(
        of(TakeKind::Correction) > 150 && of(TakeKind::Update) > 80,
        "{} {}",
        of(TakeKind::Correction),
        of(TakeKind::Update)
    );
    assert!(of(TakeKind::Wrapup) > 5 && of(TakeKind::Add) == 0);
}
