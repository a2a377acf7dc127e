use super::*;
use crate::story::TakeKind;

const KILLED: &str = "\u{1}kny0157 4 i 41  kyst 0161\r\n\r\nLunde-harbour/Strike/\r\n\u{2}1ST LEAD\r\nPort of Lunde reopens after storm\r\nBy Ann Moe, kyst =\r\n\r\n   Lunde (kyst) - The port of Lunde re\u{AD}opened on Monday after a long\r\nstorm had kept ships out for a week.\r\n\r\n# Notebook\r\n\r\n## Note to editors\r\n- adds mayor in grafs 3-4\r\n\r\n* * * *\r\nThe following information is not intended for publication\r\n\r\n## Editorial contacts\r\n- Ann Moe, +47 555 0100\r\n\r\nkyst amo xx\r\n\u{3}131137 GMT Nov 13 \r\n\u{7f}\u{4}";

fn all(bytes: &[u8]) -> Vec<Parsed> {
    Format::Iptc7901.parse(bytes, &Options::default())
}

fn one(text: &str) -> Filing {
    all(text.as_bytes()).remove(0).unwrap()
}

#[test]
fn a_transmission_is_read() {
    let read = one(KILLED);
    assert_eq!(read.ninjs.headline(), "Port of Lunde reopens after storm");
    assert_eq!(
        read.ninjs.body(),
        "Lunde (kyst) - The port of Lunde reopened on Monday after a long storm had kept ships out for a week."
    );
    assert_eq!(read.ninjs.by.as_deref(), Some("By Ann Moe, kyst"));
    assert_eq!(read.ninjs.ed_note.as_deref(), Some("adds mayor in grafs 3-4"));
    assert_eq!(
        (read.credit_line.as_deref(), read.ninjs.located.as_deref()),
        (Some("kyst"), Some("Lunde"))
    );
    assert_eq!(read.ninjs.version_created.as_deref(), Some("2013-11-13T11:37:00Z"));
    assert_eq!(
        (read.ninjs.urgency, read.ninjs.subjects[0].name.as_str()),
        (Some(4), "international")
    );
    assert_eq!(
        read.wire_number
            .as_ref()
            .map(|wire| (wire.service.as_str(), wire.number.as_str())),
        Some(("kny", "157"))
    );
    assert_eq!(read.ninjs.alt_ids[0].value, "kyst:161:2013-11-13");
    assert_eq!(read.keyword.as_deref(), Some("Lunde-harbour/Strike"));
    let take = read.take.unwrap();
    assert_eq!(
        (take.kind, take.number, take.label.as_str()),
        (TakeKind::Lead, Some(1), "1ST LEAD")
    );
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}

#[test]
fn several_are_several_filings_each_with_its_offset() {
    let second = "\u{1}kny0158 2 s 9\r\nLunde-harbour/Strike/\r\n\u{2}KILL\r\nKill item 157.\r\n\u{3}131200 GMT Nov 13";
    let both = [KILLED, "\r\n", second].concat();
    let read: Vec<Filing> = all(both.as_bytes()).into_iter().map(Result::unwrap).collect();
    assert_eq!(read.len(), 2);
    assert_eq!(read[1].origin.offset, (KILLED.len() + 2) as u64);
    assert_eq!(read[1].kind(), TakeKind::Kill);
    assert_eq!(read[1].targets, [crate::story::Target::Number("157".into())]);
}

#[test]
fn german_copy_without_a_zone_is_berlins() {
    let read = one(
        "\u{1}bdt0012 3 vm 83  dpa 0000\n\nHafen/Lunde/\n\u{2}(Berichtigung: Name im 2. Absatz korrigiert.)\n(KORR-Bericht)\nHafen öffnet\nVon Ann Moe, dpa\n(Foto Archiv) =\n\nLunde (dpa) - Der Hafen ist nach dem Sturm wieder offen und die\nSchiffe fahren.\n\u{3}251037 Sep 24\n",
    );
    assert_eq!(read.ninjs.version_created.as_deref(), Some("2024-09-25T08:37:00Z"));
    assert_eq!(
        (read.kind(), read.ninjs.headline()),
        (TakeKind::Correction, "Hafen öffnet")
    );
    assert_eq!(read.ninjs.info_sources[0].name, "dpa");
    assert!(read.ninjs.alt_ids.is_empty());
}

#[test]
fn what_is_cut_off_is_told() {
    let read = one("\u{1}kny157 4 i 4\r\nharbour\r\n\u{2}Port reopens =\r\n\r\nThe port");
    assert_eq!(read.warnings.len(), 1, "{:?}", read.warnings);
    let refused = all(b"\x01kny157 4 i 4\r\nharbour\r\n\x02 \x03131137 GMT Nov 13")
        .remove(0)
        .unwrap_err();
    assert!(refused.reason.contains("without words"));
    assert!(all(b" \r\n").is_empty());
    assert_eq!(all(b"nothing of the kind").remove(0).unwrap_err().offset, 0);
}

#[test]
fn letters_of_dos_are_read() {
    let read =
        all(b"\x01kny157 4 i 4\r\nharbour\r\n\x02L\x94hne und M\x81ller =\r\n\r\nDer Hafen.\x03131137 GMT Nov 13")
            .remove(0)
            .unwrap();
    assert_eq!(read.ninjs.headline(), "Löhne und Müller");
}
