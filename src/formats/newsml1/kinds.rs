//! What a content item is: text, a picture or another medium, data in a markup of their own.

use super::super::xml::Element;

/// The element that holds the data of a content item, if they are in the file. Some systems leave out the element around them.
pub(super) fn data_of(content: &Element) -> Option<&Element> {
    let packed = || content.descendant("Encoding").and_then(|it| it.child("DataContent"));
    let bare = || Some(content).filter(|it| it.child("p").is_some() || it.child("nitf").is_some());
    content.child("DataContent").or_else(packed).or_else(bare)
}

fn named<'e>(content: &'e Element, name: &str) -> Option<&'e str> {
    content.child(name).and_then(|it| it.attribute("FormalName"))
}

/// What a content item is, where it is no text by its medium, its MIME type or its format.
pub(super) fn medium(content: &Element) -> Option<&'static str> {
    let told = ["MediaType", "MimeType", "Format"].iter();
    told.filter_map(|name| named(content, name)).find_map(|name| {
        let name = name.to_ascii_lowercase();
        let is = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
        Some(
            if is(&["photo", "picture", "image", "jpeg", "jpg", "gif", "tiff", "png"]) {
                "a picture"
            } else if is(&["graphic", "animat"]) {
                "a graphic"
            } else if is(&["video", "mpeg", "film"]) {
                "a video"
            } else if is(&["audio", "sound", "radio"]) {
                "an audio piece"
            } else {
                return None;
            },
        )
    })
}

/// Whether a content item is text: so it says, or it says nothing.
pub(super) fn is_text(content: &Element) -> bool {
    let mime = named(content, "MimeType").unwrap_or("text/plain").to_ascii_lowercase();
    let prose = mime.starts_with("text/") || ["html", "xml", "nitf"].iter().any(|word| mime.contains(word));
    let other = ["css", "calendar", "vcard", "javascript"]
        .iter()
        .any(|word| mime.contains(word));
    let sheet = named(content, "Format").is_some_and(|it| it.eq_ignore_ascii_case("css"));
    prose && !other && !sheet
}

/// The name of the markup that data are in, where it is no text's: results of sports, tables of prices, vocabularies.
pub(super) fn foreign_markup(data: &Element) -> Option<String> {
    let Some(first) = data.elements().next() else {
        // Data may be quoted whole.
        let text = data.text()?;
        let tag = text.strip_prefix('<')?;
        let name: String = tag
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
            .collect();
        return (!name.is_empty() && !is_prose(&name) && !text.contains("<p") && !text.contains("<P")).then_some(name);
    };
    let prose = data.elements().any(|it| is_prose(&it.name)) || data.descendant("p").is_some();
    (!prose).then(|| first.name.clone())
}

fn is_prose(name: &str) -> bool {
    #[rustfmt::skip]
    const PROSE: [&str; 27] = [
        "nitf", "html", "head", "body", "body.content", "div", "p", "section", "article", "pre", "block", "br", "table", "h1",
        "h2", "h3", "h4", "ul", "ol", "b", "i", "em", "strong", "a", "span", "media", "hl2",
    ];
    PROSE.contains(&name.to_ascii_lowercase().as_str())
}

/// The order in which renditions are preferred.
pub(super) fn format_order(content: &Element) -> u8 {
    let data = data_of(content);
    if data.is_some_and(|data| data.child("nitf").is_some()) {
        0
    } else if data.is_some_and(|data| data.elements().next().is_some()) {
        1
    } else {
        2
    }
}

/// The name of the encoding that the text of a content item is packed in, where that is no text itself.
pub(super) fn packed(content: &Element) -> Option<String> {
    let notation = content
        .descendant("Encoding")?
        .attribute("Notation")?
        .to_ascii_lowercase();
    let known = ["base64", "base-64", "quoted", "uu", "gzip", "zip"];
    known.iter().any(|word| notation.contains(word)).then_some(notation)
}
