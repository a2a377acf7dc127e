//! Names of sources that mean something else: surnames, everyday words, acronyms, longer names, mere subjects.

use super::{check, check_in};

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
        "The bank FOR.BR contributed 3 million. It bought ENXT.PA.",
        &[],
        &[],
    );
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
