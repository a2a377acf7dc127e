//! Folding: the form in which two spellings of one word are the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The folded form: lower case, without diacritics, typographic apostrophes and ligatures made plain.
///
/// ```
/// assert_eq!(dateline::text::fold("Škoda Ødegård’s Straße"), "skoda odegard's strasse");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends the folded form of `text` to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    for c in text.nfkd() {
        if !is_combining_mark(c) {
            push_folded(c, out);
        }
    }
}

/// Appends one decomposed letter in its folded form. Letters that Unicode does not decompose are folded by hand.
fn push_folded(c: char, out: &mut String) {
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'þ' | 'Þ' => out.push_str("th"),
        'ı' | 'İ' => out.push('i'),
        '’' | '‘' | 'ʼ' | '`' | '´' | 'ʻ' => out.push('\''),
        '\u{00AD}' => {} // soft hyphen: a place to break a line, not a letter
        _ => out.extend(c.to_lowercase()),
    }
}
