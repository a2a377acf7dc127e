//! Both sides are put together again exactly, whatever the texts; what is shown is what a reader would mark.

use std::fmt::Write;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

fn soon() -> Instant {
    Instant::now() + Duration::from_millis(500)
}

/// The two texts as the paragraphs tell them.
fn rebuilt(paragraphs: &[DiffParagraph]) -> (String, String) {
    let (mut from, mut to) = (String::new(), String::new());
    for span in paragraphs.iter().flat_map(|paragraph| &paragraph.spans) {
        if span.change != Change::Added {
            from.push_str(&span.text);
        }
        if span.change != Change::Removed {
            to.push_str(&span.text);
        }
    }
    (from, to)
}

/// As the command line shows it.
fn shown(from: &str, to: &str) -> String {
    let mut out = String::new();
    for span in diff(from, to, soon()).iter().flat_map(|paragraph| &paragraph.spans) {
        let (open, close) = match span.change {
            Change::Removed => ("[-", "-]"),
            Change::Added => ("{+", "+}"),
            Change::Kept | Change::Changed => ("", ""),
        };
        out.extend([open, &span.text, close]);
    }
    out
}

#[test]
fn words_are_marked_with_their_white_space() {
    assert_eq!(
        shown(
            "Twelve boats left Skarvik on Monday.",
            "Fourteen boats left Skarvik early on Monday."
        ),
        "[-Twelve-]{+Fourteen+} boats left Skarvik {+early +}on Monday."
    );
    assert_eq!(
        shown(
            "The mayor, Orla Venn, said no such thing.",
            "The harbour master, Orla Venn, said no such thing."
        ),
        "The [-mayor-]{+harbour master+}, Orla Venn, said no such thing."
    );
    // A rewritten phrase stands in one piece, not word by word.
    assert_eq!(
        shown(
            "It was a very long day at sea for them all.",
            "It was no easy night at sea for them all."
        ),
        "It was [-a very long day-]{+no easy night+} at sea for them all."
    );
    assert_eq!(shown("漁船が港を出た", "漁船は港を出た"), "漁船[-が-]{+は+}港を出た");
}

#[test]
fn paragraphs_are_kept_rewritten_removed_and_added() {
    let from = "The boats left early.\nThe wind was weak.\nNobody was hurt in the accident, the coast guard said.";
    let to = "The boats left early.\nNobody was hurt in the collision, the coast guard said.\nThe ferry sails again on Friday.";
    let paragraphs = diff(from, to, soon());
    let changes: Vec<Change> = paragraphs.iter().map(|paragraph| paragraph.change).collect();
    assert_eq!(changes, [Change::Kept, Change::Removed, Change::Changed, Change::Added]);
    assert_eq!(rebuilt(&paragraphs), (from.into(), to.into()));
}

#[test]
fn a_line_end_more_is_no_change_of_words() {
    let paragraphs = diff("One.", "One.\nTwo.", soon());
    assert_eq!(paragraphs[0].change, Change::Kept);
    assert_eq!(rebuilt(&paragraphs), ("One.".into(), "One.\nTwo.".into()));
    assert!(diff("", "", soon()).is_empty());
}

/// A megabyte of words drawn from a large list, without an end of line but where `line` says.
fn megabyte(mut seed: u64, line: usize) -> String {
    let mut text = String::with_capacity(1 << 20);
    let mut words = 0;
    while text.len() < 1 << 20 {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        write!(text, "w{:x}", (seed >> 40) % 30_000).unwrap();
        words += 1;
        text.push(if words % line == 0 { '\n' } else { ' ' });
    }
    text
}

#[test]
fn a_megabyte_against_a_megabyte_ends_in_time() {
    let cases = [
        (megabyte(1, usize::MAX), megabyte(2, usize::MAX)),
        (megabyte(1, 40), megabyte(2, 40)),
        (megabyte(1, 1), megabyte(2, 1)),
        ("\n".repeat(1 << 20), "a\n".repeat(1 << 19)),
        ("a b ".repeat(1 << 18), "b a c ".repeat(1 << 18)),
    ];
    for (at, (from, to)) in cases.iter().enumerate() {
        let start = Instant::now();
        let paragraphs = diff(from, to, soon());
        let took = start.elapsed();
        assert!(took < Duration::from_secs(8), "case {at} took {took:?}");
        let (one, other) = rebuilt(&paragraphs);
        assert!(one == *from && other == *to, "case {at}");
    }
}

/// Texts with words, marks and paragraphs in common.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "boat", "Boat", "sea", " ", "  ", "\n", "\n\n", ".", ", ", "said ", "“", "’s", "漁船", "é", "e\u{301}",
        "\u{200b}", "\r\n", "\t",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn both_sides_are_put_together_again(from in text(), to in text()) {
        let paragraphs = diff(&from, &to, soon());
        prop_assert_eq!(rebuilt(&paragraphs), (from, to));
        for paragraph in paragraphs {
            prop_assert!(!paragraph.spans.is_empty());
            prop_assert!(paragraph.spans.windows(2).all(|two| two[0].change != two[1].change));
        }
    }

    #[test]
    fn also_of_any_text_and_past_the_deadline(from in any::<String>(), to in any::<String>()) {
        prop_assert_eq!(rebuilt(&diff(&from, &to, soon())), (from.clone(), to.clone()));
        let past = Instant::now();
        prop_assert_eq!(rebuilt(&diff(&from, &to, past)), (from, to));
    }
}
