//! A trie over token hashes: from a run of words to what it stands for. Whole tokens only, longest match first.

use crate::text::{HashedMap, HashedSet, Kind, Token, tokenise};

/// Phrases and their values. Several values may share a phrase.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    /// From a node and a word to the next node; the first words have the words' own hashes for keys.
    edges: HashedMap<u32>,
    nodes: Vec<Node<T>>,
    first_words: Filter,
}

/// What is known after some words of phrases.
#[derive(Debug, Clone)]
struct Node<T> {
    /// Of the phrase that ends here.
    values: Vec<T>,
    /// Whether a phrase goes on.
    goes_on: bool,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy)]
pub struct Match<'p, T> {
    /// How many tokens it covers.
    pub len: usize,
    /// What it stands for; never empty.
    pub values: &'p [T],
}

impl<T> Node<T> {
    const fn new() -> Self {
        Self {
            values: Vec::new(),
            goes_on: false,
        }
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            edges: HashedMap::default(),
            nodes: vec![Node::new()],
            first_words: Filter::default(),
        }
    }
}

impl<T> Phrases<T> {
    /// An empty trie with room for so many words.
    #[must_use]
    pub fn with_capacity(words: usize) -> Self {
        let mut phrases = Self::default();
        phrases.edges.reserve(words);
        phrases.nodes.reserve(words);
        phrases
    }

    /// Adds a phrase. It is tokenised as a text is; full stops at its end that are tokens of their own are dropped.
    pub fn insert(&mut self, phrase: &str, value: T) {
        self.insert_tokens(&tokenise(phrase), value);
    }

    /// Adds a phrase that is already cut into tokens.
    pub fn insert_tokens(&mut self, tokens: &[Token], value: T) {
        let Some(first) = tokens.first() else { return };
        self.first_words.add(first.folded);
        let mut node = 0;
        for token in tokens {
            let next = self.nodes.len() as u32;
            self.nodes[node as usize].goes_on = true;
            node = *self.edges.entry(edge(node, token.folded)).or_insert(next);
            if node == next {
                self.nodes.push(Node::new());
            }
        }
        self.nodes[node as usize].values.push(value);
    }

    /// The longest phrase that starts at token `at`.
    #[must_use]
    #[inline]
    pub fn longest_at(&self, tokens: &[Token], at: usize) -> Option<Match<'_, T>> {
        // Most tokens of a text open no phrase: they cost one load.
        if !self.first_words.may_have(tokens.get(at)?.folded) {
            return None;
        }
        self.longest(&tokens[at..])
    }

    fn longest(&self, tokens: &[Token]) -> Option<Match<'_, T>> {
        let mut place = 0;
        let mut found = None;
        for (len, token) in tokens.iter().enumerate() {
            let Some(&next) = self.edges.get(&edge(place, token.folded)) else {
                break;
            };
            let node = &self.nodes[next as usize];
            if !node.values.is_empty() {
                found = Some(Match {
                    len: len + 1,
                    values: &node.values,
                });
            }
            if !node.goes_on {
                break;
            }
            place = next;
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

/// The key of an edge. Odd factors keep the nodes' edges of one word apart.
const fn edge(node: u32, word: u64) -> u64 {
    word ^ (node as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// A set of hashes that may seem to hold a few more than were added: a bit of many for each.
#[derive(Debug, Clone, Default)]
struct Filter {
    /// A power of two of them.
    bits: Vec<u64>,
    added: HashedSet,
}

impl Filter {
    /// So many bits for a hash: one in as many others seems to be there.
    const SPARE: usize = 16;

    fn add(&mut self, hash: u64) {
        if !self.added.insert(hash) {
            return;
        }
        let needed = (self.added.len() * Self::SPARE).next_power_of_two().max(64) / 64;
        if needed > self.bits.len() {
            self.bits = vec![0; needed * 2];
            for &hash in &self.added {
                Self::set(&mut self.bits, hash);
            }
        }
        Self::set(&mut self.bits, hash);
    }

    fn set(bits: &mut [u64], hash: u64) {
        let at = Self::block(bits, hash);
        if let Some(block) = bits.get_mut(at) {
            *block |= 1 << (hash >> 58);
        }
    }

    #[inline]
    fn may_have(&self, hash: u64) -> bool {
        let block = self.bits.get(Self::block(&self.bits, hash));
        block.is_some_and(|block| block >> (hash >> 58) & 1 == 1)
    }

    const fn block(bits: &[u64], hash: u64) -> usize {
        hash as usize & bits.len().wrapping_sub(1)
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
