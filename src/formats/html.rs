//! HTML (and the XHTML and NITF inside ninjs) → plain text, a paragraph a line. A reader of fragments, not of pages: it knows which
//! tags break a paragraph and which hold no text, and takes everything else as running text.

use super::entities::reference;
use super::paragraphs::{one_line, paragraphs};
use super::seam::Seam;

/// Elements whose text is not the story's: a caption tells of a picture that is not here.
#[rustfmt::skip]
const DROPPED: [&str; 18] = [
    "script", "style", "head", "noscript", "template", "iframe", "svg", "object", "select", "button", "textarea",
    "math", "nav", "form", "body.head", "docdata", "title", "figcaption",
];

/// Elements that begin and end a paragraph. The last two rows are NITF's and XHTML's of wire systems.
#[rustfmt::skip]
pub(super) const BLOCKS: [&str; 47] = [
    "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "thead",
    "tbody", "tfoot", "caption", "section", "article", "aside", "header", "footer", "main", "body", "html",
    "blockquote", "pre", "hr", "figure", "address", "details", "summary", "center", "fieldset",
    "legend", "video", "audio", "hl1", "hl2", "block", "media", "media-caption", "para",
];

/// Elements that have no end tag.
#[rustfmt::skip]
pub(super) const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
];

/// The class by which dpa marks what is for editors only: contacts and telephone numbers. It must not be found or shown.
const NOT_FOR_PUBLICATION: &str = "np-nonpublic";

/// Whether a text is markup: it has a tag that HTML knows, closed or with attributes, or an HTML character reference.
pub(super) fn is_markup(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(tag) = Tag::read(rest) {
            let known = BLOCKS.contains(&tag.name.as_str()) || INLINE.contains(&tag.name.as_str());
            if known || DROPPED.contains(&tag.name.as_str()) {
                return true;
            }
        }
        rest = &rest[1..];
    }
    text.match_indices('&').any(|(at, _)| matches!(reference(&text[at..]), Some((_, length)) if length > 3 && text[at..].get(length - 1..length) == Some(";")))
}

/// Inline elements by which markup is told.
#[rustfmt::skip]
const INLINE: [&str; 14] = [
    "a", "b", "i", "em", "strong", "span", "u", "sup", "sub", "img", "font", "small", "cite", "q",
];

/// The text of a fragment: a paragraph a line, white space collapsed, character references read, table cells parted by ` | `.
pub(super) fn to_text(html: &str) -> String {
    let mut text = Text::default();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            let (c, length) = reference(rest).unwrap_or(('&', 1));
            text.push(c);
            rest = &rest[length..];
        } else {
            rest = markup(rest, &mut text);
        }
    }
    text.push_str(rest);
    text.finish()
}

/// Plain paragraphs of a text that may be markup, even markup that was escaped again and again.
pub(super) fn plain_body(text: &str) -> String {
    if !is_markup(text) {
        return paragraphs(text).join("\n");
    }
    let mut read = once(text);
    for _ in 0..MAX_ESCAPES {
        if !(read.contains("</") || read.contains("&lt;/")) || !is_markup(&read) {
            break;
        }
        read = once(&read);
    }
    read
}

/// Markup is escaped this often again at most, by one system that puts the feed of another into its own.
const MAX_ESCAPES: usize = 3;

fn once(text: &str) -> String {
    if text.contains('<') {
        return to_text(text);
    }
    // Bare references in text with line ends: the lines are the paragraphs, so they are read one by one.
    let lines = text.lines().map(to_text).collect::<Vec<_>>().join("\n");
    paragraphs(&lines).join("\n")
}

/// One line of a text that may be markup.
pub(super) fn plain_line(text: &str) -> String {
    if is_markup(text) {
        one_line(&to_text(text))
    } else {
        one_line(text)
    }
}

/// Takes what stands at `<`: a comment, a CDATA section, a tag with what it drops, or a bare `<`. Returns what follows.
fn markup<'h>(rest: &'h str, text: &mut Text) -> &'h str {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.find("-->").map_or("", |end| &comment[end + 3..]);
    }
    if let Some(data) = rest.strip_prefix("<![CDATA[") {
        let end = data.find("]]>").unwrap_or(data.len());
        text.push_str(&data[..end]);
        return data.get(end + 3..).unwrap_or("");
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return rest.find('>').map_or("", |end| &rest[end + 1..]);
    }
    let Some(tag) = Tag::read(rest) else {
        text.push('<');
        return &rest[1..];
    };
    let after = &rest[tag.length..];
    let name = tag.name.as_str();
    if tag.opens && (DROPPED.contains(&name) || tag.is_hidden()) {
        return after_element(after, name);
    }
    if BLOCKS.contains(&name) {
        text.end_paragraph();
    } else if matches!(name, "span" | "a" | "b" | "strong" | "em") {
        text.pass_inline(tag.closes);
    } else if matches!(name, "td" | "th") && tag.opens {
        text.start_cell();
    }
    after
}

/// What follows the end tag of the element `name` that was just opened; nothing where it is never closed.
fn after_element<'h>(mut rest: &'h str, name: &str) -> &'h str {
    let raw = matches!(name, "script" | "style" | "textarea");
    let mut depth = 1_usize;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let Some(tag) = Tag::read(rest) else {
            rest = &rest[1..];
            continue;
        };
        if tag.name == name {
            if tag.closes {
                depth -= 1;
            } else if tag.opens && !raw {
                depth += 1;
            }
        }
        // A script may hold "<" and quotes that look like a tag: step over one byte only.
        rest = &rest[if raw && depth > 0 { 1 } else { tag.length }..];
        if depth == 0 {
            return rest;
        }
    }
    ""
}

/// A tag: its name in lower case, its attributes as written, its length in bytes.
#[derive(Debug)]
struct Tag<'h> {
    name: String,
    attributes: &'h str,
    opens: bool,
    closes: bool,
    length: usize,
}

impl<'h> Tag<'h> {
    /// The tag that a text opens with; `None` where its `<` is bare.
    fn read(text: &'h str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let closes = inner.starts_with('/');
        // Careless writers put a space after the slash: `</ br>`.
        let inner = inner.strip_prefix('/').map_or(inner, str::trim_start);
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let named = inner
            .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<'))
            .unwrap_or(inner.len());
        let (name, rest) = inner.split_at(named);
        let end = tag_end(rest)?;
        let attributes = &rest[..end];
        let name = name.to_ascii_lowercase();
        let empty = attributes.ends_with('/') || VOID.contains(&name.as_str());
        let length = text.len() - inner.len() + named + end + 1;
        Some(Self {
            opens: !closes && !empty,
            name,
            attributes,
            closes,
            length,
        })
    }

    /// Whether its element is not for the reader.
    fn is_hidden(&self) -> bool {
        self.attributes.contains(NOT_FOR_PUBLICATION)
    }
}

/// The place of the `>` that ends a tag, quotes stepped over. Where a quote is left open, the first `>`. A `<` before it makes the
/// first one bare, and keeps the search short however many there are.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            (None, b'"' | b'\'') if rest.as_bytes()[..at].last() == Some(&b'=') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    rest.find('>')
}

/// Text as it grows: paragraphs, with white space collapsed.
#[derive(Debug, Default)]
pub(super) struct Text {
    done: String,
    paragraph: String,
    space: bool,
    seam: Seam,
}

impl Text {
    /// Takes running text.
    pub(super) fn push_str(&mut self, text: &str) {
        text.chars().for_each(|c| self.push(c));
    }

    fn push(&mut self, c: char) {
        match c {
            // Soft hyphens and zero-width marks are hints for a typesetter.
            '\u{AD}' | '\u{200B}' | '\u{FEFF}' => {}
            _ if c.is_whitespace() => self.space = true,
            _ if c.is_control() => {}
            _ => {
                let glued = self.seam.glues(&self.paragraph, c);
                if (self.space || glued) && !self.paragraph.is_empty() {
                    self.paragraph.push(' ');
                }
                self.space = false;
                self.seam = Seam::No;
                self.paragraph.push(c);
            }
        }
    }

    /// Notes that an inline element ends or begins here.
    pub(super) fn pass_inline(&mut self, closes: bool) {
        self.seam = if closes { Seam::Closed } else { self.seam.opened() };
    }

    /// Parts a table's cell from the one before it.
    pub(super) fn start_cell(&mut self) {
        if !self.paragraph.is_empty() {
            self.paragraph.push_str(" |");
            self.space = true;
        }
    }

    /// Ends the paragraph.
    pub(super) fn end_paragraph(&mut self) {
        self.space = false;
        let cells_only = self.paragraph.chars().all(|c| matches!(c, ' ' | '|'));
        if !cells_only {
            if !self.done.is_empty() {
                self.done.push('\n');
            }
            self.done.push_str(&self.paragraph);
        }
        self.paragraph.clear();
    }

    /// The paragraphs, one a line.
    pub(super) fn finish(mut self) -> String {
        self.end_paragraph();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_break_paragraphs_and_inline_tags_do_not() {
        assert_eq!(
            to_text(
                "<p>The <b>port</b> of\n  Lunde<br/>reopened.</p>\n\n<P class=\"a>b\">It was <a href='x'>shut</a>.</P>"
            ),
            "The port of Lunde\nreopened.\nIt was shut."
        );
        assert_eq!(to_text("no&nbsp;tags &amp; AT&T &lt;p&gt;"), "no tags & AT&T <p>");
    }

    #[test]
    fn what_is_not_story_is_dropped() {
        assert_eq!(
            to_text("a<script>if (a</b) x='</p>'</script>b<!-- c -->d<style>p{}</style>"),
            "abd"
        );
        assert_eq!(
            to_text("<p>a</p><section class=\"np-nonpublic\"><section>Tel</section> 030</section><p>b</p>"),
            "a\nb"
        );
        assert_eq!(to_text("<html><head><title>t</title></head><body>x</body></html>"), "x");
        assert_eq!(to_text("<p>a</p><script>never closed"), "a");
    }

    #[test]
    fn tables_and_lists_stay_readable() {
        assert_eq!(
            to_text("<table><tr><th>Club</th><th>Points</th></tr><tr><td>Lunde</td><td>3</td></tr></table>"),
            "Club | Points\nLunde | 3"
        );
        assert_eq!(to_text("<ul><li>one</li><li>two</li></ul>"), "one\ntwo");
    }

    #[test]
    fn neighbours_in_inline_tags_are_not_glued() {
        assert_eq!(
            to_text("<span>Utenriks</span><span>Kystnytt</span>"),
            "Utenriks Kystnytt"
        );
        assert_eq!(to_text("e<b>B</b>ay, re<b>open</b><i>ed</i>"), "eBay, reopened");
    }

    #[test]
    fn bodies_are_read_as_markup_only_where_they_are() {
        assert_eq!(
            plain_body("Ships &amp; crews left.\nAll of them."),
            "Ships & crews left.\nAll of them."
        );
        assert_eq!(
            plain_body("&lt;p&gt;Ships left.&lt;/p&gt;&lt;p&gt;All.&lt;/p&gt;"),
            "Ships left.\nAll."
        );
        assert_eq!(plain_line("<b>Port</b>\n reopens"), "Port reopens");
    }

    #[test]
    fn many_open_tags_take_no_time() {
        let text = "<a".repeat(300_000);
        assert!(!is_markup(&text));
        assert_eq!(to_text(&text).len(), text.len());
        assert_eq!(to_text(&"<nav>".repeat(100_000)), "");
    }

    #[test]
    fn bare_signs_are_text() {
        assert_eq!(to_text("profits < 3 and > 2, I <3 it"), "profits < 3 and > 2, I <3 it");
        assert_eq!(to_text("a < b"), "a < b");
        assert_eq!(to_text("x <b"), "x <b");
        assert_eq!(to_text("<![CDATA[<x> y]]>"), "<x> y");
    }

    #[test]
    fn markup_is_told_from_text() {
        assert!(is_markup("<p>x"));
        assert!(is_markup("a<br>b"));
        assert!(is_markup("a&nbsp;b"));
        assert!(!is_markup("Widget Corp <WGT> rose, R&D too; AT&T fell & rose"));
        assert!(!is_markup("profits < 3"));
    }
}
