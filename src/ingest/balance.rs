//! What became of every item that was read.

use serde::{Deserialize, Serialize};

use crate::formats::Verdict;

/// An item that did not get in, and where it lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// Whether something is amiss, or the item is in order and no story.
    #[serde(default)]
    pub verdict: Verdict,
    /// The file, or `-` for standard input; a member of an archive as `wire.zip!/monday/kapal.xml`.
    pub file: String,
    /// The byte in the decompressed file near which the trouble is.
    pub offset: u64,
    /// What is wrong and what to do; of a skipped item, what it is.
    pub reason: String,
    /// XXH3 of the item's bytes, in hex: of the first 64 KiB of a file in no format that is read, none where reading broke off.
    #[serde(with = "hex", skip_serializing_if = "Option::is_none", default)]
    pub hash: Option<u128>,
}

impl Rejection {
    /// An item that should have been a story, at a byte of a file.
    pub(super) fn rejected(file: impl Into<String>, offset: u64, reason: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Rejected,
            file: file.into(),
            offset,
            reason: reason.into(),
            hash: None,
        }
    }
}

/// A hash as 32 hex digits.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::ref_option, reason = "serde's signature")]
    pub(super) fn serialize<S: Serializer>(hash: &Option<u128>, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&format_args!("{:032x}", hash.unwrap_or_default()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(text: D) -> Result<Option<u128>, D::Error> {
        let text = String::deserialize(text)?;
        u128::from_str_radix(&text, 16)
            .map(Some)
            .map_err(serde::de::Error::custom)
    }
}

impl std::fmt::Display for Rejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, byte {}: {}", self.file, self.offset, self.reason)
    }
}

/// What became of items: `read = added + updated + unchanged + killed + skipped + rejected`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Items read; a file that cannot be read at all counts as one.
    pub read: u64,
    /// Filings of stories that were not known.
    pub added: u64,
    /// Further filings of known stories, late ones counted.
    pub updated: u64,
    /// Filings that the index has already.
    pub unchanged: u64,
    /// Filings that took a story away: kills and withholdings.
    pub killed: u64,
    /// Items in order that are no story: planning items, packages, pictures.
    pub skipped: u64,
    /// Items that should have been stories and could not be read.
    pub rejected: u64,
}

impl Counts {
    /// Whether every item read is accounted for.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.read == self.kept() + self.skipped + self.rejected
    }

    /// Items that are filings in the index.
    #[must_use]
    pub fn kept(&self) -> u64 {
        self.added + self.updated + self.unchanged + self.killed
    }

    /// The difference to what was counted earlier.
    #[must_use]
    pub(super) fn since(self, earlier: Self) -> Self {
        Self {
            read: self.read - earlier.read,
            added: self.added - earlier.added,
            updated: self.updated - earlier.updated,
            unchanged: self.unchanged - earlier.unchanged,
            killed: self.killed - earlier.killed,
            skipped: self.skipped - earlier.skipped,
            rejected: self.rejected - earlier.rejected,
        }
    }

    /// Adds other counts to these.
    pub fn add(&mut self, other: Self) {
        self.read += other.read;
        self.added += other.added;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.killed += other.killed;
        self.skipped += other.skipped;
        self.rejected += other.rejected;
    }
}

impl std::fmt::Display for Counts {
    /// The balance as one line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            read,
            added,
            updated,
            unchanged,
            killed,
            skipped,
            rejected,
        } = self;
        write!(
            f,
            "read {read} = added {added} + updated {updated} + unchanged {unchanged} + killed {killed} + skipped {skipped} + rejected {rejected}"
        )
    }
}

/// What became of the items of a run, and of those that did not get in where and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// Files looked at.
    pub files: u64,
    /// What became of their items.
    #[serde(flatten)]
    pub counts: Counts,
    /// Where and why, one for each rejected item.
    pub rejections: Vec<Rejection>,
    /// Where and what, one for each skipped item.
    pub skips: Vec<Rejection>,
}

impl Balance {
    /// Whether every item read is accounted for.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.counts.adds_up()
            && self.counts.rejected == self.rejections.len() as u64
            && self.counts.skipped == self.skips.len() as u64
    }

    /// Notes an item that did not get in.
    pub(super) fn reject(&mut self, rejection: Rejection) {
        self.counts.read += 1;
        match rejection.verdict {
            Verdict::Rejected => {
                self.counts.rejected += 1;
                self.rejections.push(rejection);
            }
            Verdict::Skipped => {
                self.counts.skipped += 1;
                self.skips.push(rejection);
            }
        }
    }

    /// Adds another balance to this one.
    pub fn add(&mut self, other: Self) {
        self.files += other.files;
        self.counts.add(other.counts);
        self.rejections.extend(other.rejections);
        self.skips.extend(other.skips);
    }
}
