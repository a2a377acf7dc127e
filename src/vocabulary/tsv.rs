//! Tab-separated lists: `#` starts a comment line, the first other line names the columns.

use std::fmt;

/// A line of a list that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The list's name.
    pub list: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.list, self.line, self.reason)
    }
}

impl std::error::Error for BadLine {}

/// A row: its line number and its cells, one for each column (absent trailing cells are empty).
#[derive(Debug, Clone)]
pub struct Row<'t, const N: usize> {
    /// The line, from 1.
    pub line: usize,
    /// The cells in the order of the columns asked for.
    pub cells: [&'t str; N],
}

/// Reads a list whose head line names exactly `columns`.
///
/// # Errors
/// When the head line names other columns, or a row has more cells than columns.
pub fn rows<'t, const N: usize>(list: &str, text: &'t str, columns: [&str; N]) -> Result<Vec<Row<'t, N>>, BadLine> {
    let bad = |line: usize, reason: String| BadLine {
        list: list.to_owned(),
        line,
        reason,
    };
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim_end_matches('\r')))
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let (at, head) = lines
        .next()
        .ok_or_else(|| bad(1, "the list is empty: it needs a line of column names".into()))?;
    if !head.split('\t').eq(columns) {
        return Err(bad(
            at,
            format!("the columns are \"{head}\"; they should be \"{}\"", columns.join("\t")),
        ));
    }
    let mut rows = Vec::new();
    for (line, content) in lines {
        let mut cells = [""; N];
        for (at, cell) in content.split('\t').enumerate() {
            let place = cells
                .get_mut(at)
                .ok_or_else(|| bad(line, format!("more than {N} cells")))?;
            *place = cell.trim();
        }
        rows.push(Row { line, cells });
    }
    Ok(rows)
}

/// The cells of a list's rows, one row after the other, unchecked: for long lists that a test reads with [`rows`].
pub(super) fn cells<const N: usize>(text: &str) -> impl Iterator<Item = [&str; N]> {
    let content = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    content.skip(1).map(|line| {
        let mut cells = [""; N];
        for (cell, content) in cells.iter_mut().zip(line.split('\t')) {
            *cell = content;
        }
        cells
    })
}
