//! From text to terms: the same code for the index, the query and the highlights.
//!
//! **As written.** A term is a word of [`tokenise`], folded. Marks are no words and take no position, so that a phrase does
//! not care about commas, and a word with a hyphen is two. Within a word, apostrophes and the full stops of abbreviations
//! fall away (`Ma'ruf` = `Maruf`, `U.S.` = `US`), as do the elided article before it (`l'ONU` = `ONU`), the English
//! possessive (`Biden's` = `Biden`) and the contracted verb (`we've` = `we`). Some acronyms fold to a common word of some
//! language: `US`, `WHO`, `IT`. Written in capitals, such a word gets a second term at the same place, the capitals
//! themselves; a query in capitals asks for that one, a query in small letters for both.
//!
//! **By stem.** `language:stem`, after the story's language; the stemmer sees the word with its diacritics, the term is folded.
//!
//! **Scripts without spaces** (Han, kana, Hangul, Thai, Lao, Khmer, Burmese, Tibetan) are cut into overlapping pairs of
//! letters, each pair one position: any run of two letters and more is found as a phrase of pairs. One letter is found only
//! where it stands alone. No stems. With the feature `segmenter` a dictionary cuts them into words instead, Hangul and Tibetan
//! aside (see `cuts.rs`).

mod beginning;
mod cuts;
mod pairs;
mod plain;
mod stem;
mod stream;

pub(super) use stream::register;

pub(crate) use beginning::each_word_beginning;
pub(crate) use cuts::{cuts, is_cut, pieces};
pub(crate) use stem::Stems;
pub use stem::{stem_languages, stem_term};

use crate::story::Span;
use crate::text::{Kind, Token, fold_into, tokenise};
use pairs::{is_unspaced, pairs};
use plain::{Chunk, for_each_chunk};
use stream::{push_next, push_same};

/// Longer terms are not indexed: no word is that long, and each would live in the dictionary for ever.
const MAX_TERM_BYTES: usize = 200;

/// Acronyms whose folded form is a common word in English, Indonesian, Malay, French or Portuguese. Sorted. Acronyms that
/// some papers write as a name ("Nato", "Aids", "Pas") are not in here: in capitals they would no longer find those.
const ACRONYMS: [&str; 12] = [
    "AI", "AS", "AU", "BIN", "CAR", "EU", "ICE", "IS", "IT", "UN", "US", "WHO",
];

/// French, Italian and Catalan articles, pronouns and prepositions that lose their vowel before an apostrophe, folded.
const ELIDED: [&str; 25] = [
    "agl", "all", "c", "coll", "d", "dagl", "dall", "degl", "dell", "gl", "j", "jusqu", "l", "lorsqu", "m", "n",
    "negl", "nell", "puisqu", "qu", "quell", "quest", "s", "sull", "t",
];

/// What English contracts behind an apostrophe. (`n't` stays: "don't" is not "don".)
const CONTRACTED: [&str; 5] = ["d", "ll", "m", "re", "ve"];

/// How words of scripts without spaces are cut, where that is not into pairs: an index is read by what cuts alike.
pub(super) const CUT: Option<&str> = if cfg!(feature = "segmenter") {
    Some("dictionary")
} else {
    None
};

/// A word of a text on its way into the index.
struct Word<'t> {
    /// Its term, empty when it has none.
    term: &'t str,
    /// The capitals, when it is one of [`ACRONYMS`] written so.
    acronym: Option<&'static str>,
    /// The letters to stem, as written.
    stemmed: Option<&'t str>,
    /// Its place.
    span: Span,
}

/// The words of a text as they stand in `headline`, `body` and `quote`: term, position, place. A position may have two
/// terms (see the module), and may have none (a word too long to be one).
#[must_use]
pub fn written_terms(text: &str) -> Vec<(String, usize, Span)> {
    let mut terms = Vec::new();
    let mut position = 0;
    words(text, |word| {
        if !word.term.is_empty() {
            terms.push((word.term.to_owned(), position, word.span));
        }
        if let Some(acronym) = word.acronym {
            terms.push((acronym.to_owned(), position, word.span));
        }
        position += 1;
    });
    terms
}

/// The terms to look up for words typed in a query: as [`written_terms`], but one term a position, the narrower one.
#[must_use]
pub fn query_terms(text: &str) -> Vec<(String, usize, Span)> {
    let mut terms = Vec::new();
    let mut position = 0;
    words(text, |word| {
        let term = word.acronym.unwrap_or(word.term);
        if !term.is_empty() {
            terms.push((term.to_owned(), position, word.span));
        }
        position += 1;
    });
    terms
}

/// A word of a text as the index has it.
#[derive(Debug)]
pub(crate) struct TextWord<'t> {
    /// Its term as written; empty when it has none, or is not wanted.
    pub term: &'t str,
    /// The capitals, a second term, when it is an acronym that folds to a common word.
    pub acronym: Option<&'static str>,
    /// The letters that [`Stems::with_stem`] takes.
    pub letters: Option<&'t str>,
    /// Its position among the words, where all were gone through.
    pub position: usize,
    /// Its place.
    pub span: Span,
}

impl<'t> TextWord<'t> {
    /// A word of a stretch that begins at a place; `None` where it has no term.
    fn of(word: &Word<'t>, position: usize, start: usize) -> Option<Self> {
        (!word.term.is_empty()).then_some(Self {
            term: word.term,
            acronym: word.acronym,
            letters: word.stemmed,
            position,
            span: Span {
                start: start + word.span.start,
                end: start + word.span.end,
            },
        })
    }
}

/// Calls back for the words of a text whose first byte, a capital of ASCII made small, is wanted: of others not even a term is
/// made. A term begins with that byte, or the byte is not of ASCII.
pub(crate) fn each_word(text: &str, wanted: impl Fn(u8) -> bool, mut each: impl FnMut(&TextWord<'_>)) {
    let mut position = 0;
    words_where(text, wanted, |word| {
        if let Some(word) = TextWord::of(word, position, 0) {
            each(&word);
        }
        position += 1;
    });
}

/// A text analysed for the index, in the form that the field's token stream takes apart again.
#[derive(Debug, Default)]
pub(super) struct Analysed {
    written: String,
    stems: String,
    /// For each word: its first byte in the text, and where it begins in `written` and in `stems`.
    places: Vec<(u32, u32, u32)>,
}

impl Analysed {
    /// Analyses a text of that language, both ways from one tokenisation.
    pub(super) fn new(text: &str, language: &str) -> Self {
        let stemmer = Stems::of_language(language);
        let mut out = Self {
            written: String::with_capacity(text.len() + text.len() / 8),
            ..Self::default()
        };
        words(text, |word| {
            let place = (word.span.start as u32, out.written.len() as u32, out.stems.len() as u32);
            out.places.push(place);
            push_next(&mut out.written, word.term);
            if let Some(acronym) = word.acronym {
                push_same(&mut out.written, acronym);
            }
            if let (Some(stemmer), Some(letters)) = (stemmer, word.stemmed) {
                stemmer.push(letters, &mut out.stems);
            }
        });
        out
    }

    /// The terms as written.
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// The stems.
    pub(super) fn stems(&self) -> &str {
        &self.stems
    }

    /// How many words.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The terms as written and the stems of the words that begin in a part of the text.
    pub(super) fn part(&self, part: Span) -> (&str, &str) {
        let at = |byte: usize| {
            let word = self.places.partition_point(|place| (place.0 as usize) < byte);
            let end = (0, self.written.len() as u32, self.stems.len() as u32);
            *self.places.get(word).unwrap_or(&end)
        };
        let (first, last) = (at(part.start), at(part.end.max(part.start)));
        (
            &self.written[first.1 as usize..last.1 as usize],
            &self.stems[first.2 as usize..last.2 as usize],
        )
    }
}

/// Calls back for each word of a text, in order; each takes one position.
fn words(text: &str, each: impl FnMut(&Word<'_>)) {
    words_where(text, |_| true, each);
}

/// The same, where words without a wanted first byte come without a term.
fn words_where(text: &str, wanted: impl Fn(u8) -> bool, mut each: impl FnMut(&Word<'_>)) {
    let mut buffer = String::new();
    for_each_chunk(text, |chunk| match chunk {
        Chunk::Word(start, end) => {
            let letters = &text[start..end];
            buffer.clear();
            if letters.len() <= MAX_TERM_BYTES && wanted(letters.as_bytes()[0].to_ascii_lowercase()) {
                buffer.push_str(letters);
                buffer.make_ascii_lowercase();
            }
            each(&Word {
                term: &buffer,
                acronym: acronym_of(letters, &buffer),
                stemmed: (!buffer.is_empty()).then_some(letters),
                span: Span { start, end },
            });
        }
        Chunk::Other(start, end) => words_by_token(&text[start..end], start, &wanted, &mut buffer, &mut each),
    });
}

/// The same for a text that begins at a place in another.
fn words_by_token(
    text: &str,
    start: usize,
    wanted: &impl Fn(u8) -> bool,
    buffer: &mut String,
    each: &mut impl FnMut(&Word<'_>),
) {
    let tokens = tokenise(text);
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Mark || is_possessive(text, &tokens, at) {
            continue;
        }
        let written = token.of(text);
        // Most words are of ASCII and have no apostrophe: nothing in them is to be looked for.
        let is_ascii = written.is_ascii();
        let is_plain = is_ascii && !written.as_bytes().contains(&b'\'');
        if !is_plain && written.ends_with(['\'', '’', 'ʼ']) {
            continue; // an elided article, a token of its own
        }
        if !is_ascii && written.chars().any(is_unspaced) {
            pairs(written, start + token.start as usize, buffer, each);
            continue;
        }
        let letters = if is_plain { written } else { core_of(written) };
        buffer.clear();
        if letters
            .as_bytes()
            .first()
            .is_some_and(|first| wanted(first.to_ascii_lowercase()))
        {
            term_into(letters, buffer);
        }
        if buffer.len() > MAX_TERM_BYTES {
            buffer.clear();
        }
        let stems = token.kind == Kind::Word && !buffer.is_empty();
        each(&Word {
            term: buffer,
            acronym: acronym_of(written, buffer),
            stemmed: stems.then_some(letters),
            span: Span {
                start: start + token.start as usize,
                end: start + token.end as usize,
            },
        });
    }
}

/// Whether the token is the `s` of an English possessive: right behind an apostrophe that is right behind a word.
fn is_possessive(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if at < 2 || !without_stroke(token.of(text)).eq_ignore_ascii_case("s") {
        return false;
    }
    let (word, mark) = (&tokens[at - 2], &tokens[at - 1]);
    word.kind != Kind::Mark
        && word.end == mark.start
        && mark.end == token.start
        && matches!(mark.of(text), "'" | "’" | "ʼ")
}

/// The word without the stroke that widens Arabic words, and is no letter of one, behind it.
fn without_stroke(word: &str) -> &str {
    word.trim_end_matches('\u{640}')
}

/// The word without an elided article before it or a contracted verb behind it.
fn core_of(word: &str) -> &str {
    let Some((at, mark)) = word.char_indices().find(|&(_, c)| matches!(c, '\'' | '’' | 'ʼ')) else {
        return word;
    };
    let (before, after) = (&word[..at], without_stroke(&word[at + mark.len_utf8()..]));
    let listed = |list: &[&str], part: &str| list.iter().any(|entry| entry.eq_ignore_ascii_case(part));
    if listed(&CONTRACTED, after) {
        before
    } else if listed(&ELIDED, before) && after.chars().nth(1).is_some() {
        after
    } else {
        word
    }
}

/// Appends the folded word without apostrophes, and without full stops except between digits.
fn term_into(word: &str, out: &mut String) {
    let from = out.len();
    if word.is_ascii() {
        out.push_str(word);
        out[from..].make_ascii_lowercase();
    } else {
        fold_into(word, out);
    }
    if memchr::memchr2(b'\'', b'.', &out.as_bytes()[from..]).is_none() {
        return;
    }
    let folded = out.split_off(from);
    let bytes = folded.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    for (at, c) in folded.char_indices() {
        let separator = c == '.' && digit(at.checked_sub(1)) && digit(Some(at + 1));
        if separator || !matches!(c, '\'' | '.') {
            out.push(c);
        }
    }
}

/// The acronym that a word of that term is where it is written in capitals.
fn acronym_of(written: &str, term: &str) -> Option<&'static str> {
    if !(2..=3).contains(&term.len()) || written.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    ACRONYMS.into_iter().find(|acronym| acronym.eq_ignore_ascii_case(term))
}

#[cfg(test)]
mod tests;
