//! Documents by key, and what is stored of them: shared by reader and writer.

use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term};

use super::document::{Order, Standing};
use super::{DocKind, Fields};

/// The documents, not deleted, whose key field holds `key`.
pub(super) fn documents(searcher: &Searcher, field: Field, key: u64) -> tantivy::Result<Vec<DocAddress>> {
    let term = Term::from_field_u64(field, key);
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

/// The story of a key.
pub(super) fn story(searcher: &Searcher, key: u64) -> tantivy::Result<Option<DocAddress>> {
    for at in documents(searcher, Fields::of_builtin().key, key)? {
        let kind = number(searcher.segment_reader(at.segment_ord), "kind", at.doc_id)?;
        if kind == Some(DocKind::Story as u64) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// The bytes stored at an address: none on quotes.
pub(super) fn stored(searcher: &Searcher, at: DocAddress) -> tantivy::Result<Option<Vec<u8>>> {
    let document: TantivyDocument = searcher.doc(at)?;
    let value = document.get_first(Fields::of_builtin().stored);
    Ok(value.and_then(|value| value.as_bytes().map(<[u8]>::to_vec)))
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

fn number(reader: &SegmentReader, name: &str, doc: u32) -> tantivy::Result<Option<u64>> {
    let column = reader.fast_fields().column_opt::<u64>(name)?;
    Ok(column.and_then(|column| column.first(doc)))
}
