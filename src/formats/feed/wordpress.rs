//! What `WordPress` writes into feeds and exports: statuses, types, shortcodes, paragraphs by blank lines.

use rustc_hash::FxHashSet;

use super::markup::line;
use crate::formats::xml::Element;
use crate::story::Filing;

/// Shortcodes whose inner text is no text of the story.
const DROPPED: [&str; 8] = [
    "caption",
    "wp_caption",
    "gallery",
    "embed",
    "video",
    "audio",
    "playlist",
    "youtube",
];

/// No shortcode has a longer name.
const MAX_NAME_BYTES: usize = 64;

/// Longer brackets are text.
const MAX_SHORTCODE_BYTES: usize = 2048;

fn own<'e>(entry: &'e Element, name: &str) -> Option<&'e Element> {
    entry
        .elements()
        .find(|element| element.name == name && element.prefix == "wp")
}

/// What an item of an export is, where it is no story.
pub(super) fn no_story(entry: &Element) -> Option<String> {
    let kind = own(entry, "post_type").and_then(line);
    let status = own(entry, "status").and_then(line);
    let is_file = own(entry, "attachment_url").is_some();
    let is_empty = entry.all("encoded").all(|text| line(text).is_none());
    let kind = if is_file && is_empty {
        Some("attachment".to_owned())
    } else {
        kind
    };
    match (kind.as_deref(), status.as_deref()) {
        (Some("attachment"), _) => Some("an attachment in a WordPress export: a picture or file, no story".into()),
        (
            Some(kind @ ("nav_menu_item" | "page" | "revision" | "custom_css" | "wp_block" | "customize_changeset")),
            _,
        ) => Some(format!("a `{kind}` in a WordPress export, no story")),
        (_, Some(status @ ("draft" | "auto-draft" | "pending" | "trash" | "private"))) => Some(format!(
            "not published: its status in the WordPress export is `{status}`"
        )),
        _ => None,
    }
}

/// The status of a post that is published, or will be.
pub(super) fn status(entry: &Element, filing: &mut Filing) {
    match own(entry, "status").and_then(line).as_deref() {
        Some("publish") => filing.ninjs.pub_status = Some("usable".into()),
        Some("future") => {
            filing.ninjs.embargoed_until = filing.ninjs.first_created.clone();
        }
        _ => {}
    }
}

/// A text of an export with its line ends as tags: blank lines part its paragraphs, and single ones break a line.
pub(super) fn with_breaks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut tag = false;
    for c in text.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            '\n' if !tag => out.push_str("<br>"),
            _ => {}
        }
        out.push(c);
    }
    out
}

/// A text without shortcodes: `[gallery ids="1"]` and `[caption …]…[/caption]` go, `[dropcap]M[/dropcap]` leaves its letter.
/// What an editor put in brackets (`[sic]`, `[Anm. d. Red.]`) stays.
pub(super) fn without_shortcodes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let ends = text.split("[/").skip(1).filter_map(|rest| rest.split(']').next());
    let ends: FxHashSet<&str> = ends.filter(|end| end.len() < MAX_NAME_BYTES).collect();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match shortcode(rest, &ends) {
            Some((_, length)) if rest.starts_with("[/") => rest = &rest[length..],
            Some((name, length)) => {
                rest = &rest[length..];
                if DROPPED.contains(&name) {
                    let end = format!("[/{name}]");
                    let close = rest
                        .find(&end)
                        .filter(|close| !rest[..*close].contains(&format!("[{name}")));
                    rest = close.map_or(rest, |close| &rest[close + end.len()..]);
                }
            }
            None => {
                out.push('[');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The name and length of the shortcode that `rest` opens with. A bare `[name]` is one where the text has its end.
fn shortcode<'t>(rest: &'t str, ends: &FxHashSet<&str>) -> Option<(&'t str, usize)> {
    let head = rest
        .as_bytes()
        .iter()
        .take(MAX_SHORTCODE_BYTES)
        .position(|byte| *byte == b']')?;
    let inner = rest.get(1..head)?;
    let closes = inner.starts_with('/');
    let bare = inner.trim_start_matches('/').trim_end_matches('/').trim();
    let (name, attributes) = bare.split_once(char::is_whitespace).unwrap_or((bare, ""));
    let word = !name.is_empty()
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'));
    let known = closes || attributes.contains('=') || name.contains('_') || DROPPED.contains(&name);
    let paired = attributes.is_empty() && ends.contains(name);
    (word && (known || paired)).then_some((name, head + 1))
}
