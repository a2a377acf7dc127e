//! The first two stages: files → batches of items, and items → filings with their extraction.

use std::io::{self, BufRead};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};

use super::frames::{Frame, items_of};
use super::open::{self, Stream};
use super::read::{parse, refusal};
use super::{FileEntry, Rejection};
use crate::extract::Extractor;
use crate::formats::{self, Detection, Format, Framing, Options};
use crate::index::Prepared;
use crate::story::{Extraction, Filing};

/// Bytes of items in a batch: long enough that handing over costs nothing, short enough that workers share evenly.
const BATCH_BYTES: usize = 256 * 1024;

/// What happens in the input, in its order.
pub(super) enum Event {
    /// A file begins.
    Start(FileEntry),
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
    /// The only item of its file and without a uri: which it gets depends on what the file gave before.
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
    read: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    number: u64,
    events: Vec<Event>,
    bytes: usize,
    /// The stages after this one are gone.
    cut_off: bool,
}

impl Producer {
    pub(super) fn new(out: SyncSender<Batch>, read: Arc<AtomicU64>, stop: Arc<AtomicBool>) -> Self {
        Self {
            out,
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
        let name: Arc<str> = path.to_string_lossy().into();
        self.push(Event::Start(entry), 0);
        let opened = open::file(path, &self.read);
        let complete = match opened.and_then(|stream| self.items(&name, stream)) {
            Ok(()) => !self.is_stopped(),
            Err(error) => {
                self.reject(&name, 0, format!("the file cannot be read to its end: {error}"));
                false
            }
        };
        self.push(Event::End { complete }, 0);
    }

    /// Reads one stream.
    pub(super) fn stream(&mut self, name: &str, input: Box<dyn BufRead + Send>) {
        let name: Arc<str> = name.into();
        if let Err(error) = open::stream(input).and_then(|stream| self.items(&name, stream)) {
            self.reject(&name, 0, format!("it cannot be read to its end: {error}"));
        }
    }

    /// Cuts a stream into items.
    fn items(&mut self, name: &Arc<str>, mut stream: Stream) -> io::Result<()> {
        let format = match formats::detect(&stream.head) {
            Detection::Format(format) => format,
            other => {
                self.push(Event::Rejected(refusal(name, other)), 0);
                return Ok(());
            }
        };
        items_of(&mut stream.rest, format.framing(), &mut |frame| {
            match frame {
                Frame::Item { offset, bytes } => {
                    let size = bytes.len();
                    self.push(
                        Event::Item {
                            file: Arc::clone(name),
                            offset,
                            bytes,
                            format,
                        },
                        size,
                    );
                }
                Frame::Bad { offset, reason } => self.reject(name, offset, reason),
            }
            !self.is_stopped()
        })
    }

    fn reject(&mut self, file: &str, offset: u64, reason: String) {
        self.push(Event::Rejected(Rejection::rejected(file, offset, reason)), 0);
    }

    fn push(&mut self, event: Event, bytes: usize) {
        self.events.push(event);
        self.bytes += bytes;
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
    let read = |filing: Filing| {
        let extraction = extractor.extract(&filing);
        if whole && filing.ninjs.uri.is_empty() {
            Read::Nameless(Box::new((filing, extraction)))
        } else {
            Read::Prepared(Box::new(Prepared::new(filing, extraction)))
        }
    };
    // A fault of ours in one item must not take the others with it, nor leave the run waiting for a thread that is gone.
    let results = catch_unwind(AssertUnwindSafe(|| {
        let filings = parse(&file, offset, &bytes, format, options);
        filings.map(|filing| filing.map(read)).collect()
    }));
    let results = results.unwrap_or_else(|_| {
        let reason = "dateline broke off on this item; this is a fault of the program, please report it with the item";
        vec![Err(Rejection::rejected(file.to_string(), offset, reason))]
    });
    Event::Parsed { results }
}
