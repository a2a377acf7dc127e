//! A story as a hit: what is stored of it, its facets with their labels, its quotes, where it matches.

use std::collections::BTreeMap;

use tantivy::DocAddress;

use super::first::Ranked;
use super::highlight::Highlighter;
use super::{FacetValue, Hit, SearchError, StoryFacets};
use crate::index::{Snapshot, Stored};
use crate::story::{Facet, Quote, rfc3339};
use crate::vocabulary::Vocabulary;

/// What a hit is made from.
pub(super) struct Maker<'a> {
    /// The index.
    pub snapshot: &'a Snapshot,
    /// The labels.
    pub vocabulary: &'a Vocabulary,
    /// The language of labels.
    pub lang: &'a str,
}

impl Maker<'_> {
    /// The hit of a story. `said`: which of its quotes were found, where the index told.
    ///
    /// # Errors
    /// When the stored story cannot be read.
    pub(super) fn hit(
        &self,
        ranked: &Ranked,
        highlighter: &Highlighter,
        said: Option<&[usize]>,
    ) -> Result<Hit, SearchError> {
        let address = DocAddress::new(ranked.segment as u32, ranked.doc);
        let mut stored = self.snapshot.shown(address)?;
        let quotes = std::mem::take(&mut stored.extraction.quotes);
        let language = stored.language().to_owned();
        let (found, others): (Vec<&Quote>, Vec<&Quote>) = partition(&quotes, |at, quote| match said {
            Some(said) => said.contains(&at),
            None => highlighter.has_said() && highlighter.is_said(quote, &language),
        });
        let highlights = highlighter.highlight(&stored, &found);
        let quotes = found.into_iter().chain(others).cloned().collect();
        let segment = &self.snapshot.segments[ranked.segment];
        Ok(Hit {
            id: stored.uri,
            score: ranked.score,
            published: stored.published.and_then(rfc3339),
            take: stored.filing.take,
            dateline: stored.filing.dateline,
            credit_line: stored.filing.credit_line,
            story: stored.filing.ninjs,
            facets: self.facets(ranked),
            highlights,
            quotes,
            versions: segment.filings(ranked.doc),
        })
    }

    fn facets(&self, ranked: &Ranked) -> StoryFacets {
        let segment = &self.snapshot.segments[ranked.segment];
        let mut facets = BTreeMap::new();
        for facet in Facet::ALL {
            let interner = &self.snapshot.interners[facet as usize];
            let mut values: Vec<FacetValue> = Vec::new();
            for id in segment.values(facet).of(segment.rows(), ranked.doc) {
                let value = interner.value(id);
                values.push(FacetValue {
                    label: self.vocabulary.label(facet, value, self.lang),
                    value: value.to_owned(),
                    ..FacetValue::default()
                });
            }
            if !values.is_empty() {
                facets.insert(facet.name(), values);
            }
        }
        StoryFacets(facets)
    }

    /// The labels of a story's credits.
    pub(super) fn credits(&self, stored: &Stored) -> Vec<String> {
        let sources = stored.extraction.sources.iter();
        let mut labels = Vec::new();
        for source in sources.filter(|source| source.role == crate::story::SourceRole::Credit) {
            let label = self.vocabulary.label(Facet::Credit, &source.value, self.lang);
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels
    }
}

fn partition(quotes: &[Quote], is_found: impl Fn(usize, &Quote) -> bool) -> (Vec<&Quote>, Vec<&Quote>) {
    let mut found = Vec::new();
    let mut others = Vec::new();
    for (at, quote) in quotes.iter().enumerate() {
        if is_found(at, quote) {
            found.push(quote);
        } else {
            others.push(quote);
        }
    }
    (found, others)
}
