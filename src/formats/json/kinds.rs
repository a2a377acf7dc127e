//! Objects that are in order and no story: what they are, told by their keys.

use serde_json::Value;

use super::body_value;
use crate::formats::FieldMap;
use crate::formats::field_names::{Part, names_of};
use crate::formats::fields::{Fields, text_of};

/// What an object is that has neither headline nor body, and the keys (in plain form) that it has then, all of them.
#[rustfmt::skip]
const KINDS: &[(&str, &[&str])] = &[
    ("a package description of a program", &["lockfileversion"]),
    ("a package description of a program", &["name", "dependencies"]),
    ("a package description of a program", &["name", "devdependencies"]),
    ("a user account", &["username", "password"]),
    ("a user account", &["username", "usertype"]),
    ("a user account", &["username", "email"]),
    ("a contact", &["contactemail"]),
    ("a contact", &["firstname", "lastname"]),
    ("an assignment", &["assignedto", "coverageitem"]),
    ("a planning item", &["planningdate"]),
    ("a planning item", &["coverages", "agendas"]),
    ("an entry of a diary", &["occurstatus"]),
    ("settings of an editorial system", &["desktype"]),
    ("settings of an editorial system", &["workingstage"]),
    ("settings of an editorial system", &["schema", "editor"]),
    ("an entry of a change log", &["operation", "update"]),
    ("a record of a stored file", &["filemeta"]),
    ("a vocabulary", &["items", "uniquefield"]),
    ("a vocabulary", &["items", "displayname"]),
    ("a term of a vocabulary", &["qcode", "name"]),
    ("a term of a vocabulary", &["isactive", "name"]),
    ("GeoJSON", &["type", "coordinates"]),
    ("GeoJSON", &["type", "features"]),
];

/// Keys of items about what is to come. With a body such an item is a story.
const TO_COME: [(&str, &str); 3] = [
    ("eventdetails", "an entry of a diary"),
    ("plannedcoverage", "a planning item"),
    ("plannedcoverages", "a planning item"),
];

/// The values of `type` that say that an item is no text.
#[rustfmt::skip]
const TYPES: &[(&str, &str)] = &[
    ("picture", "a picture"), ("image", "a picture"), ("photo", "a picture"), ("graphic", "a graphic"),
    ("video", "a video"), ("audio", "a sound recording"), ("composite", "a package"), ("package", "a package"),
    ("planning", "a planning item"), ("event", "an entry of a diary"), ("assignment", "an assignment"),
    ("component", "a component of other items"),
];

/// What an object is by its `type`, where that says that it is no text.
pub(in crate::formats) fn by_type(fields: &Fields<'_>) -> Option<&'static str> {
    let kind = fields.get("type")?.as_str()?.trim().to_ascii_lowercase();
    let kind = kind.rsplit(':').next().unwrap_or_default();
    TYPES.iter().find(|(name, _)| *name == kind).map(|(_, what)| *what)
}

/// What an object is that is about something to come.
pub(in crate::formats) fn to_come(fields: &Fields<'_>) -> Option<&'static str> {
    TO_COME.iter().find(|(key, _)| fields.has(key)).map(|(_, what)| *what)
}

/// What an object is that is no story: `None` where it may be one.
pub(super) fn no_story(fields: &Fields<'_>, map: &FieldMap) -> Option<&'static str> {
    if is_schema(fields) {
        return Some("a JSON Schema");
    }
    if body_value(fields, map).is_some() {
        return None;
    }
    let mapped = map.value(Part::Headline, fields);
    if let Some(what) = to_come(fields).filter(|_| mapped.is_none()) {
        return Some(what);
    }
    if mapped.or_else(|| fields.first(names_of(Part::Headline))).is_some() {
        return None;
    }
    let requests = || fields.get("requests").filter(|requests| !requests.is_string());
    let known = KINDS.iter().find(|(_, keys)| keys.iter().all(|key| fields.has(key)));
    known
        .map(|(what, _)| *what)
        .or_else(|| by_type(fields))
        .or_else(|| requests().map(|_| "recorded requests"))
}

/// A schema names the language it is in, or has `properties` beside a `type` that is none of a news item's.
pub(super) fn is_schema(fields: &Fields<'_>) -> bool {
    let language = fields.get("$schema").and_then(|value| text_of(value, " "));
    if language.is_some_and(|language| language.contains("json-schema.org")) {
        return true;
    }
    let is_object = fields.get("type").and_then(Value::as_str) == Some("object");
    let has_parts = ["properties", "patternproperties", "allof", "definitions"]
        .iter()
        .any(|key| {
            fields
                .get(key)
                .is_some_and(|value| value.is_object() || value.is_array())
        });
    is_object && has_parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kind(value: &Value) -> Option<&'static str> {
        no_story(&Fields::of(value.as_object().unwrap()), &FieldMap::default())
    }

    #[test]
    fn what_an_editorial_system_dumps_beside_stories_is_named() {
        assert_eq!(
            kind(&json!({"username": "amoe", "password": "x", "email": "a@k.example"})),
            Some("a user account")
        );
        assert_eq!(
            kind(&json!({"name": "ports", "qcode": "p"})),
            Some("a term of a vocabulary")
        );
        assert_eq!(kind(&json!({"type": "picture", "renditions": {}})), Some("a picture"));
        assert_eq!(
            kind(&json!({"title": "Port day", "eventDetails": {"dates": {}}})),
            Some("an entry of a diary")
        );
        assert_eq!(
            kind(&json!({"name": "lunde", "description": "x", "dependencies": {}})),
            Some("a package description of a program")
        );
    }

    #[test]
    fn a_story_is_none_of_them() {
        assert_eq!(
            kind(&json!({"title": "Port reopens", "username": "amoe", "password": "x"})),
            None
        );
        assert_eq!(
            kind(&json!({"type": "event", "eventDetails": {}, "body": "The port reopened."})),
            None
        );
        assert_eq!(kind(&json!({"kepala": "a"})), None);
    }

    #[test]
    fn a_schema_is_told_though_it_has_a_title() {
        let schema = json!({"$schema": "http://json-schema.org/draft-03/schema#", "title": "News", "properties": {}});
        assert_eq!(kind(&schema), Some("a JSON Schema"));
        assert_eq!(
            kind(&json!({"type": "object", "title": "News", "properties": {"uri": {}}})),
            Some("a JSON Schema")
        );
        assert_eq!(
            kind(&json!({"$schema": "https://k.example/ninjs-schema_2.1.json", "title": "Port reopens"})),
            None
        );
    }
}
