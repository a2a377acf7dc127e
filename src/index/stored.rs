//! A filing as the index keeps it, and how it is read back.

use serde::{Deserialize, Serialize};

use super::document::language_of;
use crate::story::{Extraction, Filing, Quote, Timestamp};

/// A filing as the index keeps it, with what was extracted from it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stored {
    /// The story's uri: the filing's own, else [`Filing::content_uri`].
    pub uri: String,
    /// When the filing was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Timestamp>,
    /// The filing; its `ninjs.uri` is `uri`.
    pub filing: Filing,
    /// What was found in it.
    pub extraction: Extraction,
    /// Whether paragraphs of later filings stand behind its own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub composed: bool,
}

/// What a hit shows of a stored filing: its facets are in memory, and most of what was extracted need not be read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Shown {
    uri: String,
    published: Option<Timestamp>,
    filing: Filing,
    extraction: ShownExtraction,
    composed: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ShownExtraction {
    language: String,
    quotes: Vec<Quote>,
}

impl Stored {
    /// Reads what a hit shows: of the extraction the language and the quotes.
    pub(super) fn shown(json: &str) -> serde_json::Result<Self> {
        let shown: Shown = serde_json::from_str(json)?;
        Ok(Self {
            uri: shown.uri,
            published: shown.published,
            filing: shown.filing,
            extraction: Extraction {
                language: shown.extraction.language,
                quotes: shown.extraction.quotes,
                ..Extraction::default()
            },
            composed: shown.composed,
        })
    }

    /// The language that its words are stemmed in: as extraction tells it, else as the filing does.
    #[must_use]
    pub fn language(&self) -> &str {
        language_of(self)
    }

    /// The same story with the paragraphs of another filing behind its own, and what was found in them.
    #[must_use]
    pub(super) fn with_added(mut self, added: &Self) -> Self {
        let body = self.filing.ninjs.body();
        let shift = body.len() + usize::from(!body.is_empty());
        let parts = [body, added.filing.ninjs.body()];
        let joined: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let joined = joined.join("\n");
        self.filing.ninjs.set_body(joined);
        self.extraction.append(&added.extraction, shift);
        self.composed = true;
        self
    }
}
