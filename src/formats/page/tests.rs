//! Pages of our own, as the big systems write them: each story in all its parts, each page without one by its reason.

use super::*;
use crate::formats::{Bounds, Verdict};

fn one(page: &[u8]) -> Filing {
    parse(page, &Options::default()).remove(0).unwrap()
}

fn refused(page: &[u8]) -> Refused {
    parse(page, &Options::default()).remove(0).unwrap_err()
}

fn lines(filing: &Filing) -> Vec<&str> {
    filing.ninjs.body().lines().collect()
}

fn subjects(filing: &Filing) -> Vec<&str> {
    filing
        .ninjs
        .subjects
        .iter()
        .map(|subject| subject.name.as_str())
        .collect()
}

fn sources(filing: &Filing) -> Vec<&str> {
    filing
        .ninjs
        .info_sources
        .iter()
        .map(|source| source.name.as_str())
        .collect()
}

#[test]
fn wordpress_with_a_graph() {
    let read = one(include_bytes!("tests/wordpress.html"));
    assert_eq!(
        read.ninjs.uri,
        "https://kystnytt.example/2024/03/05/lunde-harbour-reopens/"
    );
    assert_eq!(read.ninjs.headline(), "Lunde harbour reopens after a week of storms");
    assert_eq!(read.ninjs.by.as_deref(), Some("Ann Moe"));
    assert_eq!(sources(&read), ["Kystnytt AS"]);
    assert_eq!(read.ninjs.language.as_deref(), Some("en-US"));
    assert_eq!(read.ninjs.version_created.as_deref(), Some("2024-03-05T09:30:00+00:00"));
    assert_eq!(read.ninjs.first_created.as_deref(), Some("2024-03-05T08:00:00+00:00"));
    assert_eq!(subjects(&read), ["Coast", "harbours", "storms"]);
    let body = lines(&read);
    assert_eq!(body.len(), 3, "{body:#?}");
    assert!(body[0].starts_with("LUNDE (Kystnytt) – The harbour") && body[2].ends_with("asked for help."));
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}

#[test]
fn arc_with_credits_places_and_a_correction() {
    let read = one(include_bytes!("tests/arc.html"));
    assert_eq!(read.ninjs.by.as_deref(), Some("Ana Ruiz, Luis Gil"));
    assert_eq!(read.credit_line.as_deref(), Some("Agencia Costera"));
    assert_eq!(read.dateline.as_deref(), Some("LUNDE"));
    assert_eq!(sources(&read), ["Kystnytt", "Diario Costero"]);
    assert_eq!(
        read.ninjs.people[0].uri.as_deref(),
        Some("https://www.wikidata.org/wiki/Q1")
    );
    assert_eq!(read.ninjs.organisations[0].name, "Autoridad Portuaria");
    let places: Vec<&str> = read.ninjs.places.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(places, ["Noruega", "Lunde"]);
    assert_eq!(subjects(&read), ["Mundo", "puertos", "tormentas", "Pesca"]);
    assert_eq!(read.kind(), TakeKind::Correction);
    assert!(read.ninjs.ed_note.as_deref().unwrap().contains("nombre del barco"));
    let body = lines(&read);
    assert_eq!(body.len(), 3, "{body:#?}");
    assert_eq!(body[2], "Las capturas bajaron un diez por ciento en febrero.");
}

#[test]
fn drupal_in_rdfa() {
    let read = one(include_bytes!("tests/drupal.html"));
    assert_eq!(read.ninjs.headline(), "Le port de Lunde rouvre");
    assert_eq!(read.ninjs.uri, "https://lacote.example/node/4711");
    assert_eq!(
        (read.ninjs.by.as_deref(), sources(&read)),
        (Some("Anne Morel"), vec!["La Côte"])
    );
    assert_eq!(read.published, Some(1_709_625_600));
    let body = lines(&read);
    assert_eq!(
        body[1],
        "« Nous sommes heureux que les bateaux puissent repartir », a déclaré Kari Nes, capitaine du port."
    );
    assert_eq!(body.len(), 4, "{body:#?}");
}

#[test]
fn blogger_in_microdata_with_breaks() {
    let read = one(include_bytes!("tests/blogger.html"));
    assert_eq!(read.ninjs.headline(), "The port is open again");
    assert_eq!(read.ninjs.by.as_deref(), Some("Odd Lie"));
    assert_eq!(read.published, Some(1_709_613_600));
    let body = lines(&read);
    assert_eq!(body.len(), 3, "{body:#?}");
    assert!(body[1].starts_with("Kari Nes, the harbour master"));
}

#[test]
fn portals_of_indonesia_lose_their_furniture() {
    let read = one(include_bytes!("tests/portal_detik.html"));
    assert_eq!(read.ninjs.headline(), "Pelabuhan Lunde Dibuka Lagi Usai Badai Sepekan");
    assert_eq!(
        (read.ninjs.by.as_deref(), read.ninjs.language.as_deref()),
        (Some("Nilam Sari"), Some("id-ID"))
    );
    assert_eq!(read.published, Some(1_709_608_520));
    let body = lines(&read);
    assert_eq!(body.len(), 4, "{body:#?}");
    assert!(body[0].starts_with("Jakarta - Pelabuhan Lunde") && body[3] == "(nsa/ids)");

    let read = one(include_bytes!("tests/portal_kompas.html"));
    assert_eq!(read.ninjs.headline(), "Nelayan Lunde Kembali Melaut");
    assert_eq!(read.ninjs.by.as_deref(), Some("Rangga Putra"));
    assert_eq!(sources(&read), ["Antara", "PANTAI.com"]);
    assert_eq!(read.ninjs.alt_ids[0].value, "11200021");
    let body = lines(&read);
    assert_eq!(body.len(), 3, "{body:#?}");
    assert!(body[0].starts_with("LUNDE, PANTAI.com - Nelayan"));
}

#[test]
fn amp_names_the_page_that_it_stands_for() {
    let read = one(include_bytes!("tests/amp.html"));
    assert_eq!(read.ninjs.uri, "https://litoral.example/noticias/porto-de-lunde-reabre");
    assert_eq!(read.published, Some(1_709_636_400));
    assert_eq!(lines(&read).len(), 2, "{:#?}", lines(&read));
}

#[test]
fn legacy_encodings_declared_and_not() {
    let page = include_str!("tests/cyrillic.html");
    let read = one(&encoding_rs::WINDOWS_1251.encode(page).0);
    assert_eq!(read.ninjs.headline(), "Порт Лунде снова открыт");
    assert_eq!(read.ninjs.by.as_deref(), Some("Анна Моэ"));
    assert_eq!(read.published, Some(1_709_633_700));
    let body = lines(&read);
    assert_eq!(body.len(), 2, "{body:#?}");
    assert!(read.warnings[0].contains("windows-1251"), "{:?}", read.warnings);

    let page = include_str!("tests/japanese.html");
    let read = one(&encoding_rs::SHIFT_JIS.encode(page).0);
    assert_eq!(
        (read.ninjs.headline(), sources(&read)),
        ("ルンデ港が再開", vec!["海岸新聞"])
    );
    assert_eq!(lines(&read).len(), 2, "{:#?}", lines(&read));
    assert_eq!(read.published, Some(1_709_625_600));
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}

#[test]
fn of_three_blocks_the_one_that_says_most() {
    let read = one(include_bytes!("tests/three_blocks.html"));
    assert_eq!(
        read.ninjs.headline(),
        "Cod prices rise by a tenth as the fleet stays ashore"
    );
    assert_eq!(read.ninjs.uri, "https://coastdaily.example/business/cod-prices-rise");
    assert_eq!(lines(&read).len(), 3);
    assert_eq!(read.ninjs.copyright_holder.as_deref(), Some("Coast Daily Ltd"));
    assert_eq!(read.ninjs.language.as_deref(), Some("en"));
    assert_eq!(read.ninjs.alt_ids[0].value, "cd-991");
    assert_eq!(read.ninjs.by.as_deref(), Some("Staff and agencies"));
}

#[test]
fn a_broken_page_is_read_as_browsers_do() {
    let read = one(include_bytes!("tests/broken.html"));
    assert_eq!(read.ninjs.uri, "https://kystnytt.example/ferry");
    assert!(read.ninjs.headline().starts_with("Ferry aground off Arben"));
    assert!(
        read.ninjs.body().contains("Ida Vik, who led the rescue"),
        "{}",
        read.ninjs.body()
    );
    assert!(
        read.warnings.iter().any(|warning| warning.contains("JSON-LD")),
        "{:?}",
        read.warnings
    );
    assert_eq!(read.published, Some(1_709_697_600));
}

#[test]
fn microdata_tells_as_much_as_linked_data() {
    let read = one(include_bytes!("tests/microdata.html"));
    assert_eq!(read.ninjs.headline(), "Hafen von Lunde wieder offen");
    assert_eq!(
        (read.ninjs.by.as_deref(), sources(&read)),
        (Some("Anke Moor"), vec!["Küstenblatt"])
    );
    assert_eq!(read.ninjs.uri, "https://kuestenblatt.example/a/77");
    assert_eq!(read.ninjs.version_created.as_deref(), Some("2024-03-05T11:00:00+01:00"));
    assert_eq!(subjects(&read), ["Häfen", "Stürme"]);
    assert_eq!(lines(&read).len(), 3, "{:#?}", lines(&read));
}

#[test]
fn a_page_of_tables_and_breaks() {
    let read = one(include_bytes!("tests/old_table.html"));
    assert!(read.ninjs.headline().ends_with("Lunde harbor reopens"));
    let body = lines(&read);
    assert!(
        body.iter()
            .any(|line| line.starts_with("LUNDE, Norway (CW) -- The harbor")),
        "{body:#?}"
    );
    assert!(!body.iter().any(|line| line.contains("Sports")), "{body:#?}");
}

#[test]
fn pages_without_a_story_are_skipped_with_the_reason() {
    let cases: [(&[u8], &str); 5] = [
        (include_bytes!("tests/home.html"), "home page"),
        (include_bytes!("tests/login.html"), "login page"),
        (b"<head><title>Document Moved</title></head>\n<body><h1>Object Moved</h1>It may be found <a HREF=\"/x\">here</a></body>", "error page"),
        (b"<html><head><meta http-equiv=refresh content='0;url=/x'></head><body></body></html>", "another address"),
        (b"<html><head><title>Weather</title></head><body><p>4 degrees</p></body></html>", "without a story"),
    ];
    for (page, reason) in cases {
        let refused = refused(page);
        assert!(refused.reason.contains(reason), "{}", refused.reason);
        assert_eq!(refused.verdict, Verdict::Skipped, "{reason}");
    }
}

#[test]
fn a_fragment_is_a_story() {
    let read = one(b"<h1>Port reopens</h1><p>Ships left.</p><p>All of them.</p>");
    assert_eq!(
        (read.ninjs.headline(), read.ninjs.body()),
        ("Port reopens", "Ships left.\nAll of them.")
    );
}

#[test]
fn bounds_are_named_with_their_figure() {
    for page in [
        "<div>".repeat(100_000),
        "<span>".repeat(100_000),
        "<p><q id=1></p>".repeat(100_000),
    ] {
        let refused = refused(page.as_bytes());
        assert!(
            refused.reason.contains("128 levels") && refused.reason.contains("--max-depth"),
            "{}",
            refused.reason
        );
    }
    let wide = format!("<div {}>x</div>", "a=1 ".repeat(100_000));
    assert!(refused(wide.as_bytes()).reason.contains("--max-attributes"));
    // What ends by itself does not nest.
    let flat = format!(
        "<h1>Port</h1>{}",
        "<p>Ships left the port of Lunde.<li>x<br>".repeat(3_000)
    );
    assert!(parse(flat.as_bytes(), &Options::default())[0].is_ok());
}

#[test]
fn with_the_bound_raised_no_depth_breaks_the_reader() {
    let options = Options {
        bounds: Bounds {
            depth: usize::MAX,
            ..Bounds::default()
        },
        ..Options::default()
    };
    let page = format!("<title>Port reopens</title>{}<p>Ships left.", "<div>".repeat(5_000));
    assert_eq!(parse(page.as_bytes(), &options).len(), 1);
}
