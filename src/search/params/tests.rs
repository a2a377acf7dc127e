//! Parameters as typed, and what they become.

use super::*;

fn request(pairs: &[(&str, &str)]) -> Result<SearchRequest, ParamError> {
    request_from(pairs.iter().copied(), 1_780_000_000)
}

#[test]
fn values_of_one_facet_gather_and_exclusions_stand_beside_them() {
    let read = request(&[
        ("country", "KP"),
        ("country", "Norwegia"),
        ("exclude.country", "US"),
        ("facet", "person,credit"),
    ]);
    let read = read.unwrap();
    assert_eq!(read.filters.len(), 1);
    assert_eq!(read.filters[0].1.any_of, ["KP", "Norwegia"]);
    assert_eq!(read.filters[0].1.none_of, ["US"]);
    assert_eq!(read.facets, [Facet::Person, Facet::Credit]);
}

#[test]
fn an_unknown_name_is_an_error_with_a_suggestion() {
    let error = request(&[("contry", "KP")]).unwrap_err();
    assert_eq!(
        (error.parameter.as_str(), error.suggestion.as_deref()),
        ("contry", Some("country"))
    );
    assert!(request(&[("sort", "best")]).unwrap_err().reason.contains("newest"));
    assert!(request(&[("limit", "1001")]).unwrap_err().reason.contains("1000"));
    assert!(request(&[("q", "a"), ("q", "b")]).unwrap_err().reason.contains("twice"));
    assert!(request(&[("from", "soon")]).unwrap_err().reason.contains("2023-09"));
}

#[test]
fn a_comparison_takes_numbers_and_nothing_else() {
    let read = diff_request_from([("from", "1"), ("to", ""), ("lang", "id")]).unwrap();
    assert_eq!((read.from, read.to, read.lang.as_str()), (Some(1), None, "id"));
    let error = diff_request_from([("form", "1")]).unwrap_err();
    assert_eq!(error.suggestion.as_deref(), Some("from"));
    assert!(
        diff_request_from([("from", "first")])
            .unwrap_err()
            .reason
            .contains("number")
    );
    assert_eq!(lang_from([("q", "sea")]).unwrap_err().parameter, "q");
}

#[test]
fn recency_counts_unless_it_is_turned_off() {
    assert!(request(&[]).unwrap().recency);
    assert!(!request(&[("recency", "false")]).unwrap().recency);
    assert!(request(&[("recency", "some")]).is_err());
}

#[test]
fn from_begins_a_period_and_to_ends_it() {
    let read = request(&[("from", "2023-09"), ("to", "2023-09")]).unwrap();
    assert_eq!(read.to.unwrap() - read.from.unwrap(), 30 * 86_400);
}

#[test]
fn an_explanation_takes_what_a_search_takes_and_a_story() {
    let read = |pairs: &[(&str, &str)]| explain_request_from(pairs.iter().copied(), 1_780_000_000);
    let request = read(&[
        ("q", "sea"),
        ("story", " urn:a "),
        ("quotes", "true"),
        ("country", "KP"),
    ])
    .unwrap();
    assert_eq!((request.story.as_deref(), request.quotes), (Some("urn:a"), true));
    assert_eq!((request.search.q.as_str(), request.search.filters.len()), ("sea", 1));
    assert_eq!(read(&[("story", ""), ("quotes", "")]).unwrap().story, None);
    assert!(
        read(&[("story", "a"), ("story", "b")])
            .unwrap_err()
            .reason
            .contains("twice")
    );
    assert_eq!(read(&[("quotes", "some")]).unwrap_err().parameter, "quotes");
    assert_eq!(
        read(&[("contry", "KP")]).unwrap_err().suggestion.as_deref(),
        Some("country")
    );
}
