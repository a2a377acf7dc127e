//! Tables as spreadsheets, databases and crawlers write them.

use crate::formats::{Detection, Format, Options, Parsed, Verdict, detect};
use crate::story::Filing;

fn parse(text: &str) -> Vec<Parsed> {
    Format::Table.parse(text.as_bytes(), &Options::default())
}

fn read(text: &str) -> Vec<Filing> {
    parse(text).into_iter().map(|parsed| parsed.unwrap()).collect()
}

fn is_table(text: &str) -> bool {
    detect(text.as_bytes()) == Detection::Format(Format::Table)
}

#[test]
fn a_row_is_a_filing_whatever_parts_its_cells() {
    for mark in ["\t", ",", ";", "|"] {
        let text = "id,Judul,isi_berita,tanggal\nx1,Pelabuhan Dibuka,Kapal berlayar.,2024-03-05\nx2,Dermaga,Tutup.,2024-03-06\n";
        let text = text.replace(',', mark);
        assert!(is_table(&text), "{mark:?}");
        let rows = read(&text);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].ninjs.headline(), "Pelabuhan Dibuka");
        assert_eq!(rows[1].ninjs.body(), "Tutup.");
        assert_eq!(rows[1].ninjs.uri, "x2");
        assert_eq!(rows[0].published, Some(1_709_596_800));
        assert_eq!(rows[0].origin.format, "table");
        assert_eq!(rows[1].origin.offset as usize, text.find("x2").unwrap());
    }
}

#[test]
fn quoted_cells_hold_lines_quotes_and_marks() {
    let text = "\u{FEFF}title,text,url\r\n\"Port, reopens\",\"Ships left.\r\n\r\n\"\"Good,\"\" she said.\",https://k.example/a\r\n\r\nQuay,Shut.,https://k.example/b\r\n";
    assert!(is_table(text));
    let rows = read(text);
    assert_eq!(rows[0].ninjs.headline(), "Port, reopens");
    assert_eq!(rows[0].ninjs.body(), "Ships left.\n\"Good,\" she said.");
    assert_eq!(rows[1].origin.offset as usize, text.find("Quay").unwrap());
}

#[test]
fn a_ragged_row_is_rejected_alone_with_its_byte() {
    let text = "title,body,url\nPort,Open.,u1\nBroken, row, with, commas\nShort,row\nQuay,Shut.,u2,,\n";
    let rows = parse(text);
    let refused: Vec<_> = rows.iter().filter_map(|row| row.as_ref().err()).collect();
    assert_eq!((rows.len(), refused.len()), (4, 2));
    assert_eq!(refused[0].offset, text.find("Broken").unwrap());
    assert!(
        refused[0].reason.contains("`Broken`") && refused[0].reason.contains("4 cells"),
        "{}",
        refused[0]
    );
    assert_eq!(refused[1].offset, text.find("Short").unwrap());
}

#[test]
fn empty_rows_are_none_and_a_row_without_text_says_so() {
    let rows = parse("title,body,url\n,,\n\n , ,u3\nPort,Open.,u1\n");
    assert_eq!(rows.len(), 2);
    assert!(
        rows[0].as_ref().unwrap_err().reason.contains("neither"),
        "{:?}",
        rows[0]
    );
}

#[test]
fn columns_of_one_name_are_told_where_they_differ() {
    let rows = read("title,body,body\nPort,Open.,Open.\nQuay,Shut.,Closed.\n");
    assert!(rows[0].warnings.is_empty());
    assert_eq!(rows[1].ninjs.body(), "Shut.");
    assert!(rows[1].warnings[0].contains("`body`"), "{:?}", rows[1].warnings);
}

#[test]
fn other_encodings_are_read() {
    let text = "title;body\nDéjà; Le port a rouvert à l’été\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(detect(&wide), Detection::Format(Format::Table));
    let rows = Format::Table.parse(&wide, &Options::default());
    assert_eq!(rows[0].as_ref().unwrap().ninjs.headline(), "Déjà");
    let (western, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let rows = Format::Table.parse(&western, &Options::default());
    let row = rows[0].as_ref().unwrap();
    assert_eq!(row.ninjs.body(), "Le port a rouvert à l’été");
    assert!(row.warnings[0].contains("1252"));
}

#[test]
fn the_users_map_names_columns() {
    let mut options = Options::default();
    options.map.add("headline=kop").unwrap();
    options.map.add("body=Teks Penuh").unwrap();
    let text = "nr,kop,Teks Penuh\n1,Port,Open.\n2,Quay,Shut.\n3,Pier,Built.\n";
    assert!(is_table(text));
    let rows = Format::Table.parse(text.as_bytes(), &options);
    assert_eq!(rows[1].as_ref().unwrap().ninjs.body(), "Shut.");
}

#[test]
fn a_table_of_other_things_is_refused_once_with_its_columns() {
    let text = "name,phone,desk\nAnn,1,a\nBo,2,b\nCy,3,c\n";
    assert!(is_table(text));
    let refused = parse(text);
    assert_eq!(refused.len(), 1);
    let reason = &refused[0].as_ref().unwrap_err().reason;
    assert!(
        reason.contains("`name`, `phone`, `desk`") && reason.contains("--map"),
        "{reason}"
    );
}

#[test]
fn a_calendar_is_skipped_as_one() {
    let text = "\"Subject\",\"Start Date\",\"Start Time\",\"Description\",\"Location\"\n\"Catch, March\",\"3/9/2018\",,,\"Lunde\"\n";
    assert!(is_table(text));
    let refused = parse(text).remove(0).unwrap_err();
    assert_eq!(refused.verdict, Verdict::Skipped);
    assert!(
        refused.reason.starts_with("a calendar, not stories") && refused.reason.contains("`Start Date`"),
        "{refused}"
    );
}

#[test]
fn prose_with_commas_is_no_table() {
    for text in [
        "Title, body and soul: the port of Lunde reopened\n\nShips left, crews too, on Monday.\n",
        "The port, the quay, the pier\nare open, said Moe, on Monday\nfor ships, boats, and ferries.\n",
        "Source, author, date\n\nThe port of Lunde reopened on Monday.\nShips left.\n",
        "Headline: Port reopens; ships leave\nBody; text\n",
        "Oslo, Bergen, Lunde\nOslo, Bergen\nLunde\n",
    ] {
        assert!(!is_table(text), "{text}");
    }
}

#[test]
fn quotes_in_tables_of_tabs_are_text_where_they_enclose_nothing() {
    let rows = read("title\tbody\n\"Good\" day\t\"Go,\" she said.\nQuay\t\"Shut\n");
    assert_eq!(rows[0].ninjs.headline(), "\"Good\" day");
    assert_eq!(rows[1].ninjs.body(), "\"Shut");
    let lines = "title\tbody\nPort\t\"One.\nTwo \"\"x\"\".\n\nThree.\"\nQuay\t\"Shut.\nStill.\"\n";
    assert!(is_table(lines));
    assert_eq!(read(lines)[1].ninjs.body(), "Shut.\nStill.");
}

#[test]
fn a_row_stands_where_it_does_in_the_item_whatever_its_encoding() {
    let text = "title,body\nÉté,né à Bâle\nHiver,froid\n";
    let western: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let rows = Format::Table.parse(&western, &Options::default());
    let last = rows.into_iter().next_back().unwrap().unwrap();
    assert_eq!(last.origin.offset as usize, western.len() - "Hiver,froid\n".len());
}
