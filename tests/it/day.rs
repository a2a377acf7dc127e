//! A day's wire against a model kept beside it: 5,000 filings of 1,500 stories, out of order, with corrections, exact repeats,
//! kills by status and by message, restores, and embargoes. What the index shows is what the model says, at three times of the day
//! and after the embargoes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dateline::index::{Reader, Snapshot};
use dateline::ingest::{Counts, Silent};
use dateline::search::{self, DiffRequest, SearchRequest};
use dateline::story::Facet;
use dateline::vocabulary::Vocabulary;
use serde_json::{Value, json};

use crate::crash::Dice;
use crate::support::{NOW, ingest_into};

const STORIES: usize = 1_500;
const FILINGS: usize = 5_000;
const KILLS: usize = 20;
const EMBARGOES: usize = 20;

/// 1 January 2200: after every embargo.
const LATER: i64 = 7_258_118_400;

const PEOPLE: [&str; 7] = [
    "Ingvild Storfjell",
    "Bambang Wiryadinata",
    "Mercyline Korsang",
    "Thibault Garancière",
    "Jacira Monteverde",
    "Lindiwe Mokhoane",
    "Orla Vennesland",
];

const SUBJECTS: [&str; 5] = ["shipping", "weather", "fisheries", "labour dispute", "film festival"];

/// One transmission, as the model knows it.
#[derive(Debug, Clone, PartialEq)]
struct Sent {
    story: usize,
    minute: usize,
    number: usize,
    person: usize,
    subject: usize,
    word: String,
    take: Option<&'static str>,
    kills: bool,
    embargoed: bool,
}

impl Sent {
    fn uri(&self) -> String {
        format!("kny:2026:{}", self.story)
    }

    fn headline(&self) -> String {
        let take = self.take.map(|take| format!("{take}-")).unwrap_or_default();
        format!("{take}Harbour report {} {}", self.story, self.word)
    }

    fn body(&self) -> String {
        format!(
            "LUNDE, March 1 (Kystnytt) - The {} report number {} came at minute {}.\n\"We waited,\" {} said on Sunday.\nThe quay stayed shut.",
            self.word, self.number, self.minute, PEOPLE[self.person]
        )
    }

    fn json(&self) -> Value {
        let mut item = json!({
            "uri": self.uri(),
            "type": "text",
            "version": self.number.to_string(),
            "versionCreated": format!("2026-03-01T{:02}:{:02}:00Z", self.minute / 60, self.minute % 60),
            "pubStatus": if self.kills { "canceled" } else { "usable" },
            "slugline": format!("Harbour-{}", self.story),
            "language": "en",
            "headlines": [{"role": "main", "value": self.headline()}],
            "bodies": [{"role": "main", "contentType": "text/plain", "value": self.body()}],
            "people": [{"name": PEOPLE[self.person]}],
            "subjects": [{"name": SUBJECTS[self.subject]}],
        });
        if self.embargoed {
            item["embargoedUntil"] = "2150-01-01T00:00:00Z".into();
        }
        item
    }
}

/// A day of filings in the order in which they arrive, the kills by message (by the story they name) among them.
fn day() -> Vec<Sent> {
    let mut dice = Dice(1_500);
    let mut sent: Vec<Sent> = Vec::new();
    let mut numbers = vec![0; STORIES];
    let mut file = |dice: &mut Dice, story: usize| {
        numbers[story] += 1;
        let number = numbers[story];
        Sent {
            story,
            // Every version of a story has a minute of its own, later than those before.
            minute: (story % 60) + 7 * number,
            number,
            person: dice.below(PEOPLE.len()),
            subject: dice.below(SUBJECTS.len()),
            word: format!("w{}", dice.below(300)),
            take: match dice.below(6) {
                _ if number == 1 => None,
                0 => Some("CORRECTED"),
                1 => Some("UPDATE 2"),
                2 => Some("REFILE"),
                _ => None,
            },
            kills: false,
            embargoed: false,
        }
    };
    for story in 0..STORIES {
        sent.push(file(&mut dice, story));
    }
    while sent.len() < FILINGS - FILINGS / 20 {
        let story = dice.below(STORIES);
        sent.push(file(&mut dice, story));
    }
    for at in 0..KILLS {
        let mut kill = file(&mut dice, at * 71 % STORIES);
        kill.kills = true;
        sent.push(kill);
        // A third of them is taken back.
        if at % 3 == 0 {
            sent.push(file(&mut dice, at * 71 % STORIES));
        }
    }
    for at in 0..EMBARGOES {
        let mut held = file(&mut dice, (at * 67 + 13) % STORIES);
        held.embargoed = true;
        sent.push(held);
    }
    // Exact repeats, up to the day's number of filings.
    while sent.len() < FILINGS {
        let again = sent[dice.below(sent.len())].clone();
        sent.push(again);
    }
    for at in (1..sent.len()).rev() {
        sent.swap(at, dice.below(at + 1));
    }
    sent
}

/// What a story is at a time, by what was sent of it.
#[derive(Debug, Default)]
struct Model {
    /// Distinct filings that may be seen, the oldest version first.
    filings: BTreeMap<usize, Vec<Sent>>,
}

impl Model {
    fn of(sent: &[Sent], embargoes_over: bool) -> Self {
        let mut model = Self::default();
        for one in sent.iter().filter(|one| embargoes_over || !one.embargoed) {
            let filings = model.filings.entry(one.story).or_default();
            if !filings.contains(one) {
                filings.push(one.clone());
                filings.sort_by_key(|one| one.minute);
            }
        }
        model
    }

    /// The stories that stand, by their current filing.
    fn standing(&self) -> impl Iterator<Item = (&Sent, &Vec<Sent>)> {
        let current = self
            .filings
            .values()
            .filter_map(|filings| Some((filings.last()?, filings)));
        current.filter(|(current, _)| !current.kills)
    }

    fn counts(&self, of: impl Fn(&Sent) -> String) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for (current, _) in self.standing() {
            *counts.entry(of(current)).or_default() += 1;
        }
        counts
    }
}

fn facet(snapshot: &Snapshot, facet: Facet) -> BTreeMap<String, u64> {
    let request = SearchRequest {
        facet_limit: SearchRequest::MAX_FACET_LIMIT,
        ..SearchRequest::new("")
    };
    let counts = search::facet(snapshot, &Vocabulary::builtin(), &request, facet, NOW).unwrap();
    counts
        .values
        .into_iter()
        .map(|value| (value.value, value.count))
        .collect()
}

#[track_caller]
fn agrees(snapshot: &Snapshot, model: &Model, what: &str) {
    let vocabulary = Vocabulary::builtin();
    let answer = search::search(snapshot, &vocabulary, &SearchRequest::new(""), NOW).unwrap();
    let filings: usize = model.standing().map(|(_, filings)| filings.len()).sum();
    assert_eq!(
        (answer.total.stories as usize, answer.total.filings as usize),
        (model.standing().count(), filings),
        "{what}"
    );
    assert_eq!(
        facet(snapshot, Facet::Person),
        model.counts(|current| PEOPLE[current.person].to_owned()),
        "{what}: people"
    );
    let subjects = facet(snapshot, Facet::Subject);
    assert_eq!(
        subjects,
        model.counts(|current| SUBJECTS[current.subject].to_owned()),
        "{what}: subjects"
    );
    let slugs = facet(snapshot, Facet::Slug);
    assert_eq!(
        slugs,
        model.counts(|current| format!("Harbour-{}", current.story)),
        "{what}: slugs"
    );
    // Every word: in the current filings, and in all versions.
    for word in (0..300).step_by(23).map(|n| format!("w{n}")) {
        let found = |all_versions| {
            let request = SearchRequest {
                limit: SearchRequest::MAX_LIMIT,
                all_versions,
                ..SearchRequest::new(word.as_str())
            };
            let hits = search::search(snapshot, &vocabulary, &request, NOW).unwrap().hits;
            hits.into_iter().map(|hit| hit.id).collect::<BTreeSet<String>>()
        };
        let current: BTreeSet<String> = model
            .standing()
            .filter(|(current, _)| current.word == word)
            .map(|(current, _)| current.uri())
            .collect();
        assert_eq!(found(false), current, "{what}: {word}");
        let ever: BTreeSet<String> = model
            .standing()
            .filter(|(_, filings)| {
                filings
                    .iter()
                    .rev()
                    .take_while(|one| !one.kills)
                    .any(|one| one.word == word)
            })
            .map(|(current, _)| current.uri())
            .collect();
        assert_eq!(found(true), ever, "{what}: {word} in all versions");
    }
}

/// Versions and changes of every story that has more than one filing, and what stands in the place of those that were killed.
#[track_caller]
fn versions_agree(snapshot: &Snapshot, model: &Model) {
    let vocabulary = Vocabulary::builtin();
    for filings in model.filings.values() {
        let current = filings.last().unwrap();
        let uri = current.uri();
        let versions = search::versions(snapshot, &vocabulary, &uri, "en").unwrap();
        let tombstone = search::tombstone(snapshot, &vocabulary, &uri, "en").unwrap();
        if current.kills {
            assert!(versions.is_none() && tombstone.is_some(), "{uri} was killed");
            assert!(search::story(snapshot, &vocabulary, &uri, "en").unwrap().is_none());
            continue;
        }
        assert!(tombstone.is_none(), "{uri}");
        let versions = versions.unwrap().versions;
        // What was killed stays killed when the story is filed again: only that it was there is told.
        let killed = filings.iter().rposition(|one| one.kills).map_or(0, |at| at + 1);
        let told: Vec<&str> = versions.iter().map(|version| version.headline.as_str()).collect();
        assert_eq!(told.len(), filings.len(), "{uri}");
        assert!(told[..killed].iter().all(|headline| headline.is_empty()), "{uri}");
        for ((told, version), sent) in told.iter().zip(&versions).zip(filings).skip(killed) {
            assert!(*told == sent.headline(), "{uri}: {told} is not {}", sent.headline());
            let take = version.take.as_ref().map(|take| take.label.clone());
            assert!(
                take == sent.take.map(str::to_owned),
                "{uri}: {take:?} is not {:?}",
                sent.take
            );
        }
        if filings.len() < 2 || filings.iter().any(|one| one.kills) {
            continue;
        }
        let request = DiffRequest {
            from: Some(1),
            to: Some(filings.len() as u32),
            ..DiffRequest::default()
        };
        let diff = search::compare(snapshot, &vocabulary, &uri, &request).unwrap().unwrap();
        let body = diff.fields.iter().find(|field| field.field == "body").unwrap();
        let side = |left_out: search::Change| -> String {
            let paragraphs = body.paragraphs.iter();
            let spans = paragraphs.flat_map(|paragraph| &paragraph.spans);
            spans
                .filter(|span| span.change != left_out)
                .map(|span| span.text.as_str())
                .collect()
        };
        let plain = |text: &str| text.replace('\n', "");
        assert_eq!(plain(&side(search::Change::Added)), plain(&filings[0].body()), "{uri}");
        assert_eq!(plain(&side(search::Change::Removed)), plain(&current.body()), "{uri}");
    }
}

/// Puts filings into files of 250, reads them, and gives what became of them.
fn read(index: &Path, folder: &Path, sent: &[Sent], first: usize) -> Counts {
    fs::create_dir_all(folder).unwrap();
    let mut ingest = ingest_into(index);
    let mut counts = Counts::default();
    for (at, part) in sent.chunks(250).enumerate() {
        let lines: Vec<String> = part.iter().map(|one| one.json().to_string()).collect();
        let file = folder.join(format!("{:04}.jsonl", first + at));
        fs::write(&file, lines.join("\n")).unwrap();
        let balance = ingest.files(&[file], &mut Silent).unwrap();
        assert!(
            balance.adds_up() && balance.counts.rejected + balance.counts.skipped == 0,
            "{balance:?}"
        );
        counts.add(balance.counts);
    }
    counts
}

#[test]
fn a_day_of_the_wire_is_what_a_model_says_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, index) = (dir.path().join("in"), dir.path().join("index"));
    let sent = day();
    assert_eq!(sent.len(), FILINGS);
    assert_eq!(sent.iter().map(|one| one.story).collect::<BTreeSet<_>>().len(), STORIES);
    let mut counts = Counts::default();
    let third = FILINGS / 3;
    for (at, end) in [third, 2 * third, FILINGS].into_iter().enumerate() {
        let start = at * third;
        counts.add(read(&index, &folder, &sent[start..end], start));
        let snapshot = Reader::open(&index).unwrap().snapshot();
        let model = Model::of(&sent[..end], false);
        agrees(&snapshot, &model, &format!("after {end} filings"));
        versions_agree(&snapshot, &model);
    }
    let mut distinct: Vec<&Sent> = Vec::new();
    for one in &sent {
        if !distinct.contains(&one) {
            distinct.push(one);
        }
    }
    assert_eq!(counts.read as usize, FILINGS);
    assert_eq!(counts.unchanged as usize, FILINGS - distinct.len());
    assert_eq!(counts.killed as usize, KILLS);
    let reader = Reader::open(&index).unwrap();
    let waiting = reader.snapshot().embargoed().unwrap();
    assert!(waiting.0 >= EMBARGOES as u64, "{waiting:?}");
    // The embargoes end: nothing is written, and all of it is there.
    let model = Model::of(&sent, true);
    let later = reader.snapshot_at(LATER);
    agrees(&later, &model, "after the embargoes");
    versions_agree(&later, &model);
    let report = dateline::ingest::check(&index).unwrap();
    assert_eq!(report.faults, [], "{report:?}");
    assert_eq!(report.filings as usize, distinct.len());
}
