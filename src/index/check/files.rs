//! The files of an index, byte by byte.

use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use tantivy::Index;
use tantivy::index::{SegmentComponent, SegmentId, SegmentMeta};

use super::{Checked, Mend};
use crate::index::error::guarded;
use crate::index::{IndexError, folder, schema};

/// tantivy's list of the files that it has made.
pub(in crate::index) const MANAGED: &str = ".managed.json";

/// How a file of tantivy's ends: the length of its footer and a number that says that there is one.
const FOOTER_END: usize = 8;

/// Checks the label, the list of segments, the list of files, and every file of a segment.
pub(super) fn check(dir: &Path, index: &Index, checked: &mut Checked) -> Result<(), IndexError> {
    if label_is_at_fault(dir) {
        checked.fault(folder::LABEL, "it is not as it was written", Mend::Rewrite);
    }
    let meta = guarded(dir, || {
        let metas = index.load_metas();
        metas.map_err(|error| IndexError::tantivy("read", dir, error))
    });
    let meta = match meta {
        Ok(meta) => meta,
        Err(error) => {
            checked.fault(folder::META, error.to_string(), Mend::IndexAgain);
            return Ok(());
        }
    };
    if !is_as_written(dir, &meta)? {
        checked.fault(folder::META, "it is not as it was written", Mend::Rewrite);
    }
    let engines = folder::engines(dir);
    let mut living = FxHashSet::default();
    for segment in &meta.segments {
        for path in files_of(segment) {
            let name = path.to_string_lossy().into_owned();
            living.insert(path.clone());
            if let Err(what) = check_file(dir, index, &path, &engines, checked) {
                checked.fault(name, what, Mend::DropSegment(segment_name(segment.id())));
            }
        }
    }
    check_managed(dir, &living, checked)
}

pub(super) fn segment_name(id: SegmentId) -> String {
    id.uuid_string()
}

/// The files that a segment has: one a component, and its deletes where it has any.
pub(in crate::index) fn files_of(segment: &SegmentMeta) -> Vec<PathBuf> {
    let mut components = vec![
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::Terms,
        SegmentComponent::Store,
        SegmentComponent::FastFields,
        SegmentComponent::FieldNorms,
    ];
    if segment.delete_opstamp().is_some() {
        components.push(SegmentComponent::Delete);
    }
    components
        .into_iter()
        .map(|component| segment.relative_path(component))
        .collect()
}

/// Whether the label in the folder is not the one that was written there, though the index is one of ours.
pub(super) fn label_is_at_fault(dir: &Path) -> bool {
    let is_ours = || {
        let index = guarded(dir, || {
            Index::open_in_dir(dir).map_err(|error| IndexError::tantivy("open", dir, error))
        });
        index.is_ok_and(|index| index.schema() == schema::schema())
    };
    let is_sound = folder::read_label(dir).is_ok_and(|label| label.schema == schema::version());
    !is_sound && is_ours()
}

/// Whether the list of segments is byte for byte what tantivy writes for what it says, and of the commit that it says.
fn is_as_written(dir: &Path, meta: &tantivy::IndexMeta) -> Result<bool, IndexError> {
    let path = dir.join(folder::META);
    let found = fs::read(&path).map_err(|error| IndexError::io("read", &path, error))?;
    let mut written = serde_json::to_vec_pretty(meta).unwrap_or_default();
    written.push(b'\n');
    let payload_agrees = match &meta.payload {
        Some(payload) => *payload == meta.opstamp.to_string(),
        None => meta.opstamp == 0,
    };
    Ok(found == written && payload_agrees && meta.index_settings == folder::settings())
}

/// Reads a file to its end and compares it with its checksum and its footer; the error says what is wrong.
fn check_file(dir: &Path, index: &Index, path: &Path, engines: &[String], checked: &mut Checked) -> Result<(), String> {
    let full = dir.join(path);
    let bytes = fs::read(&full).map_err(|error| format!("it cannot be read: {error}"))?;
    let sound = guarded(dir, || {
        let sound = index.directory().validate_checksum(path);
        sound.map_err(|error| IndexError::tantivy("read", dir, error.into()))
    });
    match sound {
        Ok(true) => {}
        Ok(false) => return Err("its checksum does not agree with its bytes".into()),
        Err(error) => return Err(error.to_string()),
    }
    if !has_footer_of(&bytes, engines) {
        return Err("its footer is not as it was written".into());
    }
    checked.files += 1;
    checked.bytes += bytes.len() as u64;
    Ok(())
}

/// Whether a file ends in the footer that one of the engines writes, byte for byte but for the checksum, which was compared.
fn has_footer_of(bytes: &[u8], engines: &[String]) -> bool {
    let Some(end) = bytes.len().checked_sub(FOOTER_END) else {
        return false;
    };
    let length = bytes[end..]
        .first_chunk::<4>()
        .map_or(0, |length| u32::from_le_bytes(*length)) as usize;
    let Some(footer) = end.checked_sub(length).map(|start| &bytes[start..end]) else {
        return false;
    };
    engines.iter().any(|engine| {
        let head = format!("{{\"version\":{engine},\"crc\":");
        let crc = footer
            .strip_prefix(head.as_bytes())
            .and_then(|rest| rest.strip_suffix(b"}"));
        crc.is_some_and(|crc| {
            !crc.is_empty() && crc.iter().all(u8::is_ascii_digit) && !(crc.len() > 1 && crc[0] == b'0')
        })
    })
}

/// The list of files names every living file, and no file lies about that it does not name.
fn check_managed(dir: &Path, living: &FxHashSet<PathBuf>, checked: &mut Checked) -> Result<(), IndexError> {
    let path = dir.join(MANAGED);
    let bytes = fs::read(&path).map_err(|error| IndexError::io("read", &path, error))?;
    let Ok(names) = serde_json::from_slice::<Vec<PathBuf>>(&bytes) else {
        checked.fault(MANAGED, "it is no list of files", Mend::Rewrite);
        return Ok(());
    };
    let mut written = serde_json::to_vec(&names).unwrap_or_default();
    written.push(b'\n');
    let names: FxHashSet<PathBuf> = names.into_iter().collect();
    let mut unnamed: Vec<String> = living
        .difference(&names)
        .map(|path| path.display().to_string())
        .collect();
    for name in folder::names(dir)? {
        if folder::is_segment(&name) && !names.contains(Path::new(&name)) && !unnamed.contains(&name) {
            unnamed.push(name);
        }
    }
    let strange = names
        .iter()
        .find(|name| !folder::is_segment(&name.to_string_lossy()) && name.as_os_str() != folder::META);
    if written != bytes {
        checked.fault(MANAGED, "it is not as it was written", Mend::Rewrite);
    } else if let Some(name) = unnamed.first() {
        checked.fault(MANAGED, format!("it does not name {name}"), Mend::Rewrite);
    } else if let Some(name) = strange {
        checked.fault(
            MANAGED,
            format!("it names {}, which is no file of an index", name.display()),
            Mend::Rewrite,
        );
    }
    Ok(())
}
