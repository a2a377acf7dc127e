//! Archives that are damaged, cut or locked: what can be read comes in, and the rest is told member by member.

use zip::unstable::write::FileOptionsExt;

use super::*;

/// Three stored members, so that a test can damage one.
fn stored() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [
        ("a.txt", "Satu kapal."),
        ("b.txt", "Dua kapal."),
        ("c.txt", "Tiga kapal."),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn position(bytes: &[u8], of: &[u8]) -> usize {
    memchr::memmem::find(bytes, of).unwrap()
}

#[test]
fn an_encrypted_member_is_rejected_and_the_others_come() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("open.txt", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"Terbuka.").unwrap();
    let locked = SimpleFileOptions::default()
        .with_deprecated_encryption(b"rahasia")
        .unwrap();
    zip.start_file("locked.txt", locked).unwrap();
    zip.write_all(b"Tertutup.").unwrap();
    let (seen, ended) = filed(&zip.finish().unwrap().into_inner(), &Bounds::default());
    assert_eq!(seen.names(), ["@!/open.txt"]);
    seen.rejects("@!/locked.txt", &["encrypted", "decrypt"]);
    assert_eq!(ended.unwrap(), Ended::Whole);
}

#[test]
fn an_unknown_method_is_rejected_and_the_others_come() {
    let mut zip = stored();
    let local = position(&zip, b"b.txt") - 30;
    zip[local + 8] = 12;
    let central = memchr::memmem::rfind(&zip, b"b.txt").unwrap() - 46;
    zip[central + 10] = 12;
    let (seen, ended) = filed(&zip, &Bounds::default());
    assert_eq!(seen.names(), ["@!/a.txt", "@!/c.txt"]);
    seen.rejects("@!/b.txt", &["method", "12", "Deflate"]);
    assert_eq!(ended.unwrap(), Ended::Whole);
}

#[test]
fn a_broken_checksum_is_rejected_and_the_others_come() {
    let mut zip = stored();
    let at = position(&zip, b"Dua kapal");
    zip[at] = b'd';
    let (seen, ended) = filed(&zip, &Bounds::default());
    assert_eq!(seen.names(), ["@!/a.txt", "@!/c.txt"]);
    seen.rejects("@!/b.txt", &["checksum"]);
    assert_eq!(ended.unwrap(), Ended::Whole);
}

#[test]
fn a_zip_cut_short_gives_the_members_before_the_cut() {
    let zip = stored();
    let cut = &zip[..position(&zip, b"Tiga kapal")];
    for (seen, ended) in [filed(cut, &Bounds::default()), streamed(cut, &Bounds::default())] {
        assert_eq!(seen.taken.len(), 2, "{:?}", seen.refused);
        assert_eq!(ended.unwrap(), Ended::Cut);
        let last = seen.refused.last().unwrap();
        assert!(
            last.reason.contains("no directory") && last.reason.contains("still be being written"),
            "{last}"
        );
    }
}

#[test]
fn a_tar_cut_short_gives_the_members_before_the_cut_and_one_complaint() {
    let noise = noise(5_000);
    let tar = tar_of(&[("a.txt", b"Satu."), ("b.bin", &noise), ("c.txt", b"Tiga.")]);
    let (seen, ended) = filed(&tar[..3_000], &Bounds::default());
    assert_eq!(seen.names(), ["@!/a.txt"]);
    seen.rejects("@!/b.bin", &["ends inside it"]);
    assert_eq!(ended.unwrap(), Ended::Cut);
    // In the head of the third.
    let (seen, ended) = filed(&tar[..7_000], &Bounds::default());
    assert_eq!(seen.names(), ["@!/a.txt", "@!/b.bin"]);
    assert!(seen.refused.is_empty());
    assert!(ended.unwrap_err().to_string().contains("byte 7000"));
}

#[test]
fn a_tar_in_a_gzip_cut_short_gives_what_came_before_and_one_complaint() {
    let noise = noise(100_000);
    let whole = gzip(&tar_of(&[("a.txt", b"Satu."), ("b.bin", &noise), ("c.txt", b"Tiga.")]));
    let (seen, ended) = streamed(&whole[..whole.len() / 2], &Bounds::default());
    assert_eq!(seen.names(), ["-!/a.txt"]);
    seen.rejects("-!/b.bin", &["cannot be read to its end"]);
    assert_eq!(ended.unwrap(), Ended::Cut);
    // A checksum behind the end of the tar counts too.
    let mut damaged = whole;
    let end = damaged.len() - 6;
    damaged[end] ^= 0xFF;
    let (seen, ended) = streamed(damaged, &Bounds::default());
    assert_eq!(seen.taken.len(), 3);
    assert!(ended.is_err());
}

#[test]
fn a_broken_member_of_a_whole_archive_is_no_reason_to_read_it_again() {
    let half = gzip(&noise(10_000));
    let half = &half[..half.len() / 2];
    for archive in [
        tar_of(&[("a.gz", half), ("b.txt", b"Dua.")]),
        zip_of(&[("a.gz", half), ("b.txt", b"Dua.")]),
    ] {
        let (seen, ended) = streamed(archive, &Bounds::default());
        assert_eq!(seen.names(), ["-!/b.txt"]);
        seen.rejects("-!/a.gz", &["cannot be read to its end"]);
        assert_eq!(ended.unwrap(), Ended::Whole);
    }
}

#[test]
fn a_damaged_head_in_a_tar_names_the_byte() {
    let mut tar = tar_of(&[("a.txt", b"Satu."), ("b.txt", b"Dua.")]);
    tar[1024 + 3] ^= 0xFF;
    let (seen, ended) = streamed(tar, &Bounds::default());
    assert_eq!(seen.names(), ["-!/a.txt"]);
    let error = ended.unwrap_err().to_string();
    assert!(error.contains("byte 1536") && error.contains("checksum"), "{error}");
}

#[test]
fn joined_tars_are_told() {
    let both = [tar_of(&[("a.txt", b"Satu.")]), tar_of(&[("b.txt", b"Dua.")])].concat();
    let (seen, ended) = streamed(both, &Bounds::default());
    assert_eq!(seen.names(), ["-!/a.txt"]);
    seen.rejects("-", &["goes on after the mark of its end"]);
    assert_eq!(ended.unwrap(), Ended::Whole);
}

/// Gives so many bytes, then fails as a disk does.
struct FailsAfter(Cursor<Vec<u8>>);

impl Read for FailsAfter {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("the disk is gone")),
            bytes => Ok(bytes),
        }
    }
}

#[test]
fn a_reader_that_fails_leaves_the_file_unfinished() {
    let noise = noise(200_000);
    let tar = tar_of(&[("a.txt", b"Satu."), ("b.bin", &noise), ("c.txt", b"Tiga.")]);
    for bytes in [tar[..150_000].to_vec(), zstd(&tar)[..150_000].to_vec()] {
        let mut seen = Seen::default();
        let input = io::BufReader::new(FailsAfter(Cursor::new(bytes)));
        let ended = super::super::stream("-", Box::new(input), &Bounds::default(), &mut seen);
        assert_eq!(seen.names(), ["-!/a.txt"]);
        seen.rejects("-!/b.bin", &["the disk is gone"]);
        assert_eq!(ended.unwrap(), Ended::Cut);
    }
}

#[test]
fn damage_anywhere_is_told_or_harmless_and_never_breaks_off() {
    let inner = zip_of(&[("a.txt", &[b'a'; 300]), ("b.txt.gz", &gzip(b"Dua kapal."))]);
    let tar = tar_of(&[("c.txt", b"Tiga kapal."), ("wire.zip", &inner)]);
    let archives = [zip_of(&[("week.tar", &tar), ("d.txt", b"Empat.")]), tar, stored()];
    let bounds = Bounds {
        expansion_floor: 1 << 16,
        buffer: 1 << 20,
        members: 50,
        ..Bounds::default()
    };
    let random = noise(60_000);
    let mut told = 0;
    for (round, dice) in random.chunks_exact(12).enumerate() {
        let mut bytes = archives[round % archives.len()].clone();
        for hit in dice.chunks_exact(4) {
            let at = usize::from(u16::from_le_bytes([hit[0], hit[1]])) % bytes.len();
            match hit[2] % 4 {
                0 => bytes[at] = hit[3],
                1 => bytes[at] ^= 1 << (hit[3] % 8),
                2 => bytes.truncate(at.max(1)),
                _ => bytes[at] = 0xFF,
            }
        }
        let (seen, ended) = streamed(bytes, &bounds);
        told += usize::from(ended.is_err() || !seen.refused.is_empty());
    }
    assert!(told > 1_000, "{told}");
}
