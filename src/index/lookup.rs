//! Documents by key, and what is stored of them: shared by reader and writer.

use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::document::{Order, Standing};
use super::timeline::Window;
use super::{DocKind, Fields};
use crate::story::Timestamp;

/// The documents, not deleted, whose field holds `number`.
pub(super) fn documents(searcher: &Searcher, field: Field, number: u64) -> tantivy::Result<Vec<DocAddress>> {
    let term = Term::from_field_u64(field, number);
    let mut found = Vec::new();
    for (segment_ord, reader) in (0_u32..).zip(searcher.segment_readers()) {
        let inverted = reader.inverted_index(field)?;
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if !reader.is_deleted(doc) {
                found.push(DocAddress::new(segment_ord, doc));
            }
            doc = postings.advance();
        }
    }
    Ok(found)
}

/// What stands for the story of a key at a time: its current filing, or a tombstone.
pub(super) fn current(searcher: &Searcher, key: u64, now: Timestamp) -> tantivy::Result<Option<(DocKind, DocAddress)>> {
    for at in documents(searcher, Fields::of_builtin().key, key)? {
        let reader = searcher.segment_reader(at.segment_ord);
        let kind = kind(reader, at.doc_id)?.filter(|kind| matches!(kind, DocKind::Story | DocKind::Tombstone));
        if let Some(kind) = kind
            && window(reader, at.doc_id)?.holds(now)
        {
            return Ok(Some((kind, at)));
        }
    }
    Ok(None)
}

/// Every filing of a story that may be seen at a time, and what its document is, the oldest first. With [`Timestamp::MAX`] all.
pub(super) fn filings(
    searcher: &Searcher,
    key: u64,
    now: Timestamp,
) -> tantivy::Result<Vec<(Standing, DocKind, DocAddress)>> {
    let fields = Fields::of_builtin();
    let mut found = Vec::new();
    for field in [fields.filing_of, fields.key] {
        for at in documents(searcher, field, key)? {
            let reader = searcher.segment_reader(at.segment_ord);
            let Some(kind) = kind(reader, at.doc_id)? else { continue };
            let from = window(reader, at.doc_id)?.from;
            if !matches!(kind, DocKind::Quote | DocKind::Waiting) && from.is_none_or(|from| from <= now) {
                found.push((standing(reader, at.doc_id)?, kind, at));
            }
        }
    }
    // Of a text that has others behind it the one that was kept apart comes first.
    found.sort_by_key(|(standing, kind, _)| (standing.order, standing.content, *kind != DocKind::Filing));
    found.dedup_by_key(|(standing, _, _)| standing.content);
    Ok(found)
}

/// The kills that wait for their story: standing and what is stored.
pub(super) fn waiting(searcher: &Searcher) -> tantivy::Result<Vec<(Standing, String)>> {
    let mut found = Vec::new();
    for (segment_ord, reader) in (0_u32..).zip(searcher.segment_readers()) {
        // Only a kill has the column, so that most segments are passed over at once.
        let Some(awaits) = reader.fast_fields().column_opt::<u64>("awaits")? else {
            continue;
        };
        for doc in reader.doc_ids_alive().filter(|doc| awaits.first(*doc).is_some()) {
            let at = DocAddress::new(segment_ord, doc);
            if kind(reader, doc)? == Some(DocKind::Waiting)
                && let Some(text) = stored(searcher, at)?
            {
                found.push((standing(reader, doc)?, text));
            }
        }
    }
    Ok(found)
}

/// From when each filing may be seen that may not yet.
pub(super) fn embargoes(searcher: &Searcher, now: Timestamp) -> tantivy::Result<Vec<Timestamp>> {
    let mut found = Vec::new();
    for reader in searcher.segment_readers() {
        let Some(from) = reader.fast_fields().column_opt::<i64>("visible_from")? else {
            continue;
        };
        for doc in reader.doc_ids_alive() {
            let is_filing = || Ok::<_, tantivy::TantivyError>(kind(reader, doc)? != Some(DocKind::Quote));
            if let Some(from) = from.first(doc).filter(|from| *from > now)
                && is_filing()?
            {
                found.push(from);
            }
        }
    }
    Ok(found)
}

/// The filings that a kill could call so: standing and what is stored.
pub(super) fn called(searcher: &Searcher, handle: u64) -> tantivy::Result<Vec<(Standing, String)>> {
    let mut found = Vec::new();
    for at in documents(searcher, Fields::of_builtin().handle, handle)? {
        let reader = searcher.segment_reader(at.segment_ord);
        let is_waiting = kind(reader, at.doc_id)? == Some(DocKind::Waiting);
        if let Some(text) = stored(searcher, at)?.filter(|_| !is_waiting) {
            found.push((standing(reader, at.doc_id)?, text));
        }
    }
    Ok(found)
}

/// What is stored at an address: nothing on quotes.
pub(super) fn stored(searcher: &Searcher, at: DocAddress) -> tantivy::Result<Option<String>> {
    Ok(searcher.doc::<Kept>(at)?.0)
}

/// The one text that a document keeps, read without the detour over a document of any fields.
struct Kept(Option<String>);

struct KeptText(String);

impl DocumentDeserialize for Kept {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut fields: D) -> Result<Self, DeserializeError> {
        let first = fields.next_field::<KeptText>()?;
        Ok(Self(first.map(|(_, text)| text.0)))
    }
}

impl ValueDeserialize for KeptText {
    fn deserialize<'de, D: ValueDeserializer<'de>>(value: D) -> Result<Self, DeserializeError> {
        value.deserialize_string().map(Self)
    }
}

/// The standing of the filing at an address.
pub(super) fn standing(reader: &SegmentReader, doc: u32) -> tantivy::Result<Standing> {
    let created = reader.fast_fields().column_opt::<i64>("version")?;
    Ok(Standing {
        content: number(reader, "content", doc)?.unwrap_or_default(),
        order: Order {
            created: created.and_then(|column| column.first(doc)).unwrap_or_default(),
            number: number(reader, "version_number", doc)?.unwrap_or_default(),
            arrival: number(reader, "arrival", doc)?.unwrap_or_default(),
        },
    })
}

/// The key of the story that a document is of.
pub(super) fn key(reader: &SegmentReader, doc: u32) -> tantivy::Result<Option<u64>> {
    match number(reader, "key", doc)? {
        Some(key) => Ok(Some(key)),
        None => number(reader, "filing_of", doc),
    }
}

/// What a document is.
pub(super) fn kind(reader: &SegmentReader, doc: u32) -> tantivy::Result<Option<DocKind>> {
    Ok(number(reader, "kind", doc)?.and_then(DocKind::of))
}

/// When a document may be seen.
pub(super) fn window(reader: &SegmentReader, doc: u32) -> tantivy::Result<Window> {
    let time = |name: &str| {
        let column = reader.fast_fields().column_opt::<i64>(name)?;
        Ok::<_, tantivy::TantivyError>(column.and_then(|column| column.first(doc)))
    };
    Ok(Window {
        from: time("visible_from")?,
        until: time("visible_until")?,
    })
}

fn number(reader: &SegmentReader, name: &str, doc: u32) -> tantivy::Result<Option<u64>> {
    let column = reader.fast_fields().column_opt::<u64>(name)?;
    Ok(column.and_then(|column| column.first(doc)))
}
