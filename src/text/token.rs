//! Tokens with their place and look. A token is a word, a number or one mark; white space is none.
//!
//! An apostrophe between letters stays inside ("Ma'ruf", "O'Neill"), an English possessive is cut off ("Biden" + "'s"), and so
//! is what French, Italian and Catalan elide before a vowel, with its apostrophe ("l'" + "ONU", "dell'" + "Italia");
//! full stops stay in initials and abbreviations of single letters ("U.S.", "J."), a hyphen is a mark of its own.

use xxhash_rust::xxh3::xxh3_64;

use super::fold_into;
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
    /// XXH3 of its folded form; equal words have equal hashes, whatever their case and diacritics.
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
    pub fn is_capital(&self, text: &str) -> bool {
        match self.case {
            Case::Capitalised | Case::AllCapitals => true,
            Case::Mixed => self.of(text).starts_with(char::is_uppercase),
            Case::Lower | Case::None => false,
        }
    }

    /// Whether it is this mark.
    #[must_use]
    pub fn is_mark(&self, text: &str, mark: char) -> bool {
        self.kind == Kind::Mark && self.of(text).starts_with(mark)
    }
}

/// Cuts a text into tokens.
#[must_use]
pub fn tokenise(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut folded = String::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if first.is_whitespace() || is_ignorable(first) {
            continue;
        }
        let (kind, end) = if first.is_alphanumeric() {
            word_end(text, start, first)
        } else {
            (Kind::Mark, start + first.len_utf8())
        };
        while rest.peek().is_some_and(|&(at, _)| at < end) {
            rest.next();
        }
        let word = &text[start..end];
        folded.clear();
        fold_into(word, &mut folded);
        tokens.push(Token {
            start: start as u32,
            end: end as u32,
            kind,
            case: if kind == Kind::Word { case_of(word) } else { Case::None },
            folded: xxh3_64(folded.as_bytes()),
        });
    }
    tokens
}

/// Whether it prints nothing: byte order marks, joiners, control bytes of old wires.
fn is_ignorable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{202A}'..='\u{202E}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// The kind and end of a token that starts with the letter or digit `first` at `start`.
fn word_end(text: &str, start: usize, first: char) -> (Kind, usize) {
    let mut letters = first.is_alphabetic();
    let mut end = start + first.len_utf8();
    let mut before = first;
    loop {
        let mut ahead = text[end..].chars();
        let Some(c) = ahead.next() else { break };
        let next = ahead.next();
        let after = end + c.len_utf8();
        if c.is_alphanumeric() || is_joined_mark(c) {
            letters |= c.is_alphabetic();
        } else if is_apostrophe(c) && before.is_alphabetic() && next.is_some_and(char::is_alphabetic) {
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
    if is_apostrophe(before) {
        end -= before.len_utf8();
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
