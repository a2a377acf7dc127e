//! From text to terms, the same for index, query and highlights.

use crate::story::Span;

/// The words of a text as they stand in `headline`, `body` and `quote`: term, position, place.
#[must_use]
pub fn written_terms(text: &str) -> Vec<(String, usize, Span)> {
    let _ = text;
    Vec::new()
}

/// The words of a query, one term a position.
#[must_use]
pub fn query_terms(text: &str) -> Vec<(String, usize, Span)> {
    written_terms(text)
}

/// The term `language:stem` of a word, or `None` for a language without a stemmer.
#[must_use]
pub fn stem_term(language: &str, word: &str) -> Option<String> {
    let _ = (language, word);
    None
}

/// The languages with a stemmer, BCP 47.
#[must_use]
pub fn stem_languages() -> &'static [&'static str] {
    &["en"]
}
