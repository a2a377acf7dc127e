//! `dateline extract --explain`: the story paragraph by paragraph, under each what was found in it, where, and by which rule.

use std::io::{self, Write};

use super::print::{Style, printable};
use crate::story::{Certainty, Country, Extraction, Filing, Join, Person, Quote, Source, SourceRole, Span};

/// Something found in the body.
struct Found {
    span: Span,
    facet: &'static str,
    value: String,
    why: String,
}

/// Prints one filing with what was found in it.
pub(super) fn explain(uri: &str, filing: &Filing, found: &Extraction, out: &mut impl Write) -> io::Result<()> {
    let style = Style::of_stdout();
    writeln!(out, "{}  {}", style.strong(uri), style.faint(&found.language))?;
    if !filing.ninjs.headline().is_empty() {
        writeln!(out, "{}", style.strong(filing.ninjs.headline()))?;
    }
    let body = filing.ninjs.body();
    let all = in_order(found);
    let mut rest = all.iter().peekable();
    let mut start = 0;
    for paragraph in body.split_inclusive('\n') {
        let end = start + paragraph.len();
        writeln!(out, "\n{}", printable(paragraph.trim_end()))?;
        while let Some(one) = rest.next_if(|one| one.span.start < end) {
            let phrase = body.get(one.span.start..one.span.end).unwrap_or_default();
            let phrase = shortened(phrase);
            let why = style.faint(&one.why);
            writeln!(
                out,
                "    {:<8} {:<28} {phrase:<32} {why}",
                one.facet,
                printable(&one.value)
            )?;
        }
        start = end;
    }
    summary(found, out)?;
    writeln!(out)
}

/// Everything with a place in the body, in the order of the text.
fn in_order(found: &Extraction) -> Vec<Found> {
    let mut all = Vec::new();
    let mut add = |spans: &[Span], facet, value: &str, why: &str| {
        all.extend(spans.iter().map(|span| Found::at(*span, facet, value, why)));
    };
    for person in &found.people {
        let why = format!("{}, {:.2}", person.rule, person.confidence);
        add(&person.spans, "person", &person.value, &why);
    }
    for country in &found.countries {
        let value = format!("{} {}", country.value, country.label);
        add(&country.spans, "country", &value, &country.rule);
    }
    for source in &found.sources {
        add(&source.spans, role(source), &source.label, &source.rule);
    }
    all.extend(found.quotes.iter().map(said));
    all.sort_by_key(|one| one.span.start);
    all
}

impl Found {
    fn at(span: Span, facet: &'static str, value: &str, why: &str) -> Self {
        Self {
            span,
            facet,
            value: value.to_owned(),
            why: why.to_owned(),
        }
    }
}

fn role(source: &Source) -> &'static str {
    match source.role {
        SourceRole::Credit => "credit",
        SourceRole::Cited => "source",
    }
}

fn said(quote: &Quote) -> Found {
    let speaker = quote.speaker.as_deref().or(quote.speaker_text.as_deref());
    let cue = quote.cue.as_deref().map_or(String::new(), |cue| format!(" \"{cue}\""));
    let sure = match quote.certain {
        Certainty::Certain => "",
        Certainty::Uncertain => ", uncertain: not in the speaker facet",
    };
    let span = Span {
        start: quote.start,
        end: quote.end,
    };
    let facet = if quote.direct { "quote" } else { "reported" };
    Found::at(
        span,
        facet,
        speaker.unwrap_or("no one named"),
        &format!("{}{cue}{sure}", quote.rule),
    )
}

/// The start of a long phrase.
fn shortened(phrase: &str) -> String {
    const MOST: usize = 30;
    let line: String = printable(phrase).chars().take(MOST).collect();
    if line.chars().count() < phrase.chars().count() {
        format!("{line}…")
    } else {
        line
    }
}

/// What belongs to the whole story: joined names, weighed countries, sources that stand in no span.
fn summary(found: &Extraction, out: &mut impl Write) -> io::Result<()> {
    writeln!(out)?;
    for person in found.people.iter().filter(|person| !person.forms.is_empty()) {
        writeln!(out, "    joined   {:<28} {}", printable(&person.value), forms(person))?;
    }
    for country in &found.countries {
        writeln!(out, "    weighed  {:<28} {}", country.label, weight(country))?;
    }
    for source in found.sources.iter().filter(|source| source.spans.is_empty()) {
        writeln!(
            out,
            "    {:<8} {:<28} {}",
            role(source),
            printable(&source.label),
            source.rule
        )?;
    }
    Ok(())
}

fn forms(person: &Person) -> String {
    let form = |form: &crate::story::Form| {
        let why = serde_json::to_value::<Join>(form.why).unwrap_or_default();
        format!(
            "\"{}\" {}× ({})",
            printable(&form.text),
            form.mentions,
            why.as_str().unwrap_or_default()
        )
    };
    person.forms.iter().map(form).collect::<Vec<_>>().join(", ")
}

fn weight(country: &Country) -> String {
    let about = if country.about { "about" } else { "mentioned only" };
    let (mentions, salience) = (country.mentions, country.salience);
    format!(
        "{salience} % of the heaviest, {mentions}×, first by \"{}\": {about}",
        printable(&country.phrase)
    )
}
