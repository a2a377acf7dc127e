//! ninjs 1.x (singular, `body_html`, `headline_main`), 2.x (lower case) and 3.x (camelCase) → ninjs 3.1.
//!
//! The lines differ in the case and joints of their keys, in singular and plural, and in a few names; all are looked up in plain form,
//! so that one reader serves them, and the digital wires of dpa, which speak ninjs with underscores. Where a value has another type than
//! the standard says, its best reading is taken and a warning tells.
//!
//! Items that are no text (pictures, videos, packages, events) are skipped as what they are, unless they carry a text of their own.

#[cfg(test)]
mod corpus_tests;
mod signals;
mod tags;
mod texts;

use serde_json::Value;

use super::dates::{self, Order};
use super::field_names::Part;
use super::fields::{Fields, kind, text_of};
use super::html::plain_line;
use super::json::{by_type, embargo, no_text, to_come};
use super::markup;
use super::terms::{language_tag, place_and_day, status_word, urgency_digit};
use super::warnings::Warnings;
use super::{FieldMap, Format, Parsed, Refused, ap_json};
use crate::story::{AltId, Filing, Ninjs, Timestamp};

/// A text of at most this length beside a picture or an event is its caption.
const MAX_CAPTION_CHARS: usize = 300;

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
        described: false,
    };
    let mut filing = Filing::default();
    item.texts(&mut filing.ninjs);
    if let Some(what) = item.no_story(&filing.ninjs) {
        return Err(Refused::skipped(format!("{what}, not a story"), 0));
    }
    item.identity(&mut filing.ninjs);
    item.signals(&mut filing);
    let is_empty = filing.ninjs.headlines.is_empty() && filing.ninjs.bodies.is_empty();
    if is_empty && (!filing.hides() || filing.ninjs.uri.is_empty()) {
        return Err(item.empty());
    }
    if is_empty {
        item.warnings.add("no text: it takes its story away and says no more");
    }
    item.rights_and_notes(&mut filing.ninjs);
    item.tags(&mut filing.ninjs);
    item.dates(&mut filing);
    item.dateline(&mut filing);
    filing.credit_line = item.line(&["creditline", "credit", "descriptioncreditline"]);
    if ap_json::is_ap(fields) {
        ap_json::complete(fields, &mut filing, &mut item.warnings);
    }
    markup::cut_closing(&mut filing);
    filing.origin.format = Format::Ninjs.name().into();
    filing.warnings = item.warnings.finish();
    Ok(filing)
}

/// An item as it is read.
struct Item<'f, 'v> {
    fields: &'f Fields<'v>,
    map: &'f FieldMap,
    warnings: Warnings,
    /// Whether the text is no more than the description.
    described: bool,
}

impl<'v> Item<'_, 'v> {
    /// The text of a property, on one line; a warning where it is no text.
    fn line(&mut self, names: &[&str]) -> Option<String> {
        let (name, value) = names.iter().find_map(|name| Some((*name, self.fields.get(name)?)))?;
        let text = text_of(value, ", ");
        let is_counted = value.is_number() && matches!(name, "version" | "urgency");
        let is_listed = name == "usageterms" && ap_json::is_ap(self.fields);
        if !(value.is_string() || is_counted || is_listed) {
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

    /// The refusal of an item without text.
    fn empty(&self) -> Refused {
        let told = no_text(self.fields);
        let reason = told.reason.split(": name them").next().unwrap_or_default();
        Refused::rejected(format!("a ninjs item without text: {reason}"), 0)
    }

    /// What the item is, where it is no story. Its own text makes it one, a caption does not. dpa calls every item a package: one that
    /// holds nothing else and has a headline is a story of one line.
    fn no_story(&self, ninjs: &Ninjs) -> Option<&'static str> {
        let what = by_type(self.fields).or_else(|| to_come(self.fields))?;
        if what == "a package" {
            let holds = self.fields.get("associations").is_some() || ninjs.headlines.is_empty();
            return Some(what).filter(|_| self.described && holds);
        }
        let is_caption = ninjs.body().chars().count() <= MAX_CAPTION_CHARS;
        Some(what).filter(|_| is_caption || self.described)
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
        self.alt_ids(ninjs);
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

    /// The other identifiers: an object of role and identifier in 1.x, an array of objects since 2.0.
    fn alt_ids(&mut self, ninjs: &mut Ninjs) {
        let text = |value: &Value, key: &str| value.get(key).and_then(|value| text_of(value, " "));
        match self.fields.get("altids") {
            Some(Value::Object(object)) => ninjs.alt_ids.extend(object.iter().filter_map(|(role, value)| {
                let value = text_of(value, " ")?;
                Some(AltId {
                    role: role.clone(),
                    value,
                })
            })),
            Some(Value::Array(items)) => ninjs.alt_ids.extend(items.iter().filter_map(|item| {
                let role = text(item, "role").unwrap_or_default();
                let value = if item.is_object() {
                    text(item, "value")
                } else {
                    text_of(item, " ")
                }?;
                Some(AltId { role, value })
            })),
            Some(other) => {
                self.odd_type("altIds", other, "an array");
                let value = text_of(other, " ").unwrap_or_default();
                ninjs.alt_ids.push(AltId {
                    role: String::new(),
                    value,
                });
            }
            None => {}
        }
        for role in ["uri", "guid", "urn", "entryid"] {
            let value = self.fields.get(role).and_then(|value| text_of(value, " "));
            ninjs.alt_ids.extend(value.filter(|_| role != "uri").map(|value| AltId {
                role: role.into(),
                value,
            }));
        }
        let mut seen = vec![ninjs.uri.clone()];
        ninjs.alt_ids.retain(|id| {
            let is_new = !id.value.is_empty() && !seen.contains(&id.value);
            seen.push(id.value.clone());
            is_new
        });
    }

    /// The notes to editors. dpa lists them by role, with contacts and the desk's sign-off among them, which are none.
    fn notes(&self) -> Option<String> {
        let value = self.fields.first(&["ednote", "ednotes"])?;
        let listed = value.as_array().into_iter().flatten().filter_map(|note| {
            let role = note.get("role").and_then(Value::as_str).unwrap_or_default();
            let is_note = !role.contains("contact") && !role.ends_with("closingline");
            note.get("ednote").filter(|_| is_note)
        });
        let listed: Vec<String> = listed.filter_map(|note| text_of(note, " ")).collect();
        let text = match value.as_array() {
            Some(notes) if notes.iter().any(|note| note.get("ednote").is_some()) => listed.join(" "),
            _ => text_of(value, " ")?,
        };
        Some(plain_line(&text)).filter(|note| !note.is_empty())
    }

    fn rights_and_notes(&mut self, ninjs: &mut Ninjs) {
        ninjs.copyright_holder = self.line(&["copyrightholder"]);
        ninjs.copyright_notice = self.line(&["copyrightnotice"]);
        ninjs.usage_terms = self.line(&["usageterms"]);
        ninjs.ed_note = self.notes();
        ninjs.by = self.line(&["by", "byline"]);
        ninjs.slugline = self.line(&["slugline"]);
        ninjs.located = self.line(&["located"]);
    }

    /// The dateline as written. Superdesk writes an object, with the text and the place in it.
    fn dateline(&self, filing: &mut Filing) {
        let Some(value) = self.fields.get("dateline") else {
            return;
        };
        let written = text_of(value, " ").map(|text| plain_line(&text));
        filing.dateline = written.and_then(|dateline| place_and_day(&dateline));
        let place = value
            .get("located")
            .and_then(|located| located.get("city").or(Some(located)));
        let located = &mut filing.ninjs.located;
        *located = located.take().or_else(|| place.and_then(|place| text_of(place, " ")));
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
        let until = self.fields.first(&["embargoeduntil", "embargoed", "embargo"]);
        filing.ninjs.embargoed_until = until.and_then(embargo);
    }
}

#[cfg(test)]
mod tests;
