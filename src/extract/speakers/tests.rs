//! Who says what, in invented sentences.

use crate::extract::document::Document;
use crate::extract::people::{NameFinder, RuleFinder};
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
    let spans = RuleFinder.find(&document, &vocabulary);
    let cast = identity::join(&document, &vocabulary, &spans);
    let marks = quotes::find(&mut document.body);
    super::attribute(&document.body, &vocabulary, Lists::of(language), &cast, &marks)
}

/// Of each direct quote its speaker, `-` for none.
fn speakers(language: &'static str, body: &str) -> Vec<String> {
    let direct = said(language, body).into_iter().filter(|quote| quote.direct);
    direct
        .map(|quote| quote.speaker.unwrap_or_else(|| "-".into()))
        .collect()
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
