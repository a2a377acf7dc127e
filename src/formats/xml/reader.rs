//! The events of the XML library → the tree.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::entities::Entities;
use super::{Document, Element, Node};
use crate::formats::encoding::{Places, decode_declared};
use crate::formats::warnings::quoted;
use crate::formats::{Bounds, Refused};

/// Reads a document.
///
/// # Errors
/// Where it is no XML, is cut off, or is over a bound: the byte, the figure and the remedy.
pub(in crate::formats) fn read(bytes: &[u8], bounds: &Bounds) -> Result<Document, Refused> {
    let decoded = decode_declared(bytes)?;
    let mut places = decoded.places(bytes);
    let mut root = read_text(&decoded.text, bounds).map_err(|refused| Refused {
        offset: places.at(refused.offset),
        ..refused
    })?;
    if !places.are_same() {
        place(&mut root, &mut places);
    }
    Ok(Document {
        root,
        warning: decoded.warning,
    })
}

/// Tells the places of an element, and of those in it, in the bytes of the item.
fn place(element: &mut Element, places: &mut Places<'_>) {
    element.offset = places.at(element.offset);
    for child in &mut element.children {
        if let Node::Element(child) = child {
            place(child, places);
        }
    }
}

fn read_text(text: &str, bounds: &Bounds) -> Result<Element, Refused> {
    let mut tree = Tree {
        bounds,
        entities: Entities::new(bounds),
        open: Vec::new(),
        root: None,
    };
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    loop {
        let offset = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| {
            let at = reader.error_position() as usize;
            broken(&error, at, tree.open.last(), text)
        })?;
        match event {
            Event::Start(tag) => {
                let element = tree.element(&tag, offset)?;
                if tree.open.len() >= bounds.depth {
                    let reason = format!(
                        "<{}> at byte {offset} is nested deeper than {} levels: no story is; leave it out, or raise --max-depth",
                        element.name, bounds.depth
                    );
                    return Err(Refused::rejected(reason, offset));
                }
                tree.open.push(element);
            }
            Event::Empty(tag) => {
                let element = tree.element(&tag, offset)?;
                tree.close(element);
            }
            Event::End(_) => {
                if let Some(element) = tree.open.pop() {
                    tree.close(element);
                }
            }
            Event::Text(text) => tree.text(&text.xml10_content()),
            Event::CData(data) => tree.text(&data.xml10_content()),
            Event::GeneralRef(name) => {
                let name = name.xml10_content();
                let meant = tree.entities.resolve(&name, offset)?;
                tree.text(&meant);
            }
            Event::DocType(definition) => tree.entities.define(&definition.xml10_content()),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    tree.finish(text.len())
}

/// The tree as it grows.
struct Tree<'b> {
    bounds: &'b Bounds,
    entities: Entities,
    open: Vec<Element>,
    root: Option<Element>,
}

impl Tree<'_> {
    fn element(&mut self, tag: &BytesStart<'_>, offset: usize) -> Result<Element, Refused> {
        let name = tag.local_name().as_ref().to_owned();
        let prefix = tag.name().prefix().map(|prefix| prefix.as_ref().to_owned());
        let mut attributes = Vec::new();
        for attribute in tag.html_attributes().with_checks(false) {
            let Ok(attribute) = attribute else {
                let reason = format!("the attributes of <{name}> at byte {offset} cannot be read: quote their values");
                return Err(Refused::rejected(reason, offset));
            };
            if attributes.len() >= self.bounds.attributes {
                let reason = format!(
                    "<{name}> at byte {offset} has more than {} attributes: leave it out, or raise --max-attributes",
                    self.bounds.attributes
                );
                return Err(Refused::rejected(reason, offset));
            }
            let key = attribute.key.local_name().as_ref().to_owned();
            let written = attribute.value.as_ref();
            let value = match attribute.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value.into_owned(),
                Err(_) => self.entities.in_text(written, offset)?,
            };
            attributes.push((key, value));
        }
        Ok(Element {
            name,
            prefix: prefix.unwrap_or_default(),
            attributes,
            children: Vec::new(),
            offset,
        })
    }

    /// The root, when all that was opened is closed.
    fn finish(self, end: usize) -> Result<Element, Refused> {
        if let Some(open) = self.open.last() {
            let reason = format!(
                "the item ends inside <{}>, which opens at byte {}: the file may still be being written, or was cut off",
                open.name, open.offset
            );
            return Err(Refused::rejected(reason, end));
        }
        let none = || Refused::rejected("there is no element in the XML: the file holds no item", 0);
        self.root.ok_or_else(none)
    }

    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        match open.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ if text.is_empty() => {}
            _ => open.children.push(Node::Text(text.to_owned())),
        }
    }

    fn close(&mut self, element: Element) {
        match self.open.last_mut() {
            Some(outer) => outer.children.push(Node::Element(element)),
            None => {
                self.root.get_or_insert(element);
            }
        }
    }
}

fn broken(error: &quick_xml::Error, at: usize, open: Option<&Element>, text: &str) -> Refused {
    let inside = open.map_or_else(String::new, |open| format!(" inside <{}>", quoted(&open.name)));
    let reason = if at >= text.len() {
        format!("the item ends{inside}: the file may still be being written, or was cut off")
    } else {
        format!("not XML at byte {at}{inside}: {error}")
    };
    Refused::rejected(reason, at.min(text.len()))
}
