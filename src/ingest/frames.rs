//! A stream cut into items as its format says, one after another, none over the bound.

use std::io::{self, BufRead};

use memchr::{memchr, memmem};

use super::bounds::{Bounds, size};
use crate::formats::Framing;

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
        Framing::Whole => cutter.whole(each),
        Framing::Lines => cutter.lines(each),
        Framing::JsonArray => cutter.json_array(each),
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

    fn whole(&mut self, each: &mut dyn FnMut(Frame) -> bool) -> io::Result<()> {
        let mut bytes = Vec::new();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, framing: Framing) -> Vec<(u64, Result<String, String>)> {
        let mut frames = Vec::new();
        // A buffer of seven bytes: every boundary is met somewhere.
        let mut input = io::BufReader::with_capacity(7, text.as_bytes());
        items_of(&mut input, framing, &Bounds::default(), &mut |frame| {
            frames.push(match frame {
                Frame::Item { offset, bytes } => (offset, Ok(String::from_utf8(bytes).unwrap())),
                Frame::Bad { offset, reason } => (offset, Err(reason)),
            });
            true
        })
        .unwrap();
        frames
    }

    #[test]
    fn lines_keep_their_byte_and_blank_ones_are_none() {
        let found = cut("{\"a\":1}\n\n  \n{\"b\":2}", Framing::Lines);
        assert_eq!(found, [(0, Ok("{\"a\":1}\n".into())), (12, Ok("{\"b\":2}".into()))]);
    }

    #[test]
    fn array_elements_respect_strings_and_escapes() {
        let text = "[ {\"t\":\"a ] , \\\" }\"}, {\"u\":[1,2]} ]\n";
        let found = cut(text, Framing::JsonArray);
        assert_eq!(
            found,
            [
                (2, Ok("{\"t\":\"a ] , \\\" }\"}".into())),
                (22, Ok("{\"u\":[1,2]} ".into()))
            ]
        );
    }

    #[test]
    fn an_array_cut_short_gives_its_whole_elements_and_one_complaint() {
        let found = cut("[{\"a\":1},{\"b\":\"hal", Framing::JsonArray);
        assert_eq!(found[0], (1, Ok("{\"a\":1}".into())));
        assert!(found[1].1.as_ref().unwrap_err().contains("still be being written"));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn elements_are_cut_by_their_tags_also_on_one_line() {
        let text = "<!DOCTYPE x>\n<R a=\"1\">\none\n</R>\n<R>two</R><R>three</R> tail\n<R>cut";
        let found = cut(text, Framing::Element("R"));
        let texts: Vec<_> = found
            .iter()
            .map(|(_, item)| item.clone().unwrap_or_else(|e| e))
            .collect();
        assert_eq!(texts[..3], ["<R a=\"1\">\none\n</R>", "<R>two</R>", "<R>three</R>"]);
        for (offset, item) in &found[..3] {
            assert!(text[*offset as usize..].starts_with(item.as_ref().unwrap().as_str()));
        }
        assert!(texts[3].contains("</R>"));
    }

    /// What comes of a text when an item may have 100 bytes.
    fn cut_at_100(text: &[u8], framing: Framing) -> Vec<Frame> {
        let bounds = Bounds {
            item: 100,
            ..Bounds::default()
        };
        let mut found = Vec::new();
        items_of(&mut io::Cursor::new(text), framing, &bounds, &mut |frame| {
            found.push(frame);
            true
        })
        .unwrap();
        found
    }

    #[track_caller]
    fn is_over(frame: &Frame, at: u64, figure: &str) {
        assert!(
            matches!(frame, Frame::Bad { offset, reason } if *offset == at && reason.contains(figure)
                && reason.contains("100 bytes") && reason.contains("--max-item")),
            "{frame:?}"
        );
    }

    #[test]
    fn a_line_over_the_bound_is_named_with_its_size_and_the_next_is_read() {
        let text = format!("{}\nnext\n", "x".repeat(5_000));
        let found = cut_at_100(text.as_bytes(), Framing::Lines);
        is_over(&found[0], 0, "5001");
        assert!(matches!(&found[1], Frame::Item { bytes, .. } if bytes == b"next\n"));
    }

    #[test]
    fn an_element_over_the_bound_is_named_with_its_size_and_the_next_is_read() {
        let text = format!("[{{\"t\":\"{}\"}},{{\"u\":1}}]", "[".repeat(5_000));
        let found = cut_at_100(text.as_bytes(), Framing::JsonArray);
        is_over(&found[0], 1, "5008");
        assert!(matches!(&found[1], Frame::Item { bytes, .. } if bytes == b"{\"u\":1}"));
    }

    #[test]
    fn a_whole_file_over_the_bound_is_named_with_its_size() {
        is_over(&cut_at_100(&[b'x'; 5_000], Framing::Whole)[0], 0, "5000");
    }

    #[test]
    fn many_items_on_one_line_longer_than_an_item_may_be_all_come() {
        let text = "<R>story</R>".repeat(50);
        let found = cut_at_100(text.as_bytes(), Framing::Element("R"));
        assert_eq!(found.len(), 50);
        for (at, frame) in found.iter().enumerate() {
            assert!(matches!(frame, Frame::Item { offset, bytes } if *offset == at as u64 * 12 && bytes == b"<R>story</R>"));
        }
        let text = format!("<R>{}</R><R>next</R>", "x".repeat(5_000));
        let found = cut_at_100(text.as_bytes(), Framing::Element("R"));
        assert!(matches!(found.last(), Some(Frame::Item { bytes, .. }) if bytes == b"<R>next</R>"), "{found:?}");
    }

    #[test]
    fn what_was_cut_before_reading_fails_is_given_and_the_error_names_the_byte() {
        /// Fails after its text.
        struct Failing<'t>(&'t [u8]);
        impl io::Read for Failing<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                match self.0.read(buffer)? {
                    0 => Err(io::Error::other("the disk is gone")),
                    bytes => Ok(bytes),
                }
            }
        }
        let mut given = 0;
        let mut input = io::BufReader::with_capacity(5, Failing(b"{\"a\":1}\n{\"b\":2}\n{\"c\":"));
        let error = items_of(&mut input, Framing::Lines, &Bounds::default(), &mut |_| {
            given += 1;
            true
        });
        let error = error.unwrap_err().to_string();
        assert_eq!(given, 2);
        assert!(error.contains("byte 21") && error.contains("the disk is gone"), "{error}");
    }
}
