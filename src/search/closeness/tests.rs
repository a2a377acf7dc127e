//! The factor by positions, and the words that a query gives.

use super::*;
use crate::query::parse;

fn words(query: &str) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    collect(&parse(query, 0).query, &mut wanted);
    wanted
}

fn by(query: &str, positions: &[(&[u32], &[u32])]) -> f32 {
    let positions: Vec<[Vec<u32>; 2]> = positions
        .iter()
        .map(|(headline, body)| [headline.to_vec(), body.to_vec()])
        .collect();
    Close::of(&words(query), &positions).factor()
}

/// Two words in the body, behind the lead.
fn pair(first: &[u32], second: &[u32]) -> f32 {
    let (first, second): (Vec<u32>, Vec<u32>) = (
        first.iter().map(|at| at + 1_000).collect(),
        second.iter().map(|at| at + 1_000).collect(),
    );
    by("palm oil", &[(&[], &first), (&[], &second)])
}

#[test]
fn nearer_is_better_in_order_best_and_far_apart_nothing() {
    let adjacent = pair(&[5], &[6]);
    let reversed = pair(&[6], &[5]);
    let near = pair(&[5], &[9]);
    let far = pair(&[5], &[90]);
    assert!(
        adjacent > reversed && reversed > near && near > far,
        "{adjacent} {reversed} {near} {far}"
    );
    assert!((far - 1.0).abs() < f32::EPSILON);
    assert!((pair(&[5], &[]) - 1.0).abs() < f32::EPSILON);
    // The best of many places counts.
    assert!((pair(&[5, 40, 300], &[7, 301]) - adjacent).abs() < f32::EPSILON);
}

#[test]
fn the_headline_is_worth_more_and_the_lead_something_of_its_own() {
    let headline = by("palm oil", &[(&[0], &[]), (&[1], &[])]);
    let lead = by("palm oil", &[(&[], &[3]), (&[], &[50])]);
    let all = by("palm oil", &[(&[0], &[3]), (&[1], &[4])]);
    assert!(headline > pair(&[0], &[1]));
    assert!((lead - 1.0 - IN_LEAD).abs() < 0.001, "{lead}");
    assert!((all - 1.5).abs() < 0.001, "{all}");
    assert!((by("palm", &[(&[0], &[3])]) - 1.0 - IN_LEAD).abs() < 0.001);
}

#[test]
fn a_query_gives_its_words_and_where_they_stand_in_it() {
    let found = |query: &str| -> Vec<(Vec<String>, u32)> {
        words(query).into_iter().map(|word| (word.terms, word.at)).collect()
    };
    let one = |term: &str, at| (vec![term.to_owned()], at);
    assert_eq!(found("Palm oil"), [one("palm", 0), one("oil", 1)]);
    assert_eq!(found("\"crude palm oil\" price"), [one("crude", 0), one("price", 3)]);
    assert_eq!(
        found("Jong-un missile -test country:KP"),
        [one("jong", 0), one("missile", 2)]
    );
    assert_eq!(
        found("(palm OR soy) oil"),
        [(vec!["palm".to_owned(), "soy".to_owned()], 0), one("oil", 1)]
    );
    assert_eq!(found("pric* prise~1 said:oil"), []);
    assert!(words("headline:oil")[0].headline_only);
}
