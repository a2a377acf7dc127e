//! The text of a feed's elements: escaped markup, markup as elements, or plain text.

use crate::formats::html::{plain_body, plain_line, to_text};
use crate::formats::xml::{Element, Node};

/// What stands in an element, as HTML or text: elements in it are written out again.
pub(super) fn inner(element: &Element) -> String {
    let mut out = String::new();
    if element.elements().next().is_none() {
        for node in &element.children {
            if let Node::Text(text) = node {
                out.push_str(text);
            }
        }
    } else {
        push(element, &mut out);
    }
    out
}

/// Paragraphs of an element's text.
pub(super) fn body(element: &Element) -> String {
    let text = inner(element);
    let declared = element.elements().next().is_some() || element.attribute("type") == Some("html");
    // A body that declares markup has its paragraphs by its tags only; escaped twice is read twice.
    if declared && text.contains('<') {
        let once = to_text(&text);
        let is_escaped = once.contains("</") || once.contains("&lt;/");
        return if is_escaped { plain_body(&once) } else { once };
    }
    plain_body(&text)
}

/// An element's text on one line, markup read.
pub(super) fn line(element: &Element) -> Option<String> {
    let text = plain_line(&inner(element));
    let text = if text.contains('&') { plain_line(&text) } else { text };
    Some(text).filter(|text| !text.is_empty())
}

fn push(element: &Element, out: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(text) => out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
            Node::Element(inner) => {
                out.push('<');
                out.push_str(&inner.name);
                out.push('>');
                push(inner, out);
                out.push_str("</");
                out.push_str(&inner.name);
                out.push('>');
            }
        }
    }
}
