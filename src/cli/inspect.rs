//! `dateline stats` and `schema`: what the index holds and how.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::Found;
use super::args::{SchemaArgs, SchemaForm};
use super::print::{self, number};
use crate::index::{Reader, schema as index_schema};
use crate::ingest::Ledger;
use crate::story::Facet;

/// What `stats` tells.
#[derive(Serialize)]
struct Stats {
    stories: u64,
    filings: u64,
    quotes: u64,
    segments: usize,
    /// Values of each facet.
    distinct: std::collections::BTreeMap<&'static str, usize>,
    /// Bytes that a reader holds in memory beside tantivy's own.
    reader_bytes: usize,
    index_bytes: u64,
    files_read: usize,
    rejections: usize,
    schema_version: u32,
}

pub(super) fn stats(index: &Path, json: bool) -> anyhow::Result<Found> {
    let snapshot = Reader::open(index)?.snapshot();
    let ledger = Ledger::open(index)?;
    let mut stats = Stats {
        stories: 0,
        filings: 0,
        quotes: 0,
        segments: snapshot.segments.len(),
        distinct: Facet::ALL
            .map(|facet| (facet.name(), snapshot.interners[facet as usize].len()))
            .into(),
        reader_bytes: snapshot.bytes(),
        index_bytes: folder_bytes(index),
        files_read: ledger.len(),
        rejections: ledger.rejections().count(),
        schema_version: index_schema::version(),
    };
    for segment in &snapshot.segments {
        stats.quotes += segment.quotes.len() as u64;
        stats.stories += segment.stories.len() as u64;
        stats.filings += u64::from(segment.alive) + segment.older_filings(&segment.stories);
    }
    if json {
        print::json(&stats)?;
    } else {
        print_stats(&stats)?;
    }
    Ok(Found::from(stats.stories > 0))
}

fn print_stats(stats: &Stats) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut line = |name: &str, value: u64| writeln!(out, "{name:<22}{:>14}", number(value));
    line("stories", stats.stories)?;
    line("filings", stats.filings)?;
    line("quotes", stats.quotes)?;
    for (name, distinct) in &stats.distinct {
        line(&format!("values of {name}"), *distinct as u64)?;
    }
    line("files read", stats.files_read as u64)?;
    line("rejections", stats.rejections as u64)?;
    line("segments", stats.segments as u64)?;
    line("bytes of the index", stats.index_bytes)?;
    line("bytes of a reader", stats.reader_bytes as u64)?;
    line("schema version", u64::from(stats.schema_version))
}

fn folder_bytes(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .filter_map(|entry| entry.metadata().ok())
        .map(|meta| meta.len())
        .sum()
}

pub(super) fn schema(args: &SchemaArgs) -> anyhow::Result<Found> {
    let text = match args.form {
        SchemaForm::Markdown => index_schema::as_markdown(),
        SchemaForm::Tantivy => index_schema::as_tantivy_json(),
    };
    writeln!(io::stdout().lock(), "{}", text.trim_end())?;
    Ok(Found::Something)
}
