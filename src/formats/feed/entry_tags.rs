//! Who and what an entry names: byline, sources, subjects, rights.

use super::channel::Channel;
use super::entry::own;
use super::markup::line;
use crate::formats::html::plain_line;
use crate::formats::xml::Element;
use crate::story::{Filing, InfoSource, Named, Subject};

/// The scheme by which Blogger says what kind of thing an entry is.
const KIND_SCHEME: &str = "http://schemas.google.com/g/2005#kind";

/// Fills in what an entry and its feed say beside the text.
pub(super) fn describe(entry: &Element, channel: &Channel, filing: &mut Filing) {
    filing.ninjs.by = byline(entry, channel);
    filing.ninjs.info_sources = sources(entry, channel);
    filing.ninjs.subjects = subjects(entry);
    let rights = own(entry, "rights").or_else(|| entry.child("rights")).and_then(line);
    filing.ninjs.copyright_notice = rights.or_else(|| channel.rights.clone());
    let credit = entry
        .all("source")
        .filter(|source| source.prefix == "dc")
        .find_map(line);
    filing.credit_line = credit.filter(|credit| !credit.contains("://"));
    if let Some(content) = entry.child("ContentMetadata") {
        filing.ninjs.slugline = content.child("slug").and_then(line);
        tags(content, filing);
    }
}

/// The names of those who wrote it, without repeats.
fn byline(entry: &Element, channel: &Channel) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: Option<String>| {
        if let Some(name) = name.filter(|name| !names.contains(name)) {
            names.push(name);
        }
    };
    for creator in entry.all("creator") {
        let name = line(creator);
        add(
            name.map(|name| match channel.names.iter().find(|(login, _)| *login == name) {
                Some((_, shown)) => shown.clone(),
                None => name,
            }),
        );
    }
    let authors = entry.all("author").filter(|author| author.prefix != "wp");
    for author in authors {
        if let Some(name) = author.child("name").and_then(line) {
            add(Some(name));
        } else if names_none(author) {
            add(line(author).and_then(|written| person(&written)));
        }
    }
    if names.is_empty() {
        return channel
            .author
            .clone()
            .filter(|author| Some(author) != channel.title.as_ref());
    }
    Some(names.join(", "))
}

fn names_none(author: &Element) -> bool {
    author.elements().next().is_none()
}

/// The person of an RSS author: `ann@k.example (Ann Moe)` is Ann Moe, a bare address nobody.
fn person(written: &str) -> Option<String> {
    let Some((address, rest)) = written.split_once('(') else {
        let name = written.split('<').next().unwrap_or(written).trim();
        return (!name.contains('@') && !name.is_empty()).then(|| name.to_owned());
    };
    let name = if address.contains('@') {
        rest.trim_end_matches([')', ' '])
    } else {
        written
    };
    (!name.trim().is_empty()).then(|| name.trim().to_owned())
}

/// The feed, and where the entry says that it comes from.
fn sources(entry: &Element, channel: &Channel) -> Vec<InfoSource> {
    let mut out: Vec<InfoSource> = Vec::new();
    for source in entry
        .elements()
        .filter(|element| matches!(element.name.as_str(), "source" | "publisher"))
    {
        let title = source.child("title").and_then(line);
        let name = title.or_else(|| line(source).filter(|_| source.elements().next().is_none()));
        let uri = source
            .attribute("url")
            .map(str::to_owned)
            .or_else(|| source.child("id").and_then(line));
        if let Some(name) = name.filter(|name| !name.contains("://")) {
            let role = (source.name == "publisher").then(|| "publisher".to_owned());
            out.push(InfoSource { name, role, uri });
        }
    }
    if let Some(name) = channel.title.clone() {
        out.push(InfoSource {
            name,
            role: Some("publisher".into()),
            uri: channel.link.clone(),
        });
    }
    let mut seen: Vec<String> = Vec::new();
    out.retain(|source| {
        let new = !seen.contains(&source.name);
        seen.push(source.name.clone());
        new
    });
    out
}

fn subjects(entry: &Element) -> Vec<Subject> {
    let mut out: Vec<Subject> = Vec::new();
    let mut add = |subject: Subject| {
        if !subject.name.is_empty() && !out.iter().any(|known| known.name == subject.name) {
            out.push(subject);
        }
    };
    let group = entry.child("group");
    let both = entry.elements().chain(group.into_iter().flat_map(Element::elements));
    for element in both {
        match element.name.as_str() {
            "category" => add(category(element)),
            "subject" | "keywords" => {
                let written = line(element).unwrap_or_default();
                written.split([',', ';']).for_each(|name| add(named(name)));
            }
            _ => {}
        }
    }
    out
}

fn named(name: &str) -> Subject {
    Subject {
        name: plain_line(name),
        ..Subject::default()
    }
}

/// A category of RSS (its text) or of Atom (`term`, `label`), with its scheme.
fn category(element: &Element) -> Subject {
    let scheme = element.attribute("scheme").or_else(|| element.attribute("domain"));
    if scheme == Some(KIND_SCHEME) {
        return Subject::default();
    }
    let text = line(element).or_else(|| element.attribute("text").map(str::to_owned));
    let code = ["term", "nicename"]
        .iter()
        .find_map(|name| element.attribute(name))
        .map(str::to_owned);
    let label = element.attribute("label").map(plain_line);
    let name = label.or(text.clone()).or_else(|| code.clone()).unwrap_or_default();
    let term = code.clone().or(text).unwrap_or_default();
    let uri = scheme
        .filter(|scheme| scheme.contains("://"))
        .map(|scheme| uri(scheme, &term));
    Subject {
        name: plain_line(&name),
        uri,
        literal: code,
    }
}

/// A category's identity. Some feeds give a list there, some the address of the subject itself.
fn uri(scheme: &str, term: &str) -> String {
    let path = scheme
        .split_once("://")
        .map_or("", |(_, rest)| rest.trim_end_matches('/'));
    if scheme.ends_with(['#', '/', '=', ':']) {
        [scheme, term].concat()
    } else if path.contains('/') {
        scheme.to_owned()
    } else {
        [scheme, "/", term].concat()
    }
}

/// WENN's tags, by their type, and its lists.
fn tags(content: &Element, filing: &mut Filing) {
    for tag in content.descendants("tag") {
        let Some(name) = tag.attribute("value") else { continue };
        let kind = tag.attribute("type_value").unwrap_or_default().to_lowercase();
        let named = Named {
            name: name.to_owned(),
            literal: tag.attribute("id").map(str::to_owned),
            ..Named::default()
        };
        match kind.as_str() {
            "place" => filing.ninjs.places.push(named),
            "band" | "website" | "company" | "organisation" => filing.ninjs.organisations.push(named),
            kind if is_person(kind) => filing.ninjs.people.push(named),
            _ => filing.ninjs.subjects.push(Subject {
                name: named.name,
                literal: named.literal,
                uri: None,
            }),
        }
    }
    // The element is misspelt so by its agency.
    for list in content
        .descendants("catagory")
        .into_iter()
        .chain(content.descendants("category"))
    {
        if let Some(name) = list.attribute("value") {
            filing.ninjs.subjects.push(Subject {
                name: name.to_owned(),
                literal: list.attribute("id").map(str::to_owned),
                uri: None,
            });
        }
    }
}

fn is_person(kind: &str) -> bool {
    [
        "celebrity",
        "singer",
        "musician",
        "actor",
        "person",
        "model",
        "director",
        "writer",
    ]
    .iter()
    .any(|word| kind.contains(word))
}
