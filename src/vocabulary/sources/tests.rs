//! The list of sources is well formed, and its names are told from other words.

use super::*;

fn named(text: &str) -> Vec<(&'static str, bool)> {
    let sources = Sources::builtin().unwrap();
    let tokens = tokenise(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match sources.named_at(text, &tokens, at) {
            Some(name) => {
                found.push((sources.entry(name.entry).unwrap().id, name.weak));
                at += name.len;
            }
            None => at += 1,
        }
    }
    found
}

#[test]
fn the_list_is_well_formed() {
    let sources = Sources::builtin().unwrap();
    assert!(sources.len() >= 2_000);
    for entry in &sources.entries {
        assert!(
            ["agency", "newspaper", "broadcaster", "magazine", "portal"].contains(&entry.kind),
            "{entry:?}"
        );
        assert!(entry.country.len() == 2 || entry.country.is_empty(), "{entry:?}");
        assert!(
            sources.resolve(entry.name).iter().any(|id| id == entry.id) || !sources.resolve(entry.id).is_empty(),
            "{entry:?} cannot be found by its name"
        );
    }
}

#[test]
fn names_of_many_scripts_lead_to_one_source() {
    let sources = Sources::builtin().unwrap();
    for name in ["AFP", "Agence France-Presse", "أ ف ب", "法新社"] {
        assert_eq!(sources.resolve(name), ["afp"], "{name}");
    }
    assert_eq!(sources.resolve("the new york times"), ["nyt"]);
    assert_eq!(sources.resolve("Kantor Berita Xinhua"), ["xinhua"]);
    assert!(sources.resolve("Nobody's Gazette").is_empty());
}

#[test]
fn a_name_must_be_written_as_a_name() {
    assert_eq!(named("sun and time antara kita, the guardian of it"), []);
    assert_eq!(named("The New York Times and AFP"), [("nyt", false), ("afp", false)]);
    assert_eq!(named("Antara"), [("antara", true)]);
    assert_eq!(named("ANTARA"), [("antara", false)]);
    assert_eq!(named("Ap and ap"), []);
    assert_eq!(
        named("KOMPAS.com dan Liputan6.com"),
        [("kompas-com", false), ("liputan6", false)]
    );
}

#[test]
fn an_agency_signs_in_any_case_and_has_its_years() {
    let sources = Sources::builtin().unwrap();
    let signed = |text: &str| {
        let tokens = tokenise(text);
        let found = sources.signed_at(text, &tokens, 0);
        found.and_then(|named| sources.entry(named.entry)).map(|entry| entry.id)
    };
    assert_eq!(signed("ap"), Some("ap"));
    assert_eq!(signed("Afp-Ap"), Some("afp"));
    assert_eq!(signed("Spa"), None, "a country in a table of results");
    assert_eq!(signed("time"), None);
    let active = |id: &str, year| sources.of_id(id).unwrap().is_active_in(year);
    assert!(active("wolff", Some(1914)) && !active("wolff", Some(2009)) && !active("wolff", None));
    assert!(active("afp", Some(2009)) && active("afp", None) && !active("afp", Some(1914)));
    assert!(active("nyt", Some(1914)) && active("nyt", None));
}

#[test]
fn a_slug_is_the_folded_name() {
    assert_eq!(slug("The Río Verde Herald"), "rio-verde-herald");
}
