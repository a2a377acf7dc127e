//! Terms on their way into tantivy: one text per field that the analysis wrote and this token stream takes apart.
//!
//! tantivy's own pre-tokenised text holds a `String` and four numbers for each token and is cloned by the indexer; this is
//! one allocation a field. A term follows a mark: [`NEXT`] for a position of its own, [`SAME`] for the position before.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Control characters: no token of a text holds one.
const NEXT: char = '\u{1}';
const SAME: char = '\u{2}';

/// Appends a term at the next position. An empty one takes up the position.
pub(super) fn push_next(out: &mut String, term: &str) {
    out.push(NEXT);
    out.push_str(term);
}

/// Appends a second term for the position before.
pub(super) fn push_same(out: &mut String, term: &str) {
    out.push(SAME);
    out.push_str(term);
}

/// Makes the analyzers known that `fields.toml` names. (`raw` is tantivy's.)
pub(in crate::index) fn register(manager: &TokenizerManager) {
    for name in ["written", "stem"] {
        manager.register(name, TextAnalyzer::from(Terms));
    }
}

/// Takes apart what [`super::Analysed`] wrote.
#[derive(Debug, Clone, Copy)]
struct Terms;

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        TermStream {
            rest: text,
            token: Token::default(),
        }
    }
}

struct TermStream<'a> {
    rest: &'a str,
    token: Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(mark) = self.rest.chars().next() {
            let rest = &self.rest[mark.len_utf8()..];
            let end = memchr::memchr2(NEXT as u8, SAME as u8, rest.as_bytes()).unwrap_or(rest.len());
            if mark == NEXT {
                // The first position is 0, one after `usize::MAX`.
                self.token.position = self.token.position.wrapping_add(1);
            }
            self.rest = &rest[end..];
            if end > 0 {
                self.token.text.clear();
                self.token.text.push_str(&rest[..end]);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_come_back_at_their_positions() {
        let mut text = String::new();
        push_next(&mut text, "told");
        push_next(&mut text, "");
        push_next(&mut text, "us");
        push_same(&mut text, "US");
        push_next(&mut text, "łódź");
        let mut terms = Terms;
        let mut stream = terms.token_stream(&text);
        let mut found = Vec::new();
        while let Some(token) = stream.next() {
            found.push((token.text.clone(), token.position));
        }
        let expected = [("told", 0), ("us", 2), ("US", 2), ("łódź", 3)];
        assert_eq!(found, expected.map(|(term, at)| (term.to_owned(), at)));
    }
}
