//! One entry of a feed → a filing: its texts, identity and dates.

use super::channel::{Channel, page};
use super::entry_tags;
use super::markup::{self, line};
use super::wordpress;
use crate::formats::dates::{self, Order};
use crate::formats::html::to_text;
use crate::formats::terms::language_tag;
use crate::formats::warnings::Warnings;
use crate::formats::xml::Element;
use crate::formats::{Format, Parsed, Refused};
use crate::story::{AltId, Filing, Headline, Timestamp};

/// An all-digit id of at most this length is a counter, which tells nothing across feeds.
const MAX_COUNTER_DIGITS: usize = 9;

/// Elements that hold a text in full, and those that hold a summary, by name, in order.
const FULL: [&str; 6] = ["encoded", "content", "full-text", "fulltext", "body", "description"];
const SUMMARY: [&str; 4] = ["summary", "description", "abstract", "subtitle"];

/// Reads an entry.
pub(super) fn read(entry: &Element, channel: &Channel) -> Parsed {
    if let Some(reason) = wordpress::no_story(entry) {
        return Err(Refused::skipped(reason, entry.offset));
    }
    let mut warnings = Warnings::default();
    let mut filing = Filing::default();
    let headline = own(entry, "title").or_else(|| any(entry, "title")).and_then(line);
    let body = body(entry, channel, &mut warnings);
    if headline.is_none() && body.is_empty() {
        let reason = format!(
            "the <{}> at byte {} has neither a title nor a text: there is nothing to read in it",
            entry.name, entry.offset
        );
        return Err(Refused::rejected(reason, entry.offset));
    }
    filing.ninjs.kind = "text".into();
    filing.ninjs.headlines = headline
        .map(|value| Headline {
            role: "main".into(),
            value,
        })
        .into_iter()
        .collect();
    if !body.is_empty() {
        filing.ninjs.set_body(body);
    }
    identity(entry, &mut filing, &mut warnings);
    filing.ninjs.language = language(entry).or_else(|| channel.language.clone());
    entry_tags::describe(entry, channel, &mut filing);
    date(entry, &mut filing, &mut warnings);
    wordpress::status(entry, &mut filing);
    filing.origin.format = Format::Feed.name().into();
    filing.warnings = warnings.finish();
    Ok(filing)
}

/// The first child of that name in the entry's own vocabulary.
pub(super) fn own<'e>(entry: &'e Element, name: &str) -> Option<&'e Element> {
    entry
        .elements()
        .find(|element| element.name == name && element.prefix == entry.prefix)
}

/// The first child of that name in any vocabulary, one inside a group of media included.
fn any<'e>(entry: &'e Element, name: &str) -> Option<&'e Element> {
    entry.child(name).or_else(|| entry.at(&["group", name]))
}

/// The body: the longest of what may be a text in full, else a summary.
fn body(entry: &Element, channel: &Channel, warnings: &mut Warnings) -> String {
    let full = FULL
        .iter()
        .flat_map(|name| entry.all(name))
        .filter(|element| holds_text(element));
    let mut best = String::new();
    let mut summary_only = true;
    for element in full {
        let text = text(element, channel);
        // On a tie the earlier, marked-up one.
        if text.len() > best.len() {
            best = text;
            summary_only = element.name == "description";
        }
    }
    if let Some(own) = wenn(entry).filter(|own| own.len() > best.len()) {
        return own;
    }
    if best.is_empty() {
        let summaries = SUMMARY.iter().filter_map(|name| any(entry, name));
        best = summaries
            .chain(entry.all("encoded").filter(|element| element.prefix == "excerpt"))
            .map(|element| text(element, channel))
            .find(|text| !text.is_empty())
            .unwrap_or_default();
    }
    let has_full = entry
        .elements()
        .any(|element| element.name == "encoded" || element.name == "content");
    if summary_only && has_full && !best.is_empty() && best.ends_with('…') {
        warnings.add("the text in full is empty: the summary stands for it");
    }
    best
}

/// Whether an element that may hold a text does: `media:content` is a picture, a `content` with an address is elsewhere.
fn holds_text(element: &Element) -> bool {
    let media = element.prefix == "media" || element.prefix == "excerpt" || element.prefix == "itunes";
    let elsewhere = element.attribute("src").is_some() || element.attribute("url").is_some();
    let kind = element.attribute("type").unwrap_or("text");
    let binary = kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("xml");
    !media && !elsewhere && !binary
}

fn text(element: &Element, channel: &Channel) -> String {
    let text = if channel.wordpress || element.name == "encoded" {
        let source = markup::inner(element);
        let source = wordpress::without_shortcodes(&source);
        if channel.export && element.prefix == "content" {
            to_text(&wordpress::with_breaks(&source))
        } else {
            crate::formats::html::plain_body(&source)
        }
    } else {
        markup::body(element)
    };
    without_teasers(text)
}

/// The text of an entry of WENN, which stands in elements of its own, its first sentence apart.
fn wenn(entry: &Element) -> Option<String> {
    let content = entry.child("ContentMetadata")?;
    let first = content.child("first_line").map(markup::body);
    let rest = content.child("body").map(markup::body);
    let parts: Vec<String> = first.into_iter().chain(rest).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// A text without the lines by which systems lead to the page: "The post … appeared first on …", "Continue reading…".
fn without_teasers(mut text: String) -> String {
    while let Some(last) = text.lines().next_back() {
        let lower = last.to_lowercase();
        let post = (lower.starts_with("the post ") && lower.contains("appeared first on"))
            || (lower.starts_with("der beitrag ") && lower.contains("erschien zuerst auf"))
            || (lower.starts_with("la entrada ") && lower.contains("se publicó primero en"))
            || (lower.starts_with("o post ") && lower.contains("apareceu primeiro em"));
        #[rustfmt::skip]
        let more = [
            "continue reading", "read more", "read full article", "weiterlesen", "baca selengkapnya", "selengkapnya",
            "leer más", "lire la suite", "leia mais", "click to view the original",
        ]
        .contains(&lower.trim_end_matches(['.', '…', '»', '→', '>', ' ']));
        if !post && !more {
            break;
        }
        let end = text.len() - last.len();
        text.truncate(end);
        text.truncate(text.trim_end().len());
    }
    text
}

/// The identity: guid or id, else the resource of RDF, else the page. A bare counter only where there is no page.
fn identity(entry: &Element, filing: &mut Filing, warnings: &mut Warnings) {
    let link = page(entry);
    let id = own(entry, "guid")
        .or_else(|| own(entry, "id"))
        .or_else(|| entry.child("guid"))
        .and_then(line);
    let id = id.or_else(|| entry.attribute("about").map(str::to_owned)).or_else(|| {
        entry
            .child("identifier")
            .filter(|it| it.prefix != "prism")
            .and_then(line)
    });
    let counter = |id: &str| id.len() <= MAX_COUNTER_DIGITS && id.bytes().all(|byte| byte.is_ascii_digit());
    let (uri, other) = match (id, link) {
        (Some(id), Some(link)) if counter(&id) => (link, Some(id)),
        (Some(id), link) => (id, link),
        (None, link) => (link.unwrap_or_default(), None),
    };
    if uri.is_empty() {
        warnings.add("neither guid, id nor link: the story is known by its text");
    }
    if let Some(other) = other.filter(|other| *other != uri) {
        let role = if other.contains("://") || other.starts_with('/') {
            "url"
        } else {
            "id"
        };
        filing.ninjs.alt_ids.push(AltId {
            role: role.into(),
            value: other,
        });
    }
    filing.ninjs.uri = uri;
}

fn language(entry: &Element) -> Option<String> {
    let told = entry.child("language").and_then(line);
    let tagged = || {
        let parts = [
            Some(entry),
            own(entry, "content"),
            own(entry, "title"),
            entry.child("ContentMetadata"),
        ];
        let tagged = parts
            .into_iter()
            .flatten()
            .find_map(|element| element.attribute("lang"));
        tagged.map(str::to_owned)
    };
    told.or_else(tagged).and_then(|language| language_tag(&language))
}

fn date(entry: &Element, filing: &mut Filing, warnings: &mut Warnings) {
    let story = [filing.ninjs.body(), "\n", &filing.ninjs.uri].concat();
    let mut read = |names: &[&str]| -> Option<(Timestamp, Option<String>)> {
        let mut written = names.iter().filter_map(|name| entry.child(name)).filter_map(line);
        let first = written.next()?;
        // Exports write zeros for a date that there is none of.
        let readable = |text: &String| dates::read(text, Order::DayFirst).is_some();
        let written = [first.clone()]
            .into_iter()
            .chain(written)
            .find(readable)
            .unwrap_or(first);
        let read = dates::read_or_warn(&written, Order::DayFirst, &story, warnings)?;
        Some((read.time, dates::standard(&written, &read)))
    };
    let first = read(&[
        "post_date_gmt",
        "pubDate",
        "published",
        "issued",
        "created",
        "pubdate",
        "publicationDate",
    ]);
    let version = read(&["post_modified_gmt", "updated", "modified", "date"]);
    let version = version.or_else(|| first.clone());
    filing.published = version.as_ref().map(|(time, _)| *time);
    filing.ninjs.version_created = version.and_then(|(_, text)| text);
    filing.ninjs.first_created = first
        .and_then(|(_, text)| text)
        .or_else(|| filing.ninjs.version_created.clone());
}
