//! Relevance as golden text: a query, the stories that answer it, and where they rank. A change of ranking is a change of
//! `tests/relevance/archive.txt`; `UPDATE=1 cargo test --test it relevance` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use dateline::search::{SearchRequest, request_from};

use crate::support::{NOW, Sample, large, root, sample, shared};

/// What NDCG looks at.
const DEPTH: usize = 10;

/// What the mean over the sample archive must not fall under.
const FLOOR: f64 = 0.90;

/// A query of the golden text.
#[derive(Debug, Default)]
struct Case {
    query: String,
    /// Grade and uri.
    wanted: Vec<(u32, String)>,
}

/// Reads the golden text: comments, and cases with their wanted stories indented below.
fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if !line.starts_with(' ') {
            cases.push(Case {
                query: line.to_owned(),
                ..Case::default()
            });
            continue;
        }
        let mut parts = line.split_whitespace();
        if let (Some(case), Some(Ok(grade)), Some(uri)) = (cases.last_mut(), parts.next().map(str::parse), parts.next())
        {
            case.wanted.push((grade, uri.to_owned()));
        }
    }
    cases
}

/// The request of a case: the query, and behind a bar parameters as in a URL.
fn request(query: &str) -> SearchRequest {
    let (q, parameters) = query.split_once(" | ").unwrap_or((query, ""));
    let pairs = parameters.split('&').filter_map(|pair| pair.split_once('='));
    let mut request = request_from(pairs, NOW).unwrap();
    q.clone_into(&mut request.q);
    request.limit = 100;
    request
}

/// Normalised discounted cumulative gain over the first ten.
fn ndcg(wanted: &[(u32, String)], found: &[String]) -> f64 {
    let gain = |grade: u32, rank: usize| f64::from((1 << grade) - 1) / (rank as f64 + 2.0).log2();
    let grades: BTreeMap<&str, u32> = wanted.iter().map(|(grade, uri)| (uri.as_str(), *grade)).collect();
    let first = found.iter().take(DEPTH).enumerate();
    let sum: f64 = first
        .filter_map(|(rank, uri)| Some(gain(*grades.get(uri.as_str())?, rank)))
        .sum();
    let mut best: Vec<u32> = wanted.iter().map(|(grade, _)| *grade).collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let most: f64 = best
        .iter()
        .take(DEPTH)
        .enumerate()
        .map(|(rank, grade)| gain(*grade, rank))
        .sum();
    sum / most
}

fn found(sample: &Sample, request: &SearchRequest) -> Vec<String> {
    sample.search(request).hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn stories_rank_where_the_golden_text_says() {
    let path = root().join("tests/relevance/archive.txt");
    let golden = fs::read_to_string(&path).unwrap();
    let cases = read(&golden);
    let head = golden.split_inclusive('\n');
    let mut now: String = head
        .take_while(|line| line.starts_with('#') || line.trim().is_empty())
        .collect();
    let (mut halves, mut plain) = ([0.0, 0.0], 0.0);
    for (at, case) in cases.iter().enumerate() {
        let mut request = request(&case.query);
        let uris = found(sample(), &request);
        let _ = writeln!(now, "{}", case.query);
        for (grade, uri) in &case.wanted {
            let rank = uris.iter().position(|found| found == uri);
            let rank = rank.map_or("-".to_owned(), |rank| (rank + 1).to_string());
            let _ = writeln!(now, "    {grade} {uri} {rank}");
        }
        let value = ndcg(&case.wanted, &uris);
        let _ = writeln!(now, "    = {value:.3}");
        halves[at % 2] += value;
        request.recency = false;
        plain += ndcg(&case.wanted, &found(sample(), &request));
    }
    let count = cases.len() as f64;
    let mean = (halves[0] + halves[1]) / count;
    eprintln!(
        "{} queries: mean NDCG@{DEPTH} {mean:.4} (even {:.4}, odd {:.4}); without recency {:.4}",
        cases.len(),
        halves[0] / (count / 2.0).ceil(),
        halves[1] / (count / 2.0).floor(),
        plain / count
    );
    assert!(cases.len() >= 100 && mean >= FLOOR, "{mean}");
    #[expect(clippy::disallowed_methods, reason = "how a golden text is written anew")]
    if std::env::var("UPDATE").is_ok() {
        fs::write(&path, now).unwrap();
    } else {
        assert!(now == golden, "ranking has changed: see the diff after UPDATE=1");
    }
}

/// Every 200th real story is looked for by the first four words of its headline that have four letters and more.
#[test]
fn real_stories_are_found_by_words_of_their_headlines() {
    if shared("corpora").is_none() {
        return;
    }
    let (mut sum, mut count) = (0.0, 0);
    let mut walk = SearchRequest {
        limit: 1_000,
        ..SearchRequest::new("")
    };
    loop {
        let page = large().search(&walk);
        for hit in page.hits.iter().step_by(200) {
            let headline = hit.story.headline();
            let words: Vec<&str> = headline
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.len() > 3)
                .take(4)
                .collect();
            if words.len() < 3 {
                continue;
            }
            let request = SearchRequest {
                limit: 100,
                ..SearchRequest::new(words.join(" ").to_lowercase())
            };
            let rank = found(large(), &request).iter().position(|uri| *uri == hit.id);
            sum += rank.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));
            count += 1;
        }
        walk.cursor = page.next;
        if walk.cursor.is_none() {
            break;
        }
    }
    let mean = sum / f64::from(count.max(1));
    eprintln!("{count} known items: MRR@100 {mean:.4}");
    assert!(mean > 0.5, "{mean}");
}
