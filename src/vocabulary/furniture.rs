//! What is not story: link lines, advertisements, captions, and how sign-offs and credit lines begin.

use super::openers::Openers;
use super::phrases::Phrases;
use super::tsv::{BadLine, rows};
use crate::text::{Token, tokenise};

const LIST: &str = include_str!("../../index_schema/vocabulary/furniture.tsv");

/// How far a piece of furniture reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FurnitureKind {
    /// The whole paragraph is the phrase.
    Line,
    /// A paragraph, or the rest of one, that links to another story.
    Link,
    /// A short paragraph that opens with the phrase: a call to follow or subscribe.
    Call,
    /// A bracket that opens with the phrase.
    Block,
    /// A paragraph that describes a picture.
    Caption,
    /// Names who made the copy, in a bracket or to the end of its paragraph.
    SignOff,
    /// The same with a colon: "Pewarta: …"; or a notice of rights.
    Signature,
    /// Stands in a sentence that says who contributed or holds the rights.
    CreditLine,
}

/// All phrases that mark furniture.
#[derive(Debug, Default)]
pub struct Furniture {
    phrases: Phrases<FurnitureKind>,
    openers: Openers,
}

impl Furniture {
    /// The compiled-in list.
    ///
    /// # Errors
    /// When the list is malformed or a kind is unknown.
    pub fn builtin() -> Result<Self, BadLine> {
        let mut furniture = Self::default();
        for row in rows("furniture.tsv", LIST, ["phrases", "language", "kind"])? {
            let [phrases, _, kind] = row.cells;
            let kind = kind_named(kind).ok_or_else(|| BadLine {
                list: "furniture.tsv".into(),
                line: row.line,
                reason: format!("no such kind: {kind}"),
            })?;
            for phrase in phrases.split('|') {
                let tokens = tokenise(phrase);
                furniture.openers.add(&tokens);
                furniture.phrases.insert_tokens(&tokens, kind);
            }
        }
        Ok(furniture)
    }

    /// The length of the longest phrase that starts at token `at`, and all that it may open.
    #[must_use]
    pub fn at(&self, tokens: &[Token], at: usize) -> Option<(usize, &[FurnitureKind])> {
        if !self.openers.may_open(tokens.get(at)?) {
            return None;
        }
        let found = self.phrases.longest_at(tokens, at)?;
        Some((found.len, found.values))
    }
}

fn kind_named(name: &str) -> Option<FurnitureKind> {
    Some(match name {
        "line" => FurnitureKind::Line,
        "link" => FurnitureKind::Link,
        "call" => FurnitureKind::Call,
        "block" => FurnitureKind::Block,
        "caption" => FurnitureKind::Caption,
        "sign-off" => FurnitureKind::SignOff,
        "signature" => FurnitureKind::Signature,
        "credit-line" => FurnitureKind::CreditLine,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_may_open_several_kinds() {
        let furniture = Furniture::builtin().unwrap();
        let tokens = tokenise("Baca juga: harga");
        let (len, kinds) = furniture.at(&tokens, 0).unwrap();
        assert_eq!(len, 2);
        assert!(kinds.contains(&FurnitureKind::Line) && kinds.contains(&FurnitureKind::Link));
    }
}
