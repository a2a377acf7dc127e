use super::*;
use crate::search::Counting;

fn interner(values: &[&str]) -> Interner {
    let mut interner = Interner::default();
    for value in values {
        interner.intern(value);
    }
    interner
}

fn counted(counts: Counts<'_>) -> Counted<'_> {
    Counted {
        counts,
        missing: 0,
        counting: Counting::Dense,
        totals: 0,
    }
}

fn listing<'a>(interner: &'a Interner, selected: &'a [String], limit: usize, prefix: &str) -> Listing<'a> {
    Listing {
        interner,
        label: &|value| value.to_owned(),
        labels_are_values: true,
        limit,
        prefix: fold(prefix),
        selected,
    }
}

fn shown(counts: &FacetCounts) -> Vec<(&str, u64)> {
    counts.values.iter().map(|v| (v.value.as_str(), v.count)).collect()
}

#[test]
fn ties_go_by_label_and_selected_values_are_always_listed() {
    let interner = interner(&["Zaki", "Ana", "Budi", "Cici", "Dodi"]);
    let counted = counted(Counts::Each(&[3, 1, 2, 2, 0]));
    let selected = ["Dodi".to_owned(), "Nobody".to_owned()];
    let counts = listing(&interner, &selected, 2, "").show(&counted);
    assert_eq!(shown(&counts), [("Zaki", 3), ("Budi", 2), ("Dodi", 0), ("Nobody", 0)]);
    assert!(counts.values[2].selected && !counts.values[0].selected);
    assert_eq!((counts.distinct, counts.other, counts.missing), (4, 3, 0));
    let none = listing(&interner, &[], 0, "").show(&counted);
    assert_eq!((none.values.len(), none.other), (0, 8));
}

#[test]
fn a_prefix_finds_the_start_of_any_word_folded() {
    let interner = interner(&["Élodie Marchand", "Tomás de la Élida", "Mel"]);
    let counted = counted(Counts::Met(&[(0, 1), (2, 1), (1, 1)]));
    let counts = listing(&interner, &[], 10, "ÉL").show(&counted);
    assert_eq!(shown(&counts), [("Tomás de la Élida", 1), ("Élodie Marchand", 1)]);
    assert_eq!((counts.distinct, counts.other), (2, 0));
}

#[test]
fn counters_looked_at_together_and_pairs_give_the_same_list() {
    // Not in the order of their ids from 300 on.
    let values: Vec<String> = (0..300)
        .map(|at| format!("b{at:04}"))
        .chain((0..300).map(|at| format!("a{at:04}")))
        .collect();
    let interner = interner(&values.iter().map(String::as_str).collect::<Vec<_>>());
    let counts: Vec<u32> = (0..600_u32).map(|at| at * 7_919 % 13 % 5).collect();
    let mut pairs: Vec<(u32, u32)> = (0..).zip(counts.iter().copied()).filter(|pair| pair.1 > 0).collect();
    pairs.reverse();
    for limit in [0, 1, 7, 150, 10_000] {
        let listing = listing(&interner, &[], limit, "");
        let [each, met] = [Counts::Each(&counts), Counts::Met(&pairs)].map(|counts| listing.show(&counted(counts)));
        assert_eq!(each, met);
        let mut all: Vec<(&str, u64)> = pairs
            .iter()
            .map(|pair| (interner.value(pair.0), u64::from(pair.1)))
            .collect();
        all.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
        assert_eq!(each.distinct as usize, all.len());
        all.truncate(limit);
        assert_eq!(shown(&each), all);
    }
}
