//! What an answer shows.

use super::{Draft, indexed, open, snapshot};
use crate::search::{Interval, SearchError, SearchRequest, Sort, facet, search, story};
use crate::story::Facet;
use crate::vocabulary::Vocabulary;

fn ids(snapshot: &crate::index::Snapshot, request: &SearchRequest) -> Vec<String> {
    let answer = search(snapshot, &Vocabulary::builtin(), request, 0).unwrap();
    answer.hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn words_are_found_as_written_by_stem_and_exactly_in_phrases() {
    let (_dir, snapshot) = indexed(&[
        Draft::new("en", "en", "Prices rise", "Rice prices rose. U.S. buyers waited."),
        Draft::new(
            "id",
            "id",
            "Kenaikan",
            "Pemerintah menaikkan harga beras di Kota Baru, kata Ma'ruf.",
        ),
        Draft::new("fr", "fr", "Économie", "L’économie de l’Élan, et bus."),
    ]);
    let found = |q: &str| {
        let mut found = ids(&snapshot, &SearchRequest::new(q));
        found.sort();
        found
    };
    assert_eq!(found("rising"), ["en"]);
    assert_eq!(found("price rise"), ["en"]);
    assert_eq!(found("ECONOMIE"), ["fr"]);
    assert_eq!(found("maruf"), ["id"]);
    assert_eq!(found("US"), ["en"]);
    assert_eq!(found("\"harga beras di kota\""), ["id"]);
    assert_eq!(found("\"harga kota\""), [] as [&str; 0]);
    assert_eq!(found("\"harga kota\"~2"), ["id"]);
    assert_eq!(found("\"harga kota\"~1"), [] as [&str; 0]);
    assert_eq!(found("\"kota harga\"~9"), [] as [&str; 0]);
    assert_eq!(found("\"rising\""), [] as [&str; 0]);
    assert_eq!(found("pric*"), ["en"]);
    assert_eq!(found("bears~1"), ["id"]);
    assert_eq!(found("baers~1"), [] as [&str; 0]);
    assert_eq!(found("beraz~1"), ["id"]);
    assert_eq!(found("harga OR economie"), ["fr", "id"]);
    assert_eq!(found("-harga"), ["en", "fr"]);
    assert_eq!(found("language:fr OR language:en"), ["en", "fr"]);
    assert_eq!(found("headline:prices"), ["en"]);
    assert_eq!(found("headline:rice"), [] as [&str; 0]);
}

#[test]
fn the_headline_weighs_more_than_the_body() {
    let (_dir, snapshot) = indexed(&[
        Draft::new("body", "en", "Morning brief", "Copper and other metals."),
        Draft::new("headline", "en", "Copper gains", "Metals and other things."),
        Draft::new("stem", "en", "Morning", "Many coppers and other metals."),
    ]);
    assert_eq!(
        ids(&snapshot, &SearchRequest::new("copper")),
        ["headline", "body", "stem"]
    );
}

#[test]
fn highlights_are_in_bytes_and_say_where() {
    let text =
        "Erste Zeile ohne.\nÄrger: die Çelik GmbH liefert nicht. „Straße“ gesperrt! Später mehr.\nÇELIK schwieg.";
    let (_dir, snapshot) = indexed(&[Draft::new("x", "de", "Celik und die Strasse", text)]);
    let answer = search(
        &snapshot,
        &Vocabulary::builtin(),
        &SearchRequest::new("çelik \"STRASSE gesperrt\""),
        0,
    )
    .unwrap();
    let hit = &answer.hits[0];
    let marked = |field: &str| -> Vec<Vec<&str>> {
        let of_field = hit.highlights.iter().filter(|highlight| highlight.field == field);
        of_field
            .map(|h| h.spans.iter().map(|s| &h.text[s.start..s.end]).collect())
            .collect()
    };
    assert_eq!(marked("headline"), [["Celik"]]);
    assert_eq!(marked("body"), [vec!["Çelik", "Straße“ gesperrt"], vec!["ÇELIK"]]);
    for highlight in hit.highlights.iter().filter(|h| h.field == "body") {
        assert_eq!(
            &hit.story.body()[highlight.start..highlight.start + highlight.text.len()],
            highlight.text
        );
    }
    let all = search(&snapshot, &Vocabulary::builtin(), &SearchRequest::new(""), 0).unwrap();
    assert_eq!(all.hits[0].highlights[0].text, "Erste Zeile ohne.");
    assert!(all.hits[0].highlights[0].spans.is_empty());
    assert_eq!(all.hits[0].published.as_deref(), Some("2023-11-14T22:13:20Z"));
}

#[test]
fn a_value_that_no_story_has_is_said_so_with_what_is_near() {
    let (_dir, snapshot) = indexed(&[Draft::new("a", "en", "One", "Two.").quote("Jonas Albrecht", "Three")]);
    let q = "speaker:\"Jonas Albrect\"";
    let answer = search(&snapshot, &Vocabulary::builtin(), &SearchRequest::new(q), 0).unwrap();
    assert_eq!(answer.total.stories, 0);
    let warning = &answer.query.warnings[0];
    assert_eq!(&q[warning.start..warning.end], "Jonas Albrect");
    assert_eq!(warning.suggestion.as_deref(), Some("Jonas Albrecht"));
    assert!(warning.message.contains("near: Jonas Albrecht"), "{}", warning.message);
}

#[test]
fn a_deleted_story_is_in_no_answer_and_no_suggestion() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = open(dir.path());
    for draft in [
        Draft::new("kept", "en", "Kept", "Text.").quote("Mara Lindqvist", "yes"),
        Draft::new("gone", "en", "Gone", "Text.").quote("Mara Lindqvost", "no"),
    ] {
        writer.put(draft.filing(), draft.extraction()).unwrap();
    }
    writer.commit().unwrap();
    writer.delete("gone").unwrap();
    writer.commit().unwrap();
    let snapshot = snapshot(dir.path());
    let vocabulary = Vocabulary::builtin();
    assert_eq!(ids(&snapshot, &SearchRequest::new("text")), ["kept"]);
    assert_eq!(ids(&snapshot, &SearchRequest::new("said:no")), [] as [&str; 0]);
    let answer = search(&snapshot, &vocabulary, &SearchRequest::new("speaker:Lindqvust"), 0).unwrap();
    assert!(answer.query.warnings[0].message.ends_with("near: Mara Lindqvist"));
    let answer = search(
        &snapshot,
        &vocabulary,
        &SearchRequest::new("speaker:\"Mara Lindqvost\""),
        0,
    )
    .unwrap();
    assert_eq!(answer.query.warnings.len(), 1);
    assert!(story(&snapshot, &vocabulary, "gone", "").unwrap().is_none());
    assert_eq!(
        story(&snapshot, &vocabulary, "kept", "").unwrap().unwrap().quotes.len(),
        1
    );
    let counts = facet(&snapshot, &vocabulary, &SearchRequest::new(""), Facet::Speaker, 0).unwrap();
    assert_eq!(
        (counts.distinct, counts.values[0].label.as_str()),
        (1, "Mara Lindqvist")
    );
}

#[test]
fn wrong_parameters_are_named() {
    let (_dir, snapshot) = indexed(&[Draft::new("a", "en", "One", "Two"), Draft::new("b", "en", "One", "Two")]);
    let ask = |request: &SearchRequest| search(&snapshot, &Vocabulary::builtin(), request, 0);
    let mut request = SearchRequest::new("one");
    request.limit = 1_001;
    assert_eq!(ask(&request).unwrap_err().parameter(), Some("limit"));
    request.limit = 1;
    request.facet_limit = 10_001;
    assert_eq!(ask(&request).unwrap_err().parameter(), Some("facet.limit"));
    request.facet_limit = 1;
    (request.from, request.to) = (Some(5), Some(5));
    assert_eq!(ask(&request).unwrap_err().parameter(), Some("from"));
    (request.from, request.to) = (None, None);
    request.cursor = Some("abc".into());
    assert!(matches!(ask(&request), Err(SearchError::BadCursor)));
    request.cursor = None;
    request.cursor = ask(&request).unwrap().next;
    assert!(ask(&request).is_ok());
    request.sort = Sort::Oldest;
    assert!(matches!(ask(&request), Err(SearchError::ForeignCursor)));
}

#[test]
fn time_sorts_filters_and_makes_bars() {
    let day = 86_400;
    let mut undated = Draft::new("undated", "en", "One", "Two");
    undated.published = None;
    let (_dir, snapshot) = indexed(&[
        Draft::new("second", "en", "One", "Two").published(3 * day),
        undated,
        Draft::new("first", "en", "One", "Two").published(day - 1),
        Draft::new("third", "en", "One", "Two").published(3 * day + 5),
    ]);
    let mut request = SearchRequest::new("one");
    request.sort = Sort::Newest;
    assert_eq!(ids(&snapshot, &request), ["third", "second", "first", "undated"]);
    request.sort = Sort::Oldest;
    assert_eq!(ids(&snapshot, &request), ["undated", "first", "second", "third"]);
    request.from = Some(0);
    request.to = Some(3 * day + 5);
    request.histogram = Some(Interval::Day);
    assert_eq!(ids(&snapshot, &request), ["first", "second"]);
    let answer = search(&snapshot, &Vocabulary::builtin(), &request, 0).unwrap();
    let bars: Vec<_> = answer
        .histogram
        .iter()
        .map(|bar| (bar.start.as_str(), bar.count))
        .collect();
    assert_eq!(
        bars,
        [
            ("1970-01-01", 1),
            ("1970-01-02", 0),
            ("1970-01-03", 0),
            ("1970-01-04", 1)
        ]
    );
}
