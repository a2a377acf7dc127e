//! Where the sentences of a short stretch of text begin and end.

use crate::story::Span;
use crate::text::{Case, Kind, Token, tokenise};

/// Words behind a stop that tell whether a sentence ends with it: two closing marks that stand apart, the word before the next one,
/// and that one.
const WORDS_BEHIND: usize = 4;

/// The sentences of a short stretch of one paragraph, without white space around them.
pub(super) fn sentences(line: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for end in sentence_ends(line).into_iter().chain([line.len()]) {
        let sentence = trimmed(line, Span { start, end });
        if sentence.start < sentence.end {
            sentences.push(sentence);
        }
        start = end;
    }
    sentences
}

/// Where the sentences of a line end. Only what stands around a stop is cut into tokens.
fn sentence_ends(line: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    for (at, stop) in line.char_indices().filter(|(_, c)| is_stop(*c)) {
        if is_wide(stop) {
            // There are no blanks to go by.
            return ends_by_token(line, 0, 0);
        }
        if !may_end(&line[at + stop.len_utf8()..]) {
            continue;
        }
        let before = line[..at].trim_end();
        let from = before.rfind(char::is_whitespace).unwrap_or(0);
        let to = at + end_of_words(&line[at..], WORDS_BEHIND);
        ends.extend(ends_by_token(&line[from..to], at - from, from));
    }
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// Where the first so many words of a text end.
fn end_of_words(text: &str, count: usize) -> usize {
    let mut rest = text;
    for _ in 0..count {
        let word = rest.trim_start();
        rest = &word[word.find(char::is_whitespace).unwrap_or(word.len())..];
    }
    text.len() - rest.len()
}

/// Where sentences of a stretch end at or behind a place, with the stretch's own place added.
fn ends_by_token(stretch: &str, least: usize, start: usize) -> Vec<usize> {
    let tokens = tokenise(stretch);
    let ends = (0..tokens.len()).filter(|&at| tokens[at].end as usize > least && ends_sentence(stretch, &tokens, at));
    ends.map(|at| start + tokens[at].end as usize).collect()
}

/// Whether a stop with that behind it can end a sentence: closing marks, a blank, and something that is not in small letters.
fn may_end(behind: &str) -> bool {
    let next = behind.trim_start_matches(|c: char| is_stop(c) || is_closing_mark(c));
    next.starts_with(|c: char| !c.is_alphanumeric())
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…') || is_wide(c)
}

fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

/// Whether a sentence ends with a token: a full stop or the like, perhaps behind closing marks, before white space and
/// something that is not in small letters. Short words in capitals ("Mr", "Jan") take a stop of their own.
fn ends_sentence(line: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let Some(next) = tokens.get(at + 1) else { return false };
    if token.kind != Kind::Mark {
        return false;
    }
    let stop = (0..=at).rev().find(|&back| !is_closing(line, &tokens[back]));
    let Some(stop) = stop.filter(|&stop| at - stop <= 2) else {
        return false;
    };
    let Some(mark) = tokens[stop].of(line).chars().next().filter(|mark| is_stop(*mark)) else {
        return false;
    };
    if is_wide(mark) {
        return !is_closing(line, next);
    }
    let abbreviated = stop
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|word| {
            word.kind == Kind::Word && word.case != Case::Lower && word.case != Case::None && word.end - word.start <= 3
        });
    token.end < next.start && next.case != Case::Lower && !(abbreviated && tokens[stop].is_mark(line, '.'))
}

fn is_closing(line: &str, token: &Token) -> bool {
    let mut letters = token.of(line).chars();
    letters.next().is_some_and(is_closing_mark) && letters.next().is_none()
}

fn is_closing_mark(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | '」' | '』' | '“')
}

fn trimmed(text: &str, span: Span) -> Span {
    let inner = &text[span.start..span.end];
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span {
        start,
        end: (start + inner.trim().len()).max(start),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_look_around_each_stop_finds_the_same_ends(
            parts in prop::collection::vec(prop::sample::select(vec![
                "Mr", "the", "Jan", "U.S", "said", "Rho", "5", "30", ".", ".", "!", "?", "…", "。", "”", "\"", ")", "“", " ", " ", " ",
                "\u{a0}", "-", "é", "Éva", "北京",
            ]), 0..20)
        ) {
            let line = parts.concat();
            let whole = ends_by_token(&line, 0, 0);
            prop_assert_eq!(sentence_ends(&line), whole, "{:?}", line);
        }
    }
}
