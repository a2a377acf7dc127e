//! The page of results.

use maud::{Markup, html};

use super::facets;
use super::links::{Address, found_href};
use super::versions::badge;
use super::zero;
use crate::query::Warning;
use crate::search::{FacetValue, Highlight, Hit, SearchAnswer, SearchRequest};
use crate::story::{Facet, Span};
use crate::vocabulary::Vocabulary;

/// The facets of the page, in their order: who said it, which country, which agency, and the rest.
pub(super) const FACETS: [Facet; 8] = [
    Facet::Speaker,
    Facet::About,
    Facet::Credit,
    Facet::Person,
    Facet::Country,
    Facet::Region,
    Facet::Source,
    Facet::Language,
];

/// What was found.
pub(super) fn results(
    answer: &SearchAnswer,
    request: &SearchRequest,
    address: &Address,
    vocabulary: &Vocabulary,
) -> Markup {
    html! {
        div.columns {
            aside.facets aria-label="Narrow the results" {
                (facets::histogram(&answer.histogram, "Stories by month", address))
                @for facet in FACETS {
                    @if let Some(counts) = answer.facets.get(facet.name()) {
                        (facets::facet(facet, counts, address, vocabulary))
                    }
                }
            }
            div.found {
                (facets::chosen(request, address, vocabulary))
                (head(answer, address))
                (warnings(&answer.query.warnings, address))
                @if answer.hits.is_empty() { (zero::nothing(&answer.query.zero, request, address, ("story", "stories"))) }
                ol.hits { @for hit in &answer.hits { li { (hit_card(hit, address, vocabulary)) } } }
                @if let Some(next) = &answer.next {
                    p.more { a rel="next" href=(address.with("cursor", next).href()) { "More stories" } }
                }
            }
        }
    }
}

/// The orders, each but the current one a link.
pub(super) fn sorts(address: &Address) -> Markup {
    let sorts = [
        ("relevance", "by relevance"),
        ("newest", "newest first"),
        ("oldest", "oldest first"),
    ];
    let current = match (address.value("sort"), address.value("q")) {
        ("", "") => "newest",
        ("", _) => "relevance",
        (sort, _) => sort,
    };
    html! {
        @for (sort, label) in sorts {
            @if sort == current { strong { (label) } } @else { a href=(address.with("sort", sort).href()) { (label) } }
        }
    }
}

fn head(answer: &SearchAnswer, address: &Address) -> Markup {
    html! {
        div.head {
            h1 { (count(answer.total.stories, "story", "stories")) }
            @if answer.total.filings > answer.total.stories { span.faint { (answer.total.filings) " filings" } }
            span.faint { (format!("{:.1} ms", answer.took_ms)) }
            nav.sorts aria-label="Order" {
                (sorts(address))
                a href=(address.on("/quotes").href()) { "quotes" }
            }
        }
        @if !answer.query.read_as.is_empty() { p.read-as { (answer.query.read_as) } }
    }
}

/// What of the query was not understood, with a link where there is something to suggest.
pub(super) fn warnings(warnings: &[Warning], address: &Address) -> Markup {
    html! {
        @if !warnings.is_empty() {
            ul.warnings role="status" {
                @for warning in warnings {
                    li {
                        (warning.message)
                        @if let Some(q) = corrected(address.value("q").trim(), warning) {
                            " " a href=(address.with("q", &q).href()) { "Try " em { bdi { (q) } } }
                        }
                    }
                }
            }
        }
    }
}

/// The query with a warning's suggestion in the place of what it warns of; none where that would be no query.
fn corrected(q: &str, warning: &Warning) -> Option<String> {
    let suggestion = warning.suggestion.as_deref()?;
    let (before, after) = (q.get(..warning.start)?, q.get(warning.end..)?);
    let corrected = format!("{before}{suggestion}{after}");
    let corrected = corrected.trim();
    (!corrected.is_empty()).then(|| corrected.to_owned())
}

fn hit_card(hit: &Hit, address: &Address, vocabulary: &Vocabulary) -> Markup {
    let in_headline = hit.highlights.iter().find(|highlight| highlight.field == "headline");
    let language = hit.story.language.as_deref().unwrap_or("");
    html! {
        article.hit lang=[(!language.is_empty()).then_some(language)] {
            h2 dir="auto" {
                a href=(found_href(&hit.id, address.value("q"))) {
                    @match in_headline {
                        Some(found) => (marked(&found.text, &found.spans)),
                        None => (headline(hit)),
                    }
                }
            }
            p.meta lang="en" {
                (badge(hit.take.as_ref()))
                @if let Some(time) = &hit.published { time datetime=(time) { (moment(time)) } " · " }
                (linked(hit, Facet::Credit, address, vocabulary))
                @if let Some(dateline) = hit.dateline.as_deref() { " · " (dateline.trim()) }
                @if hit.versions > 1 { " · " (hit.versions) " filings" }
            }
            @for passage in passages(hit) { p.passage dir="auto" { (marked(&passage.text, &passage.spans)) } }
            (speakers(hit, address, vocabulary))
        }
    }
}

fn passages(hit: &Hit) -> impl Iterator<Item = &Highlight> {
    hit.highlights
        .iter()
        .filter(|highlight| highlight.field != "headline")
        .take(3)
}

pub(super) fn headline(hit: &Hit) -> &str {
    match hit.story.headline() {
        "" => hit
            .story
            .body()
            .lines()
            .next()
            .map_or("(no headline)", |line| cut(line, 110)),
        headline => headline,
    }
}

/// The first characters of a text, to a word's end.
fn cut(text: &str, most: usize) -> &str {
    match text.char_indices().nth(most) {
        Some((at, _)) => text[..at].rsplit_once(' ').map_or(&text[..at], |(before, _)| before),
        None => text,
    }
}

/// The values of a facet of one story, each a link that narrows to it.
pub(super) fn linked(hit: &Hit, facet: Facet, address: &Address, vocabulary: &Vocabulary) -> Markup {
    let values: &[FacetValue] = hit.facets.0.get(facet.name()).map(Vec::as_slice).unwrap_or_default();
    html! {
        @for (at, value) in values.iter().enumerate() {
            @if at > 0 { ", " }
            a href=(address.toggled(facet, &value.value, vocabulary).href()) { bdi { (value.label) } }
        }
    }
}

fn speakers(hit: &Hit, address: &Address, vocabulary: &Vocabulary) -> Markup {
    let any = hit
        .facets
        .0
        .get(Facet::Speaker.name())
        .is_some_and(|values| !values.is_empty());
    html! { @if any { p.said lang="en" { span.faint { "says: " } (linked(hit, Facet::Speaker, address, vocabulary)) } } }
}

/// A text with its matches marked.
pub(super) fn marked(text: &str, spans: &[Span]) -> Markup {
    let mut pieces: Vec<(&str, bool)> = Vec::new();
    let mut at = 0;
    for span in spans {
        if let (Some(before), Some(matched)) = (text.get(at..span.start), text.get(span.start..span.end)) {
            pieces.push((before, false));
            pieces.push((matched, true));
            at = span.end;
        }
    }
    pieces.push((text.get(at..).unwrap_or_default(), false));
    html! { @for (piece, found) in pieces { @if found { mark { (piece) } } @else { (piece) } } }
}

/// `2026-03-03 14:05` of an RFC 3339 time.
pub(super) fn moment(time: &str) -> String {
    time.get(..16).unwrap_or(time).replace('T', " ")
}

pub(super) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_are_marked_and_copy_is_escaped() {
        let text = "<b>Børs</b> falls";
        let spans = [Span { start: 3, end: 8 }];
        assert_eq!(
            marked(text, &spans).into_string(),
            "&lt;b&gt;<mark>Børs</mark>&lt;/b&gt; falls"
        );
        // A span that does not fit the text is passed over, not a panic.
        assert_eq!(marked("Børs", &[Span { start: 2, end: 3 }]).into_string(), "Børs");
    }

    #[test]
    fn a_suggestion_takes_the_place_of_what_it_is_for() {
        let warning = |start, end, suggestion: Option<&str>| Warning {
            message: String::new(),
            start,
            end,
            suggestion: suggestion.map(str::to_owned),
        };
        let corrected = |start, end, suggestion| corrected("fisk negara:NO", &warning(start, end, suggestion));
        assert_eq!(corrected(5, 12, Some("country:")).as_deref(), Some("fisk country:NO"));
        assert_eq!(corrected(0, 14, Some("")), None);
        assert_eq!(corrected(0, 99, Some("x")), None);
        assert_eq!(corrected(0, 4, None), None);
    }

    #[test]
    fn a_long_first_line_is_cut_at_a_word() {
        assert_eq!(cut("Angin kencang melanda pesisir", 16), "Angin kencang");
        assert_eq!(cut("pendek", 16), "pendek");
    }
}
