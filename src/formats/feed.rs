//! RSS 0.9x, 1.0 and 2.0, Atom, `WordPress` exports and Ritzau's news queue → filings, one an entry.
//!
//! Read from our own XML tree. A library for feeds refuses a whole file for one broken entry, or for a root without its version, makes
//! up ids where there are none, and drops what a newsroom needs: the place of an entry, statuses and types of `WordPress`, agencies'
//! own elements, sources and withdrawn entries. Feeds break often, so one that is no XML is cut at its entries and read one by one
//! ([`salvage`]).

mod channel;
mod entry;
mod entry_tags;
mod markup;
mod ritzau;
mod salvage;
mod wordpress;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

use self::channel::Channel;
use super::xml::{self, Element};
use super::{Options, Parsed, Refused};
use crate::story::{Filing, Take, TakeKind, Target};

/// Names of the elements that are entries.
const ENTRIES: [&str; 2] = ["item", "entry"];

/// Reads an item.
pub(super) fn parse(item: &[u8], options: &Options) -> Vec<Parsed> {
    if item.trim_ascii().is_empty() {
        return Vec::new();
    }
    let (mut out, odd) = match xml::read(item, &options.bounds) {
        Ok(document) => (filings(&document.root), document.warning),
        Err(refused) => return salvage::read(item, &refused, options),
    };
    for filing in out.iter_mut().flatten() {
        filing.warnings.extend(odd.clone());
    }
    out
}

/// The filings of a feed that is sound XML.
fn filings(root: &Element) -> Vec<Parsed> {
    let ritzau = ritzau::stories(root);
    if !ritzau.is_empty() {
        return ritzau.into_iter().map(ritzau::read).collect();
    }
    let channel = Channel::of(root);
    let mut out = Vec::new();
    collect(root, &channel, &mut out);
    if out.is_empty() {
        out.push(Err(Refused::skipped("a feed without entries", root.offset)));
    }
    out
}

/// Reads the entries inside an element. They stand in the channel, in RDF beside it, in Atom under the root.
fn collect(outer: &Element, channel: &Channel, out: &mut Vec<Parsed>) {
    for element in outer.elements() {
        match element.name.as_str() {
            name if ENTRIES.contains(&name) => out.push(entry::read(element, channel)),
            "deleted-entry" => out.extend(withdrawn(element)),
            "channel" | "feed" | "rss" | "RDF" | "items" => collect(element, channel, out),
            _ => {}
        }
    }
}

/// An entry that the feed takes back (RFC 6721).
fn withdrawn(element: &Element) -> Option<Parsed> {
    let id = element.attribute("ref")?;
    let mut filing = Filing::default();
    id.clone_into(&mut filing.ninjs.uri);
    filing.ninjs.kind = "text".into();
    filing.ninjs.pub_status = Some("canceled".into());
    filing.ninjs.ed_note = element.child("comment").and_then(Element::text);
    filing.ninjs.version_created = element.attribute("when").map(str::to_owned);
    let when = filing.ninjs.version_created.as_deref();
    let read = when.and_then(|when| super::dates::read(when, super::dates::Order::DayFirst));
    filing.published = read.map(|read| read.time);
    filing.targets = vec![Target::Uri(id.to_owned())];
    filing.take = Some(Take {
        kind: TakeKind::Kill,
        number: None,
        label: "deleted-entry".into(),
    });
    filing.origin.format = super::Format::Feed.name().into();
    Some(Ok(filing))
}
