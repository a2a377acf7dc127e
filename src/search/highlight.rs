//! Where a story matches: its headline as a whole, the best passages of its body, the quotes that `said:` found; or the whole
//! story.

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
    /// Those for anywhere, then those of `said`: a body is read once for both.
    body: Patterns,
    anywhere: usize,
    said: Patterns,
}

impl Highlighter {
    /// For the words of a query.
    pub(super) fn new(query: &Query) -> Self {
        let all = Patterns::of(query);
        let (anywhere, said) = (all.for_part(Part::Anywhere), all.for_part(Part::Said));
        Self {
            headline: anywhere.clone().and(all.for_part(Part::Headline)),
            anywhere: anywhere.len(),
            body: anywhere.and(said.clone()),
            said,
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
        let language = stored.language();
        let mut out: Vec<Highlight> = self.in_headline(stored).into_iter().collect();
        let body = stored.filing.ninjs.body();
        let matches = self.in_body(body, language, quotes);
        let passages = passages::best(body, &matches, self.body.len());
        if passages.is_empty() {
            out.extend(passages::opening(body).map(|span| passage(body, span, &[])));
        }
        out.extend(passages.iter().map(|(span, spans)| passage(body, *span, spans)));
        for quote in quotes.iter().take(MAX_QUOTES) {
            let spans = self.said.find(&quote.text, language);
            if !spans.is_empty() {
                out.push(Highlight {
                    field: "quote",
                    text: quote.text.clone(),
                    spans: spans_of(spans),
                    start: quote.start,
                });
            }
        }
        out
    }

    /// The headline and the body, each whole, with all their matches; none where nothing matches.
    pub(super) fn whole(&self, stored: &Stored, quotes: &[&Quote]) -> Vec<Highlight> {
        let body = stored.filing.ninjs.body();
        let matches = self.in_body(body, stored.language(), quotes);
        let in_body = (!matches.is_empty()).then(|| Highlight {
            field: "body",
            text: body.to_owned(),
            spans: spans_of(matches),
            start: 0,
        });
        self.in_headline(stored).into_iter().chain(in_body).collect()
    }

    fn in_headline(&self, stored: &Stored) -> Option<Highlight> {
        let headline = stored.filing.ninjs.headline();
        let matches = self.headline.find(headline, stored.language());
        (!matches.is_empty()).then(|| Highlight {
            field: "headline",
            text: headline.to_owned(),
            spans: spans_of(matches),
            start: 0,
        })
    }

    /// Matches in a body: of what was said only those inside the quotes.
    fn in_body(&self, body: &str, language: &str, quotes: &[&Quote]) -> Vec<Match> {
        let mut matches = self.body.find(body, language);
        if self.has_said() {
            let is_inside = |span: Span| {
                let mut quotes = quotes.iter();
                quotes.any(|quote| quote.start <= span.start && span.end <= quote.end)
            };
            matches.retain(|found| found.pattern < self.anywhere || is_inside(found.span));
        }
        matches
    }
}

fn spans_of(matches: Vec<Match>) -> Vec<Span> {
    joined(matches.into_iter().map(|found| found.span))
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
