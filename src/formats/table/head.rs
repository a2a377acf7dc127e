//! The head of a table: what parts its cells, and its columns.

use std::cmp::Ordering;

use super::records::Records;
use crate::formats::FieldMap;
use crate::formats::field_names::{self, Part};
use crate::formats::fields::plain_name;

/// What parts cells, the likeliest first.
const MARKS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// A column's name is a few words.
const MAX_NAME_CHARS: usize = 40;

/// A table whose columns no one knows is told by as many rows of as many cells.
const ROWS_LOOKED_AT: usize = 20;

/// So much of a table tells how it is quoted.
const SAMPLE_BYTES: usize = 64 * 1024;

/// The head of a table.
#[derive(Debug)]
pub(super) struct Head {
    /// What parts the cells.
    pub(super) mark: u8,
    /// Whether quotes enclose cells.
    pub(super) quotes: bool,
    /// The columns, as written.
    pub(super) names: Vec<String>,
}

impl Head {
    /// The head in the first line of a text; `None` where the line has no marks.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(['\u{FEFF}', '\r', '\n']);
        let heads = MARKS.iter().filter_map(|&mark| Self::by(text, mark));
        let known = |head: &Self| (head.known(), head.names.len());
        // The first of equals: a tab before a comma.
        heads.fold(None, |best: Option<Self>, head| match &best {
            Some(before) if known(before) >= known(&head) => best,
            _ => Some(head),
        })
    }

    fn by(text: &str, mark: u8) -> Option<Self> {
        let end = Records::first_end(text.as_bytes(), mark);
        let names = cells(&text[..end], mark);
        (names.len() >= 2).then(|| Self {
            mark,
            quotes: mark != b'\t' || quotes_enclose(text, names.len()),
            names,
        })
    }

    /// How many columns have names of a story's parts.
    pub(super) fn known(&self) -> usize {
        self.names.iter().filter(|name| field_names::is_known(name)).count()
    }

    /// Whether a column holds a headline or a body, by its usual name or the user's map.
    pub(super) fn leads_to_stories(&self, map: &FieldMap) -> bool {
        let parts = [Part::Headline, Part::Body];
        let names = || self.names.iter().map(String::as_str);
        parts
            .into_iter()
            .any(|part| names().any(|name| field_names::is_name_of(part, name)) || map.leads_to(part, names()))
    }

    /// Whether its rows are entries of a calendar: they start and end.
    pub(super) fn is_calendar(&self) -> bool {
        let has = |name: &str| self.names.iter().any(|own| plain_name(own) == name);
        has("startdate") && ["enddate", "starttime", "location"].iter().any(|name| has(name))
    }

    /// Whether it could be the head of a table whatever its columns: short names, each another, none a number or a sentence.
    fn is_plausible(&self) -> bool {
        let name = |name: &String| {
            name.chars().count() <= MAX_NAME_CHARS
                && name.chars().any(char::is_alphabetic)
                && !name.ends_with(['.', '!', '?', ':'])
        };
        let mut seen: Vec<&String> = self.names.iter().collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len() == self.names.len() && self.names.iter().all(name)
    }
}

/// The cells of a record, unquoted.
fn cells(record: &str, mark: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(mark)
        .has_headers(false)
        .flexible(true)
        .from_reader(record.as_bytes());
    let mut cells = csv::StringRecord::new();
    match reader.read_record(&mut cells) {
        Ok(true) => cells.iter().map(|cell| cell.trim().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// Whether quotes in a table of tabs enclose cells. Many writers of such tables do not quote at all, and a cell that opens with a quote
/// would swallow the rows after it; others quote cells that hold lines. The reading by which more rows have the head's cells is right.
fn quotes_enclose(text: &str, columns: usize) -> bool {
    let sample = &text.as_bytes()[..text.len().min(SAMPLE_BYTES)];
    let fitting = |quotes: bool| {
        let counts = Records::counts(sample, b'\t', quotes, usize::MAX);
        let fit = counts.iter().filter(|count| **count == columns).count();
        (fit, counts.len())
    };
    let ((fit, all), (fit_bare, all_bare)) = (fitting(true), fitting(false));
    match (fit * all_bare).cmp(&(fit_bare * all)).then(fit.cmp(&fit_bare)) {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => text
            .lines()
            .take(ROWS_LOOKED_AT)
            .flat_map(|line| line.split('\t'))
            .all(is_enclosed),
    }
}

/// Whether a cell that opens with a quote ends with it too.
fn is_enclosed(cell: &str) -> bool {
    let Some(rest) = cell.strip_prefix('"') else {
        return true;
    };
    rest.strip_suffix('"')
        .is_some_and(|inner| !inner.replace("\"\"", "").contains('"'))
}

/// Whether a text is a table: its first line names parts of a story and more rows are parted by the same mark; or, whatever its columns,
/// all of its first lines have as many cells. Prose with commas has neither.
pub(in crate::formats) fn is_table(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{FEFF}', '\r', '\n']);
    let Some(head) = Head::of(text) else { return false };
    let end = Records::first_end(text.as_bytes(), head.mark);
    let is_whole_line = text[..end].ends_with(['\n', '\r']) || end == text.len();
    if !is_whole_line || !head.is_plausible() && head.known() < 2 {
        return false;
    }
    let counts = Records::counts(&text.as_bytes()[end..], head.mark, head.quotes, ROWS_LOOKED_AT);
    let columns = head.names.len();
    if head.known() >= 2 && head.known() * 3 >= columns {
        let parted = counts.iter().filter(|count| **count >= 2).count();
        return parted * 2 >= counts.len();
    }
    let alike = counts.iter().all(|count| *count == columns);
    alike && columns >= 3 && counts.len() >= 3 && head.is_plausible()
}
