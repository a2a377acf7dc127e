//! Which sources are found, and each trap that a name sets.

use super::find;
use crate::extract::document::Document;
use crate::extract::zones;
use crate::story::{Filing, InfoSource, Source, SourceRole};
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
fn a_person_of_that_name_keeps_it() {
    check(
        "en",
        "Mayor Anna Reuter spoke. According to Reuter, ferries stopped.",
        &[],
        &[],
    );
    check("en", "Michael Bloomberg spoke. It is late, Bloomberg said.", &[], &[]);
    check("en", "It is late, Bloomberg News said.", &[], &["bloomberg"]);
    check_in(
        Some(1914),
        "de",
        "Hans Wolff kam an. Laut Wolff ist es spät.",
        (&[], &[]),
    );
}

#[test]
fn a_longer_name_is_no_medium() {
    check("en", "Ferries stopped, according to Sun Microsystems.", &[], &[]);
    check(
        "en",
        "He told Time Warner and AP Moller that Times Square is empty.",
        &[],
        &[],
    );
    check(
        "en",
        "It first appeared on the Sun-Vel site, according to Orle.",
        &[],
        &[],
    );
    check(
        "en",
        "A spokeswoman told ANP-Reuters that ferries stopped.",
        &[],
        &["anp", "reuters"],
    );
    check(
        "en",
        "Ferries stopped, according to Radio broadcaster Arben Waves Inc.",
        &[],
        &[],
    );
}

#[test]
fn an_acronym_means_what_the_story_says_it_means() {
    check(
        "id",
        "Masyarakat Tarn Indonesia (MTI) menyebut pelabuhan sepi. Menurut MTI, feri berhenti.",
        &[],
        &[],
    );
    check("en", "The Associated Press (AP) reported it.", &[], &["ap"]);
}

#[test]
fn indonesian_words_are_told_from_names() {
    check("id", "Antara Orle dan Arben ada kompas baru, tempo hari.", &[], &[]);
    check(
        "id",
        "Dilansir Kompas, feri berhenti. Dilaporkan majalah Tempo, angin reda.",
        &[],
        &["kompas", "tempo"],
    );
    check("id", "Artis itu ditemui di Studio Trans TV, Arben.", &[], &[]);
    check("id", "Feri berhenti dalam sedetik, kata dia.", &[], &[]);
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

#[test]
fn a_medium_that_is_only_the_subject_is_no_source() {
    check("en", "Orle bought newspapers, including the New York Post.", &[], &[]);
    check(
        "pt",
        "O ator da novela da TV Globo saiu. A Rede Globo decidiu suspender o programa.",
        &[],
        &[],
    );
    check(
        "pt",
        "Orle afirmou que a Rede Globo pagou. A CNN decidiu mudar.",
        &[],
        &[],
    );
    check(
        "en",
        "The fund, which is overseen by NBC Universal, is small.",
        &[],
        &[],
    );
    check("id", "Direktur Pemberitaan Jak TV Beni Tarn ditahan.", &[], &[]);
    check("en", "The Guardian said it would close its office.", &[], &[]);
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
fn everyday_words_of_nine_languages_are_no_media() {
    for (language, body) in [
        (
            "en",
            "Time will tell, he said. People said the Sun was out. The Globe Theatre reported a loss. The Hill was quiet.",
        ),
        (
            "fr",
            "La Croix-Rouge a indiqué que le port est vide. Le temps est mauvais, a indiqué la radio. Le monde a annoncé la fin.",
        ),
        (
            "es",
            "El público asistente lo vio. El tiempo mejoró, informó la Aemet. La razón, según Velkova, es clara.",
        ),
        (
            "de",
            "Die Zeit drängt, sagte Orle. Die Welt schaut zu, berichtete er. Im Focus steht die Wirtschaft, sagte sie.",
        ),
        (
            "it",
            "La stampa era presente, scrive il sindaco. Il Presidente della Repubblica ha detto no. Il tempo è brutto.",
        ),
        (
            "nl",
            "De morgen begon, zei Orle. Het volk is boos, meldt de burgemeester. De tijd dringt, schreef hij.",
        ),
        (
            "pt",
            "O público pediu mais, disse Orle. O globo está mais quente, informou a ONU. A época é boa.",
        ),
        (
            "id",
            "Tempo hari dia berkata begitu. Kompas menunjukkan arah utara, lapor petugas. Suara rakyat didengar.",
        ),
        ("ms", "Utusan itu pergi, lapor petugas. Sinar matahari terik, kata dia."),
    ] {
        check(language, body, &[], &[]);
    }
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

#[test]
fn furniture_names_no_source() {
    check(
        "id",
        "Feri berhenti.\nBaca juga: Dilansir Antara, Orle pergi\nAngin reda.",
        &[],
        &[],
    );
    check(
        "en",
        "Ferries stopped.\nFollow us on Twitter, reports Reuters\nThe wind fell.",
        &[],
        &[],
    );
    check(
        "es",
        "Los barcos no salen.\nLea también: Según EFE, Orle se va\nEs tarde.",
        &[],
        &[],
    );
    check("de", "Die Fähren stehen.\nFoto: dpa\nEs ist spät, sagt Orle.", &[], &[]);
}
