//! What is done before a query is read: it is cut to its bound, and parentheses without a partner are told of.

use super::lexer::{Kind, Token};
use super::warnings::Warnings;
use super::{MAX_BYTES, MAX_DEPTH};

/// The part of a query that is read.
pub(super) fn bounded<'q>(text: &'q str, warnings: &mut Warnings) -> &'q str {
    if text.len() <= MAX_BYTES {
        return text;
    }
    let cut = (0..=MAX_BYTES).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let cut = text[..cut].rfind(char::is_whitespace).unwrap_or(cut);
    let message = format!("A query has at most {MAX_BYTES} bytes; what follows was left out.");
    warnings.problem(cut..text.len(), message, None);
    &text[..cut]
}

/// Takes out closing parentheses that nothing opened, and tells of those and of open ones.
pub(super) fn balance(tokens: &mut Vec<Token>, text: &str, warnings: &mut Warnings) {
    let mut open = Vec::new();
    tokens.retain(|token| match token.kind {
        Kind::Open => {
            open.push(token.start);
            true
        }
        Kind::Close if open.pop().is_none() => {
            warnings.problem(
                token.span(),
                "Nothing opens this parenthesis; it was left out.",
                Some(String::new()),
            );
            false
        }
        _ => true,
    });
    if let Some(&first) = open.first() {
        let end = text.trim_end().len();
        let message = match open.len() {
            1 => "This parenthesis is not closed; it was read as closed at the end.".to_owned(),
            several => format!("{several} parentheses are not closed; they were read as closed at the end."),
        };
        let closed = (open.len() <= MAX_DEPTH).then(|| format!("{}{}", &text[first..end], ")".repeat(open.len())));
        warnings.problem(first..end, message, closed);
    }
}
