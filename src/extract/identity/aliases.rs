//! Names that the story itself says are one person's: "Joko Widodo (Jokowi)", "X alias Y", "(Menteri Luar Negeri Anna) Velkova".

use rustc_hash::FxHashMap;

use super::forms::{Forms, text_of};
use crate::extract::document::{Document, Text};
use crate::extract::people::NameSpan;
use crate::vocabulary::names::Lists;

/// How many tokens may stand in a bracket that an editor put before a name.
const BRACKET: usize = 8;

/// What a form is an alias of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alias {
    /// The form that is the name: the longer one, or the one outside of a bracket.
    pub of: usize,
    /// It stands in an editor's bracket and is no name by itself, however long it is.
    pub completes: bool,
}

/// The forms of which the story says that they are aliases.
pub(super) fn stated(document: &Document, lists: Lists, all: &Forms) -> FxHashMap<usize, Alias> {
    let mut aliases = FxHashMap::default();
    for (place, pair) in all.spans.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let (Some(one), Some(other)) = (all.of_span[place], all.of_span[place + 1]) else {
            continue;
        };
        // Between the two stands one token.
        if first.zone != second.zone || first.tokens.end + 1 != second.tokens.start || one == other {
            continue;
        }
        let text = text_of(document, first);
        let length = |form: usize| all.forms[form].words.len();
        if is_completed(text, first) {
            let completes = true;
            aliases.insert(one, Alias { of: other, completes });
        } else if is_stated(text, lists, first, second) {
            let (short, of) = if length(one) > length(other) {
                (other, one)
            } else {
                (one, other)
            };
            let completes = false;
            aliases.insert(short, Alias { of, completes });
        }
    }
    aliases
}

/// "X alias Y"; "X (Y)" in Indonesian, where other copy puts parties, teams and places in the bracket.
fn is_stated(text: &Text, lists: Lists, first: &NameSpan, second: &NameSpan) -> bool {
    match text.word(first.tokens.end) {
        "alias" | "aka" => true,
        "(" => lists == Lists::Id && text.word(second.tokens.end) == ")" && second.tokens.len() == 1,
        _ => false,
    }
}

/// "(Menteri Luar Negeri Anna) Velkova": an editor's bracket that ends between given and family name.
fn is_completed(text: &Text, first: &NameSpan) -> bool {
    let start = first.tokens.start;
    let opened = || {
        (start.saturating_sub(BRACKET)..start)
            .rev()
            .any(|at| text.word(at) == "(")
    };
    text.word(first.tokens.end) == ")" && opened()
}
