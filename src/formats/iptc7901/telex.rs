//! The frame of the telex, `ZCZC` … `NNNN`, with lines of a sign and a field between: `#keyword`, `$headline`, `:place or note`,
//! `*subject`; a dialect with `TI#headline` lines; and racing copy whose head is a line of fields between SOH and the text.

use super::{dateline, read_letters, subject};
use crate::formats::dates::{self, Order};
use crate::formats::paragraphs::{lines, one_line, paragraphs};
use crate::formats::warnings::Warnings;
use crate::formats::{Format, Parsed, Refused};
use crate::story::{AltId, Filing, InfoSource, Subject};

/// A headline of this kind of copy is short.
const MAX_HEADLINE_CHARS: usize = 120;

/// The signs that open a field.
const SIGNS: [char; 9] = ['#', '$', ':', '*', '&', '@', '%', '+', '~'];

/// Reads an item: each `ZCZC` at the start of a line opens a transmission.
pub(super) fn parse(item: &[u8]) -> Vec<Parsed> {
    if let Some(body) = item.trim_ascii_start().strip_prefix(b"\x01") {
        return vec![racing(body)];
    }
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in item.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        if opens(line) {
            starts.push(at);
        }
        at += line.len();
    }
    if starts.is_empty() {
        let reason = "neither a transmission between SOH and ETX nor one between ZCZC and NNNN: name another format";
        return vec![Err(Refused::rejected(reason, 0))];
    }
    let ends = starts.iter().skip(1).copied().chain([item.len()]);
    let pieces = starts.iter().zip(ends);
    pieces.map(|(&start, end)| read(&item[start..end], start)).collect()
}

fn opens(line: &[u8]) -> bool {
    let bare = line.trim_ascii_start();
    bare.get(..4).is_some_and(|word| word.eq_ignore_ascii_case(b"ZCZC"))
        && bare.get(4).is_some_and(u8::is_ascii_whitespace)
}

/// What the fields of a transmission say.
#[derive(Debug, Default)]
struct Fields {
    slug: String,
    headline: String,
    note: String,
    title: String,
    place: String,
    subjects: Vec<Subject>,
    has_code: bool,
    date: String,
    number: String,
    source: String,
}

fn read(piece: &[u8], offset: usize) -> Parsed {
    let mut warnings = Warnings::default();
    let (text, warning) = read_letters(piece);
    if let Some(warning) = warning {
        warnings.add(warning);
    }
    let all: Vec<&str> = lines(&text).collect();
    let end = all.iter().position(|line| line.trim() == "NNNN").unwrap_or(all.len());
    let all = &all[..end];
    let first = all.first().copied().unwrap_or_default();
    let mut fields = Fields {
        source: service(first),
        ..Fields::default()
    };
    let labelled = all
        .iter()
        .skip(1)
        .find(|line| !line.is_empty())
        .is_some_and(|line| label(line).is_some());
    let body_at = if labelled {
        labels(all, &mut fields)
    } else {
        signs(all, &mut fields)
    };
    let body_at = if numbered(all) {
        title_line(all, body_at, &mut fields)
    } else {
        body_at
    };
    let body_text = all[body_at..]
        .iter()
        .map(|line| set(line))
        .collect::<Vec<_>>()
        .join("\n");
    let mut body = paragraphs(&body_text);
    let mut filing = Filing {
        credit_line: cut_sign_off(&mut body),
        ..Filing::default()
    };
    let headline = headline(&fields, &mut body);
    if !headline.is_empty() {
        filing.ninjs.set_headline(headline);
    }
    if !body.is_empty() {
        filing.ninjs.set_body(body.join("\n"));
    }
    if filing.ninjs.headlines.is_empty() && filing.ninjs.bodies.is_empty() {
        return Err(Refused::rejected(
            "a transmission without words between ZCZC and NNNN: leave it out",
            offset,
        ));
    }
    if !fields.date.is_empty() {
        filing.published = dates::read_or_warn(&fields.date, Order::DayFirst, "", &mut warnings).map(|read| read.time);
    }
    describe(fields, &mut filing);
    filing.origin.format = Format::Iptc7901.name().into();
    filing.origin.offset = offset as u64;
    filing.warnings = warnings.finish();
    Ok(filing)
}

fn describe(fields: Fields, filing: &mut Filing) {
    let found = filing.ninjs.body().lines().take(2).find_map(dateline::read);
    let created = filing.published.and_then(dates::rfc3339);
    let signed = filing
        .credit_line
        .as_deref()
        .and_then(|line| line.split(' ').next())
        .unwrap_or_default();
    let source = if fields.source.is_empty() {
        signed.to_owned()
    } else {
        fields.source
    };
    let ninjs = &mut filing.ninjs;
    ninjs.kind = "text".into();
    ninjs.version_created = created;
    ninjs.slugline = Some(fields.slug).filter(|slug| !slug.is_empty());
    ninjs.subjects = fields.subjects;
    let place = Some(fields.place).filter(|place| !place.is_empty());
    ninjs.located = place.or_else(|| found.map(|found| found.place));
    if !fields.number.is_empty() {
        ninjs.alt_ids = vec![AltId {
            role: "accession-number".into(),
            value: fields.number,
        }];
    }
    if !source.is_empty() {
        ninjs.info_sources = vec![InfoSource {
            name: source,
            ..InfoSource::default()
        }];
    }
}

/// "ZCZC AAP" names the service; "ZCZC FMG000" numbers the transmission.
fn service(line: &str) -> String {
    let word = line.split_whitespace().nth(1).unwrap_or_default();
    let is_name = (2..=6).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase());
    if is_name { word.to_owned() } else { String::new() }
}

/// Whether a number of the transmission stands beside `ZCZC`.
fn numbered(all: &[&str]) -> bool {
    all.first().is_some_and(|line| line.chars().any(|c| c.is_ascii_digit()))
}

/// In a numbered transmission without fields the first line is the title.
fn title_line(all: &[&str], at: usize, fields: &mut Fields) -> usize {
    let line = all.get(at).map(|line| one_line(set(line))).unwrap_or_default();
    let is_title =
        (1..=MAX_HEADLINE_CHARS).contains(&line.chars().count()) && !line.ends_with('.') && !line.contains(" AAP - ");
    if fields.note.is_empty() && fields.headline.is_empty() && is_title {
        fields.title = line.replace(" :", ":");
        return at + 1;
    }
    at
}

/// Reads the fields by their signs, and gives the line at which the text begins.
fn signs(all: &[&str], fields: &mut Fields) -> usize {
    // After a numbered ZCZC stands a line of the receivers that are selected.
    let selects = |line: &str| {
        line.split_whitespace()
            .next()
            .is_some_and(|word| word.len() == 2 && word.chars().all(|c| c.is_ascii_uppercase()))
    };
    let first = if numbered(all) && all.get(1).is_some_and(|line| selects(line)) {
        2
    } else {
        1
    };
    let mut at = first.min(all.len());
    let mut end = at;
    while let Some(line) = all.get(at) {
        match line
            .chars()
            .next()
            .filter(|sign| (SIGNS.contains(sign) || *sign == '=') && !line[1..].starts_with(' '))
        {
            Some(sign) => {
                sign_field(sign, one_line(&line[1..]), fields);
                end = at + 1;
            }
            // A line without a sign is the title where more fields follow.
            None if !line.trim().is_empty() => {
                let goes_on = all
                    .get(at + 1)
                    .is_some_and(|next| next.starts_with(['*', '&', '+']) && !next.contains(' '));
                if !goes_on || !fields.title.is_empty() {
                    break;
                }
                fields.title = one_line(line.trim_start_matches('^'));
            }
            None => {}
        }
        at += 1;
    }
    end
}

fn sign_field(sign: char, value: String, fields: &mut Fields) {
    match sign {
        '#' => fields.slug = value,
        '$' if value.chars().count() > 2 => fields.headline = value,
        ':' if value.starts_with('(') => fields.place = value.trim_matches(['(', ')']).to_owned(),
        ':' => fields.note = value,
        '*' | '+' => {
            fields.has_code = true;
            let is_code = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
            if let Some(mut one) = subject(&value).filter(|_| is_code) {
                one.uri = Some(format!("http://cv.iptc.org/newscodes/subjectcode/{value}"));
                fields.subjects.push(one);
            }
        }
        _ => {}
    }
}

/// "TI#" and what follows it.
fn label(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('#')?;
    (name.len() == 2 && name.chars().all(|c| c.is_ascii_uppercase())).then_some((name, value.trim()))
}

/// Reads `TI#headline` lines, and gives the line at which the text begins.
fn labels(all: &[&str], fields: &mut Fields) -> usize {
    for (at, line) in all.iter().enumerate() {
        let Some((name, value)) = label(line) else { continue };
        let value = one_line(value);
        match name {
            "TX" => return at + 1,
            "TI" => fields.headline = value,
            "KY" => fields.slug = value,
            "PD" => fields.date = value,
            "AN" => fields.number = value,
            "KN" => fields.source = value,
            _ => {}
        }
    }
    all.len()
}

/// The headline: its field, the title among the fields, keyword and note, or a short first line.
fn headline(fields: &Fields, body: &mut Vec<String>) -> String {
    if !fields.headline.is_empty() {
        return fields.headline.clone();
    }
    if !fields.title.is_empty() {
        return fields.title.clone();
    }
    if !fields.has_code && fields.note.chars().any(char::is_alphabetic) {
        let note = fields.note.replace(" :", ": ");
        let joined = if note.starts_with(&fields.slug) {
            note
        } else {
            format!("{} {note}", fields.slug)
        };
        return joined.trim().to_owned();
    }
    if !fields.has_code && !fields.note.is_empty() && !fields.slug.is_empty() {
        return fields.slug.clone();
    }
    let is_title = |line: &String| {
        line.chars().count() <= MAX_HEADLINE_CHARS
            && !line.ends_with('.')
            && !line.contains(" AAP - ")
            && dateline::read(line).is_none()
    };
    if body.len() > 1 && body.first().is_some_and(is_title) {
        return body.remove(0);
    }
    fields.slug.clone()
}

/// The agency and its service under a text: "AAP RTV".
fn cut_sign_off(body: &mut Vec<String>) -> Option<String> {
    let last = body.last()?;
    let code = |word: &str| word.len() <= 8 && word.chars().all(|c| c.is_ascii_uppercase());
    let is_sign = last.split(' ').count() <= 2 && last.starts_with("AAP") && last.split(' ').all(code);
    is_sign.then(|| body.pop()).flatten()
}

/// A line without the codes of typesetters at its end.
fn set(line: &str) -> &str {
    line.trim_end_matches(['!', '\u{F}', '\u{19}'])
        .trim_end_matches(['<', '='])
        .trim_end()
}

/// Racing copy: a line of fields, then results for typesetting.
fn racing(item: &[u8]) -> Parsed {
    let (text, warning) = read_letters(item);
    let (head, rest) = text.split_once(['\r', '\n']).unwrap_or((&text, ""));
    let fields: Vec<&str> = head
        .split('\u{1F}')
        .map(str::trim)
        .filter(|field| !matches!(*field, "" | "N" | "Y"))
        .collect();
    let headline = one_line(&fields.join(" "));
    let mut body = paragraphs(&uncoded(rest));
    let mut filing = Filing {
        credit_line: cut_sign_off(&mut body),
        ..Filing::default()
    };
    if headline.is_empty() && body.is_empty() {
        return Err(Refused::rejected("a transmission without words: leave it out", 0));
    }
    if !headline.is_empty() {
        filing.ninjs.set_headline(headline);
    }
    if !body.is_empty() {
        filing.ninjs.set_body(body.join("\n"));
    }
    filing.warnings = warning.into_iter().collect();
    describe(Fields::default(), &mut filing);
    filing.origin.format = Format::Iptc7901.name().into();
    Ok(filing)
}

/// A text without typesetters' codes: `#bb`, `#fu6557?.`, and the carets between columns.
fn uncoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['#', '^']) {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let letters = after
            .get(..2)
            .filter(|letters| letters.bytes().all(|byte| byte.is_ascii_lowercase()));
        rest = match letters {
            Some(code @ ("me" | "fu")) => {
                let tail = &after[code.len()..];
                tail.trim_start_matches(|c: char| c.is_ascii_digit())
                    .trim_start_matches([':', '?', '.'])
            }
            Some(code) => &after[code.len()..],
            None => after,
        };
        out.push(' ');
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
