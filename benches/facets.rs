//! Counting the hits and four facets of a query: dateline against tantivy's terms aggregation and its `FacetCollector`, over
//! the same stories and the same mix of queries in the same run. The counts must be equal.

#[path = "support/archive.rs"]
mod archive;
#[path = "support/measure.rs"]
mod measure;
#[path = "support/news.rs"]
mod news;
#[path = "support/peers.rs"]
mod peers;
#[path = "support/queries.rs"]
mod queries;
#[path = "support/random.rs"]
mod random;
#[path = "support/times.rs"]
mod times;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use archive::Archive;
use dateline::index::{Reader, Snapshot, Writer, WriterOptions};
use dateline::search::{SearchRequest, search};
use dateline::story::Facet;
use dateline::vocabulary::Vocabulary;
use measure::{Scale, note};
use peers::{Counts, FACETS, Peers};
use queries::{ArchiveQuery, queries};
use times::Times;

/// Values listed of each facet.
const TOP: usize = 10;
/// Facets counted by each query.
const COUNTED: usize = 4;

fn main() -> Result<()> {
    let scale = Scale::from_args(100_000, 500);
    let count = if scale.stories >= 10_000 { 300 } else { 40 };
    let archive = Archive::new(3);
    let folder = tempfile::tempdir()?;
    let ours = Ours::build(&folder.path().join("dateline"), &archive, scale.stories)?;
    let peer_folder = folder.path().join("peers");
    std::fs::create_dir(&peer_folder)?;
    let peers = Peers::build(&peer_folder, (0..scale.stories).map(|n| archive.story(n)))?;
    let queries = queries(&archive, count);
    note(&format!(
        "{} stories, {} queries of 1 or 2 words and 0 to 2 filters, top {TOP} of {COUNTED} facets, best of {}",
        scale.stories,
        queries.len(),
        scale.rounds
    ));
    plain(&ours, &peers, &queries, scale.rounds)?;
    disjunctive(&ours, &peers, &queries, scale.rounds)?;
    page(&ours, &queries, scale.rounds)
}

/// Facets without a filter of their own: every engine counts in one pass.
fn plain(ours: &Ours, peers: &Peers, queries: &[ArchiveQuery], rounds: usize) -> Result<()> {
    let (mut dateline, mut terms, mut collector) = (Times::default(), Times::default(), Times::default());
    for asked in queries {
        let free = FACETS
            .into_iter()
            .filter(|name| asked.filters.iter().all(|(filtered, _)| filtered != name));
        let facets: Vec<&str> = free.take(COUNTED).collect();
        let four: [&str; COUNTED] = facets
            .as_slice()
            .try_into()
            .context("six facets less two filters are four")?;
        let query = peers.query(asked, None);
        let counts = dateline.best(rounds, || ours.counts(asked, &facets))?;
        let by_terms = terms.best(rounds, || peers.terms(&*query, &facets, TOP))?;
        let by_collector = collector.best(rounds, || peers.facet_collector(&*query, four, TOP))?;
        ensure!(
            counts == by_terms,
            "{:?} {:?}: {counts:?} is not {by_terms:?}",
            asked.words,
            asked.filters
        );
        ensure!(
            counts == by_collector,
            "{:?} {:?}: {counts:?} is not {by_collector:?}",
            asked.words,
            asked.filters
        );
    }
    dateline.print("facets_dateline");
    terms.print("facets_terms_aggregation");
    collector.print("facets_facet_collector");
    terms.print_over(&dateline, "facets_terms_aggregation_over_dateline");
    collector.print_over(&dateline, "facets_facet_collector_over_dateline");
    Ok(())
}

/// Facets that ignore their own filter: the aggregation needs a pass for each of those.
fn disjunctive(ours: &Ours, peers: &Peers, queries: &[ArchiveQuery], rounds: usize) -> Result<()> {
    let facets = &FACETS[..COUNTED];
    let (mut dateline, mut terms) = (Times::default(), Times::default());
    for asked in queries {
        let is_filtered = |name: &&str| asked.filters.iter().any(|(filtered, _)| filtered == name);
        let counts = dateline.best(rounds, || ours.counts(asked, facets))?;
        let by_terms = terms.best(rounds, || {
            let mut found = peers.terms(&*peers.query(asked, None), facets, TOP)?;
            for (at, name) in facets.iter().enumerate().filter(|(_, name)| is_filtered(name)) {
                let mut alone = peers.terms(&*peers.query(asked, Some(name)), &[name], TOP)?;
                found.top[at] = alone.top.pop().unwrap_or_default();
            }
            Ok(found)
        })?;
        ensure!(
            counts == by_terms,
            "{:?} {:?}: {counts:?} is not {by_terms:?}",
            asked.words,
            asked.filters
        );
    }
    dateline.print("disjunctive_dateline");
    terms.print("disjunctive_terms_aggregation");
    terms.print_over(&dateline, "disjunctive_terms_aggregation_over_dateline");
    Ok(())
}

/// What a reader waits for: the counts, and twenty hits with their texts, highlights and quotes.
fn page(ours: &Ours, queries: &[ArchiveQuery], rounds: usize) -> Result<()> {
    let mut times = Times::default();
    for asked in queries {
        let mut request = request(asked, &FACETS[..COUNTED]);
        request.limit = SearchRequest::DEFAULT_LIMIT;
        times.best(rounds, || {
            Ok(search(&ours.snapshot, &ours.vocabulary, &request, 0)?.hits.len())
        })?;
    }
    times.print("page_dateline");
    Ok(())
}

/// dateline's side.
struct Ours {
    snapshot: Arc<Snapshot>,
    vocabulary: Arc<Vocabulary>,
}

impl Ours {
    fn build(folder: &Path, archive: &Archive, stories: usize) -> Result<Self> {
        let mut writer = Writer::open(folder, WriterOptions::default())?;
        for (filing, extraction) in (0..stories).map(|n| archive.story(n)) {
            writer.put(filing, extraction)?;
        }
        // One segment on both sides: tantivy's aggregation is exact in one only.
        writer.merge()?;
        Ok(Self {
            snapshot: Reader::open(folder)?.snapshot(),
            vocabulary: Vocabulary::builtin(),
        })
    }

    fn counts(&self, asked: &ArchiveQuery, facets: &[&str]) -> Result<Counts> {
        let answer = search(&self.snapshot, &self.vocabulary, &request(asked, facets), 0)?;
        let top = facets.iter().map(|name| {
            // Selected values are listed beside the highest: those are not among what the peers list.
            let values = answer
                .facets
                .get(name)
                .map(|counts| counts.values.as_slice())
                .unwrap_or_default();
            values
                .iter()
                .take(TOP)
                .map(|value| value.count)
                .filter(|count| *count > 0)
                .collect()
        });
        Ok(Counts {
            total: answer.total.stories,
            top: top.collect(),
        })
    }
}

/// The request: words in quotation marks, which are matched as written; filters as a door would fill them in; no hits.
fn request(asked: &ArchiveQuery, facets: &[&str]) -> SearchRequest {
    let words: Vec<String> = asked.words.iter().map(|word| format!("\"{word}\"")).collect();
    let mut request = SearchRequest::new(words.join(" "));
    request.limit = 0;
    request.facet_limit = TOP;
    request.facets = facets.iter().filter_map(|name| Facet::named(name)).collect();
    for (name, value) in &asked.filters {
        if let Some(facet) = Facet::named(name) {
            request.filter_mut(facet).any_of.push(value.clone());
        }
    }
    request
}
