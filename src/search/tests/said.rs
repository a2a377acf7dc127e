//! Who said what: one quote must match both.

use super::{Draft, indexed};
use crate::search::{SearchAnswer, SearchRequest, quotes, search};
use crate::story::Facet;
use crate::vocabulary::Vocabulary;

fn drafts() -> Vec<Draft> {
    let rising = "Harga beras akan naik";
    vec![
        Draft::new("a", "id", "Pasar pagi", "Pasar buka.")
            .quote("Sari Wulandari", rising)
            .quote("Jonas Albrecht", "Kami menunggu"),
        Draft::new("b", "id", "Pasar malam", "Harga turun.")
            .quote("Jonas Albrecht", rising)
            .quote("Sari Wulandari", "Tidak ada komentar"),
        Draft::new("c", "id", "Harga", "Harga beras.").quote("", rising),
        Draft::new("d", "en", "Prices", "Nothing here.").quote("Rina Sari", "Prices were rising"),
    ]
}

fn ask(q: &str) -> (Vec<String>, SearchAnswer) {
    let (_dir, snapshot) = indexed(&drafts());
    let answer = search(&snapshot, &Vocabulary::builtin(), &SearchRequest::new(q), 0).unwrap();
    let mut found: Vec<String> = answer.hits.iter().map(|hit| hit.id.clone()).collect();
    found.sort();
    (found, answer)
}

#[test]
fn the_speaker_must_have_said_the_words() {
    assert_eq!(ask("said:harga").0, ["a", "b", "c"]);
    assert_eq!(ask("speaker:Sari said:harga").0, ["a"]);
    assert_eq!(ask("speaker:\"Sari Wulandari\" said:(harga naik)").0, ["a"]);
    assert_eq!(
        ask("said:harga speaker:(\"Jonas Albrecht\" OR Wulandari)").0,
        ["a", "b"]
    );
    assert_eq!(ask("said:harga said:komentar").0, [] as [&str; 0]);
    assert_eq!(ask("speaker:Sari said:rise").0, ["d"]);
    assert_eq!(ask("speaker:Sari headline:pasar").0, ["a", "b"]);
}

#[test]
fn a_negated_said_means_no_such_quote_of_the_speaker() {
    assert_eq!(ask("speaker:Sari -said:harga").0, ["b", "d"]);
    assert_eq!(ask("-said:harga").0, ["d"]);
    assert_eq!(ask("pasar (said:komentar OR said:menunggu) speaker:Jonas").0, ["a"]);
}

#[test]
fn quotes_that_match_come_first_and_only_they_are_marked() {
    let (_, answer) = ask("said:harga");
    let hit = answer.hits.iter().find(|hit| hit.id == "b").unwrap();
    assert_eq!(hit.quotes[0].speaker.as_deref(), Some("Jonas Albrecht"));
    for highlight in &hit.highlights {
        for span in &highlight.spans {
            assert_eq!(&highlight.text[span.start..span.end], "Harga");
            assert!(highlight.start + span.start > "Harga turun.".len());
        }
    }
    assert!(hit.highlights.iter().any(|highlight| highlight.field == "quote"));
    assert!(answer.hits.iter().all(|hit| hit.score > 0.0));
}

#[test]
fn a_selected_speaker_is_who_said_it_and_the_facet_shows_who_else_did() {
    let (_dir, snapshot) = indexed(&drafts());
    let mut request = SearchRequest::new("said:harga");
    request.filter_mut(Facet::Speaker).any_of = vec!["Sari Wulandari".into()];
    request.facets = vec![Facet::Speaker];
    let answer = search(&snapshot, &Vocabulary::builtin(), &request, 0).unwrap();
    assert_eq!(answer.total.stories, 1);
    let counts = &answer.facets["speaker"];
    let shown: Vec<_> = counts
        .values
        .iter()
        .map(|v| (v.value.as_str(), v.count, v.selected))
        .collect();
    assert_eq!(shown, [("Jonas Albrecht", 1, false), ("Sari Wulandari", 1, true)]);
    assert_eq!(counts.missing, 1);
}

#[test]
fn quotes_are_found_by_their_own_words_and_speakers() {
    let (_dir, snapshot) = indexed(&drafts());
    let mut request = SearchRequest::new("naik headline:pasar");
    request.facets = vec![Facet::Speaker];
    let answer = quotes(&snapshot, &Vocabulary::builtin(), &request, 0).unwrap();
    assert_eq!(answer.total, 2);
    for hit in &answer.hits {
        assert_eq!(hit.quote.text, "Harga beras akan naik");
        let span = hit.spans[0];
        assert_eq!(&hit.quote.text[span.start..span.end], "naik");
        assert_eq!((hit.before.as_str(), hit.after.as_str()), ("“", "” he said."));
    }
    let counts = &answer.facets["speaker"];
    assert_eq!((counts.distinct, counts.missing), (2, 0));
    request.filter_mut(Facet::Speaker).any_of = vec!["Wulandari".into()];
    let answer = quotes(&snapshot, &Vocabulary::builtin(), &request, 0).unwrap();
    assert_eq!((answer.total, answer.hits[0].story.as_str()), (1, "a"));
    assert_eq!(answer.facets["speaker"].distinct, 2);
}

#[test]
fn quotes_are_walked_once_each() {
    let (_dir, snapshot) = indexed(&drafts());
    let mut request = SearchRequest::new("");
    request.limit = 2;
    let mut seen = Vec::new();
    loop {
        let answer = quotes(&snapshot, &Vocabulary::builtin(), &request, 0).unwrap();
        assert_eq!(answer.total, 6);
        seen.extend(answer.hits.iter().map(|hit| (hit.story.clone(), hit.quote.start)));
        request.cursor = answer.next;
        if request.cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 6);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 6);
}
