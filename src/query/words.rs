//! Bare and quoted text → words as they are matched.

use std::ops::Range;

use super::warnings::Warnings;
use super::{MAX_SLOP, Part, Query, Words};
use crate::text::{Kind, tokenise};

/// The most edits of a fuzzy word.
const MAX_EDITS: u8 = 2;

/// A bare word or value with its escapes and signs read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Bare {
    /// The text; stars that are signs are still in it.
    pub(super) text: String,
    /// Where in `text` a `*` is a sign.
    pub(super) stars: Vec<usize>,
    /// What stands behind `~`.
    pub(super) edits: Option<String>,
    /// Whether a `^` with a number ended it.
    pub(super) is_boosted: bool,
}

impl Bare {
    /// Reads a bare word.
    pub(super) fn read(raw: &str) -> Self {
        let mut bare = Self::default();
        let mut chars = raw.char_indices();
        while let Some((at, c)) = chars.next() {
            let rest = &raw[at + c.len_utf8()..];
            let is_figure = rest.chars().all(|c| c.is_ascii_digit() || c == '.');
            match c {
                '\\' => bare.text.extend(chars.next().map(|(_, escaped)| escaped)),
                '~' if is_figure => {
                    bare.edits = Some(rest.to_owned());
                    break;
                }
                '^' if is_figure && !rest.is_empty() => {
                    bare.is_boosted = true;
                    break;
                }
                '*' => {
                    bare.stars.push(bare.text.len());
                    bare.text.push(c);
                }
                _ => bare.text.push(c),
            }
        }
        bare
    }

    /// Whether there is nothing but stars.
    pub(super) fn is_star(&self) -> bool {
        !self.stars.is_empty() && self.stars.len() == self.text.len()
    }
}

/// The words of a text as it is indexed: tokens that are neither marks nor elided ("l'ONU" is found as "ONU").
pub(super) fn split(text: &str) -> Vec<String> {
    let tokens = tokenise(text);
    let words = tokens.iter().filter(|token| token.kind != Kind::Mark);
    let words = words.filter(|token| !is_ending(text, token.start as usize, token.of(text)));
    let words = words
        .map(|token| token.of(text))
        .filter(|word| !word.ends_with(APOSTROPHES));
    words.map(str::to_owned).collect()
}

/// Whether a word is an English ending behind an apostrophe (`Who's`, `we've`), which is not indexed either.
fn is_ending(text: &str, start: usize, word: &str) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let stem = before.strip_suffix(APOSTROPHES);
    stem.is_some_and(|stem| stem.ends_with(char::is_alphanumeric))
        && ENDINGS.iter().any(|ending| word.eq_ignore_ascii_case(ending))
}

/// What English puts behind an apostrophe, without it.
const ENDINGS: [&str; 6] = ["s", "d", "ll", "m", "re", "ve"];

/// What closes an elided word.
const APOSTROPHES: [char; 3] = ['\'', '’', 'ʼ'];

/// A bare word in a part of the story.
pub(super) fn bare_words(part: Part, raw: &str, span: Range<usize>, warnings: &mut Warnings) -> Option<Query> {
    let bare = Bare::read(raw);
    if bare.is_star() {
        let message = "* alone stands for every story. Put letters before it, or leave it out.";
        warnings.hint(span, message, None);
        return Some(Query::All);
    }
    if bare.is_boosted {
        let message = "^ is not a sign of this language: clauses have no weights. It was left out.";
        warnings.problem(span.clone(), message, Some(bare.text.clone()));
    }
    let words = if bare.stars.is_empty() {
        match &bare.edits {
            Some(edits) => fuzzy(&bare.text, edits, span, warnings)?,
            None => vec![plain(split(&bare.text)).or_else(|| no_words(raw, span, warnings))?],
        }
    } else {
        prefix(&bare, span, warnings)?
    };
    let mut parts: Vec<Query> = words.into_iter().map(|words| Query::Text(part, words)).collect();
    match parts.len() {
        1 => parts.pop(),
        _ => Some(Query::And(parts)),
    }
}

/// A quoted text in a part of the story, `slop` what stood behind a `~`.
pub(super) fn quoted_words(
    part: Part,
    text: &str,
    slop: Option<&str>,
    span: Range<usize>,
    warnings: &mut Warnings,
) -> Option<Query> {
    let words = split(text);
    if words.is_empty() {
        warnings.problem(
            span,
            "There is no word between the quotation marks; they were left out.",
            None,
        );
        return None;
    }
    if text.contains('*') {
        let message = "* is no sign between quotation marks; it was left out.";
        warnings.problem(span.clone(), message, None);
    }
    let slop = match slop {
        None => 0,
        Some("") => {
            let message = "~ after a phrase needs the number of words that may stand between, as in \"a b\"~5.";
            warnings.problem(span, message, None);
            0
        }
        Some(digits) => digits.parse().ok().filter(|slop| *slop <= MAX_SLOP).unwrap_or_else(|| {
            let message = format!("At most {MAX_SLOP} words may stand between those of a phrase; it was read so.");
            warnings.problem(span, message, None);
            MAX_SLOP
        }),
    };
    Some(Query::Text(part, Words::Phrase(words, slop)))
}

/// One word, or a phrase of several; none of none.
fn plain(mut words: Vec<String>) -> Option<Words> {
    match words.len() {
        0 => None,
        1 => words.pop().map(Words::Word),
        _ => Some(Words::Phrase(words, 0)),
    }
}

/// Tells that a bare word has no letter in it.
fn no_words<T>(raw: &str, span: Range<usize>, warnings: &mut Warnings) -> Option<T> {
    let (message, suggestion) = match raw {
        "&&" | "&" | "+" => (
            format!("“{raw}” is no operator; write AND, or leave it out."),
            Some("AND"),
        ),
        "||" | "|" => (format!("“{raw}” is no operator; write OR."), Some("OR")),
        "!" => (
            "“!” is no operator; write NOT, or - before the word.".to_owned(),
            Some("NOT"),
        ),
        "-" => (
            "- stands alone and was left out; to exclude, write it right before the word.".to_owned(),
            None,
        ),
        _ => (format!("“{raw}” has no letter or figure in it and was left out."), None),
    };
    warnings.problem(span, message, suggestion.map(str::to_owned));
    None
}

fn fuzzy(text: &str, edits: &str, span: Range<usize>, warnings: &mut Warnings) -> Option<Vec<Words>> {
    let mut words = split(text);
    if words.len() != 1 {
        let words = plain(words).or_else(|| no_words(&format!("{text}~{edits}"), span.clone(), warnings))?;
        let message = format!("~ is for one word, and “{text}” is several; they were read as written.");
        warnings.problem(span, message, None);
        return Some(vec![words]);
    }
    let word = words.pop()?;
    let read = match edits {
        "" | "1" => 1,
        "0" => return Some(vec![Words::Word(word)]),
        "2" => MAX_EDITS,
        _ => {
            let read = if edits.contains('.') { 1 } else { MAX_EDITS };
            let message = format!("~ takes 1 or 2, the letters that may differ; it was read as ~{read}.");
            warnings.problem(span, message, Some(format!("{text}~{read}")));
            read
        }
    };
    Some(vec![Words::Fuzzy(word, read)])
}

/// A word with stars in it. Only the beginning of a word can be matched: what stands before the first inner star.
fn prefix(bare: &Bare, span: Range<usize>, warnings: &mut Warnings) -> Option<Vec<Words>> {
    let leading = bare.stars.iter().enumerate().take_while(|(n, at)| n == *at).count();
    let text = &bare.text[leading..];
    let star = bare.stars.get(leading).map(|at| at - leading);
    let begin = &text[..star.unwrap_or(text.len())];
    let mut words = split(begin);
    let Some(last) = words.pop() else {
        return no_words(&bare.text, span, warnings);
    };
    let is_clean = leading == 0 && star.is_some_and(|at| text[at..].bytes().all(|byte| byte == b'*'));
    if !is_clean || bare.edits.is_some() {
        let (message, suggestion) = match star {
            None => (
                "* is read at the end of a word only; it was left out.",
                begin.to_owned(),
            ),
            Some(_) if bare.edits.is_some() => ("* and ~ do not go together; ~ was left out.", format!("{begin}*")),
            Some(_) => (
                "* is read at the end of a word only; what follows it was left out.",
                format!("{begin}*"),
            ),
        };
        warnings.problem(span.clone(), message, Some(suggestion));
    }
    if star.is_none() {
        words.push(last);
        return plain(words).map(|words| vec![words]);
    }
    if !words.is_empty() {
        let message = format!(
            "* is for one word; “{begin}” was read as its first words in a row, and a word that begins with “{last}” anywhere."
        );
        warnings.problem(span, message, None);
    }
    let before = plain(words);
    Some(before.into_iter().chain([Words::Prefix(last)]).collect())
}
