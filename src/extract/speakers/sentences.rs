//! Cuts the body into sentences as attribution sees them: a quote is one piece, and what follows it in the same sentence
//! belongs to it.

use std::ops::Range;

use crate::extract::document::{Marks, Text};
use crate::extract::quotes::QuoteSpan;
use crate::text::{Kind, Token};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};
use crate::vocabulary::speech::CueKind;

/// A sentence with the quotes in it.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// Its tokens, quotes included.
    pub tokens: Range<usize>,
    /// Its quotes, as places in the list of quotes.
    pub quotes: Range<usize>,
    /// Its paragraph.
    pub paragraph: usize,
    /// Whether it has no word outside its quotes.
    pub only_quotes: bool,
}

/// The sentences of the body in order.
pub(super) fn cut(body: &Text, vocabulary: &Vocabulary, lists: Lists, quotes: &[QuoteSpan]) -> Vec<Sentence> {
    let mut cutter = Cutter {
        body,
        vocabulary,
        lists,
        quotes,
        found: Vec::new(),
        next_quote: 0,
    };
    for paragraph in 0..body.paragraphs.len() {
        cutter.paragraph(paragraph);
    }
    cutter.found
}

struct Cutter<'d, 't> {
    body: &'d Text<'t>,
    vocabulary: &'d Vocabulary,
    lists: Lists,
    quotes: &'d [QuoteSpan],
    found: Vec<Sentence>,
    next_quote: usize,
}

impl Cutter<'_, '_> {
    fn paragraph(&mut self, paragraph: usize) {
        let range = self.body.paragraphs[paragraph].clone();
        let mut start = range.start;
        let mut first_quote = self.next_quote;
        let mut at = range.start;
        let mut only_quotes = true;
        while at < range.end {
            let quote = self
                .quotes
                .get(self.next_quote)
                .filter(|quote| quote.tokens.start == at);
            let ends = if let Some(quote) = quote {
                at = quote.tokens.end;
                self.next_quote += 1;
                self.ends_after_quote(quote, range.end)
            } else {
                only_quotes &= self.body.tokens[at].kind != Kind::Word || self.body.marks[at].any(Marks::QUOTED);
                at += 1;
                self.ends_after_token(at - 1, range.end)
            };
            if ends || at >= range.end {
                self.found.push(Sentence {
                    tokens: start..at,
                    quotes: first_quote..self.next_quote,
                    paragraph,
                    only_quotes,
                });
                only_quotes = true;
                start = at;
                first_quote = self.next_quote;
            }
        }
    }

    /// Whether a sentence ends behind the token at `at`.
    fn ends_after_token(&self, at: usize, end: usize) -> bool {
        let word = self.body.word(at);
        if !matches!(word, "." | "!" | "?" | "…") || at + 1 >= end {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| self.body.tokens.get(before));
        let short = before.is_some_and(|token| token.end - token.start <= 4);
        let title = before.is_some_and(|token| self.traits(token).any(Traits::TITLE | Traits::SUFFIX));
        !(word == "." && short && title) && self.starts_sentence(at + 1)
    }

    /// Whether a sentence ends behind a quote: its own full stop ends it unless a small word goes on.
    fn ends_after_quote(&self, quote: &QuoteSpan, end: usize) -> bool {
        let next = quote.tokens.end;
        if next >= end {
            return false;
        }
        let inside = self.body.text.get(quote.bytes.clone()).unwrap_or_default();
        let stop = inside.ends_with(['.', '!', '?', '…']);
        let asks = inside.ends_with(['!', '?']);
        stop && self.starts_sentence(next) && !(asks && self.cue_follows(next, end))
    }

    fn starts_sentence(&self, at: usize) -> bool {
        self.body.tokens.get(at).is_none_or(|token| match token.kind {
            Kind::Word => token.is_capital(self.body.text),
            Kind::Number => true,
            Kind::Mark => !matches!(token.of(self.body.text), "," | ";" | ")" | "-" | "–" | "—" | "." | "”" | "\"" | ":"),
        } || self.quotes.get(self.next_quote).is_some_and(|quote| quote.tokens.start == at))
    }

    /// Whether a reporting word comes within the next words, before anything ends the clause.
    fn cue_follows(&self, from: usize, end: usize) -> bool {
        for at in from..end.min(from + 7) {
            if self.body.tokens[at].kind == Kind::Mark {
                return false;
            }
            if matches!(
                self.vocabulary.speech.at(&self.body.tokens, at, self.lists),
                Some((CueKind::Say | CueKind::Beside, _))
            ) {
                return true;
            }
        }
        false
    }

    fn traits(&self, token: &Token) -> Traits {
        self.vocabulary.names.traits(token, self.lists)
    }
}
