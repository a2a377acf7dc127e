//! The life of a story as a reader meets it over HTTP, on the page and at the command line: takes, corrections, kills, a
//! restored story, an embargo.

mod archive;

use axum::http::{Method, StatusCode};
use dateline::story::Filing;
use serde_json::Value;

use crate::support::{app, ask, dateline, run};
use archive::{BRIDGE, BUDGET, FERRY, HARBOUR, LIGHTHOUSE, ODD, QUARRY, archive, harbour};

async fn get(address: &str) -> (StatusCode, Value) {
    let (status, kind, body) = ask(app(&archive().reader), Method::GET, address).await;
    let wanted = if status == StatusCode::OK {
        "application/json"
    } else {
        "application/problem+json"
    };
    assert_eq!(kind, wanted, "{address}: {body}");
    (status, serde_json::from_str(&body).unwrap())
}

async fn found(address: &str) -> Value {
    let (status, body) = get(address).await;
    assert_eq!(status, StatusCode::OK, "{address}: {body}");
    body
}

async fn page(address: &str) -> (StatusCode, String) {
    let (status, _, body) = ask(app(&archive().reader), Method::GET, address).await;
    (status, body)
}

fn cli(args: &[&str]) -> (i32, String, String) {
    run(dateline().arg("--index").arg(archive().dir.path()).args(args))
}

/// The text of one side of a field.
fn side(answer: &Value, field: &str, left_out: &str) -> String {
    let fields = answer["fields"].as_array().unwrap();
    let own = fields.iter().find(|own| own["field"] == field).unwrap();
    let paragraphs = own["paragraphs"].as_array().unwrap().iter();
    let spans = paragraphs.flat_map(|paragraph| paragraph["spans"].as_array().unwrap());
    let kept = spans.filter(|span| span["change"] != left_out);
    kept.map(|span| span["text"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn versions_are_told_in_time_whatever_order_they_came_in() {
    let answer = found(&format!("/v1/stories/{HARBOUR}/versions")).await;
    assert_eq!(answer["uri"], HARBOUR);
    let versions = answer["versions"].as_array().unwrap();
    let told: Vec<_> = versions
        .iter()
        .map(|version| {
            (
                version["number"].as_u64().unwrap(),
                version["take"]["label"].as_str(),
                version["current"] == true,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (1, None, false),
            (2, Some("UPDATE 1"), false),
            (3, Some("CORRECTED"), true)
        ]
    );
    assert_eq!(versions[1]["take"]["kind"], "update");
    assert_eq!(versions[1]["take"]["number"], 1);
    assert_eq!(versions[0]["version_created"], "2026-03-02T10:00:00Z");
    assert_eq!(versions[0]["words"], 17);
    assert!(
        versions
            .iter()
            .all(|v| v["status"] == "usable" && v["content"].as_str().unwrap().len() == 32)
    );
    assert!(versions.iter().all(|v| v["credits"][0] == "kystnytt"), "{answer}");
    let hit = found(&format!("/v1/stories/{HARBOUR}")).await;
    assert_eq!(
        (hit["take"]["label"].as_str(), hit["versions"].as_u64()),
        (Some("CORRECTED"), Some(3))
    );
    let hits = found("/v1/stories?q=harbour").await;
    assert_eq!(hits["total"]["stories"], 1);
    assert_eq!(hits["hits"][0]["take"]["kind"], "correction");
}

#[tokio::test]
async fn a_diff_tells_words_paragraphs_and_facets() {
    let answer = found(&format!("/v1/stories/{HARBOUR}/diff?from=1&to=3")).await;
    let bodies: Vec<Filing> = harbour();
    assert_eq!(side(&answer, "body", "added"), bodies[1].ninjs.body());
    assert_eq!(side(&answer, "body", "removed"), bodies[0].ninjs.body());
    assert_eq!(side(&answer, "headline", "removed"), "Skarvik harbour reopens");
    let counts = &answer["counts"];
    let paragraphs =
        ["kept", "changed", "removed", "added"].map(|what| counts[format!("paragraphs_{what}")].as_u64().unwrap());
    assert_eq!(paragraphs, [2, 1, 0, 1]);
    assert_eq!(counts["words_removed"], 1, "Twelve");
    assert_eq!(answer["cut_short"], false);
    let gained = |facet: &str| answer["facets"][facet]["gained"][0]["value"].as_str();
    assert_eq!(
        (gained("person"), gained("speaker"), gained("country")),
        (Some("Orla Venn"), Some("Orla Venn"), Some("DK"))
    );
    let last_two = found(&format!("/v1/stories/{HARBOUR}/diff")).await;
    assert_eq!(
        (&last_two["from"]["number"], &last_two["to"]["number"]),
        (&2.into(), &3.into())
    );
    let before = found(&format!("/v1/stories/{HARBOUR}/diff?to=2")).await;
    assert_eq!(
        (&before["from"]["number"], &before["to"]["number"]),
        (&1.into(), &2.into())
    );
    let (status, problem) = get(&format!("/v1/stories/{HARBOUR}/diff?from=1&to=9")).await;
    assert_eq!(
        (status, problem["parameter"].as_str()),
        (StatusCode::NOT_FOUND, Some("to"))
    );
    assert_eq!(problem["versions"], serde_json::json!([1, 2, 3]));
}

#[tokio::test]
async fn a_uri_that_ends_as_the_api_does_is_reached_encoded() {
    let encoded = ODD.replace("/versions", "%2Fversions");
    assert_eq!(found(&format!("/v1/stories/{encoded}")).await["id"], ODD);
    let versions = found(&format!("/v1/stories/{ODD}/versions")).await;
    assert_eq!(versions["versions"].as_array().unwrap().len(), 2);
    assert_eq!(
        versions["versions"][0]["current"], true,
        "an addition does not stand for the story"
    );
    assert_eq!(get(&format!("/v1/stories/{ODD}")).await.0, StatusCode::NOT_FOUND);
    // What an addition changes is the story that it is added to.
    let diff = found(&format!("/v1/stories/{encoded}/diff")).await;
    assert_eq!(side(&diff, "body", "removed"), "The address is odd.\nIt ends oddly.");
    assert_eq!(diff["counts"]["words_removed"], 0);
}

#[tokio::test]
async fn a_story_taken_away_is_gone_at_every_address_with_the_reason() {
    let cases = [
        (FERRY, "canceled", "No ferry sank.", "Tilda"),
        (
            BRIDGE,
            "canceled",
            "Please kill item 157, Bridge-Lunde. The engineer was misquoted.",
            "unsafe",
        ),
        (QUARRY, "withheld", "Quarry sold", "broker"),
    ];
    for (uri, status, reason, never) in cases {
        for part in ["", "/versions", "/diff", "/diff?from=1&to=2"] {
            let (code, problem) = get(&format!("/v1/stories/{uri}{part}")).await;
            assert_eq!(code, StatusCode::GONE, "{uri}{part}: {problem}");
            let tombstone = &problem["tombstone"];
            let told = ["uri", "status", "reason", "at"].map(|name| tombstone[name].as_str().unwrap());
            assert_eq!(told, [uri, status, reason, "2026-03-02T10:00:00Z"]);
            assert_eq!(tombstone["by"], serde_json::json!(["kystnytt"]), "{problem}");
            assert!(!problem.to_string().contains(never), "{problem}");
        }
        let address: String = form_urlencoded::byte_serialize(uri.as_bytes()).collect();
        for address in [format!("/story?uri={address}"), format!("/diff?uri={address}")] {
            let (code, page) = page(&address).await;
            assert_eq!(code, StatusCode::GONE);
            assert!(
                page.contains(status) && page.contains(reason) && !page.contains(never),
                "{page}"
            );
        }
    }
    let (_, problem) = get(&format!("/v1/stories/{BRIDGE}")).await;
    assert_eq!(problem["tombstone"]["take"]["label"], "KILL");
    for word in ["Tilda", "unsafe", "broker"] {
        assert_eq!(found(&format!("/v1/stories?q={word}")).await["total"]["stories"], 0);
        assert_eq!(found(&format!("/v1/quotes?q={word}")).await["total"], 0);
    }
}

#[tokio::test]
async fn a_restored_story_is_back_but_what_was_killed_is_not() {
    let hit = found(&format!("/v1/stories/{LIGHTHOUSE}")).await;
    assert_eq!(hit["story"]["headlines"][0]["value"], "Lighthouse stands");
    let answer = found(&format!("/v1/stories/{LIGHTHOUSE}/versions")).await;
    let versions = answer["versions"].as_array().unwrap();
    let told: Vec<_> = versions
        .iter()
        .map(|v| (v["status"].as_str().unwrap(), v["current"] == true))
        .collect();
    assert_eq!(
        told,
        [
            ("canceled", false),
            ("canceled", false),
            ("usable", false),
            ("usable", true)
        ]
    );
    assert!(versions[..2].iter().all(|v| v["headline"] == ""), "killed: {answer}");
    let diff = found(&format!("/v1/stories/{LIGHTHOUSE}/diff")).await;
    assert_eq!(diff["counts"]["words_added"], 1, "firm");
    for killed in 1..=2 {
        let (status, problem) = get(&format!("/v1/stories/{LIGHTHOUSE}/diff?from={killed}&to=3")).await;
        assert_eq!(status, StatusCode::GONE);
        assert_eq!(problem["tombstone"]["reason"], "Nothing leans.");
        assert_eq!(problem["parameter"], "from");
        assert!(!problem.to_string().contains("tower"));
    }
    let page = page(&format!("/story?uri={LIGHTHOUSE}")).await.1;
    assert!(page.contains("from=3&amp;to=4") && !page.contains("to=3"), "{page}");
}

#[tokio::test]
async fn an_embargoed_story_is_nowhere() {
    for part in ["", "/versions", "/diff"] {
        let (status, problem) = get(&format!("/v1/stories/{BUDGET}{part}")).await;
        let (unknown, of_unknown) = get(&format!("/v1/stories/{BUDGET}2{part}")).await;
        assert_eq!((status, unknown), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        let detail = problem["detail"].as_str().unwrap();
        assert_eq!(
            detail.replace(BUDGET, ""),
            of_unknown["detail"]
                .as_str()
                .unwrap()
                .replace(&format!("{BUDGET}2"), "")
        );
    }
    for query in [
        "budget",
        "zw%C3%B6lftel",
        "person%3AYrsa",
        "country%3AIS",
        "said%3Abudget",
    ] {
        assert_eq!(
            found(&format!("/v1/stories?q={query}")).await["total"]["stories"],
            0,
            "{query}"
        );
        assert_eq!(found(&format!("/v1/quotes?q={query}")).await["total"], 0, "{query}");
    }
    for facet in ["person", "speaker", "country"] {
        let values = found(&format!("/v1/facets/{facet}?facet.limit=1000")).await.to_string();
        assert!(!values.contains("Yrsa") && !values.contains("\"IS\""), "{values}");
    }
    let all = found("/v1/stories?limit=100").await;
    assert_eq!(all["total"]["stories"], 3);
    assert!(!all.to_string().contains("budget"));
    assert_eq!(page(&format!("/story?uri={BUDGET}")).await.0, StatusCode::NOT_FOUND);
    for command in ["show", "versions", "diff"] {
        let (code, out, err) = cli(&[command, BUDGET]);
        assert_eq!((code, out.as_str()), (1, ""), "{err}");
        assert!(err.starts_with("there is no story"), "{err}");
    }
}

#[tokio::test]
async fn pages_have_badges_versions_and_changes() {
    let (_, results) = page("/?q=harbour").await;
    assert!(
        results.contains("<span class=\"take striking\"><bdi>CORRECTED</bdi></span>"),
        "{results}"
    );
    let (_, story) = page(&format!("/story?uri={HARBOUR}")).await;
    assert!(
        story.contains("striking") && story.contains("from=2&amp;to=3"),
        "{story}"
    );
    let (status, diff) = page(&format!("/diff?uri={HARBOUR}&from=1&to=3")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(diff.contains("<del>Twelve</del><ins>Fourteen</ins>"), "{diff}");
    assert!(diff.contains("<summary>1 paragraph unchanged</summary>"), "{diff}");
    assert!(diff.contains("<option value=\"3\" selected>"), "{diff}");
    assert_eq!(
        page(&format!("/diff?uri={HARBOUR}&form=1")).await.0,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        page(&format!("/diff?uri={HARBOUR}&from=7")).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_command_line_tells_the_same() {
    let (code, out, _) = cli(&["versions", HARBOUR]);
    assert_eq!(code, 0);
    assert!(out.contains("*  3  CORRECTED Skarvik harbour reopens"), "{out}");
    let (code, out, _) = cli(&["diff", HARBOUR, "--from", "1"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("[-Twelve-]{+Fourteen+} boats left early{+, harbour master Orla Venn said+}."),
        "{out}"
    );
    assert!(
        out.contains("… 1 paragraph unchanged") && out.contains("+ speaker   Orla Venn"),
        "{out}"
    );
    let (code, out, _) = cli(&["diff", HARBOUR, "--from", "1", "--json"]);
    assert_eq!(code, 0);
    let printed: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(printed, found(&format!("/v1/stories/{HARBOUR}/diff?from=1")).await);
    let (_, out, _) = cli(&["versions", HARBOUR, "--json"]);
    let printed: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(printed, found(&format!("/v1/stories/{HARBOUR}/versions")).await);
    let (code, _, err) = cli(&["diff", HARBOUR, "--to", "8"]);
    assert_eq!(code, 1);
    assert!(err.contains("1, 2, 3"), "{err}");
    for command in ["show", "versions", "diff"] {
        let (code, out, _) = cli(&[command, BRIDGE]);
        assert_eq!(code, 1);
        assert!(
            out.contains("misquoted") && out.contains("canceled") && !out.contains("unsafe"),
            "{out}"
        );
        let (code, out, _) = cli(&[command, FERRY, "--json"]);
        assert_eq!(code, 1);
        let printed: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(printed["tombstone"]["reason"], "No ferry sank.");
    }
    assert_eq!(cli(&["show", LIGHTHOUSE]).0, 0);
}
