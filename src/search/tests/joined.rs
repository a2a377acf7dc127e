//! Joined names: every answer is the one that an index without variants gives.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use super::agree::{check_as_typed, write};
use super::drawn::{ask, draft};
use super::model::Ask;
use super::{Draft, open};
use crate::index::{Reader, Snapshot};
use crate::search::{FacetFilter, SearchRequest, facet, quotes, search};
use crate::story::Facet;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::people::People;

/// The people of the model with other spellings; each has all the words of the first.
const LIST: &str = "name\tspellings\trole\tcountry\tsince\tuntil\n\
    Ana Adi\tAna Yuliana Adi | Ana Y. Adi\n\
    Budi Adi\tBudi W. Adi\n\
    Cici\t\n\
    Dé Cici\tDé Maria Cici\n\
    Eko Ana\tEko Nana Ana\n";

/// Each person's spellings, the first as the model has it.
const SPELLINGS: [&[&str]; 5] = [
    &["Ana Adi", "ANA-ADI", "Ana Yuliana Adi", "Ana Y Adi"],
    &["Budi Adi", "Budi  Adi", "Budi W. Adi"],
    &["Cici", "CICI"],
    &["Dé Cici", "De-Cici", "Dé María Cici"],
    &["Eko Ana", "eko ana", "Eko Nana-Ana"],
];

fn people() -> Arc<People> {
    let mut people = People::default();
    people.add("list", LIST).unwrap();
    Arc::new(people)
}

fn joined(dir: &Path) -> Snapshot {
    Snapshot::clone(&Reader::open_joining(dir, Some(&people())).unwrap().snapshot())
}

/// A name in one of its spellings.
fn spelled(name: &str, choice: usize) -> String {
    let spellings = SPELLINGS.iter().find(|spellings| spellings[0] == name);
    spellings
        .map_or(name, |spellings| spellings[choice % spellings.len()])
        .to_owned()
}

/// The draft with each name in some spelling, and some people in two.
fn varied(draft: &Draft) -> Draft {
    let mut varied = draft.clone();
    let seed = draft.version as usize + draft.uri.len();
    varied.people.clear();
    for (at, name) in draft.people.iter().enumerate() {
        varied.people.push(spelled(name, seed + at));
        if (seed + at).is_multiple_of(3) {
            varied.people.push(spelled(name, seed + at + 1));
        }
    }
    for (at, quote) in varied.quotes.iter_mut().enumerate() {
        quote.0 = quote.0.as_ref().map(|name| spelled(name, seed + 2 * at));
    }
    varied
}

/// The request with other spellings of the people that it filters by.
fn retyped(ask: &Ask, choice: usize) -> Ask {
    let mut typed = ask.clone();
    for (facet, filter) in &mut typed.request.filters {
        if matches!(facet, Facet::Person | Facet::Speaker) {
            for name in filter.any_of.iter_mut().chain(&mut filter.none_of) {
                *name = spelled(name, choice);
            }
        }
    }
    typed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn joined_names_answer_as_one_name_would(
        drafts in prop::collection::vec(draft(), 1..24),
        deleted in prop::collection::btree_set(0_u8..12, 0..3),
        asks in prop::collection::vec(ask(), 20),
    ) {
        let (dir, model) = write(&drafts, &deleted, varied);
        let snapshot = joined(dir.path());
        for (at, ask) in asks.iter().enumerate() {
            check_as_typed(&model, &snapshot, ask, &retyped(ask, at));
        }
    }
}

/// Stories about these people, one each, who also speak in them.
fn stories_of(names: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = open(dir.path());
    for (at, name) in names.iter().enumerate() {
        let mut draft = Draft::new(&format!("story:{at}"), "en", "Alpine", "Bravo.");
        draft.people = vec![(*name).to_owned()];
        draft.quotes = vec![(Some((*name).to_owned()), true, "delta carlis".to_owned())];
        writer.put(draft.filing(), draft.extraction()).unwrap();
        if at % 2 == 0 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    dir
}

fn request(filter: Option<(Facet, &str)>, q: &str) -> SearchRequest {
    let mut request = SearchRequest::new(q);
    request.facets = vec![Facet::Person, Facet::Speaker];
    request.filters.extend(filter.map(|(facet, name)| {
        let any_of = vec![name.to_owned()];
        (
            facet,
            FacetFilter {
                any_of,
                ..FacetFilter::default()
            },
        )
    }));
    request
}

#[test]
fn every_spelling_finds_all_and_counts_agree() {
    let dir = stories_of(&["Ana Yuliana Adi", "Ana Adi", "ANA ADI", "Budi Adi"]);
    let (snapshot, vocabulary) = (joined(dir.path()), Vocabulary::builtin());
    let total = |filter, q: &str| {
        search(&snapshot, &vocabulary, &request(filter, q), 0)
            .unwrap()
            .total
            .stories
    };
    for typed in ["Ana Adi", "ana adi", "Ana Y. Adi", "Ana Yuliana Adi"] {
        assert_eq!(total(Some((Facet::Person, typed)), ""), 3, "{typed}");
        assert_eq!(total(Some((Facet::Speaker, typed)), ""), 3, "{typed}");
        assert_eq!(total(None, &format!("person:\"{typed}\"")), 3, "{typed}");
        assert_eq!(total(None, &format!("speaker:\"{typed}\" said:delta")), 3, "{typed}");
        assert_eq!(total(None, &format!("alpine -person:\"{typed}\"")), 1, "{typed}");
        let said = quotes(&snapshot, &vocabulary, &request(Some((Facet::Speaker, typed)), ""), 0).unwrap();
        assert_eq!(said.total, 3, "{typed}");
        assert!(
            said.hits
                .iter()
                .all(|hit| hit.speaker_label.as_deref() == Some("Ana Adi"))
        );
    }
    assert_eq!(total(None, "person:Yuliana"), 3);
    let counts = facet(&snapshot, &vocabulary, &request(None, ""), Facet::Person, 0).unwrap();
    let shown: Vec<(&str, u64)> = counts
        .values
        .iter()
        .map(|value| (value.value.as_str(), value.count))
        .collect();
    assert_eq!(shown, [("Ana Adi", 3), ("Budi Adi", 1)]);
    let mut names: Vec<(&str, &str)> = counts.values[0]
        .names
        .iter()
        .map(|name| (&*name.name, name.why))
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            ("ANA ADI", "spelling"),
            ("Ana Adi", "spelling"),
            ("Ana Yuliana Adi", "authority list")
        ]
    );
    assert!(counts.values[1].names.is_empty());
    let mut starting = request(None, "");
    starting.facet_prefix = "yul".to_owned();
    let counts = facet(&snapshot, &vocabulary, &starting, Facet::Person, 0).unwrap();
    assert_eq!(counts.values.len(), 1);
}

#[test]
fn spellings_join_without_a_list_and_joining_can_be_undone() {
    let dir = stories_of(&["Park Min Seo", "Park Min-seo", "PARK MIN-SEO", "Park Min-seo"]);
    let vocabulary = Vocabulary::builtin();
    let values = |people: Option<&Arc<People>>| {
        let snapshot = Reader::open_joining(dir.path(), people).unwrap().snapshot();
        let counts = facet(&snapshot, &vocabulary, &request(None, ""), Facet::Speaker, 0).unwrap();
        let pairs = counts.values.into_iter().map(|value| (value.value, value.count));
        pairs.collect::<Vec<_>>()
    };
    assert_eq!(values(Some(&people())), [("Park Min-seo".to_owned(), 4)]);
    assert_eq!(values(None).len(), 3);
}
