//! The pipeline: one thread reads and cuts, workers parse and extract, this thread puts into the index in reading order.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use super::produce::{Batch, Event, Producer, Read, work_off};
use super::{Balance, Bounds, Counts, FileEntry, Ledger, LedgerError, Rejection, archives};
use crate::extract::Extractor;
use crate::formats::Options;
use crate::index::{IndexError, Outcome, Prepared, Writer};
use crate::story::Filing;

/// Filings put between two commits: a crash costs at most their extraction, and a commit costs milliseconds.
pub const COMMIT_EVERY: u64 = 20_000;

/// Batches under way for each worker: enough that none waits, few enough that memory stays small.
const BATCHES_PER_WORKER: usize = 4;

/// Why ingestion stopped. What was committed before stays, and the ledger knows it.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The index refused.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The ledger could not be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// Told how far it is, now and then.
pub trait Progress {
    /// `bytes` of `total` bytes of input are read (compressed ones where compressed); what became of the items so far.
    fn at(&mut self, bytes: u64, total: u64, balance: &Balance);
}

/// Tells no one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn at(&mut self, _: u64, _: u64, _: &Balance) {}
}

/// Puts files and streams into one index.
#[derive(Debug)]
pub struct Ingest {
    writer: Writer,
    ledger: Ledger,
    extractor: Extractor,
    /// How items are read.
    pub options: Options,
    /// How much of a file is taken.
    pub bounds: Bounds,
    /// Reads files again that have not changed.
    pub reread: bool,
    /// Reads files again in which an item was rejected.
    pub retry_rejected: bool,
    /// Filings put between two commits.
    pub commit_every: u64,
    /// Threads that parse and extract.
    pub workers: usize,
    /// Set from outside, it ends the run after the batch under way: what was read is committed.
    pub stop: Arc<AtomicBool>,
    since_commit: u64,
    current: Option<CurrentFile>,
    finished: Vec<FileEntry>,
}

/// The file whose events are being taken in, and how the balance stood when it began.
#[derive(Debug)]
struct CurrentFile {
    entry: FileEntry,
    name: Arc<str>,
    before: Counts,
}

impl Ingest {
    /// An ingestion into the index that `writer` writes, whose folder is `index`.
    ///
    /// # Errors
    /// When the ledger in the folder cannot be read.
    pub fn new(writer: Writer, index: &Path, extractor: Extractor) -> Result<Self, IngestError> {
        let mut ledger = Ledger::open(index)?;
        if ledger.is_mostly_overtaken() {
            ledger.rewrite(|_| true)?;
        }
        Ok(Self {
            writer,
            ledger,
            extractor,
            options: Options::default(),
            bounds: Bounds::default(),
            reread: false,
            retry_rejected: false,
            commit_every: COMMIT_EVERY,
            workers: thread::available_parallelism().map_or(1, usize::from),
            stop: Arc::default(),
            since_commit: 0,
            current: None,
            finished: Vec::new(),
        })
    }

    /// What was read so far.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Reads files and commits. Files that have not changed since the ledger saw them are not read again: their filings
    /// count as unchanged, and what was rejected in them is reported again.
    ///
    /// # Errors
    /// When the index or the ledger cannot be written.
    pub fn files(&mut self, files: &[PathBuf], progress: &mut dyn Progress) -> Result<Balance, IngestError> {
        let mut balance = Balance::default();
        let mut fresh = Vec::new();
        let mut total = 0;
        for path in files {
            match FileEntry::of(path) {
                Ok(now) => match self.ledger.unchanged(&now) {
                    Some(then) if !(self.reread || self.retry_rejected && then.has_rejected()) => {
                        count_again(&mut balance, then);
                    }
                    _ => {
                        total += now.size;
                        fresh.push((path.clone(), now));
                    }
                },
                Err(error) => {
                    balance.files += 1;
                    let reason = format!("the file cannot be read: {error}");
                    balance.reject(Rejection::rejected(path.display().to_string(), 0, reason));
                }
            }
        }
        self.run(total, &mut balance, progress, move |producer| producer.files(fresh))?;
        Ok(balance)
    }

    /// Reads one stream and commits; `name` stands for it in rejections.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn stream(
        &mut self,
        name: &str,
        input: Box<dyn BufRead + Send>,
        progress: &mut dyn Progress,
    ) -> Result<Balance, IngestError> {
        let mut balance = Balance::default();
        let name = name.to_owned();
        self.run(0, &mut balance, progress, move |producer| producer.stream(&name, input))?;
        Ok(balance)
    }

    /// Runs the three stages until `produce` is done, then commits.
    fn run<P>(
        &mut self,
        total: u64,
        balance: &mut Balance,
        progress: &mut dyn Progress,
        produce: P,
    ) -> Result<(), IngestError>
    where
        P: FnOnce(&mut Producer) + Send,
    {
        let workers = self.workers.max(1);
        let read = Arc::new(AtomicU64::new(0));
        let (to_workers, work) = sync_channel::<Batch>(workers * BATCHES_PER_WORKER);
        let (to_index, done) = sync_channel::<Batch>(workers * BATCHES_PER_WORKER);
        let work = Mutex::new(work);
        let (extractor, options) = (self.extractor.clone(), self.options.clone());
        let (bounds, stop) = (self.bounds, Arc::clone(&self.stop));
        let bytes_read = Arc::clone(&read);
        let result = thread::scope(|scope| {
            scope.spawn(move || {
                let mut producer = Producer::new(to_workers, bounds, bytes_read, stop);
                produce(&mut producer);
                producer.finish();
            });
            for _ in 0..workers {
                let (work, to_index, extractor, options) = (&work, to_index.clone(), &extractor, &options);
                scope.spawn(move || work_off(work, &to_index, extractor, options));
            }
            drop(to_index);
            self.take_in(done, balance, &mut |balance| {
                progress.at(read.load(Ordering::Relaxed), total, balance);
            })
        });
        result?;
        self.commit()?;
        progress.at(read.load(Ordering::Relaxed), total, balance);
        Ok(())
    }

    /// Takes batches in the order they were read, whatever order the workers finish in.
    /// On an error the receiver is dropped, which makes the other stages end.
    fn take_in(
        &mut self,
        done: Receiver<Batch>,
        balance: &mut Balance,
        tell: &mut dyn FnMut(&Balance),
    ) -> Result<(), IngestError> {
        let mut early = BTreeMap::new();
        let mut next = 0;
        for batch in done {
            early.insert(batch.number, batch.events);
            while let Some(events) = early.remove(&next) {
                next += 1;
                for event in events {
                    self.apply(event, balance)?;
                }
                if self.since_commit >= self.commit_every {
                    self.commit()?;
                }
                tell(balance);
            }
        }
        Ok(())
    }

    fn apply(&mut self, event: Event, balance: &mut Balance) -> Result<(), IngestError> {
        match event {
            Event::Start { entry, name } => {
                balance.files += 1;
                self.current = Some(CurrentFile {
                    entry,
                    before: balance.counts,
                    name,
                });
            }
            Event::Parsed { results } => {
                for result in results {
                    match result {
                        Ok(read) => self.put(read, balance)?,
                        Err(rejection) => balance.reject(rejection),
                    }
                }
            }
            Event::Rejected(rejection) => balance.reject(rejection),
            Event::End { complete } => {
                if let Some(CurrentFile { mut entry, before, .. }) = self.current.take()
                    && complete
                {
                    entry.counts = balance.counts.since(before);
                    entry.rejections = balance.rejections[before.rejected as usize..].to_vec();
                    entry
                        .rejections
                        .extend_from_slice(&balance.skips[before.skipped as usize..]);
                    self.finished.push(entry);
                }
            }
            Event::Item { .. } => {} // the workers turn every item into a parsed one
        }
        Ok(())
    }

    fn put(&mut self, read: Read, balance: &mut Balance) -> Result<(), IngestError> {
        let prepared = match read {
            Read::Prepared(prepared) => *prepared,
            Read::Nameless(nameless) => {
                let (mut filing, extraction) = *nameless;
                if filing.story_uri().is_none() {
                    filing.ninjs.uri = self.uri_for(&filing);
                }
                Prepared::new(filing, extraction)
            }
        };
        let content = prepared.content();
        let outcome = self.writer.put_prepared(prepared)?;
        if let Some(current) = &mut self.current {
            current.entry.push_filing(content);
        }
        let counts = &mut balance.counts;
        counts.read += 1;
        match outcome {
            Outcome::Added => counts.added += 1,
            Outcome::Updated | Outcome::Older => counts.updated += 1,
            Outcome::Killed => counts.killed += 1,
            Outcome::Unchanged => {
                counts.unchanged += 1;
                return Ok(());
            }
        }
        self.since_commit += 1;
        Ok(())
    }

    /// The uri of the only filing of a file or member when it has none: the one it was given before, so that a text file that
    /// was edited updates its story; else one made from its text.
    fn uri_for(&mut self, filing: &Filing) -> String {
        let Some(current) = self.current.as_mut() else {
            return filing.content_uri();
        };
        let before = self.ledger.entry(&current.entry.file);
        let member = archives::path_within(&current.name, &filing.origin.file);
        if member.is_empty() {
            let before = before.and_then(|entry| entry.given_uri.clone());
            let uri = before.unwrap_or_else(|| filing.content_uri());
            current.entry.given_uri = Some(uri.clone());
            return uri;
        }
        let before = before.and_then(|entry| entry.given_uris.get(member).cloned());
        let uri = before.unwrap_or_else(|| filing.content_uri());
        current.entry.given_uris.insert(member.to_owned(), uri.clone());
        uri
    }

    /// Commits what was put, then enters the files that it completes into the ledger.
    fn commit(&mut self) -> Result<(), IngestError> {
        self.writer.commit()?;
        self.since_commit = 0;
        self.ledger.append(std::mem::take(&mut self.finished))?;
        Ok(())
    }
}

/// Counts a file that has not changed since it was read.
fn count_again(balance: &mut Balance, then: &FileEntry) {
    balance.files += 1;
    balance.counts.read += then.counts.kept();
    balance.counts.unchanged += then.counts.kept();
    for rejection in &then.rejections {
        balance.reject(rejection.clone());
    }
}
