//! The clauses of a request, one by one: what each finds alone, what it leaves of those before it, and which keeps a story out.

use serde::Serialize;

use super::Setting;
use crate::query::ParsedQuery;
use crate::search::zero::{Clause, Part, parts, reduced};
use crate::search::{SearchError, SearchRequest};

/// Clauses that are counted at most: each costs two searches.
const MAX_CLAUSES: usize = 64;

/// A clause that must hold, a part of the query or a filter, and how many it finds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ClauseHits {
    /// Which.
    #[serde(flatten)]
    pub clause: Clause,
    /// How many it finds alone.
    pub alone: u64,
    /// How many it finds together with all clauses before it.
    pub together: u64,
}

/// A clause that keeps a story out of the hits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct KeptOut {
    /// Which.
    #[serde(flatten)]
    pub clause: Clause,
    /// Whether the story fits it alone, and only not together with the clauses before it: one quote must fit all that is
    /// asked of quotes.
    pub together: bool,
}

/// Counts the clauses of a request, and tells how many are left out.
pub(super) fn count(setting: Setting<'_>) -> Result<(Vec<ClauseHits>, usize), SearchError> {
    let parts = parts(setting.request, setting.now);
    let found = |chosen: &[&Part]| {
        let (request, parsed) = reduced(setting.request, chosen);
        setting.total(&request, &parsed)
    };
    let mut counted = Vec::new();
    let mut before: Vec<&Part> = Vec::new();
    for part in parts.iter().take(MAX_CLAUSES) {
        before.push(part);
        let alone = found(&[part])?;
        counted.push(ClauseHits {
            clause: part.told.clause.clone(),
            alone,
            together: if before.len() > 1 { found(&before)? } else { alone },
        });
    }
    Ok((counted, parts.len().saturating_sub(MAX_CLAUSES)))
}

/// The clauses that keep something out of the hits. `finds`: whether it is a hit of a request.
pub(super) fn keeping_out(
    setting: Setting<'_>,
    finds: impl Fn(&SearchRequest, &ParsedQuery) -> Result<bool, SearchError>,
) -> Result<Vec<KeptOut>, SearchError> {
    let parts = parts(setting.request, setting.now);
    let is_hit = |chosen: &[&Part]| {
        let (request, parsed) = reduced(setting.request, chosen);
        finds(&request, &parsed)
    };
    let mut keeping = Vec::new();
    for part in &parts {
        if !is_hit(&[part])? {
            keeping.push(kept_out(part, false));
        }
    }
    let mut before: Vec<&Part> = Vec::new();
    for part in &parts {
        before.push(part);
        if keeping.is_empty() && before.len() > 1 && !is_hit(&before)? {
            keeping.push(kept_out(part, true));
        }
    }
    Ok(keeping)
}

fn kept_out(part: &Part, together: bool) -> KeptOut {
    KeptOut {
        clause: part.told.clause.clone(),
        together,
    }
}
