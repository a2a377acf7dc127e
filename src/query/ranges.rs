//! The ways to write a range, the same for dates and numbers: `x`, `>x`, `>=x`, `<x`, `<=x`, `a..b`, `[a TO b]`, `{a TO b}`.

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End<'t> {
    /// No end: `*`, or nothing.
    Open,
    /// The value itself is in.
    In(&'t str),
    /// The value itself is out.
    Out(&'t str),
}

/// A range as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range<'t> {
    /// One value.
    One(&'t str),
    /// From, to.
    Between(End<'t>, End<'t>),
}

/// Reads a range. Text that is not written as one is a single value.
pub(super) fn read(text: &str) -> Range<'_> {
    let text = text.trim();
    for (sign, is_from, is_in) in [
        (">=", true, true),
        ("≥", true, true),
        ("<=", false, true),
        ("≤", false, true),
        (">", true, false),
        ("<", false, false),
    ] {
        if let Some(value) = text.strip_prefix(sign) {
            let end = end(value, is_in);
            return if is_from {
                Range::Between(end, End::Open)
            } else {
                Range::Between(End::Open, end)
            };
        }
    }
    if let Some(inside) = text.strip_prefix(['[', '{']) {
        let to_is_in = !inside.ends_with('}');
        let inside = inside.strip_suffix([']', '}']).unwrap_or(inside);
        if let Some((from, to)) = split_to(inside) {
            return Range::Between(end(from, text.starts_with('[')), end(to, to_is_in));
        }
        return Range::One(text);
    }
    match text.split_once("..") {
        Some((from, to)) => Range::Between(end(from, true), end(to, true)),
        None => Range::One(text),
    }
}

/// Both sides of a `TO` that stands as a word, or of `..`.
fn split_to(inside: &str) -> Option<(&str, &str)> {
    for (at, _) in inside.match_indices(char::is_whitespace) {
        let (from, rest) = inside.split_at(at);
        let rest = rest.trim_start();
        if let Some((to, after)) = rest.split_at_checked(2)
            && to.eq_ignore_ascii_case("to")
            && (after.is_empty() || after.starts_with(char::is_whitespace))
        {
            return Some((from, after));
        }
    }
    inside.split_once("..")
}

fn end(value: &str, is_in: bool) -> End<'_> {
    match value.trim() {
        "" | "*" => End::Open,
        value if is_in => End::In(value),
        value => End::Out(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_range() {
        assert_eq!(read("5"), Range::One("5"));
        assert_eq!(read(">5"), Range::Between(End::Out("5"), End::Open));
        assert_eq!(read("<= 5"), Range::Between(End::Open, End::In("5")));
        assert_eq!(read("[a TO b}"), Range::Between(End::In("a"), End::Out("b")));
        assert_eq!(read("{* to b]"), Range::Between(End::Open, End::In("b")));
        assert_eq!(read("a..b"), Range::Between(End::In("a"), End::In("b")));
        assert_eq!(read("[a..b]"), Range::Between(End::In("a"), End::In("b")));
        assert_eq!(read("..b"), Range::Between(End::Open, End::In("b")));
        assert_eq!(read("[tomato]"), Range::One("[tomato]"));
    }
}
