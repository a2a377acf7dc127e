//! The AP's Media API: its envelopes are opened as any JSON is, its items are a dialect of ninjs 1.x; here is what the dialect adds.
//!
//! An item of the API often holds no text, only the addresses of its renditions. It comes in all the same: headline, places and people
//! are worth finding, and a warning tells where the text is.

use serde_json::Value;

use super::fields::{Fields, text_of};
use super::html::plain_line;
use super::warnings::Warnings;
use crate::story::{Filing, InfoSource};

/// Renditions that hold the story.
const TEXTS: [&str; 2] = ["nitf", "anpa"];

/// Whether a ninjs item is the AP's: it has an item id among its others, and renditions or a priority letter.
pub(super) fn is_ap(fields: &Fields<'_>) -> bool {
    let has_id = fields.get("altids").is_some_and(|ids| ids.get("itemid").is_some());
    has_id
        && ["renditions", "editorialpriority", "editorialtypes"]
            .iter()
            .any(|key| fields.has(key))
}

/// Adds what ninjs has under other names or not at all.
pub(super) fn complete(fields: &Fields<'_>, filing: &mut Filing, warnings: &mut Warnings) {
    let within = |outer: &str, keys: &[&str]| {
        let value = fields.get(outer)?;
        keys.iter()
            .find_map(|key| value.get(*key))
            .and_then(|value| text_of(value, ", "))
    };
    let ninjs = &mut filing.ninjs;
    let place = || within("datelinelocation", &["city", "countryareaname", "countryname"]);
    ninjs.located = ninjs.located.take().or_else(place);
    ninjs.by = ninjs.by.take().or_else(|| fields.get("bylines").and_then(bylines));
    let provider = fields.get("provider").and_then(|value| text_of(value, " "));
    let known = |name: &str| ninjs.info_sources.iter().any(|source| source.name == name);
    if let Some(name) = provider.filter(|name| !known(name)) {
        let role = Some("provider".to_owned());
        ninjs.info_sources.push(InfoSource { name, role, uri: None });
    }
    // The embargo's time lifts it; the status alone would hide the story for good.
    let status = fields.get("pubstatus").and_then(Value::as_str).unwrap_or_default();
    if status.eq_ignore_ascii_case("embargoed") {
        ninjs.pub_status = None;
        ninjs.embargoed_until = ninjs.embargoed_until.take().or_else(|| Some(status.to_owned()));
    }
    let renditions = fields.get("renditions");
    let elsewhere = TEXTS
        .iter()
        .find(|name| renditions.is_some_and(|all| all.get(**name).is_some()));
    if let Some(name) = elsewhere.filter(|_| ninjs.bodies.is_empty()) {
        warnings.add(format!(
            "the text is not in the item but in its rendition `{name}`: fetch that and index it too"
        ));
    }
}

/// The lines of `bylines`: objects with `by` and perhaps a title.
fn bylines(value: &Value) -> Option<String> {
    let lines = value.as_array().into_iter().flatten().filter_map(|line| {
        let by = line.get("by").or_else(|| line.get("name")).unwrap_or(line);
        text_of(by, ", ")
    });
    let lines: Vec<String> = lines.map(|line| plain_line(&line)).collect();
    Some(lines.join(", ")).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::formats::{Format, Options, Parsed};
    use crate::story::TakeKind;

    fn read(text: &str) -> Vec<Parsed> {
        Format::Json.parse(text.as_bytes(), &Options::default())
    }

    const ITEM: &str = r#"{"uri":"https://api.example/c/5e?et=0a","altids":{"itemid":"5e","etag":"5e_0a"},"version":1,"type":"text",
        "editorialpriority":"r","versioncreated":"2024-03-05T10:00:00Z","pubstatus":"STATUS","headline":"Port reopens",
        "bylines":[{"by":"By ANN MOE"}],"datelinelocation":{"city":"Lunde","countryname":"NORWAY"},"provider":"KN",
        "usageterms":["Editorial use only"],"editorialtypes":["TYPE"],
        "subject":[{"code":"9c","name":"Ports","rels":["direct"],"scheme":"http://cv.kyst.example/id/"}],
        "renditions":{"nitf":{"href":"https://api.example/5e.nitf"}}}"#;

    #[test]
    fn an_item_without_text_comes_in_and_tells_where_the_text_is() {
        let feed =
            format!(r#"{{"api_version":"1.1","data":{{"items":[{{"meta":{{"products":[]}},"item":{ITEM}}}]}}}}"#);
        let read = read(&feed.replace("STATUS", "usable")).remove(0).unwrap();
        assert_eq!(read.ninjs.uri, "5e");
        assert_eq!(read.ninjs.alt_ids[0].role, "etag");
        assert_eq!(
            (read.ninjs.by.as_deref(), read.ninjs.located.as_deref()),
            (Some("By ANN MOE"), Some("Lunde"))
        );
        assert_eq!(
            read.ninjs.subjects[0].uri.as_deref(),
            Some("http://cv.kyst.example/id/9c")
        );
        assert_eq!(read.ninjs.subjects[0].literal.as_deref(), Some("9c"));
        assert_eq!(read.ninjs.info_sources[0].name, "KN");
        assert_eq!(read.ninjs.usage_terms.as_deref(), Some("Editorial use only"));
        assert_eq!(read.warnings.len(), 1, "{:?}", read.warnings);
        assert!(read.warnings[0].contains("`nitf`"));
    }

    #[test]
    fn kills_and_embargoes_are_the_apis_own_words() {
        let one = |status: &str, kind: &str| {
            read(&ITEM.replace("STATUS", status).replace("TYPE", kind))
                .remove(0)
                .unwrap()
        };
        let killed = one("usable", "BulletinKill");
        assert_eq!((killed.kind(), killed.hides()), (TakeKind::Kill, true));
        assert_eq!(one("usable", "CorrectiveWriteThru").kind(), TakeKind::Correction);
        assert!(one("canceled", "").hides());
        let embargoed = one("embargoed", "");
        assert!(!embargoed.hides() && embargoed.embargo().is_some());
    }

    #[test]
    fn a_picture_is_skipped() {
        let refused = read(&ITEM.replace("\"text\"", "\"picture\"")).remove(0).unwrap_err();
        assert_eq!(refused.reason, "a picture, not a story");
    }
}
