//! Where a whole answer spends its time, as the search itself records it; then the same for a page alone.

use std::time::Duration;

use anyhow::Result;
use dateline::search::{ExplainRequest, SearchRequest, Stage, explain};
use dateline::vocabulary::Vocabulary;

use crate::answers::not_filtered;
use crate::measure::note;
use crate::ours::{Ours, matching, request, whole};
use crate::queries::ArchiveQuery;
use crate::times::Times;

/// The stages of a search, in order.
const STAGES: [Stage; 9] = [
    Stage::Parse,
    Stage::Names,
    Stage::Sets,
    Stage::Words,
    Stage::FirstPage,
    Stage::Rescoring,
    Stage::Hits,
    Stage::Counting,
    Stage::Histogram,
];

/// Measures and prints a table for the mix, and one for the first page of its words without filters.
pub(crate) fn measure(ours: &Ours, queries: &[ArchiveQuery], rounds: usize) -> Result<()> {
    let mut requests = Vec::with_capacity(queries.len());
    for asked in queries {
        requests.push(request(&whole(asked, &not_filtered(asked)))?);
    }
    table("a whole answer, without JSON", ours, &requests, rounds)?;
    for words in [1, 2] {
        let mut requests = Vec::new();
        for asked in queries.iter().filter(|asked| asked.words.len() == words) {
            requests.push(request(&matching(&asked.without_filters()))?);
        }
        table(
            &format!("the first page by relevance, words: {words}"),
            ours,
            &requests,
            rounds,
        )?;
    }
    Ok(())
}

fn table(of: &str, ours: &Ours, requests: &[SearchRequest], rounds: usize) -> Result<()> {
    let snapshot = ours.reader.snapshot();
    let vocabulary = Vocabulary::builtin();
    let mut times: Vec<Times> = STAGES.iter().map(|_| Times::of(requests.len())).collect();
    let mut whole = Times::of(requests.len());
    for _ in 0..rounds {
        for (at, request) in requests.iter().enumerate() {
            let asking = ExplainRequest {
                search: request.clone(),
                ..ExplainRequest::default()
            };
            let answer = explain(&snapshot, &vocabulary, &asking, 0)?;
            for (stage, times) in STAGES.iter().zip(&mut times) {
                let mut ran = answer.stages.iter().filter(|ran| ran.stage == *stage);
                times.put(at, Duration::from_micros(ran.next().map_or(0, |ran| ran.micros)));
            }
            whole.put(at, Duration::from_micros(answer.micros));
        }
    }
    note(&format!("{of}, {} queries: p50, p99, mean (ms)", requests.len()));
    let row = |name: &str, times: &Times| {
        note(&format!(
            "{name:12} {:8.3} {:8.3} {:8.3}",
            times.p50(),
            times.p99(),
            times.mean()
        ));
    };
    for (stage, times) in STAGES.iter().zip(&times) {
        row(&format!("{stage:?}"), times);
    }
    row("all", &whole);
    Ok(())
}
