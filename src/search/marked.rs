//! One story with the matches of a query marked in the whole of it.

use super::highlight::Highlighter;
use super::names::Names;
use super::{Hit, SearchError, story};
use crate::index::Snapshot;
use crate::query::{self, Query};
use crate::story::{Facet, Quote, Timestamp};
use crate::vocabulary::Vocabulary;

/// What is asked of one story.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoryRequest {
    /// The query whose matches are marked; empty for none.
    pub q: String,
    /// The language of labels, BCP 47; empty for English.
    pub lang: String,
}

/// The story of a uri, its highlights the whole headline and the whole body where the query matches there. `None` when there is
/// no such story, or none alive. The query need not find the story: a story that changed since is shown all the same.
///
/// # Errors
/// When the index cannot be read.
pub fn marked_story(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    uri: &str,
    request: &StoryRequest,
    now: Timestamp,
) -> Result<Option<Hit>, SearchError> {
    let Some(mut hit) = story(snapshot, vocabulary, uri, &request.lang)? else {
        return Ok(None);
    };
    let query = query::parse(&request.q, now).query;
    if query == Query::All {
        return Ok(Some(hit));
    }
    if let Some(at) = snapshot.story_by_uri(uri)? {
        let stored = snapshot.stored(at)?;
        let highlighter = Highlighter::new(&query);
        let speakers = speakers(Names { snapshot, vocabulary }, &query);
        let interner = &snapshot.interners[Facet::Speaker as usize];
        let is_wanted = |quote: &&Quote| {
            let speaker = || quote.speaker.as_deref().and_then(|speaker| interner.id(speaker));
            let is_by = |ids: &Vec<u32>| speaker().is_some_and(|id| bool::from(quote.certain) && ids.contains(&id));
            highlighter.has_said() && speakers.as_ref().is_none_or(is_by)
        };
        let quotes: Vec<&Quote> = stored.extraction.quotes.iter().filter(is_wanted).collect();
        hit.highlights = highlighter.whole(&stored, &quotes);
    }
    Ok(Some(hit))
}

/// The people whose words `said:` means: those whom a clause beside it names.
fn speakers(names: Names<'_>, query: &Query) -> Option<Vec<u32>> {
    let of_clause = |clause: &Query| match clause {
        Query::Facet(Facet::Speaker, typed) => Some(names.meant(Facet::Speaker, typed).ids),
        _ => None,
    };
    let Query::And(clauses) = query else { return None };
    let ids: Vec<Vec<u32>> = clauses.iter().filter_map(of_clause).collect();
    (!ids.is_empty()).then(|| ids.concat())
}
