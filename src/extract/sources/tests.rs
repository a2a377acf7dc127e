//! Which sources are cited, and where; credits and traps have files of their own.

mod credits;
mod traps;

use super::find;
use crate::extract::document::Document;
use crate::extract::zones;
use crate::story::{Filing, Source, SourceRole};
use crate::vocabulary::Vocabulary;

fn sources_of(filing: &Filing, language: &'static str) -> Vec<(String, SourceRole)> {
    let vocabulary = Vocabulary::builtin();
    let mut document = Document::new(filing);
    document.language = language;
    zones::mark(&vocabulary, &mut document);
    let found = find(&vocabulary, &mut document);
    found.into_iter().map(|source| (source.value, source.role)).collect()
}

fn check(language: &'static str, body: &str, credits: &[&str], cited: &[&str]) {
    check_in(None, language, body, (credits, cited));
}

/// The same for a story of that year.
fn check_in(year: Option<i64>, language: &'static str, body: &str, (credits, cited): (&[&str], &[&str])) {
    let mut filing = Filing {
        published: year.map(|year| (year - 1970) * 31_556_952 + 86_400),
        ..Filing::default()
    };
    filing.ninjs.set_body(body);
    let found = sources_of(&filing, language);
    let of = |role| {
        found
            .iter()
            .filter(|(_, r)| *r == role)
            .map(|(v, _)| v.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(SourceRole::Credit), credits, "credits of: {body}");
    assert_eq!(of(SourceRole::Cited), cited, "cited in: {body}");
}

#[test]
fn citations_are_found_on_both_sides() {
    check(
        "en",
        "Orle told the Financial Times that ferries stopped.",
        &[],
        &["ft"],
    );
    check(
        "en",
        "Ferries stopped, the official Xinhua news agency reported.",
        &[],
        &["xinhua"],
    );
    check(
        "en",
        "Orle said in an interview with French newspaper Le Figaro.",
        &[],
        &["le-figaro"],
    );
    check(
        "id",
        "Feri berhenti, seperti dikutip dari Antara, Rabu.",
        &[],
        &["antara"],
    );
    check(
        "id",
        "Feri berhenti, dikutip Anadolu sebagaimana dilansirAntara.",
        &[],
        &["anadolu", "antara"],
    );
    check(
        "id",
        "Dilansir detikNews dari AFP, feri berhenti.",
        &[],
        &["detiknews", "afp"],
    );
    check(
        "fr",
        "Les bateaux restent au port, a indiqué à l'AFP le capitaine. Selon Le Monde, ils partiront.",
        &[],
        &["afp", "le-monde"],
    );
    check(
        "de",
        "Die Fähren fahren nicht, berichtete die Zeitung Handelsblatt.",
        &[],
        &["handelsblatt"],
    );
    check("zh", "据新华社报道，渡轮停航。", &[], &["xinhua"]);
}

#[test]
fn unlisted_media_are_found_by_pattern() {
    check(
        "en",
        "Ferries stopped, the Arben Daily Courier reported.",
        &[],
        &["arben-daily-courier"],
    );
    check(
        "id",
        "Feri berhenti, dilansir kantor berita Velpress, Rabu.",
        &[],
        &["velpress"],
    );
    check(
        "en",
        "Orle told Arbenews newspaper that ferries stopped.",
        &[],
        &["arbenews"],
    );
    check(
        "en",
        "Orle told a Hamburg newspaper and a Norwegian newspaper so.",
        &[],
        &[],
    );
    check("en", "Prices fell, according to weekly Ferry Bureau data.", &[], &[]);
    check(
        "en",
        "He told Anna Orle that a Hong Kong newspaper reported it.",
        &[],
        &[],
    );
}

#[test]
fn every_mention_that_fired_has_its_place() {
    let body =
        "PARIS (AFP) - Ferries stopped, Reuters reported. The captain told AFP: Reuters is right. AFP is an agency.";
    let mut filing = Filing::default();
    filing.ninjs.set_body(body);
    let vocabulary = Vocabulary::builtin();
    let mut document = Document::new(&filing);
    document.language = "en";
    zones::mark(&vocabulary, &mut document);
    let found = find(&vocabulary, &mut document);
    let places = |source: &Source| {
        let at = source
            .spans
            .iter()
            .map(|span| (span.start, &body[span.start..span.end]));
        at.collect::<Vec<_>>()
    };
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].value.as_str(), found[0].role), ("afp", SourceRole::Credit));
    assert_eq!(places(&found[0]), [(7, "AFP"), (66, "AFP")]);
    assert_eq!(places(&found[1]), [(31, "Reuters")]);
}

#[test]
fn citations_of_nine_languages_are_found() {
    check(
        "en",
        "Ferries stopped, the New York Times said on Monday.",
        &[],
        &["nyt"],
    );
    check(
        "en",
        "Ferries stopped, Reuters reported in May. Orle said in Friday's Washington Post.",
        &[],
        &["reuters", "washington-post"],
    );
    check("id", "Feri berhenti, lapor media asal Prancis, AFP.", &[], &["afp"]);
    check(
        "ms",
        "Feri berhenti, lapor agensi berita Bernama. Orle dipetik sebagai berkata oleh Utusan Malaysia.",
        &[],
        &["bernama", "utusan"],
    );
    check(
        "es",
        "En declaraciones a la Cadena Cope recogidas por Efe, Orle dijo que no. Lo informó El País.",
        &[],
        &["cadena-cope", "efe", "el-pais"],
    );
    check(
        "fr",
        "Selon l'agence Belga, le port est vide. Orle l'a dit au Figaro, annonce Le Monde.",
        &[],
        &["belga", "le-figaro", "le-monde"],
    );
    check(
        "de",
        "Das meldete die Nachrichtenagentur dpa. Wie das Nachrichtenmagazin Der Spiegel am Montag berichtet, ist es spät.",
        &[],
        &["dpa", "spiegel"],
    );
    check(
        "pt",
        "Segundo a agência de notícias oficial norte-coreana KCNA, é tarde. Orle disse à Folha.",
        &[],
        &["kcna", "folha"],
    );
    check(
        "nl",
        "Dat meldt het persbureau ANP. Orle zei tegen De Telegraaf dat het laat is.",
        &[],
        &["anp", "telegraaf"],
    );
    check(
        "it",
        "Lo riferisce l'agenzia Ansa. Orle lo ha detto al Corriere della Sera.",
        &[],
        &["ansa", "corriere"],
    );
}

#[test]
fn an_agency_is_told_after_the_name_of_who_speaks() {
    check("it", "«No», ha dichiarato Anna Orle all'Ansa.", &[], &["ansa"]);
    check(
        "nl",
        "Dat bevestigt ze aan het ANP, zei Orle tegen het ANP.",
        &[],
        &["anp"],
    );
    check(
        "id",
        "Hal itu dilaporkan kantor berita resmi Suriah, SANA.",
        &[],
        &["sana"],
    );
}
