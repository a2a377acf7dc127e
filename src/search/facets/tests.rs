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
        stories: true,
    }
}

/// The counts of people over these parts, by id, and how many stories have none.
fn people(parts: &[Part<'_>], values: usize) -> (Vec<(u32, u32)>, u64) {
    let wanted = Wanted {
        facet: Facet::Person,
        values,
        sources: vec![Source::Facet; parts.len()],
    };
    let count = Count {
        parts: parts.to_vec(),
        wanted: vec![wanted],
        days: None,
    };
    let (mut counts, ..) = count.run(|_, counted| {
        let mut pairs = Vec::new();
        counted.for_each(|id, count| pairs.push((id, count)));
        assert!(pairs.iter().all(|(id, count)| counted.of(*id) == *count) && counted.of(99) == 0);
        pairs.sort_unstable();
        (pairs, counted.missing)
    });
    counts.pop().unwrap_or_default()
}

fn docs(all: &[u32]) -> Docs {
    let mut docs = Docs::none(64);
    for &doc in all {
        docs.insert(doc);
    }
    docs
}

#[test]
fn a_story_counts_once_a_value_and_counters_are_left_at_zero() {
    let (one, two) = (segment(&[&[0, 2, 0], &[2], &[]]), segment(&[&[1, 2]]));
    let (a, b) = (docs(&[0, 2]), docs(&[0]));
    // As few values, as many that are met, and as many that are hardly met.
    for values in [3, 2_000, 60] {
        for _ in 0..2 {
            let (counts, missing) = people(&[part(&one, &a), part(&two, &b)], values);
            assert_eq!(counts, [(0, 1), (1, 1), (2, 2)]);
            assert_eq!(missing, 1);
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
        people(&[part(&fresh, &most)], values);
        assert!(fresh.totals[0].get().is_none());
        let whole = people(&[part(&all, &every)], values);
        assert!(all.totals[0].get().is_some());
        assert_eq!(people(&[part(&all, &every)], values), whole);
        let taken = people(&[part(&all, &most), part(&fresh, &docs(&[3]))], values);
        let direct = people(&[part(&fresh, &most), part(&fresh, &docs(&[3]))], values);
        assert_eq!(taken, direct);
    }
}

#[test]
fn two_threads_count_what_one_does() {
    const STORIES: u32 = 180_000;
    let ids = |row: u32| (0..row % 13).map(move |at| (row % 977 * 31 + at * 7) % 5_000);
    let pairs = (0..STORIES).flat_map(|row| ids(row).map(move |id| (row, id)));
    let segment = Segment::of_people(Ordinals::of_pairs(STORIES, pairs), STORIES);
    let docs = Docs::of(STORIES, (0..STORIES).filter(|doc| doc % 17 != 3));
    let mut expected = vec![0; 5_000];
    docs.for_each(|doc| {
        let mut of_row: Vec<u32> = ids(doc).collect();
        of_row.sort_unstable();
        of_row.dedup();
        for id in of_row {
            expected[id as usize] += 1;
        }
    });
    let wanted = Wanted {
        facet: Facet::Person,
        values: 5_000,
        sources: vec![Source::Facet],
    };
    let count = Count {
        parts: vec![Part {
            stories: false,
            ..part(&segment, &docs)
        }],
        wanted: vec![wanted],
        days: None,
    };
    let (counts, _, is_in_two) = count.run(|_, counted| {
        let counts: Vec<u32> = (0..5_000).map(|id| counted.of(id)).collect();
        (counts, counted.missing)
    });
    assert!(is_in_two);
    let none = docs.iter().filter(|doc| doc % 13 == 0).count() as u64;
    assert_eq!(counts, [(expected, none)]);
}
