//! Folders that are no index of ours, or no longer a sound one.

use std::fs;
use std::path::Path;

use tantivy::schema::{STORED, Schema, TEXT};
use tempfile::tempdir;

use super::{SMALL, extraction, filing, writer};
use crate::index::folder::{LABEL, read_label};
use crate::index::{IndexError, Reader, Writer, WriterOptions, schema};
use crate::story::key_of;

fn refused(dir: &Path) -> (IndexError, IndexError) {
    (Writer::open(dir, SMALL).unwrap_err(), Reader::open(dir).unwrap_err())
}

/// An index with one story.
fn filled(dir: &Path) {
    let mut writer = writer(dir);
    let body = "The ferry left at noon.";
    writer
        .put(filing("s:1", 1, body), extraction(&["Orla Venn"], body))
        .unwrap();
    writer.finish().unwrap();
}

#[test]
fn a_folder_that_is_not_there_is_made_by_the_writer_only() {
    let dir = tempdir().unwrap();
    let path = dir.path().join("new/index");
    assert!(matches!(Reader::open(&path).unwrap_err(), IndexError::Missing { .. }));
    drop(writer(&path));
    assert!(Reader::open(&path).unwrap().snapshot().segments.is_empty());
    assert!(matches!(
        Reader::open(dir.path()).unwrap_err(),
        IndexError::NotAnIndex { .. }
    ));
}

#[test]
fn a_file_is_not_a_folder() {
    let dir = tempdir().unwrap();
    let path = dir.path().join("file");
    fs::write(&path, "x").unwrap();
    let (one, other) = refused(&path);
    assert!(matches!(
        (one, other),
        (IndexError::NotAFolder { .. }, IndexError::NotAFolder { .. })
    ));
    let (one, other) = refused(&path.join("below"));
    assert!(matches!(
        (one, other),
        (IndexError::NotAFolder { .. }, IndexError::NotAFolder { .. })
    ));
}

#[test]
fn a_folder_of_other_files_is_left_alone() {
    let dir = tempdir().unwrap();
    fs::write(dir.path().join("letter.txt"), "x").unwrap();
    let (one, other) = refused(dir.path());
    assert!(one.to_string().contains("letter.txt"), "{one}");
    assert!(matches!(other, IndexError::NotAnIndex { .. }));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn an_index_of_another_program_is_left_alone() {
    let dir = tempdir().unwrap();
    let mut builder = Schema::builder();
    builder.add_text_field("title", TEXT | STORED);
    tantivy::Index::create_in_dir(dir.path(), builder.build()).unwrap();
    let (one, other) = refused(dir.path());
    assert!(matches!(
        (one, other),
        (IndexError::Foreign { .. }, IndexError::Foreign { .. })
    ));
    // Even with our label on it.
    crate::index::folder::write_label(dir.path()).unwrap();
    let (one, other) = refused(dir.path());
    assert!(matches!(
        (one, other),
        (IndexError::Foreign { .. }, IndexError::Foreign { .. })
    ));
}

#[test]
fn another_schema_version_is_told_with_the_remedy() {
    let dir = tempdir().unwrap();
    filled(dir.path());
    let label = dir.path().join("dateline.json");
    let relabel = |version: u32| {
        fs::write(
            &label,
            format!(r#"{{"schema":{version},"program":"9.9.9","created":"x"}}"#),
        )
        .unwrap();
    };
    relabel(schema::version() + 1);
    let (one, other) = refused(dir.path());
    assert!(one.to_string().contains("9.9.9"), "{one}");
    assert!(matches!(
        (one, other),
        (IndexError::TooNew { .. }, IndexError::TooNew { .. })
    ));
    relabel(schema::version() - 1);
    let (one, other) = refused(dir.path());
    assert!(one.to_string().contains("index the stories again"), "{one}");
    assert!(matches!(
        (one, other),
        (IndexError::TooOld { .. }, IndexError::TooOld { .. })
    ));
    fs::write(&label, "{").unwrap();
    let (one, other) = refused(dir.path());
    assert!(matches!(
        (one, other),
        (IndexError::Corrupt { .. }, IndexError::Corrupt { .. })
    ));
}

#[test]
fn a_lost_list_of_segments_is_not_taken_for_an_empty_folder() {
    let dir = tempdir().unwrap();
    filled(dir.path());
    fs::remove_file(dir.path().join("meta.json")).unwrap();
    let (one, other) = refused(dir.path());
    assert!(matches!(
        (one, other),
        (IndexError::Corrupt { .. }, IndexError::Corrupt { .. })
    ));
}

#[test]
fn a_label_without_an_index_is_a_start_that_was_cut_off() {
    let dir = tempdir().unwrap();
    filled(dir.path());
    let label = fs::read(dir.path().join("dateline.json")).unwrap();
    let other = tempdir().unwrap();
    fs::write(other.path().join("dateline.json"), label).unwrap();
    assert!(matches!(
        Reader::open(other.path()).unwrap_err(),
        IndexError::Missing { .. }
    ));
    drop(writer(other.path()));
    Reader::open(other.path()).unwrap();
}

/// Every file is damaged in turn, at its start, middle and end, and cut short: an error or a right answer, never a panic.
#[test]
fn damage_is_an_error() {
    let dir = tempdir().unwrap();
    filled(dir.path());
    let names: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let mut told = 0;
    for path in names.iter().filter(|path| path.is_file()) {
        let sound = fs::read(path).unwrap();
        if sound.is_empty() {
            continue;
        }
        for at in [0, sound.len() / 2, sound.len() - 1] {
            let mut bad = sound.clone();
            bad[at] ^= 0x55;
            told += damaged(dir.path(), path, &bad);
        }
        told += damaged(dir.path(), path, &sound[..sound.len() / 2]);
        fs::write(path, sound).unwrap();
    }
    assert!(told >= 10, "only {told} kinds of damage were told");
    assert!(Reader::open(dir.path()).is_ok());
}

fn damaged(dir: &Path, path: &Path, bytes: &[u8]) -> usize {
    // A new file, so that no map of the one before is cut short under a reader.
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
    let read = Reader::open(dir).and_then(|reader| reader.snapshot().filings_of(key_of("s:1")));
    let written = Writer::open(dir, SMALL).map(|_| ());
    usize::from(read.is_err() || written.is_err())
}

#[test]
fn options_out_of_range_are_told() {
    let dir = tempdir().unwrap();
    let open = |threads, memory| Writer::open(dir.path(), WriterOptions { threads, memory }).unwrap_err();
    assert!(open(99, 1 << 30).to_string().contains("1 to 8"));
    assert!(open(4, 20_000_000).to_string().contains("60000000"));
}

#[test]
fn an_index_with_words_cut_otherwise_is_refused_with_the_remedy() {
    let dir = tempdir().unwrap();
    filled(dir.path());
    let mut label = read_label(dir.path()).unwrap();
    assert_eq!(label.cut.is_some(), cfg!(feature = "segmenter"));
    label.cut = if label.cut.is_some() {
        None
    } else {
        Some("dictionary".into())
    };
    fs::write(dir.path().join(LABEL), label.written()).unwrap();
    let (one, other) = refused(dir.path());
    for error in [one, other] {
        assert!(matches!(error, IndexError::CutOtherwise { .. }), "{error}");
        let text = error.to_string();
        assert!(
            text.contains("segmenter") && text.contains("index the stories again"),
            "{text}"
        );
        assert!(
            text.contains("pairs of letters") && text.contains("words of a dictionary"),
            "{text}"
        );
    }
}
