//! Chinese, Japanese and Thai: what a search finds and marks, by pairs of letters or by the words of a dictionary.

use super::{Draft, indexed};
use crate::search::{SearchRequest, search};
use crate::vocabulary::Vocabulary;

fn drafts() -> Vec<Draft> {
    vec![
        Draft::new("kyoto", "ja", "寺院の修理", "秋の京都で火曜日、寺院の修理が始まった。"),
        Draft::new(
            "tokyo",
            "ja",
            "来年度の予算",
            "東京都は火曜日、来年度の予算案を発表した。",
        ),
        Draft::new("harbour", "zh", "新码头", "港务局局长周二宣布，新码头将于明年开放。"),
        Draft::new("college", "zh", "研究结果", "北京大学的研究人员星期五公布了结果。"),
        Draft::new("rice", "th", "ราคาข้าว", "รัฐมนตรีกล่าวเมื่อวันอังคารว่าราคาข้าวจะลดลง"),
        Draft::new("farmers", "th", "ชาวนา", "ชาวนากล่าวว่าข่าวนี้ไม่เป็นความจริง"),
    ]
}

/// The stories that are found, and what is marked in them.
fn ask(q: &str) -> (Vec<String>, Vec<String>) {
    let (_dir, snapshot) = indexed(&drafts());
    let answer = search(&snapshot, &Vocabulary::builtin(), &SearchRequest::new(q), 0).unwrap();
    let mut found: Vec<String> = answer.hits.iter().map(|hit| hit.id.clone()).collect();
    found.sort();
    let lights = answer.hits.iter().flat_map(|hit| &hit.highlights);
    let marked = lights.flat_map(|light| {
        light
            .spans
            .iter()
            .map(|span| light.text[span.start..span.end].to_owned())
    });
    (found, marked.collect())
}

#[test]
fn words_and_phrases_are_found_and_marked_as_wholes() {
    for (q, wanted) in [
        ("東京都", &["tokyo"][..]),
        ("寺院", &["kyoto"]),
        ("京都 寺院", &["kyoto"]),
        ("来年度の予算案", &["tokyo"]),
        ("\"火曜日、来年度\"", &["tokyo"]),
        ("火曜日", &["kyoto", "tokyo"]),
        ("码头", &["harbour"]),
        ("北京大学", &["college"]),
        ("\"新码头将于明年开放\"", &["harbour"]),
        ("北京大学的研究人员", &["college"]),
        ("ราคาข้าว", &["rice"]),
        ("กล่าวว่า", &["farmers"]),
        ("ข่าว", &["farmers"]),
        ("予算*", &["tokyo"]),
        ("火曜日 NEAR/6 予算", &["tokyo"]),
    ] {
        let (found, marked) = ask(q);
        assert_eq!(found, wanted, "{q}");
        assert!(!marked.is_empty(), "{q}");
        let plain = q.trim_matches('"');
        if !plain.contains([' ', '*']) {
            assert!(marked.iter().all(|text| text == plain), "{q}: {marked:?}");
        }
    }
}

#[test]
fn letters_of_two_words_are_no_word_to_the_dictionary() {
    for (q, by_pairs, by_words) in [
        ("京都", &["kyoto", "tokyo"][..], &["kyoto"][..]),
        ("京大", &["college"], &[]),
        ("局局", &["harbour"], &[]),
        ("学的", &["college"], &[]),
    ] {
        let wanted = if cfg!(feature = "segmenter") {
            by_words
        } else {
            by_pairs
        };
        assert_eq!(ask(q).0, wanted, "{q}");
    }
}
