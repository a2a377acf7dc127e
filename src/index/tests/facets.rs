//! What the reader holds in memory against a plain reading of the stored documents, after any run of changes.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tantivy::DocAddress;
use tempfile::tempdir;

use super::{extraction, filing, reader, writer};
use crate::index::document::facet_values;
use crate::index::{Outcome, Reader, Segment, Snapshot, Stored, Values};
use crate::story::{Country, Facet, Source, SourceRole, key_of};

#[derive(Debug, Clone)]
enum Step {
    /// Story, minute, people.
    Put(u8, u8, Vec<u8>),
    Delete(u8),
    Commit,
    Rollback,
    Merge,
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let put = (0..12_u8, 0..6_u8, prop::collection::vec(0..9_u8, 0..4));
    let step = prop_oneof![
        12 => put.prop_map(|(story, minute, people)| Step::Put(story, minute, people)),
        2 => (0..12_u8).prop_map(Step::Delete),
        4 => Just(Step::Commit),
        1 => Just(Step::Rollback),
        1 => Just(Step::Merge),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..60)
}

fn story(number: u8, minute: u8, people: &[u8]) -> (crate::story::Filing, crate::story::Extraction) {
    let body = format!("Minute {minute} of story {number}, with {people:?}.");
    let names: BTreeSet<String> = people.iter().map(|n| format!("Person {n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut extraction = extraction(&names, &body);
    extraction.countries = people
        .iter()
        .map(|n| Country {
            value: ["ID", "MY", "SG"][usize::from(n % 3)].into(),
            about: n % 2 == 0,
            ..Country::default()
        })
        .collect();
    extraction.sources = people
        .iter()
        .map(|n| Source {
            value: format!("agency {}", n % 4),
            role: if n % 2 == 0 {
                SourceRole::Credit
            } else {
                SourceRole::Cited
            },
            ..Source::default()
        })
        .collect();
    let mut filing = filing(&format!("s:{number}"), u32::from(minute), &body);
    filing.published = (minute > 0).then(|| 1_700_000_000 + i64::from(minute));
    (filing, extraction)
}

/// The stories and their number of filings, as a plain map would hold them.
type Model = BTreeMap<u8, Vec<(u8, String)>>;

fn put_in_model(model: &mut Model, number: u8, minute: u8, body: &str) -> Outcome {
    let filings = model.entry(number).or_default();
    if filings.iter().any(|(at, text)| *at == minute && text == body) {
        return Outcome::Unchanged;
    }
    let place = filings.iter().take_while(|(at, _)| *at <= minute).count();
    filings.insert(place, (minute, body.to_owned()));
    match (filings.len(), place) {
        (1, _) => Outcome::Added,
        (len, place) if place + 1 == len => Outcome::Updated,
        _ => Outcome::Older,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn memory_equals_a_reading_of_the_store(steps in steps()) {
        let dir = tempdir().unwrap();
        let mut writer = writer(dir.path());
        let reader = reader(dir.path());
        let (mut model, mut committed) = (Model::new(), Model::new());
        for step in steps {
            match step {
                Step::Put(number, minute, people) => {
                    let (filing, extraction) = story(number, minute, &people);
                    let expected = put_in_model(&mut model, number, minute, filing.ninjs.body());
                    prop_assert_eq!(writer.put(filing, extraction).unwrap(), expected);
                }
                Step::Delete(number) => {
                    let deleted = writer.delete(&format!("s:{number}")).unwrap();
                    prop_assert_eq!(deleted, model.remove(&number).is_some());
                }
                Step::Rollback => {
                    // An update may have committed what it had to read back; here all is at hand.
                    writer.rollback().unwrap();
                    model.clone_from(&committed);
                }
                Step::Commit | Step::Merge | Step::Reopen => {
                    match step {
                        Step::Merge => writer.merge().unwrap(),
                        _ => writer.commit().unwrap(),
                    }
                    if matches!(step, Step::Reopen) {
                        drop(writer);
                        writer = super::writer(dir.path());
                    }
                    committed.clone_from(&model);
                    reader.reload().unwrap();
                    check(&reader.snapshot(), &committed);
                }
            }
            prop_assert_eq!(writer.stories(), model.len());
        }
        check_equals_fresh(&reader, &super::reader(dir.path()));
    }
}

/// The snapshot against the model, document by document.
fn check(snapshot: &Snapshot, model: &Model) {
    let mut found = BTreeSet::new();
    for (ord, segment) in (0..).zip(&snapshot.segments) {
        let reader = snapshot.searcher.segment_reader(ord);
        assert_eq!(segment.max_doc, reader.max_doc());
        for doc in 0..segment.max_doc {
            let at = DocAddress::new(ord, doc);
            if segment.stories.contains(doc) {
                assert!(!reader.is_deleted(doc));
                let stored = snapshot.stored(at).unwrap();
                check_story(snapshot, segment, at, &stored);
                found.insert(stored.uri);
            } else if segment.quotes.contains(doc) {
                let stored = snapshot.stored(at).unwrap();
                let speaker = snapshot.interners[Facet::Speaker as usize].value(segment.quote_speaker(doc));
                assert!(stored.extraction.speakers.iter().any(|value| **value == *speaker));
            }
        }
    }
    let expected: BTreeSet<String> = model.keys().map(|number| format!("s:{number}")).collect();
    assert_eq!(found, expected);
    for (number, filings) in model {
        let kept = snapshot.filings_of(key_of(&format!("s:{number}"))).unwrap();
        let bodies: Vec<_> = kept.iter().map(|stored| stored.filing.ninjs.body()).collect();
        let expected: Vec<_> = filings.iter().map(|(_, body)| body.as_str()).collect();
        assert_eq!(bodies, expected);
    }
}

fn check_story(snapshot: &Snapshot, segment: &Segment, at: DocAddress, stored: &Stored) {
    let doc = at.doc_id;
    for facet in Facet::ALL {
        let interner = &snapshot.interners[facet as usize];
        let ids = segment.values(facet).of(segment.rows(), at.doc_id).into_iter();
        let values: Vec<String> = ids.map(|id| interner.value(id).to_owned()).collect();
        assert_eq!(values, facet_values(stored, facet), "{facet:?} of {}", stored.uri);
    }
    let key = key_of(&stored.uri);
    assert_eq!(segment.key(doc), key);
    assert_eq!(segment.story_of(doc), doc);
    assert_eq!(segment.published(doc), stored.published.unwrap_or(Segment::NO_DATE));
    assert_eq!(segment.filings(doc) as usize, snapshot.filings_of(key).unwrap().len());
    assert_eq!(snapshot.story(key).unwrap(), Some(at));
    let own = (0..segment.max_doc).filter(|quote| segment.quotes.contains(*quote) && segment.story_of(*quote) == doc);
    assert_eq!(own.count(), stored.extraction.quotes.len());
}

/// A reader that reloaded many times holds what one holds that opens now.
fn check_equals_fresh(reloaded: &Reader, fresh: &Reader) {
    reloaded.reload().unwrap();
    let (one, other) = (reloaded.snapshot(), fresh.snapshot());
    assert_eq!(one.segments.len(), other.segments.len());
    let place = |id| {
        let mut readers = other.searcher.segment_readers().iter();
        readers.position(|reader| reader.segment_id() == id)
    };
    // The order of segments is that of the list that was read, which a commit may write anew.
    for (one, reader) in one.segments.iter().zip(one.searcher.segment_readers()) {
        let other = &other.segments[place(reader.segment_id()).unwrap()];
        for doc in 0..one.max_doc {
            assert_eq!(one.stories.contains(doc), other.stories.contains(doc));
            assert_eq!(one.quotes.contains(doc), other.quotes.contains(doc));
            assert_eq!(one.key(doc), other.key(doc));
        }
    }
}

#[test]
fn counts_over_two_segments_with_deletes_are_those_of_the_stories_alive() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    for number in 0..6 {
        let (filing, extraction) = story(number, 1, &[number % 2]);
        writer.put(filing, extraction).unwrap();
        if number == 2 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    let reader = reader(dir.path());
    let first = reader.snapshot();
    let arrays: Vec<_> = first
        .segments
        .iter()
        .map(|segment| std::sync::Arc::clone(&segment.columns))
        .collect();
    assert_eq!(arrays.len(), 2);
    writer.delete("s:0").unwrap();
    writer.delete("s:5").unwrap();
    writer.commit().unwrap();
    assert!(reader.reload().unwrap());
    let snapshot = reader.snapshot();
    let person = &snapshot.interners[Facet::Person as usize];
    let count = |name: &str| {
        let id = person.id(name).unwrap();
        let alive = snapshot.segments.iter().flat_map(|segment| {
            let stories = (0..segment.max_doc).filter(|doc| segment.stories.contains(*doc));
            stories.map(|doc| segment.values(Facet::Person).of(segment.rows(), doc))
        });
        alive.filter(|ids| ids.contains(&id)).count()
    };
    assert_eq!((count("Person 0"), count("Person 1")), (2, 2));
    for segment in &snapshot.segments {
        assert!(
            arrays
                .iter()
                .any(|before| std::sync::Arc::ptr_eq(&segment.columns, before)),
            "only the alive sets are built again"
        );
    }
    assert!(snapshot.bytes() > 0);
}

#[test]
fn values_that_have_no_room_in_memory_are_read_from_their_columns() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    for number in 0..9 {
        let people: Vec<u8> = (0..number % 4).collect();
        let (filing, extraction) = story(number, 1, &people);
        writer.put(filing, extraction).unwrap();
    }
    writer.commit().unwrap();
    let memory = Reader::open_joining(dir.path(), None).unwrap().snapshot();
    let column = Reader::open_within(dir.path(), None, 0).unwrap().snapshot();
    for (one, other) in memory.segments.iter().zip(&column.segments) {
        for facet in Facet::ALL {
            let (in_memory, in_column) = (one.values(facet), other.values(facet));
            assert!(matches!(in_memory, Values::Memory(..)));
            // Nothing takes no room.
            assert!(
                in_memory.is_empty() || matches!(in_column, Values::Column(_)),
                "{facet:?}"
            );
            assert_eq!(in_memory.len(), in_column.len());
            for doc in 0..one.max_doc {
                assert_eq!(
                    in_memory.of(one.rows(), doc),
                    in_column.of(other.rows(), doc),
                    "{facet:?}"
                );
            }
            let mut walked = [Vec::new(), Vec::new()];
            let none = in_memory.walk(one.rows(), &one.stories, |id| walked[0].push(id));
            assert_eq!(
                none,
                in_column.walk(other.rows(), &other.stories, |id| walked[1].push(id))
            );
            assert_eq!(walked[0], walked[1]);
            let having = |values: &Values| values.having(one.rows(), &one.stories, one.max_doc, |id| id == 1);
            assert_eq!(having(&in_memory), having(&in_column));
        }
    }
    assert!(column.bytes() < memory.bytes());
}
