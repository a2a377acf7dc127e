//! Wire copy of our own in the dialects of real systems (`tests/wire`), each file beside a readable account of what is read from it
//! (`tests/wire.expected`). A change in how a format is read shows here as a difference to review.

mod snapshot;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::root;

/// The names of the files in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    entries.map(|name| name.into_string().unwrap()).collect()
}

#[test]
fn every_file_gives_what_its_account_says() {
    let (folder, accounts) = (root().join("tests/wire"), root().join("tests/wire.expected"));
    // What is read now, to be copied where it is right.
    let now = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire.expected");
    let _ = fs::remove_dir_all(&now);
    fs::create_dir_all(&now).unwrap();
    let files = names(&folder);
    assert!(files.len() >= 40, "{} files", files.len());
    let mut wrong = Vec::new();
    for file in &files {
        let account = format!("{file}.txt");
        let given = snapshot::of(&folder.join(file));
        let told = fs::read_to_string(accounts.join(&account)).unwrap_or_default();
        if told != given {
            fs::write(now.join(&account), &given).unwrap();
            wrong.push(format!("{file}:\n{}", difference(&told, &given)));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} files are read otherwise than tests/wire.expected says.\n\n{}\n\
         Where the new reading is right: cp {}/* tests/wire.expected/",
        wrong.len(),
        files.len(),
        wrong.join("\n"),
        now.display()
    );
}

#[test]
fn every_account_has_its_file() {
    let files: BTreeSet<String> = names(&root().join("tests/wire"));
    let accounts = names(&root().join("tests/wire.expected"));
    let files: BTreeSet<String> = files.iter().map(|file| format!("{file}.txt")).collect();
    let alone: Vec<&String> = files.symmetric_difference(&accounts).collect();
    assert!(
        alone.is_empty(),
        "a file without its account, or an account without its file: {alone:?}"
    );
}

/// The lines that are no longer told, and those that are new.
fn difference(told: &str, given: &str) -> String {
    let diff = similar::TextDiff::from_lines(told, given);
    diff.unified_diff().context_radius(1).to_string()
}
