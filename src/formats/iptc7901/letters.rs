//! The letters of old wires: UTF-8, Latin-1 and Windows-1252, the code pages of DOS, and the national letters of 7-bit German.
//! Nothing in a transmission tells which; how the bytes stand between letters does.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use crate::formats::encoding;

/// Code page 850 from 0x80 on. The letters of German, French, Spanish and the North are the same in code page 437.
#[rustfmt::skip]
const CP850: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å',
    'É', 'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', 'ø', '£', 'Ø', '×', 'ƒ',
    'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '®', '¬', '½', '¼', '¡', '«', '»',
    '░', '▒', '▓', '│', '┤', 'Á', 'Â', 'À', '©', '╣', '║', '╗', '╝', '¢', '¥', '┐',
    '└', '┴', '┬', '├', '─', '┼', 'ã', 'Ã', '╚', '╔', '╩', '╦', '╠', '═', '╬', '¤',
    'ð', 'Ð', 'Ê', 'Ë', 'È', 'ı', 'Í', 'Î', 'Ï', '┘', '┌', '█', '▄', '¦', 'Ì', '▀',
    'Ó', 'ß', 'Ô', 'Ò', 'õ', 'Õ', 'µ', 'þ', 'Þ', 'Ú', 'Û', 'Ù', 'ý', 'Ý', '¯', '´',
    '\u{AD}', '±', '‗', '¾', '¶', '§', '÷', '¸', '°', '¨', '·', '¹', '³', '²', '■', '\u{A0}',
];

/// German in ISO 646, DIN 66003: the letters that stand for brackets and braces.
const GERMAN: [(char, char); 7] = [
    ('[', 'Ä'),
    ('\\', 'Ö'),
    (']', 'Ü'),
    ('{', 'ä'),
    ('|', 'ö'),
    ('}', 'ü'),
    ('~', 'ß'),
];

/// So many braces inside words are no slips.
const MIN_GERMAN: usize = 3;

/// A transmission's bytes as text, and how they were read where it is not plain.
pub(in crate::formats) fn read_letters(bytes: &[u8]) -> (Cow<'_, str>, Option<String>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Some(german) = german_646(text) {
            let warning = "braces stand for letters: read as German ISO 646 (DIN 66003)".to_owned();
            return (Cow::Owned(german), Some(warning));
        }
        return (Cow::Borrowed(text), None);
    }
    if is_dos(bytes) {
        let text = bytes.iter().map(|&byte| match byte {
            0..=0x7F => char::from(byte),
            _ => CP850[usize::from(byte & 0x7F)],
        });
        return (
            Cow::Owned(text.collect()),
            Some("not UTF-8: read as code page 850".to_owned()),
        );
    }
    let mostly = bytes
        .utf8_chunks()
        .map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count())
        .sum::<usize>();
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    if mostly > broken * 4 {
        let warning = format!("{broken} broken UTF-8 sequences became U+FFFD: fetch the transmission anew");
        return (String::from_utf8_lossy(bytes), Some(warning));
    }
    if is_foreign(bytes)
        && let Ok(decoded) = encoding::decode(bytes)
    {
        return (decoded.text, decoded.warning);
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    (text, Some("not UTF-8: read as Windows-1252".to_owned()))
}

/// Whether most letters are bytes above ASCII: the copy is in Cyrillic, Greek or another script.
fn is_foreign(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    high > bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count()
}

/// Whether bytes above ASCII stand inside words where the code pages of DOS have small letters and Windows-1252 has marks.
fn is_dos(bytes: &[u8]) -> bool {
    let (mut dos, mut windows) = (0_usize, 0_usize);
    for around in bytes.windows(3) {
        let (before, byte, after) = (around[0], around[1], around[2]);
        let inside = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
        let opens = !before.is_ascii_alphanumeric() && after.is_ascii_lowercase();
        match byte {
            // 0xA0 is á of DOS and the hard space of Windows: it tells nothing.
            0x81 | 0x82 | 0x84 | 0x87 | 0x88 | 0x8A | 0x8B | 0x94 | 0x96 | 0xA1..=0xA4 if inside => dos += 1,
            0x8E | 0x99 | 0x9A if opens => dos += 1,
            0xC0..=0xE0 | 0xE2..=0xFF if inside || opens => windows += 1,
            0x91..=0x93 | 0x80 | 0x85 => windows += 1,
            _ => {}
        }
    }
    dos > windows
}

/// German text whose braces are letters; `None` where it is none.
fn german_646(text: &str) -> Option<String> {
    if !text.is_ascii() || !text.contains(['{', '}', '|', '~']) {
        return None;
    }
    let bytes = text.as_bytes();
    let is_letter = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(|&byte| byte.is_ascii_alphabetic() || matches!(byte, b'{' | b'|' | b'}' | b'~'))
    };
    let in_word = |at: usize| {
        let (before, after) = (is_letter(at.checked_sub(1)), is_letter(Some(at + 1)));
        match bytes[at] {
            b'[' | b'\\' | b']' => after && !before && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase),
            b'{' | b'|' | b'}' => before || after,
            b'~' => before,
            _ => false,
        }
    };
    let places = || (0..bytes.len()).filter(|&at| in_word(at));
    let inner = places()
        .filter(|&at| is_letter(at.checked_sub(1)) && is_letter(Some(at + 1)))
        .count();
    if inner < MIN_GERMAN || !is_german(text) {
        return None;
    }
    let mut out: Vec<char> = text.chars().collect();
    for at in places() {
        let letter = GERMAN.iter().find(|(mark, _)| *mark == out[at]);
        out[at] = letter.map_or(out[at], |(_, letter)| *letter);
    }
    Some(out.into_iter().collect())
}

/// Whether a text has more small words of German than of English.
pub(super) fn is_german(text: &str) -> bool {
    let (mut german, mut english) = (0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        match word {
            "der" | "die" | "das" | "und" | "den" | "dem" | "ist" | "nicht" | "von" | "mit" | "nach" | "auf" => {
                german += 1;
            }
            "the" | "of" | "and" | "to" | "said" | "was" | "for" | "on" | "with" | "that" => english += 1,
            _ => {}
        }
    }
    german > english
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_are_told_by_how_they_stand() {
        assert_eq!(read_letters("Löhne".as_bytes()).0, "Löhne");
        assert_eq!(read_letters(b"der M\xFCller sagte").0, "der Müller sagte");
        let (text, warning) = read_letters(b"der M\x81ller sagte in L\x94hne, \x8Erzte \x9Aben");
        assert_eq!(text, "der Müller sagte in Löhne, Ärzte Üben");
        assert_eq!(warning.as_deref(), Some("not UTF-8: read as code page 850"));
        let (cyrillic, _, _) =
            encoding_rs::WINDOWS_1251.encode("Порт Лунде снова открылся в понедельник, сказала Анна Моэ.");
        let (text, warning) = read_letters(&cyrillic);
        assert!(text.starts_with("Порт Лунде") && warning.is_some(), "{text}");
        assert_eq!(read_letters(b"it\x92s \x93here\x94 he said").0, "it’s “here” he said");
    }

    #[test]
    fn braces_of_german_wires_are_letters() {
        let (text, warning) = read_letters(b"Die ]bung der M{rkte f}r die gro~e und sch|ne Stadt [rger");
        assert_eq!(text, "Die Übung der Märkte für die große und schöne Stadt Ärger");
        assert!(warning.is_some());
        assert_eq!(read_letters(b"| Lunde | 3 |\nund die Tabelle {x}").1, None);
        assert_eq!(read_letters(b"the f{oo}b{ar}ba{z}q of the code").1, None);
    }
}
