//! The reader.

use std::path::Path;
use std::sync::Arc;

use tantivy::DocAddress;

use super::{IndexError, Snapshot, Stored};

/// A reader of an index: cheap to clone, one for all threads.
#[derive(Debug, Clone)]
pub struct Reader {}

impl Reader {
    /// Opens the index in a folder.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        unimplemented!("{dir:?}")
    }
    /// The latest state that was loaded.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        unimplemented!()
    }
    /// Loads the last commit; whether anything changed.
    pub fn reload(&self) -> Result<bool, IndexError> {
        unimplemented!()
    }
}

impl Snapshot {
    /// Where the story of a key stands.
    pub fn story(&self, key: u64) -> Result<Option<DocAddress>, IndexError> {
        unimplemented!("{key}")
    }
    /// The filing stored at an address.
    pub fn stored(&self, at: DocAddress) -> Result<Stored, IndexError> {
        unimplemented!("{at:?}")
    }
    /// Every filing of a story, the oldest version first, the current one last.
    pub fn filings_of(&self, key: u64) -> Result<Vec<Stored>, IndexError> {
        unimplemented!("{key}")
    }
    /// Bytes held in memory beside tantivy's own.
    #[must_use]
    pub fn bytes(&self) -> usize {
        unimplemented!()
    }
}
