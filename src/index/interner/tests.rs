use super::*;

#[test]
fn ids_count_up_and_stay() {
    let mut interner = Interner::default();
    let mut clones = Vec::new();
    for round in 0..40_u32 {
        for at in 0..round {
            let value = format!("{round}/{at}");
            let id = interner.intern(&value);
            assert_eq!(interner.intern(&value), id);
        }
        interner.compact();
        clones.push((interner.len(), interner.clone()));
    }
    assert!(interner.layers.len() < 8, "{} layers", interner.layers.len());
    assert_eq!(interner.len(), 39 * 40 / 2);
    for (len, clone) in clones {
        assert_eq!(clone.len(), len);
        for (id, value) in clone.iter() {
            assert_eq!(interner.value(id), value);
            assert_eq!(interner.id(value), Some(id));
            assert_eq!(clone.value(id), value);
        }
    }
}

fn joining() -> Interner {
    let mut people = People::default();
    let list = "name\tspellings\trole\tcountry\tsince\tuntil\nAnna Velkova\tAna Welkowa | A. Velkova\nAda Velkova\tA. Velkova\n";
    people.add("sample", list).unwrap();
    Interner::joining(Arc::new(people))
}

#[test]
fn names_of_one_person_share_an_id() {
    let mut interner = joining();
    let first = interner.intern("ANA Welkowa");
    assert_eq!(interner.value(first), "Anna Velkova");
    let before = interner.clone();
    assert_eq!(interner.intern("Anna Velková"), first);
    assert_ne!(interner.intern("A. Velkova"), first, "two people claim it");
    assert_ne!(interner.intern("Ada Velkova"), first);
    assert_eq!(interner.id("Anna Velkova"), Some(first));
    let names: Vec<&str> = interner.names(first).collect();
    assert_eq!(names, ["ANA Welkowa", "Anna Velková"]);
    assert_eq!(before.names(first).count(), 1, "a clone stays as it is");
    let why: Vec<Joined> = interner.joined(first).map(|(_, why)| why).collect();
    assert_eq!(why, [Joined::Listed, Joined::Spelling]);
}

#[test]
fn of_spellings_the_most_used_is_shown() {
    let mut interner = joining();
    let first = interner.intern("Park Min-seo");
    interner.compact();
    let clone = interner.clone();
    assert_eq!(interner.intern("PARK MIN-SEO"), first);
    assert_eq!(interner.intern("Park Min Seo"), first);
    interner.show_most_used([(0, 3), (1, 9), (2, 1), (2, 2)].iter());
    assert_eq!(interner.value(first), "Park Min Seo", "of equals the first in order");
    interner.show_most_used([(0, 4), (1, 9), (2, 3)].iter());
    assert_eq!(interner.value(first), "Park Min-seo", "capitals come last");
    interner.show_most_used([(1, 9)].iter());
    assert_eq!(interner.value(first), "PARK MIN-SEO", "no story has another");
    assert_eq!(clone.value(first), "Park Min-seo");
    assert_eq!(interner.intern("Park"), 3);
    assert_eq!(interner.joined(3).count(), 0);
}

#[test]
fn without_joining_each_value_is_itself() {
    let mut interner = Interner::default();
    assert_ne!(interner.intern("Park Min-seo"), interner.intern("Park Min Seo"));
    assert_eq!(interner.id("park min seo"), None);
    assert!(interner.listed("Park").is_empty());
}

#[test]
fn values_compare_by_their_text_whatever_their_ids() {
    let mut interner = joining();
    for value in ["Ana Welkowa", "Bela", "Cyd", "Anton", "Zoe", "Yvo"] {
        interner.intern(value);
    }
    let runs: Vec<Option<usize>> = (0..7).map(|id| interner.layers[0].run_of(id)).collect();
    assert_eq!(runs, [Some(1), Some(1), Some(1), Some(2), Some(2), Some(3), None]);
    for one in 0..interner.len() as u32 {
        for other in 0..interner.len() as u32 {
            let (one, other) = (interner.group_of(one), interner.group_of(other));
            assert_eq!(
                interner.compare(one, other),
                interner.value(one).cmp(interner.value(other))
            );
        }
    }
}
