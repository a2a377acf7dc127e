//! Tokens → tree, by recursive descent: OR of ANDs of perhaps negated operands, which NEAR may join.

use super::balance::{balance, bounded};
use super::fields::{Field, suggest_field};
use super::lexer::{Kind, Token, lex};
use super::simplify::simplify;
use super::warnings::Warnings;
use super::{Clause, MAX_CLAUSES, MAX_DEPTH, Part, Query, dates, hints, numbers, values, words};
use crate::story::{Facet, Timestamp};

/// A query as read.
pub(super) struct Read {
    /// The tree.
    pub(super) query: Query,
    /// The clauses that must all hold.
    pub(super) clauses: Vec<Clause>,
    /// What was not understood.
    pub(super) warnings: Warnings,
}

/// Reads a whole query.
pub(super) fn read(text: &str, now: Timestamp) -> Read {
    let mut warnings = Warnings::default();
    let text = bounded(text, &mut warnings);
    let mut tokens = lex(text, &mut warnings);
    balance(&mut tokens, text, &mut warnings);
    hints::hint_at(&tokens, text, &mut warnings);
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        depth: 0,
        clauses: 0,
        outermost: Vec::new(),
        now,
        warnings,
    };
    let query = simplify(parser.any_of(None).unwrap_or(Query::All));
    let clauses = outermost(parser.outermost, text, &query);
    Read {
        query,
        clauses,
        warnings: parser.warnings,
    }
}

/// The clauses that must all hold: the operands outside of parentheses, or the whole text where an OR stands between them.
fn outermost(operands: Vec<Clause>, text: &str, query: &Query) -> Vec<Clause> {
    if *query == Query::All {
        return Vec::new();
    }
    if Query::all_of(operands.iter().map(|clause| clause.query.clone()).collect()) == *query {
        return operands;
    }
    let whole = text.trim();
    let start = text.len() - text.trim_start().len();
    vec![Clause {
        query: query.clone(),
        start,
        end: start + whole.len(),
    }]
}

pub(super) struct Parser<'q> {
    pub(super) text: &'q str,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    depth: usize,
    clauses: usize,
    /// The operands outside of all parentheses, with their places.
    outermost: Vec<Clause>,
    now: Timestamp,
    pub(super) warnings: Warnings,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    /// Whether the next token begins an operand.
    pub(super) fn operand_follows(&self) -> bool {
        !matches!(
            self.peek(),
            None | Some(Kind::Close | Kind::And | Kind::Or | Kind::Near)
        )
    }

    /// The byte after the last token that was read.
    pub(super) fn read_to(&self) -> usize {
        self.at.checked_sub(1).map_or(0, |last| self.tokens[last].end)
    }

    fn text_of(&self, token: &Token) -> String {
        self.text[token.span()].to_owned()
    }

    pub(super) fn dangling(&mut self, token: &Token, side: &str) {
        let message = format!("{} has nothing {side} it and was left out.", &self.text[token.span()]);
        self.warnings.problem(token.span(), message, Some(String::new()));
    }

    /// `a OR b OR …` up to the end or a closing parenthesis. `field` is what stands before the parentheses.
    fn any_of(&mut self, field: Option<Field>) -> Option<Query> {
        let mut parts = Vec::new();
        let mut had_operand = false;
        loop {
            let from = self.at;
            parts.extend(self.all_of(field));
            had_operand |= self.at > from;
            if self.peek() != Some(&Kind::Or) {
                break;
            }
            let Some(or) = self.next() else { break };
            if !had_operand {
                self.dangling(&or, "before");
            } else if !self.operand_follows() && self.peek() != Some(&Kind::And) {
                self.dangling(&or, "after");
            }
        }
        (!parts.is_empty()).then_some(Query::Or(parts))
    }

    /// `a AND b c …` up to an OR.
    fn all_of(&mut self, field: Option<Field>) -> Option<Query> {
        let mut parts = Vec::new();
        let mut had_operand = false;
        loop {
            match self.peek() {
                None | Some(Kind::Close | Kind::Or) => break,
                Some(Kind::And | Kind::Near) => {
                    let Some(operator) = self.next() else { break };
                    if !had_operand || operator.kind == Kind::Near {
                        self.dangling(&operator, "before");
                    } else if !self.operand_follows() {
                        self.dangling(&operator, "after");
                    }
                }
                Some(_) => {
                    had_operand = true;
                    let start = self.tokens[self.at].start;
                    let part = self.negated(field, Self::nearness);
                    if let (0, Some(query)) = (self.depth, &part) {
                        self.outermost.push(Clause {
                            query: simplify(query.clone()),
                            start,
                            end: self.read_to(),
                        });
                    }
                    parts.extend(part);
                }
            }
        }
        (!parts.is_empty()).then_some(Query::And(parts))
    }

    /// What `read` reads after any number of NOTs.
    pub(super) fn negated(
        &mut self,
        field: Option<Field>,
        read: fn(&mut Self, Option<Field>) -> Option<Query>,
    ) -> Option<Query> {
        let mut is_negative = false;
        while self.peek() == Some(&Kind::Not) {
            let not = self.next()?;
            is_negative = !is_negative;
            if !self.operand_follows() {
                self.dangling(&not, "after");
                return None;
            }
        }
        let query = read(self, field)?;
        Some(if is_negative {
            Query::Not(Box::new(query))
        } else {
            query
        })
    }

    pub(super) fn operand(&mut self, field: Option<Field>) -> Option<Query> {
        let token = self.next()?;
        if let Some(list) = self.list_in_words(&token) {
            return self.list(&list);
        }
        match token.kind {
            Kind::Open => self.group(&token, field),
            Kind::Field(field) => self.value_of(field, &token),
            Kind::Unknown => self.unknown(&token, field),
            _ => match field {
                Some(Field::Facet(facet)) if token.kind == Kind::Bare => self.words_as_value(facet, &token),
                _ => self.leaf(field, &token),
            },
        }
    }

    fn group(&mut self, open: &Token, field: Option<Field>) -> Option<Query> {
        if self.depth == MAX_DEPTH {
            self.skip_group();
            let end = self
                .tokens
                .get(self.at.wrapping_sub(1))
                .map_or(open.end, |last| last.end);
            let message =
                format!("At most {MAX_DEPTH} parentheses may stand inside each other; this part was left out.");
            self.warnings.problem(open.start..end, message, None);
            return None;
        }
        let from = self.at;
        self.depth += 1;
        let query = self.any_of(field);
        self.depth -= 1;
        let is_empty = self.at == from;
        let close = if self.peek() == Some(&Kind::Close) {
            self.next()
        } else {
            None
        };
        if is_empty {
            let end = close.map_or(open.end, |close| close.end);
            self.warnings.problem(
                open.start..end,
                "There is nothing between the parentheses; they were left out.",
                None,
            );
        }
        query
    }

    /// Goes past the parenthesis that closes the one just read.
    pub(super) fn skip_group(&mut self) {
        let mut open = 1_usize;
        while let Some(token) = self.next() {
            match token.kind {
                Kind::Open => open += 1,
                Kind::Close => open -= 1,
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }

    /// A field of the language and its value.
    fn value_of(&mut self, field: Field, name: &Token) -> Option<Query> {
        let is_given = self.tokens.get(self.at).is_some_and(|token| token.is_value);
        if !is_given {
            let message = format!(
                "{}: has no value and was left out. Write the value right after the colon.",
                field.name()
            );
            let next = self
                .tokens
                .get(self.at)
                .filter(|next| matches!(next.kind, Kind::Bare | Kind::Quoted(..)));
            let (span, suggestion) = match next {
                Some(next) => (
                    name.start..next.end,
                    Some(format!("{}:{}", field.name(), self.text_of(next))),
                ),
                None => (name.span(), None),
            };
            self.warnings.problem(span, message, suggestion);
            return None;
        }
        let mut value = self.next()?;
        if let Some(list) = self.list_as_value(field, &value) {
            return self.list(&list);
        }
        if value.kind == Kind::Open {
            return self.group(&value, Some(field));
        }
        let raw = &self.text[value.span()];
        let is_negative = value.kind == Kind::Bare
            && matches!(field, Field::Facet(_) | Field::Part(_))
            && raw.starts_with('-')
            && raw.len() > 1;
        if !is_negative {
            return self.leaf(Some(field), &value);
        }
        let suggestion = format!("-{}:{}", field.name(), &raw[1..]);
        let message = "The - of an exclusion stands before the field; it was read so.";
        self.warnings.problem(name.start..value.end, message, Some(suggestion));
        value.start += 1;
        self.leaf(Some(field), &value).map(|query| Query::Not(Box::new(query)))
    }

    /// A name that is no field is a word, and what follows it too.
    fn unknown(&mut self, name: &Token, field: Option<Field>) -> Option<Query> {
        let typed = self.text[name.span()].split(':').next().unwrap_or_default().to_owned();
        let suggestion = suggest_field(&typed);
        let remedy = match suggestion {
            Some(known) => format!("Did you mean {known}: ?"),
            None => "Put it between quotation marks to look for it as text.".to_owned(),
        };
        let message = format!("“{typed}:” is no field; it was read as a word. {remedy}");
        self.warnings
            .problem(name.span(), message, suggestion.map(|known| format!("{known}:")));
        let word = Token {
            kind: Kind::Bare,
            start: name.start,
            end: name.start + typed.len(),
            is_value: false,
        };
        let mut parts: Vec<Query> = self.leaf(field, &word).into_iter().collect();
        if self.tokens.get(self.at).is_some_and(|token| token.is_value) {
            parts.extend(self.operand(field));
        }
        (!parts.is_empty()).then_some(Query::And(parts))
    }

    /// Words side by side in a facet's parentheses are one value.
    fn words_as_value(&mut self, facet: Facet, first: &Token) -> Option<Query> {
        let mut joined = words::Bare::read(&self.text[first.span()]);
        let mut span = first.span();
        while let Some(token) = self.tokens.get(self.at).filter(|token| token.kind == Kind::Bare) {
            let next = words::Bare::read(&self.text[token.span()]);
            joined.text.push(' ');
            joined.stars.extend(next.stars.iter().map(|at| at + joined.text.len()));
            joined.text.push_str(&next.text);
            joined.edits = joined.edits.or(next.edits);
            joined.is_boosted |= next.is_boosted;
            span.end = token.end;
            self.at += 1;
        }
        if self.counted(first) {
            values::bare_facet(facet, joined, span, &mut self.warnings)
        } else {
            None
        }
    }

    /// Counts a clause; past the bound, it and all that follows is left out.
    pub(super) fn counted(&mut self, token: &Token) -> bool {
        self.clauses += 1;
        if self.clauses <= MAX_CLAUSES {
            return true;
        }
        self.tokens.truncate(self.at);
        let message = format!("A query has at most {MAX_CLAUSES} clauses; what follows was left out.");
        self.warnings.problem(token.start..self.text.len(), message, None);
        false
    }

    /// One word, text or range, as a value of `field`.
    pub(super) fn leaf(&mut self, field: Option<Field>, token: &Token) -> Option<Query> {
        if !self.counted(token) {
            return None;
        }
        let raw = &self.text[token.span()];
        let span = token.span();
        let warnings = &mut self.warnings;
        match (field.unwrap_or(Field::Part(Part::Anywhere)), &token.kind) {
            (Field::Part(part), Kind::Quoted(text, slop)) => {
                words::quoted_words(part, text, slop.as_deref(), span, warnings)
            }
            (Field::Part(Part::Said), _) if raw == "*" => Some(Query::HasQuote),
            (Field::Part(part), _) => words::bare_words(part, raw, span, warnings),
            (Field::Facet(facet), Kind::Quoted(text, slop)) => {
                values::quoted_facet(facet, text, slop.is_some(), span, warnings)
            }
            (Field::Facet(facet), _) if raw == "*" => Some(Query::Has(facet)),
            (Field::Facet(facet), _) => values::bare_facet(facet, words::Bare::read(raw), span, warnings),
            (other, kind) => {
                let value = if let Kind::Quoted(text, _) = kind {
                    text.trim()
                } else {
                    raw
                };
                match other {
                    Field::Published => dates::published(value, span, self.now, warnings),
                    Field::Length => numbers::length(value, span, warnings),
                    Field::Missing => values::has(value, span, warnings).map(values::Having::without),
                    _ => values::has(value, span, warnings).map(values::Having::with),
                }
            }
        }
    }
}
