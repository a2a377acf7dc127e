use super::*;
use crate::story::{Country, Person, Source};

fn gold() -> GoldStory {
    let json = r#"{"id":"s1","language":"en","text":"…","gold":{
        "people":[{"name":"Rima Halvorsen","aliases":["Halvorsen"]},{"name":"Tomo Brekke"}],
        "speakers":["Rima Halvorsen"],
        "quotes":[{"text":"We will fish less this year,","speaker":"Rima Halvorsen"}],
        "countries_named":["NO"],"countries_implied":["IS"],
        "sources":[{"name":"Reuters","role":"credit"},{"name":"NTB","role":"cited"}],
        "optional":{"people":["HM"]}}}"#;
    serde_json::from_str(json).unwrap()
}

#[test]
fn aliases_count_optional_ones_do_not_and_the_rest_is_missed_or_made_up() {
    let person = |label: &str| Person {
        value: label.into(),
        label: label.into(),
        ..Person::default()
    };
    let country = |value: &str, basis| Country {
        value: value.into(),
        basis,
        ..Country::default()
    };
    let found = Extraction {
        people: vec![person("Halvorsen"), person("HM"), person("Oslo Børs")],
        speakers: vec!["Halvorsen".into()],
        countries: vec![country("NO", Basis::Named), country("SE", Basis::Implied)],
        sources: vec![Source {
            label: "Reuters".into(),
            role: SourceRole::Credit,
            ..Source::default()
        }],
        quotes: vec![Quote {
            text: "We will fish less this year".into(),
            speaker: Some("Halvorsen".into()),
            direct: true,
            ..Quote::default()
        }],
        ..Extraction::default()
    };
    let mut evaluation = Evaluation::default();
    evaluation.add(&gold(), &found);
    let score = evaluation.total();
    let tally = |hits, extra, missed| Tally { hits, extra, missed };
    assert_eq!(
        score.facets,
        [
            tally(1, 1, 1),
            tally(1, 0, 0),
            tally(1, 0, 0),
            tally(1, 1, 1),
            tally(1, 0, 1),
            tally(1, 0, 0),
            tally(1, 0, 0)
        ]
    );
    assert_eq!((score.attributed, score.named), (1, 1));
    assert!(evaluation.misses.contains(&"  + people: oslo bors".to_owned()));
}
