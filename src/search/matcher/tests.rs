use proptest::prelude::*;

use super::*;

fn found(words: Words, text: &str, language: &str) -> Vec<String> {
    let patterns = Patterns::of(&Query::Text(Part::Anywhere, words));
    let spans = joined(patterns.find(text, language).into_iter().map(|m| m.span));
    spans
        .into_iter()
        .map(|span| text[span.start..span.end].to_owned())
        .collect()
}

#[test]
fn words_match_as_written_and_by_stem() {
    let word = |word: &str| Words::Word(word.into());
    assert_eq!(found(word("Škoda"), "A SKODA, two škoda", "en"), ["SKODA", "škoda"]);
    assert_eq!(
        found(word("rise"), "Prices rising; a rise. Risen?", "en"),
        ["rising", "rise"]
    );
    assert_eq!(found(word("rising"), "prices rise", "und"), [] as [&str; 0]);
    assert_eq!(found(word("harga"), "Harganya naik, kata dia", "id"), ["Harganya"]);
    assert_eq!(found(word("…"), "nothing … here", "en"), [] as [&str; 0]);
}

#[test]
fn prefixes_and_edits_match_whole_words() {
    assert_eq!(
        found(Words::Prefix("inflas".into()), "Inflasi, inflasinya", "id"),
        ["Inflasi", "inflasinya"]
    );
    assert_eq!(
        found(
            Words::Fuzzy("sulivan".into(), 1),
            "Ms Sullivan, Sulivann, Sillyman",
            "en"
        ),
        ["Sullivan", "Sulivann"]
    );
}

#[test]
fn phrases_match_as_wholes_with_slop_between() {
    let phrase = |words: &[&str], slop| Words::Phrase(words.iter().map(|&w| w.to_owned()).collect(), slop);
    let text = "The ministère de l’Économie, again ministère of économie";
    assert_eq!(
        found(phrase(&["ministere", "de", "economie"], 0), text, "fr"),
        ["ministère de l’Économie"]
    );
    assert_eq!(
        found(phrase(&["ministere", "economie"], 0), text, "fr"),
        [] as [&str; 0]
    );
    assert_eq!(found(phrase(&["ministere", "economie"], 1), text, "fr").len(), 2);
    assert_eq!(found(Words::Word("jong-un".into()), "Kim Jong Un", "en"), ["Jong Un"]);
}

#[cfg(not(feature = "segmenter"))]
#[test]
fn a_phrase_whose_last_word_is_cut_may_go_on() {
    assert_eq!(found(Words::Prefix("北京大".into()), "在北京大学", "zh"), ["北京大"]);
    assert_eq!(found(Words::Word("京大".into()), "在北京大学", "zh"), ["京大"]);
}

#[test]
fn a_long_match_is_marked_word_by_word() {
    let phrase = Words::Phrase(vec!["harga".into(), "beras".into()], 90);
    let near = "harga naik beras";
    assert_eq!(found(phrase.clone(), near, "id"), [near]);
    let far = format!("harga {} beras", "naik ".repeat(85));
    assert_eq!(found(phrase, &far, "id"), ["harga", "beras"]);
}

#[test]
fn letters_are_whole_in_every_script() {
    let word = |word: &str| Words::Word(word.into());
    assert_eq!(
        found(word("café"), "Cafe\u{301}s, CAFÉ; cafe\u{301}", "und"),
        ["CAFÉ", "cafe\u{301}"]
    );
    assert_eq!(found(word("cafe\u{301}"), "le café", "fr"), ["café"]);
    assert_eq!(
        found(word("STRASSE"), "in der Straße, Strasse", "de"),
        ["Straße", "Strasse"]
    );
    assert_eq!(
        found(word("istanbul"), "İSTANBUL'da, Istanbul ısı", "tr"),
        ["İSTANBUL'da", "Istanbul"]
    );
    assert_eq!(
        found(Words::Prefix("istanbul".into()), "İSTANBUL'da", "tr"),
        ["İSTANBUL'da"]
    );
    assert_eq!(found(word("الأمم"), "قال الأُمَم المتحدة", "ar"), ["الأُمَم"]);
    assert_eq!(found(word("ok"), "👩‍👩‍👧ok👍🏽 o\u{AD}k", "und"), ["ok", "o\u{AD}k"]);
    assert_eq!(found(word("US"), "U.S. troops, us", "en"), ["U.S."]);
}

#[test]
fn a_word_is_stemmed_only_where_it_may_have_the_stem_and_none_is_missed() {
    let samples = [
        (
            "id",
            "menulis penulis tulisan memukul pukulan menyapu sapu mengirim kiriman pembangunan membangun bangunan diperbarui",
        ),
        (
            "en",
            "rising rose rises skies dying lying early ugly generally news inning outing",
        ),
        ("de", "Häuser Haus gegangen Übungen größer Größe Äpfel"),
        ("fr", "économies état Élysée généraux yeux œuvres"),
        ("nl", "gegeven gelopen geven huizen"),
        ("es", "ñandúes últimas económicas dándoselo"),
        ("ru", "городами лучший ёлками"),
        ("sv", "öppningar ångande"),
        ("tr", "kitaplarımız ılıman"),
        ("ar", "والكتاب بالكتب الكتاب"),
    ];
    for (language, text) in samples {
        let stems = Stems::of_language(language).unwrap();
        for (term, _, span) in analyzer::written_terms(text) {
            let written = &text[span.start..span.end];
            let stem = stems.term(written).unwrap();
            assert!(stems.may_be(&term, &stem), "{language} {written} {stem}");
        }
    }
}

/// Text of many scripts: letters that combine, fold to several, have no case, join, or stand for nothing.
fn pieces() -> impl Strategy<Value = Vec<String>> {
    let words =
        "[a-zA-Z]{1,8}|[äßøŁıİéçñ]{1,3}|e\u{301}[a-z]{0,3}|[а-яё]{1,6}|[北京大学社]{1,5}|[가-힣]{1,3}|(ที่|กา){1,3}";
    let others = "[ء-ي]{1,5}|[ـً-ْ]|[0-9]{1,3}([.,][0-9]{1,2})?|[ \\n]|['’.,\\-“”]|\u{200D}|\u{FE0F}|\u{AD}|👩‍👩‍👧|👍🏽|U\\.S\\.|US|it's|l’[éa]{1,2}";
    prop::collection::vec(prop_oneof![words, others, Just(" ".to_owned())], 1..60)
}

fn query_of(text: &str, at: usize, kind: usize) -> Option<Words> {
    // Words that are the same when they stand alone: the "s" of a possessive is none then.
    let alone = |word: &str, term: &str| matches!(&analyzer::query_terms(word)[..], [(only, ..)] if only == term);
    let terms = analyzer::query_terms(text);
    let words = terms.iter().map(|(term, _, span)| (term, &text[span.start..span.end]));
    let words: Vec<&str> = words
        .filter(|(term, word)| alone(word, term))
        .map(|(_, word)| word)
        .collect();
    let at = at % words.len().max(1);
    let word = (*words.get(at)?).to_owned();
    Some(match kind {
        0 => Words::Word(word),
        1 => Words::Prefix(word.chars().take(2).collect()),
        2 => Words::Fuzzy(word.chars().skip(1).collect(), 1),
        3 => Words::Phrase(
            words[at..words.len().min(at + 3)]
                .iter()
                .map(|&w| w.to_owned())
                .collect(),
            0,
        ),
        _ => Words::Phrase(
            words[at..].iter().step_by(2).take(2).map(|&w| w.to_owned()).collect(),
            3,
        ),
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    /// Spans stand on letters, in order, apart; a word taken from the text is found; what is marked matches by itself.
    #[test]
    fn what_is_taken_from_a_text_is_found_in_it(pieces in pieces(), at in 0_usize..60, kind in 0_usize..5) {
        // Words of several scripts run together are cut by context, and do not stand alone as they stand there.
        let text = pieces.join(" ");
        let Some(words) = query_of(&text, at, kind) else { return Ok(()) };
        let patterns = Patterns::of(&Query::Text(Part::Anywhere, words.clone()));
        for language in ["en", "id", "de", "tr", "ar", "und"] {
            let matches = patterns.find(&text, language);
            let spans = joined(matches.iter().map(|found| found.span));
            for span in &spans {
                prop_assert!(text.get(span.start..span.end).is_some_and(|marked| !marked.is_empty()), "{:?}", span);
            }
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            if matches!(words, Words::Word(_) | Words::Prefix(_)) {
                prop_assert_eq!(spans.is_empty(), patterns.is_empty(), "{:?}", words);
            }
            for found in &matches {
                let marked = &text[found.span.start..found.span.end];
                if marked.contains('\'') {
                    continue; // alone, its "s" may be that of a possessive, which inside a longer run of letters it is not
                }
                prop_assert!(!patterns.find(marked, language).is_empty(), "{:?} in {:?}", words, marked);
            }
        }
    }
}

#[test]
fn near_words_match_where_they_are_near() {
    let side = |any: &[Words], within| Side {
        any: any.to_vec(),
        within,
    };
    let word = |word: &str| Words::Word(word.into());
    let near = Words::Near(vec![
        side(&[word("price"), Words::Prefix("tarif".into())], 0),
        side(&[Words::Phrase(vec!["white".into(), "rice".into()], 0)], 2),
    ]);
    let text = "Price of white rice; prices. White rice far from any one price, they say. Tariffs on white rice.";
    assert_eq!(
        found(near, text, "en"),
        ["Price", "white rice", "Tariffs", "white rice"],
        "“prices” is another form, “price” too far"
    );
}
