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
fn is_blank(byte: u8) -> bool {
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
        let letters = start + length(start, |byte| byte.is_ascii_alphabetic());
        let end = letters + length(letters, |byte| !is_blank(byte));
        each(if is_word(&bytes[start..letters], &bytes[letters..end]) {
            Chunk::Word(start, letters)
        } else {
            Chunk::Other(start, end)
        });
        start = end + length(end, is_blank);
    }
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
}
