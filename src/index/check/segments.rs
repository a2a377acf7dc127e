//! What the documents of an index say of one another.

use std::path::Path;

use tantivy::{DocAddress, Index, ReloadPolicy, Searcher, SegmentReader};

use super::files::segment_name;
use super::{Checked, Mend};
use crate::index::Stored;
use crate::index::document::waiting_key;
use crate::index::error::guarded;
use crate::index::{DocKind, IndexError, lookup};
use crate::story::key_of;

/// Reads every document of every segment.
pub(super) fn check(dir: &Path, index: &Index, checked: &mut Checked) {
    let searcher = guarded(dir, || {
        let reader: tantivy::Result<tantivy::IndexReader> =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        reader
            .map(|reader| reader.searcher())
            .map_err(|error| IndexError::tantivy("open", dir, error))
    });
    let searcher = match searcher {
        Ok(searcher) => searcher,
        Err(error) => {
            // Which segment it is the checksums have told, where it is the bytes.
            if checked.faults.is_empty() {
                checked.fault(crate::index::folder::META, error.to_string(), Mend::IndexAgain);
            }
            return;
        }
    };
    for (ord, reader) in (0_u32..).zip(searcher.segment_readers()) {
        let id = segment_name(reader.segment_id());
        let read = guarded(dir, || check_segment(dir, &searcher, ord, reader, checked));
        if let Err(error) = read {
            checked.fault(format!("{id}.store"), error.to_string(), Mend::DropSegment(id));
        }
    }
}

fn check_segment(
    dir: &Path,
    searcher: &Searcher,
    ord: u32,
    reader: &SegmentReader,
    checked: &mut Checked,
) -> Result<(), IndexError> {
    let failed = |error| IndexError::tantivy("read", dir, error);
    let damaged = |reason: String| IndexError::Corrupt {
        path: dir.to_owned(),
        reason,
    };
    let kinds = reader.fast_fields().u64("kind").map_err(failed)?;
    let counted = kinds.num_docs();
    if counted != reader.max_doc() {
        let told = reader.max_doc();
        return Err(damaged(format!(
            "the list of segments tells {told} documents, its columns {counted}"
        )));
    }
    let alive = reader
        .alive_bitset()
        .map_or(reader.max_doc(), |alive| alive.num_alive_docs() as u32);
    if alive != reader.num_docs() {
        let told = reader.num_docs();
        return Err(damaged(format!(
            "the list of segments tells {told} living documents, its deletes {alive}"
        )));
    }
    for doc in reader.doc_ids_alive() {
        let kind = lookup::kind(reader, doc).map_err(failed)?;
        let kind = kind.ok_or_else(|| damaged(format!("document {doc} is of no kind")))?;
        if kind == DocKind::Quote {
            checked.quotes += 1;
            continue;
        }
        let text = lookup::stored(searcher, DocAddress::new(ord, doc)).map_err(failed)?;
        let text = text.ok_or_else(|| damaged(format!("document {doc} has nothing stored")))?;
        let stored: Stored = serde_json::from_str(&text)
            .map_err(|error| damaged(format!("what is stored of document {doc} does not read: {error}")))?;
        let key = lookup::key(reader, doc).map_err(failed)?;
        let own = key_of(&stored.uri);
        let expected = if kind == DocKind::Waiting {
            waiting_key(own)
        } else {
            own
        };
        if key != Some(expected) {
            return Err(damaged(format!(
                "document {doc} has not the key of its uri {}",
                stored.uri
            )));
        }
        let standing = lookup::standing(reader, doc).map_err(failed)?;
        checked.filings.insert(standing.content);
        checked.stories += u64::from(kind == DocKind::Story);
        checked.tombstones += u64::from(kind == DocKind::Tombstone);
    }
    Ok(())
}
