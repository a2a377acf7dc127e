//! Mail messages (RFC 5322, also several in one mailbox file) → filings: for desks that get copy by mail.
//!
//! The subject is the headline, the message id the identity. The text is the plain part, else the marked-up one; a JSON object in its
//! place, as forms send it, is read as JSON is. The sender is the byline where it is a person's name, else a source. Attachments are no
//! story: those with text are told in a warning. Signatures are dropped.

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

mod detect;
mod text;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

pub(super) use self::detect::is_message;
use super::dates;
use super::html::plain_line;
use super::terms::language_tag;
use super::warnings::{Warnings, quoted};
use super::{Format, Options, Parsed, Refused, json};
use crate::story::{Filing, InfoSource, Ninjs};

/// A person's name has a few words.
const MAX_NAME_WORDS: usize = 4;

/// Words by which a sender is no person.
#[rustfmt::skip]
const DESKS: [&str; 24] = [
    "desk", "news", "newsroom", "newsdesk", "wire", "press", "presse", "media", "agency", "service", "redaktion",
    "redaksi", "redaccion", "redazione", "redactie", "editor", "editors", "office", "team", "alerts", "noreply",
    "communications", "ministry", "department",
];

/// Marks that mail programs put before a subject.
#[rustfmt::skip]
const REPLIES: [&str; 11] = ["re:", "fw:", "fwd:", "wg:", "aw:", "tr:", "rv:", "i:", "r:", "enc:", "vs:"];

/// Reads a message, or the messages of a mailbox.
pub(super) fn parse(item: &[u8], options: &Options) -> Vec<Parsed> {
    let messages = detect::messages(item);
    let many = messages.len() > 1;
    let read = messages.into_iter().map(|(offset, bytes)| match read(bytes, options) {
        Ok(mut filing) => {
            filing.origin.offset = if many { offset as u64 } else { 0 };
            Ok(filing)
        }
        Err(refused) => Err(Refused {
            offset: refused.offset + offset,
            ..refused
        }),
    });
    read.collect()
}

fn read(bytes: &[u8], options: &Options) -> Parsed {
    // Before the parser builds them one inside another.
    let announced = messages_announced(bytes);
    if announced > options.bounds.parts {
        return Err(over_parts(announced, options));
    }
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Err(Refused::rejected("no mail message: it has no header", 0));
    };
    let parts = count(&message);
    if parts > options.bounds.parts {
        return Err(over_parts(parts, options));
    }
    let mut warnings = Warnings::default();
    attachments(&message, &mut warnings);
    let story = story_in(&message);
    let body = text::body(story);
    let mut filing = match from_form(&body, options) {
        Some(filing) => filing,
        None => plain(story, &body),
    };
    let told = std::mem::take(&mut filing.warnings);
    for warning in told {
        warnings.add(warning);
    }
    if filing.ninjs.headlines.is_empty() && filing.ninjs.bodies.is_empty() {
        return Err(Refused::rejected("a message with neither subject nor text", 0));
    }
    envelope(&message, &mut filing, &mut warnings);
    if filing.ninjs.headline().contains('\u{FFFD}') || filing.ninjs.body().contains('\u{FFFD}') {
        warnings.add("letters of a character set that is not read became U+FFFD");
    }
    filing.origin.format = Format::Email.name().into();
    filing.warnings = warnings.finish();
    Ok(filing)
}

fn over_parts(parts: usize, options: &Options) -> Refused {
    let most = options.bounds.parts;
    let reason = format!("the message has {parts} parts; {most} are the most: cut it, or raise --max-parts");
    Refused::rejected(reason, 0)
}

/// How often a part that is a message itself, or a list of messages, is announced.
fn messages_announced(bytes: &[u8]) -> usize {
    const KINDS: [(&[u8], &[u8]); 3] = [
        (b"message", b"rfc822"),
        (b"message", b"global"),
        (b"multipart", b"digest"),
    ];
    let is_one = |at: usize| {
        KINDS.iter().any(|(outer, inner)| {
            let before = at.checked_sub(outer.len()).and_then(|start| bytes.get(start..at));
            let after = bytes.get(at + 1..=at + inner.len());
            let is = |own: Option<&[u8]>, wanted: &[u8]| own.is_some_and(|own| own.eq_ignore_ascii_case(wanted));
            is(before, outer) && is(after, inner)
        })
    };
    memchr::memchr_iter(b'/', bytes).filter(|&at| is_one(at)).count()
}

/// How many parts a message has, those of the messages in it included. The parser stops at a few messages inside one another.
fn count(message: &Message<'_>) -> usize {
    let inner = message.parts.iter().filter_map(|part| part.message());
    message.parts.len() + inner.map(count).sum::<usize>()
}

/// The message that holds the story: the one that was forwarded as an attachment, where the outer one has no text.
fn story_in<'m>(message: &'m Message<'m>) -> &'m Message<'m> {
    let mut inner = message.parts.iter().filter_map(|part| part.message());
    match (inner.next(), inner.next()) {
        (Some(one), None) if text::body(message).is_empty() => story_in(one),
        _ => message,
    }
}

fn plain(message: &Message<'_>, body: &str) -> Filing {
    let mut filing = Filing::default();
    filing.ninjs.kind = "text".into();
    let subject = subject(&text::subject(message));
    if !subject.is_empty() {
        filing.ninjs.set_headline(subject);
    }
    text::read(body, &mut filing);
    filing
}

/// A form that is sent as one JSON object, whose keys name the parts.
fn from_form(body: &str, options: &Options) -> Option<Filing> {
    if !(body.starts_with('{') && body.trim_end().ends_with('}')) {
        return None;
    }
    let mut read = json::parse(body.as_bytes(), Format::Json, options);
    match (read.pop(), read.is_empty()) {
        (Some(Ok(filing)), true) => Some(filing),
        _ => None,
    }
}

/// Fills in what the header says and the text does not.
fn envelope(message: &Message<'_>, filing: &mut Filing, warnings: &mut Warnings) {
    let ninjs = &mut filing.ninjs;
    if ninjs.uri.is_empty() {
        message
            .message_id()
            .unwrap_or_default()
            .trim()
            .clone_into(&mut ninjs.uri);
    }
    let language = message.root_part().content_language().as_text();
    ninjs.language = ninjs.language.take().or_else(|| language.and_then(language_tag));
    // The header's date has a zone, which a form's has not.
    match message.date() {
        Some(date) if date.is_valid() => {
            let time = date.to_timestamp();
            filing.published = Some(time);
            ninjs.first_created = dates::rfc3339(time);
            ninjs.version_created = dates::rfc3339(time);
        }
        _ => warnings.add("no date could be read in the header"),
    }
    sender(message, ninjs);
}

/// The sender is a source where the name is a desk's or that of the address' domain, and the byline where it reads as a person's.
fn sender(message: &Message<'_>, ninjs: &mut Ninjs) {
    let Some(sender) = message.from().and_then(|from| from.first()) else {
        return;
    };
    let name = sender.name().map(plain_line).unwrap_or_default();
    let domain = sender
        .address()
        .and_then(|address| address.rsplit_once('@'))
        .map(|(_, domain)| domain);
    if name.is_empty() || name.contains('@') {
        return;
    }
    if is_desk(&name, domain.unwrap_or_default()) {
        if ninjs.info_sources.is_empty() {
            ninjs.info_sources.push(InfoSource {
                name,
                ..InfoSource::default()
            });
        }
    } else if name.split_whitespace().count() <= MAX_NAME_WORDS
        && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
    {
        ninjs.by = ninjs.by.take().or(Some(name));
    }
}

fn is_desk(name: &str, domain: &str) -> bool {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let (whole, domain) = (letters(name), letters(domain));
    let is_word = |word: &str| DESKS.contains(&letters(word).as_str());
    let is_acronym = !name.contains(' ') && whole.len() > 1 && !name.chars().any(char::is_lowercase);
    is_acronym || !whole.is_empty() && domain.starts_with(&whole) || name.split([' ', '-', '_', '/']).any(is_word)
}

/// A subject without the marks of replies and forwards.
fn subject(written: &str) -> String {
    let line = plain_line(written);
    let mut rest = line.as_str();
    while let Some(mark) = REPLIES.iter().find(|mark| {
        rest.get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark))
    }) {
        rest = rest[mark.len()..].trim_start();
    }
    rest.to_owned()
}

/// Tells of what is attached and could be read: pictures, sound and signatures are not missed.
fn attachments(message: &Message<'_>, warnings: &mut Warnings) {
    for part in message.attachments() {
        let kind = part.content_type().map(|kind| {
            let inner = kind.subtype().unwrap_or_default();
            format!("{}/{inner}", kind.ctype()).to_ascii_lowercase()
        });
        let kind = kind.unwrap_or_else(|| "text/plain".into());
        let silent = ["image/", "audio/", "video/", "font/"]
            .iter()
            .any(|start| kind.starts_with(start))
            || kind.ends_with("-signature")
            || kind.ends_with("/pgp-keys");
        if !silent {
            warnings.add(format!(
                "attached `{}` ({}) is not read",
                quoted(&name_of(part)),
                quoted(&kind)
            ));
        }
    }
}

fn name_of(part: &MessagePart<'_>) -> String {
    let inner = match &part.body {
        PartType::Message(message) => message.subject(),
        _ => None,
    };
    part.attachment_name().or(inner).unwrap_or("without a name").to_owned()
}
