//! Writers that go while segments are merged in the background.

use std::fs;
use std::time::Duration;

use tempfile::tempdir;

use super::{extraction, filing, reader, writer};
use crate::index::Writer;

/// As many small segments as are merged at once.
const SEGMENTS: usize = 8;

fn put(writer: &mut Writer, number: usize) {
    let body = format!("Story {number}.");
    let filing = filing(&format!("s:{number}"), 1, &body);
    writer.put(filing, extraction(&["Anna Velkova"], &body)).unwrap();
    writer.commit().unwrap();
}

#[test]
fn a_writer_that_goes_or_rolls_back_while_a_merge_ends_leaves_every_file() {
    let base = tempdir().unwrap();
    let mut before = writer(base.path());
    (1..SEGMENTS).for_each(|number| put(&mut before, number));
    before.finish().unwrap();
    // From while it merges to when it has.
    for step in 0..40 {
        let dir = tempdir().unwrap();
        for file in fs::read_dir(base.path()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
        }
        let mut writing = writer(dir.path());
        put(&mut writing, SEGMENTS);
        std::thread::sleep(Duration::from_micros(500 * step));
        if step % 2 == 0 {
            writing.rollback().unwrap();
            put(&mut writing, SEGMENTS + 1);
        }
        drop(writing);
        let snapshot = reader(dir.path()).snapshot();
        let stories: usize = snapshot.segments.iter().map(|segment| segment.stories.len()).sum();
        assert_eq!(stories, SEGMENTS + usize::from(step % 2 == 0), "step {step}");
    }
}

#[test]
fn joining_all_segments_frees_the_files_of_those_that_were_joined() {
    let dir = tempdir().unwrap();
    let mut joining = writer(dir.path());
    (0..3).for_each(|number| put(&mut joining, number));
    let stores = || {
        let files = fs::read_dir(dir.path()).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains(".store")).count()
    };
    assert_eq!(stores(), 3);
    joining.merge().unwrap();
    assert_eq!(stores(), 1, "the writer is still there");
    drop(joining);
    assert_eq!(reader(dir.path()).snapshot().segments.len(), 1);
}
