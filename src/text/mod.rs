//! Words: one tokenisation, one folding and one measure of misspelling for vocabulary, extraction, query, index and highlights.

mod letter;
mod fold;
mod hash;
mod token;
#[cfg(test)]
mod token_model;
mod typo;
mod texts;
mod name_words;

pub use fold::{fold, fold_into};
pub use hash::{HashedMap, HashedSet, KeyHasher, hash_folded};
pub use name_words::{NameWords, words_of};
pub use texts::Texts;
pub use token::{Case, Kind, Token, tokenise};
pub use typo::Typo;
