//! The folder of an index: what lies in it, and the small file that says which schema it has.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Index;
use tantivy::directory::MmapDirectory;
use tantivy::store::Compressor;
use tantivy::{IndexBuilder, IndexSettings};

use super::{IndexError, analyzer, schema};

/// Says that the folder is ours, beside tantivy's own files.
pub(super) const LABEL: &str = "dateline.json";
/// Bytes of stored stories that are compressed together, at least: nearly every block holds one story.
const STORE_BLOCK: usize = 4_096;
/// tantivy's list of segments: an index is there when it is.
pub(super) const META: &str = "meta.json";

/// What [`LABEL`] holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Label {
    /// The schema version.
    pub(super) schema: u32,
    /// The version of the program that made it.
    program: String,
    /// When, RFC 3339.
    created: String,
    /// How words of scripts without spaces are cut: [`analyzer::CUT`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cut: Option<String>,
    /// The versions of tantivy that wrote to it, as they stand in the footers of its files.
    #[serde(default)]
    engines: Vec<Box<serde_json::value::RawValue>>,
    /// XXH3 of the label with this empty, in hex.
    #[serde(default)]
    sum: String,
}

/// Opens the index in a folder, or makes it in a new or an empty one.
pub(super) fn open_or_create(dir: &Path) -> Result<Index, IndexError> {
    if !exists(dir)? {
        fs::create_dir_all(dir).map_err(|error| IndexError::io("make the folder", dir, error))?;
    }
    match state(dir)? {
        State::Index => open_checked(dir),
        State::Empty => create(dir),
    }
}

/// Opens the index in a folder.
pub(super) fn open(dir: &Path) -> Result<Index, IndexError> {
    let missing = || IndexError::Missing { path: dir.to_owned() };
    if !exists(dir)? {
        return Err(missing());
    }
    match state(dir)? {
        State::Index => open_checked(dir),
        State::Empty => Err(missing()),
    }
}

enum State {
    Empty,
    Index,
}

fn exists(dir: &Path) -> Result<bool, IndexError> {
    match fs::metadata(dir) {
        Ok(found) if found.is_dir() => Ok(true),
        Ok(_) => Err(IndexError::NotAFolder { path: dir.to_owned() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
            Err(IndexError::NotAFolder { path: dir.to_owned() })
        }
        Err(error) => Err(IndexError::io("look at", dir, error)),
    }
}

/// What lies in a folder: an index of ours, or nothing that matters.
fn state(dir: &Path) -> Result<State, IndexError> {
    let names = names(dir)?;
    let has = |name: &str| names.iter().any(|found| found == name);
    match (has(LABEL), has(META)) {
        (true, true) => Ok(State::Index),
        (true, false) => match names.iter().find(|name| is_segment(name)) {
            Some(segment) => Err(IndexError::Corrupt {
                path: dir.to_owned(),
                reason: format!("{META} is gone, but {segment} is there"),
            }),
            None => Ok(State::Empty),
        },
        (false, true) => Err(IndexError::Foreign {
            path: dir.to_owned(),
            reason: format!("it has tantivy's {META} and no {LABEL}"),
        }),
        // A name with a full stop first is the system's or a lock, and lost+found is a new disk's.
        (false, false) => match names
            .iter()
            .find(|name| !name.starts_with('.') && *name != "lost+found")
        {
            Some(found) => Err(IndexError::NotAnIndex {
                path: dir.to_owned(),
                found: found.clone(),
            }),
            None => Ok(State::Empty),
        },
    }
}

/// Whether a name is that of a segment's file: 32 hex digits, perhaps a number, and what it holds.
pub(super) fn is_segment(name: &str) -> bool {
    let Some((stem, suffix)) = name.rsplit_once('.') else {
        return false;
    };
    let id = stem.split('.').next().unwrap_or_default();
    let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id
        && matches!(
            suffix,
            "store" | "fast" | "idx" | "term" | "pos" | "fieldnorm" | "del" | "temp"
        )
}

/// The names in a folder, sorted.
pub(super) fn names(dir: &Path) -> Result<Vec<String>, IndexError> {
    let failed = |error| IndexError::io("list", dir, error);
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        names.push(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

fn open_checked(dir: &Path) -> Result<Index, IndexError> {
    check_label(dir)?;
    open_unlabelled(dir)
}

/// Opens an index whatever its label says.
pub(super) fn open_unlabelled(dir: &Path) -> Result<Index, IndexError> {
    let failed = |error| IndexError::tantivy("open", dir, error);
    let index = Index::open_in_dir(dir).map_err(failed)?;
    if index.schema() != schema::schema() {
        return Err(IndexError::Foreign {
            path: dir.to_owned(),
            reason: format!("its fields are not those of schema version {}", schema::version()),
        });
    }
    analyzer::register(index.tokenizers());
    Ok(index)
}

fn check_label(dir: &Path) -> Result<(), IndexError> {
    let label = read_label(dir)?;
    let (path, found, wanted) = (dir.to_owned(), label.schema, schema::version());
    match found.cmp(&wanted) {
        std::cmp::Ordering::Less => Err(IndexError::TooOld { path, found, wanted }),
        std::cmp::Ordering::Equal if label.cut.as_deref() != analyzer::CUT => {
            Err(IndexError::cut_otherwise(dir, label.cut.as_deref()))
        }
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(IndexError::TooNew {
            path,
            found,
            wanted,
            program: label.program,
        }),
    }
}

/// Makes an index. The label comes first: a crash in between leaves a folder that is taken for empty.
fn create(dir: &Path) -> Result<Index, IndexError> {
    write_label(dir)?;
    let failed = |error| IndexError::tantivy("make", dir, error);
    let directory = MmapDirectory::open(dir).map_err(|error| failed(error.into()))?;
    let builder: IndexBuilder = Index::builder().schema(schema::schema()).settings(settings());
    let index = builder.open_or_create(directory).map_err(failed)?;
    analyzer::register(index.tokenizers());
    Ok(index)
}

/// How tantivy keeps the index.
pub(super) fn settings() -> IndexSettings {
    IndexSettings {
        // Larger than zstd by a third, and unpacked in a fifth of the time: a page of twenty hits waits for it.
        docstore_compression: Compressor::Lz4,
        // A hit reads one story of its block: those of tantivy's 16 kB would unpack four times as much for each.
        docstore_blocksize: STORE_BLOCK,
        ..IndexSettings::default()
    }
}

/// Reads the label, and sees that it is as it was written.
pub(super) fn read_label(dir: &Path) -> Result<Label, IndexError> {
    let path = dir.join(LABEL);
    let bytes = fs::read(&path).map_err(|error| IndexError::io("read", &path, error))?;
    let damaged = |what: String| IndexError::Corrupt {
        path: dir.to_owned(),
        reason: format!("{LABEL} {what}"),
    };
    let label: Label = serde_json::from_slice(&bytes).map_err(|error| damaged(format!("does not read: {error}")))?;
    // A label of another version may have another shape: that it is of another one is told.
    if label.schema == schema::version() && label.written() != bytes {
        return Err(damaged("is not as it was written".into()));
    }
    Ok(label)
}

/// The versions of tantivy that wrote to an index, as they stand in the footers of its files.
pub(super) fn engines(dir: &Path) -> Vec<String> {
    let mut engines = vec![engine()];
    if let Ok(label) = read_label(dir) {
        engines.extend(label.engines.iter().map(|engine| engine.get().to_owned()));
    }
    engines
}

fn engine() -> String {
    serde_json::to_string(tantivy::version()).unwrap_or_default()
}

impl Label {
    /// Its bytes, with its sum.
    pub(super) fn written(&self) -> Vec<u8> {
        let mut label = self.clone();
        label.sum.clear();
        let unsummed = serde_json::to_vec_pretty(&label).unwrap_or_default();
        label.sum = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&unsummed));
        serde_json::to_vec_pretty(&label).unwrap_or_default()
    }
}

/// Notes that this version of tantivy writes to the index from now on.
pub(super) fn note_engine(dir: &Path) -> Result<(), IndexError> {
    let mut label = read_label(dir)?;
    let engine = engine();
    if label.engines.iter().any(|known| known.get() == engine) {
        return Ok(());
    }
    label
        .engines
        .extend(serde_json::value::RawValue::from_string(engine).ok());
    write_atomically(&dir.join(LABEL), &label.written())
}

/// Writes the label anew.
pub(super) fn write_label(dir: &Path) -> Result<(), IndexError> {
    let label = Label {
        engines: serde_json::value::RawValue::from_string(engine())
            .ok()
            .into_iter()
            .collect(),
        sum: String::new(),
        schema: schema::version(),
        cut: analyzer::CUT.map(str::to_owned),
        program: env!("CARGO_PKG_VERSION").into(),
        created: jiff::Timestamp::now()
            .round(jiff::Unit::Second)
            .unwrap_or_default()
            .to_string(),
    };
    write_atomically(&dir.join(LABEL), &label.written())
}

/// Writes a small file of the index in place of the one before.
pub(super) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    replace_file(path, bytes).map_err(|error| IndexError::io("write", path, error))
}

/// Writes beside the file and renames: a reader sees the old one or the new one, whole.
///
/// # Errors
/// When the file beside it cannot be written, or not renamed.
pub(crate) fn replace_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}
