//! The page of quotes: what was said, by whom, in which story.

use maud::{Markup, html};

use super::facets;
use super::links::{Address, found_href};
use super::results::{count, marked, moment, sorts, warnings};
use super::zero;
use crate::search::{QuoteHit, QuotesAnswer, SearchRequest};
use crate::story::Facet;
use crate::vocabulary::Vocabulary;

/// The facets of the page: who said it, about which country, in whose copy, and the rest.
pub(super) const FACETS: [Facet; 6] = [
    Facet::Speaker,
    Facet::About,
    Facet::Credit,
    Facet::Person,
    Facet::Country,
    Facet::Language,
];

/// What was found.
pub(super) fn quotes(
    answer: &QuotesAnswer,
    request: &SearchRequest,
    address: &Address,
    vocabulary: &Vocabulary,
) -> Markup {
    html! {
        div.columns {
            aside.facets aria-label="Narrow the results" {
                (facets::histogram(&answer.histogram, "Quotes by month", address))
                @for facet in FACETS {
                    @if let Some(counts) = answer.facets.get(facet.name()) {
                        (facets::facet(facet, counts, address, vocabulary))
                    }
                }
            }
            div.found {
                (facets::chosen(request, address, vocabulary))
                div.head {
                    h1 { (count(answer.total, "quote", "quotes")) }
                    span.faint { (format!("{:.1} ms", answer.took_ms)) }
                    nav.sorts aria-label="Order" { (sorts(address)) a href=(address.on("/").href()) { "stories" } }
                }
                @if !answer.query.read_as.is_empty() { p.read-as { (answer.query.read_as) } }
                (warnings(&answer.query.warnings, address))
                @if answer.hits.is_empty() { (zero::nothing(&answer.query.zero, request, address, ("quote", "quotes"))) }
                ol.hits { @for hit in &answer.hits { li { (quote(hit, address, vocabulary)) } } }
                @if let Some(next) = &answer.next {
                    p.more { a rel="next" href=(address.with("cursor", next).href()) { "More quotes" } }
                }
            }
        }
    }
}

fn quote(hit: &QuoteHit, address: &Address, vocabulary: &Vocabulary) -> Markup {
    let certain: bool = hit.quote.certain.into();
    html! {
        article.quote {
            blockquote dir="auto" {
                span.context { (hit.before) " " }
                @if hit.quote.direct { "“" (marked(&hit.quote.text, &hit.spans)) "”" } @else { (marked(&hit.quote.text, &hit.spans)) }
                span.context { " " (hit.after) }
            }
            p.meta {
                @match (&hit.quote.speaker, &hit.speaker_label) {
                    (Some(value), Some(label)) => {
                        a href=(address.toggled(Facet::Speaker, value, vocabulary).href()) { bdi { (label) } }
                        @if !certain { " (uncertain)" }
                    }
                    _ => span.faint { (hit.quote.speaker_text.as_deref().unwrap_or("no speaker named")) }
                }
                @if let Some(time) = &hit.published { " · " time datetime=(time) { (moment(time)) } }
                @if !hit.credits.is_empty() { " · " (hit.credits.join(", ")) }
                " · " a href=(found_href(&hit.story, address.value("q"))) { (if hit.headline.is_empty() { "the story" } else { &hit.headline }) }
            }
        }
    }
}
