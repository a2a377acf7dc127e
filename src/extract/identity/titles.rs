//! The title that a mention bears: right before the name, before a comma in front of it, or in apposition behind it.

use crate::extract::document::{Document, Text};
use crate::extract::people::NameSpan;
use crate::text::{Case, Kind};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};

use super::forms::text_of;

/// How many words of an apposition may stand between the comma and the title ("the Norwegian prime minister").
const REACH: usize = 5;

/// For each span the folded word of its title.
pub(super) fn beside(
    document: &Document,
    vocabulary: &Vocabulary,
    lists: Lists,
    spans: &[NameSpan],
) -> Vec<Option<u64>> {
    let beside = |span: &NameSpan| {
        let text = text_of(document, span);
        let is_title = |at: usize| {
            let token = text.tokens.get(at)?;
            let title = vocabulary.names.traits(token, lists).any(Traits::TITLE);
            title.then_some(token.folded)
        };
        let before = span.title.and_then(|at| text.tokens.get(at).map(|token| token.folded));
        before
            .or_else(|| behind(text, span.tokens.end, &is_title))
            .or_else(|| in_front(text, span, &is_title))
    };
    spans.iter().map(beside).collect()
}

/// "X, the Norwegian prime minister,": the title is the last one before the phrase ends or goes on in another way.
fn behind(text: &Text, end: usize, is_title: &dyn Fn(usize) -> Option<u64>) -> Option<u64> {
    if text.word(end) != "," {
        return None;
    }
    let phrase = end + 1..end + 2 + REACH;
    for at in phrase {
        if text.tokens.get(at)?.kind != Kind::Word {
            return None;
        }
        if let Some(title) = is_title(at) {
            // "X, President Y and": the title is another's.
            let next = text.tokens.get(at + 1);
            let others = next.is_some_and(|next| next.kind == Kind::Word && next.case != Case::Lower);
            return (!others).then_some(title);
        }
    }
    None
}

/// "The president, X,": an apposition has a comma on either side.
fn in_front(text: &Text, span: &NameSpan, is_title: &dyn Fn(usize) -> Option<u64>) -> Option<u64> {
    let comma = span.tokens.start.checked_sub(1).filter(|&at| text.word(at) == ",")?;
    let closed = matches!(text.word(span.tokens.end), "," | "." | ":");
    let title = comma.checked_sub(1)?;
    if closed { is_title(title) } else { None }
}
