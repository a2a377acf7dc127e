//! Sources: which agencies and outlets made the copy (credit), and from which it takes something (cited).
//!
//! Credits come first: metadata, dateline, sign-off, the agency that signs an item; then names beside a citation cue. A medium
//! that is only spoken of is no source, but its name is marked all the same, so that no step takes it for a country or a person.

mod metadata;
mod credits;
mod items;
mod traps;
mod cited;
mod unspaced;
#[cfg(test)]
mod tests;

pub(super) use traps::is_spelt_out;

use super::document::{Document, Text};
use crate::story::{Basis, Source, SourceRole, Span};
use crate::vocabulary::Vocabulary;

/// All sources of a filing, credits first. Marks their names in headline and body.
pub(super) fn find(vocabulary: &Vocabulary, document: &mut Document<'_>) -> Vec<Source> {
    let mut found = Found {
        vocabulary,
        year: document.filing.published.map(year_of),
        sources: Vec::new(),
    };
    metadata::read(&mut found, document);
    cited::read_body(&mut found, document);
    unspaced::read(&mut found, document);
    cited::read_headline(&mut found, document);
    credits::add_house_style(&mut found, document);
    for source in &mut found.sources {
        source.spans.sort_unstable();
        source.spans.dedup();
    }
    // Credits first, each in the order of the text; what metadata and headline name stands before it.
    let place = |source: &Source| source.spans.first().map_or(0, |span| span.start);
    found.sources.sort_by_key(|source| (source.role, place(source)));
    found.sources
}

/// What was found so far.
struct Found<'v> {
    vocabulary: &'v Vocabulary,
    /// The year of the filing, where it is known.
    year: Option<i64>,
    sources: Vec<Source>,
}

impl Found<'_> {
    /// Adds a source; one that is there already keeps its place, and credit wins. The mentions of both are kept.
    fn add(&mut self, mut new: Source) {
        match self.sources.iter_mut().find(|source| source.value == new.value) {
            Some(known) if known.role > new.role => {
                new.spans.append(&mut known.spans);
                *known = new;
            }
            Some(known) => known.spans.append(&mut new.spans),
            None => self.sources.push(new),
        }
    }

    /// Adds a source of the list that stands at `span` of the body, if it stands there; `how` is its basis and the rule.
    fn add_listed(&mut self, place: u32, role: SourceRole, how: (Basis, &str), span: Option<Span>) {
        if let Some(entry) = self.vocabulary.sources.entry(place) {
            self.add(Source {
                value: entry.id.to_owned(),
                label: entry.name.to_owned(),
                role,
                basis: how.0,
                rule: how.1.to_owned(),
                spans: span.into_iter().collect(),
            });
        }
    }

    /// Whether the source at that place of the list was at work when the story was published. Of undated stories only those
    /// that still are count as certain.
    fn is_of_its_time(&self, place: u32) -> bool {
        let entry = self.vocabulary.sources.entry(place);
        entry.is_some_and(|entry| entry.is_active_in(self.year))
    }

    fn is_credited(&self) -> bool {
        self.sources.iter().any(|source| source.role == SourceRole::Credit)
    }
}

/// The year of a time; days before or after New Year may count to the year beside.
fn year_of(published: i64) -> i64 {
    const SECONDS: i64 = 31_556_952; // of a mean year
    1970 + published.div_euclid(SECONDS)
}

/// The bytes of a run of tokens.
fn span_of(text: &Text<'_>, tokens: &std::ops::Range<usize>) -> Option<Span> {
    let first = text.tokens.get(tokens.start)?;
    let last = text.tokens.get(tokens.end.checked_sub(1)?)?;
    Some(Span {
        start: first.start as usize,
        end: last.end as usize,
    })
}
