//! Hints at what is read as written, but was perhaps meant otherwise.

use super::fields::Field;
use super::lexer::{Kind, Token};
use super::warnings::Warnings;
use crate::story::Facet;

/// Looks over the tokens of a query.
pub(super) fn hint_at(tokens: &[Token], text: &str, warnings: &mut Warnings) {
    lower_case_operator(tokens, text, warnings);
    near_of_others(tokens, text, warnings);
    lower_case_list(tokens, text, warnings);
    names_cut_short(tokens, text, warnings);
}

/// `near/5`, `W/5`, `NEAR5`, `ADJ5`: how other programs write it. Told once.
fn near_of_others(tokens: &[Token], text: &str, warnings: &mut Warnings) {
    for pair in tokens.windows(3) {
        let [before, token, after] = pair else { continue };
        let is_between = |token: &Token| matches!(token.kind, Kind::Bare | Kind::Quoted(..) | Kind::Open | Kind::Close);
        let word = text[token.span()].to_ascii_lowercase();
        let figures = ["near/", "near", "w/", "n/", "adj"]
            .iter()
            .find_map(|begin| word.strip_prefix(begin));
        let Some(figures) = figures.filter(|figures| figures.parse::<u16>().is_ok()) else {
            continue;
        };
        if token.kind == Kind::Bare && !token.is_value && is_between(before) && is_between(after) {
            let word = &text[token.span()];
            let message = format!("“{word}” is read as text; the operator is NEAR/{figures}.");
            warnings.hint(token.span(), message, Some(format!("NEAR/{figures}")));
            return;
        }
    }
}

/// `country in (NO, SE)`: words, since the operator is in capitals.
fn lower_case_list(tokens: &[Token], text: &str, warnings: &mut Warnings) {
    for three in tokens.windows(3) {
        let [name, token, open] = three else { continue };
        let is_name = name.kind == Kind::Bare && !name.is_value && Field::named(&text[name.span()]).is_some();
        let is_in = token.kind == Kind::Bare && matches!(&text[token.span()], "in" | "In");
        if is_name && is_in && open.kind == Kind::Open {
            let message = format!(
                "“{}” is read as a word; the operator is IN, in capitals.",
                &text[token.span()]
            );
            warnings.hint(token.span(), message, Some("IN".to_owned()));
        }
    }
}

/// `or`, `and` and `not` in lower case are words. Told once, and only where one stands between operands of a query that
/// has other signs in it, or is made of three words (`rice or maize`): not in a pasted sentence.
fn lower_case_operator(tokens: &[Token], text: &str, warnings: &mut Warnings) {
    let has_signs = tokens.iter().any(|token| token.kind != Kind::Bare);
    for (at, token) in tokens.iter().enumerate() {
        let word = &text[token.span()];
        let operator = match word {
            _ if token.kind != Kind::Bare || token.is_value => continue,
            "or" | "Or" => "OR",
            "and" | "And" => "AND",
            "not" | "Not" => "NOT",
            _ => continue,
        };
        let follows = |at: usize| {
            tokens
                .get(at)
                .is_some_and(|next| !matches!(next.kind, Kind::Close | Kind::And | Kind::Or))
        };
        let precedes = at > 0 && !matches!(tokens[at - 1].kind, Kind::Open | Kind::And | Kind::Or | Kind::Not);
        let is_placed = follows(at + 1) && (precedes || operator == "NOT");
        if is_placed && (has_signs || tokens.len() == 3) {
            let message = format!("“{word}” is read as a word; the operator is {operator}, in capitals.");
            warnings.hint(token.span(), message, Some(operator.to_owned()));
            return;
        }
    }
}

/// `person:Sari Utama`: the field takes one word, and the rest of the name is looked for in the text.
fn names_cut_short(tokens: &[Token], text: &str, warnings: &mut Warnings) {
    for (at, pair) in tokens.windows(2).enumerate() {
        let [name, value] = pair else { continue };
        let Kind::Field(Field::Facet(facet)) = name.kind else {
            continue;
        };
        if matches!(facet, Facet::Language | Facet::Status) || !value.is_value || !is_capital(value, text) {
            continue;
        }
        let rest = tokens[at + 2..]
            .iter()
            .take_while(|next| is_capital(next, text) && !next.is_value);
        let Some(last) = rest.last() else { continue };
        let whole = &text[value.start..last.end];
        let message = format!(
            "Only “{}” is read as the {}; the words after it are looked for in the text. Put a value of several words between quotation marks.",
            &text[value.span()],
            facet.name()
        );
        let suggestion = format!(
            "{}:\"{}\"",
            facet.name(),
            whole.split_whitespace().collect::<Vec<_>>().join(" ")
        );
        warnings.hint(name.start..last.end, message, Some(suggestion));
    }
}

/// A bare word of letters with a capital first.
fn is_capital(token: &Token, text: &str) -> bool {
    let word = &text[token.span()];
    token.kind == Kind::Bare
        && word.starts_with(char::is_uppercase)
        && word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’'))
}
