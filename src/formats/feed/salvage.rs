//! A feed that is no XML: cut at its entries, each read by itself; an entry that is broken too is read by the names of its parts.

use super::channel::Channel;
use super::entry;
use crate::formats::encoding::decode_declared;
use crate::formats::xml::{self, Element, Node};
use crate::formats::{Options, Parsed, Refused};

/// The parts of an entry that are looked for where its markup does not hold: their names as written.
#[rustfmt::skip]
const PARTS: [&str; 17] = [
    "title", "link", "guid", "id", "pubDate", "published", "updated", "dc:date", "description", "summary", "content",
    "content:encoded", "dc:creator", "author", "category", "dc:subject", "dc:source",
];

/// Reads what can be read of a feed that was refused as a whole.
pub(super) fn read(item: &[u8], refused: &Refused, options: &Options) -> Vec<Parsed> {
    let Ok(decoded) = decode_declared(item) else {
        return vec![Err(refused.clone())];
    };
    let text: &str = &decoded.text;
    let spans = spans(text);
    let Some(first) = spans.first() else {
        return vec![Err(refused.clone())];
    };
    let head = &text[..first.start];
    let channel = Channel::of(&loose(head, "channel", 0));
    let broken = format!("the feed is broken ({}): read entry by entry", refused.reason);
    let mut places = decoded.places(item);
    let mut out = Vec::new();
    for span in &spans {
        let mut parsed = one(text, span, &channel, options);
        match &mut parsed {
            Ok(filing) => {
                filing.warnings.push(broken.clone());
                filing.warnings.extend(decoded.warning.clone());
            }
            Err(refused) => refused.offset = places.at(refused.offset),
        }
        out.push(parsed);
    }
    out
}

/// Where an entry stands.
struct Span {
    start: usize,
    end: usize,
    /// Whether its end tag is there.
    closed: bool,
}

/// Reads one entry. What the file ends in is not taken: half a text would pass for a whole one.
fn one(text: &str, span: &Span, channel: &Channel, options: &Options) -> Parsed {
    let written = &text[span.start..span.end];
    let error = match xml::read(written.as_bytes(), &options.bounds) {
        Ok(mut document) => {
            document.root.offset = span.start;
            return entry::read(&document.root, channel);
        }
        Err(error) => error,
    };
    if !span.closed && span.end == text.len() {
        let reason = format!(
            "the file ends inside the entry that opens at byte {}: it may still be being written, or was cut off",
            span.start
        );
        return Err(Refused::rejected(reason, text.len()));
    }
    if error.reason.contains("--max-") {
        return Err(Refused::rejected(error.reason, span.start + error.offset));
    }
    let name = if written.starts_with("<entry") { "entry" } else { "item" };
    let mut filing = entry::read(&loose(written, name, span.start), channel)?;
    let odd = format!(
        "the entry at byte {} is broken at byte {}: read by the names of its parts",
        span.start,
        span.start + error.offset
    );
    filing.warnings.insert(0, odd);
    Ok(filing)
}

/// The entries of a text, by their tags.
fn spans(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (at, _) in text.match_indices('<') {
        let inner = &text[at + 1..];
        let closes = inner.starts_with('/');
        let name = inner.strip_prefix('/').unwrap_or(inner);
        let opened = ["item", "entry"].iter().find_map(|entry| name.strip_prefix(entry));
        if !opened.is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace())) {
            continue;
        }
        let end = inner.find(['>', '<']).map_or(text.len(), |end| at + 1 + end + 1);
        match out.last_mut().filter(|last| !last.closed && last.end == text.len()) {
            Some(last) if closes => {
                last.end = end;
                last.closed = true;
                continue;
            }
            Some(last) => last.end = at,
            None => {}
        }
        if !closes {
            out.push(Span {
                start: at,
                end: text.len(),
                closed: false,
            });
        }
    }
    out
}

/// An element of the parts that are found in a text by name, whatever else is in it.
fn loose(text: &str, name: &str, offset: usize) -> Element {
    let mut element = Element {
        name: name.to_owned(),
        offset,
        ..Element::default()
    };
    let mut names: Vec<&str> = PARTS.to_vec();
    if name == "channel" {
        names.extend(["language", "copyright", "rights", "generator", "wp:wxr_version"]);
    }
    for name in names {
        if let Some((attributes, inner)) = part(text, name) {
            let (prefix, local) = name.split_once(':').unwrap_or(("", name));
            element.children.push(Node::Element(Element {
                name: local.to_owned(),
                prefix: prefix.to_owned(),
                attributes: href(attributes),
                children: vec![Node::Text(content(inner))],
                offset,
            }));
        }
    }
    element
}

/// The attributes and the inside of the first element of that name.
fn part<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    let mut rest = text;
    loop {
        let at = rest.find(&format!("<{name}"))?;
        rest = &rest[at + 1 + name.len()..];
        if !rest.starts_with(|c: char| matches!(c, '>' | '/') || c.is_whitespace()) {
            continue;
        }
        let (attributes, inner) = rest.split_once('>')?;
        if attributes.ends_with('/') {
            return Some((attributes, ""));
        }
        // Without its end tag a part goes on to the next line.
        let end = inner
            .find(&format!("</{name}"))
            .or_else(|| inner.find('\n'))
            .unwrap_or(inner.len());
        return Some((attributes, &inner[..end]));
    }
}

fn href(attributes: &str) -> Vec<(String, String)> {
    let value = attributes.split_once("href=").and_then(|(_, rest)| {
        let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split_once(mark).map(|(value, _)| value.to_owned())
    });
    value.map(|value| ("href".to_owned(), value)).into_iter().collect()
}

/// The text of a part: CDATA taken off, references read once where it has no tags of its own.
fn content(inner: &str) -> String {
    let trimmed = inner.trim();
    if let Some(data) = trimmed.strip_prefix("<![CDATA[") {
        return data.split("]]>").next().unwrap_or(data).to_owned();
    }
    if trimmed.contains('<') {
        return trimmed.to_owned();
    }
    let mut out = String::new();
    let mut rest = trimmed;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (c, length) = crate::formats::entities::reference(&rest[at..]).unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}
