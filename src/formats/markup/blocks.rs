//! What each element of NITF and XHTML does to the lines of a text.

use super::super::xml::Element;
use super::has_class;

/// Where the text of an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Not in the story.
    Nowhere,
    /// In a paragraph of its own, or several.
    Block,
    /// A break between lines.
    Break,
    /// In a row of a table.
    Row,
    /// In a cell of one.
    Cell,
    /// A list, in an item of another too.
    List,
    /// In an item of a list.
    Item,
    /// In lines that are kept as written.
    Written,
    /// The bar of a fraction.
    Bar,
    /// In the running text.
    Inline,
}

/// Elements whose text is not the story's. A caption belongs to its picture, which is an item of its own.
#[rustfmt::skip]
const NOWHERE: [&str; 33] = [
    "script", "style", "head", "noscript", "template", "iframe", "svg", "object", "select", "button", "textarea",
    "math", "nav", "form", "title", "header", "footer", "figcaption", "video", "audio", "img", "area", "map",
    "body.head", "body.end", "docdata", "media", "media-caption", "media-metadata", "media-producer",
    "media-reference", "pubdata", "revision-history",
];

/// Elements that begin and end a paragraph: XHTML's, then NITF's.
#[rustfmt::skip]
const BLOCKS: [&str; 42] = [
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "caption",
    "section", "article", "aside", "main", "body", "html", "blockquote", "hr", "figure", "address", "details",
    "summary", "center", "fieldset", "legend", "para", "hl1", "hl2", "block", "bq", "note", "fn", "nitf-table",
    "custom-table", "body.content", "nitf",
];

/// Classes by which agencies mark what is for editors only: contacts and telephone numbers. It must not be found or shown.
const NOT_FOR_PUBLICATION: [&str; 6] = [
    "np-nonpublic",
    "nonpublic",
    "not-for-publication",
    "notforpublication",
    "hidden",
    "closingline",
];

/// Where the text of an element stands.
pub(super) fn place(element: &Element) -> Place {
    let lower;
    let name = if element.name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        lower = element.name.to_ascii_lowercase();
        lower.as_str()
    } else {
        element.name.as_str()
    };
    match name {
        _ if NOWHERE.contains(&name) || is_hidden(element) => Place::Nowhere,
        "br" => Place::Break,
        "tr" => Place::Row,
        "td" | "th" => Place::Cell,
        "ul" | "ol" => Place::List,
        "li" => Place::Item,
        "pre" => Place::Written,
        "frac-sep" => Place::Bar,
        _ if BLOCKS.contains(&name) => Place::Block,
        _ => Place::Inline,
    }
}

/// Whether an element is not for the reader: by its class, hidden by its attributes, or NITF's note to editors.
pub(super) fn is_hidden(element: &Element) -> bool {
    if element.attributes.is_empty() {
        return false;
    }
    let unseen = element.attributes.iter().any(|(name, _)| name == "hidden")
        || element.attribute("style").is_some_and(|style| {
            let style: String = style.to_ascii_lowercase().split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        });
    let note = ["noteclass", "type"]
        .iter()
        .any(|name| element.attribute(name) == Some("editorsnote"));
    unseen || note || NOT_FOR_PUBLICATION.iter().any(|class| has_class(element, class))
}
