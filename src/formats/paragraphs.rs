//! Lines → paragraphs: hard-wrapped copy is joined, a paragraph a line stays so, tables keep their rows.

/// Wire copy and mail are wrapped at 60 to 80 columns; longer lines are whole paragraphs.
const MAX_WRAP_COLUMNS: usize = 100;

/// A wrapped line is filled to two thirds at least: the next word had no room.
const fn is_filled(columns: usize, width: usize) -> bool {
    columns * 3 >= width * 2
}

/// The paragraphs of a text, each on one line, white space inside collapsed.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = lines(text).collect();
    join(&lines, wrap_width(&lines))
}

/// The paragraphs of copy that is known to be wrapped: an indented line begins one.
pub(super) fn wrapped_paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = lines(text).collect();
    let width = lines.iter().map(|line| columns(line)).max().unwrap_or(0);
    join(&lines, Some(width.max(1)))
}

/// The lines of a text, whatever ends them, without trailing white space.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let marks = ['\r', '\u{0B}', '\u{0C}', '\u{85}', '\u{2028}', '\u{2029}'];
    let by_feed = text.split('\n').map(|line| line.trim_end_matches('\r'));
    by_feed.flat_map(move |line| line.split(marks)).map(str::trim_end)
}

/// One line of text: white space collapsed, control bytes and typesetters' hints dropped.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_words(text, &mut out);
    out
}

fn push_words(text: &str, out: &mut String) {
    for word in text.split_whitespace() {
        let start = out.len();
        out.extend(
            word.chars()
                .filter(|c| !c.is_control() && !matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}')),
        );
        if out.len() > start && start > 0 && !out[..start].ends_with(' ') {
            out.insert(start, ' ');
        }
    }
}

fn columns(line: &str) -> usize {
    line.chars().count()
}

/// The width that a text is wrapped at, or `None` where each line is a paragraph of its own: it is wrapped where lines are short,
/// and most lines that another follows at once are filled and stop in the middle of a sentence.
pub(super) fn wrap_width(lines: &[&str]) -> Option<usize> {
    let width = lines.iter().map(|line| columns(line)).max()?;
    if width > MAX_WRAP_COLUMNS {
        return None;
    }
    let inner = lines
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty());
    let (mut all, mut cut, mut small) = (0_usize, 0_usize, false);
    for pair in inner.filter(|pair| !is_indented(pair[1])) {
        all += 1;
        cut += usize::from(is_filled(columns(pair[0]), width) && !ends_sentence(pair[0]));
        small |= pair[1].starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    }
    // Of two lines only, the first may be a title.
    (cut * 2 > all && (all > 1 || small)).then_some(width)
}

/// Joins lines to paragraphs. Without a width, each line is one.
fn join(lines: &[&str], width: Option<usize>) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for &line in lines {
        let goes_on = match (&open, width) {
            (Some((before, _)), Some(width)) => !line.is_empty() && goes_on(before, line, width),
            _ => false,
        };
        if goes_on && let Some((before, paragraph)) = &mut open {
            append(paragraph, line);
            *before = line;
        } else {
            done.extend(open.take().map(|(_, paragraph)| paragraph));
            if !line.is_empty() {
                open = Some((line, one_line(line)));
            }
        }
    }
    done.extend(open.map(|(_, paragraph)| paragraph));
    done.retain(|paragraph| !paragraph.is_empty());
    done
}

/// Whether `line` goes on with the paragraph of the line before it.
pub(super) fn goes_on(before: &str, line: &str, width: usize) -> bool {
    let apart = is_indented(line) || is_row(line) || is_row(before) || is_bullet(line);
    let ended = ends_sentence(before) && columns(before) * 4 < width * 3;
    !apart && !ended
}

/// Two spaces or a tab begin a paragraph.
fn is_indented(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\t') || line.starts_with('\u{3000}')
}

/// A row of a table: cells parted by three spaces, by tabs, or by dot leaders.
fn is_row(line: &str) -> bool {
    let inner = line.trim();
    inner.contains("   ") || inner.contains('\t') || inner.contains(".....")
}

fn is_bullet(line: &str) -> bool {
    ["- ", "* ", "• ", "– ", "— ", "· ", "+ ", "-- ", "> "]
        .iter()
        .any(|mark| line.trim_start().starts_with(mark))
}

/// Whether a line ends as a sentence does, closing quotes and brackets apart.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '“', '«', ' '])
        .ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '؟', '।', '۔'])
}

/// Adds a wrapped line: no space after a hyphen between letters, and none in scripts that have none.
pub(super) fn append(paragraph: &mut String, line: &str) {
    let first = line.trim_start().chars().next().unwrap_or(' ');
    let mut back = paragraph.chars().rev();
    let (last, one_before) = (back.next().unwrap_or(' '), back.next().unwrap_or(' '));
    let hyphen = last == '-' && one_before.is_alphanumeric() && first.is_alphanumeric();
    let glue = hyphen || (is_unspaced(last) && is_unspaced(first));
    if glue {
        paragraph.push_str(&one_line(line));
    } else {
        push_words(line, paragraph);
    }
}

/// Chinese and Japanese letters.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF00}'..='\u{FF60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The harbour of Lunde reopened on Monday after a week of storms\n\
                    that had kept the fleet ashore, the port authority said in a\n\
                    statement.\n\
                    \n\
                    Catches were down by a tenth, and prices rose by as much, a long-\n\
                    term record.\n";
        assert_eq!(
            paragraphs(text),
            [
                "The harbour of Lunde reopened on Monday after a week of storms that had kept the fleet ashore, the port authority said \
                 in a statement.",
                "Catches were down by a tenth, and prices rose by as much, a long-term record."
            ]
        );
    }

    #[test]
    fn an_indent_begins_a_paragraph() {
        let text = "    The harbour of Lunde reopened on Monday after a week of\n\
                    storms that had kept the fleet ashore.\n    Catches were down by a tenth, the authority said, and the\n\
                    prices of cod and of herring rose.\n";
        assert_eq!(paragraphs(text).len(), 2);
    }

    #[test]
    fn a_paragraph_a_line_stays_so() {
        let text = "Pelabuhan dibuka.\r\n“Kami senang,” kata Nilam.\r\nBaca Juga\r\nKapal berlayar lagi.";
        assert_eq!(paragraphs(text).len(), 4);
        let long = format!("{}\n{}", "kata ".repeat(40), "lagi ".repeat(40));
        assert_eq!(paragraphs(&long).len(), 2);
    }

    #[test]
    fn rows_stay_rows() {
        let text = "Net free reserves of the banks for the two weeks were as\nfollows in the report that the bank issued\n \
                    Borrowings.......680 vs.....425\n Float.....2 vs.....3\n";
        let read = wrapped_paragraphs(text);
        assert_eq!(read[1..], ["Borrowings.......680 vs.....425", "Float.....2 vs.....3"]);
    }

    #[test]
    fn one_line_drops_controls() {
        assert_eq!(one_line(" a\u{3}\t b \u{7} c\u{AD}d"), "a b cd");
    }
}
