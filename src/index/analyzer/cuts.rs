//! Words of scripts without spaces, and the ways in which a stretch of such letters can be cut into words.
//!
//! A dictionary cuts a stretch by what stands beside it: alone, as in a query, it may fall apart otherwise than in a sentence.
//! So a query asks for every cut into words that are there.

use super::query_terms;

/// Letters of a word at most. Longer words are found as the dictionary cuts them.
const LONGEST_WORD: usize = 12;
/// Letters at most of a stretch that is looked for in every cut; a longer one is looked for as the dictionary cuts it.
const LONGEST: usize = 40;
/// Cuts at most.
const MOST: usize = 32;

/// Terms with their positions.
type Cut = Vec<(String, usize)>;

/// Whether the letters of such a script are cut into words by the dictionary. Others are cut into pairs.
pub(super) fn has_words(c: char) -> bool {
    cfg!(feature = "segmenter")
        && matches!(c,
            '\u{0E00}'..='\u{0EFF}'     // Thai, Lao
            | '\u{1000}'..='\u{109F}'   // Burmese
            | '\u{1780}'..='\u{17FF}'   // Khmer
            | '\u{3040}'..='\u{30FF}'   // kana
            | '\u{31F0}'..='\u{31FF}'
            | '\u{3400}'..='\u{4DBF}'   // Han
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FF66}'..='\u{FF9F}'   // half-width kana
            | '\u{20000}'..='\u{3FFFF}'
        )
}

/// The ends of the words in a run of such letters.
#[cfg(feature = "segmenter")]
pub(super) fn ends(run: &str) -> impl Iterator<Item = usize> {
    use std::sync::OnceLock;

    use icu_segmenter::options::WordBreakInvariantOptions;
    use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

    static SEGMENTER: OnceLock<WordSegmenterBorrowed<'static>> = OnceLock::new();
    let segmenter = SEGMENTER.get_or_init(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));
    segmenter.segment_str(run).skip(1)
}

/// The ends of the words in a run of such letters: there are none without the dictionary.
#[cfg(not(feature = "segmenter"))]
pub(super) fn ends(run: &str) -> impl Iterator<Item = usize> {
    std::iter::once(run.len())
}

/// Whether a text has letters that the dictionary cuts.
pub(crate) fn is_cut(text: &str) -> bool {
    text.chars().any(has_words)
}

/// The terms of a query's text, and where a dictionary cut them, every other cut into words that are `known`.
pub(crate) fn cuts(text: &str, known: impl Fn(&str) -> bool) -> Vec<Cut> {
    let mut all: Vec<Cut> = vec![Vec::new()];
    for stretch in stretches(text) {
        let ways = match &stretch[..] {
            [only] if !is_cut(&only.0) => vec![stretch],
            _ => ways(stretch, &known),
        };
        let longer = all.iter().flat_map(|before| {
            ways.iter().map(move |way| {
                let shift = before.last().map_or(0, |last: &(String, usize)| last.1 + 1);
                let moved = way.iter().map(|(term, at)| (term.clone(), shift + at));
                before.iter().cloned().chain(moved).collect::<Cut>()
            })
        });
        all = longer.take(MOST).collect();
    }
    all.retain(|cut| !cut.is_empty());
    all
}

/// The terms that any cut of a text may have.
pub(crate) fn pieces(text: &str, mut each: impl FnMut(&str)) {
    for stretch in stretches(text) {
        let run: String = stretch.iter().map(|(term, _)| term.as_str()).collect();
        for (term, _) in &stretch {
            each(term);
        }
        if !is_cut(&run) || run.chars().count() > LONGEST {
            continue;
        }
        for (from, _) in run.char_indices() {
            for end in word_ends(&run, from) {
                each(&run[from..end]);
            }
        }
    }
}

/// The terms of a text: a stretch of words that the dictionary cut together, any other term by itself. Positions are counted
/// from the end of the stretch before.
fn stretches(text: &str) -> Vec<Cut> {
    let mut all: Vec<Cut> = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    for (term, at, span) in query_terms(text) {
        let is_next = before.is_some_and(|(end, _)| end == span.start) && is_cut(&term);
        let gap = at - before.map_or(0, |(_, before)| before + 1);
        match all
            .last_mut()
            .filter(|last| is_next && last.last().is_some_and(|last| is_cut(&last.0)))
        {
            Some(last) => {
                let place = last[0].1 + last.len();
                last.push((term, place));
            }
            None => all.push(vec![(term, gap)]),
        }
        before = Some((span.end, at));
    }
    all
}

/// Every cut of a stretch into known words, its own first.
fn ways(own: Cut, known: &impl Fn(&str) -> bool) -> Vec<Cut> {
    let run: String = own.iter().map(|(term, _)| term.as_str()).collect();
    let first = own.first().map_or(0, |first| first.1);
    let mut ways = vec![own];
    if run.chars().count() > LONGEST {
        return ways;
    }
    // From the end: from where the end can be reached, and by which words.
    let mut steps: Vec<Vec<usize>> = vec![Vec::new(); run.len() + 1];
    for (from, _) in run.char_indices().rev() {
        let reaches = |end: &usize| *end == run.len() || !steps[*end].is_empty();
        steps[from] = word_ends(&run, from)
            .filter(|end| reaches(end) && known(&run[from..*end]))
            .collect();
    }
    let mut paths: Vec<Vec<usize>> = vec![vec![0]];
    while let Some(path) = paths.pop().filter(|_| ways.len() < MOST) {
        let end = path.last().copied().unwrap_or_default();
        if end == run.len() {
            let words = path.windows(2).map(|pair| &run[pair[0]..pair[1]]);
            let way: Cut = words
                .enumerate()
                .map(|(at, word)| (word.to_owned(), first + at))
                .collect();
            if !ways.contains(&way) {
                ways.push(way);
            }
            continue;
        }
        paths.extend(steps[end].iter().map(|next| [&path[..], &[*next]].concat()));
    }
    ways
}

/// Where a word that begins there may end.
fn word_ends(run: &str, from: usize) -> impl Iterator<Item = usize> {
    let letters = run[from..].char_indices().take(LONGEST_WORD);
    letters.map(move |(at, letter)| from + at + letter.len_utf8())
}

#[cfg(test)]
mod tests;
