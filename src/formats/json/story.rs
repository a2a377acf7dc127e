//! One JSON object → a filing.

use serde_json::{Map, Value};

use crate::formats::dates::{self, Order};
use crate::formats::field_names::{Part, names_of};
use crate::formats::fields::{Fields, is_blank, plain_name, text_of};
use crate::formats::html::{plain_body, plain_line};
use crate::formats::terms::{language_tag, place_and_day, status_word, urgency_digit};
use crate::formats::warnings::{Warnings, quoted};
use crate::formats::{FieldMap, Format, Parsed, Refused};
use crate::story::{Filing, InfoSource, Ninjs, Subject};

/// An all-digit id of at most this length is a counter; longer ones are made of dates or random.
const MAX_COUNTER_DIGITS: usize = 9;

/// More keys than this are not listed in a rejection.
const MAX_KEYS_TOLD: usize = 12;

/// The value that holds the body: a text, an array of texts, or an object with a text in it.
pub(super) fn body_value<'v>(fields: &Fields<'v>, map: &FieldMap) -> Option<&'v Value> {
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

/// Reads one object.
pub(super) fn read(fields: &Fields<'_>, format: Format, map: &FieldMap) -> Parsed {
    let part = Parts { fields, map };
    let mut warnings = Warnings::default();
    let headline = part.line(Part::Headline).unwrap_or_default();
    let mut body = body_value(fields, map)
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
    filing.origin.format = format.name().into();
    filing.warnings = warnings.finish();
    Ok(filing)
}

/// The rejection of an object without text: its fields for text are empty, or it has none.
pub(in crate::formats) fn no_text(fields: &Fields<'_>) -> Refused {
    let listed = |keys: Vec<&str>| {
        let mut told: Vec<String> = keys
            .iter()
            .take(MAX_KEYS_TOLD)
            .map(|key| format!("`{}`", quoted(key)))
            .collect();
        told.extend((keys.len() > MAX_KEYS_TOLD).then(|| "…".to_owned()));
        told.join(", ")
    };
    let names = || [Part::Headline, Part::Body].into_iter().flat_map(names_of);
    let blank: Vec<&str> = fields
        .keys()
        .filter(|key| names().any(|name| *name == plain_name(key)))
        .collect();
    let reason = if !blank.is_empty() {
        format!("nothing to read: {} empty", listed(blank))
    } else if fields.keys().next().is_none() {
        "an object without fields".to_owned()
    } else {
        let keys = listed(fields.keys().collect());
        format!("neither headline nor body among the keys {keys}: name them with `--map headline=KEY --map body=KEY`")
    };
    Refused::rejected(reason, 0)
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

    /// See [`super`] on identity.
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
        filing.dateline = self.line(Part::Dateline).and_then(|dateline| place_and_day(&dateline));
        filing.credit_line = self.line(Part::Credit);
        let ninjs = &mut filing.ninjs;
        ninjs.by = self.line(Part::Byline);
        ninjs.slugline = self.line(Part::Slug);
        ninjs.version = self.line(Part::Version);
        ninjs.ed_note = self.line(Part::EdNote);
        ninjs.embargoed_until = self.value(Part::Embargo).and_then(embargo);
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
        let story = [filing.ninjs.body(), "\n", &self.text(Part::Url).unwrap_or_default()].concat();
        let mut read = |part| {
            let text = self.text(part)?;
            let order = order(filing.ninjs.language.as_deref());
            let read = dates::read_or_warn(&text, order, &story, warnings)?;
            Some((read.time, dates::standard(&text, &read)))
        };
        let first = read(Part::Published);
        let version = read(Part::Updated);
        filing.published = version.as_ref().or(first.as_ref()).map(|(time, _)| *time);
        filing.ninjs.version_created = version.or_else(|| first.clone()).and_then(|(_, text)| text);
        filing.ninjs.first_created = first.and_then(|(_, text)| text);
    }
}

/// An embargo: RFC 3339 where it is a time that can be read in one way, else as written, since such an item is under embargo all the
/// same. `false` and its like say that there is none.
pub(in crate::formats) fn embargo(value: &Value) -> Option<String> {
    let written = text_of(value, ", ").map(|text| plain_line(&text))?;
    let none = ["false", "none", "no", "0", "null", "n/a", "-", ""];
    if none.contains(&written.to_ascii_lowercase().as_str()) {
        return None;
    }
    let is_civil = written.parse::<jiff::civil::DateTime>().is_ok();
    let read =
        dates::read(&written, Order::DayFirst).filter(|read| read.ambiguous.is_none() && (read.zoned || !is_civil));
    let standard = read.and_then(|read| dates::standard(&written, &read));
    Some(standard.unwrap_or(written))
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
