//! The ledger: which files were read, as they were then, and what was rejected in them.
//!
//! One JSON object a line, with its sum, appended after the commit that holds the file's filings; the last line of a file counts.
//! A crash between commit and ledger only means that the file is read again and its filings found unchanged.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use xxhash_rust::xxh3::xxh3_64;

use super::{Counts, Rejection};
use crate::formats::Verdict;
use crate::index::replace_file;

/// The ledger's file in the index folder.
pub(super) const FILE: &str = "ledger.jsonl";

/// Hex digits of a content hash in an entry.
const CONTENT_DIGITS: usize = 16;

/// Why the ledger cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// It cannot be read or written.
    #[error("the ledger {path} cannot be {what}: {source}")]
    Io {
        /// The ledger.
        path: PathBuf,
        /// `read` or `written`.
        what: &'static str,
        /// Why.
        source: io::Error,
    },
}

/// What is known of a file that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its absolute path.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its time of change, nanoseconds since 1970.
    pub modified: i64,
    /// What became of its items; without its files, and without what is in `rejections`.
    #[serde(flatten)]
    pub counts: Counts,
    /// The filings of it that are in the index: the low 64 bits of each content hash, 16 hex digits after one another.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub filings: String,
    /// The uri given to its only item when that had none of its own, so that the next version of the file updates the story.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub given_uri: Option<String>,
    /// The same for the members of an archive, by their path in it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub given_uris: BTreeMap<String, String>,
    /// What did not get in, rejected or skipped.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub rejections: Vec<Rejection>,
}

impl FileEntry {
    /// The entry of a file as it lies there now, nothing read yet.
    ///
    /// # Errors
    /// When the file cannot be looked at.
    pub fn of(path: &Path) -> io::Result<Self> {
        let meta = std::fs::metadata(path)?;
        let modified = meta
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Ok(Self {
            file: std::fs::canonicalize(path)?.to_string_lossy().into_owned(),
            size: meta.len(),
            modified: modified.map_or(0, |since| i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)),
            ..Self::default()
        })
    }
}

impl FileEntry {
    /// Notes a filing of it that is in the index.
    pub(super) fn push_filing(&mut self, content: u64) {
        let _ = write!(self.filings, "{content:016x}");
    }

    /// The contents of its filings; `None` where the digits are none.
    pub fn contents(&self) -> impl Iterator<Item = Option<u64>> {
        let digits = self.filings.as_bytes().chunks(CONTENT_DIGITS);
        digits.map(|digits| {
            let digits = std::str::from_utf8(digits)
                .ok()
                .filter(|digits| digits.len() == CONTENT_DIGITS)?;
            u64::from_str_radix(digits, 16).ok()
        })
    }

    /// Whether its counts, its filings and its rejections agree.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let verdicts = |verdict| self.rejections.iter().filter(|it| it.verdict == verdict).count() as u64;
        let counts = &self.counts;
        counts.adds_up()
            && counts.kept() * CONTENT_DIGITS as u64 == self.filings.len() as u64
            && counts.rejected == verdicts(Verdict::Rejected)
            && counts.skipped == verdicts(Verdict::Skipped)
    }

    /// Whether an item of it was rejected.
    #[must_use]
    pub fn has_rejected(&self) -> bool {
        self.counts.rejected > 0
    }
}

/// A line of the ledger.
#[derive(Serialize, Deserialize)]
struct Line<'l> {
    /// XXH3 of the entry's bytes, in hex.
    sum: Cow<'l, str>,
    /// A [`FileEntry`].
    #[serde(borrow)]
    entry: Cow<'l, RawValue>,
}

impl Line<'_> {
    fn of(entry: &FileEntry) -> serde_json::Result<Vec<u8>> {
        let entry = serde_json::value::to_raw_value(entry)?;
        let mut line = serde_json::to_vec(&Line {
            sum: sum(&entry).into(),
            entry: Cow::Owned(entry),
        })?;
        line.push(b'\n');
        Ok(line)
    }

    /// The entry of a line, if the line is as it was written.
    fn read(line: &[u8]) -> Option<FileEntry> {
        let read: Line<'_> = serde_json::from_slice(line).ok()?;
        let entry = serde_json::from_str(read.entry.get()).ok()?;
        let written = Self::of(&entry).ok()?;
        (written.strip_suffix(b"\n") == Some(line)).then_some(entry)
    }
}

fn sum(entry: &RawValue) -> String {
    format!("{:016x}", xxh3_64(entry.get().as_bytes()))
}

/// The files read so far.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    entries: FxHashMap<String, FileEntry>,
    /// The numbers of lines that are not as they were written, from 1.
    damaged: Vec<usize>,
    /// Lines in the file.
    lines: usize,
}

impl Ledger {
    /// Opens the ledger of an index folder; there may be none yet. A last line that a crash cut short is passed over.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    pub fn open(index: &Path) -> Result<Self, LedgerError> {
        let path = index.join(FILE);
        let mut entries = FxHashMap::default();
        let (mut damaged, mut lines) = (Vec::new(), 0);
        let unreadable = |source| LedgerError::Io {
            path: path.clone(),
            what: "read",
            source,
        };
        match File::open(&path) {
            Ok(file) => {
                for line in BufReader::new(file).split(b'\n') {
                    let line = line.map_err(unreadable)?;
                    lines += 1;
                    match Line::read(&line) {
                        Some(entry) => drop(entries.insert(entry.file.clone(), entry)),
                        None if line.is_empty() => {}
                        None => damaged.push(lines),
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(error)),
        }
        Ok(Self {
            path,
            entries,
            damaged,
            lines,
        })
    }

    /// The bytes of the ledger of an index folder; none where there is none yet.
    pub(super) fn bytes(index: &Path) -> Result<Vec<u8>, LedgerError> {
        let path = index.join(FILE);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(source) => Err(LedgerError::Io {
                path,
                what: "read",
                source,
            }),
        }
    }

    /// The entry of a file by its absolute path.
    #[must_use]
    pub fn entry(&self, file: &str) -> Option<&FileEntry> {
        self.entries.get(file)
    }

    /// The entry of this file if it has not changed since it was read.
    #[must_use]
    pub fn unchanged(&self, now: &FileEntry) -> Option<&FileEntry> {
        self.entry(&now.file)
            .filter(|then| then.size == now.size && then.modified == now.modified)
    }

    /// How many files it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every entry, in the order of the files' paths.
    #[must_use]
    pub fn sorted(&self) -> Vec<&FileEntry> {
        let mut entries: Vec<&FileEntry> = self.entries.values().collect();
        entries.sort_unstable_by(|a, b| a.file.cmp(&b.file));
        entries
    }

    /// The numbers of lines that are not as they were written, from 1: cut short by a crash, or changed since.
    #[must_use]
    pub fn damaged(&self) -> &[usize] {
        &self.damaged
    }

    /// Every rejection that stands.
    pub fn rejections(&self) -> impl Iterator<Item = &Rejection> {
        let all = self.entries.values().flat_map(|entry| &entry.rejections);
        all.filter(|rejection| rejection.verdict == Verdict::Rejected)
    }

    /// Writes the ledger anew without damaged and overtaken lines and without entries that `keep` refuses: their files are read
    /// again.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn rewrite(&mut self, keep: impl Fn(&FileEntry) -> bool) -> Result<(), LedgerError> {
        self.entries.retain(|_, entry| keep(entry));
        let unwritable = |source| LedgerError::Io {
            path: self.path.clone(),
            what: "written",
            source,
        };
        let mut lines = Vec::new();
        for entry in self.sorted() {
            lines.extend(Line::of(entry).map_err(|error| unwritable(error.into()))?);
        }
        replace_file(&self.path, &lines).map_err(unwritable)?;
        self.lines = self.entries.len();
        self.damaged.clear();
        Ok(())
    }

    /// Whether overtaken lines are most of it, so that writing it anew is worth while.
    #[must_use]
    pub fn is_mostly_overtaken(&self) -> bool {
        self.lines > 1_000 && self.lines > 3 * self.entries.len()
    }

    /// Appends entries, on disk before it returns. Call it after the commit that holds their filings.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn append(&mut self, entries: Vec<FileEntry>) -> Result<(), LedgerError> {
        if entries.is_empty() {
            return Ok(());
        }
        let unwritable = |source| LedgerError::Io {
            path: self.path.clone(),
            what: "written",
            source,
        };
        let mut lines = Vec::new();
        // A line that a crash cut short must not swallow the next one.
        if !self.ends_with_newline() {
            lines.push(b'\n');
        }
        for entry in &entries {
            lines.extend(Line::of(entry).map_err(|error| unwritable(error.into()))?);
        }
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)
            .map_err(unwritable)?;
        file.write_all(&lines)
            .and_then(|()| file.sync_data())
            .map_err(unwritable)?;
        self.lines += entries.len();
        self.entries
            .extend(entries.into_iter().map(|entry| (entry.file.clone(), entry)));
        Ok(())
    }

    fn ends_with_newline(&self) -> bool {
        use std::io::{Read, Seek, SeekFrom};
        let Ok(mut file) = File::open(&self.path) else {
            return true;
        };
        if file.seek(SeekFrom::End(-1)).is_err() {
            return true;
        }
        let mut last = [0];
        file.read_exact(&mut last).is_err() || last == *b"\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(file: &str, size: u64) -> FileEntry {
        FileEntry {
            file: file.into(),
            size,
            modified: 7,
            ..FileEntry::default()
        }
    }

    #[test]
    fn the_last_entry_of_a_file_counts_and_survives_reopening() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(dir.path()).unwrap();
        ledger.append(vec![entry("/a", 1), entry("/b", 2)]).unwrap();
        ledger.append(vec![entry("/a", 3)]).unwrap();
        let again = Ledger::open(dir.path()).unwrap();
        assert_eq!(again.len(), 2);
        assert!(again.unchanged(&entry("/a", 3)).is_some());
        assert!(again.unchanged(&entry("/a", 1)).is_none());
    }

    #[test]
    fn a_line_cut_short_loses_nothing_after_it() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(dir.path()).unwrap();
        ledger.append(vec![entry("/a", 1)]).unwrap();
        let path = dir.path().join(FILE);
        let mut text = std::fs::read(&path).unwrap();
        text.extend_from_slice(b"{\"file\":\"/b\",\"si");
        std::fs::write(&path, text).unwrap();
        let mut ledger = Ledger::open(dir.path()).unwrap();
        ledger.append(vec![entry("/c", 1)]).unwrap();
        let again = Ledger::open(dir.path()).unwrap();
        assert!(again.entry("/a").is_some() && again.entry("/c").is_some() && again.entry("/b").is_none());
    }
}
