//! What became of every item that was read.

use serde::{Deserialize, Serialize};

/// An item that did not get in, and where it lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The file, or `-` for standard input.
    pub file: String,
    /// The byte in the decompressed file near which the trouble is.
    pub offset: u64,
    /// What is wrong and what to do.
    pub reason: String,
}

impl std::fmt::Display for Rejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, byte {}: {}", self.file, self.offset, self.reason)
    }
}

/// How many items were read and what became of them: `read = added + updated + unchanged + rejected`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// Files looked at.
    pub files: u64,
    /// Items read; a file that cannot be read at all counts as one.
    pub read: u64,
    /// Filings of stories that were not known.
    pub added: u64,
    /// Further filings of known stories, late ones counted.
    pub updated: u64,
    /// Filings that the index has already.
    pub unchanged: u64,
    /// Items that did not get in.
    pub rejected: u64,
    /// Where and why, one for each rejected item.
    pub rejections: Vec<Rejection>,
}

impl Balance {
    /// Whether every item read is accounted for.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.read == self.added + self.updated + self.unchanged + self.rejected
            && self.rejected == self.rejections.len() as u64
    }

    /// Notes an item that did not get in.
    pub(super) fn reject(&mut self, rejection: Rejection) {
        self.read += 1;
        self.rejected += 1;
        self.rejections.push(rejection);
    }

    /// Adds another balance to this one.
    pub fn add(&mut self, other: Self) {
        self.files += other.files;
        self.read += other.read;
        self.added += other.added;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.rejected += other.rejected;
        self.rejections.extend(other.rejections);
    }
}
