//! The schema, built from `index_schema/fields.toml`: the one place where a field is defined.

use std::fmt::Write as _;
use std::sync::OnceLock;

use serde::Deserialize;
use tantivy::schema::{DateOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};

use super::Fields;
use crate::story::Facet;

const DEFINITION: &str = include_str!("../../index_schema/fields.toml");

/// What values a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// Analysed words.
    Text,
    /// A raw value, or several.
    Str,
    /// A number.
    U64,
    /// A signed number.
    I64,
    /// A time, UTC, whole seconds.
    Date,
}

/// How a field stands in the inverted index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Indexed {
    /// Documents, frequencies and positions.
    Positions,
    /// Documents and frequencies.
    Freqs,
    /// Documents.
    Basic,
}

/// One field as `fields.toml` defines it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldDefinition {
    /// Its name.
    pub name: String,
    /// What values it has.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// What makes its terms.
    pub analyzer: Option<String>,
    /// Whether it comes back with a document.
    #[serde(default)]
    pub stored: bool,
    /// How it stands in the inverted index, if it does.
    pub indexed: Option<Indexed>,
    /// Whether it is a column.
    #[serde(default)]
    pub fast: bool,
    /// Whether stories are counted and filtered by it.
    #[serde(default)]
    pub facet: bool,
    /// Its weight in a search without a field, 0 if it is not searched.
    #[serde(default)]
    pub boost: f32,
    /// What it holds, one sentence.
    pub holds: String,
}

/// The whole definition: the version and the fields in their order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The schema version; an index of another version is not opened.
    pub version: u32,
    /// The fields.
    #[serde(rename = "field")]
    pub fields: Vec<FieldDefinition>,
}

/// The definition that this program is built with.
///
/// # Panics
/// Never in a program that passed its tests: the text is compiled in and one of them reads it.
#[must_use]
#[allow(clippy::expect_used)]
pub fn definition() -> &'static Definition {
    static PARSED: OnceLock<Definition> = OnceLock::new();
    PARSED.get_or_init(|| toml::from_str(DEFINITION).expect("index_schema/fields.toml is well-formed: a test reads it"))
}

/// The schema version of the indexes that this program writes and reads.
#[must_use]
pub fn version() -> u32 {
    definition().version
}

/// The weight of a text field in a search without a field.
#[must_use]
pub fn boost(name: &str) -> f32 {
    let field = definition().fields.iter().find(|field| field.name == name);
    field.map_or(0.0, |field| field.boost)
}

/// The schema as tantivy takes it.
#[must_use]
pub fn schema() -> Schema {
    let mut builder = Schema::builder();
    for field in &definition().fields {
        match field.field_type {
            FieldType::Text | FieldType::Str => builder.add_text_field(&field.name, text_options(field)),
            FieldType::U64 => builder.add_u64_field(&field.name, numeric_options(field)),
            FieldType::I64 => builder.add_i64_field(&field.name, numeric_options(field)),
            FieldType::Date => builder.add_date_field(&field.name, date_options(field)),
        };
    }
    builder.build()
}

fn text_options(field: &FieldDefinition) -> TextOptions {
    let analyzer = field.analyzer.as_deref().unwrap_or("raw");
    let mut options = TextOptions::default();
    if let Some(indexed) = field.indexed {
        let record = match indexed {
            Indexed::Positions => IndexRecordOption::WithFreqsAndPositions,
            Indexed::Freqs => IndexRecordOption::WithFreqs,
            Indexed::Basic => IndexRecordOption::Basic,
        };
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(analyzer)
            .set_index_option(record)
            .set_fieldnorms(field.field_type == FieldType::Text);
        options = options.set_indexing_options(indexing);
    }
    if field.fast {
        options = options.set_fast("raw");
    }
    if field.stored {
        options = options.set_stored();
    }
    options
}

fn numeric_options(field: &FieldDefinition) -> NumericOptions {
    let mut options = NumericOptions::default();
    if field.indexed.is_some() {
        options = options.set_indexed();
    }
    if field.fast {
        options = options.set_fast();
    }
    if field.stored {
        options = options.set_stored();
    }
    options
}

fn date_options(field: &FieldDefinition) -> DateOptions {
    let mut options = DateOptions::default();
    if field.indexed.is_some() {
        options = options.set_indexed();
    }
    if field.fast {
        options = options.set_fast();
    }
    if field.stored {
        options = options.set_stored();
    }
    options
}

impl Fields {
    /// The fields of the schema that this program is built with: of every index that it opens.
    ///
    /// # Panics
    /// Never in a program that passed its tests: one of them resolves the fields.
    #[must_use]
    #[allow(clippy::expect_used)]
    pub fn of_builtin() -> &'static Self {
        static FIELDS: OnceLock<Fields> = OnceLock::new();
        FIELDS.get_or_init(|| Self::of(&schema()).expect("fields.toml defines every field: a test resolves them"))
    }

    /// The fields of a schema by their names, or the name that it lacks.
    pub(super) fn of(schema: &Schema) -> Result<Self, &'static str> {
        let field = |name: &'static str| schema.get_field(name).map_err(|_| name);
        let mut facets = [Field::from_field_id(0); Facet::ALL.len()];
        for facet in Facet::ALL {
            facets[facet as usize] = field(facet.name())?;
        }
        Ok(Self {
            kind: field("kind")?,
            key: field("key")?,
            filing_of: field("filing_of")?,
            handle: field("handle")?,
            awaits: field("awaits")?,
            visible_from: field("visible_from")?,
            visible_until: field("visible_until")?,
            laid_out: field("laid_out")?,
            stored: field("stored")?,
            content: field("content")?,
            version: field("version")?,
            version_number: field("version_number")?,
            arrival: field("arrival")?,
            filings: field("filings")?,
            published: field("published")?,
            length: field("length")?,
            quote_count: field("quote_count")?,
            quote_at: field("quote_at")?,
            headline: field("headline")?,
            body: field("body")?,
            headline_stem: field("headline_stem")?,
            body_stem: field("body_stem")?,
            quote: field("quote")?,
            quote_stem: field("quote_stem")?,
            quote_speaker: field("quote_speaker")?,
            facets,
        })
    }
}

/// The definition as a table for a reader.
#[must_use]
pub fn as_markdown() -> String {
    let mut out = String::from("| field | type | indexed | column | holds |\n|---|---|---|---|---|\n");
    for field in &definition().fields {
        let kind = format!("{:?}", field.field_type).to_lowercase();
        let analyzer = field.analyzer.as_deref().filter(|name| *name != "raw");
        let indexed = match (field.indexed, analyzer) {
            (Some(indexed), Some(analyzer)) => format!("{analyzer}, {}", format!("{indexed:?}").to_lowercase()),
            (Some(_), None) => "yes".into(),
            (None, _) if field.stored => "stored".into(),
            (None, _) => String::new(),
        };
        let column = match (field.fast, field.facet) {
            (_, true) => "facet",
            (true, false) => "yes",
            (false, false) => "",
        };
        let _ = write!(
            out,
            "| `{}` | {kind} | {indexed} | {column} | {}",
            field.name, field.holds
        );
        if field.boost > 0.0 {
            let _ = write!(out, " Weight {}.", field.boost);
        }
        out.push_str(" |\n");
    }
    out
}

/// The schema as tantivy writes it, JSON.
#[must_use]
pub fn as_tantivy_json() -> String {
    serde_json::to_string_pretty(&schema()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_and_the_fields_agree() {
        let schema = schema();
        let fields = Fields::of(&schema).unwrap();
        let mut named = vec![
            fields.kind,
            fields.key,
            fields.filing_of,
            fields.handle,
            fields.awaits,
            fields.visible_from,
            fields.visible_until,
            fields.laid_out,
            fields.stored,
            fields.content,
            fields.version,
            fields.version_number,
            fields.arrival,
            fields.filings,
            fields.published,
            fields.length,
            fields.quote_count,
            fields.quote_at,
            fields.headline,
            fields.body,
            fields.headline_stem,
            fields.body_stem,
            fields.quote,
            fields.quote_stem,
            fields.quote_speaker,
        ];
        named.extend(fields.facets);
        named.sort_unstable();
        named.dedup();
        assert_eq!(
            named.len(),
            schema.num_fields(),
            "fields.toml defines a field that no code names"
        );
    }

    #[test]
    fn every_facet_is_a_filterable_column_and_nothing_else_is_a_facet() {
        for field in &definition().fields {
            assert_eq!(Facet::named(&field.name).is_some(), field.facet, "{}", field.name);
            if field.facet {
                assert!(field.fast && field.indexed == Some(Indexed::Basic), "{}", field.name);
            }
        }
    }

    #[test]
    fn a_definition_with_a_misspelt_property_is_refused() {
        let text = DEFINITION.replacen("fast = true", "fats = true", 1);
        assert!(toml::from_str::<Definition>(&text).is_err());
    }

    #[test]
    fn the_manual_shows_the_definition() {
        let manual = include_str!("../../index_schema/README.md");
        assert!(
            manual.contains(&as_markdown()),
            "index_schema/README.md should contain:\n{}",
            as_markdown()
        );
    }

    #[test]
    fn tantivy_reads_its_json_back() {
        let read: Schema = serde_json::from_str(&as_tantivy_json()).unwrap();
        assert_eq!(read, schema());
    }
}
