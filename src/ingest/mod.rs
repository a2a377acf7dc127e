//! Files, folders and streams → `formats` → `extract` → `index`; the ledger of what was read.
//!
//! The way of a file: `walk` finds it, [`Ledger`] says whether it is new, `open` decompresses it, `archives` gives the
//! members of a zip or tar, each as a file of its own, `frames` cuts it into items, workers parse and extract, and one thread puts the filings into the index in the order they were read. Every
//! item ends in the [`Balance`]; a file enters the ledger only after the commit that holds its filings.

mod archives;
mod balance;
mod bounds;
mod check;
mod frames;
mod ledger;
mod meter;
mod open;
mod pipeline;
mod produce;
mod read;
mod report;
mod snapshot;
mod walk;
mod watch;

pub use balance::{Balance, Counts, Rejection};
pub use bounds::{Bounds, size_of};
pub use check::{CheckReport, Fault, check, repair};
pub use frames::{Frame, items_of};
pub use ledger::{FileEntry, Ledger, LedgerError};
pub use pipeline::{COMMIT_EVERY, Ingest, IngestError, Progress, Silent};
pub use read::{read_file, read_stream};
pub use report::{Report, UnresolvedKill, report};
pub use snapshot::snapshot;
pub use walk::{WalkError, files_under};
pub use watch::{OnDone, WatchError, Watched, watch};
