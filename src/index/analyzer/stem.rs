//! Stems by Snowball's algorithms (snowballstem.org), one of them for Indonesian, which serves Malay as well.

use std::cell::RefCell;

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::stream::push_next;
use super::{core_of, term_into};

/// The languages with a stemmer and its algorithm. Languages that share a row's stems are in [`primary`].
const LANGUAGES: [(&str, Algorithm); 22] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("uk", Algorithm::Ukrainian),
];

/// Words of one thread whose stems are remembered; beyond, the memory is emptied. A language's running text has fewer.
const MOST_REMEMBERED: usize = 1 << 16;

/// The prefixes of stem terms: a query whose language is not known asks for its words under each of them.
#[must_use]
pub fn stem_languages() -> &'static [&'static str] {
    const NAMES: [&str; LANGUAGES.len()] = {
        let mut names = [""; LANGUAGES.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = LANGUAGES[at].0;
            at += 1;
        }
        names
    };
    &NAMES
}

/// The term `language:stem` of a word, or `None` for a language without a stemmer and a word without letters. Malay words
/// get Indonesian stems, so that a story whose language was taken for the other is found all the same.
#[must_use]
pub fn stem_term(language: &str, word: &str) -> Option<String> {
    let row = row(language)?;
    let term = stem(row, core_of(word));
    (!term.ends_with(':')).then_some(term)
}

/// The row of a language tag: by its first part, regions and scripts aside.
fn row(language: &str) -> Option<usize> {
    let first = language.split(['-', '_']).next().unwrap_or_default();
    let primary = match first {
        "ms" | "in" => "id",
        "nb" | "nn" => "no",
        other => other,
    };
    LANGUAGES
        .iter()
        .position(|(name, _)| name.eq_ignore_ascii_case(primary))
}

/// The term of a word. The algorithms want small letters with their diacritics; the stem is folded afterwards.
fn stem(row: usize, word: &str) -> String {
    let (prefix, algorithm) = LANGUAGES[row];
    let mut lower = String::with_capacity(word.len());
    if word.is_ascii() {
        term_into(word, &mut lower);
    } else {
        let letters = word.nfc().filter(|c| !matches!(c, '\'' | '’' | 'ʼ' | '.' | '\u{AD}'));
        lower.extend(letters.flat_map(char::to_lowercase));
    }
    let mut term = String::with_capacity(prefix.len() + 1 + lower.len());
    term.push_str(prefix);
    term.push(':');
    term_into(&Stemmer::new(algorithm).stem(&lower), &mut term);
    term
}

thread_local! {
    /// By the word's hash, seeded with its language's row.
    static REMEMBERED: RefCell<FxHashMap<u64, Box<str>>> = RefCell::default();
}

/// Stems words of one language, each different one once a thread: an algorithm costs some hundred nanoseconds, a look-up ten.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stems {
    row: usize,
}

/// Languages whose algorithms cut endings alone, so that a word and its stem begin with the same letter.
const ENDINGS_ONLY: [&str; 12] = ["da", "de", "en", "es", "fi", "fr", "it", "no", "pt", "ro", "ru", "sv"];

impl Stems {
    /// Of a language with a stemmer.
    pub(crate) fn of_language(language: &str) -> Option<Self> {
        row(language).map(|row| Self { row })
    }

    /// Appends the term of a word, already cut by [`core_of`], to a field's terms.
    pub(super) fn push(self, word: &str, out: &mut String) {
        self.with_stem(word, |term| push_next(out, term));
    }

    /// The term `language:stem` of a word as typed, or `None` for one without letters.
    pub(crate) fn term(self, word: &str) -> Option<String> {
        let term = self.with_stem(core_of(word), str::to_owned);
        (!term.ends_with(':')).then_some(term)
    }

    /// Shows the term of a word's letters, already cut by [`core_of`].
    pub(crate) fn with_stem<T>(self, letters: &str, show: impl FnOnce(&str) -> T) -> T {
        let key = xxh3_64_with_seed(letters.as_bytes(), self.row as u64);
        REMEMBERED.with_borrow_mut(|remembered| {
            if let Some(term) = remembered.get(&key) {
                return show(term);
            }
            if remembered.len() >= MOST_REMEMBERED {
                remembered.clear();
            }
            let term = stem(self.row, letters);
            let shown = show(&term);
            remembered.insert(key, term.into_boxed_str());
            shown
        })
    }

    /// Whether a word with that term as written can have that stem: a quick look that spares stemming most words.
    pub(crate) fn may_be(self, written: &str, stem: &str) -> bool {
        let language = LANGUAGES[self.row].0;
        let Some(stem) = stem.strip_prefix(language).and_then(|stem| stem.strip_prefix(':')) else {
            return false;
        };
        if language == "id" {
            // What is cut in front may change the letter behind it: "menulis" has the stem "tulis".
            let mut tail = stem.chars();
            tail.next();
            return written.contains(tail.as_str());
        }
        !self.keeps_first_letter() || written.chars().next() == stem.chars().next()
    }

    /// Whether every word begins with the same letter as its stem.
    pub(crate) fn keeps_first_letter(self) -> bool {
        ENDINGS_ONLY.contains(&LANGUAGES[self.row].0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem_of(language: &str, word: &str) -> String {
        stem_term(language, word).unwrap_or_default()
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        assert_eq!(stem_of("en", "Rising"), "en:rise");
        assert_eq!(stem_of("en-GB", "rises"), stem_of("en", "rising"));
        assert_eq!(stem_of("id", "pembangunan"), stem_of("id", "membangun"));
        assert_eq!(stem_of("de", "Häuser"), stem_of("de", "Haus"));
        assert_eq!(stem_of("fr", "l’économie"), stem_of("fr", "économies"));
    }

    #[test]
    fn malay_shares_the_stems_of_indonesian() {
        assert_eq!(stem_of("ms", "makanan"), "id:makan");
        assert_eq!(stem_of("nb", "husene"), stem_of("no", "husene"));
    }

    /// Every stemmer, by the tag that extraction gives: forms of one word meet.
    #[test]
    fn families_of_words_share_a_stem_in_every_language() {
        let families = [
            ("ar", ["كتاب", "الكتاب", "بالكتاب", "للكتاب"]),
            ("da", ["fisker", "fiskere", "fiskeren", "fiskerne"]),
            ("de", ["Minister", "Ministers", "Ministern", "MINISTER"]),
            ("el", ["δρόμος", "δρόμου", "δρόμοι", "δρόμους"]),
            ("en", ["vote", "votes", "voted", "voting"]),
            ("es", ["ministro", "ministros", "ministra", "ministras"]),
            ("fi", ["talo", "talon", "talot", "taloa"]),
            ("fr", ["pêcheur", "pêcheurs", "PÊCHEUR", "l’pêcheur"]),
            ("hi", ["लड़का", "लड़के", "लड़की", "लड़कों"]),
            ("hu", ["ház", "háznak", "házban", "házról"]),
            ("id", ["bangun", "membangun", "bangunan", "pembangunan"]),
            ("it", ["ministro", "ministri", "ministra", "dell’ministro"]),
            ("ms", ["makan", "makanan", "dimakan", "makanlah"]),
            ("nb", ["havn", "havnen", "havner", "havnene"]),
            ("nl", ["minister", "ministers", "Minister", "MINISTERS"]),
            ("pl", ["rybak", "rybaka", "rybakiem", "rybaków"]),
            ("pt-BR", ["ministro", "ministros", "ministra", "ministras"]),
            ("ro", ["oraș", "orașe", "orașul", "orașului"]),
            ("ru", ["министр", "министра", "министром", "министры"]),
            ("sv", ["hamn", "hamnen", "hamnar", "hamnarna"]),
            ("ta", ["வீடு", "வீடுகள்", "வீட்டில்", "வீட்டை"]),
            ("tr", ["ev", "evler", "evde", "evin"]),
            ("uk", ["міністр", "міністра", "міністром", "міністри"]),
        ];
        let strays: Vec<String> = families
            .iter()
            .flat_map(|(language, words)| words.iter().map(move |word| (language, words[0], word)))
            .filter(|(language, first, word)| stem_of(language, word) != stem_of(language, first))
            .map(|(language, first, word)| {
                format!("{language}: {} {}", stem_of(language, first), stem_of(language, word))
            })
            .collect();
        assert_eq!(strays, [] as [&str; 0]);
    }

    #[test]
    fn a_language_without_a_stemmer_has_none() {
        assert_eq!(stem_term("und", "word"), None);
        assert_eq!(stem_term("zh", "北京"), None);
        assert_eq!(stem_term("", ""), None);
        assert_eq!(stem_term("en", ""), None);
    }

    #[test]
    fn every_listed_language_has_its_row() {
        for language in stem_languages() {
            let term = stem_term(language, "taroma").unwrap();
            assert!(term.starts_with(&format!("{language}:")), "{term}");
        }
    }

    #[test]
    fn the_memory_gives_what_the_algorithm_gives() {
        let words = ["Rising", "rising", "U.S", "economies"];
        let mut out = String::new();
        let cache = Stems::of_language("en").unwrap();
        for word in words.iter().chain(&words) {
            cache.push(word, &mut out);
        }
        let expected: Vec<_> = words.iter().chain(&words).map(|word| stem_of("en", word)).collect();
        let found: Vec<_> = out.split('\u{1}').skip(1).collect();
        assert_eq!(found, expected);
    }
}
