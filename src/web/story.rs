//! The page of one story: its text with the quotes and the matches of a query marked, its versions, stories like it, its facets,
//! its metadata.

use maud::{Markup, html};

use super::links::{Address, story_href};
use super::results::{headline, linked, marked, moment};
use super::versions::{badge, versions};
use crate::search::{Hit, SimilarAnswer, SimilarHit, Versions};
use crate::story::{Facet, Quote, Span, within};
use crate::vocabulary::Vocabulary;

/// One story. Its facets link to the search for their value.
pub(super) fn story(hit: &Hit, listed: &Versions, similar: &SimilarAnswer, vocabulary: &Vocabulary) -> Markup {
    let search = Address {
        path: "/",
        pairs: Vec::new(),
    };
    let language = hit.story.language.as_deref().unwrap_or("");
    html! {
        article.story lang=[(!language.is_empty()).then_some(language)] {
            h1 dir="auto" {
                @match marks(hit, "headline") {
                    [] => (headline(hit)),
                    spans => (marked(hit.story.headline(), spans)),
                }
            }
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
            (self::similar(similar))
            (facts(hit, &search, vocabulary))
        }
    }
}

/// The matches in a field that was marked whole.
fn marks<'h>(hit: &'h Hit, field: &str) -> &'h [Span] {
    let found = hit.highlights.iter().find(|highlight| highlight.field == field);
    found.map_or(&[], |highlight| &highlight.spans)
}

/// Stories like this one, with what both have.
fn similar(answer: &SimilarAnswer) -> Markup {
    html! {
        @if !answer.hits.is_empty() || !answer.copies.is_empty() {
            section.similar lang="en" aria-label="Similar stories" {
                h2 { "Similar stories" }
                ul {
                    @for found in &answer.hits {
                        li {
                            a href=(story_href(&found.hit.id)) dir="auto" { (headline(&found.hit)) }
                            @if let Some(time) = &found.hit.published { " " span.faint { (moment(time)) } }
                            p.faint { "in both: " bdi { (both(found)) } }
                        }
                    }
                    @for copy in &answer.copies {
                        li {
                            a href=(story_href(&copy.id)) dir="auto" { (if copy.headline.is_empty() { &copy.id } else { &copy.headline }) }
                            p.faint { "nearly the same text" }
                        }
                    }
                }
            }
        }
    }
}

fn both(found: &SimilarHit) -> String {
    let values = found.shared.values.iter().map(|(_, value)| value.label.as_str());
    let both: Vec<&str> = values.chain(found.shared.words.iter().map(String::as_str)).collect();
    both.join(", ")
}

/// The paragraphs, direct quotes marked with who said them.
fn body(hit: &Hit) -> Markup {
    let text = hit.story.body();
    let spans = marks(hit, "body");
    let mut start = 0;
    let mut paragraphs = Vec::new();
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            paragraphs.push((start, line));
        }
        start += line.len() + 1;
    }
    html! { @for (start, line) in paragraphs { p dir="auto" { (paragraph(line, start, &hit.quotes, spans)) } } }
}

fn paragraph(line: &str, start: usize, quotes: &[Quote], spans: &[Span]) -> Markup {
    let mut inside: Vec<&Quote> = quotes
        .iter()
        .filter(|quote| quote.direct && quote.end > start)
        .collect();
    inside.sort_by_key(|quote| quote.start);
    let mut pieces: Vec<(usize, &str, Option<&Quote>)> = Vec::new();
    let mut at = 0;
    for quote in inside {
        let (from, to) = (
            quote.start.saturating_sub(start).max(at),
            (quote.end - start).min(line.len()),
        );
        if let (Some(before), Some(words)) = (line.get(at..from), line.get(from..to)) {
            pieces.push((at, before, None));
            pieces.push((from, words, Some(quote)));
            at = to;
        }
    }
    pieces.push((at, line.get(at..).unwrap_or_default(), None));
    let shown = |at: usize, piece: &str| marked(piece, &within(spans, start + at, start + at + piece.len()));
    html! {
        @for (at, piece, quote) in pieces {
            @match quote {
                Some(quote) => q.said title=[quote.speaker.as_deref().or(quote.speaker_text.as_deref())] { (shown(at, piece)) },
                None => (shown(at, piece)),
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
        assert_eq!(paragraph("kata Ayu", 0, &quotes, &[]).into_string(), "kata Ayu");
        let marked = paragraph("“Ya, bisa” kata", 9, &quotes, &[]).into_string();
        assert!(marked.contains("<q class=\"said\" title=\"Ayu\">"), "{marked}");
        // A match over the edge of a quote is marked on both sides.
        let spans = [Span { start: 18, end: 26 }];
        let marked = paragraph("“Ya, bisa” kata", 9, &quotes, &spans).into_string();
        assert_eq!(marked.matches("<mark>").count(), 2, "{marked}");
    }
}
