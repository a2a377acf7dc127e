//! The text of an ANPA transmission: lines that open with `^` and end with `<` or `=`, paragraphs indented, tables of cells.

use crate::formats::paragraphs::one_line;

/// A headline has so many letters at most; a longer line before the text is a summary.
const MAX_HEADLINE_CHARS: usize = 120;

/// What a text holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) slug: String,
    pub(super) headline: String,
    pub(super) byline: Option<String>,
    pub(super) notes: Vec<String>,
    pub(super) paragraphs: Vec<String>,
}

/// Reads what stands between STX and ETX.
pub(super) fn read(text: &str) -> Text {
    let mut out = Text::default();
    let mut head = Head::Slug;
    let mut open = false;
    for line in text.lines() {
        let line = line.trim_end_matches(['\r', ' ']);
        let table = line.starts_with('\u{8}');
        let set = !table && line.trim_start_matches([' ', '\u{C}']).starts_with('^');
        let indented = line.starts_with(['\t', ' ']) && !line.trim().is_empty();
        let value = if table { row(line) } else { clean(line) };
        if value.is_empty() {
            open = false;
            continue;
        }
        if set && head != Head::Text {
            head = out.set_line(head, value);
            open = false;
        } else if !set && !indented && open && !table {
            // A line without indent goes on with the paragraph before.
            if let Some(last) = out.paragraphs.last_mut() {
                last.push(' ');
                last.push_str(&value);
            }
        } else {
            if indented || table {
                head = Head::Text;
            }
            out.add(value);
            open = !set && !table && !line.trim_end().ends_with(['<', '=']);
        }
    }
    out.drop_repeated_summary();
    out
}

/// Which line is expected next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    /// The keyword line.
    Slug,
    /// The headline, notes, the byline.
    Lines,
    /// The second line of a byline: the author's agency or office.
    Office,
    /// Nothing more: the text.
    Text,
}

impl Text {
    /// Takes a line that opens with `^` before the text.
    fn set_line(&mut self, head: Head, value: String) -> Head {
        let lower = value.to_lowercase();
        let is_slug = head == Head::Slug && (value.contains('-') || value.contains(','));
        if is_slug {
            self.slug = value;
            return Head::Lines;
        }
        if [
            "eds:",
            "(eds:",
            "editors:",
            "eds,",
            "editor's note",
            "editors' note",
            "ap photo",
            "advisory:",
        ]
        .iter()
        .any(|word| lower.starts_with(word))
        {
            self.notes.push(value.trim_matches(['(', ')']).to_owned());
            return Head::Lines;
        }
        if lower.starts_with("by ") && self.byline.is_none() && value.chars().count() <= MAX_HEADLINE_CHARS {
            self.byline = Some(value);
            return Head::Office;
        }
        let office = ["press", "writer", "ap ", "editor", "correspondent", "columnist"];
        if head == Head::Office && value.chars().count() < 60 && office.iter().any(|word| lower.contains(word)) {
            return Head::Text;
        }
        let short = value.chars().count() <= MAX_HEADLINE_CHARS;
        if self.headline.is_empty() && self.paragraphs.is_empty() && short {
            self.headline = value;
        } else {
            self.add(value);
        }
        if head == Head::Office { Head::Text } else { Head::Lines }
    }

    fn add(&mut self, value: String) {
        if !value.chars().all(|c| c == '_' || c == '—' || c == ' ') && value != "END" {
            self.paragraphs.push(value);
        }
    }

    /// A summary before the text often is its first sentence.
    fn drop_repeated_summary(&mut self) {
        if let [summary, first, ..] = &self.paragraphs[..]
            && summary.chars().count() > MAX_HEADLINE_CHARS
        {
            let start: String = summary.chars().take(60).collect();
            if first.contains(&start) {
                self.paragraphs.remove(0);
            }
        }
    }
}

/// A line without its codes: `^` before, `<` or `=` behind, marks for quotation and the dash.
fn clean(line: &str) -> String {
    let bare = line.trim();
    let bare = bare
        .trim_start_matches(['^', '\u{C}'])
        .trim_end_matches(['<', '=', '\u{C}']);
    let cells = bare.contains(';') && bare.matches(';').count() >= 3 && !bare.contains("; ");
    if cells { row(bare) } else { one_line(&marks(bare)) }
}

/// A row of a table: cells between semicolons or unit separators.
fn row(line: &str) -> String {
    let bare = line
        .trim_start_matches(['\u{8}', '^'])
        .trim()
        .trim_end_matches(['<', '=']);
    let separators = |c: char| matches!(c, ';' | '\u{1E}' | '\u{1F}');
    let cells: Vec<String> = bare
        .split(separators)
        .map(|cell| one_line(&marks(cell)))
        .map(|cell| cell.trim_start_matches('^').to_owned())
        .filter(|cell| !cell.is_empty())
        .collect();
    cells.join(" | ")
}

/// The wire's marks as print has them: two backquotes and two apostrophes, ` _ ` for a dash, `{` for a half.
fn marks(text: &str) -> String {
    let mut out = text
        .replace("``", "“")
        .replace("''", "”")
        .replace(" _ ", " — ")
        .replace("(AP) _", "(AP) —");
    if out.contains('{') {
        let halves = out.replace('{', "½");
        out = halves;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_and_text_are_told_apart() {
        let read = read(
            "^BC-Harbour, 1st Ld,127<\r\n^Port reopens after storm<\r\n^AP Photo LU101<\r\n^Eds: Adds quote.<\r\n^By ANN MOE=\r\n^Associated Press=\r\n\t   LUNDE (KN) _ The port reopened, ``at last,'' she said. \r\n\t   ___= \r\n^NOTES=\r\n\t   Ships left.< \r\n",
        );
        assert_eq!(
            (read.slug.as_str(), read.headline.as_str()),
            ("BC-Harbour, 1st Ld,127", "Port reopens after storm")
        );
        assert_eq!(read.byline.as_deref(), Some("By ANN MOE"));
        assert_eq!(read.notes, ["AP Photo LU101", "Eds: Adds quote."]);
        assert_eq!(
            read.paragraphs,
            [
                "LUNDE (KN) — The port reopened, “at last,” she said.",
                "NOTES",
                "Ships left."
            ]
        );
    }

    #[test]
    fn tables_keep_their_rows() {
        let read = read(
            "^BC-Table<\r\n^League=\r\n^By The Associated Press=\r\n^EAST=\r\n\u{8}^;W;L;Pct;GB\u{10} \r\n\u{8}Lunde;23;13;.639;2{\u{10} \r\n\u{8}Port\u{10} Vik\u{1F}\u{1E} 7\u{1E} \u{1E} 3\r\n\t   ;MIN;MAX;COND<\r\n",
        );
        assert_eq!(
            read.paragraphs,
            [
                "EAST",
                "W | L | Pct | GB",
                "Lunde | 23 | 13 | .639 | 2½",
                "Port Vik | 7 | 3",
                "MIN | MAX | COND"
            ]
        );
    }
}
