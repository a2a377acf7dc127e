//! IPTC 7901 and agencies' dialects of it → filings: transmissions between control bytes, SOH head STX text ETX end line, one after
//! another in a file; and the older frame of the telex, `ZCZC` … `NNNN` (`telex`).
//!
//! The transmission has no identifier: its service and number are the wire number, and the keyword line joins filings of a story. A
//! second number, in the agency's count of all its services ("dpa 061"), is another identifier with the day, since messages that kill
//! name it. What is below a text for editors is its note; addresses and what is not to be published are left out.

mod body;
mod clock;
pub(super) mod dateline;
mod header;
mod letters;
mod opening;
mod telex;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

pub(super) use header::category_name;
pub(super) use letters::read_letters;

use std::borrow::Cow;

use super::warnings::Warnings;
use super::{Format, Options, Parsed, Refused, dates, takes};
use crate::story::{AltId, Filing, InfoSource, Ninjs, Subject, WireNumber};

const SOH: u8 = 0x01;

/// A head is shorter: a start of heading without a start of text so near is a stray byte.
const MAX_HEAD_BYTES: usize = 1024;

/// The dateline stands in the first paragraphs; before it may be a summary.
const DATELINE_WITHIN: usize = 5;

/// Reads an item.
pub(super) fn parse(item: &[u8], _options: &Options) -> Vec<Parsed> {
    if item.trim_ascii().is_empty() {
        return Vec::new();
    }
    let starts = starts(item);
    if starts.is_empty() {
        return telex::parse(item);
    }
    let ends = starts.iter().skip(1).copied().chain([item.len()]);
    let messages = starts.iter().zip(ends).map(|(&start, end)| (start, &item[start..end]));
    messages.map(|(start, message)| read(start, message)).collect()
}

/// Where transmissions start: at SOH with an STX soon after. Without any, there are none.
pub(super) fn starts(item: &[u8]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(SOH, item.get(at..).unwrap_or_default()) {
        let start = at + found;
        let head = &item[start + 1..item.len().min(start + MAX_HEAD_BYTES)];
        let head = &head[..memchr::memchr(SOH, head).unwrap_or(head.len())];
        if head.contains(&0x02) {
            out.push(start);
        }
        at = start + 1;
    }
    out
}

/// The letters of a message, by the code page that they are in.
pub(super) fn letters_of<'m>(message: &'m [u8], warnings: &mut Warnings) -> Cow<'m, str> {
    let (text, warning) = read_letters(message);
    if let Some(warning) = warning {
        warnings.add(warning);
    }
    text
}

/// The head, the text and what follows it: SOH opens the one, STX the next, ETX ends it.
pub(super) fn transmission<'t>(text: &'t str, warnings: &mut Warnings) -> (&'t str, &'t str, &'t str) {
    let text = text.strip_prefix('\u{1}').unwrap_or(text);
    let (head, rest) = text.split_once('\u{2}').unwrap_or(("", text));
    let (inner, end) = rest.split_once('\u{3}').unwrap_or_else(|| {
        warnings.add("the text has no end (ETX): the transmission may be cut off");
        (rest, "")
    });
    (head, inner, end)
}

fn read(start: usize, message: &[u8]) -> Parsed {
    let mut warnings = Warnings::default();
    let text = letters_of(message, &mut warnings);
    let (head, inner, end) = transmission(&text, &mut warnings);
    let header = header::read_header(head, &mut warnings);
    let lines: Vec<&str> = super::paragraphs::lines(inner).collect();
    let (opening, below) = opening::cut(&lines);
    let body = body::read(below);
    let mut filing = Filing::default();
    if !opening.headline.is_empty() {
        filing.ninjs.set_headline(&opening.headline);
    }
    if !body.paragraphs.is_empty() {
        filing.ninjs.set_body(body.paragraphs.join("\n"));
    }
    if filing.ninjs.headlines.is_empty() && filing.ninjs.bodies.is_empty() {
        let reason = "a transmission without words between STX and ETX: leave it out, or fetch it anew";
        return Err(Refused::rejected(reason, start));
    }
    let notes: Vec<String> = opening.notes.into_iter().chain(body.notes).collect();
    filing.ninjs.ed_note = (!notes.is_empty()).then(|| notes.join("\n"));
    filing.ninjs.by = opening.byline;
    filing.take = takes::with_note(opening.take, filing.ninjs.ed_note.as_deref());
    let in_berlin = header.agency.starts_with("dpa") || filing.ninjs.body().contains("(dpa");
    let is_german = inner.contains("Notizblock") || letters::is_german(inner);
    filing.published = clock::read_end(end, in_berlin && is_german);
    if filing.published.is_none() && !end.trim_matches(|c: char| c.is_control() || c == ' ').is_empty() {
        warnings.add(format!(
            "no time could be read in the end line `{}`",
            super::warnings::quoted(end.trim())
        ));
    }
    describe(&header, &mut filing);
    filing.origin.format = Format::Iptc7901.name().into();
    filing.origin.offset = start as u64;
    filing.warnings = warnings.finish();
    Ok(filing)
}

/// Puts in what the head says.
fn describe(header: &header::Header, filing: &mut Filing) {
    let created = filing.published.and_then(dates::rfc3339);
    let found = filing
        .ninjs
        .body()
        .lines()
        .take(DATELINE_WITHIN)
        .find_map(dateline::read);
    let ninjs = &mut filing.ninjs;
    ninjs.kind = "text".into();
    ninjs.version_created = created;
    ninjs.urgency = header.urgency;
    ninjs.slugline = Some(header.slug.clone()).filter(|slug| !slug.is_empty());
    ninjs.subjects = subject(&header.category).into_iter().collect();
    if !header.number.is_empty() {
        filing.wire_number = Some(WireNumber {
            service: header.service.clone(),
            number: header.number.clone(),
        });
    }
    agency(header, found.as_ref(), ninjs);
    if let Some(found) = found {
        ninjs.located = Some(found.place).filter(|place| !place.is_empty());
        filing.credit_line = Some(found.credit);
    }
}

/// The agency as a source, and its own number as another identifier.
fn agency(header: &header::Header, dateline: Option<&dateline::Dateline>, ninjs: &mut Ninjs) {
    let credit = dateline.map(|found| found.credit.as_str()).unwrap_or_default();
    let by_dpa = header.agency.starts_with("dpa") || credit.split('/').any(|part| part == "dpa");
    let name = if by_dpa { "dpa" } else { header.agency.as_str() };
    let name = if name.is_empty() { credit } else { name };
    if !name.is_empty() {
        ninjs.info_sources = vec![InfoSource {
            name: name.to_owned(),
            ..InfoSource::default()
        }];
    }
    let day = ninjs.version_created.as_deref().and_then(|created| created.get(..10));
    if let Some(day) = day.filter(|_| !header.agency_number.is_empty()) {
        ninjs.alt_ids = vec![AltId {
            role: takes::AGENCY_NUMBER.into(),
            value: format!("{}:{}:{day}", header.agency.to_lowercase(), header.agency_number),
        }];
    }
}

/// A category as a subject, its name where it is known.
pub(super) fn subject(code: &str) -> Option<Subject> {
    (!code.is_empty()).then(|| Subject {
        name: category_name(code).unwrap_or(code).to_owned(),
        literal: Some(code.to_owned()),
        ..Subject::default()
    })
}
