use proptest::prelude::*;

use super::*;

fn texts(text: &str) -> Vec<&str> {
    let spans = sentences(text).into_iter();
    spans.map(|span| &text[span.start..span.end]).collect()
}

fn matches<const N: usize>(text: &str, words: [&'static str; N]) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    for (pattern, word) in words.into_iter().enumerate() {
        found.extend(text.match_indices(word).map(|(start, word)| Match {
            span: Span {
                start,
                end: start + word.len(),
            },
            pattern,
        }));
    }
    found.sort();
    found
}

fn shown<const N: usize>(text: &str, words: [&'static str; N]) -> Vec<String> {
    let best = best(text, &matches(text, words), N);
    best.into_iter()
        .map(|(span, _)| text[span.start..span.end].to_owned())
        .collect()
}

#[test]
fn sentences_end_at_stops_not_at_abbreviations() {
    let text = "Mr. Adeyemi left at 5.30. “Too late!” She waited… It rained, e.g. in Jan. 2020 again.";
    assert_eq!(
        texts(text),
        [
            "Mr. Adeyemi left at 5.30.",
            "“Too late!”",
            "She waited…",
            "It rained, e.g. in Jan. 2020 again."
        ]
    );
    assert_eq!(texts("物価は上がる。次の文。"), ["物価は上がる。", "次の文。"]);
    assert!(texts(" ").is_empty());
}

#[test]
fn a_passage_is_the_sentences_of_its_matches_and_no_more() {
    let text = "It rained. Rice is dear in the north. Sugar is not. It went on raining.\nEnd.";
    assert_eq!(shown(text, ["Rice"]), ["Rice is dear in the north."]);
    assert_eq!(
        shown(text, ["Rice", "not"]),
        ["Rice is dear in the north. Sugar is not."]
    );
    assert_eq!(shown(text, ["End"]), ["End."]);
    assert_eq!(
        shown(text, ["dear", "went"]),
        ["Rice is dear in the north. Sugar is not. It went on raining."]
    );
}

#[test]
fn a_sentence_without_an_end_nearby_is_cut_at_words_and_never_inside_a_letter() {
    let text = format!("{}beras {}", "дом ".repeat(400), "дом ".repeat(400));
    let found = shown(&text, ["beras"]);
    assert!(found[0].starts_with("дом ") && found[0].ends_with(" дом"), "{found:?}");
    assert!(found[0].len() <= PASSAGE_BYTES, "{found:?}");
    let wide = format!("{}米価{}", "界".repeat(300), "界".repeat(300));
    let found = shown(&wide, ["米価"]);
    assert!(
        found[0].len() <= PASSAGE_BYTES && found[0].contains("界米価界"),
        "{found:?}"
    );
    // Thai has vowels that stand over a letter, and no spaces.
    let thai = format!("{}ราคา{}", "ที่".repeat(100), "ที่".repeat(100));
    let found = shown(&thai, ["ราคา"]);
    assert!(found[0].starts_with("ที่") && found[0].ends_with("ที่"), "{found:?}");
    let family = format!("{}beras{}", "👩‍👩‍👧".repeat(40), "👩‍👩‍👧".repeat(40));
    let found = shown(&family, ["beras"]);
    assert!(found[0].starts_with("👩‍👩‍👧") && found[0].ends_with("👩‍👩‍👧"), "{found:?}");
}

#[test]
fn the_passage_with_more_of_the_patterns_comes_first() {
    let text = "Rice is dear. Sugar is not.\nIn the north rice and sugar rose.\nRice, rice, rice.";
    let best = best(text, &matches(text, ["ice", "ugar"]), 2);
    assert!(text[best[0].0.start..].starts_with("Rice is dear. Sugar"), "{best:?}");
    assert_eq!(best.len(), 3);
    assert_eq!(best[0].1.len(), 2);
    assert_eq!(best[1].1.len(), 3, "then the one with more matches");
}

#[test]
fn a_match_over_the_end_of_a_line_has_its_passage() {
    let text = "The price of\nrice rose. It fell again.";
    assert_eq!(shown(text, ["of\nrice"]), ["The price of\nrice rose."]);
}

#[test]
fn context_stops_at_the_paragraph_and_at_any_letter() {
    let text = "Erste Zeile.\nÄrger gab es. Viel. „Ja“, sagte sie. Dann ging sie. Und kam.\nEnde.";
    let (start, end) = (text.find("Ja").unwrap(), text.find("“").unwrap());
    assert_eq!(before(text, start), "Viel. „");
    assert_eq!(after(text, end), "“, sagte sie. Dann ging sie.");
    for at in 0..=text.len() + 1 {
        let _ = (before(text, at), after(text, at));
    }
    assert_eq!(opening(text).map(|s| s.end), Some("Erste Zeile.".len()));
    assert_eq!(opening(" \n\n "), None);
    let long = "kata ".repeat(300);
    let opened = opening(&long).unwrap();
    assert!(long[opened.start..opened.end].ends_with("kata") && opened.end <= PASSAGE_BYTES);
}

proptest! {
    /// Whatever the text and the matches: passages lie in the text, apart from one another, and show each match whole.
    #[test]
    fn passages_lie_apart_and_hold_their_matches(
        pieces in prop::collection::vec("[a-z]{1,9}|[. \\n]{1,3}|北京|ที่|👩‍👩‍👧|e\u{301}|\u{200D}|„|\\PC{0,3}", 0..200),
        every in 1_usize..40,
    ) {
        let text = pieces.concat();
        let mut at = 0;
        let mut found = Vec::new();
        for (number, piece) in pieces.iter().enumerate() {
            if number % every == 0 && !piece.is_empty() {
                found.push(Match { span: Span { start: at, end: at + piece.len() }, pattern: number % 3 });
            }
            at += piece.len();
        }
        let best = best(&text, &found, 3);
        prop_assert_eq!(best.is_empty(), found.is_empty());
        for (at, (window, spans)) in best.iter().enumerate() {
            prop_assert!(text.get(window.start..window.end).is_some(), "{:?}", window);
            prop_assert!(!spans.is_empty());
            prop_assert!(spans.iter().all(|span| window.start <= span.start && span.end <= window.end));
            prop_assert!(best[..at].iter().all(|(other, _)| other.end <= window.start || window.end <= other.start));
        }
        let opened = opening(&text);
        prop_assert!(opened.is_none_or(|span| text.get(span.start..span.end).is_some()));
    }
}
