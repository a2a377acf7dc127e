//! What counts as a country's mention, what does not, and which countries a story is about.

use super::*;
use crate::extract::Extractor;
use crate::story::{Filing, Named};

fn extract(language: &str, headline: &str, body: &str) -> Vec<Country> {
    let mut filing = Filing::default();
    filing.ninjs.language = Some(language.to_owned());
    filing.ninjs.set_headline(headline);
    filing.ninjs.set_body(body);
    Extractor::new(Vocabulary::builtin()).extract(&filing).countries
}

/// The codes in a body, those only implied with a question mark.
pub(super) fn codes(language: &str, body: &str) -> String {
    let found = extract(language, "", body);
    let shown = found.iter().map(|country| match country.basis {
        Basis::Implied => format!("{}?", country.value),
        _ => country.value.clone(),
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn names_short_forms_and_demonyms_are_told_in_their_languages() {
    for (language, body, expected) in [
        ("en", "The U.S. envoy met West German and Soviet officials.", "US DE RU"),
        ("en", "Sino-Indian talks in a Welsh village", "CN IN GB"),
        ("id", "Menlu RI bertemu utusan AS dan warga Korut.", "ID US KP"),
        ("ms", "Kerajaan Amerika Syarikat dan Arab Saudi bersetuju.", "US SA"),
        (
            "de",
            "Die französischen Truppen und ein Russe halfen den Briten.",
            "FR RU GB",
        ),
        ("fr", "Les ministres sud-coréens et la presse russe", "KR RU"),
        ("es", "Las tropas francesas y el gobierno alemán", "FR DE"),
        ("pt", "O governo japonês e as empresas alemãs", "JP DE"),
        ("nl", "De Duitse premier en de Verenigde Staten", "DE US"),
        ("it", "I ministri polacchi e la stampa degli Stati Uniti", "PL US"),
        ("de", "Frankreichs Präsident und Russlands Regierung", "FR RU"),
        ("fr", "un accord franco-allemand", "FR DE"),
        ("de", "die deutsch-polnische Grenze", "DE PL"),
    ] {
        assert_eq!(codes(language, body), expected, "{language}: {body}");
    }
}

#[test]
fn words_that_only_look_like_a_country_are_none() {
    for (language, body) in [
        ("en", "Let us carve the turkey on the best china as planned."),
        (
            "en",
            "Shares of Royal Dutch Shell rose in Latin America and the Gulf of Mexico.",
        ),
        (
            "en",
            "Michael Jordan met Paris Hilton, Chad Johnson and Georgia Moore at a party.",
        ),
        ("en", "The China Daily and the New York Times reported it."),
        ("en", "Shares of Sydney Gold Mining Corp and Credit Suisse fell."),
        ("en", "The New York Yankees lost, Real Madrid won."),
        ("id", "Ri dan as roda itu dibawa pulang."),
        ("nl", "De Zuid-Amerikaanse markt groeit."),
        ("fr", "Les latino-américains votent."),
        ("de", "Die Deutsche Bank und die Berliner Zeitung schweigen."),
        ("es", "La selección juega en América Latina."),
        ("it", "Il signor Russo e la signora Greco, disse usa e getta."),
        ("en", "The Australian dollar gained against the Swiss franc."),
        ("id", "Harga naik sebesar 3 dolar AS per barel."),
        ("id", "Kapal itu berlayar di Laut China Selatan."),
        ("de", "Die Polizei aus dem Dorf war nicht da."),
        ("pt", "Ele irá amanhã."),
        ("fr", "Maurice a vu Dominique hier."),
    ] {
        assert_eq!(codes(language, body), "", "{language}: {body}");
    }
}

#[test]
fn places_imply_a_country_only_if_it_is_not_named() {
    assert_eq!(codes("en", "The Kremlin denied it."), "RU?");
    assert_eq!(codes("en", "The Kremlin denied it. Russia agreed."), "RU");
    assert_eq!(codes("id", "Juru bicara Gedung Putih menolak."), "US?");
    assert_eq!(codes("id", "seranganIsrael di Gaza"), "IL PS?");
}

#[test]
fn a_dateline_knows_small_cities_and_their_regions() {
    assert_eq!(codes("en", "NICE, May 3 (Agency) - Rain fell."), "FR?");
    assert_eq!(codes("en", "Nice work, said the judge."), "");
    assert_eq!(codes("en", "CAMBRIDGE, Mass., May 3 (Agency) - Rain fell."), "US?");
    assert_eq!(codes("en", "LUNDE FALLS, Pa, May 3 (Agency) - Rain fell."), "US?");
    assert_eq!(codes("en", "DUESSELDORF, May 3 (Agency) - Rain fell."), "DE?");
    assert_eq!(codes("en", "ST LOUIS, May 3 (Agency) - Rain fell."), "US?");
}

#[test]
fn a_dateline_names_its_place_in_full() {
    assert_eq!(codes("en", "OLD GREENWICH, Conn., May 3 (Agency) - Rain fell."), "US?");
    assert_eq!(
        codes("en", "SAN JUAN CAPISTRANO, Calif., May 3 (Agency) - Rain fell."),
        "US?"
    );
    assert_eq!(
        codes("es", "Valencia de Alcántara (Cáceres), 23 may (EFE). - Llueve."),
        "ES?"
    );
    assert_eq!(codes("en", "NEW SOUTH WALES, May 3 (Agency) - Rain fell."), "AU?");
}

#[test]
fn a_story_is_about_the_scene_and_not_about_the_seat_of_its_outlet() {
    let body = "Peru votes today. The Peruvian vote is close.\nPeru is calm.";
    let about = |dateline: &str| {
        let found = extract("en", "Peru votes", &[dateline, body].concat());
        let about = found.into_iter().filter(|country| country.about);
        about.map(|country| country.value).collect::<Vec<_>>()
    };
    assert_eq!(about("BOGOTA, May 3 (Reuters) - "), ["PE", "CO"]);
    assert_eq!(about("LONDON, May 3 (Reuters) - "), ["PE"]);
}

#[test]
fn each_country_tells_what_gave_it_and_where() {
    let body = "Peru votes. Lima and the Peruvians wait.";
    let found = extract("en", "Vote in Peru", body);
    let peru = &found[0];
    let phrases: Vec<_> = peru.spans.iter().map(|span| &body[span.start..span.end]).collect();
    assert_eq!(phrases, ["Peru", "Lima", "Peruvians"]);
    assert_eq!(
        (peru.rule.as_str(), peru.phrase.as_str(), peru.salience),
        ("name", "Peru", 100)
    );
    assert_eq!(peru.mentions, 4);
    let glued = extract("id", "", "Ia mengecam seranganIsrael kemarin.");
    assert_eq!((glued[0].phrase.as_str(), glued[0].spans[0].start), ("Israel", 20));
}

#[test]
fn a_shared_name_goes_to_the_country_that_the_story_has() {
    assert_eq!(codes("en", "Georgia voted. Atlanta and Washington watched."), "US");
    assert_eq!(codes("en", "Georgia voted. Tbilisi watched."), "GE");
    assert_eq!(codes("en", "Pyongyang said Korea was one."), "KP");
}

#[test]
fn a_shouted_us_needs_another_mention() {
    let shouted = |body: &str| extract("en", "MINISTER TELLS US TO LEAVE", body).len();
    assert_eq!(shouted("He spoke to reporters."), 0);
    assert_eq!(shouted("He spoke to reporters of the U.S. press."), 1);
}

#[test]
fn about_follows_salience_and_tags_stand_apart() {
    let body = "Peru votes today. The Peruvian vote is close.\nPeru is calm.\nAn observer from Norway came.";
    let found = extract("en", "Peru votes", body);
    let about: Vec<_> = found.iter().map(|c| (c.value.as_str(), c.about, c.mentions)).collect();
    assert_eq!(about, [("PE", true, 4), ("NO", false, 1)]);

    let mut filing = Filing::default();
    filing.ninjs.set_body("Nothing here.");
    filing.ninjs.places = vec![Named {
        name: "Korea Utara".into(),
        ..Named::default()
    }];
    let tagged = Extractor::new(Vocabulary::builtin()).extract(&filing).countries;
    assert_eq!((tagged[0].value.as_str(), tagged[0].basis), ("KP", Basis::Metadata));
    assert_eq!(tagged[0].rule, "tag");
}
