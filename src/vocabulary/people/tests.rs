use super::*;

const SAMPLE: &str = "name\tspellings\trole\tcountry\tsince\tuntil\n\
    Anna Velkova\tAna Welkowa | ~Velkova\tpresident\tBG\t2001\t2009-06\n\
    Anna Velkova\t\tsenator\tBG\t1990\t2000\n\
    Boris Velkov\tBoris Welkow | B. Velkov | ~Velkova\tpresident\tMK\t2020\t\n\
    Bogdan Velkov\tB. Velkov\n";

fn people() -> People {
    let mut people = People::builtin().unwrap();
    people.add("sample", SAMPLE).unwrap();
    people
}

fn named(people: &People, name: &str) -> Option<String> {
    people.of_name(name).map(|person| people.name(person).to_string())
}

#[test]
fn the_list_is_read_its_roles_have_titles_and_no_full_form_is_two_peoples() {
    let people = People::builtin().unwrap();
    assert!(people.len() > 1_000, "{}", people.len());
    let offices = rows("offices.tsv", OFFICES, ["role", "language", "phrase"]).unwrap();
    let titled: FxHashSet<&str> = offices.iter().map(|row| row.cells[0]).collect();
    for row in rows("people.tsv", PEOPLE, COLUMNS).unwrap() {
        let role = row.cells[2];
        assert!(role.is_empty() || titled.contains(role), "line {}: {role}", row.line);
    }
    let shared: Vec<&String> = people
        .full
        .iter()
        .filter(|(_, claim)| claim.1.is_none())
        .map(|(name, _)| name)
        .collect();
    assert!(shared.is_empty(), "{shared:?}");
}

#[test]
fn spellings_are_the_same_folded() {
    assert_eq!(folded_name(" KIM  Jong-un "), "kim jong un");
    assert_eq!(folded_name("Ma’ruf Amín"), "maruf amin");
    assert_eq!(folded_name("George H.W. Bush"), folded_name("George H. W. Bush"));
    assert_eq!(folded_name("—"), "");
    let people = people();
    assert_eq!(named(&people, "ana WELKOWA").as_deref(), Some("Anna Velkova"));
    assert_eq!(named(&people, "Anna-Velková").as_deref(), Some("Anna Velkova"));
}

#[test]
fn a_spelling_of_two_and_a_short_form_join_nobody() {
    let people = people();
    assert_eq!(named(&people, "B. Velkov"), None);
    assert_eq!(named(&people, "Velkova"), None);
    assert!(people.has_short("VELKOVA"));
}

#[test]
fn an_office_tells_whom_a_short_form_means() {
    let people = people();
    let president = people.roles["president"];
    let senator = people.roles["senator"];
    let holder = |role, country, when: &str| {
        let month = Month::read(when, 6);
        let person = people.holder("Velkova", role, country, month);
        person.map(|person| people.name(person).to_string())
    };
    assert_eq!(holder(president, None, "2005").as_deref(), Some("Anna Velkova"));
    assert_eq!(holder(president, None, "2010-06").as_deref(), Some("Anna Velkova"));
    assert_eq!(holder(president, None, "2012"), None);
    assert_eq!(holder(president, Some("MK"), "2024").as_deref(), Some("Boris Velkov"));
    assert_eq!(holder(president, Some("MK"), "2005"), None);
    assert_eq!(holder(president, None, ""), None);
    assert_eq!(holder(senator, None, "").as_deref(), Some("Anna Velkova"));
}

#[test]
fn a_list_added_later_wins() {
    let mut people = people();
    let mine = "name\tspellings\trole\tcountry\tsince\tuntil\nAnna Velkova\tAnna V.\nBogdan Velkov\tB. Velkov\n";
    people.add("mine", mine).unwrap();
    assert_eq!(named(&people, "anna v").as_deref(), Some("Anna Velkova"));
    assert_eq!(named(&people, "Ana Welkowa"), None);
    assert_eq!(named(&people, "B. Velkov").as_deref(), Some("Bogdan Velkov"));
    assert_eq!(named(&people, "Boris Welkow").as_deref(), Some("Boris Velkov"));
}

#[test]
fn a_list_that_cannot_be_read_says_where() {
    let mut people = People::default();
    let bad = people.add(
        "mine.tsv",
        "name\tspellings\trole\tcountry\tsince\tuntil\nA\t\tking\tXX\tlong ago\n",
    );
    assert!(
        bad.unwrap_err()
            .to_string()
            .starts_with("mine.tsv, line 2: \"long ago\"")
    );
    assert!(people.add("mine.tsv", "who\n").is_err());
}
