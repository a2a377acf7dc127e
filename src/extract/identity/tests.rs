//! Who is who, in invented sentences.

use super::*;
use crate::story::{Filing, Join};
use crate::vocabulary::names::Traits;

/// Who is named in a story whose names stand in braces; a title right before one is its title.
fn cast(language: &'static str, headline: &str, body: &str) -> Cast {
    let mut filing = Filing::default();
    filing.ninjs.set_body(body.replace(['{', '}'], ""));
    if !headline.is_empty() {
        filing.ninjs.set_headline(headline.replace(['{', '}'], ""));
    }
    let vocabulary = Vocabulary::builtin();
    let mut document = Document::new(&filing);
    document.language = language;
    crate::extract::places::mark_places(&vocabulary, &mut document);
    let mut spans = Vec::new();
    for (zone, text, marked) in [
        (Zone::Headline, &document.headline, headline),
        (Zone::Body, &document.body, body),
    ] {
        let mut start = 0;
        for (place, part) in marked.split(['{', '}']).enumerate() {
            let at = |byte: usize| text.tokens.partition_point(|token| (token.start as usize) < byte);
            if place % 2 == 1 {
                spans.push(span(
                    text,
                    &vocabulary,
                    language,
                    zone,
                    at(start)..at(start + part.len()),
                ));
            }
            start += part.len();
        }
    }
    join(&document, &vocabulary, &spans)
}

fn span(text: &Text, vocabulary: &Vocabulary, language: &str, zone: Zone, tokens: Range<usize>) -> NameSpan {
    let title = tokens.start.checked_sub(1).map(|before| match text.word(before) {
        "." => before.saturating_sub(1),
        _ => before,
    });
    let lists = Lists::of(language);
    let is_title = |at: &usize| vocabulary.names.traits(&text.tokens[*at], lists).any(Traits::TITLE);
    NameSpan {
        zone,
        tokens,
        title: title.filter(is_title),
        rule: "test",
        confidence: 1.0,
    }
}

/// The people of a body with their mentions.
fn people(language: &'static str, body: &str) -> Vec<(String, u32)> {
    let people = cast(language, "", body).people.into_iter();
    people.map(|person| (person.value, person.mentions)).collect()
}

#[test]
fn short_forms_join_the_longest_name() {
    let text = "President {Margaret Holloway} spoke. Mrs. {Holloway} left. {Margaret Holloway} will return.";
    assert_eq!(people("en", text), [("Margaret Holloway".to_owned(), 3)]);
    let text = "Pemimpin {Park Min Seo} tiba. Presiden {Park} disambut.";
    assert_eq!(people("id", text), [("Park Min Seo".to_owned(), 2)]);
}

#[test]
fn of_two_who_share_a_name_the_last_named_is_meant() {
    let text = "President {Margaret Holloway} spoke. Then Senator {Peter Holloway} spoke. Mr. {Holloway} left.";
    assert_eq!(
        people("en", text),
        [("Margaret Holloway".to_owned(), 1), ("Peter Holloway".to_owned(), 2)]
    );
}

#[test]
fn a_lone_surname_stays_as_it_is() {
    assert_eq!(people("en", "President {Holloway} left."), [("Holloway".to_owned(), 1)]);
}

/// The people of a body with all their forms and why these were joined.
fn forms(language: &'static str, body: &str) -> Vec<String> {
    let found = cast(language, "", body).people.into_iter().map(|person| {
        let forms = person.forms.iter();
        let forms: Vec<String> = forms
            .filter(|form| form.why != Join::Whole)
            .map(|form| format!("{}: {:?}", form.text, form.why))
            .collect();
        format!("{} [{}]", person.value, forms.join(", "))
    });
    found.collect()
}

#[test]
fn family_names_that_stand_first_are_short_forms() {
    assert_eq!(
        forms(
            "en",
            "President {Park Min-seo} spoke. {Park} left. {Park Min Seo} will return."
        ),
        ["Park Min-seo [Park: FamilyName]"]
    );
    assert_eq!(
        forms("en", "Premier {Nguyen Van Minh} spoke. Mr. {Minh} left."),
        ["Nguyen Van Minh [Minh: FamilyName]"]
    );
    assert_eq!(
        forms("en", "President {Park Min-seo} spoke. {Min-seo Park} left."),
        ["Park Min-seo [Min-seo Park: Order]"]
    );
}

#[test]
fn indonesian_names_are_shortened_in_many_ways() {
    let text = "Presiden {Rangga Wirawan} ({Rawan}) tiba. Presiden {Rangga} bicara. Kata Presiden {Rawan}, itu baik.";
    assert_eq!(forms("id", text), ["Rangga Wirawan [Rawan: Alias, Rangga: GivenName]"]);
    let text = "Presiden {Rangga Wirawan} tiba. Kata Presiden {Ranggawi}, itu baik.";
    assert_eq!(forms("id", text), ["Rangga Wirawan [Ranggawi: Blend]"]);
    let text = "Menteri {Rina Hartonoyang} tiba. Menteri {Rina Hartono} bicara. Menteri {Rina} pergi.";
    assert_eq!(
        forms("id", text),
        ["Rina Hartono [Rina Hartonoyang: Spelling, Rina: GivenName]"]
    );
    let text = "Menteri {Siti Nur Hartono} alias {Nunung} tiba.";
    assert_eq!(forms("id", text), ["Siti Nur Hartono [Nunung: Alias]"]);
}

#[test]
fn particles_may_be_left_out_and_fathers_stay_themselves() {
    assert_eq!(
        forms(
            "en",
            "President {Hassan al-Karimi} spoke. Mr. {al-Karimi} left. Mr. {Karimi} returned."
        ),
        ["Hassan al-Karimi [al-Karimi: FamilyName, Karimi: FamilyName]"]
    );
    assert_eq!(
        forms(
            "nl",
            "Minister {Pieter van Dalen} sprak. Volgens minister {Van Dalen} klopt het."
        ),
        ["Pieter van Dalen [Van Dalen: FamilyName]"]
    );
}

#[test]
fn other_given_names_initials_and_suffixes_are_other_people() {
    for text in [
        "Senator {Peter Holloway} spoke. Senator {Margaret Holloway} left.",
        "Senator {John R. Holloway} spoke. Senator {John Q. Holloway} left.",
        "Senator {George W. Holloway} spoke. Senator {George H.W. Holloway} left.",
        "Senator {Peter Holloway Jr.} spoke. Senator {Peter Holloway} left.",
        "Senator {Peter Holloway Jr.} spoke. Senator {Peter Holloway Sr.} left.",
    ] {
        let found = people("en", text);
        assert_eq!(found.len(), 2, "{found:?}");
    }
    assert_eq!(
        forms(
            "en",
            "Senator {John R. Holloway} spoke. {John Holloway} left. {J.R. Holloway} returned."
        ),
        ["John R. Holloway [John Holloway: Shorter, J.R. Holloway: Initials]"]
    );
}

#[test]
fn a_given_name_that_two_people_have_joins_neither() {
    let text = "President {Mohammed Karimi} met Prince {Mohammed Salehi}. Then Mr. {Mohammed} left.";
    let found = people("en", text);
    assert_eq!(found.len(), 3, "{found:?}");
    let text = "President {Mohammed Karimi} met Prince {Daud Salehi}. Then Mr. {Mohammed} left.";
    assert_eq!(
        people("en", text),
        [("Mohammed Karimi".to_owned(), 2), ("Daud Salehi".to_owned(), 1)]
    );
}

#[test]
fn of_two_with_one_family_name_the_title_tells() {
    let text = "President {Margaret Holloway} spoke. Then Senator {Peter Holloway} spoke. President {Holloway} left.";
    assert_eq!(
        people("en", text),
        [("Margaret Holloway".to_owned(), 2), ("Peter Holloway".to_owned(), 1)]
    );
}

#[test]
fn two_names_in_one_run_are_parted_where_the_story_has_both() {
    let text = "Pasangan {Rina Hartono-Daud Karimi} tiba. {Rina Hartono} bicara. {Daud Karimi} pergi.";
    assert_eq!(
        people("id", text),
        [("Rina Hartono".to_owned(), 2), ("Daud Karimi".to_owned(), 2)]
    );
}

#[test]
fn a_bracket_completes_the_name_outside_of_it() {
    let text = "Yesterday (central bank governor {Jean-Claude}) {Holloway} spoke. {Holloway} left.";
    assert_eq!(forms("en", text), ["Holloway [Jean-Claude: Alias]"]);
}

#[test]
fn of_father_and_son_the_one_named_first_is_meant() {
    let text = "Senator {Peter Holloway Jr.} spoke. His father {Peter Holloway} left. Mr. {Holloway} stayed.";
    assert_eq!(
        forms("en", text),
        ["Peter Holloway Jr. [Holloway: FamilyName]", "Peter Holloway []"]
    );
}

#[test]
fn countries_and_abbreviations_before_a_name_are_cut_off() {
    let cut = |language, body| cast(language, "", body).people.remove(0).value;
    assert_eq!(cut("id", "diktator {Korea Utara Park Min Seo} tiba"), "Park Min Seo");
    assert_eq!(
        cut("id", "Dewan Keamanan Nasional {AS Anna Velkova} tiba"),
        "Anna Velkova"
    );
    assert_eq!(cut("id", "Ketua {KPK Rina Hartono} tiba"), "Rina Hartono");
    assert_eq!(cut("en", "a letter to {Anna Velkova's} office"), "Anna Velkova");
    assert_eq!(cut("en", "the actor {Jordan Holloway} left"), "Jordan Holloway");
}

#[test]
fn a_headline_in_capitals_is_spelled_as_the_body_does() {
    let found = cast(
        "en",
        "{MARGARET MCHOLLOWAY} MEETS {DAUD O'NEILL}",
        "President {Margaret McHolloway} met Senator {Daud O'Neill}.",
    );
    let names: Vec<&str> = found.people.iter().map(|person| person.value.as_str()).collect();
    assert_eq!(names, ["Margaret McHolloway", "Daud O'Neill"]);
    assert!(found.people.iter().all(|person| person.forms.is_empty()));
}

#[test]
fn a_title_alone_means_who_bore_it_last() {
    let body =
        "President {Margaret Holloway} spoke. {Daud Karimi}, the Norwegian prime minister, left. The president stayed.";
    let found = cast("en", "", body);
    let hash = |word: &str| crate::text::tokenise(word)[0].folded;
    assert_eq!(found.holder(hash("president"), 19), Some(0));
    assert_eq!(found.holder(hash("minister"), 19), Some(1));
    assert_eq!(found.holder(hash("senator"), 19), None);
}

#[test]
fn many_names_are_joined_in_time() {
    use std::fmt::Write as _;
    let mut body = String::new();
    for at in 0..12_000_u32 {
        let letter = |n: u32| char::from(b'a' + (n % 26) as u8);
        let (one, two, three) = (letter(at), letter(at / 26), letter(at / 676));
        let _ = writeln!(
            body,
            "Mr. {{A{one}{two}{three} B{two}{one} Holloway}} met Mr. {{Holloway}}."
        );
    }
    let start = std::time::Instant::now();
    assert!(cast("en", "", &body).people.len() > 1_000);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
