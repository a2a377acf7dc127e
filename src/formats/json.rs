//! JSON with fields under their usual names: exports of content systems and crawlers, search engine dumps, data sets.
//!
//! The identity of a story is its `uri`, `guid` or `id`, else its `url`. An id that is a bare counter ("1", "42") tells nothing across
//! files, every export has a story 1: where there is a url too, the url is the identity. With no url the counter stays, and the user
//! can map a better field with `--map uri=KEY`.

use serde_json::{Map, Value};

use super::dates::{self, Order};
use super::encoding::decode;
use super::field_names::{Part, names_of};
use super::fields::{Fields, is_blank, kind, text_of};
use super::paragraphs::{one_line, paragraphs};
use super::warnings::{Warnings, quoted};
use super::{FieldMap, Format, Malformed, Parsed, html, json_text, ninjs};
use crate::story::{Filing, InfoSource, Ninjs, Subject};

/// An all-digit id of at most this length is a counter; longer ones are made of dates or random.
const MAX_COUNTER_DIGITS: usize = 9;

/// Lists of stories stand this deep at most: Elasticsearch has `hits.hits[]._source`, AP `data.items[].item`.
const MAX_WRAPPERS: usize = 6;

/// Keys under which a list of stories stands.
#[rustfmt::skip]
const LISTS: [&str; 19] = [
    "items", "item", "hits", "articles", "stories", "results", "data", "docs", "documents", "entries", "news",
    "posts", "records", "feed", "response", "value", "@graph", "berita", "rows",
];

/// Keys under which the story itself stands, its id perhaps beside it.
#[rustfmt::skip]
const INSIDES: [&str; 14] = [
    "source", "article", "item", "story", "data", "doc", "document", "news", "fields", "attributes", "post", "node",
    "berita", "content",
];

/// More keys than this are not listed in a rejection.
const MAX_KEYS_TOLD: usize = 12;

/// Reads the values of an item.
pub(super) fn parse(item: &[u8], format: Format, map: &FieldMap) -> Vec<Parsed> {
    let decoded = match decode(item) {
        Ok(decoded) => decoded,
        Err(malformed) => return vec![Err(malformed)],
    };
    let read = json_text::values(&decoded.text);
    let mut out = Vec::new();
    for value in read.values {
        match value {
            Ok(value) => filings(&value, None, &Reading { format, map }, MAX_WRAPPERS, &mut out),
            Err(malformed) => out.push(Err(malformed)),
        }
    }
    let odd = decoded.warning.into_iter().chain(read.mended.map(str::to_owned));
    let odd: Vec<String> = odd.collect();
    for filing in out.iter_mut().flatten() {
        filing.warnings.extend(odd.iter().cloned());
    }
    out
}

/// How values are read.
struct Reading<'m> {
    format: Format,
    map: &'m FieldMap,
}

/// Adds the filings in a value: of an object itself, of what it wraps, or of the elements of an array.
fn filings(value: &Value, outer: Option<&Fields<'_>>, reading: &Reading<'_>, depth: usize, out: &mut Vec<Parsed>) {
    let object = match value {
        Value::Array(items) if depth > 0 => {
            items
                .iter()
                .for_each(|item| filings(item, outer, reading, depth - 1, out));
            return;
        }
        Value::Object(object) => object,
        other => {
            let reason = format!("{} where a story was expected: an item is one JSON object", kind(other));
            out.push(Err(Malformed { reason, offset: 0 }));
            return;
        }
    };
    let own = Fields::of(object);
    let fields = match outer {
        Some(outer) => Fields::of(object).within(outer),
        None => Fields::of(object),
    };
    if ninjs::is_ninjs(&own) {
        out.push(ninjs::read(&own, reading.map));
        return;
    }
    if depth > 0 && body_value(&own, reading.map).is_none() {
        if let Some(list) = LISTS
            .iter()
            .filter_map(|key| own.get(key))
            .find(|list| holds_stories(list, depth))
        {
            filings(list, None, reading, depth - 1, out);
            return;
        }
        if let Some(inner) = INSIDES
            .iter()
            .filter_map(|key| own.get(key))
            .find(|inner| is_story(inner))
        {
            filings(inner, Some(&own), reading, depth - 1, out);
            return;
        }
    }
    out.push(read(&fields, reading));
}

/// Whether a value is an array with an object in it, or an object that leads to one.
fn holds_stories(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| item.is_object()),
        Value::Object(object) if depth > 0 => {
            let inner = Fields::of(object);
            !is_story(value)
                && LISTS
                    .iter()
                    .filter_map(|key| inner.get(key))
                    .any(|inner| holds_stories(inner, depth - 1))
        }
        _ => false,
    }
}

fn is_story(value: &Value) -> bool {
    let map = FieldMap::default();
    value.as_object().is_some_and(|object: &Map<String, Value>| {
        let fields = Fields::of(object);
        ninjs::is_ninjs(&fields)
            || body_value(&fields, &map).is_some()
            || fields.first(names_of(Part::Headline)).is_some()
    })
}

/// The value that holds the body: a text, an array of texts, or an object with a text in it.
fn body_value<'v>(fields: &Fields<'v>, map: &FieldMap) -> Option<&'v Value> {
    map.value(Part::Body, fields).or_else(|| {
        let named = names_of(Part::Body).iter().filter_map(|name| fields.get(name));
        named.into_iter().find(|value| match value {
            Value::String(_) => true,
            Value::Array(items) => items
                .iter()
                .any(|item| text_of(item, "\n").is_some() && !holds_fields(item)),
            Value::Object(object) => {
                ["rendered", "text", "value", "#text", "_", "html"]
                    .iter()
                    .any(|key| object.get(*key).is_some_and(|inner| !is_blank(inner)))
                    && !is_whole_story(object)
            }
            _ => false,
        })
    })
}

/// Whether an element is an object of several fields, and so no paragraph.
fn holds_fields(item: &Value) -> bool {
    item.as_object().is_some_and(is_whole_story)
}

/// Whether an object has a headline of its own: then it is a story, not a text.
fn is_whole_story(object: &Map<String, Value>) -> bool {
    Fields::of(object).first(names_of(Part::Headline)).is_some()
}

/// Plain paragraphs of a text that may be markup, even markup that was escaped twice.
pub(super) fn plain_body(text: &str) -> String {
    if !html::is_markup(text) {
        return paragraphs(text).join("\n");
    }
    // Bare references in text with line ends: the lines are the paragraphs, so they are read one by one.
    let once = if text.contains('<') {
        html::to_text(text)
    } else {
        text.lines().map(html::to_text).collect::<Vec<_>>().join("\n")
    };
    let twice = once.contains("</") && html::is_markup(&once);
    if twice {
        html::to_text(&once)
    } else {
        paragraphs(&once).join("\n")
    }
}

/// One line of a text that may be markup.
pub(super) fn plain_line(text: &str) -> String {
    if html::is_markup(text) {
        one_line(&html::to_text(text))
    } else {
        one_line(text)
    }
}

/// Reads one object.
fn read(fields: &Fields<'_>, reading: &Reading<'_>) -> Parsed {
    let part = Parts {
        fields,
        map: reading.map,
    };
    let mut warnings = Warnings::default();
    let headline = part.line(Part::Headline).unwrap_or_default();
    let mut body = body_value(fields, reading.map)
        .and_then(|value| text_of(value, "\n"))
        .map(|text| plain_body(&text))
        .unwrap_or_default();
    if body.is_empty()
        && let Some(summary) = part.text(Part::Summary)
    {
        warnings.add("no body: the summary stands for it");
        body = plain_body(&summary);
    }
    if headline.is_empty() && body.is_empty() {
        return Err(no_text(fields));
    }
    let mut filing = Filing::default();
    filing.ninjs.kind = "text".into();
    if !headline.is_empty() {
        filing.ninjs.set_headline(headline);
    }
    if !body.is_empty() {
        filing.ninjs.set_body(body);
    }
    filing.ninjs.uri = part.identity();
    part.describe(&mut filing, &mut warnings);
    part.dates(&mut filing, &mut warnings);
    filing.origin.format = reading.format.name().into();
    filing.warnings = warnings.finish();
    Ok(filing)
}

/// The rejection of an object without text.
pub(super) fn no_text(fields: &Fields<'_>) -> Malformed {
    let mut keys: Vec<String> = fields
        .keys()
        .take(MAX_KEYS_TOLD)
        .map(|key| format!("`{}`", quoted(key)))
        .collect();
    if fields.keys().count() > MAX_KEYS_TOLD {
        keys.push("…".into());
    }
    let reason = match keys.is_empty() {
        true => "an object without fields".to_owned(),
        false => format!(
            "neither headline nor body among the keys {}: name them with `--map headline=KEY --map body=KEY`",
            keys.join(", ")
        ),
    };
    Malformed { reason, offset: 0 }
}

/// The parts of a story in its fields, the user's map first.
struct Parts<'f, 'v> {
    fields: &'f Fields<'v>,
    map: &'f FieldMap,
}

impl<'v> Parts<'_, 'v> {
    fn value(&self, part: Part) -> Option<&'v Value> {
        self.map
            .value(part, self.fields)
            .or_else(|| self.fields.first(names_of(part)))
    }

    fn text(&self, part: Part) -> Option<String> {
        self.value(part).and_then(|value| text_of(value, ", "))
    }

    fn line(&self, part: Part) -> Option<String> {
        self.text(part)
            .map(|text| plain_line(&text))
            .filter(|line| !line.is_empty())
    }

    /// See the module's words on identity.
    fn identity(&self) -> String {
        if let Some(mine) = self
            .map
            .value(Part::Uri, self.fields)
            .and_then(|value| text_of(value, " "))
        {
            return mine;
        }
        let id = self
            .fields
            .first(names_of(Part::Uri))
            .and_then(|value| text_of(value, " "));
        let url = self.text(Part::Url);
        let counter = |id: &str| id.len() <= MAX_COUNTER_DIGITS && id.bytes().all(|byte| byte.is_ascii_digit());
        match (id, url) {
            (Some(id), Some(url)) if counter(&id) => url,
            (Some(id), _) => id,
            (None, url) => url.unwrap_or_default(),
        }
    }

    fn describe(&self, filing: &mut Filing, warnings: &mut Warnings) {
        filing.dateline = self.line(Part::Dateline);
        filing.credit_line = self.line(Part::Credit);
        let ninjs = &mut filing.ninjs;
        ninjs.by = self.line(Part::Byline);
        ninjs.slugline = self.line(Part::Slug);
        ninjs.version = self.line(Part::Version);
        ninjs.ed_note = self.line(Part::EdNote);
        ninjs.embargoed_until = self.line(Part::Embargo);
        ninjs.copyright_holder = self.line(Part::Copyright);
        ninjs.located = self.line(Part::Place);
        ninjs.language = self.line(Part::Language).and_then(|language| language_tag(&language));
        ninjs.pub_status = self.line(Part::Status).and_then(|status| status_word(&status));
        ninjs.urgency = self
            .line(Part::Urgency)
            .and_then(|urgency| urgency_digit(&urgency, warnings));
        ninjs.info_sources = self.value(Part::Source).map(sources).unwrap_or_default();
        self.subjects(ninjs);
    }

    /// Every field that names a section, category or tag adds its subjects.
    fn subjects(&self, ninjs: &mut Ninjs) {
        let mapped = self.map.value(Part::Subject, self.fields);
        let usual = names_of(Part::Subject).iter().filter_map(|name| self.fields.get(name));
        for value in mapped.into_iter().chain(usual) {
            for name in names_in(value) {
                if !ninjs.subjects.iter().any(|subject| subject.name == name) {
                    ninjs.subjects.push(Subject {
                        name,
                        ..Subject::default()
                    });
                }
            }
        }
    }

    fn dates(&self, filing: &mut Filing, warnings: &mut Warnings) {
        let mut read = |part| {
            let text = self.text(part)?;
            let order = order(filing.ninjs.language.as_deref());
            let read = dates::read_or_warn(&text, order, warnings)?;
            Some((read.time, dates::standard(&text, &read)))
        };
        let first = read(Part::Published);
        let version = read(Part::Updated);
        filing.published = version.as_ref().or(first.as_ref()).map(|(time, _)| *time);
        filing.ninjs.version_created = version.or_else(|| first.clone()).and_then(|(_, text)| text);
        filing.ninjs.first_created = first.and_then(|(_, text)| text);
    }
}

/// American English writes the month first.
fn order(language: Option<&str>) -> Order {
    match language {
        Some("en-US") => Order::MonthFirst,
        _ => Order::DayFirst,
    }
}

/// The names in a value: elements of an array, or of a text parted by commas or semicolons.
fn names_in(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(names_in).collect(),
        Value::String(text) => {
            let names = text.split([',', ';', '|']).map(plain_line);
            names.filter(|name| !name.is_empty()).collect()
        }
        other => text_of(other, ", ").map(|name| plain_line(&name)).into_iter().collect(),
    }
}

fn sources(value: &Value) -> Vec<InfoSource> {
    let names = match value {
        Value::Array(items) => items.iter().filter_map(|item| text_of(item, ", ")).collect(),
        other => text_of(other, ", ").into_iter().collect::<Vec<_>>(),
    };
    let sources = names.into_iter().map(|name| InfoSource {
        name: plain_line(&name),
        ..InfoSource::default()
    });
    sources.filter(|source| !source.name.is_empty()).collect()
}

/// A language as BCP 47, from a tag (`id_ID` too) or a name in its own or the English language; `None` where it is neither.
pub(super) fn language_tag(text: &str) -> Option<String> {
    #[rustfmt::skip]
    const NAMES: [(&str, &str); 22] = [
        ("english", "en"), ("indonesian", "id"), ("bahasa indonesia", "id"), ("indonesia", "id"), ("malay", "ms"),
        ("bahasa melayu", "ms"), ("spanish", "es"), ("español", "es"), ("portuguese", "pt"), ("português", "pt"),
        ("french", "fr"), ("français", "fr"), ("german", "de"), ("deutsch", "de"), ("dutch", "nl"),
        ("nederlands", "nl"), ("italian", "it"), ("italiano", "it"), ("russian", "ru"), ("arabic", "ar"),
        ("chinese", "zh"), ("japanese", "ja"),
    ];
    let lower = text.trim().to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Some((*tag).to_owned());
    }
    let mut parts = text.trim().split(['-', '_']);
    let primary = parts.next().filter(|primary| matches!(primary.len(), 2 | 3))?;
    let is_word = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let rest: Vec<&str> = parts.collect();
    if !primary.bytes().all(|byte| byte.is_ascii_alphabetic()) || !rest.iter().all(|part| is_word(part)) {
        return None;
    }
    let mut tag = primary.to_ascii_lowercase();
    for part in rest {
        tag.push('-');
        tag.push_str(&if part.len() == 2 {
            part.to_ascii_uppercase()
        } else {
            part.to_owned()
        });
    }
    Some(tag)
}

/// A status in ninjs' three words, or `None` where it is a state of some system's own.
pub(super) fn status_word(text: &str) -> Option<String> {
    let word = match text
        .trim()
        .rsplit(':')
        .next()
        .unwrap_or_default()
        .to_lowercase()
        .as_str()
    {
        "usable" | "published" | "publish" | "live" | "corrected" => "usable",
        "withheld" | "hold" | "held" | "embargoed" => "withheld",
        "canceled" | "cancelled" | "killed" | "kill" | "withdrawn" | "recalled" | "retracted" => "canceled",
        _ => return None,
    };
    Some(word.to_owned())
}

/// An urgency from 1 to 9, or a warning.
pub(super) fn urgency_digit(text: &str, warnings: &mut Warnings) -> Option<u8> {
    let urgency = text.trim().parse().ok().filter(|urgency| (1..=9).contains(urgency));
    if urgency.is_none() {
        warnings.add(format!("urgency `{}` is not one of 1 to 9: left out", quoted(text)));
    }
    urgency
}
