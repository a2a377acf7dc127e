//! Messages as mail programs write them.

use crate::formats::{Bounds, Detection, Format, Options, Parsed, detect};
use crate::story::Filing;

fn parse(text: &str) -> Vec<Parsed> {
    Format::Email.parse(text.as_bytes(), &Options::default())
}

fn one(text: &str) -> Filing {
    assert_eq!(detect(text.as_bytes()), Detection::Format(Format::Email), "{text}");
    parse(text).remove(0).unwrap()
}

const HEADER: &str = "Received: by mx.k.example; Tue, 5 Mar 2024 10:00:05 +0000\nMessage-ID: <a1@k.example>\n\
    Date: Tue, 5 Mar 2024 11:00:00 +0100\nFrom: Ann Moe <ann@mail.example>\nTo: desk@k.example\nSubject: =?utf-8?Q?Fwd:_Port_=E2=80=93_reopens?=\nMIME-Version: 1.0\n";

#[test]
fn the_header_tells_headline_time_identity_and_byline() {
    let text = format!(
        "{HEADER}Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n\
        The port of Lunde reopened on Monday after a week of storms that had=\n kept the fleet ashore.\n\n=93Good,=94 she said.\n\n-- \nAnn Moe\nTel 030\n"
    );
    let read = one(&text);
    assert_eq!(read.ninjs.headline(), "Port – reopens");
    assert_eq!(read.ninjs.uri, "a1@k.example");
    assert_eq!(read.ninjs.by.as_deref(), Some("Ann Moe"));
    assert_eq!(read.ninjs.version_created.as_deref(), Some("2024-03-05T10:00:00Z"));
    assert_eq!(
        read.ninjs.body(),
        "The port of Lunde reopened on Monday after a week of storms that had kept the fleet ashore.\n“Good,” she said."
    );
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
    assert_eq!(read.origin.format, "email");
}

#[test]
fn a_desk_is_a_source_and_no_byline() {
    let text = format!("{HEADER}\nThe port reopened.\n");
    for sender in [
        "Coast News Desk <a@k.example>",
        "Kystnytt <a@kystnytt.example>",
        "KNY <a@k.example>",
    ] {
        let read = one(&text.replace("Ann Moe <ann@mail.example>", sender));
        assert_eq!(read.ninjs.by, None, "{sender}");
        assert!(sender.starts_with(&read.ninjs.info_sources[0].name), "{sender}");
    }
}

#[test]
fn plain_text_is_preferred_and_markup_read_where_there_is_none() {
    let parts = |plain: &str| {
        format!(
            "{HEADER}Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{plain}\n--b\n\
            Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\
            PHA+VGhlIHBvcnQgcmVvcGVuZWQgb24gTW9uZGF5IGFmdGVyIGEgd2Vlay48L3A+PHA+U2hpcHMgbGVmdC48L3A+\n--b--\n"
        )
    };
    assert_eq!(
        one(&parts("The port reopened on Monday.")).ninjs.body(),
        "The port reopened on Monday."
    );
    assert_eq!(
        one(&parts("")).ninjs.body(),
        "The port reopened on Monday after a week.\nShips left."
    );
}

#[test]
fn attachments_with_text_are_told_and_pictures_are_not() {
    let text = format!(
        "{HEADER}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nThe port reopened.\n--b\n\
        Content-Type: text/plain; name=\"notes.txt\"\nContent-Disposition: attachment; filename=\"notes.txt\"\n\nsecret notes\n--b\n\
        Content-Type: image/jpeg; name=\"quay.jpg\"\nContent-Disposition: attachment; filename=\"quay.jpg\"\nContent-Transfer-Encoding: base64\n\n/9j/\n--b--\n"
    );
    let read = one(&text);
    assert_eq!(read.ninjs.body(), "The port reopened.");
    assert_eq!(read.warnings, ["attached `notes.txt` (text/plain) is not read"]);
}

#[test]
fn a_message_that_was_forwarded_whole_is_the_story() {
    let text = format!(
        "{HEADER}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\n--b\nContent-Type: message/rfc822\n\n\
        From: Bo Dahl <bo@k.example>\nSubject: Quay shut\nDate: Mon, 4 Mar 2024 10:00:00 +0000\nContent-Type: text/plain\n\nThe quay was shut.\n--b--\n"
    );
    let read = one(&text);
    assert_eq!(
        (read.ninjs.headline(), read.ninjs.body()),
        ("Quay shut", "The quay was shut.")
    );
}

#[test]
fn over_the_bound_of_parts_a_message_is_rejected_with_the_figure() {
    let parts = "--b\nContent-Type: text/plain\n\nx\n".repeat(9);
    let text = format!("{HEADER}Content-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n");
    let bounds = Bounds {
        parts: 5,
        ..Bounds::default()
    };
    let options = Options {
        bounds,
        ..Options::default()
    };
    let refused = Format::Email.parse(text.as_bytes(), &options).remove(0).unwrap_err();
    assert!(
        refused.reason.contains("10 parts; 5") && refused.reason.contains("--max-parts"),
        "{refused}"
    );
    // Messages inside messages, each of which the parser would open.
    let inner = "Content-Type: Message/RFC822\n\nSubject: x\n".repeat(200_000);
    let refused = parse(&format!("{HEADER}{inner}\nx\n")).remove(0).unwrap_err();
    assert!(refused.reason.contains("200000 parts; 256"), "{refused}");
}

#[test]
fn a_form_is_read_as_json() {
    let text = format!(
        "{HEADER}\n{{\"Headline\":[\"Quay shut\"],\"Slugline\":[\"quay\"],\"Timestamp\":[\"9/14/2015 12:06:00\"],\"Body\":[\"The quay\nwas shut.\"]}}\n"
    );
    let read = one(&text);
    assert_eq!(
        (read.ninjs.headline(), read.ninjs.slugline.as_deref()),
        ("Quay shut", Some("quay"))
    );
    assert_eq!(read.published, Some(1_709_632_800));
}

#[test]
fn a_head_and_a_byline_in_the_text_win() {
    let read = one(&format!(
        "{HEADER}\nKNY\n\nHeadline: Quay shut at Lunde\n\nBy Bo Dahl\n\nLUNDE (Kystnytt) - The quay was shut on Monday.\n"
    ));
    assert_eq!(
        (read.ninjs.headline(), read.ninjs.by.as_deref()),
        ("Quay shut at Lunde", Some("By Bo Dahl"))
    );
    assert_eq!(read.ninjs.body(), "LUNDE (Kystnytt) - The quay was shut on Monday.");
}

#[test]
fn a_mailbox_gives_its_messages_with_their_bytes() {
    let mark = "From ann@mail.example Tue Mar  5 10:00:00 2024\n";
    let text = format!(
        "{mark}{HEADER}\nThe port reopened.\n\n{mark}{}\nFrom here ships left.\n",
        HEADER.replace("a1@", "a2@")
    );
    assert_eq!(detect(text.as_bytes()), Detection::Format(Format::Email));
    let read: Vec<Filing> = parse(&text).into_iter().map(|parsed| parsed.unwrap()).collect();
    assert_eq!(read.len(), 2);
    assert_eq!(read[1].ninjs.uri, "a2@k.example");
    assert!(text[read[1].origin.offset as usize..].starts_with("Received:"));
}

#[test]
fn copy_with_a_head_is_no_mail() {
    for text in [
        "From: Ann Moe\nSubject: Port reopens\nDate: 2024-03-05\n\nThe port reopened.\n",
        "Headline: Port reopens\nBy: Ann Moe\n\nThe port reopened.\n",
        "Received: by the harbour office\nThe port reopened.\n",
        "Mail-order: up by a tenth\n\nThe shops said.\n",
    ] {
        assert_eq!(detect(text.as_bytes()), Detection::Format(Format::Plain), "{text}");
    }
}

#[test]
fn eight_bits_without_a_character_set_are_told_from_their_bytes() {
    let text = b"Return-Path: <a@k.example>\nFrom: a@k.example\nSubject: R\xE9ouverture du port\nDate: Tue, 5 Mar 2024 11:00:00 +0100\n\n\
        Le maire a d\xE9clar\xE9 \x93non\x94 hier au port.\n";
    assert_eq!(detect(text), Detection::Format(Format::Email));
    let read = Format::Email.parse(text, &Options::default()).remove(0).unwrap();
    assert_eq!(read.ninjs.headline(), "Réouverture du port");
    assert_eq!(read.ninjs.body(), "Le maire a déclaré “non” hier au port.");
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}
