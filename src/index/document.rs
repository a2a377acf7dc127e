//! The documents of a story: itself, its quotes, and its superseded filings.

use serde::{Deserialize, Serialize};

use crate::story::{Extraction, Filing, Timestamp};

/// A filing as the index keeps it, with what was extracted from it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stored {
    /// The story's uri: the filing's own, else [`Filing::content_uri`].
    pub uri: String,
    /// When the filing was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Timestamp>,
    /// How many filings of the story had arrived before it: the last measure of their order.
    pub arrival: u32,
    /// The filing; its `ninjs.uri` is `uri`.
    pub filing: Filing,
    /// What was found in it.
    pub extraction: Extraction,
}
