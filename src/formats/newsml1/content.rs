//! The texts of an item → the body: NITF, XHTML, markup that is quoted whole, plain lines.

use super::super::html;
use super::super::markup;
use super::super::nitf::nitf_into;
use super::super::warnings::Warnings;
use super::super::xml::{self, Element};
use super::kinds;
use super::parts::Part;
use crate::formats::Bounds;
use crate::story::Filing;

/// Initials have few letters.
const MAX_INITIALS: usize = 4;

/// A line of initials is short.
const MAX_SIGN_OFF: usize = 32;

/// Puts texts into the filing, one after the other, each under its own headline where it has one.
pub(super) fn body_into(
    texts: &[Part<'_>],
    common: usize,
    bounds: &Bounds,
    filing: &mut Filing,
    warnings: &mut Warnings,
) {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut last: Option<usize> = None;
    for part in texts {
        one(part.content, bounds, filing, warnings);
        let body = std::mem::take(&mut filing.ninjs.bodies);
        let lines = body.first().map_or("", |body| body.value.as_str());
        if lines.is_empty() {
            continue;
        }
        // Several stories in one item: each keeps its headline.
        let own = part.place.headline.filter(|(depth, _)| *depth > common);
        if let Some((_, headline)) = own.filter(|(_, headline)| last != Some(headline.offset)) {
            last = Some(headline.offset);
            let new = |text: &String| text != filing.ninjs.headline() && !lines.starts_with(text.as_str());
            paragraphs.extend(headline.text().filter(new));
        }
        paragraphs.extend(lines.lines().map(str::to_owned));
    }
    cut_sign_off(&mut paragraphs, filing);
    if !paragraphs.is_empty() {
        filing.ninjs.set_body(paragraphs.join("\n"));
    }
}

/// Cuts the line that closes a text and is none: the initials of who wrote and edited it, or the name of the agency.
fn cut_sign_off(paragraphs: &mut Vec<String>, filing: &mut Filing) {
    let Some(last) = paragraphs.last().filter(|_| paragraphs.len() > 1) else {
        return;
    };
    if is_initials(last) {
        paragraphs.pop();
        return;
    }
    let bare = last.trim_matches(['=', '-', '–', '—', ' ', '.']);
    if bare != last && is_own_name(bare, filing) {
        filing.credit_line.get_or_insert_with(|| bare.to_owned());
        paragraphs.pop();
    }
}

/// Whether a line is initials parted by slashes: `hh/ph/ts`, `کب/ب ق`.
fn is_initials(line: &str) -> bool {
    let mut pieces = line.split(['/', '-', ' ']).filter(|piece| !piece.is_empty());
    let short = |piece: &str| piece.chars().count() <= MAX_INITIALS && piece.chars().all(char::is_alphabetic);
    line.contains('/') && pieces.all(short) && line.chars().count() <= MAX_SIGN_OFF
}

/// Whether a line is the name of who sent the story.
fn is_own_name(line: &str, filing: &Filing) -> bool {
    let sources = filing.ninjs.info_sources.iter().map(|source| source.name.as_str());
    let same = |own: &str| own.eq_ignore_ascii_case(line) || own.eq_ignore_ascii_case(&[line, "news"].concat());
    sources.chain(filing.credit_line.as_deref()).any(same)
}

/// Puts the text of one content item into the filing as its body, and what its own head says where the filing is silent.
fn one(content: &Element, bounds: &Bounds, filing: &mut Filing, warnings: &mut Warnings) {
    let Some(data) = kinds::data_of(content) else { return };
    if data.elements().next().is_some() {
        structured(data, filing, warnings);
        return;
    }
    let raw = data.own_text();
    let lower = raw.get(..512.min(raw.len())).unwrap_or(&raw).to_ascii_lowercase();
    if lower.contains("<nitf") {
        // NITF that is quoted whole, and whole in itself.
        if let Ok(document) = xml::read(raw.trim().as_bytes(), bounds) {
            nitf_into(&document.root, filing, warnings);
            return;
        }
    }
    let paragraphs = html::plain_body(&raw).lines().map(str::to_owned).collect();
    markup::body_into(paragraphs, filing);
}

fn structured(data: &Element, filing: &mut Filing, warnings: &mut Warnings) {
    if let Some(nitf) = data.elements().find(|it| it.name.eq_ignore_ascii_case("nitf")) {
        nitf_into(nitf, filing, warnings);
        return;
    }
    markup::body_into(markup::paragraphs(data), filing);
}
