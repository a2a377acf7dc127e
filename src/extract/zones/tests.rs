//! What is furniture, credit and dateline in bodies of several languages.

use super::*;
use crate::story::Filing;

/// The words of the body that have any of the marks.
fn marked(body: &str, marks: Marks) -> String {
    let mut filing = Filing::default();
    filing.ninjs.set_body(body);
    let mut document = Document::new(&filing);
    mark(&Vocabulary::builtin(), &mut document);
    let body = &document.body;
    let words = (0..body.tokens.len())
        .filter(|&at| body.marks[at].any(marks))
        .map(|at| body.word(at));
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn links_and_advertisements_are_furniture() {
    let furniture = |body: &str| marked(body, Marks::FURNITURE);
    assert_eq!(
        furniture("Feri berhenti.\nBaca juga: Orle ke Arben\nAngin reda."),
        "Baca juga : Orle ke Arben"
    );
    assert_eq!(
        furniture("Feri berhenti.\nADVERTISEMENT\nSCROLL TO CONTINUE WITH CONTENT\nAngin reda."),
        "ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT"
    );
    assert_eq!(
        furniture("Angin reda.\nSimak Video 'Feri Orle':\n[Gambas:Video 20detik]"),
        "Simak Video ' Feri Orle ' : [ Gambas : Video 20detik ]"
    );
    assert_eq!(
        furniture("Ferries stopped.\nRead more: Orle sails\nThe wind fell."),
        "Read more : Orle sails"
    );
    assert_eq!(
        furniture("Les bateaux restent.\nLire aussi : Orle part\nFin."),
        "Lire aussi : Orle part"
    );
    assert_eq!(
        furniture("Saksikan dia berkata bahwa feri berhenti. Video itu beredar luas di Arben."),
        ""
    );
}

#[test]
fn furniture_of_nine_languages_is_known() {
    for line in [
        "Sign up for our newsletter here.",
        "Follow us on Twitter and Facebook.",
        "Ikuti saluran kami di WhatsApp.",
        "Langgan saluran Telegram kami.",
        "Suscríbete a nuestro boletín.",
        "Abonnez-vous à notre lettre.",
        "Jetzt abonnieren und nichts verpassen.",
        "Assine a nossa newsletter.",
        "Schrijf je in voor de nieuwsbrief.",
        "Iscriviti alla newsletter.",
        "Lea también: Orle sale del puerto",
        "À lire aussi : Orle part",
        "Mehr zum Thema: Orle fährt",
        "Leia também: Orle parte",
        "Leggi anche: Orle parte",
        "Lees ook: Orle vertrekt",
        "Baca lagi: Orle bertolak",
        "Foto: Ana Velkova/dpa",
        "Crédit photo : Ana Velkova",
    ] {
        let body = ["It is late.\n", line, "\nThe wind fell."].concat();
        let words = |text: &str| marked(text, Marks::FURNITURE).split(' ').count();
        let all = Text::new(line).tokens.len();
        assert_eq!(words(&body), all, "{line}");
    }
    let furniture = |body: &str| marked(body, Marks::FURNITURE);
    assert_eq!(
        furniture("Ikuti kami, \"kata Orle\", di pelabuhan itu.\nAngin reda."),
        ""
    );
    assert_eq!(furniture("Bergabung dengan klub itu, Orle senang.\nAngin reda."), "");
}

#[test]
fn sign_offs_are_credit_wherever_the_last_paragraph_holds_them() {
    let credit = |body: &str| marked(body, Marks::CREDIT);
    assert_eq!(
        credit("It is late.  (Reporting by Ann Orle, editing by Bo Tarn)"),
        "( Reporting by Ann Orle , editing by Bo Tarn )"
    );
    assert_eq!(
        credit("It is late. Reporting by Ann Orle; Editing by Bo Tarn"),
        "Reporting by Ann Orle ; Editing by Bo Tarn"
    );
    assert_eq!(
        credit("It is late. Ann Orle in Arben contributed to this report."),
        "Ann Orle in Arben contributed to this report ."
    );
    assert_eq!(
        credit("Sudah malam.\nPewarta: Ana Oru\nEditor: Beni Tarn\nCOPYRIGHT © ANTARA 2025"),
        "Pewarta : Ana Oru Editor : Beni Tarn COPYRIGHT © ANTARA 2025"
    );
    assert_eq!(credit("Sudah malam.\n(oru/btn)"), "( oru / btn )");
    assert_eq!(credit("By ANN ORLE\nARBEN (AP) - It is late."), "By ANN ORLE");
    assert_eq!(credit("The editor, writing by candle, met officials (FIFA)."), "");
}

#[test]
fn datelines_end_where_the_story_begins() {
    let dateline = |body: &str| marked(body, Marks::DATELINE);
    assert_eq!(dateline("SALVADOR, Feb 26 - Ferries stopped."), "SALVADOR , Feb 26 -");
    assert_eq!(
        dateline("RIO DE JANEIRO  (Reuters) - Ferries stopped."),
        "RIO DE JANEIRO ( Reuters ) -"
    );
    assert_eq!(dateline("JAKARTA-Menteri berkata."), "JAKARTA -");
    assert_eq!(dateline("NEW YORK–Anna Orle berkata."), "NEW YORK –");
    assert_eq!(
        dateline("(ANSA) - ROMA, 3 MAG - Traghetti fermi."),
        "( ANSA ) - ROMA , 3 MAG -"
    );
    assert_eq!(
        dateline("Москва. 3 мая. ИНТЕРФАКС - Паромы стоят."),
        "Москва . 3 мая . ИНТЕРФАКС -"
    );
    assert_eq!(dateline("Anna Orle (left) said the AP - an agency - was late."), "");
    assert_eq!(dateline("COVID-19 is over."), "");
    assert_eq!(dateline(""), "");
}
