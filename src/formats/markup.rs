//! The text of NITF `body.content` and of XHTML, as elements of the tree → paragraphs: what XML formats carry their stories in.
//!
//! Blocks end paragraphs, inline elements do not; a list is an item a line, a table a row a line. What is not the story's is left
//! out: scripts, what is hidden or for editors only, the head of a page, pictures with their captions.

mod blocks;
mod copy;
mod lines;

#[cfg(test)]
mod tests;

use super::entities::reference;
use super::html;
use super::paragraphs::{self, one_line};
use super::xml::{Element, Node};
use blocks::{Place, place};
pub(super) use copy::{body_into, cut_closing};
use lines::Lines;

/// The paragraphs of an element, each on one line. One without any block in it is taken by its own lines.
pub(super) fn paragraphs(element: &Element) -> Vec<String> {
    let found = if has_blocks(element) {
        let mut lines = Lines::default();
        children(element, Inside::Text, &mut lines);
        lines.finish()
    } else {
        written_lines(element)
    };
    found
        .into_iter()
        .flat_map(once_more)
        .filter(|line| !line.is_empty())
        .collect()
}

/// A paragraph whose markup was escaped twice by some system on the way, read once more.
fn once_more(line: String) -> Vec<String> {
    if line.contains("</") || line.contains('<') && html::is_markup(&line) {
        return html::to_text(&line).lines().map(one_line).collect();
    }
    if !line.contains('&') {
        return vec![line];
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = reference(rest).filter(|(_, length)| rest.get(length - 1..*length) == Some(";"));
        let (meant, length) = found.unwrap_or(('&', 1));
        out.push(meant);
        rest = &rest[length..];
    }
    out.push_str(rest);
    vec![one_line(&out)]
}

/// Whether an element is not for the reader: hidden, or for editors only.
pub(super) fn is_hidden(element: &Element) -> bool {
    blocks::is_hidden(element)
}

/// Whether an element stands in the class.
pub(super) fn has_class(element: &Element, class: &str) -> bool {
    let classes = element.attribute("class").unwrap_or_default();
    classes.split_whitespace().any(|own| own == class)
}

/// What the text stands in: a cell and an item of a list stay on one line, whatever breaks it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    Row,
    Item,
    Cell,
}

fn children(element: &Element, inside: Inside, lines: &mut Lines) {
    for node in &element.children {
        match node {
            Node::Text(text) => lines.push_str(text),
            Node::Element(inner) => one(inner, inside, lines),
        }
    }
}

fn one(element: &Element, inside: Inside, lines: &mut Lines) {
    match (place(element), inside) {
        (Place::Nowhere, _) => {}
        (Place::Break, Inside::Text) => lines.end_line(),
        (Place::Break, _) => lines.space(),
        (Place::Cell, Inside::Row | Inside::Cell) => {
            lines.start_cell();
            children(element, Inside::Cell, lines);
        }
        (Place::Row, Inside::Text | Inside::Item | Inside::Row) => {
            lines.end_paragraph();
            children(element, Inside::Row, lines);
            lines.end_row();
        }
        (Place::Written, Inside::Text) => {
            lines.end_paragraph();
            lines.paragraphs(written_lines(element));
        }
        (Place::Item, Inside::Text | Inside::Item) => {
            lines.end_paragraph();
            children(element, Inside::Item, lines);
            lines.end_paragraph();
        }
        (Place::List, Inside::Text | Inside::Item) => {
            lines.end_paragraph();
            children(element, Inside::Text, lines);
            lines.end_paragraph();
        }
        (Place::Block | Place::Cell, Inside::Text) => {
            lines.end_paragraph();
            if goes_by_lines(element) {
                lines.paragraphs(written_lines(element));
            } else {
                children(element, inside, lines);
                lines.end_paragraph();
            }
        }
        (Place::Bar, _) => lines.push_str("/"),
        (Place::Inline, _) => {
            lines.open_inline();
            children(element, inside, lines);
            lines.close_inline();
        }
        _ => {
            lines.space();
            children(element, inside, lines);
            lines.space();
        }
    }
}

/// Whether anything in an element makes paragraphs.
fn has_blocks(element: &Element) -> bool {
    element.elements().any(|inner| match place(inner) {
        Place::Nowhere => false,
        Place::Inline | Place::Bar => has_blocks(inner),
        _ => true,
    })
}

/// Whether a block keeps its lines: a whole body without paragraphs, a table that was set with spaces, or wire copy with its indents
/// that some system put into one paragraph.
fn goes_by_lines(element: &Element) -> bool {
    if has_blocks(element) {
        return false;
    }
    if matches!(element.name.as_str(), "body" | "html" | "body.content" | "block") {
        return true;
    }
    let mut text = String::new();
    push_written(element, &mut text);
    let text = unindented(&text);
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let rows = lines()
        .map(str::trim)
        .filter(|line| line.contains("   ") || line.contains('\t'));
    let indented = lines().skip(1).filter(|line| line.starts_with("  ")).count();
    let all = lines().count();
    let is_table = all > 3 && rows.count() * 3 > all;
    let is_copy = all > 5 && indented > 1 && indented + 1 < all;
    is_table || is_copy
}

/// The paragraphs of text by its own line ends, the indent of the markup taken off.
fn written_lines(element: &Element) -> Vec<String> {
    let mut text = String::new();
    push_written(element, &mut text);
    paragraphs::paragraphs(&unindented(&text))
}

/// A text without the white space that all its lines but the first begin with.
pub(super) fn unindented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let filled = || text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let common = filled().map(indent).min().unwrap_or(0);
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.get(common.min(indent(line))..).unwrap_or(line))
        .collect();
    lines.join("\n")
}

fn push_written(element: &Element, text: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(own) => text.push_str(own),
            Node::Element(inner) => match place(inner) {
                Place::Nowhere => {}
                Place::Inline => push_written(inner, text),
                Place::Bar => text.push('/'),
                _ => {
                    text.push('\n');
                    push_written(inner, text);
                    text.push('\n');
                }
            },
        }
    }
}
