//! How deep a page nests and how many attributes its tags have, told before it is parsed: a parser of browsers' rules takes time that
//! grows with the square of both.

use crate::formats::html::{Tag, VOID};
use crate::formats::{Bounds, Refused};

/// Elements whose end tag may be left out: the parser ends them where the next begins, so they never nest by themselves.
#[rustfmt::skip]
const OPTIONAL: [&str; 17] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "html", "head", "body",
    "colgroup", "rt",
];

/// Elements that hold no tags.
const RAW: [&str; 6] = ["script", "style", "textarea", "title", "noscript", "xmp"];

/// Refuses a page over a bound.
///
/// # Errors
/// With the byte, the figure and the flag.
pub(super) fn check(text: &str, bounds: &Bounds) -> Result<(), Refused> {
    let mut open: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        at += found;
        let rest = &text[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let Some(end) = comment.find("-->") else { return Ok(()) };
            at += 4 + end + 3;
            continue;
        }
        let Some(tag) = Tag::read(rest) else {
            at += 1;
            continue;
        };
        attributes(&tag, at, bounds)?;
        let name = tag.name.as_str();
        if tag.closes {
            if let Some(last) = open.iter().rposition(|own| own == name) {
                open.truncate(last);
            }
        } else if RAW.contains(&name) {
            let Some(end) = end_of_raw(&rest[tag.length..], name) else { return Ok(()) };
            at += end;
        } else if tag.opens && !OPTIONAL.contains(&name) && !VOID.contains(&name) {
            if open.len() >= bounds.depth {
                let reason = format!(
                    "<{name}> at byte {at} is nested deeper than {} levels: no story is; leave it out, or raise --max-depth",
                    bounds.depth
                );
                return Err(Refused::rejected(reason, at));
            }
            open.push(tag.name);
        }
        at += tag.length;
    }
    Ok(())
}

fn attributes(tag: &Tag<'_>, at: usize, bounds: &Bounds) -> Result<(), Refused> {
    // More than this many bytes are needed for so many attributes: most tags are not looked into.
    if tag.attributes.len() <= bounds.attributes * 2 {
        return Ok(());
    }
    let (mut count, mut quote, mut inside) = (0_usize, None, false);
    for c in tag.attributes.chars() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, _) if c.is_whitespace() => inside = false,
            (None, _) if !inside => {
                inside = true;
                count += 1;
            }
            _ => {}
        }
    }
    if count <= bounds.attributes {
        return Ok(());
    }
    let reason = format!(
        "<{}> at byte {at} has {count} attributes; {} are the most: leave it out, or raise --max-attributes",
        tag.name, bounds.attributes
    );
    Err(Refused::rejected(reason, at))
}

/// Where the end tag of an element without tags stands.
fn end_of_raw(rest: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = rest[from..].find("</") {
        from += found;
        let tail = &rest.as_bytes()[from + 2..];
        if tail.len() >= name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return Some(from);
        }
        from += 2;
    }
    None
}
