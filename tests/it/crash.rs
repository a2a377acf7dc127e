//! What is left after a process died, a disk was full, or an index was copied under a writer: everything once, and a sound index.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use dateline::index::Reader;
use dateline::ingest;
use dateline::search::{self, SearchRequest};
use dateline::story::key_of;
use dateline::vocabulary::Vocabulary;
use serde_json::json;

use crate::support::{NOW, dateline, run};

/// How often the process is killed.
const KILLS: u64 = 200;

/// Numbers that look random and are the same in every run (xorshift, Marsaglia 2003).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }
}

/// Files with 240 stories in 480 filings: versions out of order, kills, an embargo, a broken line.
fn write_archive(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let mut dice = Dice(7);
    for file in 0..24 {
        let mut lines = String::new();
        for at in 0..20 {
            let story = (file * 10 + dice.below(40)) % 240;
            let minute = dice.below(600);
            let mut filing = json!({
                "uri": format!("kny:{story}"),
                "type": "text",
                "versionCreated": format!("2026-03-01T{:02}:{:02}:00Z", minute / 60, minute % 60),
                "headlines": [{"value": format!("Harbour {story} at minute {minute}")}],
                "bodies": [{"value": format!("LUNDE (Kystnytt) - The harbour of berth {story} reopened, Ingvild Storfjell said. File {file}, {at}.")}],
                "pubStatus": "usable",
            });
            if at == 7 {
                filing["pubStatus"] = "canceled".into();
            }
            if at == 11 {
                filing["embargoedUntil"] = "2150-01-01T00:00:00Z".into();
            }
            lines.push_str(&filing.to_string());
            lines.push('\n');
        }
        if file == 5 {
            lines.push_str("{\"uri\": \"kny:cut\n");
        }
        fs::write(folder.join(format!("wire-{file:02}.jsonl")), lines).unwrap();
    }
}

/// All that an index shows: of each story its current headline and how many filings it has.
fn shown(index: &Path) -> BTreeMap<String, (String, u32)> {
    let reader = Reader::open(index).unwrap();
    let request = SearchRequest {
        limit: SearchRequest::MAX_LIMIT,
        ..SearchRequest::new("")
    };
    let answer = search::search(&reader.snapshot(), &Vocabulary::builtin(), &request, NOW).unwrap();
    let hits = answer.hits.into_iter();
    hits.map(|hit| (hit.id.clone(), (hit.story.headline().to_owned(), hit.versions)))
        .collect()
}

fn index_command(index: &Path, archive: &Path) -> std::process::Command {
    let mut command = dateline();
    command.args([
        "index",
        "--threads",
        "1",
        "--memory",
        "40",
        "--commit-every",
        "25",
        "--index",
    ]);
    command.arg(index).arg(archive);
    command
}

#[track_caller]
fn assert_sound(index: &Path) -> ingest::CheckReport {
    let report = ingest::check(index).unwrap();
    assert_eq!(report.faults, [], "{report:?}");
    report
}

#[test]
fn two_hundred_deaths_lose_nothing_and_double_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (archive, whole, index) = (
        dir.path().join("in"),
        dir.path().join("whole"),
        dir.path().join("index"),
    );
    write_archive(&archive);
    let began = Instant::now();
    let (code, out, err) = run(&mut index_command(&whole, &archive));
    assert_eq!(code, 0, "{err}");
    let span = began.elapsed();
    assert!(out.contains("rejected 1"), "{out}");
    let mut dice = Dice(2026);
    let (mut died, mut ended) = (0, 0);
    for round in 0..KILLS {
        // Each round of 25 begins anew, so that deaths fall on every stage and not only on a second, idle run.
        if round % 25 == 0 {
            let _ = fs::remove_dir_all(&index);
        }
        let mut child = index_command(&index, &archive)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(span.mul_f64(dice.below(1000) as f64 / 1000.0));
        match child.try_wait().unwrap() {
            None => died += 1,
            Some(_) => ended += 1,
        }
        child.kill().unwrap();
        child.wait().unwrap();
        if round % 20 == 19 && index.join("meta.json").exists() {
            assert_sound(&index);
        }
    }
    assert!(died > KILLS / 4, "{died} died, {ended} had ended");
    let (code, out, err) = run(&mut index_command(&index, &archive));
    assert_eq!(code, 0, "{out}{err}");
    assert_same(&index, &whole);
}

/// Two indexes hold the same, and so do their ledgers.
#[track_caller]
fn assert_same(index: &Path, whole: &Path) {
    assert_eq!(shown(index), shown(whole));
    let (one, other) = (assert_sound(index), assert_sound(whole));
    assert_eq!(
        (
            one.stories,
            one.filings,
            one.tombstones,
            one.ledger_files,
            one.ledger_filings,
            one.of_no_file
        ),
        (
            other.stories,
            other.filings,
            other.tombstones,
            other.ledger_files,
            other.ledger_filings,
            0
        )
    );
    let versions = |index: &Path| {
        let snapshot = Reader::open(index).unwrap().snapshot();
        let of = |story: usize| snapshot.filings_of(key_of(&format!("kny:{story}"))).unwrap().len();
        (0..240).map(of).collect::<Vec<_>>()
    };
    assert_eq!(versions(index), versions(whole));
}

/// A small disk at that folder, if this process may mount one.
fn small_disk(at: &Path, size: &str) -> bool {
    fs::create_dir_all(at).unwrap();
    let option = format!("size={size}");
    let mut mount = std::process::Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", &option, "tmpfs"]).arg(at);
    mount
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Takes the disk away when the test ends, however it ends.
struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_told_and_what_was_in_stays_in() {
    let dir = tempfile::tempdir().unwrap();
    let (archive, disk, whole) = (dir.path().join("in"), dir.path().join("disk"), dir.path().join("whole"));
    write_archive(&archive);
    if !small_disk(&disk, "256k") {
        eprintln!("skipped: no disk can be mounted here (it takes root)");
        return;
    }
    let _mounted = Mounted(disk.clone());
    let index = disk.join("index");
    let (code, out, err) = run(&mut index_command(&index, &archive));
    assert_eq!(code, 2, "{out}{err}");
    assert!(err.contains("space"), "{err}");
    // What the ledger says is in is in, full as the disk is.
    if index.join("meta.json").exists() {
        assert_sound(&index);
    }
    let grown = std::process::Command::new("mount")
        .args(["-o", "remount,size=64m"])
        .arg(&disk)
        .status()
        .unwrap();
    assert!(grown.success());
    let (code, out, err) = run(&mut index_command(&index, &archive));
    assert_eq!(code, 0, "{out}{err}");
    assert_sound(&index);
    let (code, _, err) = run(&mut index_command(&whole, &archive));
    assert_eq!(code, 0, "{err}");
    assert_eq!(shown(&index), shown(&whole));
}

#[test]
fn a_copy_taken_while_the_index_is_written_opens_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let (archive, index) = (dir.path().join("in"), dir.path().join("index"));
    write_archive(&archive);
    let mut child = index_command(&index, &archive)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut copies = Vec::new();
    while child.try_wait().unwrap().is_none() {
        let to = dir.path().join(format!("copy-{}", copies.len()));
        if ingest::snapshot(&index, &to).is_ok() {
            copies.push(to);
        } else {
            let _ = fs::remove_dir_all(&to);
        }
        std::thread::sleep(Duration::from_millis(30));
    }
    let last = dir.path().join("last");
    let (code, out, err) = run(dateline().args(["snapshot", "--index"]).arg(&index).arg(&last));
    assert_eq!(code, 0, "{out}{err}");
    for copy in copies.iter().chain([&last]) {
        assert_sound(copy);
    }
    assert_eq!(shown(&last), shown(&index));
    let (code, _, err) = run(dateline().args(["snapshot", "--index"]).arg(&index).arg(&last));
    assert!(code == 2 && err.contains("not empty"), "{err}");
    // Where the copy is, a run goes on from where the original was.
    let (code, out, _) = run(&mut index_command(&last, &archive));
    assert!(code == 0 && out.contains("added 0 + updated 0"), "{out}");
}

#[test]
fn a_check_finds_what_is_missing_and_a_repair_has_it_read_again() {
    let dir = tempfile::tempdir().unwrap();
    let (archive, index) = (dir.path().join("in"), dir.path().join("index"));
    write_archive(&archive);
    assert_eq!(run(&mut index_command(&index, &archive)).0, 0);
    let before = shown(&index);
    let check = |more: &[&str]| run(dateline().args(["check", "--index"]).arg(&index).args(more));
    assert_eq!(check(&[]).0, 0);
    let store = fs::read_dir(&index)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "store"))
        .unwrap();
    let mut bytes = fs::read(&store).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&store, bytes).unwrap();
    let ledger = index.join("ledger.jsonl");
    let text = fs::read_to_string(&ledger).unwrap().replacen("wire-03", "wire-93", 1);
    fs::write(&ledger, text).unwrap();
    let (code, _, err) = check(&[]);
    assert_eq!(code, 1, "{err}");
    assert!(err.contains(".store") && err.contains("ledger.jsonl, line"), "{err}");
    let (code, out, err) = check(&["--repair"]);
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(run(&mut index_command(&index, &archive)).0, 0);
    assert_eq!(shown(&index), before);
    assert_eq!(check(&[]).0, 0);
}
