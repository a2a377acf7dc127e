//! dateline's fields in a tantivy index of one's own, with tantivy's own analysers.

use std::path::Path;

use anyhow::Result;
use dateline::story::{Extraction, Facet, Filing, SourceRole, key_of};
use tantivy::schema::{
    BytesOptions, DateOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{DateTime, Index, TantivyDocument};

use crate::stem_filter::en_stem;

/// The fields of `index_schema/fields.toml` that a first filing of a story fills in.
pub(crate) struct SameFields {
    schema: Schema,
    kind: Field,
    key: Field,
    stored: Field,
    numbers: [Field; 6],
    published: Field,
    quote_at: Field,
    texts: [(Field, Field); 3],
    quote_speaker: Field,
    facets: Vec<Field>,
}

impl SameFields {
    /// The schema.
    pub(crate) fn new() -> Self {
        let mut schema = Schema::builder();
        let fast = NumericOptions::default().set_fast();
        let numbers = ["content", "version", "version_number", "arrival", "filings", "length"];
        Self {
            kind: schema.add_u64_field("kind", fast.clone()),
            key: schema.add_u64_field("key", fast.clone().set_indexed()),
            stored: schema.add_bytes_field("stored", BytesOptions::default().set_stored()),
            numbers: numbers.map(|name| schema.add_u64_field(name, fast.clone())),
            published: schema.add_date_field("published", DateOptions::default().set_fast().set_indexed()),
            quote_at: schema.add_u64_field("quote_at", fast.clone()),
            texts: ["headline", "body", "quote"].map(|name| {
                let written = text("default", IndexRecordOption::WithFreqsAndPositions);
                let stems = text("en_stem", IndexRecordOption::WithFreqs);
                (
                    schema.add_text_field(name, written),
                    schema.add_text_field(&format!("{name}_stem"), stems),
                )
            }),
            quote_speaker: schema.add_text_field("quote_speaker", value()),
            facets: Facet::ALL
                .iter()
                .map(|facet| schema.add_text_field(facet.name(), value()))
                .collect(),
            schema: schema.build(),
        }
    }

    /// An empty index with these fields.
    pub(crate) fn create(&self, folder: &Path) -> Result<Index> {
        let settings = tantivy::IndexSettings {
            docstore_compression: tantivy::store::Compressor::Lz4,
            ..tantivy::IndexSettings::default()
        };
        let directory = tantivy::directory::MmapDirectory::open(folder)?;
        let index = Index::create(directory, self.schema.clone(), settings)?;
        index.tokenizers().register("en_stem", en_stem());
        Ok(index)
    }

    /// A story's documents: itself and its quotes.
    pub(crate) fn documents(&self, filing: &Filing, extraction: &Extraction) -> Result<Vec<TantivyDocument>> {
        let key = key_of(&filing.ninjs.uri);
        let published = DateTime::from_timestamp_secs(filing.published.unwrap_or_default());
        let mut story = TantivyDocument::default();
        story.add_u64(self.kind, 0);
        story.add_u64(self.key, key);
        story.add_date(self.published, published);
        story.add_bytes(self.stored, &serde_json::to_vec(&(filing, extraction))?);
        for number in self.numbers {
            story.add_u64(number, key);
        }
        self.add_text(0, filing.ninjs.headline(), &mut story);
        self.add_text(1, filing.ninjs.body(), &mut story);
        for facet in Facet::ALL {
            for value in values(facet, filing, extraction) {
                story.add_text(self.facets[facet as usize], value);
            }
        }
        let mut documents = vec![story];
        for (at, quote) in extraction.quotes.iter().enumerate() {
            let mut document = TantivyDocument::default();
            document.add_u64(self.kind, 1);
            document.add_u64(self.key, key);
            document.add_u64(self.quote_at, at as u64);
            document.add_date(self.published, published);
            self.add_text(2, &quote.text, &mut document);
            document.add_text(self.quote_speaker, quote.speaker.as_deref().unwrap_or_default());
            documents.push(document);
        }
        Ok(documents)
    }

    fn add_text(&self, which: usize, text: &str, document: &mut TantivyDocument) {
        let (written, stems) = self.texts[which];
        document.add_text(written, text);
        document.add_text(stems, text);
    }
}

fn text(analyzer: &str, record: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(analyzer)
        .set_index_option(record);
    TextOptions::default().set_indexing_options(indexing)
}

/// A raw value, indexed and a column.
fn value() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing).set_fast("raw")
}

/// The values of a facet.
fn values<'a>(facet: Facet, filing: &'a Filing, found: &'a Extraction) -> Vec<&'a str> {
    match facet {
        Facet::Person => found.people.iter().map(|person| person.value.as_str()).collect(),
        Facet::Speaker => found.speakers.iter().map(String::as_str).collect(),
        Facet::Country => found.countries.iter().map(|country| country.value.as_str()).collect(),
        Facet::About => found
            .countries
            .iter()
            .filter(|c| c.about)
            .map(|c| c.value.as_str())
            .collect(),
        Facet::Source => found.sources.iter().map(|source| source.value.as_str()).collect(),
        Facet::Credit => {
            let credits = found.sources.iter().filter(|source| source.role == SourceRole::Credit);
            credits.map(|source| source.value.as_str()).collect()
        }
        Facet::Language => vec![&found.language],
        Facet::Subject => filing
            .ninjs
            .subjects
            .iter()
            .map(|subject| subject.name.as_str())
            .collect(),
        Facet::Slug => filing.ninjs.slugline.iter().map(String::as_str).collect(),
        Facet::Status => vec!["usable"],
        // dateline works these out of the countries; here the first country stands for them.
        Facet::Region => found
            .countries
            .iter()
            .take(1)
            .map(|country| country.value.as_str())
            .collect(),
    }
}
