//! The query language over the sample archive: every example of the README, the strict mode, and what no hits say.

use axum::http::{Method, StatusCode};
use dateline::query::{parse, parse_strict};
use dateline::search::SearchRequest;
use serde_json::Value;

use crate::support::{NOW, app, ask, dateline, root, run, sample};

/// The examples in the first column of the README's table of the query language.
fn examples() -> Vec<String> {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let section = readme.split("## Query language").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let first = rows.map(|row| row.split(" | ").next().unwrap());
    let spans = first.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    spans.filter(|span| *span != "( )").map(str::to_owned).collect()
}

/// Examples that are made to show a form and have nothing to find in the archive, or count from now.
const MAY_FIND_NOTHING: [&str; 17] = [
    "missing:credit",
    "words:>500",
    "rice price",
    "\"rice price\"",
    "\"rice price\"~5",
    "rice NEAR/5 price",
    "\"cod quota\" NEAR (cut OR pric*)",
    "prise~1",
    "country:\"North Korea\"",
    "country:KP",
    "person:\"Kim\"",
    "headline:word",
    "said:\"a phrase\"",
    "speaker:\"Jake Doe\" said:price",
    "a AND b",
    "published:2026-W10",
    "published:2026-03-03",
];

#[test]
fn every_example_of_the_readme_is_understood_and_finds_what_it_says() {
    let examples = examples();
    assert!(examples.len() >= 35, "{examples:?}");
    for example in &examples {
        if let Err(problem) = parse_strict(example, NOW) {
            panic!("{example}: {problem:?}");
        }
        let is_relative = ["now-", "yesterday", "last ", "today"]
            .iter()
            .any(|word| example.contains(word));
        if !is_relative && !MAY_FIND_NOTHING.contains(&example.as_str()) {
            assert!(!sample().found(example).is_empty(), "{example} finds nothing");
        }
    }
}

#[test]
fn every_field_that_the_readme_names_is_one() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let fields = readme.split("\nFields: ").nth(1).unwrap().split(". ").next().unwrap();
    let names: Vec<&str> = fields
        .split('`')
        .skip(1)
        .step_by(2)
        .flat_map(str::split_whitespace)
        .collect();
    assert!(names.len() >= 17, "{names:?}");
    for name in names {
        let value = match name {
            "published" => "2023",
            "words" => "5",
            "has" | "missing" => "credit",
            _ => "x",
        };
        let read = parse_strict(&format!("{name}:{value}"), NOW);
        assert!(read.is_ok(), "{name}: {read:?}");
    }
}

#[test]
fn what_the_readme_says_of_its_examples_holds() {
    let count = |q: &str| {
        let request = SearchRequest {
            limit: 0,
            ..SearchRequest::new(q)
        };
        sample().search(&request).total.stories
    };
    let all = count("");
    assert_eq!(count("country:Norwegia"), count("country:NO"));
    assert_eq!(count("country IN (NO, SE)"), count("country:NO OR country:SE"));
    assert_eq!(count("country IN (NO, SE)") + count("country NOT IN (NO, SE)"), all);
    assert_eq!(count("has:quote") + count("missing:quote"), all);
    assert_eq!(count("has:credit") + count("missing:credit"), all);
    assert_eq!(
        count("speaker:(Storfjell, Wiryadinata)"),
        count("speaker:Storfjell OR speaker:Wiryadinata")
    );
    assert_eq!(count("published:2026-Q1"), count("published:[2026-01 TO 2026-03]"));
    assert_eq!(count("published:\"3 Mar 2026\""), count("published:2026-03-03"));
    assert_eq!(
        count("published:2026-03..") + count("published:<2026-03"),
        count("published:>=0001")
    );
    assert_eq!(count("words:>500") + count("words:<=500"), all);
    for (one, other) in [("cod", "quota"), ("harga", "beras"), ("the", "minister")] {
        let near = count(&format!("{one} NEAR/3 {other}"));
        assert_eq!(near, count(&format!("{other} NEAR/3 {one}")), "{one} {other}");
        assert_eq!(
            near,
            count(&format!("\"{one} {other}\"~3 OR \"{other} {one}\"~3")),
            "{one} {other}: near is one order or the other"
        );
    }
}

#[tokio::test]
async fn a_strict_search_names_place_and_remedy() {
    for path in ["/v1/stories", "/v1/quotes", "/v1/facets/country"] {
        let uri = format!("{path}?q=fisk+negara:NO&strict=true");
        let (status, kind, body) = ask(app(&sample().reader), Method::GET, &uri).await;
        assert_eq!(
            (status, kind.as_str()),
            (StatusCode::BAD_REQUEST, "application/problem+json"),
            "{body}"
        );
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["parameter"], "q");
        assert_eq!(
            (&problem["position"], &problem["end"]),
            (&5.into(), &12.into()),
            "{body}"
        );
        assert_eq!(problem["suggestion"], "country:");
        let (status, _, _) = ask(app(&sample().reader), Method::GET, &uri.replace("true", "false")).await;
        assert_eq!(status, StatusCode::OK);
    }
}

#[test]
fn nothing_found_is_explained() {
    let mut request = SearchRequest::new("said:zzyzx language:en");
    request
        .filter_mut(dateline::story::Facet::Country)
        .any_of
        .push("NO".into());
    let answer = sample().search(&request);
    let zero = &answer.query.zero;
    let told: Vec<(&str, &str)> = zero
        .iter()
        .map(|c| (c.clause.parameter.as_str(), c.clause.text.as_str()))
        .collect();
    assert_eq!(told, [("q", "said:zzyzx"), ("q", "language:en"), ("country", "NO")]);
    assert_eq!((zero[0].clause.start, zero[0].clause.end), (Some(0), Some(10)));
    assert_eq!(zero[0].hits, 0);
    assert!(
        zero[0].leave_out && zero[0].without > 0 && zero[1].hits >= zero[0].without,
        "{zero:?}"
    );
    assert!(
        !zero[1].leave_out && zero[1].without == 0 && zero[2].hits > 0,
        "{zero:?}"
    );
    let without = SearchRequest {
        q: "language:en".into(),
        ..request
    };
    assert_eq!(sample().search(&without).total.stories, zero[0].without);
    assert!(sample().search(&without).query.zero.is_empty());
    assert!(parse("said:zzyzx", NOW).warnings.is_empty());
}

#[test]
fn the_command_line_says_the_same() {
    let index = sample().index();
    let search = |args: &[&str]| run(dateline().arg("--index").arg(&index).arg("search").args(args));
    let (code, out, _) = search(&["zzyzx language:en"]);
    assert_eq!(code, 1);
    assert!(out.contains("without it: "), "{out}");
    let (code, _, err) = search(&["--strict", "fisk negara:NO"]);
    assert_eq!(code, 2);
    assert!(err.contains("byte 5") && err.contains("country:"), "{err}");
}
