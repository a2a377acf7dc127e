//! Hot folders: what is dropped into them is read when it has settled.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::{RecursiveMode, Watcher};

use super::{Balance, Ingest, IngestError, Progress, WalkError, files_under};

/// A file is read when it has not changed for this long: agencies write in pieces.
const SETTLE: Duration = Duration::from_millis(300);

/// How long the thread sleeps at most, so that a request to stop is obeyed soon.
const TICK: Duration = Duration::from_millis(200);

/// The folders are walked anew this often whatever was notified: network file systems notify of nothing.
const RESCAN: Duration = Duration::from_secs(30);

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

/// Reads what is at and under `paths`, then whatever is dropped there, until `stop`. `index` is left out if it lies among them.
/// `after` is told the balance of each round that read anything, once it is committed, and the first in any case.
///
/// # Errors
/// When a path is missing or cannot be watched, or the index cannot be written.
pub fn watch(
    ingest: &mut Ingest,
    paths: &[PathBuf],
    index: &Path,
    stop: &AtomicBool,
    progress: &mut dyn Progress,
    after: &mut dyn FnMut(&Balance),
) -> Result<(), WatchError> {
    let (notify, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is no change: without this the watcher would wake itself.
        if event.as_ref().map_or(true, |event| !event.kind.is_access()) {
            let _ = notify.send(());
        }
    })
    .map_err(|source| WatchError::Refused {
        path: paths.first().cloned().unwrap_or_default(),
        source,
    })?;
    for path in paths {
        let refused = |source| WatchError::Refused {
            path: path.clone(),
            source,
        };
        watcher.watch(path, RecursiveMode::Recursive).map_err(refused)?;
    }
    let mut state = Rounds::default();
    after(&state.round(ingest, paths, index, progress)?);
    while !stop.load(Ordering::Relaxed) {
        match changes.recv_timeout(TICK) {
            Ok(()) => state.changed = Some(Instant::now()),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        if state.is_due() {
            let balance = state.round(ingest, paths, index, progress)?;
            if balance.added + balance.updated > 0 || state.has_news(&balance) {
                after(&balance);
            }
        }
    }
    Ok(())
}

/// When the last round was, and what it left for the next.
struct Rounds {
    walked: Instant,
    changed: Option<Instant>,
    unsettled: bool,
    rejected: u64,
}

impl Default for Rounds {
    fn default() -> Self {
        Self {
            walked: Instant::now(),
            changed: None,
            unsettled: false,
            rejected: 0,
        }
    }
}

impl Rounds {
    fn is_due(&self) -> bool {
        let settled = self.changed.is_some_and(|at| at.elapsed() >= SETTLE);
        settled || (self.unsettled && self.walked.elapsed() >= SETTLE) || self.walked.elapsed() >= RESCAN
    }

    /// Walks, and reads what is new and settled.
    fn round(
        &mut self,
        ingest: &mut Ingest,
        paths: &[PathBuf],
        index: &Path,
        progress: &mut dyn Progress,
    ) -> Result<Balance, WatchError> {
        self.changed = None;
        self.walked = Instant::now();
        let present: Vec<PathBuf> = paths.iter().filter(|path| path.exists()).cloned().collect();
        let mut files = files_under(&present, index)?;
        let before = files.len();
        files.retain(|file| has_settled(file));
        self.unsettled = files.len() < before;
        Ok(ingest.files(&files, progress)?)
    }

    /// Whether a balance tells of a rejection that the round before did not have.
    fn has_news(&mut self, balance: &Balance) -> bool {
        std::mem::replace(&mut self.rejected, balance.rejected) != balance.rejected
    }
}

/// Whether a file has lain still long enough. A time in the future (a clock that is off) counts as settled.
fn has_settled(file: &Path) -> bool {
    let modified = std::fs::metadata(file).and_then(|meta| meta.modified());
    modified.map_or(true, |time| {
        SystemTime::now().duration_since(time).map_or(true, |age| age >= SETTLE)
    })
}
