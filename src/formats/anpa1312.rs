//! ANPA 1312, the layout of American wires → filings.
//!
//! SYN SYN SOH head STX text ETX, below it the agency, the day and the time: "AP-WF-11-13-13 1509GMT". The head's keyword is cut short;
//! the keyword line is the first line of the text. There is no identifier: the wire's letter and number are the wire number.

mod header;
mod lines;

#[cfg(test)]
mod tests;

use self::header::{Header, read_header};
use super::iptc7901::{dateline, letters_of, starts, subject, transmission};
use super::warnings::{Warnings, quoted};
use super::{Format, Options, Parsed, Refused, dates};
use crate::story::{Filing, InfoSource, Timestamp, WireNumber};

/// Reads an item: each SOH with an STX soon after it opens a transmission.
pub(super) fn parse(item: &[u8], _options: &Options) -> Vec<Parsed> {
    if item.trim_ascii().is_empty() {
        return Vec::new();
    }
    let starts = starts(item);
    if starts.is_empty() {
        let reason = "no transmission between SOH and ETX in the item: name another format";
        return vec![Err(Refused::rejected(reason, 0))];
    }
    let ends = starts.iter().skip(1).copied().chain([item.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| read(start, &item[start..end]))
        .collect()
}

fn read(start: usize, message: &[u8]) -> Parsed {
    let mut warnings = Warnings::default();
    let text = letters_of(message, &mut warnings);
    let (head, inner, end) = transmission(&text, &mut warnings);
    let header = read_header(head).unwrap_or_else(|| {
        warnings.add(format!(
            "the head `{}` is none of ANPA 1312: its number, priority and category are left out",
            quoted(head.trim())
        ));
        Header::default()
    });
    let mut text = lines::read(inner);
    let mut filing = Filing::default();
    // Copy without the marks of the layout: a short first line is the headline.
    if text.headline.is_empty() && text.slug.is_empty() && text.paragraphs.first().is_some_and(|first| is_title(first))
    {
        text.headline = text.paragraphs.remove(0);
    }
    if !text.headline.is_empty() {
        filing.ninjs.set_headline(&text.headline);
    }
    if !text.paragraphs.is_empty() {
        filing.ninjs.set_body(text.paragraphs.join("\n"));
    }
    if filing.ninjs.headlines.is_empty() && filing.ninjs.bodies.is_empty() {
        if text.slug.is_empty() {
            return Err(Refused::rejected(
                "a transmission without words between STX and ETX: leave it out",
                start,
            ));
        }
        // "BC-Harbour, KILL" is all that some messages say.
        filing.ninjs.set_headline(&text.slug);
    }
    filing.ninjs.by = text.byline;
    filing.ninjs.ed_note = (!text.notes.is_empty()).then(|| text.notes.join("\n"));
    filing.published = time(end);
    if filing.published.is_none() {
        warnings.add("no time below the text: it is not known when it was sent");
    }
    describe(&header, &text.slug, end, &mut filing);
    filing.origin.format = Format::Anpa1312.name().into();
    filing.origin.offset = start as u64;
    filing.warnings = warnings.finish();
    Ok(filing)
}

fn is_title(line: &str) -> bool {
    line.chars().count() <= 100 && !line.ends_with('.') && dateline::read(line).is_none()
}

fn describe(header: &Header, slug: &str, end: &str, filing: &mut Filing) {
    let found = filing.ninjs.body().lines().take(3).find_map(dateline::read);
    let ninjs = &mut filing.ninjs;
    ninjs.kind = "text".into();
    ninjs.version_created = filing.published.and_then(dates::rfc3339);
    ninjs.urgency = header.urgency();
    ninjs.subjects = subject(&header.category).into_iter().collect();
    let slug = if slug.is_empty() {
        header.slug.clone()
    } else {
        own_slug(slug)
    };
    ninjs.slugline = Some(slug).filter(|slug| !slug.is_empty());
    if !header.number.is_empty() {
        filing.wire_number = Some(WireNumber {
            service: header.service.clone(),
            number: header.number.clone(),
        });
    }
    let signed = end
        .trim_start()
        .split('-')
        .next()
        .filter(|name| (2..=6).contains(&name.len()));
    let signed = signed.filter(|name| name.chars().all(|c| c.is_ascii_uppercase()));
    let credit = found.as_ref().map(|found| found.credit.as_str());
    if let Some(name) = signed.or(credit) {
        ninjs.info_sources = vec![InfoSource {
            name: name.to_owned(),
            ..InfoSource::default()
        }];
    }
    if let Some(found) = found {
        ninjs.located = Some(found.place).filter(|place| !place.is_empty());
        filing.credit_line = Some(found.credit);
    }
}

/// The keyword line without the code of a service before it: "*9006< ^AP-Top-Headlines".
fn own_slug(slug: &str) -> String {
    let last = slug.rsplit('^').next().unwrap_or(slug);
    last.trim().to_owned()
}

/// "AP-WF-11-13-13 1509GMT": month, day, year, hour and minute.
fn time(end: &str) -> Option<Timestamp> {
    let bytes = end.as_bytes();
    let digits = |at: usize, length: usize| {
        end.get(at..at + length)
            .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    (0..bytes.len().min(200)).find_map(|at| {
        let apart = bytes.get(at + 2) == Some(&b'-') && bytes.get(at + 5) == Some(&b'-');
        let (month, day, year) = (digits(at, 2)?, digits(at + 3, 2)?, digits(at + 6, 2).filter(|_| apart)?);
        let rest = end.get(at + 8..)?.trim_start();
        let clock = rest
            .get(..4)
            .filter(|clock| clock.bytes().all(|byte| byte.is_ascii_digit()))?;
        let zone: String = rest[4..]
            .trim_start()
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .collect();
        let century = if year < "70" { "20" } else { "19" };
        let written = format!("{century}{year}-{month}-{day} {}:{} {zone}", &clock[..2], &clock[2..]);
        dates::read(&written, dates::Order::DayFirst).map(|read| read.time)
    })
}
