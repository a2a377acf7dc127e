//! JSON with fields under their usual names: exports of content systems and crawlers, search engine dumps, data sets.
//!
//! The identity of a story is its `uri`, `guid` or `id`, else its `url`. An id that is a bare counter ("1", "42") tells nothing across
//! files, every export has a story 1: where there is a url too, the url is the identity. With no url the counter stays, and the user
//! can map a better field with `--map uri=KEY`.

mod feed;
mod found;
mod kinds;
mod story;
#[cfg(test)]
mod tests;

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

/// How the refusal of a package begins.
const PACKAGE: &str = "a package";

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
    let mut places = decoded.places(item);
    let odd = decoded.warning.into_iter().chain(read.mended.map(str::to_owned));
    let odd: Vec<String> = odd.collect();
    for parsed in &mut out {
        match parsed {
            Ok(filing) => filing.warnings.extend(odd.iter().cloned()),
            Err(refused) => refused.offset = places.at(refused.offset),
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
        let is_package = parsed
            .as_ref()
            .is_err_and(|refused| refused.reason.starts_with(PACKAGE));
        out.push(Found { parsed, value });
        if is_package && depth > 0 {
            members(&own, reading, depth, out);
        }
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
            let from = out.len();
            filings(list, None, reading, depth - 1, out);
            feed::complete(&own, &mut out[from..]);
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

/// Adds the stories that a package holds whole: those with a body, not mere references.
fn members<'v>(package: &Fields<'v>, reading: &Reading<'_>, depth: usize, out: &mut Vec<Found<'v>>) {
    let held: Vec<&Value> = match package.get("associations") {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Object(object)) => object.values().collect(),
        _ => return,
    };
    let is_text = |value: &&Value| {
        value
            .as_object()
            .is_some_and(|object| by_type(&Fields::of(object)).is_none())
    };
    for value in held.into_iter().filter(is_text) {
        let mut inner = Vec::new();
        filings(value, None, reading, depth - 1, &mut inner);
        let has_body = |found: &Found<'_>| {
            found
                .parsed
                .as_ref()
                .is_ok_and(|filing| !filing.ninjs.bodies.is_empty())
        };
        out.extend(inner.into_iter().filter(has_body));
    }
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
