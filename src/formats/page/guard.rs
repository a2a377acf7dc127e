//! How deep a page nests and how many attributes its tags have, told before it is parsed: a parser of browsers' rules takes time that
//! grows with the square of both.
//!
//! The tags are counted as such a parser nests them: end tags do not reach out of tables, those of inline elements do not close blocks,
//! and `b`, `font` and their kind go on behind the block that they were left open in.

use crate::formats::html::VOID;
use crate::formats::{Bounds, Refused};

/// Elements that the parser ends by itself where the next begins, so that they never nest.
const OPTIONAL: [&str; 9] = ["p", "tr", "thead", "tbody", "tfoot", "option", "html", "head", "body"];

/// Elements of lists, which the parser ends where the next of the same list begins.
const LISTED: [&[&str]; 2] = [&["li"], &["dt", "dd"]];

/// Elements that hold no tags.
const RAW: [&str; 7] = ["script", "style", "textarea", "title", "noscript", "xmp", "iframe"];

/// Elements that go on behind the block that they were left open in.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements that end tags of what is around them do not close.
const WALLS: [&str; 8] = [
    "table", "td", "th", "caption", "object", "template", "marquee", "applet",
];

/// Inline elements that a block in them keeps open.
const INLINE: [&str; 14] = [
    "span", "label", "abbr", "cite", "q", "sub", "sup", "mark", "time", "var", "kbd", "samp", "del", "ins",
];

/// As many of the same `b` or `font` go on, as the HTML standard says.
const MAX_ALIKE: usize = 3;

/// Refuses a page over a bound.
///
/// # Errors
/// With the byte, the figure and the flag.
pub(super) fn check(text: &str, bounds: &Bounds) -> Result<(), Refused> {
    let mut open = Open::default();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        at += found;
        let rest = &text[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            at += 4 + end_of_comment(comment);
            continue;
        }
        let Some(tag) = Tag::read(rest) else {
            at += 1;
            continue;
        };
        tag.check(at, bounds)?;
        at += tag.length;
        let name = tag.name.as_str();
        if tag.closes {
            open.close(name);
        } else if RAW.contains(&name) && !open.is_foreign() {
            at += end_of_raw(&text[at..], name);
        } else if !(VOID.contains(&name) || open.is_foreign() && tag.attributes.ends_with('/')) {
            open.open(&tag);
            if open.elements.len() > bounds.depth {
                let reason = format!(
                    "<{name}> at byte {} is nested deeper than {} levels: no story is; leave it out, or raise --max-depth",
                    at - tag.length,
                    bounds.depth
                );
                return Err(Refused::rejected(reason, at - tag.length));
            }
        }
    }
    Ok(())
}

/// A page without `b`, `font` and their kind: they hold nothing that is read, and careless pages leave hundreds of them open.
pub(super) fn without_formatting(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let tag = Tag::read(rest).filter(|tag| tag.name != "a" && FORMATTING.contains(&tag.name.as_str()));
        let length = tag.map_or(0, |tag| tag.length);
        out.push_str(if length == 0 { "<" } else { "" });
        rest = &rest[length.max(1)..];
    }
    out.push_str(rest);
    out
}

/// A tag as the parser reads it: up to the first `>` outside of a quoted value.
struct Tag<'t> {
    name: String,
    attributes: &'t str,
    count: usize,
    closes: bool,
    length: usize,
}

impl<'t> Tag<'t> {
    fn read(rest: &'t str) -> Option<Self> {
        let inner = &rest[1..];
        let closes = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let named = inner
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
            .unwrap_or(inner.len());
        let (mut quote, mut value, mut inside, mut count) = (None, false, false, 0);
        let mut end = inner.len();
        for (at, byte) in inner.bytes().enumerate().skip(named) {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'>') => {
                    end = at;
                    break;
                }
                (None, b'"' | b'\'') if value => quote = Some(byte),
                (None, b' ' | b'\t' | b'\n' | b'\r' | b'/') => inside = false,
                _ if !inside => {
                    inside = true;
                    count += 1;
                }
                _ => {}
            }
            value = byte == b'=' || (value && byte.is_ascii_whitespace());
        }
        Some(Self {
            name: inner[..named].to_ascii_lowercase(),
            attributes: &inner[named..end],
            count,
            closes,
            length: (rest.len() - inner.len() + end + 1).min(rest.len()),
        })
    }

    fn check(&self, at: usize, bounds: &Bounds) -> Result<(), Refused> {
        if self.count <= bounds.attributes {
            return Ok(());
        }
        let reason = format!(
            "<{}> at byte {at} has {} attributes; {} are the most: leave it out, or raise --max-attributes",
            self.name, self.count, bounds.attributes
        );
        Err(Refused::rejected(reason, at))
    }
}

/// The elements that are open: names, and the attributes of those that go on.
#[derive(Default)]
struct Open {
    elements: Vec<(String, String)>,
    foreign: usize,
}

impl Open {
    /// Whether a drawing or a formula is open: there every element nests, and tags may end themselves.
    fn is_foreign(&self) -> bool {
        self.foreign > 0
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        if matches!(name, "td" | "th" | "tr") && !self.is_foreign() {
            self.close_cell();
        }
        if OPTIONAL.contains(&name) && !self.is_foreign() {
            return;
        }
        if let Some(alike) = LISTED.iter().find(|alike| alike.contains(&name)) {
            self.close_listed(alike);
        }
        // A link ends the one before it.
        if name == "a" && !self.is_foreign() {
            self.close(name);
        }
        self.foreign += usize::from(is_foreign(name));
        self.elements.push((name.to_owned(), tag.attributes.to_owned()));
    }

    /// A new element of a list closes the one before it, unless a block stands between them.
    fn close_listed(&mut self, alike: &[&str]) {
        let is_passed =
            |own: &str| FORMATTING.contains(&own) || INLINE.contains(&own) || matches!(own, "div" | "address");
        let at = self.elements.iter().rposition(|(own, _)| !is_passed(own));
        if let Some(at) = at.filter(|at| alike.contains(&self.elements[*at].0.as_str())) {
            self.leave(at);
        }
    }

    /// A new row or cell closes all that is open in its table.
    fn close_cell(&mut self) {
        if let Some(table) = self.elements.iter().rposition(|(own, _)| own == "table") {
            self.cut(table + 1);
        }
    }

    fn close(&mut self, name: &str) {
        if matches!(name, "td" | "th" | "tr") {
            self.close_cell();
            return;
        }
        let wall = self
            .elements
            .iter()
            .rposition(|(own, _)| WALLS.contains(&own.as_str()) && own != name);
        let wall = if WALLS.contains(&name) { None } else { wall };
        let Some(at) = self.elements.iter().rposition(|(own, _)| own == name) else {
            return;
        };
        if wall.is_some_and(|wall| wall > at) {
            return;
        }
        if FORMATTING.contains(&name) {
            self.elements.remove(at);
        } else if WALLS.contains(&name) {
            self.cut(at);
        } else if INLINE.contains(&name) {
            let inline = |own: &str| INLINE.contains(&own) || FORMATTING.contains(&own);
            if self.elements[at..].iter().all(|(own, _)| inline(own)) {
                self.leave(at);
            }
        } else {
            self.leave(at);
        }
    }

    /// Closes everything from a place on.
    fn cut(&mut self, at: usize) {
        self.elements.truncate(at);
        self.foreign = self.elements.iter().filter(|(own, _)| is_foreign(own)).count();
    }

    /// Closes what is open from a place on, but for what goes on.
    fn leave(&mut self, at: usize) {
        let closed = self.elements.split_off(at);
        for (place, element) in closed.iter().enumerate() {
            let alike = closed[place + 1..].iter().filter(|own| *own == element).count();
            if FORMATTING.contains(&element.0.as_str()) && alike < MAX_ALIKE {
                self.elements.push(element.clone());
            }
        }
        self.foreign = self.elements.iter().filter(|(own, _)| is_foreign(own)).count();
    }
}

fn is_foreign(name: &str) -> bool {
    matches!(name, "svg" | "math")
}

/// Where what follows `<!--` ends: `>` and `->` end it at once.
fn end_of_comment(comment: &str) -> usize {
    for short in [">", "->"] {
        if comment.starts_with(short) {
            return short.len();
        }
    }
    let mut from = 0;
    while let Some(found) = comment[from..].find("--") {
        from += found + 2;
        let rest = &comment[from..];
        for end in [">", "!>"] {
            if rest.starts_with(end) {
                return from + end.len();
            }
        }
        // `--->` ends it too.
        from -= usize::from(rest.starts_with('-'));
    }
    comment.len()
}

/// Where the end tag of an element without tags stands.
fn end_of_raw(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(found) = rest[from..].find("</") {
        from += found;
        let tail = &rest.as_bytes()[from + 2..];
        if tail.len() >= name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return from;
        }
        from += 2;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_way_of_writing_gets_deep_tags_by() {
        let many = 2_000;
        let deep = [
            "<div/>",
            "<div <>",
            "<span><div></span>",
            "<div><table></div>",
            "<b><div></b>",
            "<optgroup>",
            "<rt>",
            "<svg><tr>",
            "<!--><div>",
            "<div a=\"</div>\">",
        ];
        for tags in deep {
            assert!(check(&tags.repeat(many), &Bounds::default()).is_err(), "{tags}");
        }
        let other = (0..many)
            .map(|n| format!("<div><b id={n}>x</div>"))
            .collect::<Vec<_>>()
            .concat();
        assert!(check(&other, &Bounds::default()).is_err());
        assert!(check(&format!("<svg><title>{}", "<i id=1>".repeat(many)), &Bounds::default()).is_err());
    }

    #[test]
    fn careless_pages_pass() {
        let many = 2_000;
        let flat = [
            "<p><li>x",
            "<table><tr><td><font size=1>x<td>y</table>",
            "<br><img src=a>",
            "<a href=x>x</a>",
            "<script>if (a<b) '<div>'</script>",
            "<!-- <div> -->",
            "<option>x",
            "<svg><path d=x /></svg>",
            "<div><span>x</div>",
        ];
        for tags in flat {
            let checked = check(&tags.repeat(many), &Bounds::default());
            assert!(checked.is_ok(), "{tags}: {checked:?}");
        }
        let open = "<div><b>x</div><p><font size=1>y".repeat(many);
        assert!(check(&open, &Bounds::default()).is_err());
        assert!(check(&without_formatting(&open), &Bounds::default()).is_ok());
    }
}
