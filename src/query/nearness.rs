//! `a NEAR/5 b`: operands of the parser that stand near each other.

use std::ops::Range;

use super::fields::Field;
use super::lexer::{Kind, Token};
use super::parser::Parser;
use super::simplify::simplify;
use super::{MAX_SLOP, Part, Query, Side, USUAL_NEAR, Words};

/// Why operands of a NEAR are not what it joins.
const REMEDY: &str = "NEAR joins words, phrases, and lists of them such as (a OR b)";

impl Parser<'_> {
    /// An operand, and those that NEAR joins to it.
    pub(super) fn nearness(&mut self, field: Option<Field>) -> Option<Query> {
        let start = self.tokens.get(self.at)?.start;
        let mut operands: Vec<(Query, u32)> = Vec::new();
        let mut is_joined = false;
        let mut within = 0;
        loop {
            let operand = if is_joined {
                self.negated(field, Self::operand)
            } else {
                self.operand(field)
            };
            // A first side that was not understood leaves its place to the next one, which is near nothing before it.
            let gap = if operands.is_empty() { 0 } else { within };
            operands.extend(operand.map(|operand| (operand, gap)));
            let Some(near) = self.near_operator() else { break };
            within = self.gap(&near);
            is_joined = true;
        }
        if operands.len() < 2 {
            return operands.pop().map(|(query, _)| query);
        }
        Some(self.joined(operands, start..self.read_to()))
    }

    /// The next NEAR that has an operand behind it; those that have none are left out.
    fn near_operator(&mut self) -> Option<Token> {
        while self.peek() == Some(&Kind::Near) {
            let near = self.next()?;
            if self.operand_follows() {
                return Some(near);
            }
            self.dangling(&near, "after");
        }
        None
    }

    /// The words that may stand between, as the operator says.
    fn gap(&mut self, near: &Token) -> u32 {
        let Some(figures) = self.text[near.span()].strip_prefix("NEAR/") else {
            return USUAL_NEAR;
        };
        let is_figures = !figures.is_empty() && figures.bytes().all(|byte| byte.is_ascii_digit());
        if !is_figures {
            let message =
                format!("NEAR/ takes the number of words that may stand between; it was read as NEAR/{USUAL_NEAR}.");
            let suggestion = format!("NEAR/{USUAL_NEAR}");
            self.warnings.problem(near.span(), message, Some(suggestion));
            return USUAL_NEAR;
        }
        figures.parse().ok().filter(|gap| *gap <= MAX_SLOP).unwrap_or_else(|| {
            let message = format!("At most {MAX_SLOP} words may stand between the sides of NEAR; it was read so.");
            self.warnings
                .problem(near.span(), message, Some(format!("NEAR/{MAX_SLOP}")));
            MAX_SLOP
        })
    }

    /// The operands as sides of one text; read as an AND where they are not that.
    fn joined(&mut self, operands: Vec<(Query, u32)>, span: Range<usize>) -> Query {
        let operands: Vec<(Query, u32)> = operands
            .into_iter()
            .map(|(query, gap)| (simplify(query), gap))
            .collect();
        let sides: Option<Vec<(Part, Side)>> = operands.iter().map(|(query, gap)| side(query, *gap)).collect();
        let named = |sides: &[(Part, Side)]| {
            let mut parts: Vec<Part> = sides.iter().map(|side| side.0).collect();
            parts.retain(|part| *part != Part::Anywhere);
            parts.dedup();
            parts
        };
        match sides {
            None => self
                .warnings
                .problem(span, format!("{REMEDY}; these were read with AND."), None),
            Some(sides) => match named(&sides).as_slice() {
                several @ [_, _, ..] => {
                    let places: Vec<&str> = several.iter().map(|part| part.name()).collect();
                    let message = format!(
                        "NEAR looks in one place, and these are in {}; they were read with AND.",
                        places.join(" and ")
                    );
                    self.warnings.problem(span, message, None);
                }
                places => {
                    let place = places.first().copied().unwrap_or(Part::Anywhere);
                    let is_mixed = sides.iter().any(|side| side.0 != place);
                    let sides = sides.into_iter().map(|side| side.1).collect();
                    let query = Query::Text(place, Words::Near(sides));
                    if is_mixed {
                        let message = format!("NEAR looks in one place: it was read as {query}.");
                        self.warnings.problem(span, message, Some(query.to_string()));
                    }
                    return query;
                }
            },
        }
        Query::And(operands.into_iter().map(|(query, _)| query).collect())
    }
}

/// A query that is words in one part of the story, or any of several.
fn side(query: &Query, within: u32) -> Option<(Part, Side)> {
    let parts = match query {
        Query::Or(parts) => parts.as_slice(),
        query => std::slice::from_ref(query),
    };
    let mut place = None;
    let mut any = Vec::with_capacity(parts.len());
    for part in parts {
        let Query::Text(part, words) = part else { return None };
        if matches!(words, Words::Near(_)) || *place.get_or_insert(*part) != *part {
            return None;
        }
        any.push(as_written(words));
    }
    Some((place?, Side { any, within }))
}

/// Words near others are matched as written, so that one word between quotation marks is that word.
fn as_written(words: &Words) -> Words {
    match words {
        Words::Phrase(words, _) if words.len() == 1 => Words::Word(words[0].clone()),
        words => words.clone(),
    }
}
