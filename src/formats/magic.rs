//! What a file that is no text is, from its first bytes.

/// Signatures at the start of a file, and what to call it. Source: the formats' own specifications.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x7FELF", "an ELF program"),
    (b"\xCF\xFA\xED\xFE", "a Mach-O program"),
    (b"\xCA\xFE\xBA\xBE", "a Java class or Mach-O program"),
    (b"\0asm", "a WebAssembly module"),
    (b"PK\x03\x04", "a zip archive or Office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"\x1F\x8B", "gzip data"),
    (b"\x28\xB5\x2F\xFD", "zstd data"),
    (b"BZh", "bzip2 data"),
    (b"\xFD7zXZ\0", "xz data"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"Obj\x01", "an Avro file"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1A\x45\xDF\xA3", "a Matroska or WebM video"),
];

/// A file with this many control bytes in a hundred is no text.
const MAX_CONTROLS_PERCENT: usize = 5;

/// What the file is, if it is no text. `BZh`, `ID3`, `PAR1` and their kind could begin a word: they count only with bytes
/// that no text has.
pub(super) fn binary(head: &[u8]) -> Option<&'static str> {
    let odd = has_binary_bytes(head);
    let document = |bytes: &[u8]| bytes.starts_with(b"%") || bytes.starts_with(b"{");
    let signature = SIGNATURES.iter().find(|(bytes, _)| head.starts_with(bytes));
    if let Some((bytes, what)) = signature
        && (odd || document(bytes) || bytes.iter().any(|byte| !byte.is_ascii() || *byte < b' '))
    {
        return Some(what);
    }
    if !odd {
        return None;
    }
    Some(match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "a WebP image",
        [b'R', b'I', b'F', b'F', ..] => "a WAV recording or AVI video",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "an MP4 video",
        [b'M', b'Z', ..] => "a Windows program",
        [b'B', b'M', ..] => "a BMP image",
        _ if head.get(257..262) == Some(b"ustar") => "a tar archive",
        _ => "binary data",
    })
}

/// Whether there are zero bytes, or control bytes beyond those that text and wire copy carry (tab, line ends, form feed,
/// escape, and the transmission controls up to US of IPTC 7901, in small number).
fn has_binary_bytes(head: &[u8]) -> bool {
    let controls = head
        .iter()
        .filter(|&&byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C))
        .count();
    head.contains(&0) || controls * 100 > head.len() * MAX_CONTROLS_PERCENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_files_are_named() {
        assert_eq!(binary(b"%PDF-1.7\nplain so far"), Some("a PDF document"));
        assert_eq!(binary(b"\xFF\xD8\xFF\xE0..JFIF"), Some("a JPEG image"));
        assert_eq!(binary(b"\x7FELF\x02\x01\x01\0\0"), Some("an ELF program"));
        assert_eq!(binary(b"\x01\x02\0\x07 whatever"), Some("binary data"));
        assert_eq!(binary(b"MZ\x90\0\x03\0\0\0"), Some("a Windows program"));
    }

    #[test]
    fn words_that_look_like_a_signature_are_text() {
        assert_eq!(binary(b"BMW said on Monday"), None);
        assert_eq!(binary(b"ID3 cars were recalled"), None);
        assert_eq!(binary(b"MZ: the minister zigzagged"), None);
    }
}
