//! dateline's side of the search bench: the index of an archive, and requests as a door would hand them in.

use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use anyhow::{Result, anyhow};
use dateline::index::{Prepared, Reader, Writer, WriterOptions};
use dateline::search::{SearchAnswer, SearchRequest, request_from, search};
use dateline::vocabulary::Vocabulary;

use crate::archive::Archive;
use crate::peers::{Counts, TOP};
use crate::queries::ArchiveQuery;

/// Stories handed from the preparing threads to the writer at a time.
const BATCH: usize = 32;

/// Names and values, as in a query string.
pub(crate) type Pairs = Vec<(&'static str, String)>;

/// An open index.
pub(crate) struct Ours {
    /// Its reader.
    pub(crate) reader: Reader,
    vocabulary: Arc<Vocabulary>,
}

/// Writes the stories and joins them into one segment: in one only, tantivy's aggregation is exact.
pub(crate) fn build(folder: &Path, archive: &Archive, stories: usize) -> Result<()> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(8);
    let mut writer = Writer::open(folder, WriterOptions::default())?;
    std::thread::scope(|scope| -> Result<()> {
        let start = |first: usize| {
            let (sender, receiver) = sync_channel::<Vec<Prepared>>(2);
            scope.spawn(move || {
                for from in (first * BATCH..stories).step_by(threads * BATCH) {
                    let stories = (from..(from + BATCH).min(stories)).map(|n| archive.story(n));
                    let batch = stories.map(|(filing, found)| Prepared::new(filing, found)).collect();
                    if sender.send(batch).is_err() {
                        return;
                    }
                }
            });
            receiver
        };
        let receivers: Vec<_> = (0..threads).map(start).collect();
        // In turn, so that the order of the stories is the same in every run; the first that ends had the last batch.
        let mut turns = receivers.iter().cycle();
        while let Some(batch) = turns.next().and_then(|receiver| receiver.recv().ok()) {
            for prepared in batch {
                writer.put_prepared(prepared)?;
            }
        }
        Ok(())
    })?;
    Ok(writer.merge()?)
}

impl Ours {
    /// Opens an index.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        Ok(Self {
            reader: Reader::open(folder)?,
            vocabulary: Vocabulary::builtin(),
        })
    }

    /// An answer in memory.
    pub(crate) fn search(&self, request: &SearchRequest) -> Result<SearchAnswer> {
        Ok(search(&self.reader.snapshot(), &self.vocabulary, request, 0)?)
    }

    /// A whole answer: from the parameters to JSON.
    pub(crate) fn answer(&self, pairs: &Pairs) -> Result<(String, SearchAnswer)> {
        let answer = self.search(&request(pairs)?)?;
        Ok((serde_json::to_string(&answer)?, answer))
    }
}

/// Reads the parameters.
pub(crate) fn request(pairs: &Pairs) -> Result<SearchRequest> {
    let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
    request_from(pairs, 0).map_err(|error| anyhow!("{}: {}", error.parameter, error.reason))
}

/// The parameters of a query of the mix: its words in quotation marks, which are matched as written, and its filters.
pub(crate) fn matching(asked: &ArchiveQuery) -> Pairs {
    let words: Vec<String> = asked.words.iter().map(|word| format!("\"{word}\"")).collect();
    let filters = asked.filters.iter().cloned();
    std::iter::once(("q", words.join(" "))).chain(filters).collect()
}

/// The same with facets, a month histogram and twenty hits.
pub(crate) fn whole(asked: &ArchiveQuery, facets: &[&str]) -> Pairs {
    let mut pairs = matching(asked);
    pairs.push(("facet", facets.join(",")));
    pairs.push(("facet.limit", TOP.to_string()));
    pairs.push(("histogram", "month".to_owned()));
    pairs
}

/// The total and the highest counts of those facets.
pub(crate) fn counts(answer: &SearchAnswer, facets: &[&str]) -> Counts {
    let top = facets.iter().map(|name| {
        let values = answer.facets.get(name).map(|counts| counts.values.as_slice());
        // Selected values are listed beside the highest: those are not among what the peers list.
        let highest = values.unwrap_or_default().iter().take(TOP);
        highest.map(|value| value.count).filter(|count| *count > 0).collect()
    });
    Counts {
        total: answer.total.stories,
        top: top.collect(),
    }
}
