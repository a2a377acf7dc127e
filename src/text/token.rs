//! Tokens with their place and look. A token is a word, a number or one mark; white space is none.
//!
//! An apostrophe between letters stays inside ("Ma'ruf", "O'Neill"), an English possessive is cut off ("Biden" + "'s"), and so
//! is what French, Italian and Catalan elide before a vowel, with its apostrophe ("l'" + "ONU", "dell'" + "Italia");
//! full stops stay in initials and abbreviations of single letters ("U.S.", "J."), a hyphen is a mark of its own.

use super::hash::{hash_folded, hash_of_ascii};
use super::letter::Letter;
use crate::story::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, perhaps with digits.
    Word,
    /// Digits, perhaps with separators.
    Number,
    /// One mark.
    Mark,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `minister`
    Lower,
    /// `Minister`, and one capital alone: `J`
    Capitalised,
    /// `NATO`
    AllCapitals,
    /// `McCain`, `eBay`
    Mixed,
    /// A script without case, a number, a mark.
    None,
}

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// How it is written.
    pub case: Case,
    /// The hash of its folded form: equal words have equal ones, whatever their case and diacritics. Not to be stored.
    pub folded: u64,
}

impl Token {
    /// Its text.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// Its place.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span {
            start: self.start as usize,
            end: self.end as usize,
        }
    }

    /// Whether it begins with a capital: [`Case::Capitalised`], [`Case::AllCapitals`], or mixed with a capital first.
    #[must_use]
    #[inline]
    pub fn is_capital(&self, text: &str) -> bool {
        match self.case {
            Case::Capitalised | Case::AllCapitals => true,
            Case::Mixed => self.of(text).starts_with(char::is_uppercase),
            Case::Lower | Case::None => false,
        }
    }

    /// Whether it is this mark.
    #[must_use]
    #[inline]
    pub fn is_mark(&self, text: &str, mark: char) -> bool {
        self.kind == Kind::Mark && self.of(text).starts_with(mark)
    }
}

/// Cuts a text into tokens.
#[must_use]
pub fn tokenise(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(bytes.len() / 5 + 4);
    let mut folded = String::new();
    let mut start = 0;
    while let Some(&byte) = bytes.get(start) {
        let class = CLASSES[usize::from(byte)];
        if class == BLANK {
            start += 1;
            continue;
        }
        let token = if class == MARK {
            mark(bytes, start)
        } else if class != BEYOND {
            ascii_word(text, start, class).unwrap_or_else(|| word(text, start, &mut folded))
        } else {
            let Some(first) = text[start..].chars().next() else {
                break;
            };
            let letter = Letter::of(first);
            if letter.is_blank() {
                start += first.len_utf8();
                continue;
            }
            if letter.opens_word() {
                word(text, start, &mut folded)
            } else {
                mark_beyond(first, letter, start, &mut folded)
            }
        };
        start = token.end as usize;
        tokens.push(token);
    }
    tokens
}

/// White space and what prints nothing.
const BLANK: u8 = 0;
const MARK: u8 = 1;
const DIGIT: u8 = 1 << 1;
const LOWER: u8 = 1 << 2;
const UPPER: u8 = 1 << 3;
/// A byte of a character beyond ASCII.
const BEYOND: u8 = 1 << 4;

/// What each byte is.
static CLASSES: [u8; 256] = {
    let mut classes = [BEYOND; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'!'..=b'~' => MARK,
            _ => BLANK,
        };
        byte += 1;
    }
    classes
};

/// A mark of ASCII.
fn mark(bytes: &[u8], start: usize) -> Token {
    let folded = match bytes[start] {
        b'`' => hash_folded("'"),
        _ => hash_of_ascii(bytes, start, start + 1),
    };
    Token {
        start: start as u32,
        end: start as u32 + 1,
        kind: Kind::Mark,
        case: Case::None,
        folded,
    }
}

fn mark_beyond(mark: char, letter: Letter, start: usize, folded: &mut String) -> Token {
    folded.clear();
    letter.push_folded(mark, folded);
    Token {
        start: start as u32,
        end: (start + mark.len_utf8()) as u32,
        kind: Kind::Mark,
        case: Case::None,
        folded: hash_folded(folded),
    }
}

/// How a word is written, by the classes of its first letter and of the others together.
const fn case_of(first: u8, others: u8) -> Case {
    let (upper, lower) = ((first | others) & UPPER != 0, (first | others) & LOWER != 0);
    match (upper, lower) {
        (false, false) => Case::None,
        (false, true) => Case::Lower,
        _ if first & UPPER != 0 && others & UPPER == 0 => Case::Capitalised,
        (true, false) => Case::AllCapitals,
        (true, true) => Case::Mixed,
    }
}

/// A word or number that starts with the ASCII letter or digit at `start`; `None` where it has, or may have, an apostrophe or
/// a letter beyond ASCII in it: [`word`] reads those.
#[inline]
fn ascii_word(text: &str, start: usize, first: u8) -> Option<Token> {
    let bytes = text.as_bytes();
    let mut others = 0;
    let mut end = start + 1;
    while let Some(&byte) = bytes.get(end) {
        let class = CLASSES[usize::from(byte)];
        if class & (DIGIT | LOWER | UPPER) != 0 {
            others |= class;
        } else if class == BLANK || !goes_on(text, start, end, byte)? {
            break;
        }
        end += 1;
    }
    let is_word = (first | others) & (LOWER | UPPER) != 0;
    Some(Token {
        start: start as u32,
        end: end as u32,
        kind: if is_word { Kind::Word } else { Kind::Number },
        case: if is_word { case_of(first, others) } else { Case::None },
        folded: hash_of_ascii(bytes, start, end),
    })
}

/// Whether the mark at `at` stands inside an ASCII word that started at `start`; `None` where that takes a closer look.
fn goes_on(text: &str, start: usize, at: usize, mark: u8) -> Option<bool> {
    let bytes = text.as_bytes();
    let before = bytes[at - 1];
    let next = bytes.get(at + 1).copied().unwrap_or_default();
    match mark {
        // "J. Smith", "U.S.": the stop belongs to the letter before it.
        b'.' if before.is_ascii_uppercase() => Some(at - 1 == start || bytes[at - 2] == b'.'),
        // 1,780.25 and 16:00
        b'.' | b',' | b':' => Some(before.is_ascii_digit() && next.is_ascii_digit()),
        b'\'' if before.is_ascii_alphabetic() && (next.is_ascii_alphabetic() || !next.is_ascii()) => {
            let follows = bytes.get(at + 2).map_or(BLANK, |&byte| CLASSES[usize::from(byte)]);
            let possessive = matches!(next, b's' | b'S') && matches!(follows, BLANK | MARK);
            if possessive { Some(false) } else { None }
        }
        _ if mark.is_ascii() => Some(false),
        _ => {
            let c = text.get(at..)?.chars().next()?;
            let ends = !Letter::of(c).stands_in_word() && !is_apostrophe(c);
            if ends { Some(false) } else { None }
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// The word or number that starts with the letter or digit at `start`. `folded` is room to fold in.
fn word(text: &str, start: usize, folded: &mut String) -> Token {
    folded.clear();
    let (mut end, mut before, mut before_is_letter) = (start, '\0', false);
    let (mut is_word, mut first, mut others) = (false, 0, 0);
    let mut ahead = text[start..].chars();
    while let Some(c) = ahead.next() {
        let letter = Letter::of(c);
        let next = || ahead.clone().next();
        let mut ends = false;
        if letter.stands_in_word() {
            is_word |= letter.is_alphabetic();
        } else if is_apostrophe(c) && before_is_letter && next().is_some_and(|next| Letter::of(next).is_alphabetic()) {
            if is_possessive(ahead.as_str()) {
                break;
            }
            ends = is_elided(&text[start..end], next().is_some_and(char::is_lowercase));
        } else if c == '.' && before.is_uppercase() && is_initial(&text[start..end]) {
            // "J. Smith", "U.S.": the stop belongs to the letter before it.
        } else if !(matches!(c, '.' | ',' | ':')
            && before.is_ascii_digit()
            && next().is_some_and(|next| next.is_ascii_digit()))
        {
            break;
        }
        let class = if letter.is_upper() { UPPER } else { 0 } | if letter.is_lower() { LOWER } else { 0 };
        if end == start {
            first = class;
        } else {
            others |= class;
        }
        letter.push_folded(c, folded);
        end += c.len_utf8();
        if ends {
            is_word = true;
            break;
        }
        (before, before_is_letter) = (c, letter.is_alphabetic());
    }
    Token {
        start: start as u32,
        end: end as u32,
        kind: if is_word { Kind::Word } else { Kind::Number },
        case: if is_word { case_of(first, others) } else { Case::None },
        folded: hash_folded(folded),
    }
}

/// Whether what follows an apostrophe is an English possessive or a contraction's `s` and nothing more.
fn is_possessive(after: &str) -> bool {
    let mut ahead = after.chars();
    matches!(ahead.next(), Some('s' | 'S')) && !ahead.next().is_some_and(char::is_alphanumeric)
}

/// French, Italian and Catalan articles, pronouns, prepositions and conjunctions as they stand before an apostrophe.
const ELIDED: [&str; 26] = [
    "agl", "all", "c", "coll", "d", "dagl", "dall", "degl", "dell", "gl", "j", "jusqu", "l", "lorsqu", "m", "n",
    "negl", "nell", "puisqu", "qu", "quell", "quelqu", "quest", "s", "sull", "t",
];

/// Whether the letters before an apostrophe are an elided word. A capital one before another capital may as well open a name
/// ("D'Souza", "N'Golo"): of these only "L'" and the longer ones are taken for elided.
fn is_elided(before: &str, small_follows: bool) -> bool {
    let small = before.starts_with(char::is_lowercase);
    let sure = small || small_follows || before.len() > 1 || before == "L";
    sure && ELIDED.iter().any(|word| word.eq_ignore_ascii_case(before))
}

/// Whether the last letter of a word begun stands alone in it, or after another letter's full stop.
fn is_initial(word: &str) -> bool {
    let mut back = word.chars().rev();
    back.next();
    matches!(back.next(), None | Some('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokenise(text).iter().map(|t| t.of(text)).collect()
    }

    #[test]
    fn words_keep_apostrophes_and_lose_possessives() {
        assert_eq!(
            words("Ma'ruf said Biden's aide"),
            ["Ma'ruf", "said", "Biden", "'", "s", "aide"]
        );
    }

    #[test]
    fn elided_words_stand_apart_and_names_stay_whole() {
        assert_eq!(
            words("l’ONU d’accord qu'Emma"),
            ["l’", "ONU", "d’", "accord", "qu'", "Emma"]
        );
        assert_eq!(
            words("L'Iran dell'Italia D'autres"),
            ["L'", "Iran", "dell'", "Italia", "D'", "autres"]
        );
        assert_eq!(
            words("D'Souza O'Neill N'Golo aujourd'hui"),
            ["D'Souza", "O'Neill", "N'Golo", "aujourd'hui"]
        );
    }

    #[test]
    fn full_stops_stay_with_initials_only() {
        assert_eq!(
            words("U.S. envoy J. Smith left."),
            ["U.S.", "envoy", "J.", "Smith", "left", "."]
        );
        assert_eq!(
            words("He met Kim Jong-un."),
            ["He", "met", "Kim", "Jong", "-", "un", "."]
        );
    }

    #[test]
    fn numbers_keep_their_separators() {
        assert_eq!(
            words("1,780.25 at 16:00, and 5."),
            ["1,780.25", "at", "16:00", ",", "and", "5", "."]
        );
    }

    #[test]
    fn folded_hashes_ignore_case_and_diacritics() {
        let hash = |text: &str| tokenise(text)[0].folded;
        assert_eq!(hash("Škoda"), hash("SKODA"));
        assert_ne!(hash("Škoda"), hash("Skodas"));
    }
}
