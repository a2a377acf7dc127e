//! Whether an index is sound: every byte of its files, and that its documents agree with one another. And what can be mended.
//!
//! The segments' files carry checksums of their own; the small files around them are compared with what this program would have
//! written in their place, so that a single changed byte shows in any of them.

mod files;
mod repair;
mod segments;

use std::path::Path;

use rustc_hash::FxHashSet;

use super::error::guarded;
use super::{IndexError, folder};

pub(super) use files::{MANAGED, files_of};
pub use repair::repair;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, by its name in the index folder.
    pub file: String,
    /// What is wrong with it.
    pub what: String,
    /// What mends it.
    pub mend: Mend,
}

/// How a fault is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mend {
    /// By taking the segment out, by its id. Its filings are gone from the index: files that the ledger knows are read again.
    DropSegment(String),
    /// By writing the small file anew from what the others tell.
    Rewrite,
    /// By a new index: too little is left to go by.
    IndexAgain,
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// All that is wrong; empty in a sound index.
    pub faults: Vec<Fault>,
    /// The contents ([`crate::story::Filing::content_hash`], low 64 bits) of every filing that could be read.
    pub filings: FxHashSet<u64>,
    /// Stories that stand, those under embargo counted.
    pub stories: u64,
    /// Quotes.
    pub quotes: u64,
    /// Tombstones.
    pub tombstones: u64,
    /// Files that were read to their last byte.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Checked {
    fn fault(&mut self, file: impl Into<String>, what: impl Into<String>, mend: Mend) {
        let (file, what) = (file.into(), what.into());
        self.faults.push(Fault { file, what, mend });
    }
}

/// Reads an index end to end. Nothing is changed; a writer may be at work meanwhile.
///
/// # Errors
/// When there is no index there, or it is of another version: that is no damage.
pub fn check(dir: &Path) -> Result<Checked, IndexError> {
    let mut checked = Checked::default();
    let opened = guarded(dir, || folder::open(dir));
    let index = match opened {
        Ok(index) => Some(index),
        Err(_) if files::label_is_at_fault(dir) => {
            let index = guarded(dir, || folder::open_unlabelled(dir));
            if index.is_err() {
                checked.fault(folder::LABEL, "it is not as it was written", Mend::Rewrite);
            }
            index.ok()
        }
        Err(IndexError::Corrupt { reason, .. }) => {
            let file = [folder::LABEL, files::MANAGED]
                .into_iter()
                .find(|name| reason.contains(name));
            let mend = if file == Some(files::MANAGED) {
                Mend::Rewrite
            } else {
                Mend::IndexAgain
            };
            checked.fault(file.unwrap_or(folder::META), reason, mend);
            None
        }
        // Our label, and sound, beside a list of segments that tells of other fields: it is the list that was changed.
        Err(IndexError::Foreign { reason, .. }) if folder::read_label(dir).is_ok() => {
            checked.fault(folder::META, reason, Mend::Rewrite);
            None
        }
        Err(error) => return Err(error),
    };
    if let Some(index) = index {
        files::check(dir, &index, &mut checked)?;
        segments::check(dir, &index, &mut checked);
    }
    Ok(checked)
}
