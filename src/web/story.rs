//! The page of one story: its text with the quotes marked, its versions, its facets, its metadata.

use maud::{Markup, html};

use super::links::Address;
use super::results::{headline, linked, moment};
use super::versions::{badge, versions};
use crate::search::{Hit, Versions};
use crate::story::{Facet, Quote};
use crate::vocabulary::Vocabulary;

/// One story. Its facets link to the search for their value.
pub(super) fn story(hit: &Hit, listed: &Versions, vocabulary: &Vocabulary) -> Markup {
    let search = Address {
        path: "/",
        pairs: Vec::new(),
    };
    let language = hit.story.language.as_deref().unwrap_or("");
    html! {
        article.story lang=[(!language.is_empty()).then_some(language)] {
            h1 dir="auto" { (headline(hit)) }
            p.meta lang="en" {
                (badge(hit.take.as_ref()))
                @if let Some(time) = &hit.published { time datetime=(time) { (moment(time)) } " · " }
                (linked(hit, Facet::Credit, &search, vocabulary))
                @if let Some(by) = &hit.story.by { " · " (by) }
                @if hit.versions > 1 { " · " (hit.versions) " filings" }
            }
            @if let Some(note) = &hit.story.ed_note { p.note lang="en" { strong { "Note to editors: " } (note) } }
            div.body { (body(hit)) }
            (versions(listed))
            (facts(hit, &search, vocabulary))
        }
    }
}

/// The paragraphs, direct quotes marked with who said them.
fn body(hit: &Hit) -> Markup {
    let text = hit.story.body();
    let mut start = 0;
    let mut paragraphs = Vec::new();
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            paragraphs.push((start, line));
        }
        start += line.len() + 1;
    }
    html! { @for (start, line) in paragraphs { p dir="auto" { (paragraph(line, start, &hit.quotes)) } } }
}

fn paragraph(line: &str, start: usize, quotes: &[Quote]) -> Markup {
    let mut inside: Vec<&Quote> = quotes
        .iter()
        .filter(|quote| quote.direct && quote.end > start)
        .collect();
    inside.sort_by_key(|quote| quote.start);
    let mut pieces: Vec<(&str, Option<&Quote>)> = Vec::new();
    let mut at = 0;
    for quote in inside {
        let (from, to) = (
            quote.start.saturating_sub(start).max(at),
            (quote.end - start).min(line.len()),
        );
        if let (Some(before), Some(words)) = (line.get(at..from), line.get(from..to)) {
            pieces.push((before, None));
            pieces.push((words, Some(quote)));
            at = to;
        }
    }
    pieces.push((line.get(at..).unwrap_or_default(), None));
    html! {
        @for (piece, quote) in pieces {
            @match quote {
                Some(quote) => q.said title=[quote.speaker.as_deref().or(quote.speaker_text.as_deref())] { (piece) },
                None => (piece),
            }
        }
    }
}

fn facts(hit: &Hit, search: &Address, vocabulary: &Vocabulary) -> Markup {
    let facets = Facet::ALL
        .into_iter()
        .filter(|facet| hit.facets.0.get(facet.name()).is_some_and(|v| !v.is_empty()));
    html! {
        dl.facts lang="en" {
            @for facet in facets {
                dt { (facet.name()) }
                dd { (linked(hit, facet, search, vocabulary)) }
            }
            dt { "uri" } dd { code { (hit.id) } }
            @if let Some(notice) = &hit.story.copyright_notice { dt { "rights" } dd { (notice) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_marked_inside_their_paragraph_only() {
        let quotes = [Quote {
            direct: true,
            start: 12,
            end: 20,
            speaker: Some("Ayu".into()),
            ..Quote::default()
        }];
        assert_eq!(paragraph("kata Ayu", 0, &quotes).into_string(), "kata Ayu");
        let marked = paragraph("“Ya, bisa” kata", 9, &quotes).into_string();
        assert!(marked.contains("<q class=\"said\" title=\"Ayu\">"), "{marked}");
    }
}
