//! A stream of bytes → the same without compression, its head read ahead. Compression is told by content.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;

use super::bounds::over;
use super::meter::{Packed, Source, Unpacked};

/// How many bytes are looked at to tell a format.
pub(super) const HEAD_BYTES: usize = 64 * 1024;

/// A decompressed stream with its head read ahead.
pub(super) struct Stream<'s> {
    /// Its first bytes, up to [`HEAD_BYTES`]; they come again from `rest`.
    pub(super) head: Vec<u8>,
    /// All of it.
    pub(super) rest: Box<dyn BufRead + 's>,
    /// Layers of compression and archives around it.
    pub(super) layers: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compression {
    Gzip,
    Bzip2,
    Zstd,
}

/// How a stream that begins so is compressed.
fn compression(head: &[u8]) -> Option<Compression> {
    match head {
        [0x1F, 0x8B, ..] => Some(Compression::Gzip),
        // A frame, or a frame to be skipped as parallel compressors write before it.
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Compression::Zstd),
        // "BZh" and a digit could begin a slug: the mark of the first block, or of the end, has to follow.
        [b'B', b'Z', b'h', b'1'..=b'9', mark @ ..]
            if mark.starts_with(b"1AY&SY") || mark.starts_with(b"\x17\x72\x45\x38\x50\x90") =>
        {
            Some(Compression::Bzip2)
        }
        _ => None,
    }
}

/// Takes compression off, layer by layer. `layers` lie around the stream already.
pub(super) fn stream<'s>(
    mut input: Box<dyn BufRead + 's>,
    mut layers: usize,
    source: &'s Source<'s>,
) -> io::Result<Stream<'s>> {
    loop {
        let (head, rest) = read_ahead(input)?;
        let Some(compression) = compression(&head) else {
            return Ok(Stream { head, rest, layers });
        };
        layers = one_more(layers, source)?;
        let taken = Rc::new(Cell::new(0));
        let packed = Packed {
            input: rest,
            taken: Rc::clone(&taken),
        };
        let decoder: Box<dyn Read + 's> = match compression {
            Compression::Gzip => Box::new(MultiGzDecoder::new(packed)),
            Compression::Bzip2 => Box::new(MultiBzDecoder::new(packed)),
            Compression::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(packed)?),
        };
        let unpacked = Unpacked::new(decoder, taken, source);
        input = Box::new(BufReader::with_capacity(HEAD_BYTES, unpacked));
    }
}

/// One layer more, unless there are too many.
pub(super) fn one_more(layers: usize, source: &Source) -> io::Result<usize> {
    if layers < source.bounds.nesting {
        return Ok(layers + 1);
    }
    Err(over(format!(
        "it lies in more than {} layers of archives and compression: unpack it first, or raise --max-nesting",
        source.bounds.nesting
    )))
}

/// Reads the head and gives the whole stream back. When reading fails within the head, what was read before counts, and the
/// error comes where it belongs.
fn read_ahead<'s>(mut input: Box<dyn BufRead + 's>) -> io::Result<(Vec<u8>, Box<dyn BufRead + 's>)> {
    let mut head = Vec::new();
    let error = input.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head).err();
    if head.is_empty()
        && let Some(error) = error
    {
        return Err(error);
    }
    let whole = io::Cursor::new(head.clone()).chain(Late { error, input });
    Ok((head, Box::new(whole)))
}

/// The rest of a stream, after the error that reading its head met.
struct Late<'s> {
    error: Option<io::Error>,
    input: Box<dyn BufRead + 's>,
}

impl Read for Late<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.error.take() {
            Some(error) => Err(error),
            None => self.input.read(buffer),
        }
    }
}

impl BufRead for Late<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.error.take() {
            Some(error) => Err(error),
            None => self.input.fill_buf(),
        }
    }

    fn consume(&mut self, bytes: usize) {
        self.input.consume(bytes);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Arc;

    use super::*;
    use crate::ingest::Bounds;

    /// Everything that comes out, or the error.
    fn opened(bytes: Vec<u8>, bounds: &Bounds) -> io::Result<(usize, Vec<u8>)> {
        let source = Source::new(bounds, 0, &Arc::default());
        let mut stream = stream(Box::new(io::Cursor::new(bytes)), 0, &source)?;
        let mut out = Vec::new();
        stream.rest.read_to_end(&mut out)?;
        Ok((stream.head.len(), out))
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap()
    }

    fn bzip2(bytes: &[u8]) -> Vec<u8> {
        let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bzip2.write_all(bytes).unwrap();
        bzip2.finish().unwrap()
    }

    #[test]
    fn compression_is_told_by_content_and_peeled_layer_by_layer() {
        let text = "KUPANG, 3 Maret - ".repeat(9_000);
        let packed = bzip2(&zstd::encode_all(gzip(text.as_bytes()).as_slice(), 1).unwrap());
        let (head, out) = opened(packed, &Bounds::default()).unwrap();
        assert_eq!((head, out), (HEAD_BYTES, text.into_bytes()));
    }

    #[test]
    fn several_streams_in_one_file_are_all_read() {
        for pack in [gzip as fn(&[u8]) -> Vec<u8>, bzip2] {
            let both = [pack(b"One. "), pack(b"Two.")].concat();
            assert_eq!(opened(both, &Bounds::default()).unwrap().1, b"One. Two.");
        }
    }

    #[test]
    fn a_slug_that_looks_like_bzip2_is_text() {
        assert_eq!(compression(b"BZh9 BOXING"), None);
        assert_eq!(compression(&bzip2(b"")), Some(Compression::Bzip2));
    }

    #[test]
    fn layers_over_the_bound_are_refused_with_the_figure_and_the_flag() {
        let three = gzip(&gzip(&gzip(b"Kapal tiba.")));
        let bounds = |nesting| Bounds {
            nesting,
            ..Bounds::default()
        };
        assert_eq!(opened(three.clone(), &bounds(3)).unwrap().1, b"Kapal tiba.");
        let error = opened(three, &bounds(2)).unwrap_err().to_string();
        assert!(
            error.contains("more than 2 layers") && error.contains("--max-nesting"),
            "{error}"
        );
    }

    #[test]
    fn expansion_counts_from_the_floor_on() {
        let bounds = Bounds {
            expansion: 50,
            expansion_floor: 1 << 20,
            ..Bounds::default()
        };
        assert!(opened(gzip(&vec![0; 1 << 20]), &bounds).is_ok());
        for bomb in [
            gzip(&vec![0; 8 << 20]),
            gzip(&gzip(&vec![0; 64 << 20])),
            bzip2(&vec![0; 8 << 20]),
        ] {
            let error = opened(bomb, &bounds).unwrap_err().to_string();
            assert!(
                error.contains("more than 50") && error.contains("--max-expansion"),
                "{error}"
            );
        }
    }

    #[test]
    fn what_comes_before_an_early_error_counts() {
        let bounds = Bounds::default();
        let source = Source::new(&bounds, 0, &Arc::default());
        let text: Vec<u8> = (0..3_000_u32)
            .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
            .collect();
        let mut packed = gzip(&text);
        packed.truncate(packed.len() / 2);
        let mut stream = stream(Box::new(io::Cursor::new(packed)), 0, &source).unwrap();
        assert!(!stream.head.is_empty() && text.starts_with(&stream.head));
        let mut out = Vec::new();
        assert!(stream.rest.read_to_end(&mut out).is_err());
        assert_eq!(out, stream.head);
    }

    #[test]
    fn a_stream_cut_short_is_an_error_and_not_an_end() {
        let text: Vec<u8> = (0..1_u32 << 18)
            .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
            .collect();
        for whole in [zstd::encode_all(text.as_slice(), 1).unwrap(), gzip(&text), bzip2(&text)] {
            assert!(opened(whole[..whole.len() / 2].to_vec(), &Bounds::default()).is_err());
        }
    }
}
