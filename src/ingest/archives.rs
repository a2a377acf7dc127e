//! Archives as files of files: zip and tar, in one another and in compression, member by member.
//!
//! A member is named after the archive it lies in: `wire.zip!/monday/kapal.xml`, and one of an archive in an archive
//! `week.tar.zst!/wire.zip!/monday/kapal.xml`. The name is a label for people and never a path: nothing is written to disk.

mod names;
mod tar;
mod zip;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::Rejection;
use super::bounds::{Bounds, is_over};
use super::meter::{Counted, Plain, Source};
use super::open::{self, HEAD_BYTES, Stream};

/// Buffer of a zip that is sought in: a member's head and a short member.
const SOUGHT_BYTES: usize = 4 * 1024;

/// Takes what is found in a file.
pub(super) trait Taker {
    /// A file that is no archive, or a member that is none; of that name.
    fn take(&mut self, name: &Arc<str>, stream: Stream<'_>) -> io::Result<()>;
    /// A file or member that cannot be taken.
    fn refuse(&mut self, rejection: Rejection);
    /// Whether more is wanted.
    fn goes_on(&self) -> bool;
}

/// How the reading of a file ended, where that has been told already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// All that can be read of it was read.
    Whole,
    /// It could not be read to its end; it may still be being written.
    Cut,
}

impl Ended {
    /// How it ended for an error that is told.
    pub(super) fn with(error: &io::Error) -> Self {
        if is_over(error) { Self::Whole } else { Self::Cut }
    }
}

/// The name of a file in origins and rejections.
pub(super) fn name_of(path: &Path) -> Arc<str> {
    path.to_string_lossy().into()
}

/// The path of a member in the archive of that name; empty for the file itself.
pub(super) fn path_within<'l>(name: &str, label: &'l str) -> &'l str {
    let path = label
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix(names::INSIDE));
    path.unwrap_or_default()
}

/// Reads a file; bytes taken from it as it lies there are added to `progress`.
///
/// # Errors
/// When it cannot be opened or read to its end, which the caller has to tell; what came before has been given.
pub(super) fn file(
    path: &Path,
    bounds: &Bounds,
    progress: &Arc<AtomicU64>,
    taker: &mut dyn Taker,
) -> io::Result<Ended> {
    let file = File::open(path)?;
    let meta = file.metadata()?;
    let source = Source::new(bounds, if meta.is_file() { meta.len() } else { 0 }, progress);
    let counted = Counted {
        input: file,
        source: &source,
    };
    let mut input = BufReader::with_capacity(HEAD_BYTES, counted);
    let name = name_of(path);
    let mut walk = Walk { source: &source, taker };
    let ended = if meta.is_file() && starts_as_zip(&mut input)? {
        let layers = open::one_more(0, &source)?;
        // Each member is sought twice, and a larger buffer is filled for nothing.
        let sought = BufReader::with_capacity(SOUGHT_BYTES, input.into_inner());
        walk.zip(&name, sought, layers)
    } else {
        walk.stream(&name, Box::new(input), 0)
    };
    // A failure that was told of a member is one of the file too.
    if source.has_failed() {
        ended.map(|_| Ended::Cut)
    } else {
        ended
    }
}

/// The reason of an error that ended the reading of a file or member.
pub(super) fn unread(error: &io::Error) -> String {
    format!("the file cannot be read to its end: {error}")
}

/// Reads a stream: standard input, a body of HTTP; `name` stands for it.
///
/// # Errors
/// As [`file`].
pub(super) fn stream(
    name: &str,
    input: Box<dyn BufRead + Send>,
    bounds: &Bounds,
    taker: &mut dyn Taker,
) -> io::Result<Ended> {
    let source = Source::new(bounds, 0, &Arc::default());
    let counted = Counted { input, source: &source };
    let mut walk = Walk { source: &source, taker };
    walk.stream(&name.into(), Box::new(BufReader::with_capacity(HEAD_BYTES, counted)), 0)
}

fn starts_as_zip(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        match input.fill_buf() {
            Ok(head) => return Ok(zip::begins(head)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The way through one file.
struct Walk<'w, 's> {
    source: &'s Source<'s>,
    taker: &'w mut dyn Taker,
}

impl<'s> Walk<'_, 's> {
    /// Reads a stream around which there are `layers` already.
    fn stream<'i>(&mut self, name: &Arc<str>, input: Box<dyn BufRead + 'i>, layers: usize) -> io::Result<Ended>
    where
        's: 'i,
    {
        let Stream { head, mut rest, layers } = open::stream(input, layers, self.source)?;
        if tar::begins(&head) {
            return self.tar(name, rest, open::one_more(layers, self.source)?);
        }
        if zip::begins(&head) {
            let layers = open::one_more(layers, self.source)?;
            let buffered = self.source.buffer(&mut rest)?;
            return self.zip(name, buffered, layers);
        }
        let plain = Plain {
            input: rest,
            given: 0,
            most: self.source.bounds.file,
        };
        let rest = Box::new(plain);
        self.taker.take(name, Stream { head, rest, layers })?;
        Ok(Ended::Whole)
    }

    /// Reads a member. What is wrong with it is told, and is no trouble of the archive.
    fn member<'i>(&mut self, name: &Arc<str>, input: Box<dyn BufRead + 'i>, layers: usize)
    where
        's: 'i,
    {
        // A member that was cut lies so in a whole archive: it will not grow.
        if let Err(error) = self.stream(name, input, layers) {
            self.refuse(name, unread(&error));
        }
    }

    fn refuse(&mut self, name: &str, reason: String) {
        self.taker.refuse(Rejection::rejected(name, 0, reason));
    }

    /// Whether the next member is to be read.
    fn goes_on(&self) -> bool {
        self.taker.goes_on() && !self.source.is_exhausted() && !self.source.has_failed()
    }
}
