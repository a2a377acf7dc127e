//! The first two stages: files → batches of items, and items → filings with their extraction.

use std::io::{self, BufRead};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};

use super::archives::{self, Ended, Taker, unread};
use super::frames::{Frame, items_of};
use super::open::Stream;
use super::read::{format_of, parse};
use super::{Bounds, FileEntry, Rejection};
use crate::extract::Extractor;
use crate::formats::{Format, Framing, Options};
use crate::index::Prepared;
use crate::story::{Extraction, Filing};

/// Bytes of items in a batch: long enough that handing over costs nothing, short enough that workers share evenly.
const BATCH_BYTES: usize = 256 * 1024;

/// What an event weighs besides its item, so that rejections without end fill batches too.
const EVENT_BYTES: usize = 256;

const BROKE_OFF: &str = "dateline broke off on it; this is a fault of the program, please report it with the file";

/// What happens in the input, in its order.
pub(super) enum Event {
    /// A file begins.
    Start {
        /// As it lies there.
        entry: FileEntry,
        /// Its name in origins and rejections; those of members of an archive begin with it.
        name: Arc<str>,
    },
    /// An item as cut.
    Item {
        /// The file as the user would find it.
        file: Arc<str>,
        /// Its first byte.
        offset: u64,
        /// Its bytes.
        bytes: Vec<u8>,
        /// How to read it.
        format: Format,
    },
    /// An item as read.
    Parsed {
        /// Its filings, or why there is none.
        results: Vec<Result<Read, Rejection>>,
    },
    /// Something that is no item.
    Rejected(Rejection),
    /// The file ends; not complete when it could not be read to its end.
    End {
        /// Whether it was read to its end.
        complete: bool,
    },
}

/// A filing with what was extracted from it, on its way into the index.
pub(super) enum Read {
    /// Ready to be put.
    Prepared(Box<Prepared>),
    /// The only filing of its file or member and without a uri: which it gets depends on what the file gave before.
    Nameless(Box<(Filing, Extraction)>),
}

/// Events in the order of the input, numbered.
pub(super) struct Batch {
    /// From 0, without gaps.
    pub(super) number: u64,
    /// The events.
    pub(super) events: Vec<Event>,
}

/// Reads and cuts.
pub(super) struct Producer {
    out: SyncSender<Batch>,
    bounds: Bounds,
    read: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    number: u64,
    events: Vec<Event>,
    bytes: usize,
    /// The stages after this one are gone.
    cut_off: bool,
}

impl Producer {
    pub(super) fn new(out: SyncSender<Batch>, bounds: Bounds, read: Arc<AtomicU64>, stop: Arc<AtomicBool>) -> Self {
        Self {
            out,
            bounds,
            read,
            stop,
            number: 0,
            events: Vec::new(),
            bytes: 0,
            cut_off: false,
        }
    }

    /// Reads files one after another, until asked to stop.
    pub(super) fn files(&mut self, files: Vec<(PathBuf, FileEntry)>) {
        for (path, entry) in files {
            if self.is_stopped() {
                return;
            }
            self.file(&path, entry);
        }
    }

    fn file(&mut self, path: &Path, entry: FileEntry) {
        let name = archives::name_of(path);
        let start = Event::Start {
            entry,
            name: Arc::clone(&name),
        };
        self.push(start, 0);
        let (bounds, read) = (self.bounds, Arc::clone(&self.read));
        // A fault in reading one archive must not take the others with it.
        let ended = catch_unwind(AssertUnwindSafe(|| archives::file(path, &bounds, &read, self)))
            .unwrap_or_else(|_| Err(io::Error::other(BROKE_OFF)));
        let complete = self.told(&name, ended) == Ended::Whole && !self.is_stopped();
        self.push(Event::End { complete }, 0);
    }

    /// Reads one stream.
    pub(super) fn stream(&mut self, name: &str, input: Box<dyn BufRead + Send>) {
        let bounds = self.bounds;
        let ended = catch_unwind(AssertUnwindSafe(|| archives::stream(name, input, &bounds, self)))
            .unwrap_or_else(|_| Err(io::Error::other(BROKE_OFF)));
        self.told(name, ended);
    }

    /// Tells why a file could not be read, if that is so.
    fn told(&mut self, name: &str, ended: io::Result<Ended>) -> Ended {
        ended.unwrap_or_else(|error| {
            self.refuse(Rejection::rejected(name, 0, unread(&error)));
            Ended::with(&error)
        })
    }

    fn push(&mut self, event: Event, bytes: usize) {
        self.events.push(event);
        self.bytes += bytes + EVENT_BYTES;
        if self.bytes >= BATCH_BYTES {
            self.send();
        }
    }

    fn send(&mut self) {
        let batch = Batch {
            number: self.number,
            events: std::mem::take(&mut self.events),
        };
        self.number += 1;
        self.bytes = 0;
        self.cut_off |= self.out.send(batch).is_err();
    }

    /// Sends what is left.
    pub(super) fn finish(&mut self) {
        if !self.events.is_empty() {
            self.send();
        }
    }

    fn is_stopped(&self) -> bool {
        self.cut_off || self.stop.load(Ordering::Relaxed)
    }
}

impl Taker for Producer {
    /// Cuts a stream into items.
    fn take(&mut self, name: &Arc<str>, mut stream: Stream<'_>) -> io::Result<()> {
        let format = match format_of(name, &stream.head) {
            Ok(format) => format,
            Err(rejection) => {
                self.refuse(rejection);
                return Ok(());
            }
        };
        let bounds = self.bounds;
        items_of(&mut stream.rest, format.framing(), &bounds, &mut |frame| {
            match frame {
                Frame::Item { offset, bytes } => {
                    let size = bytes.len();
                    let file = Arc::clone(name);
                    let item = Event::Item {
                        file,
                        offset,
                        bytes,
                        format,
                    };
                    self.push(item, size);
                }
                Frame::Bad { offset, reason } => self.refuse(Rejection::rejected(&**name, offset, reason)),
            }
            !self.is_stopped()
        })
    }

    fn refuse(&mut self, rejection: Rejection) {
        self.push(Event::Rejected(rejection), 0);
    }

    fn goes_on(&self) -> bool {
        !self.is_stopped()
    }
}

/// Takes batches until there are no more, and turns their items into filings with their extraction.
pub(super) fn work_off(
    work: &Mutex<Receiver<Batch>>,
    out: &SyncSender<Batch>,
    extractor: &Extractor,
    options: &Options,
) {
    loop {
        let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = next else { return };
        let events = batch
            .events
            .into_iter()
            .map(|event| worked(event, extractor, options))
            .collect();
        if out
            .send(Batch {
                number: batch.number,
                events,
            })
            .is_err()
        {
            return;
        }
    }
}

fn worked(event: Event, extractor: &Extractor, options: &Options) -> Event {
    let Event::Item {
        file,
        offset,
        bytes,
        format,
    } = event
    else {
        return event;
    };
    let whole = format.framing() == Framing::Whole;
    // A fault of ours in one item must not take the others with it, nor leave the run waiting for a thread that is gone.
    let results = catch_unwind(AssertUnwindSafe(|| {
        let filings: Vec<_> = parse(&file, offset, &bytes, format, options).collect();
        // Of several without a uri no one could say which of them one of the next version is.
        let only = whole && filings.len() == 1;
        let read = |filing: Filing| {
            let extraction = extractor.extract(&filing);
            if only && filing.ninjs.uri.is_empty() {
                Read::Nameless(Box::new((filing, extraction)))
            } else {
                Read::Prepared(Box::new(Prepared::new(filing, extraction)))
            }
        };
        filings.into_iter().map(|filing| filing.map(read)).collect()
    }));
    let results = results.unwrap_or_else(|_| {
        let reason = "dateline broke off on this item; this is a fault of the program, please report it with the item";
        vec![Err(Rejection::rejected(file.to_string(), offset, reason))]
    });
    Event::Parsed { results }
}
