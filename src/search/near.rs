//! The documents in which words stand near each other, in either order: `NEAR`.

use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Query as IndexQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, Term};

use super::proximity::{Stretch, holds};
use super::sets::Sets;
use super::slop;
use crate::index::{Docs, Snapshot};
use crate::text::Typo;

/// Words of one side as they are looked for: terms with their positions.
pub(super) enum Wish {
    /// In order, at most so many others between.
    Row(Vec<(usize, String)>, u32),
    /// In a row, the last one perhaps going on.
    Begin(Vec<(usize, String)>),
    /// One term with at most so many edits.
    Edits(String, usize),
}

/// A side of a NEAR: any of these, and the words between it and the side before.
pub(super) struct Beside {
    pub any: Vec<Wish>,
    pub within: u32,
}

/// The documents in which the sides are near each other. `all` finds those that have all sides anywhere.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn close(
    snapshot: &Snapshot,
    field: Field,
    all: &dyn IndexQuery,
    sides: &[Beside],
) -> tantivy::Result<Sets> {
    let searcher = &snapshot.searcher;
    let weight = all.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let readers = searcher.segment_readers().iter();
    readers
        .map(|reader| {
            let mut having = Docs::none(reader.max_doc());
            weight.for_each(reader, &mut |doc, _| having.insert(doc))?;
            of_segment(reader, field, &having, sides).map(Arc::new)
        })
        .collect()
}

fn of_segment(reader: &SegmentReader, field: Field, having: &Docs, sides: &[Beside]) -> tantivy::Result<Docs> {
    let mut found = Docs::none(reader.max_doc());
    if having.is_empty() {
        return Ok(found);
    }
    let index = reader.inverted_index(field)?;
    let mut sources: Vec<Vec<Source>> = Vec::with_capacity(sides.len());
    for side in sides {
        let mut any = Vec::with_capacity(side.any.len());
        for wish in &side.any {
            any.extend(Source::open(&index, field, wish, having)?);
        }
        sources.push(any);
    }
    let within: Vec<u32> = sides.iter().map(|side| side.within).collect();
    let mut stretches: Vec<Vec<Stretch>> = vec![Vec::new(); sides.len()];
    for doc in having.iter() {
        for (any, stretches) in sources.iter_mut().zip(&mut stretches) {
            stretches.clear();
            for source in any.iter_mut() {
                source.read(doc, stretches);
            }
        }
        if holds(&stretches, &within) {
            found.insert(doc);
        }
    }
    Ok(found)
}

/// The places of one wish in the documents of a segment, read in the order of the documents.
struct Source {
    row: Vec<SegmentPostings>,
    /// Document and position of each word that the last term may be, where it may be several.
    last: Option<Vec<(u32, u32)>>,
    /// From each term's position to the next one's.
    steps: Vec<u32>,
    slop: u32,
    positions: Vec<Vec<u32>>,
}

impl Source {
    /// `None` when a term is nowhere in the segment.
    fn open(index: &InvertedIndexReader, field: Field, wish: &Wish, having: &Docs) -> tantivy::Result<Option<Self>> {
        let (terms, last, slop): (&[(usize, String)], _, u32) = match wish {
            Wish::Row(terms, slop) => (terms, None, *slop),
            Wish::Begin(terms) => {
                let Some(((_, begin), _)) = terms.split_last() else {
                    return Ok(None);
                };
                (terms, Some(beginning(index, begin, having)?), 0)
            }
            Wish::Edits(word, edits) => (&[], Some(similar(index, word, *edits, having)?), 0),
        };
        let steps = terms.windows(2).map(|pair| (pair[1].0 - pair[0].0) as u32).collect();
        let whole = terms.len() - usize::from(last.is_some() && !terms.is_empty());
        let mut row = Vec::with_capacity(whole);
        for (_, text) in &terms[..whole] {
            let term = Term::from_field_text(field, text);
            match index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)? {
                Some(postings) => row.push(postings),
                None => return Ok(None),
            }
        }
        let positions = vec![Vec::new(); row.len() + usize::from(last.is_some())];
        Ok(Some(Self {
            row,
            last,
            steps,
            slop,
            positions,
        }))
    }

    /// Adds the stretches in a document. Documents come in ascending order.
    fn read(&mut self, doc: u32, stretches: &mut Vec<Stretch>) {
        for (postings, positions) in self.row.iter_mut().zip(&mut self.positions) {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() != doc {
                return;
            }
            postings.positions(positions);
        }
        if let (Some(last), Some(positions)) = (&self.last, self.positions.last_mut()) {
            let from = last.partition_point(|place| place.0 < doc);
            positions.clear();
            positions.extend(
                last[from..]
                    .iter()
                    .take_while(|place| place.0 == doc)
                    .map(|place| place.1),
            );
        }
        stretches.extend(slop::stretches(&self.positions, &self.steps, self.slop));
    }
}

/// The places of all terms that begin so, in these documents.
fn beginning(index: &InvertedIndexReader, begin: &str, having: &Docs) -> tantivy::Result<Vec<(u32, u32)>> {
    let mut places = Vec::new();
    let mut terms = index.terms().range().ge(begin.as_bytes()).into_stream()?;
    while terms.advance() && terms.key().starts_with(begin.as_bytes()) {
        add_places(index, terms.value(), having, &mut places)?;
    }
    Ok(in_order(places))
}

/// The places of all terms with at most so many edits, in these documents.
fn similar(index: &InvertedIndexReader, word: &str, edits: usize, having: &Docs) -> tantivy::Result<Vec<(u32, u32)>> {
    let typo = Typo::new(word, edits);
    let mut places = Vec::new();
    let mut terms = index.terms().stream()?;
    while terms.advance() {
        let Ok(term) = std::str::from_utf8(terms.key()) else {
            continue;
        };
        if typo.edits_to(term).is_some() {
            add_places(index, terms.value(), having, &mut places)?;
        }
    }
    Ok(in_order(places))
}

fn add_places(
    index: &InvertedIndexReader,
    term: &tantivy::postings::TermInfo,
    having: &Docs,
    places: &mut Vec<(u32, u32)>,
) -> tantivy::Result<()> {
    let mut postings = index.read_postings_from_terminfo(term, IndexRecordOption::WithFreqsAndPositions)?;
    let mut positions = Vec::new();
    loop {
        let doc = postings.doc();
        match having.next_from(doc) {
            Some(next) if next > doc => {
                postings.seek(next);
            }
            Some(_) => {
                postings.positions(&mut positions);
                places.extend(positions.iter().map(|position| (doc, *position)));
                postings.advance();
            }
            None => return Ok(()),
        }
    }
}

fn in_order(mut places: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    places.sort_unstable();
    places.dedup();
    places
}
