//! Copying an index as of its last commit, while it may be written to.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tantivy::directory::{Directory, META_LOCK, MmapDirectory};

use super::check::{MANAGED, files_of};
use super::{IndexError, folder};

/// What was copied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Copies the last commit of an index to a new or empty folder, with other small files `beside` it by name and bytes. The list of
/// segments comes last, so that a copy that breaks off is no index.
///
/// # Errors
/// When there is no index, when the folder is there and not empty, and when a file cannot be read or written.
pub fn copy(dir: &Path, to: &Path, beside: &[(&str, Vec<u8>)]) -> Result<Copied, IndexError> {
    let opened = open_all(dir)?;
    fs::create_dir_all(to).map_err(|error| IndexError::io("make the folder", to, error))?;
    if let Some(found) = folder::names(to)?.into_iter().find(|name| name != "lost+found") {
        return Err(IndexError::NotEmpty {
            path: to.to_owned(),
            found,
        });
    }
    let mut copied = Copied::default();
    let mut write = |name: &Path, input: &mut dyn io::Read| {
        let path = to.join(name);
        let written = File::create(&path).and_then(|mut out| {
            let bytes = io::copy(input, &mut out)?;
            out.sync_all()?;
            Ok(bytes)
        });
        copied.bytes += written.map_err(|error| IndexError::io("write", &path, error))?;
        copied.files += 1;
        Ok::<_, IndexError>(())
    };
    let names: Vec<&PathBuf> = opened.segments.iter().map(|(name, _)| name).collect();
    let mut managed = serde_json::to_vec(&names).unwrap_or_default();
    managed.push(b'\n');
    for (name, file) in &opened.segments {
        let mut file = file;
        write(name, &mut file)?;
    }
    for (name, bytes) in beside {
        write(Path::new(name), &mut bytes.as_slice())?;
    }
    write(Path::new(folder::LABEL), &mut opened.label.as_slice())?;
    write(Path::new(MANAGED), &mut managed.as_slice())?;
    write(Path::new(folder::META), &mut opened.meta.as_slice())?;
    let synced = File::open(to).and_then(|folder| folder.sync_all());
    synced.map_err(|error| IndexError::io("write", to, error))?;
    Ok(copied)
}

/// The files of one commit, opened: what is opened stays readable whatever the writer does then.
struct Opened {
    segments: Vec<(PathBuf, File)>,
    label: Vec<u8>,
    meta: Vec<u8>,
}

/// Opens all files of the last commit under the lock that keeps the writer from removing any.
fn open_all(dir: &Path) -> Result<Opened, IndexError> {
    let index = folder::open(dir)?;
    let failed = |error: tantivy::TantivyError| IndexError::tantivy("copy", dir, error);
    let directory = MmapDirectory::open(dir).map_err(|error| failed(error.into()))?;
    let lock = directory.acquire_lock(&META_LOCK);
    let _held = lock.map_err(|error| failed(tantivy::TantivyError::LockFailure(error, None)))?;
    let metas = index.load_metas().map_err(failed)?;
    let read = |name: &str| {
        let path = dir.join(name);
        fs::read(&path).map_err(|error| IndexError::io("read", &path, error))
    };
    let (label, meta) = (read(folder::LABEL)?, read(folder::META)?);
    let mut segments = Vec::new();
    for name in metas.segments.iter().flat_map(files_of) {
        let path = dir.join(&name);
        let file = File::open(&path).map_err(|error| IndexError::io("read", &path, error))?;
        segments.push((name, file));
    }
    Ok(Opened { segments, label, meta })
}
