//! The page in the place of a story that was killed or withheld.

use maud::{Markup, html};

use super::results::moment;
use super::versions::badge;
use crate::http::Problem;
use crate::search::Tombstone;

/// The facts of a kill, and nothing of the story.
pub(super) fn tombstone(tombstone: &Tombstone, problem: &Problem) -> Markup {
    // A parameter is at fault where the story came back, but not the version that was asked for.
    let title = match (tombstone.status, &problem.parameter) {
        (_, Some(_)) => "This version was killed",
        ("withheld", None) => "This story is withheld",
        (_, None) => "This story was killed",
    };
    html! {
        article.tombstone role="alert" {
            h1 { (title) }
            p.meta { (badge(tombstone.take.as_ref())) (problem.detail) }
            @if let Some(reason) = &tombstone.reason { p.reason dir="auto" { (reason) } }
            dl.facts {
                dt { "status" } dd { (tombstone.status) }
                @if !tombstone.by.is_empty() { dt { "by" } dd { (tombstone.by.join(", ")) } }
                @if let Some(at) = &tombstone.at { dt { "at" } dd { time datetime=(at) { (moment(at)) } } }
                @if let Some(slug) = &tombstone.slug { dt { "slug" } dd { (slug) } }
                dt { "uri" } dd { code { (tombstone.uri) } }
            }
            p { a href="/" { "Start again" } }
        }
    }
}
