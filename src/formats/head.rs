//! The head of `Key: value` lines before a plain text.

mod release;

use super::fields::plain_name;

/// A key is a few words at most; longer is a sentence with a colon.
const MAX_KEY_CHARS: usize = 30;

/// The keys that are known, in plain form, and the part they hold.
const KEYS: &[(Key, &[&str])] = &[
    (
        Key::Headline,
        &[
            "headline", "title", "judul", "subject", "titre", "titel", "titulo", "titular", "hed",
        ],
    ),
    (
        Key::Byline,
        &[
            "by", "byline", "author", "authors", "penulis", "oleh", "reporter", "from", "autor", "auteur",
        ],
    ),
    (
        Key::Date,
        &["date", "published", "tanggal", "datum", "fecha", "datetime", "time"],
    ),
    (Key::Dateline, &["dateline"]),
    (
        Key::Source,
        &["source", "sumber", "agency", "publisher", "quelle", "fuente"],
    ),
    (Key::Credit, &["credit", "creditline", "kredit"]),
    (Key::Slug, &["slug", "slugline", "keyword"]),
    (Key::Take, &["take"]),
    (Key::Uri, &["id", "uri", "guid", "urn", "messageid"]),
    (Key::Url, &["url", "link", "tautan"]),
    (Key::Language, &["language", "lang", "bahasa", "contentlanguage"]),
    (Key::Status, &["status", "pubstatus"]),
    (Key::Urgency, &["urgency", "priority", "urgensi"]),
    (Key::Version, &["version", "revision"]),
    (
        Key::EdNote,
        &[
            "ednote",
            "editorsnote",
            "editor'snote",
            "editors'note",
            "notetoeditors",
            "ednotes",
            "eds",
        ],
    ),
    (Key::Embargo, &["embargo", "embargoed", "embargoeduntil"]),
    (
        Key::Subjects,
        &[
            "section", "category", "kategori", "tags", "keywords", "topic", "topics", "subjects",
        ],
    ),
    (Key::Place, &["located", "location", "lokasi"]),
];

/// What a line of the head holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Headline,
    Byline,
    Date,
    Dateline,
    Source,
    Credit,
    Slug,
    Take,
    Uri,
    Url,
    Language,
    Status,
    Urgency,
    Version,
    EdNote,
    Embargo,
    Subjects,
    Place,
}

/// A head that was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Its lines in order.
    pub(super) lines: Vec<(Key, String)>,
    /// The keys that are not known, as written.
    pub(super) unknown: Vec<String>,
}

impl Head {
    /// The value of a key, its first where it stands several times.
    pub(super) fn get(&self, key: Key) -> Option<&str> {
        let line = self.lines.iter().find(|(own, value)| *own == key && !value.is_empty());
        line.map(|(_, value)| value.as_str())
    }
}

/// Cuts the head off a text: lines of `Key: value` up to a blank line, the first key a known one. A line that begins with white
/// space goes on with the one before. Without a blank line after it, at least two known keys make a head. Where there is none,
/// the head is empty and the text whole.
pub(super) fn cut(text: &str) -> (Head, &str) {
    if let Some(release) = release::cut(text) {
        return release;
    }
    let mut head = Head::default();
    let mut taken = 0;
    let mut closed = false;
    let leading = text.len() - text.trim_start().len();
    let body = &text[leading..];
    for line in body.split_inclusive('\n') {
        let written = line.trim_end();
        if written.is_empty() {
            closed = true;
            break;
        }
        if written.starts_with([' ', '\t']) && !head.lines.is_empty() {
            if let Some((_, value)) = head.lines.last_mut() {
                value.push(' ');
                value.push_str(written.trim());
            }
        } else {
            let Some((key, value)) = key_line(written) else { break };
            match known(key) {
                Some(key) => head.lines.push((key, value.to_owned())),
                None if head.lines.is_empty() => break,
                None => head.unknown.push(key.to_owned()),
            }
        }
        taken += line.len();
    }
    let at_end = taken == body.len();
    let is_head = !head.lines.is_empty() && (closed || at_end || head.lines.len() >= 2);
    if is_head {
        (head, &body[taken..])
    } else {
        (Head::default(), text)
    }
}

fn key_line(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let word = key
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '\'' | '’' | '.'));
    let short = !key.trim().is_empty() && key.chars().count() <= MAX_KEY_CHARS;
    (word && short).then_some((key.trim(), value.trim()))
}

fn known(key: &str) -> Option<Key> {
    let plain = plain_name(key);
    KEYS.iter()
        .find(|(_, names)| names.contains(&plain.as_str()))
        .map(|(key, _)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_cut_off() {
        let (head, rest) =
            cut("Headline: Port reopens\nBy: Ann Moe\nNote to editors: adds\n  quote\nX-Desk: 4\n\nText: here.\n");
        assert_eq!(head.get(Key::Headline), Some("Port reopens"));
        assert_eq!(head.get(Key::EdNote), Some("adds quote"));
        assert_eq!(head.unknown, ["X-Desk"]);
        assert_eq!(rest, "\nText: here.\n");
    }

    #[test]
    fn two_known_keys_need_no_blank_line() {
        assert_eq!(
            cut("Judul: A\nTanggal: 2024-01-01\nPelabuhan dibuka.").1,
            "Pelabuhan dibuka."
        );
        assert_eq!(cut("Source: officials said on Monday\nThe port reopened.").1.len(), 51);
    }

    #[test]
    fn a_sentence_with_a_colon_is_no_head() {
        for text in [
            "Menurut dia: pelabuhan dibuka.\n\nYa.",
            "He said: “Go.”\n\nThey went.",
            "",
        ] {
            assert_eq!(cut(text), (Head::default(), text));
        }
    }
}
