//! What a JSON Feed says once for all its stories.

use serde_json::Value;

use super::found::Found;
use crate::formats::fields::Fields;
use crate::formats::terms::language_tag;
use crate::story::{Filing, InfoSource};

/// Fills in the language and the publisher of a feed's stories. A list that is no JSON Feed says nothing of them.
pub(super) fn complete(feed: &Fields<'_>, found: &mut [Found<'_>]) {
    let text = |name: &str| feed.get(name).and_then(Value::as_str).map(str::trim);
    if !text("version").is_some_and(|version| version.contains("jsonfeed.org")) {
        return;
    }
    let publisher = text("title").filter(|title| !title.is_empty()).map(|title| InfoSource {
        name: title.to_owned(),
        role: Some("publisher".into()),
        uri: text("home_page_url").map(str::to_owned),
    });
    for Filing { ninjs, .. } in found.iter_mut().filter_map(|found| found.parsed.as_mut().ok()) {
        if ninjs.language.is_none() {
            ninjs.language = text("language").and_then(language_tag);
        }
        if ninjs.info_sources.is_empty() {
            ninjs.info_sources.extend(publisher.clone());
        }
    }
}
