//! JSON-LD blocks of a page → the node of its story.

use serde_json::{Map, Value};

use super::dom::Dom;
use crate::formats::json_text;
use crate::formats::warnings::Warnings;

/// The types of schema.org that are stories. Advertisers' articles are none.
#[rustfmt::skip]
pub(super) const STORIES: [&str; 16] = [
    "newsarticle", "article", "reportagenewsarticle", "analysisnewsarticle", "askpublicnewsarticle",
    "backgroundnewsarticle", "opinionnewsarticle", "reviewnewsarticle", "blogposting", "liveblogposting", "report",
    "socialmediaposting", "satiricalarticle", "scholarlyarticle", "techarticle", "medicalscholarlyarticle",
];

/// Nodes are looked through to this depth: a graph lists its nodes two levels deep.
const MAX_LEVELS: usize = 8;

/// Values inside one another: a block nests about eight deep.
const MAX_NESTED: usize = 128;

/// The data of a page.
#[derive(Debug, Default)]
pub(super) struct LinkedData {
    blocks: Vec<Value>,
}

impl LinkedData {
    /// Reads the blocks of a page. One that is broken is left out with a warning.
    pub(super) fn of(dom: &Dom, warnings: &mut Warnings) -> Self {
        let mut blocks = Vec::new();
        for (at, node) in dom.elements() {
            let kind = node.attribute("type").unwrap_or_default().to_ascii_lowercase();
            if node.name != "script" || !kind.starts_with("application/ld+json") {
                continue;
            }
            let text = bare(&dom.raw(at));
            if text.is_empty() {
                continue;
            }
            let (read, error) = read(&text);
            blocks.extend(read);
            if let Some(error) = error {
                warnings.add(format!("a JSON-LD block is broken, {error}: left out from there"));
            }
        }
        Self { blocks }
    }

    /// The node of the story: of several the one that says most, a text or a date before a headline alone.
    pub(super) fn story(&self) -> Option<&Map<String, Value>> {
        let mut found = Vec::new();
        for block in &self.blocks {
            collect(block, MAX_LEVELS, &mut |object| {
                if STORIES.iter().any(|story| is_a(object, story)) {
                    found.push(object);
                }
            });
        }
        // The first of those that say as much: what comes later are stories that the page leads to.
        let weight = |object: &Map<String, Value>| {
            let points = [
                ("articleBody", 4),
                ("datePublished", 2),
                ("author", 1),
                ("headline", 1),
                ("publisher", 1),
            ];
            points
                .iter()
                .filter(|(key, _)| object.contains_key(*key))
                .map(|(_, points)| points)
                .sum::<i32>()
        };
        found.into_iter().rev().max_by_key(|object| weight(object))
    }

    /// Whether a node of that type is on the page, by its name in lower case.
    pub(super) fn has(&self, kind: &str) -> bool {
        let mut found = false;
        for block in &self.blocks {
            collect(block, 3, &mut |object| found |= is_a(object, kind));
        }
        found
    }

    /// What a value that only names a node by `@id` stands for.
    pub(super) fn resolve<'v>(&'v self, value: &'v Value) -> &'v Value {
        let Some(object) = value.as_object().filter(|object| object.len() == 1) else {
            return value;
        };
        let Some(id) = object.get("@id").and_then(Value::as_str) else {
            return value;
        };
        let nodes = self.blocks.iter().flat_map(|block| match block {
            Value::Array(items) => items.iter().collect::<Vec<_>>(),
            Value::Object(object) => match object.get("@graph").and_then(Value::as_array) {
                Some(graph) => graph.iter().collect(),
                None => vec![block],
            },
            _ => Vec::new(),
        });
        let mut same = nodes.filter(|node| node.get("@id").and_then(Value::as_str) == Some(id));
        same.next().unwrap_or(value)
    }
}

/// Whether an object is of a type, by its name in lower case.
fn is_a(object: &Map<String, Value>, kind: &str) -> bool {
    let is = |value: &Value| {
        let own = value.as_str().unwrap_or_default();
        let local = own.rsplit(['/', '#', ':']).next().unwrap_or(own);
        local.eq_ignore_ascii_case(kind)
    };
    match object.get("@type").or_else(|| object.get("type")) {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// Every object under a value that may be a story: in arrays, graphs, main entities.
fn collect<'v>(value: &'v Value, levels: usize, take: &mut impl FnMut(&'v Map<String, Value>)) {
    match value {
        Value::Array(items) if levels > 0 => items.iter().for_each(|item| collect(item, levels - 1, take)),
        Value::Object(object) => {
            take(object);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key).filter(|_| levels > 0) {
                    collect(inner, levels - 1, take);
                }
            }
        }
        _ => {}
    }
}

/// A block without the comment marks that old systems put around scripts.
fn bare(text: &str) -> String {
    let mut text = text.trim();
    for (open, close) in [
        ("<!--", "-->"),
        ("//<![CDATA[", "//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("<![CDATA[", "]]>"),
    ] {
        text = text.strip_prefix(open).unwrap_or(text).trim();
        text = text.strip_suffix(close).unwrap_or(text).trim();
    }
    text.trim_end_matches([';', ' ', '\n']).to_owned()
}

/// The values of a block, and where it breaks.
fn read(text: &str) -> (Vec<Value>, Option<String>) {
    let read = json_text::values(text, MAX_NESTED).values;
    if read.iter().all(Result::is_ok) {
        return (read.into_iter().flatten().collect(), None);
    }
    let unescaped = if text.contains("&quot;") {
        text.replace("&quot;", "\"")
    } else {
        text.to_owned()
    };
    let mended = json_text::values(&without_slips(&unescaped), MAX_NESTED).values;
    let error = mended
        .iter()
        .find_map(|value| value.as_ref().err())
        .map(|refused| refused.reason.clone());
    (mended.into_iter().flatten().collect(), error)
}

/// JSON without commas before a closing bracket and without comments of scripts.
fn without_slips(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut in_string, mut escaped, mut at) = (false, false, 0);
    while let Some(c) = text[at..].chars().next() {
        let after = &text[at + c.len_utf8()..];
        at += c.len_utf8();
        if in_string {
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
            out.push(c);
        } else if c == '/' && after.starts_with('*') {
            at += after.find("*/").map_or(after.len(), |end| end + 2);
        } else if c != ',' || !after.trim_start().starts_with(['}', ']', ',']) {
            in_string = c == '"';
            out.push(c);
        }
    }
    out
}
