use super::*;
use crate::story::TakeKind::*;
use crate::story::{AltId, Target, WireNumber};

fn filing(slug: &str, headline: &str, body: &str) -> Filing {
    let mut filing = Filing::default();
    filing.ninjs.slugline = Some(slug.to_owned()).filter(|slug| !slug.is_empty());
    if !headline.is_empty() {
        filing.ninjs.set_headline(headline);
    }
    filing.ninjs.set_body(body);
    filing
}

fn told(slug: &str, headline: &str, body: &str) -> Filing {
    let mut filing = filing(slug, headline, body);
    tell(&mut filing);
    filing
}

fn targets(body: &str) -> Vec<Target> {
    told("", "KILL: port story", body).targets
}

fn number(number: &str) -> Target {
    Target::Number(number.into())
}

fn named(slug: &str) -> Target {
    Target::Slug(slug.into())
}

#[test]
fn slug_headline_and_note_are_read_together() {
    let read = told(
        "HARBOUR/ (UPDATE 2)",
        "CORRECTED-UPDATE 2-Port reopens",
        "The port reopened.",
    );
    assert_eq!(read.keyword.as_deref(), Some("HARBOUR"));
    assert_eq!(
        read.take,
        Some(Take {
            kind: Correction,
            number: Some(2),
            label: "CORRECTED-UPDATE 2".into()
        })
    );
    let mut read = filing("BC-Harbour, 2nd Ld-Writethru,120", "Port reopens", "The port reopened.");
    read.ninjs.ed_note = Some("Eds: CORRECTS spelling of Lunde.".into());
    tell(&mut read);
    assert_eq!(
        (read.kind(), read.take.and_then(|take| take.number)),
        (Correction, Some(2))
    );
}

#[test]
fn what_a_reader_set_is_kept() {
    let mut read = filing("BC-Harbour, 1st Ld", "Port reopens", "x");
    read.take = Some(Take {
        kind: Update,
        ..Take::default()
    });
    read.keyword = Some("own".into());
    tell(&mut read);
    assert_eq!((read.kind(), read.keyword.as_deref()), (Update, Some("own")));
}

#[test]
fn a_status_alone_is_a_kill() {
    let mut read = filing("", "Port reopens", "The port reopened.");
    read.ninjs.uri = "x:1".into();
    read.ninjs.pub_status = Some("canceled".into());
    tell(&mut read);
    assert_eq!((read.kind(), read.targets.len()), (Kill, 0));
    read.take = None;
    read.ninjs.pub_status = Some("withheld".into());
    tell(&mut read);
    assert_eq!(read.kind(), Withhold);
}

#[test]
fn a_kill_names_numbers() {
    let cases: &[(&str, &[&str])] = &[
        ("Kill item 157. The mayor has not resigned.", &["157"]),
        ("Please kill item No. 0157, moved 1430 GMT.", &["157"]),
        ("Editors: Kill items 157 and 158.", &["157", "158"]),
        ("Kill item 157, substitute item 160.", &["157"]),
        ("Eliminate NY157.", &["157"]),
        ("Eliminate item NY 157.", &["157"]),
        ("Kill 157.", &["157"]),
        ("Bitte streichen Sie die Meldung dpa 157.", &["157"]),
        ("Die Meldung Nr. 157 bitte nicht verwenden.", &["157"]),
        ("Merci de ne pas tenir compte de la dépêche numéro 157.", &["157"]),
        ("Se anula la nota 157 por un error.", &["157"]),
        ("Berita nomor 157 dibatalkan.", &["157"]),
        ("Mohon jangan gunakan berita nomor 157.", &["157"]),
        ("La notizia numero 157 è da annullare.", &["157"]),
    ];
    for (body, numbers) in cases {
        let expected: Vec<Target> = numbers.iter().map(|digits| number(digits)).collect();
        assert_eq!(targets(body), expected, "{body}");
    }
}

#[test]
fn a_kill_names_keywords() {
    assert_eq!(targets("KILL BC-Harbour, moved 1430 GMT."), [named("Harbour")]);
    assert_eq!(
        targets("Kill BC-US--Port of Lunde, 1st Ld, moved at 1430 GMT."),
        [named("US--Port of Lunde")]
    );
    assert_eq!(
        targets("Please kill story slugged Harbour. It is wrong."),
        [named("Harbour")]
    );
    assert_eq!(
        targets("Please withdraw the story slugged “port-strike” at once."),
        [named("port-strike")]
    );
    assert_eq!(
        targets("Kill tag:kyst.example,2024:17 at once."),
        [Target::Uri("tag:kyst.example,2024:17".into())]
    );
}

#[test]
fn a_kill_word_elsewhere_names_nothing() {
    for body in [
        "Police kill two in Lunde, item by item the report says.",
        "Rebels kill 12 soldiers, officials said.",
        "Kill 12 rebels and the war ends, he said.",
        "The port reopened on Monday. Item 157 stands.",
        "The story moved at 1430 GMT is wrong.",
        "They killed 157.",
    ] {
        assert_eq!(targets(body), [], "{body}");
        assert_eq!(told("", "Port reopens", body).take, None, "{body}");
    }
}

#[test]
fn a_message_needs_no_take_words() {
    for (body, kind) in [
        ("Kill item 157.", Kill),
        ("Please kill story slugged Harbour.", Kill),
        ("Bitte streichen Sie die Meldung dpa 157. Der Termin ist falsch.", Kill),
        ("Merci de ne pas tenir compte de la dépêche AFP 157.", Kill),
        ("EDS: Hold BC-Harbour, moved 1430 GMT.", Withhold),
    ] {
        let read = told("", "", body);
        assert_eq!((read.kind(), read.targets.len()), (kind, 1), "{body}");
    }
}

#[test]
fn a_number_of_the_agencys_own_count_is_another_identifier() {
    let mut read = filing("Hafen/", "KILL: Hafen", "Bitte streichen Sie die Meldung dpa 0157.");
    read.wire_number = Some(WireNumber {
        service: "bdt".into(),
        number: "160".into(),
    });
    read.ninjs.alt_ids = vec![AltId {
        role: AGENCY_NUMBER.into(),
        value: "dpa:159:2024-03-01".into(),
    }];
    tell(&mut read);
    assert_eq!(read.targets, [Target::Uri("dpa:157:2024-03-01".into())]);
    read.targets.clear();
    read.ninjs.set_body("Kill bdt0158.");
    tell(&mut read);
    assert_eq!(read.targets, [number("158")]);
}

#[test]
fn shouted_headlines_need_more_to_kill() {
    assert_eq!(told("", "KILL - PORT STORY", "The port reopened.").take, None);
    assert_eq!(told("", "KILL - PORT STORY", "Kill item 157.").kind(), Kill);
    assert_eq!(told("", "HOLD: ANALYST RAISES PORT SHARES", "Shares rose.").take, None);
    assert_eq!(told("POLICE, KILL", "Police kill two", "Two died.").take, None);
    assert_eq!(told("HOLD", "Minister urges calm", "x").take, None);
    assert_eq!(told("BC-HARBOUR, KILL", "Port reopens", "x").kind(), Kill);
}
