//! Both indexes of an archive in a folder, which can be kept: a large one takes minutes to build.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use dateline::index::schema;
use dateline::story::key_of;
use tempfile::TempDir;

use crate::archive::Archive;
use crate::measure::{figure, note, time};
use crate::ours::{self, Ours};
use crate::peers::{self, Peers};

/// To be raised when what is written of a story changes: indexes that are kept are then built anew.
const MADE: u32 = 3;

/// The indexes of an archive.
pub(crate) struct Kept {
    folder: PathBuf,
    /// Goes away with it.
    _temporary: Option<TempDir>,
}

impl Kept {
    /// Those of so many stories: in a folder of their own inside `keep`, else in a temporary one.
    pub(crate) fn make(keep: Option<&Path>, archive: &Archive, stories: usize) -> Result<Self> {
        let temporary = keep.is_none().then(tempfile::tempdir).transpose()?;
        let parent = keep.or(temporary.as_ref().map(TempDir::path));
        let folder = parent.context("there is no folder")?.join(stories.to_string());
        let made = format!(
            "made {MADE}, schema {}, stories {:x}",
            schema::version(),
            fingerprint(archive)?
        );
        let kept = Self {
            folder,
            _temporary: temporary,
        };
        if fs::read_to_string(kept.folder.join("made")).is_ok_and(|there| there == made) {
            note(&format!("{stories} stories as kept in {}", kept.folder.display()));
        } else {
            kept.build(archive, stories)?;
            fs::write(kept.folder.join("made"), made)?;
        }
        Ok(kept)
    }

    fn build(&self, archive: &Archive, stories: usize) -> Result<()> {
        for folder in [self.ours(), self.peer()] {
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
            fs::create_dir_all(&folder)?;
        }
        let (took, built) = time(|| ours::build(&self.ours(), archive, stories));
        built?;
        figure("build_dateline", took.as_secs_f64(), "s");
        let (took, built) = time(|| peers::build(&self.peer(), archive, stories));
        built?;
        figure("build_peer", took.as_secs_f64(), "s");
        Ok(())
    }

    /// The folder of dateline's index.
    pub(crate) fn ours(&self) -> PathBuf {
        self.folder.join("dateline")
    }

    fn peer(&self) -> PathBuf {
        self.folder.join("peer")
    }

    /// Opens both.
    pub(crate) fn open(&self) -> Result<(Ours, Peers)> {
        Ok((Ours::open(&self.ours())?, Peers::open(&self.peer())?))
    }
}

/// Other for another archive: of its first stories.
fn fingerprint(archive: &Archive) -> Result<u64> {
    let stories: Vec<_> = (0..8).map(|n| archive.story(n)).collect();
    Ok(key_of(&serde_json::to_string(&stories)?))
}
