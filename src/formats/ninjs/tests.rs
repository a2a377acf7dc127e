//! The lines of ninjs, dialects of it, and items that are no story.

use serde_json::json;

use super::*;
use crate::story::TakeKind;

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

#[test]
fn items_that_are_no_text_are_skipped_as_what_they_are() {
    let what = |value: &Value| parse(value).unwrap_err().reason;
    let picture = json!({"uri": "a", "type": "picture", "pubstatus": "usable", "headline": "Quay", "description_text": "The quay."});
    assert_eq!(what(&picture), "a picture, not a story");
    let caption =
        json!({"uri": "a", "type": "picture", "pubstatus": "usable", "headline": "Quay", "body_text": "Quay"});
    assert_eq!(what(&caption), "a picture, not a story");
    let event = json!({"uri": "a", "versionCreated": "2024-03-05T10:00:00Z", "title": "Port day", "eventDetails": {}});
    assert_eq!(what(&event), "an entry of a diary, not a story");
    let package = json!({"uri": "a", "type": "composite", "pubstatus": "usable", "headline": "Port", "associations": {"one": {"type": "picture"}}});
    assert_eq!(what(&package), "a package, not a story");
}

#[test]
fn a_text_makes_a_story_of_a_video_and_a_headline_of_a_bare_package() {
    let text = "The port reopened on Monday after a week of storms. ".repeat(10);
    let script = json!({"uri": "a", "type": "video", "pubStatus": "usable", "bodies": [{"value": text}]});
    assert!(parse(&script).is_ok());
    let alert =
        json!({"urn": "a", "type": "composite", "pubstatus": "usable", "headline": "Port reopens", "associations": []});
    assert_eq!(parse(&alert).unwrap().ninjs.headline(), "Port reopens");
}

#[test]
fn a_kill_without_text_comes_in() {
    let killed = parse(&json!({"uri": "a", "pubStatus": "canceled"})).unwrap();
    assert!(killed.hides() && killed.warnings.len() == 1, "{:?}", killed.warnings);
    assert!(parse(&json!({"pubStatus": "canceled"})).is_err(), "of no story");
}

#[test]
fn other_ids_are_read_in_both_shapes() {
    let one =
        parse(&json!({"uri": "a", "pubstatus": "usable", "headline": "x", "altids": {"etag": "e1", "guid": "a"}}))
            .unwrap();
    let two = parse(
        &json!({"uri": "a", "pubstatus": "usable", "headline": "x", "altIds": [{"role": "etag", "value": "e1"}]}),
    )
    .unwrap();
    assert_eq!(one.ninjs.alt_ids, two.ninjs.alt_ids);
    assert_eq!(
        (one.ninjs.alt_ids[0].role.as_str(), one.ninjs.alt_ids[0].value.as_str()),
        ("etag", "e1")
    );
}

#[test]
fn codes_are_put_in_full_behind_their_scheme() {
    let read = parse(&json!({"uri": "a", "pubstatus": "usable", "headline": "x", "subject": [
        {"name": "ports", "scheme": "http://cv.kyst.example/subject/", "code": "20"}, {"name": "fish", "qcode": "kyst:21"}, {"name": "sea", "code": "22"}],
        "infosource": [{"name": "Ann Moe", "rel": "said it", "scheme": "http://cv.kyst.example/partyrole/", "code": "interviewee"}]}));
    let ninjs = read.unwrap().ninjs;
    let coded = |at: usize| (ninjs.subjects[at].uri.as_deref(), ninjs.subjects[at].literal.as_deref());
    assert_eq!(coded(0), (Some("http://cv.kyst.example/subject/20"), Some("20")));
    assert_eq!(coded(1), (Some("kyst:21"), Some("21")));
    assert_eq!(coded(2), (None, Some("22")));
    assert_eq!(ninjs.info_sources[0].role.as_deref(), Some("interviewee"));
}

#[test]
fn an_embargo_is_kept_whatever_it_says() {
    let embargo = |value: Value| {
        let read = parse(&json!({"uri": "a", "pubstatus": "usable", "headline": "x", "embargoed": value})).unwrap();
        read.ninjs.embargoed_until
    };
    assert_eq!(
        embargo(json!("2024-03-05T10:00:00+01:00")).as_deref(),
        Some("2024-03-05T10:00:00+01:00")
    );
    assert_eq!(
        embargo(json!("2024-03-05T10:00:00+0100")).as_deref(),
        Some("2024-03-05T09:00:00Z")
    );
    assert_eq!(embargo(json!("2024-03-05")).as_deref(), Some("2024-03-05"));
    assert_eq!(embargo(json!("Next Monday")).as_deref(), Some("Next Monday"));
    assert_eq!(embargo(json!(false)), None);
}

#[test]
fn dialects_tell_corrections_notes_and_tags_their_way() {
    let read = parse(
        &json!({"urn": "a", "pubstatus": "usable", "headline": "Port reopens", "kicker": "Coast", "signal": "sig:correction",
        "dateline": {"text": "LUNDE (KN) - ", "located": {"city": "Lunde"}},
        "ednotes": [{"role": "r:correction", "ednote": "Corrects the day."}, {"role": "r:contacts", "ednote": "Moe, tel 030"},
            {"role": "r:closingline", "ednote": "kn amo n1"}],
        "categories": [{"type": "t:geosubject", "name": "Lunde", "qcode": "area:1"}, {"type": "t:keyword", "name": "ports", "qcode": null},
            {"type": "t:person", "name": "Ann Moe", "qcode": "p:2"}, {"type": "t:provider", "name": "kn", "qcode": "prov:kn"}]}),
    );
    let read = read.unwrap();
    assert_eq!(read.kind(), TakeKind::Correction);
    assert_eq!(read.ninjs.ed_note.as_deref(), Some("Corrects the day."));
    assert_eq!(read.dateline.as_deref(), Some("LUNDE (KN)"));
    assert_eq!(read.ninjs.located.as_deref(), Some("Lunde"));
    assert_eq!(
        (read.ninjs.places[0].name.as_str(), read.ninjs.people[0].name.as_str()),
        ("Lunde", "Ann Moe")
    );
    assert_eq!(
        (
            read.ninjs.subjects[0].name.as_str(),
            read.ninjs.info_sources[0].name.as_str()
        ),
        ("ports", "kn")
    );
    let rewritten =
        parse(&json!({"guid": "b", "pubstatus": "usable", "headline": "x", "anpa_take_key": "2nd update"})).unwrap();
    let take = rewritten.take.unwrap();
    assert_eq!(
        (take.kind, take.number, take.label.as_str()),
        (TakeKind::Update, Some(2), "2nd update")
    );
    assert!(
        parse(&json!({"guid": "b", "pubstatus": "usable", "headline": "x", "state": "killed"}))
            .unwrap()
            .hides()
    );
}

#[test]
fn stories_that_a_package_holds_whole_come_in() {
    let text = "The port reopened on Monday after a week of storms. ".repeat(10);
    let package = json!({"uri": "p", "type": "composite", "pubstatus": "usable", "headline": "Port", "associations": {
        "one": {"uri": "a", "type": "text", "headline": "Port reopens", "body_text": text}, "two": {"uri": "b", "type": "text", "headline": "Quay"},
        "three": {"uri": "c", "type": "picture", "headline": "Quay", "body_text": "The quay."}}});
    let read = Format::Json.parse(package.to_string().as_bytes(), &crate::formats::Options::default());
    assert_eq!(read.len(), 2);
    assert_eq!(read[1].as_ref().unwrap().ninjs.uri, "a");
}
