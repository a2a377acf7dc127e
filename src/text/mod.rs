//! Words: one tokenisation and one folding for vocabulary, extraction, query, index and highlights.

mod letter;
mod fold;
mod hash;
mod token;
#[cfg(test)]
mod token_model;

pub use fold::{fold, fold_into};
pub use hash::{HashedMap, HashedSet, KeyHasher, hash_folded};
pub use token::{Case, Kind, Token, tokenise};
