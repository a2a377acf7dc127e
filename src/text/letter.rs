//! What a character is to a word and what it folds to, looked up once: the properties and the decomposition that Unicode
//! gives it cost more than all the rest of cutting a text into words.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The characters below this are in the table: all alphabets, the syllabaries, and the general punctuation.
const TABLED: u32 = 0x3100;

static TABLE: LazyLock<Box<[Letter]>> = LazyLock::new(|| {
    let letter = |code| char::from_u32(code).map_or(Letter(0), Letter::looked_up);
    (0..TABLED).map(letter).collect()
});

/// A character's properties, and in the lower bits the character that it folds to.
#[derive(Clone, Copy)]
pub(super) struct Letter(u32);

impl Letter {
    const FOLDED: u32 = 0x1F_FFFF;
    const NOTHING: u32 = 0x1F_FFFF;
    const SEVERAL: u32 = 0x1F_FFFE;

    const ALPHABETIC: u32 = 1 << 21;
    const NUMERIC: u32 = 1 << 22;
    const UPPER: u32 = 1 << 23;
    const LOWER: u32 = 1 << 24;
    const BLANK: u32 = 1 << 25;
    const JOINED: u32 = 1 << 26;

    #[inline]
    pub(super) fn of(c: char) -> Self {
        match c {
            // Unified ideographs fold to themselves.
            '\u{4E00}'..='\u{9FFF}' => Self(Self::ALPHABETIC | c as u32),
            _ => TABLE.get(c as usize).copied().unwrap_or_else(|| Self::looked_up(c)),
        }
    }

    fn looked_up(c: char) -> Self {
        let mut bits = match folded(c).as_slice() {
            [] => Self::NOTHING,
            [one] => u32::from(*one),
            _ => Self::SEVERAL,
        };
        let properties = [
            (Self::ALPHABETIC, c.is_alphabetic() && c != MODIFIER_APOSTROPHE),
            (Self::NUMERIC, c.is_numeric()),
            (Self::UPPER, c.is_uppercase()),
            (Self::LOWER, c.is_lowercase()),
            (Self::BLANK, c.is_whitespace() || is_ignorable(c)),
            (Self::JOINED, c == SOFT_HYPHEN || is_combining_mark(c)),
        ];
        for (bit, _) in properties.iter().filter(|(_, has)| *has) {
            bits |= bit;
        }
        Self(bits)
    }

    const fn has(self, bits: u32) -> bool {
        self.0 & bits != 0
    }

    pub(super) const fn is_alphabetic(self) -> bool {
        self.has(Self::ALPHABETIC)
    }

    pub(super) const fn is_upper(self) -> bool {
        self.has(Self::UPPER)
    }

    pub(super) const fn is_lower(self) -> bool {
        self.has(Self::LOWER)
    }

    /// White space, or what prints nothing.
    pub(super) const fn is_blank(self) -> bool {
        self.has(Self::BLANK)
    }

    /// Letters and digits, which open words.
    pub(super) const fn opens_word(self) -> bool {
        self.has(Self::ALPHABETIC | Self::NUMERIC)
    }

    /// The same, combining marks, and the soft hyphen.
    pub(super) const fn stands_in_word(self) -> bool {
        self.has(Self::ALPHABETIC | Self::NUMERIC | Self::JOINED)
    }

    /// Appends the folded form of `c`, whose letter this is.
    #[inline]
    pub(super) fn push_folded(self, c: char, out: &mut String) {
        match self.0 & Self::FOLDED {
            Self::NOTHING => {}
            Self::SEVERAL => out.extend(folded(c)),
            one => out.extend(char::from_u32(one)),
        }
    }
}

const SOFT_HYPHEN: char = '\u{AD}';
const TATWEEL: char = '\u{640}';
/// To Unicode a letter, to words an apostrophe like the others.
const MODIFIER_APOSTROPHE: char = 'ʼ';

/// Whether it prints nothing: byte order marks, joiners, control bytes of old wires.
fn is_ignorable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{202A}'..='\u{202E}')
}

/// Whether a mark falls away: accents, points and vowel marks that a writer may leave out, and the nukta. In the scripts of India
/// and south-east Asia, and with the voiced kana, a mark is a letter's other half: the words would not be told apart without.
pub(super) fn falls_away(c: char) -> bool {
    let spells = matches!(c,
        '\u{0900}'..='\u{0DFF}'   // Devanagari to Sinhala
        | '\u{0E00}'..='\u{0FFF}' // Thai, Lao, Tibetan
        | '\u{1000}'..='\u{109F}' // Burmese
        | '\u{1780}'..='\u{17D3}' // Khmer
        | '\u{3099}' | '\u{309A}' // kana
    );
    let is_nukta = matches!(c, '\u{093C}' | '\u{09BC}' | '\u{0A3C}' | '\u{0ABC}' | '\u{0B3C}');
    is_combining_mark(c) && (!spells || is_nukta)
}

/// The folded form of one character: decomposed, without the marks that fall away, in small letters.
fn folded(c: char) -> Vec<char> {
    if is_apostrophe(c) {
        return vec!['\''];
    }
    let mut out = Vec::new();
    for part in std::iter::once(c).nfkd().filter(|&part| !falls_away(part)) {
        push_small(part, &mut out);
    }
    out
}

/// What typewriters and typesetters set for an apostrophe.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '’' | '‘' | MODIFIER_APOSTROPHE | '`' | '´' | 'ʻ')
}

/// Letters that Unicode does not decompose are folded by hand.
fn push_small(c: char, out: &mut Vec<char>) {
    match c {
        'ß' | 'ẞ' => out.extend(['s', 's']),
        'æ' | 'Æ' => out.extend(['a', 'e']),
        'œ' | 'Œ' => out.extend(['o', 'e']),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'þ' | 'Þ' => out.extend(['t', 'h']),
        'ı' | 'İ' => out.push('i'),
        'ς' => out.push('σ'),
        // Arabic and Persian spell the ends of words by either.
        'ة' => out.push('ه'),
        'ى' | 'ی' => out.push('ي'),
        'ک' => out.push('ك'),
        TATWEEL => {} // a stroke that widens a word
        _ if is_apostrophe(c) => out.push('\''),
        SOFT_HYPHEN => {} // a place to break a line, not a letter
        _ => out.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_as_unicode_says() {
        for c in '\0'..=char::MAX {
            let (quick, slow) = (Letter::of(c), Letter::looked_up(c));
            assert_eq!(quick.0, slow.0, "{c:?}");
        }
    }
}
