//! A filing: one transmission of a story, and its identity.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::{Ninjs, Take, TakeKind, Target, WireNumber};

/// Seconds since 1970 UTC.
pub type Timestamp = i64;

/// A content hash: XXH3, 128 bits. Stable over versions of this program.
pub type Hash = u128;

/// Where a filing came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file as the user would find it again, or `-` for standard input; a member of an archive as
    /// `wire.zip!/monday/kapal.xml`.
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
    /// The keyword line without take words and cycle prefixes: the same on every filing of the story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    /// What the filing does to its story, where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take: Option<Take>,
    /// The number that the service gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wire_number: Option<WireNumber>,
    /// Of a kill or withholding that is an item of its own: what it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
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
        let sent = (
            &self.ninjs,
            &self.dateline,
            &self.credit_line,
            &self.published,
            &self.take,
            &self.wire_number,
        );
        let bytes = serde_json::to_vec(&sent).unwrap_or_default();
        xxh3_128(&bytes)
    }

    /// The kind of its take.
    #[must_use]
    pub fn kind(&self) -> TakeKind {
        self.take.as_ref().map_or(TakeKind::First, |take| take.kind)
    }

    /// Whether it takes its story away: by its status or by its take.
    #[must_use]
    pub fn hides(&self) -> bool {
        self.kind().hides() || matches!(self.ninjs.pub_status.as_deref(), Some("canceled" | "withheld"))
    }

    /// Whether it takes its story away for good, so that what came before is not to be shown again.
    #[must_use]
    pub fn kills(&self) -> bool {
        self.kind() == TakeKind::Kill || self.ninjs.pub_status.as_deref() == Some("canceled")
    }

    /// The time until which it must not be seen: `None` without an embargo, [`Timestamp::MAX`] where the embargo is no time that
    /// can be read. A date without a time is its first minute, UTC.
    #[must_use]
    pub fn embargo(&self) -> Option<Timestamp> {
        let written = self.ninjs.embargoed_until.as_deref()?.trim();
        let time = || instant(written).map_or(Timestamp::MAX, jiff::Timestamp::as_second);
        (!written.is_empty()).then(time)
    }

    /// The uri of an item that has none: made from its headline and body, so that the same text gets the same one.
    #[must_use]
    pub fn content_uri(&self) -> String {
        let text = [self.ninjs.headline(), "\n", self.ninjs.body()].concat();
        format!("text:{:016x}", xxh3_64(text.as_bytes()))
    }
}

/// The moment that a property of ninjs tells: RFC 3339, with or without an offset (then UTC), or a date alone (its first minute).
#[must_use]
pub fn instant(written: &str) -> Option<jiff::Timestamp> {
    let civil = || {
        let civil: jiff::civil::DateTime = written.parse().ok()?;
        jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()
    };
    written.parse().ok().or_else(civil)
}

/// Seconds as RFC 3339, UTC; `None` outside of the years that it can tell.
#[must_use]
pub fn rfc3339(seconds: Timestamp) -> Option<String> {
    jiff::Timestamp::from_second(seconds).ok().map(|time| time.to_string())
}

/// The key of a story in the index: 64 bits of its `uri`.
#[must_use]
pub fn key_of(uri: &str) -> u64 {
    xxh3_64(uri.as_bytes())
}
