//! The lines between STX and the text: take words, notes in brackets, the headline, the byline, up to the line that ends with "=".

use crate::formats::paragraphs::one_line;
use crate::formats::takes;
use crate::story::Take;

/// A headline block is a few lines; an equals sign further down belongs to the text.
const MAX_LINES: usize = 16;

/// A headline without a mark after it has a few lines at most.
const MAX_UNMARKED: usize = 3;

/// Headlines of the wire have 80 characters; some are a little longer.
const MAX_HEADLINE_CHARS: usize = 140;

/// How bylines begin.
const BYLINES: [&str; 8] = ["By ", "Von ", "Par ", "Por ", "Oleh ", "Door ", "Di ", "BY "];

/// What stands before a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) headline: String,
    pub(super) byline: Option<String>,
    pub(super) take: Option<Take>,
    pub(super) notes: Vec<String>,
}

/// Cuts the opening off the lines of a text, and gives the lines after it.
pub(super) fn cut<'l, 't>(lines: &'l [&'t str]) -> (Opening, &'l [&'t str]) {
    let start = lines
        .iter()
        .position(|line| !line.trim().is_empty())
        .unwrap_or(lines.len());
    let lines = &lines[start..];
    let marked = lines
        .iter()
        .take(MAX_LINES)
        .position(|line| line.trim_end().ends_with('='));
    let end = match marked {
        Some(at) => at + 1,
        None => unmarked(lines),
    };
    (read(&lines[..end]), &lines[end..])
}

/// Where an opening without its mark ends: a block of a few short lines, apart from a text that follows, none of it a dateline.
fn unmarked(lines: &[&str]) -> usize {
    let block = lines
        .iter()
        .position(|line| line.trim().is_empty())
        .unwrap_or(lines.len());
    let chars: usize = lines[..block].iter().map(|line| line.chars().count()).sum();
    let text = lines[..block].join(" ");
    let is_text = super::dateline::read(&text).is_some() || chars > MAX_HEADLINE_CHARS;
    if block <= MAX_UNMARKED && !is_text { block } else { 0 }
}

fn read(lines: &[&str]) -> Opening {
    let mut out = Opening::default();
    let mut bracket: Option<String> = None;
    for line in lines {
        let line = one_line(line.trim_end().trim_end_matches('='));
        let opens = bracket.is_none() && line.starts_with('(');
        if let Some(open) = &mut bracket {
            open.push(' ');
            open.push_str(&line);
        } else if opens {
            bracket = Some(line.clone());
        }
        match bracket.take() {
            Some(whole) if whole.ends_with(')') => out.bracketed(&whole),
            // A bracket that holds the start of a headline only.
            Some(whole) if whole.contains(')') => out.line(&whole),
            open @ Some(_) => bracket = open,
            None => out.line(&line),
        }
    }
    if let Some(open) = bracket {
        out.line(&open);
    }
    out
}

impl Opening {
    fn bracketed(&mut self, whole: &str) {
        let inner = whole[1..whole.len() - 1].trim();
        let take = takes::of_line(whole);
        let is_plain = take.as_ref().is_some_and(|take| take.label.len() + 2 >= inner.len());
        self.take = takes::stronger(self.take.take(), take);
        if !is_plain {
            self.notes.push(inner.to_owned());
        }
    }

    fn line(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        if self.headline.is_empty()
            && let Some(take) = takes::of_line(line)
        {
            self.take = takes::stronger(self.take.take(), Some(take));
        } else if !self.headline.is_empty()
            && self.byline.is_none()
            && BYLINES.iter().any(|word| line.starts_with(word))
        {
            self.byline = Some(line.to_owned());
        } else if line.starts_with("Eds:") || line.starts_with("EDS:") {
            self.notes.push(line.to_owned());
        } else {
            let text = self.byline.as_mut().unwrap_or(&mut self.headline);
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::TakeKind;

    fn opening(text: &str) -> (Opening, usize) {
        let lines: Vec<&str> = text.lines().collect();
        let (opening, rest) = cut(&lines);
        (opening, rest.len())
    }

    #[test]
    fn take_words_headline_and_byline_are_told_apart() {
        let (read, left) = opening(
            "REFILE\n1ST LEAD\nPort of Lunde reopens after storm, and\nships leave\nBy Ann Moe, kyst =\n\nLunde (kyst) - The port",
        );
        assert_eq!(read.headline, "Port of Lunde reopens after storm, and ships leave");
        assert_eq!(read.byline.as_deref(), Some("By Ann Moe, kyst"));
        let take = read.take.unwrap();
        assert_eq!(
            (take.kind, take.number, take.label.as_str()),
            (TakeKind::Refile, Some(1), "REFILE")
        );
        assert_eq!(left, 2);
    }

    #[test]
    fn brackets_are_notes_and_takes() {
        let (read, _) = opening(
            "(Berichtigung: Im dritten Absatz\nist der Name korrigiert.)\n(KORR-Bericht)\nHafen öffnet\nVon Ann Moe\n(Foto Archiv) =\n\nx",
        );
        assert_eq!(read.headline, "Hafen öffnet");
        assert_eq!(read.take.map(|take| take.kind), Some(TakeKind::Correction));
        assert_eq!(
            read.notes[0],
            "Berichtigung: Im dritten Absatz ist der Name korrigiert."
        );
        let (read, _) = opening("(Eil \x07\x07)\nHafen öffnet =\n");
        assert_eq!(
            (read.take.map(|take| take.label), read.notes.len()),
            (Some("Eil".into()), 0)
        );
    }

    #[test]
    fn without_a_mark_a_short_block_is_the_headline() {
        assert_eq!(opening("Port reopens\n\nThe port reopened.").0.headline, "Port reopens");
        assert_eq!(
            opening("Lunde (Kyst) - The port reopened.\n\nShips left.").0.headline,
            ""
        );
        assert_eq!(opening("Port reopens").0.headline, "Port reopens");
    }
}
