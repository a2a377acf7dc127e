//! `dateline show`, `versions` and `diff`: one story, its filings, what changed between two of them, and what stands in its place.

use std::io::{self, Write};
use std::path::Path;

use serde_json::json;

use super::Found;
use super::args::{DiffArgs, ShowArgs, StoryArgs};
use super::print::{self, Style, counted, printable};
use super::search::now;
use crate::index::{Reader, Snapshot};
use crate::search::{self, Change, DiffAnswer, FacetValue, FieldDiff, Hit, SearchError, Tombstone, Version, Versions};
use crate::story::{Span, within};
use crate::vocabulary::Vocabulary;

pub(super) fn show(index: &Path, json: bool, args: &ShowArgs) -> anyhow::Result<Found> {
    let snapshot = Reader::open(index)?.snapshot();
    let vocabulary = Vocabulary::builtin();
    let hit = search::marked_story(&snapshot, &vocabulary, &args.story.uri, &args.request(), now())?;
    told(hit, &snapshot, json, &args.story, print_story)
}

pub(super) fn versions(index: &Path, json: bool, args: &StoryArgs) -> anyhow::Result<Found> {
    let snapshot = Reader::open(index)?.snapshot();
    let versions = search::versions(&snapshot, &Vocabulary::builtin(), &args.uri, &args.lang)?;
    told(versions, &snapshot, json, args, print_versions)
}

pub(super) fn diff(index: &Path, json: bool, args: &DiffArgs) -> anyhow::Result<Found> {
    let snapshot = Reader::open(index)?.snapshot();
    match search::compare(&snapshot, &Vocabulary::builtin(), &args.story.uri, &args.request()) {
        Ok(answer) => told(answer, &snapshot, json, &args.story, print_diff),
        Err(SearchError::Killed { tombstone, .. }) => gone("This version was killed", &tombstone, json),
        Err(error @ (SearchError::NoVersion { .. } | SearchError::OneVersion { .. })) => {
            eprintln!("{error}");
            Ok(Found::Nothing)
        }
        Err(error) => Err(error.into()),
    }
}

/// Prints what was found; else the tombstone, or that there is no such story.
pub(super) fn told<T: serde::Serialize>(
    found: Option<T>,
    snapshot: &Snapshot,
    json: bool,
    args: &StoryArgs,
    print: fn(&mut dyn Write, Style, &T) -> io::Result<()>,
) -> anyhow::Result<Found> {
    if let Some(found) = found {
        if json {
            print::json(&found)?;
        } else {
            print(&mut io::stdout().lock(), Style::of_stdout(), &found)?;
        }
        return Ok(Found::Something);
    }
    match search::tombstone(snapshot, &Vocabulary::builtin(), &args.uri, &args.lang)? {
        Some(tombstone) if tombstone.status == "withheld" => gone("This story is withheld", &tombstone, json),
        Some(tombstone) => gone("This story was killed", &tombstone, json),
        None => {
            eprintln!("there is no story with the uri \"{}\"", printable(&args.uri));
            Ok(Found::Nothing)
        }
    }
}

/// Prints a tombstone: what was asked for is not to be had.
fn gone(title: &str, tombstone: &Tombstone, json: bool) -> anyhow::Result<Found> {
    if json {
        print::json(&json!({ "tombstone": tombstone }))?;
        return Ok(Found::Nothing);
    }
    let style = Style::of_stdout();
    let mut out = io::stdout().lock();
    writeln!(out, "{}{}", style.badge(tombstone.take.as_ref()), style.strong(title))?;
    let facts = [
        ("status", Some(tombstone.status.to_owned())),
        ("by", Some(tombstone.by.join(", ")).filter(|by| !by.is_empty())),
        ("at", tombstone.at.clone()),
        ("reason", tombstone.reason.clone()),
        ("slug", tombstone.slug.clone()),
        ("uri", Some(tombstone.uri.clone())),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            writeln!(out, "{:<9} {}", style.strong(name), printable(&value))?;
        }
    }
    Ok(Found::Nothing)
}

fn print_story(out: &mut dyn Write, style: Style, hit: &Hit) -> io::Result<()> {
    let headline = match marks(hit, "headline") {
        [] => style.strong(hit.story.headline()),
        spans => style.marked(hit.story.headline(), spans),
    };
    writeln!(out, "{}{headline}", style.badge(hit.take.as_ref()))?;
    let filings = (hit.versions > 1).then(|| counted(u64::from(hit.versions), "filing", "filings"));
    let parts = [
        hit.published.as_deref(),
        hit.story.by.as_deref(),
        filings.as_deref(),
        Some(hit.id.as_str()),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    writeln!(out, "{}", style.faint(&parts.join(" · ")))?;
    if let Some(note) = &hit.story.ed_note {
        writeln!(out, "{}", style.faint(&format!("Note to editors: {note}")))?;
    }
    writeln!(out)?;
    let mut start = 0;
    for line in hit.story.body().split_inclusive('\n') {
        let paragraph = line.trim_end_matches(['\n', '\r']);
        let spans = within(marks(hit, "body"), start, start + paragraph.len());
        writeln!(out, "{}\n", style.marked(paragraph, &spans))?;
        start += line.len();
    }
    for (name, values) in &hit.facets.0 {
        if !values.is_empty() {
            writeln!(out, "{:<9} {}", style.strong(name), labels(values))?;
        }
    }
    for quote in &hit.quotes {
        let speaker = quote.speaker.as_deref().or(quote.speaker_text.as_deref());
        let kind = if quote.direct { "said" } else { "said that" };
        let speaker = style.strong(speaker.unwrap_or("unnamed"));
        writeln!(out, "{speaker} {kind}: {}", printable(&quote.text))?;
    }
    Ok(())
}

/// The matches in a field that was marked whole.
fn marks<'h>(hit: &'h Hit, field: &str) -> &'h [Span] {
    let found = hit.highlights.iter().find(|highlight| highlight.field == field);
    found.map_or(&[], |highlight| &highlight.spans)
}

fn labels(values: &[FacetValue]) -> String {
    let labels: Vec<&str> = values.iter().map(|value| value.label.as_str()).collect();
    printable(&labels.join(", "))
}

fn print_versions(out: &mut dyn Write, style: Style, listed: &Versions) -> io::Result<()> {
    for version in &listed.versions {
        let mark = if version.current { "*" } else { " " };
        let headline = match version.headline.as_str() {
            "" if version.status == "canceled" => style.faint("(killed)"),
            "" => style.faint("(no headline)"),
            headline => style.strong(headline),
        };
        writeln!(
            out,
            "{mark}{:>3}  {}{headline}",
            version.number,
            style.badge(version.take.as_ref())
        )?;
        writeln!(out, "      {}", style.faint(&facts(version)))?;
    }
    Ok(())
}

fn facts(version: &Version) -> String {
    let time = version.version_created.as_ref().or(version.published.as_ref());
    let own = version.version.as_ref().map(|version| format!("version {version}"));
    let words = counted(version.words as u64, "word", "words");
    let status = Some(version.status.to_owned()).filter(|status| status != "usable");
    let parts = [
        time.cloned(),
        own,
        status,
        Some(version.credits.join(", ")),
        Some(words),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn print_diff(out: &mut dyn Write, style: Style, answer: &DiffAnswer) -> io::Result<()> {
    for (mark, version) in [("from", &answer.from), ("to", &answer.to)] {
        let badge = style.badge(version.take.as_ref());
        writeln!(
            out,
            "{mark:<4} {} {badge}{}",
            version.number,
            style.faint(&facts(version))
        )?;
    }
    let counts = &answer.counts;
    let words = [("removed", counts.words_removed), ("added", counts.words_added)];
    let words = words.map(|(what, words)| format!("{} {what}", counted(words as u64, "word", "words")));
    writeln!(out, "{}", style.faint(&words.join(", ")))?;
    for field in answer.fields.iter().filter(|field| field.changed) {
        print_field(out, style, field)?;
    }
    for (name, change) in &answer.facets {
        for (mark, values) in [("-", &change.lost), ("+", &change.gained)] {
            if !values.is_empty() {
                writeln!(out, "{mark} {:<9} {}", style.strong(name), labels(values))?;
            }
        }
    }
    Ok(())
}

fn print_field(out: &mut dyn Write, style: Style, field: &FieldDiff) -> io::Result<()> {
    writeln!(out, "\n{}", style.strong(field.field))?;
    let is_kept = |change: Change| change == Change::Kept;
    let groups = field
        .paragraphs
        .chunk_by(|one, next| is_kept(one.change) == is_kept(next.change));
    for group in groups {
        if is_kept(group[0].change) {
            let unchanged = format!("… {} unchanged", counted(group.len() as u64, "paragraph", "paragraphs"));
            writeln!(out, "{}", style.faint(&unchanged))?;
            continue;
        }
        for paragraph in group {
            let text: String = paragraph.spans.iter().map(|span| style.changed(span)).collect();
            writeln!(out, "{text}")?;
        }
    }
    writeln!(out)
}
