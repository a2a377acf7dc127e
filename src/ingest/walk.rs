//! Paths as given → the files to read, in one order.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A path that cannot be walked.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// There is nothing at that path.
    #[error("there is no file or folder {0}: check the path")]
    Missing(PathBuf),
    /// A folder cannot be listed.
    #[error("the folder {path} cannot be listed: {source}; check its permissions")]
    Unlistable {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The files at and under `paths`, each once, sorted within each path as given. Hidden files and folders (a leading full
/// stop), files still being dropped (`.part`, `.tmp`, `.crdownload`, a `~` at the end) and `except` (the index itself) are left out.
///
/// # Errors
/// When a path given does not exist, or a folder cannot be listed.
pub fn files_under(paths: &[PathBuf], except: &Path) -> Result<Vec<PathBuf>, WalkError> {
    let except = fs::canonicalize(except).ok();
    let mut files = Vec::new();
    for path in paths {
        let kind = fs::metadata(path).map_err(|_| WalkError::Missing(path.clone()))?;
        let mut found = Vec::new();
        if kind.is_dir() {
            walk(path, except.as_deref(), &mut found)?;
            found.sort();
        } else {
            found.push(path.clone());
        }
        files.extend(found);
    }
    let mut seen = rustc_hash::FxHashSet::default();
    files.retain(|file| seen.insert(file.clone()));
    Ok(files)
}

fn walk(folder: &Path, except: Option<&Path>, found: &mut Vec<PathBuf>) -> Result<(), WalkError> {
    let unlistable = |source| WalkError::Unlistable {
        path: folder.to_path_buf(),
        source,
    };
    for entry in fs::read_dir(folder).map_err(unlistable)? {
        let entry = entry.map_err(unlistable)?;
        let path = entry.path();
        if is_left_out(&path) {
            continue;
        }
        // Links are followed for files only: a link to a folder could make a circle.
        let kind = entry.file_type().map_err(unlistable)?;
        if kind.is_dir() {
            if except.is_none_or(|index| fs::canonicalize(&path).ok().as_deref() != Some(index)) {
                walk(&path, except, found)?;
            }
        } else if kind.is_file() || fs::metadata(&path).is_ok_and(|target| target.is_file()) {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a name says that the file is hidden or not yet whole.
pub(super) fn is_left_out(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else {
        return true;
    };
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    name.starts_with('.')
        || name.ends_with('~')
        || matches!(ending.as_deref(), Some("part" | "tmp" | "crdownload" | "filepart"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_sorted_once_and_without_hidden_ones() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b/2.txt", "b/1.txt", "a.txt", ".hidden", "c.part", "index/meta.json"] {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let roots = [dir.path().to_path_buf(), dir.path().join("a.txt")];
        let files = files_under(&roots, &dir.path().join("index")).unwrap();
        let names: Vec<_> = files
            .iter()
            .map(|f| f.strip_prefix(dir.path()).unwrap().to_str().unwrap())
            .collect();
        assert_eq!(names, ["a.txt", "b/1.txt", "b/2.txt"]);
    }

    #[test]
    fn a_missing_path_is_named() {
        let error = files_under(&[PathBuf::from("/nowhere/at/all")], Path::new("x")).unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
    }
}
