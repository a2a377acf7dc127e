//! References in XML: characters, the five of XML, those of HTML, and those that the document's own type defines, bounded.

use rustc_hash::FxHashMap;

use crate::formats::entities::reference;
use crate::formats::{Bounds, Refused};

/// Entities inside entities at most: more is meant to do harm.
const MAX_LEVELS: usize = 8;

/// The entities of a document.
pub(super) struct Entities {
    defined: FxHashMap<String, String>,
    bound: usize,
    expanded: usize,
}

impl Entities {
    pub(super) fn new(bounds: &Bounds) -> Self {
        Self {
            defined: FxHashMap::default(),
            bound: bounds.entities,
            expanded: 0,
        }
    }

    /// Takes the internal entities of a document type; external ones are never fetched.
    pub(super) fn define(&mut self, document_type: &str) {
        let mut rest = document_type;
        while let Some(at) = rest.find("<!ENTITY") {
            rest = rest[at + "<!ENTITY".len()..].trim_start();
            let Some((name, after)) = rest.split_once(char::is_whitespace) else {
                return;
            };
            let value = after.trim_start();
            let Some(mark) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                continue;
            };
            let Some((value, after)) = value[1..].split_once(mark) else {
                return;
            };
            if name != "%" {
                // The first definition holds, as XML says.
                self.defined.entry(name.to_owned()).or_insert_with(|| value.to_owned());
            }
            rest = after;
        }
    }

    /// What a reference stands for; itself where nothing defines it.
    pub(super) fn resolve(&mut self, name: &str, offset: usize) -> Result<String, Refused> {
        let mut out = String::new();
        self.push(name, offset, 0, &mut out)?;
        Ok(out)
    }

    /// A text with its references read.
    pub(super) fn in_text(&mut self, text: &str, offset: usize) -> Result<String, Refused> {
        let mut out = String::new();
        self.push_text(text, offset, 0, &mut out)?;
        Ok(out)
    }

    fn push(&mut self, name: &str, offset: usize, level: usize, out: &mut String) -> Result<(), Refused> {
        let written = format!("&{name};");
        let Some(value) = self.defined.get(name).cloned() else {
            match reference(&written) {
                Some((c, _)) => out.push(c),
                None => out.push_str(&written),
            }
            return Ok(());
        };
        if level == MAX_LEVELS {
            let reason = format!("the entity `{name}` at byte {offset} leads through more than {MAX_LEVELS} others");
            return Err(Refused::rejected(reason, offset));
        }
        self.expanded += value.len().max(1);
        if self.expanded > self.bound {
            let reason = format!(
                "the entities of the document type expand to more than {} bytes at byte {offset}: leave them out, or raise --max-entities",
                self.bound
            );
            return Err(Refused::rejected(reason, offset));
        }
        self.push_text(&value, offset, level + 1, out)
    }

    fn push_text(&mut self, text: &str, offset: usize, level: usize, out: &mut String) -> Result<(), Refused> {
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let name = rest[1..].split_once(';').map(|(name, _)| name);
            let name = name.filter(|name| !name.is_empty() && name.len() < 64 && !name.contains([' ', '&', '<']));
            if let Some(name) = name {
                self.push(name, offset, level, out)?;
                rest = &rest[name.len() + 2..];
            } else {
                out.push('&');
                rest = &rest[1..];
            }
        }
        out.push_str(rest);
        Ok(())
    }
}
