//! `dateline report`, `check` and `snapshot`: what was read, whether it is all there, and a copy of it.

use std::io::{self, Write};
use std::path::Path;

use super::Found;
use super::args::{CheckArgs, SnapshotArgs};
use super::print::{self, counted, number, printable};
use crate::index::Reader;
use crate::ingest::{self, CheckReport, Report};

/// Rejections, skips and kills that a table shows of each; `--json` shows all.
const SHOWN: usize = 20;

pub(super) fn report(index: &Path, json: bool) -> anyhow::Result<Found> {
    let reader = Reader::open(index)?;
    let report = ingest::report(index, &reader.snapshot())?;
    if json {
        print::json(&report)?;
    } else {
        table(&report)?;
    }
    Ok(Found::from(report.files > 0))
}

fn table(report: &Report) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}: {}", counted(report.files, "file", "files"), report.counts)?;
    let rejections: Vec<String> = report.rejections.iter().map(ToString::to_string).collect();
    section(&mut out, "rejected", &rejections)?;
    let skips: Vec<String> = report.skips.iter().map(ToString::to_string).collect();
    section(&mut out, "skipped", &skips)?;
    let kills = report.unresolved_kills.iter().map(|kill| {
        let at = kill.at.as_deref().unwrap_or("at no time told");
        format!(
            "{} by {}, {at}: names {} ({})",
            kill.uri,
            kill.by,
            kill.names.join(", "),
            kill.file
        )
    });
    section(&mut out, "kills without a story", &kills.collect::<Vec<_>>())?;
    if report.embargoed > 0 {
        let next = report.next_embargo_ends.as_deref().unwrap_or("none has an end");
        writeln!(
            out,
            "under embargo: {}; the next ends: {next}",
            number(report.embargoed)
        )?;
    }
    Ok(())
}

fn section(out: &mut impl Write, title: &str, lines: &[String]) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title}:")?;
    for line in lines.iter().take(SHOWN) {
        writeln!(out, "  {}", printable(line))?;
    }
    if lines.len() > SHOWN {
        writeln!(out, "  and {} more; --json shows all", lines.len() - SHOWN)?;
    }
    Ok(())
}

pub(super) fn check(index: &Path, json: bool, args: &CheckArgs) -> anyhow::Result<Found> {
    let report = if args.repair {
        ingest::repair(index)?
    } else {
        ingest::check(index)?
    };
    if json {
        print::json(&report)?;
    } else {
        print_check(&report)?;
    }
    Ok(Found::from(report.faults.is_empty()))
}

fn print_check(report: &CheckReport) -> io::Result<()> {
    for fault in &report.faults {
        eprintln!("{}: {}", printable(&fault.place), printable(&fault.what));
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "index: {} bytes in {} read to the end; {}, {}, {}, {}",
        number(report.index_bytes),
        counted(report.index_files, "file", "files"),
        counted(report.stories, "story", "stories"),
        counted(report.filings, "filing", "filings"),
        counted(report.quotes, "quote", "quotes"),
        counted(report.tombstones, "tombstone", "tombstones"),
    )?;
    writeln!(
        out,
        "ledger: {} with {}; {} in the index of no file",
        counted(report.ledger_files, "file", "files"),
        counted(report.ledger_filings, "filing", "filings"),
        number(report.of_no_file),
    )?;
    let verdict = match report.faults.len() {
        0 => "sound: index and ledger agree".to_owned(),
        faults => format!("{}: see above", counted(faults as u64, "fault", "faults")),
    };
    writeln!(out, "{verdict}")
}

pub(super) fn snapshot(index: &Path, json: bool, args: &SnapshotArgs) -> anyhow::Result<Found> {
    let copied = ingest::snapshot(index, &args.to)?;
    if json {
        print::json(&serde_json::json!({ "files": copied.files, "bytes": copied.bytes }))?;
    } else {
        println!(
            "copied {} ({} bytes) to {}: open it with --index",
            counted(copied.files, "file", "files"),
            number(copied.bytes),
            printable(&args.to.display().to_string())
        );
    }
    Ok(Found::Something)
}
