//! What holds for any text, and for any tree.

use proptest::prelude::*;

use super::*;
use crate::story::Facet;

/// 2023-09-06 12:00 UTC.
const NOW: Timestamp = 1_694_001_600;

/// Pieces of the language.
const PIECES: [&str; 57] = [
    "(",
    ")",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "-",
    "*",
    "~",
    "~2",
    "\\",
    ":",
    " ",
    " ",
    " ",
    "AND ",
    " OR ",
    "NOT ",
    "person:",
    "said:",
    "published:",
    "words:",
    "has:",
    "negara:",
    "NEAR ",
    " NEAR/3 ",
    " NEAR/",
    "country IN (",
    " IN (",
    " NOT IN (",
    "country:(",
    ",",
    "[",
    "]",
    "}",
    " TO ",
    "2023",
    "2023-09-01",
    "now-2d",
    "2023-Q3",
    "2023-W36",
    "1 Sep 2023",
    ">=",
    "..",
    "@",
    "9999999999999999999",
    "rice",
    "Sari",
    "é",
    "ß",
    "U.S.",
    "\u{301}",
    "or",
    "^2",
    "😀",
    "İ",
];

/// Text made of the pieces of the language, more often wrong than right.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn any_word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z]{1,5}",
        "[a-zé’]{1,6}",
        "(AND|OR|NOT|or|U\\.S\\.|1,5|16:30)",
        "\\PC{1,3}"
    ]
    .prop_filter("one word", |word| words::split(word) == [word.clone()])
}

/// Words of one kind, phrases of that many at least.
fn any_words(least: usize) -> impl Strategy<Value = Words> {
    prop_oneof![
        any_word().prop_map(Words::Word),
        (prop::collection::vec(any_word(), least..4), 0..=MAX_SLOP)
            .prop_map(|(words, slop)| Words::Phrase(words, slop)),
        any_word().prop_map(Words::Prefix),
        (any_word(), 1..=2_u8).prop_map(|(word, edits)| Words::Fuzzy(word, edits)),
    ]
}

fn any_leaf() -> impl Strategy<Value = Query> {
    let part = prop::sample::select(vec![Part::Anywhere, Part::Headline, Part::Said]);
    let near = prop::collection::vec((prop::collection::vec(any_words(2), 1..3), 0..=MAX_SLOP), 2..4);
    let near = near.prop_map(|mut sides| {
        sides[0].1 = 0;
        let sides = sides.into_iter();
        Words::Near(sides.map(|(any, within)| Side { any, within }).collect())
    });
    let words = prop_oneof![4 => any_words(1), 1 => near];
    let facet = prop::sample::select(Facet::ALL.to_vec());
    let value = "\\PC{1,8}".prop_map(|value| value.trim().to_owned());
    let value = value.prop_filter("a value", |value| !value.is_empty());
    let time = || {
        prop::option::of(prop_oneof![
            -99_999_999_999..999_999_999_999_i64,
            (-9_999..9_999_i64).prop_map(|day| day * 86_400)
        ])
    };
    prop_oneof![
        4 => (part, words).prop_map(|(part, words)| Query::Text(part, words)),
        2 => (facet.clone(), value).prop_map(|(facet, value)| Query::Facet(facet, value)),
        1 => (time(), time()).prop_map(|(from, to)| Query::Published(from, to)),
        1 => (prop::option::of(0..999_u64), prop::option::of(0..999_u64)).prop_map(|(from, to)| Query::Length(from, to)),
        1 => facet.clone().prop_map(Query::Has),
        1 => facet.prop_map(Query::Missing),
        1 => Just(Query::HasQuote),
        1 => Just(Query::All),
    ]
}

fn any_query() -> impl Strategy<Value = Query> {
    any_leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Query::And),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Query::Or),
            inner.prop_map(|query| Query::Not(Box::new(query))),
        ]
    })
}

/// Whether the lists are as [`Query`] promises.
fn is_simple(query: &Query, in_and: bool) -> bool {
    match query {
        Query::And(parts) => {
            parts.len() > 1
                && parts.iter().any(|part| !matches!(part, Query::Not(_)))
                && parts
                    .iter()
                    .all(|part| !matches!(part, Query::And(_)) && is_simple(part, true))
        }
        Query::Or(parts) => {
            let may = |part: &Query| !matches!(part, Query::Or(_) | Query::All) && is_simple(part, false);
            parts.len() > 1 && parts.iter().all(may)
        }
        Query::Not(part) => in_and && !matches!(**part, Query::Not(_)) && is_simple(part, false),
        _ => true,
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_told(text in any_text(), now in prop_oneof![Just(NOW), any::<i64>()]) {
        let parsed = parse(&text, now);
        prop_assert!(is_simple(&parsed.query, false), "{:?}", parsed.query);
        prop_assert!(!parsed.query.read_as().is_empty());
        for warning in &parsed.warnings {
            prop_assert!(text.get(warning.start..warning.end).is_some(), "{warning:?}");
        }
        let again = parsed.query.to_string();
        prop_assert_eq!(&parse(&again, now).query, &parsed.query, "{}", again);
        let clauses = clauses(&text, now);
        for clause in &clauses {
            prop_assert!(text.get(clause.start..clause.end).is_some(), "{clause:?}");
        }
        let together = Query::all_of(clauses.into_iter().map(|clause| clause.query).collect());
        prop_assert_eq!(&together, &parsed.query);
        match parse_strict(&text, now) {
            Ok(strict) => prop_assert_eq!(strict, parsed),
            Err(problem) => prop_assert!(text.get(problem.start..problem.end).is_some(), "{problem:?}"),
        }
    }

    #[test]
    fn any_tree_reads_back_the_same(query in any_query()) {
        let query = simplify::simplify(query);
        prop_assert!(is_simple(&query, false), "{query:?}");
        let text = query.to_string();
        prop_assert_eq!(parse(&text, NOW).query, query, "{}", text);
    }
}
