//! The paragraphs of a body → the filing: what stands at their head and foot and is no text.

use super::super::plain::is_byline;
use crate::story::Filing;

/// Lines by which agencies close a text, in plain letters.
const CLOSING: [&str; 8] = ["ends", "end", "(end)", "(ends)", "-end-", "-ends-", "-30-", "###"];

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
    let closing = |line: &String| CLOSING.contains(&line.to_lowercase().as_str());
    while paragraphs.len() > 1 && paragraphs.last().is_some_and(closing) {
        paragraphs.pop();
    }
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
