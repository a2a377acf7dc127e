//! Whole answers: from the parameters to JSON, against tantivy doing the same; then the facets alone.

use anyhow::{Result, ensure};

use crate::measure::{note, ratio};
use crate::ours::{Ours, counts, request, whole};
use crate::peers::{COUNTED, Counts, FACETS, Peers};
use crate::queries::ArchiveQuery;
use crate::times::Times;

/// One in so many queries is put to `FacetCollector`, which takes seconds for some.
const FEW: usize = 10;

/// What each query of a mix asks for.
type Chosen<'a> = Vec<Vec<&'a str>>;

/// Measures all of it.
pub(crate) fn measure(ours: &Ours, peers: &Peers, queries: &[ArchiveQuery], rounds: usize) -> Result<()> {
    let free: Chosen<'_> = queries.iter().map(not_filtered).collect();
    let (dateline, terms) = answers(ours, peers, queries, &free, false, rounds)?;
    dateline.print("answer_dateline");
    terms.print("answer_terms_aggregations");
    ratio("answer-p50-vs-terms-aggregations", terms.p50() / dateline.p50());
    ratio("answer-p99-vs-terms-aggregations", terms.p99() / dateline.p99());
    let same: Chosen<'_> = queries.iter().map(|_| FACETS[..COUNTED].to_vec()).collect();
    let (dateline, terms) = answers(ours, peers, queries, &same, true, rounds)?;
    dateline.print("answer_disjunctive_dateline");
    terms.print("answer_disjunctive_terms_aggregations");
    ratio(
        "answer-disjunctive-p50-vs-terms-aggregations",
        terms.p50() / dateline.p50(),
    );
    ratio(
        "answer-disjunctive-p99-vs-terms-aggregations",
        terms.p99() / dateline.p99(),
    );
    by_stem(ours, queries, rounds)?;
    facets(ours, peers, queries, &free, rounds)
}

/// The facets that a query does not filter by: every engine counts those in one pass.
pub(crate) fn not_filtered(asked: &ArchiveQuery) -> Vec<&'static str> {
    let free = FACETS
        .into_iter()
        .filter(|name| asked.filters.iter().all(|(filtered, _)| filtered != name));
    free.take(COUNTED).collect()
}

/// Both engines in turn over the whole mix, as often as there are rounds, so that neither finds its query still warm.
pub(crate) fn answers(
    ours: &Ours,
    peers: &Peers,
    queries: &[ArchiveQuery],
    facets: &Chosen<'_>,
    disjunctive: bool,
    rounds: usize,
) -> Result<(Times, Times)> {
    let (mut dateline, mut terms) = (Times::of(queries.len()), Times::of(queries.len()));
    let mut bytes = [0, 0];
    for round in 0..rounds {
        for (at, asked) in queries.iter().enumerate() {
            let pairs = whole(asked, &facets[at]);
            let (json, answer) = dateline.take(at, || ours.answer(&pairs))?;
            let peer = terms.take(at, || peers.answer(asked, &facets[at], disjunctive))?;
            if round > 0 {
                continue;
            }
            same(asked, &counts(&answer, &facets[at]), &peer.counts)?;
            let in_bars: u64 = answer.histogram.iter().map(|bar| bar.count).sum();
            ensure!(
                in_bars == answer.total.stories && in_bars == peer.in_bars,
                "{asked:?}: {in_bars} stories in the bars, {} in the peer's, of {}",
                peer.in_bars,
                answer.total.stories
            );
            bytes[0] += json.len();
            bytes[1] += peer.json.len();
        }
    }
    let kilobytes = bytes.map(|bytes| bytes as f64 / 1e3 / queries.len() as f64);
    note(&format!(
        "equal counts; an answer has {:.1} kB of JSON, the peer's {:.1}",
        kilobytes[0], kilobytes[1]
    ));
    Ok((dateline, terms))
}

/// The same words without quotation marks: found by their stem in every language too. The peer has no such query.
fn by_stem(ours: &Ours, queries: &[ArchiveQuery], rounds: usize) -> Result<()> {
    let mut times = Times::of(queries.len());
    for _ in 0..rounds {
        for (at, asked) in queries.iter().enumerate() {
            let mut pairs = whole(asked, &not_filtered(asked));
            pairs[0].1 = asked.words.join(" ");
            times.take(at, || ours.answer(&pairs))?;
        }
    }
    times.print("answer_by_stem_dateline");
    Ok(())
}

/// The total and the facets, no histogram and no hits.
fn facets(ours: &Ours, peers: &Peers, queries: &[ArchiveQuery], facets: &Chosen<'_>, rounds: usize) -> Result<()> {
    let (mut dateline, mut terms) = (Times::of(queries.len()), Times::of(queries.len()));
    for _ in 0..rounds {
        for (at, asked) in queries.iter().enumerate() {
            let asking = alone(asked, &facets[at])?;
            let answer = dateline.take(at, || ours.search(&asking))?;
            let peer = terms.take(at, || peers.terms(asked, &facets[at]))?;
            same(asked, &counts(&answer, &facets[at]), &peer)?;
        }
    }
    dateline.print("facets_dateline");
    terms.print("facets_terms_aggregations");
    ratio("facets-p50-vs-terms-aggregations", terms.p50() / dateline.p50());
    ratio("facets-p99-vs-terms-aggregations", terms.p99() / dateline.p99());
    collector(ours, peers, queries)
}

/// `FacetCollector` over a few of the queries, once, and dateline over the same.
fn collector(ours: &Ours, peers: &Peers, queries: &[ArchiveQuery]) -> Result<()> {
    let few: Vec<&ArchiveQuery> = queries.iter().step_by(FEW).collect();
    let (mut dateline, mut collector) = (Times::of(few.len()), Times::of(few.len()));
    for (at, asked) in few.iter().enumerate() {
        let facets = not_filtered(asked);
        let asking = alone(asked, &facets)?;
        let answer = dateline.take(at, || ours.search(&asking))?;
        let Ok(five) = <[&str; COUNTED]>::try_from(facets.as_slice()) else {
            continue;
        };
        let peer = collector.take(at, || peers.facet_collector(asked, five))?;
        same(asked, &counts(&answer, &facets), &peer)?;
    }
    collector.print("facets_facet_collector");
    ratio("facets-p50-vs-facet-collector", collector.p50() / dateline.p50());
    ratio("facets-p99-vs-facet-collector", collector.p99() / dateline.p99());
    Ok(())
}

fn alone(asked: &ArchiveQuery, facets: &[&str]) -> Result<dateline::search::SearchRequest> {
    let mut request = request(&whole(asked, facets))?;
    request.limit = 0;
    request.histogram = None;
    Ok(request)
}

fn same(asked: &ArchiveQuery, ours: &Counts, peer: &Counts) -> Result<()> {
    ensure!(ours == peer, "{asked:?}: {ours:?} is not {peer:?}");
    Ok(())
}
