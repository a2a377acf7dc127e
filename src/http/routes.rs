//! Every route of the API, and its handlers.

use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

use super::story::story;
use super::{AppState, Problem};
use crate::ingest;
use crate::search::{self, SearchRequest, complete_request_from, explain_request_from, request_from};
use crate::story::Facet;

/// The API.
pub fn router(state: AppState) -> Router {
    Router::new()
        .route("/v1/stories", get(stories))
        .route("/v1/stories/{*uri}", get(story))
        .route("/v1/quotes", get(quotes))
        .route("/v1/complete", get(complete))
        .route("/v1/explain", get(explain))
        .route("/v1/facets/{field}", get(facet))
        .route("/v1/ingest/report", get(report))
        .route("/healthz", get(healthz))
        .fallback(not_found)
        .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
        .with_state(state)
}

/// The request that a query string makes.
fn request_of(query: Option<&str>) -> Result<SearchRequest, Problem> {
    let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    Ok(request_from(pairs, jiff::Timestamp::now().as_second())?)
}

async fn stories(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let request = request_of(query.as_deref())?;
    let answer = state.run(move |snapshot, vocabulary, now| Ok(search::search(snapshot, vocabulary, &request, now)?));
    Ok(Json(answer.await?).into_response())
}

async fn quotes(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let request = request_of(query.as_deref())?;
    let answer = state.run(move |snapshot, vocabulary, now| Ok(search::quotes(snapshot, vocabulary, &request, now)?));
    Ok(Json(answer.await?).into_response())
}

async fn explain(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let pairs = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let request = explain_request_from(pairs, jiff::Timestamp::now().as_second())?;
    let answer = state.run(move |snapshot, vocabulary, now| Ok(search::explain(snapshot, vocabulary, &request, now)?));
    Ok(Json(answer.await?).into_response())
}

async fn complete(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let request = complete_request_from(form_urlencoded::parse(query.as_bytes()))?;
    let answer = state.run(move |snapshot, vocabulary, _| Ok(search::complete(snapshot, vocabulary, &request)?));
    Ok(Json(answer.await?).into_response())
}

async fn facet(
    State(state): State<AppState>,
    Path(field): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let Some(facet) = Facet::named(&field) else {
        let known = Facet::ALL.map(Facet::name).join(", ");
        return Err(Problem::not_found(format!(
            "there is no facet \"{field}\"; there are {known}"
        )));
    };
    // Of one facet's values "how many" can only mean these.
    let pairs = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let pairs = pairs.map(|(name, value)| {
        if name == "limit" {
            ("facet.limit".into(), value)
        } else {
            (name, value)
        }
    });
    let request = request_from(pairs, jiff::Timestamp::now().as_second())?;
    let counts =
        state.run(move |snapshot, vocabulary, now| Ok(search::facet(snapshot, vocabulary, &request, facet, now)?));
    Ok(Json(counts.await?).into_response())
}

async fn report(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    request_of(query.as_deref())?;
    let report = state.run(move |snapshot, _, _| Ok(ingest::report(snapshot.dir(), snapshot)?));
    Ok(Json(report.await?).into_response())
}

async fn healthz(State(state): State<AppState>) -> Response {
    let (stories, quotes) = state.counts();
    let body = json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "stories": stories, "quotes": quotes });
    (StatusCode::OK, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

async fn not_found() -> Problem {
    Problem::not_found("there is nothing at this address; the API is under /v1, the page at /")
}
