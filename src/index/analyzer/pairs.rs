//! Scripts without spaces: overlapping pairs of letters.

use unicode_normalization::char::is_combining_mark;

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

/// Cuts a token with letters of such a script: pairs of them, and whole what else is in it ("2023年").
pub(super) fn pairs(word: &str, start: usize, buffer: &mut String, each: &mut impl FnMut(&Word<'_>)) {
    let mut run: Vec<(usize, usize)> = Vec::new();
    let mut run_unspaced = false;
    for (at, c) in word.char_indices() {
        let end = at + c.len_utf8();
        match run.last_mut() {
            Some(last) if is_combining_mark(c) => last.1 = end,
            _ => {
                if run_unspaced != is_unspaced(c) {
                    end_run(word, start, &run, run_unspaced, buffer, each);
                    run.clear();
                    run_unspaced = is_unspaced(c);
                }
                run.push((at, end));
            }
        }
    }
    end_run(word, start, &run, run_unspaced, buffer, each);
}

/// Gives out one run of letters of one kind.
fn end_run(
    word: &str,
    start: usize,
    run: &[(usize, usize)],
    unspaced: bool,
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
    if unspaced && run.len() > 1 {
        for pair in run.windows(2) {
            give(pair[0].0, pair[1].1);
        }
    } else {
        give(first.0, last.1);
    }
}
