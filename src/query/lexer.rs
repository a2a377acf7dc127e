//! The text of a query → its tokens: operators, parentheses, field names, quoted texts, ranges, bare words.

use std::ops::Range;

use super::fields::{Field, suggest_field};
use super::warnings::Warnings;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT`, or `-` before a word
    Not,
    /// `NEAR` or `NEAR/…`
    Near,
    /// A field's name and its colon.
    Field(Field),
    /// A name and its colon, of no field.
    Unknown,
    /// Text between quotation marks, unescaped, and what stands behind a `~` after it.
    Quoted(String, Option<String>),
    /// `[a TO b]` with either kind of bracket.
    Range,
    /// A word or a value without quotation marks; still escaped.
    Bare,
}

/// A token and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it is the value of the field before it: no space between.
    pub(super) is_value: bool,
}

impl Token {
    pub(super) fn span(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Cuts a query into tokens.
pub(super) fn lex(text: &str, warnings: &mut Warnings) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        never_closed: Vec::new(),
        warnings,
    };
    while let Some(first) = lexer.rest().chars().next() {
        lexer.step(first);
    }
    lexer.tokens
}

struct Lexer<'q, 'w> {
    text: &'q str,
    at: usize,
    tokens: Vec<Token>,
    /// Opening marks that are known to have no closing one in the rest of the text.
    never_closed: Vec<char>,
    warnings: &'w mut Warnings,
}

impl<'q> Lexer<'q, '_> {
    fn rest(&self) -> &'q str {
        &self.text[self.at..]
    }

    /// The field that the next token would be a value of.
    fn field_before(&self) -> Option<&Kind> {
        let last = self.tokens.last().filter(|last| last.end == self.at)?;
        matches!(last.kind, Kind::Field(_) | Kind::Unknown).then_some(&last.kind)
    }

    fn push(&mut self, kind: Kind, len: usize) {
        let is_value = self.field_before().is_some();
        self.tokens.push(Token {
            kind,
            start: self.at,
            end: self.at + len,
            is_value,
        });
        self.at += len;
    }

    fn step(&mut self, first: char) {
        let len = first.len_utf8();
        if first.is_whitespace() {
            self.at += len;
        } else if first == '(' {
            self.push(Kind::Open, len);
        } else if first == ')' {
            self.push(Kind::Close, len);
        } else if !closing_marks(first).is_empty() {
            self.quoted(first);
        } else if self.range_starts(first) {
            self.range();
        } else if self.field_before().is_some() {
            self.push(Kind::Bare, bare_len(self.rest()));
        } else if is_minus(first) && self.rest()[len..].starts_with(|next: char| !next.is_whitespace() && next != ')') {
            self.push(Kind::Not, len);
        } else {
            self.bare();
        }
    }

    /// A bare word, an operator, or the name of a field.
    fn bare(&mut self) {
        if let Some((name, field)) = field_name(self.rest()) {
            self.push(field.map_or(Kind::Unknown, Kind::Field), name.len() + 1);
            return;
        }
        let len = bare_len(self.rest());
        let kind = match &self.rest()[..len] {
            "AND" => Kind::And,
            "OR" => Kind::Or,
            "NOT" => Kind::Not,
            "NEAR" => Kind::Near,
            word if word.starts_with("NEAR/") => Kind::Near,
            _ => Kind::Bare,
        };
        self.push(kind, len);
    }

    /// A text between quotation marks. A mark without its partner is left out, and what follows read as it stands.
    fn quoted(&mut self, open: char) {
        let start = self.at;
        let inside = start + open.len_utf8();
        let found = if self.never_closed.contains(&open) {
            None
        } else {
            find_close(&self.text[inside..], open)
        };
        let Some((text, len, close_len)) = found else {
            self.never_closed.push(open);
            self.stray_mark(open, inside);
            return;
        };
        let after = inside + len + close_len;
        let slop = self.text[after..].strip_prefix('~').map(|rest| {
            let len = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            rest[..len].to_owned()
        });
        let end = after + slop.as_ref().map_or(0, |digits| digits.len() + 1);
        self.push(Kind::Quoted(text, slop), end - start);
    }

    fn stray_mark(&mut self, open: char, inside: usize) {
        let rest = self.text[inside..].trim();
        // After a word it is no quotation mark at all: `5" gun`.
        let is_in_word = self.text[..self.at].ends_with(char::is_alphanumeric);
        let is_clear = !rest.is_empty() && rest.chars().all(|c| closing_marks(c).is_empty());
        let (end, suggestion) = if is_clear && !is_in_word {
            (self.text.trim_end().len(), format!("\"{rest}\""))
        } else {
            (inside, String::new())
        };
        let message = format!("The quotation mark {open} is not closed; it was left out. Close it, or leave it out.");
        self.warnings.problem(self.at..end, message, Some(suggestion));
        // What follows still belongs to the field before.
        if self.field_before().is_some()
            && let Some(field) = self.tokens.last_mut()
        {
            field.end = inside;
        }
        self.at = inside;
    }

    /// Whether a range in brackets starts here: only as the value of a field that has ranges.
    fn range_starts(&self, first: char) -> bool {
        matches!(first, '[' | '{') && matches!(self.field_before(), Some(Kind::Field(Field::Published | Field::Length)))
    }

    fn range(&mut self) {
        let rest = self.rest();
        if let Some(close) = rest.find([']', '}']) {
            self.push(Kind::Range, close + 1);
            return;
        }
        let len = rest.find(')').unwrap_or(rest.len());
        let len = rest[..len].trim_end().len();
        let message = "The range is not closed. Write [from TO to], or [from TO to} to leave the end out.";
        let suggestion = format!("{}]", &rest[..len]);
        self.warnings.problem(self.at..self.at + len, message, Some(suggestion));
        self.push(Kind::Range, len);
    }
}

/// Whether a text begins with the operator OR.
pub(super) fn is_or(text: &str) -> bool {
    text.strip_prefix("OR")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// The characters that excluding starts with: what keyboards and typing aids make of a hyphen.
fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '–')
}

/// The marks that close a text which `open` opens; none if it opens none. Straight, English, German, Swedish and French
/// marks; a straight one may close a curly one, as half-corrected typing does.
pub(super) fn closing_marks(open: char) -> &'static [char] {
    match open {
        '"' => &['"'],
        '“' | '”' | '„' => &['”', '“', '"'],
        '«' => &['»'],
        '»' => &['«', '»'],
        _ => &[],
    }
}

/// The text up to the mark that closes `open`, unescaped; how long it is in the query, and how long the mark.
pub(super) fn find_close(rest: &str, open: char) -> Option<(String, usize, usize)> {
    let closing = closing_marks(open);
    let mut text = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        if closing.contains(&c) {
            return Some((text, at, c.len_utf8()));
        }
        if c == '\\' {
            match chars.next() {
                Some((_, escaped)) => text.push(escaped),
                None => text.push(c),
            }
        } else {
            text.push(c);
        }
    }
    None
}

/// How far a bare word goes: to white space, a parenthesis or a quotation mark that is not escaped.
fn bare_len(rest: &str) -> usize {
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c.is_whitespace() || matches!(c, '(' | ')') || !closing_marks(c).is_empty() {
            return at;
        }
    }
    rest.len()
}

/// The name of a field, with the field if there is one of that name. `16:30`, `http://…` and "Note: …" are no fields.
fn field_name(rest: &str) -> Option<(&str, Option<Field>)> {
    let len = rest.find(|c: char| !c.is_alphabetic() && c != '_')?;
    let (name, after) = rest.split_at(len);
    let after = after.strip_prefix(':')?;
    if name.is_empty() || after.starts_with(':') || after.starts_with("//") {
        return None;
    }
    let field = Field::named(name);
    let has_value = after.starts_with(|c: char| !c.is_whitespace() && c != ')');
    (field.is_some() || has_value || suggest_field(name).is_some()).then_some((name, field))
}
