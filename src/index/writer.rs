//! The writer: which filing of a story is current, and everything that follows for the documents.
//!
//! A plain filing, newer than what is there, is written at once. One that comes late, waits for its time, adds to a story or takes
//! it away is set aside, and at the commit its story is laid out anew from all its filings (`layout`).

mod back;
mod layout;
mod options;
mod put;

use std::fmt;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::indexer::UserOperation;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, SegmentMeta, TantivyDocument, TantivyError, Term};

use super::document::Prepared;
use super::error::guarded;
use super::known::Known;
use super::pending::Pending;
use super::{Fields, IndexError, folder};
use crate::story::{Hash, key_of};
use options::{checked, let_go, tantivy_writer};

pub use options::WriterOptions;

/// What became of a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A new story.
    Added,
    /// It is now the current filing of a story known before; the one before is kept.
    Updated,
    /// Exactly this filing is in the index, current or superseded.
    Unchanged,
    /// An older filing of a story, kept; the current one stays.
    Older,
    /// It takes its story away, or will when the story comes.
    Killed,
}

/// The one writer of an index.
///
/// Filings are seen by readers after [`Writer::commit`]; what was put since the last commit is gone when the writer is
/// dropped or the process ends. (An update of a story that was put long before in the same run, beyond what the writer keeps
/// at hand, commits by itself to read that one back: commit before more than it is worth losing is put.) When tantivy cannot write, everything since the last commit is undone and
/// [`IndexError::Lost`] says how many filings have to be sent again; the writer can be used on.
pub struct Writer {
    dir: PathBuf,
    index: Index,
    options: WriterOptions,
    /// None after a rollback that failed: made anew at the next use.
    tantivy: Option<IndexWriter>,
    reader: IndexReader,
    known: Known,
    /// Stories written since the last commit.
    uncommitted: FxHashSet<u64>,
    /// What is stored of some of them: it cannot be read back before the commit.
    pending: Pending,
    /// Filings whose story is laid out anew at the commit.
    set_aside: FxHashMap<u64, Vec<Prepared>>,
    /// Kills that are items of their own: what they name is looked up at the commit.
    kills: Vec<Prepared>,
    /// A filing has come that a kill waits for.
    awaited_came: bool,
    /// Filings taken since the last commit.
    taken: usize,
    /// A rollback could not read the index: `known` is empty and not to be trusted until one can.
    unsure: bool,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Writer");
        out.field("dir", &self.dir)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(writer) = self.tantivy.take() {
            let_go(writer);
        }
    }
}

impl Writer {
    /// Opens the index in a folder, and makes it where the folder is new or empty.
    ///
    /// # Errors
    /// When another writer has it, when it is another program's or of another version, when the folder holds other files or
    /// cannot be written, when the index is damaged, and when an option is out of its range.
    pub fn open(dir: &Path, options: WriterOptions) -> Result<Self, IndexError> {
        let options = checked(options)?;
        guarded(dir, || {
            let index = folder::open_or_create(dir)?;
            let writer = tantivy_writer(dir, &index, options)?;
            folder::note_engine(dir)?;
            let failed = |error| IndexError::tantivy("read", dir, error);
            let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
            let reader: IndexReader = reader.try_into().map_err(failed)?;
            let known = Known::load(&reader.searcher()).map_err(failed)?;
            Ok(Self {
                dir: dir.to_owned(),
                index,
                options,
                tantivy: Some(writer),
                reader,
                known,
                uncommitted: FxHashSet::default(),
                pending: Pending::default(),
                set_aside: FxHashMap::default(),
                kills: Vec::new(),
                awaited_came: false,
                taken: 0,
                unsure: false,
            })
        })
    }

    /// How many stories there are, those not committed counted.
    #[must_use]
    pub fn stories(&self) -> usize {
        self.known.len()
    }

    /// Whether exactly this filing ([`crate::story::Filing::content_hash`]) is in the index, so that extraction can be spared.
    #[must_use]
    pub fn peek(&self, uri: &str, content: Hash) -> bool {
        self.known.has(key_of(uri), content as u64)
    }

    /// Removes a story with its quotes and all its filings; whether there was one.
    ///
    /// # Errors
    /// [`IndexError::Lost`] when tantivy cannot write.
    pub fn delete(&mut self, uri: &str) -> Result<bool, IndexError> {
        self.make_sure()?;
        let key = key_of(uri);
        let fields = Fields::of_builtin();
        let terms = [fields.key, fields.filing_of].map(|field| Term::from_field_u64(field, key));
        if !self.known.remove(key) {
            return Ok(false);
        }
        self.pending.remove(key);
        self.uncommitted.remove(&key);
        self.set_aside.remove(&key);
        self.taken += 1;
        self.run(terms.map(UserOperation::Delete).into())?;
        Ok(true)
    }

    /// Makes everything since the last commit durable, and visible to readers that reload.
    ///
    /// # Errors
    /// [`IndexError::Lost`] when tantivy cannot write.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        self.make_sure()?;
        if self.has_to_lay_out() {
            // What was written since the last commit is among what is laid out, and only a commit makes it readable.
            self.flush()?;
            self.lay_out()?;
        }
        self.flush()
    }

    /// Undoes everything since the last commit.
    ///
    /// # Errors
    /// When the index does not read, or another writer has taken it meanwhile.
    pub fn rollback(&mut self) -> Result<(), IndexError> {
        self.unsure = true;
        self.known = Known::default();
        self.uncommitted.clear();
        self.pending = Pending::default();
        self.set_aside.clear();
        self.kills.clear();
        self.awaited_came = false;
        self.taken = 0;
        if let Some(writer) = self.tantivy.take() {
            let_go(writer);
            // Where it cannot be made, it is made at the next use.
            self.tantivy = tantivy_writer(&self.dir, &self.index, self.options).ok();
        }
        let (dir, reader) = (&self.dir, &self.reader);
        self.known = guarded(dir, || {
            let failed = |error| IndexError::tantivy("read", dir, error);
            reader.reload().map_err(failed)?;
            Known::load(&reader.searcher()).map_err(failed)
        })?;
        self.unsure = false;
        Ok(())
    }

    /// Joins all segments into one and frees what deleted documents took. Commits first.
    ///
    /// # Errors
    /// As [`Writer::commit`], and when a file of the index does not read.
    pub fn merge(&mut self) -> Result<(), IndexError> {
        self.commit()?;
        // A merge in the background would hold segments that this one wants.
        if let Some(writer) = self.tantivy.take() {
            writer.wait_merging_threads().map_err(|error| self.unmerged(error))?;
        }
        let segments = self
            .index
            .searchable_segment_metas()
            .map_err(|error| self.unmerged(error))?;
        let wants = segments.len() > 1 || segments.iter().any(SegmentMeta::has_deletes);
        let ids: Vec<_> = segments.iter().map(SegmentMeta::id).collect();
        // What describes a segment, as what reads it, keeps its files from being deleted.
        drop(segments);
        if wants {
            let merged = self.writer()?.merge(&ids).wait();
            drop(merged.map_err(|error| self.unmerged(error))?);
        }
        self.reader.reload().map_err(|error| self.unmerged(error))?;
        let collected = self.writer()?.garbage_collect_files().wait();
        collected.map(drop).map_err(|error| self.unmerged(error))
    }

    /// Commits, and waits for merges in the background to end, and for those that they make room for.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn finish(mut self) -> Result<(), IndexError> {
        self.commit()?;
        let Some(writer) = self.tantivy.take() else {
            return Ok(());
        };
        writer.wait_merging_threads().map_err(|error| self.unmerged(error))
    }

    /// Forgets what is at hand, as a run of very many stories would.
    #[cfg(test)]
    pub(super) fn forget_pending(&mut self) {
        self.pending = Pending::default();
    }

    /// Hands operations to tantivy as one batch: what it adds lies in one segment.
    fn run(&mut self, operations: Vec<UserOperation>) -> Result<(), IndexError> {
        let ran = self.writer()?.run(operations);
        ran.map(|_| ()).or_else(|error| self.lose(error))
    }

    /// Commits what tantivy was given.
    fn flush(&mut self) -> Result<(), IndexError> {
        let committed = self.writer()?.prepare_commit().and_then(|mut prepared| {
            // The list of segments then tells twice which commit it is of: a check sees when one was changed.
            let opstamp = prepared.opstamp().to_string();
            prepared.set_payload(&opstamp);
            prepared.commit()
        });
        committed.map(|_| ()).or_else(|error| self.lose(error))?;
        self.uncommitted.clear();
        self.pending = Pending::default();
        self.taken = 0;
        let reloaded = self.reader.reload();
        reloaded.map_err(|error| IndexError::tantivy("read", &self.dir, error))
    }

    fn writer(&mut self) -> Result<&mut IndexWriter<TantivyDocument>, IndexError> {
        let writer = match self.tantivy.take() {
            Some(writer) => writer,
            None => tantivy_writer(&self.dir, &self.index, self.options)?,
        };
        Ok(self.tantivy.insert(writer))
    }

    /// Catches up on a rollback that could not be finished.
    fn make_sure(&mut self) -> Result<(), IndexError> {
        if self.unsure { self.rollback() } else { Ok(()) }
    }

    /// Undoes everything since the last commit and tells how much that is.
    fn lose<T>(&mut self, source: TantivyError) -> Result<T, IndexError> {
        let lost = self.taken;
        // The first failure is the one to tell; a rollback that fails is tried again at the next call.
        let _ = self.rollback();
        Err(IndexError::Lost {
            path: self.dir.clone(),
            lost,
            source,
        })
    }

    fn unmerged(&self, error: TantivyError) -> IndexError {
        IndexError::tantivy("merge", &self.dir, error)
    }

    fn unreadable(&self, reason: &str) -> IndexError {
        IndexError::Corrupt {
            path: self.dir.clone(),
            reason: reason.to_owned(),
        }
    }
}
