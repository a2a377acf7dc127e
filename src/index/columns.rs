//! The columns of a segment, read into what is held in memory.

use std::sync::{Mutex, PoisonError};

use tantivy::columnar::{Cardinality, Column, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::{DateTime, DocId, SegmentReader};

use super::snapshot::{NORMED, normed};
use super::timeline::Window;
use super::values::ColumnValues;
use super::{Docs, Interner, Ordinals, Rows, Segment};
use crate::story::Facet;
use crate::text::Texts;

/// A column of numbers, `default` where a document has none.
pub(super) fn numbers(reader: &SegmentReader, name: &str, default: u64) -> tantivy::Result<Vec<u64>> {
    let column = reader.fast_fields().column_opt::<u64>(name)?;
    Ok(values(reader, column, default))
}

fn values<T: Copy + PartialOrd + std::fmt::Debug + Send + Sync + 'static>(
    reader: &SegmentReader,
    column: Option<Column<T>>,
    default: T,
) -> Vec<T> {
    let mut all = vec![default; reader.max_doc() as usize];
    match column {
        // A value of each document, unpacked many at a time.
        Some(column) if column.get_cardinality() == Cardinality::Full => column.values.get_range(0, &mut all),
        Some(column) => {
            for (doc, value) in (0..).zip(&mut all) {
                *value = column.first(doc).unwrap_or(default);
            }
        }
        None => {}
    }
    all
}

/// The documents that may not always be seen.
pub(super) fn windows(reader: &SegmentReader) -> tantivy::Result<Vec<(DocId, Window)>> {
    let fast = reader.fast_fields();
    let (from, until) = (
        fast.column_opt::<i64>("visible_from")?,
        fast.column_opt::<i64>("visible_until")?,
    );
    if from.is_none() && until.is_none() {
        return Ok(Vec::new());
    }
    let first = |column: &Option<Column<i64>>, doc| column.as_ref().and_then(|column| column.first(doc));
    let docs = (0..reader.max_doc()).map(|doc| {
        let window = Window {
            from: first(&from, doc),
            until: first(&until, doc),
        };
        (doc, window)
    });
    Ok(docs.filter(|(_, window)| *window != Window::default()).collect())
}

pub(super) fn published(reader: &SegmentReader, rows: &Rows) -> tantivy::Result<Vec<i64>> {
    let column = reader.fast_fields().column_opt::<DateTime>("published")?;
    let first = |doc| column.as_ref().and_then(|column| column.first(doc));
    let times = rows.docs().iter();
    Ok(times
        .map(|doc| first(doc).map_or(Segment::NO_DATE, DateTime::into_timestamp_secs))
        .collect())
}

/// The field norms that are held in memory, by row.
pub(super) fn norms(reader: &SegmentReader, rows: &Rows) -> tantivy::Result<[Vec<u8>; NORMED]> {
    let mut all = <[Vec<u8>; NORMED]>::default();
    for (held, field) in all.iter_mut().zip(normed()) {
        // A segment of whose documents none has the field knows no norms.
        if let Some(norms) = reader.fieldnorms_readers().get_field(field)? {
            *held = rows.docs().iter().map(|doc| norms.fieldnorm_id(doc)).collect();
        }
    }
    Ok(all)
}

/// Rows with more than one filing.
pub(super) fn several_filings(reader: &SegmentReader, rows: &Rows) -> tantivy::Result<Vec<(u32, u32)>> {
    let Some(column) = reader.fast_fields().column_opt::<u64>("filings")? else {
        return Ok(Vec::new());
    };
    let counts = (0..).zip(rows.docs().iter()).filter_map(|(row, doc)| {
        let count = column.first(doc).filter(|count| *count > 1)?;
        Some((row, u32::try_from(count).unwrap_or(u32::MAX)))
    });
    Ok(counts.collect())
}

/// The speaker of each document without a row.
pub(super) fn quote_speakers(
    reader: &SegmentReader,
    quotes: &Docs,
    rows: &Rows,
    interner: &mut Interner,
) -> tantivy::Result<Vec<u32>> {
    let mut speakers = vec![Segment::NO_SPEAKER; (reader.max_doc() - rows.len()) as usize];
    if let Some(column) = reader.fast_fields().str("quote_speaker")? {
        let ids = Names::of(&column, interner, &[])?.ids;
        for quote in quotes.iter() {
            let ord = column.ords().first(quote);
            let id = ord.and_then(|ord| ids.get(ord as usize));
            if let (Some(id), Some(speaker)) = (id, speakers.get_mut(rows.quote(quote) as usize)) {
                *speaker = *id;
            }
        }
    }
    Ok(speakers)
}

/// The values of a facet in both ways in which they can be held, and how many documents have each name of it.
pub(super) struct Read {
    pub(super) memory: Ordinals,
    pub(super) column: Option<ColumnValues>,
    pub(super) uses: Vec<(u32, u32)>,
}

/// Reads all facets in two threads, each of which takes the next when it has done one: the largest first.
pub(super) fn in_two_threads(
    reader: &SegmentReader,
    rows: &Rows,
    interners: &mut [Interner; Facet::ALL.len()],
) -> tantivy::Result<Vec<(Facet, Read)>> {
    let size = |facet: Facet| {
        let column = reader.fast_fields().str(facet.name()).ok().flatten();
        // A name costs as much as some values.
        column.map_or(0, |column| {
            8 * column.num_terms() + column.ords().values.num_vals() as usize
        })
    };
    let mut facets: Vec<(usize, Facet, &mut Interner)> = Facet::ALL
        .into_iter()
        .zip(interners)
        .map(|(facet, interner)| (size(facet), facet, interner))
        .collect();
    facets.sort_by_key(|(size, ..)| *size);
    let left = Mutex::new(facets);
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let work = || {
        let mut done = Vec::new();
        while let Some((_, facet, interner)) = next() {
            done.push((facet, facet_values(reader, facet, rows, interner)?));
        }
        Ok(done)
    };
    let (one, other): (tantivy::Result<Vec<(Facet, Read)>>, tantivy::Result<_>) = rayon::join(work, work);
    let mut all = one?;
    all.extend(other?);
    all.sort_by_key(|(facet, _)| *facet as usize);
    Ok(all)
}

/// The values of a facet, row after row.
fn facet_values(reader: &SegmentReader, facet: Facet, rows: &Rows, interner: &mut Interner) -> tantivy::Result<Read> {
    let mut memory = Ordinals::for_rows(rows.len());
    let Some(column) = reader.fast_fields().str(facet.name())? else {
        (0..rows.len()).for_each(|_| memory.push(std::iter::empty()));
        return Ok(Read {
            memory,
            column: None,
            uses: Vec::new(),
        });
    };
    let damaged = || DataCorruption::comment_only(format!("the column {} does not fit its documents", facet.name()));
    let ords = column.ords();
    let mut local = vec![0; ords.values.num_vals() as usize];
    ords.values.get_range(0, &mut local);
    let mut counts = vec![0; column.num_terms()];
    for ord in &local {
        *counts.get_mut(*ord as usize).ok_or_else(damaged)? += 1;
    }
    let names = Names::of(&column, interner, &counts)?;
    let uses = names.names.iter().copied().zip(counts).collect();
    for doc in rows.docs().iter() {
        let range = ords.index.value_row_ids(doc);
        let local = local
            .get(range.start as usize..range.end as usize)
            .ok_or_else(damaged)?;
        memory.push(local.iter().map(|ord| names.ids[*ord as usize]));
    }
    Ok(Read {
        memory,
        column: Some(ColumnValues::new(ords.clone(), names.ids)),
        uses,
    })
}

/// The highest tier of frequency: names that 1,024 documents have and more; each tier below has half as many.
const TIERS: u32 = 11;

/// The terms of a column's dictionary as ids.
struct Names {
    /// Each as a name of its own.
    names: Vec<u32>,
    /// What each is counted under.
    ids: Vec<u32>,
}

impl Names {
    /// New names get their ids by tiers of how many documents have them (`counts`; none: all are alike), those of a tier in the order
    /// of the dictionary. So the counters of what is counted most lie side by side, and few lines of the caches hold them.
    fn of(column: &StrColumn, interner: &mut Interner, counts: &[u32]) -> tantivy::Result<Self> {
        let dictionary = column.dictionary();
        let mut texts = Texts::default();
        let mut terms = dictionary.stream()?;
        while terms.advance() {
            // The column holds what was written as text; a byte that is none would be a damaged file.
            texts.push(&String::from_utf8_lossy(terms.key()));
        }
        let tier = |ord: usize| {
            counts
                .get(ord)
                .map_or(0, |count| TIERS.min(u32::BITS - count.leading_zeros()))
        };
        let mut names = vec![0; texts.len()];
        for wanted in (0..=TIERS).rev() {
            for ord in (0..texts.len()).filter(|ord| tier(*ord) == wanted) {
                names[ord] = interner.intern_name(texts.get(ord));
            }
        }
        let ids = names.iter().map(|name| interner.group_of(*name)).collect();
        Ok(Self { names, ids })
    }
}
