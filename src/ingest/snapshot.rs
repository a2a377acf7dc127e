//! A copy of an index with its ledger that opens elsewhere.

use std::path::Path;

use super::{IngestError, Ledger};
use crate::index::{self, Copied};

/// Copies index and ledger as of the last commit to a new or empty folder. A writer may be at work meanwhile: the ledger is read
/// first, so that all it knows is in the copy.
///
/// # Errors
/// When there is no index, when the folder is there and not empty, and when a file cannot be read or written.
pub fn snapshot(index: &Path, to: &Path) -> Result<Copied, IngestError> {
    let ledger = Ledger::bytes(index)?;
    Ok(index::copy(index, to, &[(super::ledger::FILE, ledger)])?)
}
