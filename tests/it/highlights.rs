//! Highlights over the sample archive: what the index finds is marked, and what is marked is what was asked for.

use dateline::index::analyzer::{query_terms, stem_term, written_terms};
use dateline::search::{self, Highlight, Hit, SearchRequest, StoryRequest};
use dateline::story::Span;

use crate::support::{NOW, sample};

/// What is asked for, and how a marked text is known to be it.
enum Wish {
    Word(String),
    Prefix(String),
    Fuzzy(String),
    Phrase(Vec<String>),
    Loose(String, String),
}

impl Wish {
    fn query(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Prefix(start) => format!("{start}*"),
            Self::Fuzzy(word) => format!("{word}~1"),
            Self::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Self::Loose(one, other) => format!("\"{one} {other}\"~3"),
        }
    }

    fn is(&self, marked: &str, language: &str) -> bool {
        let terms: Vec<String> = written_terms(marked).into_iter().map(|term| term.0).collect();
        let of = |word: &str| -> Vec<String> { query_terms(word).into_iter().map(|term| term.0).collect() };
        match self {
            Self::Word(word) => {
                let stem = stem_term(language, word);
                terms
                    .windows(of(word).len().max(1))
                    .any(|window| *window == of(word)[..])
                    || stem.is_some() && stem_term(language, marked) == stem
            }
            Self::Prefix(start) => terms.iter().any(|term| term.starts_with(&of(start)[0])),
            Self::Fuzzy(word) => terms
                .iter()
                .any(|term| term.chars().count().abs_diff(word.chars().count()) <= 1),
            Self::Phrase(words) => {
                let wanted: Vec<String> = words.iter().flat_map(|word| of(word)).collect();
                let marked: Vec<String> = query_terms(marked).into_iter().map(|term| term.0).collect();
                marked.windows(wanted.len()).any(|window| *window == wanted[..])
            }
            Self::Loose(one, other) => terms.contains(&of(one)[0]) && terms.contains(&of(other)[0]),
        }
    }
}

/// The words of a text that read back as one plain word of a query.
fn words(text: &str) -> Vec<&str> {
    let alone = |word: &str, term: &str| matches!(&query_terms(word)[..], [(only, ..)] if only == term);
    let terms = query_terms(text).into_iter();
    let words = terms.map(|(term, _, span)| (term, &text[span.start..span.end]));
    let is_plain = |word: &str| {
        word.chars().all(char::is_alphanumeric) && !["AND", "OR", "NOT", "NEAR", "IN", "TO"].contains(&word)
    };
    words
        .filter(|(term, word)| alone(word, term) && is_plain(word))
        .map(|(_, word)| word)
        .collect()
}

/// A few wishes for a story, drawn from its own words by its number.
fn wishes(text: &str, number: usize) -> Vec<Wish> {
    let words = words(text);
    if words.len() < 12 {
        return Vec::new();
    }
    let at = |nth: usize| (number * 31 + nth * 17) % (words.len() - 4);
    let word = |nth: usize| words[at(nth)].to_owned();
    let mut wishes = vec![Wish::Word(word(1)), Wish::Word(word(2))];
    let long = words.iter().skip(at(3)).find(|word| word.is_ascii() && word.len() > 5);
    if let Some(long) = long {
        wishes.push(Wish::Prefix(long[..4].to_owned()));
        wishes.push(Wish::Fuzzy(format!("{}{}", &long[..2], &long[3..])));
    }
    // The words of a phrase stand in a row in the text, with nothing between but spaces.
    let row = &words[at(4)..at(4) + 3];
    if text.contains(&row.join(" ")) {
        wishes.push(Wish::Phrase(row.iter().map(|&word| word.to_owned()).collect()));
        wishes.push(Wish::Loose(row[0].to_owned(), row[2].to_owned()));
    }
    wishes
}

fn check_spans(highlight: &Highlight) {
    let mut at = 0;
    for span in &highlight.spans {
        assert!(at <= span.start && span.start < span.end, "{highlight:?}");
        assert!(highlight.text.get(span.start..span.end).is_some(), "{highlight:?}");
        at = span.end;
    }
}

fn language(hit: &Hit) -> &str {
    hit.facets.0.get("language").map_or("", |values| &values[0].value)
}

#[test]
fn every_story_that_is_found_shows_where_and_nothing_else_is_marked() {
    let sample = sample();
    let all = sample.search(&SearchRequest {
        limit: SearchRequest::MAX_LIMIT,
        ..SearchRequest::new("")
    });
    let mut asked = 0;
    for (number, story) in all.hits.iter().enumerate() {
        for wish in wishes(story.story.body(), number) {
            let answer = sample.search(&SearchRequest {
                limit: 50,
                ..SearchRequest::new(wish.query())
            });
            assert!(
                answer.total.stories > 0 || matches!(wish, Wish::Fuzzy(_)),
                "{}",
                wish.query()
            );
            for hit in &answer.hits {
                let marked = hit.highlights.iter().filter(|highlight| !highlight.spans.is_empty());
                assert!(
                    marked.clone().count() > 0,
                    "{} marks nothing in {}",
                    wish.query(),
                    hit.id
                );
                for highlight in marked {
                    check_spans(highlight);
                    for span in &highlight.spans {
                        let text = &highlight.text[span.start..span.end];
                        assert!(
                            wish.is(text, language(hit)),
                            "{} marks {text:?} in {}",
                            wish.query(),
                            hit.id
                        );
                    }
                }
            }
            asked += 1;
        }
    }
    assert!(asked > 300, "{asked} queries");
}

#[test]
fn a_whole_story_has_the_marks_of_its_passages() {
    let sample = sample();
    for q in [
        "minister OR menteri",
        "pemerintah",
        "said:price OR said:harga",
        "\"the ministry\" OR headline:port",
    ] {
        for hit in sample.search(&SearchRequest::new(q)).hits {
            let request = StoryRequest {
                q: q.to_owned(),
                ..StoryRequest::default()
            };
            let snapshot = sample.reader.snapshot();
            let whole = search::marked_story(&snapshot, &sample.vocabulary, &hit.id, &request, NOW);
            let whole = whole.unwrap().unwrap();
            whole.highlights.iter().for_each(check_spans);
            let of_field = |field: &str| -> Vec<Span> {
                let found = whole.highlights.iter().filter(|highlight| highlight.field == field);
                found.flat_map(|highlight| highlight.spans.clone()).collect()
            };
            for passage in hit.highlights.iter().filter(|passage| passage.field != "quote") {
                let (all, start) = (of_field(passage.field), passage.start);
                for span in &passage.spans {
                    let place = (span.start + start, span.end + start);
                    assert!(
                        all.iter().any(|span| (span.start, span.end) == place),
                        "{q} {} {passage:?}",
                        hit.id
                    );
                }
            }
        }
    }
}
