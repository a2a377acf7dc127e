//! The peers of the facet bench: one tantivy index with the facet values as `str` columns (for its terms aggregation) and as
//! `Facet` fields (for its `FacetCollector`). Words are dateline's own terms, so that all find the same stories.

use std::path::Path;

use anyhow::{Context, Result};
use dateline::index::analyzer::written_terms;
use dateline::story::{Extraction, Filing};
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::agg_result::{AggregationResult, AggregationResults, BucketResult};
use tantivy::aggregation::{AggContextParams, AggregationCollector, AggregationLimitsGuard};
use tantivy::collector::{Count, FacetCollector};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Facet, FacetOptions, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, Searcher, TantivyDocument, Term};

use crate::queries::ArchiveQuery;

/// The facets that are counted or filtered by, in the order in which those to count are chosen.
pub(crate) const FACETS: [&str; 6] = ["person", "country", "source", "speaker", "credit", "language"];

/// Hits, and the highest counts of each facet, falling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counts {
    /// How many stories match.
    pub(crate) total: u64,
    /// In the order of the facets asked for.
    pub(crate) top: Vec<Vec<u64>>,
}

/// The index, open.
pub(crate) struct Peers {
    fields: PeerFields,
    searcher: Searcher,
}

struct PeerFields {
    texts: [Field; 2],
    columns: [Field; FACETS.len()],
    facets: [Field; FACETS.len()],
}

impl Peers {
    /// Writes the stories and joins them into one segment.
    pub(crate) fn build(folder: &Path, stories: impl Iterator<Item = (Filing, Extraction)>) -> Result<Self> {
        let (schema, fields) = schema();
        let index = Index::create_in_dir(folder, schema)?;
        let mut writer = index.writer_with_num_threads(2, 256_000_000)?;
        for (filing, extraction) in stories {
            writer.add_document(document(&fields, &filing, &extraction))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let ids = index.searchable_segment_ids()?;
        if ids.len() > 1 {
            index
                .writer_with_num_threads::<TantivyDocument>(1, 50_000_000)?
                .merge(&ids)
                .wait()?;
        }
        let searcher = index.reader()?.searcher();
        Ok(Self { fields, searcher })
    }

    /// The query: all words in headline or body, all filters but those on `without`.
    pub(crate) fn query(&self, asked: &ArchiveQuery, without: Option<&str>) -> Box<dyn Query> {
        let term = |field: Field, text: &str, record| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_text(field, text), record))
        };
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for word in &asked.words {
            let places = self
                .fields
                .texts
                .map(|field| (Occur::Should, term(field, word, IndexRecordOption::WithFreqs)));
            clauses.push((Occur::Must, Box::new(BooleanQuery::new(places.into()))));
        }
        for (name, value) in &asked.filters {
            if Some(*name) != without {
                let field = self.fields.columns[place(name)];
                clauses.push((Occur::Must, term(field, value, IndexRecordOption::Basic)));
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// Hits and counts by the terms aggregation.
    pub(crate) fn terms(&self, query: &dyn Query, facets: &[&str], top: usize) -> Result<Counts> {
        let requests = facets.iter().map(|name| {
            let request = serde_json::json!({ "terms": { "field": name, "size": top } });
            ((*name).to_owned(), request)
        });
        let request: serde_json::Map<_, _> = requests.collect();
        let request: Aggregations = serde_json::from_value(request.into())?;
        let limits = AggregationLimitsGuard::new(None, Some(u32::MAX));
        let context = AggContextParams::new(limits, self.searcher.index().tokenizers().clone());
        let collector = (Count, AggregationCollector::from_aggs(request, context));
        let (total, found) = self.searcher.search(query, &collector)?;
        let tops = facets.iter().map(|name| top_of(&found, name));
        Ok(Counts {
            total: total as u64,
            top: tops.collect::<Result<_>>()?,
        })
    }

    /// Hits and counts by four `FacetCollector`s in one pass.
    pub(crate) fn facet_collector(&self, query: &dyn Query, facets: [&str; 4], top: usize) -> Result<Counts> {
        let [a, b, c, d] = facets.map(|name| {
            let mut collector = FacetCollector::for_field(facet_field(name));
            collector.add_facet("/");
            collector
        });
        let (total, a, (b, c, d)) = self.searcher.search(query, &(Count, a, (b, c, d)))?;
        let tops = [a, b, c, d].map(|counts| counts.top_k("/", top).into_iter().map(|(_, count)| count).collect());
        Ok(Counts {
            total: total as u64,
            top: tops.into(),
        })
    }
}

fn top_of(found: &AggregationResults, name: &str) -> Result<Vec<u64>> {
    match found.0.get(name).context("an aggregation is missing")? {
        AggregationResult::BucketResult(BucketResult::Terms { buckets, .. }) => {
            Ok(buckets.iter().map(|bucket| bucket.doc_count).collect())
        }
        other => anyhow::bail!("not a terms aggregation: {other:?}"),
    }
}

/// Where a facet stands in [`FACETS`].
fn place(name: &str) -> usize {
    FACETS.iter().position(|facet| *facet == name).unwrap_or(0)
}

fn facet_field(name: &str) -> String {
    format!("{name}_facet")
}

fn schema() -> (Schema, PeerFields) {
    let mut schema = Schema::builder();
    let indexing = |analyzer: &str, record| {
        TextFieldIndexing::default()
            .set_tokenizer(analyzer)
            .set_index_option(record)
    };
    let text = TextOptions::default().set_indexing_options(indexing("whitespace", IndexRecordOption::WithFreqs));
    let basic = indexing("raw", IndexRecordOption::Basic).set_fieldnorms(false);
    let column = TextOptions::default().set_indexing_options(basic).set_fast("raw");
    let fields = PeerFields {
        texts: ["headline", "body"].map(|name| schema.add_text_field(name, text.clone())),
        columns: FACETS.map(|name| schema.add_text_field(name, column.clone())),
        facets: FACETS.map(|name| schema.add_facet_field(&facet_field(name), FacetOptions::default())),
    };
    (schema.build(), fields)
}

fn document(fields: &PeerFields, filing: &Filing, found: &Extraction) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    for (field, text) in fields
        .texts
        .into_iter()
        .zip([filing.ninjs.headline(), filing.ninjs.body()])
    {
        let terms: Vec<String> = written_terms(text).into_iter().map(|(term, ..)| term).collect();
        document.add_text(field, terms.join(" "));
    }
    let columns = fields.columns.into_iter().zip(fields.facets);
    for (name, (column, facet)) in FACETS.into_iter().zip(columns) {
        for value in values(name, found) {
            document.add_text(column, value);
            document.add_facet(facet, Facet::from_path([value]));
        }
    }
    document
}

fn values<'a>(name: &str, found: &'a Extraction) -> Vec<&'a str> {
    let sources = found.sources.iter().map(|source| source.value.as_str());
    match name {
        "person" => found.people.iter().map(|person| person.value.as_str()).collect(),
        "country" => found.countries.iter().map(|country| country.value.as_str()).collect(),
        "speaker" => found.speakers.iter().map(String::as_str).collect(),
        "source" => sources.collect(),
        // The archive's first source is its credit.
        "credit" => sources.take(1).collect(),
        _ => vec![&found.language],
    }
}
