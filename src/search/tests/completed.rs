//! Completion against the plain reading of it: every name of every value folded and measured, one by one.

use std::collections::BTreeMap;

use super::{Draft, indexed};
use crate::index::Snapshot;
use crate::search::{CompleteRequest, complete};
use crate::story::Facet;
use crate::text::{Typo, fold, words_of};
use crate::vocabulary::Vocabulary;

const SPEAKERS: [&str; 9] = [
    "Ingvild Storfjell",
    "Åse Ødegård",
    "Pramono Anugerah",
    "Prameswari Dewi",
    "Jean-Luc Storf",
    "Siti Nur 'Aini",
    "Presley Okonkwo",
    "Ana Storfjell",
    "金大中",
];
const SOURCES: [&str; 8] = [
    "reuters",
    "afp",
    "ap",
    "antara",
    "new-york-times",
    "bbc",
    "wire-one",
    "posta-nova",
];

/// Every country of the list in some story, and each speaker and source in several.
fn drafts() -> Vec<Draft> {
    let codes: Vec<&str> = Vocabulary::builtin().countries.codes().collect();
    let story = |(at, codes): (usize, &[&str])| {
        let mut draft = Draft::new(&format!("s{at}"), "en", &format!("Prices present storm {at}"), "Text.");
        draft.countries = codes.iter().map(|code| ((*code).to_owned(), false)).collect();
        draft.sources = vec![(SOURCES[at % SOURCES.len()].to_owned(), at % 2 == 0)];
        draft.quote(SPEAKERS[at % SPEAKERS.len()], "Prices will rise")
    };
    codes.chunks(5).enumerate().map(story).collect()
}

/// What is typed: beginnings of names in many languages, words before them, some misspelt.
fn typed(facet: Facet) -> Vec<String> {
    let vocabulary = Vocabulary::builtin();
    let mut whole: Vec<String> = match facet {
        Facet::Country => {
            let names = ["ID", "NO", "KP", "KR", "GB", "CI", "DE", "EG"].map(|code| {
                let names: Vec<&str> = vocabulary.countries.names_of(code).collect();
                names.into_iter().step_by(19).map(str::to_owned).collect::<Vec<_>>()
            });
            names.concat()
        }
        Facet::Speaker => SPEAKERS.map(str::to_owned).into(),
        _ => SOURCES.iter().map(|id| vocabulary.label(facet, id, "")).collect(),
    };
    whole.extend(
        [
            "indonesia",
            "north kor",
            "united sta",
            "norwegen",
            "prancis",
            "storfjel",
        ]
        .map(str::to_owned),
    );
    let mut typed = Vec::new();
    for name in &whole {
        let letters: Vec<char> = name.chars().collect();
        for length in [1, 2, 3, 5, 8, letters.len()] {
            typed.push(letters.iter().take(length).collect::<String>());
        }
        if letters.len() > 5 {
            let mut swapped = letters.clone();
            swapped.swap(2, 3);
            typed.push(swapped.into_iter().collect());
            typed.push([&letters[..3], &letters[4..]].concat().into_iter().collect());
        }
    }
    let is_plain = |text: &String| text.ends_with(char::is_alphanumeric) && !text.contains(['"', '(', ')']);
    typed.retain(is_plain);
    typed.sort();
    typed.dedup();
    typed
}

/// The least edits between what is typed and any of the names.
fn edits(names: &[String], typed: &str, forgiven: bool) -> Option<usize> {
    let folded = fold(typed);
    let words: Vec<&str> = words_of(&folded).collect();
    let (last, before) = words.split_last()?;
    let most = match last.chars().count() {
        _ if !forgiven => 0,
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    let typo = Typo::new(last, most);
    let of_name = |name: &String| {
        let name = fold(name);
        let has = |word: &&str| words_of(&name).any(|other| other == *word);
        let to = |word: &str| match word.starts_with(last) {
            true => Some(0),
            false if word.chars().next() == last.chars().next() => typo.edits_to_start(word),
            false => None,
        };
        before.iter().all(has).then(|| words_of(&name).filter_map(to).min())?
    };
    names.iter().filter_map(of_name).min()
}

fn names(facet: Facet, value: &str) -> Vec<String> {
    let vocabulary = Vocabulary::builtin();
    let mut names = vec![value.to_owned(), vocabulary.label(facet, value, "")];
    if facet == Facet::Country {
        names.extend(vocabulary.countries.names_of(value).map(str::to_owned));
    }
    names
}

fn expected(snapshot: &Snapshot, facet: Facet, typed: &str) -> BTreeMap<String, usize> {
    let with = |forgiven| {
        let values = snapshot.interners[facet as usize].iter();
        let values =
            values.filter_map(|(_, value)| Some((value.to_owned(), edits(&names(facet, value), typed, forgiven)?)));
        values.collect::<BTreeMap<_, _>>()
    };
    match with(false) {
        // Names of people that begin so hide those that only may be meant.
        exact if facet == Facet::Speaker && !exact.is_empty() => exact,
        _ => with(true),
    }
}

#[track_caller]
fn as_the_plain_reading(facet: Facet, least: usize) {
    let (_dir, snapshot) = indexed(&drafts());
    let typed = typed(facet);
    assert!(typed.len() >= least, "{}", typed.len());
    let mut found_at_all = 0;
    for typed in typed {
        let request = CompleteRequest {
            q: format!("{}:\"{typed}", facet.name()),
            limit: CompleteRequest::MAX_LIMIT,
            ..CompleteRequest::default()
        };
        let answer = complete(&snapshot, &Vocabulary::builtin(), &request).unwrap();
        let expected = expected(&snapshot, facet, &typed);
        let found: Vec<&str> = answer.completions.iter().map(|one| one.value.as_str()).collect();
        let edits: Vec<usize> = found
            .iter()
            .map(|value| expected.get(*value).copied().unwrap_or(9))
            .collect();
        assert!(
            edits.is_sorted() && edits.last() != Some(&9),
            "{typed:?}: {found:?}, {expected:?}"
        );
        assert_eq!(
            found.len(),
            expected.len().min(request.limit),
            "{typed:?}: {found:?}, {expected:?}"
        );
        found_at_all += usize::from(!found.is_empty());
    }
    assert!(found_at_all * 2 > least, "{found_at_all}");
}

#[test]
fn countries_are_those_of_the_plain_reading() {
    as_the_plain_reading(Facet::Country, 60);
}

#[test]
fn sources_are_those_of_the_plain_reading() {
    as_the_plain_reading(Facet::Source, 50);
}

#[test]
fn speakers_are_those_of_the_plain_reading() {
    as_the_plain_reading(Facet::Speaker, 50);
}

#[test]
fn words_of_headlines_are_summed_over_segments_and_come_by_their_frequency() {
    let headlines = [
        "Prices present",
        "Prices prevail",
        "Prices rise",
        "Present prices",
        "Presents",
    ];
    let drafts = headlines.iter().enumerate();
    let drafts: Vec<Draft> = drafts
        .map(|(at, text)| Draft::new(&format!("s{at}"), "en", text, "Text."))
        .collect();
    let (_dir, snapshot) = indexed(&drafts);
    for (typed, wanted) in [
        (
            "pr",
            &[("prices", 4), ("present", 2), ("presents", 1), ("prevail", 1)][..],
        ),
        ("prese", &[("present", 2), ("presents", 1)]),
        ("prezent", &[("present", 2), ("presents", 1)]),
        ("pirces", &[("prices", 4)]),
        ("present", &[("present", 2), ("presents", 1)]),
        ("qrices", &[]),
        ("rese", &[("rise", 1)]),
    ] {
        let request = CompleteRequest {
            q: format!("headline:{typed}"),
            ..CompleteRequest::default()
        };
        let answer = complete(&snapshot, &Vocabulary::builtin(), &request).unwrap();
        let found: Vec<(&str, u64)> = answer
            .completions
            .iter()
            .map(|one| (one.value.as_str(), one.count))
            .collect();
        assert_eq!(found, wanted, "{typed}");
    }
}

/// What lies in the nearest values' list is kept when nearer ones come late, and each value stands in it once.
#[test]
fn the_most_frequent_are_kept_of_many() {
    let names = |at: usize| {
        format!(
            "Sam{} Stor{}",
            ["an", "ir", "ol"][at % 3],
            ('a'..='z').cycle().nth(at).unwrap()
        )
    };
    let many = (0..150).map(|at| {
        let draft = Draft::new(&format!("s{at}"), "en", "Headline", "Text.");
        let draft = draft.quote(&format!("{}{} Lind", names(at), "x".repeat(at / 26)), "Prices");
        if at < 40 {
            draft.quote("Samuel Samson", "Prices")
        } else {
            draft
        }
    });
    let (_dir, snapshot) = indexed(&many.collect::<Vec<_>>());
    let request = CompleteRequest {
        q: "speaker:sam".into(),
        ..CompleteRequest::default()
    };
    let answer = complete(&snapshot, &Vocabulary::builtin(), &request).unwrap();
    assert_eq!(answer.completions.len(), 8);
    assert_eq!(
        (answer.completions[0].value.as_str(), answer.completions[0].count),
        ("Samuel Samson", 40)
    );
    assert_eq!(
        answer
            .completions
            .iter()
            .filter(|one| one.value == "Samuel Samson")
            .count(),
        1
    );
}
