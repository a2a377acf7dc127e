//! What the peer answers: counts by terms aggregations or `FacetCollector`s, the first twenty with their texts and
//! snippets, all of it as JSON.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::value::RawValue;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::agg_result::{AggregationResult, AggregationResults, BucketEntries, BucketResult};
use tantivy::aggregation::{AggContextParams, AggregationCollector, AggregationLimitsGuard};
use tantivy::collector::{Count, FacetCollector, TopDocs};
use tantivy::query::Query;
use tantivy::schema::{Field, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer};
use tantivy::{DateTime, DocAddress, Order, TantivyDocument, Term};

use crate::peers::{COUNTED, Counts, Peers, TOP, facet_field};
use crate::queries::ArchiveQuery;

/// Hits of a page.
const HITS: usize = 20;
/// Characters of a snippet: tantivy's default.
const SNIPPET: usize = 150;
/// The name of the histogram among the aggregations.
const HISTOGRAM: &str = "histogram";

/// A whole answer.
pub(crate) struct PeerAnswer {
    /// As JSON.
    pub(crate) json: String,
    /// The total and the counts of the facets asked for.
    pub(crate) counts: Counts,
    /// The sum of the histogram's bars.
    pub(crate) in_bars: u64,
}

/// The JSON of an answer.
#[derive(Serialize)]
struct Shown<'a> {
    total: u64,
    hits: Vec<PeerHit>,
    counts: &'a [AggregationResults],
}

/// A hit with all that dateline shows of one.
#[derive(Serialize)]
pub(crate) struct PeerHit {
    headline: String,
    body: String,
    rest: Box<RawValue>,
    highlights: Vec<PeerHighlight>,
}

impl PeerHit {
    /// The story's uri.
    pub(crate) fn uri(&self) -> Option<String> {
        let rest: serde_json::Value = serde_json::from_str(self.rest.get()).ok()?;
        rest["uri"].as_str().map(str::to_owned)
    }
}

#[derive(Serialize)]
struct PeerHighlight {
    text: String,
    spans: Vec<(usize, usize)>,
}

impl Peers {
    /// A whole answer. `disjunctive`: a facet that is filtered by gets a pass of its own without its filter.
    pub(crate) fn answer(&self, asked: &ArchiveQuery, facets: &[&str], disjunctive: bool) -> Result<PeerAnswer> {
        let query = self.query(asked, None);
        let (total, first) = self.aggregate(&*query, facets, true)?;
        let mut found = vec![first];
        let mut alone: Vec<&str> = Vec::new();
        for name in facets.iter().filter(|_| disjunctive) {
            if asked.filters.iter().any(|(filtered, _)| filtered == name) {
                found.push(self.aggregate(&*self.query(asked, Some(name)), &[name], false)?.1);
                alone.push(name);
            }
        }
        // A pruned search of its own is faster than one together with the counts.
        let top = self.top(&*query)?;
        let hits = self.page(asked, &top)?;
        let json = serde_json::to_string(&Shown {
            total,
            hits,
            counts: &found,
        })?;
        let tops = facets.iter().map(|name| {
            let own = alone.iter().position(|other| other == name);
            top_of(&found[own.map_or(0, |at| at + 1)], name)
        });
        let counts = Counts {
            total,
            top: tops.collect::<Result<_>>()?,
        };
        Ok(PeerAnswer {
            json,
            counts,
            in_bars: in_bars(&found[0])?,
        })
    }

    /// The total and the facets' highest counts by terms aggregations, no more.
    pub(crate) fn terms(&self, asked: &ArchiveQuery, facets: &[&str]) -> Result<Counts> {
        let (total, found) = self.aggregate(&*self.query(asked, None), facets, false)?;
        let tops = facets.iter().map(|name| top_of(&found, name));
        Ok(Counts {
            total,
            top: tops.collect::<Result<_>>()?,
        })
    }

    fn aggregate(&self, query: &dyn Query, facets: &[&str], histogram: bool) -> Result<(u64, AggregationResults)> {
        let mut requests = serde_json::Map::new();
        for name in facets {
            let request = serde_json::json!({ "terms": { "field": name, "size": TOP } });
            requests.insert((*name).to_owned(), request);
        }
        if histogram {
            // tantivy knows no calendar months.
            let request = serde_json::json!({ "date_histogram": { "field": "published", "fixed_interval": "30d" } });
            requests.insert(HISTOGRAM.to_owned(), request);
        }
        let request: Aggregations = serde_json::from_value(requests.into())?;
        let limits = AggregationLimitsGuard::new(None, Some(u32::MAX));
        let context = AggContextParams::new(limits, self.searcher.index().tokenizers().clone());
        let collector = (Count, AggregationCollector::from_aggs(request, context));
        let (total, found) = self.searcher.search(query, &collector)?;
        Ok((total as u64, found))
    }

    /// The total and the facets' highest counts by `FacetCollector`s in one pass.
    pub(crate) fn facet_collector(&self, asked: &ArchiveQuery, facets: [&str; COUNTED]) -> Result<Counts> {
        let query = self.query(asked, None);
        let [first, second, third, fourth, fifth] = facets.map(|name| {
            let mut collector = FacetCollector::for_field(facet_field(name));
            collector.add_facet("/");
            collector
        });
        let collectors = (Count, (first, second), (third, fourth, fifth));
        let (total, (first, second), (third, fourth, fifth)) = self.searcher.search(&*query, &collectors)?;
        let tops = [first, second, third, fourth, fifth]
            .map(|counts| counts.top_k("/", TOP).into_iter().map(|(_, count)| count).collect());
        Ok(Counts {
            total: total as u64,
            top: tops.into(),
        })
    }

    /// The first twenty by relevance.
    pub(crate) fn top(&self, query: &dyn Query) -> Result<Vec<DocAddress>> {
        let collector = TopDocs::with_limit(HITS).order_by_score();
        let found = self.searcher.search(query, &collector)?;
        Ok(found.into_iter().map(|(_, at)| at).collect())
    }

    /// The twenty newest, by the date column, with their times in seconds.
    pub(crate) fn newest(&self, query: &dyn Query) -> Result<(Vec<DocAddress>, Vec<i64>)> {
        let collector = TopDocs::with_limit(HITS).order_by_fast_field::<DateTime>("published", Order::Desc);
        let found = self.searcher.search(query, &collector)?;
        let times = found
            .iter()
            .map(|(time, _)| time.map_or(0, DateTime::into_timestamp_secs));
        let times = times.collect();
        Ok((found.into_iter().map(|(_, at)| at).collect(), times))
    }

    /// The stored stories, no more.
    pub(crate) fn fetch(&self, top: &[DocAddress]) -> Result<Vec<TantivyDocument>> {
        Ok(top
            .iter()
            .map(|at| self.searcher.doc(*at))
            .collect::<tantivy::Result<_>>()?)
    }

    /// The stories with snippets of their headline and body.
    pub(crate) fn page(&self, asked: &ArchiveQuery, top: &[DocAddress]) -> Result<Vec<PeerHit>> {
        let snippets = [self.snippets(asked, 0)?, self.snippets(asked, 1)?];
        let hits = top.iter().map(|at| {
            let document: TantivyDocument = self.searcher.doc(*at)?;
            let text = |field: Field| document.get_first(field).and_then(|value| value.as_str());
            let texts = self.fields.texts.map(|field| text(field).unwrap_or_default());
            let snippets = texts.into_iter().zip(&snippets);
            let found = snippets.map(|(text, snippets)| snippets.snippet(text));
            let shown = found
                .filter(|snippet| !snippet.is_empty())
                .map(|snippet| PeerHighlight {
                    text: snippet.fragment().to_owned(),
                    spans: snippet
                        .highlighted()
                        .iter()
                        .map(|span| (span.start, span.end))
                        .collect(),
                });
            Ok(PeerHit {
                highlights: shown.collect(),
                headline: texts[0].to_owned(),
                body: texts[1].to_owned(),
                rest: RawValue::from_string(text(self.fields.rest).unwrap_or("null").to_owned())?,
            })
        });
        hits.collect()
    }

    /// What `SnippetGenerator::create` makes, but on the stored text, by tantivy's default analyser.
    fn snippets(&self, asked: &ArchiveQuery, at: usize) -> Result<SnippetGenerator> {
        let mut terms = BTreeMap::new();
        for word in &asked.words {
            let term = Term::from_field_text(self.fields.words[at], word);
            let stories = self.searcher.doc_freq(&term)?;
            if stories > 0 {
                terms.insert(word.clone(), 1.0 / (1.0 + stories as f32));
            }
        }
        let analyser = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(LowerCaser)
            .build();
        let field = self.fields.texts[at];
        Ok(SnippetGenerator::new(terms, analyser, field, SNIPPET))
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

fn in_bars(found: &AggregationResults) -> Result<u64> {
    match found.0.get(HISTOGRAM).context("the histogram is missing")? {
        AggregationResult::BucketResult(BucketResult::Histogram {
            buckets: BucketEntries::Vec(bars),
        }) => Ok(bars.iter().map(|bar| bar.doc_count).sum()),
        other => anyhow::bail!("not a histogram: {other:?}"),
    }
}
