use proptest::prelude::*;

use super::*;

fn terms(text: &str) -> Vec<(String, usize)> {
    written_terms(text)
        .into_iter()
        .map(|(term, at, _)| (term, at))
        .collect()
}

fn plain(text: &str) -> Vec<String> {
    terms(text).into_iter().map(|(term, _)| term).collect()
}

#[test]
fn marks_take_no_position_and_hyphens_part_words() {
    let expected = [("jong", 0), ("un", 1), ("the", 2), ("leader", 3)];
    let found = terms("Jong-un, “the leader”");
    assert_eq!(found, expected.map(|(term, at)| (term.to_owned(), at)));
}

#[test]
fn apostrophes_and_stops_fall_away() {
    assert_eq!(plain("Ma'ruf Ma’ruf Maruf"), ["maruf", "maruf", "maruf"]);
    assert_eq!(
        plain("l’ONU d'Élodie dell'Italia O'Neil"),
        ["onu", "elodie", "italia", "oneil"]
    );
    assert_eq!(plain("Orla's aide: we've don't"), ["orla", "aide", "we", "dont"]);
    assert_eq!(
        plain("a 3.5m, 1,780.25 J. K. Rho"),
        ["a", "3.5m", "1,780.25", "j", "k", "rho"]
    );
}

#[test]
fn an_acronym_in_capitals_is_told_from_the_word() {
    let found = terms("They told us that U.S. and US troops");
    let at = |term: &str| {
        found
            .iter()
            .filter(|(t, _)| t == term)
            .map(|(_, at)| *at)
            .collect::<Vec<_>>()
    };
    assert_eq!(at("us"), [2, 4, 6]);
    assert_eq!(at("US"), [4, 6]);
    let asked = |text: &str| query_terms(text).into_iter().map(|(term, ..)| term).collect::<Vec<_>>();
    assert_eq!(asked("US"), ["US"]);
    assert_eq!(asked("U.S."), ["US"]);
    assert_eq!(asked("us"), ["us"]);
    assert_eq!(asked("NATO"), ["nato"]);
}

#[cfg(not(feature = "segmenter"))]
#[test]
fn scripts_without_spaces_are_cut_into_pairs() {
    assert_eq!(plain("北京大学"), ["北京", "京大", "大学"]);
    assert_eq!(plain("2023年 A社"), ["2023", "年", "a", "社"]);
    let spans: Vec<_> = written_terms("在北京")
        .into_iter()
        .map(|(.., span)| (span.start, span.end))
        .collect();
    assert_eq!(spans, [(0, 6), (3, 9)]);
}

#[test]
fn a_word_too_long_keeps_its_position() {
    let text = format!("a {} b", "x".repeat(MAX_TERM_BYTES + 1));
    assert_eq!(terms(&text), [("a".to_owned(), 0), ("b".to_owned(), 2)]);
}

#[test]
fn a_part_of_a_text_has_the_terms_of_its_words() {
    let text = "He said: “Prices are rising”, and left.";
    let analysed = Analysed::new(text, "en");
    let start = text.find("Prices").unwrap();
    let end = text.find('”').unwrap();
    let part = analysed.part(Span { start, end });
    let alone = Analysed::new("Prices are rising", "en");
    assert_eq!(part, (alone.written(), alone.stems()));
    assert_eq!(analysed.len(), 7);
    assert_eq!(analysed.part(Span { start: 900, end: 1000 }), ("", ""));
}

/// Term, acronym, letters to stem and place of every word.
type Cut = Vec<(String, Option<&'static str>, Option<String>, Span)>;

fn cut(words: impl FnOnce(&mut dyn FnMut(&Word<'_>))) -> Cut {
    let mut cut = Vec::new();
    words(&mut |word| {
        let letters = word.stemmed.map(str::to_owned);
        cut.push((word.term.to_owned(), word.acronym, letters, word.span));
    });
    cut
}

proptest! {
    #[test]
    fn the_short_way_cuts_the_same_words(
        parts in prop::collection::vec(
            prop_oneof![
                "[a-zA-Z]{1,4}",
                "[ \n\t\u{a0}]{1,2}",
                prop::sample::select(vec![
                    "US", "U.S.", "J.", "'s", "l'ONU", "don't", ".", ",", "!", "”", "“", "-", "5", "3.5", "10:30", "é", "İT",
                    "\u{301}", "北京", "\u{7f}", "\u{1}", "s", "’s", "...", ": ", "@", "ß",
                ])
                .prop_map(str::to_owned),
            ],
            0..24,
        )
    ) {
        let text = parts.concat();
        let short = cut(|each| words(&text, each));
        let long = cut(|each| words_by_token(&text, 0, &|_| true, &mut String::new(), &mut { each }));
        prop_assert_eq!(short, long, "{:?}", text);
    }

    #[test]
    fn words_that_begin_so_are_those_of_a_walk_through_all(
        parts in prop::collection::vec(
            prop_oneof![
                "[a-eA-E]{1,3}",
                "[ \n]{1,2}",
                prop::sample::select(vec![
                    "US", "U.S.", "B.", "'s", "l'ONU", "d'Élodie", "don't", ".", ",", "”", "“", "-", "5", "3.5", "5b", "b5", "é", "Ÿ",
                    "\u{301}", "北京", "\u{7f}", "\u{a0}", "_", "'", "Dž", "ǅ", "ﬁ", "ß", "İT",
                ])
                .prop_map(str::to_owned),
            ],
            0..24,
        ),
        with in prop::sample::subsequence(vec![b'a', b'b', b'd', b'o', b'u', b's', b'5', b'e'], 0..4),
    ) {
        let text = parts.concat();
        let told = |word: &TextWord<'_>| {
            (word.term.to_owned(), word.acronym, word.letters.map(str::to_owned), word.span)
        };
        let is_wanted = |byte: u8| !byte.is_ascii() || with.contains(&byte);
        let (mut some, mut all) = (Vec::new(), Vec::new());
        each_word_beginning(&text, &with, |word| some.push(told(word)));
        each_word(&text, is_wanted, |word| all.push(told(word)));
        prop_assert_eq!(some, all, "{:?}", text);
    }
}
