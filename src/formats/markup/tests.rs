use super::super::Bounds;
use super::super::xml;

fn text(markup: &str) -> Vec<String> {
    let document = format!("<body>{markup}</body>");
    super::paragraphs(&xml::read(document.as_bytes(), &Bounds::default()).unwrap().root)
}

#[test]
fn blocks_part_paragraphs_and_inline_elements_do_not() {
    assert_eq!(
        text(
            "<p>The <em>port</em> of\n  <location>Lunde</location> reopened.</p><hl2>Ships</hl2>They <b>left</b>.<p/>"
        ),
        ["The port of Lunde reopened.", "Ships", "They left."]
    );
    assert_eq!(text("<div><p>a</p>b<p>c</p></div>"), ["a", "b", "c"]);
}

#[test]
fn neighbours_are_not_glued() {
    assert_eq!(text("<p><b>Utenriks</b><b>Kystnytt</b></p>"), ["Utenriks Kystnytt"]);
    assert_eq!(text("<p>e<b>B</b>ay, re<b>open</b><i>ed</i></p>"), ["eBay, reopened"]);
    assert_eq!(
        text("<p>3 <frac><numer>1</numer><frac-sep/><denom>2</denom></frac> miles</p>"),
        ["3 1/2 miles"]
    );
}

#[test]
fn breaks_part_lines_unless_they_wrap_them() {
    assert_eq!(
        text("<p>Lunde 3<br/>Vik 1<br/>Nes 0</p>"),
        ["Lunde 3", "Vik 1", "Nes 0"]
    );
    assert_eq!(text("<p>One.<br/><br/>two</p>"), ["One.", "two"]);
    let wrapped = "<p>   LUNDE, Nov 26 KNY - The port of Lunde has announced the sale <br />of four ferries for 17 \
                   million kroner as the <br />town steps up savings.</p><p>   The sale to a company in the south of \
                   <br />Norway is expected in the first half of next year.</p>";
    assert_eq!(
        text(wrapped),
        [
            "LUNDE, Nov 26 KNY - The port of Lunde has announced the sale of four ferries for 17 million kroner as the town steps \
             up savings.",
            "The sale to a company in the south of Norway is expected in the first half of next year."
        ]
    );
}

#[test]
fn tables_are_a_row_a_line_and_lists_an_item() {
    assert_eq!(
        text(
            "<table><caption>Results</caption><tr><th>Club</th><th>Points</th></tr>\n<tr>\n<td><p>Lunde</p></td><td/><td>3<br/>4</td></tr>\
             <tr><td> </td><td/></tr></table>"
        ),
        ["Results", "Club | Points", "Lunde |  | 3 4"]
    );
    assert_eq!(
        text("<ul><li>one</li><li><p>two</p><p>more</p></li><li>three<ol><li>four</li></ol></li></ul>"),
        ["one", "two more", "three", "four"]
    );
}

#[test]
fn what_is_not_story_is_left_out() {
    assert_eq!(
        text(
            "<head><title>t</title></head><header><h1>H</h1></header><p>a</p><script>x</script><p hidden=\"\">b</p>\
             <section class=\"box np-nonpublic\"><p>Tel 030</p></section><p style=\"display: none\">c</p>\
             <media><media-caption>d</media-caption></media><p>e<img alt=\"f\"/></p>"
        ),
        ["a", "e"]
    );
}

#[test]
fn text_without_blocks_goes_by_its_lines() {
    assert_eq!(
        text("\n  The port reopened.\n\n  Ships <b>left</b>.\n"),
        ["The port reopened.", "Ships left."]
    );
    assert_eq!(
        text("<pre>The port.\nShips left.\n\nMore.</pre><p>x</p>"),
        ["The port.", "Ships left.", "More.", "x"]
    );
    assert_eq!(text(" "), Vec::<String>::new());
}

#[test]
fn hints_and_controls_are_dropped() {
    assert_eq!(text("<p>a&#173;b&#8203;c\u{7F}d</p>"), ["abcd"]);
}

#[test]
fn a_byline_and_the_closing_word_are_not_text() {
    use crate::story::Filing;

    let put = |paragraphs: &[&str], by: Option<&str>, dateline: Option<&str>| {
        let mut filing = Filing::default();
        filing.ninjs.by = by.map(str::to_owned);
        filing.dateline = dateline.map(str::to_owned);
        super::body_into(paragraphs.iter().map(|&line| line.to_owned()).collect(), &mut filing);
        (filing.ninjs.by.clone(), filing.ninjs.body().to_owned(), filing.dateline)
    };
    let (by, body, _) = put(
        &["(Adds quote)", "By Ann Moe", "The port reopened.", "ENDS"],
        Some("Staff"),
        None,
    );
    assert_eq!(
        (by.as_deref(), body.as_str()),
        (Some("By Ann Moe"), "(Adds quote)\nThe port reopened.")
    );
    let (by, body, _) = put(&["By the numbers", "One port."], None, None);
    assert_eq!((by, body.as_str()), (None, "By the numbers\nOne port."));
    // A dateline is told apart only where the text does not open with it.
    assert_eq!(put(&["LUNDE (KNY) - The port."], None, Some("Lunde")).2, None);
    assert_eq!(put(&["The port."], None, Some("Lunde")).2.as_deref(), Some("Lunde"));
}

#[test]
fn what_an_agency_closes_a_text_with_is_told_and_not_text() {
    use crate::story::{Filing, InfoSource};

    let put = |paragraphs: &[&str]| {
        let mut filing = Filing::default();
        filing.ninjs.info_sources.push(InfoSource {
            name: "Kyst".into(),
            ..InfoSource::default()
        });
        super::body_into(paragraphs.iter().map(|&line| line.to_owned()).collect(), &mut filing);
        (
            filing.ninjs.body().to_owned(),
            filing.credit_line,
            filing.ninjs.copyright_notice,
        )
    };
    for (closing, credit) in [
        ("AAP RTV ar", Some("AAP")),
        ("/ritzau/", Some("ritzau")),
        ("(KYST).", Some("KYST")),
        ("* * *", None),
        ("amo/hb/ts", None),
        ("ends", None),
    ] {
        let (body, told, _) = put(&["The port reopened.", closing]);
        assert_eq!(
            (body.as_str(), told.as_deref()),
            ("The port reopened.", credit),
            "{closing}"
        );
    }
    let (body, credit, notice) = put(&["The port reopened.", "AFP ph/ts", "(more)", "© Kyst"]);
    assert_eq!(body, "The port reopened.\nAFP ph/ts\n(more)");
    assert_eq!((credit, notice.as_deref()), (None, Some("© Kyst")));
    assert_eq!(put(&["The port.", "___", "Ships left."]).0, "The port.\nShips left.");
    assert_eq!(put(&["The port.", "(©Kyst)"]).2.as_deref(), Some("©Kyst"));
    assert_eq!(put(&["___"]).0, "___");
}

#[test]
fn markup_that_was_escaped_twice_is_read_once_more() {
    assert_eq!(
        text("<p>4 o&amp;#39;clock &amp;amp; later, AT&amp;T</p>"),
        ["4 o'clock & later, AT&T"]
    );
    assert_eq!(
        text("<p>a</p><p>&lt;div class=\"embed\"&gt;&lt;/div&gt;</p><p>5 &lt; 6</p>"),
        ["a", "5 < 6"]
    );
}

#[test]
fn wire_copy_in_one_paragraph_keeps_its_own() {
    let copy = "<p>(Adds detail)\n    By Ann Moe\n    LUNDE (KNY) - The port of Lunde was opened again on Monday by\nthe harbour \
                master, who had kept it shut for a week while the\nstorms lasted.\n    Ships left at once for the fishing grounds in \
                the north, where\nthe cod had come in.\n</p>";
    assert_eq!(text(copy).len(), 4);
    let table = "<p>Lunde      3   Vik   1\nNes        0   Haug  2\nStrand     1   Bergli 1\nDal   2   Lia   2</p>";
    assert_eq!(text(table)[1], "Nes 0 Haug 2");
}
