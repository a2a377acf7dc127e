//! Bad input on the command line: a message that names the place and the remedy, the right exit code, and nothing lost.

use std::fs;
use std::io::Write;

use crate::support::{archive, dateline, run};

/// Runs `dateline index` over one file of these bytes beside a good one, and gives code, output and errors.
fn index_bytes(name: &str, bytes: &[u8]) -> (i32, String, String) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(name), bytes).unwrap();
    let good = r#"{"id":"good","title":"Kapal tiba","body":"Kapal itu tiba di Kupang pada Senin."}"#;
    fs::write(dir.path().join("good.jsonl"), good).unwrap();
    run(dateline()
        .arg("--index")
        .arg(dir.path().join("index"))
        .arg("index")
        .arg(dir.path()))
}

#[track_caller]
fn rejects(name: &str, bytes: &[u8], reason: &[&str]) {
    let (code, out, err) = index_bytes(name, bytes);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("added 1") && out.contains("rejected 1"), "{out}\n{err}");
    assert!(err.contains(name), "the file is named: {err}");
    for part in reason {
        assert!(err.contains(part), "\"{part}\" is told: {err}");
    }
}

#[test]
fn an_empty_file() {
    rejects("a.txt", b"", &["empty"]);
}

#[test]
fn a_binary_file() {
    let (code, out, _) = index_bytes("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    assert!(
        code == 0 && out.contains("skipped 1 + rejected 0"),
        "a picture is no story, and no fault: {out}"
    );
    rejects("b.bin", b"\0\x01\x02\x03\x04\0\0\x05", &["binary data"]);
}

#[test]
fn truncated_json() {
    rejects(
        "a.json",
        br#"{"id":"x","title":"Half a story","body":"It ends in the mid"#,
        &["byte"],
    );
}

#[test]
fn one_bad_line_among_good_ones() {
    let lines = b"{\"id\":\"1\",\"body\":\"One.\"}\n{\"id\":\"2\",\"body\":\n{\"id\":\"3\",\"body\":\"Three.\"}\n";
    let (code, out, err) = index_bytes("a.jsonl", lines);
    assert_eq!(code, 0);
    assert!(out.contains("added 3") && out.contains("rejected 1"), "{out}");
    // The bad line starts at byte 24, and the complaint is about a byte in it.
    assert!(
        err.contains("a.jsonl, byte 4") || err.contains("a.jsonl, byte 3") || err.contains("a.jsonl, byte 2"),
        "{err}"
    );
}

#[test]
fn bytes_that_are_no_text() {
    let mut bytes = b"{\"id\":\"x\",\"body\":\"caf".to_vec();
    bytes.extend_from_slice(&[0x80, 0x81, 0xFE, 0xFF, 0xC3, 0x28]);
    bytes.extend_from_slice(b"\"}\n");
    let (code, out, err) = index_bytes("a.jsonl", &bytes);
    assert_eq!(code, 0, "{err}");
    // Either read with a warning kept on the filing, or rejected with its place: never lost.
    assert!(out.contains("read 2"), "{out}");
}

#[test]
fn a_line_of_two_hundred_megabytes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("long.jsonl");
    let mut file = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    file.write_all(b"{\"id\":\"1\",\"body\":\"One.\"}\n{\"id\":\"2\",\"body\":\"")
        .unwrap();
    let block = vec![b'x'; 1 << 20];
    for _ in 0..200 {
        file.write_all(&block).unwrap();
    }
    file.write_all(b"\"}\n{\"id\":\"3\",\"body\":\"Three.\"}\n").unwrap();
    file.flush().unwrap();
    let (code, out, err) = run(dateline()
        .arg("--index")
        .arg(dir.path().join("index"))
        .arg("index")
        .arg(&path));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("read 3 = added 2") && out.contains("rejected 1"), "{out}");
    assert!(err.contains("byte 25") && err.contains("32 MiB"), "{err}");
}

#[test]
fn a_missing_folder() {
    let dir = tempfile::tempdir().unwrap();
    let (code, _, err) = run(dateline()
        .arg("--index")
        .arg(dir.path().join("index"))
        .args(["index", "no/such/folder"]));
    assert_eq!(code, 2);
    assert!(err.contains("no/such/folder"), "{err}");
    assert!(!dir.path().join("index").exists(), "nothing is made for nothing");
}

#[test]
fn an_index_that_is_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let (code, _, err) = run(dateline()
        .arg("--index")
        .arg(dir.path().join("none"))
        .args(["search", "ikan"]));
    assert_eq!(code, 2);
    assert!(err.contains("there is no index at"), "{err}");
}

#[test]
fn a_folder_that_holds_something_else() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("thesis.doc"), "x").unwrap();
    let (code, _, err) = run(dateline().arg("--index").arg(dir.path()).arg("index").arg(archive()));
    assert_eq!(code, 2);
    assert!(err.contains("thesis.doc"), "{err}");
}

#[cfg(unix)]
#[test]
fn an_index_folder_that_cannot_be_written() {
    // Root writes anywhere by mode; a path below a file refuses everyone.
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("file"), "x").unwrap();
    let (code, _, err) = run(dateline()
        .arg("--index")
        .arg(dir.path().join("file/index"))
        .arg("index")
        .arg(archive()));
    assert_eq!(code, 2);
    assert!(err.contains("file"), "{err}");
}

#[test]
fn an_index_opened_twice_for_writing() {
    let dir = tempfile::tempdir().unwrap();
    let index = dir.path().join("index");
    let _held = crate::support::ingest_into(&index);
    let (code, _, err) = run(dateline().arg("--index").arg(&index).arg("index").arg(archive()));
    assert_eq!(code, 2);
    assert!(err.contains("another process is writing"), "{err}");
}

#[test]
fn a_query_that_is_malformed_is_answered_with_what_was_wrong() {
    let sample = crate::support::sample();
    let (code, _, err) = run(dateline()
        .arg("--index")
        .arg(sample.index())
        .args(["search", "(ikan OR", "negara:NO"]));
    assert!(code == 0 || code == 1, "{err}");
    assert!(err.contains("warning:") && err.contains("negara"), "{err}");
}

#[test]
fn an_unknown_flag_or_value() {
    let sample = crate::support::sample();
    let with = |args: &[&str]| run(dateline().arg("--index").arg(sample.index()).args(args));
    let (code, _, err) = with(&["search", "--contry", "NO"]);
    assert_eq!(code, 2);
    assert!(err.contains("--country"), "{err}");
    let (code, _, err) = with(&["search", "--sort", "best"]);
    assert_eq!(code, 2);
    assert!(err.contains("--sort") && err.contains("newest"), "{err}");
    let (code, _, err) = with(&["facet", "colour"]);
    assert_eq!(code, 2);
    assert!(err.contains("speaker"), "{err}");
}

#[test]
fn nothing_found_is_told_by_the_exit_code() {
    let sample = crate::support::sample();
    let (code, out, _) = run(dateline()
        .arg("--index")
        .arg(sample.index())
        .args(["search", "zzzzqqqq"]));
    assert_eq!(code, 1);
    assert!(out.starts_with("0 stories"), "{out}");
}
