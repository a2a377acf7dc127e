use super::*;
use crate::formats::Options;

fn one(text: &str) -> Filing {
    super::super::parse(text.as_bytes(), &Options::default())
        .remove(0)
        .unwrap()
}

#[test]
fn signs_open_fields() {
    let read = one(
        "ZCZC AAP\r\n%A\r\n#Harbour_BC1\r\n$Port of Lunde reopens\r\n:(LUNDE)\r\n&DESK\\moea\r\n*07000000\r\n@NW\r\nThe port of Lunde has reopened.\r\n\r\n   Ships left.\r\n\r\nAAP RTV\r\nNNNN\r\n",
    );
    assert_eq!(read.ninjs.headline(), "Port of Lunde reopens");
    assert_eq!(read.ninjs.body(), "The port of Lunde has reopened.\nShips left.");
    assert_eq!(
        (read.ninjs.slugline.as_deref(), read.ninjs.located.as_deref()),
        (Some("Harbour_BC1"), Some("LUNDE"))
    );
    assert_eq!(read.credit_line.as_deref(), Some("AAP RTV"));
    assert_eq!(read.ninjs.subjects[0].literal.as_deref(), Some("07000000"));
}

#[test]
fn lone_returns_part_fields_too() {
    let read = one(
        "   ZCZC AAP\r$T\r:Sailing\r=Round 2\rSAILING: Lunde regatta results\r*X\r&T\r+15039001\rLUNDE, Dec 7 AAP - Results of the regatta:\r\n\t1. Ann Moe\r\n   AAP",
    );
    assert_eq!(read.ninjs.headline(), "SAILING: Lunde regatta results");
    assert!(
        read.ninjs.body().starts_with("LUNDE, Dec 7 AAP - Results"),
        "{}",
        read.ninjs.body()
    );
    assert_eq!(read.credit_line.as_deref(), Some("AAP"));
}

#[test]
fn labels_open_fields() {
    let read = one(
        "zczc\r\nAN#171\r\nKN#Kyst Bites\r\nPD#06 June 2016 14:00:00\r\nKY#Harbour\r\nTI#Port reopens\r\nTX#\r\nThe port reopened.\r\nShips left.\r\n",
    );
    assert_eq!(
        (read.ninjs.headline(), read.ninjs.body()),
        ("Port reopens", "The port reopened.\nShips left.")
    );
    assert_eq!(read.ninjs.version_created.as_deref(), Some("2016-06-06T14:00:00Z"));
}

#[test]
fn several_transmissions_are_several_filings() {
    let all = super::super::parse(
        "ZCZC AAP\n$First port story\nText one.\nNNNN\nZCZC AAP\n$Second port story\nText two.\nNNNN\n".as_bytes(),
        &Options::default(),
    );
    let offsets: Vec<u64> = all.iter().map(|one| one.as_ref().unwrap().origin.offset).collect();
    assert_eq!(offsets, [0, 42]);
}

#[test]
fn racing_copy_loses_its_codes() {
    let read = one(
        "\u{1}RACE: LUNDE\u{1F}6\u{1F}N\u{1F}N\u{1F}NW\u{1F}Monday\r\n\r\n#me15:#fu65?.#qc#bb1 _ PORT CUP#nf 55 (A Moe)\r\n AAP RESULTS\r\n",
    );
    assert_eq!(read.ninjs.headline(), "RACE: LUNDE 6 NW Monday");
    assert_eq!(read.ninjs.body(), "1 _ PORT CUP 55 (A Moe)");
}
