//! A trie over token hashes: from a run of words to what it stands for. Whole tokens only, longest match first.

use rustc_hash::FxHashMap;

use crate::text::{Kind, Token, tokenise};

/// Phrases and their values. Several values may share a phrase.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    edges: FxHashMap<(u32, u64), u32>,
    values: Vec<Vec<T>>,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy)]
pub struct Match<'p, T> {
    /// How many tokens it covers.
    pub len: usize,
    /// What it stands for; never empty.
    pub values: &'p [T],
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            edges: FxHashMap::default(),
            values: vec![Vec::new()],
        }
    }
}

impl<T> Phrases<T> {
    /// An empty trie with room for so many words.
    #[must_use]
    pub fn with_capacity(words: usize) -> Self {
        let mut phrases = Self::default();
        phrases.edges.reserve(words);
        phrases.values.reserve(words);
        phrases
    }

    /// Adds a phrase. It is tokenised as a text is; full stops at its end that are tokens of their own are dropped.
    pub fn insert(&mut self, phrase: &str, value: T) {
        self.insert_tokens(&tokenise(phrase), value);
    }

    /// Adds a phrase that is already cut into tokens.
    pub fn insert_tokens(&mut self, tokens: &[Token], value: T) {
        let mut node = 0;
        for token in tokens {
            let next = self.values.len() as u32;
            node = *self.edges.entry((node, token.folded)).or_insert(next);
            if node == next {
                self.values.push(Vec::new());
            }
        }
        if !tokens.is_empty() {
            self.values[node as usize].push(value);
        }
    }

    /// The longest phrase that starts at token `at`.
    #[must_use]
    pub fn longest_at(&self, tokens: &[Token], at: usize) -> Option<Match<'_, T>> {
        let mut node = 0;
        let mut found = None;
        for (len, token) in tokens.get(at..)?.iter().enumerate() {
            match self.edges.get(&(node, token.folded)) {
                Some(&next) => node = next,
                None => break,
            }
            let values = &self.values[node as usize];
            if !values.is_empty() {
                found = Some(Match { len: len + 1, values });
            }
        }
        found
    }

    /// The values of exactly this phrase, or none.
    #[must_use]
    pub fn exact(&self, phrase: &str) -> &[T] {
        let tokens = tokenise(phrase);
        match self.longest_at(&tokens, 0) {
            Some(found) if found.len == tokens.len() => found.values,
            _ => &[],
        }
    }

    /// Whether any phrase is in here.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }
}

/// Whether a token can start a phrase at all: marks cannot, which skips a good part of the look-ups.
#[must_use]
pub fn can_start(token: &Token) -> bool {
    token.kind != Kind::Mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_of_whole_tokens_wins() {
        let mut phrases = Phrases::default();
        phrases.insert("New York", 1);
        phrases.insert("New York Times", 2);
        phrases.insert("Mali", 3);
        let text = "The New York Times in new york on normality";
        let tokens = tokenise(text);
        let found: Vec<_> = (0..tokens.len())
            .filter_map(|at| phrases.longest_at(&tokens, at))
            .map(|m| m.values[0])
            .collect();
        assert_eq!(found, [2, 1]);
        assert_eq!(phrases.exact("NEW YORK"), [1]);
        assert!(phrases.exact("New").is_empty());
    }
}
