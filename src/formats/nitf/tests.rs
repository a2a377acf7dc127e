use super::super::{Options, Parsed, Verdict};
use crate::story::{Filing, Target};

fn parse(text: &str) -> Parsed {
    super::parse(text.as_bytes(), &Options::default()).remove(0)
}

/// A story of an invented agency; `docdata` and `meta` stand in its head, `top` over the text.
fn story(attributes: &str, docdata: &str, meta: &str, top: &str) -> Filing {
    let text = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf><head><title>harbour 2</title>{meta}<docdata {attributes}>{docdata}</docdata>\
         </head><body><body.head>{top}</body.head><body.content><p>The port reopened.</p><p>ends</p></body.content></body></nitf>"
    );
    parse(&text).unwrap()
}

#[test]
fn a_head_fills_the_filing() {
    let read = story(
        "management-status=\"usable\"",
        "<doc-id id-string=\"kny-77\" regsrc=\"KNY\"/><du-key key=\"harbour\" version=\"4\"/><urgency ed-urg=\"3\"/>\
         <date.issue norm=\"20240305T110000+0100\"/><ed-msg info=\"adds quote\"/><doc.copyright holder=\"Kystnytt\" year=\"2024\"/>\
         <evloc city=\"Lunde\" iso-cc=\"nor\"/><key-list><keyword key=\"fish\"/><keyword>ports</keyword></key-list>\
         <identified-content><person idsrc=\"k\" value=\"p9\">Ann Moe</person><org>Kyst AS</org><location code-source=\"k\" location-code=\"CA\"><city>Vik</city></location></identified-content>",
        "<meta name=\"anpa-keyword\" content=\"Harbour\"/><meta name=\"anpa-takekey\" content=\"1st Lead\"/><tobject><tobject.subject \
         tobject.subject.refnum=\"04000000\" tobject.subject.type=\"Economy\" tobject.subject.matter=\"Ports\"/></tobject>",
        "<hedline><hl1>Port <b>reopens</b></hl1><hl2>Ships leave</hl2></hedline><byline>By<person>Ann Moe</person><byttl>Fjordpress</byttl></byline>\
         <distributor><org>Kystnytt</org></distributor><dateline><location><city>Lunde</city>, <country>Norway</country></location>\
         <story.date norm=\"20240305\">March 5</story.date></dateline>",
    );
    let ninjs = &read.ninjs;
    assert_eq!((ninjs.uri.as_str(), ninjs.version.as_deref()), ("kny-77", Some("4")));
    assert_eq!(
        (ninjs.headline(), ninjs.headlines[1].value.as_str()),
        ("Port reopens", "Ships leave")
    );
    assert_eq!(ninjs.body(), "The port reopened.");
    assert_eq!(ninjs.by.as_deref(), Some("By Ann Moe, Fjordpress"));
    assert_eq!((read.published, ninjs.urgency), (Some(1_709_632_800), Some(3)));
    assert_eq!(ninjs.slugline.as_deref(), Some("Harbour 1st Lead"));
    assert_eq!(
        (read.dateline.as_deref(), ninjs.located.as_deref()),
        (Some("Lunde, Norway"), Some("Lunde"))
    );
    assert_eq!(
        (read.credit_line.as_deref(), ninjs.copyright_holder.as_deref()),
        (Some("Kystnytt"), Some("Kystnytt"))
    );
    assert_eq!(ninjs.info_sources.len(), 1);
    assert_eq!(ninjs.ed_note.as_deref(), Some("adds quote"));
    assert_eq!(
        (ninjs.places[0].name.as_str(), ninjs.places[0].literal.as_deref()),
        ("Lunde", Some("NOR"))
    );
    assert_eq!(
        (ninjs.people[0].uri.as_deref(), ninjs.organisations[0].name.as_str()),
        (Some("k:p9"), "Kyst AS")
    );
    assert_eq!(ninjs.places[1].literal.as_deref(), Some("k:CA"));
    let subjects: Vec<_> = ninjs.subjects.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(subjects, ["fish", "ports", "Ports"]);
    assert_eq!(ninjs.subjects[2].uri.as_deref(), Some("subj:04000000"));
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}

#[test]
fn the_use_key_is_the_story_where_the_id_carries_a_version() {
    let read = story(
        "",
        "<doc-id id-string=\"kny-77_3\"/><du-key key=\"kny-77\" version=\"4\"/>",
        "",
        "",
    );
    assert_eq!(
        (read.ninjs.uri.as_str(), read.ninjs.alt_ids[0].value.as_str()),
        ("kny-77", "kny-77_3")
    );
    let bare = story(
        "",
        "<doc-id id-string=\"22751\"/><doc.copyright holder=\"Kyst Nytt\"/>",
        "",
        "",
    );
    assert_eq!(bare.ninjs.uri, "kyst-nytt:22751");
    assert!(story("", "", "", "").warnings[0].contains("doc-id"));
}

#[test]
fn a_lone_keyword_is_the_slug_wherever_the_list_stands() {
    let list = "<key-list><keyword key=\"HARBOUR LUNDE\"/></key-list>";
    let hl2 = "<hedline><hl1>Port reopens</hl1><hl2>HARBOUR LUNDE</hl2></hedline>";
    for read in [story("", list, "", hl2), story("", "", list, hl2)] {
        assert_eq!(read.ninjs.slugline.as_deref(), Some("HARBOUR LUNDE"));
        assert!(read.ninjs.subjects.is_empty() && read.ninjs.headlines.len() == 1);
    }
}

#[test]
fn status_embargo_and_kill_are_told() {
    let until = story(
        "management-status=\"embargoed\"",
        "<date.release norm=\"20240306T060000Z\"/>",
        "",
        "",
    );
    assert_eq!(until.ninjs.embargoed_until.as_deref(), Some("2024-03-06T06:00:00Z"));
    let open = story("management-status=\"embargoed\"", "", "", "");
    assert_eq!(open.embargo(), Some(i64::MAX));
    assert!(!open.hides());
    let kill = story(
        "management-status=\"canceled\" management-doc-idref=\"kny-76\" management-idref-status=\"canceled\"",
        "",
        "",
        "",
    );
    assert!(kill.hides() && kill.targets == [Target::Uri("kny-76".into())]);
    let odd = story("management-status=\"late\"", "<doc-id id-string=\"a1\"/>", "", "");
    assert!(odd.warnings[0].contains("`late`"), "{:?}", odd.warnings);
}

#[test]
fn what_is_not_the_headline_stands_in_for_it() {
    assert_eq!(story("", "", "", "").ninjs.headline(), "harbour 2");
    assert_eq!(
        story("", "", "", "<hedline>Port reopens</hedline>").ninjs.headline(),
        "Port reopens"
    );
    let by = story("", "", "", "<byline>am/kl</byline><dateline>LUNDE March 5</dateline>");
    assert_eq!((by.ninjs.by, by.ninjs.located), (None, None));
}

#[test]
fn an_empty_or_broken_item_is_rejected() {
    let empty = parse("<nitf><head><title/></head><body><body.content/></body></nitf>").unwrap_err();
    assert!(
        empty.verdict == Verdict::Rejected && empty.reason.contains("hl1"),
        "{}",
        empty.reason
    );
    let cut = parse("<nitf><body><body.content><p>The port").unwrap_err();
    assert!(cut.reason.contains("cut off"), "{}", cut.reason);
    assert!(super::parse(b"\n", &Options::default()).is_empty());
}

#[test]
fn the_last_lines_tell_who_took_part() {
    let text = "<nitf><body><body.content><p>The port reopened.</p></body.content><body.end><tagline>Kari Lie contributed.</tagline></body.end></body></nitf>";
    assert_eq!(
        parse(text).unwrap().ninjs.body(),
        "The port reopened.\nKari Lie contributed."
    );
}
