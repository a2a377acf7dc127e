//! Words: one tokenisation, one folding and one measure of misspelling for vocabulary, extraction, query, index and highlights.

mod letter;
mod fold;
mod hash;
mod token;
#[cfg(test)]
mod token_model;
mod typo;

pub use fold::{fold, fold_into};
pub use hash::{HashedMap, HashedSet, KeyHasher, hash_folded};
pub use token::{Case, Kind, Token, tokenise};
pub use typo::Typo;
