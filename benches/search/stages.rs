//! Where a whole answer spends its time: the same query with more and more asked for.

use anyhow::Result;

use crate::answers::not_filtered;
use crate::measure::note;
use crate::ours::{Ours, Pairs, request, whole};
use crate::queries::ArchiveQuery;
use crate::times::Times;

/// The stages; each includes those before it.
const STAGES: [&str; 6] = ["parse", "match and total", "facets", "histogram", "twenty hits", "JSON"];

/// Measures and prints a table: the mean of each stage, and median, 99th percentile and mean of what there is until its end.
pub(crate) fn measure(ours: &Ours, queries: &[ArchiveQuery], rounds: usize) -> Result<()> {
    let mut times: Vec<Times> = STAGES.iter().map(|_| Times::of(queries.len())).collect();
    for _ in 0..rounds {
        for (stage, times) in times.iter_mut().enumerate() {
            for (at, asked) in queries.iter().enumerate() {
                let pairs = whole(asked, &not_filtered(asked));
                times.take(at, || until(ours, &pairs, stage))?;
            }
        }
    }
    note("stage            its mean, share | until its end: p50, p99, mean (ms)");
    let whole = times.last().map_or(0.0, Times::mean);
    let mut before = 0.0;
    for (name, times) in STAGES.iter().zip(&times) {
        let own = times.mean() - before;
        before = times.mean();
        note(&format!(
            "{name:16} {own:8.3} {:5.1} % | {:8.3} {:8.3} {:8.3}",
            own / whole * 100.0,
            times.p50(),
            times.p99(),
            times.mean()
        ));
    }
    Ok(())
}

/// A request with what the stages so far need.
fn until(ours: &Ours, pairs: &Pairs, stage: usize) -> Result<usize> {
    if stage == 5 {
        return Ok(ours.answer(pairs)?.0.len());
    }
    let mut request = request(pairs)?;
    if stage == 0 {
        return Ok(dateline::query::parse(&request.q, 0).warnings.len());
    }
    if stage < 2 {
        request.facets.clear();
    }
    if stage < 3 {
        request.histogram = None;
    }
    if stage < 4 {
        request.limit = 0;
    }
    Ok(ours.search(&request)?.hits.len())
}
