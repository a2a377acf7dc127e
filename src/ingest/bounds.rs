//! How much of a file is taken before it is refused: sizes, nesting, expansion. Copy is orders of magnitude below each;
//! what is above is broken, or meant to do harm.

use std::io;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const GIB: u64 = 1024 * MIB;

/// The bounds of one file, with all that lies packed in it. What is over one of them is rejected with the figure and the flag
/// that raises it, never cut in silence; what was read before counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of one file or member of an archive, decompressed. Decades of an agency's wire have some tens of gigabytes; a
    /// stream that never ends has to end somewhere.
    pub file: u64,
    /// Bytes of one item. Ten times the longest story ever seen on a wire, and small enough that a broken stream cannot fill
    /// memory: an item is the largest thing that is held as a whole.
    pub item: usize,
    /// Layers of compression and archives inside one another. A story's `.gz` in a zip in a `.tar.zst` has four; more is a trap.
    pub nesting: usize,
    /// How many bytes one packed byte may become, in each layer and over all of a file. Tagged copy is packed to a tenth, rarely
    /// to a hundredth; bombs start at a thousand.
    pub expansion: u64,
    /// Decompressed bytes from which on the expansion is looked at: a small file of repetitive copy may expand as it likes.
    pub expansion_floor: u64,
    /// Members of an archive, those of archives inside it and those left out included. Each costs some work even when it is empty.
    pub members: u64,
    /// Bytes of zip archives held in memory at one time: a zip is read from its end, so that one inside another archive, or one
    /// that comes by a pipe, cannot be streamed. A zip that is a file is read where it lies, whatever its size.
    pub buffer: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            file: 64 * GIB,
            item: 32 * MIB as usize,
            nesting: 4,
            expansion: 200,
            expansion_floor: 64 * MIB,
            members: 1_000_000,
            buffer: 256 * MIB,
        }
    }
}

/// The error of a bound that was passed; the reason names the figure and the flag.
pub(super) fn over(reason: String) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, reason)
}

/// Whether an error tells of a bound: reading the same again would end in the same.
pub(super) fn is_over(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::FileTooLarge
}

/// A size as a person writes it: in the largest unit that leaves no rest.
pub(super) fn size(bytes: u64) -> String {
    let units = [(GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")];
    let unit = units
        .iter()
        .find(|(unit, _)| bytes >= *unit && bytes.is_multiple_of(*unit));
    match unit {
        Some((unit, name)) => format!("{} {name}", bytes / unit),
        None => format!("{bytes} bytes"),
    }
}

/// A size as typed: bytes, or a number with K, M or G (of 1024).
///
/// # Errors
/// When it is no such number; the text says how to write one.
pub fn size_of(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.char_indices().next_back() {
        Some((at, 'k' | 'K')) => (&text[..at], KIB),
        Some((at, 'm' | 'M')) => (&text[..at], MIB),
        Some((at, 'g' | 'G')) => (&text[..at], GIB),
        _ => (text, 1),
    };
    let number = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    number
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| "write it in bytes, or with K, M or G: 32M, 4G".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_written() {
        for (text, bytes) in [("1", 1), ("32M", 32 << 20), ("4k", 4096), ("2G", 2 << 30)] {
            assert_eq!(size_of(text), Ok(bytes));
        }
        for wrong in ["", "M", "-1", "0", "3T", "1.5G", "99999999999999999G", "۳M"] {
            assert!(size_of(wrong).is_err(), "{wrong}");
        }
        assert_eq!(size(32 << 20), "32 MiB");
        assert_eq!(size(3 << 29), "1536 MiB");
        assert_eq!(size(1025), "1025 bytes");
    }
}
