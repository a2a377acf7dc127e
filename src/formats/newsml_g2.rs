//! NewsML-G2 → filings: a news item alone, or a message with many.
//!
//! Codes are taken by their last part, since each agency has its own aliases for the schemes. What is no text (pictures, packages,
//! planning) is told as skipped.

mod concepts;
mod content;
mod item;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

use super::warnings::Warnings;
use super::xml::{self, Element};
use super::{Options, Parsed, Refused};

/// What a message says of all its items.
#[derive(Debug, Clone, Copy, Default)]
struct Header<'e> {
    /// When it was sent.
    sent: Option<&'e Element>,
    /// The priority of its items, where they have no urgency.
    priority: Option<&'e Element>,
}

/// Reads an item: one news item, or all of a message.
pub(super) fn parse(item: &[u8], options: &Options) -> Vec<Parsed> {
    if item.trim_ascii().is_empty() {
        return Vec::new();
    }
    let document = match xml::read(item, &options.bounds) {
        Ok(document) => document,
        Err(refused) => return vec![Err(refused)],
    };
    let root = &document.root;
    let header = root.child("header").or_else(|| root.child("Header"));
    let header = Header {
        sent: header.and_then(|header| header.child("sent").or_else(|| header.child("Sent"))),
        priority: header.and_then(|header| header.child("priority")),
    };
    let items = items(root);
    if items.is_empty() {
        let reason = format!("a <{}> with no item in it: there is nothing to read", root.name);
        return vec![Err(Refused::skipped(reason, root.offset))];
    }
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        let mut warnings = Warnings::default();
        document
            .warning
            .iter()
            .for_each(|warning| warnings.add(warning.as_str()));
        out.push(one(item, header, warnings));
    }
    out
}

/// The items in a message, or the item that stands alone.
fn items(root: &Element) -> Vec<&Element> {
    if what(&root.name).is_some() || root.name == "newsItem" {
        return vec![root];
    }
    let known = |element: &&Element| element.name == "newsItem" || what(&element.name).is_some();
    root.all("itemSet").flat_map(Element::elements).filter(known).collect()
}

/// What an item of another kind than news is, for a person.
fn what(name: &str) -> Option<&'static str> {
    Some(match name {
        "packageItem" => "a package: a list of links to items that come by themselves",
        "planningItem" => "a planning item: coverage that is to come, no story",
        "conceptItem" => "a concept item: an entry of a vocabulary or an event, no story",
        "knowledgeItem" => "a knowledge item: a vocabulary, no story",
        "catalogItem" => "a catalog item: a list of vocabularies, no story",
        "hopHistory" => "a hop history, no story",
        _ => return None,
    })
}

fn one(item: &Element, header: Header<'_>, warnings: Warnings) -> Parsed {
    match what(&item.name) {
        Some(what) => Err(Refused::skipped(what, item.offset)),
        None => item::read(item, header, warnings),
    }
}

/// The last part of a code: `usable` of `stat:usable`, `person` of `http://cv.iptc.org/newscodes/cpnature/person`.
fn code(qcode: &str) -> &str {
    match qcode.split_once("://") {
        Some((_, rest)) => rest.rsplit(['/', '#']).next().unwrap_or(rest),
        None => qcode.split_once(':').map_or(qcode, |(_, code)| code),
    }
}

/// The code that an element refers by, whichever way it does.
fn reference(element: &Element) -> Option<&str> {
    ["qcode", "uri", "literal"]
        .iter()
        .find_map(|name| element.attribute(name))
}
