//! Text as it grows: lines within paragraphs, white space collapsed.

use super::super::paragraphs::{append, ends_sentence, goes_on, wrap_width};
use super::super::seam::Seam;

/// Narrower lines are a list of results or an address, not wrapped text.
const MIN_WRAP_COLUMNS: usize = 45;

/// Paragraphs, and the one that is being written.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The lines of each paragraph.
    done: Vec<Vec<String>>,
    open: Vec<String>,
    line: String,
    space: bool,
    in_row: bool,
    seam: Seam,
}

impl Lines {
    pub(super) fn push_str(&mut self, text: &str) {
        text.chars().for_each(|c| self.push(c));
    }

    fn push(&mut self, c: char) {
        match c {
            // Soft hyphens and zero-width marks are hints for a typesetter.
            '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{2060}' => {}
            _ if c.is_whitespace() => self.space = true,
            _ if c.is_control() => {}
            _ => {
                let glued = self.seam.glues(&self.line, c);
                if (self.space || glued) && !self.line.is_empty() && !self.line.ends_with(' ') {
                    self.line.push(' ');
                }
                self.space = false;
                self.seam = Seam::No;
                self.line.push(c);
            }
        }
    }

    pub(super) fn space(&mut self) {
        self.space = true;
    }

    pub(super) fn open_inline(&mut self) {
        self.seam = self.seam.opened();
    }

    pub(super) fn close_inline(&mut self) {
        self.seam = Seam::Closed;
    }

    /// Begins the next cell of a row. Empty cells keep their place.
    pub(super) fn start_cell(&mut self) {
        if self.in_row {
            self.line.push_str(" | ");
        }
        self.in_row = true;
        self.space = false;
    }

    /// Ends a row; one of empty cells is none.
    pub(super) fn end_row(&mut self) {
        self.in_row = false;
        let bare = self.line.trim_matches([' ', '|']);
        if bare.is_empty() {
            self.line.clear();
        } else {
            let row: Vec<&str> = self.line.split(" | ").map(str::trim).collect();
            let last = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
            let first = row.iter().position(|cell| !cell.is_empty()).unwrap_or(0);
            self.line = row[first..last].join(" | ");
        }
        self.end_paragraph();
    }

    /// Ends a line within the paragraph.
    pub(super) fn end_line(&mut self) {
        self.space = false;
        self.seam = Seam::No;
        let line = std::mem::take(&mut self.line);
        // An empty one parts paragraphs.
        if line.is_empty() {
            self.close();
        } else {
            self.open.push(line);
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.end_line();
        self.close();
    }

    /// Whole paragraphs.
    pub(super) fn paragraphs(&mut self, paragraphs: Vec<String>) {
        self.done.extend(paragraphs.into_iter().map(|line| vec![line]));
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
        }
    }

    /// All paragraphs. Breaks that wrap running text to the width of an old screen are joined again; others part it.
    pub(super) fn finish(mut self) -> Vec<String> {
        self.end_paragraph();
        let broken = self.done.iter().filter(|lines| lines.len() > 1);
        let all: Vec<&str> = broken
            .flat_map(|lines| lines.iter().map(String::as_str).chain([""]))
            .collect();
        let width = wrap_width(&all).filter(|width| *width >= MIN_WRAP_COLUMNS);
        self.done.into_iter().flat_map(|lines| joined(lines, width)).collect()
    }
}

/// The lines of one paragraph, those joined that go on with the one before.
fn joined(lines: Vec<String>, width: Option<usize>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    let mut before = String::new();
    for line in lines {
        let small = line.starts_with(char::is_lowercase) && !ends_sentence(&before);
        let wrapped = width.is_some_and(|width| goes_on(&before, &line, width));
        match out.last_mut() {
            Some(paragraph) if small || wrapped => append(paragraph, &line),
            _ => out.push(line.clone()),
        }
        before = line;
    }
    out
}
