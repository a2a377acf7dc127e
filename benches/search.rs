//! Searching an archive: whole answers, the first twenty, facet counting, memory, and the query mix while filings come in;
//! dateline against raw tantivy over the same stories and the same queries in the same run. The counts must be equal.
//!
//! `--stories N`, `--rounds R`; `--keep DIR` keeps the indexes between runs; `--only answers,first,counting,stages,memory,completion,busy`
//! leaves the others out; `--curve` prints a table over several sizes instead; `--export DIR` writes what other peers need.

#[path = "search/answers.rs"]
mod answers;
#[path = "support/archive.rs"]
mod archive;
#[path = "search/busy.rs"]
mod busy;
#[path = "search/completion.rs"]
mod completion;
#[path = "search/counting.rs"]
mod counting;
#[path = "search/curve.rs"]
mod curve;
#[path = "search/export.rs"]
mod export;
#[path = "search/first.rs"]
mod first;
#[path = "support/kept.rs"]
mod kept;
#[path = "support/measure.rs"]
mod measure;
#[path = "search/memory.rs"]
mod memory;
#[path = "support/news.rs"]
mod news;
#[path = "support/ours.rs"]
mod ours;
#[path = "support/peer_answer.rs"]
mod peer_answer;
#[path = "support/peers.rs"]
mod peers;
#[path = "support/queries.rs"]
mod queries;
#[path = "support/random.rs"]
mod random;
#[path = "search/stages.rs"]
mod stages;
#[path = "support/times.rs"]
mod times;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use archive::Archive;
use kept::Kept;
use measure::{Scale, argument, is_given, note};
use queries::queries;

/// The archive that is searched.
const SEED: u64 = 3;
/// Queries of the mix, and what is enough to see that all runs.
const QUERIES: [usize; 2] = [300, 40];
/// Sizes of a curve, of a full run and of one that only shows that it runs.
const CURVES: [&[usize]; 2] = [&[10_000, 100_000, 1_000_000], &[100, 300]];

fn main() -> Result<()> {
    if let Some(folder) = argument(memory::OPEN) {
        return memory::open(Path::new(&folder));
    }
    let scale = Scale::from_args(100_000, 300);
    let small = usize::from(scale.stories < 10_000);
    let keep = argument("--keep").map(PathBuf::from);
    let archive = Archive::new(SEED);
    if is_given("--curve") {
        return curve::measure(keep.as_deref(), &archive, CURVES[small], QUERIES[small], scale.rounds);
    }
    let kept = Kept::make(keep.as_deref(), &archive, scale.stories)?;
    let queries = queries(&archive, QUERIES[small]);
    note(&format!(
        "{} stories, {} queries of 1 or 2 words and 0 to 2 filters, best of {}",
        scale.stories,
        queries.len(),
        scale.rounds
    ));
    let (ours, peers) = kept.open()?;
    if let Some(folder) = argument("--export") {
        return export::write(
            Path::new(&folder),
            &ours,
            &archive,
            &queries,
            scale.stories,
            scale.rounds,
        );
    }
    let only = argument("--only");
    let wants = |part: &str| {
        only.as_deref()
            .is_none_or(|only| only.split(',').any(|name| name == part))
    };
    if wants("answers") {
        answers::measure(&ours, &peers, &queries, scale.rounds)?;
    }
    if wants("first") {
        first::measure(&ours, &peers, &queries, scale.rounds)?;
    }
    if wants("counting") {
        counting::measure(&ours, &archive, &queries, scale.rounds)?;
    }
    if wants("completion") {
        completion::measure(&ours, &archive, &queries, scale.rounds)?;
    }
    if wants("stages") {
        stages::measure(&ours, &queries, scale.rounds)?;
    }
    if wants("memory") {
        memory::measure(&kept.ours(), scale.stories, scale.rounds)?;
    }
    if wants("busy") {
        let each = Duration::from_millis([15_000, 300][small]);
        busy::measure(&kept.ours(), &archive, &queries, scale.stories, each)?;
    }
    Ok(())
}
