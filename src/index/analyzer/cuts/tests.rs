use super::*;

#[test]
fn a_text_without_such_letters_has_one_cut_with_its_own_positions() {
    let text = format!("Jong-un, “the {} leader” U.S.", "x".repeat(300));
    let own: Vec<(String, usize)> = query_terms(&text).into_iter().map(|(term, at, _)| (term, at)).collect();
    assert_eq!(cuts(&text, |_| true), [own]);
    assert!(cuts("…", |_| true).is_empty() && cuts("", |_| true).is_empty());
}

#[cfg(not(feature = "segmenter"))]
#[test]
fn pairs_are_never_cut_otherwise() {
    let all = cuts("北京大学", |_| true);
    let expected = ["北京", "京大", "大学"].map(str::to_owned);
    assert_eq!(all, [expected.into_iter().zip(0..).collect::<Vec<_>>()]);
    assert!(!is_cut("北京ไทย"));
}

#[cfg(feature = "segmenter")]
mod by_dictionary {
    use super::*;
    use crate::index::analyzer::written_terms;
    use crate::text::fold;

    fn words(text: &str) -> Vec<String> {
        written_terms(text).into_iter().map(|term| term.0).collect()
    }

    #[test]
    fn sentences_of_news_are_cut_into_words() {
        for (text, wanted) in [
            (
                "港务局局长周二宣布，新码头将于明年开放。",
                &["局长", "周二", "宣布", "码头", "明年", "开放"][..],
            ),
            (
                "東京都知事は火曜日、来年度の予算案を発表した。",
                &["東京", "火曜日", "予算", "発表"],
            ),
            (
                "รัฐมนตรีกล่าวเมื่อวันอังคารว่าราคาข้าวจะลดลง",
                &["รัฐมนตรี", "กล่าว", "ราคา", "ข้าว"],
            ),
        ] {
            let found = words(text);
            for word in wanted {
                assert!(found.iter().any(|term| term == word), "{word} in {found:?}");
            }
            assert!(found.len() < text.chars().count(), "{found:?}");
        }
        assert_eq!(words("2023年 A社"), ["2023", "年", "a", "社"]);
        // Hangul has spaces between its words, which carry endings: pairs, as before.
        assert_eq!(words("서울시장"), ["서울", "울시", "시장"].map(fold));
    }

    #[test]
    fn every_cut_into_known_words_is_asked_for_and_the_own_comes_first() {
        let known = |word: &str| ["东京", "都", "知事", "东京都", "都知事"].contains(&word);
        let all = plain("东京都知事", known);
        for way in ["东京|都|知事", "东京都|知事", "东京|都知事"] {
            let way: Vec<&str> = way.split('|').collect();
            assert!(all.iter().any(|cut| *cut == way), "{way:?} in {all:?}");
        }
        assert_eq!(all[0], words("东京都知事"));
        let longest = "东京都知事".repeat(20);
        assert_eq!(cuts(&longest, known).len(), 1);
        assert!(cuts(&"东京都知事 ".repeat(20), known).len() <= MOST);
    }

    #[test]
    fn positions_go_on_behind_a_stretch() {
        let known = |word: &str| ["东京", "都", "东京都"].contains(&word);
        for cut in cuts("a 东京都, b", known) {
            let places: Vec<usize> = cut.iter().map(|(_, at)| *at).collect();
            assert_eq!(places, (0..cut.len()).collect::<Vec<_>>(), "{cut:?}");
            assert_eq!((cut[0].0.as_str(), cut[cut.len() - 1].0.as_str()), ("a", "b"));
        }
        let mut all = Vec::new();
        pieces("东京都", |piece| all.push(piece.to_owned()));
        assert!(
            ["东", "京都", "东京都"]
                .iter()
                .all(|piece| all.iter().any(|known| known == piece)),
            "{all:?}"
        );
    }

    fn plain(text: &str, known: impl Fn(&str) -> bool) -> Vec<Vec<String>> {
        let all = cuts(text, known).into_iter();
        all.map(|cut| cut.into_iter().map(|(term, _)| term).collect()).collect()
    }
}
