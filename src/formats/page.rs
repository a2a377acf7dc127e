//! HTML pages with one story → filings.
//!
//! What a page says of its story is read from JSON-LD, then microdata and `RDFa`, then meta tags, then the marks of its elements; the
//! first that tells a part is believed. The text is the `articleBody` where it is whole, else what the page shows
//! ([`body`]), without furniture.

mod body;
mod dom;
mod furniture;
mod guard;
mod linked_data;
mod metas;
mod microdata;
mod no_story;
mod schema;
mod told;

#[cfg(test)]
mod tests;

use self::body::Body;
use self::dom::Dom;
use self::linked_data::LinkedData;
use self::metas::Metas;
use self::told::Told;
use super::dates::{self, Order};
use super::encoding::decode_declared;
use super::html::plain_body;
use super::terms::{language_tag, place_and_day, status_word};
use super::warnings::Warnings;
use super::{Format, Options, Parsed, Refused};
use crate::story::{AltId, Filing, Take, TakeKind};

/// Reads an item.
pub(super) fn parse(item: &[u8], options: &Options) -> Vec<Parsed> {
    if item.trim_ascii().is_empty() {
        return Vec::new();
    }
    vec![read(item, options)]
}

fn read(item: &[u8], options: &Options) -> Parsed {
    let decoded = decode_declared(item)?;
    let mut warnings = Warnings::default();
    let mut places = decoded.places(item);
    let mut text = decoded.text;
    if let Err(refused) = guard::check(&text, &options.bounds) {
        let plain = guard::without_formatting(&text);
        if guard::check(&plain, &options.bounds).is_err() {
            let offset = places.at(refused.offset);
            return Err(Refused { offset, ..refused });
        }
        warnings.add("`b`, `font` or their kind are left open and nest too deep: read without them");
        text = plain.into();
    }
    if let Some(odd) = decoded.warning {
        warnings.add(odd);
    }
    let dom = Dom::parse(&text);
    let metas = Metas::of(&dom);
    let data = LinkedData::of(&dom, &mut warnings);
    let mut told = data.story().map(|node| schema::read(node, &data)).unwrap_or_default();
    if let Some(node) = microdata::story(&dom) {
        told.fill(schema::read(&node, &data));
    }
    told.fill(metas::read(&dom, &metas));
    if told.kind.is_none() && metas.get("og:type") == Some("article") {
        told.kind = Some("article".into());
    }
    let site = told.publisher.as_ref().map(|publisher| publisher.name.clone());
    let heading = metas::headline(&dom, &metas, site.as_deref());
    told.headline = headline(told.headline.take(), heading);
    told.without_repeats();
    let body = body::find(&dom);
    if let Some(refused) = no_story::reason(&dom, &metas, &data, &told, &body) {
        return Err(refused);
    }
    filing(told, body, warnings)
}

/// The headline of the data; the page's heading where the data cut it off or has none.
fn headline(data: Option<String>, heading: Option<String>) -> Option<String> {
    match (data, heading) {
        (Some(data), Some(heading)) => {
            let bare = data.trim_end_matches(['…', '.', ' ']);
            let is_cut = bare.len() < data.len() && heading.starts_with(bare) && heading.len() > bare.len();
            Some(if is_cut { heading } else { data })
        }
        (data, heading) => data.or(heading),
    }
}

fn filing(mut told: Told, body: Body, mut warnings: Warnings) -> Parsed {
    let mut filing = Filing::default();
    let mut text = text(told.body.take(), body);
    without_head(&mut text, told.headline.as_deref(), told.by.as_deref());
    if text.is_empty() {
        let summary = told.summary.take().map(|summary| plain_body(&summary));
        if let Some(summary) = summary.filter(|summary| !summary.is_empty()) {
            warnings.add("no text on the page: its summary stands for it");
            text = summary.lines().map(str::to_owned).collect();
        }
    }
    if told.is_cut {
        warnings.add("the page says that it is not free: its text may be a part only");
    }
    if let Some(headline) = told.headline.take() {
        filing.ninjs.set_headline(headline);
    }
    if !text.is_empty() {
        filing.ninjs.set_body(text.join("\n"));
    }
    if filing.ninjs.headlines.is_empty() && filing.ninjs.bodies.is_empty() {
        return Err(Refused::rejected("the page has neither a headline nor a text", 0));
    }
    filing.ninjs.kind = "text".into();
    describe(&mut filing, told, &mut warnings);
    filing.origin.format = Format::Page.name().into();
    filing.warnings = warnings.finish();
    Ok(filing)
}

/// The text: that of the data where it is as long as what the page shows, and has paragraphs if that has.
fn text(data: Option<String>, shown: Body) -> Vec<String> {
    let data = data.map(|data| plain_body(&data)).unwrap_or_default();
    let data: Vec<String> = data
        .lines()
        .filter(|line| !furniture::is_line(line, 0))
        .map(str::to_owned)
        .collect();
    let letters = data.iter().map(|line| line.chars().count()).sum::<usize>();
    let is_whole = letters * 10 >= shown.letters() * 9;
    let is_parted = data.len() > 1 || shown.paragraphs.len() < 2 || letters > shown.letters() * 2;
    if letters > 0 && is_whole && is_parted {
        data
    } else {
        shown.paragraphs
    }
}

/// Takes the headline and the byline off the text, where it opens with them.
fn without_head(text: &mut Vec<String>, headline: Option<&str>, by: Option<&str>) {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let heads: Vec<String> = [headline, by]
        .into_iter()
        .flatten()
        .map(plain)
        .filter(|head| !head.is_empty())
        .collect();
    for _ in 0..2 {
        let Some(first) = text.first() else { return };
        let first = plain(first);
        let is_head = heads
            .iter()
            .any(|head| first == *head || first == format!("by{head}") || first == format!("oleh{head}"));
        if !is_head {
            return;
        }
        text.remove(0);
    }
}

fn describe(filing: &mut Filing, told: Told, warnings: &mut Warnings) {
    let ninjs = &mut filing.ninjs;
    ninjs.uri = told.url.unwrap_or_default();
    if ninjs.uri.is_empty() {
        warnings.add("no canonical address on the page: the story is known by its text");
    }
    ninjs.alt_ids = told
        .ids
        .into_iter()
        .filter(|id: &AltId| id.value != ninjs.uri)
        .collect();
    ninjs.language = told.language.and_then(|language| language_tag(&language));
    ninjs.by = told.by;
    ninjs.version = told.version;
    ninjs.pub_status = told.status.and_then(|status| status_word(&status));
    ninjs.info_sources = told.sources;
    if let Some(publisher) = told.publisher {
        ninjs.info_sources.retain(|source| source.name != publisher.name);
        ninjs.info_sources.push(publisher);
    }
    ninjs.subjects = told.subjects;
    ninjs.people = told.people;
    ninjs.organisations = told.organisations;
    ninjs.places = told.places;
    ninjs.located = told.located;
    ninjs.copyright_holder = told.copyright_holder;
    ninjs.copyright_notice = told.copyright_notice;
    ninjs.usage_terms = told.usage_terms;
    if let Some(correction) = told.correction {
        filing.take = Some(Take {
            kind: TakeKind::Correction,
            number: None,
            label: "correction".into(),
        });
        filing.ninjs.ed_note = Some(correction);
    }
    filing.dateline = told.dateline.and_then(|dateline| place_and_day(&dateline));
    filing.credit_line = told.credit;
    let story = [filing.ninjs.body(), "\n", &filing.ninjs.uri].concat();
    let order = match filing.ninjs.language.as_deref() {
        Some("en-US") => Order::MonthFirst,
        _ => Order::DayFirst,
    };
    let mut read = |text: Option<String>| {
        let text = text?;
        let read = dates::read_or_warn(&text, order, &story, warnings)?;
        Some((read.time, dates::standard(&text, &read)))
    };
    let first = read(told.published);
    let version = read(told.modified).or_else(|| first.clone());
    filing.published = version.as_ref().map(|(time, _)| *time);
    filing.ninjs.version_created = version.and_then(|(_, text)| text);
    filing.ninjs.first_created = first.and_then(|(_, text)| text);
}
