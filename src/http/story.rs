//! One story: itself, its versions, what changed between two of them, and others like it.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};

use super::{AppState, Problem};
use crate::index::Snapshot;
use crate::search::{self, diff_request_from, lang_from, similar_request_from, story_request_from};
use crate::vocabulary::Vocabulary;

/// What is asked of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Itself,
    Versions,
    Diff,
    Similar,
}

impl Part {
    /// Reads the address behind `/v1/stories/`: as sent, and decoded. A uri may have slashes of its own, so that only a last
    /// segment that was sent as such says which part is meant: `%2Fversions` belongs to the uri.
    fn read(sent: &str, decoded: &str) -> (Self, String) {
        let endings = [
            (Self::Versions, "/versions"),
            (Self::Diff, "/diff"),
            (Self::Similar, "/similar"),
        ];
        for (part, ending) in endings {
            if let (true, Some(uri)) = (sent.ends_with(ending), decoded.strip_suffix(ending)) {
                return (part, uri.to_owned());
            }
        }
        (Self::Itself, decoded.to_owned())
    }
}

/// `GET /v1/stories/{*uri}`, and the same with `/versions`, `/diff` or `/similar` behind it.
pub(super) async fn story(
    State(state): State<AppState>,
    sent: Uri,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let Path(decoded) = path.map_err(|error| Problem::bad_parameter("uri", error.body_text()))?;
    let (part, uri) = Part::read(sent.path(), &decoded);
    let query = query.unwrap_or_default();
    let pairs = form_urlencoded::parse(query.as_bytes());
    match part {
        Part::Itself => {
            let request = story_request_from(pairs)?;
            let work = state.run(move |snapshot, vocabulary, now| {
                let hit = search::marked_story(snapshot, vocabulary, &uri, &request, now)?;
                seen(hit, snapshot, vocabulary, &uri, &request.lang)
            });
            Ok(Json(work.await?).into_response())
        }
        Part::Versions => {
            let lang = lang_from(pairs)?;
            let work = state.run(move |snapshot, vocabulary, _| {
                let versions = search::versions(snapshot, vocabulary, &uri, &lang)?;
                seen(versions, snapshot, vocabulary, &uri, &lang)
            });
            Ok(Json(work.await?).into_response())
        }
        Part::Diff => {
            let request = diff_request_from(pairs)?;
            let work = state.run(move |snapshot, vocabulary, _| {
                let diff = search::compare(snapshot, vocabulary, &uri, &request)?;
                seen(diff, snapshot, vocabulary, &uri, &request.lang)
            });
            Ok(Json(work.await?).into_response())
        }
        Part::Similar => {
            let request = similar_request_from(pairs, jiff::Timestamp::now().as_second())?;
            let work = state.run(move |snapshot, vocabulary, now| {
                let similar = search::similar(snapshot, vocabulary, &uri, &request, now)?;
                seen(similar, snapshot, vocabulary, &uri, &request.lang)
            });
            Ok(Json(work.await?).into_response())
        }
    }
}

/// What was found of a story; else the problem that tells of its kill, or that there is no such story.
pub(crate) fn seen<T>(
    found: Option<T>,
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    uri: &str,
    lang: &str,
) -> Result<T, Problem> {
    if let Some(found) = found {
        return Ok(found);
    }
    match search::tombstone(snapshot, vocabulary, uri, lang)? {
        Some(tombstone) => Err(Problem::gone(tombstone)),
        None => Err(Problem::not_found(format!("there is no story with the uri \"{uri}\""))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_last_segment_as_sent_says_which_part_is_meant() {
        let read = |sent: &str, decoded: &str| Part::read(sent, decoded);
        assert_eq!(
            read("/v1/stories/a/b/versions", "a/b/versions"),
            (Part::Versions, "a/b".into())
        );
        assert_eq!(read("/v1/stories/a%3A1/diff", "a:1/diff"), (Part::Diff, "a:1".into()));
        assert_eq!(
            read("/v1/stories/a%2Fversions", "a/versions"),
            (Part::Itself, "a/versions".into())
        );
        assert_eq!(
            read("/v1/stories/a%2Fversions/versions", "a/versions/versions"),
            (Part::Versions, "a/versions".into())
        );
        assert_eq!(read("/v1/stories/a/similar", "a/similar"), (Part::Similar, "a".into()));
        assert_eq!(
            read("/v1/stories/versions", "versions"),
            (Part::Itself, "versions".into())
        );
    }
}
