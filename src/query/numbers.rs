//! `words:` → the least and the most words.

use std::ops::Range as Span;

use super::Query;
use super::ranges::{self, End, Range};
use super::warnings::Warnings;

/// The length that a value asks for. `span` is the value's place.
pub(super) fn length(text: &str, span: Span<usize>, warnings: &mut Warnings) -> Option<Query> {
    let Some((least, most)) = bounds(text) else {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let is_grouped = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '_'));
        let suggestion = (is_grouped && !digits.is_empty() && digits != text).then_some(digits);
        let message = format!(
            "“{text}” is no number of words; it was left out. Write words:>500, words:100..200 or words:[100 TO 200]."
        );
        warnings.problem(span, message, suggestion);
        return None;
    };
    if let (Some(from), Some(to)) = (least, most)
        && from > to
    {
        let message = format!("No story has at least {from} and at most {to} words.");
        warnings.problem(span, message, Some(format!("{to}..{from}")));
    }
    Some(Query::Length(least, most))
}

fn bounds(text: &str) -> Option<(Option<u64>, Option<u64>)> {
    let number = |text: &str| text.parse::<u64>().ok();
    let (from, to) = match ranges::read(text) {
        Range::One(value) => (End::In(value), End::In(value)),
        Range::Between(from, to) => (from, to),
    };
    let least = match from {
        End::Open => None,
        End::In(value) => Some(number(value)?),
        End::Out(value) => Some(number(value)?.checked_add(1)?),
    };
    let most = match to {
        End::Open => None,
        End::In(value) => Some(number(value)?),
        End::Out(value) => Some(number(value)?.checked_sub(1)?),
    };
    (least.is_some() || most.is_some()).then_some((least, most))
}
