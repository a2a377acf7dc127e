//! The one envelope of every error: RFC 9457 `application/problem+json`, and the only place that maps errors to statuses.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::ingest::IngestError;
use crate::search::{ParamError, SearchError, Tombstone};

/// An error as it is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The kind, a fragment of this server's documentation.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The kind in words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What happened here, and the remedy.
    pub detail: String,
    /// The parameter that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// The byte in the parameter's value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<usize>,
    /// The byte after the last that is wrong; what `suggestion` takes the place of ends here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// What was perhaps meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// The numbers of the versions that there are, where another was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<u32>,
    /// What stands in the place of a story that was killed or withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tombstone: Option<Box<Tombstone>>,
}

impl Problem {
    fn new(kind: &'static str, title: &'static str, status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind,
            title,
            status: status.as_u16(),
            detail: detail.into(),
            parameter: None,
            position: None,
            end: None,
            suggestion: None,
            versions: Vec::new(),
            tombstone: None,
        }
    }

    /// There is nothing at that address.
    #[must_use]
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new("/problems/not-found", "Not found", StatusCode::NOT_FOUND, detail)
    }

    /// The story was killed or withheld.
    #[must_use]
    pub fn gone(tombstone: Tombstone) -> Self {
        let remedy = match tombstone.status {
            "withheld" => "was withheld: do not use it until it is released",
            _ => "was killed: do not use it",
        };
        let detail = format!("the story \"{}\" {remedy}", tombstone.uri);
        let mut problem = Self::new("/problems/gone", "Gone", StatusCode::GONE, detail);
        problem.tombstone = Some(Box::new(tombstone));
        problem
    }

    /// The address exists, the method does not.
    #[must_use]
    pub fn method_not_allowed() -> Self {
        let detail = "this address is read with GET";
        Self::new(
            "/problems/method-not-allowed",
            "Method not allowed",
            StatusCode::METHOD_NOT_ALLOWED,
            detail,
        )
    }

    /// The server is at fault.
    #[must_use]
    pub fn internal(detail: impl Into<String>) -> Self {
        Self::new(
            "/problems/internal",
            "Internal error",
            StatusCode::INTERNAL_SERVER_ERROR,
            detail,
        )
    }

    /// The server is about to end.
    #[must_use]
    pub fn stopping() -> Self {
        let detail = "the server is stopping; ask again when it is back";
        Self::new(
            "/problems/stopping",
            "Stopping",
            StatusCode::SERVICE_UNAVAILABLE,
            detail,
        )
    }

    /// A parameter cannot be read.
    #[must_use]
    pub fn bad_parameter(parameter: impl Into<String>, detail: impl Into<String>) -> Self {
        let mut problem = Self::new(
            "/problems/bad-parameter",
            "Bad parameter",
            StatusCode::BAD_REQUEST,
            detail,
        );
        problem.parameter = Some(parameter.into());
        problem
    }
}

impl From<ParamError> for Problem {
    fn from(error: ParamError) -> Self {
        let mut problem = Self::bad_parameter(error.parameter, error.reason);
        problem.suggestion = error.suggestion;
        problem
    }
}

impl From<IngestError> for Problem {
    fn from(error: IngestError) -> Self {
        Self::internal(error.to_string())
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        let detail = error.to_string();
        let parameter = error.parameter();
        match (error, parameter) {
            (SearchError::NoVersion { numbers, .. } | SearchError::OneVersion { numbers }, parameter) => {
                let mut problem = Self::not_found(detail);
                problem.parameter = parameter.map(str::to_owned);
                problem.versions = numbers;
                problem
            }
            (SearchError::Killed { tombstone, .. }, parameter) => {
                let mut problem = Self::gone(*tombstone);
                problem.detail = detail;
                problem.parameter = parameter.map(str::to_owned);
                problem
            }
            (
                SearchError::NoStory {
                    tombstone: Some(tombstone),
                    ..
                },
                parameter,
            ) => {
                let mut problem = Self::gone(*tombstone);
                problem.parameter = parameter.map(str::to_owned);
                problem
            }
            (SearchError::NotUnderstood(warning), Some(parameter)) => {
                let mut problem = Self::bad_parameter(parameter, warning.message);
                problem.position = Some(warning.start);
                problem.end = Some(warning.end);
                problem.suggestion = warning.suggestion;
                problem
            }
            (_, Some(parameter)) => Self::bad_parameter(parameter, detail),
            (_, None) => Self::internal(detail),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}
