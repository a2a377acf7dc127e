//! Microdata and `RDFa` of a page → a node of schema.org, as JSON-LD would have it.

use serde_json::{Map, Value};

use super::dom::{Dom, Node};
use super::linked_data::STORIES;

/// Nodes inside nodes are read to this depth: an author has an organisation, which has an address.
const MAX_LEVELS: usize = 4;

/// The node of the story; of several the first with a headline or a text.
pub(super) fn story(dom: &Dom) -> Option<Map<String, Value>> {
    let mut first = None;
    for (at, node) in dom.elements().filter(|(_, node)| is_story(node)) {
        let object = read(dom, at, node, MAX_LEVELS);
        if object.contains_key("headline") || object.contains_key("articleBody") {
            return Some(object);
        }
        first = first.or(Some(object));
    }
    first
}

fn kind(node: &Node) -> Option<&str> {
    node.attribute("itemtype").or_else(|| node.attribute("typeof"))
}

fn is_story(node: &Node) -> bool {
    let kinds = kind(node).unwrap_or_default();
    kinds.split_whitespace().any(|kind| {
        let local = kind.rsplit(['/', '#', ':']).next().unwrap_or(kind).to_ascii_lowercase();
        STORIES.contains(&local.as_str())
    })
}

fn is_node(node: &Node) -> bool {
    node.has("itemscope") || node.has("typeof")
}

/// The properties of a node. Those of a node inside it are its own.
fn read(dom: &Dom, at: usize, node: &Node, levels: usize) -> Map<String, Value> {
    let mut object = Map::new();
    let local = kind(node).map(|kind| kind.rsplit(['/', '#', ':']).next().unwrap_or(kind));
    if let Some(local) = local {
        object.insert("@type".into(), Value::from(local));
    }
    let mut inner = at + 1;
    while inner < node.end {
        let node = &dom.nodes[inner];
        let names = node.attribute("itemprop").or_else(|| node.attribute("property"));
        if let Some(names) = names {
            let value = if is_node(node) && levels > 0 {
                Value::Object(read(dom, inner, node, levels - 1))
            } else {
                Value::from(value(dom, inner, node))
            };
            for name in names.split_whitespace() {
                let name = name.rsplit(['/', ':']).next().unwrap_or(name);
                add(&mut object, name, value.clone());
            }
        }
        inner = if is_node(node) { node.end } else { inner + 1 };
    }
    object
}

fn add(object: &mut Map<String, Value>, name: &str, value: Value) {
    // Bodies are taken from the page, where furniture can be told from text.
    if name == "articleBody" || value.as_str() == Some("") {
        return;
    }
    match object.get_mut(name) {
        Some(Value::Array(items)) => items.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
        None => {
            object.insert(name.to_owned(), value);
        }
    }
}

fn value(dom: &Dom, at: usize, node: &Node) -> String {
    let attribute = match node.name.as_str() {
        "time" => node.attribute("datetime"),
        "a" | "link" => node.attribute("href"),
        "img" => node.attribute("src"),
        _ => None,
    };
    let written = node.attribute("content").or(attribute);
    // The name of an author often stands in a link to what else they wrote.
    let is_named = node.name == "a" && !node.has("content");
    let text = || dom.line(at).unwrap_or_default();
    match written {
        Some(written) if !is_named => written.to_owned(),
        Some(href) => Some(text())
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| href.to_owned()),
        None => text(),
    }
}
