//! Finds the names of people: candidate spans with the rule that found them. Which of them are one person is told by
//! [`identity`](super::identity).

mod classes;
mod evidence;
mod headline;
mod rules;
mod runs;
mod segments;
mod trim;

use std::ops::Range;

use super::document::Document;
use crate::vocabulary::Vocabulary;
pub(super) use classes::{BARRED, traits_of};
pub(super) use rules::Finder;

/// Which of a filing's texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Zone {
    /// The main headline.
    Headline,
    /// The body.
    Body,
}

/// A candidate: the tokens of one mention of a person, without titles.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NameSpan {
    /// The text it is in.
    pub zone: Zone,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The token of the title that stands before it, if one does.
    pub title: Option<usize>,
    /// The rule that found it.
    pub rule: &'static str,
    /// 0 to 1.
    pub confidence: f32,
}

/// Finds candidate spans in a document: by rules, or by a trained tagger. Spans of one text are in order and do not overlap.
pub(super) trait NameFinder {
    /// The spans of headline and body.
    fn find(&self, document: &Document, vocabulary: &Vocabulary) -> Vec<NameSpan>;
}
