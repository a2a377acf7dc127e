//! What a reader takes: memory and the time until it answers, in a process of its own, which has nothing else in memory.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use dateline::index::Reader;

use crate::measure::{figure, note, ratio, time};

/// The argument with which the program only opens an index.
pub(crate) const OPEN: &str = "--open";

/// What opening took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opened {
    /// What the snapshot says of itself.
    pub(crate) bytes: f64,
    /// By how much the process grew, the system's count of memory that is no file.
    pub(crate) resident: f64,
    /// Until the reader was there.
    pub(crate) seconds: f64,
}

/// Opens the index in that folder and prints what it took.
pub(crate) fn open(folder: &Path) -> Result<()> {
    let before = resident()?;
    let (took, reader) = time(|| Reader::open(folder));
    let reader = reader?;
    note(&format!(
        "{} {} {}",
        reader.snapshot().bytes(),
        resident()?.saturating_sub(before),
        took.as_secs_f64()
    ));
    Ok(())
}

/// Opens it in processes of their own; the fastest counts.
pub(crate) fn opened(folder: &Path, rounds: usize) -> Result<Opened> {
    let mut best = Opened {
        bytes: 0.0,
        resident: 0.0,
        seconds: Duration::MAX.as_secs_f64(),
    };
    for _ in 0..rounds {
        let program = std::env::current_exe()?;
        let output = Command::new(program).arg(OPEN).arg(folder).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let printed = String::from_utf8(output.stdout)?;
        let numbers: Vec<f64> = printed.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let [bytes, resident, seconds] = numbers[..] else {
            anyhow::bail!("three numbers were awaited: {printed}");
        };
        if seconds < best.seconds {
            best = Opened {
                bytes,
                resident,
                seconds,
            };
        }
    }
    Ok(best)
}

/// Prints memory and time by the story.
pub(crate) fn measure(folder: &Path, stories: usize, rounds: usize) -> Result<()> {
    let opened = opened(folder, rounds)?;
    let each = |sum: f64| sum / stories as f64;
    figure("reader_open", opened.seconds, "s");
    ratio("reader-bytes-per-story", each(opened.bytes));
    ratio("reader-resident-bytes-per-story", each(opened.resident));
    ratio("warm-up-seconds-per-million", each(opened.seconds) * 1e6);
    Ok(())
}

/// Bytes of memory that are no file's, as Linux counts them; 0 elsewhere.
fn resident() -> Result<u64> {
    let Ok(status) = fs::read_to_string("/proc/self/status") else {
        return Ok(0);
    };
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next());
    let kilobytes: u64 = kilobytes.context("the status has no RssAnon")?.parse()?;
    Ok(kilobytes * 1024)
}
