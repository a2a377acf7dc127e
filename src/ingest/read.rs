//! Reading without an index: every filing of a file or stream, one after another.

use std::io::{self, BufRead};
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use super::archives::{self, Taker};
use super::frames::{Frame, items_of};
use super::open::Stream;
use super::{Bounds, Rejection};
use crate::formats::{self, Detection, Format, Options, Verdict};
use crate::story::{Filing, Origin};

/// Calls `each` with every filing of a file, or with why an item is none, until the end or until it says stop (`false`).
///
/// # Errors
/// When the file cannot be opened or read to its end; what came before has been given.
pub fn read_file(
    path: &Path,
    options: &Options,
    bounds: &Bounds,
    each: &mut dyn FnMut(Result<Filing, Rejection>) -> bool,
) -> io::Result<()> {
    let mut reading = Reading::new(options, bounds, each);
    archives::file(path, bounds, &Arc::default(), &mut reading).map(|_| ())
}

/// The same for a stream; `name` stands for it in rejections.
///
/// # Errors
/// When the stream cannot be read to its end.
pub fn read_stream(
    name: &str,
    input: Box<dyn BufRead + Send>,
    options: &Options,
    bounds: &Bounds,
    each: &mut dyn FnMut(Result<Filing, Rejection>) -> bool,
) -> io::Result<()> {
    let mut reading = Reading::new(options, bounds, each);
    archives::stream(name, input, bounds, &mut reading).map(|_| ())
}

/// Hands on what is read until no more is wanted.
struct Reading<'r> {
    options: &'r Options,
    bounds: &'r Bounds,
    each: &'r mut dyn FnMut(Result<Filing, Rejection>) -> bool,
    goes_on: bool,
}

impl<'r> Reading<'r> {
    fn new(
        options: &'r Options,
        bounds: &'r Bounds,
        each: &'r mut dyn FnMut(Result<Filing, Rejection>) -> bool,
    ) -> Self {
        Self {
            options,
            bounds,
            each,
            goes_on: true,
        }
    }
}

impl Taker for Reading<'_> {
    fn take(&mut self, name: &Arc<str>, mut stream: Stream<'_>) -> io::Result<()> {
        let format = match format_of(name, &stream.head) {
            Ok(format) => format,
            Err(rejection) => {
                self.refuse(rejection);
                return Ok(());
            }
        };
        items_of(&mut stream.rest, format.framing(), self.bounds, &mut |frame| {
            self.goes_on = match frame {
                Frame::Item { offset, bytes } => parse(name, offset, &bytes, format, self.options).all(&mut *self.each),
                Frame::Bad { offset, reason } => (self.each)(Err(Rejection::rejected(&**name, offset, reason))),
            };
            self.goes_on
        })
    }

    fn refuse(&mut self, rejection: Rejection) {
        self.goes_on = (self.each)(Err(rejection));
    }

    fn goes_on(&self) -> bool {
        self.goes_on
    }
}

/// The format of a file by its first bytes; where it is in none that is read, why, and what to do.
pub(super) fn format_of(file: &str, head: &[u8]) -> Result<Format, Rejection> {
    match formats::detect(head) {
        Detection::Format(format) => Ok(format),
        other => Err(Rejection {
            hash: Some(xxh3_128(head)),
            ..refusal(file, other)
        }),
    }
}

/// Why a file that is in no format that is read is refused, and what to do.
pub(super) fn refusal(file: &str, detection: Detection) -> Rejection {
    let (verdict, reason) = match detection {
        Detection::Empty => (
            Verdict::Rejected,
            "the file is empty: nothing was sent, or it is still being written".to_owned(),
        ),
        Detection::Binary("binary data") => (
            Verdict::Rejected,
            "it is binary data in no format that is known: if it is a story, find out what wrote it".to_owned(),
        ),
        Detection::Binary(what) => (Verdict::Skipped, format!("it is {what}, not wire copy")),
        Detection::NotYet(what) => (
            Verdict::Skipped,
            format!("it is {what}, which holds no story in a format that is read"),
        ),
        Detection::Format(_) => (Verdict::Rejected, "it is in no format that is read".to_owned()),
    };
    Rejection {
        verdict,
        ..Rejection::rejected(file, 0, reason)
    }
}

/// The filings of one item, with their origin.
pub(super) fn parse<'i>(
    file: &'i str,
    offset: u64,
    item: &'i [u8],
    format: Format,
    options: &'i Options,
) -> impl Iterator<Item = Result<Filing, Rejection>> + use<'i> {
    format.parse(item, options).into_iter().map(move |parsed| match parsed {
        Ok(mut filing) => {
            let read_as = std::mem::take(&mut filing.origin.format);
            filing.origin = Origin {
                file: file.to_owned(),
                offset: offset + filing.origin.offset,
                format: read_as,
            };
            Ok(filing)
        }
        Err(refused) => Err(Rejection {
            verdict: refused.verdict,
            hash: Some(xxh3_128(item)),
            ..Rejection::rejected(file, offset + refused.offset as u64, refused.reason)
        }),
    })
}
