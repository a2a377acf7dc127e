//! The text of a message → headline, byline and body.

use std::borrow::Cow;

use mail_parser::{Encoding, HeaderName, Message, MessagePart, MimeHeaders, PartType};
use memchr::memmem;

use crate::formats::encoding::decode;
use crate::formats::head::{self, Key};
use crate::formats::html;
use crate::formats::paragraphs::{lines, one_line, paragraphs};
use crate::formats::plain::is_byline;
use crate::formats::terms::place_and_day;
use crate::story::Filing;

/// A plain part that is so much shorter than the marked-up one says only that there is one.
const STUB_SHARE: usize = 4;

/// A signature has a few lines; more after its mark are text.
const MAX_SIGNATURE_LINES: usize = 15;

/// Lines before a head of `Key: value` lines that are the sender's own: a code of the desk, a greeting.
const MAX_LINES_BEFORE_HEAD: usize = 3;

/// A byline stands among the first paragraphs, below an abstract and a keyword line.
const MAX_LINES_BEFORE_BYLINE: usize = 4;

/// The text of a message as it was written, without its signature.
pub(super) fn body(message: &Message<'_>) -> String {
    let plain: Vec<Cow<'_, str>> = message
        .text_bodies()
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(lettered(message, part, text)),
            _ => None,
        })
        .collect();
    let marked: Vec<String> = message
        .html_bodies()
        .filter_map(|part| match &part.body {
            PartType::Html(text) => Some(html::to_text(&lettered(message, part, text))),
            _ => None,
        })
        .collect();
    let (plain, marked) = (
        without_signature(&plain.join("\n\n")),
        without_signature(&marked.join("\n")),
    );
    if plain.trim().len() * STUB_SHARE < marked.len() {
        marked
    } else {
        plain.trim().to_owned()
    }
}

/// The text of a part, read anew from its bytes where it is in eight bits of no declared character set.
fn lettered<'t>(message: &'t Message<'_>, part: &MessagePart<'_>, text: &'t str) -> Cow<'t, str> {
    let declared = part.content_type().is_some_and(|kind| kind.has_attribute("charset"));
    if declared || part.encoding != Encoding::None || !text.contains('\u{FFFD}') {
        return Cow::Borrowed(text);
    }
    let raw = message
        .raw_message
        .get(part.offset_body as usize..part.offset_end as usize);
    let decoded = raw.and_then(|raw| decode(raw).ok());
    decoded.map_or(Cow::Borrowed(text), |decoded| Cow::Owned(decoded.text.into_owned()))
}

/// The subject, read anew from its bytes where it is in eight bits.
pub(super) fn subject(message: &Message<'_>) -> String {
    let subject = message.subject().unwrap_or_default();
    let field = message
        .headers()
        .iter()
        .find(|header| header.name == HeaderName::Subject);
    let raw = field.and_then(|field| {
        message
            .raw_message
            .get(field.offset_start as usize..field.offset_end as usize)
    });
    match raw.filter(|raw| subject.contains('\u{FFFD}') && memmem::find(raw, b"=?").is_none()) {
        Some(raw) => decode(raw).map_or_else(|_| subject.to_owned(), |decoded| decoded.text.into_owned()),
        None => subject.to_owned(),
    }
}

/// Cuts off what follows the last line `-- `, the space perhaps lost.
fn without_signature(text: &str) -> String {
    let all: Vec<&str> = text.split('\n').collect();
    let mark = all
        .iter()
        .rposition(|line| line.trim_end_matches('\r').trim_end() == "--" && !line.starts_with(' '));
    match mark {
        Some(at) if all[at..].iter().filter(|line| !line.trim().is_empty()).count() <= MAX_SIGNATURE_LINES + 1 => {
            all[..at].join("\n").trim_end().to_owned()
        }
        _ => text.trim_end().to_owned(),
    }
}

/// Fills in the body, and what a head of `Key: value` lines before it says.
pub(super) fn read(text: &str, filing: &mut Filing) {
    let (head, rest) = head_of(text);
    let value = |key| head.as_ref().and_then(|head| head.get(key)).map(one_line);
    if let Some(headline) = value(Key::Headline) {
        filing.ninjs.set_headline(headline);
    }
    filing.ninjs.by = value(Key::Byline);
    filing.ninjs.slugline = value(Key::Slug);
    filing.ninjs.ed_note = value(Key::EdNote);
    filing.ninjs.embargoed_until = value(Key::Embargo);
    filing.credit_line = value(Key::Credit);
    filing.dateline = value(Key::Dateline).and_then(|dateline| place_and_day(&dateline));
    let mut body = paragraphs(rest);
    let byline = body
        .iter()
        .take(MAX_LINES_BEFORE_BYLINE)
        .position(|line| is_byline(line));
    if let Some(at) = byline.filter(|_| filing.ninjs.by.is_none() && body.len() > 1) {
        filing.ninjs.by = Some(body.remove(at));
    }
    if !body.is_empty() {
        filing.ninjs.set_body(body.join("\n"));
    }
}

/// The head of a text and what follows: at its start, or after a few short lines of the sender's.
fn head_of(text: &str) -> (Option<head::Head>, &str) {
    let mut rest = text;
    for _ in 0..=MAX_LINES_BEFORE_HEAD {
        let (head, after) = head::cut(rest);
        if head.get(Key::Headline).is_some() {
            return (Some(head), after);
        }
        let Some((first, below)) = rest.split_once('\n') else {
            break;
        };
        if lines(first).map(str::len).sum::<usize>() > 40 {
            break;
        }
        rest = below;
    }
    (None, text)
}
