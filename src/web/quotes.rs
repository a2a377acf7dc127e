//! The page of quotes: what was said, by whom, in which story.

use maud::{Markup, html};

use super::facets;
use super::links::{Address, story_href};
use super::results::{count, marked, moment, warnings};
use super::zero;
use crate::search::{QuoteHit, QuotesAnswer, SearchRequest};
use crate::story::Facet;
use crate::vocabulary::Vocabulary;

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
                @for facet in [Facet::Speaker] {
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
                    nav.sorts aria-label="View" { a href=(address.on("/").href()) { "stories" } }
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
                " · " a href=(story_href(&hit.story)) { (if hit.headline.is_empty() { "the story" } else { &hit.headline }) }
            }
        }
    }
}
