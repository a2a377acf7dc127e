//! Random stories and requests: what the index answers is what the model says.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::drawn::{ask, draft};
use super::model::{Ask, FACETS, Model};
use super::{Draft, open, snapshot};
use crate::index::Snapshot;
use crate::query::ParsedQuery;
use crate::search::stories::search_parsed;
use crate::search::{SearchAnswer, Sort};
use crate::story::key_of;
use crate::vocabulary::Vocabulary;

fn ask_index(snapshot: &Snapshot, ask: &Ask) -> SearchAnswer {
    let parsed = ParsedQuery {
        query: ask.query.clone(),
        warnings: Vec::new(),
    };
    search_parsed(snapshot, &Vocabulary::builtin(), &ask.request, &parsed).unwrap()
}

fn check(model: &Model, snapshot: &Snapshot, ask: &Ask) {
    check_as_typed(model, snapshot, ask, ask);
}

/// The same where the index is asked in other words that mean the same.
pub(super) fn check_as_typed(model: &Model, snapshot: &Snapshot, ask: &Ask, typed: &Ask) {
    let hits = model.passing(ask, None);
    let answer = ask_index(snapshot, typed);
    assert_eq!(answer.total.stories, hits.len() as u64, "{ask:#?}");
    assert_eq!(
        answer.total.filings,
        hits.iter().map(|hit| hit.1).sum::<u64>(),
        "filings"
    );
    for facet in FACETS {
        let mut counts = answer.facets[facet.name()].clone();
        counts.values.retain(|value| value.count > 0 || !value.selected);
        counts.values.iter_mut().for_each(|value| value.names.clear());
        assert_eq!(counts, model.facet(ask, facet), "{facet:?} {ask:#?}");
    }
    let dated = hits.iter().filter(|hit| hit.0.published.is_some()).count() as u64;
    assert_eq!(answer.histogram.iter().map(|bar| bar.count).sum::<u64>(), dated);
    check_walk(snapshot, typed, &hits);
}

fn check_walk(snapshot: &Snapshot, ask: &Ask, hits: &[&(Draft, u64)]) {
    let mut ask = ask.clone();
    let mut seen = Vec::new();
    loop {
        let answer = ask_index(snapshot, &ask);
        seen.extend(answer.hits.iter().map(|hit| (hit.score, hit.id.clone())));
        ask.request.cursor = answer.next;
        if ask.request.cursor.is_none() {
            break;
        }
        assert!(seen.len() <= hits.len(), "walks in a circle");
    }
    let by_time = ask.request.sort != Sort::Relevance;
    let mut expected: Vec<(i64, u64, &str)> = hits
        .iter()
        .map(|(draft, _)| {
            (
                draft.published.unwrap_or(i64::MIN),
                key_of(&draft.uri),
                draft.uri.as_str(),
            )
        })
        .collect();
    expected.sort_by_key(|(published, key, _)| match ask.request.sort {
        Sort::Oldest => (i128::from(*published), *key),
        _ => (-i128::from(*published), *key),
    });
    if by_time {
        let seen: Vec<&str> = seen.iter().map(|hit| hit.1.as_str()).collect();
        let expected: Vec<&str> = expected.iter().map(|hit| hit.2).collect();
        assert_eq!(seen, expected, "{ask:#?}");
    } else {
        let in_order = |pair: &[(f32, String)]| {
            let tied = pair[0].0.to_bits() == pair[1].0.to_bits();
            pair[0].0 > pair[1].0 || tied && (pair[0].0 <= 0.0 || key_of(&pair[0].1) < key_of(&pair[1].1))
        };
        assert!(seen.windows(2).all(in_order), "{seen:?} {ask:#?}");
        let seen: BTreeSet<&str> = seen.iter().map(|hit| hit.1.as_str()).collect();
        assert_eq!(seen, expected.iter().map(|hit| hit.2).collect(), "{ask:#?}");
        assert_eq!(seen.len(), hits.len());
    }
}

/// Writes the drafts in order, later ones of a uri as its next version, a commit now and then; deletes some at the end. What
/// is written of each is `as_written` of it.
pub(super) fn write(
    drafts: &[Draft],
    deleted: &BTreeSet<u8>,
    as_written: impl Fn(&Draft) -> Draft,
) -> (tempfile::TempDir, Model) {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = open(dir.path());
    let mut model: BTreeMap<String, (Draft, u64)> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        let draft = Draft {
            version: at as u32,
            ..draft.clone()
        };
        let written = as_written(&draft);
        writer.put(written.filing(), written.extraction()).unwrap();
        let filings = model.get(&draft.uri).map_or(0, |known| known.1);
        model.insert(draft.uri.clone(), (draft, filings + 1));
        if at % 5 == 4 {
            writer.commit().unwrap();
        }
    }
    for id in deleted {
        writer.delete(&format!("story:{id}")).unwrap();
        model.remove(&format!("story:{id}"));
    }
    writer.commit().unwrap();
    (dir, Model(model.into_values().collect()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_is_the_models(
        drafts in prop::collection::vec(draft(), 1..24),
        deleted in prop::collection::btree_set(0_u8..12, 0..3),
        asks in prop::collection::vec(ask(), 20),
    ) {
        let (dir, model) = write(&drafts, &deleted, Draft::clone);
        let snapshot = snapshot(dir.path());
        for ask in &asks {
            check(&model, &snapshot, ask);
        }
    }
}
