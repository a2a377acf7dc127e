//! A stream cut into items as its format says, one after another, none over the bound.

#[cfg(test)]
mod tests;

use std::io::{self, BufRead};

use memchr::{memchr, memmem};

use super::bounds::{Bounds, size};
use crate::formats::{Framing, records_below};

/// The head of a table at most, where quotes are never closed.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// A cut of the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// An item and the byte at which it starts.
    Item {
        /// Its first byte in the stream.
        offset: u64,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Something that is no item, with the reason.
    Bad {
        /// Its first byte in the stream.
        offset: u64,
        /// What is wrong and what to do.
        reason: String,
    },
}

/// Calls `each` for every item of the stream, until the end or until `each` says stop (`false`).
///
/// # Errors
/// When the stream cannot be read on; the items before have been given. The byte is in the error's text.
pub fn items_of(
    input: &mut dyn BufRead,
    framing: Framing,
    bounds: &Bounds,
    each: &mut dyn FnMut(Frame) -> bool,
) -> io::Result<()> {
    let mut cutter = Cutter {
        input,
        offset: 0,
        most: bounds.item,
    };
    let result = match framing {
        Framing::Whole => cutter.whole(Vec::new(), each),
        Framing::Lines => cutter.lines(each),
        Framing::JsonArray => cutter.json_array(each),
        Framing::Records => cutter.records(each),
        Framing::Element(name) => cutter.elements(name, each),
    };
    result.map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("reading stopped at byte {}: {error}", cutter.offset),
        )
    })
}

fn over_bound(what: &str, bytes: u64, most: usize) -> String {
    let most = size(most as u64);
    format!("{what} has {bytes} bytes; an item may have {most}: cut the file into stories, or raise --max-item")
}

struct Cutter<'i> {
    input: &'i mut dyn BufRead,
    offset: u64,
    /// Bytes of an item, at most.
    most: usize,
}

impl Cutter<'_> {
    /// Reads up to and with `end` into `into`, at most the bound; what is over is counted and dropped.
    /// Gives the bytes passed, and 0 at the end of the stream.
    fn pass_until(&mut self, end: u8, into: &mut Vec<u8>) -> io::Result<u64> {
        let mut passed = 0_u64;
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                return Ok(passed);
            }
            let found = memchr(end, buffer);
            let take = found.map_or(buffer.len(), |at| at + 1);
            let room = (self.most + 1).saturating_sub(into.len());
            into.extend_from_slice(&buffer[..take.min(room)]);
            self.input.consume(take);
            self.offset += take as u64;
            passed += take as u64;
            if found.is_some() {
                return Ok(passed);
            }
        }
    }

    /// Reads what is at hand into `into`; `false` at the end of the stream.
    fn pass_some(&mut self, into: &mut Vec<u8>) -> io::Result<bool> {
        let buffer = loop {
            match self.input.fill_buf() {
                Ok(buffer) => break buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        };
        let bytes = buffer.len();
        into.extend_from_slice(buffer);
        self.input.consume(bytes);
        self.offset += bytes as u64;
        Ok(bytes > 0)
    }

    fn whole(&mut self, bytes: Vec<u8>, each: &mut dyn FnMut(Frame) -> bool) -> io::Result<()> {
        let mut bytes = bytes;
        while self.pass_until(b'\n', &mut bytes)? > 0 {}
        let frame = if bytes.len() > self.most {
            Frame::Bad {
                offset: 0,
                reason: over_bound("the file", self.offset, self.most),
            }
        } else {
            Frame::Item { offset: 0, bytes }
        };
        each(frame);
        Ok(())
    }

    fn lines(&mut self, each: &mut dyn FnMut(Frame) -> bool) -> io::Result<()> {
        loop {
            let offset = self.offset;
            let mut bytes = Vec::new();
            let passed = self.pass_until(b'\n', &mut bytes)?;
            if passed == 0 {
                return Ok(());
            }
            let frame = if bytes.len() > self.most {
                Frame::Bad {
                    offset,
                    reason: over_bound("the line", passed, self.most),
                }
            } else if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            } else {
                Frame::Item { offset, bytes }
            };
            if !each(frame) {
                return Ok(());
            }
        }
    }

    /// Cuts the records of a table, its head before each. An item's byte is so much before its record as the head is long, so that
    /// places in the record are right. Without a head that names parts of a story, and in UTF-16, the table is one item.
    fn records(&mut self, each: &mut dyn FnMut(Frame) -> bool) -> io::Result<()> {
        let (mut head, mut quoted, mut blank) = (Vec::new(), false, true);
        while blank || quoted && head.len() < MAX_HEAD_BYTES {
            let before = head.len();
            if self.pass_until(b'\n', &mut head)? == 0 {
                break;
            }
            for byte in &head[before..] {
                quoted ^= *byte == b'"';
                blank &= !byte.is_ascii_alphanumeric();
            }
        }
        let Some(mut records) = records_below(&head, self.input.fill_buf().unwrap_or_default()) else {
            return self.whole(head, each);
        };
        let (mut bytes, mut passed, mut offset, mut given) = (head.clone(), 0, self.offset, false);
        loop {
            let before = bytes.len();
            let more = self.pass_until(b'\n', &mut bytes)?;
            passed += more;
            let ended = bytes[before..].iter().filter_map(|&byte| records.push(byte)).last();
            let record = match ended {
                Some(record) => record,
                None if more == 0 => records.record(),
                None => continue,
            };
            if !record.is_blank {
                given = true;
                let start = offset - head.len() as u64;
                let frame = if bytes.len() > self.most {
                    let reason = over_bound("the row", passed);
                    Frame::Bad { offset, reason }
                } else {
                    let bytes = std::mem::replace(&mut bytes, head.clone());
                    Frame::Item { offset: start, bytes }
                };
                if !each(frame) {
                    return Ok(());
                }
            }
            if more == 0 {
                break;
            }
            bytes.truncate(head.len());
            (passed, offset) = (0, self.offset);
        }
        if !given {
            each(Frame::Item { offset: 0, bytes: head });
        }
        Ok(())
    }

    /// Cuts from `<NAME` to `</NAME>`. What stands outside is passed over: a document type, white space.
    fn elements(&mut self, name: &str, each: &mut dyn FnMut(Frame) -> bool) -> io::Result<()> {
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        // What is not cut yet, and the byte of the stream at which it starts.
        let (mut pending, mut base) = (Vec::new(), self.offset);
        let (mut opened, mut scanned) = (false, 0);
        while self.pass_some(&mut pending)? {
            let mut from = 0;
            loop {
                if !opened {
                    let Some(at) = memmem::find(&pending[from..], open.as_bytes()) else {
                        // What is read next may complete an opening tag that stands at the end.
                        from = from.max(pending.len().saturating_sub(open.len() - 1));
                        break;
                    };
                    from += at;
                    (opened, scanned) = (true, from);
                }
                let offset = base + from as u64;
                let frame = if let Some(at) = memmem::find(&pending[scanned..], close.as_bytes()) {
                    let end = scanned + at + close.len();
                    let bytes = pending[from..end].to_vec();
                    from = end;
                    Frame::Item { offset, bytes }
                } else if pending.len() - from > self.most {
                    from = pending.len();
                    let reason = over_bound("the item", self.offset - offset, self.most);
                    Frame::Bad { offset, reason }
                } else {
                    scanned = from.max(pending.len().saturating_sub(close.len()));
                    break;
                };
                opened = false;
                if !each(frame) {
                    return Ok(());
                }
            }
            pending.drain(..from);
            base += from as u64;
            scanned = scanned.saturating_sub(from);
        }
        if opened {
            each(Frame::Bad {
                offset: base,
                reason: format!("the file ends before {close}: it may still be being written"),
            });
        }
        Ok(())
    }

    /// Cuts the elements of one array. Strings are respected, so that a brace in a story ends nothing.
    fn json_array(&mut self, each: &mut dyn FnMut(Frame) -> bool) -> io::Result<()> {
        let mut state = ArrayState {
            most: self.most,
            ..ArrayState::default()
        };
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                break;
            }
            let len = buffer.len();
            let mut goes_on = true;
            for (at, &byte) in buffer.iter().enumerate() {
                if let Some(frame) = state.push(byte, self.offset + at as u64) {
                    goes_on = each(frame);
                    if !goes_on {
                        break;
                    }
                }
            }
            self.input.consume(len);
            self.offset += len as u64;
            if !goes_on {
                return Ok(());
            }
        }
        if let Some(frame) = state.end(self.offset) {
            each(frame);
        }
        Ok(())
    }
}

/// Where in an array the reader is.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools)] // where in an array and a string a byte stands
struct ArrayState {
    /// The opening bracket was seen.
    inside: bool,
    /// The closing bracket was seen.
    closed: bool,
    depth: u32,
    in_string: bool,
    escaped: bool,
    start: u64,
    passed: u64,
    bytes: Vec<u8>,
    /// Bytes of an element, at most.
    most: usize,
}

impl ArrayState {
    /// Takes one byte; gives an element when the byte ends one.
    fn push(&mut self, byte: u8, offset: u64) -> Option<Frame> {
        if self.closed || !self.inside {
            self.inside |= byte == b'[' && !self.closed;
            return None;
        }
        if self.in_string {
            self.in_string = self.escaped || byte != b'"';
            self.escaped = !self.escaped && byte == b'\\';
            self.keep(byte, offset);
            return None;
        }
        match byte {
            b',' if self.depth == 0 => return self.cut(),
            b']' if self.depth == 0 => {
                self.closed = true;
                return self.cut();
            }
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ if self.bytes.is_empty() && byte.is_ascii_whitespace() => return None,
            _ => {}
        }
        self.keep(byte, offset);
        None
    }

    fn keep(&mut self, byte: u8, offset: u64) {
        if self.bytes.is_empty() {
            self.start = offset;
        }
        self.passed += 1;
        if self.bytes.len() <= self.most {
            self.bytes.push(byte);
        }
    }

    fn cut(&mut self) -> Option<Frame> {
        let (bytes, passed) = (std::mem::take(&mut self.bytes), std::mem::take(&mut self.passed));
        if bytes.is_empty() {
            return None;
        }
        Some(if bytes.len() > self.most {
            Frame::Bad {
                offset: self.start,
                reason: over_bound("the element", passed, self.most),
            }
        } else {
            Frame::Item {
                offset: self.start,
                bytes,
            }
        })
    }

    /// What is left when the stream ends.
    fn end(&mut self, offset: u64) -> Option<Frame> {
        if self.closed {
            return None;
        }
        let at = if self.bytes.is_empty() { offset } else { self.start };
        let reason = "the file ends inside its JSON array: it may still be being written".to_owned();
        Some(Frame::Bad { offset: at, reason })
    }
}
