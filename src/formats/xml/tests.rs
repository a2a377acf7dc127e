use super::*;
use crate::formats::{Bounds, Refused};

fn tree(text: &str) -> Element {
    read(text.as_bytes(), &Bounds::default()).unwrap().root
}

fn refused(text: &str) -> Refused {
    read(text.as_bytes(), &Bounds::default()).unwrap_err()
}

#[test]
fn names_are_local_and_references_are_read() {
    let root = tree(
        "<?xml version=\"1.0\"?><!-- x --><n:a xml:lang='id' q=\"R&amp;D &eacute;\"><b>1 &lt; 2&nbsp;&#8217;<i>x</i></b><![CDATA[<c>]]> AT&T</n:a>",
    );
    assert_eq!(root.name, "a");
    assert_eq!(root.attribute("lang"), Some("id"));
    assert_eq!(root.attribute("q"), Some("R&D é"));
    assert_eq!(root.at(&["b"]).and_then(Element::text).as_deref(), Some("1 < 2 ’x"));
    assert_eq!(root.text().as_deref(), Some("1 < 2 ’x <c> AT&T"));
}

#[test]
fn the_declared_encoding_counts() {
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>caf\xE9</a>";
    assert_eq!(
        read(latin, &Bounds::default()).unwrap().root.text().as_deref(),
        Some("café")
    );
    let koi = b"<?xml version='1.0' encoding='koi8-r'?><a>\xED\xC9\xD2</a>";
    assert_eq!(
        read(koi, &Bounds::default()).unwrap().root.text().as_deref(),
        Some("Мир")
    );
    // What says that it is one thing and is another: UTF-8 that holds is believed.
    let utf8 = "<?xml version='1.0' encoding='iso-8859-1'?><a>Курск</a>".as_bytes();
    assert_eq!(
        read(utf8, &Bounds::default()).unwrap().root.text().as_deref(),
        Some("Курск")
    );
}

#[test]
fn what_is_cut_off_or_broken_names_its_byte() {
    let cut = refused("<a><b>text");
    assert!(
        cut.reason.contains("<b>") && cut.reason.contains("being written"),
        "{}",
        cut.reason
    );
    let crossed = refused("<a><b>text</a></b>");
    assert!(crossed.reason.contains("byte 10"), "{}", crossed.reason);
}

#[test]
fn bounds_are_named_with_their_figure() {
    let deep = "<a>".repeat(200);
    assert!(refused(&deep).reason.contains("128 levels"));
    let wide = format!("<a {}/>", "x='1' ".repeat(600));
    assert!(refused(&wide).reason.contains("512 attributes"));
    let mut bomb = "<!DOCTYPE a [<!ENTITY l0 \"lollollol\">".to_owned();
    for level in 1..7 {
        let inner = format!("&l{};", level - 1).repeat(20);
        bomb = format!("{bomb}<!ENTITY l{level} \"{inner}\">");
    }
    bomb.push_str("]><a>&l6;</a>");
    assert!(refused(&bomb).reason.contains("65536 bytes"));
    let circle = "<!DOCTYPE a [<!ENTITY x \"&y;\"><!ENTITY y \"&x;\">]><a>&x;</a>";
    assert!(refused(circle).reason.contains("more than 8 others"));
}

#[test]
fn a_place_is_the_items_whatever_its_encoding() {
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE9t\xE9<b/></a>";
    let root = read(latin, &Bounds::default()).unwrap().root;
    assert_eq!(root.child("b").unwrap().offset, latin.len() - 8);
    let cut = &latin[..latin.len() - 4];
    assert_eq!(read(cut, &Bounds::default()).unwrap_err().offset, cut.len());
    let marked = read("\u{FEFF}<a><b/></a>".as_bytes(), &Bounds::default()).unwrap();
    assert_eq!(marked.root.child("b").unwrap().offset, 6);
}
