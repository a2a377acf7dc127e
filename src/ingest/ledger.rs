//! The ledger: which files were read, as they were then, and what was rejected in them.
//!
//! One JSON object a line, appended after the commit that holds the file's filings; the last line of a file counts. A crash
//! between commit and ledger only means that the file is read again and its filings found unchanged.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Rejection;

/// The ledger's file in the index folder.
const FILE: &str = "ledger.jsonl";

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
    /// Items read in it.
    pub read: u64,
    /// The uri given to its only item when that had none of its own, so that the next version of the file updates the story.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub given_uri: Option<String>,
    /// The same for the members of an archive, by their path in it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub given_uris: BTreeMap<String, String>,
    /// What did not get in.
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

/// The files read so far.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    entries: FxHashMap<String, FileEntry>,
}

impl Ledger {
    /// Opens the ledger of an index folder; there may be none yet. A last line that a crash cut short is passed over.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    pub fn open(index: &Path) -> Result<Self, LedgerError> {
        let path = index.join(FILE);
        let mut entries = FxHashMap::default();
        let unreadable = |source| LedgerError::Io {
            path: path.clone(),
            what: "read",
            source,
        };
        match File::open(&path) {
            Ok(file) => {
                for line in BufReader::new(file).split(b'\n') {
                    let line = line.map_err(unreadable)?;
                    if let Ok(entry) = serde_json::from_slice::<FileEntry>(&line) {
                        entries.insert(entry.file.clone(), entry);
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(error)),
        }
        Ok(Self { path, entries })
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

    /// Every rejection that stands.
    pub fn rejections(&self) -> impl Iterator<Item = &Rejection> {
        self.entries.values().flat_map(|entry| &entry.rejections)
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
            serde_json::to_writer(&mut lines, entry).map_err(|error| unwritable(error.into()))?;
            lines.push(b'\n');
        }
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)
            .map_err(unwritable)?;
        file.write_all(&lines)
            .and_then(|()| file.sync_data())
            .map_err(unwritable)?;
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
            read: 1,
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
