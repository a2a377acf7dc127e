//! Which format a file is in, by the first bytes of its content.

use super::encoding::{decode, decode_declared, utf16};
use super::fields::Fields;
use super::{Format, email, json, json_text, magic, ninjs, table};
use serde_json::Value;

/// How a file that is wire copy in 7901 begins: control bytes, then SOH, then STX within its head.
const WIRE_HEAD_BYTES: usize = 1024;

/// The root element stands this early, after a declaration, comments and a stylesheet.
const ROOT_BYTES: usize = 8 * 1024;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Detection {
    /// A format that is read.
    Format(Format),
    /// No bytes, or only white space.
    Empty,
    /// No text; what it is, with its article: "a PDF document", "binary data".
    Binary(&'static str),
    /// Text in a known format that is not read yet; what it is: "IPTC 7901 copy", "an RSS feed".
    NotYet(&'static str),
}

/// Tells the format of a file from `head`, the first 64 KiB (or all) of its decompressed content.
#[must_use]
pub fn detect(head: &[u8]) -> Detection {
    let wide = utf16(head).is_some();
    if !wide {
        if let Some(format) = wire_copy(head) {
            return Detection::Format(format);
        }
        if let Some(what) = magic::binary(head) {
            return Detection::Binary(what);
        }
    }
    // A mail's header is ASCII, whatever its body is in.
    if !wide && email::is_message(&String::from_utf8_lossy(head)) {
        return Detection::Format(Format::Email);
    }
    // What is not in a known encoding goes to its reader, which refuses it with the byte and the remedy. Tags can be read in any.
    let is_tagged = head.trim_ascii_start().starts_with(b"<");
    let decoded = if is_tagged { decode_declared(head) } else { decode(head) };
    let text = match decoded {
        Ok(decoded) => decoded.text,
        Err(_) if is_tagged => String::from_utf8_lossy(head),
        Err(_) => return Detection::Format(Format::Plain),
    };
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    match text.as_bytes().first() {
        None => Detection::Empty,
        Some(b'<') => markup(text).unwrap_or(Detection::Format(Format::Plain)),
        Some(b'{') => Detection::Format(object(text, wide)),
        Some(b'[') => Detection::Format(array(text, wide)),
        Some(_) if table::is_table(text) => Detection::Format(Format::Table),
        Some(_) => Detection::Format(Format::Plain),
    }
}

/// IPTC 7901 and ANPA 1312: SOH opens the header, STX the text.
fn wire_copy(head: &[u8]) -> Option<Format> {
    let head = &head[..head.len().min(WIRE_HEAD_BYTES)];
    let soh = head.iter().position(|&byte| byte == 0x01)?;
    let stx = head.iter().skip(soh).position(|&byte| byte == 0x02)?;
    let before = head
        .iter()
        .take(soh)
        .all(|byte| byte.is_ascii_whitespace() || *byte == 0x16 || *byte >= b' ');
    let header = head.get(soh + 1..soh + stx)?;
    let printable = header
        .iter()
        .filter(|&&byte| byte >= b' ' || byte.is_ascii_whitespace())
        .count();
    if !before || header.contains(&0) || printable * 2 < header.len() || printable < 4 {
        return None;
    }
    // ANPA 1312 parts its header fields with control bytes (DC1–DC4, US) and opens with two SYN.
    let anpa = header.iter().any(|byte| matches!(byte, 0x11..=0x14 | 0x1F));
    Some(if anpa { Format::Anpa1312 } else { Format::Iptc7901 })
}

/// Which format a file that opens with `{` is in. One line, or lines of one object each, are [`Format::JsonLines`]: cutting at
/// line ends is right for both, and a file that grows stays right.
fn object(text: &str, wide: bool) -> Format {
    let after = text[1..].trim_start();
    if !after.is_empty() && !after.starts_with(['"', '}']) {
        return Format::Plain;
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (first, second) = (lines.next().unwrap_or_default(), lines.next());
    let by_lines = match serde_json::from_str::<Value>(first) {
        Ok(Value::Object(object)) if second.is_none() => {
            // One line and no more: a lone ninjs object says so at once.
            if ninjs::is_ninjs(&Fields::of(&object)) {
                return Format::Ninjs;
            }
            true
        }
        Ok(_) => true,
        Err(error) if error.is_eof() => second.is_none(),
        Err(_) => second.is_none_or(|second| second.starts_with("{\"")),
    };
    match by_lines {
        true if !wide && (second.is_none() || !is_dump(text.split_inclusive('\n'))) => Format::JsonLines,
        _ if second.is_some() && looks_like_ninjs(text) => Format::Ninjs,
        _ => Format::Json,
    }
}

/// Which format a file that opens with `[` is in. UTF-16 cannot be cut by byte, so it is read whole.
fn array(text: &str, wide: bool) -> Format {
    match text[1..].trim_start().as_bytes().first() {
        None | Some(b'{' | b'[' | b']') if wide || is_dump(elements(text)) => Format::Json,
        None | Some(b'{' | b'[' | b']') => Format::JsonArray,
        Some(_) => Format::Plain,
    }
}

/// The elements of an array that end within the text, where they are objects.
fn elements(text: &str) -> impl Iterator<Item = &str> {
    let (mut depth, mut start) = (0_usize, 0);
    json_text::brackets(text).filter_map(move |(at, byte)| {
        if matches!(byte, b'{' | b'[') {
            depth += 1;
            if depth == 2 {
                start = at;
            }
            return None;
        }
        depth = depth.saturating_sub(1);
        (depth == 1).then(|| text.get(start..=at)).flatten()
    })
}

/// Whether a list is one of other things than stories, as far as it can be seen: such a file is read whole, and refused once.
fn is_dump<'t>(elements: impl Iterator<Item = &'t str>) -> bool {
    let values = elements.filter_map(|element| serde_json::from_str::<Value>(element).ok());
    let mut seen = 0_usize;
    let all = values.inspect(|_| seen += 1).all(|value| json::is_no_story(&value));
    all && seen > 1
}

/// Whether the first lines of an object that does not end in the head name ninjs' own keys. Only a name for the report: the
/// reader looks at each object's keys anyway.
fn looks_like_ninjs(text: &str) -> bool {
    let whole = serde_json::from_str::<Value>(text).ok();
    if let Some(object) = whole.as_ref().and_then(Value::as_object) {
        return ninjs::is_ninjs(&Fields::of(object));
    }
    [
        "\"pubStatus\"",
        "\"pubstatus\"",
        "\"versioncreated\"",
        "\"versionCreated\"",
        "ninjs",
    ]
    .iter()
    .any(|key| text.contains(key))
}

/// What a file that opens with `<` is, or `None` where that is no markup.
fn markup(text: &str) -> Option<Detection> {
    let mut end = text.len().min(ROOT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    if head.contains("<!doctype lewis") || head.starts_with("<reuters") {
        return Some(Detection::Format(Format::Reuters21578));
    }
    let root = root_name(&head)?;
    let local = root.rsplit(':').next().unwrap_or(root);
    Some(match local {
        "newsitem" | "newsmessage" | "packageitem" | "planningitem" | "conceptitem" | "knowledgeitem"
        | "catalogitem" => Detection::Format(Format::NewsmlG2),
        "newsml" => Detection::Format(Format::Newsml1),
        "nitf" => Detection::Format(Format::Nitf),
        "rss" | "rdf" | "feed" | "channel" | "rbnews" | "xmlnewsqueuedresponse" => Detection::Format(Format::Feed),
        // Pages are often saved without what stands around their body.
        "html" | "head" | "body" | "p" | "div" | "article" | "section" | "main" | "meta" | "title" | "link"
        | "script" | "h1" | "table" | "center" | "font" => Detection::Format(Format::Page),
        "sitemapindex" | "urlset" => Detection::NotYet("a sitemap"),
        "doc" if head.contains("<docno>") => Detection::NotYet("TREC SGML"),
        _ => Detection::NotYet("an XML document"),
    })
}

/// The name of the root element, after declarations and comments.
fn root_name(head: &str) -> Option<&str> {
    let mut rest = head;
    loop {
        let at = rest.find('<')?;
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")?..];
        } else if rest.starts_with("!doctype html") {
            return Some("html");
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
                .unwrap_or(rest.len());
            return Some(&rest[..end]);
        } else if !rest.starts_with(['!', '?']) {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Detection::{Binary, Empty};

    fn format(head: &str) -> Option<Format> {
        match detect(head.as_bytes()) {
            Detection::Format(format) => Some(format),
            _ => None,
        }
    }

    #[test]
    fn json_is_told_by_its_shape() {
        assert_eq!(
            format("{\"title\":\"a\"}\n{\"title\":\"b\"}\n"),
            Some(Format::JsonLines)
        );
        assert_eq!(format("\u{FEFF}{\"title\":\"a\"}"), Some(Format::JsonLines));
        assert_eq!(format("{\n  \"title\": \"a\"\n}\n"), Some(Format::Json));
        assert_eq!(format(" [\n {\"title\":\"a\"}]"), Some(Format::JsonArray));
        assert_eq!(
            format("{\"title\":\"a line longer than the head"),
            Some(Format::JsonLines)
        );
        assert_eq!(
            format("{\"title\":\"a\" oops}\n{\"title\":\"b\"}\n"),
            Some(Format::JsonLines)
        );
    }

    #[test]
    fn a_list_of_other_things_is_read_whole() {
        let users = r#"[{"username":"a","password":"x"},{"username":"b","password":"y"},{"username":"cu"#;
        assert_eq!(format(users), Some(Format::Json));
        assert_eq!(format("{\"id\":1,\"n\":2}\n{\"id\":2,\"n\":3}\n"), Some(Format::Json));
        assert_eq!(format(r#"[{"x":1},{"title":"Port reopens"}]"#), Some(Format::JsonArray));
        // Unknown keys over running text: the user may map them.
        let own = r#"[{"kop2":"a","tekst2":"The port of Lunde reopened on Monday after a week of storms, it said."},{"x":1}]"#;
        assert_eq!(format(own), Some(Format::JsonArray));
    }

    #[test]
    fn ninjs_is_told_by_its_keys() {
        assert_eq!(format(r#"{"uri":"x:1","pubStatus":"usable"}"#), Some(Format::Ninjs));
        assert_eq!(
            format("{\n\"uri\":\"x:1\",\n\"headlines\":[],\"bodies\":[]}"),
            Some(Format::Ninjs)
        );
        assert_eq!(
            format("{\n\"uri\":\"x:1\",\n\"versioncreated\":\"2013-07-09T10:3"),
            Some(Format::Ninjs)
        );
    }

    #[test]
    fn brackets_that_open_a_story_are_text() {
        assert_eq!(format("[UPDATE] The port reopened"), Some(Format::Plain));
        assert_eq!(format("{photo} The port reopened"), Some(Format::Plain));
        assert_eq!(format("<2 tonnes were landed"), Some(Format::Plain));
    }

    #[test]
    fn markup_is_told_by_its_root() {
        assert_eq!(
            format("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS"),
            Some(Format::Reuters21578)
        );
        assert_eq!(format("<REUTERS TOPICS=\"YES\">"), Some(Format::Reuters21578));
        let xml = |body: &str| detect(format!("<?xml version=\"1.0\"?><!-- <rss> -->\n{body}").as_bytes());
        assert_eq!(xml("<newsItem guid=\"a\">"), Detection::Format(Format::NewsmlG2));
        assert_eq!(xml("<NewsML>"), Detection::Format(Format::Newsml1));
        assert_eq!(xml("<nitf>"), Detection::Format(Format::Nitf));
        assert_eq!(xml("<rdf:RDF>"), Detection::Format(Format::Feed));
        assert_eq!(
            detect(b"<!DOCTYPE html><title>x</title>"),
            Detection::Format(Format::Page)
        );
    }

    #[test]
    fn nothing_binary_and_wire_copy_are_named() {
        assert_eq!(detect(b""), Empty);
        assert_eq!(detect(b"\xEF\xBB\xBF \r\n"), Empty);
        assert_eq!(detect(b"\x00\x01\x02\x03"), Binary("binary data"));
        assert_eq!(
            detect(b"\x01abc123 3 pl 55\r\nharbour\r\n\x02Port reopens\r\n\x03"),
            Detection::Format(Format::Iptc7901)
        );
        assert_eq!(
            detect(b"\x16\x16\x01v0042\x1f\r\nr i bc-port\r\n\x02Port reopens"),
            Detection::Format(Format::Anpa1312)
        );
        assert_eq!(
            detect(b"category\theadline\ttext\turl\n"),
            Detection::Format(Format::Table)
        );
    }

    #[test]
    fn wide_text_is_text_and_never_cut_by_bytes() {
        let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        assert_eq!(
            detect(&wide("The port reopened on Monday")),
            Detection::Format(Format::Plain)
        );
        assert_eq!(
            detect(&wide("{\"title\":\"a\"}\n{\"title\":\"b\"}")),
            Detection::Format(Format::Json)
        );
    }
}
