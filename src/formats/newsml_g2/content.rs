//! The content of an item → the body: NITF or XHTML in `inlineXML`, text or markup in `inlineData`.

use std::collections::HashSet;

use super::super::entities;
use super::super::html;
use super::super::markup;
use super::super::nitf::nitf_into;
use super::super::paragraphs::paragraphs;
use super::super::warnings::Warnings;
use super::super::xml::Element;
use super::code;
use crate::story::Filing;

/// Renditions of a part of the story, or of what is not to be published.
const PARTS: [&str; 7] = [
    "headline",
    "teaser",
    "public",
    "nonpublic",
    "byline",
    "title",
    "summary",
];

/// In how many contents of an item a text is looked for: agencies send a handful of renditions.
const MOST_ALTERNATIVES: usize = 64;

/// Puts the first content that has text into the filing. The teaser is left out that stands over the text and in the metadata too.
pub(super) fn body_into(item: &Element, teasers: &HashSet<String>, filing: &mut Filing, warnings: &mut Warnings) {
    let all = |name: &'static str| item.all("contentSet").flat_map(move |set| set.all(name));
    let found = all("inlineXML").map(|inline| (true, inline));
    let found = found.chain(
        all("inlineData")
            .filter(|inline| is_story(inline))
            .map(|inline| (false, inline)),
    );
    for (at, (has_elements, inline)) in found.enumerate() {
        if !filing.ninjs.bodies.is_empty() {
            return;
        }
        if at == MOST_ALTERNATIVES {
            warnings.add(format!(
                "more than {MOST_ALTERNATIVES} contents of one item, and no text in these: the others were not looked at"
            ));
            return;
        }
        if has_elements {
            structured(inline, teasers, filing, warnings);
        } else {
            plain(inline, filing);
        }
    }
}

/// Whether the text of an item is only pointed to.
pub(super) fn is_remote(item: &Element) -> bool {
    item.all("contentSet").any(|set| set.child("remoteContent").is_some())
}

fn structured(inline: &Element, teasers: &HashSet<String>, filing: &mut Filing, warnings: &mut Warnings) {
    let Some(root) = inline.elements().next() else {
        plain(inline, filing);
        return;
    };
    match root.name.to_ascii_lowercase().as_str() {
        "nitf" => nitf_into(root, filing, warnings),
        // Sports results, events and their kind are data.
        name if is_text(name) || inline.descendant("p").is_some() => {
            page_head(root, filing);
            let mut found = markup::paragraphs(inline);
            let over = found.iter().take_while(|line| teasers.contains(*line)).count();
            found.drain(..over.min(found.len().saturating_sub(1)));
            markup::body_into(found, filing);
        }
        _ => {}
    }
}

fn is_text(name: &str) -> bool {
    matches!(
        name,
        "html" | "body" | "div" | "p" | "section" | "article" | "pre" | "body.content" | "block" | "text"
    )
}

/// What the head of the page has where the metadata are silent.
fn page_head(root: &Element, filing: &mut Filing) {
    let title = root.descendant("h1").or_else(|| root.at(&["head", "title"]));
    if let Some(title) = title
        .and_then(Element::text)
        .filter(|_| filing.ninjs.headlines.is_empty())
    {
        filing.ninjs.set_headline(title);
    }
    let header = root.at(&["body", "header"]);
    let by = header.and_then(|header| header.elements().find(|it| markup::has_class(it, "byline")));
    if filing.ninjs.by.is_none() {
        filing.ninjs.by = by.and_then(Element::text);
    }
}

/// Whether inline data are the story, by their type and rendition.
fn is_story(inline: &Element) -> bool {
    let kind = inline
        .attribute("contenttype")
        .unwrap_or("text/plain")
        .to_ascii_lowercase();
    let rendition = inline.attribute("rendition").map(code).unwrap_or_default();
    let textual = kind.starts_with("text/") || kind.contains("html") || kind.contains("xml");
    let encoded = inline.attribute("encoding").is_some();
    textual && !encoded && !kind.contains("calendar") && !kind.contains("vcard") && !PARTS.contains(&rendition)
}

fn plain(inline: &Element, filing: &mut Filing) {
    let text = if inline.elements().next().is_some() {
        markup::paragraphs(inline)
    } else {
        let raw = inline.own_text();
        escaped(&raw)
    };
    markup::body_into(text, filing);
}

/// Whether a text has neither tags nor escaped ones.
fn is_bare(text: &str) -> bool {
    !text.contains('<') && !text.contains("&lt;")
}

/// A text with its references resolved and its white space kept: indented lines begin paragraphs.
fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (c, length) = entities::reference(&rest[at..]).unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

/// The paragraphs of text, or of markup that stands in the item as text. One paragraph around copy with lines of its own is no more
/// than a wrapper.
fn escaped(raw: &str) -> Vec<String> {
    let bare = raw.replace("<p>", "").replace("</p>", "");
    if raw.matches("<p>").count() < 2 && (!html::is_markup(&bare) || is_bare(&bare)) {
        return paragraphs(&markup::unindented(&resolved(&bare)));
    }
    html::plain_body(raw).lines().map(str::to_owned).collect()
}
