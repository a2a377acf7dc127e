//! What the format itself states: information sources, credit line, byline, dateline.

use std::ops::Range;

use super::Found;
use crate::extract::document::{Document, Text};
use crate::extract::source_names::{Atoms, mentions};
use crate::story::{Basis, Source, SourceRole};
use crate::vocabulary::sources::slug;

/// Credits the sources that the filing's metadata names.
pub(super) fn read(found: &mut Found<'_>, document: &Document<'_>) {
    let filing = document.filing;
    for info in &filing.ninjs.info_sources {
        let name = info.name.trim();
        if name.is_empty() || read_line(found, name, "infoSource") {
            continue;
        }
        found.add(Source {
            value: slug(name),
            label: name.to_owned(),
            role: SourceRole::Credit,
            basis: Basis::Metadata,
            rule: "infoSource".to_owned(),
            spans: Vec::new(),
        });
    }
    let lines = [
        (&filing.credit_line, "credit line"),
        (&filing.ninjs.by, "byline"),
        (&filing.dateline, "dateline field"),
    ];
    for (line, rule) in lines {
        if let Some(line) = line {
            read_line(found, line, rule);
        }
    }
}

/// Credits the sources that a line of metadata names; whether there is any.
fn read_line(found: &mut Found<'_>, line: &str, rule: &str) -> bool {
    let text = Text::new(line);
    let atoms = Atoms::of(found.vocabulary, &text, "und");
    let mut any = false;
    for mention in mentions(found.vocabulary, line, &atoms) {
        let Range { start, end } = mention.atoms;
        let parted = |at: usize| {
            matches!(
                text.word(at),
                "" | "," | "-" | "–" | "—" | "(" | ")" | "/" | "|" | ";" | "&" | "and" | "." | "©"
            )
        };
        let alone = (start == 0 || parted(start - 1)) && parted(end);
        if !mention.weak || alone && (rule != "dateline field" || start > 0) {
            found.add_listed(mention.entry, SourceRole::Credit, (Basis::Metadata, rule), None);
            any = true;
        }
    }
    any
}
