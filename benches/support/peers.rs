//! The peer of the search bench: a tantivy index of the same stories with the facet values as `str` columns (for its terms
//! aggregation) and as `Facet` fields (for its `FacetCollector`). Words are dateline's own terms, so that both find the same.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, anyhow};
use dateline::index::analyzer::written_terms;
use dateline::index::schema::boost;
use dateline::story::{Extraction, Filing, Quote, Subject};
use serde::Serialize;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    DateOptions, DateTimePrecision, Facet, FacetOptions, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing,
    TextOptions,
};
use tantivy::{DateTime, Index, Searcher, TantivyDocument, Term};

use crate::archive::Archive;
use crate::queries::ArchiveQuery;

/// The facets that are counted or filtered by, in the order in which those to count are chosen.
pub(crate) const FACETS: [&str; 7] = [
    "person", "country", "source", "speaker", "credit", "language", "subject",
];
/// Facets counted by each query: so many are left where two are filtered by.
pub(crate) const COUNTED: usize = FACETS.len() - 2;
/// Values listed of each facet.
pub(crate) const TOP: usize = 10;

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
    /// Its fields.
    pub(crate) fields: PeerFields,
    /// Its one segment.
    pub(crate) searcher: Searcher,
}

/// The fields by what they are for.
pub(crate) struct PeerFields {
    /// Headline and body to search in.
    pub(crate) words: [Field; 2],
    /// Headline and body as they are.
    pub(crate) texts: [Field; 2],
    /// What else an answer shows of a story, as JSON.
    pub(crate) rest: Field,
    published: Field,
    columns: [Field; FACETS.len()],
    facets: [Field; FACETS.len()],
}

/// What an answer shows of a story beside its texts.
#[derive(Serialize)]
struct Rest<'a> {
    uri: &'a str,
    published: Option<i64>,
    by: Option<&'a str>,
    slugline: Option<&'a str>,
    subjects: &'a [Subject],
    facets: BTreeMap<&'a str, Vec<&'a str>>,
    quotes: &'a [Quote],
}

/// Writes the stories and joins them into one segment.
pub(crate) fn build(folder: &Path, archive: &Archive, stories: usize) -> Result<()> {
    const THREADS: usize = 2;
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema)?;
    let mut writer = index.writer_with_num_threads(THREADS, 256_000_000)?;
    std::thread::scope(|scope| -> Result<()> {
        let (writer, fields) = (&writer, &fields);
        let start = |first: usize| {
            scope.spawn(move || -> Result<()> {
                for (filing, found) in (first..stories).step_by(THREADS).map(|n| archive.story(n)) {
                    writer.add_document(document(fields, &filing, &found)?)?;
                }
                Ok(())
            })
        };
        let workers: Vec<_> = (0..THREADS).map(start).collect();
        for worker in workers {
            let written = worker.join();
            written.map_err(|_| anyhow!("a thread that writes the peer's index panicked"))??;
        }
        Ok(())
    })?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    let ids = index.searchable_segment_ids()?;
    if ids.len() > 1 {
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 50_000_000)?;
        writer.merge(&ids).wait()?;
        writer.garbage_collect_files().wait()?;
    }
    Ok(())
}

impl Peers {
    /// Opens the index.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        Ok(Self {
            fields: schema().1,
            searcher: Index::open_in_dir(folder)?.reader()?.searcher(),
        })
    }

    /// The query: all words in headline or body, all filters but those on `without`.
    pub(crate) fn query(&self, asked: &ArchiveQuery, without: Option<&str>) -> Box<dyn Query> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> =
            asked.words.iter().map(|word| (Occur::Must, self.word(word))).collect();
        for (name, value) in &asked.filters {
            if Some(*name) != without {
                let term = Term::from_field_text(self.fields.columns[place(name)], value);
                clauses.push((Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
            }
        }
        // A union that stands alone is pruned, one inside an intersection of one is not.
        if clauses.len() == 1
            && let Some((_, only)) = clauses.pop()
        {
            return only;
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// The word in headline or body, with dateline's weights.
    fn word(&self, word: &str) -> Box<dyn Query> {
        let [headline, body] = self.fields.words.map(|field| {
            let term = Term::from_field_text(field, word);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        });
        let headline = BoostQuery::new(headline, boost("headline"));
        Box::new(BooleanQuery::union(vec![Box::new(headline), body]))
    }
}

/// Where a facet stands in [`FACETS`].
fn place(name: &str) -> usize {
    FACETS.iter().position(|facet| *facet == name).unwrap_or(0)
}

/// The name of the `Facet` field.
pub(crate) fn facet_field(name: &str) -> String {
    format!("{name}_facet")
}

fn schema() -> (Schema, PeerFields) {
    let mut schema = Schema::builder();
    let indexing = |analyzer: &str, record| {
        TextFieldIndexing::default()
            .set_tokenizer(analyzer)
            .set_index_option(record)
    };
    let words = TextOptions::default().set_indexing_options(indexing("whitespace", IndexRecordOption::WithFreqs));
    let basic = indexing("raw", IndexRecordOption::Basic).set_fieldnorms(false);
    let column = TextOptions::default().set_indexing_options(basic).set_fast("raw");
    let seconds = DateOptions::default().set_precision(DateTimePrecision::Seconds);
    let fields = PeerFields {
        words: ["headline", "body"].map(|name| schema.add_text_field(name, words.clone())),
        texts: ["headline_text", "body_text"].map(|name| schema.add_text_field(name, STORED)),
        rest: schema.add_text_field("rest", STORED),
        published: schema.add_date_field("published", seconds.set_fast()),
        columns: FACETS.map(|name| schema.add_text_field(name, column.clone())),
        facets: FACETS.map(|name| schema.add_facet_field(&facet_field(name), FacetOptions::default())),
    };
    (schema.build(), fields)
}

fn document(fields: &PeerFields, filing: &Filing, found: &Extraction) -> Result<TantivyDocument> {
    let mut document = TantivyDocument::default();
    let texts = [filing.ninjs.headline(), filing.ninjs.body()];
    for (at, text) in texts.into_iter().enumerate() {
        document.add_text(fields.words[at], written(text));
        document.add_text(fields.texts[at], text);
    }
    let seconds = filing.published.unwrap_or_default();
    document.add_date(fields.published, DateTime::from_timestamp_secs(seconds));
    let mut facets = BTreeMap::new();
    for (at, name) in FACETS.into_iter().enumerate() {
        let values = values(name, filing, found);
        for value in &values {
            document.add_text(fields.columns[at], value);
            document.add_facet(fields.facets[at], Facet::from_path([value]));
        }
        facets.insert(name, values);
    }
    let rest = Rest {
        uri: &filing.ninjs.uri,
        published: filing.published,
        by: filing.ninjs.by.as_deref(),
        slugline: filing.ninjs.slugline.as_deref(),
        subjects: &filing.ninjs.subjects,
        facets,
        quotes: &found.quotes,
    };
    document.add_text(fields.rest, serde_json::to_string(&rest)?);
    Ok(document)
}

/// The terms of a text as dateline indexes it, with spaces between.
pub(crate) fn written(text: &str) -> String {
    let terms: Vec<String> = written_terms(text).into_iter().map(|(term, ..)| term).collect();
    terms.join(" ")
}

/// The values of a facet that a story has.
pub(crate) fn values<'a>(name: &str, filing: &'a Filing, found: &'a Extraction) -> Vec<&'a str> {
    let sources = found.sources.iter().map(|source| source.value.as_str());
    match name {
        "person" => found.people.iter().map(|person| person.value.as_str()).collect(),
        "country" => found.countries.iter().map(|country| country.value.as_str()).collect(),
        "speaker" => found.speakers.iter().map(String::as_str).collect(),
        "source" => sources.collect(),
        // The archive's first source is its credit.
        "credit" => sources.take(1).collect(),
        "subject" => filing
            .ninjs
            .subjects
            .iter()
            .map(|subject| subject.name.as_str())
            .collect(),
        _ => vec![&found.language],
    }
}
