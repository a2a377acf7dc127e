//! XML bytes → a tree, bounded: what every XML format is read from.
//!
//! The encoding is the declared one, else told from the bytes. Names are local; their prefix stands apart, since agencies' prefixes
//! differ, and only feeds mix vocabularies in one element. References that a foreign document type would define (`&nbsp;`) are read as HTML's.

mod entities;
mod reader;

#[cfg(test)]
mod tests;

pub(super) use reader::read;

/// A document.
#[derive(Debug)]
pub(super) struct Document {
    /// The outermost element.
    pub(super) root: Element,
    /// What was odd in its bytes.
    pub(super) warning: Option<String>,
}

/// An element.
#[derive(Debug, Default, Clone)]
pub(super) struct Element {
    /// Its local name, as written.
    pub(super) name: String,
    /// The prefix of its name, as written; empty where it has none.
    pub(super) prefix: String,
    /// Local names and values, in their order; `xml:lang` is `lang`.
    pub(super) attributes: Vec<(String, String)>,
    /// What it holds.
    pub(super) children: Vec<Node>,
    /// The byte of its tag in the item.
    pub(super) offset: usize,
}

/// What an element holds.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Text, references read.
    Text(String),
}

impl Element {
    /// The value of an attribute by its local name, trimmed, where it says something.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements in it of that name.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element in it of that name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The element at a path of names, the first of each.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Every element of that name in it, at any depth, in the order of the document. One inside another of its name is found too.
    pub(super) fn descendants<'e>(&'e self, name: &str) -> Vec<&'e Self> {
        let mut found = Vec::new();
        self.collect(name, &mut found);
        found
    }

    /// The first element of that name in it, at any depth.
    pub(super) fn descendant(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|element| {
            if element.name == name {
                Some(element)
            } else {
                element.descendant(name)
            }
        })
    }

    /// The text that stands in it itself, not in elements inside, as written.
    pub(super) fn own_text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }

    /// All its text on one line, white space collapsed; `None` where there is none.
    pub(super) fn text(&self) -> Option<String> {
        let mut out = String::new();
        self.push_text(&mut out);
        let line = super::paragraphs::one_line(&out);
        Some(line).filter(|line| !line.is_empty())
    }

    fn collect<'e>(&'e self, name: &str, found: &mut Vec<&'e Self>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            }
            element.collect(name, found);
        }
    }

    fn push_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => {
                    element.push_text(out);
                    out.push(' ');
                }
            }
        }
    }
}
