use super::*;
use crate::story::{TakeKind, Target};

const STORY: &str = "\u{16}\u{16}\u{1}V0157\u{1F}asian\r\nr i\u{13}\u{11} BC-NO--LundeHarbour 1stLd-Writethru   11-13 0127\r\n\u{2}^BC-NO--Lunde Harbour, 1st Ld-Writethru,127<\r\n^Port reopens after storm<\r\n^Eds: Corrects name of mayor.<\r\n^By ANN MOE=\r\n^Kyst Press=\r\n\t   LUNDE, Norway (KN) _ The port reopened.\r\n \r\n\t   Ships left.\r\n\r\n\t   \u{3}KN-WF-11-13-13 1509GMT<\r\n\r\n\u{c}\r\n\u{4}\r\n";

fn all(text: &str) -> Vec<Filing> {
    Format::Anpa1312
        .parse(text.as_bytes(), &Options::default())
        .into_iter()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn a_transmission_is_read() {
    let read = all(STORY).remove(0);
    assert_eq!(read.ninjs.headline(), "Port reopens after storm");
    assert_eq!(
        read.ninjs.body(),
        "LUNDE, Norway (KN) — The port reopened.\nShips left."
    );
    assert_eq!(read.ninjs.version_created.as_deref(), Some("2013-11-13T15:09:00Z"));
    assert_eq!(read.keyword.as_deref(), Some("NO--Lunde Harbour"));
    assert_eq!(
        read.ninjs.slugline.as_deref(),
        Some("BC-NO--Lunde Harbour, 1st Ld-Writethru,127")
    );
    let take = read.take.unwrap();
    assert_eq!((take.kind, take.number), (TakeKind::Correction, Some(1)));
    assert_eq!(
        (read.credit_line.as_deref(), read.ninjs.located.as_deref()),
        (Some("KN"), Some("LUNDE, Norway"))
    );
    assert_eq!(
        read.wire_number.map(|wire| (wire.service, wire.number)),
        Some(("V".into(), "157".into()))
    );
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}

#[test]
fn a_kill_of_its_own_names_what_it_kills() {
    let kill = "\u{16}\u{16}\u{1}V0160\u{1F}\r\nb i\u{13}\u{11} BC-NO--LundeHarbour KILL   11-13 0020\r\n\u{2}^BC-NO--Lunde Harbour, BULLETIN KILL,20<\r\n^Eds: Kill item V0157, BC-NO--Lunde Harbour, moved 1430 GMT.<\r\n\t   The mayor did not resign.\r\n\u{3}KN-WF-11-13-13 1530GMT<\r\n";
    let both = all(&[STORY, kill].concat());
    assert_eq!(both.len(), 2);
    assert_eq!(both[1].origin.offset, (STORY.len() + 2) as u64);
    assert_eq!(both[1].kind(), TakeKind::Kill);
    assert_eq!(
        both[1].targets,
        [Target::Number("157".into()), Target::Slug("NO--Lunde Harbour".into())]
    );
    assert_eq!(
        (both[0].keyword == both[1].keyword, both[1].ninjs.urgency),
        (true, Some(2))
    );
}

#[test]
fn copy_without_the_layouts_marks_is_read() {
    let read = all(
        "\u{16}\u{16}\u{1}v0042\u{1F}\r\nr i bc-port\r\n\u{2}Port reopens\r\n   The port reopened on Monday.\r\n\u{3}",
    )
    .remove(0);
    assert_eq!(
        (read.ninjs.headline(), read.ninjs.body()),
        ("Port reopens", "The port reopened on Monday.")
    );
    assert_eq!((read.keyword.as_deref(), read.warnings.len()), (Some("port"), 1));
    let refused = Format::Anpa1312
        .parse(b"\x01v0042\x1f\r\nr i\r\n\x02\r\n\x03", &Options::default())
        .remove(0)
        .unwrap_err();
    assert!(refused.reason.contains("without words"));
}
