//! The language as tables: what is typed, its canonical text, what it is read as.
#![expect(clippy::too_many_lines, reason = "each snapshot is one table")]

mod awkward;
mod told;

use super::*;
use crate::story::Facet;

/// 2023-09-06 12:00 UTC, a Wednesday.
const NOW: Timestamp = 1_694_001_600;

/// One line each: canonical text ⇒ what it is read as; then the warnings.
fn told(text: &str) -> String {
    let parsed = parse(text, NOW);
    let mut lines = vec![format!("{} ⇒ {}", parsed.query, parsed.query.read_as())];
    for warning in parsed.warnings {
        let suggestion = match warning.suggestion.as_deref() {
            None => String::new(),
            Some("") => " → ∅".to_owned(),
            Some(text) => format!(" → {text}"),
        };
        lines.push(format!(
            "  [{}] {}{suggestion}",
            &text[warning.start..warning.end],
            warning.message
        ));
    }
    lines.join("\n")
}

fn table(texts: &[&str]) -> String {
    texts.iter().map(|text| told(text)).collect::<Vec<_>>().join("\n")
}

/// The canonical text, where nothing is to be warned of.
fn clean(text: &str) -> String {
    let parsed = parse(text, NOW);
    assert_eq!(parsed.warnings, [], "{text}");
    parsed.query.to_string()
}

fn word(text: &str) -> Query {
    Query::Text(Part::Anywhere, Words::Word(text.into()))
}

fn facet(facet: Facet, value: &str) -> Query {
    Query::Facet(facet, value.into())
}

#[test]
fn trees_are_flat_and_bind_not_before_and_before_or() {
    let parsed = parse("a b AND (c d) OR NOT e f OR (g OR h)", NOW).query;
    let expected = Query::Or(vec![
        Query::And(vec![word("a"), word("b"), word("c"), word("d")]),
        Query::And(vec![Query::Not(Box::new(word("e"))), word("f")]),
        word("g"),
        word("h"),
    ]);
    assert_eq!(parsed, expected);
    assert_eq!(parse("((a))", NOW).query, word("a"));
    assert_eq!(parse("", NOW).query, Query::All);
    assert_eq!(parse("  \n ", NOW).query, Query::All);
}

#[test]
fn exclusions_alone_are_taken_from_every_story() {
    let not = |query| Query::Not(Box::new(query));
    assert_eq!(parse("-x", NOW).query, Query::And(vec![Query::All, not(word("x"))]));
    assert_eq!(
        parse("a OR -b", NOW).query,
        Query::Or(vec![word("a"), Query::And(vec![Query::All, not(word("b"))])])
    );
    assert_eq!(
        parse("a (-b -c)", NOW).query,
        Query::And(vec![word("a"), not(word("b")), not(word("c"))])
    );
    assert_eq!(parse("-(-a -b)", NOW).query, Query::Or(vec![word("a"), word("b")]));
    assert_eq!(parse("NOT NOT a", NOW).query, word("a"));
}

#[test]
fn words_are_cut_as_the_index_cuts_them() {
    let phrase = |words: &[&str]| {
        Query::Text(
            Part::Anywhere,
            Words::Phrase(words.iter().map(|&w| w.into()).collect(), 0),
        )
    };
    assert_eq!(parse("Jong-un", NOW).query, phrase(&["Jong", "un"]));
    assert_eq!(parse("U.S.", NOW).query, word("U.S."));
    assert_eq!(parse("Ma'ruf", NOW).query, word("Ma'ruf"));
    assert_eq!(parse("Rp100", NOW).query, word("Rp100"));
    assert_eq!(parse("1,780.25", NOW).query, word("1,780.25"));
    assert_eq!(parse("16:30", NOW).query, word("16:30"));
    assert_eq!(
        parse("http://wire.example/a?b=1", NOW).query,
        phrase(&["http", "wire", "example", "a", "b", "1"])
    );
    assert_eq!(parse("\"cars\"", NOW).query, phrase(&["cars"]));
    assert_eq!(
        parse("who said that?", NOW).query,
        Query::And(vec![word("who"), word("said"), word("that")])
    );
    assert_eq!(parse("“harga naik”", NOW).query, phrase(&["harga", "naik"]));
    assert_eq!(
        parse("«harga naik» „Preis“ ”pris”", NOW).query.to_string(),
        "\"harga naik\" \"Preis\" \"pris\""
    );
    assert_eq!(parse(r#""say \"no\" now""#, NOW).query, phrase(&["say", "no", "now"]));
}

#[test]
fn fields_take_words_texts_and_groups() {
    assert_eq!(parse("person:Sari", NOW).query, facet(Facet::Person, "Sari"));
    assert_eq!(
        parse("Country:\"North Korea\"", NOW).query,
        facet(Facet::Country, "North Korea")
    );
    assert_eq!(
        parse("country:(North Korea OR JP)", NOW).query,
        Query::Or(vec![facet(Facet::Country, "North Korea"), facet(Facet::Country, "JP")])
    );
    assert_eq!(
        parse("subject:medtop:20000763", NOW).query,
        facet(Facet::Subject, "medtop:20000763")
    );
    assert_eq!(
        parse(r#"person:"Budi \"Bud\" Hartono""#, NOW).query,
        facet(Facet::Person, "Budi \"Bud\" Hartono")
    );
    assert_eq!(parse("person:*", NOW).query, Query::Has(Facet::Person));
    assert_eq!(parse("said:*", NOW).query, Query::HasQuote);
    assert_eq!(
        clean("said:(price OR \"rice market\" OR pre*)"),
        "said:price OR said:\"rice market\" OR said:pre*"
    );
    assert_eq!(clean("headline:(a -b)"), "headline:a -headline:b");
    assert_eq!(
        clean("-has:credit -missing:person -has:quote"),
        "-has:credit -missing:person -has:quote"
    );
    assert_eq!(clean("missing:quote"), "-has:quote");
    assert_eq!(clean(r"\OR \AND* person:\-x"), r#"\OR AND* person:"-x""#);
}

#[test]
fn dates_become_half_open_ranges() {
    let range = |text: &str| match parse(&format!("published:{text}"), NOW) {
        ParsedQuery {
            query: Query::Published(from, to),
            warnings,
        } if warnings.is_empty() => {
            let shown = |at: Option<Timestamp>| at.map_or("*".to_owned(), dates::written);
            format!("{text} = {} .. {}", shown(from), shown(to))
        }
        other => format!("{text} = {other:?}"),
    };
    let texts = [
        "2023",
        "2023-09",
        "2023-9-1",
        "2023/09/01",
        "2023-09-01T16:30",
        "2023-09-01T16",
        "2023-09-01T16:30:00+07:00",
        "\"2023-09-01 16:30\"",
        "[2023-09-01 TO now]",
        "[2023-09-01 to 2023-09-30]",
        "[2023-09-01 TO 2023-09-30}",
        "{2023-09-01 TO 2023-09-30]",
        "[2023 TO *]",
        "[* TO 2023]",
        "2022..2023",
        "..2023",
        ">2023",
        ">=2023",
        "<2023",
        "<=2023-09",
        "now-2d",
        "now-6h",
        ">=now-1w",
        "[now-1M TO now-1y}",
        "today",
        "yesterday",
        "\"last week\"",
        "this-week",
        "last-month",
        "\"last year\"",
        "\"last 7 days\"",
        "@5",
        "9999",
        "[2023 TO 9999]",
    ];
    insta::assert_snapshot!(texts.map(range).join("\n"), @r##"
    2023 = 2023-01-01 .. 2024-01-01
    2023-09 = 2023-09-01 .. 2023-10-01
    2023-9-1 = 2023-09-01 .. 2023-09-02
    2023/09/01 = 2023-09-01 .. 2023-09-02
    2023-09-01T16:30 = 2023-09-01T16:30:00Z .. 2023-09-01T16:31:00Z
    2023-09-01T16 = 2023-09-01T16:00:00Z .. 2023-09-01T17:00:00Z
    2023-09-01T16:30:00+07:00 = 2023-09-01T09:30:00Z .. 2023-09-01T09:30:01Z
    "2023-09-01 16:30" = 2023-09-01T16:30:00Z .. 2023-09-01T16:31:00Z
    [2023-09-01 TO now] = 2023-09-01 .. 2023-09-06T12:00:01Z
    [2023-09-01 to 2023-09-30] = 2023-09-01 .. 2023-10-01
    [2023-09-01 TO 2023-09-30} = 2023-09-01 .. 2023-09-30
    {2023-09-01 TO 2023-09-30] = 2023-09-02 .. 2023-10-01
    [2023 TO *] = 2023-01-01 .. *
    [* TO 2023] = * .. 2024-01-01
    2022..2023 = 2022-01-01 .. 2024-01-01
    ..2023 = * .. 2024-01-01
    >2023 = 2024-01-01 .. *
    >=2023 = 2023-01-01 .. *
    <2023 = * .. 2023-01-01
    <=2023-09 = * .. 2023-10-01
    now-2d = 2023-09-04T12:00:00Z .. 2023-09-06T12:00:01Z
    now-6h = 2023-09-06T06:00:00Z .. 2023-09-06T12:00:01Z
    >=now-1w = 2023-08-30T12:00:00Z .. *
    [now-1M TO now-1y} = ParsedQuery { query: Published(Some(1691323200), Some(1662465600)), warnings: [Warning { message: "The range ends before it begins: no story is in it.", start: 10, end: 28, suggestion: None }] }
    today = 2023-09-06 .. 2023-09-07
    yesterday = 2023-09-05 .. 2023-09-06
    "last week" = 2023-08-28 .. 2023-09-04
    this-week = 2023-09-04 .. 2023-09-11
    last-month = 2023-08-01 .. 2023-09-01
    "last year" = 2022-01-01 .. 2023-01-01
    "last 7 days" = 2023-08-30T12:00:00Z .. 2023-09-06T12:00:01Z
    @5 = 1970-01-01T00:00:05Z .. 1970-01-01T00:00:06Z
    9999 = 9999-01-01 .. @253402300800
    [2023 TO 9999] = 2023-01-01 .. @253402300800
    "##);
}

#[test]
fn lengths_are_inclusive() {
    let range = |text: &str| parse(&format!("words:{text}"), NOW).query;
    assert_eq!(range(">500"), Query::Length(Some(501), None));
    assert_eq!(range("<500"), Query::Length(None, Some(499)));
    assert_eq!(range("100..200"), Query::Length(Some(100), Some(200)));
    assert_eq!(range("[100 TO 200}"), Query::Length(Some(100), Some(199)));
    assert_eq!(range("100"), Query::Length(Some(100), Some(100)));
}

#[test]
fn plain_words() {
    let texts = [
        "rice price",
        "rice OR maize",
        "(rice OR maize) price -export",
        "\"rice price\"~5 pric* prise~ prise~2 \"cars\"",
        "said:harga speaker:\"Sari Utama\" published:[2023-09-01 TO 2023-09-30] -about:MY",
        "said:(harga OR beras) speaker:Sari",
        "said:harga said:beras (speaker:Sari OR speaker:Budi)",
        "speaker:Sari speaker:Budi said:harga",
        "-(person:Sari OR country:MY) has:quote missing:credit",
        "-rice -has:quote",
        "NOT (rice maize) credit:(afp OR antara)",
        "words:>500 OR words:10..20 OR (published:>=2023 -published:2024)",
        "headline:banjir region:\"South-Eastern Asia\" language:id status:usable slug:FLOOD subject:weather source:reuters",
    ];
    insta::assert_snapshot!(table(&texts), @r##"
    rice price ⇒ stories that contain “rice” and “price”
    rice OR maize ⇒ stories that contain “rice” or “maize”
    (rice OR maize) price -export ⇒ stories that (contain “rice” or “maize”), contain “price” and do not contain “export”
    "rice price"~5 pric* prise~1 prise~2 "cars" ⇒ stories that contain “rice … price” with at most 5 words between, a word that begins with “pric”, a word at most 1 letter off “prise”, a word at most 2 letters off “prise” and exactly “cars”
    said:harga speaker:"Sari Utama" published:2023-09 -about:MY ⇒ stories that say “harga” in a quote by Sari Utama, were published in 2023-09 and are not about MY
    (said:harga OR said:beras) speaker:Sari ⇒ stories that say (“harga” or “beras”) in a quote by Sari
    said:harga said:beras speaker IN (Sari, Budi) ⇒ stories that say “harga” and “beras” in one quote by (Sari or Budi)
    speaker:Sari speaker:Budi said:harga ⇒ stories that quote Sari, quote Budi and say “harga” in a quote by (Sari or Budi)
    -(person:Sari OR country:MY) has:quote missing:credit ⇒ stories that fit none of this: (name Sari or mention the country MY), carry a quote and have no value in credit
    -rice -has:quote ⇒ stories that do not contain “rice” and do not carry a quote
    -(rice maize) credit IN (afp, antara) ⇒ stories that do not fit all of this: (contain “rice” and “maize”) and (are credited to “afp” or “antara”)
    words:>=501 OR words:10..20 OR (published:[2023-01-01 TO *] -published:2024) ⇒ stories that have at least 501 words, have 10 to 20 words or (were published from 2023-01-01 on and were not published in 2024)
    headline:banjir region:"South-Eastern Asia" language:id status:usable slug:FLOOD subject:weather source:reuters ⇒ stories that have “banjir” in the headline, mention a country of South-Eastern Asia, are in the language “id”, have the status “usable”, have the slug FLOOD, have the subject “weather” and are attributed to “reuters”
    "##);
}

#[test]
fn strict_reading_takes_the_first_problem_and_no_hint() {
    assert_eq!(
        parse_strict("rice or maize", NOW).map(|parsed| parsed.query.to_string()),
        Ok("rice or maize".into())
    );
    let problem = parse_strict("rice negara:ID OR", NOW).unwrap_err();
    assert_eq!((problem.start, problem.suggestion.as_deref()), (5, Some("country:")));
}

#[test]
fn bounds_hold_and_are_told() {
    let deep = "(".repeat(1_000_000);
    let parsed = parse(&deep, NOW);
    assert_eq!(parsed.query, Query::All);
    assert!(parsed.warnings.iter().any(|warning| warning.end == deep.len()));

    let nested = format!("{}x{} y", "(".repeat(MAX_DEPTH + 1), ")".repeat(MAX_DEPTH + 1));
    let parsed = parse(&nested, NOW);
    assert_eq!(parsed.query, word("y"));
    assert!(parsed.warnings[0].message.contains("At most 50 parentheses"));
    assert!(
        parse(&nested[1..], NOW).warnings.len() == 1,
        "one level less leaves one stray parenthesis"
    );

    let long = "ab ".repeat(MAX_CLAUSES + 5);
    let parsed = parse(&long, NOW);
    assert!(matches!(&parsed.query, Query::And(parts) if parts.len() == MAX_CLAUSES));
    assert_eq!(parsed.warnings.len(), 1);
    assert_eq!(parsed.warnings[0].start, MAX_CLAUSES * 3);

    let dots = ". ".repeat(1_000);
    assert_eq!(parse(&dots, NOW).warnings.len(), MAX_WARNINGS);
    for hostile in [
        "-",
        "NOT ",
        "a:",
        "“",
        "«\"",
        "(a OR ",
        "\\",
        "~",
        "[",
        "published:[",
        "é:",
    ] {
        let _ = parse(&hostile.repeat(200_000), NOW);
    }
}
