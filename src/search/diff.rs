//! What changed between two texts, by paragraphs and in them by words. Pure: two texts in, paragraphs out.
//!
//! Nothing is lost: what was kept and removed, put together, is the one text to the byte, what was kept and added the other.

use std::ops::Range;
use std::time::Instant;

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};

use crate::text::{Kind, Token, tokenise};

/// What became of a stretch of text or of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It stands in both.
    Kept,
    /// It stands in the first only.
    Removed,
    /// It stands in the second only.
    Added,
    /// Of a paragraph: some of its words changed.
    Changed,
}

/// A stretch of text, white space included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffSpan {
    /// Kept, removed or added.
    pub change: Change,
    /// The text.
    pub text: String,
}

/// A paragraph with its line end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffParagraph {
    /// What became of it. A kept one has the same words; its line end may be new.
    pub change: Change,
    /// Its text in order.
    pub spans: Vec<DiffSpan>,
}

/// Paragraphs against paragraphs, at most, that are weighed each against each: a rewritten passage, not a rewritten book.
const MAX_WEIGHED: usize = 64 * 64;

/// The share of words in common from which one paragraph is taken for the other rewritten.
const ALIKE: f32 = 0.35;

/// What changed from one text to the other. What is not compared by the deadline is told in whole paragraphs, or whole stretches.
#[must_use]
pub fn diff(from: &str, to: &str, deadline: Instant) -> Vec<DiffParagraph> {
    let (from, to) = (Paragraph::all_of(from), Paragraph::all_of(to));
    let words_from: Vec<&str> = from.iter().map(|paragraph| paragraph.words).collect();
    let words_to: Vec<&str> = to.iter().map(|paragraph| paragraph.words).collect();
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &words_from, &words_to, Some(deadline));
    let mut out = Vec::new();
    for op in ops {
        let (tag, before, after) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            out.extend(before.zip(after).map(|(before, after)| kept(&from[before], &to[after])));
        } else {
            rewritten(&from[before], &to[after], deadline, &mut out);
        }
    }
    out
}

/// A paragraph as written, and without its line end.
#[derive(Debug, Clone, Copy)]
struct Paragraph<'t> {
    written: &'t str,
    words: &'t str,
}

impl<'t> Paragraph<'t> {
    fn all_of(text: &'t str) -> Vec<Self> {
        let lines = text.split_inclusive('\n');
        lines
            .map(|written| Self {
                written,
                words: written.strip_suffix('\n').unwrap_or(written),
            })
            .collect()
    }

    fn end(&self) -> &'t str {
        &self.written[self.words.len()..]
    }

    fn whole(&self, change: Change) -> DiffParagraph {
        let mut spans = Vec::new();
        push(&mut spans, change, self.written);
        DiffParagraph { change, spans }
    }

    /// What tells its words, sorted: their hashes, and the characters of a script that does not part its words.
    fn bag(&self) -> Vec<u64> {
        let mut bag = Vec::new();
        for token in tokenise(self.words).iter().filter(|token| token.kind != Kind::Mark) {
            let word = token.of(self.words);
            if word.chars().any(is_unspaced) {
                bag.extend(word.chars().map(u64::from));
            } else {
                bag.push(token.folded);
            }
        }
        bag.sort_unstable();
        bag
    }
}

fn kept(before: &Paragraph<'_>, after: &Paragraph<'_>) -> DiffParagraph {
    let mut spans = Vec::new();
    if before.end() == after.end() {
        push(&mut spans, Change::Kept, before.written);
    } else {
        push(&mut spans, Change::Kept, before.words);
        push(&mut spans, Change::Removed, before.end());
        push(&mut spans, Change::Added, after.end());
    }
    DiffParagraph {
        change: Change::Kept,
        spans,
    }
}

/// Paragraphs in the place of others: those alike are compared by words, the rest is removed or added.
fn rewritten(before: &[Paragraph<'_>], after: &[Paragraph<'_>], deadline: Instant, out: &mut Vec<DiffParagraph>) {
    let (mut done_before, mut done_after) = (0, 0);
    let last = std::iter::once((before.len(), after.len()));
    for (at_before, at_after) in pairs(before, after).into_iter().chain(last) {
        let removed = before[done_before..at_before].iter();
        out.extend(removed.map(|paragraph| paragraph.whole(Change::Removed)));
        let added = after[done_after..at_after].iter();
        out.extend(added.map(|paragraph| paragraph.whole(Change::Added)));
        if let (Some(before), Some(after)) = (before.get(at_before), after.get(at_after)) {
            out.push(DiffParagraph {
                change: Change::Changed,
                spans: changed(before.written, after.written, deadline),
            });
        }
        (done_before, done_after) = (at_before + 1, at_after + 1);
    }
}

/// The paragraphs that are others rewritten, in order: the choice with the most words in common.
fn pairs(before: &[Paragraph<'_>], after: &[Paragraph<'_>]) -> Vec<(usize, usize)> {
    if before.is_empty() || after.is_empty() {
        return Vec::new();
    }
    let bags = |paragraphs: &[Paragraph<'_>]| paragraphs.iter().map(Paragraph::bag).collect::<Vec<_>>();
    let (bags_before, bags_after) = (bags(before), bags(after));
    if before.len().saturating_mul(after.len()) > MAX_WEIGHED {
        let in_step = bags_before.iter().zip(&bags_after).enumerate();
        let in_step = in_step.filter(|(_, (before, after))| alike(before, after) >= ALIKE);
        return in_step.map(|(at, _)| (at, at)).collect();
    }
    let weights: Vec<Vec<f32>> = bags_before
        .iter()
        .map(|before| bags_after.iter().map(|after| alike(before, after)).collect())
        .collect();
    best_pairs(&weights)
}

/// Of the pairs that are alike enough and do not cross, those that weigh most together.
fn best_pairs(weights: &[Vec<f32>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (weights.len(), weights[0].len());
    // The weight of the best choice among the paragraphs from `row` and `column` on.
    let mut best = vec![vec![0.0_f32; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let weight = weights[row][column];
            let paired = if weight >= ALIKE {
                weight + best[row + 1][column + 1]
            } else {
                0.0
            };
            best[row][column] = best[row + 1][column].max(best[row][column + 1]).max(paired);
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < rows && column < columns {
        let here = best[row][column];
        if here <= best[row + 1][column] {
            row += 1;
        } else if here <= best[row][column + 1] {
            column += 1;
        } else {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        }
    }
    pairs
}

/// The share of words in common of two sorted bags, 0 to 1.
fn alike(one: &[u64], other: &[u64]) -> f32 {
    let (mut a, mut b, mut common) = (0, 0, 0_usize);
    while let (Some(left), Some(right)) = (one.get(a), other.get(b)) {
        common += usize::from(left == right);
        a += usize::from(left <= right);
        b += usize::from(left >= right);
    }
    let all = one.len() + other.len();
    if all == 0 {
        0.0
    } else {
        2.0 * common as f32 / all as f32
    }
}

/// The words that changed between two paragraphs. White space alone between two changes goes with them, so that a rewritten
/// phrase stands in one piece.
fn changed(before: &str, after: &str, deadline: Instant) -> Vec<DiffSpan> {
    let (words_before, words_after) = (words(before), words(after));
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &words_before, &words_after, Some(deadline));
    let mut spans: Vec<DiffSpan> = Vec::new();
    let (mut removed, mut added, mut between) = (String::new(), String::new(), String::new());
    for op in ops {
        let (tag, before, after) = op.as_tag_tuple();
        let (before, after) = (joined(&words_before, before), joined(&words_after, after));
        if tag != DiffTag::Equal {
            removed.push_str(&between);
            added.push_str(&between);
            between.clear();
            removed.push_str(&before);
            added.push_str(&after);
        } else if before.trim().is_empty() && !(removed.is_empty() && added.is_empty()) {
            between.push_str(&before);
        } else {
            push(&mut spans, Change::Removed, &std::mem::take(&mut removed));
            push(&mut spans, Change::Added, &std::mem::take(&mut added));
            push(&mut spans, Change::Kept, &std::mem::take(&mut between));
            push(&mut spans, Change::Kept, &before);
        }
    }
    push(&mut spans, Change::Removed, &removed);
    push(&mut spans, Change::Added, &added);
    push(&mut spans, Change::Kept, &between);
    spans
}

fn joined(words: &[&str], range: Range<usize>) -> String {
    words[range].concat()
}

fn push(spans: &mut Vec<DiffSpan>, change: Change, text: &str) {
    match spans.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.change == change => last.text.push_str(text),
        _ => spans.push(DiffSpan {
            change,
            text: text.to_owned(),
        }),
    }
}

/// A text cut into words, marks and the white space between; put together they are the text.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut at = 0;
    for token in tokenise(text) {
        let (start, end) = (token.start as usize, token.end as usize);
        if at < start {
            words.push(&text[at..start]);
        }
        push_word(&token, text, &mut words);
        at = end;
    }
    if at < text.len() {
        words.push(&text[at..]);
    }
    words
}

/// A word, or each character of a script that does not part its words.
fn push_word<'t>(token: &Token, text: &'t str, words: &mut Vec<&'t str>) {
    let word = token.of(text);
    if word.chars().any(is_unspaced) {
        words.extend(word.char_indices().map(|(at, c)| &word[at..at + c.len_utf8()]));
    } else {
        words.push(word);
    }
}

/// Ideographs and the Japanese syllabaries.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests;
