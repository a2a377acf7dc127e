//! The passages of a text that show its matches best, and what stands around a place: from sentence to sentence, where one
//! begins and ends nearby. Only what is near a match is cut into sentences, never a whole text.

use unicode_normalization::char::is_combining_mark;

use super::matcher::{Match, joined};
use super::sentences::sentences;
use crate::story::Span;

/// Passages of a body at most.
const MAX_PASSAGES: usize = 3;

/// Matches that are shown together lie in so many bytes.
const CLUSTER_BYTES: usize = 200;

/// A passage is at most so long, in bytes, where its matches leave it the choice: two or three lines on a screen.
const PASSAGE_BYTES: usize = 340;

/// Room before and behind the matches, also where they fill the passage.
const LEAST_ROOM: usize = 40;

/// The text before or behind a place is at most so long.
const CONTEXT_BYTES: usize = 280;

/// The last place at or before `most` where a word begins, or where a letter does if there is none; after `start`.
fn cut_before(text: &str, start: usize, most: usize) -> usize {
    let cut = letter_before(text, most);
    match text[start..cut].rfind(char::is_whitespace) {
        Some(space) if space > 0 => start + space,
        _ if cut > start => cut,
        _ => letter_after(text, most),
    }
}

/// The last place at or before `at` where a letter begins with all that belongs to it.
fn letter_before(text: &str, at: usize) -> usize {
    let mut cut = at.min(text.len());
    while !is_letter_start(text, cut) {
        cut -= 1;
    }
    cut
}

/// The first place at or after `at` where a letter begins.
fn letter_after(text: &str, at: usize) -> usize {
    let mut cut = at.min(text.len());
    while !is_letter_start(text, cut) {
        cut += 1;
    }
    cut
}

/// Whether what a reader takes for one letter begins here: marks combine with the letter before them, joiners join both sides.
fn is_letter_start(text: &str, at: usize) -> bool {
    const JOINERS: [char; 2] = ['\u{200C}', '\u{200D}'];
    const SKINS: std::ops::RangeInclusive<char> = '\u{1F3FB}'..='\u{1F3FF}';
    let Some((before, behind)) = text.split_at_checked(at) else {
        return false;
    };
    let (Some(last), Some(next)) = (before.chars().next_back(), behind.chars().next()) else {
        return true;
    };
    !is_combining_mark(next) && !JOINERS.contains(&next) && !SKINS.contains(&next) && !JOINERS.contains(&last)
}

/// The best passages for these matches, best first, each with the matches in it. `patterns`: how many patterns there are;
/// a passage is better that shows more of them, then one with more matches, then an earlier one.
pub(super) fn best(text: &str, matches: &[Match], patterns: usize) -> Vec<(Span, Vec<Span>)> {
    let mut shown = vec![false; patterns];
    let mut seen = vec![0; patterns];
    let mut open: Vec<(usize, usize)> = lines(text, matches);
    let mut out: Vec<(Span, Vec<Span>)> = Vec::new();
    while out.len() < MAX_PASSAGES {
        let clusters = open
            .iter()
            .filter_map(|run| best_cluster(matches, *run, &shown, &mut seen));
        let Some((_, first, last)) = clusters.reduce(|best, next| if next.0 > best.0 { next } else { best }) else {
            break;
        };
        let window = window(text, &matches[first..=last], &out);
        // What the window reaches beyond its cluster is shown with it.
        let inside: Vec<Match> = within(matches, window).collect();
        for found in &inside {
            shown[found.pattern] = true;
        }
        open = open.into_iter().flat_map(|run| outside(matches, run, window)).collect();
        out.push((window, joined(inside.into_iter().map(|found| found.span))));
    }
    out
}

/// The matches in runs that no line end parts, as the places of the first and behind the last.
fn lines(text: &str, matches: &[Match]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut end = 0;
    for (at, found) in matches.iter().enumerate() {
        let between = text.as_bytes().get(end..found.span.start).unwrap_or_default();
        match runs.last_mut() {
            Some(run) if memchr::memchr(b'\n', between).is_none() => run.1 = at + 1,
            _ => runs.push((at, at + 1)),
        }
        end = end.max(found.span.end);
    }
    runs
}

/// How good a passage is: patterns that no other shows yet, then matches.
type Rank = (usize, usize);

/// The best matches of a run that lie close together: how good they are, the first and the last. `seen` is room to count in, all 0 before and after.
fn best_cluster(
    matches: &[Match],
    run: (usize, usize),
    shown: &[bool],
    seen: &mut [usize],
) -> Option<(Rank, usize, usize)> {
    let mut best: Option<(Rank, usize, usize)> = None;
    let (mut new, mut next) = (0, run.0);
    for first in run.0..run.1 {
        let start = matches[first].span.start;
        while next < run.1 && (next == first || matches[next].span.end <= start + CLUSTER_BYTES) {
            let pattern = matches[next].pattern;
            seen[pattern] += 1;
            new += usize::from(seen[pattern] == 1 && !shown[pattern]);
            next += 1;
        }
        let rank = (new, (next - first).min(6));
        if best.is_none_or(|(best, ..)| rank > best) {
            best = Some((rank, first, next - 1));
        }
        let pattern = matches[first].pattern;
        seen[pattern] -= 1;
        new -= usize::from(seen[pattern] == 0 && !shown[pattern]);
    }
    best
}

/// The passage around matches: whole sentences where they are near, words else; none of what other passages show.
fn window(text: &str, cluster: &[Match], others: &[(Span, Vec<Span>)]) -> Span {
    let start = cluster.iter().map(|found| found.span.start).min().unwrap_or(0);
    let end = cluster.iter().map(|found| found.span.end).max().unwrap_or(start);
    let others = || others.iter().map(|(other, _)| *other);
    let least = others().map(|other| other.end).filter(|end| *end <= start).max();
    let most = others().map(|other| other.start).filter(|start| *start >= end).min();
    let room = PASSAGE_BYTES.saturating_sub(end - start).max(2 * LEAST_ROOM);
    let before = sentence_start(text, start, (room / 2).min(start - least.unwrap_or(0)));
    let room = room - (start - before);
    let after = sentence_end(text, end, room.min(most.unwrap_or(text.len()) - end));
    Span {
        start: before,
        end: after,
    }
}

/// Where the sentence around a place begins, else, where that is too far, a word does.
fn sentence_start(text: &str, at: usize, room: usize) -> usize {
    let least = letter_after(text, at - room).min(at);
    let line = text[least..at].rfind('\n').map(|end| least + end + 1);
    let start = line.unwrap_or(least);
    // A few bytes more, so that a stop right before the place is seen for one.
    let behind = letter_after(text, at + LEAST_ROOM).min(text.len());
    let sentences = sentences(text[start..behind].lines().next().unwrap_or_default());
    let begins = sentences.iter().map(|sentence| start + sentence.start);
    let is_known = line.is_some() || start == 0 || text[..start].ends_with('\n');
    let found = begins
        .filter(|begin| *begin <= at && (is_known || *begin > start))
        .max();
    found.unwrap_or_else(|| word_start(text, start, at))
}

/// The first place between two where a word begins.
fn word_start(text: &str, start: usize, at: usize) -> usize {
    if text[..start].ends_with(char::is_whitespace) {
        return start;
    }
    match text[start..at].find(char::is_whitespace) {
        Some(space) => at - text[start + space..at].trim_start().len(),
        None => start,
    }
}

/// Where the sentence around a place ends, else, where that is too far, a word does.
fn sentence_end(text: &str, at: usize, room: usize) -> usize {
    let most = letter_before(text, at + room).max(at);
    let line = text[at..most].find('\n').map(|end| at + end);
    let end = line.unwrap_or(most);
    // What stands right before the place tells whether a stop is one.
    let from = letter_before(text, at.saturating_sub(LEAST_ROOM));
    let from = text[from..at].rfind('\n').map_or(from, |end| from + end + 1);
    let sentences = sentences(&text[from..end]);
    let is_known = line.is_some() || end == text.len();
    let ends = sentences.iter().map(|sentence| from + sentence.end);
    let found = ends.filter(|end_of| *end_of >= at && (is_known || *end_of < end)).min();
    found.unwrap_or_else(|| if is_known { at } else { word_end(text, at, end) })
}

/// The last place between two where a word ends.
fn word_end(text: &str, at: usize, end: usize) -> usize {
    if text[end..].starts_with(char::is_whitespace) {
        return end;
    }
    let space = text[at..end].rfind(char::is_whitespace);
    space.map_or(end, |space| at + text[at..at + space].trim_end().len())
}

fn within(matches: &[Match], window: Span) -> impl Iterator<Item = Match> {
    let first = matches.partition_point(|found| found.span.start < window.start);
    let starting = matches[first..]
        .iter()
        .take_while(move |found| found.span.start < window.end);
    starting.filter(move |found| found.span.end <= window.end).copied()
}

/// The parts of a run of matches that lie wholly before and behind a window.
fn outside(matches: &[Match], run: (usize, usize), window: Span) -> impl Iterator<Item = (usize, usize)> {
    let is_apart = move |at: usize| matches[at].span.end <= window.start || matches[at].span.start >= window.end;
    let is_before = move |at: usize| matches[at].span.end <= window.start;
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for at in (run.0..run.1).filter(|at| is_apart(*at)) {
        match parts.last_mut() {
            Some(part) if part.1 == at && is_before(at) == is_before(at - 1) => part.1 = at + 1,
            _ => parts.push((at, at + 1)),
        }
    }
    parts.into_iter()
}

/// The beginning of a text: its first sentence, with the second where both are short.
pub(super) fn opening(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next()?;
    let near = &line[..letter_before(line, PASSAGE_BYTES)];
    let sentences = sentences(near);
    let (first, second) = (sentences.first()?, sentences.get(1));
    // The last one may be cut.
    let is_whole = |sentence: &&Span| near.len() == line.len() || sentence.end < near.trim_end().len();
    let end = match (is_whole(&first), second.filter(is_whole)) {
        (true, Some(second)) => second.end,
        (true, None) => first.end,
        (false, _) => word_end(line, 0, near.len()),
    };
    Some(Span {
        start: start + first.start,
        end: start + end,
    })
}

/// The text right before a place, from the start of a sentence.
pub(super) fn before(text: &str, at: usize) -> &str {
    let Some(head) = text.get(..at) else { return "" };
    let near = &head[cut_before(head, 0, head.len().saturating_sub(CONTEXT_BYTES))..];
    let from = near.trim_end().rfind('\n').map_or(0, |at| at + 1);
    let sentences = sentences(&near[from..]);
    let start = sentences.len().saturating_sub(2);
    let start = sentences.get(start).map_or(0, |sentence| sentence.start);
    &near[from + start..]
}

/// The text right after a place, to the end of a sentence.
pub(super) fn after(text: &str, at: usize) -> &str {
    let Some(tail) = text.get(at..) else { return "" };
    let near = if tail.len() > CONTEXT_BYTES {
        &tail[..cut_before(tail, 0, CONTEXT_BYTES)]
    } else {
        tail
    };
    let line_end = near.trim_end().find('\n').unwrap_or(near.trim_end().len());
    let line = &near[..line_end];
    let sentences = sentences(line);
    let end = sentences
        .get(1)
        .or(sentences.first())
        .map_or(0, |sentence| sentence.end);
    &line[..end]
}

#[cfg(test)]
mod tests;
