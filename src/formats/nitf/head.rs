//! The head of a `nitf` element: `docdata`, `meta`, `tobject`, `pubdata`.

use super::super::markup;
use super::super::paragraphs::one_line;
use super::super::terms::{status_word, urgency_digit};
use super::super::warnings::{Warnings, quoted};
use super::super::xml::Element;
use super::{add_source, moment, once, words};
use crate::story::{AltId, Filing, Named, Ninjs, Subject, Target};

/// The names of `meta` elements that hold the keyword line: ANPA's, and those of the Norwegian agency.
const SLUGS: [&str; 5] = ["anpa-keyword", "NTBStikkord", "slugline", "slug", "keywordline"];

/// Puts the head into the filing.
pub(super) fn into(root: &Element, top: Option<&Element>, filing: &mut Filing, warnings: &mut Warnings) {
    let empty = Element::default();
    let head = root.child("head").unwrap_or(&empty);
    let docdata = head.child("docdata").unwrap_or(&empty);
    identity(head, docdata, &mut filing.ninjs);
    keywords(head, docdata, &mut filing.ninjs);
    dates(root, head, docdata, filing, warnings);
    status(docdata, filing, warnings);
    let urgency = [docdata, head]
        .iter()
        .find_map(|it| it.child("urgency")?.attribute("ed-urg"));
    if filing.ninjs.urgency.is_none() {
        filing.ninjs.urgency = urgency.and_then(|urgency| urgency_digit(urgency, warnings));
    }
    note(head, docdata, top, &mut filing.ninjs);
    rights(head, docdata, top, &mut filing.ninjs);
    places(docdata, &mut filing.ninjs);
    identified(docdata, &mut filing.ninjs);
    subjects(head, &mut filing.ninjs);
    let ninjs = &mut filing.ninjs;
    for list in [&mut ninjs.people, &mut ninjs.organisations, &mut ninjs.places] {
        once(list, |named| (named.name.clone(), named.literal.clone()));
    }
    once(&mut ninjs.subjects, |subject| {
        (subject.name.clone(), subject.uri.clone())
    });
}

/// The content of a `meta` element.
fn meta<'e>(head: &'e Element, name: &str) -> Option<&'e str> {
    let found = head
        .all("meta")
        .filter(|meta| meta.attribute("name").is_some_and(|own| own.eq_ignore_ascii_case(name)));
    found.into_iter().find_map(|meta| meta.attribute("content"))
}

/// The story is known by the id of its documents, or by the dynamic use key where that is the id without the version.
fn identity(head: &Element, docdata: &Element, ninjs: &mut Ninjs) {
    let doc_id = docdata.child("doc-id");
    let id = doc_id.and_then(|it| it.attribute("id-string"));
    let key = docdata.child("du-key");
    let version = key.and_then(|it| it.attribute("version"));
    if ninjs.version.is_none() {
        ninjs.version = version.map(str::to_owned);
    }
    let Some(id) = id.filter(|_| ninjs.uri.is_empty()) else {
        return;
    };
    let own = key
        .and_then(|it| it.attribute("key"))
        .filter(|key| is_version_of(id, key));
    // A bare number is an id within its agency only.
    let source = doc_id
        .and_then(|it| it.attribute("regsrc"))
        .or_else(|| docdata.child("doc.copyright")?.attribute("holder"))
        .or_else(|| meta(head, "source"))
        .map(str::to_owned)
        .or_else(|| ninjs.info_sources.first().map(|source| source.name.clone()));
    let bare = id.bytes().all(|byte| byte.is_ascii_digit());
    ninjs.uri = match (own, source.filter(|_| bare)) {
        (Some(key), _) => key.to_owned(),
        (None, Some(source)) => format!("{}:{id}", one_line(&source).to_lowercase().replace(' ', "-")),
        (None, None) => id.to_owned(),
    };
    if ninjs.uri != id {
        ninjs.alt_ids.push(AltId {
            role: "doc-id".into(),
            value: id.to_owned(),
        });
    }
}

/// Whether an id is the key with a version behind it: `KEY_47`.
fn is_version_of(id: &str, key: &str) -> bool {
    let rest = id.strip_prefix(key).unwrap_or_default();
    let number = rest.trim_start_matches(['_', ':', '-']);
    rest.len() > number.len() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The keyword line and the keywords. Where there is no line of its own, a lone keyword is it.
fn keywords(head: &Element, docdata: &Element, ninjs: &mut Ninjs) {
    let lists = docdata.all("key-list").chain(head.all("key-list"));
    let mut keys: Vec<String> = Vec::new();
    for keyword in lists.flat_map(|list| list.all("keyword")) {
        let key = keyword.attribute("key").map(one_line).or_else(|| keyword.text());
        keys.extend(key);
    }
    once(&mut keys, String::clone);
    let line = SLUGS.iter().find_map(|name| meta(head, name)).map(|slug| {
        let take = meta(head, "anpa-takekey").unwrap_or_default();
        one_line(&[slug, take].join(" "))
    });
    let slug = line.or_else(|| (keys.len() == 1).then(|| keys.remove(0)));
    if ninjs.slugline.is_none() {
        ninjs.slugline = slug.filter(|slug| !slug.is_empty());
    }
    let slug = ninjs.slugline.clone();
    ninjs
        .headlines
        .retain(|it| it.role != "sub" || Some(&it.value) != slug.as_ref());
    for key in keys {
        ninjs.subjects.push(Subject {
            name: key,
            ..Subject::default()
        });
    }
}

fn dates(root: &Element, head: &Element, docdata: &Element, filing: &mut Filing, warnings: &mut Warnings) {
    let norm = |name: &str| docdata.child(name).and_then(|it| it.attribute("norm"));
    let story_date = || root.descendant("story.date").and_then(|it| it.attribute("norm"));
    let pubdata = || {
        let pubdata = head.child("pubdata").or_else(|| docdata.child("pubdata"));
        pubdata.and_then(|it| it.attribute("date.publication"))
    };
    if filing.published.is_none() {
        let found = norm("date.issue")
            .or_else(story_date)
            .or_else(|| norm("date.release"))
            .or_else(pubdata);
        if let Some((time, text)) = found.and_then(|found| moment(found, warnings)) {
            filing.published = Some(time);
            filing.ninjs.version_created = text;
        }
    }
    if filing.ninjs.first_created.is_none() {
        let mut history = head.all("revision-history").chain(docdata.all("revision-history"));
        let first = history.find_map(|it| it.attribute("norm"));
        let first = first.and_then(|first| moment(first, warnings));
        // A history that begins after this version is one of the next.
        let before = first.filter(|(time, _)| filing.published.is_none_or(|published| *time <= published));
        filing.ninjs.first_created = before.and_then(|(_, text)| text);
    }
}

/// Its status, its embargo and what it kills.
fn status(docdata: &Element, filing: &mut Filing, warnings: &mut Warnings) {
    let Some(status) = docdata.attribute("management-status") else {
        return;
    };
    if status.eq_ignore_ascii_case("embargoed") {
        // Without a time it must wait for a version that is free.
        let release = docdata.child("date.release").and_then(|it| it.attribute("norm"));
        let until = release
            .and_then(|release| moment(release, warnings))
            .and_then(|(_, text)| text);
        filing
            .ninjs
            .embargoed_until
            .get_or_insert_with(|| until.unwrap_or_else(|| status.to_owned()));
        filing.ninjs.pub_status.get_or_insert_with(|| "usable".into());
    } else if filing.ninjs.pub_status.is_none() {
        filing.ninjs.pub_status = status_word(status);
        if filing.ninjs.pub_status.is_none() {
            warnings.add(format!(
                "management-status `{}` is none of usable, embargoed, withheld, canceled: left out",
                quoted(status)
            ));
        }
    }
    let other = docdata.attribute("management-doc-idref");
    let its = docdata.attribute("management-idref-status").and_then(status_word);
    if let Some(other) = other.filter(|_| its.as_deref() == Some("canceled")) {
        filing.targets.push(Target::Uri(other.to_owned()));
    }
}

/// The note to editors: the message, the note over the text, what the last revision says of itself.
fn note(head: &Element, docdata: &Element, top: Option<&Element>, ninjs: &mut Ninjs) {
    if ninjs.ed_note.is_some() {
        return;
    }
    let message = docdata
        .all("ed-msg")
        .filter_map(|it| it.attribute("info").map(one_line).or_else(|| it.text()));
    let over = top
        .into_iter()
        .flat_map(|top| top.all("note"))
        .filter_map(Element::text);
    let mut notes: Vec<String> = message.chain(over).collect();
    if notes.is_empty() {
        let history = head.all("revision-history").chain(docdata.all("revision-history"));
        notes.extend(history.filter_map(|it| it.attribute("comment")).last().map(one_line));
    }
    ninjs.ed_note = Some(notes.join(" ")).filter(|note| !note.is_empty());
}

fn rights(head: &Element, docdata: &Element, top: Option<&Element>, ninjs: &mut Ninjs) {
    let rights = docdata.child("doc.rights");
    let owner = top.and_then(|top| top.at(&["rights", "rights.owner"])).map(words);
    let copyright = docdata.child("doc.copyright").and_then(|it| it.attribute("holder"));
    let holder = copyright
        .map(one_line)
        .or(owner)
        .or_else(|| rights?.attribute("owner").map(one_line));
    if let Some(source) = meta(head, "source") {
        add_source(ninjs, source, None);
    }
    if let Some(holder) = holder.filter(|holder| !holder.is_empty()) {
        add_source(ninjs, &holder, None);
        ninjs.copyright_holder.get_or_insert(holder);
    }
    if ninjs.usage_terms.is_none() {
        let terms = ["type", "limitations"]
            .iter()
            .filter_map(|name| rights?.attribute(name));
        let terms: Vec<String> = terms.map(one_line).collect();
        ninjs.usage_terms = Some(terms.join(" ")).filter(|terms| !terms.is_empty());
    }
}

/// Where it happened: the city, or what is told of the place, and the code of its country.
fn places(docdata: &Element, ninjs: &mut Ninjs) {
    for place in docdata.all("evloc") {
        let country = place.attribute("iso-cc").map(str::to_uppercase);
        let names = ["city", "county-dist", "state-prov"]
            .iter()
            .find_map(|name| place.attribute(name));
        let own = place.text();
        let Some(name) = names.map(one_line).or(own).or_else(|| country.clone()) else {
            continue;
        };
        ninjs.places.push(Named {
            name,
            literal: country,
            ..Named::default()
        });
    }
}

/// Whom and what the agency's tags name.
fn identified(docdata: &Element, ninjs: &mut Ninjs) {
    let Some(content) = docdata.child("identified-content") else {
        return;
    };
    for it in content.elements().filter(|it| !markup::is_hidden(it)) {
        let value = it.attribute("value").map(one_line);
        let Some(name) = Some(words(it))
            .filter(|name| !name.is_empty())
            .or_else(|| value.clone())
        else {
            continue;
        };
        let country = it
            .attribute("iso-cc")
            .or_else(|| it.descendant("country")?.attribute("iso-cc"));
        let with_scheme = |scheme: &str, id: &str| {
            let (scheme, id) = (it.attribute(scheme)?, it.attribute(id)?);
            Some(format!("{scheme}:{id}"))
        };
        let uri = with_scheme("idsrc", "value").or_else(|| with_scheme("code-source", "location-code"));
        // A bare code would be taken for a country's.
        let is_place = it.name == "location";
        let literal = country
            .map(str::to_uppercase)
            .or_else(|| if is_place { uri.clone() } else { value });
        let named = Named {
            name: name.clone(),
            rel: None,
            uri: uri.clone(),
            literal: literal.clone(),
        };
        match it.name.as_str() {
            "person" => ninjs.people.push(named),
            "org" => ninjs.organisations.push(named),
            "location" => ninjs.places.push(named),
            _ => ninjs.subjects.push(Subject { name, uri, literal }),
        }
    }
}

fn subjects(head: &Element, ninjs: &mut Ninjs) {
    for subject in head.all("tobject").flat_map(|tobject| tobject.all("tobject.subject")) {
        let part = |name: &str| subject.attribute(&["tobject.subject.", name].concat());
        let code = part("refnum");
        let Some(name) = part("detail")
            .or_else(|| part("matter"))
            .or_else(|| part("type"))
            .or(code)
        else {
            continue;
        };
        let is_iptc = code.is_some_and(|code| code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit()));
        let scheme = if is_iptc {
            "subj"
        } else {
            part("ipr").unwrap_or("tobject")
        };
        ninjs.subjects.push(Subject {
            name: one_line(name),
            uri: code.map(|code| format!("{scheme}:{code}")),
            literal: code.map(str::to_owned),
        });
    }
}
