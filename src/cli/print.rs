//! What a terminal shows: colours only where someone looks, and only where `NO_COLOR` is not set.

use std::io::{self, IsTerminal, Write};

use crate::search::{Change, DiffSpan, FacetCounts, Highlight};
use crate::story::{Span, Take, TakeKind};

/// Prints the error and its causes.
pub(super) fn error(error: &anyhow::Error) {
    let mut text = format!("dateline: {error}");
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    eprintln!("{text}");
}

/// Prints a value as JSON with a newline.
pub(super) fn json<T: serde::Serialize>(value: &T) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// How text stands out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    coloured: bool,
}

impl Style {
    /// The style of standard output.
    #[allow(clippy::disallowed_methods)] // this is the command line: the one reader of the environment
    pub(super) fn of_stdout() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self {
            coloured: wanted && io::stdout().is_terminal(),
        }
    }

    fn wrap(self, text: &str, code: &str) -> String {
        if self.coloured {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// A headline.
    pub(super) fn strong(self, text: &str) -> String {
        self.wrap(&printable(text), "1")
    }

    /// What is beside the point.
    pub(super) fn faint(self, text: &str) -> String {
        self.wrap(&printable(text), "2")
    }

    /// A passage with its matches.
    pub(super) fn marked(self, text: &str, spans: &[Span]) -> String {
        let mut out = String::new();
        let mut at = 0;
        for span in spans {
            if let (Some(before), Some(matched)) = (text.get(at..span.start), text.get(span.start..span.end)) {
                out.push_str(&printable(before));
                out.push_str(&self.wrap(&printable(matched), "1;33"));
                at = span.end;
            }
        }
        out.push_str(&printable(text.get(at..).unwrap_or_default()));
        out
    }

    /// What a filing says of itself, a space behind it; a correction stands out.
    pub(super) fn badge(self, take: Option<&Take>) -> String {
        match take {
            Some(take) if take.kind == TakeKind::Correction || take.kind.hides() => {
                self.wrap(&printable(&take.label), "1;7") + " "
            }
            Some(take) if !take.label.is_empty() => self.strong(&take.label) + " ",
            _ => String::new(),
        }
    }

    /// A stretch of a text that was changed: in colour, else `[-removed-]` and `{+added+}`.
    pub(super) fn changed(self, span: &DiffSpan) -> String {
        let text = printable(span.text.trim_end_matches('\n'));
        match span.change {
            _ if text.is_empty() => text,
            Change::Removed if self.coloured => self.wrap(&text, "9;31"),
            Change::Removed => format!("[-{text}-]"),
            Change::Added if self.coloured => self.wrap(&text, "32"),
            Change::Added => format!("{{+{text}+}}"),
            Change::Kept | Change::Changed => text,
        }
    }

    /// The passages of a hit, a line each.
    pub(super) fn highlights(self, highlights: &[Highlight]) -> Vec<String> {
        let passages = highlights.iter().filter(|highlight| highlight.field != "headline");
        passages
            .map(|passage| self.marked(passage.text.trim(), &passage.spans))
            .collect()
    }
}

/// The text on one line, without control bytes: a story must not steer the terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A number with thin groups: 54 312.
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// The word with its number, in the singular when there is one.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// The values of a facet with their counts, a line each.
pub(super) fn facet(out: &mut impl Write, style: Style, name: &str, counts: &FacetCounts) -> io::Result<()> {
    writeln!(
        out,
        "{}  {}",
        style.strong(name),
        style.faint(&counted(counts.distinct, "value", "values"))
    )?;
    for value in &counts.values {
        let chosen = if value.selected { "*" } else { " " };
        let code = if value.value == value.label {
            String::new()
        } else {
            style.faint(&format!("  {}", value.value))
        };
        writeln!(
            out,
            "{chosen}{:>9}  {}{code}",
            number(value.count),
            printable(&value.label)
        )?;
    }
    if counts.other > 0 {
        writeln!(
            out,
            " {:>9}  {}",
            number(counts.other),
            style.faint("with other values")
        )?;
    }
    if counts.missing > 0 {
        writeln!(out, " {:>9}  {}", number(counts.missing), style.faint("without any"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_stand_out_and_control_bytes_do_not_get_through() {
        let style = Style { coloured: true };
        let text = "harga \u{1b}[31mnaik";
        let out = style.marked(text, &[Span { start: 0, end: 5 }]);
        assert_eq!(out, "\u{1b}[1;33mharga\u{1b}[0m  [31mnaik");
    }

    #[test]
    fn a_change_has_marks_where_it_has_no_colours() {
        let mut span = DiffSpan {
            change: Change::Removed,
            text: "tiga kapal\n".into(),
        };
        let (plain, coloured) = (Style { coloured: false }, Style { coloured: true });
        assert_eq!(plain.changed(&span), "[-tiga kapal-]");
        assert_eq!(coloured.changed(&span), "\u{1b}[9;31mtiga kapal\u{1b}[0m");
        span.change = Change::Added;
        assert_eq!(plain.changed(&span), "{+tiga kapal+}");
        span.text = "\n".into();
        assert_eq!(plain.changed(&span), "");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(0), "0");
        assert_eq!(number(54_312), "54 312");
        assert_eq!(counted(1, "story", "stories"), "1 story");
    }
}
