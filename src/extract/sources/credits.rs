//! Credits in the zones of the body: its dateline, its sign-off, and the house style of unsigned copy.

use std::ops::Range;

use super::Found;
use crate::extract::document::{Document, Marks, Text};
use crate::extract::source_names::{Atoms, Mention};
use crate::story::{Basis, SourceRole};
use crate::text::{Kind, tokenise};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::citations::CueKind;

/// The rule by which a name in a dateline or credit zone is a credit.
pub(super) fn rule_of(
    vocabulary: &Vocabulary,
    (body, language): (&Text<'_>, &str),
    atoms: &Atoms,
    mention: &Mention,
    tokens: &Range<usize>,
) -> Option<&'static str> {
    let before = tokens.start.checked_sub(1).map_or("", |at| body.word(at));
    let after = body.word(tokens.end);
    let parted = matches!(before, "(" | "/" | "=" | "[" | "【" | "（" | "—")
        || matches!(after, "/" | ")" | "-" | "–" | "—" | "]" | "】" | "）");
    if body.any_marked(tokens.clone(), Marks::DATELINE) {
        let marked = |at: usize| body.tokens.get(at).is_none_or(|token| token.kind == Kind::Mark);
        let apart = tokens.start == 0 || marked(tokens.start - 1) || marked(tokens.end);
        let fits = if mention.weak {
            parted && !is_before_agency(body, tokens)
        } else {
            apart
        };
        return fits.then_some("dateline");
    }
    if !body.any_marked(tokens.clone(), Marks::CREDIT) {
        return None;
    }
    // "AP contributed to this report", but not "Andrew Stern in Chicago".
    let cue = vocabulary.citations.at(&atoms.tokens, mention.atoms.end, language);
    let cue = cue.is_some_and(|(_, mut kinds)| kinds.any(|kind| kind == CueKind::Contributed));
    (!mention.weak || parted || cue).then_some("sign-off")
}

/// "Frankfurt (RFA), 23 May (EFE)": what stands in an earlier bracket of a dateline is part of the place.
fn is_before_agency(body: &Text<'_>, tokens: &Range<usize>) -> bool {
    let close = (tokens.end..body.tokens.len().min(tokens.end + 8)).find(|&at| body.word(at) == ")");
    let Some(close) = close.filter(|_| tokens.start > 0 && body.word(tokens.start - 1) == "(") else {
        return false;
    };
    let zone = (close..body.tokens.len()).take_while(|&at| body.marks[at].any(Marks::DATELINE));
    zone.into_iter().any(|at| body.word(at) == "(")
}

/// In Brazil and Italy a town has its state or province in brackets: "Belém (PA) -", "Ascoli (AP) -".
pub(super) fn is_region_code(language: &str, name: &str) -> bool {
    matches!(language, "pt" | "it") && name.len() == 2
}

/// "(Reporting by …; Editing by …)" in brackets is how Reuters signs, in several languages; copy that names no other agency as
/// its maker is theirs.
pub(super) fn add_house_style(found: &mut Found<'_>, document: &Document<'_>) {
    let body = &document.body;
    let signed = (1..body.tokens.len()).any(|at| {
        body.marks[at].any(Marks::CREDIT)
            && matches!(
                (body.word(at), body.word(at + 1)),
                ("Reporting" | "Writing" | "Editing", "by" | "and")
                    | ("Editado", "por")
                    | ("Reporte" | "Reportagem" | "Edição", "de")
            )
            && matches!(body.word(at - 1), "(" | ";" | ",")
    });
    if signed && !found.is_credited() {
        let reuters = tokenise("Reuters");
        if let Some(name) = found.vocabulary.sources.named_at("Reuters", &reuters, 0) {
            found.add_listed(name.entry, SourceRole::Credit, (Basis::Named, "house style"), None);
        }
    }
}
