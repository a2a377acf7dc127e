//! What was read so far, told for a person who answers for it: the balance, what did not get in, which kills found no story.

use std::path::Path;

use serde::Serialize;

use super::{Counts, IngestError, Ledger, Rejection};
use crate::formats::Verdict;
use crate::index::Snapshot;
use crate::story::rfc3339;

/// What became of all that the ledger knows, and what is still open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Files read.
    pub files: u64,
    /// What became of their items when each was last read.
    #[serde(flatten)]
    pub counts: Counts,
    /// What did not get in, and why.
    pub rejections: Vec<Rejection>,
    /// What was in order and no story.
    pub skips: Vec<Rejection>,
    /// Kills whose story is not here.
    pub unresolved_kills: Vec<UnresolvedKill>,
    /// Stories and versions that wait for their embargo to end.
    pub embargoed: u64,
    /// When the next embargo ends, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_embargo_ends: Option<String>,
}

/// A kill whose story is not here: it is applied when the story comes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UnresolvedKill {
    /// Its own uri.
    pub uri: String,
    /// What it names.
    pub names: Vec<String>,
    /// The service that sent it.
    pub by: String,
    /// When, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Where it was read.
    pub file: String,
}

/// Tells what was read into an index.
///
/// # Errors
/// When the ledger or the index cannot be read.
pub fn report(index: &Path, snapshot: &Snapshot) -> Result<Report, IngestError> {
    let ledger = Ledger::open(index)?;
    let mut report = Report {
        files: ledger.len() as u64,
        ..Report::default()
    };
    for entry in ledger.sorted() {
        report.counts.add(entry.counts);
        let (rejected, skipped): (Vec<_>, Vec<_>) = entry
            .rejections
            .iter()
            .cloned()
            .partition(|rejection| rejection.verdict == Verdict::Rejected);
        report.rejections.extend(rejected);
        report.skips.extend(skipped);
    }
    for kill in snapshot.waiting_kills()? {
        let names = kill.filing.targets.iter().map(|target| match target {
            crate::story::Target::Uri(uri) => uri.clone(),
            crate::story::Target::Slug(slug) => format!("keyword {slug}"),
            crate::story::Target::Number(number) => format!("number {number}"),
        });
        report.unresolved_kills.push(UnresolvedKill {
            names: names.collect(),
            by: kill.filing.service(),
            at: kill.published.and_then(rfc3339),
            file: kill.filing.origin.file.clone(),
            uri: kill.uri,
        });
    }
    let (embargoed, next) = snapshot.embargoed()?;
    report.embargoed = embargoed;
    report.next_embargo_ends = next.and_then(rfc3339);
    Ok(report)
}
