//! Facet counting alone: nanoseconds for each value that is counted, and what the machine needs at least for such counters.

use std::hint::black_box;
use std::time::Duration;

use anyhow::Result;
use dateline::search::{SearchAnswer, SearchRequest};
use dateline::story::Facet;

use crate::archive::Archive;
use crate::measure::{figure, note, ratio, time};
use crate::ours::Ours;
use crate::peers::{COUNTED, FACETS, TOP};
use crate::queries::ArchiveQuery;
use crate::random::Random;

/// Sizes of result sets that are looked for.
const SIZES: [(&str, f64); 2] = [("-10k", 1e4), ("-200k", 2e5)];
/// Stories whose values the bare counters count.
const BARE_STORIES: usize = 100_000;
/// As often as each is measured, at least: these are single requests.
const LEAST_ROUNDS: usize = 5;

/// Measures match-all, and words that are found in so many stories.
pub(crate) fn measure(ours: &Ours, archive: &Archive, queries: &[ArchiveQuery], rounds: usize) -> Result<()> {
    let rounds = rounds.max(LEAST_ROUNDS);
    let bare = bare(archive, rounds);
    figure("increment_ns_per_value", bare, "ns");
    let all = per_value(ours, "", rounds)?;
    ratio("facets-ns-per-value", all);
    ratio("facets-vs-bare-increments", all / bare);
    for (name, wanted) in SIZES {
        let Some(word) = word_of(ours, queries, wanted)? else {
            note(&format!("no word is in about {wanted} stories"));
            continue;
        };
        ratio(&format!("facets-ns-per-value{name}"), per_value(ours, &word, rounds)?);
    }
    Ok(())
}

/// A request with five facets less the same without, over the number of values.
fn per_value(ours: &Ours, q: &str, rounds: usize) -> Result<f64> {
    let mut bare = SearchRequest::new(q);
    bare.limit = 0;
    bare.facet_limit = TOP;
    let mut counting = bare.clone();
    counting.facets = FACETS[..COUNTED].iter().filter_map(|name| Facet::named(name)).collect();
    let (mut with, mut without) = (Duration::MAX, Duration::MAX);
    let mut found = SearchAnswer::default();
    for _ in 0..rounds {
        let (took, answer) = time(|| ours.search(&counting));
        with = with.min(took);
        found = answer?;
        let (took, answer) = time(|| ours.search(&bare));
        without = without.min(took);
        answer?;
    }
    let counted = found.facets.values().map(|counts| {
        let listed: u64 = counts.values.iter().map(|value| value.count).sum();
        listed + counts.other
    });
    let counted: u64 = counted.sum();
    let took = with.saturating_sub(without).as_secs_f64();
    note(&format!(
        "{q:?}: {} stories, {counted} values in {:.3} ms (whole request {:.3} ms)",
        found.total.stories,
        took * 1e3,
        with.as_secs_f64() * 1e3
    ));
    Ok(took * 1e9 / counted.max(1) as f64)
}

/// The word, as written, whose number of stories is nearest; none when even that is off by more than half.
fn word_of(ours: &Ours, queries: &[ArchiveQuery], wanted: f64) -> Result<Option<String>> {
    let mut nearest: Option<(f64, String)> = None;
    for word in queries.iter().flat_map(|asked| &asked.words) {
        let mut request = SearchRequest::new(format!("\"{word}\""));
        request.limit = 0;
        let off = (ours.search(&request)?.total.stories.max(1) as f64 / wanted).ln().abs();
        if nearest.as_ref().is_none_or(|(least, _)| off < *least) {
            nearest = Some((off, request.q));
        }
    }
    Ok(nearest.filter(|(off, _)| *off < 0.5).map(|(_, q)| q))
}

/// The same kinds of values as ids in flat arrays, counted into as many counters by one loop: nothing can count singly with less.
fn bare(archive: &Archive, rounds: usize) -> f64 {
    let random = &mut Random::new(archive.seed, 0);
    let mut facets: [(Vec<u32>, usize); 4] = [
        (Vec::new(), archive.people.len()),
        (Vec::new(), archive.countries.0.len()),
        (Vec::new(), archive.sources.len()),
        (Vec::new(), archive.sources.len()),
    ];
    let zipfs = [
        &archive.people,
        &archive.countries.0,
        &archive.sources,
        &archive.sources,
    ];
    let most: [usize; 4] = [9, 4, 3, 1];
    for _ in 0..BARE_STORIES {
        for (at, zipf) in zipfs.into_iter().enumerate() {
            let count = random.between(most[at].div_ceil(3), most[at]);
            facets[at]
                .0
                .extend(zipf.draw_distinct(count, random).into_iter().map(|rank| rank as u32));
        }
    }
    let values: usize = facets.iter().map(|(ids, _)| ids.len()).sum();
    let mut least = Duration::MAX;
    for _ in 0..rounds {
        let (took, ()) = time(|| {
            for (ids, distinct) in &facets {
                let mut counters = vec![0_u32; *distinct];
                for id in ids {
                    counters[*id as usize] += 1;
                }
                black_box(&counters);
            }
        });
        least = least.min(took);
    }
    least.as_secs_f64() * 1e9 / values as f64
}
