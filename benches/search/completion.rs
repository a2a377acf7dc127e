//! Completion at each key of what is typed: names, countries, sources and words of headlines, some of them misspelt. Beside it
//! the floor: tantivy's dictionary of headline words, walked from the same letters, with the eight most frequent kept.

use std::collections::BinaryHeap;

use anyhow::Result;
use dateline::search::{CompleteRequest, complete};
use dateline::story::Facet;
use dateline::vocabulary::Vocabulary;
use tantivy::Searcher;
use tantivy::schema::Field;

use crate::archive::{Archive, person_name};
use crate::measure::{note, ratio};
use crate::ours::Ours;
use crate::queries::ArchiveQuery;
use crate::random::Random;
use crate::times::Times;

/// What is typed besides words of the mix.
const TYPED: [&str; 12] = [
    "indonesia",
    "norwegia",
    "perancis",
    "united states",
    "country:jap",
    "reuters",
    "source:antara",
    "credit:wire0",
    "headline:presid",
    "language:engl",
    "goverment",
    "prezident",
];
/// People whose names are typed, and words of the mix that are.
const PEOPLE: usize = 24;
const WORDS: usize = 16;
/// Completions that are kept.
const LIMIT: usize = 8;

/// Measures every key.
pub(crate) fn measure(ours: &Ours, archive: &Archive, queries: &[ArchiveQuery], rounds: usize) -> Result<()> {
    let snapshot = ours.reader.snapshot();
    let vocabulary = Vocabulary::builtin();
    let keys = keys(archive, queries);
    let (mut whole, mut floor) = (Times::of(keys.len()), Times::of(keys.len()));
    let mut found = 0;
    for _ in 0..rounds {
        found = 0;
        for (at, q) in keys.iter().enumerate() {
            let request = CompleteRequest {
                q: q.clone(),
                limit: LIMIT,
                ..CompleteRequest::default()
            };
            let answer = whole.take(at, || Ok(complete(&snapshot, &vocabulary, &request)?))?;
            found += usize::from(!answer.completions.is_empty());
            let word = q.rsplit([' ', ':', '"']).next().unwrap_or_default().to_lowercase();
            floor.take(at, || walk(&snapshot.searcher, snapshot.fields.headline, &word))?;
        }
    }
    let people = snapshot.interners[Facet::Person as usize].len();
    note(&format!(
        "{} keys among {people} people, {found} with completions",
        keys.len()
    ));
    whole.print("completion");
    floor.print("dictionary_walk");
    ratio("completion-vs-dictionary-walk", whole.mean() / floor.mean());
    Ok(())
}

/// What stands in the field after each key: every beginning of what is typed.
fn keys(archive: &Archive, queries: &[ArchiveQuery]) -> Vec<String> {
    let random = &mut Random::new(archive.seed, 0);
    let mut typed: Vec<String> = TYPED.map(str::to_owned).into();
    let words = queries.iter().flat_map(|asked| asked.words.iter().cloned());
    typed.extend(words.take(WORDS));
    for at in 0..PEOPLE {
        let name = person_name(archive.people.draw(random));
        typed.push(match at % 4 {
            0 => format!("speaker:\"{name}"),
            1 => name,
            2 => name.rsplit(' ').next().unwrap_or_default().to_owned(),
            // Two letters swapped.
            _ => {
                let mut letters: Vec<char> = name.chars().collect();
                letters.swap(1, 2);
                letters.into_iter().collect()
            }
        });
    }
    let beginnings = typed.iter().flat_map(|text| {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.map(|end| text[..end].to_owned()).collect::<Vec<_>>()
    });
    beginnings
        .filter(|text| text.ends_with(char::is_alphanumeric))
        .collect()
}

/// The most frequent words of a field that start so.
fn walk(searcher: &Searcher, field: Field, start: &str) -> Result<Vec<(u32, Vec<u8>)>> {
    let mut best = BinaryHeap::new();
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut stream = index.terms().range().ge(start.as_bytes()).into_stream()?;
        while stream.advance() && stream.key().starts_with(start.as_bytes()) {
            let frequency = stream.value().doc_freq;
            let fits = best.len() < LIMIT
                || best
                    .peek()
                    .is_some_and(|(least, _): &(std::cmp::Reverse<u32>, _)| least.0 < frequency);
            if fits {
                best.push((std::cmp::Reverse(frequency), stream.key().to_vec()));
                if best.len() > LIMIT {
                    best.pop();
                }
            }
        }
    }
    Ok(best.into_iter().map(|(frequency, word)| (frequency.0, word)).collect())
}
