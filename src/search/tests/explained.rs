//! An explanation says what the search did: its parts make the score that the search gave, its counts are those of searches.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::agree::write;
use super::drawn::{ask, draft};
use super::{Draft, indexed, open, snapshot};
use crate::index::Snapshot;
use crate::search::{
    Counting, ExplainAnswer, ExplainRequest, Form, Looked, Node, NodeKind, Paged, RankedStory, ScorePart, SearchError,
    SearchRequest, Stage, explain, quotes, search,
};
use crate::story::Facet;
use crate::vocabulary::Vocabulary;

fn near(one: f32, other: f32) -> bool {
    (one - other).abs() <= 1e-4 * one.abs().max(1.0)
}

fn explained(snapshot: &Snapshot, request: &SearchRequest, quotes: bool, story: Option<&str>) -> ExplainAnswer {
    let request = ExplainRequest {
        search: request.clone(),
        quotes,
        story: story.map(str::to_owned),
    };
    explain(snapshot, &Vocabulary::builtin(), &request, 0).unwrap()
}

/// The score by the figures of a part.
fn by_figures(part: &ScorePart) -> Option<f32> {
    let (frequency, idf) = (part.frequency?, part.idf?);
    let norm = 1.2 * (0.25 + 0.75 * part.length? / part.average?);
    Some(part.weight * 2.2 * idf * frequency / (frequency + norm))
}

/// Checks a story against its score and its place in an answer.
fn check_rank(story: &RankedStory, score: f32, rank: usize) {
    assert_eq!(story.rank, Some(rank as u64 + 1), "{story:#?}");
    assert!(near(story.score, score), "{score} {story:#?}");
    assert!(story.kept_out_by.is_empty());
    if story.order != "relevance" {
        assert!(story.parts.is_empty());
        return;
    }
    let recency = story.recency.as_ref().map_or(1.0, |recency| recency.factor);
    let closeness = story.closeness.as_ref().map_or(1.0, |closeness| closeness.factor);
    let sum: f32 = story.parts.iter().map(|part| part.score).sum();
    assert!(near(sum, story.words));
    assert!(near(story.words * recency * closeness, score), "{score} {story:#?}");
    for part in &story.parts {
        let made = by_figures(part).unwrap_or(part.weight);
        assert!(near(made, part.score), "{part:#?}");
    }
}

fn check_clauses(snapshot: &Snapshot, request: &SearchRequest, answer: &ExplainAnswer) {
    if let Some(last) = answer.clauses.last() {
        assert_eq!(last.together, answer.total, "{answer:#?}");
    }
    for clause in answer.clauses.iter().filter(|clause| clause.clause.parameter == "q") {
        let alone = SearchRequest {
            q: clause.clause.text.clone(),
            all_versions: request.all_versions,
            ..SearchRequest::default()
        };
        let found = search(snapshot, &Vocabulary::builtin(), &alone, 0).unwrap();
        assert_eq!(found.total.stories, clause.alone, "{clause:?}");
    }
}

fn check_stories(snapshot: &Snapshot, request: &SearchRequest, uris: &[String]) {
    let answer = search(snapshot, &Vocabulary::builtin(), request, 0).unwrap();
    let plain = explained(snapshot, request, false, None);
    assert_eq!(plain.total, answer.total.stories);
    assert_eq!(plain.tree.read_as, answer.query.read_as);
    check_clauses(snapshot, request, &plain);
    for (rank, hit) in answer.hits.iter().enumerate() {
        check_rank(
            &explained(snapshot, request, false, Some(&hit.id)).story.unwrap(),
            hit.score,
            rank,
        );
    }
    let others = uris.iter().filter(|uri| answer.hits.iter().all(|hit| hit.id != **uri));
    for uri in others {
        let story = explained(snapshot, request, false, Some(uri)).story.unwrap();
        assert!(
            story.rank.is_none() && !story.kept_out_by.is_empty(),
            "{story:#?} {request:#?}"
        );
    }
}

fn check_quotes(snapshot: &Snapshot, request: &SearchRequest, uris: &[String]) {
    let answer = quotes(snapshot, &Vocabulary::builtin(), request, 0).unwrap();
    let mut firsts: BTreeMap<&str, usize> = BTreeMap::new();
    for (rank, hit) in answer.hits.iter().enumerate() {
        firsts.entry(&hit.story).or_insert(rank);
    }
    for uri in uris {
        let explained = explained(snapshot, request, true, Some(uri));
        assert_eq!(explained.total, answer.total);
        let story = explained.story.unwrap();
        match firsts.get(uri.as_str()) {
            Some(&rank) => {
                check_rank(&story, answer.hits[rank].score, rank);
                assert_eq!(story.quote.as_ref(), Some(&answer.hits[rank].quote.text));
            }
            None => assert!(story.rank.is_none() && !story.kept_out_by.is_empty(), "{story:#?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_parts_make_the_score_that_the_search_gave(
        drafts in prop::collection::vec(draft(), 1..20),
        asks in prop::collection::vec(ask(), 12),
    ) {
        let (dir, model) = write(&drafts, &std::collections::BTreeSet::new(), Draft::clone);
        let snapshot = snapshot(dir.path());
        let uris: Vec<String> = model.0.iter().map(|(draft, _)| draft.uri.clone()).collect();
        for (at, ask) in asks.iter().enumerate() {
            let request = SearchRequest {
                q: ask.query.to_string(),
                limit: 100,
                all_versions: at % 3 == 0,
                ..ask.request.clone()
            };
            check_stories(&snapshot, &request, &uris);
            check_quotes(&snapshot, &request, &uris);
        }
    }
}

#[test]
fn a_story_without_quotes_is_kept_out_of_quotes_by_that() {
    let (_dir, snapshot) = indexed(&drafts());
    let story = explained(&snapshot, &SearchRequest::new(""), true, Some("d"))
        .story
        .unwrap();
    let clauses: Vec<&str> = story.kept_out_by.iter().map(|kept| kept.clause.text.as_str()).collect();
    assert_eq!(clauses, ["has:quote"]);
}

fn drafts() -> Vec<Draft> {
    let mut drafts = vec![
        Draft::new("a", "id", "Harga beras", "Pasar buka, harga naik.")
            .quote("Sari Wulandari", "Harga beras akan naik")
            .quote("Sari Wulandari", "Harga, harga, harga beras"),
        Draft::new("b", "id", "Pasar malam", "Harga turun.").quote("Jonas Albrecht", "Beras ada"),
        Draft::new("c", "en", "Prices", "The prices were rising.").quote("Rina Sari", "Prices rise"),
        Draft::new("d", "en", "Princes", "No word of it."),
    ];
    drafts[0].countries = vec![("XA".into(), true)];
    drafts[1].countries = vec![("XB".into(), true)];
    drafts
}

fn walk<'n>(node: &'n Node, all: &mut Vec<&'n Node>) {
    all.push(node);
    node.parts.iter().for_each(|part| walk(part, all));
}

#[test]
fn the_tree_tells_what_words_and_names_stand_for() {
    let (_dir, snapshot) = indexed(&drafts());
    let request = SearchRequest::new("speaker:sari said:harga said:beras -pri* prices~2");
    let answer = explained(&snapshot, &request, false, None);
    let mut nodes = Vec::new();
    walk(&answer.tree, &mut nodes);
    let of = |kind: NodeKind| {
        nodes
            .iter()
            .filter(|node| node.kind == kind)
            .copied()
            .collect::<Vec<_>>()
    };
    assert_eq!(answer.tree.kind, NodeKind::AllOf);
    let [together] = of(NodeKind::OneQuote)[..] else {
        panic!("{nodes:#?}")
    };
    assert_eq!((together.hits, together.parts.len()), (Some(1), 2));
    assert!(
        together.parts[0]
            .sought
            .iter()
            .all(|sought| sought.field.starts_with("quote"))
    );
    // Two quotes of one story have the word as written.
    assert_eq!(together.parts[0].sought[0].documents, 2);
    let [speaker] = of(NodeKind::Value)[..] else {
        panic!("{nodes:#?}")
    };
    let meant = speaker.meant.as_ref().unwrap();
    let values: Vec<(&str, u64)> = meant
        .values
        .iter()
        .map(|value| (value.value.as_str(), value.count))
        .collect();
    assert_eq!((meant.values_in_all, values.len()), (2, 2), "{meant:?}");
    assert!(values.contains(&("Sari Wulandari", 1)) && values.contains(&("Rina Sari", 1)));
    let sought = |query: &str, field: &str| {
        let node = nodes.iter().find(|node| node.query == query).unwrap();
        node.sought
            .iter()
            .find(|sought| sought.field == field)
            .cloned()
            .unwrap()
    };
    let begin = sought("pri*", "headline");
    assert_eq!(
        (begin.form, begin.stands_for, begin.documents),
        (Form::Begin, Some(2), 2)
    );
    assert_eq!(begin.words, ["prices", "princes"]);
    let edits = sought("prices~2", "headline");
    assert_eq!(
        (edits.form, edits.stands_for, edits.documents),
        (Form::Edits(2), Some(2), 2)
    );
}

#[test]
fn a_word_is_looked_for_as_written_and_by_the_stem_of_every_language() {
    let (_dir, snapshot) = indexed(&drafts());
    let answer = explained(&snapshot, &SearchRequest::new("rises"), false, None);
    let looked: Vec<(&str, Form)> = answer
        .tree
        .sought
        .iter()
        .map(|sought| (sought.field.as_str(), sought.form))
        .collect();
    assert!(
        looked.contains(&("body", Form::Written)) && looked.contains(&("body_stem", Form::Stem)),
        "{looked:?}"
    );
    let stem = answer
        .tree
        .sought
        .iter()
        .find(|sought| sought.field == "body_stem" && sought.terms[0] == "en:rise");
    assert_eq!(stem.unwrap().documents, 1, "{answer:#?}");
}

#[test]
fn the_best_quote_scores_a_story() {
    let (_dir, snapshot) = indexed(&drafts());
    let request = SearchRequest::new("said:harga");
    let story = explained(&snapshot, &request, false, Some("a")).story.unwrap();
    assert!(story.parts.iter().all(|part| part.quote == Some(1)), "{story:#?}");
    assert_eq!(story.parts[0].frequency, Some(3.0));
}

#[test]
fn what_keeps_a_story_out_is_named() {
    let (_dir, snapshot) = indexed(&drafts());
    let kept_out = |request: &SearchRequest, uri: &str| {
        let story = explained(&snapshot, request, false, Some(uri)).story.unwrap();
        let named = story.kept_out_by.iter();
        named
            .map(|kept| (kept.clause.parameter.clone(), kept.clause.text.clone(), kept.together))
            .collect::<Vec<_>>()
    };
    let mut request = SearchRequest::new("harga -malam");
    request.filter_mut(Facet::Country).any_of.push("XA".into());
    assert!(kept_out(&request, "a").is_empty());
    let told = |parameter: &str, clause: &str, together| (parameter.to_owned(), clause.to_owned(), together);
    assert_eq!(
        kept_out(&request, "b"),
        [told("q", "-malam", false), told("country", "XA", false)]
    );
    let request = SearchRequest::new("said:naik said:akan speaker:Jonas");
    assert!(kept_out(&request, "a").contains(&told("q", "speaker:Jonas", false)));
    // No one quote has both words.
    let request = SearchRequest::new("said:beras said:naik said:ada");
    assert_eq!(kept_out(&request, "b"), [told("q", "said:naik", false)]);
    let both = SearchRequest::new("speaker:Sari said:rise said:beras");
    assert_eq!(kept_out(&both, "d").len(), 3);
    let error = explain(
        &snapshot,
        &Vocabulary::builtin(),
        &ExplainRequest {
            story: Some("nowhere".into()),
            ..ExplainRequest::default()
        },
        0,
    );
    let error = error.unwrap_err();
    assert!(
        matches!(error, SearchError::NoStory { .. }) && error.to_string().contains("`id` of a hit"),
        "{error}"
    );
}

#[test]
fn only_together_do_clauses_about_one_quote_keep_a_story_out() {
    let (_dir, snapshot) = indexed(&[Draft::new("a", "id", "Pasar", "Buka.")
        .quote("Sari Wulandari", "Harga naik")
        .quote("Jonas Albrecht", "Beras ada")]);
    let request = SearchRequest::new("speaker:Sari said:beras");
    let story = explained(&snapshot, &request, false, Some("a")).story.unwrap();
    let [clause] = story.kept_out_by.as_slice() else {
        panic!("{story:#?}")
    };
    assert_eq!((clause.clause.text.as_str(), clause.together), ("said:beras", true));
}

#[test]
fn the_plan_is_the_one_that_was_run() {
    let (_dir, snapshot) = indexed(&drafts());
    let plan = |request: &SearchRequest| explained(&snapshot, request, false, None).plan;
    let newest = plan(&SearchRequest::new(""));
    assert_eq!(
        (newest.looked, newest.paged, newest.ground, newest.base),
        (Looked::NoWords, Paged::ByTime, 4, 4)
    );
    assert_eq!(newest.walked + newest.gathered, snapshot.segments.len());
    let word = plan(&SearchRequest::new("harga"));
    assert_eq!(
        (word.looked, word.paged, word.rescored),
        (Looked::TermByTerm, Paged::Scored, 2)
    );
    let words = plan(&SearchRequest::new("harga naik"));
    assert_eq!((words.paged, words.has_tail), (Paged::Scored, false));
    let none = SearchRequest {
        limit: 0,
        ..SearchRequest::new("harga")
    };
    assert_eq!(plan(&none).paged, Paged::NotAtAll);
    let mut selected = SearchRequest::new("harga");
    selected.filter_mut(Facet::Country).any_of.push("XA".into());
    selected.facets = vec![Facet::Country, Facet::Language];
    let selected = plan(&selected);
    let ways: Vec<(&str, u64, bool)> = selected
        .facets
        .iter()
        .map(|way| (way.facet, way.over, way.is_wider))
        .collect();
    assert_eq!(ways, [("country", 2, true), ("language", 1, false)]);
    assert!(selected.facets.iter().all(|way| way.counting == Counting::Lanes));
}

#[test]
fn the_stages_that_ran_are_timed_in_their_order() {
    let (_dir, snapshot) = indexed(&drafts());
    let mut request = SearchRequest::new("harga speaker:sari");
    request.facets = vec![Facet::Country];
    let answer = explained(&snapshot, &request, false, None);
    let stages: Vec<Stage> = answer.stages.iter().map(|time| time.stage).collect();
    for stage in [
        Stage::Parse,
        Stage::Names,
        Stage::Sets,
        Stage::Words,
        Stage::Rescoring,
        Stage::Hits,
        Stage::Counting,
    ] {
        assert!(stages.contains(&stage), "{stages:?}");
    }
    assert!(stages.is_sorted());
    assert!(answer.stages.iter().map(|time| time.micros).sum::<u64>() <= answer.micros + 1_000);
}

#[test]
fn behind_the_first_hits_the_score_of_words_and_age_is_all() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = open(dir.path());
    for at in 0..230_u32 {
        let text = format!("Sea {}", "and land ".repeat(at as usize % 23));
        let draft = Draft::new(&format!("s{at}"), "en", "The sea port", &text)
            .published(1_700_000_000 - i64::from(at) * 400_000);
        writer.put(draft.filing(), draft.extraction()).unwrap();
    }
    writer.commit().unwrap();
    drop(writer);
    let snapshot = snapshot(dir.path());
    let request = SearchRequest {
        limit: 300,
        ..SearchRequest::new("sea port")
    };
    let answer = search(&snapshot, &Vocabulary::builtin(), &request, 0).unwrap();
    assert_eq!(answer.hits.len(), 230);
    for rank in [0, 7, 199, 200, 229] {
        let hit = &answer.hits[rank];
        let explained = explained(&snapshot, &request, false, Some(&hit.id));
        let story = explained.story.unwrap();
        check_rank(&story, hit.score, rank);
        assert_eq!(story.closeness.is_some(), rank < 200, "{rank}");
        assert!(explained.plan.has_tail && explained.plan.rescored == 200);
    }
}
