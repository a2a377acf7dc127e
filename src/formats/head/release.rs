//! The head of a release as distributors of releases send it: "Source: …", "MEDIA RELEASE PR67254", the headline on a line or two,
//! a blank line, then a text that opens "LUNDE, Feb. 1, 2017 /Newswire/ --".

use super::{Head, Key};
use crate::formats::dates::{self, Order};
use crate::formats::paragraphs::one_line;

/// A headline is a few lines at most.
const MAX_HEADLINE_LINES: usize = 4;

/// Cuts the head off a release; `None` where the text is none.
pub(super) fn cut(text: &str) -> Option<(Head, &str)> {
    let mut lines = text.trim_start().split_inclusive('\n');
    let source = lines.next()?.strip_prefix("Source:")?;
    let number = one_line(lines.next()?);
    if !["MEDIA RELEASE", "PRESS RELEASE", "NEWS RELEASE"]
        .iter()
        .any(|word| number.starts_with(word))
    {
        return None;
    }
    let mut taken = text.len() - text.trim_start().len()
        + text
            .trim_start()
            .split_inclusive('\n')
            .take(2)
            .map(str::len)
            .sum::<usize>();
    let mut headline = String::new();
    for (nth, line) in lines.enumerate() {
        if line.trim().is_empty() {
            break;
        }
        if nth == MAX_HEADLINE_LINES {
            return None;
        }
        headline.push_str(line);
        taken += line.len();
    }
    let rest = text.get(taken..)?;
    let mut head = Head::default();
    let mut add = |key, value: String| {
        if !value.is_empty() {
            head.lines.push((key, value));
        }
    };
    add(Key::Source, one_line(source));
    add(Key::EdNote, number);
    add(Key::Headline, one_line(&headline));
    let opening = rest.trim_start().lines().next().unwrap_or_default();
    if let Some((dateline, after)) = opening.split_once('/')
        && let Some((credit, _)) = after.split_once('/')
        && dates::read(dateline, Order::MonthFirst).is_some()
    {
        add(Key::Date, one_line(dateline).trim_end_matches(',').to_owned());
        add(Key::Credit, one_line(credit));
    }
    Some((head, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_has_a_head() {
        let text = "Source: Port of Lunde\r\nMEDIA RELEASE PR171\r\nPort of Lunde Reopens \r\nAfter Storm\r\n\r\nLUNDE, Feb. 1, 2017 /Newswire/ --\r\n\r\nThe port reopened.\r\n";
        let (head, rest) = cut(text).unwrap();
        assert_eq!(head.get(Key::Headline), Some("Port of Lunde Reopens After Storm"));
        assert_eq!(
            (head.get(Key::Source), head.get(Key::Credit)),
            (Some("Port of Lunde"), Some("Newswire"))
        );
        assert_eq!(head.get(Key::Date), Some("LUNDE, Feb. 1, 2017"));
        assert!(rest.trim_start().starts_with("LUNDE, Feb. 1"));
        assert_eq!(cut("Source: officials\nThe port reopened."), None);
    }
}
