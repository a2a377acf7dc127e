//! Whether index and ledger are sound and agree, and what can be mended.

use std::path::Path;

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::{FileEntry, IngestError, Ledger};
use crate::index::{self, Checked, Mend};

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where: a file of the index, a line of the ledger, or a file that the ledger knows.
    pub place: String,
    /// What is wrong, and what mends it.
    pub what: String,
}

/// What a check of index and ledger found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Files of the index that were read to their last byte.
    pub index_files: u64,
    /// Their bytes.
    pub index_bytes: u64,
    /// Stories that stand, those under embargo counted.
    pub stories: u64,
    /// Filings, those that were superseded or killed counted.
    pub filings: u64,
    /// Quotes.
    pub quotes: u64,
    /// Tombstones.
    pub tombstones: u64,
    /// Files that the ledger knows.
    pub ledger_files: u64,
    /// Filings that the ledger says are in.
    pub ledger_filings: u64,
    /// Filings of the index that no file of the ledger has: they came from standard input or over HTTP, from a file that has
    /// changed since, or a crash came before the ledger knew.
    pub of_no_file: u64,
    /// All that is wrong; empty when sound.
    pub faults: Vec<Fault>,
}

/// Reads index and ledger end to end and compares them. Nothing is changed; a writer may be at work meanwhile.
///
/// # Errors
/// When there is no index there, or it is of another version, or the ledger cannot be read.
pub fn check(index: &Path) -> Result<CheckReport, IngestError> {
    // The ledger first: what it knows was committed before.
    let ledger = if index.is_dir() {
        Some(Ledger::open(index)?)
    } else {
        None
    };
    let checked = index::check(index)?;
    let mut report = CheckReport {
        index_files: checked.files,
        index_bytes: checked.bytes,
        stories: checked.stories,
        filings: checked.filings.len() as u64,
        quotes: checked.quotes,
        tombstones: checked.tombstones,
        faults: faults_of(&checked),
        ..CheckReport::default()
    };
    if let Some(ledger) = ledger {
        compare(&ledger, &checked, &mut report);
    }
    Ok(report)
}

/// Mends what can be mended: damaged segments are taken out, small files written anew, and the ledger forgets what the index does
/// not have, so that the next run over the same folders reads it again. Gives the check after it.
///
/// # Errors
/// When a writer has the index, when it is beyond mending, and when a file cannot be written.
pub fn repair(index: &Path) -> Result<CheckReport, IngestError> {
    let found = index::check(index)?;
    index::repair(index, &found)?;
    let left = index::check(index)?;
    let mut ledger = Ledger::open(index)?;
    let is_sound = |entry: &FileEntry| entry.adds_up() && missing(entry, &left.filings) == 0;
    if !ledger.damaged().is_empty() || !ledger.sorted().into_iter().all(is_sound) {
        ledger.rewrite(is_sound)?;
    }
    check(index)
}

fn faults_of(checked: &Checked) -> Vec<Fault> {
    let faults = checked.faults.iter().map(|fault| {
        let remedy = match &fault.mend {
            Mend::DropSegment(_) => "--repair takes its segment out, and what was in it can be read again",
            Mend::Rewrite => "--repair writes it anew",
            Mend::IndexAgain => "restore a snapshot, or index the stories again into a new folder",
        };
        Fault {
            place: fault.file.clone(),
            what: format!("{}; {remedy}", fault.what),
        }
    });
    faults.collect()
}

fn compare(ledger: &Ledger, checked: &Checked, report: &mut CheckReport) {
    report.ledger_files = ledger.len() as u64;
    for line in ledger.damaged() {
        report.faults.push(Fault {
            place: format!("ledger.jsonl, line {line}"),
            what: "it is not as it was written; --repair leaves it out, and its file can be read again".into(),
        });
    }
    let mut known = FxHashSet::default();
    for entry in ledger.sorted() {
        let mut fault = |what: String| {
            let place = entry.file.clone();
            report.faults.push(Fault { place, what });
        };
        if !entry.adds_up() {
            fault(format!(
                "its entry in the ledger does not add up ({}); --repair leaves it out",
                entry.counts
            ));
        }
        let missing = missing(entry, &checked.filings);
        if missing > 0 {
            fault(format!(
                "the ledger says that {missing} of its filings are in, and the index has them not; --repair forgets the file, and the next run reads it again"
            ));
        }
        report.ledger_filings += entry.counts.kept();
        known.extend(entry.contents().flatten());
    }
    report.of_no_file = checked.filings.difference(&known).count() as u64;
}

/// How many filings of an entry the index does not have.
fn missing(entry: &FileEntry, filings: &FxHashSet<u64>) -> usize {
    let there = |content: &Option<u64>| content.is_some_and(|content| filings.contains(&content));
    entry.contents().filter(|content| !there(content)).count()
}
