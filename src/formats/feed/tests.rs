//! Feeds of our own, in each dialect.

use super::*;
use crate::formats::Verdict;

fn all(feed: &str) -> Vec<Parsed> {
    parse(feed.as_bytes(), &Options::default())
}

fn one(feed: &str) -> Filing {
    all(feed).remove(0).unwrap()
}

fn rss(head: &str, items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"c\" xmlns:dc=\"d\" xmlns:media=\"m\"><channel><title>Kystnytt</title>\
         <link>https://kystnytt.example/</link><language>en-gb</language>{head}{items}</channel></rss>"
    )
}

#[test]
fn rss_with_a_full_text() {
    let read = one(&rss(
        "<copyright>Kystnytt 2024</copyright>",
        "<item><media:title>Photo</media:title><title>Port &amp;amp; ferry reopen</title><link>https://kystnytt.example/a</link><guid isPermaLink=\"false\">kn-1</guid>\
         <pubDate>Tue, 05 Mar 2024 10:00:00 +0100</pubDate><dc:creator>Ann Moe</dc:creator><dc:creator>Odd Lie</dc:creator>\
         <dc:source>Antara</dc:source><category domain=\"https://kystnytt.example/tags\">Coast</category><category>Ports</category>\
         <description>Ships left.</description><media:description>A boat</media:description>\
         <content:encoded><![CDATA[<p>Ships left the port.</p><figure><img><figcaption>A boat</figcaption></figure><p>All [sic] of them.</p>\
         <p>The post <a href=x>Port</a> appeared first on <a href=y>Kystnytt</a>.</p>]]></content:encoded></item>",
    ));
    assert_eq!(read.ninjs.headline(), "Port & ferry reopen");
    assert_eq!(read.ninjs.body(), "Ships left the port.\nAll [sic] of them.");
    assert_eq!(
        (read.ninjs.uri.as_str(), read.ninjs.alt_ids[0].value.as_str()),
        ("kn-1", "https://kystnytt.example/a")
    );
    assert_eq!(read.ninjs.by.as_deref(), Some("Ann Moe, Odd Lie"));
    assert_eq!(
        (read.published, read.ninjs.language.as_deref()),
        (Some(1_709_629_200), Some("en-GB"))
    );
    assert_eq!(
        read.ninjs.subjects[0].uri.as_deref(),
        Some("https://kystnytt.example/tags")
    );
    assert_eq!(read.ninjs.subjects[1].name, "Ports");
    let names: Vec<&str> = read
        .ninjs
        .info_sources
        .iter()
        .map(|source| source.name.as_str())
        .collect();
    assert_eq!(names, ["Antara", "Kystnytt"]);
    assert_eq!(read.credit_line.as_deref(), Some("Antara"));
    assert_eq!(read.ninjs.copyright_notice.as_deref(), Some("Kystnytt 2024"));
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}

#[test]
fn summaries_counters_and_mail_authors() {
    let read = one(&rss(
        "",
        "<item><title>Port</title><link>https://kystnytt.example/7</link><guid>7</guid><author>ann@kystnytt.example (Ann Moe)</author>\
         <description>&lt;p&gt;Ships left.&lt;/p&gt;&lt;p&gt;Read more…&lt;/p&gt;</description></item>",
    ));
    assert_eq!(
        (read.ninjs.uri.as_str(), read.ninjs.by.as_deref()),
        ("https://kystnytt.example/7", Some("Ann Moe"))
    );
    assert_eq!(read.ninjs.body(), "Ships left.");
}

#[test]
fn atom_with_markup_as_elements_and_a_withdrawn_entry() {
    let feed = "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\" xml:lang=\"nb\"><a:title>Kystnytt</a:title><a:author><a:name>Desk</a:name></a:author>\
        <a:entry><a:id>tag:k,2024:1</a:id><a:title type=\"html\">Port &lt;b&gt;reopens&lt;/b&gt;</a:title><a:link rel=\"self\" href=\"x\"/><a:link href=\"https://k.example/1\"/>\
        <a:published>2024-03-05T10:00:00Z</a:published><a:updated>2024-03-05T11:00:00Z</a:updated><a:category term=\"coast\" label=\"Coast\" scheme=\"http://k.example/t#\"/>\
        <a:content type=\"xhtml\"><div><p>Ships &amp; boats left.</p><p>5 &lt; 6</p></div></a:content></a:entry>\
        <at:deleted-entry xmlns:at=\"x\" ref=\"tag:k,2024:0\" when=\"2024-03-05T12:00:00Z\"/></a:feed>";
    let read = one(feed);
    assert_eq!(read.ninjs.headline(), "Port reopens");
    assert_eq!(read.ninjs.body(), "Ships & boats left.\n5 < 6");
    assert_eq!(
        (read.ninjs.language.as_deref(), read.ninjs.by.as_deref()),
        (Some("nb"), Some("Desk"))
    );
    assert_eq!(read.ninjs.subjects[0].uri.as_deref(), Some("http://k.example/t#coast"));
    assert_eq!(
        (read.published, read.ninjs.alt_ids[0].value.as_str()),
        (Some(1_709_636_400), "https://k.example/1")
    );
    let withdrawn = all(feed).remove(1).unwrap();
    assert!(withdrawn.hides() && withdrawn.targets == [Target::Uri("tag:k,2024:0".into())]);
}

#[test]
fn rdf_has_its_entries_beside_the_channel() {
    let read = one(
        "<rdf:RDF xmlns:rdf=\"r\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"d\"><channel rdf:about=\"x\"><title>Kystnytt</title><dc:language>nn</dc:language></channel>\
         <item rdf:about=\"https://k.example/1\"><title>Port</title><link>https://k.example/1?f=rss</link><dc:date>2024-03-05T10:00:00Z</dc:date>\
         <dc:subject>ports; boats</dc:subject><description>Ships left.</description></item></rdf:RDF>",
    );
    assert_eq!(
        (read.ninjs.uri.as_str(), read.ninjs.body()),
        ("https://k.example/1", "Ships left.")
    );
    assert_eq!(
        (read.ninjs.subjects.len(), read.ninjs.language.as_deref()),
        (2, Some("nn"))
    );
    assert_eq!(read.ninjs.info_sources[0].name, "Kystnytt");
}

#[test]
fn exports_of_wordpress() {
    let post = |kind: &str, status: &str, text: &str| {
        format!(
            "<item><title>Port</title><guid>https://k.example/?p={kind}{status}</guid><dc:creator>am</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded>\
             <excerpt:encoded><![CDATA[An excerpt that is longer than the text of the post itself.]]></excerpt:encoded><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>\
             <pubDate>Tue, 05 Mar 2024 10:00:00 +0000</pubDate><wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status></item>"
        )
    };
    let text = "<!-- wp:paragraph -->[dropcap]S[/dropcap]hips left.\n[caption id=\"1\"]<img> A boat[/caption]\n\nAll [sic] of them.\n[gallery ids=\"1,2\"]";
    let items = [
        post("post", "publish", text),
        post("attachment", "inherit", ""),
        post("post", "draft", text),
        post("nav_menu_item", "publish", ""),
    ]
    .concat();
    let parsed = all(&rss(
        "<wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>am</wp:author_login><wp:author_display_name>Ann Moe</wp:author_display_name></wp:author>",
        &items,
    ));
    let read = parsed[0].as_ref().unwrap();
    assert_eq!(read.ninjs.body(), "Ships left.\nAll [sic] of them.");
    assert_eq!(
        (read.ninjs.by.as_deref(), read.published),
        (Some("Ann Moe"), Some(1_709_632_800))
    );
    assert_eq!(read.ninjs.pub_status.as_deref(), Some("usable"));
    assert!(parsed[1..].iter().all(|parsed| {
        parsed
            .as_ref()
            .is_err_and(|refused| refused.verdict == Verdict::Skipped && refused.offset > 0)
    }));
}

#[test]
fn the_queue_of_ritzau() {
    let read = one(
        "<RBNews><NewsID>b</NewsID><replacedID>a</replacedID><PublishDate>2024-03-05T10:00:00.1</PublishDate><strapline>PRINT/HAVN</strapline><headline>Havn åbner</headline><town>Lunde</town>\
         <origin>/ritzau/</origin><version>2</version><content>&lt;p&gt;Skibe &amp;amp; både sejlede.&lt;/p&gt;</content><Priority>3</Priority><Annuleret>false</Annuleret><Korrektion>true</Korrektion></RBNews>",
    );
    assert_eq!(
        (read.ninjs.uri.as_str(), read.ninjs.alt_ids[0].value.as_str()),
        ("a", "b")
    );
    assert_eq!(
        (read.ninjs.body(), read.kind()),
        ("Skibe & både sejlede.", TakeKind::Correction)
    );
    assert_eq!(
        (read.ninjs.urgency, read.credit_line.as_deref()),
        (Some(3), Some("/ritzau/"))
    );
}

#[test]
fn an_entry_without_text_names_its_place_and_an_empty_feed_is_skipped() {
    let parsed = all(&rss("", "<item><guid>1</guid></item><item><title>Port</title></item>"));
    let refused = parsed[0].as_ref().unwrap_err();
    assert!(refused.offset > 100 && refused.reason.contains(&format!("byte {}", refused.offset)));
    assert!(parsed[1].is_ok());
    let refused = all(&rss("", "")).remove(0).unwrap_err();
    assert_eq!(
        (refused.reason.as_str(), refused.verdict),
        ("a feed without entries", Verdict::Skipped)
    );
}

#[test]
fn a_broken_feed_is_read_entry_by_entry() {
    let broken = rss(
        "",
        "<item><title>One & only</title><description>First.</description></item>\
         <item><title>Two</title><description><p>Second<br>text.</description></item>\
         <item><title>Three</title><description>Third.\
         <item><title>Four</title><link>https://k.example/4</link><description>Fourth\u{3}.</description></item>",
    );
    let parsed = all(&broken);
    let read: Vec<&Filing> = parsed.iter().flatten().collect();
    let titles: Vec<&str> = read.iter().map(|filing| filing.ninjs.headline()).collect();
    assert_eq!(titles, ["One & only", "Two", "Three", "Four"]);
    assert_eq!(read[1].ninjs.body(), "Second\ntext.");
    assert_eq!(
        (read[3].ninjs.body(), read[3].ninjs.uri.as_str()),
        ("Fourth.", "https://k.example/4")
    );
    assert!(
        read.iter()
            .all(|filing| filing.warnings.iter().any(|warning| warning.contains("byte")))
    );
    assert!(
        read.iter()
            .all(|filing| filing.ninjs.info_sources.iter().any(|source| source.name == "Kystnytt"))
    );
}

#[test]
fn a_feed_that_was_cut_off_keeps_its_whole_entries() {
    let whole = rss(
        "",
        "<item><title>One</title><description>First.</description></item><item><title>Two</title><description>Half of a te",
    );
    let cut = &whole[..whole.find("</channel>").unwrap()];
    let parsed = all(cut);
    assert!(parsed[0].is_ok() && parsed.len() == 2);
    let refused = parsed[1].as_ref().unwrap_err();
    assert!(
        refused.reason.contains("cut off") && refused.offset == cut.len(),
        "{}",
        refused.reason
    );
}

#[test]
fn one_deep_entry_does_not_take_the_others_along() {
    let deep = format!(
        "<item><title>Deep</title><description>{}x{}</description></item>",
        "<b>".repeat(200),
        "</b>".repeat(200)
    );
    let parsed = all(&rss("", &format!("{deep}<item><title>Two</title></item>")));
    assert!(parsed[0].as_ref().unwrap_err().reason.contains("--max-depth"));
    assert!(parsed[1].is_ok());
}

#[test]
fn many_broken_tags_take_no_time() {
    let many = rss("", &"<item ".repeat(100_000));
    assert!(!all(&many).is_empty());
    let many = rss("", &format!("<item><title>{}</item>", "[a [".repeat(50_000)));
    assert_eq!(all(&many).len(), 1);
}
