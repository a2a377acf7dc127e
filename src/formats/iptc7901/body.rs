//! The text of a transmission: paragraphs, tables, and the notebook for editors below it.

use crate::formats::paragraphs::{one_line, wrapped_paragraphs};

/// A line breaks off early where the next word and so many columns more would have had room.
const SPARE_COLUMNS: usize = 4;

/// What a text holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) paragraphs: Vec<String>,
    pub(super) notes: Vec<String>,
}

/// Sections of a notebook that are notes to editors; the others are links, addresses and people to call.
const NOTES: [&str; 12] = [
    "note to editors",
    "notes to editors",
    "redaktionelle hinweise",
    "redaktioneller hinweis",
    "berichtigung",
    "korrektur",
    "correction",
    "corrections",
    "refile",
    "hinweis",
    "achtung",
    "nota a los editores",
];

/// How the line begins after which nothing is to be published, and nothing is to be shown.
const NOT_PUBLIC: [&str; 5] = [
    "the following information is not",
    "die folgenden informationen sind nicht",
    "la siguiente información no",
    "not for publication",
    "nicht zur veröffentlichung",
];

/// How a paragraph of people to call begins.
const CONTACTS: [&str; 6] = [
    "ansprechpartner:",
    "kontakt:",
    "kontakte:",
    "contacts:",
    "editorial contacts",
    "rückfragen:",
];

/// Reads the lines after the opening.
pub(super) fn read(lines: &[&str]) -> Text {
    let notebook = lines.iter().position(|line| is_notebook(line)).unwrap_or(lines.len());
    let hidden = lines.iter().position(|line| is_not_public(line)).unwrap_or(lines.len());
    let mut text = Text::default();
    for paragraph in paragraphs(&without_contacts(&lines[..notebook.min(hidden)])) {
        if is_note(&paragraph.to_lowercase()) {
            text.notes.push(paragraph);
        } else if paragraph != "* * * *" {
            text.paragraphs.push(paragraph);
        }
    }
    if notebook < hidden {
        text.notes.extend(notes(&lines[notebook + 1..hidden]));
    }
    while text.paragraphs.last().is_some_and(|last| is_sign_off(last)) {
        text.paragraphs.pop();
    }
    text
}

/// The lines without the blocks of people to call.
fn without_contacts<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let mut inside = false;
    let mut keep = |line: &&str| {
        let lower = line.trim().to_lowercase();
        inside = !lower.is_empty() && (inside || CONTACTS.iter().any(|word| lower.starts_with(word)));
        !inside
    };
    lines.iter().copied().filter(|line| keep(line)).collect()
}

/// "Eds:", "Note to editors:" open a paragraph that is no text.
fn is_note(lower: &str) -> bool {
    let bare = lower.trim_start_matches(['(', '*', ' ']);
    [
        "eds:",
        "editors:",
        "note to editors",
        "notes to editors",
        "editors' note",
        "editor's note",
        "editors note",
    ]
    .iter()
    .any(|word| bare.starts_with(word))
}

fn is_notebook(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    lower.starts_with("# ")
        && ["notebook", "notizblock", "notizen", "bloc-notes"]
            .iter()
            .any(|word| lower.contains(word))
}

fn is_not_public(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    NOT_PUBLIC.iter().any(|words| lower.starts_with(words))
}

/// The notes of a notebook, one a section; a section that a note to editors is not told by its name begins with that name.
fn notes(lines: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for line in lines {
        let line = one_line(line);
        if let Some(title) = line.strip_prefix("## ") {
            let lower = title.trim().to_lowercase();
            open = NOTES.contains(&lower.as_str());
            if open {
                let told = lower.contains("editor") || lower.contains("redaktion");
                out.push(if told {
                    String::new()
                } else {
                    format!("{}:", title.trim())
                });
            }
        } else if open
            && !line.is_empty()
            && line != "* * * *"
            && let Some(last) = out.last_mut()
        {
            let bare = line.trim_start_matches(['-', ' ']);
            if !last.is_empty() {
                last.push(if line.starts_with('-') && !last.ends_with(':') {
                    '\n'
                } else {
                    ' '
                });
            }
            last.push_str(bare);
        } else if line.is_empty() && out.last().is_some_and(|last| !last.is_empty() && !last.ends_with(':')) {
            // Below a blank line stands the sign-off of the desk.
            open = false;
        }
    }
    out.iter()
        .map(|note| note.trim_end_matches(':').to_owned())
        .filter(|note| !note.is_empty())
        .collect()
}

/// "dpa wsz jln npr": the agency's letters and those of the desk.
fn is_sign_off(paragraph: &str) -> bool {
    let words: Vec<&str> = paragraph.split(' ').collect();
    let code = |word: &&str| word.len() <= 4 && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    (2..=8).contains(&words.len()) && words.iter().all(code) && words[0].len() == 3
}

/// Joins the lines of a wrapped text; rows of a table stay lines of their own.
pub(super) fn paragraphs(lines: &[&str]) -> Vec<String> {
    let is_row = |line: &str| line.trim_start().starts_with('|');
    let width = lines
        .iter()
        .filter(|line| !is_row(line))
        .map(|line| columns(line))
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        text.push_str(line);
        text.push('\n');
        let next = lines.get(at + 1).copied().unwrap_or_default();
        if is_row(line) || is_row(next) || breaks_off(line, next, width) {
            text.push('\n');
        }
    }
    wrapped_paragraphs(&text)
}

/// Whether a line ends though the next word had room: a list, verses, a line of its own.
fn breaks_off(line: &str, next: &str, width: usize) -> bool {
    let Some(word) = next.split_whitespace().next() else {
        return false;
    };
    let small = word.starts_with(char::is_lowercase);
    !small && columns(line) + 1 + columns(word) + SPARE_COLUMNS <= width
}

fn columns(line: &str) -> usize {
    line.trim_end().chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Text {
        read(&text.lines().collect::<Vec<_>>())
    }

    #[test]
    fn lines_are_joined_and_rows_are_kept() {
        let read = text(
            "\nLunde (kyst) - The port of Lunde reopened on Monday after a long storm\nhad kept ships out for a week.\n\n| Lunde | 3 |\n| Vik  | 2 |\n\nResults:\nAnn Moe 3\nPer Lie 2\n",
        );
        let expected = [
            "Lunde (kyst) - The port of Lunde reopened on Monday after a long storm had kept ships out for a week.",
            "| Lunde | 3 |",
            "| Vik | 2 |",
            "Results:",
            "Ann Moe 3",
            "Per Lie 2",
        ];
        assert_eq!(read.paragraphs, expected);
    }

    #[test]
    fn the_notebook_is_no_text() {
        let read = text(
            "The port reopened.\n\n# Notizblock\n\n## Redaktionelle Hinweise\n- Zusammenfassung folgt bis\n  1800\n- Bilder\n\n## Internet\n- [Hafen](https://x.example)\n\n## Berichtigung\n- Name korrigiert\n\n* * * *\nDie folgenden Informationen sind nicht zur Veröffentlichung bestimmt\n\n## Kontakte\n- Ann Moe, +47 555 0100\n\nkyst amo xx yy\n",
        );
        assert_eq!(read.paragraphs, ["The port reopened."]);
        assert_eq!(
            read.notes,
            [
                "Zusammenfassung folgt bis 1800\nBilder",
                "Berichtigung: Name korrigiert"
            ]
        );
    }

    #[test]
    fn notes_and_contacts_in_the_text_are_none() {
        let read =
            text("Eds: With photos.\n\nThe port reopened.\n\nAnsprechpartner:\nAnn Moe, Tel. 555 0100\n\ndpa amo xx\n");
        assert_eq!(read.paragraphs, ["The port reopened."]);
        assert_eq!(read.notes, ["Eds: With photos."]);
    }
}
