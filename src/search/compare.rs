//! What changed between two versions of a story: headline, byline, dateline and body by words, and the facets gained and lost.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::diff::{Change, DiffParagraph, diff};
use super::hits::Maker;
use super::versions::{History, Text};
use super::{FacetValue, SearchError, Tombstone, Version};
use crate::index::Snapshot;
use crate::story::{Extraction, Facet};
use crate::text::{Kind, tokenise};
use crate::vocabulary::Vocabulary;

/// How long words are compared: what is left then is told in whole paragraphs. A long story takes a few milliseconds.
const MOST_TIME: Duration = Duration::from_millis(500);

/// The facets that are compared.
const FACETS: [Facet; 4] = [Facet::Person, Facet::Speaker, Facet::Country, Facet::Source];

/// Which versions to compare.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DiffRequest {
    /// The number of the one; the one before `to` where nothing is said.
    pub from: Option<u32>,
    /// The number of the other; the last where nothing is said.
    pub to: Option<u32>,
    /// The language of labels, BCP 47; empty for English.
    pub lang: String,
}

/// What changed in one field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FieldDiff {
    /// `headline`, `byline`, `dateline` or `body`.
    pub field: &'static str,
    /// Whether any of its words did.
    pub changed: bool,
    /// Its paragraphs in order.
    pub paragraphs: Vec<DiffParagraph>,
}

/// The values of a facet that only one of two versions has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FacetChange {
    /// Those that only the second has.
    pub gained: Vec<FacetValue>,
    /// Those that only the first has.
    pub lost: Vec<FacetValue>,
}

/// How much changed, over all fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct DiffCounts {
    /// Words that stand in both.
    pub words_kept: usize,
    /// Words that only the first has.
    pub words_removed: usize,
    /// Words that only the second has.
    pub words_added: usize,
    /// Paragraphs of the body that stand in both.
    pub paragraphs_kept: usize,
    /// Paragraphs of the body with other words.
    pub paragraphs_changed: usize,
    /// Paragraphs of the body that only the first has.
    pub paragraphs_removed: usize,
    /// Paragraphs of the body that only the second has.
    pub paragraphs_added: usize,
}

/// What changed between two versions of a story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DiffAnswer {
    /// The story's uri.
    pub uri: String,
    /// The one version.
    pub from: Version,
    /// The other.
    pub to: Version,
    /// The fields that either has, in the order in which they are read.
    pub fields: Vec<FieldDiff>,
    /// The facets with a difference.
    pub facets: BTreeMap<&'static str, FacetChange>,
    /// How much changed.
    pub counts: DiffCounts,
    /// Whether the texts were too long to compare every word.
    pub cut_short: bool,
}

/// Compares two versions of the story of a uri; `None` where there is no story that may be seen.
///
/// # Errors
/// When there is no version of that number, when it was killed, and when the index cannot be read.
pub fn compare(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    uri: &str,
    request: &DiffRequest,
) -> Result<Option<DiffAnswer>, SearchError> {
    let maker = Maker {
        snapshot,
        vocabulary,
        lang: &request.lang,
    };
    let Some(history) = History::of(snapshot, uri)? else {
        return Ok(None);
    };
    let (from, to) = chosen(&history, request, &maker)?;
    let (before, after) = (history.text(from), history.text(to));
    let deadline = Instant::now() + MOST_TIME;
    let fields = fields(&before, &after, deadline);
    Ok(Some(DiffAnswer {
        uri: uri.to_owned(),
        from: history.version(from, &maker),
        to: history.version(to, &maker),
        counts: counts(&fields),
        fields,
        facets: facets(&before.extraction, &after.extraction, &maker),
        cut_short: Instant::now() > deadline,
    }))
}

/// The places of the versions that are asked for; the last two where nothing is said.
fn chosen(history: &History, request: &DiffRequest, maker: &Maker<'_>) -> Result<(usize, usize), SearchError> {
    let from = request.from.map(|number| place(history, "from", number, maker));
    let to = request.to.map(|number| place(history, "to", number, maker));
    let (from, to) = (from.transpose()?, to.transpose()?);
    let comparable = history.comparable();
    let one = || SearchError::OneVersion {
        numbers: comparable.iter().map(|at| *at as u32 + 1).collect(),
    };
    let to = to.or(comparable.last().copied()).ok_or_else(one)?;
    let before = || comparable.iter().copied().rfind(|at| *at < to);
    let from = from.or_else(before).ok_or_else(one)?;
    Ok((from, to))
}

/// Where the version of a number stands.
fn place(history: &History, parameter: &'static str, number: u32, maker: &Maker<'_>) -> Result<usize, SearchError> {
    let at = (number as usize)
        .checked_sub(1)
        .filter(|at| *at < history.filings.len());
    let at = at.ok_or_else(|| SearchError::NoVersion {
        parameter,
        asked: number,
        numbers: (1..=history.filings.len() as u32).collect(),
    })?;
    if history.is_killed(at) {
        let tombstone: Option<Tombstone> = history.tombstone(maker);
        return Err(SearchError::Killed {
            parameter,
            asked: number,
            tombstone: Box::new(tombstone.unwrap_or_default()),
        });
    }
    Ok(at)
}

fn fields(before: &Text, after: &Text, deadline: Instant) -> Vec<FieldDiff> {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let pairs = [
        ("headline", before.ninjs.headline(), after.ninjs.headline()),
        ("byline", &optional(&before.ninjs.by), &optional(&after.ninjs.by)),
        ("dateline", &optional(&before.dateline), &optional(&after.dateline)),
        ("body", before.ninjs.body(), after.ninjs.body()),
    ];
    let mut fields = Vec::new();
    for (field, before, after) in pairs {
        let paragraphs = diff(before, after, deadline);
        if !paragraphs.is_empty() {
            fields.push(FieldDiff {
                field,
                changed: paragraphs.iter().any(|paragraph| paragraph.change != Change::Kept),
                paragraphs,
            });
        }
    }
    fields
}

fn counts(fields: &[FieldDiff]) -> DiffCounts {
    let mut counts = DiffCounts::default();
    for span in fields.iter().flat_map(|field| &field.paragraphs).flat_map(|p| &p.spans) {
        let words = tokenise(&span.text);
        let words = words.iter().filter(|token| token.kind != Kind::Mark).count();
        match span.change {
            Change::Kept | Change::Changed => counts.words_kept += words,
            Change::Removed => counts.words_removed += words,
            Change::Added => counts.words_added += words,
        }
    }
    let body = fields.iter().find(|field| field.field == "body");
    for paragraph in body.iter().flat_map(|body| &body.paragraphs) {
        match paragraph.change {
            Change::Kept => counts.paragraphs_kept += 1,
            Change::Changed => counts.paragraphs_changed += 1,
            Change::Removed => counts.paragraphs_removed += 1,
            Change::Added => counts.paragraphs_added += 1,
        }
    }
    counts
}

fn facets(before: &Extraction, after: &Extraction, maker: &Maker<'_>) -> BTreeMap<&'static str, FacetChange> {
    let mut changes = BTreeMap::new();
    for facet in FACETS {
        let (before, after) = (maker.found(before, facet), maker.found(after, facet));
        let only = |own: &[FacetValue], other: &[FacetValue]| -> Vec<FacetValue> {
            let is_new = |value: &&FacetValue| !other.contains(value);
            own.iter().filter(is_new).cloned().collect()
        };
        let change = FacetChange {
            gained: only(&after, &before),
            lost: only(&before, &after),
        };
        if change != FacetChange::default() {
            changes.insert(facet.name(), change);
        }
    }
    changes
}

impl Maker<'_> {
    /// The values of one of [`FACETS`] in a text, each once; names that are counted as one are one.
    fn found(&self, extraction: &Extraction, facet: Facet) -> Vec<FacetValue> {
        let values: Vec<&str> = match facet {
            Facet::Person => extraction.people.iter().map(|person| person.value.as_str()).collect(),
            Facet::Speaker => extraction.speakers.iter().map(String::as_str).collect(),
            Facet::Country => extraction
                .countries
                .iter()
                .map(|country| country.value.as_str())
                .collect(),
            _ => extraction.sources.iter().map(|source| source.value.as_str()).collect(),
        };
        let interner = &self.snapshot.interners[facet as usize];
        let mut found: Vec<FacetValue> = Vec::new();
        for value in values {
            let shown = interner.id(value).map(|id| interner.value(id).to_string());
            let value = shown.unwrap_or_else(|| value.to_owned());
            if found.iter().all(|other| other.value != value) {
                found.push(FacetValue {
                    label: self.vocabulary.label(facet, &value, self.lang),
                    value,
                    ..FacetValue::default()
                });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_neither_has_are_left_out_and_words_are_counted_over_all() {
        let text = |headline: &str, by: Option<&str>, body: &str| {
            let mut text = Text::default();
            text.ninjs.set_headline(headline);
            text.ninjs.by = by.map(str::to_owned);
            text.ninjs.set_body(body);
            text
        };
        let before = text("Boats leave", None, "The boats left.\nNobody saw them.");
        let after = text(
            "Boats leave",
            Some("Orla Venn"),
            "The boats left early.\nNobody saw them.",
        );
        let fields = fields(&before, &after, Instant::now() + MOST_TIME);
        let told: Vec<(&str, bool)> = fields.iter().map(|field| (field.field, field.changed)).collect();
        assert_eq!(told, [("headline", false), ("byline", true), ("body", true)]);
        let wanted = DiffCounts {
            words_kept: 8,
            words_removed: 0,
            words_added: 3,
            paragraphs_kept: 1,
            paragraphs_changed: 1,
            ..DiffCounts::default()
        };
        assert_eq!(counts(&fields), wanted);
    }
}
