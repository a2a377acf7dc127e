//! Folding: the form in which two spellings of one word are the same.

use super::letter::Letter;

/// The folded form: lower case, without diacritics, typographic apostrophes and ligatures made plain. It is that of the
/// characters one after the other.
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
    if text.bytes().all(|byte| byte.is_ascii() && byte != b'`') {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
        return;
    }
    for c in text.chars() {
        Letter::of(c).push_folded(c, out);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;
    use crate::text::letter::falls_away;

    #[test]
    fn apostrophes_and_accents_are_made_plain_whatever_stands_beside_them() {
        assert_eq!(fold("Sana`a"), "sana'a");
        assert_eq!(fold("São Sana`a"), "sao sana'a");
        assert_eq!(fold("co\u{AD}operate ﬁne"), "cooperate fine");
    }

    #[test]
    fn spellings_that_readers_take_for_one_meet() {
        let pairs = [
            ("Straße", "STRASSE"),
            ("Ødegård", "odegard"),
            ("Ærø", "AERO"),
            ("Łódź", "lodz"),
            ("DIŞİŞLERİ", "dışişleri"),
            ("Ёлка", "елка"),
            ("ΟΔΌΣ", "οδος"),
            ("οδός", "ΟΔΟΣ"),
            ("Việt Nam", "viet nam"),
            ("أحمد", "احمد"),
            ("إيران", "ايران"),
            ("آسيا", "اسيا"),
            ("القاهرة", "القاهره"),
            ("مـــصر", "مصر"),
            ("مُحَمَّد", "محمد"),
            ("على", "علي"),
            ("ایران", "ايران"),
            ("کتاب", "كتاب"),
            ("שָׁלוֹם", "שלום"),
            ("क़लम", "कलम"),
        ];
        for (one, other) in pairs {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn words_that_readers_tell_apart_stay_apart() {
        let pairs = [
            ("की", "का"),
            ("दिन", "दान"),
            ("がく", "かく"),
            ("パリ", "ハリ"),
            ("เขา", "เขี"),
            ("ਕਿ", "ਕੀ"),
            ("မြ", "မွ"),
        ];
        for (one, other) in pairs {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    proptest! {
        /// Characters folded one by one are those of each decomposed. (Decomposing a whole text would also put marks in their
        /// canonical order, those too that stay: of two length marks of Telugu, say.)
        #[test]
        fn the_folded_form_has_no_context(text in "\\PC*") {
            let text = text.replace(['´', '`'], "'"); // which Unicode takes for a space with an accent
            let whole: String = text
                .chars()
                .flat_map(|c| std::iter::once(c).nfkd().collect::<Vec<_>>())
                .filter(|&c| !falls_away(c))
                .flat_map(|c| fold(c.encode_utf8(&mut [0; 4])).chars().collect::<Vec<_>>())
                .collect();
            prop_assert_eq!(fold(&text), whole);
        }
    }
}
