use super::super::{Options, Parsed, Verdict};
use crate::story::{Filing, TakeKind};

/// An item of an invented agency; `meta`, `content` and `set` are put into its parts.
fn item(attributes: &str, meta: &str, content: &str, set: &str) -> String {
    format!(
        "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" standard=\"NewsML-G2\" {attributes}>\
         <rightsInfo><copyrightHolder qcode=\"nprov:KNY\"><name>Kystnytt</name></copyrightHolder>\
         <usageTerms xml:lang=\"nb\">Kun for kunder</usageTerms><usageTerms xml:lang=\"en\">Clients only</usageTerms></rightsInfo>\
         <itemMeta><itemClass qcode=\"ninat:text\"/><provider literal=\"kystnytt.example\"/>{meta}</itemMeta>\
         <contentMeta>{content}</contentMeta><contentSet>{set}</contentSet></newsItem>"
    )
}

fn parse(text: &str) -> Vec<Parsed> {
    super::parse(text.as_bytes(), &Options::default())
}

fn one(text: &str) -> Filing {
    parse(text).remove(0).unwrap()
}

fn refused(text: &str) -> (Verdict, String) {
    let refused = parse(text).remove(0).unwrap_err();
    (refused.verdict, refused.reason)
}

fn page(paragraphs: &str) -> String {
    format!("<inlineXML contenttype=\"application/xhtml+xml\"><html><body>{paragraphs}</body></html></inlineXML>")
}

const PORT: &str = "<p>The port reopened.</p><p>Ships left.</p>";

#[test]
fn an_item_fills_the_filing() {
    let read = one(&item(
        "guid=\"tag:kny.example,2024:st1\" version=\"3\" xml:lang=\"en-GB\"",
        "<versionCreated>2024-03-05T11:00:00+01:00</versionCreated><firstCreated>2024-03-05T09:00:00+01:00</firstCreated>\
         <pubStatus qcode=\"stat:usable\"/><edNote>Eds: adds quote</edNote>",
        "<urgency>2</urgency><headline>Port reopens</headline><headline role=\"hld:subHeadline\">Ships leave</headline>\
         <by>By Ann Moe</by><dateline>VIK</dateline><creditline>KNY–</creditline><slugline>HARBOUR-LUNDE</slugline>\
         <language tag=\"en-GB\"/><infoSource role=\"isrol:orig\" literal=\"Fjordpress\"/><altId type=\"id:usn\">KNY000157</altId>",
        &page(&format!(
            "<header><h1>Port reopens</h1></header><p>By Ann Moe</p>{PORT}"
        )),
    ));
    let ninjs = &read.ninjs;
    assert_eq!(
        (ninjs.uri.as_str(), ninjs.version.as_deref()),
        ("tag:kny.example,2024:st1", Some("3"))
    );
    assert_eq!(
        (ninjs.headline(), ninjs.headlines[1].role.as_str()),
        ("Port reopens", "sub")
    );
    assert_eq!(ninjs.body(), "The port reopened.\nShips left.");
    assert_eq!(ninjs.by.as_deref(), Some("By Ann Moe"));
    assert_eq!(ninjs.version_created.as_deref(), Some("2024-03-05T11:00:00+01:00"));
    assert_eq!((read.published, ninjs.urgency), (Some(1_709_632_800), Some(2)));
    assert_eq!(ninjs.pub_status.as_deref(), Some("usable"));
    assert_eq!(ninjs.usage_terms.as_deref(), Some("Clients only"));
    assert_eq!(ninjs.copyright_holder.as_deref(), Some("Kystnytt"));
    assert_eq!(ninjs.ed_note.as_deref(), Some("Eds: adds quote"));
    assert_eq!(
        (read.dateline.as_deref(), read.credit_line.as_deref()),
        (Some("VIK"), Some("KNY"))
    );
    let sources: Vec<_> = ninjs
        .info_sources
        .iter()
        .map(|it| (it.name.as_str(), it.role.as_deref()))
        .collect();
    assert_eq!(
        sources,
        [("Fjordpress", Some("orig")), ("kystnytt.example", Some("provider"))]
    );
    assert_eq!(ninjs.alt_ids[0].value, "KNY000157");
    assert_eq!(read.origin.format, "newsml-g2");
    assert!(read.warnings.is_empty() && read.take.is_none(), "{read:?}");
}

#[test]
fn a_message_gives_each_item_its_own_result_and_place() {
    let story = item("guid=\"x:1\"", "", "<headline>One</headline>", &page(PORT));
    let text = format!(
        "<newsMessage><header><sent>2024-03-05T10:00:00Z</sent><priority>4</priority></header><itemSet>{story}\
         <packageItem guid=\"x:2\"/><newsItem guid=\"x:3\"><itemMeta><itemClass qcode=\"ninat:picture\"/></itemMeta><contentMeta>\
         <headline>The port</headline></contentMeta></newsItem></itemSet></newsMessage>"
    );
    let read = parse(&text);
    let first = read[0].as_ref().unwrap();
    assert_eq!((first.published, first.ninjs.urgency), (Some(1_709_632_800), Some(4)));
    for (parsed, tag) in [(&read[1], "<packageItem"), (&read[2], "<newsItem guid=\"x:3\"")] {
        let refused = parsed.as_ref().unwrap_err();
        assert_eq!(refused.verdict, Verdict::Skipped);
        assert_eq!(Some(refused.offset), text.find(tag));
    }
    assert!(parse("<newsMessage><itemSet/></newsMessage>")[0].is_err());
    assert!(parse(" \n").is_empty());
}

#[test]
fn what_is_no_text_is_skipped_and_says_what_it_is() {
    for (root, word) in [
        ("planningItem", "planning"),
        ("conceptItem", "concept"),
        ("knowledgeItem", "knowledge"),
    ] {
        let (verdict, reason) = refused(&format!("<{root} guid=\"x\"/>"));
        assert!(verdict == Verdict::Skipped && reason.contains(word), "{reason}");
    }
    let remote = item(
        "guid=\"x\"",
        "",
        "<headline>Port</headline>",
        "<remoteContent href=\"a.doc\"/>",
    );
    assert!(refused(&remote).1.contains("remoteContent"));
    let results = item(
        "guid=\"x\"",
        "",
        "<headline>Port</headline>",
        "<inlineXML><sports-content><t>3</t></sports-content></inlineXML>",
    );
    assert!(refused(&results).1.contains("<sports-content>"));
    let video = item("guid=\"x\"", "", "<headline>Port</headline>", "").replace("ninat:text", "ninat:video");
    assert!(refused(&video).1.contains("a video"));
    // A picture with a story in it is read.
    let both = item("guid=\"x\"", "", "<headline>Port</headline>", &page(PORT)).replace("ninat:text", "ninat:picture");
    assert_eq!(one(&both).ninjs.headline(), "Port");
    assert_eq!(refused(&item("guid=\"x\"", "", "", "")).0, Verdict::Rejected);
    assert_eq!(refused("<newsItem guid=\"x\"><itemMeta>").0, Verdict::Rejected);
}

#[test]
fn a_headline_alone_is_an_alert_and_a_kill_needs_no_text() {
    let alert = one(&item(
        "guid=\"x:1\"",
        "",
        "<headline>PORT OF LUNDE REOPENS</headline>",
        "",
    ));
    assert_eq!(
        (alert.ninjs.headline(), alert.ninjs.body()),
        ("PORT OF LUNDE REOPENS", "")
    );
    let kill = one(&item("guid=\"x:1\"", "<pubStatus qcode=\"stat:canceled\"/>", "", ""));
    assert!(kill.hides());
    let odd = one(&item(
        "guid=\"x:1\"",
        "<pubStatus qcode=\"stat:draft\"/>",
        "<headline>Port</headline>",
        "",
    ));
    assert!(
        odd.ninjs.pub_status.is_none() && odd.warnings[0].contains("`stat:draft`"),
        "{:?}",
        odd.warnings
    );
}

#[test]
fn a_version_glued_to_the_guid_is_cut_off() {
    let uri = |guid: &str, version: &str| {
        let attributes = format!("guid=\"{guid}\" version=\"{version}\"");
        one(&item(&attributes, "", "<headline>Port</headline>", "")).ninjs
    };
    let glued = uri("tag:kny.example,2024:st_1A9:7", "7");
    assert_eq!(glued.uri, "tag:kny.example,2024:st_1A9");
    assert_eq!(glued.alt_ids[0].value, "tag:kny.example,2024:st_1A9:7");
    assert_eq!(
        uri("urn:newsml:kny.example:story:1", "1").uri,
        "urn:newsml:kny.example:story:1"
    );
    assert_eq!(
        uri("tag:kny.example,2024:st_1A9:7", "8").uri,
        "tag:kny.example,2024:st_1A9:7"
    );
}

#[test]
fn signals_tell_corrections_and_updates() {
    let take = |signals: &str, headline: &str| {
        one(&item(
            "guid=\"x\"",
            signals,
            &format!("<headline>{headline}</headline>"),
            "",
        ))
        .take
    };
    let correction = take(
        "<signal qcode=\"sig:update\"/><signal qcode=\"sig:correction\"><name>Correction</name></signal>",
        "Port",
    );
    let correction = correction.unwrap();
    assert_eq!(
        (correction.kind, correction.label.as_str()),
        (TakeKind::Correction, "Correction")
    );
    assert_eq!(
        take("<signal qcode=\"sig:update\"/>", "Port").unwrap().kind,
        TakeKind::Update
    );
    // The number stands in the headline only.
    assert_eq!(
        take("<signal qcode=\"sig:update\"/>", "UPDATE 2-Port").map(|take| take.label),
        None
    );
    assert_eq!(take("<signal qcode=\"sig:atomic\"/>", "Port"), None);
}

#[test]
fn embargoes_are_kept_even_without_a_time() {
    let until = |embargoed: &str| {
        let read = one(&item("guid=\"x\"", embargoed, "<headline>Port</headline>", ""));
        read.ninjs.embargoed_until
    };
    assert_eq!(
        until("<embargoed>2024-03-06T06:00:00Z</embargoed>").as_deref(),
        Some("2024-03-06T06:00:00Z")
    );
    assert_eq!(
        until("<embargoed>after the vote</embargoed>").as_deref(),
        Some("after the vote")
    );
    assert_eq!(
        until("<embargoed xsi:nil=\"true\"/>").as_deref(),
        Some("until further notice")
    );
    assert_eq!(until("<embargoed/>"), None);
}

#[test]
fn subjects_go_where_they_belong_with_names_and_codes() {
    let read = one(&item(
        "guid=\"x\" xml:lang=\"de\"",
        "",
        "<headline>Hafen</headline><located literal=\"Bangalore\"><name>Bangalore</name><broader qcode=\"N2:IND\"/></located>\
         <subject type=\"cpnat:person\" qcode=\"p:1\"><name>Ann Moe</name></subject>\
         <subject type=\"cpnat:organisation\" qcode=\"o:1\"><name>Kyst AS</name></subject>\
         <subject type=\"cpnat:geoArea\" qcode=\"kny:47\"><name xml:lang=\"en\">Norway</name><name xml:lang=\"de\" role=\"nrol:short\">NOR</name>\
         <name xml:lang=\"de\">Norwegen</name><sameAs qcode=\"iso3166-1a3:NOR\"/><sameAs qcode=\"iso3166-1a2:NO\"/></subject>\
         <subject type=\"cpnat:geoArea\" qcode=\"kny:9\"><name>Bornholm</name><broader qcode=\"iso3166-1a2:DK\"><name>Danmark</name></broader></subject>\
         <subject qcode=\"N2:SY\"/><subject type=\"cptype:statprov\" qcode=\"state:CA\"><name>Kalifornien</name></subject><subject qcode=\"MCC:a\"/><subject type=\"cpnat:abstract\" qcode=\"medtop:20000350\"><name>Hafen</name></subject>\
         <subject qcode=\"R:KYS.OL\"/><keyword>Fische</keyword>",
        "",
    ).replace("<contentSet>", "<assert qcode=\"R:KYS.OL\"><name>Kystselskapet</name></assert><contentSet>"));
    let names = |list: &[crate::story::Named]| -> Vec<String> {
        list.iter()
            .map(|it| format!("{} {}", it.name, it.literal.as_deref().unwrap_or("-")))
            .collect()
    };
    assert_eq!(names(&read.ninjs.people), ["Ann Moe 1"]);
    assert_eq!(names(&read.ninjs.organisations), ["Kyst AS 1", "Kystselskapet KYS.OL"]);
    assert_eq!(
        names(&read.ninjs.places),
        [
            "Norwegen NO",
            "Bornholm 9",
            "SY SY",
            "Kalifornien state:CA",
            "Danmark DK"
        ]
    );
    assert_eq!(read.ninjs.places[4].rel.as_deref(), Some("broader"));
    let subjects: Vec<_> = read.ninjs.subjects.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(subjects, ["Hafen", "Fische"]);
    assert_eq!(read.ninjs.subjects[0].uri.as_deref(), Some("medtop:20000350"));
    assert_eq!(read.ninjs.located.as_deref(), Some("Bangalore"));
}

#[test]
fn contacts_are_neither_text_nor_note() {
    let read = one(&item(
        "guid=\"x\"",
        "<edNote role=\"r:notepad\"><section class=\"notepad\"><section class=\"np-public\"><h4>Neu</h4></section>\
         <section class=\"np-nonpublic\"><p>Tel 030</p></section></section></edNote>\
         <edNote pubconstraint=\"c:nonpublic\" role=\"r:desk\">Tel 031</edNote><edNote role=\"r:contacts\">Tel 032</edNote>",
        "<headline>Hafen</headline><description role=\"drol:teaser\">Endlich.</description>",
        &page(
            "<section><p class=\"teaser\">Endlich.</p><p>Der Hafen ist offen.</p></section><section class=\"np-nonpublic\"><p>Tel 033</p></section>",
        ),
    ));
    assert_eq!(read.ninjs.body(), "Der Hafen ist offen.");
    assert_eq!(read.ninjs.ed_note, None);
}

#[test]
fn text_comes_from_whatever_holds_it() {
    let body = |set: &str| {
        one(&item("guid=\"x\"", "", "<headline>Port</headline>", set))
            .ninjs
            .body()
            .to_owned()
    };
    let nitf = "<inlineXML><nitf><body><body.head><byline>By Ann Moe</byline></body.head><body.content><p>The port.</p></body.content></body></nitf></inlineXML>";
    assert_eq!(body(nitf), "The port.");
    let data = "<inlineData rendition=\"r:headline\">Port</inlineData><inlineData contenttype=\"text/plain\">The port of Lunde.\n\nShips.</inlineData>";
    assert_eq!(body(data), "The port of Lunde.\nShips.");
    assert_eq!(
        body("<inlineData contenttype=\"text/html\"><![CDATA[<p>The port.</p><p>Ships.</p>]]></inlineData>"),
        "The port.\nShips."
    );
    let wrapped = "<inlineData><![CDATA[<p>\n      (KNY) - Lunde, March 5 - The port of Lunde has been reopened after\na week of storms that kept the fleet ashore.\n   \
                   \"We are glad,\" the harbour master said on the quay to those who\nhad come.\n</p>]]></inlineData>";
    assert_eq!(body(wrapped).lines().count(), 2);
    let escaped = body(&wrapped.replace("(KNY) - Lunde", "E&#39; tornata &amp; (KNY) - Lunde"));
    assert!(
        escaped.starts_with("E' tornata & (KNY)") && escaped.lines().count() == 2,
        "{escaped}"
    );
    assert_eq!(
        body("<inlineXML><html><body>Lunde 3 Vik 1\n   Nes 0 Haug 2\n</body></html></inlineXML>"),
        "Lunde 3 Vik 1\nNes 0 Haug 2"
    );
}
