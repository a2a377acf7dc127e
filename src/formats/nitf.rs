//! NITF → filings, alone in its file or inside another format.
//!
//! What stands in `docdata` comes first; agencies that leave it out write the same in `meta` elements or in the head of the body.

mod head;

#[cfg(test)]
pub(super) mod corpus_tests;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::hash::Hash;

use super::dates::{self, Order};
use super::markup;
use super::paragraphs::one_line;
use super::terms::{language_tag, place_and_day};
use super::warnings::Warnings;
use super::xml::{self, Element, Node};
use super::{Format, Options, Parsed, Refused};
use crate::story::{Filing, Headline, InfoSource, Ninjs, Timestamp};

/// Among how many sources a repeated one is looked for: an item states a handful.
const MOST_SOURCES: usize = 32;

/// Reads an item.
pub(super) fn parse(item: &[u8], options: &Options) -> Vec<Parsed> {
    if item.trim_ascii().is_empty() {
        return Vec::new();
    }
    vec![read(item, options)]
}

fn read(item: &[u8], options: &Options) -> Parsed {
    let document = xml::read(item, &options.bounds)?;
    let root = &document.root;
    let mut warnings = Warnings::default();
    document.warning.into_iter().for_each(|warning| warnings.add(warning));
    let mut filing = Filing::default();
    nitf_into(root, &mut filing, &mut warnings);
    let hides = filing.ninjs.pub_status.as_deref() == Some("canceled");
    if filing.ninjs.headlines.is_empty() && filing.ninjs.bodies.is_empty() && !hides {
        let reason = format!(
            "<{}> has neither a headline (hl1, title) nor text in body.content: leave it out, or send it again whole",
            root.name
        );
        return Err(Refused::rejected(reason, root.offset));
    }
    if filing.ninjs.uri.is_empty() {
        warnings.add("no id-string in doc-id: the story is known by its keyword and day, or by its text");
    }
    filing.ninjs.kind = "text".into();
    filing.origin.format = Format::Nitf.name().into();
    filing.warnings = warnings.finish();
    Ok(filing)
}

/// Puts into a filing what a `nitf` element says and the filing has not yet.
pub(super) fn nitf_into(root: &Element, filing: &mut Filing, warnings: &mut Warnings) {
    let body = root.child("body").unwrap_or(root);
    let top = body.child("body.head");
    if filing.ninjs.language.is_none() {
        let tags = [
            body.attribute("lang"),
            root.attribute("lang"),
            root.attribute("baselang"),
        ];
        filing.ninjs.language = tags.into_iter().flatten().find_map(language_tag);
    }
    let title = root.at(&["head", "title"]).and_then(Element::text);
    headlines(top, title, &mut filing.ninjs);
    if let Some(top) = top {
        signed(top, filing);
    }
    if let Some(content) = body.child("body.content") {
        let mut paragraphs = markup::paragraphs(content);
        // Who contributed stands at the end.
        let tagline = body.at(&["body.end", "tagline"]).map(words);
        paragraphs.extend(tagline.filter(|line| !line.is_empty()));
        markup::body_into(paragraphs, filing);
    }
    head::into(root, top, filing, warnings);
}

/// The time that a text tells, in seconds and as ninjs wants it.
pub(super) fn moment(text: &str, warnings: &mut Warnings) -> Option<(Timestamp, Option<String>)> {
    let line = one_line(text);
    let read = dates::read_or_warn(&line, Order::DayFirst, "", warnings)?;
    Some((read.time, dates::standard(&line, &read)))
}

/// Adds a source, unless one of its name is among the few that are there.
pub(super) fn add_source(ninjs: &mut Ninjs, name: &str, role: Option<&str>) {
    // Some write the whole notice where the holder belongs.
    let name = one_line(name.split(". All rights").next().unwrap_or_default());
    let same = |source: &InfoSource| {
        source.name.eq_ignore_ascii_case(&name) && (role.is_none() || source.role.as_deref() == role)
    };
    if !name.is_empty() && !ninjs.info_sources.iter().take(MOST_SOURCES).any(same) {
        ninjs.info_sources.push(InfoSource {
            name,
            role: role.map(str::to_owned),
            uri: None,
        });
    }
}

/// Drops what repeats an earlier one by its key.
pub(super) fn once<T, K: Eq + Hash>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    let mut seen = HashSet::new();
    list.retain(|it| seen.insert(key(it)));
}

fn headlines(top: Option<&Element>, title: Option<String>, ninjs: &mut Ninjs) {
    if !ninjs.headlines.is_empty() {
        return;
    }
    let hedline = top.and_then(|top| top.child("hedline").or_else(|| top.child("headline")));
    let line = |name: &str| {
        let found = hedline?.child(name).and_then(Element::text)?;
        let bare = found.trim_start_matches(['*', ' ']);
        (!bare.is_empty()).then(|| bare.to_owned())
    };
    let bare = || {
        hedline
            .filter(|it| it.elements().next().is_none())
            .and_then(Element::text)
    };
    if let Some(main) = line("hl1").or_else(bare).or(title) {
        ninjs.set_headline(main);
    }
    if let Some(sub) = line("hl2").filter(|sub| sub != ninjs.headline()) {
        let role = if ninjs.headlines.is_empty() { "main" } else { "sub" };
        ninjs.headlines.push(Headline {
            role: role.into(),
            value: sub,
        });
    }
}

/// The byline, the distributor and the dateline.
fn signed(top: &Element, filing: &mut Filing) {
    if filing.ninjs.by.is_none() {
        // Initials of the desk are no byline.
        let by = top.child("byline").map(byline);
        filing.ninjs.by = by.filter(|by| by.chars().any(char::is_uppercase));
    }
    if let Some(distributor) = top.child("distributor").map(words).filter(|it| !it.is_empty()) {
        add_source(&mut filing.ninjs, &distributor, Some("distributor"));
        filing.credit_line.get_or_insert(distributor);
    }
    let Some(dateline) = top.child("dateline") else { return };
    let places: Vec<String> = dateline
        .all("location")
        .map(place)
        .filter(|it| !it.is_empty())
        .collect();
    if filing.ninjs.located.is_none() {
        let city = dateline.descendant("city").and_then(Element::text);
        filing.ninjs.located = city.or_else(|| places.first().cloned());
    }
    if filing.dateline.is_none() {
        let mut bare = dateline.clone();
        bare.children.retain(
            |node| !matches!(node, Node::Element(inner) if matches!(inner.name.as_str(), "story.date" | "location")),
        );
        let rest = words(&bare);
        let whole = [places.join(", "), rest].join(" ");
        filing.dateline = place_and_day(&tidy(whole.trim()));
        let is_place = |text: &&String| !text.contains(|c: char| c.is_ascii_digit() || c == '(');
        if filing.ninjs.located.is_none() {
            filing.ninjs.located = filing.dateline.as_ref().filter(is_place).cloned();
        }
    }
}

/// A byline, the title of who signs after a comma.
fn byline(byline: &Element) -> String {
    let whole = words(byline);
    let Some(title) = byline.child("byttl").map(words).filter(|title| !title.is_empty()) else {
        return whole;
    };
    match whole.strip_suffix(&title).map(|name| name.trim_end_matches([' ', ','])) {
        Some(name) if !name.is_empty() => [name, &title].join(", "),
        _ => whole,
    }
}

/// A place and what it lies in, parted by commas where the agency has none.
fn place(location: &Element) -> String {
    let whole = words(location);
    let parts: Vec<String> = location.elements().map(words).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && !whole.contains(',') {
        return parts.join(", ");
    }
    whole
}

/// The text of an element on one line; elements in it are words apart.
pub(super) fn words(element: &Element) -> String {
    fn push(element: &Element, out: &mut String) {
        for node in &element.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(inner) => {
                    out.push(' ');
                    push(inner, out);
                    out.push(' ');
                }
            }
        }
    }
    let mut out = String::new();
    push(element, &mut out);
    tidy(&out)
}

fn tidy(text: &str) -> String {
    one_line(text).replace(" ,", ",").replace(" ;", ";")
}
