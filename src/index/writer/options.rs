//! How much of the machine a writer takes, and the tantivy writer that follows.

use std::path::Path;

use tantivy::indexer::{LogMergePolicy, NoMergePolicy};
use tantivy::{Index, IndexWriter};

use crate::index::IndexError;

/// tantivy's least for a thread.
const MIN_THREAD_MEMORY: usize = 15_000_000;
/// Its most.
const MAX_THREAD_MEMORY: usize = 4_000_000_000;
/// More threads than this wait for one another on one disk.
const MAX_THREADS: usize = 8;
/// A segment is merged when so many of its documents are deleted: until then they weigh on scores and space.
const DELETED_BEFORE_MERGE: f32 = 0.2;

/// How much of the machine a writer takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriterOptions {
    /// Indexing threads, 1 to 8; 0, the default, for one a core.
    pub threads: usize,
    /// Bytes for all threads together, by default 256 MB; at a flush about twice as much is taken.
    pub memory: usize,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self {
            threads: 0,
            memory: 256_000_000,
        }
    }
}

/// The options with the number of threads filled in.
pub(super) fn checked(options: WriterOptions) -> Result<WriterOptions, IndexError> {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = match options.threads {
        0 => cores().min(MAX_THREADS),
        threads if threads <= MAX_THREADS => threads,
        threads => {
            return Err(IndexError::Setting {
                setting: "the number of indexing threads",
                value: threads,
                range: format!("1 to {MAX_THREADS}"),
            });
        }
    };
    if !(MIN_THREAD_MEMORY * threads..MAX_THREAD_MEMORY * threads).contains(&options.memory) {
        return Err(IndexError::Setting {
            setting: "the memory for indexing, in bytes,",
            value: options.memory,
            range: format!(
                "{} to {} for {threads} threads",
                MIN_THREAD_MEMORY * threads,
                MAX_THREAD_MEMORY * threads - 1
            ),
        });
    }
    Ok(WriterOptions { threads, ..options })
}

pub(super) fn tantivy_writer(dir: &Path, index: &Index, options: WriterOptions) -> Result<IndexWriter, IndexError> {
    let writer = index.writer_with_num_threads(options.threads, options.memory);
    let writer = writer.map_err(|error| IndexError::tantivy("write to", dir, error))?;
    let mut policy = LogMergePolicy::default();
    policy.set_del_docs_ratio_before_merge(DELETED_BEFORE_MERGE);
    writer.set_merge_policy(Box::new(policy));
    Ok(writer)
}

/// Lets a writer go, without what it has not committed, when the merges that run in the background have ended. tantivy lets go at
/// once: a merge that is ending just then no longer notes what it made, and still deletes what it was made from, which the index
/// would miss from then on.
pub(super) fn let_go(writer: IndexWriter) {
    writer.set_merge_policy(Box::new(NoMergePolicy));
    // This waits for a merge that is ending even where a thread that indexes has failed, which the other does not.
    let _ = writer.garbage_collect_files().wait();
    let _ = writer.wait_merging_threads();
}
