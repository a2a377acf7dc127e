//! Streams cut in small pieces.

use super::*;

fn cut(text: &str, framing: Framing) -> Vec<(u64, Result<String, String>)> {
    let mut frames = Vec::new();
    // A buffer of seven bytes: every boundary is met somewhere.
    let mut input = io::BufReader::with_capacity(7, text.as_bytes());
    items_of(&mut input, framing, &mut |frame| {
        frames.push(match frame {
            Frame::Item { offset, bytes } => (offset, Ok(String::from_utf8(bytes).unwrap())),
            Frame::Bad { offset, reason } => (offset, Err(reason)),
        });
        true
    })
    .unwrap();
    frames
}

#[test]
fn lines_keep_their_byte_and_blank_ones_are_none() {
    let found = cut("{\"a\":1}\n\n  \n{\"b\":2}", Framing::Lines);
    assert_eq!(found, [(0, Ok("{\"a\":1}\n".into())), (12, Ok("{\"b\":2}".into()))]);
}

#[test]
fn array_elements_respect_strings_and_escapes() {
    let text = "[ {\"t\":\"a ] , \\\" }\"}, {\"u\":[1,2]} ]\n";
    let found = cut(text, Framing::JsonArray);
    assert_eq!(
        found,
        [
            (2, Ok("{\"t\":\"a ] , \\\" }\"}".into())),
            (22, Ok("{\"u\":[1,2]} ".into()))
        ]
    );
}

#[test]
fn an_array_cut_short_gives_its_whole_elements_and_one_complaint() {
    let found = cut("[{\"a\":1},{\"b\":\"hal", Framing::JsonArray);
    assert_eq!(found[0], (1, Ok("{\"a\":1}".into())));
    assert!(found[1].1.as_ref().unwrap_err().contains("still be being written"));
    assert_eq!(found.len(), 2);
}

#[test]
fn elements_are_cut_by_their_tags_also_on_one_line() {
    let text = "<!DOCTYPE x>\n<R a=\"1\">\none\n</R>\n<R>two</R><R>three</R> tail\n<R>cut";
    let found = cut(text, Framing::Element("R"));
    let texts: Vec<_> = found
        .iter()
        .map(|(_, item)| item.clone().unwrap_or_else(|e| e))
        .collect();
    assert_eq!(texts[..3], ["<R a=\"1\">\none\n</R>", "<R>two</R>", "<R>three</R>"]);
    for (offset, item) in &found[..3] {
        assert!(text[*offset as usize..].starts_with(item.as_ref().unwrap().as_str()));
    }
    assert!(texts[3].contains("</R>"));
}

#[test]
fn records_of_a_table_carry_its_head_and_keep_their_byte() {
    let text = "title,body\nPort,\"One.\n\nTwo \"\"x\"\".\"\n,\n\nQuay,Shut.";
    let found = cut(text, Framing::Records);
    let rows = ["Port,\"One.\n\nTwo \"\"x\"\".\"\n", "Quay,Shut."];
    assert_eq!(found.len(), rows.len(), "{found:?}");
    for ((offset, item), row) in found.iter().zip(rows) {
        assert_eq!(item.as_deref(), Ok(["title,body\n", row].concat().as_str()));
        assert_eq!(*offset as usize + "title,body\n".len(), text.find(row).unwrap());
    }
}

#[test]
fn quotes_that_enclose_nothing_swallow_no_rows() {
    let text = "title\tbody\nPort\t\"Go\nQuay\tShut\nPier\tBuilt\n";
    let mut rows = Vec::new();
    items_of(&mut io::Cursor::new(text), Framing::Records, &mut |frame| {
        rows.push(frame);
        true
    })
    .unwrap();
    assert_eq!(rows.len(), 3, "{rows:?}");
}

#[test]
fn a_table_of_other_things_is_one_item() {
    let text = "name,phone,desk\nAnn,1,a\nBo,2,b\n";
    assert_eq!(cut(text, Framing::Records), [(0, Ok(text.into()))]);
    assert_eq!(cut("title,body\n", Framing::Records), [(0, Ok("title,body\n".into()))]);
}

#[test]
fn a_line_over_the_bound_is_named_with_its_size_and_the_next_is_read() {
    let mut text = vec![b'x'; MAX_ITEM_BYTES + 10];
    text.extend_from_slice(b"\nnext\n");
    let mut found = Vec::new();
    items_of(&mut io::Cursor::new(text), Framing::Lines, &mut |frame| {
        found.push(frame);
        true
    })
    .unwrap();
    assert!(
        matches!(&found[0], Frame::Bad { offset: 0, reason } if reason.contains(&(MAX_ITEM_BYTES + 11).to_string()))
    );
    assert!(matches!(&found[1], Frame::Item { bytes, .. } if bytes == b"next\n"));
}
