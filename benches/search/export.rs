//! The archive and the mix as JSON Lines, for peers in other programs: see `peers/`.

use std::fs::{File, create_dir_all};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use serde_json::{Map, json};

use crate::answers::not_filtered;
use crate::archive::Archive;
use crate::measure::{figure, note};
use crate::ours::{Ours, counts, matching, request, whole};
use crate::peers::{FACETS, values, written};
use crate::queries::ArchiveQuery;
use crate::times::Times;

/// Writes `stories.ndjson` (texts as dateline's terms), `queries.ndjson` (with the counts that are right), and
/// dateline's times for the same, with and without hits.
pub(crate) fn write(
    folder: &Path,
    ours: &Ours,
    archive: &Archive,
    queries: &[ArchiveQuery],
    stories: usize,
    rounds: usize,
) -> Result<()> {
    create_dir_all(folder)?;
    let mut out = BufWriter::new(File::create(folder.join("stories.ndjson"))?);
    for n in 0..stories {
        let (filing, found) = archive.story(n);
        let facets = FACETS.map(|name| (name.to_owned(), json!(values(name, &filing, &found))));
        let line = json!({
            "n": n,
            "published": filing.published,
            "headline": written(filing.ninjs.headline()),
            "body": written(filing.ninjs.body()),
            "facets": facets.into_iter().collect::<Map<_, _>>(),
        });
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    let mut out = BufWriter::new(File::create(folder.join("queries.ndjson"))?);
    let (mut times, mut counting) = (Times::of(queries.len()), Times::of(queries.len()));
    for round in 0..rounds {
        for (at, asked) in queries.iter().enumerate() {
            let facets = not_filtered(asked);
            let mut request = request(&whole(asked, &facets))?;
            request.histogram = None;
            let answer = times.take(at, || ours.search(&request))?;
            request.limit = 0;
            counting.take(at, || ours.search(&request))?;
            if round == 0 {
                let right = counts(&answer, &facets);
                let line = json!({
                    "q": matching(asked)[0].1,
                    "words": asked.words,
                    "filters": asked.filters,
                    "facets": facets,
                    "total": right.total,
                    "top": right.top,
                });
                writeln!(out, "{line}")?;
            }
        }
    }
    out.flush()?;
    for (name, times) in [("dateline", &times), ("dateline-no-hits", &counting)] {
        let line = json!({
            "stories": stories,
            "queries": queries.len(),
            "unequal": 0,
            "p50_ms": times.p50(),
            "p99_ms": times.p99(),
            "mean_ms": times.mean(),
        });
        std::fs::write(folder.join(format!("{name}.json")), format!("{line}\n"))?;
    }
    note(&format!("written to {}", folder.display()));
    figure("exported_dateline_p50", times.p50(), "ms");
    figure("exported_dateline_p99", times.p99(), "ms");
    Ok(())
}
