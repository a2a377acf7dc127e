//! The words of a text that begin with certain letters, found without a look at the others.

use super::plain::is_blank;
use super::{TextWord, words_where};

/// Bytes that are looked through at once for one that is not of ASCII.
const STRIDE: usize = 64;

/// Calls back for the words of a text whose term begins with one of these bytes of ASCII, capitals made small, and for those that
/// begin with another letter than of ASCII; in the order of the text. Their position is not told.
///
/// A word is cut by what stands between the blanks around it, and nothing else: so only stretches are cut where such a letter
/// stands behind something that is no letter, and those that are not of ASCII alone, since folding may make such a letter.
pub(crate) fn each_word_beginning(text: &str, with: &[u8], mut each: impl FnMut(&TextWord<'_>)) {
    let bytes = text.as_bytes();
    let mut stretches = Vec::new();
    for &first in with {
        let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
        let follows_letter = |at: usize| {
            let before = at.checked_sub(1).map(|before| bytes[before]);
            small.is_ascii_lowercase() && before.is_some_and(|before| before.is_ascii_alphabetic())
        };
        let places = memchr::memchr2_iter(small, capital, bytes);
        add(bytes, places.filter(|at| !follows_letter(*at)), &mut stretches);
    }
    add(bytes, not_of_ascii(bytes), &mut stretches);
    stretches.sort_unstable();
    stretches.dedup();
    let is_wanted = |byte: u8| !byte.is_ascii() || with.iter().any(|first| first.eq_ignore_ascii_case(&byte));
    for (start, end) in stretches {
        words_where(&text[start..end], is_wanted, |word| {
            if let Some(word) = TextWord::of(word, 0, start) {
                each(&word);
            }
        });
    }
}

/// Adds the stretches from blank to blank around places that rise.
fn add(bytes: &[u8], places: impl Iterator<Item = usize>, stretches: &mut Vec<(usize, usize)>) {
    let mut last = (0, 0);
    for at in places.filter(|at| !is_blank(bytes[*at])) {
        if at < last.1 {
            continue;
        }
        let blank = |byte: &u8| is_blank(*byte);
        let before = bytes[last.1..at].iter().rposition(blank);
        let start = before.map_or(last.1, |before| last.1 + before + 1);
        let length = bytes[at..].iter().position(blank).unwrap_or(bytes.len() - at);
        last = (start, at + length);
        stretches.push(last);
    }
}

/// Where bytes stand that are not of ASCII.
fn not_of_ascii(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let strides = (0..).step_by(STRIDE).zip(bytes.chunks(STRIDE));
    strides
        .filter(|(_, stride)| !stride.is_ascii())
        .flat_map(|(from, stride)| {
            let places = (from..).zip(stride);
            places.filter(|(_, byte)| !byte.is_ascii()).map(|(at, _)| at)
        })
}
