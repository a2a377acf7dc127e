//! JSON text → values: where it breaks, and the slips of careless writers that can be read all the same.

use serde_json::Value;

use super::Refused;

/// The depth at which `serde_json` stops, so that no input can exhaust the stack: a bound above it does nothing. Wire items nest about
/// ten deep.
const MAX_DEPTH: usize = 127;

/// The values in a text, one after the other, and what had to be mended to read them.
#[derive(Debug)]
pub(super) struct Values {
    /// Each value, or why the rest could not be read.
    pub(super) values: Vec<Result<Value, Refused>>,
    /// What was mended.
    pub(super) mended: Option<&'static str>,
}

/// Reads all values of a text that nests no deeper than `depth`.
pub(super) fn values(text: &str, depth: usize) -> Values {
    let depth = depth.min(MAX_DEPTH);
    if let Some(refused) = over_depth(text, depth) {
        return Values {
            values: vec![Err(refused)],
            mended: None,
        };
    }
    let values = read(text);
    if values.iter().all(Result::is_ok) {
        return Values { values, mended: None };
    }
    let better = mend(text).map(|mended| read(&mended));
    match better {
        Some(better) if better.iter().all(Result::is_ok) => Values {
            values: better,
            mended: Some("the JSON had bare control bytes, halves of letters or NaN in it: mended"),
        },
        _ => Values { values, mended: None },
    }
}

/// The bytes of the opening braces outside of strings, in order.
pub(super) fn object_offsets(text: &str) -> Vec<usize> {
    brackets(text)
        .filter(|(_, byte)| *byte == b'{')
        .map(|(at, _)| at)
        .collect()
}

/// The brackets and braces outside of strings.
pub(super) fn brackets(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let (mut in_string, mut escaped) = (false, false);
    text.bytes().enumerate().filter(move |(_, byte)| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' | b'}' | b']' => return !in_string,
            _ => {}
        }
        false
    })
}

/// The refusal of a text that nests too deep: where it passes the bound, and how deep it goes.
fn over_depth(text: &str, bound: usize) -> Option<Refused> {
    let (mut depth, mut deepest, mut passed) = (0_usize, 0, None);
    for (at, byte) in brackets(text) {
        if matches!(byte, b'{' | b'[') {
            depth += 1;
            deepest = deepest.max(depth);
            if depth > bound && passed.is_none() {
                passed = Some(at);
            }
        } else {
            depth = depth.saturating_sub(1);
        }
    }
    passed.map(|at| {
        let remedy = if bound < MAX_DEPTH { "or raise --max-depth" } else { "which no --max-depth raises" };
        Refused::rejected(
            format!("JSON nested deeper than {bound} levels at byte {at}, {deepest} in all: no story is, leave it out, {remedy}"),
            at,
        )
    })
}

fn read(text: &str) -> Vec<Result<Value, Refused>> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let mut values = Vec::new();
    loop {
        match stream.next() {
            None => return values,
            Some(Ok(value)) => values.push(Ok(value)),
            Some(Err(error)) => {
                values.push(Err(malformed(text, &error)));
                return values;
            }
        }
    }
}

fn malformed(text: &str, error: &serde_json::Error) -> Refused {
    if error.is_eof() {
        let reason = format!(
            "the item ends inside {} at byte {}: the file may still be being written, or was cut off",
            open_at_end(text),
            text.len()
        );
        let offset = text.len();
        return Refused::rejected(reason, offset);
    }
    let offset = byte_of(text, error.line(), error.column());
    let told = error.to_string();
    let what = told.split(" at line ").next().unwrap_or_default();
    Refused::rejected(format!("not JSON at byte {offset}: {what}"), offset)
}

/// The byte of a line and column, both counted from 1, columns in bytes.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (start + column.saturating_sub(1)).min(text.len())
}

/// What is still open at the end of a text that was cut off.
fn open_at_end(text: &str) -> &'static str {
    let mut open = Vec::new();
    for (_, byte) in brackets(text) {
        if matches!(byte, b'{' | b'[') {
            open.push(byte);
        } else {
            open.pop();
        }
    }
    let in_string = ends_in_string(text);
    match open.last() {
        _ if in_string => "a text",
        Some(b'[') => "an array",
        _ => "an object",
    }
}

fn ends_in_string(text: &str) -> bool {
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ => {}
        }
    }
    in_string
}

/// The text with bare control bytes in strings escaped, halves of surrogate pairs replaced, and `NaN` and `Infinity` made
/// null; `None` where there is none of these.
fn mend(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut in_string, mut rest, mut changed) = (false, text, false);
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '"' => {
                in_string = !in_string;
                c.len_utf8()
            }
            '\\' if in_string => {
                let (taken, mended) = escape(rest);
                out.push_str(mended.unwrap_or(&rest[..taken]));
                changed |= mended.is_some();
                rest = &rest[taken..];
                continue;
            }
            '\0'..='\u{1F}' if in_string => {
                changed = true;
                out.push_str(match c {
                    '\n' => "\\n",
                    '\t' => "\\t",
                    _ => " ",
                });
                rest = &rest[1..];
                continue;
            }
            'N' | 'I' | '-' if !in_string => {
                if let Some(word) = ["NaN", "Infinity", "-Infinity"]
                    .into_iter()
                    .find(|word| rest.starts_with(word))
                {
                    changed = true;
                    out.push_str("null");
                    rest = &rest[word.len()..];
                    continue;
                }
                1
            }
            _ => c.len_utf8(),
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    changed.then_some(out)
}

/// The length of the escape that `rest` opens with, and what to write in its place where it is half of a pair.
fn escape(rest: &str) -> (usize, Option<&'static str>) {
    let unit = |at: usize| {
        rest.get(at..at + 6)?
            .strip_prefix("\\u")
            .and_then(|hex| u16::from_str_radix(hex, 16).ok())
    };
    match (unit(0), unit(6)) {
        (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, None),
        (Some(0xD800..=0xDFFF), _) => (6, Some("\\ufffd")),
        (Some(_), _) => (6, None),
        _ => (1 + rest[1..].chars().next().map_or(0, char::len_utf8), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> Refused {
        values(text, 128).values.pop().unwrap().unwrap_err()
    }

    #[test]
    fn several_values_come_out_in_order() {
        let read = values("{\"a\":1}\n\n{\"a\":2}", 128);
        assert_eq!(read.values.len(), 2);
        assert!(read.mended.is_none());
    }

    #[test]
    fn a_cut_text_tells_where_and_inside_what() {
        let cut = error("{\"title\":\"Port reop");
        assert_eq!(cut.offset, 19);
        assert!(cut.reason.contains("inside a text"), "{}", cut.reason);
        assert!(cut.reason.contains("being written"), "{}", cut.reason);
        assert!(error("{\"tags\":[1,").reason.contains("inside an array"));
        assert!(error("{\"tags\":[1]").reason.contains("inside an object"));
    }

    #[test]
    fn a_slip_tells_its_byte() {
        let slip = error("{\"a\":1,\n \"b\" 2}");
        assert_eq!(slip.offset, 13);
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = error(&"[".repeat(100_000));
        assert!(deep.reason.contains("nested deeper"), "{}", deep.reason);
        let over = values("{\"a\":\"[[[[\",\"b\":[[[]]]}", 3)
            .values
            .pop()
            .unwrap()
            .unwrap_err();
        assert_eq!(over.offset, 18);
        assert!(
            over.reason.contains("deeper than 3 levels") && over.reason.contains("4 in all"),
            "{}",
            over.reason
        );
        assert!(over.reason.contains("raise --max-depth"), "{}", over.reason);
    }

    #[test]
    fn careless_writers_are_read() {
        let read = values(
            "{\"a\":NaN,\"b\":\"x\ny \\ud83d z \\\\u \\ud83d\\ude00\",\"c\":-Infinity}",
            128,
        );
        assert!(read.mended.is_some());
        let value = read.values.into_iter().next().unwrap().unwrap();
        assert_eq!(value["a"], Value::Null);
        assert_eq!(value["b"], "x\ny \u{FFFD} z \\u 😀");
    }
}
