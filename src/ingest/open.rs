//! A file, or standard input, as a stream of decompressed bytes. Compression is told by content.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

/// How many bytes are looked at to tell a format.
pub(super) const HEAD_BYTES: usize = 64 * 1024;

/// Compression in compression, at most: `.gz` inside `.zst` happens, more is an attack.
const MAX_LAYERS: usize = 3;

const GZIP: &[u8] = &[0x1F, 0x8B];
const ZSTD: &[u8] = &[0x28, 0xB5, 0x2F, 0xFD];

/// A decompressed stream with its head read ahead.
pub(super) struct Stream {
    /// Its first bytes, up to [`HEAD_BYTES`]; they come again from `rest`.
    pub(super) head: Vec<u8>,
    /// All of it.
    pub(super) rest: Box<dyn BufRead + Send>,
}

/// Opens a file; the bytes taken from it, compressed as they lie there, are added to `read`.
pub(super) fn file(path: &Path, read: &Arc<AtomicU64>) -> io::Result<Stream> {
    let counted = Counted {
        input: File::open(path)?,
        read: Arc::clone(read),
    };
    stream(Box::new(BufReader::with_capacity(HEAD_BYTES, counted)))
}

/// Counts what is read.
struct Counted<R> {
    input: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.input.read(buffer)?;
        self.read.fetch_add(bytes as u64, Ordering::Relaxed);
        Ok(bytes)
    }
}

/// Takes a reader as a stream: standard input, a body of HTTP.
pub(super) fn stream(mut input: Box<dyn BufRead + Send>) -> io::Result<Stream> {
    for _ in 0..=MAX_LAYERS {
        let (head, whole) = read_ahead(input)?;
        if head.starts_with(GZIP) {
            input = Box::new(BufReader::with_capacity(HEAD_BYTES, MultiGzDecoder::new(whole)));
        } else if head.starts_with(ZSTD) {
            let plain = zstd::stream::read::Decoder::with_buffer(whole)?;
            input = Box::new(BufReader::with_capacity(HEAD_BYTES, plain));
        } else {
            return Ok(Stream { head, rest: whole });
        }
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidData,
        format!("it is compressed more than {MAX_LAYERS} times over: decompress it first"),
    ))
}

/// Reads the head and gives the whole stream back.
fn read_ahead(mut input: Box<dyn BufRead + Send>) -> io::Result<(Vec<u8>, Box<dyn BufRead + Send>)> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let whole = io::Cursor::new(head.clone()).chain(input);
    Ok((head, Box::new(whole)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn compression_is_told_by_content_and_peeled_layer_by_layer() {
        let text = "KUPANG, 3 Maret - ".repeat(9_000);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        let both = zstd::encode_all(gzip.finish().unwrap().as_slice(), 1).unwrap();
        let mut stream = stream(Box::new(io::Cursor::new(both))).unwrap();
        let mut out = String::new();
        stream.rest.read_to_string(&mut out).unwrap();
        assert_eq!(out, text);
        assert_eq!(stream.head.len(), HEAD_BYTES);
    }

    #[test]
    fn a_stream_cut_short_is_an_error_and_not_an_end() {
        let whole = zstd::encode_all(vec![b'x'; 1 << 20].as_slice(), 1).unwrap();
        let cut = whole[..whole.len() / 2].to_vec();
        let read = stream(Box::new(io::Cursor::new(cut))).and_then(|mut s| s.rest.read_to_end(&mut Vec::new()));
        assert!(read.is_err());
    }
}
