//! Bytes → text: UTF-8, UTF-16 with or without its mark, the encoding that the text declares, Windows-1252 (which covers Latin-1), and
//! other legacy encodings by their letters.

mod detected;
mod places;

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use self::detected::{detected, is_wide};
pub(super) use self::places::Places;
use super::Refused;

/// UTF-16 without a mark is told from its first bytes.
const SNIFFED_BYTES: usize = 8 * 1024;

/// A declaration of the encoding stands this early. The HTML standard says 1024 bytes, but some systems put scripts before it.
const DECLARED_BYTES: usize = 4096;

/// The byte by which ISO-2022-JP changes its letters.
const ESCAPE: u8 = 0x1B;

/// A text that is UTF-8 but for one broken letter in five is still UTF-8; with more it is another encoding.
const VALID_PER_BROKEN: usize = 4;

/// The text of an item, and what was odd in its bytes.
#[derive(Debug)]
pub(super) struct Decoded<'b> {
    /// The text, without a byte order mark.
    pub(super) text: Cow<'b, str>,
    /// How many bytes of a mark were taken off a text that is UTF-8.
    mark: usize,
    /// What it was decoded from, where it is not the bytes as they are.
    encoding: Option<&'static Encoding>,
    /// How it was read, where it was not clean UTF-8 or UTF-16.
    pub(super) warning: Option<String>,
}

impl Decoded<'_> {
    /// Where the places of the text stand in the item that it was decoded from.
    pub(super) fn places<'i>(&self, item: &'i [u8]) -> Places<'i> {
        Places::new(item, self.mark, self.encoding)
    }
}

/// Reads bytes as text.
///
/// # Errors
/// Where they are in no encoding that is known here: the byte and the remedy.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Refused> {
    if let Some(encoding) = utf16(bytes) {
        return Ok(decoded_utf16(bytes, encoding));
    }
    let whole = bytes.len();
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mark = whole - bytes.len();
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = Cow::Borrowed(text);
            return Ok(Decoded {
                text,
                mark,
                encoding: None,
                warning: None,
            });
        }
        Err(error) => error,
    };
    let at = error.valid_up_to();
    if let Some(broken) = broken_letters(bytes) {
        let warning = Some(format!(
            "{broken} broken UTF-8 sequences, the first at byte {at}, became U+FFFD: convert the file anew from its source"
        ));
        let text = Cow::Owned(String::from_utf8_lossy(bytes).into_owned());
        return Ok(decoded_from(UTF_8, text, mark, warning));
    }
    let guess = detected(bytes);
    if is_western(bytes) && guess.is_none_or(|guess| guess == WINDOWS_1252) {
        let (text, _, _) = WINDOWS_1252.decode(bytes);
        let text = Cow::Owned(text.into_owned());
        let warning = Some("not UTF-8: read as Windows-1252".to_owned());
        return Ok(decoded_from(WINDOWS_1252, text, mark, warning));
    }
    if let Some(encoding) = guess.filter(|guess| *guess != WINDOWS_1252) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        let lost = if broken { ", broken letters became U+FFFD" } else { "" };
        let name = encoding.name();
        let warning = Some(format!(
            "not UTF-8 and no encoding declared: read as {name}, told from its letters{lost}"
        ));
        return Ok(decoded_from(encoding, text, mark, warning));
    }
    let byte = bytes.get(at).copied().unwrap_or_default();
    Err(Refused::rejected(
        format!(
            "byte {byte:#04x} at {at} is neither UTF-8 nor in another encoding that can be told: convert the file first, \
             for example with `iconv -f GB18030 -t UTF-8`"
        ),
        at,
    ))
}

/// Reads a text that may declare its encoding in its first line, as XML and HTML do: UTF-8 that holds is believed whatever is
/// declared, since a gateway that converts a file seldom mends its first line; then the declaration; then what the bytes tell.
///
/// # Errors
/// As [`decode`].
pub(super) fn decode_declared(bytes: &[u8]) -> Result<Decoded<'_>, Refused> {
    let is_plain = utf16(bytes).is_some() || std::str::from_utf8(bytes).is_ok();
    // This one is all ASCII.
    let is_escaped = |encoding| encoding == ISO_2022_JP && bytes.contains(&ESCAPE);
    let declared = declared(bytes).filter(|encoding| is_escaped(*encoding) || (!is_plain && *encoding != UTF_8));
    let Some(encoding) = declared else {
        return decode(bytes);
    };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    // Latin-1 is what systems declare that declare nothing in earnest; and what breaks is not what it says.
    let doubtful = (encoding == WINDOWS_1252 && !is_western(bytes)) || (broken && is_wide(encoding));
    if doubtful && let Ok(decoded) = decode(bytes) {
        return Ok(decoded);
    }
    let warning = broken.then(|| format!("letters that {} does not have became U+FFFD", encoding.name()));
    Ok(decoded_from(encoding, text, 0, warning))
}

/// The encoding that the head of a text declares: `encoding="…"` of XML, `charset=…` of HTML.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARED_BYTES)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    ["encoding=", "charset="].iter().find_map(|key| {
        let value = head.split_once(key)?.1.trim_start_matches(['"', '\'', ' ']);
        let end = value
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))
            .unwrap_or(value.len());
        Encoding::for_label(&value.as_bytes()[..end])
    })
}

/// Reads bytes of a format that declares Latin-1: UTF-8 where valid (someone converted it), else Windows-1252.
pub(super) fn decode_latin1(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: Cow::Borrowed(text),
            mark: 0,
            encoding: None,
            warning: None,
        };
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    decoded_from(WINDOWS_1252, text, 0, None)
}

/// The kind of UTF-16 that bytes are in, or `None`. Without a mark: the zero bytes of Western letters, spaces and line ends all
/// stand on one side of the pairs.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] if !rest.starts_with(&[0, 0]) => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(SNIFFED_BYTES)];
    let pairs = head.as_chunks::<2>().0;
    let zeros_first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let zeros_second = pairs.iter().filter(|pair| pair[1] == 0).count();
    // Russian or Thai copy has zeros only in its spaces and line ends: a tenth of the letters at the least.
    let enough = |zeros: usize| zeros >= 2 && zeros * 12 >= pairs.len();
    let encoding = match (zeros_first, zeros_second) {
        (0, second) if enough(second) => UTF_16LE,
        (first, 0) if enough(first) => UTF_16BE,
        _ => return None,
    };
    let (text, broken) = encoding.decode_without_bom_handling(&head[..pairs.len() * 2]);
    let controls = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    (!broken && controls * 100 <= pairs.len()).then_some(encoding)
}

fn decoded_utf16<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Decoded<'b> {
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    let warning = broken.then(|| "broken UTF-16 letters became U+FFFD".to_owned());
    decoded_from(encoding, text, 0, warning)
}

fn decoded_from<'b>(
    encoding: &'static Encoding,
    text: Cow<'b, str>,
    mark: usize,
    warning: Option<String>,
) -> Decoded<'b> {
    Decoded {
        text,
        mark,
        encoding: Some(encoding),
        warning,
    }
}

/// How many sequences are broken in bytes that are UTF-8 for the most part; `None` where they are not.
fn broken_letters(bytes: &[u8]) -> Option<usize> {
    let (mut valid, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (valid >= broken * VALID_PER_BROKEN).then_some(broken)
}

/// Whether bytes that are not UTF-8 make sense as Windows-1252: the high ones are Western letters inside words, or
/// typographic marks, and there are few of them.
fn is_western(bytes: &[u8]) -> bool {
    let is_letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphabetic);
    let (mut high, mut sensible, mut letters) = (0_usize, 0_usize, 0_usize);
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            0 | 0x81 | 0x8D | 0x8F | 0x90 | 0x9D => return false,
            b'A'..=b'Z' | b'a'..=b'z' => letters += 1,
            0xD7 | 0xF7 => high += 1,
            // A letter stands beside a plain one: "né", "Ö" of "Öl". Cyrillic or Chinese bytes stand beside each other.
            0xC0..=0xFF | 0x8A | 0x8C | 0x8E | 0x9A | 0x9C | 0x9E | 0x9F => {
                high += 1;
                let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                sensible += usize::from(is_letter(before) || is_letter(bytes.get(at + 1)));
            }
            // Quotes, dashes, the euro, the dots; no-break space, « », ¡ ¿, £ § © ® ° · ½ and their kind.
            0x80..=0xBF => {
                high += 1;
                sensible += 1;
            }
            _ => {}
        }
    }
    sensible * 10 >= high * 8 && high * 3 <= letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text.into_owned()
    }

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(text(b"\xEF\xBB\xBFcaf\xC3\xA9"), "café");
        assert_eq!(text(b"\xFF\xFEh\0i\0"), "hi");
        assert_eq!(text(b"\xFE\xFF\0h\0i"), "hi");
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_zeros() {
        let western: Vec<u8> = "The port reopened\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(text(&western), "The port reopened\n");
        let russian: Vec<u8> = "Порт снова открыт, но не весь\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(text(&russian), "Порт снова открыт, но не весь\n");
        assert!(utf16(b"\x01\x00\x00\x02\x00\x00\x03\x00").is_none());
    }

    #[test]
    fn western_copy_is_read_with_a_warning() {
        let decoded = decode(b"Le maire a d\xE9clar\xE9 \x93non\x94 \x96 hier").unwrap();
        assert_eq!(decoded.text, "Le maire a déclaré “non” – hier");
        assert!(decoded.warning.unwrap().contains("Windows-1252"));
    }

    #[test]
    fn one_broken_letter_does_not_make_utf8_latin() {
        let mut bytes = "élève, café, garçon, Škoda".as_bytes().to_vec();
        bytes.extend(b" \xC3 end");
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.text, "élève, café, garçon, Škoda \u{FFFD} end");
        assert!(decoded.warning.unwrap().contains("U+FFFD"));
    }

    #[test]
    fn other_encodings_are_refused_with_byte_and_remedy() {
        // "Москва" in KOI8-R, twice.
        let refused = decode(b"in \xED\xCF\xD3\xCB\xD7\xC1 \xED\xCF\xD3\xCB\xD7\xC1").unwrap_err();
        assert_eq!(refused.offset, 3);
        assert!(refused.reason.contains("iconv"), "{}", refused.reason);
    }
}
