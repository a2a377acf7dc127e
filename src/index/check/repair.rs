//! Mending what a check found.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};

use super::files::MANAGED;
use super::{Checked, Mend};
use crate::index::{IndexError, folder, schema};

/// Mends what can be mended of `found`; what is left is told by another check. Segments that are damaged are taken out whole.
///
/// # Errors
/// When a writer has the index, when it is beyond mending, and when the folder cannot be written.
pub fn repair(dir: &Path, found: &Checked) -> Result<(), IndexError> {
    if let Some(fault) = found.faults.iter().find(|fault| fault.mend == Mend::IndexAgain) {
        return Err(IndexError::Corrupt {
            path: dir.to_owned(),
            reason: format!("{}: {}", fault.file, fault.what),
        });
    }
    let failed = |error: tantivy::TantivyError| IndexError::tantivy("repair", dir, error);
    let directory = MmapDirectory::open(dir).map_err(|error| failed(error.into()))?;
    let lock = directory.acquire_lock(&INDEX_WRITER_LOCK);
    let _held = lock.map_err(|error| failed(tantivy::TantivyError::LockFailure(error, None)))?;
    let is_faulty = |file: &str| found.faults.iter().any(|fault| fault.file == file);
    if is_faulty(folder::LABEL) {
        folder::write_label(dir)?;
    }
    let dropped: Vec<&str> = found
        .faults
        .iter()
        .filter_map(|fault| match &fault.mend {
            Mend::DropSegment(id) => Some(id.as_str()),
            _ => None,
        })
        .collect();
    if !dropped.is_empty() || is_faulty(folder::META) {
        rewrite_meta(dir, &dropped)?;
    }
    if !dropped.is_empty() || is_faulty(MANAGED) {
        rewrite_managed(dir)?;
    }
    Ok(())
}

/// Writes the list of segments without those that are dropped, as tantivy would have written it.
fn rewrite_meta(dir: &Path, dropped: &[&str]) -> Result<(), IndexError> {
    let path = dir.join(folder::META);
    let bytes = fs::read(&path).map_err(|error| IndexError::io("read", &path, error))?;
    let unreadable = |reason: String| IndexError::Corrupt {
        path: dir.to_owned(),
        reason,
    };
    let mut meta: Value = serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))?;
    let segments = meta.get_mut("segments").and_then(Value::as_array_mut);
    let segments = segments.ok_or_else(|| unreadable(format!("{} names no segments", folder::META)))?;
    segments.retain(|segment| {
        let id = segment.get("segment_id").and_then(Value::as_str).unwrap_or_default();
        !dropped.contains(&id.replace('-', "").as_str())
    });
    let opstamp = meta.get("opstamp").and_then(Value::as_u64).unwrap_or_default();
    let told = meta
        .get("payload")
        .and_then(Value::as_str)
        .and_then(|payload| payload.parse().ok());
    let opstamp = opstamp.max(told.unwrap_or_default());
    if let Some(object) = meta.as_object_mut() {
        let json = |value: serde_json::Result<Value>| value.map_err(|error| unreadable(error.to_string()));
        object.insert("index_settings".into(), json(serde_json::to_value(folder::settings()))?);
        object.insert("schema".into(), json(serde_json::to_value(schema::schema()))?);
        object.insert("opstamp".into(), opstamp.into());
        if opstamp > 0 {
            object.insert("payload".into(), opstamp.to_string().into());
        }
    }
    let mut written = serde_json::to_vec_pretty(&meta).map_err(|error| unreadable(error.to_string()))?;
    written.push(b'\n');
    folder::write_atomically(&path, &written)
}

/// Writes the list of files from what lies in the folder; the writer's next commit removes those that no segment has.
fn rewrite_managed(dir: &Path) -> Result<(), IndexError> {
    let mut names = folder::names(dir)?;
    names.retain(|name| folder::is_segment(name) || name == folder::META);
    let mut written = serde_json::to_vec(&names).unwrap_or_default();
    written.push(b'\n');
    folder::write_atomically(&dir.join(MANAGED), &written)
}
