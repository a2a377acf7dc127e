//! One Indonesian story of plain text, without any metadata: exactly its people, speakers, countries, sources and quotes; and
//! the same again after its names are replaced, so that no answer can be known by heart.

use dateline::extract::Extractor;
use dateline::extract::evaluate::{Evaluation, GoldStory};
use dateline::story::{Facet, SourceRole};
use dateline::vocabulary::Vocabulary;

use crate::support::{Sample, dateline, root, run, shared};

/// Other people, countries, seats and agencies for those of the story. Longer names come before their parts.
const OTHERS: [&[(&str, &str)]; 2] = [
    &[
        ("Joe Biden", "Ivo Varga"),
        ("Biden", "Varga"),
        ("Jake Sullivan", "Emil Tornberg"),
        ("Sullivan", "Tornberg"),
        ("Kim Jong Un", "Choi Min Seo"),
        ("Kim", "Choi"),
        ("Vladimir Putin", "Konrad Weissmann"),
        ("Putin", "Weissmann"),
        ("Adrienne Watson", "Sofia Lindqvist"),
        ("Dmitry Peskov", "Pavel Orlenko"),
        ("John Kirby", "Hugh Stanmore"),
        ("Kirby", "Stanmore"),
        ("Korea Utara", "Selandia Baru"),
        ("Korea Selatan", "Afrika Selatan"),
        ("Rusia", "Inggris"),
        ("Ukraina", "Portugal"),
        ("Jepang", "Maroko"),
        ("Nasional AS", "Nasional Prancis"),
        ("lawan AS", "lawan Prancis"),
        ("Gedung Putih", "Istana Elysee"),
        ("Kremlin", "Downing Street"),
        ("Moskow", "London"),
        ("\"KP\"", "\"NZ\""),
        ("\"RU\"", "\"GB\""),
        ("\"UA\"", "\"PT\""),
        ("\"US\"", "\"FR\""),
        ("\"KR\"", "\"ZA\""),
        ("\"JP\"", "\"MA\""),
        ("Reuters", "AFP"),
        ("New York Times", "Washington Post"),
    ],
    &[
        ("Joe Biden", "Rudi Sasmita"),
        ("Biden", "Sasmita"),
        ("Jake Sullivan", "Bagus Wirawan"),
        ("Sullivan", "Wirawan"),
        ("Kim Jong Un", "Park Seong Ho"),
        ("Kim", "Park"),
        ("Vladimir Putin", "Tomas Hradecky"),
        ("Putin", "Hradecky"),
        ("Adrienne Watson", "Ratna Puspita"),
        ("Dmitry Peskov", "Oleg Barinov"),
        ("John Kirby", "Made Suardana"),
        ("Kirby", "Suardana"),
        ("Korea Utara", "Myanmar"),
        ("Korea Selatan", "Filipina"),
        ("Rusia", "Tiongkok"),
        ("Ukraina", "Taiwan"),
        ("Jepang", "India"),
        ("Moskow", "Beijing"),
        ("\"KP\"", "\"MM\""),
        ("\"RU\"", "\"CN\""),
        ("\"UA\"", "\"TW\""),
        ("\"KR\"", "\"PH\""),
        ("\"JP\"", "\"IN\""),
        // The Kremlin stays where it is, so that it implies a country that nothing else names.
        ("\"countries_implied\": []", "\"countries_implied\": [\"RU\"]"),
        ("Reuters", "Antara"),
        ("New York Times", "Kompas"),
    ],
];

fn the_story() -> Option<String> {
    let path = shared("gold/dev-id.jsonl")?;
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().next().map(str::to_owned)
}

/// Fails unless extraction finds all that the gold has, and nothing else.
#[track_caller]
fn comes_out_exactly(line: &str) {
    let story: GoldStory = serde_json::from_str(line).unwrap();
    let found = Extractor::new(Vocabulary::builtin()).extract(&story.filing());
    let mut evaluation = Evaluation::default();
    evaluation.add(&story, &found);
    assert!(evaluation.misses.is_empty(), "{}", evaluation.misses.join("\n"));
    let score = evaluation.total();
    assert!(score.facets.iter().all(|tally| tally.hits > 0), "{score:?}");
    assert_eq!(score.attributed, score.named);
    assert_eq!(found.language, story.language);
}

#[test]
fn it_comes_out_exactly() {
    if let Some(line) = the_story() {
        comes_out_exactly(&line);
        let story: GoldStory = serde_json::from_str(&line).unwrap();
        let found = Extractor::new(Vocabulary::builtin()).extract(&story.filing());
        assert_eq!(
            found
                .quotes
                .iter()
                .find(|quote| quote.text == "membayar harga")
                .unwrap()
                .speaker,
            None
        );
        let role = |label: &str| found.sources.iter().find(|source| source.label == label).unwrap().role;
        assert_eq!(role("Reuters"), SourceRole::Credit);
        assert_eq!(role("New York Times"), SourceRole::Cited);
    }
}

#[test]
fn it_comes_out_exactly_with_other_people_countries_and_agencies() {
    if let Some(line) = the_story() {
        for others in OTHERS {
            let replaced = others
                .iter()
                .fold(line.clone(), |text, (from, to)| text.replace(from, to));
            assert!(!replaced.contains("Sullivan") && !replaced.contains("Korea"));
            comes_out_exactly(&replaced);
        }
    }
}

#[test]
fn a_story_of_the_same_make_comes_out_exactly() {
    let gold = std::fs::read_to_string(root().join("tests/gold/id.jsonl")).unwrap();
    let line = gold
        .lines()
        .find(|line| line.contains("berkontribusi pada laporan ini"))
        .expect("there is one");
    comes_out_exactly(line);
}

#[test]
fn a_search_finds_it_by_country_and_by_who_said_what() {
    let Some(line) = the_story() else { return };
    let story: GoldStory = serde_json::from_str(&line).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("story.txt");
    std::fs::write(&file, &story.text).unwrap();
    let sample = Sample::of(&[file]);
    assert_eq!(sample.balance.counts.added, 1);
    for query in [
        "country:\"Korea Utara\"",
        "country:KP",
        "country:\"North Korea\"",
        "speaker:\"Jake Sullivan\" said:harga",
        "speaker:Sullivan",
        "credit:Reuters",
        "source:\"New York Times\"",
        "\"senjata kepada Rusia\"",
        "perundingan OR negosiasi",
        "has:quote language:id",
    ] {
        assert_eq!(sample.found(query).len(), 1, "{query}");
    }
    for query in [
        "speaker:\"Dmitry Peskov\" said:harga",
        "credit:\"New York Times\"",
        "country:Norway",
        "\"Rusia kepada senjata\"",
        "speaker:Putin",
    ] {
        assert_eq!(sample.found(query).len(), 0, "{query}");
    }
    let mut request = dateline::search::SearchRequest::new("");
    request.filter_mut(Facet::Country).any_of.push("Korea Utara".into());
    assert_eq!(sample.search(&request).total.stories, 1);
    let (code, out, _) =
        run(dateline()
            .arg("--index")
            .arg(sample.index())
            .args(["search", "--country", "Korea Utara", "said:harga"]));
    assert!(code == 0 && out.starts_with("1 story"), "{out}");
}
