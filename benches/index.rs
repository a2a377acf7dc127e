//! Stories a second into the index, until the commit: dateline's writer against a raw tantivy writer with the same fields,
//! threads and memory, on the same stories in the same run.

#[path = "support/archive.rs"]
mod archive;
#[path = "support/measure.rs"]
mod measure;
#[path = "support/news.rs"]
mod news;
#[path = "support/random.rs"]
mod random;
#[path = "support/same_fields.rs"]
mod same_fields;
#[path = "support/stem_filter.rs"]
mod stem_filter;

use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use anyhow::Result;
use archive::Archive;
use dateline::index::{Prepared, Writer, WriterOptions};
use dateline::story::{Extraction, Filing};
use measure::{Scale, figure, note, ratio, time};
use same_fields::SameFields;

/// For both writers.
const MEMORY: usize = 256_000_000;
/// Filings handed from the preparing threads to the writer at a time.
const BATCH: usize = 32;

type Story = (Filing, Extraction);

fn main() -> Result<()> {
    let scale = Scale::from_args(20_000, 100);
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(8);
    let archive = Archive::new(2);
    let stories: Vec<Story> = (0..scale.stories).map(|n| archive.story(n)).collect();
    let bytes: usize = stories.iter().map(|(filing, _)| filing.ninjs.body().len()).sum();
    let quotes: usize = stories.iter().map(|(_, extraction)| extraction.quotes.len()).sum();
    note(&format!(
        "{} stories, {:.1} MB, {quotes} quotes, {threads} threads, best of {}",
        stories.len(),
        bytes as f64 / 1e6,
        scale.rounds
    ));
    let (mut ours, mut put, mut raw) = (Duration::MAX, Duration::MAX, Duration::MAX);
    for _ in 0..scale.rounds {
        ours = ours.min(dateline_prepared(stories.clone(), threads)?);
        put = put.min(dateline_put(stories.clone(), threads)?);
        raw = raw.min(raw_tantivy(&stories, threads)?);
    }
    let speed = |took: Duration| stories.len() as f64 / took.as_secs_f64();
    figure("index_dateline", speed(ours), "stories/s");
    figure("index_dateline_put", speed(put), "stories/s");
    figure("index_raw_tantivy", speed(raw), "stories/s");
    ratio("index_of_raw_tantivy", speed(ours) / speed(raw));
    ratio("index_put_of_raw_tantivy", speed(put) / speed(raw));
    Ok(())
}

fn writer(folder: &Path, threads: usize) -> Result<Writer> {
    let options = WriterOptions {
        threads,
        memory: MEMORY,
    };
    Ok(Writer::open(folder, options)?)
}

/// Prepared on as many threads as there are, put by one: what a bulk load does.
fn dateline_prepared(stories: Vec<Story>, threads: usize) -> Result<Duration> {
    let folder = tempfile::tempdir()?;
    let mut writer = writer(folder.path(), threads)?;
    let mut shares: Vec<Vec<Vec<Story>>> = (0..threads).map(|_| Vec::new()).collect();
    let mut stories = stories.into_iter();
    for share in (0..threads).cycle() {
        let batch: Vec<Story> = stories.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        shares[share].push(batch);
    }
    let (took, done) = time(|| -> Result<()> {
        let (sender, receiver) = sync_channel::<Vec<Prepared>>(2 * threads);
        std::thread::scope(|scope| {
            for share in shares {
                let sender = sender.clone();
                scope.spawn(move || {
                    for batch in share {
                        let prepared = batch
                            .into_iter()
                            .map(|(filing, found)| Prepared::new(filing, found))
                            .collect();
                        if sender.send(prepared).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            for prepared in receiver.into_iter().flatten() {
                writer.put_prepared(prepared)?;
            }
            Ok(writer.commit()?)
        })
    });
    done.map(|()| took)
}

/// One thread hands filings in, one after the other: what a feed does.
fn dateline_put(stories: Vec<Story>, threads: usize) -> Result<Duration> {
    let folder = tempfile::tempdir()?;
    let mut writer = writer(folder.path(), threads)?;
    let (took, done) = time(|| -> Result<()> {
        for (filing, extraction) in stories {
            writer.put(filing, extraction)?;
        }
        Ok(writer.commit()?)
    });
    done.map(|()| took)
}

/// tantivy alone: no hashes, no versions, no look-ups; its analysers run in its indexing threads.
fn raw_tantivy(stories: &[Story], threads: usize) -> Result<Duration> {
    let folder = tempfile::tempdir()?;
    let fields = SameFields::new();
    let mut writer = fields
        .create(folder.path())?
        .writer_with_num_threads::<tantivy::TantivyDocument>(threads, MEMORY)?;
    let (took, done) = time(|| -> Result<()> {
        for (filing, extraction) in stories {
            for document in fields.documents(filing, extraction)? {
                writer.add_document(document)?;
            }
        }
        writer.commit()?;
        Ok(())
    });
    done.map(|()| took)
}
