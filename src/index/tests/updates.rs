//! Which filing is current, whatever order they come in, and what is kept of the others.

use tempfile::tempdir;

use super::{extraction, filing, reader, writer};
use crate::index::{IndexError, Outcome, Reader, Writer};
use crate::story::{Extraction, key_of};

fn put(writer: &mut Writer, minute: u32) -> Outcome {
    let body = format!("As of minute {minute}.");
    writer
        .put(filing("s:1", minute, &body), extraction(&["Orla Venn"], &body))
        .unwrap()
}

/// The minutes of the kept filings, the current one last, and the number that the story document tells.
fn kept(reader: &Reader) -> (Vec<u32>, u32) {
    let snapshot = reader.snapshot();
    let key = key_of("s:1");
    let minutes = snapshot.filings_of(key).unwrap().into_iter().map(|stored| {
        let body = stored.filing.ninjs.body().to_owned();
        body.trim_start_matches("As of minute ")
            .trim_end_matches('.')
            .parse()
            .unwrap()
    });
    let at = snapshot.story(key).unwrap().unwrap();
    let filings = snapshot.segments[at.segment_ord as usize].filings(at.doc_id);
    (minutes.collect(), filings)
}

#[test]
fn a_newer_filing_becomes_current_and_the_old_one_is_kept() {
    for commit_between in [false, true] {
        let dir = tempdir().unwrap();
        let mut writer = writer(dir.path());
        assert_eq!(put(&mut writer, 1), Outcome::Added);
        if commit_between {
            writer.commit().unwrap();
        }
        assert_eq!(put(&mut writer, 2), Outcome::Updated);
        assert_eq!(put(&mut writer, 2), Outcome::Unchanged);
        assert_eq!(put(&mut writer, 1), Outcome::Unchanged, "it is kept as superseded");
        writer.commit().unwrap();
        assert_eq!(kept(&reader(dir.path())), (vec![1, 2], 2));
    }
}

#[test]
fn an_older_filing_is_kept_and_the_current_one_stays() {
    for commit_between in [false, true] {
        let dir = tempdir().unwrap();
        let mut writer = writer(dir.path());
        assert_eq!(put(&mut writer, 5), Outcome::Added);
        if commit_between {
            writer.commit().unwrap();
        }
        assert_eq!(put(&mut writer, 2), Outcome::Older);
        assert_eq!(put(&mut writer, 3), Outcome::Older);
        assert_eq!(put(&mut writer, 2), Outcome::Unchanged);
        assert_eq!(put(&mut writer, 5), Outcome::Unchanged);
        writer.commit().unwrap();
        let reader = reader(dir.path());
        assert_eq!(kept(&reader), (vec![2, 3, 5], 3));
        assert_eq!(put(&mut writer, 9), Outcome::Updated);
        writer.commit().unwrap();
        assert!(reader.reload().unwrap());
        assert_eq!(kept(&reader), (vec![2, 3, 5, 9], 4));
    }
}

#[test]
fn equal_versions_are_ordered_by_number_then_arrival() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    let mut put = |version: &str, body: &str| {
        let mut filing = filing("s:1", 1, body);
        filing.ninjs.version = Some(version.into());
        writer.put(filing, Extraction::default()).unwrap()
    };
    assert_eq!(put("9", "As of minute 9."), Outcome::Added);
    assert_eq!(put("10", "As of minute 10."), Outcome::Updated);
    assert_eq!(put("2", "As of minute 2."), Outcome::Older);
    assert_eq!(put("10", "As of minute 11."), Outcome::Updated);
    writer.commit().unwrap();
    assert_eq!(kept(&reader(dir.path())), (vec![2, 9, 10, 11], 4));
}

#[test]
fn a_writer_that_opens_again_knows_every_filing() {
    let dir = tempdir().unwrap();
    let mut first = writer(dir.path());
    put(&mut first, 4);
    put(&mut first, 6);
    put(&mut first, 5);
    first.finish().unwrap();
    let mut second = writer(dir.path());
    assert_eq!(second.stories(), 1);
    let hash = filing("s:1", 5, "As of minute 5.").content_hash();
    assert!(second.peek("s:1", hash));
    assert!(!second.peek("s:1", hash ^ 1));
    assert!(!second.peek("s:2", hash));
    for minute in [4, 5, 6] {
        assert_eq!(put(&mut second, minute), Outcome::Unchanged);
    }
    assert_eq!(put(&mut second, 7), Outcome::Updated);
    second.commit().unwrap();
    assert_eq!(kept(&reader(dir.path())), (vec![4, 5, 6, 7], 4));
}

#[test]
fn what_is_not_at_hand_any_more_is_read_back() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    for (minute, expected) in [
        (4, Outcome::Added),
        (6, Outcome::Updated),
        (5, Outcome::Older),
        (8, Outcome::Updated),
        (7, Outcome::Older),
    ] {
        assert_eq!(put(&mut writer, minute), expected);
        writer.forget_pending();
    }
    writer.commit().unwrap();
    assert_eq!(kept(&reader(dir.path())), (vec![4, 5, 6, 7, 8], 5));
}

#[test]
fn a_commit_that_fails_tells_how_much_is_lost_and_forgets_it() {
    let dir = tempdir().unwrap();
    let path = dir.path().join("index");
    let mut writer = writer(&path);
    put(&mut writer, 1);
    writer.commit().unwrap();
    put(&mut writer, 2);
    put(&mut writer, 3);
    // The disk goes away, and comes back as it was at the last commit.
    let away = dir.path().join("away");
    std::fs::rename(&path, &away).unwrap();
    let error = writer.commit().unwrap_err();
    assert!(matches!(error, IndexError::Lost { lost: 2, .. }), "{error:?}");
    assert!(!writer.peek("s:1", filing("s:1", 2, "As of minute 2.").content_hash()));
    assert!(writer.delete("s:1").is_err(), "nothing is known, so nothing is done");
    std::fs::rename(&away, &path).unwrap();
    writer.commit().unwrap();
    let hash = |minute: u32| filing("s:1", minute, &format!("As of minute {minute}.")).content_hash();
    assert!(writer.peek("s:1", hash(1)));
    assert!(!writer.peek("s:1", hash(2)), "what was lost is not taken for kept");
    assert_eq!(put(&mut writer, 2), Outcome::Updated);
    writer.commit().unwrap();
    assert_eq!(kept(&reader(&path)), (vec![1, 2], 2));
}

#[test]
fn what_was_not_committed_is_undone() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    put(&mut writer, 1);
    writer.commit().unwrap();
    put(&mut writer, 2);
    put(&mut writer, 0);
    writer.rollback().unwrap();
    assert_eq!(
        put(&mut writer, 2),
        Outcome::Updated,
        "nothing of the second filing is left"
    );
    writer.commit().unwrap();
    assert_eq!(kept(&reader(dir.path())), (vec![1, 2], 2));
}

#[test]
fn a_deleted_story_is_gone_with_all_its_filings_and_can_come_back() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    put(&mut writer, 1);
    put(&mut writer, 2);
    writer.commit().unwrap();
    let reader = reader(dir.path());
    assert!(writer.delete("s:1").unwrap());
    assert!(!writer.delete("s:1").unwrap());
    assert_eq!(put(&mut writer, 1), Outcome::Added);
    assert!(writer.delete("s:1").unwrap());
    writer.commit().unwrap();
    assert!(reader.reload().unwrap());
    assert!(reader.snapshot().story(key_of("s:1")).unwrap().is_none());
    assert!(reader.snapshot().filings_of(key_of("s:1")).unwrap().is_empty());
    assert_eq!(reader.snapshot().searcher.num_docs(), 0);
    assert_eq!(put(&mut writer, 1), Outcome::Added);
}

#[test]
fn a_filing_without_a_uri_gets_one_from_its_text() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    let first = filing("", 1, "The harbour is closed.");
    let uri = first.content_uri();
    assert_eq!(
        writer.put(first.clone(), Extraction::default()).unwrap(),
        Outcome::Added
    );
    assert!(writer.peek(&uri, first.content_hash()));
    assert_eq!(writer.put(first, Extraction::default()).unwrap(), Outcome::Unchanged);
    writer.commit().unwrap();
    let snapshot = reader(dir.path()).snapshot();
    let at = snapshot.story_by_uri(&uri).unwrap().unwrap();
    assert_eq!(snapshot.stored(at).unwrap().filing.ninjs.uri, uri);
}

#[test]
fn a_snapshot_stays_as_it_is_until_the_reader_reloads() {
    let dir = tempdir().unwrap();
    let mut writer = writer(dir.path());
    put(&mut writer, 1);
    writer.commit().unwrap();
    let reader = reader(dir.path());
    assert!(!reader.reload().unwrap(), "nothing changed");
    let before = reader.snapshot();
    put(&mut writer, 2);
    writer.commit().unwrap();
    assert_eq!(kept(&reader), (vec![1], 1));
    assert!(reader.reload().unwrap());
    assert_eq!(kept(&reader), (vec![1, 2], 2));
    assert_eq!(before.filings_of(key_of("s:1")).unwrap().len(), 1);
}

#[test]
fn a_second_writer_is_told_of_the_first() {
    let dir = tempdir().unwrap();
    let first = writer(dir.path());
    let error = Writer::open(dir.path(), super::SMALL).unwrap_err();
    assert!(matches!(error, IndexError::Locked { .. }), "{error:?}");
    assert!(error.to_string().contains(&dir.path().display().to_string()));
    drop(first);
    writer(dir.path());
}
