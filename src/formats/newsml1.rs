//! `NewsML` 1.0 to 1.2 → filings: the news items of a file, each with its text among pictures, captions and links.
//!
//! An item is a tree of components. Which of them hold the story is told by their roles and by what their content is; what the
//! item says of itself stands in the components around that text, the nearest one first. Topics that the file defines are looked up
//! in it. What is no story (packages, pictures, topic sets, catalogs, updates to parts of an item) is told as skipped.

mod content;
mod describe;
mod item;
mod kinds;
mod manage;
mod parties;
mod parts;
mod topics;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

use super::warnings::Warnings;
use super::xml::{self, Element};
use super::{Bounds, Options, Parsed, Refused};
use topics::Topics;

/// What all items of a file share.
struct File<'e> {
    envelope: &'e Element,
    topics: Topics<'e>,
    bounds: Bounds,
}

/// Reads the news items of a file.
pub(super) fn parse(item: &[u8], options: &Options) -> Vec<Parsed> {
    if item.trim_ascii().is_empty() {
        return Vec::new();
    }
    let document = match xml::read(item, &options.bounds) {
        Ok(document) => document,
        Err(refused) => return vec![Err(refused)],
    };
    let root = &document.root;
    let empty = Element::default();
    let file = File {
        envelope: root.child("NewsEnvelope").unwrap_or(&empty),
        topics: Topics::of(root),
        bounds: options.bounds,
    };
    let mut out = Vec::new();
    for item in root.all("NewsItem") {
        let mut warnings = Warnings::default();
        let odd = document.warning.iter();
        odd.for_each(|warning| warnings.add(warning.as_str()));
        out.push(item::read(item, &file, warnings));
    }
    if out.is_empty() {
        out.push(Err(without_items(root)));
    }
    out
}

/// Why a file without any news item gives no story.
fn without_items(root: &Element) -> Refused {
    let what = if root.child("TopicSet").is_some() {
        "a topic set: codes and what they mean, no story"
    } else if root.child("Catalog").is_some() {
        "a catalog of vocabularies without any NewsItem: no story"
    } else {
        "a NewsML file without any NewsItem: there is nothing to read"
    };
    Refused::skipped(what, root.offset)
}

/// The name that an element bears, as nearly all of `NewsML` 1 writes its values.
fn formal_name(element: &Element) -> Option<String> {
    let name = element.attribute("FormalName").map(super::paragraphs::one_line);
    name.or_else(|| element.text()).filter(|name| !name.is_empty())
}
