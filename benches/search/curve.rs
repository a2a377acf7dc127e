//! How latency and memory grow with the number of stories.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::answers::{answers, not_filtered};
use crate::archive::Archive;
use crate::kept::Kept;
use crate::measure::note;
use crate::memory::opened;
use crate::queries::queries;

/// Prints a line for each size, dateline's figures first.
pub(crate) fn measure(
    keep: Option<&Path>,
    archive: &Archive,
    sizes: &[usize],
    count: usize,
    rounds: usize,
) -> Result<()> {
    let mut lines = Vec::new();
    for &stories in sizes {
        let kept = Kept::make(keep, archive, stories)?;
        let (ours, peers) = kept.open()?;
        let queries = queries(archive, count);
        let facets = queries.iter().map(not_filtered).collect();
        let (dateline, terms) = answers(&ours, &peers, &queries, &facets, false, rounds)?;
        let opened = opened(&kept.ours(), rounds)?;
        let each = |sum: f64| sum / stories as f64;
        lines.push(format!(
            "{stories:9} {:9.3} {:9.3} {:9.3} {:9.3} {:8.1} {:8.1} {:8.3} {:8.0}",
            dateline.p50(),
            dateline.p99(),
            terms.p50(),
            terms.p99(),
            each(opened.bytes),
            each(opened.resident),
            opened.seconds,
            each(bytes_of(&kept.ours())? as f64)
        ));
    }
    note("            answer ms           terms aggregations  reader, bytes a story  index, bytes");
    note("  stories       p50       p99       p50       p99     told resident   open s  a story");
    for line in &lines {
        note(line);
    }
    Ok(())
}

/// The files of a folder together.
fn bytes_of(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        bytes += if entry.path().is_dir() {
            bytes_of(&entry.path())?
        } else {
            entry.metadata()?.len()
        };
    }
    Ok(bytes)
}
