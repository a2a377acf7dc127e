//! Scripts without spaces: overlapping pairs of letters, or words where a dictionary has them.

use unicode_normalization::char::is_combining_mark;

use super::cuts::{ends, has_words};
use super::{MAX_TERM_BYTES, Word, term_into};
use crate::story::Span;

/// Whether a letter belongs to a script that is written without spaces between words, or is searched as if it were.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0FFF}'     // Thai, Lao, Tibetan
        | '\u{1000}'..='\u{109F}'   // Burmese
        | '\u{1100}'..='\u{11FF}'   // Hangul letters
        | '\u{1780}'..='\u{17FF}'   // Khmer
        | '\u{3040}'..='\u{312F}'   // kana, bopomofo
        | '\u{31F0}'..='\u{31FF}'   // kana
        | '\u{3400}'..='\u{4DBF}'   // Han
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}'   // Hangul syllables
        | '\u{F900}'..='\u{FAFF}'   // Han, compatibility
        | '\u{FF66}'..='\u{FF9F}'   // half-width kana
        | '\u{20000}'..='\u{3FFFF}' // Han, rare
    )
}

/// How a run of letters is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Not at all: it is a word.
    Whole,
    /// Into pairs.
    Pairs,
    /// Into the words of a dictionary.
    Words,
}

impl Kind {
    fn of(c: char) -> Self {
        match is_unspaced(c) {
            false => Self::Whole,
            true if has_words(c) => Self::Words,
            true => Self::Pairs,
        }
    }
}

/// Cuts a token with letters of such a script: pairs or words of them, and whole what else is in it ("2023年").
pub(super) fn pairs(word: &str, start: usize, buffer: &mut String, each: &mut impl FnMut(&Word<'_>)) {
    let mut run: Vec<(usize, usize)> = Vec::new();
    let mut kind = Kind::Whole;
    for (at, c) in word.char_indices() {
        let end = at + c.len_utf8();
        match run.last_mut() {
            Some(last) if is_combining_mark(c) => last.1 = end,
            _ => {
                if kind != Kind::of(c) {
                    end_run(word, start, &run, kind, buffer, each);
                    run.clear();
                    kind = Kind::of(c);
                }
                run.push((at, end));
            }
        }
    }
    end_run(word, start, &run, kind, buffer, each);
}

/// Gives out one run of letters of one kind.
fn end_run(
    word: &str,
    start: usize,
    run: &[(usize, usize)],
    kind: Kind,
    buffer: &mut String,
    each: &mut impl FnMut(&Word<'_>),
) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return;
    };
    let mut give = |from: usize, to: usize| {
        buffer.clear();
        term_into(&word[from..to], buffer);
        if buffer.len() > MAX_TERM_BYTES {
            buffer.clear();
        }
        each(&Word {
            term: buffer,
            acronym: None,
            stemmed: None,
            span: Span {
                start: start + from,
                end: start + to,
            },
        });
    };
    match kind {
        Kind::Pairs if run.len() > 1 => run.windows(2).for_each(|pair| give(pair[0].0, pair[1].1)),
        Kind::Words => {
            let mut from = first.0;
            for end in ends(&word[first.0..last.1]) {
                give(from, first.0 + end);
                from = first.0 + end;
            }
        }
        Kind::Pairs | Kind::Whole => give(first.0, last.1),
    }
}
