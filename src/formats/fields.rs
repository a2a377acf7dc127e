//! An object's fields by name, whatever the case and the joints of their keys, and the text in a value, whatever its shape.

use serde_json::{Map, Value};

use crate::text::fold;

/// Where the text of an object stands, in order: `{"value": …}` of ninjs, `{"name": …}` of schema.org, `{"rendered": …}` of
/// `WordPress`, `{"#text": …}` and `{"_": …}` of XML turned JSON, `{"$oid": …}` and `{"$date": …}` of `MongoDB`.
#[rustfmt::skip]
const TEXT_KEYS: [&str; 15] = [
    "value", "name", "rendered", "text", "#text", "_", "$t", "content", "$oid", "$date", "$numberLong", "title",
    "label", "literal", "url",
];

/// The fields of an object under their plain names.
#[derive(Debug)]
pub(super) struct Fields<'v> {
    fields: Vec<(String, &'v str, &'v Value)>,
}

/// The plain form of a key: folded, without the joints `_`, `-`, `.` and spaces. `pubDate`, `pub_date` and `PUB-DATE` are one.
pub(super) fn plain_name(key: &str) -> String {
    fold(key)
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | ' ' | '.'))
        .collect()
}

/// Whether a value says nothing.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// What a value is, for a message.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The text in a value: of an array its elements' joined by `joint`, of an object its value, name or the like.
pub(super) fn text_of(value: &Value, joint: &str) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().filter_map(|item| text_of(item, joint)).collect();
            Some(texts.join(joint)).filter(|text| !text.is_empty())
        }
        Value::Object(object) => {
            let inner = TEXT_KEYS
                .iter()
                .filter_map(|key| object.get(*key))
                .find(|value| !is_blank(value));
            inner.and_then(|inner| text_of(inner, joint))
        }
    }
}

impl<'v> Fields<'v> {
    /// The fields of an object.
    pub(super) fn of(object: &'v Map<String, Value>) -> Self {
        let fields = object
            .iter()
            .map(|(key, value)| (plain_name(key), key.as_str(), value))
            .collect();
        Self { fields }
    }

    /// These fields, and those of the object around them where these lack them.
    pub(super) fn within(mut self, outer: &Self) -> Self {
        self.fields.extend(outer.fields.iter().cloned());
        self
    }

    /// Whether there is a field of that plain name, even a blank one.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(plain, _, _)| plain == name)
    }

    /// The value of that plain name, where it says something.
    pub(super) fn get(&self, name: &str) -> Option<&'v Value> {
        let named = self
            .fields
            .iter()
            .find(|(plain, _, value)| plain == name && !is_blank(value));
        named.map(|(_, _, value)| *value)
    }

    /// The first of these plain names whose value says something.
    pub(super) fn first(&self, names: &[&str]) -> Option<&'v Value> {
        names.iter().find_map(|name| self.get(name))
    }

    /// The fields whose plain name opens with `prefix`: the rest of the name, and the value.
    pub(super) fn starting<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = (&'s str, &'v Value)> {
        let told = self.fields.iter().filter(|(_, _, value)| !is_blank(value));
        told.filter_map(move |(plain, _, value)| Some((plain.strip_prefix(prefix)?, *value)))
    }

    /// The keys as written.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'v str> {
        self.fields.iter().map(|(_, key, _)| *key)
    }

    /// The value at a path of keys as written, parted by dots; a key with a dot in it is tried whole first.
    pub(super) fn at_path(&self, path: &str) -> Option<&'v Value> {
        let whole = plain_name(path);
        let exact = self
            .fields
            .iter()
            .find(|(_, key, _)| *key == path)
            .map(|(_, _, value)| *value);
        let found = exact.or_else(|| self.get(&whole)).or_else(|| {
            let (outer, inner) = path.split_once('.')?;
            let object = self.at_path(outer)?.as_object()?;
            Fields::of(object).at_path(inner)
        });
        found.filter(|value| !is_blank(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_one_whatever_their_case_and_joints() {
        let value = json!({"Pub_Date": "x", "título": "y", "empty": " "});
        let fields = Fields::of(value.as_object().unwrap());
        assert_eq!(fields.get("pubdate"), Some(&json!("x")));
        assert_eq!(fields.get("titulo"), Some(&json!("y")));
        assert!(fields.has("empty") && fields.get("empty").is_none());
    }

    #[test]
    fn text_is_found_in_any_shape() {
        assert_eq!(
            text_of(&json!([{"name": "A"}, "B", null, 3]), ", ").as_deref(),
            Some("A, B, 3")
        );
        assert_eq!(
            text_of(&json!({"rendered": "<p>x</p>"}), "").as_deref(),
            Some("<p>x</p>")
        );
        assert_eq!(text_of(&json!({"$oid": "5f"}), "").as_deref(), Some("5f"));
        assert_eq!(text_of(&json!({"odd": 1}), ""), None);
    }

    #[test]
    fn paths_lead_inside() {
        let value = json!({"berita": {"isi": {"teks": "x"}}, "a.b": "whole"});
        let fields = Fields::of(value.as_object().unwrap());
        assert_eq!(fields.at_path("berita.isi.teks"), Some(&json!("x")));
        assert_eq!(fields.at_path("a.b"), Some(&json!("whole")));
        assert_eq!(fields.at_path("berita.nothing"), None);
    }
}
