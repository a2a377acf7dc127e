//! Names in the headline: mostly those of the body, since headlines put capitals everywhere.

use rustc_hash::FxHashSet;

use super::classes::{Class, Words};
use super::evidence::{ENOUGH, weigh};
use super::segments::segments;
use super::{NameSpan, Zone};
use crate::vocabulary::Vocabulary;

/// How much more a headline's own name must weigh than one of the body.
const CAPITALS_EVERYWHERE: f32 = 0.6;

/// Adds the headline's names, before those of the body.
pub(super) fn find(words: &Words, vocabulary: &Vocabulary, body: &Words, found: &mut Vec<NameSpan>) {
    let known: FxHashSet<u64> = found
        .iter()
        .flat_map(|span| span.tokens.clone())
        .filter(|at| body.is_capital(*at))
        .filter_map(|at| body.token(at).map(|token| token.folded))
        .collect();
    let mut headline = Vec::new();
    known_runs(words, &known, &mut headline);
    if !capitals_everywhere(words) {
        own(words, vocabulary, &mut headline);
    }
    headline.sort_by_key(|span: &NameSpan| span.tokens.start);
    headline.append(found);
    *found = headline;
}

/// Runs of words that belong to names of the body.
fn known_runs(words: &Words, known: &FxHashSet<u64>, found: &mut Vec<NameSpan>) {
    let is_known = |at: usize| words.is_capital(at) && words.token(at).is_some_and(|t| known.contains(&t.folded));
    let mut at = 0;
    while at < words.len() {
        let start = at;
        while is_known(at) {
            at += 1;
            if words.is_mark(at, '-') && words.is_tight(at) && is_known(at + 1) {
                at += 1;
            }
        }
        if at > start && words.class(at, true) != Class::OrgAfter {
            found.push(NameSpan {
                zone: Zone::Headline,
                tokens: start..at,
                title: None,
                rule: "headline",
                confidence: 0.9,
            });
        }
        at = at.max(start + 1);
    }
}

/// Names that only the headline has.
fn own(words: &Words, vocabulary: &Vocabulary, found: &mut Vec<NameSpan>) {
    for segment in segments(words) {
        let taken = found
            .iter()
            .any(|span| span.tokens.start < segment.tokens.end && segment.tokens.start < span.tokens.end);
        let weight = weigh(words, vocabulary, &segment);
        if !taken && segment.words() > 1 && weight.sum() >= ENOUGH + CAPITALS_EVERYWHERE {
            found.push(NameSpan {
                zone: Zone::Headline,
                tokens: segment.tokens,
                title: None,
                rule: weight.rule(),
                confidence: 0.6,
            });
        }
    }
}

/// Whether most words have a capital, so that a capital says nothing.
fn capitals_everywhere(words: &Words) -> bool {
    let letters = (0..words.len()).filter(|at| words.is_capital(*at) || words.is_lower(*at));
    let (capitals, all) = letters.fold((0, 0), |(capitals, all), at| {
        (capitals + usize::from(words.is_capital(at)), all + 1)
    });
    capitals * 2 > all
}
