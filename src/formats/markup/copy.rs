//! The paragraphs of a body → the filing: what stands at their head and foot and is no text.

use super::super::plain::is_byline;
use crate::story::Filing;

/// Lines by which agencies close a text, in plain letters.
const CLOSING: [&str; 8] = ["ends", "end", "(end)", "(ends)", "-end-", "-ends-", "-30-", "###"];

/// Agencies that close a text with their letters and those of who wrote it: "AAP RTV ar", "AFP sn".
const SIGNING: [&str; 6] = ["AAP", "AFP", "AP", "DPA", "NZPA", "PA"];

/// How many notes ("Adds quotes", "* Shares fall") may stand over a byline.
const MAX_NOTES: usize = 10;

/// Puts paragraphs in as the body, without a byline at their head, which becomes the filing's own, and without the word that closes them.
/// A body that is there stays.
pub(in crate::formats) fn body_into(mut paragraphs: Vec<String>, filing: &mut Filing) {
    if !filing.ninjs.bodies.is_empty() {
        return;
    }
    if let Some(by) = cut_byline(&mut paragraphs, filing) {
        filing.ninjs.by = Some(by);
    }
    if paragraphs.first().is_some_and(|first| first == filing.ninjs.headline()) && paragraphs.len() > 1 {
        paragraphs.remove(0);
    }
    close(&mut paragraphs, filing);
    // A dateline that the text opens with stands there and not apart from it.
    let opens = |dateline: &String| {
        let first = paragraphs.first().map(String::as_str).unwrap_or_default();
        let opening = first.get(..dateline.len()).unwrap_or_default();
        opening.eq_ignore_ascii_case(dateline)
    };
    filing.dateline = filing.dateline.take().filter(|dateline| !opens(dateline));
    if !paragraphs.is_empty() {
        filing.ninjs.set_body(paragraphs.join("\n"));
    }
}

/// Whether a line closes the text and is none of it. What it tells is put where the filing says nothing of it yet: the rights
/// notice, and the agency's name.
fn closes(line: &str, filing: &mut Filing) -> bool {
    if CLOSING.contains(&line.to_lowercase().as_str()) || is_initials(line) {
        return true;
    }
    if line.starts_with(['©', '(']) && line.trim_start_matches('(').starts_with('©') {
        filing
            .ninjs
            .copyright_notice
            .get_or_insert_with(|| line.trim_matches(['(', ')']).to_owned());
        return true;
    }
    let name = signature(line).filter(|name| !line.starts_with('(') || is_own(name, filing));
    if let Some(name) = name {
        filing.credit_line.get_or_insert_with(|| name.to_owned());
    }
    name.is_some()
}

/// Whether a line is the initials of who wrote and edited the text: `atr/hch/ms`.
fn is_initials(line: &str) -> bool {
    let initials = |piece: &str| (1..=4).contains(&piece.len()) && piece.bytes().all(|c| c.is_ascii_lowercase());
    line.contains('/') && line.len() <= 24 && line.split('/').all(initials)
}

/// The agency in the line that it closes its texts with: `/ritzau/`, `(ANSA).`, `AAP RTV ar`.
fn signature(line: &str) -> Option<&str> {
    let bare = line.trim_end_matches('.');
    let inside = |open, close| bare.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
    if let Some(name) = inside('(', ')').or_else(|| inside('/', '/')) {
        let is_name = name.chars().all(|c| c.is_alphabetic() || c == '-') && name.chars().count() > 1;
        return is_name.then_some(name);
    }
    let (agency, letters) = line.split_once(' ')?;
    let code = |word: &str| word.len() <= 4 && word.bytes().all(|c| c.is_ascii_alphabetic());
    let signs = SIGNING.contains(&agency) && letters.split(' ').count() <= 2 && letters.split(' ').all(code);
    signs.then_some(agency)
}

/// Whether a name is that of one who sent the story: "(more)" closes a text too.
fn is_own(name: &str, filing: &Filing) -> bool {
    let sources = filing.ninjs.info_sources.iter().map(|source| source.name.as_str());
    sources
        .chain(filing.credit_line.as_deref())
        .any(|own| own.eq_ignore_ascii_case(name))
}

/// Whether a line is drawn, not written: `___`, `* * *`.
fn is_rule(line: &str) -> bool {
    let marks = line.chars().filter(|c| *c != ' ');
    line.len() > 2 && marks.clone().all(|c| matches!(c, '_' | '-' | '*' | '=' | '—' | '–')) && marks.count() > 2
}

/// Takes out of a filing's body what closes it and is none of it.
pub(in crate::formats) fn cut_closing(filing: &mut Filing) {
    let mut paragraphs: Vec<String> = filing.ninjs.body().lines().map(str::to_owned).collect();
    let before = paragraphs.len();
    close(&mut paragraphs, filing);
    if paragraphs.len() < before {
        filing.ninjs.set_body(paragraphs.join("\n"));
    }
}

fn close(paragraphs: &mut Vec<String>, filing: &mut Filing) {
    if paragraphs.len() > 1 {
        paragraphs.retain(|line| !is_rule(line));
    }
    while paragraphs.len() > 1 && paragraphs.last().is_some_and(|last| closes(last, filing)) {
        paragraphs.pop();
    }
}

/// The byline that opens a text, behind notes on what is new if there are any. It is the printed one, so it wins over one that
/// the head of the item has.
fn cut_byline(paragraphs: &mut Vec<String>, filing: &Filing) -> Option<String> {
    let is_note = |line: &&String| line.starts_with(['(', '*']);
    let at = paragraphs.iter().take(MAX_NOTES).take_while(is_note).count();
    let first = paragraphs.get(at)?;
    let plain = |text: &str| text.trim_start_matches("By ").to_lowercase();
    let own = filing.ninjs.by.as_deref();
    let known = own.is_some_and(|by| plain(by) == plain(first));
    // "By the numbers" is a heading.
    let names = first
        .split_whitespace()
        .nth(1)
        .is_some_and(|word| word.starts_with(char::is_uppercase));
    let found = known || (is_byline(first) && names);
    found.then(|| paragraphs.remove(at))
}
