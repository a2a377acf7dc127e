//! Which members come, and under which names.

use super::*;

#[test]
fn members_are_files_of_their_own_named_after_their_archive() {
    let members: [(&str, &[u8]); 3] = [("a.txt", b"Satu."), ("monday/b.xml", b"<b/>"), ("./c.txt", b"Tiga.")];
    for archive in [
        zip_of(&members),
        tar_of(&members),
        gzip(&tar_of(&members)),
        zstd(&zip_of(&members)),
    ] {
        for (seen, ended) in [
            streamed(archive.clone(), &Bounds::default()),
            filed(&archive, &Bounds::default()),
        ] {
            assert_eq!(ended.unwrap(), Ended::Whole);
            let names: Vec<_> = seen
                .names()
                .iter()
                .map(|name| name.trim_start_matches(['-', '@']).to_owned())
                .collect();
            assert_eq!(names, ["!/a.txt", "!/monday/b.xml", "!/c.txt"]);
            assert_eq!(seen.taken[1].1, b"<b/>");
            assert!(seen.refused.is_empty());
        }
    }
}

#[test]
fn archives_and_compression_may_lie_in_one_another() {
    let inner = zip_of(&[("kapal.txt", b"Kapal tiba."), ("feri.txt.gz", &gzip(b"Feri tiba."))]);
    let tar = tar_of(&[("first.txt", b"Satu."), ("wire.zip", &inner), ("last.txt", b"Dua.")]);
    let outer = zip_of(&[("week.tar", &tar)]);
    let (seen, _) = streamed(zstd(&tar), &Bounds::default());
    let expected = [
        "-!/first.txt",
        "-!/wire.zip!/kapal.txt",
        "-!/wire.zip!/feri.txt.gz",
        "-!/last.txt",
    ];
    assert_eq!(seen.names(), expected);
    assert_eq!(seen.taken[2].1, b"Feri tiba.");
    let (seen, _) = filed(&outer, &Bounds::default());
    assert_eq!(seen.names()[1], "@!/week.tar!/wire.zip!/kapal.txt");
    assert_eq!(seen.taken.len(), 4);
}

#[test]
fn hidden_members_folders_links_and_devices_are_left_out() {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, kind) in [
        ("folder/", tar::EntryType::Directory),
        ("old-folder/", tar::EntryType::Regular),
        ("link", tar::EntryType::Symlink),
        ("hard-link", tar::EntryType::Link),
        ("tty", tar::EntryType::Char),
        ("pipe", tar::EntryType::Fifo),
    ] {
        tar.append(&tar_head(name.as_bytes(), 0, kind), io::empty()).unwrap();
    }
    for name in ["__MACOSX/._a.xml", ".git/config", "a.xml.part", "a.xml"] {
        tar.append(&tar_head(name.as_bytes(), 1, tar::EntryType::Regular), b"x".as_slice())
            .unwrap();
    }
    let (seen, ended) = streamed(tar.into_inner().unwrap(), &Bounds::default());
    assert_eq!(ended.unwrap(), Ended::Whole);
    assert_eq!((seen.names(), seen.refused.len()), (vec!["-!/a.xml"], 0));

    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_directory("folder", SimpleFileOptions::default()).unwrap();
    zip.add_symlink("link.txt", "a.xml", SimpleFileOptions::default())
        .unwrap();
    for name in ["__MACOSX/._a.xml", ".git/config", "a.xml.part", "a.xml"] {
        zip.start_file(name, SimpleFileOptions::default().unix_permissions(0o644))
            .unwrap();
        zip.write_all(b"x").unwrap();
    }
    let (seen, _) = filed(&zip.finish().unwrap().into_inner(), &Bounds::default());
    assert_eq!((seen.names(), seen.refused.len()), (vec!["@!/a.xml"], 0));
}

#[test]
fn names_are_names_whatever_they_say() {
    let (seen, _) = streamed(
        tar_of(&[
            ("../../up.txt", b"a"),
            ("/etc/passwd", b"b"),
            ("red\u{1b}[31m.txt", b"c"),
            ("a:b?.txt", b"d"),
        ]),
        &Bounds::default(),
    );
    assert_eq!(
        seen.names(),
        [
            "-!/../../up.txt",
            "-!//etc/passwd",
            "-!/red\u{fffd}[31m.txt",
            "-!/a:b?.txt"
        ]
    );
}

#[test]
fn long_names_of_gnu_and_pax_are_read() {
    let name = format!("{}/kapal.txt", "folder".repeat(30));
    let mut tar = tar::Builder::new(Vec::new());
    let mut head = tar::Header::new_gnu();
    head.set_size(1);
    head.set_mode(0o644);
    head.set_cksum();
    tar.append_data(&mut head, &name, b"x".as_slice()).unwrap();
    let pax = format!("{} path={name}\n", name.len() + 10);
    tar.append(
        &tar_head(b"pax", pax.len() as u64, tar::EntryType::XHeader),
        pax.as_bytes(),
    )
    .unwrap();
    tar.append(&tar_head(b"short", 1, tar::EntryType::Regular), b"y".as_slice())
        .unwrap();
    let (seen, _) = streamed(tar.into_inner().unwrap(), &Bounds::default());
    assert_eq!(seen.names(), [format!("-!/{name}"), format!("-!/{name}")]);
}

#[test]
fn two_members_of_one_name_both_come() {
    let twice: [(&str, &[u8]); 2] = [("a.txt", b"Satu."), ("b.txt", b"Dua.")];
    let mut zip = zip_of(&twice);
    for at in 0..zip.len() - 5 {
        if zip[at..].starts_with(b"b.txt") {
            zip[at] = b'a';
        }
    }
    for archive in [tar_of(&[("a.txt", b"Satu."), ("a.txt", b"Dua.")]), zip] {
        let (seen, _) = streamed(archive, &Bounds::default());
        assert_eq!(seen.names(), ["-!/a.txt", "-!/a.txt"]);
        assert_eq!(seen.taken[1].1, b"Dua.");
    }
}

#[test]
fn documents_that_are_zips_are_no_archives() {
    for member in ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"] {
        let (seen, ended) = filed(
            &zip_of(&[("_rels/x", b"x"), (member, b"x"), ("text.xml", b"<a/>")]),
            &Bounds::default(),
        );
        assert_eq!(ended.unwrap(), Ended::Whole);
        assert!(seen.taken.is_empty());
        assert_eq!(seen.refused[0].verdict, Verdict::Skipped, "{}", seen.refused[0]);
    }
}

#[test]
fn an_empty_archive_has_no_members() {
    for archive in [zip_of(&[]), tar_of(&[("folder/", b"")])] {
        let (seen, ended) = streamed(archive, &Bounds::default());
        assert_eq!(ended.unwrap(), Ended::Whole);
        assert!(seen.taken.is_empty() && seen.refused.is_empty());
    }
}

#[test]
fn what_only_looks_like_an_archive_is_a_file() {
    for text in [
        "PK said on Monday that the ferry had come.",
        "BZh9 BOXING RESULTS",
        &" ".repeat(1024),
    ] {
        let (seen, _) = streamed(text, &Bounds::default());
        assert_eq!(seen.names(), ["-"]);
        assert_eq!(seen.taken[0].1, text.as_bytes());
    }
}
