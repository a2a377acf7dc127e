//! Credits in the zones of the body: its dateline, its sign-off, and the house style of unsigned copy.

use std::ops::Range;

use super::Found;
use crate::extract::document::{Document, Marks, Text};
use crate::extract::source_names::{Atoms, Mention};
use crate::story::{Basis, SourceRole};
use crate::text::tokenise;
use crate::vocabulary::Vocabulary;

/// The rule by which a name in a dateline or credit zone is a credit.
pub(super) fn rule_of(
    vocabulary: &Vocabulary,
    body: &Text<'_>,
    atoms: &Atoms,
    mention: &Mention,
    tokens: &Range<usize>,
) -> Option<&'static str> {
    let before = tokens.start.checked_sub(1).map_or("", |at| body.word(at));
    let after = body.word(tokens.end);
    let parted = matches!(before, "(" | "/" | "=" | "[" | "【" | "（" | "—")
        || matches!(after, "/" | ")" | "-" | "–" | "—" | "]" | "】" | "）");
    if body.any_marked(tokens.clone(), Marks::DATELINE) {
        return (!mention.weak || parted).then_some("dateline");
    }
    if !body.any_marked(tokens.clone(), Marks::CREDIT) {
        return None;
    }
    let cue = vocabulary
        .citations
        .at(&atoms.tokens, mention.atoms.end, "en")
        .is_some();
    (!mention.weak || parted || cue).then_some("sign-off")
}

/// "(Reporting by …; Editing by …)" in brackets is how Reuters signs; copy that names no other agency as its maker is theirs.
pub(super) fn add_house_style(found: &mut Found<'_>, document: &Document<'_>) {
    let body = &document.body;
    let signed = (1..body.tokens.len()).any(|at| {
        body.marks[at].any(Marks::CREDIT)
            && matches!(body.word(at), "Reporting" | "Writing" | "Editing")
            && matches!(body.word(at + 1), "by" | "and")
            && matches!(body.word(at - 1), "(" | ";" | ",")
    });
    if signed && !found.is_credited() {
        let reuters = tokenise("Reuters");
        if let Some(name) = found.vocabulary.sources.named_at("Reuters", &reuters, 0) {
            found.add_listed(name.entry, SourceRole::Credit, (Basis::Named, "house style"), None);
        }
    }
}
