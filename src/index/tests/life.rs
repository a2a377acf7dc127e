//! Kills, withholdings, embargoes and additions: what is seen when, whatever order the filings come in.

use std::path::Path;
use std::sync::Arc;

use tempfile::tempdir;

use super::{extraction, filing, reader, writer};
use crate::index::{Outcome, Snapshot, Writer};
use crate::story::{Extraction, Filing, Take, TakeKind, Target, WireNumber, key_of};

/// A time that no test lives to see: 1 January 2200.
const LATER: i64 = 7_258_118_400;

fn kill(uri: &str, minute: u32) -> Filing {
    let mut kill = filing(
        uri,
        minute,
        "Editors, please kill this story. The minister was misquoted.",
    );
    kill.ninjs.pub_status = Some("canceled".into());
    kill
}

fn embargoed(uri: &str, minute: u32, body: &str, year: u32) -> Filing {
    let mut filing = filing(uri, minute, body);
    filing.ninjs.embargoed_until = Some(format!("{year}-01-01T00:00:00Z"));
    filing
}

fn put(writer: &mut Writer, filing: Filing) -> Outcome {
    let body = filing.ninjs.body().to_owned();
    writer.put(filing, extraction(&["Orla Venn"], &body)).unwrap()
}

fn bodies(snapshot: &Snapshot, uri: &str) -> Vec<String> {
    let filings = snapshot.filings_of(key_of(uri)).unwrap();
    filings
        .iter()
        .map(|stored| stored.filing.ninjs.body().to_owned())
        .collect()
}

fn current(snapshot: &Snapshot, uri: &str) -> Option<String> {
    let at = snapshot.story_by_uri(uri).unwrap()?;
    let segment = &snapshot.segments[at.segment_ord as usize];
    assert!(
        segment.stories.contains(at.doc_id),
        "what is found by key is what a search sees"
    );
    Some(snapshot.stored(at).unwrap().filing.ninjs.body().to_owned())
}

/// Stories and quotes that a search sees.
fn seen(snapshot: &Snapshot) -> (usize, usize) {
    let segments = snapshot.segments.iter();
    segments.fold((0, 0), |(stories, quotes), s| {
        (stories + s.stories.len(), quotes + s.quotes.len())
    })
}

fn open(dir: &Path) -> Arc<Snapshot> {
    reader(dir).snapshot()
}

#[test]
fn a_kill_takes_the_story_with_its_filings_and_quotes_and_a_later_filing_brings_it_back() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    put(&mut writer, filing("s:1", 1, "One."));
    put(&mut writer, filing("s:1", 2, "Two."));
    put(&mut writer, filing("s:2", 2, "Other."));
    writer.commit().unwrap();
    assert_eq!(seen(&open(dir.path())), (2, 2));
    assert_eq!(put(&mut writer, kill("s:1", 3)), Outcome::Killed);
    assert_eq!(put(&mut writer, kill("s:1", 3)), Outcome::Unchanged);
    writer.commit().unwrap();
    let after = open(dir.path());
    assert_eq!(seen(&after), (1, 1));
    assert_eq!(current(&after, "s:1"), None);
    let tombstone = after.tombstone(key_of("s:1")).unwrap().unwrap();
    assert!(tombstone.filing.hides());
    assert!(after.tombstone(key_of("s:2")).unwrap().is_none());
    drop(writer);
    // A writer that opens later knows it: a repeated filing does not bring the story back, a new one does.
    let mut writer = super::writer(dir.path());
    assert_eq!(put(&mut writer, filing("s:1", 2, "Two.")), Outcome::Unchanged);
    assert_eq!(put(&mut writer, filing("s:1", 0, "Late.")), Outcome::Older);
    writer.commit().unwrap();
    assert_eq!(current(&open(dir.path()), "s:1"), None);
    assert_eq!(put(&mut writer, filing("s:1", 4, "Restored.")), Outcome::Updated);
    writer.commit().unwrap();
    let restored = open(dir.path());
    assert_eq!(current(&restored, "s:1").as_deref(), Some("Restored."));
    assert_eq!(bodies(&restored, "s:1").len(), 5);
    assert!(restored.tombstone(key_of("s:1")).unwrap().is_none());
    assert_eq!(seen(&restored), (2, 2));
}

#[test]
fn a_kill_that_tells_no_time_is_meant_for_all_that_is_here_and_for_nothing_later() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    put(&mut writer, filing("s:1", 1, "One."));
    put(&mut writer, filing("s:1", 2, "Two."));
    let mut timeless = kill("s:1", 0);
    timeless.ninjs.version_created = None;
    assert_eq!(put(&mut writer, timeless), Outcome::Killed);
    writer.commit().unwrap();
    assert_eq!(current(&open(dir.path()), "s:1"), None);
    put(&mut writer, filing("s:1", 3, "Restored."));
    writer.commit().unwrap();
    let snapshot = open(dir.path());
    assert_eq!(current(&snapshot, "s:1").as_deref(), Some("Restored."));
    let kill = bodies(&snapshot, "s:1")
        .iter()
        .position(|body| body.contains("please kill"));
    assert_eq!(kill, Some(2), "it stands behind what it killed");
    // What it killed is found by no search: only the filing that is current has words.
    let word = tantivy::Term::from_field_text(snapshot.fields.body, "two");
    let word = tantivy::query::TermQuery::new(word, tantivy::schema::IndexRecordOption::Basic);
    let words = snapshot.searcher.search(&word, &tantivy::collector::Count).unwrap();
    assert_eq!(words, 0);
}

#[test]
fn a_kill_that_comes_before_its_story_holds() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    assert_eq!(put(&mut writer, kill("s:1", 3)), Outcome::Killed);
    writer.commit().unwrap();
    put(&mut writer, filing("s:1", 1, "One."));
    writer.commit().unwrap();
    assert_eq!(current(&open(dir.path()), "s:1"), None);
}

fn wired(number: &str, minute: u32, body: &str) -> Filing {
    let mut filing = filing("", minute, body);
    filing.published = Some(1_709_251_200 + i64::from(minute) * 60);
    filing.keyword = Some(format!("Harbour-{number}"));
    filing.wire_number = Some(WireNumber {
        service: "kny".into(),
        number: number.into(),
    });
    filing
}

fn kill_of(target: Target, minute: u32) -> Filing {
    let mut kill = wired("900", minute, "KILL. The story is wrong.");
    kill.keyword = None;
    kill.take = Some(Take {
        kind: TakeKind::Kill,
        number: None,
        label: "KILL".into(),
    });
    kill.targets = vec![target];
    kill
}

#[test]
fn a_kill_finds_the_story_that_it_names_by_number_or_keyword_also_later() {
    for target in [Target::Number("157".into()), Target::Slug("harbour 157".into())] {
        for kill_first in [false, true] {
            let dir = tempdir().unwrap();
            let mut writer = writer(dir.path());
            let story = wired("157", 10, "The harbour is closed.");
            let uri = story.story_uri().unwrap();
            put(&mut writer, wired("158", 11, "Another."));
            let kill = kill_of(target.clone(), 20);
            if kill_first {
                assert_eq!(put(&mut writer, kill.clone()), Outcome::Killed);
                writer.commit().unwrap();
                assert_eq!(open(dir.path()).waiting_kills().unwrap().len(), 1);
                drop(writer);
                writer = super::writer(dir.path());
                put(&mut writer, story);
            } else {
                put(&mut writer, story);
                assert_eq!(put(&mut writer, kill.clone()), Outcome::Killed);
            }
            writer.commit().unwrap();
            let snapshot = open(dir.path());
            assert_eq!(current(&snapshot, &uri), None, "{target:?}, kill first: {kill_first}");
            assert_eq!(seen(&snapshot), (1, 1));
            assert!(snapshot.waiting_kills().unwrap().is_empty());
            assert_eq!(bodies(&snapshot, &uri).len(), 2);
            assert_eq!(put(&mut writer, kill), Outcome::Unchanged);
        }
    }
}

#[test]
fn a_kill_under_the_keyword_of_what_it_kills_takes_that_away() {
    for target in [Target::Number("157".into()), Target::Number("999".into())] {
        let dir = tempdir().unwrap();
        let mut writer = writer(dir.path());
        let story = wired("157", 10, "The harbour is closed.");
        let uri = story.story_uri().unwrap();
        put(&mut writer, story.clone());
        writer.commit().unwrap();
        let mut kill = kill_of(target, 20);
        kill.keyword.clone_from(&story.keyword);
        assert_eq!(kill.story_uri().as_ref(), Some(&uri));
        assert_eq!(put(&mut writer, kill.clone()), Outcome::Killed);
        writer.commit().unwrap();
        let snapshot = open(dir.path());
        assert!(snapshot.tombstone(key_of(&uri)).unwrap().is_some());
        assert!(snapshot.waiting_kills().unwrap().is_empty());
        drop(writer);
        let mut writer = super::writer(dir.path());
        assert_eq!(put(&mut writer, story), Outcome::Unchanged);
        assert_eq!(put(&mut writer, kill), Outcome::Unchanged);
        writer.commit().unwrap();
        assert_eq!(current(&open(dir.path()), &uri), None);
        assert_eq!(crate::index::check(dir.path()).unwrap().faults, []);
    }
}

#[test]
fn a_number_of_last_week_is_another_story() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    let mut old = wired("157", 10, "Last week.");
    old.ninjs.version_created = Some("2024-02-20T10:00:00Z".into());
    put(&mut writer, old);
    put(&mut writer, kill_of(Target::Number("157".into()), 20));
    writer.commit().unwrap();
    assert_eq!(seen(&open(dir.path())).0, 1);
    assert_eq!(open(dir.path()).waiting_kills().unwrap().len(), 1);
}

#[test]
fn an_embargoed_filing_appears_when_its_time_comes_without_a_new_commit() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    put(&mut writer, filing("s:1", 1, "Public."));
    assert_eq!(put(&mut writer, embargoed("s:1", 2, "Held.", 2150)), Outcome::Updated);
    assert_eq!(put(&mut writer, embargoed("s:2", 2, "Alone.", 2150)), Outcome::Added);
    writer.commit().unwrap();
    let reader = reader(dir.path());
    let before = reader.snapshot();
    assert_eq!(seen(&before), (1, 1));
    assert_eq!(current(&before, "s:1").as_deref(), Some("Public."));
    assert_eq!(bodies(&before, "s:1"), ["Public."]);
    assert_eq!(bodies(&before, "s:2"), [] as [&str; 0]);
    assert!(before.story_by_uri("s:2").unwrap().is_none());
    let after = reader.snapshot_at(LATER);
    assert_eq!(seen(&after), (2, 2));
    assert_eq!(current(&after, "s:1").as_deref(), Some("Held."));
    assert_eq!(bodies(&after, "s:1"), ["Public.", "Held."]);
    assert_eq!(current(&after, "s:2").as_deref(), Some("Alone."));
    assert_eq!(
        current(&before, "s:1").as_deref(),
        Some("Public."),
        "a snapshot stays as it is"
    );
    // A newer public filing overtakes the held one.
    put(&mut writer, filing("s:1", 3, "Overtaken."));
    writer.commit().unwrap();
    let reader = super::reader(dir.path());
    assert_eq!(current(&reader.snapshot(), "s:1").as_deref(), Some("Overtaken."));
    assert_eq!(
        current(&reader.snapshot_at(LATER), "s:1").as_deref(),
        Some("Overtaken.")
    );
    assert_eq!(
        bodies(&reader.snapshot_at(LATER), "s:1"),
        ["Public.", "Held.", "Overtaken."]
    );
}

#[test]
fn an_embargo_without_an_end_never_shows_and_a_later_filing_lifts_it() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    let mut held = filing("s:1", 1, "Held.");
    held.ninjs.embargoed_until = Some("until the minister has spoken".into());
    put(&mut writer, held.clone());
    writer.commit().unwrap();
    assert_eq!(seen(&reader(dir.path()).snapshot_at(LATER)), (0, 0));
    drop(writer);
    let mut writer = super::writer(dir.path());
    assert_eq!(put(&mut writer, held), Outcome::Unchanged);
    assert_eq!(put(&mut writer, filing("s:1", 2, "Spoken.")), Outcome::Updated);
    writer.commit().unwrap();
    assert_eq!(current(&open(dir.path()), "s:1").as_deref(), Some("Spoken."));
}

#[test]
fn an_addition_goes_behind_the_text_and_both_are_kept() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    put(&mut writer, filing("s:1", 1, "The harbour is closed."));
    let mut add = filing("s:1", 2, "The ferries wait.");
    add.take = Some(Take {
        kind: TakeKind::Add,
        number: Some(1),
        label: "1st Add".into(),
    });
    assert_eq!(put(&mut writer, add), Outcome::Updated);
    writer.commit().unwrap();
    let snapshot = open(dir.path());
    assert_eq!(
        current(&snapshot, "s:1").as_deref(),
        Some("The harbour is closed.\nThe ferries wait.")
    );
    assert_eq!(
        bodies(&snapshot, "s:1"),
        ["The harbour is closed.", "The ferries wait."]
    );
    assert_eq!(seen(&snapshot), (1, 2), "the quotes of both");
    // A new lead stands without it.
    put(&mut writer, filing("s:1", 3, "Open again."));
    writer.commit().unwrap();
    let snapshot = open(dir.path());
    assert_eq!(current(&snapshot, "s:1").as_deref(), Some("Open again."));
    assert_eq!(bodies(&snapshot, "s:1").len(), 3);
}

#[test]
fn a_deleted_story_takes_what_was_set_aside_with_it() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    put(&mut writer, embargoed("s:1", 2, "Held.", 2150));
    assert!(writer.delete("s:1").unwrap());
    writer.commit().unwrap();
    assert_eq!(open(dir.path()).searcher.num_docs(), 0);
    assert_eq!(
        writer.put(filing("s:1", 1, "x"), Extraction::default()).unwrap(),
        Outcome::Added
    );
}
