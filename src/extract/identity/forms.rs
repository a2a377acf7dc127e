//! The distinct spellings of a story's names, each with what tells whether it can stand for another.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use crate::extract::document::{Document, Marks, Text};
use crate::extract::people::{NameSpan, Zone};
use crate::text::{Case, Kind, Token, fold_into};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};

/// How far into a span two names may meet.
const LONGEST_RUN: usize = 12;

/// A word of a name.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // four facts of a word, each for itself
pub(super) struct Word {
    /// XXH3 of its folded form; 0 for one of several initials written as one word ("J.K.").
    pub hash: u64,
    /// Its first letter, small.
    pub letter: char,
    /// "J.": any word with that letter.
    pub initial: bool,
    /// A particle written small or before a hyphen: a short form may leave it out ("al-", "van").
    pub particle: bool,
    /// Any particle, also one written large ("Le Pen").
    pub inner: bool,
    /// Behind "bin", "binti": the father's name.
    pub father: bool,
}

/// One spelling of a name, with all its mentions.
#[derive(Debug)]
pub(super) struct Form<'d, 't> {
    /// The text of its first mention.
    pub text: &'d Text<'t>,
    /// Where.
    pub tokens: Range<usize>,
    /// Its words without the suffix; never empty.
    pub words: Vec<Word>,
    /// "Jr", "II".
    pub suffix: Option<u64>,
    /// The family's name stands first.
    pub family_first: bool,
    /// The name without spaces, hyphens and apostrophes.
    pub squeezed: u64,
    /// Its mentions, by their place among the spans.
    pub spans: Vec<usize>,
}

impl Form<'_, '_> {
    /// The words that a short form cannot leave out.
    pub(super) fn core(&self) -> impl DoubleEndedIterator<Item = &Word> {
        self.words.iter().filter(|word| !word.particle)
    }

    /// The text of its last word.
    pub(super) fn last_word(&self) -> &str {
        let tokens = self.text.tokens.get(self.tokens.clone()).unwrap_or_default();
        let last = tokens.iter().rfind(|token| token.kind == Kind::Word);
        last.map_or("", |token| token.of(self.text.text))
    }

    /// Its only word, without particles, if there is but one and that is no initial.
    pub(super) fn single(&self) -> Option<&Word> {
        let mut core = self.core();
        match (core.next(), core.next()) {
            (Some(word), None) if !word.initial => Some(word),
            _ => None,
        }
    }
}

/// The spans without what is no part of the name, the distinct spellings in the order of their first mention, and which
/// spelling each span has.
#[allow(clippy::struct_field_names)] // forms have forms
pub(super) struct Forms<'d, 't> {
    pub spans: Vec<NameSpan>,
    pub forms: Vec<Form<'d, 't>>,
    pub of_span: Vec<Option<usize>>,
}

/// Collects the spellings of the spans that the people step found.
pub(super) fn collect<'d, 't>(
    document: &'d Document<'t>,
    vocabulary: &Vocabulary,
    lists: Lists,
    spans: &[NameSpan],
) -> Forms<'d, 't> {
    let trimmed = spans
        .iter()
        .map(|span| trimmed(text_of(document, span), vocabulary, lists, span));
    let mut spans: Vec<NameSpan> = trimmed.collect();
    let mut keys: Vec<Option<u64>> = spans.iter().map(|span| key_of(tokens_of(document, span))).collect();
    if part_runs(document, &mut spans, &keys) {
        keys = spans.iter().map(|span| key_of(tokens_of(document, span))).collect();
    }
    let mut places: FxHashMap<u64, usize> = FxHashMap::default();
    let mut forms: Vec<Form> = Vec::new();
    let mut of_span = Vec::with_capacity(spans.len());
    for (place, (span, key)) in spans.iter().zip(keys).enumerate() {
        let text = text_of(document, span);
        let known = key.and_then(|key| places.get(&key).copied());
        if let Some(at) = known {
            let form = &mut forms[at];
            form.spans.push(place);
            // "Anna VELKOVA" is shown as the story writes it elsewhere.
            if shouts(&form.text.tokens[form.tokens.clone()]) && !shouts(tokens_of(document, span)) {
                (form.text, form.tokens) = (text, span.tokens.clone());
            }
        }
        let new = || form_of(text, vocabulary, lists, span.tokens.clone(), place);
        of_span.push(known.or_else(|| {
            let (key, form) = (key?, new()?);
            places.insert(key, forms.len());
            forms.push(form);
            Some(forms.len() - 1)
        }));
    }
    Forms { spans, forms, of_span }
}

/// Parts spans that are two full names, each of which the story has by itself too ("Anna Velkova-Daud Karimi"). Whether there
/// was any.
fn part_runs(document: &Document, spans: &mut Vec<NameSpan>, keys: &[Option<u64>]) -> bool {
    let is_long = |span: &NameSpan| span.tokens.len() >= 4;
    if !spans.iter().any(is_long) {
        return false;
    }
    let known: FxHashSet<u64> = keys.iter().flatten().copied().collect();
    let mut parted = Vec::with_capacity(spans.len());
    for span in spans.iter() {
        let cut = Some(span)
            .filter(|span| is_long(span))
            .and_then(|span| cut_of(document, span, &known));
        let Some(cut) = cut else {
            parted.push(span.clone());
            continue;
        };
        let second = if text_of(document, span).word(cut) == "-" {
            cut + 1
        } else {
            cut
        };
        let (mut one, mut other) = (span.clone(), span.clone());
        one.tokens.end = cut;
        other.tokens.start = second;
        other.title = None;
        parted.extend([one, other]);
    }
    let any = parted.len() > spans.len();
    *spans = parted;
    any
}

/// The token at which two known names of two words or more meet.
fn cut_of(document: &Document, span: &NameSpan, known: &FxHashSet<u64>) -> Option<usize> {
    let tokens = tokens_of(document, span);
    let words = |tokens: &[Token]| tokens.iter().filter(|token| token.kind == Kind::Word).count() >= 2;
    let is_known = |tokens: &[Token]| words(tokens) && key_of(tokens).is_some_and(|key| known.contains(&key));
    let cut = (2..tokens.len().min(LONGEST_RUN)).find(|&at| is_known(&tokens[..at]) && is_known(&tokens[at..]));
    cut.map(|at| span.tokens.start + at)
}

fn tokens_of<'d>(document: &'d Document, span: &NameSpan) -> &'d [Token] {
    text_of(document, span)
        .tokens
        .get(span.tokens.clone())
        .unwrap_or_default()
}

/// The text that a span is in.
pub(super) fn text_of<'d, 't>(document: &'d Document<'t>, span: &NameSpan) -> &'d Text<'t> {
    match span.zone {
        Zone::Headline => &document.headline,
        Zone::Body => &document.body,
    }
}

/// One number for the words of a name; `None` when it has none.
fn key_of(tokens: &[Token]) -> Option<u64> {
    let words = tokens.iter().filter(|token| token.kind == Kind::Word);
    words.fold(None, |key: Option<u64>, token| {
        let key = key.unwrap_or_default().rotate_left(5) ^ token.folded;
        Some(key.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    })
}

/// Whether a word of several letters is all in capitals.
fn shouts(tokens: &[Token]) -> bool {
    let mut tokens = tokens.iter();
    tokens.any(|token| token.case == Case::AllCapitals && token.end - token.start > 3)
}

/// Cuts off what finders leave on: a country or an abbreviation before a full name ("Korea Utara Kim Jong Un", "KPK Firli
/// Bahuri"), a possessive behind it.
fn trimmed(text: &Text, vocabulary: &Vocabulary, lists: Lists, span: &NameSpan) -> NameSpan {
    let mut span = span.clone();
    let tokens = &mut span.tokens;
    while tokens.len() > 1 && is_possessive(text, tokens.end - 1) {
        tokens.end -= 1;
    }
    let words_after = |at: usize| {
        let rest = text.tokens.get(at..tokens.end).unwrap_or_default();
        let is_name =
            |token: &&Token| token.kind == Kind::Word && token.case != Case::AllCapitals && token.case != Case::Lower;
        rest.iter().filter(is_name).count()
    };
    let mut start = tokens.start;
    while words_after(start + 1) >= 2 && is_no_name(text, vocabulary, lists, start) {
        start += 1;
    }
    tokens.start = start;
    span
}

fn is_possessive(text: &Text, at: usize) -> bool {
    let apostrophe = |at: usize| matches!(text.word(at), "'" | "’");
    apostrophe(at) || matches!(text.word(at), "s" | "S") && at > 0 && apostrophe(at - 1)
}

/// Whether a token before a full name belongs to no name: a place's word that is no given name, an abbreviation.
fn is_no_name(text: &Text, vocabulary: &Vocabulary, lists: Lists, at: usize) -> bool {
    let (Some(token), Some(marks)) = (text.tokens.get(at), text.marks.get(at)) else {
        return false;
    };
    let place = marks.any(Marks::PLACE);
    let hyphen = text.word(at + 1) == "-";
    if hyphen || !(place || token.case == Case::AllCapitals) {
        return false;
    }
    if token.case == Case::AllCapitals && !token.of(text.text).contains('.') {
        return place || token.end - token.start >= 3;
    }
    place
        && !vocabulary
            .names
            .traits(token, lists)
            .any(Traits::GIVEN | Traits::FAMILY_FIRST)
}

fn form_of<'d, 't>(
    text: &'d Text<'t>,
    vocabulary: &Vocabulary,
    lists: Lists,
    span: Range<usize>,
    place: usize,
) -> Option<Form<'d, 't>> {
    let tokens = text.tokens.get(span.clone())?;
    let traits = |token: &Token| vocabulary.names.traits(token, lists);
    let mut form = Form {
        text,
        tokens: span,
        words: Vec::with_capacity(tokens.len()),
        suffix: None,
        family_first: tokens
            .first()
            .is_some_and(|first| traits(first).any(Traits::FAMILY_FIRST))
            || has_hyphenated_given(tokens),
        squeezed: 0,
        spans: vec![place],
    };
    let mut letters = String::new();
    let mut father = false;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Word {
            continue;
        }
        let word = token.of(text.text);
        fold_into(word, &mut letters);
        let traits = traits(token);
        if !form.words.is_empty() && traits.any(Traits::SUFFIX) && last_word(&tokens[at + 1..]) {
            form.suffix = Some(token.folded);
            continue;
        }
        let inner = traits.any(Traits::INNER);
        let hyphen = tokens.get(at + 1).is_some_and(|next| next.is_mark(text.text, '-'));
        let particle = inner && (token.case == Case::Lower || hyphen && at == 0);
        let mut push = |hash: u64, letter: char, initial: bool| {
            form.words.push(Word {
                hash,
                letter,
                initial,
                particle,
                inner,
                father,
            });
        };
        if is_initials(word, token, at == 0) {
            word.chars()
                .filter(|c| c.is_alphabetic())
                .for_each(|c| push(0, small(c), true));
        } else {
            push(token.folded, word.chars().next().map_or(' ', small), false);
        }
        father = particle && is_filial(word);
    }
    if form.words.iter().all(|word| word.particle) {
        form.words.iter_mut().for_each(|word| word.particle = false);
    }
    letters.retain(char::is_alphanumeric);
    form.squeezed = xxh3_64(letters.as_bytes());
    (!form.words.is_empty()).then_some(form)
}

fn last_word(rest: &[Token]) -> bool {
    rest.iter().all(|token| token.kind != Kind::Word)
}

/// Particles that the father's name follows.
fn is_filial(word: &str) -> bool {
    matches!(word, "bin" | "binti" | "binte" | "bint" | "ibn")
}

/// "J.", "J.K.", and "JK" before the rest of a name.
fn is_initials(word: &str, token: &Token, opens: bool) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let dotted = word.len() > letters && word.chars().all(|c| c == '.' || c.is_uppercase());
    dotted
        || letters == 1 && word.chars().all(char::is_uppercase)
        || opens && letters == 2 && token.case == Case::AllCapitals
}

/// A letter small and without diacritics.
fn small(letter: char) -> char {
    let mut folded = String::new();
    fold_into(letter.encode_utf8(&mut [0; 4]), &mut folded);
    folded.chars().next().unwrap_or(letter)
}

/// "Seok Byung-taek": a small word behind a hyphen closes a given name, so that the family's stands first.
fn has_hyphenated_given(tokens: &[Token]) -> bool {
    let [first, .., hyphen, last] = tokens else {
        return false;
    };
    tokens.len() == 4 && first.kind == Kind::Word && hyphen.kind == Kind::Mark && last.case == Case::Lower
}
