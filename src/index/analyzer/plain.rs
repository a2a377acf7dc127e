//! The short way to most words of most texts: letters of ASCII between two blanks, with nothing but a mark behind them. How they
//! are cut needs no look at what they mean; whatever else stands between two blanks goes the long way.

/// What stands between two blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chunk {
    /// One word, from the first place up to the second.
    Word(usize, usize),
    /// Anything else.
    Other(usize, usize),
}

/// White space of ASCII and what prints nothing: no token goes across it.
pub(super) fn is_blank(byte: u8) -> bool {
    byte <= b' ' || byte == 0x7F
}

/// Goes through a text from blank to blank.
pub(super) fn for_each_chunk(text: &str, mut each: impl FnMut(Chunk)) {
    let bytes = text.as_bytes();
    let length = |from: usize, holds: fn(u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().position(|byte| !holds(*byte)).unwrap_or(rest.len())
    };
    let mut start = length(0, is_blank);
    while start < bytes.len() {
        let letters = end_of_letters(bytes, start);
        // Most words have one blank behind them, and the next word behind that.
        if letters > start
            && let [b' ', next, ..] = &bytes[letters..]
            && !is_blank(*next)
        {
            each(Chunk::Word(start, letters));
            start = letters + 1;
            continue;
        }
        let end = letters + length(letters, |byte| !is_blank(byte));
        each(if is_word(&bytes[start..letters], &bytes[letters..end]) {
            Chunk::Word(start, letters)
        } else {
            Chunk::Other(start, end)
        });
        start = end + length(end, is_blank);
    }
}

/// Where the letters of ASCII end that begin at a place, looked for in eight bytes at once.
fn end_of_letters(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let others = !letters_of(u64::from_le_bytes(*eight)) & HIGH;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let others = rest.iter().position(|byte| !byte.is_ascii_alphabetic());
    at + others.unwrap_or(rest.len())
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);

/// Eight bytes of which the highest bit tells whether a byte is a letter of ASCII; the others tell nothing. Capitals are made small
/// and sums stay within their byte: above `0x7F` is what reaches `a`, less what reaches beyond `z`.
fn letters_of(eight: u64) -> u64 {
    let small = (eight | u64::from_le_bytes([b' '; 8])) & !HIGH;
    let from_a = small + u64::from_le_bytes([0x80 - b'a'; 8]);
    let beyond_z = small + u64::from_le_bytes([0x80 - b'z' - 1; 8]);
    from_a & !beyond_z & !eight
}

/// Whether letters with that behind them are one word and perhaps a mark. A stop behind a capital may belong to the word: "J."
fn is_word(letters: &[u8], behind: &[u8]) -> bool {
    let Some(last) = letters.last() else { return false };
    match behind {
        [] | [b',' | b';' | b':' | b'!' | b'?'] => true,
        [b'.'] => last.is_ascii_lowercase(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_between_blanks_go_the_short_way() {
        let mut chunks = Vec::new();
        for_each_chunk(
            "\tThe  J. (old) U.S. envoy, he\u{a0}said. don't 5 NATO; café",
            |chunk| chunks.push(chunk),
        );
        let expected = [
            Chunk::Word(1, 4),
            Chunk::Other(6, 8),
            Chunk::Other(9, 14),
            Chunk::Other(15, 19),
            Chunk::Word(20, 25),
            Chunk::Other(27, 36),
            Chunk::Other(37, 42),
            Chunk::Other(43, 44),
            Chunk::Word(45, 49),
            Chunk::Other(51, 56),
        ];
        assert_eq!(chunks, expected);
        for_each_chunk(" \n", |chunk| panic!("{chunk:?}"));
    }

    #[test]
    fn eight_bytes_tell_each_letter() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                for others in [b'a', b'Z', b' ', 0, 0xFF, b'z' + 1] {
                    let mut eight = [others; 8];
                    eight[place] = byte;
                    let letters = (letters_of(u64::from_le_bytes(eight)) & HIGH).to_le_bytes();
                    assert_eq!(letters[place] != 0, byte.is_ascii_alphabetic(), "{eight:?}");
                }
            }
        }
    }

    #[test]
    fn letters_end_where_the_first_other_byte_is() {
        let text = "a internationalisation x2 Entwicklungszusammenarbeit—yes tail";
        for start in 0..text.len() {
            let rest = &text.as_bytes()[start..];
            let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            assert_eq!(end_of_letters(text.as_bytes(), start), start + letters);
        }
    }
}
