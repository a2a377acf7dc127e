//! Walks over all pages by relevance, across the hits that are put in order anew and those behind them.

use super::{Draft, open, snapshot};
use crate::search::{SearchRequest, Sort, search};
use crate::vocabulary::Vocabulary;

/// More stories than are put in order anew, in several segments, many of which fit a query alike.
fn stories() -> (tempfile::TempDir, crate::index::Snapshot) {
    const FILLERS: [&str; 7] = ["pasar", "pupuk", "gudang", "petani", "sawah", "panen", "kapal"];
    let dir = tempfile::tempdir().unwrap();
    let mut writer = open(dir.path());
    for number in 0..460_usize {
        let filler = |at: usize| FILLERS[(number * 3 + at) % FILLERS.len()];
        let gap: Vec<&str> = (0..number % 5).map(filler).collect();
        let text = format!(
            "Harga {} beras {} harga. {}",
            gap.join(" "),
            filler(5),
            filler(number % 11).repeat(1 + number % 3)
        );
        let headline = if number % 9 == 0 {
            "Harga beras naik"
        } else {
            "Kabar pagi"
        };
        let draft = Draft::new(&format!("s:{number}"), "id", headline, &text);
        let draft = draft.published(1_600_000_000 + (number % 40) as i64 * 5_000_000);
        writer.put(draft.filing(), draft.extraction()).unwrap();
        if number % 115 == 114 {
            writer.commit().unwrap();
        }
    }
    drop(writer);
    let snapshot = snapshot(dir.path());
    (dir, snapshot)
}

#[test]
fn pages_of_any_length_walk_over_every_story_once_and_in_one_order() {
    let (_dir, snapshot) = stories();
    for q in [
        "harga",
        "harga beras",
        "harg*",
        "harga OR pupuk",
        "\"beras\"",
        "naik OR harga",
    ] {
        check(&snapshot, q, Sort::Relevance, &[7, 100, 201]);
    }
}

#[test]
fn pages_by_time_walk_over_stories_of_one_time_once() {
    let (_dir, snapshot) = stories();
    for sort in [Sort::Newest, Sort::Oldest] {
        // All of few dates, and more of each than are held without a look at their keys.
        check(&snapshot, "harga", sort, &[1, 7, 201]);
        check(&snapshot, "", sort, &[1, 7, 201]);
    }
}

/// Pages of these lengths give the same order as one that holds all.
fn check(snapshot: &crate::index::Snapshot, q: &str, sort: Sort, limits: &[usize]) {
    let walk = |limit: usize| {
        let mut request = SearchRequest::new(q);
        request.limit = limit;
        request.sort = sort;
        let mut seen = Vec::new();
        loop {
            let answer = search(snapshot, &Vocabulary::builtin(), &request, 0).unwrap();
            assert_eq!(answer.total.stories, 460, "{q}");
            seen.extend(answer.hits.into_iter().map(|hit| hit.id));
            request.cursor = answer.next;
            if request.cursor.is_none() {
                return seen;
            }
        }
    };
    let whole = walk(SearchRequest::MAX_LIMIT);
    assert_eq!(whole.len(), 460, "{q}");
    for &limit in limits {
        assert_eq!(walk(limit), whole, "{q} by {limit}");
    }
}
