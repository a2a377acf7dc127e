//! Forms that hold no whole word of the name: the first letters of all words ("SBY"), or the beginnings of two drawn together
//! ("Jokowi"), as Indonesian copy has them.

use rustc_hash::FxHashMap;

use super::forms::Form;
use crate::story::Join;
use crate::text::{Case, fold};
use crate::vocabulary::names::Lists;

/// The least letters of the first word in a blend.
const LEAST_FIRST: usize = 3;
/// The least letters of the second.
const LEAST_SECOND: usize = 2;
/// Names with the same beginning that are compared.
const MOST_RIVALS: usize = 64;

/// Names by their initials and by their beginnings.
#[derive(Debug)]
pub(super) struct Index {
    blends: bool,
    by_initials: FxHashMap<String, Vec<usize>>,
    by_beginning: FxHashMap<String, Vec<(usize, String, String)>>,
}

impl Index {
    /// An empty one for texts of a language.
    pub(super) fn new(lists: Lists) -> Self {
        Self {
            blends: lists == Lists::Id,
            by_initials: FxHashMap::default(),
            by_beginning: FxHashMap::default(),
        }
    }

    /// Adds a person's whole name.
    pub(super) fn add(&mut self, person: usize, form: &Form) {
        let names = form.words.iter().filter(|word| !word.inner || word.particle);
        let initials: String = names.map(|word| word.letter).collect();
        if initials.chars().count() >= 2 {
            self.by_initials.entry(initials).or_default().push(person);
        }
        if !self.blends {
            return;
        }
        let mut words = words_of(form).into_iter();
        if let (Some(first), Some(second)) = (words.next(), words.next())
            && let Some(beginning) = beginning(&first)
        {
            let known = self.by_beginning.entry(beginning.to_owned()).or_default();
            known.push((person, first, second));
        }
    }

    /// The one person whose name a form shortens.
    pub(super) fn find(&self, form: &Form) -> Option<(usize, Join)> {
        let [token] = form.text.tokens.get(form.tokens.clone())? else {
            return None;
        };
        let word = fold(token.of(form.text.text));
        if token.case == Case::AllCapitals {
            let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
            let people = self.by_initials.get(&letters);
            if let Some([person]) = people.map(Vec::as_slice) {
                return Some((*person, Join::Acronym));
            }
        }
        let near = self.by_beginning.get(beginning(&word)?)?;
        if near.len() > MOST_RIVALS {
            return None;
        }
        let mut fitting = near.iter().filter(|(_, first, second)| is_blend(&word, first, second));
        match (fitting.next(), fitting.next()) {
            (Some((person, ..)), None) => Some((*person, Join::Blend)),
            _ => None,
        }
    }
}

fn words_of(form: &Form) -> Vec<String> {
    let tokens = form.text.tokens.get(form.tokens.clone()).unwrap_or_default();
    let words = tokens
        .iter()
        .filter(|token| matches!(token.case, Case::Capitalised | Case::Mixed));
    words.take(2).map(|token| fold(token.of(form.text.text))).collect()
}

fn beginning(word: &str) -> Option<&str> {
    word.char_indices().nth(LEAST_FIRST).map(|(end, _)| &word[..end])
}

/// Whether a word is the beginning of the first and then of the second.
fn is_blend(word: &str, first: &str, second: &str) -> bool {
    word.char_indices().skip(LEAST_FIRST).any(|(cut, _)| {
        let (head, tail) = word.split_at(cut);
        tail.chars().count() >= LEAST_SECOND
            && first.starts_with(head)
            && second.starts_with(tail)
            && tail.len() < second.len()
    })
}
