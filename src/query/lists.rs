//! `country IN (NO, SE, "North Korea")`: a field with any of several values. Also read: `country:IN(NO, SE)`,
//! `country NOT IN (NO, SE)`, and commas in the parentheses of a facet, `country:(NO, SE)`.

use std::ops::Range;

use super::fields::{Field, suggest_field};
use super::lexer::{Kind, Token, closing_marks, find_close};
use super::parser::Parser;
use super::values;
use super::words::Bare;
use super::{Query, lexer};

/// A list that begins at the parser's place: its first token is the opening parenthesis.
pub(super) struct List {
    field: Field,
    is_negative: bool,
}

impl Parser<'_> {
    /// The list that begins with `name IN (` or `name NOT IN (`, the name read already; goes to the parenthesis.
    pub(super) fn list_in_words(&mut self, name: &Token) -> Option<List> {
        if name.kind != Kind::Bare || name.is_value {
            return None;
        }
        let is = |at: usize, kind: Kind, word: &str| {
            let token = self
                .tokens
                .get(at)
                .filter(|token| token.kind == kind && !token.is_value);
            token.is_some_and(|token| &self.text[token.span()] == word)
        };
        let is_negative = is(self.at, Kind::Not, "NOT");
        let at = self.at + usize::from(is_negative);
        if !is(at, Kind::Bare, "IN") || !is(at + 1, Kind::Open, "(") {
            return None;
        }
        let typed = &self.text[name.span()];
        let Some(field) = Field::named(typed) else {
            if let Some(known) = suggest_field(typed) {
                let message =
                    format!("“{typed}” before IN is no field; it was read as a word. Did you mean {known} IN ?");
                self.warnings.problem(name.span(), message, Some(known.to_owned()));
            }
            return None;
        };
        self.at = at + 1;
        Some(List { field, is_negative })
    }

    /// The list that is the value of a field, the first token of the value read already; goes to the parenthesis.
    pub(super) fn list_as_value(&mut self, field: Field, value: &Token) -> Option<List> {
        let list = List {
            field,
            is_negative: false,
        };
        match value.kind {
            Kind::Bare if &self.text[value.span()] == "IN" => {
                let open = self.tokens.get(self.at)?;
                (open.kind == Kind::Open && open.start == value.end).then_some(list)
            }
            Kind::Open if matches!(field, Field::Facet(_)) && self.has_commas() => {
                self.at -= 1;
                Some(list)
            }
            _ => None,
        }
    }

    /// Whether the parenthesis just read holds values with commas between, and no operators but OR.
    fn has_commas(&self) -> bool {
        let inside = self.tokens[self.at..]
            .iter()
            .take_while(|token| token.kind != Kind::Close);
        let mut end = self.read_to();
        for token in inside {
            if matches!(token.kind, Kind::Open | Kind::And | Kind::Not | Kind::Near) {
                return false;
            }
            end = token.end;
        }
        let items = items(&self.text[self.read_to()..end], self.read_to());
        items.len() > 1
            && items
                .iter()
                .any(|item| self.text[item.end..].trim_start().starts_with(COMMAS))
    }

    /// Reads a list, from its parenthesis on.
    pub(super) fn list(&mut self, list: &List) -> Option<Query> {
        let open = self.next()?;
        let from = self.at;
        self.skip_group();
        let inside = &self.tokens[from..self.at];
        let end = match inside.last() {
            Some(token) if token.kind == Kind::Close => token.start,
            Some(token) => token.end,
            None => open.end,
        };
        if let Some(nested) = inside.iter().find(|token| token.kind == Kind::Open) {
            let message =
                "In a list of values stand commas, and no parentheses; they were read as a part of the value.";
            self.warnings.problem(nested.span(), message, None);
        }
        let mut any = Vec::new();
        for item in items(&self.text[open.end..end], open.end) {
            any.extend(self.item(list.field, item));
        }
        if any.is_empty() {
            let message = "There is no value between the parentheses; the list was left out.";
            self.warnings
                .problem(open.start..self.read_to().max(open.end), message, None);
            return None;
        }
        let any = Query::Or(any);
        Some(if list.is_negative {
            Query::Not(Box::new(any))
        } else {
            any
        })
    }

    /// One value of a list.
    fn item(&mut self, field: Field, span: Range<usize>) -> Option<Query> {
        let raw = &self.text[span.clone()];
        let token = |kind| Token {
            kind,
            start: span.start,
            end: span.end,
            is_value: true,
        };
        if let Some(text) = quoted(raw) {
            return self.leaf(Some(field), &token(Kind::Quoted(text, None)));
        }
        match field {
            Field::Facet(facet) if raw != "*" => {
                // White space is one space, and a mark that is not closed was told and left out.
                let words: Vec<&str> = raw.split_whitespace().collect();
                let bare = Bare::read(&words.join(" ").replace(|c| !closing_marks(c).is_empty(), ""));
                self.counted(&token(Kind::Bare))
                    .then(|| values::bare_facet(facet, bare, span, &mut self.warnings))?
            }
            field => self.leaf(Some(field), &token(Kind::Bare)),
        }
    }
}

/// What stands between the values of a list: the commas of all scripts.
const COMMAS: [char; 4] = [',', '،', '、', '，'];

/// The text of an item that is one quoted text and nothing else.
fn quoted(raw: &str) -> Option<String> {
    let open = raw.chars().next().filter(|&c| !closing_marks(c).is_empty())?;
    let inside = &raw[open.len_utf8()..];
    let (text, len, close) = find_close(inside, open)?;
    (len + close == inside.len()).then_some(text)
}

/// The items of a list, without the space around them; empty ones are none. `base` is the place of `text`.
fn items(text: &str, base: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut push = |start: usize, end: usize| {
        let item = text[start..end].trim();
        if !item.is_empty() {
            let start = start + (text[start..end].len() - text[start..end].trim_start().len());
            found.push(base + start..base + start + item.len());
        }
    };
    let mut at = 0;
    let mut is_begin = true;
    while let Some(c) = text[at..].chars().next() {
        let mut len = c.len_utf8();
        if c == '\\' {
            len += text[at + len..].chars().next().map_or(0, char::len_utf8);
        } else if !closing_marks(c).is_empty() {
            len += find_close(&text[at + len..], c).map_or(0, |(_, len, close)| len + close);
        } else if COMMAS.contains(&c) {
            push(start, at);
            start = at + len;
        } else if is_begin && lexer::is_or(&text[at..]) {
            push(start, at);
            start = at + 2;
            len = 2;
        }
        is_begin = c.is_whitespace();
        at += len;
    }
    push(start, text.len());
    found
}
