//! Ritzau's news queue: `RBNews` elements, alone or in a list. Times carry no zone and are taken as UTC.

use super::markup::{body, line};
use crate::formats::dates::{self, Order};
use crate::formats::markup;
use crate::formats::terms::urgency_digit;
use crate::formats::warnings::Warnings;
use crate::formats::xml::Element;
use crate::formats::{Format, Parsed, Refused};
use crate::story::{AltId, Filing, Headline, InfoSource, Subject, Take, TakeKind};

/// The stories in a document; none where it is no news queue.
pub(super) fn stories(root: &Element) -> Vec<&Element> {
    if root.name == "RBNews" {
        vec![root]
    } else {
        root.descendants("RBNews")
    }
}

/// Reads one story.
pub(super) fn read(news: &Element) -> Parsed {
    let text = |name: &str| news.child(name).and_then(line);
    let mut warnings = Warnings::default();
    let mut filing = Filing::default();
    let ninjs = &mut filing.ninjs;
    for (role, name) in [("main", "headline"), ("sub", "subtitle")] {
        ninjs.headlines.extend(text(name).map(|value| Headline {
            role: role.into(),
            value,
        }));
    }
    let content = news.child("content").map(body).unwrap_or_default();
    if content.is_empty() && ninjs.headlines.is_empty() {
        let reason = format!("the <RBNews> at byte {} has neither a headline nor a text", news.offset);
        return Err(Refused::rejected(reason, news.offset));
    }
    if !content.is_empty() {
        ninjs.set_body(content);
    }
    ninjs.kind = "text".into();
    let id = text("NewsID");
    // A new version has an id of its own and names the one that it replaces.
    ninjs.uri = text("replacedID")
        .or_else(|| text("Replaces"))
        .or_else(|| id.clone())
        .unwrap_or_default();
    let other = [("id", id), ("history", text("HistID"))];
    for (role, value) in other {
        ninjs
            .alt_ids
            .extend(value.filter(|value| *value != ninjs.uri).map(|value| AltId {
                role: role.into(),
                value,
            }));
    }
    ninjs.version = text("version");
    ninjs.located = text("town");
    ninjs.by = text("byLine");
    ninjs.slugline = text("strapline");
    ninjs.language = Some("da".into());
    ninjs.ed_note = news.child("TilRedaktionen").map(body).filter(|note| !note.is_empty());
    ninjs.urgency = text("Priority").and_then(|digit| urgency_digit(&digit, &mut warnings));
    ninjs.subjects = subjects(news);
    ninjs.info_sources = vec![InfoSource {
        name: "Ritzau".into(),
        ..InfoSource::default()
    }];
    filing.credit_line = text("origin");
    if let Some(date) = text("PublishDate") {
        let read = dates::read_or_warn(&date, Order::DayFirst, "", &mut warnings);
        filing.published = read.map(|read| read.time);
        filing.ninjs.version_created = read.and_then(|read| dates::standard(&date, &read));
    }
    markup::cut_closing(&mut filing);
    signals(news, &mut filing);
    filing.origin.format = Format::Feed.name().into();
    filing.warnings = warnings.finish();
    Ok(filing)
}

/// Annulled, corrected, or a new version.
fn signals(news: &Element, filing: &mut Filing) {
    let is = |name: &str| news.child(name).and_then(line).as_deref() == Some("true");
    let kinds = [
        ("Annuleret", TakeKind::Kill),
        ("Korrektion", TakeKind::Correction),
        ("NyVersion", TakeKind::Update),
    ];
    let found = kinds.into_iter().find(|(name, _)| is(name));
    let killed = is("Annuleret");
    filing.ninjs.pub_status = Some(if killed { "canceled" } else { "usable" }.to_owned());
    filing.take = found.map(|(name, kind)| Take {
        kind,
        number: None,
        label: name.to_owned(),
    });
}

fn subjects(news: &Element) -> Vec<Subject> {
    let section = news.child("section").and_then(line).map(|name| Subject {
        name,
        literal: news.child("sectionShort").and_then(line),
        uri: None,
    });
    let coded = news
        .child("IPTCList")
        .into_iter()
        .flat_map(Element::elements)
        .filter_map(line);
    let coded = coded.map(|code| Subject {
        name: code.clone(),
        uri: Some(format!("subj:{code}")),
        literal: Some(code),
    });
    let words = news
        .child("SubjectKeyword")
        .into_iter()
        .flat_map(Element::elements)
        .filter_map(line);
    let words = words.map(|name| Subject {
        name,
        ..Subject::default()
    });
    section.into_iter().chain(coded).chain(words).collect()
}
