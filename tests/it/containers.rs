//! Archives through the whole pipeline: every member a file of its own, balances that add up, and second runs.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use dateline::formats::Options;
use dateline::ingest::{Balance, Bounds, Silent, files_under, read_file};
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;

use crate::support::{Sample, archive, dateline, ingest_into, run, sample};

/// The sample archive's files with their paths in it.
fn sample_files() -> Vec<(String, Vec<u8>)> {
    let files = files_under(&[archive()], Path::new("")).unwrap();
    let name = |file: &PathBuf| file.strip_prefix(archive()).unwrap().to_string_lossy().into_owned();
    files.iter().map(|file| (name(file), fs::read(file).unwrap())).collect()
}

fn zip_of(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn tar_of(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut head = tar::Header::new_gnu();
        head.set_size(bytes.len() as u64);
        head.set_mode(0o644);
        tar.append_data(&mut head, name, bytes.as_slice()).unwrap();
    }
    tar.into_inner().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bzip2.write_all(bytes).unwrap();
    bzip2.finish().unwrap()
}

fn member(name: &str, text: impl AsRef<[u8]>) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_ref().to_vec())
}

fn counts(balance: &Balance) -> [u64; 7] {
    let b = balance;
    assert!(b.adds_up(), "{b:?}");
    [
        b.counts.read,
        b.counts.added,
        b.counts.updated,
        b.counts.unchanged,
        b.counts.killed,
        b.counts.skipped,
        b.counts.rejected,
    ]
}

/// Indexes a file of these bytes.
fn indexed(name: &str, bytes: &[u8]) -> Sample {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(name);
    fs::write(&file, bytes).unwrap();
    Sample::of(&[file])
}

#[test]
fn the_sample_archive_comes_in_from_any_container_as_from_its_folder() {
    let files = sample_files();
    for (name, bytes) in [
        ("wire.zip", zip_of(&files)),
        ("wire.tar.zst", zstd::encode_all(tar_of(&files).as_slice(), 1).unwrap()),
        ("wire.tar.bz2", bzip2(&tar_of(&files))),
        ("week.zip", zip_of(&[("wire.tar".to_owned(), tar_of(&files))])),
    ] {
        let packed = indexed(name, &bytes);
        assert_eq!(packed.balance.files, 1);
        assert_eq!(counts(&packed.balance), counts(&sample().balance), "{name}");
        let within = |rejection: &dateline::ingest::Rejection, root: &str| {
            let file = rejection
                .file
                .split(root)
                .last()
                .unwrap()
                .trim_start_matches('/')
                .to_owned();
            (file, rejection.offset, rejection.reason.clone())
        };
        let of = |balance: &Balance, root: &str| -> Vec<_> {
            let all = balance.rejections.iter().chain(&balance.skips);
            all.map(|rejection| within(rejection, root)).collect()
        };
        assert_eq!(
            of(&packed.balance, "!/"),
            of(&sample().balance, "tests/archive/"),
            "{name}"
        );
    }
}

#[test]
fn a_zip_in_a_tar_is_read_member_by_member_and_what_is_wrong_is_told_by_member() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default();
    let locked = plain.with_deprecated_encryption(b"rahasia").unwrap();
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01";
    for (name, options, bytes) in [
        (
            "monday/feri.txt",
            plain,
            b"Feri tiba di Larantuka pada Senin pagi, kata Yosef Tanago.".as_slice(),
        ),
        ("monday/locked.txt", locked, b"Terkunci."),
        ("monday/picture.png", plain, picture),
        ("__MACOSX/._feri.txt", plain, b"\0\x05\x16\x07"),
        (
            "tuesday/kapal.jsonl",
            plain,
            b"{\"id\":\"k1\",\"title\":\"Kapal\",\"body\":\"Kapal tiba.\"}\n{\"id\":\n",
        ),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let tar = tar_of(&[
        member("wire.zip", &zip),
        member("cut.zip", &zip[..40]),
        member(
            "last.txt",
            "Pelabuhan Kupang dibuka lagi pada Selasa, kata Maria Sabat.",
        ),
    ]);
    let bytes = zstd::encode_all(tar.as_slice(), 1).unwrap();
    let packed = indexed("week.tar.zst", &bytes);
    let balance = &packed.balance;
    assert_eq!((balance.counts.added, balance.counts.skipped), (3, 1), "{balance:?}");
    assert!(balance.adds_up());
    assert!(
        balance.skips[0]
            .file
            .ends_with("week.tar.zst!/wire.zip!/monday/picture.png"),
        "{balance:?}"
    );
    let told: Vec<_> = balance
        .rejections
        .iter()
        .map(|one| one.file.split(".zst!/").nth(1).unwrap())
        .collect();
    assert_eq!(
        told[..2],
        ["wire.zip!/monday/locked.txt", "wire.zip!/tuesday/kapal.jsonl"]
    );
    assert!(
        told[2..].iter().all(|name| name.starts_with("cut.zip")) && told.len() > 2,
        "{told:?}"
    );
    assert_eq!(packed.found("Larantuka").len(), 1);
    assert_eq!(packed.found("pelabuhan").len(), 1);
}

#[test]
fn the_origin_of_a_filing_names_its_member() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("wire.tar");
    let zip = zip_of(&[member(
        "../senin/feri\u{7}.txt",
        "Feri tiba di Larantuka pada Senin pagi.",
    )]);
    fs::write(&file, tar_of(&[member("wire.zip", zip)])).unwrap();
    let mut origins = Vec::new();
    let each = &mut |result: Result<dateline::story::Filing, _>| {
        origins.push(result.unwrap().origin.file);
        true
    };
    read_file(&file, &Options::default(), &Bounds::default(), each).unwrap();
    assert_eq!(
        origins,
        [format!("{}!/wire.zip!/../senin/feri\u{fffd}.txt", file.display())]
    );
}

#[test]
fn members_without_a_uri_are_stories_of_their_own_and_edited_ones_update_theirs() {
    let dir = tempfile::tempdir().unwrap();
    let (file, index) = (dir.path().join("wire.zip"), dir.path().join("index"));
    let write = |second: &str| {
        let first = member("a.txt", "Feri itu tiba di Kupang pada Senin pagi dengan selamat.\n");
        fs::write(&file, zip_of(&[first, member("b.txt", second)])).unwrap();
    };
    let files = [file.clone()];
    let mut ingest = ingest_into(&index);
    write("Kapal itu tiba di Ende pada Selasa pagi tanpa muatan.\n");
    assert_eq!(counts(&ingest.files(&files, &mut Silent).unwrap())[..4], [2, 2, 0, 0]);
    assert_eq!(counts(&ingest.files(&files, &mut Silent).unwrap())[..4], [2, 0, 0, 2]);
    drop(ingest);
    write("Kapal itu tiba di Ende pada Rabu pagi setelah tertunda sehari.\n");
    let mut ingest = ingest_into(&index);
    assert_eq!(counts(&ingest.files(&files, &mut Silent).unwrap())[..4], [2, 0, 1, 1]);
}

#[test]
fn a_container_cut_short_is_read_again_and_one_over_a_bound_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let (file, index) = (dir.path().join("wire.tar"), dir.path().join("index"));
    let tar = tar_of(&[
        member("a.txt", "Feri itu tiba di Kupang pada Senin pagi dengan selamat.\n"),
        member("b.txt", "Kapal itu tiba di Ende pada Selasa pagi tanpa muatan.\n"),
    ]);
    fs::write(&file, &tar[..1540]).unwrap();
    let files = [file.clone()];
    let mut ingest = ingest_into(&index);
    let balance = ingest.files(&files, &mut Silent).unwrap();
    assert_eq!(
        (balance.counts.added, balance.counts.rejected, ingest.ledger().len()),
        (1, 1, 0),
        "{balance:?}"
    );
    // The rest of it arrives.
    fs::write(&file, &tar).unwrap();
    let balance = ingest.files(&files, &mut Silent).unwrap();
    assert_eq!(
        (balance.counts.added, balance.counts.unchanged, ingest.ledger().len()),
        (1, 1, 1),
        "{balance:?}"
    );
    ingest.reread = true;
    ingest.bounds.members = 1;
    let balance = ingest.files(&files, &mut Silent).unwrap();
    assert_eq!((balance.counts.unchanged, balance.counts.rejected), (1, 1));
    assert!(balance.rejections[0].reason.contains("--max-members"));
    ingest.reread = false;
    let again = ingest.files(&files, &mut Silent).unwrap();
    assert_eq!(
        again.rejections, balance.rejections,
        "it is told again without being read again"
    );
}

#[test]
fn a_gzip_that_breaks_off_gives_what_comes_before() {
    let dir = tempfile::tempdir().unwrap();
    let (file, index) = (dir.path().join("wire.jsonl.gz"), dir.path().join("index"));
    let line =
        |n: u32| format!("{{\"id\":\"g{n}\",\"title\":\"Feri {n}\",\"body\":\"Feri ke-{n} tiba di Kupang.\"}}\n");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all((0..2_000).map(line).collect::<String>().as_bytes())
        .unwrap();
    let bytes = gzip.finish().unwrap();
    fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let mut ingest = ingest_into(&index);
    let balance = ingest.files(&[file], &mut Silent).unwrap();
    assert!(
        balance.adds_up() && balance.counts.added > 500 && balance.counts.added < 1_500,
        "{balance:?}"
    );
    assert_eq!((balance.counts.rejected, ingest.ledger().len()), (1, 0));
    assert!(balance.rejections[0].reason.contains("byte"), "{balance:?}");
}

#[test]
fn a_zip_comes_by_a_pipe_and_flags_set_the_bounds() {
    let dir = tempfile::tempdir().unwrap();
    let zip = zip_of(&[
        member("senin/feri.txt", "Feri tiba di Larantuka pada Senin pagi."),
        member("senin/red\u{1b}[31m.txt", ""),
    ]);
    let piped = |flags: &[&str]| {
        let mut command = dateline();
        command
            .arg("--index")
            .arg(dir.path().join("index"))
            .args(["index", "-"])
            .args(flags);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A run that refuses early closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(&zip);
        let output = child.wait_with_output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr))
    };
    let (out, err) = piped(&[]);
    assert!(
        out.contains("read 2 = added 1") && out.contains("rejected 1"),
        "{out}\n{err}"
    );
    assert!(err.contains("-!/senin/red") && !err.contains('\u{1b}'), "{err:?}");
    for (flags, figure) in [
        (["--max-buffer", "100"], "100 bytes"),
        (["--max-members", "1"], "1 members"),
        (["--max-file", "10"], "10 bytes"),
        (["--max-nesting", "0"], "0 layers"),
        (["--max-item", "1"], "1 bytes"),
    ] {
        let (_, err) = piped(&flags);
        assert!(err.contains(figure) && err.contains(flags[0]), "{flags:?}: {err}");
    }
    let (code, _, err) = run(dateline().args(["index", "x", "--max-item", "much"]));
    assert!(code == 2 && err.contains("32M"), "{err}");
}
