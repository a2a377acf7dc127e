//! The words of a text that the patterns of a query can have to do with. A story has hundreds of words, a query asks for a
//! few: all others are passed over by their first letter, and only those that stay are kept as texts.

use rustc_hash::FxHashSet;

use crate::index::analyzer::{self, Stems, TextWord};
use crate::story::Span;
use crate::text::Typo;

/// Up to so many stems each word is held against one by one before it is stemmed.
const FEW: usize = 8;

/// First letters up to which a text is looked through for each: a walk through all its words costs as much as some of these.
const FEW_LETTERS: usize = 8;

/// A term of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// As written, folded.
    pub text: String,
    /// Its position, where places matter; an acronym and the word that it folds to have the same.
    pub at: usize,
    /// Where.
    pub span: Span,
    /// Its stem, where that is one of the wanted.
    pub stem: Option<String>,
}

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    exact: FxHashSet<String>,
    prefixes: Vec<String>,
    typos: Vec<Typo>,
    /// Words as typed, whose other forms are wanted.
    typed: Vec<String>,
    /// Whether it matters how far from each other they stand.
    places_matter: bool,
}

impl Wanted {
    /// A term as written.
    pub(super) fn term(&mut self, term: &str) {
        self.exact.insert(term.to_owned());
    }

    /// The words of the stem of a word as typed.
    pub(super) fn forms(&mut self, typed: &str) {
        self.typed.push(typed.to_owned());
    }

    /// Words that start so.
    pub(super) fn prefix(&mut self, start: &str) {
        self.prefixes.push(start.to_owned());
    }

    /// Words of which it matters how far from each other they stand.
    pub(super) fn places(&mut self) {
        self.places_matter = true;
    }

    /// Words few edits away.
    pub(super) fn typo(&mut self, typo: &Typo) {
        self.typos.push(typo.clone());
    }

    /// The terms of a text of that language that are wanted, in the order of the text.
    pub(super) fn terms(&self, text: &str, language: &str) -> Vec<Term> {
        let forms = Forms::of(&self.typed, language);
        let first = self.first_bytes(&forms);
        let mut terms = Vec::new();
        let each = |word: &TextWord<'_>| {
            let stem = forms.stem_of(word);
            if stem.is_some() || self.has(word.term) {
                terms.push(term(word, word.term, stem));
            }
            if let Some(acronym) = word.acronym.filter(|acronym| self.has(acronym)) {
                terms.push(term(word, acronym, None));
            }
        };
        let letters: Vec<u8> = (0..128).filter(|byte| first[usize::from(*byte)]).collect();
        if self.places_matter || letters.len() > FEW_LETTERS {
            analyzer::each_word(text, |byte| first[usize::from(byte)], each);
        } else {
            analyzer::each_word_beginning(text, &letters, each);
        }
        terms
    }

    fn has(&self, term: &str) -> bool {
        self.exact.contains(term)
            || self.prefixes.iter().any(|start| term.starts_with(start.as_str()))
            || self.typos.iter().any(|typo| typo.edits_to(term).is_some())
    }

    /// The bytes with which a wanted word can begin, capitals of ASCII made small. Beyond ASCII any: "Š" folds to "s".
    fn first_bytes(&self, forms: &Forms) -> [bool; 256] {
        let mut first = [false; 256];
        first[128..].fill(true);
        let mut allow = |word: &str| {
            if let Some(byte) = word.bytes().next() {
                first[usize::from(byte.to_ascii_lowercase())] = true;
            }
        };
        self.exact.iter().for_each(|term| allow(term));
        self.prefixes.iter().for_each(|start| allow(start));
        match forms.first_letters() {
            Some(stems) => stems.for_each(allow),
            None => first.fill(true),
        }
        if !self.typos.is_empty() || self.prefixes.iter().any(String::is_empty) {
            first.fill(true);
        }
        first
    }
}

fn term(word: &TextWord<'_>, text: &str, stem: Option<String>) -> Term {
    Term {
        text: text.to_owned(),
        at: word.position,
        span: word.span,
        stem,
    }
}

/// The stems that are wanted in a text of one language.
struct Forms {
    stems: Option<Stems>,
    wanted: FxHashSet<String>,
}

impl Forms {
    fn of(typed: &[String], language: &str) -> Self {
        let stems = Stems::of_language(language).filter(|_| !typed.is_empty());
        let wanted = stems.map(|stems| typed.iter().filter_map(|word| stems.term(word)).collect());
        Self {
            stems,
            wanted: wanted.unwrap_or_default(),
        }
    }

    /// The stems without their language, where words begin as their stems do.
    fn first_letters(&self) -> Option<impl Iterator<Item = &str>> {
        let keeps = self.stems.is_none_or(Stems::keeps_first_letter);
        let letters = self.wanted.iter().filter_map(|stem| stem.split_once(':'));
        keeps.then(|| letters.map(|(_, letters)| letters))
    }

    /// The stem of a word, if it is wanted.
    fn stem_of(&self, word: &TextWord<'_>) -> Option<String> {
        let (stems, letters) = (self.stems?, word.letters?);
        let is_few = self.wanted.len() <= FEW;
        if is_few && !self.wanted.iter().any(|stem| stems.may_be(word.term, stem)) {
            return None;
        }
        stems.with_stem(letters, |stem| self.wanted.get(stem).cloned())
    }
}
