//! `dateline index`: copy into the index, with a progress bar and a closing balance.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};

use super::Found;
use super::args::{ExtractionArgs, IndexArgs, ReadingArgs, WritingArgs};
use super::extractor::extractor;
use super::print;
use crate::index::{Writer, WriterOptions};
use crate::ingest::{Balance, Ingest, Progress, Silent, Watched, files_under, watch};

/// Rejections shown on the terminal; the rest go to `--rejects`.
const SHOWN_REJECTIONS: usize = 10;

/// Opens the ingestion of an index folder, made if it is not there.
pub(super) fn open(
    index: &Path,
    reading: &ReadingArgs,
    extraction: &ExtractionArgs,
    writing: WritingArgs,
) -> anyhow::Result<Ingest> {
    let options = WriterOptions {
        threads: writing.threads,
        memory: writing.memory.saturating_mul(1_000_000),
    };
    let writer = Writer::open(index, options)?;
    let mut ingest = Ingest::new(writer, index, extractor(extraction)?)?;
    ingest.options = reading.options()?;
    ingest.bounds = reading.bounds();
    ingest.commit_every = writing.commit_every.max(1);
    if writing.threads > 0 {
        ingest.workers = writing.threads;
    }
    Ok(ingest)
}

pub(super) fn run(index: &Path, json: bool, args: &IndexArgs) -> anyhow::Result<Found> {
    let began = Instant::now();
    let from_stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    let paths: Vec<PathBuf> = args
        .paths
        .iter()
        .filter(|path| path.as_os_str() != "-")
        .cloned()
        .collect();
    let files = files_under(&paths, index)?;
    let mut rejects = args.rejects.as_deref().map(create).transpose()?;
    let mut ingest = open(index, &args.reading, &args.extraction, args.writing)?;
    ingest.reread = args.reread;
    ingest.retry_rejected = args.retry_rejected;
    stop_on_interrupt(&ingest.stop)?;
    let mut bar = Bar::new();
    let mut silent = Silent;
    let progress: &mut dyn Progress = match &mut bar {
        Some(bar) => bar,
        None => &mut silent,
    };
    if args.follow {
        let watched = Watched {
            paths: &paths,
            index,
            on_done: args.on_done.into(),
        };
        let stop = Arc::clone(&ingest.stop);
        watch(&mut ingest, &watched, &stop, progress, &mut |balance| told(balance))?;
        return Ok(Found::Something);
    }
    let mut balance = ingest.files(&files, progress)?;
    if from_stdin {
        balance.add(ingest.stream("-", Box::new(BufReader::new(io::stdin())), progress)?);
    }
    if let Some(bar) = bar {
        bar.bar.finish_and_clear();
    }
    if let Some((path, out)) = &mut rejects {
        write_rejects(out, &balance).with_context(|| format!("could not write {}", path.display()))?;
    }
    if json {
        print::json(&balance)?;
    } else {
        report(&balance, began.elapsed().as_secs_f64(), args.rejects.as_deref())?;
    }
    if ingest.stop.load(Ordering::Relaxed) {
        anyhow::bail!("stopped: what was read is in the index; the same command goes on from there");
    }
    Ok(Found::from(balance.counts.kept() > 0))
}

/// Sets `stop` at the first Ctrl-C; a second one ends the process at once.
fn stop_on_interrupt(stop: &Arc<AtomicBool>) -> anyhow::Result<()> {
    let stop = Arc::clone(stop);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            while tokio::signal::ctrl_c().await.is_ok() {
                if stop.swap(true, Ordering::Relaxed) {
                    std::process::exit(130);
                }
                eprintln!("stopping: committing what was read (again to stop at once)");
            }
        });
    });
    Ok(())
}

fn create(path: &Path) -> anyhow::Result<(PathBuf, BufWriter<File>)> {
    let file = File::create(path).with_context(|| format!("could not create {}", path.display()))?;
    Ok((path.to_path_buf(), BufWriter::new(file)))
}

fn write_rejects(out: &mut impl Write, balance: &Balance) -> anyhow::Result<()> {
    for rejection in &balance.rejections {
        serde_json::to_writer(&mut *out, rejection)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}

/// The balance of a round, on standard error, with what was rejected in it.
pub(super) fn told(balance: &Balance) {
    for rejection in &balance.rejections {
        eprintln!("rejected: {}", print::printable(&rejection.to_string()));
    }
    eprintln!("{}", balance.counts);
}

/// The closing balance, on standard output, and the first rejections on standard error.
fn report(balance: &Balance, seconds: f64, rejects: Option<&Path>) -> anyhow::Result<()> {
    for rejection in balance.rejections.iter().take(SHOWN_REJECTIONS) {
        eprintln!("rejected: {}", print::printable(&rejection.to_string()));
    }
    if balance.rejections.len() > SHOWN_REJECTIONS {
        let more = balance.rejections.len() - SHOWN_REJECTIONS;
        match rejects {
            Some(path) => eprintln!("and {more} more, all in {}", path.display()),
            None => eprintln!("and {more} more; --rejects FILE writes them all"),
        }
    }
    let mut out = io::stdout().lock();
    let files = print::counted(balance.files, "file", "files");
    writeln!(out, "{}  ({files}, {seconds:.1} s)", balance.counts)?;
    Ok(())
}

/// A bar on a terminal, by bytes of input.
pub(super) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A bar, if someone looks at standard error.
    pub(super) fn new() -> Option<Self> {
        if !io::stderr().is_terminal() {
            return None;
        }
        let bar = ProgressBar::new(0);
        let template = "{bar:30} {bytes}/{total_bytes} {msg} {eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Some(Self { bar })
    }
}

impl Progress for Bar {
    fn at(&mut self, bytes: u64, total: u64, balance: &Balance) {
        self.bar.set_length(total.max(bytes));
        self.bar.set_position(bytes);
        self.bar
            .set_message(print::counted(balance.counts.read, "filing", "filings"));
    }
}
