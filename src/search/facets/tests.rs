use super::*;

/// A segment of stories with these values of people.
fn segment(documents: &[&[u32]]) -> Segment {
    let pairs = (0..)
        .zip(documents)
        .flat_map(|(row, ids)| ids.iter().map(move |id| (row, *id)));
    Segment::of_people(
        Ordinals::of_pairs(documents.len() as u32, pairs),
        documents.len() as u32,
    )
}

fn part<'a>(segment: &'a Segment, docs: &'a Docs) -> Part<'a> {
    Part {
        segment,
        docs,
        size: docs.len(),
        source: Source::Facet(Facet::Person),
        stories: true,
    }
}

fn docs(all: &[u32]) -> Docs {
    let mut docs = Docs::none(64);
    for &doc in all {
        docs.insert(doc);
    }
    docs
}

fn interner(values: &[&str]) -> Interner {
    let mut interner = Interner::default();
    for value in values {
        interner.intern(value);
    }
    interner
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

fn pairs(counted: &Counted) -> Vec<(u32, u32)> {
    let mut pairs = counted.counts.clone();
    pairs.sort_unstable();
    pairs
}

#[test]
fn a_story_counts_once_a_value_and_counters_are_left_at_zero() {
    let (one, two) = (segment(&[&[0, 2, 0], &[2], &[]]), segment(&[&[1, 2]]));
    let (a, b) = (docs(&[0, 2]), docs(&[0]));
    // As few values, as many that are met, and as many that are hardly met.
    for values in [3, 2_000, 60] {
        for _ in 0..2 {
            let counted = count(&[part(&one, &a), part(&two, &b)], values);
            assert_eq!(pairs(&counted), [(0, 1), (1, 1), (2, 2)]);
            assert_eq!(counted.missing, 1);
            assert_eq!((counted.of(2), counted.of(7)), (2, 0));
        }
    }
}

#[test]
fn what_is_taken_off_the_totals_equals_what_is_counted() {
    let stories: Vec<Vec<u32>> = (0..60_u32)
        .map(|at| (0..at % 5).map(|n| (at * 7 + n) % 90).collect())
        .collect();
    let stories: Vec<&[u32]> = stories.iter().map(Vec::as_slice).collect();
    let all = segment(&stories);
    let (most, every) = (docs(&(0..50).collect::<Vec<_>>()), docs(&(0..60).collect::<Vec<_>>()));
    for values in [90, 1_500] {
        let fresh = segment(&stories);
        let counted = count(&[part(&fresh, &most)], values);
        assert!(fresh.totals[0].get().is_none());
        let whole = count(&[part(&all, &every)], values);
        assert!(all.totals[0].get().is_some());
        assert_eq!(pairs(&count(&[part(&all, &every)], values)), pairs(&whole));
        let taken = count(&[part(&all, &most), part(&fresh, &docs(&[3]))], values);
        let direct = count(&[part(&fresh, &most), part(&fresh, &docs(&[3]))], values);
        assert_eq!((pairs(&taken), taken.missing), (pairs(&direct), direct.missing));
        assert!(counted.missing <= direct.missing);
    }
}

#[test]
fn ties_go_by_label_and_selected_values_are_always_listed() {
    let interner = interner(&["Zaki", "Ana", "Budi", "Cici", "Dodi"]);
    let ids = segment(&[&[0, 1], &[0, 2], &[0, 3], &[3, 2]]);
    let all = docs(&[0, 1, 2, 3]);
    let counted = count(&[part(&ids, &all)], interner.len());
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
    let ids = segment(&[&[0, 1, 2]]);
    let all = docs(&[0]);
    let counted = count(&[part(&ids, &all)], interner.len());
    let counts = listing(&interner, &[], 10, "ÉL").show(&counted);
    assert_eq!(shown(&counts), [("Tomás de la Élida", 1), ("Élodie Marchand", 1)]);
    assert_eq!((counts.distinct, counts.other), (2, 0));
}
