//! Pages that are no stories, and why.

use super::body::Body;
use super::dom::Dom;
use super::linked_data::LinkedData;
use super::metas::{Metas, is_root};
use super::told::Told;
use crate::formats::Refused;
use crate::formats::warnings::quoted;

/// A page with less running text than this and no mark of a story has none.
const MIN_LETTERS: usize = 180;

/// Words in the titles of pages that say that something is wrong, in lower case.
#[rustfmt::skip]
const ERRORS: [&str; 21] = [
    "404", "403 forbidden", "not found", "page not found", "tidak ditemukan", "no encontrada", "não encontrada",
    "introuvable", "nicht gefunden", "access denied", "forbidden", "just a moment", "attention required",
    "are you a robot", "internal server error", "bad gateway", "service unavailable", "document moved", "object moved",
    "moved permanently", "410 gone",
];

/// Types of schema.org that pages are which lead to stories.
#[rustfmt::skip]
const FRONTS: [&str; 8] = [
    "collectionpage", "searchresultspage", "profilepage", "itemlist", "imagegallery", "contactpage", "aboutpage",
    "faqpage",
];

/// Why a page gives no filing, where it does not.
pub(super) fn reason(dom: &Dom, metas: &Metas, data: &LinkedData, told: &Told, body: &Body) -> Option<Refused> {
    let skipped = |reason: String| Some(Refused::skipped(reason, 0));
    if data.has("advertisercontentarticle") && told.kind.is_none() {
        return skipped("an advertiser's article, no story".into());
    }
    let is_marked = told.kind.is_some() || metas.get("article:published_time").is_some();
    let title = dom
        .elements()
        .find(|(_, node)| node.name == "title")
        .and_then(|(at, _)| dom.line(at));
    let title = title.or_else(|| told.headline.clone()).unwrap_or_default();
    let letters = body
        .letters()
        .max(told.body.as_ref().map_or(0, |body| body.chars().count()));
    if !is_marked && letters < MIN_LETTERS {
        let lower = title.to_lowercase();
        if ERRORS.iter().any(|word| lower.contains(word)) {
            return skipped(format!("an error page (“{}”), no story", quoted(&title)));
        }
        let is_refresh = dom
            .elements()
            .any(|(_, node)| node.name == "meta" && node.has_word("http-equiv", "refresh"));
        if is_refresh {
            return skipped("a page that leads on to another address, no story".into());
        }
    }
    let asks = dom
        .elements()
        .any(|(_, node)| node.name == "input" && node.attribute("type") == Some("password"));
    if asks && letters < MIN_LETTERS {
        return skipped("a login page: the story is behind it; fetch it with a subscription".into());
    }
    let is_front = metas.get("og:type") == Some("website") || FRONTS.iter().any(|kind| data.has(kind));
    let at_root = told.url.as_deref().is_some_and(is_root);
    if !is_marked && (at_root || (is_front && !body.marked)) {
        return skipped("a home page or section front: it leads to stories and is none".into());
    }
    if !is_marked && letters < MIN_LETTERS && !is_fragment(dom, letters) {
        let front = links(dom) >= 15;
        return skipped(if front {
            "a home page or section front: mostly links, no story".into()
        } else {
            "a page without a story: it is not marked as one, and has no running text".into()
        });
    }
    let has_headline = told.headline.is_some();
    if letters == 0 && is_marked && !has_headline {
        let reason = "a page marked as a story that has neither a headline nor a text".to_owned();
        return Some(Refused::rejected(reason, 0));
    }
    None
}

/// Whether it is a piece of a page with text and no head of its own: then it is taken for a story's.
fn is_fragment(dom: &Dom, letters: usize) -> bool {
    letters > 0
        && !dom
            .elements()
            .any(|(_, node)| matches!(node.name.as_str(), "title" | "meta" | "link"))
}

fn links(dom: &Dom) -> usize {
    dom.elements().filter(|(_, node)| node.name == "a").count()
}
