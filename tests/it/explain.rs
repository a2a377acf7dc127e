//! `explain` over the sample archive, by HTTP and on the command line: what it says is what the searches themselves give.

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::support::{self, dateline, run, sample};

async fn ask(uri: &str) -> (StatusCode, Value) {
    let (status, _, body) = support::ask(support::app(&sample().reader), Method::GET, uri).await;
    (status, serde_json::from_str(&body).unwrap())
}

async fn get(uri: &str) -> Value {
    let (status, body) = ask(uri).await;
    assert_eq!(status, StatusCode::OK, "{uri}: {body}");
    body
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Queries of every kind, as parameters.
const SEARCHES: [&str; 16] = [
    "q=minister",
    "q=mackerel+quota",
    "q=%22the+minister%22",
    "q=%22minister+of%22~3",
    "q=mackerel+NEAR/8+quota",
    "q=quot*+OR+harga",
    "q=minster~1",
    "q=headline:quota",
    "q=said:price+OR+said:harga+OR+said:quota",
    "q=speaker:Storfjell+said:the",
    "q=Storfjell&country=Norwegia",
    "q=the+-country:NO&exclude.language=id&from=2026",
    "q=panas+bumi&recency=false",
    "q=menteri&all_versions=true",
    "q=language:id",
    "q=minister&sort=oldest",
];

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-4 * one.abs().max(1.0)
}

#[tokio::test]
async fn the_parts_of_every_hit_make_its_score() {
    let mut explained = 0;
    for search in SEARCHES {
        let answer = get(&format!("/v1/stories?{search}&limit=100")).await;
        let hits = answer["hits"].as_array().unwrap();
        assert!(!hits.is_empty(), "{search}");
        for (rank, hit) in hits.iter().enumerate().step_by(1 + hits.len() / 12) {
            let uri = encoded(hit["id"].as_str().unwrap());
            let told = get(&format!("/v1/explain?{search}&story={uri}")).await;
            let story = &told["story"];
            assert_eq!(story["rank"], rank as u64 + 1, "{search} {story}");
            assert!(near(number(&story["score"]), number(&hit["score"])), "{search} {story}");
            if story["order"] != "relevance" {
                continue;
            }
            let parts = story["parts"].as_array().unwrap();
            let words: f64 = parts.iter().map(|part| number(&part["score"])).sum();
            let factor = |name: &str| story[name]["factor"].as_f64().unwrap_or(1.0);
            let score = words * factor("recency") * factor("closeness");
            assert!(near(score, number(&hit["score"])), "{search}: {score} {story}");
            explained += 1;
        }
    }
    assert!(explained >= 60, "{explained}");
}

#[tokio::test]
async fn a_clause_counts_what_a_search_for_it_alone_finds() {
    for search in SEARCHES {
        let told = get(&format!("/v1/explain?{search}")).await;
        let all = get(&format!("/v1/stories?{search}&limit=0")).await;
        assert_eq!(told["total"], all["total"]["stories"], "{search}");
        let clauses = told["clauses"].as_array().unwrap();
        assert_eq!(clauses.last().unwrap()["together"], told["total"], "{search}");
        let mut least = u64::MAX;
        for clause in clauses {
            let (parameter, text) = (
                clause["parameter"].as_str().unwrap(),
                clause["clause"].as_str().unwrap(),
            );
            let versions = if search.contains("all_versions") {
                "&all_versions=true"
            } else {
                ""
            };
            let alone = get(&format!("/v1/stories?{parameter}={}&limit=0{versions}", encoded(text))).await;
            assert_eq!(alone["total"]["stories"], clause["alone"], "{search}: {clause}");
            let together = clause["together"].as_u64().unwrap();
            assert!(together <= least, "{search}: {told}");
            least = together;
        }
    }
}

#[tokio::test]
async fn a_story_kept_out_names_the_clause() {
    let hit = get("/v1/stories?q=mackerel+quota&limit=1").await["hits"][0]["id"].clone();
    let uri = encoded(hit.as_str().unwrap());
    let told = get(&format!("/v1/explain?q=mackerel+zzyzx&country=ID&story={uri}")).await;
    let story = &told["story"];
    assert!(
        story["rank"].is_null() && story["parts"].as_array().unwrap().is_empty(),
        "{story}"
    );
    let kept: Vec<&Value> = story["kept_out_by"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kept| &kept["clause"])
        .collect();
    assert_eq!(kept, ["zzyzx", "ID"], "{story}");
    assert_eq!(story["kept_out_by"][0]["start"], 9);
    let quotes = get(&format!("/v1/explain?q=zzyzx&quotes=true&story={uri}")).await;
    assert_eq!(quotes["of"], "quotes");
    assert_eq!(quotes["story"]["kept_out_by"][0]["clause"], "zzyzx");
}

#[tokio::test]
async fn quotes_are_explained_too() {
    let answer = get("/v1/quotes?q=quota&limit=50").await;
    let told = get("/v1/explain?q=quota&quotes=true").await;
    assert_eq!(told["total"], answer["total"]);
    let first = &answer["hits"][0];
    let uri = encoded(first["story"].as_str().unwrap());
    let story = get(&format!("/v1/explain?q=quota&quotes=true&story={uri}")).await["story"].clone();
    assert_eq!((&story["rank"], &story["quote"]), (&1.into(), &first["text"]));
    assert!(near(number(&story["words"]), number(&first["score"])), "{story}");
    assert!(story["recency"].is_null() && story["closeness"].is_null());
}

#[tokio::test]
async fn errors_are_those_of_a_search_and_a_bad_uri_names_the_remedy() {
    let bad = "q=fisk+negara:NO&strict=true";
    let (status, told) = ask(&format!("/v1/explain?{bad}")).await;
    assert_eq!((status, told), ask(&format!("/v1/stories?{bad}")).await);
    let (status, told) = ask("/v1/explain?q=fisk&story=nowhere:1").await;
    assert_eq!((status, &told["parameter"]), (StatusCode::BAD_REQUEST, &"story".into()));
    assert!(told["detail"].as_str().unwrap().contains("`id` of a hit"), "{told}");
    let (status, told) = ask("/v1/explain?q=fisk&story=tag:kyst.example,2026:hold-3").await;
    assert_eq!(
        (status, &told["parameter"]),
        (StatusCode::GONE, &"story".into()),
        "{told}"
    );
    assert_eq!(told["tombstone"]["status"], "withheld");
    let (status, told) = ask("/v1/explain?contry=NO").await;
    assert_eq!(
        (status, &told["suggestion"]),
        (StatusCode::BAD_REQUEST, &"country".into())
    );
    let index = sample().index();
    let explain = |args: &[&str]| run(dateline().arg("--index").arg(&index).args(args));
    let (code, _, told) = explain(&["explain", "--strict", "fisk negara:NO"]);
    assert_eq!((code, told), {
        let (code, _, told) = explain(&["search", "--strict", "fisk negara:NO"]);
        (code, told)
    });
    let (code, _, told) = explain(&["explain", "fisk", "--story", "nowhere:1"]);
    assert!(
        code == 2 && told.contains("nowhere:1") && told.contains("`id` of a hit"),
        "{told}"
    );
}

#[test]
fn the_command_line_shows_every_part() {
    let index = sample().index();
    let explain = |args: &[&str]| {
        let (code, out, err) = run(dateline().arg("--index").arg(&index).arg("explain").args(args));
        assert_eq!(code, 0, "{err}");
        out
    };
    let uri = sample().found("mackerel quota")[0].clone();
    let out = explain(&["mackerel quota -country:ID", "--credit", "reuters", "--story", &uri]);
    for told in [
        "stories that contain “mackerel” and “quota” and do not mention the country ID",
        "\ntree\n",
        "all of  by sets and words",
        "in headline: mackerel  × 2.5",
        "in body_stem, any form of the stem en:",
        "\nplan\n",
        "first hits by score: 1 hit scored",
        "facet credit: over ",
        "its own selection left aside",
        "\nclauses\n",
        "--credit reuters",
        "\ntime in µs\n",
        "number 1 of ",
        "closeness of words: ",
        "  score\n",
    ] {
        assert!(out.contains(told), "{told:?} is not in:\n{out}");
    }
    let json: Value = serde_json::from_str(&explain(&["mackerel quota", "--story", &uri, "--json"])).unwrap();
    assert_eq!(json["story"]["id"], uri.as_str());
    assert_eq!(json["tree"]["kind"], "all_of");
    let out = explain(&["zzyzx", "--story", &uri]);
    assert!(out.contains("is no hit; what keeps it out:\n    zzyzx\n"), "{out}");
    assert!(explain(&["quota", "--quotes"]).contains(" quotes  "), "quotes");
}
