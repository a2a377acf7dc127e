//! The query mix while filings come in: one thread asks, another indexes, commits and reloads.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use dateline::extract::Extractor;
use dateline::index::{Reader, Writer, WriterOptions};
use dateline::vocabulary::Vocabulary;
use tempfile::TempDir;

use crate::answers::not_filtered;
use crate::archive::Archive;
use crate::measure::{figure, note, ratio, time};
use crate::ours::{Ours, whole};
use crate::queries::ArchiveQuery;
use crate::times::Times;

/// Filings a second.
const FILINGS: usize = 200;
/// One filing in so many updates a story that is there.
const UPDATES: usize = 5;
/// Commits of a run: one a second in a full one.
const COMMITS: u32 = 15;

/// What the writer did.
#[derive(Default)]
struct Written {
    filings: usize,
    took: Duration,
    commits: Vec<Duration>,
    reloads: Vec<Duration>,
}

/// Measures the mix for so long quiet, and for so long busy.
pub(crate) fn measure(
    folder: &Path,
    archive: &Archive,
    queries: &[ArchiveQuery],
    stories: usize,
    each: Duration,
) -> Result<()> {
    let copy = linked(folder)?;
    let ours = Ours::open(copy.path())?;
    // Once over the mix, so that both begin warm.
    asked(&ours, queries, || false)?;
    let quiet_until = Instant::now() + each;
    let quiet = asked(&ours, queries, || Instant::now() < quiet_until)?;
    let done = AtomicBool::new(false);
    let (busy, written) = std::thread::scope(|scope| -> Result<_> {
        let writer = scope.spawn(|| {
            let written = write(copy.path(), &ours.reader, archive, stories, each);
            done.store(true, Ordering::Release);
            written
        });
        let busy = asked(&ours, queries, || !done.load(Ordering::Acquire))?;
        let written = writer.join().map_err(|_| anyhow!("the writer panicked"))??;
        Ok((busy, written))
    })?;
    quiet.print("quiet");
    busy.print("busy");
    let longest = |times: &[Duration]| times.iter().max().copied().unwrap_or_default().as_secs_f64() * 1e3;
    note(&format!(
        "{} commits, the longest {:.1} ms; reloads, the longest {:.1} ms",
        written.commits.len(),
        longest(&written.commits),
        longest(&written.reloads)
    ));
    let speed = written.filings as f64 / written.took.as_secs_f64();
    figure("busy_filings", speed, "filings/s");
    ratio("busy-p50-vs-quiet", busy.p50() / quiet.p50());
    ratio("busy-p99-vs-quiet", busy.p99() / quiet.p99());
    Ok(())
}

/// A copy of an index that shares its files: tantivy never changes a file, it writes others.
fn linked(folder: &Path) -> Result<TempDir> {
    let parent = folder.parent().unwrap_or(folder);
    let copy = tempfile::tempdir_in(parent)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let to = copy.path().join(entry.file_name());
        let is_list = entry
            .path()
            .extension()
            .is_none_or(|extension| extension == "json" || extension == "lock");
        if is_list || fs::hard_link(entry.path(), &to).is_err() {
            fs::copy(entry.path(), &to)?;
        }
    }
    Ok(copy)
}

/// Asks for whole answers over the mix, again and again, and at least once.
fn asked(ours: &Ours, queries: &[ArchiveQuery], mut go_on: impl FnMut() -> bool) -> Result<Times> {
    let mut times = Times::of(0);
    loop {
        for asked in queries {
            let pairs = whole(asked, &not_filtered(asked));
            let (took, answer) = time(|| ours.answer(&pairs));
            answer?;
            times.add(took);
        }
        if !go_on() {
            return Ok(times);
        }
    }
}

/// Indexes filings at their pace, extraction included, with commits and reloads.
fn write(folder: &Path, reader: &Reader, archive: &Archive, stories: usize, each: Duration) -> Result<Written> {
    let extractor = Extractor::new(Vocabulary::builtin());
    let mut writer = Writer::open(folder, WriterOptions::default())?;
    let mut written = Written::default();
    let start = Instant::now();
    let mut committed = start;
    while start.elapsed() < each {
        let due = (start.elapsed().as_secs_f64() * FILINGS as f64) as usize;
        while written.filings < due {
            let n = written.filings;
            let (mut filing, found) = archive.story(stories + n);
            if n % UPDATES == 0 {
                filing.ninjs.uri = archive.story(n * 7_919 % stories.max(1)).0.ninjs.uri;
                filing.ninjs.version_created = Some("2026-01-01T00:00:00Z".to_owned());
            }
            // What is made up with the story goes into the index; the work of finding it is done all the same.
            std::hint::black_box(extractor.extract(&filing));
            writer.put(filing, found)?;
            written.filings += 1;
        }
        if committed.elapsed() >= each / COMMITS {
            committed = Instant::now();
            let (took, done) = time(|| writer.commit());
            done?;
            written.commits.push(took);
            let (took, done) = time(|| reader.reload());
            done?;
            written.reloads.push(took);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    written.took = start.elapsed();
    Ok(written)
}
