//! What can go wrong with an index, each with the path and the remedy.

use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::LockError;

use super::analyzer;

/// Why an index could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// No folder there.
    #[error("there is no index at {}: index some stories into it first, or name another folder with --index", path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// The path is a file.
    #[error("{} is a file, not a folder: an index needs a folder of its own", path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// A folder with other files in it.
    #[error("{} holds other files ({found}) and no index: name an empty or a new folder", path.display())]
    NotAnIndex {
        /// The folder.
        path: PathBuf,
        /// One of the files.
        found: String,
    },
    /// A folder that a copy would have to share.
    #[error("{} is not empty ({found}): name an empty or a new folder", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
        /// One of the files.
        found: String,
    },
    /// An index that another program made.
    #[error("{} holds an index that dateline did not make: {reason}; name another folder", path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// How that shows.
        reason: String,
    },
    /// An index of an older schema.
    #[error(
        "the index at {} has schema version {found}; this program writes {wanted}: index the stories again into a new folder",
        path.display()
    )]
    TooOld {
        /// The folder.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The program's version.
        wanted: u32,
    },
    /// An index of a newer schema.
    #[error(
        "the index at {} has schema version {found}, made by a newer dateline ({program}); this one reads {wanted}: use that one",
        path.display()
    )]
    TooNew {
        /// The folder.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The program's version.
        wanted: u32,
        /// The version of the program that made it.
        program: String,
    },
    /// An index whose words of scripts without spaces are cut otherwise.
    #[error(
        "the index at {} has Chinese, Japanese, Thai and the like cut into {found}, this program cuts them into {wanted}: \
        use a dateline built {with} the feature segmenter, or index the stories again into a new folder",
        path.display()
    )]
    CutOtherwise {
        /// The folder.
        path: PathBuf,
        /// Into what it has them cut.
        found: String,
        /// Into what the program cuts them.
        wanted: &'static str,
        /// How a program would be built that reads it.
        with: &'static str,
    },
    /// Another writer has it.
    #[error(
        "another process is writing to the index at {}: wait for it to end (a server with --watch takes what is dropped into its folders)",
        path.display()
    )]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// The folder or a file of it cannot be written.
    #[error("the index at {} cannot be written: check the owner and the mode of the folder", path.display())]
    ReadOnly {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file of the index is damaged or gone.
    #[error(
        "the index at {} is damaged ({reason}): restore it from a backup, or index the stories again into a new folder",
        path.display()
    )]
    Corrupt {
        /// The folder.
        path: PathBuf,
        /// How that shows.
        reason: String,
    },
    /// The system refused a read or a write.
    #[error("could not {action} {}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The writer could not write; everything since the last commit is undone.
    #[error(
        "could not write to the index at {}: {lost} filings since the last commit were not kept; free some space or mend the cause, then index them again",
        path.display()
    )]
    Lost {
        /// The folder.
        path: PathBuf,
        /// How many filings must be sent again.
        lost: usize,
        /// What tantivy says.
        source: TantivyError,
    },
    /// A setting of the writer is out of its range.
    #[error("{setting} is {value}: it must be {range}")]
    Setting {
        /// Which.
        setting: &'static str,
        /// Its value.
        value: usize,
        /// What is allowed.
        range: String,
    },
    /// Any other failure of tantivy.
    #[error("could not {action} the index at {}", path.display())]
    Tantivy {
        /// What was tried.
        action: &'static str,
        /// The folder.
        path: PathBuf,
        /// What tantivy says.
        source: TantivyError,
    },
}

impl IndexError {
    /// An index that has words of scripts without spaces cut as its label says, and not as this program cuts them.
    pub(super) fn cut_otherwise(path: &Path, found: Option<&str>) -> Self {
        const PAIRS: &str = "pairs of letters";
        const WORDS: &str = "the words of a dictionary";
        let found = match found {
            None => PAIRS.to_owned(),
            Some("dictionary") => WORDS.to_owned(),
            Some(other) => other.to_owned(),
        };
        let (wanted, with) = if analyzer::CUT.is_some() {
            (WORDS, "without")
        } else {
            (PAIRS, "with")
        };
        Self::CutOtherwise {
            path: path.to_owned(),
            found,
            wanted,
            with,
        }
    }

    /// A failure of the system at a path; one for lack of permission is told as such.
    pub(super) fn io(action: &'static str, path: &Path, source: std::io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly { path, source }
            }
            _ => Self::Io { action, path, source },
        }
    }

    /// A failure of tantivy, sorted into what a user can do about it.
    pub(super) fn tantivy(action: &'static str, path: &Path, source: TantivyError) -> Self {
        let owned = path.to_owned();
        match source {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Locked { path: owned },
            TantivyError::LockFailure(LockError::IoError(error), _) | TantivyError::IoError(error) => {
                Self::io(action, path, std::io::Error::new(error.kind(), error.to_string()))
            }
            TantivyError::DataCorruption(_)
            | TantivyError::OpenReadError(_)
            | TantivyError::IncompatibleIndex(_)
            | TantivyError::FieldNotFound(_)
            | TantivyError::SchemaError(_)
            | TantivyError::DeserializeError(_) => Self::Corrupt {
                path: owned,
                reason: source.to_string(),
            },
            source => Self::Tantivy {
                action,
                path: owned,
                source,
            },
        }
    }
}

/// Runs what reads index files. tantivy answers some damage with a panic; here it becomes [`IndexError::Corrupt`].
pub(super) fn guarded<T>(path: &Path, read: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let reason = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("a file does not read as it was written")
            .to_owned();
        Err(IndexError::Corrupt {
            path: path.to_owned(),
            reason,
        })
    })
}
