//! Ingestion: what became of every item, what a second run does, and what a watched folder shows.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use dateline::index::Reader;
use dateline::ingest::{OnDone, Silent, Watched, files_under, watch};
use serde_json::Value;

use crate::support::{Sample, archive, dateline, ingest_into, large, root, run, sample, shared};

#[test]
fn the_sample_archive_comes_in_as_its_manifest_says() {
    let expected: Value =
        serde_json::from_slice(&fs::read(root().join("tests/archive.expected.json")).unwrap()).unwrap();
    let balance = &sample().balance;
    assert!(balance.adds_up(), "{balance:?}");
    assert_eq!(expected["files"].as_u64().unwrap(), balance.files);
    for (name, count) in [
        ("added", balance.counts.added),
        ("updated", balance.counts.updated),
        ("unchanged", balance.counts.unchanged),
        ("killed", balance.counts.killed),
        ("filings_read", balance.counts.read),
    ] {
        assert_eq!(
            expected[name].as_u64().unwrap(),
            count,
            "{name}; rejected: {:?}",
            balance.rejections
        );
    }
    let root = archive();
    let relative = |file: &str| {
        file.strip_prefix(root.to_str().unwrap())
            .unwrap()
            .trim_start_matches('/')
            .to_owned()
    };
    for (name, refused) in [("rejected", &balance.rejections), ("skipped", &balance.skips)] {
        let told = expected[name].as_array().unwrap();
        let mut wanted: Vec<&str> = told.iter().map(|item| item["file"].as_str().unwrap()).collect();
        let mut given: Vec<String> = refused.iter().map(|one| relative(&one.file)).collect();
        wanted.sort_unstable();
        given.sort_unstable();
        assert_eq!(given, wanted, "{name}");
    }
    let stories: u64 = expected["per_language"]
        .as_object()
        .unwrap()
        .values()
        .map(|n| n.as_u64().unwrap())
        .sum();
    let hidden = expected["hidden"].as_array().unwrap().len() as u64;
    assert_eq!(stories + hidden, balance.counts.added);
}

#[test]
fn languages_are_told_as_the_manifest_says() {
    let expected: Value =
        serde_json::from_slice(&fs::read(root().join("tests/archive.expected.json")).unwrap()).unwrap();
    for (language, count) in expected["per_language"].as_object().unwrap() {
        let found = sample().found(&format!("language:{language}"));
        assert_eq!(found.len() as u64, count.as_u64().unwrap(), "{language}: {found:?}");
    }
}

#[test]
fn a_second_run_finds_everything_unchanged_and_the_same_rejections() {
    let sample = Sample::of(&[archive()]);
    let first = sample.balance.clone();
    let index = sample.index();
    let files = files_under(&[archive()], &index).unwrap();
    for reread in [false, true] {
        let mut ingest = ingest_into(&index);
        ingest.reread = reread;
        let again = ingest.files(&files, &mut Silent).unwrap();
        assert!(again.adds_up(), "{again:?}");
        assert_eq!(
            (again.counts.added, again.counts.updated),
            (0, 0),
            "reread {reread}: {again:?}"
        );
        assert_eq!(
            (again.counts.read, again.counts.unchanged),
            (first.counts.read, first.counts.kept())
        );
        assert_eq!(again.rejections, first.rejections);
    }
}

#[test]
fn a_text_file_that_is_edited_updates_its_story() {
    let dir = tempfile::tempdir().unwrap();
    let (file, index) = (dir.path().join("kapal.txt"), dir.path().join("index"));
    fs::write(&file, "Kapal feri itu tiba di Kupang pada Senin pagi dengan selamat.\n").unwrap();
    let files = [file.clone()];
    let mut ingest = ingest_into(&index);
    assert_eq!(ingest.files(&files, &mut Silent).unwrap().counts.added, 1);
    fs::write(
        &file,
        "Kapal feri itu tiba di Kupang pada Selasa pagi setelah tertunda sehari.\n",
    )
    .unwrap();
    let balance = ingest.files(&files, &mut Silent).unwrap();
    assert_eq!((balance.counts.added, balance.counts.updated), (0, 1));
    drop(ingest);
    let found = |q: &str| run(dateline().arg("--index").arg(&index).args(["search", q])).0;
    assert_eq!(found("tertunda"), 0);
    assert_eq!(found("selamat"), 1, "the old text is not found any more");
}

#[test]
fn a_newer_filing_replaces_an_older_one_in_whatever_order_they_come() {
    let filing = |version: u32, text: &str| {
        format!(
            r#"{{"uri":"urn:x:1","standard":{{"name":"ninjs","version":"3.1"}},"version":"{version}","versionCreated":"2026-03-0{version}T10:00:00Z","headlines":[{{"value":"{text}"}}],"bodies":[{{"value":"Body {text}."}}]}}"#
        )
    };
    for order in [[1, 2, 3], [3, 1, 2], [2, 3, 1]] {
        let dir = tempfile::tempdir().unwrap();
        let lines: Vec<String> = order
            .iter()
            .map(|v| filing(*v, ["", "first", "second", "third"][*v as usize]))
            .collect();
        let file = dir.path().join("wire.jsonl");
        fs::write(&file, lines.join("\n")).unwrap();
        let sample = Sample::of(&[file]);
        assert_eq!(
            (sample.balance.counts.added, sample.balance.counts.updated),
            (1, 2),
            "{order:?}"
        );
        let answer = sample.search(&dateline::search::SearchRequest::new(""));
        assert_eq!((answer.total.stories, answer.total.filings), (1, 3), "{order:?}");
        assert_eq!(answer.hits[0].story.headline(), "third", "{order:?}");
        assert_eq!(answer.hits[0].versions, 3);
    }
}

#[test]
fn a_watched_folder_shows_a_new_file_soon() {
    let dir = tempfile::tempdir().unwrap();
    let (drop_box, index) = (dir.path().join("in"), dir.path().join("index"));
    fs::create_dir(&drop_box).unwrap();
    fs::write(
        drop_box.join("one.txt"),
        "Satu cerita pendek dari Ambon tentang kapal.\n",
    )
    .unwrap();
    let mut ingest = ingest_into(&index);
    let reader = Reader::open(&index).unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let stories = |reader: &Reader| {
        reader
            .snapshot()
            .segments
            .iter()
            .map(|segment| segment.stories.len())
            .sum::<usize>()
    };
    std::thread::scope(|scope| {
        let (paths, seen, asked) = ([drop_box.clone()], reader.clone(), Arc::clone(&stop));
        let index = &index;
        let follower = scope.spawn(move || {
            let watched = Watched {
                paths: &paths,
                index,
                on_done: OnDone::Keep,
            };
            watch(&mut ingest, &watched, &asked, &mut Silent, &mut |_| {
                seen.reload().unwrap();
            })
        });
        let wait_for = |count: usize| {
            let end = Instant::now() + Duration::from_secs(20);
            while stories(&reader) != count && Instant::now() < end {
                std::thread::sleep(Duration::from_millis(20));
            }
            assert_eq!(stories(&reader), count);
        };
        wait_for(1);
        fs::create_dir(drop_box.join("later")).unwrap();
        fs::write(
            drop_box.join("later/two.txt"),
            "Dua cerita pendek dari Ternate tentang gunung.\n",
        )
        .unwrap();
        wait_for(2);
        // A file that is dropped under another name and then renamed, as careful senders do.
        fs::write(
            drop_box.join("three.part"),
            "Tiga cerita pendek dari Tidore tentang pala.\n",
        )
        .unwrap();
        std::thread::sleep(Duration::from_millis(800));
        assert_eq!(stories(&reader), 2);
        fs::rename(drop_box.join("three.part"), drop_box.join("three.txt")).unwrap();
        wait_for(3);
        stop.store(true, Ordering::Relaxed);
        follower.join().unwrap().unwrap();
    });
}

#[test]
fn every_real_reuters_story_comes_in() {
    if shared("corpora/reuters21578").is_none() {
        return;
    }
    let balance = &large().balance;
    assert!(balance.adds_up());
    assert_eq!(
        (balance.counts.read, balance.counts.rejected),
        (54_312, 1),
        "{:?}",
        balance.rejections.first()
    );
}
