//! The HTTP door without a socket: answers, statuses, and one shape for every error.

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::support::{self, sample};

async fn ask(method: Method, uri: &str) -> (StatusCode, String, String) {
    support::ask(support::app(&sample().reader), method, uri).await
}

async fn get(uri: &str) -> Value {
    let (status, kind, body) = ask(Method::GET, uri).await;
    assert_eq!(
        (status, kind.as_str()),
        (StatusCode::OK, "application/json"),
        "{uri}: {body}"
    );
    serde_json::from_str(&body).unwrap()
}

#[tokio::test]
async fn stories_come_with_facets_histogram_and_total() {
    let answer = get("/v1/stories?facet=speaker,country,credit&histogram=month&limit=5").await;
    assert_eq!(answer["hits"].as_array().unwrap().len(), 5);
    let total = answer["total"]["stories"].as_u64().unwrap();
    assert!(total >= 80, "{total}");
    for facet in ["speaker", "country", "credit"] {
        let values = answer["facets"][facet]["values"].as_array().unwrap();
        assert!(!values.is_empty(), "{facet}");
        let counts: Vec<u64> = values.iter().map(|value| value["count"].as_u64().unwrap()).collect();
        assert!(counts.is_sorted_by(|a, b| a >= b), "{facet}: {counts:?}");
    }
    let bars = answer["histogram"].as_array().unwrap();
    assert!(bars.iter().map(|bar| bar["count"].as_u64().unwrap()).sum::<u64>() <= total);
}

#[tokio::test]
async fn a_facet_count_is_what_filtering_by_its_value_finds() {
    for facet in [
        "speaker", "about", "country", "region", "credit", "source", "language", "person", "status",
    ] {
        let answer = get(&format!("/v1/facets/{facet}?facet.limit=15")).await;
        for value in answer["values"].as_array().unwrap() {
            let typed: String = form_urlencoded::byte_serialize(value["value"].as_str().unwrap().as_bytes()).collect();
            let found = get(&format!("/v1/stories?{facet}={typed}&limit=0")).await;
            assert_eq!(found["total"]["stories"], value["count"], "{facet}={typed}");
        }
    }
}

#[tokio::test]
async fn a_country_is_found_under_any_of_its_names() {
    let by_code = get("/v1/stories?country=NO&limit=0").await["total"]["stories"].clone();
    assert_ne!(by_code, 0);
    for name in ["Norway", "Norwegia", "Norv%C3%A8ge", "NORWEGEN", "no"] {
        assert_eq!(
            get(&format!("/v1/stories?country={name}&limit=0")).await["total"]["stories"],
            by_code,
            "{name}"
        );
    }
}

#[tokio::test]
async fn pages_follow_one_another_and_each_story_comes_once() {
    let total = get("/v1/stories?limit=0").await["total"]["stories"].as_u64().unwrap();
    for sort in ["newest", "oldest"] {
        let (mut seen, mut cursor) = (std::collections::BTreeSet::new(), String::new());
        loop {
            let page = get(&format!("/v1/stories?limit=7&sort={sort}&cursor={cursor}")).await;
            for hit in page["hits"].as_array().unwrap() {
                assert!(
                    seen.insert(hit["id"].as_str().unwrap().to_owned()),
                    "{} came twice",
                    hit["id"]
                );
            }
            match page["next"].as_str() {
                Some(next) => cursor = form_urlencoded::byte_serialize(next.as_bytes()).collect(),
                None => break,
            }
        }
        assert_eq!(seen.len() as u64, total, "{sort}");
    }
}

#[tokio::test]
async fn a_story_is_had_by_its_uri() {
    let first = get("/v1/stories?limit=1").await["hits"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path: String = form_urlencoded::byte_serialize(first.as_bytes()).collect();
    let story = get(&format!("/v1/stories/{}", path.replace('+', "%20"))).await;
    assert_eq!(story["id"].as_str().unwrap(), first);
    assert_eq!(story["story"]["uri"].as_str().unwrap(), first);
}

#[tokio::test]
async fn quotes_have_their_speaker_and_story() {
    let answer = get("/v1/quotes?limit=10&facet=speaker").await;
    assert!(answer["total"].as_u64().unwrap() >= 80);
    for hit in answer["hits"].as_array().unwrap() {
        assert!(
            !hit["text"].as_str().unwrap().is_empty() && !hit["story"].as_str().unwrap().is_empty(),
            "{hit}"
        );
    }
}

#[tokio::test]
async fn every_error_is_a_problem_that_names_its_parameter() {
    let cases = [
        ("/v1/stories?contry=NO", StatusCode::BAD_REQUEST, Some("contry")),
        ("/v1/stories?limit=many", StatusCode::BAD_REQUEST, Some("limit")),
        ("/v1/stories?limit=100000", StatusCode::BAD_REQUEST, Some("limit")),
        ("/v1/stories?sort=best", StatusCode::BAD_REQUEST, Some("sort")),
        ("/v1/stories?from=soon", StatusCode::BAD_REQUEST, Some("from")),
        ("/v1/stories?cursor=nonsense", StatusCode::BAD_REQUEST, Some("cursor")),
        ("/v1/stories?facet=colour", StatusCode::BAD_REQUEST, Some("facet")),
        ("/v1/stories?histogram=week", StatusCode::BAD_REQUEST, Some("histogram")),
        ("/v1/stories?q=a&q=b", StatusCode::BAD_REQUEST, Some("q")),
        ("/v1/quotes?cursor=nonsense", StatusCode::BAD_REQUEST, Some("cursor")),
        ("/v1/stories/no-such-story", StatusCode::NOT_FOUND, None),
        ("/v1/stories/no-such-story/versions", StatusCode::NOT_FOUND, None),
        ("/v1/stories/no-such-story/diff", StatusCode::NOT_FOUND, None),
        ("/v1/stories/a/versions?q=sea", StatusCode::BAD_REQUEST, Some("q")),
        ("/v1/stories/a/diff?form=1", StatusCode::BAD_REQUEST, Some("form")),
        ("/v1/stories/a/diff?to=last", StatusCode::BAD_REQUEST, Some("to")),
        ("/v1/stories/%FF", StatusCode::BAD_REQUEST, Some("uri")),
        ("/v1/facets/colour", StatusCode::NOT_FOUND, None),
        ("/v2/anything", StatusCode::NOT_FOUND, None),
    ];
    for (uri, status, parameter) in cases {
        let (got, kind, body) = ask(Method::GET, uri).await;
        assert_eq!(
            (got, kind.as_str()),
            (status, "application/problem+json"),
            "{uri}: {body}"
        );
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["status"], status.as_u16(), "{uri}");
        assert!(problem["title"].is_string() && problem["type"].is_string(), "{body}");
        assert!(problem["detail"].as_str().unwrap().len() > 10, "{body}");
        assert_eq!(problem["parameter"].as_str(), parameter, "{uri}: {body}");
    }
    let (status, kind, _) = ask(Method::DELETE, "/v1/stories").await;
    assert_eq!(
        (status, kind.as_str()),
        (StatusCode::METHOD_NOT_ALLOWED, "application/problem+json")
    );
}

#[tokio::test]
async fn a_malformed_query_is_answered_with_warnings() {
    let answer = get("/v1/stories?q=%28ikan+OR+negara%3ANO&limit=1").await;
    let warnings = answer["query"]["warnings"].as_array().unwrap();
    assert!(!warnings.is_empty());
    assert!(
        warnings
            .iter()
            .all(|warning| warning["start"].as_u64() <= warning["end"].as_u64())
    );
}

#[tokio::test]
async fn the_pages_answer_and_let_no_markup_through() {
    for uri in [
        "/",
        "/?q=minister",
        "/quotes",
        "/?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/?country=%22%3E%3Cb%3E",
    ] {
        let (status, kind, body) = ask(Method::GET, uri).await;
        assert_eq!(
            (status, kind.as_str()),
            (StatusCode::OK, "text/html; charset=utf-8"),
            "{uri}"
        );
        assert!(
            body.matches("<script").count() == 1 && !body.contains("\"><b>"),
            "{uri}"
        );
    }
    let (status, _, body) = ask(Method::GET, "/?contry=NO").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body.contains("contry") && body.contains("<html"));
    let (status, _, _) = ask(Method::GET, "/story?uri=no-such").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn health_tells_how_much_is_there() {
    let health = get("/healthz").await;
    assert_eq!(health["status"], "ok");
    assert!(health["stories"].as_u64().unwrap() >= 80);
}

#[tokio::test]
async fn the_report_balances_and_names_what_did_not_get_in() {
    let report = get("/v1/ingest/report").await;
    let count = |name: &str| report[name].as_u64().unwrap();
    let outcomes = ["added", "updated", "unchanged", "killed", "skipped", "rejected"];
    assert_eq!(count("read"), outcomes.into_iter().map(count).sum::<u64>());
    assert_eq!(report["rejections"].as_array().unwrap().len() as u64, count("rejected"));
    let hashed = |rejection: &Value| rejection["hash"].as_str().is_some_and(|hash| hash.len() == 32);
    assert!(report["rejections"].as_array().unwrap().iter().any(hashed), "{report}");
    assert!(
        count("embargoed") > 0 && report["next_embargo_ends"].is_string(),
        "{report}"
    );
}

#[tokio::test]
async fn a_facet_shows_as_many_values_as_asked_for() {
    for name in ["limit", "facet.limit"] {
        let facet = get(&format!("/v1/facets/country?{name}=3")).await;
        assert_eq!(facet["values"].as_array().unwrap().len(), 3, "{name}");
    }
}
