//! Archives that are made to do harm: each bound is told with its figure and its flag, and memory stays small.

use super::*;

/// Bounds that a test reaches quickly.
fn small() -> Bounds {
    Bounds {
        expansion: 50,
        expansion_floor: 1 << 20,
        members: 100,
        buffer: 1 << 20,
        ..Bounds::default()
    }
}

#[test]
fn zeros_in_a_zip_in_a_zip_are_a_bomb() {
    let zeros = vec![0; 10 << 20];
    let inner = zip_of(&[("zeros.txt", &zeros), ("b.txt", b"Dua.")]);
    let (seen, ended) = filed(&zip_of(&[("inner.zip", &inner)]), &small());
    seen.rejects("@!/inner.zip!/zeros.txt", &["more than 50", "--max-expansion"]);
    assert_eq!(ended.unwrap(), Ended::Whole);
    // With the bounds as they are, ten megabytes are below the floor.
    assert_eq!(filed(&inner, &Bounds::default()).0.taken.len(), 2);
}

#[test]
fn members_that_each_stay_under_the_ratio_are_held_together() {
    // Each expands to half of what is allowed in all.
    let page = zip_of(&[("page.txt", &vec![b' '; 512 << 10])]);
    let pages: Vec<(String, &[u8])> = (0..40).map(|at| (format!("{at}.zip"), page.as_slice())).collect();
    let members: Vec<(&str, &[u8])> = pages.iter().map(|(name, page)| (name.as_str(), *page)).collect();
    let (seen, ended) = filed(&zip_of(&members), &small());
    assert!(!seen.taken.is_empty() && seen.taken.len() < 30, "{}", seen.taken.len());
    let [only] = seen.refused.as_slice() else {
        panic!("told once: {:?}", seen.refused);
    };
    assert!(only.reason.contains("--max-expansion"), "{only}");
    assert_eq!(ended.unwrap(), Ended::Whole);
}

#[test]
fn a_zip_of_zips_of_zips_is_followed_so_deep_and_no_deeper() {
    let mut bomb = zip_of(&[("zeros.txt", &[0; 1000])]);
    for layer in 0..5 {
        let names: Vec<String> = (0..3).map(|at| format!("{layer}-{at}.zip")).collect();
        let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), bomb.as_slice())).collect();
        bomb = zip_of(&members);
    }
    let (seen, ended) = filed(&bomb, &Bounds::default());
    assert!(seen.taken.is_empty());
    assert_eq!(seen.refused.len(), 81, "each at the fourth layer");
    assert!(
        seen.refused
            .iter()
            .all(|one| one.reason.contains("more than 4 layers") && one.reason.contains("--max-nesting"))
    );
    assert_eq!(ended.unwrap(), Ended::Whole);
    // The bound of members ends it sooner, and is told once.
    let (seen, _) = filed(&bomb, &small());
    let over = seen.refused.iter().filter(|one| one.reason.contains("--max-members"));
    assert_eq!(over.count(), 1, "{:?}", seen.refused);
    assert!(seen.refused.len() < 81);
}

#[test]
fn two_million_members_are_followed_up_to_the_bound() {
    /// A tar that is never held as a whole.
    struct Tiny {
        left: u32,
        block: Cursor<Vec<u8>>,
    }
    impl Read for Tiny {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.block.position() == 1024 && self.left > 0 {
                self.left -= 1;
                self.block.set_position(0);
            }
            self.block.read(buffer)
        }
    }
    let mut block = tar_head(b"a.txt", 1, tar::EntryType::Regular).as_bytes().to_vec();
    block.resize(1024, b'x');
    let tiny = Tiny {
        left: 2_000_000,
        block: Cursor::new(block),
    };
    let mut seen = Seen::default();
    let bounds = Bounds {
        members: 10_000,
        ..Bounds::default()
    };
    let ended = super::super::stream("-", Box::new(io::BufReader::new(tiny)), &bounds, &mut seen);
    assert_eq!(seen.taken.len(), 10_000);
    let error = ended.unwrap_err();
    assert_eq!(Ended::with(&error), Ended::Whole, "reading again would end in the same");
    let error = error.to_string();
    assert!(
        error.contains("10000 members") && error.contains("--max-members"),
        "{error}"
    );
}

#[test]
fn a_zip_that_has_to_be_held_in_memory_is_held_to_a_bound() {
    let zip = zip_of(&[("noise.txt", &noise(2 << 20))]);
    assert_eq!(filed(&zip, &small()).0.taken.len(), 1, "a file is sought in");
    let (_, ended) = streamed(zip.clone(), &small());
    let error = ended.unwrap_err().to_string();
    assert!(error.contains("1 MiB") && error.contains("--max-buffer"), "{error}");
    let (seen, _) = streamed(tar_of(&[("wire.zip", &zip), ("b.txt", b"Dua.")]), &small());
    seen.rejects("-!/wire.zip", &["1 MiB", "--max-buffer"]);
    assert_eq!(seen.names(), ["-!/b.txt"]);
    // What was held is given back: one after the other there is room.
    let zip = zip_of(&[("noise.txt", &noise(600 << 10))]);
    let (seen, _) = streamed(tar_of(&[("a.zip", &zip), ("b.zip", &zip), ("c.zip", &zip)]), &small());
    assert_eq!(seen.taken.len(), 3);
    // Inside one another there is not.
    let (seen, _) = streamed(zip_of(&[("a.zip", &zip)]), &small());
    seen.rejects("-!/a.zip", &["--max-buffer"]);
}

#[test]
fn a_file_over_its_size_is_read_up_to_it() {
    let bounds = Bounds {
        file: 1000,
        ..Bounds::default()
    };
    let exact = vec![b'x'; 1000];
    let more = vec![b'x'; 1001];
    assert!(streamed(exact.clone(), &bounds).1.is_ok());
    for packed in [more.clone(), gzip(&more)] {
        let error = streamed(packed, &bounds).1.unwrap_err();
        assert_eq!(Ended::with(&error), Ended::Whole);
        let error = error.to_string();
        assert!(error.contains("1000 bytes") && error.contains("--max-file"), "{error}");
    }
    let (seen, _) = streamed(zip_of(&[("a.txt", &more), ("b.txt", &exact)]), &bounds);
    seen.rejects("-!/a.txt", &["--max-file"]);
    assert_eq!(seen.names(), ["-!/b.txt"]);
}

#[test]
fn a_name_without_end_does_not_fill_memory() {
    let mut tar = tar::Builder::new(Vec::new());
    let name = vec![b'n'; 8 << 20];
    let long = tar_head(b"././@LongLink", name.len() as u64, tar::EntryType::GNULongName);
    let mut long = long.clone();
    long.as_mut_bytes()[257..265].copy_from_slice(b"ustar  \0");
    long.set_cksum();
    tar.append(&long, name.as_slice()).unwrap();
    tar.append(&tar_head(b"a.txt", 1, tar::EntryType::Regular), b"x".as_slice())
        .unwrap();
    let (seen, ended) = streamed(tar.into_inner().unwrap(), &Bounds::default());
    assert!(seen.taken.is_empty());
    let error = ended.unwrap_err().to_string();
    assert!(error.contains("name") && error.contains("1 MiB"), "{error}");
}

#[test]
fn a_sparse_member_that_is_endless_out_of_the_archive_is_a_bomb() {
    let mut head = tar::Header::new_gnu();
    head.set_path("endless.txt").unwrap();
    head.set_size(512);
    head.set_mode(0o644);
    head.set_entry_type(tar::EntryType::GNUSparse);
    let gnu = head.as_gnu_mut().unwrap();
    let octal = |field: &mut [u8; 12], number: u64| field.copy_from_slice(format!("{number:011o}\0").as_bytes());
    octal(&mut gnu.sparse[0].offset, 0);
    octal(&mut gnu.sparse[0].numbytes, 512);
    octal(&mut gnu.sparse[1].offset, 4 << 30);
    octal(&mut gnu.sparse[1].numbytes, 0);
    octal(&mut gnu.realsize, 4 << 30);
    head.set_cksum();
    let mut tar = tar::Builder::new(Vec::new());
    tar.append(&head, [b'x'; 512].as_slice()).unwrap();
    let (seen, _) = streamed(tar.into_inner().unwrap(), &small());
    seen.rejects("-!/endless.txt", &["--max-expansion"]);
}
