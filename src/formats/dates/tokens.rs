//! A date cut into numbers, words and marks.

use crate::text::fold;

/// A piece of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits: their value and how many there are.
    Number(i64, usize),
    /// Letters, folded.
    Word(String),
    /// Anything else but white space.
    Mark(char),
}

/// Cuts a text; white space is left out, typesetters' dashes are hyphens.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = |same: fn(char) -> bool| rest.find(|c: char| !same(c)).unwrap_or(rest.len());
        let taken = if c.is_ascii_digit() {
            let end = end(|c| c.is_ascii_digit());
            match rest[..end].parse() {
                Ok(number) => out.push(Token::Number(number, end)),
                Err(_) => out.push(Token::Mark('?')),
            }
            end
        } else if c.is_alphabetic() {
            let end = end(char::is_alphabetic);
            out.push(Token::Word(fold(&rest[..end])));
            end
        } else {
            if !c.is_whitespace() {
                // The minus sign and the dashes of a typesetter are hyphens here.
                out.push(Token::Mark(if matches!(c, '−' | '–' | '‐') { '-' } else { c }));
            }
            c.len_utf8()
        };
        rest = &rest[taken..];
    }
    out
}

/// The value of a token that is a number of at most two digits.
pub(super) fn small(token: Option<&Token>) -> Option<i8> {
    match token {
        Some(Token::Number(number, 1..=2)) => i8::try_from(*number).ok(),
        _ => None,
    }
}

/// Whether a token is one of these marks.
pub(super) fn mark(token: Option<&Token>, marks: &[char]) -> bool {
    matches!(token, Some(Token::Mark(mark)) if marks.contains(mark))
}

/// The word that a token is.
pub(super) fn word(token: Option<&Token>) -> Option<&str> {
    match token {
        Some(Token::Word(word)) => Some(word),
        _ => None,
    }
}
