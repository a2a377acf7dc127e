//! Words that must all be there, of any frequency: found and scored term by term as they are in every other way.

use super::{Draft, open, snapshot};
use crate::index::Snapshot;
use crate::search::{SearchAnswer, SearchRequest, Sort, search};
use crate::vocabulary::Vocabulary;

/// A story has the word of each of these numbers that divides its own.
const WORDS: [(usize, &str); 6] = [
    (1, "semua"),
    (2, "kedua"),
    (3, "ketiga"),
    (7, "minggu"),
    (97, "jarang"),
    (400, "sekali"),
];

const STORIES: usize = 900;

/// In two segments, with a story deleted in each, and the word in the headline of every fifth.
fn stories() -> (tempfile::TempDir, Snapshot) {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = open(dir.path());
    for number in 1..=STORIES {
        let words: Vec<&str> = WORDS
            .iter()
            .filter(|(divisor, _)| number % divisor == 0)
            .map(|(_, word)| *word)
            .collect();
        let headline = if number % 5 == 0 {
            words.join(" ")
        } else {
            "Kabar".into()
        };
        let text = format!("{} {}.", words.join(" lagi "), "kata ".repeat(number % 13));
        let draft = Draft::new(&format!("s:{number}"), "id", &headline, &text).published(number as i64 * 86_400);
        writer.put(draft.filing(), draft.extraction()).unwrap();
        if number == STORIES / 2 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    for number in [42, 882] {
        writer.delete(&format!("s:{number}")).unwrap();
    }
    writer.commit().unwrap();
    drop(writer);
    let snapshot = snapshot(dir.path());
    (dir, snapshot)
}

fn found(snapshot: &Snapshot, q: &str, sort: Sort) -> SearchAnswer {
    let request = SearchRequest {
        sort,
        limit: SearchRequest::MAX_LIMIT,
        ..SearchRequest::new(q)
    };
    search(snapshot, &Vocabulary::builtin(), &request, 0).unwrap()
}

#[test]
fn words_together_find_what_has_them_all() {
    let (_dir, snapshot) = stories();
    for one in WORDS {
        for other in WORDS {
            for third in [WORDS[0], WORDS[2], WORDS[4]] {
                let q = format!("{} \"{}\" {}", one.1, other.1, third.1);
                let numbers = (1..=STORIES).filter(|number| ![42, 882].contains(number));
                let expected: Vec<String> = numbers
                    .rev()
                    .filter(|number| [one, other, third].iter().all(|word| number % word.0 == 0))
                    .map(|number| format!("s:{number}"))
                    .collect();
                let newest = found(&snapshot, &q, Sort::Newest);
                assert_eq!(newest.total.stories as usize, expected.len(), "{q}");
                let ids: Vec<String> = newest.hits.into_iter().map(|hit| hit.id).collect();
                assert_eq!(ids, expected[..ids.len()], "{q}");
            }
        }
    }
}

#[test]
fn words_together_score_as_they_do_beside_what_is_nowhere() {
    let (_dir, snapshot) = stories();
    for words in [
        "semua kedua",
        "ketiga jarang",
        "minggu semua ketiga",
        "sekali semua",
        "jarang",
    ] {
        let plain = found(&snapshot, words, Sort::Relevance);
        // An alternative that no story has takes the query off the short way, and adds nothing.
        let others: Vec<String> = words.split(' ').map(|word| format!("({word} OR nirmana)")).collect();
        let others = found(&snapshot, &others.join(" "), Sort::Relevance);
        assert_eq!(plain.total, others.total);
        assert!(
            plain.total.stories > 0 && plain.hits.len() == others.hits.len(),
            "{words}"
        );
        for hit in &plain.hits {
            let other = others.hits.iter().find(|other| other.id == hit.id);
            let score = other.map_or(0.0, |other| other.score);
            assert!(
                (hit.score - score).abs() < 1e-4 * score,
                "{words}: {} {} {score}",
                hit.id,
                hit.score
            );
        }
    }
}
