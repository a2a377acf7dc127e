//! Hot folders: what is dropped into them is read when it has settled, and then kept, moved or deleted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::walk::is_left_out;
use super::{Balance, FileEntry, Ingest, IngestError, Progress, WalkError, files_under};

/// A file is read when it has not changed for this long: agencies write in pieces.
const SETTLE: Duration = Duration::from_millis(300);

/// What has settled is read after this long at most, however much is still coming in.
const PATIENCE: Duration = Duration::from_millis(700);

/// How long the thread sleeps at most, so that a request to stop is obeyed soon.
const TICK: Duration = Duration::from_millis(100);

/// The folders are walked anew this often whatever was notified: network file systems notify of nothing.
const RESCAN: Duration = Duration::from_secs(30);

/// The folder, in the watched one, that files go to which are done with. A hidden one is not watched.
const DONE: &str = ".done";

/// What becomes of a file when all of it is in and committed. One with a rejected item always stays where it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnDone {
    /// It stays.
    #[default]
    Keep,
    /// It goes to the folder `.done` in the watched one, under the same path.
    Move,
    /// It is deleted.
    Delete,
}

/// Why a folder cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// A path is not there or cannot be listed.
    #[error(transparent)]
    Walk(#[from] WalkError),
    /// The system refused.
    #[error("{path} cannot be watched: {source}")]
    Refused {
        /// The path.
        path: PathBuf,
        /// Why.
        source: notify::Error,
    },
    /// The index or the ledger refused; what was committed before stays.
    #[error(transparent)]
    Ingest(#[from] IngestError),
}

/// What is watched, and how.
#[derive(Debug, Clone)]
pub struct Watched<'w> {
    /// Files and folders.
    pub paths: &'w [PathBuf],
    /// The index, which is left out if it lies among them.
    pub index: &'w Path,
    /// What becomes of files that are in.
    pub on_done: OnDone,
}

/// Reads what is at and under the paths, then whatever is dropped there, until `stop`. `after` is told the balance of each round
/// that read anything, once it is committed, and the first in any case.
///
/// # Errors
/// When a path is missing or cannot be watched, or the index cannot be written.
pub fn watch(
    ingest: &mut Ingest,
    watched: &Watched<'_>,
    stop: &AtomicBool,
    progress: &mut dyn Progress,
    after: &mut dyn FnMut(&Balance),
) -> Result<(), WatchError> {
    let (_watcher, changes) = notifier(watched.paths)?;
    let mut rounds = Rounds {
        watched,
        walked: Instant::now(),
        waiting: BTreeSet::new(),
        first: None,
        last: Instant::now(),
        rejected: 0,
    };
    rounds.walk()?;
    after(&rounds.round(ingest, progress)?);
    while !stop.load(Ordering::Relaxed) {
        rounds.listen(&changes);
        if rounds.walked.elapsed() >= RESCAN {
            rounds.walk()?;
        }
        if rounds.is_due() {
            let balance = rounds.round(ingest, progress)?;
            let counts = balance.counts;
            if counts.added + counts.updated + counts.killed > 0 || rounds.has_news(&balance) {
                after(&balance);
            }
        }
    }
    Ok(())
}

/// What happened in a folder: the paths, or `None` when all must be looked at.
type Change = Option<Vec<PathBuf>>;

fn notifier(paths: &[PathBuf]) -> Result<(RecommendedWatcher, Receiver<Change>), WatchError> {
    let refused = |path: Option<&PathBuf>, source| WatchError::Refused {
        path: path.cloned().unwrap_or_default(),
        source,
    };
    let (notify, changes) = channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let change = match event {
            // Reading a file is no change: without this the watcher would wake itself.
            Ok(event) if event.kind.is_access() && !event.need_rescan() => return,
            Ok(event) if !event.need_rescan() => Some(event.paths),
            Ok(_) | Err(_) => None,
        };
        let _ = notify.send(change);
    });
    let mut watcher = watcher.map_err(|source| refused(paths.first(), source))?;
    for path in paths {
        let watching = watcher.watch(path, RecursiveMode::Recursive);
        watching.map_err(|source| refused(Some(path), source))?;
    }
    Ok((watcher, changes))
}

/// What waits to be read, and when it was last looked.
struct Rounds<'w> {
    watched: &'w Watched<'w>,
    walked: Instant,
    /// Paths that changed and were not read since.
    waiting: BTreeSet<PathBuf>,
    /// When the first of them changed.
    first: Option<Instant>,
    /// When the last of them changed.
    last: Instant,
    rejected: u64,
}

impl Rounds<'_> {
    /// Takes in what happened, waiting for a moment if nothing has.
    fn listen(&mut self, changes: &Receiver<Change>) {
        let mut next = changes.recv_timeout(TICK);
        loop {
            match next {
                Ok(Some(paths)) => self.changed(paths),
                Ok(None) => {
                    // Too much happened at once to tell of each: everything is looked at.
                    if self.walk().is_err() {
                        self.changed(self.watched.paths.to_vec());
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
            }
            next = changes.try_recv().map_err(|_| RecvTimeoutError::Timeout);
        }
    }

    fn changed(&mut self, paths: Vec<PathBuf>) {
        self.waiting.extend(paths);
        self.first.get_or_insert_with(Instant::now);
        self.last = Instant::now();
    }

    /// Looks at everything.
    fn walk(&mut self) -> Result<(), WatchError> {
        self.walked = Instant::now();
        let paths = self.watched.paths.iter();
        let present: Vec<PathBuf> = paths.filter(|path| path.exists()).cloned().collect();
        let files = files_under(&present, self.watched.index)?;
        self.changed(files);
        Ok(())
    }

    fn is_due(&self) -> bool {
        let first = self.first.filter(|_| !self.waiting.is_empty());
        first.is_some_and(|first| self.last.elapsed() >= SETTLE || first.elapsed() >= PATIENCE)
    }

    /// Reads what waits and has settled; the rest waits on.
    fn round(&mut self, ingest: &mut Ingest, progress: &mut dyn Progress) -> Result<Balance, WatchError> {
        let waiting = std::mem::take(&mut self.waiting);
        self.first = None;
        let mut files = Vec::new();
        for path in waiting {
            if self.is_left_out(&path) {
                continue;
            }
            // A folder that was moved in tells of itself alone.
            let found = if path.is_dir() {
                files_under(std::slice::from_ref(&path), self.watched.index)?
            } else {
                vec![path]
            };
            for file in found.into_iter().filter(|file| file.is_file()) {
                if has_settled(&file) {
                    files.push(file);
                } else {
                    self.changed(vec![file]);
                }
            }
        }
        files.sort_unstable();
        files.dedup();
        let balance = ingest.files(&files, progress)?;
        self.clear_up(ingest, &files);
        Ok(balance)
    }

    /// Whether a path or a folder on the way to it is hidden, in the making, or of the index.
    fn is_left_out(&self, path: &Path) -> bool {
        let root = self.watched.paths.iter().find(|root| path.starts_with(root));
        let Some(below) = root.and_then(|root| path.strip_prefix(root).ok()) else {
            return false;
        };
        let is_hidden = below.components().any(|part| is_left_out(Path::new(part.as_os_str())));
        let is_index = || {
            let index = std::fs::canonicalize(self.watched.index);
            let own = std::fs::canonicalize(path);
            index.is_ok_and(|index| own.is_ok_and(|own| own.starts_with(index)))
        };
        is_hidden || is_index()
    }

    /// Moves or deletes the files that are in. One that has changed since it was read stays and is read again.
    fn clear_up(&self, ingest: &Ingest, files: &[PathBuf]) {
        if self.watched.on_done == OnDone::Keep {
            return;
        }
        for file in files {
            let Ok(now) = FileEntry::of(file) else { continue };
            let is_in = ingest
                .ledger()
                .unchanged(&now)
                .is_some_and(|entry| !entry.has_rejected());
            if !is_in {
                continue;
            }
            // What cannot be moved or deleted stays, known to the ledger: nothing is lost and nothing is read twice.
            let _ = match self.watched.on_done {
                OnDone::Keep => Ok(()),
                OnDone::Move => self.put_away(file),
                OnDone::Delete => std::fs::remove_file(file),
            };
        }
    }

    fn put_away(&self, file: &Path) -> std::io::Result<()> {
        let mut folders = self.watched.paths.iter().filter(|path| path.is_dir());
        let Some((root, below)) = folders.find_map(|root| Some((root, file.strip_prefix(root).ok()?))) else {
            return Ok(());
        };
        let mut to = root.join(DONE).join(below);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut times = 1;
        while to.exists() {
            times += 1;
            let name = below.file_name().unwrap_or_default().to_string_lossy();
            to.set_file_name(format!("{name}.{times}"));
        }
        std::fs::rename(file, to)
    }

    /// Whether a balance tells of a rejection that the round before did not have.
    fn has_news(&mut self, balance: &Balance) -> bool {
        let rejected = balance.counts.rejected;
        std::mem::replace(&mut self.rejected, rejected) != rejected
    }
}

/// Whether a file has lain still long enough. A time in the future (a clock that is off) counts as settled.
fn has_settled(file: &Path) -> bool {
    let modified = std::fs::metadata(file).and_then(|meta| meta.modified());
    modified.map_or(true, |time| {
        SystemTime::now().duration_since(time).map_or(true, |age| age >= SETTLE)
    })
}
