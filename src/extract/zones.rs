//! Zones: which tokens of the body are dateline, credit or furniture, so that no step takes them for story.
//!
//! Sign-offs are [`Marks::CREDIT`] and [`Marks::FURNITURE`] both: the people in them are not people of the story.

use std::ops::Range;

use super::dateline;
use super::document::{Document, Marks, Text};
use crate::text::{Case, Kind};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::furniture::FurnitureKind;

const CREDITED: Marks = Marks::CREDIT.with(Marks::FURNITURE);
/// Sign-offs without a bracket and credit lines stand in this many paragraphs at the end …
const LAST_PARAGRAPHS: usize = 3;
/// … and, where a feed runs paragraphs together, in this many bytes at the end.
const LAST_BYTES: usize = 700;
/// A longer bracket is no sign-off: its end was lost.
const LONGEST_SIGN_OFF: usize = 120;
/// A link's title is no longer than this many words.
const LONGEST_LINK: usize = 40;
/// A call to subscribe is no longer than this many words after its phrase.
const LONGEST_CALL: usize = 25;
/// A longer first paragraph is no byline.
const LONGEST_BYLINE: usize = 12;

/// Marks the zones of the body.
pub(super) fn mark(vocabulary: &Vocabulary, document: &mut Document<'_>) {
    let body = &mut document.body;
    for paragraph in body.paragraphs.clone() {
        furniture(vocabulary, body, paragraph);
    }
    bylines(body);
    if let Some(zone) = dateline::find(vocabulary, body) {
        body.mark(zone, Marks::DATELINE);
    }
    sign_offs(vocabulary, body);
    initials(vocabulary, body);
}

/// Marks a furniture paragraph, link lines inside a paragraph, and brackets.
fn furniture(vocabulary: &Vocabulary, body: &mut Text<'_>, paragraph: Range<usize>) {
    let mut at = paragraph.start;
    let mut opens = true;
    while at < paragraph.end {
        let bracket = body.tokens[at].is_mark(body.text, '[') || body.tokens[at].is_mark(body.text, '(');
        if (opens || bracket)
            && let Some(end) = furniture_end(vocabulary, body, at, &paragraph)
        {
            body.mark(at..end, Marks::FURNITURE);
            at = end;
            opens = true;
            continue;
        }
        opens = ends_sentence(body, at) || opens && body.tokens[at].kind == Kind::Mark;
        at += 1;
    }
}

/// The end of the furniture that begins at token `at`, where a sentence begins or a bracket opens.
fn furniture_end(vocabulary: &Vocabulary, body: &Text<'_>, at: usize, paragraph: &Range<usize>) -> Option<usize> {
    let bracket = body.tokens[at].kind == Kind::Mark;
    let first = at + usize::from(bracket);
    let (len, kinds) = vocabulary.furniture.at(&body.tokens, first)?;
    let after = first + len;
    if after > paragraph.end {
        return None; // the words run on over the end of the paragraph
    }
    let has = |kind| kinds.contains(&kind);
    if bracket {
        let close = (after..paragraph.end).find(|&at| body.word(at) == "]" || body.word(at) == ")")?;
        let is_block = has(FurnitureKind::Block) && body.word(at) == "[";
        let is_link = has(FurnitureKind::Link) && body.word(after) == ":" && close - at < LONGEST_LINK;
        return (is_block || is_link).then_some(close + 1);
    }
    let whole = at == paragraph.start;
    let only_marks = (after..paragraph.end).all(|at| body.tokens[at].kind == Kind::Mark);
    if whole && only_marks && (has(FurnitureKind::Line) || has(FurnitureKind::Link)) {
        return Some(paragraph.end);
    }
    let colon = body.word(after) == ":";
    let short = paragraph.end - after <= LONGEST_LINK;
    if (has(FurnitureKind::Caption) && colon && short || has(FurnitureKind::Call) && is_call(body, after, paragraph))
        && whole
    {
        return Some(paragraph.end);
    }
    // The title that a link opens is quoted, follows a colon, or makes a short paragraph without a full stop.
    let quoted = matches!(body.word(after), "'" | "\"" | "“" | "‘");
    let untitled = !body.word(paragraph.end - 1).starts_with(['.', '!', '”', '"']);
    let several = len > 1;
    (has(FurnitureKind::Link) && short && (colon || several && whole && (quoted || untitled))).then_some(paragraph.end)
}

/// Whether what follows the phrase of a call is no sentence of a story: short, and nothing is said in it.
fn is_call(body: &Text<'_>, after: usize, paragraph: &Range<usize>) -> bool {
    let rest = after..paragraph.end;
    rest.len() <= LONGEST_CALL
        && !rest
            .into_iter()
            .any(|at| matches!(body.word(at), "\"" | "“" | "”" | "„" | "«"))
}

/// Marks "By …" lines before the story.
fn bylines(body: &mut Text<'_>) {
    for paragraph in body
        .paragraphs
        .iter()
        .take(LAST_PARAGRAPHS)
        .cloned()
        .collect::<Vec<_>>()
    {
        let opens = matches!(
            body.word(paragraph.start),
            "By" | "BY" | "Oleh" | "Par" | "Von" | "Por" | "Di" | "Door"
        );
        let short = paragraph.len() > 1 && paragraph.len() <= LONGEST_BYLINE;
        let names = paragraph.start + 1 < paragraph.end && {
            let next = paragraph.start + 1 + usize::from(body.word(paragraph.start + 1) == ":");
            body.tokens.get(next).is_some_and(|token| token.is_capital(body.text))
        };
        if opens && short && names && !matches!(body.word(paragraph.end - 1), "." | "?" | "!" | "\"" | "”") {
            body.mark(paragraph, CREDITED);
        }
    }
}

/// The first token of the last part of the body, furniture left out of the count.
fn last_part(body: &Text<'_>) -> usize {
    let story = body.paragraphs.iter().rev().filter(|p| !is_furniture(body, p));
    let third = story
        .take(LAST_PARAGRAPHS)
        .last()
        .map_or(0, |paragraph| paragraph.start);
    let end = body.tokens.last().map_or(0, |token| token.end as usize);
    let near = body
        .tokens
        .partition_point(|token| (token.start as usize) + LAST_BYTES < end);
    // Short last paragraphs are looked through whole; of a body in one paragraph only the last bytes are.
    third.max(near.min(body.paragraphs.last().map_or(0, |p| p.start).max(near)))
}

fn is_furniture(body: &Text<'_>, paragraph: &Range<usize>) -> bool {
    body.marks[paragraph.clone()]
        .iter()
        .all(|marks| marks.any(Marks::FURNITURE))
}

/// Marks "(Reporting by …; Editing by …)", "Pewarta: …", "… contributed to this report".
fn sign_offs(vocabulary: &Vocabulary, body: &mut Text<'_>) {
    let last = last_part(body);
    for paragraph in body.paragraphs.clone() {
        let mut at = paragraph.start;
        while at < paragraph.end {
            match sign_off_at(vocabulary, body, at, &paragraph, last) {
                Some(zone) => {
                    at = zone.end.max(at + 1);
                    body.mark(zone, CREDITED);
                }
                None => at += 1,
            }
        }
    }
}

/// The sign-off whose phrase starts at token `at`.
fn sign_off_at(
    vocabulary: &Vocabulary,
    body: &Text<'_>,
    at: usize,
    paragraph: &Range<usize>,
    last: usize,
) -> Option<Range<usize>> {
    let (len, kinds) = vocabulary.furniture.at(&body.tokens, at)?;
    let bracketed = at > paragraph.start && matches!(body.word(at - 1), "(" | "[");
    let opens = at == paragraph.start || ends_sentence(body, at - 1);
    for kind in kinds {
        match kind {
            FurnitureKind::SignOff if bracketed => {
                let longest = paragraph.end.min(at + LONGEST_SIGN_OFF);
                let close = (at + len..longest).find(|&at| matches!(body.word(at), ")" | "]"));
                return Some(at - 1..close.map_or(longest, |close| close + 1));
            }
            FurnitureKind::SignOff if opens && at >= last && len > 1 && starts_name(body, at + len) => {
                return Some(at..sign_off_end(body, at, paragraph.end));
            }
            FurnitureKind::Signature if at >= last && is_signature(body, at, len) => return Some(at..paragraph.end),
            FurnitureKind::CreditLine if at >= last => return Some(sentence_around(body, at, len, paragraph)),
            _ => {}
        }
    }
    None
}

/// A sign-off without a bracket ends with its paragraph: what follows it is other furniture.
fn sign_off_end(body: &Text<'_>, at: usize, end: usize) -> usize {
    end.min(at + LONGEST_SIGN_OFF).min(body.tokens.len())
}

fn starts_name(body: &Text<'_>, at: usize) -> bool {
    body.tokens.get(at).is_some_and(|token| token.is_capital(body.text))
}

fn is_signature(body: &Text<'_>, at: usize, len: usize) -> bool {
    let phrase = body.slice(at..at + len);
    body.word(at + len) == ":" || phrase.ends_with(':') || phrase.contains('©')
}

/// The sentence that holds the phrase.
fn sentence_around(body: &Text<'_>, at: usize, len: usize, paragraph: &Range<usize>) -> Range<usize> {
    let start = (paragraph.start..at)
        .rev()
        .find(|&at| ends_sentence(body, at))
        .map_or(paragraph.start, |end| end + 1);
    let end = (at + len..paragraph.end)
        .find(|&at| ends_sentence(body, at))
        .map_or(paragraph.end, |end| end + 1);
    start..end
}

/// Whether a sentence ends with token `at`.
fn ends_sentence(body: &Text<'_>, at: usize) -> bool {
    body.tokens.get(at).is_some_and(|token| token.kind == Kind::Mark)
        && matches!(
            body.word(at),
            "." | "!" | "?" | "”" | "\"" | ")" | "]" | "。" | "…" | "»"
        )
}

/// Marks the initials or the agency in brackets that end a story: "(abc/def)", "(ANTARA/xyz)", "(dpa)".
fn initials(vocabulary: &Vocabulary, body: &mut Text<'_>) {
    let ends: Vec<usize> = body
        .paragraphs
        .iter()
        .rev()
        .filter(|p| !is_furniture(body, p))
        .take(2)
        .map(|p| p.end)
        .collect();
    for end in ends {
        let unmarked = (0..end).rev().find(|&at| !body.marks[at].any(Marks::FURNITURE));
        let Some(close) = unmarked.filter(|&at| matches!(body.word(at), ")" | "]")) else {
            continue;
        };
        let Some(open) = (close.saturating_sub(10)..close)
            .rev()
            .find(|&at| matches!(body.word(at), "(" | "["))
        else {
            continue;
        };
        let alone = open == 0 || ends_sentence(body, open - 1) || body.paragraphs.iter().any(|p| p.start == open);
        if alone && is_signing(vocabulary, body, open + 1..close) {
            body.mark(open..close + 1, CREDITED);
        }
    }
}

/// Whether what stands in brackets is initials or agencies.
fn is_signing(vocabulary: &Vocabulary, body: &Text<'_>, inside: Range<usize>) -> bool {
    if inside.is_empty() || body.slice(inside.clone()).len() > 40 {
        return inside.is_empty();
    }
    let slash = inside.clone().any(|at| matches!(body.word(at), "/" | "-" | "*"));
    let words = inside.clone().filter(|&at| body.tokens[at].kind == Kind::Word).count();
    let small = inside
        .clone()
        .all(|at| body.tokens[at].case == Case::Lower && body.word(at).len() <= 4);
    let source = inside.clone().any(|at| {
        vocabulary
            .sources
            .named_at(body.text, &body.tokens[..inside.end], at)
            .is_some()
    });
    let number = inside.clone().any(|at| body.tokens[at].kind == Kind::Number);
    source && words <= 5 || slash && words <= 4 && !number || small && words == 1
}

#[cfg(test)]
mod tests;
