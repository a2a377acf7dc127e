//! Where a story matches: its headline as a whole, the best passages of its body, the quotes that `said:` found.

use super::Highlight;
use super::matcher::{Match, Patterns, joined};
use super::passages;
use crate::index::Stored;
use crate::query::{Part, Query};
use crate::story::{Quote, Span};

/// Quotes that are highlighted at most.
const MAX_QUOTES: usize = 3;

/// The words of one request, by the part of the story in which they are looked for.
#[derive(Debug, Default)]
pub(super) struct Highlighter {
    headline: Patterns,
    body: Patterns,
    said: Patterns,
}

impl Highlighter {
    /// For the words of a query.
    pub(super) fn new(query: &Query) -> Self {
        let all = Patterns::of(query);
        let body = all.for_part(Part::Anywhere);
        Self {
            headline: body.clone().and(all.for_part(Part::Headline)),
            said: all.for_part(Part::Said),
            body,
        }
    }

    /// Whether the query asks for what was said.
    pub(super) fn has_said(&self) -> bool {
        !self.said.is_empty()
    }

    /// Whether a quote has a word that was asked for with `said:`.
    pub(super) fn is_said(&self, quote: &Quote, language: &str) -> bool {
        !self.said.find(&quote.text, language).is_empty()
    }

    /// The highlights of a story; `quotes` are those of its quotes that match.
    pub(super) fn highlight(&self, stored: &Stored, quotes: &[&Quote]) -> Vec<Highlight> {
        let language = stored.extraction.language.as_str();
        let mut out = Vec::new();
        let headline = stored.filing.ninjs.headline();
        let spans = self.headline.find(headline, language);
        if !spans.is_empty() {
            out.push(Highlight {
                field: "headline",
                text: headline.to_owned(),
                spans: joined(spans.into_iter().map(|found| found.span)),
                start: 0,
            });
        }
        out.extend(self.in_body(stored.filing.ninjs.body(), language, quotes));
        for quote in quotes.iter().take(MAX_QUOTES) {
            let spans = self.said.find(&quote.text, language);
            if !spans.is_empty() {
                out.push(Highlight {
                    field: "quote",
                    text: quote.text.clone(),
                    spans: joined(spans.into_iter().map(|found| found.span)),
                    start: quote.start,
                });
            }
        }
        out
    }

    fn in_body(&self, body: &str, language: &str, quotes: &[&Quote]) -> Vec<Highlight> {
        let mut matches = self.body.find(body, language);
        let said = self.said.find(body, language).into_iter().map(|found| Match {
            pattern: found.pattern + self.body.len(),
            ..found
        });
        let is_inside = |span: Span| {
            quotes
                .iter()
                .any(|quote| quote.start <= span.start && span.end <= quote.end)
        };
        matches.extend(said.filter(|found| is_inside(found.span)));
        matches.sort();
        let passages = passages::best(body, &matches, self.body.len() + self.said.len());
        if passages.is_empty() {
            let opening = passages::opening(body);
            return opening.map(|span| passage(body, span, &[])).into_iter().collect();
        }
        passages
            .iter()
            .map(|(span, spans)| passage(body, *span, spans))
            .collect()
    }
}

/// A passage with the spans counted from its start.
fn passage(body: &str, window: Span, spans: &[Span]) -> Highlight {
    let inside = spans.iter().map(|span| Span {
        start: span.start - window.start,
        end: span.end - window.start,
    });
    Highlight {
        field: "body",
        text: body.get(window.start..window.end).unwrap_or_default().to_owned(),
        spans: inside.collect(),
        start: window.start,
    }
}
