//! The versions of a story: every filing of it that may be seen, numbered from 1, the oldest first.

use serde::Serialize;

use super::hits::Maker;
use super::{SearchError, Tombstone};
use crate::index::{Snapshot, Stored};
use crate::story::{Extraction, Ninjs, Take, TakeKind, key_of, rfc3339};
use crate::text::{Kind, tokenise};
use crate::vocabulary::Vocabulary;

/// A filing as one version of its story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Which one, from 1. A filing that comes late takes its place in time, and those after it move on by one.
    pub number: u32,
    /// When the version was created, as the agency states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_created: Option<String>,
    /// When it was published, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The version as the agency numbers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What it says of itself: `UPDATE 2`, `CORRECTED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take: Option<Take>,
    /// `usable`, `withheld` or `canceled`. A version that was killed later is canceled too.
    pub status: &'static str,
    /// Its headline; empty where a kill took it away.
    pub headline: String,
    /// The labels of its credits.
    pub credits: Vec<String>,
    /// Words of its body.
    pub words: usize,
    /// Whether it is the one that a search finds.
    pub current: bool,
    /// The hash of all that was sent, in hexadecimal digits: does not change with the number.
    pub content: String,
}

/// The versions of one story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Versions {
    /// The story's uri.
    pub uri: String,
    /// Its versions, the oldest first.
    pub versions: Vec<Version>,
}

/// The versions of the story of a uri; `None` where there is no story that may be seen ([`super::tombstone`] tells of a kill).
///
/// # Errors
/// When the index cannot be read.
pub fn versions(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    uri: &str,
    lang: &str,
) -> Result<Option<Versions>, SearchError> {
    let maker = Maker {
        snapshot,
        vocabulary,
        lang,
    };
    let history = History::of(snapshot, uri)?;
    Ok(history.map(|history| Versions {
        uri: uri.to_owned(),
        versions: (0..history.filings.len())
            .map(|at| history.version(at, &maker))
            .collect(),
    }))
}

/// All that was filed of a story that may be seen.
pub(super) struct History {
    uri: String,
    /// The filings, the oldest first.
    pub(super) filings: Vec<Stored>,
    current: usize,
    /// The last kill before the current filing.
    killed_by: Option<usize>,
}

/// A version's text as a reader had it, and what was found in it.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) ninjs: Ninjs,
    pub(super) dateline: Option<String>,
    pub(super) extraction: Extraction,
}

impl History {
    /// The history of a uri's story, `None` where there is none that may be seen.
    pub(super) fn of(snapshot: &Snapshot, uri: &str) -> Result<Option<Self>, SearchError> {
        let Some(at) = snapshot.story_by_uri(uri)? else {
            return Ok(None);
        };
        let filings = snapshot.filings_of(key_of(uri))?;
        Ok(Some(Self::new(uri, filings, &snapshot.stored(at)?)))
    }

    fn new(uri: &str, filings: Vec<Stored>, current: &Stored) -> Self {
        // A text with others behind it is kept apart from its filing, so that only what is whole can be told for it.
        let is_current = |stored: &Stored| !current.composed && stored == current;
        let stands = |stored: &Stored| stored.filing.kind().is_whole() && !stored.filing.hides();
        let place = filings.iter().rposition(is_current);
        let place = place.or_else(|| filings.iter().rposition(stands));
        let current = place.unwrap_or(filings.len().saturating_sub(1));
        // A kill without a time counts as later than all that came before it, which was all but the current filing.
        let timeless = |stored: &Stored| {
            kills(stored) && stored.filing.ninjs.version_created.is_none() && stored.filing.published.is_none()
        };
        let killed_by = filings[..current].iter().rposition(kills);
        Self {
            uri: uri.to_owned(),
            killed_by: if filings.iter().any(timeless) {
                current.checked_sub(1)
            } else {
                killed_by
            },
            filings,
            current,
        }
    }

    /// Whether its text must not be told: a kill took it away, or it is the kill.
    pub(super) fn is_killed(&self, at: usize) -> bool {
        self.killed_by.is_some_and(|kill| at <= kill)
    }

    /// The tombstone of a version that was killed.
    pub(super) fn tombstone(&self, maker: &Maker<'_>) -> Option<Tombstone> {
        let kill = self.filings.iter().rfind(|stored| kills(stored))?;
        Some(Tombstone::of(&self.uri, kill, maker))
    }

    /// The places of the versions that a reader would compare: those with text that may be told.
    pub(super) fn comparable(&self) -> Vec<usize> {
        let has_text = |at: &usize| {
            let filing = &self.filings[*at].filing;
            !self.is_killed(*at) && !filing.hides() && filing.kind() != TakeKind::Advisory
        };
        (0..self.filings.len()).filter(has_text).collect()
    }

    /// One version as it is listed.
    pub(super) fn version(&self, at: usize, maker: &Maker<'_>) -> Version {
        let stored = &self.filings[at];
        let filing = &stored.filing;
        let is_message = filing.hides() && !filing.targets.is_empty();
        let killed = self.is_killed(at);
        let headline = if killed && !is_message {
            ""
        } else {
            filing.ninjs.headline()
        };
        Version {
            number: at as u32 + 1,
            version_created: filing.ninjs.version_created.clone(),
            published: stored.published.and_then(rfc3339),
            version: filing.ninjs.version.clone(),
            take: filing.take.clone(),
            status: if killed { "canceled" } else { Version::status_of(filing) },
            headline: headline.to_owned(),
            credits: maker.credits(stored),
            words: words(filing.ninjs.body()),
            current: at == self.current,
            content: format!("{:032x}", filing.content_hash()),
        }
    }

    /// The text as it stood when a version had come: one that only adds paragraphs stands behind what it adds to.
    pub(super) fn text(&self, at: usize) -> Text {
        let adds = |at: usize| self.filings[at].filing.kind() == TakeKind::Add;
        let stands = |at: &usize| self.filings[*at].filing.kind().is_whole() && !self.filings[*at].filing.hides();
        let whole = if adds(at) { (0..at).rev().find(stands) } else { None };
        let Some(whole) = whole else {
            return Text::of(&self.filings[at]);
        };
        let mut text = Text::of(&self.filings[whole]);
        for added in (whole + 1..=at).filter(|at| adds(*at)) {
            text.append(&self.filings[added]);
        }
        text
    }
}

impl Text {
    fn of(stored: &Stored) -> Self {
        Self {
            ninjs: stored.filing.ninjs.clone(),
            dateline: stored.filing.dateline.clone(),
            extraction: stored.extraction.clone(),
        }
    }

    fn append(&mut self, added: &Stored) {
        let body = self.ninjs.body();
        let parts = [body, added.filing.ninjs.body()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let (joined, shift) = (parts.join("\n"), body.len() + usize::from(!body.is_empty()));
        self.ninjs.set_body(joined);
        self.extraction.append(&added.extraction, shift);
    }
}

fn kills(stored: &Stored) -> bool {
    stored.filing.hides() && Version::status_of(&stored.filing) == "canceled"
}

fn words(text: &str) -> usize {
    tokenise(text).iter().filter(|token| token.kind != Kind::Mark).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(minute: Option<u32>, kind: TakeKind, body: &str) -> Stored {
        let mut stored = Stored::default();
        stored.filing.ninjs.version_created = minute.map(|minute| format!("2026-03-02T10:{minute:02}:00Z"));
        stored.filing.ninjs.set_body(body);
        stored.filing.take = Some(Take {
            kind,
            ..Take::default()
        });
        stored
    }

    fn history(filings: &[Stored], current: usize) -> History {
        History::new("s:1", filings.to_vec(), &filings[current])
    }

    #[test]
    fn what_came_before_a_kill_is_killed_and_what_was_only_withheld_is_not() {
        let first = stored(Some(1), TakeKind::First, "One.");
        let again = stored(Some(3), TakeKind::First, "Three.");
        let taken = |kind| history(&[first.clone(), stored(Some(2), kind, "No."), again.clone()], 2);
        let killed = taken(TakeKind::Kill);
        assert_eq!(
            (killed.is_killed(0), killed.is_killed(1), killed.is_killed(2)),
            (true, true, false)
        );
        assert_eq!(killed.comparable(), [2]);
        assert_eq!(taken(TakeKind::Withhold).comparable(), [0, 2]);
    }

    #[test]
    fn a_kill_without_a_time_leaves_only_the_current_text() {
        let filings = [
            stored(None, TakeKind::Kill, "No."),
            stored(Some(1), TakeKind::First, "One."),
            stored(Some(2), TakeKind::First, "Two."),
        ];
        assert_eq!(history(&filings, 2).comparable(), [2]);
    }

    #[test]
    fn an_addition_is_read_behind_the_text_it_is_added_to() {
        let filings = [
            stored(Some(1), TakeKind::First, "One."),
            stored(Some(2), TakeKind::Add, "Two."),
            stored(Some(3), TakeKind::Advisory, "Editors: more follows."),
            stored(Some(4), TakeKind::Add, "Four."),
        ];
        let mut current = filings[0].clone();
        current.composed = true;
        let history = History::new("s:1", filings.to_vec(), &current);
        assert_eq!(history.current, 0);
        assert_eq!(history.comparable(), [0, 1, 3]);
        let body = |at| history.text(at).ninjs.body().to_owned();
        assert_eq!([body(0), body(1), body(3)], ["One.", "One.\nTwo.", "One.\nTwo.\nFour."]);
    }
}
