//! The writer.

use std::path::Path;

use super::IndexError;
use crate::story::{Extraction, Filing, Hash};

/// How much of the machine a writer takes.
#[derive(Debug, Clone, Copy)]
pub struct WriterOptions {
    /// Indexing threads; 0 for one a core.
    pub threads: usize,
    /// Bytes for all threads together.
    pub memory: usize,
}

/// What became of a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A new story.
    Added,
    /// The current filing of a story known before.
    Updated,
    /// Exactly this filing is in the index.
    Unchanged,
    /// An older filing of a story whose current one stays.
    Older,
}

/// The one writer of an index.
#[derive(Debug)]
pub struct Writer {}

impl Writer {
    /// Opens the index in a folder, and makes it where there is none.
    pub fn open(dir: &Path, options: WriterOptions) -> Result<Self, IndexError> {
        unimplemented!("{dir:?} {options:?}")
    }
    /// Whether exactly this filing is in the index: extraction can be spared.
    pub fn peek(&self, uri: &str, content: Hash) -> bool {
        unimplemented!("{uri} {content}")
    }
    /// Takes a filing in.
    pub fn put(&mut self, filing: Filing, extraction: Extraction) -> Result<Outcome, IndexError> {
        unimplemented!("{filing:?} {extraction:?}")
    }
    /// Removes a story with its quotes and all its filings; whether there was one.
    pub fn delete(&mut self, uri: &str) -> Result<bool, IndexError> {
        unimplemented!("{uri}")
    }
    /// Makes everything since the last commit durable and visible.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        unimplemented!()
    }
    /// Undoes everything since the last commit.
    pub fn rollback(&mut self) -> Result<(), IndexError> {
        unimplemented!()
    }
}
