//! From a place in a decoded text to its byte in the item.

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};

/// So many bytes are decoded at a time at most.
const STEP_BYTES: usize = 1024;

/// No encoding writes a byte as more of UTF-8 than this, what it kept of the bytes before included.
const MOST_WRITTEN: usize = 16;

/// Where the places of a decoded text stand in the item. Cheap where they are asked for in their order.
pub(in crate::formats) struct Places<'b> {
    bytes: &'b [u8],
    mark: usize,
    encoding: Option<&'static Encoding>,
    decoder: Option<Decoder>,
    read: usize,
    written: usize,
}

impl<'b> Places<'b> {
    /// Of the text that these bytes, a mark of so many bytes left out, were decoded to; no encoding where they are the text.
    pub(super) fn new(bytes: &'b [u8], mark: usize, encoding: Option<&'static Encoding>) -> Self {
        let mut places = Self {
            bytes: bytes.get(mark..).unwrap_or_default(),
            mark,
            encoding,
            decoder: None,
            read: 0,
            written: 0,
        };
        places.rewind();
        places
    }

    /// Whether a place in the text is the same in the item.
    pub(in crate::formats) fn are_same(&self) -> bool {
        self.encoding.is_none() && self.mark == 0
    }

    /// The byte of the item at which the text at that offset stands.
    pub(in crate::formats) fn at(&mut self, offset: usize) -> usize {
        if offset < self.written {
            self.rewind();
        }
        let Some(decoder) = &mut self.decoder else {
            return self.mark + offset.min(self.bytes.len());
        };
        let mut written = [0; STEP_BYTES * MOST_WRITTEN];
        while self.written < offset && self.read < self.bytes.len() {
            let step = ((offset - self.written) / MOST_WRITTEN).clamp(1, STEP_BYTES);
            let end = (self.read + step).min(self.bytes.len());
            let (result, read, new, _) = decoder.decode_to_utf8(&self.bytes[self.read..end], &mut written, false);
            self.read += read;
            self.written += new;
            if matches!(result, CoderResult::OutputFull) && read == 0 {
                break;
            }
        }
        self.mark + self.read
    }

    fn rewind(&mut self) {
        self.decoder = self.encoding.map(|encoding| {
            if encoding == UTF_16LE || encoding == UTF_16BE {
                encoding.new_decoder_with_bom_removal()
            } else {
                encoding.new_decoder_without_bom_handling()
            }
        });
        (self.read, self.written) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{decode, decode_declared};

    fn place(bytes: &[u8], word: &str) -> usize {
        let decoded = decode_declared(bytes).unwrap();
        decoded.places(bytes).at(decoded.text.find(word).unwrap())
    }

    #[test]
    fn a_place_is_told_in_the_bytes_of_the_item() {
        assert_eq!(place("\u{FEFF}né port".as_bytes(), "port"), 7);
        assert_eq!(place(b"d\xE9clar\xE9 le port", "port"), 11);
        assert_eq!(place(b"<?xml encoding='windows-1251'?>\xEF\xEE port", "port"), 34);
        let wide: Vec<u8> = "\u{FEFF}né 😀 port".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(place(&wide, "port"), 2 * 7);
        let broken = "é".repeat(40).into_bytes();
        let broken = [&broken[..], b"\xFF port"].concat();
        assert_eq!(place(&broken, "port"), 82);
    }

    #[test]
    fn places_are_found_in_any_order_and_end_with_the_item() {
        let bytes = [b"le caf\xE9 ".repeat(2000), b"port".to_vec()].concat();
        let decoded = decode(&bytes).unwrap();
        let mut places = decoded.places(&bytes);
        assert_eq!(places.at(9 * 1900), 8 * 1900);
        assert_eq!(places.at(9), 8);
        assert_eq!(places.at(decoded.text.len()), bytes.len());
        assert_eq!(places.at(usize::MAX), bytes.len());
    }
}
