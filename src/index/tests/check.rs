//! A check sees every changed byte, and a repair mends what is left.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::tempdir;

use super::{extraction, filing, reader, writer};
use crate::index::{Mend, check, repair};

/// An index of two segments, one of them with deletes.
fn filled(dir: &Path) {
    let mut writer = writer(dir);
    for (uri, minute) in [("s:1", 1), ("s:2", 2), ("s:3", 3)] {
        let body = format!("The ferry left at minute {minute}.");
        writer
            .put(filing(uri, minute, &body), extraction(&["Orla Venn"], &body))
            .unwrap();
    }
    writer.commit().unwrap();
    let body = "The ferry came back.";
    writer
        .put(filing("s:1", 9, body), extraction(&["Ivo Lund"], body))
        .unwrap();
    writer.finish().unwrap();
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| fs::metadata(path).unwrap().len() > 0);
    files.sort();
    files
}

#[test]
fn a_sound_index_has_no_faults() {
    let dir = tempdir().unwrap();
    filled(dir.path());
    let checked = check(dir.path()).unwrap();
    assert_eq!(checked.faults, []);
    assert_eq!((checked.stories, checked.quotes, checked.tombstones), (3, 3, 0));
    assert_eq!(checked.filings.len(), 4);
    assert!(checked.files >= 6 && checked.bytes > 1_000);
}

#[test]
fn every_changed_byte_is_seen() {
    let dir = tempdir().unwrap();
    filled(dir.path());
    let mut missed = Vec::new();
    for path in files(dir.path()) {
        let sound = fs::read(&path).unwrap();
        // Every byte of the short files and of every footer, and some of the others.
        let step = (sound.len() / 40).max(1);
        let footer = sound.len().saturating_sub(120);
        let places = (0..sound.len()).filter(|at| at % step == 0 || *at >= footer);
        for at in places {
            let mut changed = sound.clone();
            changed[at] ^= 1 << (at % 7);
            fs::write(&path, &changed).unwrap();
            let found = check(dir.path()).is_ok_and(|checked| !checked.faults.is_empty());
            if !found {
                missed.push((
                    path.file_name().unwrap().to_owned(),
                    at,
                    sound[at] as char,
                    changed[at] as char,
                ));
            }
        }
        fs::write(&path, sound).unwrap();
    }
    assert!(
        missed.is_empty(),
        "{} missed: {:?}",
        missed.len(),
        &missed[..missed.len().min(10)]
    );
    assert_eq!(check(dir.path()).unwrap().faults, []);
}

#[test]
fn a_repair_takes_out_the_damaged_segment_and_mends_the_small_files() {
    let dir = tempdir().unwrap();
    filled(dir.path());
    let store = files(dir.path())
        .into_iter()
        .find(|path| path.extension().is_some_and(|end| end == "store"))
        .unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[10] ^= 4;
    fs::write(&store, bytes).unwrap();
    let label = dir.path().join("dateline.json");
    let text = fs::read_to_string(&label).unwrap();
    fs::write(&label, text.replace("created", "creatid")).unwrap();
    let found = check(dir.path()).unwrap();
    assert!(
        found
            .faults
            .iter()
            .any(|fault| matches!(&fault.mend, Mend::DropSegment(_))),
        "{found:?}"
    );
    repair(dir.path(), &found).unwrap();
    let after = check(dir.path()).unwrap();
    assert_eq!(after.faults, []);
    assert!(after.filings.len() < 4);
    assert!(reader(dir.path()).snapshot().segments.len() <= 1);
    writer(dir.path()).finish().unwrap();
}

#[test]
fn a_list_of_segments_that_is_gone_is_beyond_mending() {
    let dir = tempdir().unwrap();
    filled(dir.path());
    fs::write(dir.path().join("meta.json"), "{}").unwrap();
    let found = check(dir.path()).unwrap();
    assert!(!found.faults.is_empty());
    assert!(
        repair(dir.path(), &found)
            .unwrap_err()
            .to_string()
            .contains("meta.json")
    );
}
