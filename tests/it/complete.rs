//! Completion of what is typed, over the sample archive.

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::support::{self, sample};

async fn complete(q: &str, more: &str) -> Vec<Value> {
    let typed: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let uri = format!("/v1/complete?q={typed}{more}");
    let (status, _, body) = support::ask(support::app(&sample().reader), Method::GET, &uri).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let answer: Value = serde_json::from_str(&body).unwrap();
    answer["completions"].as_array().unwrap().clone()
}

fn queries(completions: &[Value]) -> Vec<&str> {
    completions.iter().map(|one| one["query"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn names_are_completed_by_any_of_their_words_and_one_edit_is_forgiven() {
    let wanted = "speaker:\"Ingvild Storfjell\"";
    for typed in [
        "Storfj",
        "storfj",
        "ingvi",
        "speaker:Storf",
        "speaker:\"Ingvild Sto",
        "Strofj",
        "speaker:Storfjel",
    ] {
        let found = complete(typed, "").await;
        assert!(queries(&found).contains(&wanted), "{typed}: {found:?}");
    }
    assert!(
        !queries(&complete("xtorfj", "").await).contains(&wanted),
        "the first letter is kept"
    );
    assert!(
        !queries(&complete("sro", "").await).contains(&wanted),
        "three letters are as typed"
    );
}

#[tokio::test]
async fn countries_are_completed_by_their_names_in_any_language() {
    let found = complete("country:Norweg", "&lang=id").await;
    assert_eq!(found[0]["value"], "NO", "{found:?}");
    assert_eq!(
        (&found[0]["text"], &found[0]["kind"]),
        (&"Norwegia".into(), &"country".into())
    );
    let found = complete("ikan country:Norvè", "").await;
    assert_eq!(found[0]["text"], "Norway", "{found:?}");
    assert_eq!(found[0]["q"], "ikan country:NO");
}

#[tokio::test]
async fn a_completion_finds_as_many_stories_as_it_says() {
    for typed in [
        "co",
        "pre",
        "per",
        "jak",
        "no",
        "an",
        "sa",
        "the",
        "credit:a",
        "language:e",
        "headline:pr",
    ] {
        let found = complete(typed, "&limit=20").await;
        assert!(!found.is_empty(), "{typed}");
        for one in found {
            let query = one["query"].as_str().unwrap();
            let query = match one["kind"].as_str().unwrap() {
                // A word is counted in headlines, as written.
                "word" => format!("headline:\"{}\"", one["value"].as_str().unwrap()),
                _ => query.to_owned(),
            };
            let stories = sample().found(&query).len() as u64;
            // A name as a clause also finds longer names that hold it.
            let count = one["count"].as_u64().unwrap();
            assert!(count > 0 && count <= stories, "{query}: {count} of {stories}");
        }
    }
}

#[tokio::test]
async fn nothing_to_complete_is_no_error() {
    for typed in [
        "",
        " ",
        "harga ",
        "\"",
        "speaker:",
        "speaker:\"",
        "(",
        "-",
        "published:2026",
        "💡",
        "\"harga beras ",
        "a:b:c:\"",
        "é\"ü:\"x",
    ] {
        let _ = complete(typed, "&limit=3").await;
    }
    assert!(complete("harga ", "").await.is_empty());
    assert!(complete("published:20", "").await.is_empty());
    assert!(complete("sto", "&limit=1").await.len() == 1);
    assert!(
        complete("-speaker:Storfj", "").await[0]["q"]
            .as_str()
            .unwrap()
            .starts_with("-speaker:")
    );
    let app = support::app(&sample().reader);
    let (status, _, body) = support::ask(app, Method::GET, "/v1/complete?q=a&sort=newest").await;
    assert!(status == StatusCode::BAD_REQUEST && body.contains("\"sort\""), "{body}");
}
