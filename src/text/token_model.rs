//! The tokenisation written plainly, one character after the other: what the quick one must agree with on any text.

use proptest::prelude::*;

use super::{Case, Kind, Token, fold, hash_folded, tokenise};

/// Cuts a text into tokens.
fn model(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if first.is_whitespace() || is_ignorable(first) {
            continue;
        }
        let (kind, end) = if is_letter(first) || first.is_numeric() {
            word_end(text, start, first)
        } else {
            (Kind::Mark, start + first.len_utf8())
        };
        while rest.peek().is_some_and(|&(at, _)| at < end) {
            rest.next();
        }
        let word = &text[start..end];
        tokens.push(Token {
            start: start as u32,
            end: end as u32,
            kind,
            case: if kind == Kind::Word { case_of(word) } else { Case::None },
            folded: hash_folded(&fold(word)),
        });
    }
    tokens
}

/// Whether it prints nothing: byte order marks, joiners, control bytes of old wires.
fn is_ignorable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{202A}'..='\u{202E}')
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_apostrophe(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// The kind and end of a token that starts with the letter or digit `first` at `start`.
fn word_end(text: &str, start: usize, first: char) -> (Kind, usize) {
    let mut letters = is_letter(first);
    let mut end = start + first.len_utf8();
    let mut before = first;
    loop {
        let mut ahead = text[end..].chars();
        let Some(c) = ahead.next() else { break };
        let next = ahead.next();
        let after = end + c.len_utf8();
        if (is_letter(c) || c.is_numeric()) || is_joined_mark(c) {
            letters |= is_letter(c);
        } else if is_apostrophe(c) && is_letter(before) && next.is_some_and(is_letter) {
            if is_possessive(&text[after..]) {
                break;
            }
            if is_elided(&text[start..end], next.is_some_and(char::is_lowercase)) {
                return (Kind::Word, after);
            }
        } else if c == '.' && before.is_uppercase() && is_initial(text, start, end) {
            // "J. Smith", "U.S.": the stop belongs to the letter before it.
        } else if matches!(c, '.' | ',' | ':') && before.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit()) {
            // 1,780.25 and 16:00
        } else {
            break;
        }
        end = after;
        before = c;
    }
    (if letters { Kind::Word } else { Kind::Number }, end)
}

/// Combining marks and the soft hyphen stand inside words.
fn is_joined_mark(c: char) -> bool {
    c == '\u{00AD}' || unicode_normalization::char::is_combining_mark(c)
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

/// Whether the letter that ends at `end` stands alone in the token, or after another letter's full stop.
fn is_initial(text: &str, start: usize, end: usize) -> bool {
    let word = &text[start..end];
    let mut back = word.chars().rev();
    back.next();
    matches!(back.next(), None | Some('.'))
}

/// How a word is written.
fn case_of(word: &str) -> Case {
    let (mut upper, mut lower, mut first_upper, mut first) = (0_u32, 0_u32, false, true);
    for c in word.chars() {
        if c.is_uppercase() {
            upper += 1;
            first_upper |= first;
        } else if c.is_lowercase() {
            lower += 1;
        }
        first = false;
    }
    match (upper, lower) {
        (0, 0) => Case::None,
        (0, _) => Case::Lower,
        (1, _) if first_upper => Case::Capitalised,
        (_, 0) => Case::AllCapitals,
        _ => Case::Mixed,
    }
}

/// Pieces that texts are put together from: what the rules look at, in all widths of UTF-8.
const PIECES: [&str; 44] = [
    " ",
    "  ",
    "\n",
    "a",
    "B",
    "s",
    "S",
    "the",
    "Minister",
    "NATO",
    "eBay",
    "9",
    "2026",
    ".",
    ",",
    ":",
    "'",
    "’",
    "ʼ",
    "`",
    "-",
    "“",
    "é",
    "Š",
    "ß",
    "İ",
    "L'",
    "d’",
    "dell'",
    "'s",
    "U.S.",
    "J.",
    "\u{301}",
    "\u{AD}",
    "\u{FEFF}",
    "\u{200B}",
    "Москва",
    "ий",
    "कि",
    "ไทย",
    "東京",
    "한국",
    "𝐀",
    "①",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_quick_tokeniser_is_the_plain_one(text in prop_oneof![pieces(), any::<String>(), "[ -~]{0,60}"]) {
        prop_assert_eq!(tokenise(&text), model(&text));
    }
}
