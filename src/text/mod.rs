//! Words: one tokenisation and one folding for vocabulary, extraction, query, index and highlights.

mod fold;
mod token;

pub use fold::{fold, fold_into};
pub use token::{Case, Kind, Token, tokenise};
