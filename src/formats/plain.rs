//! Plain text, with or without a head of `Key: value` lines.
//!
//! The headline is the head's. Without one, the first paragraph is the headline where it is one line of at most
//! [`MAX_HEADLINE_CHARS`], does not end as a sentence does, is no dateline or byline, and text follows after a blank line, or a line that
//! ends as a sentence does. A first paragraph that is a sentence stays in the body, and the story has no headline.

use super::dates::{self, Order};
use super::encoding::decode;
use super::head::{self, Head, Key};
use super::paragraphs::{ends_sentence, lines, one_line, paragraphs, wrap_width};
use super::terms::{language_tag, place_and_day, status_word, urgency_digit};
use super::warnings::{Warnings, quoted};
use super::{Format, Parsed, Refused, takes};
use crate::story::{Filing, InfoSource, Subject};

/// Headlines of the wire have 80 characters at most, those of portals up to 120; a longer line is a paragraph.
const MAX_HEADLINE_CHARS: usize = 140;

/// A byline is a name or two, with a role or a place.
const MAX_BYLINE_CHARS: usize = 80;

/// "Selasa" and a month's name, a day, a year, a time and its zone.
const MAX_MOMENT_BYTES: usize = 40;

/// How bylines begin, in the languages of the wire.
const BYLINE_WORDS: [&str; 8] = ["By ", "BY ", "Oleh ", "Oleh: ", "Por ", "Par ", "Von ", "by "];

/// Reads a text.
pub(super) fn parse(item: &[u8]) -> Vec<Parsed> {
    let decoded = match decode(item) {
        Ok(decoded) => decoded,
        Err(malformed) => return vec![Err(malformed)],
    };
    if decoded.text.trim().is_empty() {
        return Vec::new();
    }
    let mut warnings = Warnings::default();
    decoded.warning.into_iter().for_each(|warning| warnings.add(warning));
    vec![read(&decoded.text, warnings)]
}

fn read(text: &str, mut warnings: Warnings) -> Parsed {
    let (head, rest) = head::cut(text);
    let (moment, rest) = cut_moment(rest);
    let mut filing = Filing::default();
    filing.ninjs.kind = "text".into();
    let mut body = paragraphs(rest);
    match head.get(Key::Headline) {
        Some(headline) => filing.ninjs.set_headline(one_line(headline)),
        None if has_headline(rest, &body) => {
            filing.ninjs.set_headline(body.remove(0));
            if body.len() > 1 && is_byline(&body[0]) {
                filing.ninjs.by = Some(body.remove(0));
            }
        }
        None => {}
    }
    if !body.is_empty() {
        filing.ninjs.set_body(body.join("\n"));
    }
    if filing.ninjs.headlines.is_empty() && filing.ninjs.bodies.is_empty() {
        let reason = "a text without words: leave the file out".to_owned();
        return Err(Refused::rejected(reason, 0));
    }
    apply(&head, &mut filing, &mut warnings);
    if filing.published.is_none()
        && let Some((written, read)) = moment
    {
        filing.published = Some(read.time);
        filing.ninjs.version_created = dates::standard(written, &read);
    }
    filing.origin.format = Format::Plain.name().into();
    filing.warnings = warnings.finish();
    Ok(filing)
}

/// Cuts off a first line that is a date, with a year and perhaps a time, and nothing else, where a text follows.
fn cut_moment(text: &str) -> (Option<(&str, dates::Read)>, &str) {
    let start = text.trim_start();
    let Some((line, rest)) = start.split_once('\n') else {
        return (None, text);
    };
    let line = line.trim();
    let has_year = line
        .split(|c: char| !c.is_ascii_digit())
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")));
    let is_moment = line.starts_with(|c: char| c.is_ascii_digit()) && line.len() <= MAX_MOMENT_BYTES && has_year;
    let has_words = |text: &str| text.chars().any(char::is_alphabetic);
    match dates::read(line, Order::DayFirst).filter(|read| is_moment && read.ambiguous.is_none()) {
        Some(read) if has_words(rest) => (Some((line, read)), rest),
        _ => (None, text),
    }
}

/// Puts what the head says into the filing.
fn apply(head: &Head, filing: &mut Filing, warnings: &mut Warnings) {
    let text = |key| head.get(key).map(one_line);
    filing.dateline = text(Key::Dateline).and_then(|dateline| place_and_day(&dateline));
    filing.credit_line = text(Key::Credit);
    let ninjs = &mut filing.ninjs;
    ninjs.uri = text(Key::Uri).or_else(|| text(Key::Url)).unwrap_or_default();
    ninjs.by = text(Key::Byline).or_else(|| ninjs.by.take());
    ninjs.slugline = text(Key::Slug);
    ninjs.version = text(Key::Version);
    ninjs.ed_note = text(Key::EdNote);
    ninjs.embargoed_until = text(Key::Embargo);
    ninjs.located = text(Key::Place);
    ninjs.language = text(Key::Language).and_then(|language| language_tag(&language));
    ninjs.urgency = text(Key::Urgency).and_then(|urgency| urgency_digit(&urgency, warnings));
    if let Some(status) = text(Key::Status) {
        ninjs.pub_status = status_word(&status);
        if ninjs.pub_status.is_none() {
            warnings.add(format!(
                "status `{}` is none of usable, withheld, canceled: left out",
                quoted(&status)
            ));
        }
    }
    if let Some(take) = text(Key::Take) {
        filing.take = takes::of_field(&take);
        if filing.take.is_none() {
            warnings.add(format!("take `{}` is not known: left out", quoted(&take)));
        }
    }
    ninjs.info_sources = text(Key::Source)
        .map(|name| InfoSource {
            name,
            ..InfoSource::default()
        })
        .into_iter()
        .collect();
    if let Some(subjects) = text(Key::Subjects) {
        let names = subjects
            .split([',', ';'])
            .map(str::trim)
            .filter(|name| !name.is_empty());
        ninjs.subjects = names
            .map(|name| Subject {
                name: name.into(),
                ..Subject::default()
            })
            .collect();
    }
    if let Some(date) = text(Key::Date)
        && let Some(read) = dates::read_or_warn(&date, order(ninjs.language.as_deref()), ninjs.body(), warnings)
    {
        filing.published = Some(read.time);
        filing.ninjs.version_created = dates::standard(&date, &read);
    }
    for key in &head.unknown {
        warnings.add(format!("head line `{}` is not known: left out", quoted(key)));
    }
}

fn order(language: Option<&str>) -> Order {
    if language == Some("en-US") {
        Order::MonthFirst
    } else {
        Order::DayFirst
    }
}

/// Whether the first paragraph is the headline; see the module's words.
fn has_headline(text: &str, body: &[String]) -> bool {
    let (Some(first), Some(second)) = (body.first(), body.get(1)) else {
        return false;
    };
    let lines: Vec<&str> = lines(text).skip_while(|line| line.is_empty()).collect();
    let alone = lines.first().is_some_and(|line| one_line(line) == *first);
    let short = first.chars().count() <= MAX_HEADLINE_CHARS;
    if !alone || !short || is_dateline(first) || is_byline(first) {
        return false;
    }
    let blank_after = lines.get(1).is_none_or(|line| line.is_empty());
    // A question can be a headline, but only one that stands alone.
    let open = !ends_sentence(first) || (first.ends_with('?') && blank_after);
    let capitals = first.chars().any(char::is_uppercase) && !first.chars().any(char::is_lowercase);
    let follows = blank_after || ends_sentence(second) || wrap_width(&lines).is_some();
    (open || capitals) && follows && !first.ends_with([',', ';', '-', '–', '—'])
}

/// "JAKARTA (Antara) - …", "LUNDE, Jan. 5 —": a story that opens with its dateline has no headline before it.
fn is_dateline(line: &str) -> bool {
    let opening: String = line.chars().take(60).collect();
    let dash = [" - ", " – ", " — ", " -- ", ") -", ") —", ") –"]
        .iter()
        .find_map(|dash| opening.find(dash));
    dash.is_some_and(|at| {
        let before = &opening[..at];
        let capitals = before.split([' ', ',', '(']).next().unwrap_or_default();
        let shouted = capitals.chars().count() > 2 && capitals.chars().all(char::is_uppercase);
        before.contains('(') || (shouted && before.contains(','))
    })
}

pub(super) fn is_byline(line: &str) -> bool {
    BYLINE_WORDS.iter().any(|word| line.starts_with(word))
        && line.chars().count() <= MAX_BYLINE_CHARS
        && !ends_sentence(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Filing {
        parse(text.as_bytes()).remove(0).unwrap()
    }

    #[test]
    fn a_head_fills_the_filing() {
        let read = one(
            "Judul: Pelabuhan Dibuka\nPenulis: Nilam Sari\nTanggal: Selasa, 21 Okt 2025 20:43 WIB\nSumber: Kantor Pesisir\n\
                        Bahasa: id\nUrgency: 4\nStatus: usable\nId: kp-1\n\nPelabuhan dibuka lagi.\nKapal berlayar.\n",
        );
        assert_eq!(read.ninjs.headline(), "Pelabuhan Dibuka");
        assert_eq!(read.ninjs.by.as_deref(), Some("Nilam Sari"));
        assert_eq!(read.ninjs.body(), "Pelabuhan dibuka lagi.\nKapal berlayar.");
        assert_eq!(read.ninjs.version_created.as_deref(), Some("2025-10-21T13:43:00Z"));
        assert_eq!((read.ninjs.uri.as_str(), read.ninjs.urgency), ("kp-1", Some(4)));
        assert_eq!(read.ninjs.info_sources[0].name, "Kantor Pesisir");
        assert!(read.warnings.is_empty(), "{:?}", read.warnings);
    }

    #[test]
    fn take_and_slug_in_a_head_are_told() {
        let read = super::super::Format::Plain
            .parse(
                b"Headline: Port reopens\nSlug: BC-Harbour, 2nd Ld\nTake: Kill\n\nKill item 157.\n",
                &super::super::Options::default(),
            )
            .remove(0)
            .unwrap();
        assert_eq!(
            (read.kind(), read.keyword.as_deref()),
            (crate::story::TakeKind::Kill, Some("Harbour"))
        );
        assert_eq!(read.targets, [crate::story::Target::Number("157".into())]);
        let read = one("Headline: Port reopens\nTake: who knows\n\nThe port.");
        assert_eq!((read.take, read.warnings.len()), (None, 1));
    }

    #[test]
    fn a_date_over_a_text_is_no_headline() {
        let read = one("03:14 5 May 2026\n\nPort of Lunde reopens after storms\n\nThe port reopened on Tuesday.");
        assert_eq!(read.ninjs.headline(), "Port of Lunde reopens after storms");
        assert_eq!(read.ninjs.version_created.as_deref(), Some("2026-05-05T03:14:00Z"));
        assert_eq!(read.ninjs.body(), "The port reopened on Tuesday.");
        let counted = one("2026 ships left\n\nThe port reopened on Tuesday.");
        assert_eq!(counted.ninjs.headline(), "2026 ships left");
    }

    #[test]
    fn a_title_is_the_headline() {
        let read = one("Port of Lunde reopens after storms\n\nBy Ann Moe\n\nThe port reopened.\n\nShips left.");
        assert_eq!(read.ninjs.headline(), "Port of Lunde reopens after storms");
        assert_eq!(read.ninjs.by.as_deref(), Some("By Ann Moe"));
        assert_eq!(read.ninjs.body(), "The port reopened.\nShips left.");
        assert_eq!(one("Is the port open?\n\nIt is.").ninjs.headline(), "Is the port open?");
        assert_eq!(
            one("Pelabuhan Lunde Dibuka\nPelabuhan dibuka lagi.").ninjs.headline(),
            "Pelabuhan Lunde Dibuka"
        );
    }

    #[test]
    fn a_sentence_or_dateline_stays_in_the_body() {
        for text in [
            "Pelabuhan “dibuka lagi” setelah badai, kata Nilam.\nKapal berlayar.",
            "LUNDE (Kystnytt) - The port reopened\n\nShips left.",
            "The port reopened on Monday, the mayor said.\n\nShips left.",
            "One line only",
        ] {
            assert_eq!(one(text).ninjs.headline(), "", "{text}");
        }
    }

    #[test]
    fn nothing_is_no_item() {
        assert!(parse(b" \n\n").is_empty());
        assert!(parse(b"\xEF\xBB\xBF").is_empty());
    }
}
