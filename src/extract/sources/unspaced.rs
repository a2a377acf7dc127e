//! Chinese, Japanese, Korean and Thai part no words: names are looked for inside tokens, cues in the letters beside.

use super::Found;
use crate::extract::document::{Document, Marks};
use crate::story::{Basis, SourceRole, Span};

/// How many bytes on the left and on the right of a name may hold its cue.
const NEAR: (usize, usize) = (18, 24);
/// A name that starts before this byte may be the dateline's.
const OPENING: usize = 40;

/// Finds the sources that a body in such a script names.
pub(super) fn read(found: &mut Found<'_>, document: &mut Document<'_>) {
    if !matches!(document.language, "zh" | "ja" | "ko" | "th") {
        return;
    }
    let vocabulary = found.vocabulary;
    let cues = &vocabulary.citations;
    let body = &mut document.body;
    let text = body.text;
    for alias in vocabulary.sources.unspaced() {
        for (start, name) in text.match_indices(alias.text) {
            let end = start + name.len();
            let (left, right) = (&text[..start], &text[end..]);
            let near = &right[..boundary(right, NEAR.1)];
            let close = &left[boundary(left, left.len().saturating_sub(NEAR.0))..];
            let opens = start < OPENING && (near.contains(['电', '電']) || close.contains(['【', '（', '(', '=']));
            let after = cues.unspaced_after().iter().any(|cue| near.contains(cue));
            let before = cues.unspaced_before().iter().any(|cue| close.contains(cue));
            let span = Some(Span { start, end });
            if opens {
                found.add_listed(alias.entry, SourceRole::Credit, (Basis::Named, "dateline"), span);
            } else if after || before {
                found.add_listed(alias.entry, SourceRole::Cited, (Basis::Named, "citation cue"), span);
            }
            let first = body.tokens.partition_point(|token| token.end as usize <= start);
            let last = body.tokens.partition_point(|token| (token.start as usize) < end);
            if first < last {
                body.mark(first..last, Marks::SOURCE);
            }
        }
    }
}

/// The last place between letters that is not after byte `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
