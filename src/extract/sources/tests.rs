//! Which sources are found, and each trap that a name sets.

use super::*;
use crate::extract::zones;
use crate::story::{Filing, InfoSource};

fn sources_of(filing: &Filing, language: &'static str) -> Vec<(String, SourceRole)> {
    let vocabulary = Vocabulary::builtin();
    let mut document = Document::new(filing);
    document.language = language;
    zones::mark(&vocabulary, &mut document);
    let found = find(&vocabulary, &mut document);
    found.into_iter().map(|source| (source.value, source.role)).collect()
}

fn check(language: &'static str, body: &str, credits: &[&str], cited: &[&str]) {
    let mut filing = Filing::default();
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
fn datelines_credit_their_agency() {
    check(
        "en",
        "PORT ARBEN, March 3 (Reuters) - Ferries stopped.",
        &["reuters"],
        &[],
    );
    check("en", "LAGOS (AP) — Ferries stopped.", &["ap"], &[]);
    check("de", "Berlin (dpa) - Die Fähren fahren nicht.", &["dpa"], &[]);
    check("fr", "PARIS, 3 mai (AFP) - Les bateaux restent au port.", &["afp"], &[]);
    check("es", "MADRID, 3 may (EFE).- Los barcos no salen.", &["efe"], &[]);
    check("id", "JAKARTA, KOMPAS.com - Feri berhenti.", &["kompas-com"], &[]);
    check("id", "Liputan6.com, Jakarta - Feri berhenti.", &["liputan6"], &[]);
    check("ru", "МОСКВА, 3 мая. /ТАСС/. Паромы стоят.", &["tass"], &[]);
    check("en", "CAIRO (AP-AFP) - Ferries stopped.", &["ap", "afp"], &[]);
}

#[test]
fn sign_offs_credit_their_agency() {
    check(
        "en",
        "Ferries stopped.  (Reporting by Ann Orle; Editing by Bo Tarn)",
        &["reuters"],
        &[],
    );
    check(
        "id",
        "Feri berhenti di pelabuhan.\nReuters berkontribusi pada laporan ini.",
        &["reuters"],
        &[],
    );
    check("id", "Feri berhenti di pelabuhan.\n(ANTARA/oru)", &["antara"], &[]);
    check(
        "fr",
        "Les bateaux restent. (Havas) Le vent tombe. Le port est vide ce soir.",
        &["havas"],
        &[],
    );
    check("es", "Los barcos no salen. Con información de EFE", &["efe"], &[]);
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
        &["le-monde"],
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
fn everyday_words_and_surnames_are_no_sources() {
    check(
        "en",
        "The Sun rose over the port. Time passed. Anna Reuter said it was late.",
        &[],
        &[],
    );
    check(
        "id",
        "Jarak antara kedua pelabuhan itu 3 km. Antara lain feri berhenti.",
        &[],
        &[],
    );
    check(
        "en",
        "He will buy the New York Times, and the Guardian of the port agreed.",
        &[],
        &[],
    );
    check("en", "The BBC said it would cut jobs.", &[], &[]);
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
        "He told Anna Orle that a Hong Kong newspaper reported it.",
        &[],
        &[],
    );
}

#[test]
fn metadata_is_credit_and_credit_wins() {
    let mut filing = Filing {
        credit_line: Some("AFP / Getty".into()),
        ..Filing::default()
    };
    filing.ninjs.info_sources.push(InfoSource {
        name: "Arben Wire".into(),
        ..InfoSource::default()
    });
    filing.ninjs.set_body("Orle told AFP that ferries stopped.");
    let found = sources_of(&filing, "en");
    assert_eq!(
        found,
        [
            ("arben-wire".into(), SourceRole::Credit),
            ("afp".into(), SourceRole::Credit)
        ]
    );
}
