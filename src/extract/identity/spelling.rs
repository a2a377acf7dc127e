//! Names as text: words parted by one space, and what a headline in capitals hides told from the body.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::extract::document::{Document, Text};
use crate::text::{Case, Kind, Token};

/// Spells the names of a document.
pub(super) struct Speller<'d, 't> {
    document: &'d Document<'t>,
    /// Whether the headline is all in capitals.
    shouting: bool,
    /// The words of the body that are not, made at the first need.
    body: Option<FxHashMap<u64, &'d str>>,
}

impl<'d, 't> Speller<'d, 't> {
    pub(super) fn new(document: &'d Document<'t>) -> Self {
        let headline = document.headline.tokens.iter();
        let words: Vec<Case> = headline
            .filter(|token| token.kind == Kind::Word)
            .map(|token| token.case)
            .collect();
        let capitals = words.iter().filter(|case| **case == Case::AllCapitals).count();
        Self {
            document,
            shouting: capitals >= 2 && !words.iter().any(|case| matches!(case, Case::Lower | Case::Mixed)),
            body: None,
        }
    }

    /// The name in those tokens; marks stay where they stood, and words that lost the space between them get one.
    pub(super) fn name(&mut self, text: &Text, tokens: Range<usize>) -> String {
        let recased = self.shouting && std::ptr::eq(text.text, self.document.headline.text);
        let mut name = String::new();
        let mut before: Option<&Token> = None;
        for token in text.tokens.get(tokens).unwrap_or_default() {
            let glued = before.is_some_and(|before| before.end == token.start);
            let elided = before.is_some_and(|before| before.of(text.text).ends_with(['\'', '’']));
            let words = before.is_some_and(|before| before.kind == Kind::Word && token.kind == Kind::Word) && !elided;
            if before.is_some() && (!glued || words) {
                name.push(' ');
            }
            if recased && token.case == Case::AllCapitals {
                self.push_recased(token, token.of(text.text), &mut name);
            } else {
                name.push_str(token.of(text.text));
            }
            before = Some(token);
        }
        name
    }

    /// A word in capitals as the body writes it; where it does not, with one capital, and another behind an apostrophe.
    fn push_recased(&mut self, token: &Token, word: &str, name: &mut String) {
        let body = &self.document.body;
        let known = self.body.get_or_insert_with(|| {
            let named = |token: &&Token| matches!(token.case, Case::Capitalised | Case::Mixed);
            let words = body.tokens.iter().rev().filter(named);
            words.map(|token| (token.folded, token.of(body.text))).collect()
        });
        if let Some(written) = known.get(&token.folded) {
            name.push_str(written);
            return;
        }
        let mut opens = true;
        for c in word.chars() {
            if opens {
                name.push(c);
            } else {
                name.extend(c.to_lowercase());
            }
            opens = matches!(c, '\'' | '’' | '.');
        }
    }
}
