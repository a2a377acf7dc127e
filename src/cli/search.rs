//! `dateline search`, `quotes` and `facet`: flags → the one request, answers → lines.

use std::io::{self, Write};
use std::path::Path;

use super::Found;
use super::args::{FacetArgs, FilterArgs, SearchArgs};
use super::print::{self, Style, counted, number, printable};
use super::zero;
use crate::query::Warning;
use crate::search::{
    self, Bucket, Hit, ParamError, QuoteHit, QuotesAnswer, SearchAnswer, SearchError, SearchRequest, request_from,
};
use crate::story::Facet;
use crate::vocabulary::Vocabulary;

/// Facets shown when none are asked for: the three questions.
pub(super) const USUAL_FACETS: &str = "speaker,country,credit";

pub(super) fn stories(index: &Path, json: bool, args: &SearchArgs) -> anyhow::Result<Found> {
    let request = request(args, if json { "" } else { USUAL_FACETS })?;
    let reader = args.opening.open(index)?;
    let answer = search::search(&reader.snapshot(), &Vocabulary::builtin(), &request, now()).map_err(as_typed)?;
    if json {
        print::json(&answer)?;
    } else {
        print_stories(&answer, &request)?;
    }
    Ok(Found::from(answer.total.stories > 0))
}

pub(super) fn quotes(index: &Path, json: bool, args: &SearchArgs) -> anyhow::Result<Found> {
    let request = request(args, if json { "" } else { "speaker" })?;
    let reader = args.opening.open(index)?;
    let answer = search::quotes(&reader.snapshot(), &Vocabulary::builtin(), &request, now()).map_err(as_typed)?;
    if json {
        print::json(&answer)?;
    } else {
        print_quotes(&answer, &request)?;
    }
    Ok(Found::from(answer.total > 0))
}

pub(super) fn facet(index: &Path, json: bool, args: &FacetArgs) -> anyhow::Result<Found> {
    let known = || Facet::ALL.map(Facet::name).join(", ");
    let facet = Facet::named(&args.field)
        .ok_or_else(|| anyhow::anyhow!("there is no facet \"{}\"; there are {}", args.field, known()))?;
    let mut pairs = filter_pairs(&args.filters);
    pairs.push(("q", args.query.join(" ")));
    let given = [("prefix", &args.prefix), ("facet.limit", &args.limit)];
    pairs.extend(
        given
            .into_iter()
            .filter_map(|(name, value)| value.clone().map(|value| (name, value))),
    );
    let request = from_pairs(&pairs, &args.filters)?;
    let reader = args.opening.open(index)?;
    let counts = search::facet(&reader.snapshot(), &Vocabulary::builtin(), &request, facet, now()).map_err(as_typed)?;
    if json {
        print::json(&counts)?;
    } else {
        print::facet(&mut io::stdout().lock(), Style::of_stdout(), facet.name(), &counts)?;
    }
    Ok(Found::from(counts.distinct > 0))
}

pub(super) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// The request that the flags make. `facets` are counted when none are asked for.
pub(super) fn request(args: &SearchArgs, facets: &str) -> anyhow::Result<SearchRequest> {
    let mut pairs = filter_pairs(&args.filters);
    pairs.push(("q", args.query.join(" ")));
    pairs.push(("facet", args.facet.clone().unwrap_or_else(|| facets.to_owned())));
    let given = [
        ("sort", &args.sort),
        ("limit", &args.limit),
        ("cursor", &args.cursor),
        ("facet.limit", &args.facet_limit),
        ("histogram", &args.histogram),
    ];
    pairs.extend(
        given
            .into_iter()
            .filter_map(|(name, value)| value.clone().map(|value| (name, value))),
    );
    from_pairs(&pairs, &args.filters)
}

pub(super) fn filter_pairs(filters: &FilterArgs) -> Vec<(&'static str, String)> {
    let many = [
        ("person", &filters.person),
        ("speaker", &filters.speaker),
        ("country", &filters.country),
        ("about", &filters.about),
        ("region", &filters.region),
        ("source", &filters.source),
        ("credit", &filters.credit),
        ("language", &filters.language),
        ("subject", &filters.subject),
        ("status", &filters.status),
        ("slug", &filters.slug),
    ];
    let one = [
        ("missing", &filters.missing),
        ("from", &filters.from),
        ("to", &filters.to),
        ("lang", &filters.lang),
        ("recency", &filters.recency),
    ];
    let given = [("all_versions", filters.all_versions), ("strict", filters.strict)];
    let given = given.into_iter().filter(|(_, is_given)| *is_given);
    let given = given.map(|(name, _)| (name, "true".to_owned()));
    let many = many
        .into_iter()
        .flat_map(|(name, values)| values.iter().map(move |value| (name, value.clone())));
    let one = one
        .into_iter()
        .filter_map(|(name, value)| value.clone().map(|value| (name, value)));
    many.chain(one).chain(given).collect()
}

pub(super) fn from_pairs(pairs: &[(&'static str, String)], filters: &FilterArgs) -> anyhow::Result<SearchRequest> {
    let excluded: Vec<(String, &str)> = filters
        .exclude
        .iter()
        .map(|(field, value)| (format!("exclude.{field}"), value.as_str()))
        .collect();
    let plain = pairs.iter().map(|(name, value)| (*name, value.as_str()));
    let excluded = excluded.iter().map(|(name, value)| (name.as_str(), *value));
    request_from(plain.chain(excluded), now()).map_err(as_flag)
}

/// The parameter's error in the words of the command line.
fn as_flag(error: ParamError) -> anyhow::Error {
    let flag = error.parameter.replace('.', "-");
    let hint = error
        .suggestion
        .map(|near| format!(" (perhaps \"{near}\")"))
        .unwrap_or_default();
    anyhow::anyhow!("--{flag}: {}{hint}", error.reason)
}

/// A query that is not understood, with its place and what to type instead.
pub(super) fn as_typed(error: SearchError) -> anyhow::Error {
    match error {
        SearchError::NotUnderstood(warning) => anyhow::anyhow!("query: {}", told(&warning)),
        error => error.into(),
    }
}

pub(super) fn print_warnings(warnings: &[Warning]) {
    for warning in warnings {
        eprintln!("warning: {}", told(warning));
    }
}

fn told(warning: &Warning) -> String {
    let hint = match warning.suggestion.as_deref() {
        None => String::new(),
        Some("") => "; perhaps leave it out".to_owned(),
        Some(text) => format!("; perhaps: {text}"),
    };
    let message = printable(&warning.message);
    format!("{message} (byte {}){}", warning.start, printable(&hint))
}

fn print_stories(answer: &SearchAnswer, request: &SearchRequest) -> anyhow::Result<()> {
    print_warnings(&answer.query.warnings);
    let style = Style::of_stdout();
    let mut out = io::stdout().lock();
    let total = counted(answer.total.stories, "story", "stories");
    writeln!(out, "{}  {}", style.strong(&total), style.faint(&answer.query.read_as))?;
    zero::print(&mut out, style, &answer.query.zero, ("story", "stories"))?;
    for hit in &answer.hits {
        print_hit(&mut out, style, hit)?;
    }
    for facet in &request.facets {
        if let Some(counts) = answer.facets.get(facet.name()) {
            writeln!(out)?;
            print::facet(&mut out, style, facet.name(), counts)?;
        }
    }
    print_histogram(&mut out, &answer.histogram)?;
    if let Some(next) = &answer.next {
        writeln!(out, "\n{}", style.faint(&format!("more with --cursor {next}")))?;
    }
    Ok(())
}

fn print_histogram(out: &mut impl Write, bars: &[Bucket]) -> io::Result<()> {
    if !bars.is_empty() {
        writeln!(out)?;
    }
    for bar in bars {
        writeln!(out, " {:>9}  {}", number(bar.count), bar.start)?;
    }
    Ok(())
}

pub(super) fn print_hit(out: &mut dyn Write, style: Style, hit: &Hit) -> io::Result<()> {
    let spans = hit
        .highlights
        .iter()
        .find(|highlight| highlight.field == "headline")
        .map(|h| h.spans.as_slice());
    let headline = match hit.story.headline() {
        "" => "(no headline)",
        headline => headline,
    };
    let shown = match spans.unwrap_or_default() {
        [] => style.strong(headline),
        spans => style.marked(headline, spans),
    };
    writeln!(out, "\n{}{shown}", style.badge(hit.take.as_ref()))?;
    let labels = |name: &str| {
        let values = hit.facets.0.get(name).map(Vec::as_slice).unwrap_or_default();
        values
            .iter()
            .map(|value| value.label.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let day = hit
        .published
        .as_deref()
        .map_or("no date", |time| time.get(..10).unwrap_or(time));
    let parts = [day.to_owned(), labels("credit"), labels("language"), hit.id.clone()];
    let line: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    writeln!(out, "  {}", style.faint(&line.join(" · ")))?;
    for passage in style.highlights(&hit.highlights) {
        writeln!(out, "  {passage}")?;
    }
    Ok(())
}

fn print_quotes(answer: &QuotesAnswer, request: &SearchRequest) -> anyhow::Result<()> {
    print_warnings(&answer.query.warnings);
    let style = Style::of_stdout();
    let mut out = io::stdout().lock();
    let total = counted(answer.total, "quote", "quotes");
    writeln!(out, "{}  {}", style.strong(&total), style.faint(&answer.query.read_as))?;
    zero::print(&mut out, style, &answer.query.zero, ("quote", "quotes"))?;
    for hit in &answer.hits {
        print_quote(&mut out, style, hit)?;
    }
    for facet in &request.facets {
        if let Some(counts) = answer.facets.get(facet.name()) {
            writeln!(out)?;
            print::facet(&mut out, style, facet.name(), counts)?;
        }
    }
    print_histogram(&mut out, &answer.histogram)?;
    if let Some(next) = &answer.next {
        writeln!(out, "\n{}", style.faint(&format!("more with --cursor {next}")))?;
    }
    Ok(())
}

fn print_quote(out: &mut impl Write, style: Style, hit: &QuoteHit) -> io::Result<()> {
    let marks = if hit.quote.direct { ("“", "”") } else { ("", "") };
    let unsure = if hit.quote.certain.into() { "" } else { " (uncertain)" };
    let speaker = hit
        .speaker_label
        .as_deref()
        .or(hit.quote.speaker_text.as_deref())
        .unwrap_or("unnamed");
    writeln!(
        out,
        "\n{}{}{}{}{}",
        style.faint(&spaced(&hit.before, "", " ")),
        marks.0,
        style.marked(&hit.quote.text, &hit.spans),
        marks.1,
        style.faint(&spaced(&hit.after, " ", ""))
    )?;
    writeln!(out, "  {}{unsure}", style.strong(speaker))?;
    let day = hit
        .published
        .as_deref()
        .map_or("no date", |time| time.get(..10).unwrap_or(time));
    let line = [day, &hit.credits.join(", "), &hit.headline, &hit.story].map(str::to_owned);
    let line: Vec<String> = line.into_iter().filter(|part| !part.is_empty()).collect();
    writeln!(out, "  {}", style.faint(&line.join(" · ")))
}

/// A text with what stands before and behind it, nothing where there is none. Quotation marks of its own go.
fn spaced(text: &str, before: &str, behind: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '„' | '«' | '»'));
    if text.is_empty() {
        return String::new();
    }
    format!("{before}{text}{behind}")
}
