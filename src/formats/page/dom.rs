//! A page as a flat list of nodes in the order of the document: every walk over it is a loop, however deep it nests.

use scraper::{Html, Node as Parsed};

use crate::formats::paragraphs::one_line;

/// A page.
#[derive(Debug)]
pub(super) struct Dom {
    /// Its nodes; the first is the document.
    pub(super) nodes: Vec<Node>,
}

/// A node.
#[derive(Debug)]
pub(super) struct Node {
    /// The element's name in lower case; empty for text and the document.
    pub(super) name: String,
    /// Its attributes, names in lower case.
    pub(super) attributes: Vec<(String, String)>,
    /// The text of a text node.
    pub(super) text: String,
    /// The node that it stands in.
    pub(super) parent: usize,
    /// The place behind the last node in it.
    pub(super) end: usize,
}

impl Node {
    /// The value of an attribute, trimmed, where it says something.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether it has an attribute, even an empty one.
    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(own, _)| own == name)
    }

    /// Whether one of the words of an attribute is `word`, in any case.
    pub(super) fn has_word(&self, attribute: &str, word: &str) -> bool {
        let value = self.attribute(attribute).unwrap_or_default();
        value.split_whitespace().any(|own| own.eq_ignore_ascii_case(word))
    }

    /// Whether it is a text.
    pub(super) fn is_text(&self) -> bool {
        self.name.is_empty()
    }
}

impl Dom {
    /// Parses a page as browsers do.
    pub(super) fn parse(text: &str) -> Self {
        let html = Html::parse_document(text);
        let mut nodes = vec![blank(0)];
        let mut open = vec![0_usize];
        let root = html.tree.root();
        let mut next = root.first_child();
        while let Some(node) = next {
            let mut own = blank(*open.last().unwrap_or(&0));
            match node.value() {
                Parsed::Element(element) => {
                    element.name().clone_into(&mut own.name);
                    own.attributes = element
                        .attrs()
                        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                        .collect();
                }
                Parsed::Text(text) => own.text.push_str(text),
                _ => {}
            }
            nodes.push(own);
            open.push(nodes.len() - 1);
            let mut at = node;
            next = at.first_child();
            while next.is_none() && at.id() != root.id() {
                if let Some(done) = open.pop() {
                    nodes[done].end = nodes.len();
                }
                next = at.next_sibling();
                match at.parent() {
                    Some(parent) if next.is_none() => at = parent,
                    _ => break,
                }
            }
        }
        nodes[0].end = nodes.len();
        Self { nodes }
    }

    /// The elements in a node, at any depth, itself left out.
    pub(super) fn inside(&self, at: usize) -> impl Iterator<Item = (usize, &Node)> {
        let nodes = (at + 1..self.nodes[at].end).map(|at| (at, &self.nodes[at]));
        nodes.filter(|(_, node)| !node.is_text())
    }

    /// Every element.
    pub(super) fn elements(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.inside(0)
    }

    /// The nodes that a node stands in, from the inside.
    pub(super) fn around(&self, at: usize) -> impl Iterator<Item = usize> {
        let mut at = at;
        std::iter::from_fn(move || {
            (at != 0).then(|| {
                at = self.nodes[at].parent;
                at
            })
        })
    }

    /// The text in a node on one line.
    pub(super) fn line(&self, at: usize) -> Option<String> {
        let line = one_line(&self.raw(at));
        (!line.is_empty()).then_some(line)
    }

    /// The text in a node as written, a space where elements meet that would glue it.
    pub(super) fn raw(&self, at: usize) -> String {
        let mut out = String::new();
        let mut at_node = at;
        while at_node < self.nodes[at].end {
            let node = &self.nodes[at_node];
            // Scripts and styles are text to the parser.
            if at_node != at && matches!(node.name.as_str(), "script" | "style" | "svg" | "noscript") {
                at_node = node.end;
                continue;
            }
            if matches!(node.name.as_str(), "br" | "p" | "div" | "li") {
                out.push(' ');
            }
            out.push_str(&node.text);
            at_node += 1;
        }
        out
    }
}

fn blank(parent: usize) -> Node {
    Node {
        name: String::new(),
        attributes: Vec::new(),
        text: String::new(),
        parent,
        end: 0,
    }
}
