//! Names of people within a story and across stories, through the command.

use std::path::Path;

use serde_json::Value;

use crate::support::{dateline, run};

/// Four stories about two presidents, one of whom has three spellings.
const STORIES: &str = r#"{"id":"a:1","title":"Budget","body":"President Anna Velkova said on Monday that the budget was late. \"We will wait,\" Velkova said.","date":"2026-03-01"}
{"id":"a:2","title":"Budget","body":"President Ana Welkowa said on Tuesday that the budget was done. \"We are glad,\" Welkowa said.","date":"2026-03-02"}
{"id":"a:3","title":"Harbour","body":"President Anna Velková said on Friday that the harbour would grow. \"We will build,\" Velková said.","date":"2026-03-03"}
{"id":"a:4","title":"Harbour","body":"President Daud Karimi said on Friday that the harbour would wait. \"We will see,\" Karimi said.","date":"2026-03-04"}
"#;

const LIST: &str =
    "name\tspellings\trole\tcountry\tsince\tuntil\nAnna Velkova\tAna Welkowa | ~Velkova\tpresident\tBG\t2024\t\n";

/// The JSON that a run of the command prints.
fn json(dir: &Path, arguments: &[&str]) -> Value {
    let mut command = dateline();
    command.current_dir(dir).args(arguments).arg("--json");
    let (code, out, err) = run(&mut command);
    assert!(code < 2, "{arguments:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

/// Each value of a facet with its count and how many names it joins.
fn values(facet: &Value) -> Vec<(String, u64, usize)> {
    let values = facet["values"].as_array().unwrap().iter();
    let value = |value: &Value| {
        let names = value["names"].as_array().map_or(0, Vec::len);
        (
            value["value"].as_str().unwrap().to_owned(),
            value["count"].as_u64().unwrap(),
            names,
        )
    };
    values.map(value).collect()
}

#[test]
fn names_join_by_spelling_and_by_a_list_and_can_be_kept_apart() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("stories.jsonl"), STORIES).unwrap();
    std::fs::write(dir.path().join("people.tsv"), LIST).unwrap();
    let dir = dir.path();
    json(dir, &["index", "stories.jsonl"]);
    let listed = json(dir, &["facet", "person", "--people", "people.tsv"]);
    assert_eq!(
        values(&listed),
        [("Anna Velkova".to_owned(), 3, 3), ("Daud Karimi".to_owned(), 1, 0)]
    );
    let why = |at: usize| listed["values"][0]["names"][at]["why"].as_str().unwrap();
    let mut reasons = [why(0), why(1), why(2)];
    reasons.sort_unstable();
    assert_eq!(reasons, ["authority list", "spelling", "spelling"]);
    let built_in = values(&json(dir, &["facet", "person"]));
    assert_eq!(built_in.iter().map(|value| value.1).collect::<Vec<_>>(), [2, 1, 1]);
    assert_eq!(json(dir, &["facet", "person", "--no-joining"])["distinct"], 4);
    let from_disk = json(
        dir,
        &["facet", "person", "--people", "people.tsv", "--facet-memory", "1"],
    );
    assert_eq!(from_disk["values"], listed["values"]);
    for typed in ["Ana Welkowa", "anna velkova", "ANNA-VELKOVÁ"] {
        let found = json(dir, &["search", "--person", typed, "--people", "people.tsv"]);
        assert_eq!(found["total"]["stories"], 3, "{typed}");
        let query = format!("speaker:\"{typed}\" said:we");
        let found = json(dir, &["search", &query, "--people", "people.tsv"]);
        assert_eq!(found["total"]["stories"], 3, "{typed}");
        let said = json(dir, &["quotes", "--speaker", typed, "--people", "people.tsv"]);
        assert_eq!(said["total"], 6, "{typed}");
    }
    let mut command = dateline();
    command
        .current_dir(dir)
        .args(["facet", "person", "--people", "stories.jsonl"]);
    let (code, _, err) = run(&mut command);
    assert_eq!(code, 2);
    assert!(err.contains("stories.jsonl, line 1"), "{err}");
}

#[test]
fn a_story_tells_why_its_forms_are_one_person() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("stories.jsonl"), STORIES).unwrap();
    let mut command = dateline();
    let (code, out, err) = run(command.current_dir(dir.path()).args(["extract", "stories.jsonl"]));
    assert_eq!(code, 0, "{err}");
    let story: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    let person = &story["people"][0];
    assert_eq!(person["value"], "Anna Velkova");
    let forms = person["forms"].as_array().unwrap().iter();
    let forms: Vec<(&str, &str)> = forms
        .map(|form| (form["text"].as_str().unwrap(), form["why"].as_str().unwrap()))
        .collect();
    assert_eq!(forms, [("Anna Velkova", "whole"), ("Velkova", "family name")]);
}
