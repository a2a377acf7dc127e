//! Where records of a table end: a line end outside of a quoted cell.

use super::head::Head;
use crate::formats::FieldMap;

/// Takes the bytes of a table one by one. A quote opens a quoted cell only where a cell begins, as RFC 4180 has it.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // where in a cell and a record a byte stands
pub(crate) struct Records {
    mark: u8,
    quotes: bool,
    in_quotes: bool,
    at_start: bool,
    cells: usize,
    is_blank: bool,
}

/// What a record was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Record {
    /// Its cells.
    pub(crate) cells: usize,
    /// Whether it has no letters at all.
    pub(crate) is_blank: bool,
}

impl Records {
    /// At the start of a table.
    pub(crate) fn new(mark: u8, quotes: bool) -> Self {
        Self {
            mark,
            quotes,
            in_quotes: false,
            at_start: true,
            cells: 1,
            is_blank: true,
        }
    }

    /// Takes one byte; gives the record that it ends.
    pub(crate) fn push(&mut self, byte: u8) -> Option<Record> {
        self.is_blank &= byte.is_ascii_whitespace() || byte == self.mark || byte == b'"';
        if self.in_quotes {
            // A doubled quote closes and opens again.
            if byte == b'"' {
                self.in_quotes = false;
                self.at_start = true;
            }
            return None;
        }
        match byte {
            b'"' if self.quotes && self.at_start => {
                self.in_quotes = true;
                self.at_start = false;
            }
            b'\n' => {
                let record = self.record();
                *self = Self::new(self.mark, self.quotes);
                return Some(record);
            }
            _ if byte == self.mark => {
                self.cells += 1;
                self.at_start = true;
            }
            _ => self.at_start = false,
        }
        None
    }

    /// The record so far.
    pub(crate) fn record(&self) -> Record {
        Record {
            cells: self.cells,
            is_blank: self.is_blank,
        }
    }

    /// The end of the first record, its line end included.
    pub(super) fn first_end(bytes: &[u8], mark: u8) -> usize {
        let mut records = Self::new(mark, true);
        let end = bytes.iter().position(|&byte| records.push(byte).is_some());
        end.map_or(bytes.len(), |at| at + 1)
    }

    /// How many cells the first records have that end within the bytes, blank ones apart.
    pub(super) fn counts(bytes: &[u8], mark: u8, quotes: bool, most: usize) -> Vec<usize> {
        let mut records = Self::new(mark, quotes);
        let ended = bytes.iter().filter_map(|&byte| records.push(byte));
        ended
            .filter(|record| !record.is_blank)
            .map(|record| record.cells)
            .take(most)
            .collect()
    }
}

/// How records below a head are parted, where the head names parts of a story: of any other table the whole is one item, to be refused
/// once, or to be read by the user's map. The first bytes below the head tell whether quotes enclose cells.
pub(crate) fn records_below(head: &[u8], below: &[u8]) -> Option<Records> {
    let sample = [head, below].concat();
    let head = Head::of(&String::from_utf8_lossy(&sample))?;
    let is_known = head.leads_to_stories(&FieldMap::default());
    is_known.then(|| Records::new(head.mark, head.quotes))
}
