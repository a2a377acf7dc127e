//! Quotes as results: filters, order, context, and counts over quotes.

use std::collections::BTreeMap;

use dateline::search::{self, Interval, QuotesAnswer, SearchRequest, Sort};
use dateline::story::Facet;

use crate::support::{NOW, sample};

fn quotes(request: &SearchRequest) -> QuotesAnswer {
    search::quotes(&sample().reader.snapshot(), &sample().vocabulary, request, NOW).unwrap()
}

fn all(q: &str) -> SearchRequest {
    SearchRequest {
        limit: SearchRequest::MAX_LIMIT,
        facet_limit: SearchRequest::MAX_FACET_LIMIT,
        facets: Facet::ALL.to_vec(),
        histogram: Some(Interval::Month),
        ..SearchRequest::new(q)
    }
}

#[test]
fn every_facet_counts_quotes_by_their_story_and_the_speaker_by_themselves() {
    for q in ["", "said:price OR said:harga OR minister", "about:NO", "language:id"] {
        let answer = quotes(&all(q));
        assert_eq!(answer.total, answer.hits.len() as u64);
        for facet in Facet::ALL {
            let mut expected: BTreeMap<String, u64> = BTreeMap::new();
            let mut missing = 0;
            for hit in &answer.hits {
                let speaker = || hit.quote.speaker.iter().filter(|_| hit.quote.certain.into());
                let story = search::story(&sample().reader.snapshot(), &sample().vocabulary, &hit.story, "");
                let story = story.unwrap().unwrap();
                let values: Vec<String> = if facet == Facet::Speaker {
                    speaker().cloned().collect()
                } else {
                    let values = story.facets.0.get(facet.name()).into_iter().flatten();
                    values.map(|value| value.value.clone()).collect()
                };
                missing += u64::from(values.is_empty());
                for value in values {
                    *expected.entry(value).or_default() += 1;
                }
            }
            let counts = &answer.facets[facet.name()];
            let found: BTreeMap<String, u64> = counts.values.iter().map(|v| (v.value.clone(), v.count)).collect();
            assert_eq!(counts.missing, missing, "{q} {facet:?}");
            if facet == Facet::Speaker {
                // Spellings of one person are counted as one.
                assert_eq!(found.values().sum::<u64>(), expected.values().sum::<u64>(), "{q}");
            } else {
                assert_eq!(found, expected, "{q} {facet:?}");
            }
        }
        let dated = answer.hits.iter().filter(|hit| hit.published.is_some()).count() as u64;
        assert_eq!(answer.histogram.iter().map(|bar| bar.count).sum::<u64>(), dated, "{q}");
    }
}

#[test]
fn a_facets_own_choice_does_not_shrink_it() {
    let open = quotes(&all(""));
    for facet in [Facet::Speaker, Facet::About, Facet::Credit, Facet::Language] {
        let first = &open.facets[facet.name()].values[0];
        let mut request = all("");
        request.filter_mut(facet).any_of.push(first.value.clone());
        let chosen = quotes(&request);
        assert_eq!(chosen.total, first.count, "{facet:?}");
        let strip = |answer: &QuotesAnswer| -> Vec<(String, u64)> {
            let values = &answer.facets[facet.name()].values;
            values.iter().map(|value| (value.value.clone(), value.count)).collect()
        };
        assert_eq!(strip(&chosen), strip(&open), "{facet:?}");
    }
}

#[test]
fn quotes_stand_in_their_story_with_what_is_around_them() {
    for hit in quotes(&all("")).hits {
        let story = search::story(&sample().reader.snapshot(), &sample().vocabulary, &hit.story, "");
        let story = story.unwrap().unwrap();
        let body = story.story.body();
        assert!(body[..hit.quote.start].ends_with(&hit.before), "{hit:?}");
        assert!(body[hit.quote.end..].starts_with(&hit.after), "{hit:?}");
        assert!(
            !hit.before.trim().contains('\n') && !hit.after.trim().contains('\n'),
            "{hit:?}"
        );
        assert_eq!(story.story.headline(), hit.headline);
    }
}

#[test]
fn quotes_come_by_time_and_their_pages_follow_one_another() {
    let newest = SearchRequest {
        sort: Sort::Newest,
        ..all("")
    };
    let whole = quotes(&newest);
    let times: Vec<_> = whole.hits.iter().map(|hit| hit.published.clone()).collect();
    assert!(times.is_sorted_by(|one, next| one >= next), "{times:?}");
    let mut request = SearchRequest { limit: 9, ..newest };
    let mut walked = Vec::new();
    loop {
        let page = quotes(&request);
        walked.extend(page.hits);
        request.cursor = page.next;
        if request.cursor.is_none() {
            break;
        }
    }
    assert_eq!(walked, whole.hits);
}
