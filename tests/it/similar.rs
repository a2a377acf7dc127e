//! Stories like one: over the sample archive, and where stories are updated, copied and killed.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{self, Sample, sample};

async fn get(sample: &Sample, uri: &str) -> (StatusCode, Value) {
    let (status, _, body) = support::ask(support::app(&sample.reader), Method::GET, uri).await;
    (status, serde_json::from_str(&body).unwrap())
}

fn address(uri: &str, query: &str) -> String {
    let uri: String = form_urlencoded::byte_serialize(uri.as_bytes()).collect();
    format!("/v1/stories/{uri}/similar?{query}")
}

fn ids(answer: &Value) -> Vec<&str> {
    let hits = answer["hits"].as_array().unwrap();
    hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_story_of_the_archive_has_an_answer_that_says_why() {
    let sample = sample();
    let mut some = 0;
    for uri in sample.found("*") {
        let (status, answer) = get(sample, &address(&uri, "limit=5")).await;
        assert_eq!(status, StatusCode::OK, "{uri}: {answer}");
        assert!(
            ids(&answer).len() <= 5 && !ids(&answer).contains(&uri.as_str()),
            "{answer}"
        );
        for hit in answer["hits"].as_array().unwrap() {
            let shared = &hit["shared"];
            let words = shared["words"].as_array().unwrap().len();
            let values = shared["values"].as_array().map_or(0, Vec::len);
            assert!(words + 2 * values > 2, "{uri}: {hit}");
            some += 1;
        }
    }
    assert!(some > 100, "{some} similar stories in all");
}

#[tokio::test]
async fn an_unknown_story_and_a_wrong_parameter_are_told() {
    let (status, _) = get(sample(), &address("no-such", "")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, problem) = get(sample(), &address("no-such", "sort=newest")).await;
    assert_eq!(
        (status, &problem["parameter"]),
        (StatusCode::BAD_REQUEST, &json!("sort"))
    );
    let (status, problem) = get(sample(), &address("no-such", "limit=5000")).await;
    assert_eq!(
        (status, &problem["parameter"]),
        (StatusCode::BAD_REQUEST, &json!("limit"))
    );
}

fn story(uri: &str, version: u32, language: &str, headline: &str, body: &str) -> Value {
    json!({
        "uri": uri, "version": version.to_string(), "pubStatus": "usable", "language": language,
        "versionCreated": format!("2026-03-02T10:{version:02}:00Z"),
        "headlines": [{"value": headline}],
        "bodies": [{"contentType": "text/plain", "value": body}],
    })
}

const COD: &str = "Cod quotas in the Barents Sea were cut by a fifth on Monday, the fisheries directorate said. \
    Trawler owners in Hammerfest called the quotas a blow to the harbour and its filleting plants.";

fn few() -> Sample {
    let copy = format!("{COD} More follows.");
    let mut killed = story("killed", 2, "en", "Cod quotas cut", COD);
    killed["pubStatus"] = json!("canceled");
    let stories = [
        story("cod", 1, "en", "Cod quotas cut", COD),
        story("copy", 1, "en", "Cod quotas are cut", &copy),
        story(
            "killed",
            1,
            "en",
            "Trawler owners angry at cod quotas",
            "Trawler owners in Hammerfest were angry at the cod quotas.",
        ),
        killed,
        story(
            "other",
            1,
            "en",
            "Trawlers stay in harbour",
            "Old take about nothing at all.",
        ),
        story(
            "other",
            2,
            "en",
            "Trawlers stay in harbour",
            "Trawler crews in Hammerfest stayed in harbour over the new cod quotas, a union said on Tuesday.",
        ),
        story(
            "second",
            1,
            "en",
            "Filleting plants close",
            "Two filleting plants in Hammerfest will close since cod quotas fell, their owners told a local paper.",
        ),
        story(
            "rain",
            1,
            "en",
            "Rain in the south",
            "It rained in the south and rivers rose, the weather office said on Monday.",
        ),
        story(
            "german",
            1,
            "de",
            "Kabeljau",
            "Die Quoten für Kabeljau vor Hammerfest sinken, sagte die Behörde am Montag.",
        ),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (number, story) in stories.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number}.json")), story.to_string()).unwrap();
    }
    Sample::of(&[folder.path().to_path_buf()])
}

#[tokio::test]
async fn copies_are_named_the_killed_are_nowhere_and_filters_hold() {
    let sample = few();
    let (status, answer) = get(&sample, &address("cod", "")).await;
    assert_eq!(status, StatusCode::OK);
    let mut found = ids(&answer);
    found.sort_unstable();
    assert_eq!(found, ["other", "second"], "{answer}");
    assert_eq!(answer["copies"][0]["id"], "copy", "{answer}");
    assert!(!answer.to_string().contains("angry"), "{answer}");
    let words = answer["hits"][0]["shared"]["words"].to_string();
    assert!(words.contains("quotas"), "{words}");
    let (_, answer) = get(&sample, &address("cod", "q=union")).await;
    assert_eq!(ids(&answer), ["other"]);
    let (_, answer) = get(&sample, &address("cod", "language=de")).await;
    assert!(ids(&answer).iter().all(|id| *id == "german"), "{answer}");
    let (_, answer) = get(&sample, &address("other", "")).await;
    let folded = |hit: &Value| hit["copies"].as_array().is_some_and(|copies| copies.len() == 1);
    assert!(answer["hits"].as_array().unwrap().iter().any(folded), "{answer}");
    let (status, problem) = get(&sample, &address("killed", "")).await;
    assert_eq!(
        (status, &problem["tombstone"]["status"]),
        (StatusCode::GONE, &json!("canceled"))
    );
}
