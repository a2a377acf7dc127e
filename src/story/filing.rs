//! A filing: one transmission of a story, and its identity.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::Ninjs;

/// Seconds since 1970 UTC.
pub type Timestamp = i64;

/// A content hash: XXH3, 128 bits. Stable over versions of this program.
pub type Hash = u128;

/// Where a filing came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file as the user would find it again, or `-` for standard input.
    pub file: String,
    /// The byte in the decompressed file at which the item starts.
    pub offset: u64,
    /// The format it was read as.
    pub format: String,
}

/// One transmission of a story, as one of the `formats` read it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Filing {
    /// The story in ninjs 3.1. An empty `uri` means that the item had no identity of its own.
    pub ninjs: Ninjs,
    /// The dateline as written, where the format carries it apart from the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// The credit line as written, where the format carries it apart from the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_line: Option<String>,
    /// When it was published: the version's time, else the first time the format tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Timestamp>,
    /// Where it came from.
    pub origin: Origin,
    /// What was odd in it and how it was read all the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

impl Filing {
    /// The hash of all that the agency sent (not of where it lay): equal filings have equal hashes.
    ///
    /// # Panics
    /// Never: a [`Ninjs`] always serialises.
    #[must_use]
    pub fn content_hash(&self) -> Hash {
        let sent = (&self.ninjs, &self.dateline, &self.credit_line, &self.published);
        let bytes = serde_json::to_vec(&sent).unwrap_or_default();
        xxh3_128(&bytes)
    }

    /// The uri of an item that has none: made from its headline and body, so that the same text gets the same one.
    #[must_use]
    pub fn content_uri(&self) -> String {
        let text = [self.ninjs.headline(), "\n", self.ninjs.body()].concat();
        format!("text:{:016x}", xxh3_64(text.as_bytes()))
    }
}

/// The key of a story in the index: 64 bits of its `uri`.
#[must_use]
pub fn key_of(uri: &str) -> u64 {
    xxh3_64(uri.as_bytes())
}
