//! Where a run of capitalised words ends: what may stand between the words of one name.

use super::classes::Words;
use crate::text::Case;
use crate::vocabulary::names::{Lists, Traits};

/// "al-Maliki", "van Dijk" at the start of a run: a small particle with a capital behind it.
pub(super) fn opens_with_particle(words: &Words, at: usize) -> bool {
    if !words.is_lower(at) || !words.traits(at).any(Traits::FIRST) || words.traits(at).any(Traits::COMMON) {
        return false;
    }
    let next = if words.is_mark(at + 1, '-') { at + 2 } else { at + 1 };
    words.is_capital(next)
}

/// The token after the run that starts at `start`.
pub(super) fn run_end(words: &Words, start: usize) -> usize {
    let mut end = start + 1;
    while let Some(next) = extended(words, start, end) {
        if (end..next).any(|at| words.is_barred(at)) {
            break;
        }
        end = next;
    }
    end
}

/// The end of the run with one more word, if it goes on at `end`.
fn extended(words: &Words, start: usize, end: usize) -> Option<usize> {
    if words
        .text
        .paragraphs
        .binary_search_by(|range| range.start.cmp(&end))
        .is_ok()
    {
        return None;
    }
    if words.is_capital(end) || words.goes_on(end) {
        return Some(end + 1);
    }
    if words.is_mark(end, '-') {
        let tight = words.is_tight(end - 1) && words.is_tight(end);
        let word = words.token(end + 1)?;
        return (tight && word.case != Case::None).then_some(end + 2);
    }
    if words.is_mark(end, '.') && words.is_tight(end - 1) && words.is_capital(end + 1) {
        // "Sen. X", "Moh. X": an abbreviation, not the end of a sentence.
        let short = words.token(end - 1).is_some_and(|token| token.end - token.start <= 4);
        let before = words.traits(end - 1);
        let abbreviation = before.any(Traits::TITLE | Traits::SUFFIX) || end - 1 == start && before.any(Traits::GIVEN);
        return (short && abbreviation).then_some(end + 1);
    }
    if words.traits(end).any(Traits::INNER) && words.is_lower(end) {
        return behind_particles(words, end);
    }
    apostrophe_end(words, end).or_else(|| nickname_end(words, end))
}

/// "van Dalen", "de la Cruz", "al-Assad": the end of the run with the small particles at `start` and the word they bind.
fn behind_particles(words: &Words, start: usize) -> Option<usize> {
    let traits = words.traits(start);
    // "Joost van Dalen" in Indonesian copy, where "di" and "la" are words.
    let given = words.traits(start - 1).any(Traits::GIVEN) && words.text.word(start) != "di";
    let foreign = words.lists == Lists::Id && traits.any(Traits::COMMON) && !words.is_filial(start) && !given;
    // "Ortega y Gasset", but far more often "González y Matos": only a tagger can tell.
    if foreign || traits.any(Traits::AND) {
        return None;
    }
    let mut next = start + 1;
    let hyphen = words.is_mark(next, '-') && words.is_tight(start);
    if hyphen || words.traits(next).any(Traits::INNER) && words.is_lower(next) {
        next += 1;
    }
    // "van 't Hek"
    if matches!(words.text.word(next), "'" | "’" | "‘") && words.text.word(next + 1) == "t" {
        next += 2;
    }
    words.is_capital(next).then_some(next + 1)
}

/// "D'hondt", whose second half is small; "Dato' Hamid", where the apostrophe is the title's.
fn apostrophe_end(words: &Words, end: usize) -> Option<usize> {
    if elided_before(words, end) && words.is_lower(end) && !words.traits(end).any(Traits::COMMON) {
        return Some(end + 1);
    }
    let titled = matches!(words.text.word(end), "'" | "’") && words.traits(end - 1).any(Traits::TITLE);
    (titled && words.is_tight(end - 1) && words.is_capital(end + 1)).then_some(end + 2)
}

/// Whether token `at` is joined to an elided capital word before it ("D'" + "hondt").
pub(super) fn elided_before(words: &Words, at: usize) -> bool {
    at > 0 && words.is_tight(at - 1) && words.is_capital(at - 1) && words.text.word(at - 1).ends_with(['\'', '’'])
}

/// `"Jack"` or `(Roy)` between two parts of a name.
fn nickname_end(words: &Words, end: usize) -> Option<usize> {
    let close = match words.text.word(end) {
        "\"" => '"',
        "“" => '”',
        "(" => ')',
        "'" => '\'',
        "‘" => '’',
        _ => return None,
    };
    if words.is_tight(end - 1) || !words.is_tight(end) {
        return None;
    }
    let is_name = |at: usize| words.is_capital(at) && words.token(at).is_some_and(|t| t.case != Case::AllCapitals);
    let mut at = end + 1;
    while is_name(at) && at < end + 4 {
        at += 1;
    }
    (at > end + 1 && words.is_mark(at, close) && !words.is_tight(at) && is_name(at + 1)).then_some(at + 2)
}
