//! Any text is extracted from, and every place that is told lies in it; no text makes a step slow without bound.

use proptest::prelude::*;

use super::Extractor;
use crate::story::{Extraction, Filing, Span};
use crate::vocabulary::Vocabulary;

fn extracted(headline: &str, body: &str) -> (Filing, Extraction) {
    let mut filing = Filing::default();
    filing.ninjs.set_headline(headline);
    filing.ninjs.set_body(body);
    let found = Extractor::new(Vocabulary::builtin()).extract(&filing);
    (filing, found)
}

/// Fails unless every place is a part of the body.
fn all_places_are_in_the_body(filing: &Filing, found: &Extraction) {
    let body = filing.ninjs.body();
    let spans = found.people.iter().flat_map(|person| &person.spans);
    let spans = spans.chain(found.countries.iter().flat_map(|country| &country.spans));
    let spans = spans.chain(found.sources.iter().flat_map(|source| &source.spans));
    for Span { start, end } in spans {
        assert!(body.get(*start..*end).is_some(), "{start}..{end} of {body:?}");
    }
    for quote in &found.quotes {
        assert!(body.get(quote.start..quote.end).is_some(), "{quote:?} of {body:?}");
        let known = |speaker: &String| found.people.iter().any(|person| person.value == *speaker);
        assert!(quote.speaker.as_ref().is_none_or(known), "{quote:?}");
    }
    for speaker in &found.speakers {
        assert!(found.people.iter().any(|person| person.value == *speaker), "{speaker}");
    }
}

/// Words and marks that the steps look for, in several languages and scripts.
const PIECES: [&str; 40] = [
    "said",
    "kata",
    "katanya",
    "dijo",
    "sagte",
    "a déclaré",
    "ha detto",
    "menurut",
    "according to",
    "President",
    "Presiden",
    "Anna",
    "Velkova",
    "Kim",
    "Jong",
    "-",
    "un",
    "bin",
    "van",
    "l'",
    "Georgia",
    "AS",
    "US",
    "Reuters",
    "(Reuters)",
    "AFP/dpa",
    "—",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "„",
    "‘",
    "’",
    ":",
    "\n",
    "Reporting by",
    "İstanbul",
    "東京",
];

fn copy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => ".{0,12}",
        1 => "[A-Z][a-z]{1,9}[.,]?",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_extracted_from(headline in ".{0,60}", body in "(?s).{0,400}") {
        let (filing, found) = extracted(&headline, &body);
        all_places_are_in_the_body(&filing, &found);
    }

    #[test]
    fn anything_like_copy_is_extracted_from(headline in copy(), body in copy()) {
        let (filing, found) = extracted(&headline, &body);
        all_places_are_in_the_body(&filing, &found);
    }
}

/// Each ends in well under a second when built for release; a step that is quadratic in them would not end here.
#[test]
fn huge_texts_end() {
    let capitals = ["Velkova", "Hallmann", "Oslo", "Nordbank", "Wirawan"]
        .repeat(10_000)
        .join(" ");
    let texts = [
        "x".repeat(1_000_000),
        "\"".repeat(100_000),
        "\" a ".repeat(30_000),
        capitals,
        "Anna Velkova ".repeat(25_000),
        "“Yes,” said Anna Velkova. ".repeat(10_000),
        "(Reuters) ".repeat(30_000),
    ];
    for text in texts {
        let (filing, found) = extracted("", &text);
        all_places_are_in_the_body(&filing, &found);
    }
}
