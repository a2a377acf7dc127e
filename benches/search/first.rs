//! The first twenty alone, by relevance and by time, against raw tantivy.

use anyhow::{Context, Result, ensure};
use dateline::search::{SearchAnswer, Sort};

use crate::measure::{note, ratio};
use crate::ours::{Ours, matching, request};
use crate::peer_answer::PeerHit;
use crate::peers::Peers;
use crate::queries::ArchiveQuery;
use crate::times::Times;

/// dateline's time, and tantivy's as far as each step.
struct Steps {
    dateline: Times,
    bare: Times,
    fetched: Times,
    page: Times,
}

/// Measures both orders over the words of the mix, without its filters.
pub(crate) fn measure(ours: &Ours, peers: &Peers, queries: &[ArchiveQuery], rounds: usize) -> Result<()> {
    let queries: Vec<ArchiveQuery> = queries.iter().map(ArchiveQuery::without_filters).collect();
    for (name, sort) in [("top20", Sort::Relevance), ("newest20", Sort::Newest)] {
        let steps = one_order(ours, peers, &queries, sort, rounds)?;
        steps.dateline.print(&format!("{name}_dateline"));
        for (step, times) in [
            ("bare", &steps.bare),
            ("fetched", &steps.fetched),
            ("page", &steps.page),
        ] {
            times.print(&format!("{name}_raw_{step}"));
        }
        ratio(&format!("{name}-vs-raw"), steps.dateline.p50() / steps.page.p50());
        ratio(&format!("{name}-p99-vs-raw"), steps.dateline.p99() / steps.page.p99());
        for (step, times) in [("bare", &steps.bare), ("fetched", &steps.fetched)] {
            ratio(&format!("{name}-vs-raw-{step}"), steps.dateline.p50() / times.p50());
            ratio(&format!("{name}-p99-vs-raw-{step}"), steps.dateline.p99() / times.p99());
        }
    }
    Ok(())
}

fn one_order(ours: &Ours, peers: &Peers, queries: &[ArchiveQuery], sort: Sort, rounds: usize) -> Result<Steps> {
    let none = || Times::of(queries.len());
    let (mut dateline, mut bare, mut fetched, mut page) = (none(), none(), none(), none());
    let (mut alike, mut all) = (0, 0);
    for round in 0..rounds {
        for (at, asked) in queries.iter().enumerate() {
            let mut asking = request(&matching(asked))?;
            asking.sort = sort;
            let answer = dateline.take(at, || ours.search(&asking))?;
            let query = peers.query(asked, None);
            let first = || match sort {
                Sort::Relevance => Ok((peers.top(&*query)?, Vec::new())),
                _ => peers.newest(&*query),
            };
            let (top, times) = bare.take(at, first)?;
            fetched.take(at, || peers.fetch(&first()?.0))?;
            let shown = page.take(at, || peers.page(asked, &first()?.0))?;
            if round == 0 {
                ensure!(
                    answer.hits.len() == top.len(),
                    "{asked:?}: {} hits and {}",
                    answer.hits.len(),
                    top.len()
                );
                if sort == Sort::Newest {
                    ensure!(seconds(&answer)? == times, "{asked:?}: other times than {times:?}");
                }
                let uris: Vec<String> = shown.iter().filter_map(PeerHit::uri).collect();
                all += uris.len() as u32;
                alike += answer.hits.iter().filter(|hit| uris.contains(&hit.id)).count() as u32;
            }
        }
    }
    note(&format!(
        "{:.1} % of the hits are the peer's",
        f64::from(alike) / f64::from(all) * 100.0
    ));
    Ok(Steps {
        dateline,
        bare,
        fetched,
        page,
    })
}

/// When the hits were published.
fn seconds(answer: &SearchAnswer) -> Result<Vec<i64>> {
    let times = answer.hits.iter().map(|hit| {
        let time = hit.published.as_deref().context("a hit without a time")?;
        Ok(time.parse::<jiff::Timestamp>()?.as_second())
    });
    times.collect()
}
