//! Documents that were found beforehand, as a clause of a tantivy query; and the statistics that words are weighed by.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::index::SegmentId;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use super::sets::{Ground, Sets};
use crate::index::{Docs, Segment, Snapshot};

/// The found documents of one segment.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Which.
    pub docs: Arc<Docs>,
    /// Their scores; 0 where there is none.
    pub scores: FxHashMap<DocId, Score>,
}

/// A query that matches exactly the documents it was given.
#[derive(Clone)]
pub(super) struct Found(Arc<FxHashMap<SegmentId, Arc<Part>>>);

impl Found {
    /// From the parts of every segment, in the searcher's order.
    pub(super) fn new(searcher: &Searcher, parts: Vec<Part>) -> Self {
        let ids = searcher.segment_readers().iter().map(SegmentReader::segment_id);
        Self(Arc::new(ids.zip(parts.into_iter().map(Arc::new)).collect()))
    }

    /// From sets without scores.
    pub(super) fn unscored(searcher: &Searcher, sets: &Sets) -> Self {
        let parts = sets.iter().map(|docs| Part {
            docs: Arc::clone(docs),
            scores: FxHashMap::default(),
        });
        Self::new(searcher, parts.collect())
    }
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Found({})",
            self.0.values().map(|part| part.docs.len()).sum::<usize>()
        )
    }
}

impl Query for Found {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Found {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let part = self.0.get(&reader.segment_id()).map(Arc::clone).unwrap_or_default();
        let doc = part.docs.next_from(0).unwrap_or(TERMINATED);
        Ok(Box::new(FoundScorer { part, doc, boost }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let part = self.0.get(&reader.segment_id()).filter(|part| part.docs.contains(doc));
        let part = part.ok_or_else(|| TantivyError::InvalidArgument(format!("document {doc} was not found")))?;
        Ok(Explanation::new("Found", part.scores.get(&doc).copied().unwrap_or(0.0)))
    }
}

struct FoundScorer {
    part: Arc<Part>,
    doc: DocId,
    boost: Score,
}

impl DocSet for FoundScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.part.docs.next_from(self.doc + 1).unwrap_or(TERMINATED);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.part.docs.next_from(target).unwrap_or(TERMINATED);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.part.docs.len() as u32
    }
}

impl Scorer for FoundScorer {
    fn score(&mut self) -> Score {
        self.part.scores.get(&self.doc).copied().unwrap_or(0.0) * self.boost
    }
}

/// BM25 statistics over documents of one kind: stories and quotes share an index, but not their statistics.
pub(super) struct Statistics<'a> {
    /// The index.
    pub searcher: &'a Searcher,
    /// How many documents of the kind there are.
    pub documents: u64,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents.max(1))
    }

    /// A frequency counts deleted documents until a merge, and may be above the number of documents that are alive.
    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.searcher.doc_freq(term)?.min(self.documents.max(1)))
    }
}

impl<'a> Statistics<'a> {
    /// Over everything on that ground.
    pub(super) fn of(ground: Ground, snapshot: &'a Snapshot) -> Self {
        let count = |segment: &Arc<Segment>| match ground {
            // Stories and superseded filings have their words in the same fields.
            Ground::Stories | Ground::Filings => segment.alive as usize + segment.superseded.len(),
            Ground::Quotes => segment.quotes.len(),
        };
        Self {
            searcher: &snapshot.searcher,
            documents: snapshot.segments.iter().map(count).sum::<usize>() as u64,
        }
    }

    /// Scoring with these statistics.
    pub(super) fn scoring(&'a self) -> EnableScoring<'a> {
        EnableScoring::enabled_from_statistics_provider(self, self.searcher)
    }
}
