//! What a file costs, counted while it is read: the counts are shared by all readers that lie on one another over it.

use std::cell::Cell;
use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::bounds::{Bounds, over, size};

/// A file, or a stream from outside, and what has been taken from it.
pub(super) struct Source<'b> {
    pub(super) bounds: &'b Bounds,
    /// Bytes read by all files of the run, for the progress bar.
    progress: Arc<AtomicU64>,
    /// Its size where that is known beforehand.
    size: u64,
    /// Bytes taken from it as it lies there.
    taken: Cell<u64>,
    /// Bytes that decompressing gave, over all layers and members.
    given: Cell<u64>,
    members: Cell<u64>,
    /// Bytes of zip archives in memory.
    buffered: Cell<u64>,
    /// Reading it failed.
    failed: Cell<bool>,
    /// A bound of the whole was passed: nothing more of it is read.
    exhausted: Cell<bool>,
}

impl<'b> Source<'b> {
    /// A source of that size (0 where it is not known); bytes taken from it are added to `progress` too.
    pub(super) fn new(bounds: &'b Bounds, size: u64, progress: &Arc<AtomicU64>) -> Self {
        Self {
            bounds,
            progress: Arc::clone(progress),
            size,
            taken: Cell::new(0),
            given: Cell::new(0),
            members: Cell::new(0),
            buffered: Cell::new(0),
            failed: Cell::new(false),
            exhausted: Cell::new(false),
        }
    }

    /// Whether reading it failed.
    pub(super) fn has_failed(&self) -> bool {
        self.failed.get()
    }

    /// Whether nothing more of it is to be read.
    pub(super) fn is_exhausted(&self) -> bool {
        self.exhausted.get()
    }

    /// Counts a member of an archive.
    pub(super) fn count_member(&self) -> io::Result<()> {
        self.members.set(self.members.get() + 1);
        if self.members.get() <= self.bounds.members {
            return Ok(());
        }
        self.exhausted.set(true);
        Err(over(format!(
            "it has more than {} members, and those after are not read: part it, or raise --max-members and --reread it",
            self.bounds.members
        )))
    }

    /// Reads a zip that cannot be sought in into memory.
    pub(super) fn buffer(&self, input: &mut dyn Read) -> io::Result<Buffered<'_>> {
        let room = self.bounds.buffer.saturating_sub(self.buffered.get());
        let mut bytes = Vec::new();
        input.take(room.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > room {
            return Err(over(format!(
                "a zip in another archive or from a pipe is held in memory, and this one passes {}: unpack what is \
                 around it, or raise --max-buffer",
                size(self.bounds.buffer)
            )));
        }
        self.buffered.set(self.buffered.get() + bytes.len() as u64);
        Ok(Buffered {
            bytes: io::Cursor::new(bytes),
            source: self,
        })
    }

    fn count_taken(&self, bytes: u64) {
        let before = self.taken.get();
        let after = before + bytes;
        self.taken.set(after);
        // What is taken twice, as the directory of a zip is, is no progress.
        let most = if self.size > 0 { self.size } else { u64::MAX };
        self.progress
            .fetch_add(after.min(most) - before.min(most), Ordering::Relaxed);
    }

    fn count_given(&self, bytes: u64) -> io::Result<()> {
        self.given.set(self.given.get() + bytes);
        // Of a file the size counts: members that lie over one another are taken many times.
        let taken = if self.size > 0 { self.size } else { self.taken.get() };
        let result = self.expanded(self.given.get(), taken);
        if result.is_err() {
            self.exhausted.set(true);
        }
        result
    }

    fn expanded(&self, given: u64, taken: u64) -> io::Result<()> {
        let bounds = self.bounds;
        if given <= bounds.expansion_floor || given / bounds.expansion.max(1) <= taken {
            return Ok(());
        }
        Err(over(format!(
            "{taken} packed bytes have become {given} so far, which is more than {} for one: no copy packs so well; \
             if it is meant so, raise --max-expansion",
            bounds.expansion
        )))
    }
}

/// The source itself: a file, standard input.
pub(super) struct Counted<'s, R> {
    pub(super) input: R,
    pub(super) source: &'s Source<'s>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer);
        match &read {
            Ok(bytes) => {
                self.source.count_taken(*bytes as u64);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => self.source.failed.set(true),
        }
        read
    }
}

impl<R: Seek> Seek for Counted<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.input.seek(to)
    }
}

/// What goes into a decompressor, counted.
pub(super) struct Packed<'s> {
    pub(super) input: Box<dyn BufRead + 's>,
    pub(super) taken: Rc<Cell<u64>>,
}

impl Read for Packed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.input.read(buffer)?;
        self.taken.set(self.taken.get() + bytes as u64);
        Ok(bytes)
    }
}

impl BufRead for Packed<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.taken.set(self.taken.get() + bytes as u64);
        self.input.consume(bytes);
    }
}

/// What comes out of a decompressor, held to the expansion that is allowed.
pub(super) struct Unpacked<'s, D> {
    decoder: D,
    taken: Rc<Cell<u64>>,
    given: u64,
    source: &'s Source<'s>,
}

impl<'s, D: Read> Unpacked<'s, D> {
    /// `taken` counts what goes into the decoder, or is the packed size where that is known.
    pub(super) fn new(decoder: D, taken: Rc<Cell<u64>>, source: &'s Source<'s>) -> Self {
        Self {
            decoder,
            taken,
            given: 0,
            source,
        }
    }
}

impl<D: Read> Read for Unpacked<'_, D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.decoder.read(buffer)?;
        self.given += bytes as u64;
        self.source.expanded(self.given, self.taken.get())?;
        self.source.count_given(bytes as u64)?;
        Ok(bytes)
    }
}

/// A file or member as it is cut into items, held to the size that is allowed.
pub(super) struct Plain<'s> {
    pub(super) input: Box<dyn BufRead + 's>,
    pub(super) given: u64,
    pub(super) most: u64,
}

impl Read for Plain<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let bytes = available.read(buffer)?;
        self.consume(bytes);
        Ok(bytes)
    }
}

impl BufRead for Plain<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let room = self.most - self.given;
        let available = self.input.fill_buf()?;
        if room == 0 && !available.is_empty() {
            return Err(over(format!(
                "it has more than {}, and what comes after is not read: part it, or raise --max-file",
                size(self.most)
            )));
        }
        let within = available.len().min(usize::try_from(room).unwrap_or(usize::MAX));
        Ok(&available[..within])
    }

    fn consume(&mut self, bytes: usize) {
        self.given += bytes as u64;
        self.input.consume(bytes);
    }
}

/// A zip in memory; its bytes are given back when it is done.
pub(super) struct Buffered<'s> {
    bytes: io::Cursor<Vec<u8>>,
    source: &'s Source<'s>,
}

impl Read for Buffered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer)
    }
}

impl BufRead for Buffered<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.bytes.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.bytes.consume(bytes);
    }
}

impl Seek for Buffered<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

impl Drop for Buffered<'_> {
    fn drop(&mut self) {
        let buffered = self.source.buffered.get();
        let own = self.bytes.get_ref().len() as u64;
        self.source.buffered.set(buffered.saturating_sub(own));
    }
}
