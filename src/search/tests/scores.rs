//! The scores of hits, few or many beside the postings of their terms, against those that tantivy's own scorers give.

use tantivy::query::{Query as _, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Score, TERMINATED, Term};

use super::{Draft, open, snapshot};
use crate::index::{Docs, Snapshot};
use crate::search::found::Statistics;
use crate::search::scored::{Scored, scores};
use crate::search::sets::Ground;

/// Stories over several windows of documents; every fifth has a quote, which is a document too.
fn stories() -> (tempfile::TempDir, Snapshot) {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = open(dir.path());
    for number in 0..7_600_usize {
        let often = |word: &str, every: usize, most: usize| {
            let times = if number % every == 0 { 1 + number % most } else { 0 };
            vec![word; times].join(" ")
        };
        let text = [
            often("padi", 1, 7),
            often("beras", 2, 5),
            often("ikan", 3, 2),
            often("naga", 97, 3),
            "dan ".repeat(number % 41),
        ];
        let headline = if number % 11 == 0 { "Padi" } else { "Kabar" };
        let mut draft = Draft::new(&format!("s:{number}"), "id", headline, &text.join(" "));
        if number % 5 == 0 {
            draft = draft.quote("", "padi");
        }
        writer.put(draft.filing(), draft.extraction()).unwrap();
    }
    writer.merge().unwrap();
    drop(writer);
    let snapshot = snapshot(dir.path());
    (dir, snapshot)
}

/// The sums of what tantivy's scorers give the documents for each term.
fn summed(snapshot: &Snapshot, terms: &[Term], docs: &Docs) -> Vec<(u32, Score)> {
    let statistics = Statistics::of(Ground::Stories, snapshot);
    let mut sums: Vec<(u32, Score)> = docs.iter().map(|doc| (doc, 0.0)).collect();
    for term in terms {
        let query = TermQuery::new(term.clone(), IndexRecordOption::WithFreqs);
        let weight = query.weight(statistics.scoring()).unwrap();
        let mut scorer = weight.scorer(snapshot.searcher.segment_reader(0), 1.0).unwrap();
        while scorer.doc() != TERMINATED {
            if let Ok(at) = sums.binary_search_by_key(&scorer.doc(), |(doc, _)| *doc) {
                sums[at].1 += scorer.score();
            }
            scorer.advance();
        }
    }
    sums
}

/// The best scores of these hits, as so many are kept while they are told, and how many hits were scored for it.
fn best(snapshot: &Snapshot, scored: &[Scored], docs: &Docs, count: usize) -> (Vec<Score>, usize) {
    let (reader, segment) = (snapshot.searcher.segment_reader(0), &snapshot.segments[0]);
    let mut best: Vec<Score> = Vec::new();
    let scored = scores(scored, (reader, segment), docs, Score::MIN, |some| {
        best.extend(some.iter().map(|(_, score)| *score));
        best.sort_by(|a, b| b.total_cmp(a));
        best.truncate(count);
        match best.get(count - 1) {
            Some(last) => last.next_down(),
            None => Score::MIN,
        }
    });
    (best, scored.unwrap())
}

#[test]
fn hits_score_as_tantivy_scores_them_however_many_they_are() {
    let (_dir, snapshot) = stories();
    let fields = &snapshot.fields;
    let term = |word: &str| Term::from_field_text(fields.body, word);
    let headline = Term::from_field_text(fields.headline, "padi");
    let segment = &snapshot.segments[0];
    assert!(segment.max_doc > 2 * 4_096 && snapshot.segments.len() == 1);
    let statistics = Statistics::of(Ground::Stories, &snapshot);
    for terms in [
        vec![term("padi"), headline],
        vec![term("beras"), term("ikan"), term("naga"), term("nobody")],
    ] {
        let scored: Vec<Scored> = terms
            .iter()
            .map(|term| Scored::new(term, 1.0, &statistics).unwrap())
            .collect();
        for every in [1, 2, 7, 60, 700, 8_000] {
            // Few hits at one end of the segment leave whole windows without one.
            let some = segment.stories.iter().skip(every % 5).step_by(every);
            let some: Vec<u32> = some.filter(|doc| every < 60 || *doc > 5_000).collect();
            let docs = Docs::of(segment.max_doc, some);
            let mut found = Vec::new();
            let reader = snapshot.searcher.segment_reader(0);
            scores(&scored, (reader, segment), &docs, Score::MIN, |some| {
                found.extend_from_slice(some);
                Score::MIN
            })
            .unwrap();
            // Those with a rare term come first.
            found.sort_by_key(|(doc, _)| *doc);
            assert!(found == summed(&snapshot, &terms, &docs), "every {every}");
        }
    }
    let headline = Term::from_field_text(fields.headline, "padi");
    let body = Scored::new(&term("beras"), 1.0, &statistics).unwrap();
    // Where the headline counts much, no hit that has the word in its body alone is scored; where it counts little, all are.
    for (boost, all) in [(9.0, false), (0.001, true)] {
        let scored = [Scored::new(&headline, boost, &statistics).unwrap(), body.clone()];
        let (found, looked_at) = best(&snapshot, &scored, &segment.stories, 20);
        let mut expected = Vec::new();
        let reader = snapshot.searcher.segment_reader(0);
        scores(&scored, (reader, segment), &segment.stories, Score::MIN, |some| {
            expected.extend(some.iter().map(|(_, score)| *score));
            Score::MIN
        })
        .unwrap();
        expected.sort_by(|a, b| b.total_cmp(a));
        assert_eq!(found, expected[..20], "boost {boost}");
        assert_eq!(looked_at == 7_600, all, "{looked_at} scored");
    }
}
