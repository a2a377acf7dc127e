//! Who made the copy: datelines, sign-offs, items of a digest, metadata; and what looks like a credit and is none.

use super::{check, check_in, sources_of};
use crate::story::{Filing, InfoSource, SourceRole};

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

#[test]
fn several_agencies_share_a_credit() {
    check("en", "CAIRO (Reuters/AP) - Ferries stopped.", &["reuters", "ap"], &[]);
    check("de", "Die Fähren stehen still.\n(AFP/dpa)", &["afp", "dpa"], &[]);
    check(
        "fr",
        "Le port est vide. (ATS, AFP, Orle)",
        &["keystone-sda", "afp"],
        &[],
    );
    check(
        "id",
        "Feri berhenti di pelabuhan.\n(Antara/Reuters)",
        &["antara", "reuters"],
        &[],
    );
    check("en", "The wind fell. — Bernama", &["bernama"], &[]);
    check("en", "The wind fell. AFP", &["afp"], &[]);
    check("en", "The wind fell. The BBC", &[], &[]);
}

#[test]
fn items_of_a_digest_are_signed_one_by_one() {
    let digest = "PORT ORLE, 14. (Havas.) — Les bateaux restent. Le port d'Arben ARBEN, 15 (Wolff). — Le vent tombe. \
                  TARN, 12. — Reuter. — La mer est calme. Agence télégraphique suisse Vel, 3 mai. — Il neige.";
    check_in(
        Some(1925),
        "fr",
        digest,
        (&["havas", "wolff", "reuters", "keystone-sda"], &[]),
    );
    check_in(
        Some(1925),
        "fr",
        "ORLE, 9 (Havaa). — Les bateaux restent.",
        (&["havas"], &[]),
    );
    check_in(
        Some(1938),
        "de",
        "Orle, 7. Aug. (Exchange) Die Fähren stehen.",
        (&["exchange-telegraph"], &[]),
    );
    check_in(
        Some(1999),
        "fr",
        "Le vent tombe. / ats-afp La mer est calme.",
        (&["keystone-sda", "afp"], &[]),
    );
    check(
        "es",
        "Se acabó. Tarn (Vel), 23 may (EFE). - Los barcos salen.",
        &["efe"],
        &[],
    );
}

#[test]
fn an_old_agency_is_none_in_a_story_of_today() {
    let body = "The market will fall, Wolff reported. Havas said it would buy a rival.";
    check_in(Some(2009), "en", body, (&[], &[]));
    check("en", body, &[], &[]);
    check_in(
        Some(2009),
        "en",
        "ORLE, 9 (Wolff) - Ferries stopped.",
        (&["wolff"], &[]),
    );
    check_in(
        Some(1902),
        "fr",
        "Les bateaux partent, dit l'Agence Havas. On télégraphie de Tarn à l'agence Wolff que le port est vide.",
        (&[], &["havas", "wolff"]),
    );
}

#[test]
fn a_bracket_that_signs_nothing_is_no_credit() {
    check(
        "en",
        "The National Bureau (NB) and the Port Authority (PA) agreed on it.",
        &[],
        &[],
    );
    check("en", "Arben Shipping ( ARB.PA ) rose. (ARB.PA) It fell.", &[], &[]);
    check("pt", "Orle (PA) - Os barcos não saem.", &[], &[]);
    check("nl", "Velkova (Spa) - Orle 6 - 0, 7 - 5", &[], &[]);
    check("id", "\"(Dana) kepada Orle sudah diberikan,\" kata dia.", &[], &[]);
    check(
        "es",
        "Fráncfort (RFA), 23 may (EFE). - Los barcos salen.",
        &["efe"],
        &[],
    );
    check(
        "id",
        "Badan Nasional Nelayan (BNN) berencana menutup pelabuhan.",
        &[],
        &[],
    );
}

#[test]
fn people_of_a_sign_off_are_no_media() {
    check(
        "en",
        "Ferries stopped. (Reporting by Ann Orle in Arben and Bo Stern in Vel; Editing by Cy Tarn)",
        &["reuters"],
        &[],
    );
}

#[test]
fn pictures_are_credited_apart() {
    check(
        "en",
        "Ferries stopped. (Photo: AP) The wind fell, and the port is empty.",
        &[],
        &[],
    );
    check(
        "de",
        "Die Fähren stehen. (Foto: dpa) Der Wind legt sich im Hafen von Orle.",
        &[],
        &[],
    );
    check(
        "fr",
        "Les bateaux restent. (Téléphoto AP) Le vent tombe, et le port est vide.",
        &[],
        &[],
    );
}

#[test]
fn the_desks_of_one_house_are_credits() {
    check(
        "id",
        "\"Sepi,\" kata dia saat dikonfirmasidetikJatengSelasa.",
        &["detikjateng"],
        &[],
    );
    check(
        "id",
        "\"Sepi,\" kata dia kepada detikcom. Dari pengamatan tim detikBali, feri berhenti. Dilansir Antara, angin reda.",
        &["detikcom", "detikbali"],
        &["antara"],
    );
}
