//! The pages' routes and handlers.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};

use super::links::Address;
use super::{diff, layout, quotes, results, story, tombstone};
use crate::http::{AppState, Problem, seen};
use crate::search::{self, Interval, SearchRequest, StoryRequest, diff_request_from, request_from};

/// Similar stories on the page of one.
const SIMILAR: usize = 5;

/// The pages.
pub fn router(state: AppState) -> Router {
    Router::new()
        .route("/", get(stories_page))
        .route("/quotes", get(quotes_page))
        .route("/story", get(story_page))
        .route("/diff", get(diff_page))
        .route("/assets/style.css", get(layout::style))
        .route("/assets/complete.js", get(layout::script))
        .with_state(state)
}

/// The address of a page and the request that it makes.
fn read(path: &'static str, query: Option<String>) -> (Address, Result<SearchRequest, Problem>) {
    let address = Address::read(path, &query.unwrap_or_default());
    let pairs = address
        .pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let request = request_from(pairs, jiff::Timestamp::now().as_second()).map_err(Problem::from);
    (address, request)
}

async fn stories_page(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let (address, request) = read("/", query);
    let answered = match request {
        Ok(mut request) => {
            request.facets = results::FACETS.to_vec();
            request.histogram = Some(Interval::Month);
            let shown = address.clone();
            let work = state.run(move |snapshot, vocabulary, now| {
                let answer = search::search(snapshot, vocabulary, &request, now)?;
                Ok(results::results(&answer, &request, &shown, vocabulary))
            });
            work.await
        }
        Err(problem) => Err(problem),
    };
    respond("dateline", &address, answered)
}

async fn quotes_page(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let (address, request) = read("/quotes", query);
    let answered = match request {
        Ok(mut request) => {
            request.facets = quotes::FACETS.to_vec();
            request.histogram = Some(Interval::Month);
            let shown = address.clone();
            let work = state.run(move |snapshot, vocabulary, now| {
                let answer = search::quotes(snapshot, vocabulary, &request, now)?;
                Ok(quotes::quotes(&answer, &request, &shown, vocabulary))
            });
            work.await
        }
        Err(problem) => Err(problem),
    };
    respond("Quotes · dateline", &address, answered)
}

async fn story_page(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let address = Address::read("/story", &query.unwrap_or_default());
    let uri = address.value("uri").to_owned();
    let mut search = start();
    if !address.value("q").is_empty() {
        search = search.with("q", address.value("q"));
    }
    let request = StoryRequest {
        q: address.value("q").to_owned(),
        lang: String::new(),
    };
    let work = state.run(move |snapshot, vocabulary, now| {
        let hit = search::marked_story(snapshot, vocabulary, &uri, &request, now)?;
        let hit = seen(hit, snapshot, vocabulary, &uri, "")?;
        let versions = search::versions(snapshot, vocabulary, &uri, "")?.unwrap_or_default();
        let wanted = SearchRequest {
            limit: SIMILAR,
            ..SearchRequest::new("")
        };
        let similar = search::similar(snapshot, vocabulary, &uri, &wanted, now)?.unwrap_or_default();
        Ok(story::story(&hit, &versions, &similar, vocabulary))
    });
    respond("Story · dateline", &search, work.await)
}

async fn diff_page(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let address = Address::read("/diff", &query.unwrap_or_default());
    let uri = address.value("uri").to_owned();
    let own = address.pairs.iter().filter(|(name, _)| name != "uri");
    let request = diff_request_from(own.map(|(name, value)| (name.as_str(), value.as_str())));
    let answered = match request {
        Ok(request) => {
            let work = state.run(move |snapshot, vocabulary, _| {
                let found = search::compare(snapshot, vocabulary, &uri, &request)?;
                let found = seen(found, snapshot, vocabulary, &uri, &request.lang)?;
                let versions = search::versions(snapshot, vocabulary, &uri, &request.lang)?.unwrap_or_default();
                Ok(diff::diff(&found, &versions))
            });
            work.await
        }
        Err(error) => Err(Problem::from(error)),
    };
    respond("What changed · dateline", &start(), answered)
}

/// The address of the first page.
const fn start() -> Address {
    Address {
        path: "/",
        pairs: Vec::new(),
    }
}

fn respond(title: &str, address: &Address, answered: Result<Markup, Problem>) -> Response {
    match answered {
        Ok(markup) => layout::page(title, address, &markup),
        Err(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let markup = match &problem.tombstone {
                Some(tombstone) => tombstone::tombstone(tombstone, &problem),
                None => self::problem(&problem),
            };
            (status, layout::page(title, address, &markup)).into_response()
        }
    }
}

fn problem(problem: &Problem) -> Markup {
    html! {
        div.problem role="alert" {
            h1 { (problem.title) }
            p {
                @if let Some(parameter) = &problem.parameter { code { (parameter) } ": " }
                (problem.detail)
            }
            p { a href="/" { "Start again" } }
        }
    }
}
