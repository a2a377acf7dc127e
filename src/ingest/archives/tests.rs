//! Archives made here, and what is found in them.

mod bombs;
mod broken;
mod members;

use std::io::{self, Cursor, Read, Write};
use std::sync::Arc;

use zip::write::SimpleFileOptions;

use super::{Ended, Taker};
use crate::formats::Verdict;
use crate::ingest::open::Stream;
use crate::ingest::{Bounds, Rejection};

/// What was found.
#[derive(Default)]
struct Seen {
    taken: Vec<(String, Vec<u8>)>,
    refused: Vec<Rejection>,
}

impl Taker for Seen {
    fn take(&mut self, name: &Arc<str>, mut stream: Stream<'_>) -> io::Result<()> {
        let mut bytes = Vec::new();
        stream.rest.read_to_end(&mut bytes)?;
        self.taken.push((name.to_string(), bytes));
        Ok(())
    }

    fn refuse(&mut self, rejection: Rejection) {
        self.refused.push(rejection);
    }

    fn goes_on(&self) -> bool {
        true
    }
}

impl Seen {
    fn names(&self) -> Vec<&str> {
        self.taken.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// Whether one thing was rejected, of that name and with these words in its reason.
    #[track_caller]
    fn rejects(&self, name: &str, words: &[&str]) {
        let [only] = self.refused.as_slice() else {
            panic!("one is rejected: {:?}", self.refused);
        };
        assert_eq!((only.file.as_str(), only.verdict), (name, Verdict::Rejected), "{only}");
        for word in words {
            assert!(only.reason.contains(word), "\"{word}\" is told: {only}");
        }
    }
}

/// What a stream with the name `-` gives.
fn streamed(bytes: impl Into<Vec<u8>>, bounds: &Bounds) -> (Seen, io::Result<Ended>) {
    let mut seen = Seen::default();
    let ended = super::stream("-", Box::new(Cursor::new(bytes.into())), bounds, &mut seen);
    (seen, ended)
}

/// What a file gives, whose path stands as `@`.
fn filed(bytes: &[u8], bounds: &Bounds) -> (Seen, io::Result<Ended>) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let mut seen = Seen::default();
    let ended = super::file(file.path(), bounds, &Arc::default(), &mut seen);
    let path = file.path().to_string_lossy().into_owned();
    for (name, _) in &mut seen.taken {
        *name = name.replace(&path, "@");
    }
    for rejection in &mut seen.refused {
        rejection.file = rejection.file.replace(&path, "@");
    }
    (seen, ended)
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The head of a tar's member of that name as written, without any check.
fn tar_head(name: &[u8], size: u64, kind: tar::EntryType) -> tar::Header {
    let mut head = tar::Header::new_ustar();
    head.as_old_mut().name[..name.len()].copy_from_slice(name);
    head.set_size(size);
    head.set_mode(0o644);
    head.set_entry_type(kind);
    head.set_cksum();
    head
}

fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let head = tar_head(name.as_bytes(), bytes.len() as u64, tar::EntryType::Regular);
        tar.append(&head, *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// Bytes that no compressor makes shorter.
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..bytes).map(|_| next()).collect()
}
