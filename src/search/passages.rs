//! A text cut into sentences, and the passages of it that show a match best.

use super::matcher::{Match, joined};
use crate::story::Span;
use crate::text::{Case, Kind, Token, tokenise};

/// Passages of a body at most.
const MAX_PASSAGES: usize = 3;

/// A passage of two sentences is at most so long, in bytes: two or three lines on a screen.
const PAIR_BYTES: usize = 280;

/// A longer sentence is cut at a space.
const SENTENCE_BYTES: usize = 360;

/// The sentences of a text, none across a paragraph, without white space around them.
pub(super) fn sentences(text: &str) -> Vec<Vec<Span>> {
    let mut start = 0;
    let mut paragraphs = Vec::new();
    for line in text.split_inclusive('\n') {
        let sentences = sentences_of_line(line, start);
        if !sentences.is_empty() {
            paragraphs.push(sentences);
        }
        start += line.len();
    }
    paragraphs
}

fn sentences_of_line(line: &str, offset: usize) -> Vec<Span> {
    let tokens = tokenise(line);
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..tokens.len() {
        if ends_sentence(line, &tokens, at) {
            let end = tokens[at].end as usize;
            push_cut(line, Span { start, end }, offset, &mut sentences);
            start = end;
        }
    }
    push_cut(line, Span { start, end: line.len() }, offset, &mut sentences);
    sentences
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
    let is_wide = matches!(tokens[stop].of(line), "。" | "！" | "？");
    if !is_wide && !matches!(tokens[stop].of(line), "." | "!" | "?" | "…") {
        return false;
    }
    if is_wide {
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
    matches!(token.of(line), "\"" | "”" | "’" | "'" | "»" | ")" | "」" | "』" | "“")
}

/// Adds a sentence without the white space around it, in pieces where it is too long.
fn push_cut(line: &str, sentence: Span, offset: usize, out: &mut Vec<Span>) {
    let mut rest = trimmed(line, sentence);
    while rest.end - rest.start > SENTENCE_BYTES {
        let cut = cut_before(line, rest.start, rest.start + SENTENCE_BYTES);
        let head = trimmed(
            line,
            Span {
                start: rest.start,
                end: cut,
            },
        );
        if head.start < head.end {
            out.push(shifted(head, offset));
        }
        rest = trimmed(
            line,
            Span {
                start: cut,
                end: rest.end,
            },
        );
    }
    if rest.start < rest.end {
        out.push(shifted(rest, offset));
    }
}

fn shifted(span: Span, offset: usize) -> Span {
    Span {
        start: span.start + offset,
        end: span.end + offset,
    }
}

fn trimmed(text: &str, span: Span) -> Span {
    let inner = &text[span.start..span.end];
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span {
        start,
        end: (start + inner.trim().len()).max(start),
    }
}

/// The last place at or before `most` where a word begins, or where a letter does if there is none; after `start`.
fn cut_before(text: &str, start: usize, most: usize) -> usize {
    let mut cut = most.min(text.len());
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    match text[start..cut].rfind(char::is_whitespace) {
        Some(space) if space > 0 => start + space,
        _ => cut,
    }
}

/// The best passages for these matches, best first, each with the matches in it. `patterns`: how many patterns there are;
/// a passage is better that shows more of them, then one with more matches, then an earlier one.
pub(super) fn best(text: &str, matches: &[Match], patterns: usize) -> Vec<(Span, Vec<Span>)> {
    let mut windows = windows(text);
    let mut shown = vec![false; patterns];
    let mut out: Vec<(Span, Vec<Span>)> = Vec::new();
    while out.len() < MAX_PASSAGES {
        let best = windows
            .iter()
            .map(|window| (score(*window, matches, &shown), *window))
            .filter(|(score, _)| score.1 > 0)
            .max_by(|(a, one), (b, other)| a.cmp(b).then(other.start.cmp(&one.start)));
        let Some((_, window)) = best else { break };
        let inside: Vec<Match> = within(matches, window).collect();
        for found in &inside {
            shown[found.pattern] = true;
        }
        windows.retain(|other| other.end <= window.start || other.start >= window.end);
        let spans = joined(inside.into_iter().map(|found| found.span));
        out.push((window, spans));
    }
    out
}

fn within(matches: &[Match], window: Span) -> impl Iterator<Item = Match> {
    let first = matches.partition_point(|found| found.span.start < window.start);
    let starting = matches[first..]
        .iter()
        .take_while(move |found| found.span.start < window.end);
    starting.filter(move |found| found.span.end <= window.end).copied()
}

/// Patterns not shown yet, then matches, then a single sentence before a pair.
fn score(window: Span, matches: &[Match], shown: &[bool]) -> (usize, usize, usize) {
    let mut seen = vec![false; shown.len()];
    let (mut new, mut all) = (0, 0);
    for found in within(matches, window) {
        all += 1;
        if !seen[found.pattern] {
            seen[found.pattern] = true;
            new += usize::from(!shown[found.pattern]);
        }
    }
    (new, all.min(6), usize::MAX - (window.end - window.start))
}

/// Every sentence, and every pair of them within a paragraph that is short enough.
fn windows(text: &str) -> Vec<Span> {
    let mut windows = Vec::new();
    for paragraph in sentences(text) {
        windows.extend_from_slice(&paragraph);
        for pair in paragraph.windows(2) {
            let window = Span {
                start: pair[0].start,
                end: pair[1].end,
            };
            if window.end - window.start <= PAIR_BYTES {
                windows.push(window);
            }
        }
    }
    windows
}

/// The beginning of a text: its first sentence, with the second where both are short.
pub(super) fn opening(text: &str) -> Option<Span> {
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let sentences = sentences_of_line(line, line_start);
        if let Some(first) = sentences.first() {
            let second = sentences.get(1).filter(|second| second.end - first.start <= PAIR_BYTES);
            return Some(Span {
                start: first.start,
                end: second.map_or(first.end, |second| second.end),
            });
        }
        line_start += line.len();
    }
    None
}

/// The text right before a place, from the start of a sentence.
pub(super) fn before(text: &str, at: usize) -> &str {
    let Some(head) = text.get(..at) else { return "" };
    let near = &head[cut_before(head, 0, head.len().saturating_sub(PAIR_BYTES))..];
    let from = near.trim_end().rfind('\n').map_or(0, |at| at + 1);
    let sentences = sentences_of_line(&near[from..], 0);
    let start = sentences.len().saturating_sub(2);
    let start = sentences.get(start).map_or(0, |sentence| sentence.start);
    &near[from + start..]
}

/// The text right after a place, to the end of a sentence.
pub(super) fn after(text: &str, at: usize) -> &str {
    let Some(tail) = text.get(at..) else { return "" };
    let near = if tail.len() > PAIR_BYTES {
        &tail[..cut_before(tail, 0, PAIR_BYTES)]
    } else {
        tail
    };
    let line_end = near.trim_end().find('\n').unwrap_or(near.trim_end().len());
    let line = &near[..line_end];
    let sentences = sentences_of_line(line, 0);
    let end = sentences
        .get(1)
        .or(sentences.first())
        .map_or(0, |sentence| sentence.end);
    &line[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        sentences(text)
            .concat()
            .into_iter()
            .map(|span| &text[span.start..span.end])
            .collect()
    }

    #[test]
    fn sentences_end_at_stops_not_at_abbreviations() {
        let text = "Mr. Adeyemi left at 5.30. “Too late!” She waited…\n\nIt rained, e.g. in Jan. 2020 again.";
        assert_eq!(
            texts(text),
            [
                "Mr. Adeyemi left at 5.30.",
                "“Too late!”",
                "She waited…",
                "It rained, e.g. in Jan. 2020 again."
            ]
        );
        assert_eq!(texts("物価は上がる。次の文。"), ["物価は上がる。", "次の文。"]);
        assert!(texts(" \n\n ").is_empty());
    }

    #[test]
    fn text_without_stops_is_cut_at_words_and_never_inside_a_letter() {
        let text = "дом ".repeat(400);
        let all = texts(&text);
        assert!(
            all.len() > 3
                && all
                    .iter()
                    .all(|piece| piece.len() <= SENTENCE_BYTES && !piece.starts_with("ом"))
        );
        let wide = "界".repeat(700);
        assert_eq!(texts(&wide).concat(), wide);
    }

    #[test]
    fn the_passage_with_more_of_the_patterns_comes_first() {
        let text = "Rice is dear. Sugar is not.\nIn the north rice and sugar rose.\nRice, rice, rice.";
        let at = |word: &'static str, pattern| {
            text.match_indices(word).map(move |(start, word)| Match {
                span: Span {
                    start,
                    end: start + word.len(),
                },
                pattern,
            })
        };
        let mut matches: Vec<Match> = at("ice", 0).chain(at("ugar", 1)).collect();
        matches.sort();
        let best = best(text, &matches, 2);
        assert!(text[best[0].0.start..].starts_with("Rice is dear. Sugar"), "{best:?}");
        assert_eq!(best.len(), 3);
        assert_eq!(best[0].1.len(), 2);
    }

    #[test]
    fn context_stops_at_the_paragraph_and_at_any_letter() {
        let text = "Erste Zeile.\nÄrger gab es. Viel. „Ja“, sagte sie. Dann ging sie. Und kam.\nEnde.";
        let (start, end) = (text.find("Ja").unwrap(), text.find("“").unwrap());
        assert_eq!(before(text, start), "Viel. „");
        assert_eq!(after(text, end), "“, sagte sie. Dann ging sie.");
        for at in 0..=text.len() + 1 {
            let _ = (before(text, at), after(text, at));
        }
        assert_eq!(opening(text).map(|s| s.end), Some("Erste Zeile.".len()));
    }
}
