//! ninjs 1.x (singular, `body_html`, `headline_main`), 2.x (lower case) and 3.x (camelCase) → ninjs 3.1.
//!
//! The lines differ in the case and joints of their keys, in singular and plural, and in a few names; all are looked up in plain form,
//! so that one reader serves them, and the digital wires of dpa, which speak ninjs with underscores. Where a value has another type than
//! the standard says, its best reading is taken and a warning tells.
//!
//! Items that are no text (pictures, videos, events) are read too where they have a headline or a caption: `type` tells them apart.

mod texts;

use serde_json::Value;

use super::dates::{self, Order};
use super::field_names::Part;
use super::fields::{Fields, kind, text_of};
use super::html::plain_line;
use super::json::no_text;
use super::terms::{language_tag, place_and_day, status_word, urgency_digit};
use super::warnings::Warnings;
use super::{FieldMap, Format, Parsed};
use crate::story::{Filing, InfoSource, Named, Ninjs, Subject, Timestamp};

/// Keys that only ninjs has.
#[rustfmt::skip]
const DECISIVE: [&str; 8] = [
    "pubstatus", "versioncreated", "representationtype", "headlinemain", "bodymain", "infosources", "embargoeduntil",
    "contentcreated",
];

/// Keys that ninjs shares with other systems: two of them make an item ninjs.
#[rustfmt::skip]
const SHARED: [&str; 9] = [
    "bodytext", "bodyhtml", "bodyxhtml", "headlines", "bodies", "descriptiontext", "slugline", "usageterms",
    "copyrightholder",
];

/// Whether an object is a ninjs item, by its keys and the standard that it names.
pub(super) fn is_ninjs(fields: &Fields<'_>) -> bool {
    let names_standard = ["standard", "$standard", "$id", "$schema"]
        .iter()
        .filter_map(|key| fields.get(key))
        .any(|value| {
            text_of(value, " ").is_some_and(|text| text.to_lowercase().contains("ninjs")) && !fields.has("properties")
        });
    let shared = SHARED.iter().filter(|key| fields.has(key)).count();
    // `"bodies": [{"value": …}]` is the shape of 2.x and 3.x.
    let roles = ["bodies", "headlines"]
        .iter()
        .filter_map(|key| fields.get(key)?.as_array()?.first());
    let has_roles = roles.into_iter().any(|first| first.get("value").is_some());
    names_standard || has_roles || shared >= 2 || DECISIVE.iter().any(|key| fields.has(key))
}

/// Reads an item.
pub(super) fn read(fields: &Fields<'_>, map: &FieldMap) -> Parsed {
    let mut item = Item {
        fields,
        map,
        warnings: Warnings::default(),
    };
    let mut filing = Filing::default();
    item.texts(&mut filing.ninjs);
    if filing.ninjs.headlines.is_empty() && filing.ninjs.bodies.is_empty() {
        return Err(no_text(fields));
    }
    item.identity(&mut filing.ninjs);
    item.rights_and_notes(&mut filing.ninjs);
    item.tags(&mut filing.ninjs);
    item.dates(&mut filing);
    filing.dateline = item.line(&["dateline"]).and_then(|dateline| place_and_day(&dateline));
    filing.credit_line = item.line(&["creditline", "credit"]);
    filing.origin.format = Format::Ninjs.name().into();
    filing.warnings = item.warnings.finish();
    Ok(filing)
}

/// An item as it is read.
struct Item<'f, 'v> {
    fields: &'f Fields<'v>,
    map: &'f FieldMap,
    warnings: Warnings,
}

impl<'v> Item<'_, 'v> {
    /// The text of a property, on one line; a warning where it is no text.
    fn line(&mut self, names: &[&str]) -> Option<String> {
        let (name, value) = names.iter().find_map(|name| Some((*name, self.fields.get(name)?)))?;
        let text = text_of(value, ", ");
        if !(value.is_string() || (value.is_number() && matches!(name, "version" | "urgency"))) {
            self.odd_type(name, value, "a text");
        }
        text.map(|text| plain_line(&text)).filter(|line| !line.is_empty())
    }

    fn odd_type(&mut self, name: &str, value: &Value, wanted: &str) {
        self.warnings.add(format!(
            "`{name}` is {} where ninjs has {wanted}: read all the same",
            kind(value)
        ));
    }

    /// The elements of a property that is an array of objects; a warning where it is not.
    fn list(&mut self, names: &[&str]) -> Vec<&'v Value> {
        let Some((name, value)) = names.iter().find_map(|name| Some((*name, self.fields.get(name)?))) else {
            return Vec::new();
        };
        match value {
            Value::Array(items) => items.iter().collect(),
            other => {
                self.odd_type(name, other, "an array");
                vec![other]
            }
        }
    }

    fn identity(&mut self, ninjs: &mut Ninjs) {
        let mine = self
            .map
            .value(Part::Uri, self.fields)
            .and_then(|value| text_of(value, " "));
        // The AP's `uri` is an address with a key that changes with every request; its item id stands among the others.
        let item_id = self
            .fields
            .get("altids")
            .and_then(|ids| ids.get("itemid"))
            .and_then(|id| text_of(id, " "));
        ninjs.uri = mine
            .or(item_id)
            .or_else(|| self.line(&["uri", "guid", "urn", "entryid", "id"]))
            .unwrap_or_default();
        if ninjs.uri.is_empty() {
            self.warnings
                .add("no `uri`, which ninjs requires: the story is known by its text");
        }
        ninjs.kind = self.line(&["type"]).unwrap_or_else(|| "text".into());
        ninjs.version = self.line(&["version"]);
        if let Some(status) = self.line(&["pubstatus"]) {
            ninjs.pub_status = status_word(&status);
            if ninjs.pub_status.is_none() {
                self.warnings.add(format!(
                    "`pubStatus` `{status}` is none of usable, withheld, canceled: left out"
                ));
            }
        }
        let urgency = self.line(&["urgency"]);
        ninjs.urgency = urgency.and_then(|urgency| urgency_digit(&urgency, &mut self.warnings));
        if let Some(language) = self.line(&["language"]) {
            ninjs.language = language_tag(&language);
            if ninjs.language.is_none() {
                self.warnings
                    .add(format!("language `{language}` is no BCP 47 tag: left out"));
            }
        }
    }

    fn rights_and_notes(&mut self, ninjs: &mut Ninjs) {
        ninjs.copyright_holder = self.line(&["copyrightholder"]);
        ninjs.copyright_notice = self.line(&["copyrightnotice"]);
        ninjs.usage_terms = self.line(&["usageterms"]);
        let notes = self
            .fields
            .first(&["ednote", "ednotes"])
            .and_then(|value| text_of(value, " "));
        ninjs.ed_note = notes.map(|note| plain_line(&note)).filter(|note| !note.is_empty());
        ninjs.by = self.line(&["by", "byline"]);
        ninjs.slugline = self.line(&["slugline"]);
        ninjs.located = self.line(&["located"]);
    }

    fn tags(&mut self, ninjs: &mut Ninjs) {
        let named = |values: Vec<&Value>| values.into_iter().filter_map(named).collect::<Vec<_>>();
        ninjs.people = named(self.list(&["people", "person", "persons"]));
        ninjs.organisations = named(self.list(&["organisations", "organisation", "organizations", "organization"]));
        ninjs.places = named(self.list(&["places", "place"]));
        let subjects = self.list(&["subjects", "subject"]).into_iter().filter_map(self::named);
        ninjs.subjects = subjects
            .map(|it| Subject {
                name: it.name,
                uri: it.uri,
                literal: it.literal,
            })
            .collect();
        let own = self.fields.first(&["infosources", "infosource"]).is_some();
        let sources = if own {
            self.list(&["infosources", "infosource"])
        } else {
            Vec::new()
        };
        ninjs.info_sources = sources
            .into_iter()
            .filter_map(|value| {
                let role = value.get("role").and_then(|role| text_of(role, " "));
                self::named(value).map(|it| InfoSource {
                    name: it.name,
                    role: role.or(it.rel),
                    uri: it.uri,
                })
            })
            .collect();
        // Superdesk writes one `source`.
        if ninjs.info_sources.is_empty() {
            let source = self.line(&["source"]);
            ninjs.info_sources = source
                .map(|name| InfoSource {
                    name,
                    ..InfoSource::default()
                })
                .into_iter()
                .collect();
        }
    }

    /// One date, as seconds and as RFC 3339.
    fn date(&mut self, names: &[&str]) -> Option<(Timestamp, Option<String>)> {
        let value = self.fields.first(names)?;
        let text = text_of(value, " ")?;
        let read = dates::read_or_warn(&text, Order::DayFirst, "", &mut self.warnings)?;
        Some((read.time, dates::standard(&text, &read)))
    }

    fn dates(&mut self, filing: &mut Filing) {
        let first = self.date(&["firstcreated", "contentcreated"]);
        let version = self.date(&["versioncreated", "updated"]);
        let fallback = version.as_ref().or(first.as_ref()).map(|(time, _)| *time);
        filing.published = fallback.or_else(|| {
            self.date(&["firstpublished", "published", "date"])
                .map(|(time, _)| time)
        });
        filing.ninjs.first_created = first.and_then(|(_, text)| text);
        filing.ninjs.version_created = version.and_then(|(_, text)| text);
        // Kept as written, even where it is no date: such an item is under embargo all the same.
        filing.ninjs.embargoed_until = self.line(&["embargoeduntil", "embargoed"]);
    }
}

/// A person, organisation, place, subject or source: an object, or just its name.
fn named(value: &Value) -> Option<Named> {
    let text = |key: &str| value.get(key).and_then(|inner| text_of(inner, ", "));
    let uri = text("uri").or_else(|| text("@id"));
    let literal = ["literal", "code", "qcode"].iter().find_map(|key| text(key));
    let name = text("name").or_else(|| if value.is_object() { None } else { text_of(value, ", ") });
    let name = name.or_else(|| literal.clone()).or_else(|| uri.clone())?;
    Some(Named {
        name: plain_line(&name),
        rel: text("rel"),
        uri,
        literal,
    })
}

#[cfg(test)]
mod tests {
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
            "people": [{"name": "Ann Moe", "rel": "about"}], "places": [{"name": "Lunde", "literal": "LND"}],
            "subjects": [{"name": "ports", "literal": "10"}], "infosources": [{"name": "Kystnytt"}], "copyrightholder": "Kystnytt"}),
        );
        let three = parse(
            &json!({"uri": "x:1", "version": "2", "versionCreated": "2024-03-05T10:00:00Z", "pubStatus": "usable",
            "urgency": 3, "headlines": [{"role": "main", "value": "Port reopens"}], "by": "Ann Moe",
            "bodies": [{"contentType": "text/html", "value": "<p>The port reopened.</p><p>Ships left.</p>"}],
            "people": [{"name": "Ann Moe", "rel": "about"}], "places": [{"name": "Lunde", "literal": "LND"}],
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
}
