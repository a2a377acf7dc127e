//! Hot folders: thousands of files at once, files written in pieces, what becomes of them, and how soon they are seen.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use dateline::index::Reader;
use dateline::ingest::{OnDone, Silent, Watched, watch};

use crate::support::ingest_into;

/// Files dropped at once.
const FILES: usize = 2_000;

fn stories(reader: &Reader) -> usize {
    reader
        .snapshot()
        .segments
        .iter()
        .map(|segment| segment.stories.len())
        .sum()
}

/// Follows a folder while `drop_in` drops files into it.
fn following(folder: &Path, on_done: OnDone, drop_in: impl FnOnce(&Reader)) {
    let dir = tempfile::tempdir().unwrap();
    let index = dir.path().join("index");
    let mut ingest = ingest_into(&index);
    let reader = Reader::open(&index).unwrap();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (seen, asked, index) = (reader.clone(), &stop, &index);
        let follower = scope.spawn(move || {
            let watched = Watched {
                paths: &[folder.to_path_buf()],
                index,
                on_done,
            };
            watch(&mut ingest, &watched, asked, &mut Silent, &mut |_| {
                seen.reload().unwrap();
            })
        });
        drop_in(&reader);
        stop.store(true, Ordering::Relaxed);
        follower.join().unwrap().unwrap();
    });
}

fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < end, "{what} did not come about");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn files_in(folder: &Path) -> usize {
    fs::read_dir(folder)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().is_file())
        .count()
}

#[test]
fn thousands_of_files_at_once_all_come_in_and_go_away() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("in");
    fs::create_dir(&folder).unwrap();
    following(&folder, OnDone::Delete, |reader| {
        fs::write(folder.join("broken.json"), "{\"uri\": \"kny:x\", \"headlines\": [").unwrap();
        for at in 0..FILES {
            let text = format!("Kapal {at} tiba di pelabuhan Ambon pada hari Senin.\n");
            fs::write(folder.join(format!("{at}.txt")), text).unwrap();
        }
        wait_until("every story", || stories(reader) == FILES);
        wait_until("an empty folder", || files_in(&folder) == 1);
        assert!(folder.join("broken.json").exists(), "what was rejected stays");
    });
}

#[test]
fn a_file_written_in_pieces_is_read_when_it_is_whole_and_seen_soon() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("in");
    fs::create_dir_all(folder.join("desk")).unwrap();
    following(&folder, OnDone::Move, |reader| {
        let mut file = File::create(folder.join("desk/slow.json")).unwrap();
        for piece in [
            "{\"uri\": \"kny:slow\", \"headlines\": [{\"value\": \"Har",
            "bour shut\"}], \"bodies\": [{\"value\": \"It",
            " is shut.\"}]}",
        ] {
            file.write_all(piece.as_bytes()).unwrap();
            file.sync_all().unwrap();
            std::thread::sleep(Duration::from_millis(450));
        }
        drop(file);
        wait_until("the story", || stories(reader) == 1);
        wait_until("the move", || folder.join(".done/desk/slow.json").exists());
        // How long it takes from the last byte is told, not asserted: machines differ.
        let mut waits: Vec<Duration> = Vec::new();
        for at in 0..5 {
            let before = stories(reader);
            fs::write(
                folder.join(format!("quick-{at}.txt")),
                format!("Kapal nomor {at} tiba di Ternate.\n"),
            )
            .unwrap();
            let last_byte = Instant::now();
            wait_until("the next story", || stories(reader) > before);
            waits.push(last_byte.elapsed());
        }
        waits.sort_unstable();
        eprintln!(
            "seen after the last byte: median {:?}, longest {:?}",
            waits[2], waits[4]
        );
    });
}
