//! Reading back what is stored of a story.

use super::Writer;
use crate::index::Stored;
use crate::index::document::{Prepared, Standing};
use crate::index::error::guarded;
use crate::index::timeline::now;
use crate::index::{DocKind, IndexError, lookup};

impl Writer {
    /// What is stored of a filing, analysed once more.
    pub(super) fn prepared_again(&self, stored: &str, standing: Standing) -> Result<Prepared, IndexError> {
        let stored: Stored = serde_json::from_str(stored).map_err(|error| self.unreadable(&error.to_string()))?;
        let mut prepared = Prepared::of(&stored, standing.content);
        prepared.entry.standing = standing;
        Ok(prepared)
    }

    /// What is stored of a story's current filing; commits when it cannot be read otherwise.
    pub(super) fn current_or_flush(&mut self, key: u64) -> Result<String, IndexError> {
        if let Some(text) = self.current(key)? {
            return Ok(text);
        }
        self.flush()?;
        self.current(key)?
            .ok_or_else(|| self.unreadable("a story is not where it was written"))
    }

    /// What is stored of a story's current filing; `None` when it was written since the last commit and is not at hand.
    fn current(&self, key: u64) -> Result<Option<String>, IndexError> {
        if let Some(text) = self.pending.get(key) {
            return Ok(Some(text.to_owned()));
        }
        if self.uncommitted.contains(&key) {
            return Ok(None);
        }
        guarded(&self.dir, || {
            let searcher = self.reader.searcher();
            let found = lookup::current(&searcher, key, now()).and_then(|at| match at {
                Some((DocKind::Story, at)) => lookup::stored(&searcher, at),
                _ => Ok(None),
            });
            let text = found.map_err(|error| IndexError::tantivy("read", &self.dir, error))?;
            text.map(Some)
                .ok_or_else(|| self.unreadable("a story that was committed is not there"))
        })
    }
}
