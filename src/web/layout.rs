//! What every page has: head, search form, foot.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::links::Address;

/// Nothing from elsewhere, and no script but our own file: copy that carries markup can do nothing.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLE: &str = include_str!("style.css");

/// Completes what is typed in the search box.
const SCRIPT: &str = include_str!("complete.js");

/// A whole page.
pub(super) fn page(title: &str, address: &Address, content: &Markup) -> Response {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href="/assets/style.css";
                link rel="icon" href="data:,";
                script src="/assets/complete.js" defer {}
            }
            body {
                a.skip href="#content" { "Skip to the results" }
                header.top {
                    a.brand href="/" { "dateline" }
                    (form(address))
                }
                main id="content" { (content) }
                footer {
                    p { "Counts are exact and count stories. The same answers as JSON: " a href="/v1/stories" { "/v1/stories" } ", " a href="/v1/quotes" { "/v1/quotes" } "." }
                }
            }
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, markup.into_string()).into_response()
}

/// The style sheet.
pub(super) async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "max-age=300"),
    ];
    (headers, STYLE).into_response()
}

/// The script of the search box.
pub(super) async fn script() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "max-age=300"),
    ];
    (headers, SCRIPT).into_response()
}

/// The search form. What is chosen beside it goes along in hidden fields.
fn form(address: &Address) -> Markup {
    let own = ["q", "from", "to", "cursor"];
    let hidden = address
        .pairs
        .iter()
        .filter(|(name, _)| !own.contains(&name.as_str()) && name != "uri");
    let path = if address.path == "/story" { "/" } else { address.path };
    html! {
        form.search action=(path) method="get" role="search" {
            label.visually-hidden for="q" { "Search" }
            input #q type="search" name="q" value=(address.value("q")) placeholder="words, \"phrases\", speaker:\"Name\", said:word, country:Norway" autocomplete="off" maxlength="4096" list="completions";
            datalist #completions {}
            label for="from" { "from" }
            input #from.date type="text" name="from" value=(address.value("from")) placeholder="2026-03" size="10";
            label for="to" { "to" }
            input #to.date type="text" name="to" value=(address.value("to")) placeholder="2026-11" size="10";
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            button type="submit" { "Search" }
        }
    }
}
