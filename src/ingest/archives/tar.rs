//! A tar, member after member as it streams by.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;
use std::sync::Arc;

use super::{Ended, Walk, names};
use crate::ingest::bounds::{over, size};
use crate::ingest::meter::Unpacked;

const BLOCK_BYTES: usize = 512;

/// Heads of a member, at most: its long name and extended attributes lie in memory.
const MAX_HEAD_BYTES: u64 = 1024 * 1024;

/// Buffer of a member.
const MEMBER_BYTES: usize = 64 * 1024;

/// Whether a stream begins with the head of a tar's member: the sum of its bytes is as the head says. Tars from before POSIX
/// have no other mark.
pub(super) fn begins(head: &[u8]) -> bool {
    let Some(block) = head.first_chunk::<BLOCK_BYTES>() else {
        return false;
    };
    let told = std::str::from_utf8(&block[148..156])
        .ok()
        .and_then(|told| u32::from_str_radix(told.trim_matches([' ', '\0']), 8).ok());
    let sum = |byte: u32, at: usize| {
        byte + if (148..156).contains(&at) {
            32
        } else {
            u32::from(block[at])
        }
    };
    block[0] != 0 && told == Some((0..BLOCK_BYTES).fold(0, sum))
}

/// What is known between the reader under the `tar` crate and the one over it.
#[derive(Default)]
struct State {
    /// Bytes read.
    at: Cell<u64>,
    /// The byte up to which reading is allowed at the moment.
    until: Cell<u64>,
    /// What is under the crate failed or ended early: nothing more can be read.
    broken: Cell<bool>,
    over: Cell<bool>,
}

/// What is under the crate: it may read a member's bytes and a head's worth, no more.
struct Under<'i, 'g> {
    input: RefCell<Box<dyn BufRead + 'i>>,
    state: &'g State,
}

impl Read for Under<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let state = self.state;
        if state.at.get() >= state.until.get() {
            state.broken.set(true);
            state.over.set(true);
            return Err(over(format!(
                "a member's name has more than {}, which none has",
                size(MAX_HEAD_BYTES)
            )));
        }
        match self.input.get_mut().read(buffer) {
            Ok(bytes) => {
                state.at.set(state.at.get() + bytes as u64);
                Ok(bytes)
            }
            Err(error) => {
                if error.kind() != io::ErrorKind::Interrupted {
                    state.broken.set(true);
                    state.over.set(crate::ingest::bounds::is_over(&error));
                }
                Err(error)
            }
        }
    }
}

/// A member, which has to have as many bytes as its head says.
struct Member<'g, R> {
    entry: R,
    left: u64,
    state: &'g State,
}

impl<R: Read> Read for Member<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.entry.read(buffer)?;
        if bytes == 0 && !buffer.is_empty() && self.left > 0 {
            self.state.broken.set(true);
            let reason = "the archive ends inside it; it may still be being written";
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, reason));
        }
        self.left = self.left.saturating_sub(bytes as u64);
        Ok(bytes)
    }
}

impl<'s> Walk<'_, 's> {
    /// Reads a tar, around which, itself included, there are `layers`.
    pub(super) fn tar<'i>(&mut self, name: &Arc<str>, input: Box<dyn BufRead + 'i>, layers: usize) -> io::Result<Ended>
    where
        's: 'i,
    {
        let state = State::default();
        state.until.set(MAX_HEAD_BYTES);
        let input = RefCell::new(input);
        let mut archive = tar::Archive::new(Under { input, state: &state });
        for entry in archive.entries()? {
            let entry = entry.map_err(|error| {
                let at = state.at.get();
                io::Error::new(
                    error.kind(),
                    format!("the archive cannot be read on at byte {at}: {error}"),
                )
            })?;
            let lies = entry.header().entry_size()?;
            let sparse = entry.header().entry_type().is_gnu_sparse();
            let stored = if sparse { lies } else { lies.max(entry.size()) };
            let end = entry.raw_file_position().saturating_add(stored);
            state.until.set(end.saturating_add(BLOCK_BYTES as u64 + MAX_HEAD_BYTES));
            self.source.count_member()?;
            let kind = entry.header().entry_type();
            let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let is_file = (kind.is_file() || kind.is_contiguous() || sparse) && !path.ends_with('/');
            if is_file && !names::is_left_out(&path) {
                match names::inside(name, &path) {
                    Ok(member) => {
                        let whole = Member {
                            left: entry.size(),
                            entry,
                            state: &state,
                        };
                        // A sparse file is short in the archive and may be endless out of it.
                        let unpacked: Box<dyn Read> = if sparse {
                            Box::new(Unpacked::new(whole, Rc::new(Cell::new(stored)), self.source))
                        } else {
                            Box::new(whole)
                        };
                        self.member(
                            &member,
                            Box::new(BufReader::with_capacity(MEMBER_BYTES, unpacked)),
                            layers,
                        );
                    }
                    Err(reason) => self.refuse(name, reason),
                }
            }
            if state.broken.get() {
                return Ok(if state.over.get() { Ended::Whole } else { Ended::Cut });
            }
            if !self.goes_on() {
                return Ok(Ended::Whole);
            }
        }
        state.until.set(u64::MAX);
        self.after(name, archive.into_inner(), &state)
    }

    /// Reads on behind the mark at the end: a checksum may follow, and bytes that no one expects are told.
    fn after(&mut self, name: &Arc<str>, mut rest: Under<'_, '_>, state: &State) -> io::Result<Ended> {
        let mut buffer = vec![0; MEMBER_BYTES];
        loop {
            let at = state.at.get();
            let bytes = match rest.read(&mut buffer) {
                Ok(0) => return Ok(Ended::Whole),
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer[..bytes].iter().any(|byte| *byte != 0) {
                let reason =
                    "the archive goes on after the mark of its end, and that is not read: part joined archives";
                self.taker
                    .refuse(super::Rejection::rejected(&**name, at, reason.to_owned()));
                return Ok(Ended::Whole);
            }
        }
    }
}
