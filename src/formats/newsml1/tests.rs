//! Items as agencies write them, of people and places that are not.

use super::super::{Bounds, Options, Parsed, Verdict};
use super::parse;
use crate::story::{Filing, TakeKind};

const IDENTIFICATION: &str = "<Identification><NewsIdentifier><ProviderId>kystnytt.example</ProviderId><DateId>20240305</DateId>\
    <NewsItemId>HAV-17</NewsItemId><RevisionId PreviousRevision='1' Update='N'>2</RevisionId>\
    <PublicIdentifier>urn:newsml:kystnytt.example:20240305:HAV-17:2N</PublicIdentifier></NewsIdentifier></Identification>";

const LINES: &str = "<NewsLines><HeadLine>Port reopens</HeadLine><SubHeadLine>Ships leave</SubHeadLine><ByLine>Ann Moe</ByLine>\
    <DateLine>LUNDE, March 5 (Kystnytt) -</DateLine><CreditLine>Kystnytt</CreditLine><SlugLine>Harbour-Lunde</SlugLine>\
    <CopyrightLine>(c) Kystnytt</CopyrightLine></NewsLines>";

const TEXT: &str = "<ContentItem><MediaType FormalName='Text'/><DataContent><p>The port of Lunde reopened on Tuesday.</p>\
    <p>Ships left.</p></DataContent></ContentItem>";

fn management(inner: &str) -> String {
    format!(
        "<NewsManagement><NewsItemType FormalName='News'/><FirstCreated>20240305T090000+0100</FirstCreated>\
        <ThisRevisionCreated>20240305T100000+0100</ThisRevisionCreated>{inner}</NewsManagement>"
    )
}

fn file(items: &str) -> Vec<Parsed> {
    let text = format!(
        "<NewsML Version='1.2'><NewsEnvelope><DateAndTime>20240305T101500+0100</DateAndTime><Priority FormalName='4'/></NewsEnvelope>\
        {items}</NewsML>"
    );
    parse(text.as_bytes(), &Options::default())
}

fn item(status: &str, component: &str) -> Parsed {
    let management = management(status);
    let mut parsed = file(&format!(
        "<NewsItem xml:lang='en'>{IDENTIFICATION}{management}{component}</NewsItem>"
    ));
    assert_eq!(parsed.len(), 1);
    parsed.remove(0)
}

fn story(status: &str, component: &str) -> Filing {
    item(status, component).unwrap()
}

fn usable(component: &str) -> Filing {
    story("<Status FormalName='Usable'/>", component)
}

fn skipped(component: &str) -> String {
    let refused = item("<Status FormalName='Usable'/>", component).unwrap_err();
    assert_eq!(refused.verdict, Verdict::Skipped, "{refused}");
    refused.reason
}

#[test]
fn an_item_gives_all_that_it_says() {
    let filing = story(
        "<Status FormalName='Usable'/><Urgency FormalName='3'/><Comment>Adds ships.</Comment>",
        &format!(
            "<NewsComponent>{LINES}<AdministrativeMetadata><Provider><Party FormalName='Kystnytt'/></Provider></AdministrativeMetadata>\
            <DescriptiveMetadata><Language FormalName='en'/><SubjectCode><SubjectMatter FormalName='04015000'/></SubjectCode>\
            <Location HowPresent='Origin'><Property FormalName='City' Value='Lunde'/></Location>\
            <Location HowPresent='RelatesTo'><Property FormalName='Country' Value='NOR'/></Location></DescriptiveMetadata>\
            {TEXT}</NewsComponent>"
        ),
    );
    let ninjs = &filing.ninjs;
    assert_eq!(ninjs.uri, "urn:newsml:kystnytt.example:20240305:HAV-17");
    assert_eq!(ninjs.alt_ids[0].value, "urn:newsml:kystnytt.example:20240305:HAV-17:2N");
    assert_eq!((ninjs.version.as_deref(), ninjs.urgency), (Some("2"), Some(3)));
    assert_eq!(ninjs.version_created.as_deref(), Some("2024-03-05T09:00:00Z"));
    assert_eq!(
        (filing.published, ninjs.first_created.as_deref()),
        (Some(1_709_629_200), Some("2024-03-05T08:00:00Z"))
    );
    assert_eq!(ninjs.body(), "The port of Lunde reopened on Tuesday.\nShips left.");
    assert_eq!(
        (ninjs.headline(), ninjs.headlines[1].value.as_str()),
        ("Port reopens", "Ships leave")
    );
    assert_eq!(
        (ninjs.by.as_deref(), filing.credit_line.as_deref()),
        (Some("Ann Moe"), Some("Kystnytt"))
    );
    assert_eq!(filing.dateline.as_deref(), Some("LUNDE, March 5 (Kystnytt)"));
    assert_eq!(
        (ninjs.located.as_deref(), ninjs.slugline.as_deref()),
        (Some("Lunde"), Some("Harbour-Lunde"))
    );
    assert_eq!((ninjs.places[0].name.as_str(), ninjs.places.len()), ("NOR", 1));
    assert_eq!(ninjs.subjects[0].uri.as_deref(), Some("subj:04015000"));
    assert_eq!(ninjs.info_sources[0].name, "Kystnytt");
    assert_eq!(ninjs.ed_note.as_deref(), Some("Adds ships."));
    assert_eq!(
        (ninjs.language.as_deref(), ninjs.pub_status.as_deref()),
        (Some("en"), Some("usable"))
    );
    assert_eq!((&filing.take, &filing.warnings), (&None, &Vec::new()));
}

#[test]
fn the_story_is_found_among_pictures_and_parts() {
    let part = |role: &str, text: &str| {
        format!(
            "<NewsComponent><Role FormalName='{role}'/><ContentItem><DataContent>{text}</DataContent></ContentItem></NewsComponent>"
        )
    };
    let picture = "<NewsComponent><NewsLines><HeadLine>The quay</HeadLine></NewsLines><NewsComponent><Role FormalName='Caption'/>\
        <ContentItem><MediaType FormalName='Text'/><DataContent><p>A quay.</p></DataContent></ContentItem></NewsComponent>\
        <NewsComponent><Role FormalName='Main'/><ContentItem Href='a.jpg'><MediaType FormalName='Photo'/></ContentItem></NewsComponent>\
        </NewsComponent>";
    let parts = [
        part("HeadLine", "<p>Port reopens</p>"),
        part("Lead", "The port reopened."),
        part("Abstract", "In short: open."),
        part("Body", "<![CDATA[<P>Ships &amp; crews left.</P><P>All did.</P>]]>"),
        part("Contact", "<p>Tel. 555</p>"),
    ]
    .concat();
    let filing = usable(&format!("<NewsComponent>{LINES}{parts}{picture}</NewsComponent>"));
    assert_eq!(filing.ninjs.body(), "The port reopened.\nShips & crews left.\nAll did.");
    assert_eq!(filing.ninjs.headline(), "Port reopens");
    // Without a role, beside a picture that is only the main part of its own component.
    let filing = usable(&format!(
        "<NewsComponent>{LINES}<NewsComponent>{TEXT}</NewsComponent>{picture}</NewsComponent>"
    ));
    assert_eq!(
        filing.ninjs.body(),
        "The port of Lunde reopened on Tuesday.\nShips left."
    );
}

#[test]
fn nitf_is_read_as_elements_and_quoted_whole() {
    let nitf = "<nitf><body><body.head><hedline><hl1>Port reopens</hl1></hedline></body.head><body.content><p>Ships left.</p>\
        <p>All did.</p><p>am/ole/kk</p></body.content></body></nitf>";
    let content = |data: &str| {
        format!("<NewsComponent><ContentItem><DataContent>{data}</DataContent></ContentItem></NewsComponent>")
    };
    for data in [nitf.to_owned(), format!("<![CDATA[{nitf}]]>")] {
        let filing = usable(&content(&data));
        assert_eq!(
            (filing.ninjs.headline(), filing.ninjs.body()),
            ("Port reopens", "Ships left.\nAll did.")
        );
    }
    let plain = usable(&content("Ships left the port of Lunde.\n\nAll did.\n"));
    assert_eq!(plain.ninjs.body(), "Ships left the port of Lunde.\nAll did.");
}

#[test]
fn several_texts_keep_their_headlines_and_renditions_are_read_once() {
    let text = |headline: &str, text: &str| {
        format!(
            "<NewsComponent><Role FormalName='Main'/><NewsLines><HeadLine>{headline}</HeadLine></NewsLines>\
            <ContentItem><DataContent><p>{text}</p></DataContent></ContentItem></NewsComponent>"
        )
    };
    let both = [
        text("Port reopens", "Ships left."),
        text("Quay shut", "Cracks were found."),
    ]
    .concat();
    let filing = usable(&format!("<NewsComponent>{LINES}{both}</NewsComponent>"));
    assert_eq!(filing.ninjs.body(), "Ships left.\nQuay shut\nCracks were found.");
    let choice = "<ContentItem><DataContent>Ships left. Plain.</DataContent></ContentItem><ContentItem><DataContent><nitf><body>\
        <body.content><p>Ships left.</p></body.content></body></nitf></DataContent></ContentItem>";
    let filing = usable(&format!(
        "<NewsComponent EquivalentsList='yes'>{LINES}{choice}</NewsComponent>"
    ));
    assert_eq!(filing.ninjs.body(), "Ships left.");
    let tongues = "<NewsComponent xml:lang='nn'><ContentItem><DataContent><p>Skipa drog.</p></DataContent></ContentItem></NewsComponent>\
        <NewsComponent xml:lang='fr'><ContentItem><DataContent><p>Partis.</p></DataContent></ContentItem></NewsComponent>";
    let filing = usable(&format!("<NewsComponent>{LINES}{tongues}</NewsComponent>"));
    assert_eq!(
        (filing.ninjs.body(), filing.ninjs.language.as_deref()),
        ("Skipa drog.", Some("nn"))
    );
    assert!(filing.warnings[0].contains("(fr)"), "{:?}", filing.warnings);
}

#[test]
fn statuses_embargoes_and_instructions_are_told() {
    let component = format!("<NewsComponent>{LINES}{TEXT}</NewsComponent>");
    let embargoed = story(
        "<Status FormalName='Embargoed'/><StatusWillChange><FutureStatus FormalName='Usable'/>\
        <DateAndTime>20240306T060000+0100</DateAndTime></StatusWillChange>",
        &component,
    );
    assert_eq!(embargoed.ninjs.embargoed_until.as_deref(), Some("2024-03-06T05:00:00Z"));
    assert!(!embargoed.hides());
    let open = story("<Status FormalName='Embargoed'/>", &component);
    assert_eq!(open.embargo(), Some(i64::MAX));
    let withheld = story("<Status FormalName='Withheld'/>", &component);
    assert_eq!(withheld.ninjs.pub_status.as_deref(), Some("withheld"));
    let corrected = story(
        "<Status FormalName='Usable'/><Instruction FormalName='Rectify'/>",
        &component,
    );
    assert_eq!(corrected.kind(), TakeKind::Correction);
    let updated = story(
        "<Status FormalName='Usable'/><Instruction FormalName='Update'/>",
        &component,
    );
    assert_eq!(updated.kind(), TakeKind::Update);
    // One that takes its story away needs no text.
    let killed = story("<Status FormalName='Canceled'/>", "");
    assert!(killed.hides() && killed.ninjs.bodies.is_empty());
    let deleted = story("<Status FormalName='Usable'/><Instruction FormalName='Delete'/>", "");
    assert_eq!(deleted.ninjs.pub_status.as_deref(), Some("canceled"));
    let odd = story("<Status FormalName='Open'/>", &component);
    assert!(odd.ninjs.pub_status.is_none() && odd.warnings[0].contains("`Open`"));
}

#[test]
fn an_alert_may_be_a_headline_or_a_text_alone() {
    let headline = usable("<NewsComponent><NewsLines><HeadLine>Port reopens</HeadLine></NewsLines></NewsComponent>");
    assert_eq!((headline.ninjs.headline(), headline.ninjs.body()), ("Port reopens", ""));
    let text = usable(&format!(
        "<NewsComponent><NewsLines><HeadLine/></NewsLines>{TEXT}</NewsComponent>"
    ));
    assert_eq!(text.ninjs.headline(), "");
    assert!(text.ninjs.body().starts_with("The port"));
    let neither = item(
        "<Status FormalName='Usable'/>",
        "<NewsComponent><NewsLines><HeadLine/></NewsLines></NewsComponent>",
    );
    assert_eq!(neither.unwrap_err().verdict, Verdict::Rejected);
}

#[test]
fn topics_are_looked_up_in_the_file() {
    let topics = "<TopicSet FormalName='people'><Topic Duid='p1'><TopicType FormalName='Person'/><FormalName Scheme='KystPerson'>77</FormalName>\
        <Description xml:lang='nn' Variant='Name'>Moe, Ane</Description><Description xml:lang='en' Variant='Name'>Ann Moe</Description></Topic>\
        <Topic Duid='c1'><TopicType FormalName='Company'/><FormalName Scheme='ric'>KYST.OL</FormalName></Topic>\
        <Topic><TopicType FormalName='SubjectMatter'/><FormalName Scheme='IptcSubjectCodes'>04015000</FormalName>\
        <Description xml:lang='en'>Transport</Description></Topic></TopicSet>";
    let filing = usable(&format!(
        "<NewsComponent>{topics}{LINES}<AdministrativeMetadata><Provider><Party Topic='#c1'/></Provider></AdministrativeMetadata>\
        <DescriptiveMetadata><SubjectCode><SubjectMatter FormalName='04015000' Scheme='IptcSubjectCodes'/></SubjectCode>\
        <TopicOccurrence HowPresent='Prominent' Topic='#p1'/><TopicOccurrence Topic='#c1'/><TopicOccurrence Topic='#none'/>\
        </DescriptiveMetadata>{TEXT}</NewsComponent>"
    ));
    let ninjs = &filing.ninjs;
    assert_eq!(
        (ninjs.people[0].name.as_str(), ninjs.people[0].uri.as_deref()),
        ("Ann Moe", Some("KystPerson:77"))
    );
    assert_eq!(ninjs.organisations[0].literal.as_deref(), Some("KYST.OL"));
    assert_eq!(
        (ninjs.subjects[0].name.as_str(), ninjs.subjects[0].literal.as_deref()),
        ("Transport", Some("04015000"))
    );
    assert_eq!(ninjs.info_sources[0].name, "KYST.OL");
}

#[test]
fn the_keyword_line_and_the_makers_are_read_as_they_are_meant() {
    let lines = |inner: &str| format!("<NewsComponent><NewsLines>{inner}</NewsLines>{TEXT}</NewsComponent>");
    let lone = usable(&lines("<KeywordLine>Harbour Lunde</KeywordLine>"));
    assert_eq!(
        (lone.ninjs.slugline.as_deref(), lone.ninjs.subjects.len()),
        (Some("Harbour Lunde"), 0)
    );
    let many = usable(&lines(
        "<KeywordLine>PORTS</KeywordLine><KeywordLine>SHIPS</KeywordLine>",
    ));
    assert_eq!(
        (many.ninjs.slugline.as_deref(), many.ninjs.subjects.len()),
        (Some("PORTS/SHIPS"), 2)
    );
    let beside = usable(&lines(
        "<SlugLine>Harbour</SlugLine><KeywordLine>ports; ships</KeywordLine>",
    ));
    assert_eq!(
        (beside.ninjs.slugline.as_deref(), beside.ninjs.subjects[1].name.as_str()),
        (Some("Harbour"), "ships")
    );
    let day = usable(&lines("<DateLine>January 21</DateLine>"));
    assert_eq!(day.dateline, None);
    let makers = |inner: &str| {
        let metadata = format!("<AdministrativeMetadata><Creator>{inner}</Creator></AdministrativeMetadata>");
        usable(&format!("<NewsComponent>{metadata}{TEXT}</NewsComponent>")).ninjs
    };
    assert_eq!(makers("<Party FormalName='Ann Moe'/>").by.as_deref(), Some("Ann Moe"));
    for other in ["COR 360", "am/ok", "AM", "Kystnytt"] {
        assert_eq!(makers(&format!("<Party FormalName='{other}'/>")).by, None, "{other}");
    }
    assert_eq!(makers("").info_sources[0].name, "kystnytt.example");
}

#[test]
fn what_is_no_story_says_what_it_is() {
    let photo = "<NewsComponent><NewsComponent><Role FormalName='Main'/><ContentItem Href='a.jpg'><MediaType FormalName='Photo'/></ContentItem>\
        </NewsComponent><NewsComponent><ContentItem><DataContent>A quay.</DataContent></ContentItem></NewsComponent></NewsComponent>";
    assert!(skipped(photo).contains("a picture"));
    assert!(
        skipped("<NewsComponent><NewsItemRef NewsItem='a'/><NewsItemRef NewsItem='b'/></NewsComponent>")
            .contains("(2)")
    );
    assert!(skipped("<NewsComponent><ContentItem Href='text.xml'/></NewsComponent>").contains("`text.xml`"));
    let data = "<NewsComponent><ContentItem><DataContent><Result><Home>2</Home></Result></DataContent></ContentItem></NewsComponent>";
    assert!(skipped(data).contains("<Result>"));
    let quoted = data
        .replace("<DataContent>", "<DataContent><![CDATA[")
        .replace("</DataContent>", "]]></DataContent>");
    assert!(skipped(&quoted).contains("<Result>"));
    assert!(skipped("<Update><Replace DuidRef='a'/></Update>").contains("Update"));
    assert!(skipped("<TopicSet FormalName='x'/>").contains("topic set"));
    assert!(skipped("<NewsComponent/>").contains("empty item"));
    let packed = "<NewsComponent><ContentItem><Encoding Notation='Base64'><DataContent>UG9ydA==</DataContent></Encoding></ContentItem>\
        </NewsComponent>";
    let refused = item("", packed).unwrap_err();
    assert!(
        refused.verdict == Verdict::Rejected && refused.reason.contains("base64"),
        "{refused}"
    );
}

#[test]
fn a_file_holds_several_items_or_none() {
    let management = management("<Status FormalName='Usable'/>");
    let one = format!("<NewsItem>{IDENTIFICATION}{management}<NewsComponent>{LINES}{TEXT}</NewsComponent></NewsItem>");
    let parsed = file(&[one.as_str(), "<NewsItem/>", &one.replace("HAV-17", "HAV-18")].concat());
    assert_eq!(
        parsed.iter().map(Result::is_ok).collect::<Vec<_>>(),
        [true, false, true]
    );
    let second = parsed[1].as_ref().unwrap_err();
    assert!(second.offset > 0);
    assert!(
        file("<TopicSet/>")[0]
            .as_ref()
            .unwrap_err()
            .reason
            .contains("topic set")
    );
    assert!(parse(b" \n", &Options::default()).is_empty());
    let cut = parse(b"<NewsML><NewsItem>", &Options::default()).remove(0).unwrap_err();
    assert_eq!(cut.verdict, Verdict::Rejected);
    let bounds = Bounds {
        depth: 4,
        ..Bounds::default()
    };
    let deep = parse(
        format!("<NewsML>{one}</NewsML>").as_bytes(),
        &Options {
            bounds,
            ..Options::default()
        },
    );
    assert!(deep[0].as_ref().unwrap_err().reason.contains("--max-depth"));
}

#[test]
fn an_identity_is_made_where_the_identifier_is_none() {
    let identified = |inner: &str| {
        let management = management("<Status FormalName='Usable'/>");
        let text = format!(
            "<NewsItem><Identification><NewsIdentifier>{inner}</NewsIdentifier></Identification>{management}<NewsComponent>{LINES}{TEXT}</NewsComponent></NewsItem>"
        );
        file(&text).remove(0).unwrap()
    };
    let parts = "<ProviderId>kyst.example</ProviderId><DateId>20240305T100000</DateId>";
    let bare = identified(&format!(
        "{parts}<NewsItemId>17</NewsItemId><PublicIdentifier>urn:newsml:kyst.example</PublicIdentifier>"
    ));
    assert_eq!(bare.ninjs.uri, "urn:newsml:kyst.example:20240305:17");
    let unnumbered = identified(&format!("{parts}<NewsItemId>0</NewsItemId>"));
    assert!(unnumbered.ninjs.uri.is_empty() && unnumbered.warnings[0].contains("NewsIdentifier"));
    let own = identified("<RevisionId>3</RevisionId><PublicIdentifier>tag:kyst.example,2024:17:3N</PublicIdentifier>");
    assert_eq!(own.ninjs.uri, "tag:kyst.example,2024:17");
}

#[test]
fn many_components_take_no_time() {
    let inner =
        "<NewsComponent><ContentItem><DataContent><p>Ships left.</p></DataContent></ContentItem></NewsComponent>"
            .repeat(20_000);
    let filing = usable(&format!("<NewsComponent EquivalentsList='yes'>{inner}</NewsComponent>"));
    assert_eq!(filing.ninjs.body(), "Ships left.");
    let nested = [
        "<NewsComponent EquivalentsList='yes'>".repeat(100),
        inner,
        "</NewsComponent>".repeat(100),
    ]
    .concat();
    assert_eq!(usable(&nested).ninjs.body(), "Ships left.");
}
