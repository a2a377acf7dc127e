//! What stands in the place of a story that was killed or withheld: who took it away, when and why. Never its text.

use serde::Serialize;

use super::hits::Maker;
use super::{SearchError, Version};
use crate::index::{Snapshot, Stored};
use crate::story::{Filing, Take, TakeKind, key_of, rfc3339};
use crate::vocabulary::Vocabulary;

/// A kill or a withholding in the place of its story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tombstone {
    /// The story's uri.
    pub uri: String,
    /// `canceled` or `withheld`.
    pub status: &'static str,
    /// Who says so: the labels of the sources, else the service as the wire names it.
    pub by: Vec<String>,
    /// When, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Why: the note to editors, else the kill's own message, else its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The keyword line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// What the filing calls itself: `KILL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take: Option<Take>,
}

/// The tombstone of a uri; `None` where no kill or withholding stands.
///
/// # Errors
/// When the index cannot be read.
pub fn tombstone(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    uri: &str,
    lang: &str,
) -> Result<Option<Tombstone>, SearchError> {
    let maker = Maker {
        snapshot,
        vocabulary,
        lang,
    };
    let stored = snapshot.tombstone(key_of(uri))?;
    Ok(stored.map(|stored| Tombstone::of(uri, &stored, &maker)))
}

impl Tombstone {
    /// Of the filing that takes the story away.
    pub(super) fn of(uri: &str, stored: &Stored, maker: &Maker<'_>) -> Self {
        let filing = &stored.filing;
        let published = || stored.published.and_then(rfc3339);
        Self {
            uri: uri.to_owned(),
            status: Version::status_of(filing),
            by: by(stored, maker),
            at: filing.ninjs.version_created.clone().or_else(published),
            reason: reason(filing).map(str::to_owned),
            slug: filing.ninjs.slugline.clone().or_else(|| filing.keyword.clone()),
            take: filing.take.clone(),
        }
    }
}

fn by(stored: &Stored, maker: &Maker<'_>) -> Vec<String> {
    let filing = &stored.filing;
    let labels = maker.credits(stored);
    if !labels.is_empty() {
        return labels;
    }
    let names: Vec<String> = filing
        .ninjs
        .info_sources
        .iter()
        .map(|source| source.name.clone())
        .collect();
    let service = || Some(filing.service()).filter(|service| service != "-");
    if names.is_empty() {
        filing.credit_line.clone().or_else(service).into_iter().collect()
    } else {
        names
    }
}

/// Why. A filing that names what it kills is a message; any other may carry the killed story as its body, which is not told.
fn reason(filing: &Filing) -> Option<&str> {
    let message = (!filing.targets.is_empty()).then(|| filing.ninjs.body());
    let candidates = [filing.ninjs.ed_note.as_deref(), message, Some(filing.ninjs.headline())];
    let mut said = candidates.into_iter().flatten().map(str::trim);
    said.find(|text| !text.is_empty())
}

impl Version {
    /// `usable`, `withheld` or `canceled`: as the filing states it, else as its take does.
    pub(super) fn status_of(filing: &Filing) -> &'static str {
        match (filing.ninjs.pub_status.as_deref(), filing.kind()) {
            (Some("canceled"), _) | (_, TakeKind::Kill) => "canceled",
            (Some("withheld"), _) | (_, TakeKind::Withhold) => "withheld",
            _ => "usable",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::Target;

    #[test]
    fn the_reason_is_the_note_else_the_message_else_the_headline_and_never_the_killed_text() {
        let mut kill = Filing::default();
        kill.ninjs.pub_status = Some("canceled".into());
        kill.ninjs.set_headline("Ferry sinks");
        kill.ninjs.set_body("The ferry sank, which is not so.");
        assert_eq!(reason(&kill), Some("Ferry sinks"));
        kill.targets = vec![Target::Number("12".into())];
        assert_eq!(reason(&kill), Some("The ferry sank, which is not so."));
        kill.ninjs.ed_note = Some("Nothing sank.".into());
        assert_eq!(reason(&kill), Some("Nothing sank."));
        assert_eq!(Version::status_of(&kill), "canceled");
        assert_eq!(reason(&Filing::default()), None);
    }
}
