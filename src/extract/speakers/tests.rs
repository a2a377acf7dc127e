//! Who says what, in invented sentences.

use crate::extract::document::Document;
use crate::extract::people::{Finder, NameFinder};
use crate::extract::{identity, quotes};
use crate::story::{Filing, Quote};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::Lists;

fn said(language: &'static str, body: &str) -> Vec<Quote> {
    let mut filing = Filing::default();
    filing.ninjs.set_body(body);
    let vocabulary = Vocabulary::builtin();
    let mut document = Document::new(&filing);
    document.language = language;
    let spans = Finder::default().find(&document, &vocabulary);
    let cast = identity::join(&document, &vocabulary, &spans);
    let marks = quotes::find(&mut document.body);
    super::attribute(&document.body, &vocabulary, Lists::of(language), &cast, &marks)
}

/// Of each direct quote its speaker, `-` for none.
fn speakers(language: &'static str, body: &str) -> Vec<String> {
    let direct = said(language, body).into_iter().filter(|quote| quote.direct);
    direct.map(speaker).collect()
}

/// Of each turn of a transcript its speaker; without marks none of them is a direct quote.
fn turns(language: &'static str, body: &str) -> Vec<String> {
    let turns = said(language, body)
        .into_iter()
        .filter(|quote| quote.rule == "transcript");
    turns.inspect(|turn| assert!(!turn.direct)).map(speaker).collect()
}

fn speaker(quote: Quote) -> String {
    quote.speaker.unwrap_or_else(|| "-".into())
}

#[test]
fn the_cue_beside_a_quote_tells_its_speaker() {
    assert_eq!(
        speakers("en", "\"We go on,\" said Margaret Holloway. \"We must.\""),
        ["Margaret Holloway"; 2]
    );
    assert_eq!(
        speakers("en", "Margaret Holloway, the mayor of Springfield, said: \"We go on.\""),
        ["Margaret Holloway"]
    );
    assert_eq!(
        speakers(
            "id",
            "“Kami lanjut terus,” kata Direktur Badan Air Nasional Rina Hartono."
        ),
        ["Rina Hartono"]
    );
    assert_eq!(
        speakers("es", "«No vamos a parar», dijo el ministro Ramiro Quintana."),
        ["Ramiro Quintana"]
    );
    assert_eq!(
        speakers("de", "„Wir machen weiter“, sagte Bundeskanzler Dieter Hallmann."),
        ["Dieter Hallmann"]
    );
    assert_eq!(
        speakers("nl", "“We gaan door”, zei minister Pieter van Dalen."),
        ["Pieter van Dalen"]
    );
}

#[test]
fn pronouns_mean_whoever_the_text_speaks_of() {
    let text = "Menteri Rina Hartono membuka pasar itu.\n\"Kami sangat senang,\" ujarnya.";
    assert_eq!(speakers("id", text), ["Rina Hartono"]);
    let text = "Mayor Margaret Holloway opened the market. \"We are glad,\" she said.";
    assert_eq!(speakers("en", text), ["Margaret Holloway"]);
}

#[test]
fn fragments_belong_to_the_verb_of_their_sentence() {
    let text =
        "Juru bicara Bambang Santoso mengatakan dia “tidak bisa” memastikan kabar itu dan mengatakan “belum ada data.”";
    assert_eq!(speakers("id", text), ["Bambang Santoso"; 2]);
}

#[test]
fn unnamed_speakers_stay_unnamed() {
    let found = said("en", "Mayor Margaret Holloway left. \"We go on,\" said a spokesman.");
    let quote = found.iter().find(|quote| quote.direct).unwrap();
    assert_eq!(quote.speaker, None);
    assert_eq!(quote.speaker_text.as_deref(), Some("a spokesman"));
    assert_eq!(
        speakers("en", "\"We go on,\" said a lawyer for Margaret Holloway."),
        ["-"]
    );
}

#[test]
fn indirect_speech_is_reported_with_its_clause() {
    let found = said("en", "Margaret Holloway announced that the market will open.");
    let quote = found.first().unwrap();
    assert_eq!(
        (quote.direct, quote.speaker.as_deref()),
        (false, Some("Margaret Holloway"))
    );
    assert_eq!(quote.text, "the market will open");
    assert_eq!(
        &"Margaret Holloway announced that the market will open."[quote.start..quote.end],
        quote.text
    );
    assert!(said("en", "Margaret Holloway did not say when the market will open.").is_empty());
}

#[test]
fn quoted_words_that_nobody_says_are_no_quotes() {
    assert!(speakers("en", "The song \"Blue River Road\" was played at the market.").is_empty());
}

#[test]
fn verbs_of_the_romance_languages_hold_or_follow_their_pronoun() {
    let text = "La ministre Solène Marchand est satisfaite. « Nous continuons demain », a-t-elle déclaré.";
    assert_eq!(speakers("fr", text), ["Solène Marchand"]);
    let text = "La alcaldesa Nubia Quintana habló ayer. «No vamos a parar», añadió.";
    assert_eq!(speakers("es", text), ["Nubia Quintana"]);
}

#[test]
fn a_name_behind_an_abbreviated_title_or_in_apposition_is_the_subject() {
    assert_eq!(
        speakers("en", "\"We go on now,\" said Sen. Dale Whitcombe."),
        ["Dale Whitcombe"]
    );
    let text = "“Kami terus maju,” kata salah seorang dari mereka, Rina Hartono, di pasar.";
    assert_eq!(speakers("id", text), ["Rina Hartono"]);
}

#[test]
fn what_opens_a_sentence_is_the_subject_of_its_verbs() {
    let text = "In March, Mayor Margaret Holloway attacked Peter Lindqvist, saying he \"has offended the whole town.\"";
    assert_eq!(speakers("en", text), ["Margaret Holloway"]);
    let text = "Margaret Holloway, head of research at Lindqvist Partners, said it was \"a good day for all.\"";
    assert_eq!(speakers("en", text), ["Margaret Holloway"]);
    let text = "Peter Lindqvist, R-Ky., said: \"We go on as we are.\"";
    assert_eq!(speakers("en", text), ["Peter Lindqvist"]);
}

#[test]
fn lines_of_a_transcript_belong_to_the_name_before_the_colon() {
    let text = "Mayor Margaret Holloway spoke to Peter Lindqvist.\nLINDQVIST: Will you go on?\nHOLLOWAY: We will go on.\n\
                LINDQVIST: And then what?";
    assert_eq!(
        turns("en", text),
        ["Peter Lindqvist", "Margaret Holloway", "Peter Lindqvist"]
    );
    let text =
        "Mayor Margaret Holloway answered.\nQ: Will you go on?\nA: We will go on.\nQ: And then what?\nA: Nothing more.";
    assert_eq!(turns("en", text), ["-", "Margaret Holloway", "-", "Margaret Holloway"]);
}

#[test]
fn a_dash_and_a_name_sign_a_quote() {
    let text = "Mayor Margaret Holloway left.\n“We will miss her a lot.” — Peter Lindqvist";
    assert_eq!(speakers("en", text), ["Peter Lindqvist"]);
}

#[test]
fn titles_of_works_nouns_and_passives_report_nothing() {
    assert!(speakers("en", "Mayor Margaret Holloway said so on \"The Morning Hour.\"").is_empty());
    assert!(
        said(
            "en",
            "Growth, Margaret Holloway fears, was threatened by signs of a slowdown."
        )
        .is_empty()
    );
    assert!(said("en", "Margaret Holloway declined those reports about the bridge.").is_empty());
}

#[test]
fn german_verbs_come_second_and_their_subject_may_follow() {
    let text = "In einem Brief erklärte Bundeskanzler Dieter Hallmann: „Wir machen immer weiter.“";
    assert_eq!(speakers("de", text), ["Dieter Hallmann"]);
    let text = "„Wir machen immer weiter“, so Bundeskanzler Dieter Hallmann am Montag.";
    assert_eq!(speakers("de", text), ["Dieter Hallmann"]);
}

#[test]
fn italian_and_portuguese_quotes_have_speakers() {
    assert_eq!(
        speakers("it", "«Non ci fermeremo mai», ha detto il ministro Marco Bellandi."),
        ["Marco Bellandi"]
    );
    assert_eq!(
        speakers("pt", "“Não vamos parar agora”, afirmou o governador Paulo Moreira."),
        ["Paulo Moreira"]
    );
}

#[test]
fn a_name_behind_an_organisation_or_places_is_the_speaker() {
    let text = "“Kami terus maju,” kata Kepala Dusun Melati, Kelurahan Jaya, Kecamatan Mulya, Rina Hartono.";
    assert_eq!(speakers("id", text), ["Rina Hartono"]);
    let text = "Dosen Universitas Tarbo Wenang Rina Hartono menilai pasar itu baik.\n“Kami terus maju,” ujarnya.";
    assert_eq!(speakers("id", text), ["Rina Hartono"]);
}
