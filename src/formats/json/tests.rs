//! Exports of content systems and crawlers, lists with broken ones among them, and files without a story.

use super::*;
use crate::formats::Verdict;
use crate::story::Filing;

fn parse_all(text: &str) -> Vec<Parsed> {
    parse(text.as_bytes(), Format::Json, &Options::default())
}

fn one(text: &str) -> Filing {
    parse_all(text).remove(0).unwrap()
}

#[test]
fn usual_names_in_two_languages() {
    let read = one(
        r#"{"id":"1","judul":"Pelabuhan Dibuka","tautan":"https://k.example/1","tanggal":"10/21/2025 20:43","isi_berita":
        "Pelabuhan dibuka.\n\n \"Kami senang,\" kata Nilam.","penulis":["Nilam","Sari"],"sumber":"k.example","kategori":"laut, cuaca"}"#,
    );
    assert_eq!(read.ninjs.uri, "https://k.example/1");
    assert_eq!(read.ninjs.headline(), "Pelabuhan Dibuka");
    assert_eq!(read.ninjs.body(), "Pelabuhan dibuka.\n\"Kami senang,\" kata Nilam.");
    assert_eq!(read.ninjs.by.as_deref(), Some("Nilam, Sari"));
    assert_eq!(read.ninjs.first_created.as_deref(), Some("2025-10-21T20:43:00Z"));
    assert_eq!(read.ninjs.subjects.len(), 2);
    assert_eq!(read.origin.format, "json");
    let read = one(
        r#"{"headline":"Port reopens","articleBody":"<p>Ships left.</p><p>All.</p>","datePublished":"2024-03-05","author":{"name":"Ann Moe"}}"#,
    );
    assert_eq!(
        (read.ninjs.body(), read.ninjs.by.as_deref()),
        ("Ships left.\nAll.", Some("Ann Moe"))
    );
}

#[test]
fn a_counter_is_an_identity_only_without_a_url() {
    assert_eq!(one(r#"{"id":7,"title":"a"}"#).ninjs.uri, "7");
    assert_eq!(
        one(r#"{"id":7,"title":"a","url":"https://k.example/a"}"#).ninjs.uri,
        "https://k.example/a"
    );
    assert_eq!(
        one(r#"{"id":"port-7","title":"a","url":"https://k.example/a"}"#)
            .ninjs
            .uri,
        "port-7"
    );
    assert_eq!(one(r#"{"title":"a"}"#).ninjs.uri, "");
}

#[test]
fn the_users_map_wins() {
    let mut map = FieldMap::default();
    map.add("title=kop").unwrap();
    map.add("id=nr").unwrap();
    let read = parse(
        br#"{"title":"a section","kop":"Port reopens","text":"Ships left.","nr":5}"#,
        Format::JsonLines,
        &Options {
            map,
            ..Options::default()
        },
    );
    let read = read.into_iter().next().unwrap().unwrap();
    assert_eq!((read.ninjs.headline(), read.ninjs.uri.as_str()), ("Port reopens", "5"));
}

#[test]
fn stories_are_found_inside_what_wraps_them() {
    let dump = parse_all(
        r#"{"took":3,"hits":{"total":2,"hits":[{"_id":"x1","_source":{"title":"a","text":"b"}},{"_id":"x2","_source":{"title":"c"}}]}}"#,
    );
    let uris: Vec<String> = dump.into_iter().map(|parsed| parsed.unwrap().ninjs.uri).collect();
    assert_eq!(uris, ["x1", "x2"]);
    let feed = one(
        r#"{"version":"https://jsonfeed.org/version/1","title":"Coast","language":"nb","items":[{"id":"a","content_html":"<p>b</p>"}]}"#,
    );
    assert_eq!(
        (feed.ninjs.language.as_deref(), feed.ninjs.info_sources[0].name.as_str()),
        (Some("nb"), "Coast")
    );
    assert_eq!(one(r#"{"data":{"item":{"headline":"a"}}}"#).ninjs.headline(), "a");
    assert_eq!(one(r#"{"article":{"title":"a","body":"b"}}"#).ninjs.body(), "b");
    assert_eq!(
        parse_all(r#"[{"title":"a"},{"title":"b"},3]"#)
            .iter()
            .filter(|parsed| parsed.is_err())
            .count(),
        1
    );
}

#[test]
fn a_rejection_names_the_keys_and_the_remedy() {
    let refused = parse_all(r#"{"kepala":"a","nr":5}"#).remove(0).unwrap_err();
    assert!(
        refused.reason.contains("`kepala`, `nr`") && refused.reason.contains("--map"),
        "{}",
        refused.reason
    );
    let refused = parse_all(r#"{"title":" ","body":"","x":1}"#).remove(0).unwrap_err();
    assert_eq!(refused.reason, "nothing to read: `title`, `body` empty");
}

#[test]
fn a_broken_story_in_a_list_is_told_alone_with_its_byte() {
    let text =
        r#"{"n":{"x":1},"items":[{"title":"a"},{"kepala":"{","nr":[{}]},{"type":"picture","uri":"p"},{"title":"b"}]}"#;
    let read = parse_all(text);
    let refused: Vec<&Refused> = read.iter().filter_map(|parsed| parsed.as_ref().err()).collect();
    assert_eq!((read.len(), refused.len()), (4, 2));
    assert_eq!(refused[0].offset, text.find("{\"kepala").unwrap());
    assert_eq!(
        (refused[1].offset, refused[1].reason.as_str()),
        (text.find("{\"type").unwrap(), "a picture, not a story")
    );
}

#[test]
fn a_file_without_a_story_has_one_reason() {
    let users = (0..500).map(|n| format!(r#"{{"username":"u{n}","password":"x","email":"a@k.example"}}"#));
    let users = format!("[{}]", users.collect::<Vec<_>>().join(","));
    let read = parse_all(&users);
    assert_eq!(read.len(), 1);
    let refused = read[0].as_ref().unwrap_err();
    assert_eq!(refused.reason, "a user account, not a story (500 of them)");
    assert_eq!(refused.verdict, Verdict::Skipped);
    let mixed = parse_all(r#"[{"type":"picture"},{"kepala":"a"},{"kepala":"b"}]"#)
        .remove(0)
        .unwrap_err();
    assert_eq!((mixed.verdict, mixed.offset), (Verdict::Rejected, 20));
    assert!(
        mixed
            .reason
            .starts_with("3 objects and no story: a picture, not a story; "),
        "{mixed}"
    );
    let vocabulary = r#"[{"_id":"c","display_name":"Copyrights","items":[{"name":"a","is_active":true,"copyrightHolder":"K","usageTerms":"x"}]}]"#;
    assert_eq!(
        parse_all(vocabulary).remove(0).unwrap_err().reason,
        "a vocabulary, not a story"
    );
}

#[test]
fn what_is_odd_is_told_and_read() {
    let read =
        one(r#"{"title":["Port","reopens"],"text":{"html":5},"summary":"Ships left.","date":"soon","status":"draft"}"#);
    assert_eq!(read.ninjs.headline(), "Port, reopens");
    assert_eq!(read.ninjs.body(), "Ships left.");
    assert_eq!(read.ninjs.pub_status, None);
    assert_eq!(read.warnings.len(), 2, "{:?}", read.warnings);
    assert!(
        parse(b"{\"title\":\"caf\xE9 au port\"}", Format::Json, &Options::default())[0]
            .as_ref()
            .unwrap()
            .warnings[0]
            .contains("1252")
    );
}

#[test]
fn the_byte_of_what_is_refused_is_the_items_whatever_its_encoding() {
    let text = "{\"items\":[{\"title\":\"Le café de la gare\",\"body\":\"Il est fermé depuis lundi\"},{\"kepala\":\"le café\"}]}";
    let letters = text.find("{\"kepala").map(|at| text[..at].chars().count()).unwrap();
    let offset = |item: &[u8]| {
        let read = Format::Json.parse(item, &Options::default());
        read.into_iter().find_map(Result::err).unwrap().offset
    };
    let western: Vec<u8> = text.chars().map(|c| c as u8).collect();
    assert_eq!(offset(&western), letters);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(offset(&wide), letters * 2);
}
