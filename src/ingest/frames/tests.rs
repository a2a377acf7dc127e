use super::*;

fn cut(text: &str, framing: Framing) -> Vec<(u64, Result<String, String>)> {
    let mut frames = Vec::new();
    // A buffer of seven bytes: every boundary is met somewhere.
    let mut input = io::BufReader::with_capacity(7, text.as_bytes());
    items_of(&mut input, framing, &Bounds::default(), &mut |frame| {
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

/// What comes of a text when an item may have 100 bytes.
fn cut_at_100(text: &[u8], framing: Framing) -> Vec<Frame> {
    let bounds = Bounds {
        item: 100,
        ..Bounds::default()
    };
    let mut found = Vec::new();
    items_of(&mut io::Cursor::new(text), framing, &bounds, &mut |frame| {
        found.push(frame);
        true
    })
    .unwrap();
    found
}

#[track_caller]
fn is_over(frame: &Frame, at: u64, figure: &str) {
    assert!(
        matches!(frame, Frame::Bad { offset, reason } if *offset == at && reason.contains(figure)
            && reason.contains("100 bytes") && reason.contains("--max-item")),
        "{frame:?}"
    );
}

#[test]
fn a_line_over_the_bound_is_named_with_its_size_and_the_next_is_read() {
    let text = format!("{}\nnext\n", "x".repeat(5_000));
    let found = cut_at_100(text.as_bytes(), Framing::Lines);
    is_over(&found[0], 0, "5001");
    assert!(matches!(&found[1], Frame::Item { bytes, .. } if bytes == b"next\n"));
}

#[test]
fn an_element_over_the_bound_is_named_with_its_size_and_the_next_is_read() {
    let text = format!("[{{\"t\":\"{}\"}},{{\"u\":1}}]", "[".repeat(5_000));
    let found = cut_at_100(text.as_bytes(), Framing::JsonArray);
    is_over(&found[0], 1, "5008");
    assert!(matches!(&found[1], Frame::Item { bytes, .. } if bytes == b"{\"u\":1}"));
}

#[test]
fn a_whole_file_over_the_bound_is_named_with_its_size() {
    is_over(&cut_at_100(&[b'x'; 5_000], Framing::Whole)[0], 0, "5000");
}

#[test]
fn many_items_on_one_line_longer_than_an_item_may_be_all_come() {
    let text = "<R>story</R>".repeat(50);
    let found = cut_at_100(text.as_bytes(), Framing::Element("R"));
    assert_eq!(found.len(), 50);
    for (at, frame) in found.iter().enumerate() {
        assert!(
            matches!(frame, Frame::Item { offset, bytes } if *offset == at as u64 * 12 && bytes == b"<R>story</R>")
        );
    }
    let text = format!("<R>{}</R><R>next</R>", "x".repeat(5_000));
    let found = cut_at_100(text.as_bytes(), Framing::Element("R"));
    assert!(
        matches!(found.last(), Some(Frame::Item { bytes, .. }) if bytes == b"<R>next</R>"),
        "{found:?}"
    );
}

#[test]
fn what_was_cut_before_reading_fails_is_given_and_the_error_names_the_byte() {
    /// Fails after its text.
    struct Failing<'t>(&'t [u8]);
    impl io::Read for Failing<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::other("the disk is gone")),
                bytes => Ok(bytes),
            }
        }
    }
    let mut given = 0;
    let mut input = io::BufReader::with_capacity(5, Failing(b"{\"a\":1}\n{\"b\":2}\n{\"c\":"));
    let error = items_of(&mut input, Framing::Lines, &Bounds::default(), &mut |_| {
        given += 1;
        true
    });
    let error = error.unwrap_err().to_string();
    assert_eq!(given, 2);
    assert!(
        error.contains("byte 21") && error.contains("the disk is gone"),
        "{error}"
    );
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
    items_of(
        &mut io::Cursor::new(text),
        Framing::Records,
        &Bounds::default(),
        &mut |frame| {
            rows.push(frame);
            true
        },
    )
    .unwrap();
    assert_eq!(rows.len(), 3, "{rows:?}");
}

#[test]
fn a_table_of_other_things_is_one_item() {
    let text = "name,phone,desk\nAnn,1,a\nBo,2,b\n";
    assert_eq!(cut(text, Framing::Records), [(0, Ok(text.into()))]);
    assert_eq!(cut("title,body\n", Framing::Records), [(0, Ok("title,body\n".into()))]);
}
