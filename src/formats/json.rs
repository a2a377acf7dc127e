//! JSON with fields under their usual names: exports of content systems and crawlers, search engine dumps, data sets.
//!
//! The identity of a story is its `uri`, `guid` or `id`, else its `url`. An id that is a bare counter ("1", "42") tells nothing across
//! files, every export has a story 1: where there is a url too, the url is the identity. With no url the counter stays, and the user
//! can map a better field with `--map uri=KEY`.

mod found;
mod kinds;
mod story;

use serde_json::{Map, Value};

use self::found::Found;
use self::story::body_value;
use super::encoding::decode;
use super::field_names::{Part, names_of};
use super::fields::{Fields, kind};
use super::{FieldMap, Format, Options, Parsed, Refused, json_text, ninjs};

pub(super) use self::kinds::{by_type, to_come};
pub(super) use self::story::{embargo, no_text};

/// Lists of stories stand this deep at most: Elasticsearch has `hits.hits[]._source`, AP `data.items[].item`.
const MAX_WRAPPERS: usize = 6;

/// Keys under which a list of stories stands.
#[rustfmt::skip]
const LISTS: [&str; 19] = [
    "items", "item", "hits", "articles", "stories", "results", "data", "docs", "documents", "entries", "news",
    "posts", "records", "feed", "response", "value", "@graph", "berita", "rows",
];

/// Keys under which the story itself stands, its id perhaps beside it.
#[rustfmt::skip]
const INSIDES: [&str; 14] = [
    "source", "article", "item", "story", "data", "doc", "document", "news", "fields", "attributes", "post", "node",
    "berita", "content",
];

/// Reads the values of an item.
pub(super) fn parse(item: &[u8], format: Format, options: &Options) -> Vec<Parsed> {
    let map = &options.map;
    let decoded = match decode(item) {
        Ok(decoded) => decoded,
        Err(malformed) => return vec![Err(malformed)],
    };
    let read = json_text::values(&decoded.text, options.bounds.depth);
    let (mut found, mut roots, mut broken) = (Vec::new(), Vec::new(), None);
    for value in &read.values {
        match value {
            Ok(value) => {
                roots.push(value);
                filings(value, None, &Reading { format, map }, MAX_WRAPPERS, &mut found);
            }
            Err(malformed) => broken = Some(malformed.clone()),
        }
    }
    let mut out = found::settled(found, &roots, &decoded.text);
    out.extend(broken.map(Err));
    let odd = decoded.warning.into_iter().chain(read.mended.map(str::to_owned));
    let odd: Vec<String> = odd.collect();
    for parsed in &mut out {
        match parsed {
            Ok(filing) => filing.warnings.extend(odd.iter().cloned()),
            Err(refused) => refused.offset += decoded.mark,
        }
    }
    out
}

/// Whether a value holds no story, and no text that the user could map to one.
pub(super) fn is_no_story(value: &Value) -> bool {
    let map = FieldMap::default();
    let Some(object) = value.as_object() else {
        return !value.is_array();
    };
    let fields = Fields::of(object);
    if wraps_story(&fields, &map) {
        return false;
    }
    if ninjs::is_ninjs(&fields) && !kinds::is_schema(&fields) {
        return ninjs::read(&fields, &map).is_err();
    }
    kinds::no_story(&fields, &map).is_some() || !is_story(value, &map) && !holds_sentence(value)
}

/// Whether a text of a dozen words stands anywhere in a value.
fn holds_sentence(value: &Value) -> bool {
    match value {
        Value::String(text) => text.split_whitespace().nth(11).is_some(),
        Value::Array(items) => items.iter().any(holds_sentence),
        Value::Object(object) => object.values().any(holds_sentence),
        _ => false,
    }
}

/// Whether a story stands right under one of the usual keys.
fn wraps_story(fields: &Fields<'_>, map: &FieldMap) -> bool {
    let is_story = |value: &Value| {
        let is_other = |object| kinds::no_story(&Fields::of(object), map).is_some();
        is_story(value, map) && !value.as_object().is_some_and(is_other)
    };
    let mut inner = LISTS.iter().chain(&INSIDES).filter_map(|key| fields.get(key));
    inner.any(|value| match value {
        Value::Array(items) => items.iter().any(is_story),
        other => is_story(other),
    })
}

/// Reads a row of a table, as an object of its cells, as one story.
pub(super) fn read_row(object: &Map<String, Value>, format: Format, map: &FieldMap) -> Parsed {
    story::read(&Fields::of(object), format, map)
}

/// How values are read.
struct Reading<'m> {
    format: Format,
    map: &'m FieldMap,
}

/// Adds the filings in a value: of an object itself, of what it wraps, or of the elements of an array.
fn filings<'v>(
    value: &'v Value,
    outer: Option<&Fields<'v>>,
    reading: &Reading<'_>,
    depth: usize,
    out: &mut Vec<Found<'v>>,
) {
    let object = match value {
        Value::Array(items) if depth > 0 => {
            for item in items {
                filings(item, outer, reading, depth - 1, out);
            }
            return;
        }
        Value::Object(object) => object,
        other => {
            let reason = format!("{} where a story was expected: an item is one JSON object", kind(other));
            let parsed = Err(Refused::rejected(reason, 0));
            out.push(Found { parsed, value });
            return;
        }
    };
    let own = Fields::of(object);
    let fields = match outer {
        Some(outer) => Fields::of(object).within(outer),
        None => Fields::of(object),
    };
    if ninjs::is_ninjs(&own) && !kinds::is_schema(&own) {
        let parsed = ninjs::read(&own, reading.map);
        out.push(Found { parsed, value });
        return;
    }
    if let Some(what) = kinds::no_story(&own, reading.map).filter(|_| !wraps_story(&own, reading.map)) {
        let parsed = Err(Refused::skipped(format!("{what}, not a story"), 0));
        out.push(Found { parsed, value });
        return;
    }
    if depth > 0 && body_value(&own, reading.map).is_none() {
        let listed = LISTS
            .iter()
            .filter_map(|key| own.get(key))
            .find(|list| leads_to_stories(list, reading.map, depth));
        if let Some(list) = listed.filter(|list| list.is_array()) {
            filings(list, None, reading, depth - 1, out);
            return;
        }
        let wrapped = INSIDES
            .iter()
            .filter_map(|key| own.get(key))
            .find(|inner| is_story(inner, reading.map));
        if let Some(inner) = listed.or(wrapped) {
            filings(inner, Some(&fields), reading, depth - 1, out);
            return;
        }
    }
    let parsed = story::read(&fields, reading.format, reading.map);
    out.push(Found { parsed, value });
}

/// Whether a value is an array with an object in it, or an object that leads to a story.
fn leads_to_stories(value: &Value, map: &FieldMap, depth: usize) -> bool {
    match value {
        Value::Array(items) => items.iter().any(Value::is_object),
        Value::Object(object) if depth > 0 => {
            let inner = Fields::of(object);
            let mut keys = LISTS.iter().chain(&INSIDES).filter_map(|key| inner.get(key));
            is_story(value, map)
                || keys.any(|inner| {
                    inner.is_object() && leads_to_stories(inner, map, depth - 1)
                        || inner.is_array() && leads_to_stories(inner, map, 0)
                })
        }
        _ => false,
    }
}

fn is_story(value: &Value, map: &FieldMap) -> bool {
    value.as_object().is_some_and(|object| {
        let fields = Fields::of(object);
        let headline = || {
            map.value(Part::Headline, &fields)
                .or_else(|| fields.first(names_of(Part::Headline)))
        };
        ninjs::is_ninjs(&fields) || body_value(&fields, map).is_some() || headline().is_some()
    })
}

#[cfg(test)]
mod tests {
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
        assert_eq!(parse_all(r#"{"version":"https://jsonfeed.org/version/1","title":"Coast","items":[{"id":"a","content_html":"<p>b</p>"}]}"#).len(), 1);
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
        let text = r#"{"n":{"x":1},"items":[{"title":"a"},{"kepala":"{","nr":[{}]},{"type":"picture","uri":"p"},{"title":"b"}]}"#;
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
        let read = one(
            r#"{"title":["Port","reopens"],"text":{"html":5},"summary":"Ships left.","date":"soon","status":"draft"}"#,
        );
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
}
