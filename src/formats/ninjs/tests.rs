//! The lines of ninjs, dialects of it, and items that are no story.

use super::*;
use serde_json::json;

fn parse(value: &Value) -> Parsed {
    read(&Fields::of(value.as_object().unwrap()), &FieldMap::default())
}

#[test]
fn the_three_lines_give_the_same_filing() {
    let one = parse(
        &json!({"uri": "x:1", "version": "2", "versioncreated": "2024-03-05T10:00:00Z", "pubstatus": "usable",
        "urgency": 3, "headline": "Port reopens", "byline": "Ann Moe", "body_html": "<p>The port reopened.</p><p>Ships left.</p>",
        "person": [{"name": "Ann Moe", "rel": "about"}], "place": [{"name": "Lunde", "scheme": "iso", "code": "LND"}],
        "subject": [{"name": "ports", "code": "10"}], "infosource": [{"name": "Kystnytt"}], "copyrightholder": "Kystnytt"}),
    );
    let two = parse(
        &json!({"uri": "x:1", "version": "2", "versioncreated": "2024-03-05T10:00:00Z", "pubstatus": "usable",
        "urgency": 3, "headlines": [{"role": "main", "value": "Port reopens"}], "by": "Ann Moe",
        "bodies": [{"contenttype": "text/html", "value": "<p>The port reopened.</p><p>Ships left.</p>"}],
        "people": [{"name": "Ann Moe", "rel": "about"}], "places": [{"name": "Lunde", "uri": "iso:LND", "literal": "LND"}],
        "subjects": [{"name": "ports", "literal": "10"}], "infosources": [{"name": "Kystnytt"}], "copyrightholder": "Kystnytt"}),
    );
    let three = parse(
        &json!({"uri": "x:1", "version": "2", "versionCreated": "2024-03-05T10:00:00Z", "pubStatus": "usable",
        "urgency": 3, "headlines": [{"role": "main", "value": "Port reopens"}], "by": "Ann Moe",
        "bodies": [{"contentType": "text/html", "value": "<p>The port reopened.</p><p>Ships left.</p>"}],
        "people": [{"name": "Ann Moe", "rel": "about"}], "places": [{"name": "Lunde", "uri": "iso:LND", "literal": "LND"}],
        "subjects": [{"name": "ports", "literal": "10"}], "infoSources": [{"name": "Kystnytt"}], "copyrightHolder": "Kystnytt"}),
    );
    let one = one.unwrap();
    assert_eq!(Ok(&one), two.as_ref());
    assert_eq!(Ok(&one), three.as_ref());
    assert_eq!(one.ninjs.body(), "The port reopened.\nShips left.");
    assert_eq!(one.published, Some(1_709_632_800));
    assert!(one.warnings.is_empty(), "{:?}", one.warnings);
}

#[test]
fn wrong_types_are_read_with_a_warning() {
    let read = parse(
        &json!({"uri": 12, "pubstatus": ["usable"], "headline": {"value": "Port reopens"}, "urgency": "high",
        "body_text": ["One.", "Two."], "person": "Ann Moe", "versioncreated": "soon"}),
    );
    let read = read.unwrap();
    assert_eq!(read.ninjs.uri, "12");
    assert_eq!(read.ninjs.headline(), "Port reopens");
    assert_eq!(read.ninjs.body(), "One.\nTwo.");
    assert_eq!(read.ninjs.people[0].name, "Ann Moe");
    assert!(
        read.warnings.iter().any(|warning| warning.contains("`soon`")),
        "{:?}",
        read.warnings
    );
    assert!(read.warnings.len() >= 6, "{:?}", read.warnings);
}

#[test]
fn the_repeated_headline_and_stubs_are_left_out() {
    let read = parse(
        &json!({"uri": "a", "pubStatus": "usable", "headlines": [{"value": "Port reopens"}], "bodies": [
        {"contentType": "text/html", "value": "<h1>Port reopens</h1><p>Ships left.</p>"}]}),
    );
    assert_eq!(read.unwrap().ninjs.body(), "Ships left.");
    let read = parse(&json!({"uri": "a", "pubStatus": "usable", "bodies": [
        {"contentType": "text/html", "value": "<p>More soon</p>"},
        {"contentType": "text/plain", "value": "The port reopened after a week of storms."}]}));
    assert_eq!(read.unwrap().ninjs.body(), "The port reopened after a week of storms.");
}

#[test]
fn an_identity_does_not_change_with_the_request() {
    let read = parse(
        &json!({"uri": "https://ap.example/c/5e?et=0a4", "altids": {"itemid": "5e"}, "pubstatus": "usable", "headline": "a"}),
    );
    assert_eq!(read.unwrap().ninjs.uri, "5e");
}

#[test]
fn an_item_without_text_is_refused_by_its_keys() {
    let refused = parse(&json!({"uri": "a", "pubStatus": "usable"})).unwrap_err();
    assert!(refused.reason.contains("`pubStatus`"), "{}", refused.reason);
}
