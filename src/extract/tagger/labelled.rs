//! Reads texts with labelled names, the tagger's training matter, in the forms that such sets are published in:
//!
//! - columns: a token and its tag a line, an empty line between sentences, `-DOCSTART-` between documents (`CoNLL` 2002 and 2003);
//!   the tag is the last column, in `B-PER`/`I-PER` style or bare (`PER`); with numbered tokens (`GermEval`) the third;
//! - tags inside the text: `<PERSON>…</PERSON>`, or `<b_enamex type="PERSON">…<e_enamex>` (IEER).

use std::ops::Range;

use thiserror::Error;

/// The kind of a labelled name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Organisation,
    /// Anything else that has a name: an event, a people, a work.
    Other,
    /// Something that is not known: not trained on.
    Unsure,
}

impl Kind {
    /// The kind that a label of any of the usual sets means.
    fn of(label: &str) -> Option<Self> {
        match label.to_ascii_uppercase().as_str() {
            "PER" | "PERSON" | "PPL" => Some(Self::Person),
            "LOC" | "LOCATION" | "GPE" | "PLACE" | "PLC" => Some(Self::Place),
            "ORG" | "ORGANIZATION" | "ORGANISATION" | "IND" => Some(Self::Organisation),
            "MISC" | "OTH" | "EVT" | "EVENT" | "PRODUCT" | "FNB" => Some(Self::Other),
            _ => None,
        }
    }
}

/// A text with the names that a reader labelled in it. A newline parts its sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labelled {
    /// The text, its tokens joined as one would write them.
    pub text: String,
    /// The names as ranges of bytes, in order.
    pub names: Vec<(Range<usize>, Kind)>,
}

/// Why labelled text could not be read.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum LabelledError {
    /// A line is not a token with its tag.
    #[error("line {line}: not a token and its tag, parted by space or tab")]
    NoTag {
        /// From 1.
        line: usize,
    },
    /// There is no name in the whole text.
    #[error("no labelled name: expected CoNLL columns (token, tag) or <PERSON>…</PERSON> in the text")]
    NoNames,
}

/// Sentences that are taken for one document where nothing marks where documents end.
const SENTENCES: usize = 15;

/// Reads all documents of a file.
///
/// # Errors
/// When a line cannot be read, or no name is labelled at all.
pub fn read(text: &str) -> Result<Vec<Labelled>, LabelledError> {
    let documents = if text.contains("<e_enamex>") {
        inline(&unwrapped(text), "<DOC>")
    } else if text.contains("</PERSON>") {
        inline(text, "\n\n")
    } else {
        columns(text)?
    };
    if documents.iter().all(|document| document.names.is_empty()) {
        return Err(LabelledError::NoNames);
    }
    Ok(documents)
}

/// Text with tags inside.
fn inline(text: &str, between: &str) -> Vec<Labelled> {
    let mut found = Vec::new();
    for part in text.split(between) {
        let mut document = Labelled::default();
        let mut open: Option<(usize, Option<Kind>)> = None;
        let mut rest = part;
        while let Some(at) = rest.find('<') {
            document.text.push_str(&rest[..at]);
            let Some(end) = rest[at..].find('>') else { break };
            let tag = &rest[at + 1..at + end];
            rest = &rest[at + end + 1..];
            if tag.starts_with('/') || tag.starts_with("e_") {
                if let Some((start, Some(kind))) = open.take() {
                    document.names.push((start..document.text.len(), kind));
                }
            } else {
                let label = tag.split('"').nth(1).unwrap_or(tag);
                open = Some((document.text.len(), Kind::of(label)));
            }
        }
        document.text.push_str(rest);
        found.extend(grouped(document));
    }
    found
}

/// Text whose lines were wrapped: a newline before anything but white space or a tag of the document is a space.
fn unwrapped(text: &str) -> String {
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let opens = line.starts_with(char::is_whitespace)
            || line.is_empty()
            || line.starts_with('<') && !line.starts_with("<b_");
        out.push(if opens { '\n' } else { ' ' });
        out.push_str(line);
    }
    out
}

/// A long text without documents of its own in parts.
fn grouped(document: Labelled) -> Vec<Labelled> {
    let mut parts = Vec::new();
    let mut part = Labelled::default();
    let mut names = document.names.into_iter().peekable();
    let (mut offset, mut lines, mut from) = (0, 0, 0);
    for line in document.text.split_inclusive('\n') {
        part.text.push_str(line);
        offset += line.len();
        lines += 1;
        while let Some((range, kind)) = names.next_if(|(range, _)| range.end <= offset) {
            if range.start >= from {
                part.names.push((range.start - from..range.end - from, kind));
            }
        }
        if lines % SENTENCES == 0 {
            parts.push(std::mem::take(&mut part));
            from = offset;
        }
    }
    parts.push(part);
    parts.retain(|part| !part.text.trim().is_empty());
    parts
}

/// A document being put together from tokens.
#[derive(Default)]
struct Builder {
    done: Vec<Labelled>,
    document: Labelled,
    sentences: usize,
    marked: bool,
    open: Option<(String, Option<Kind>)>,
    straight_quote_open: bool,
}

fn columns(text: &str) -> Result<Vec<Labelled>, LabelledError> {
    let mut builder = Builder {
        marked: text.contains("-DOCSTART-"),
        ..Builder::default()
    };
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            builder.end_sentence();
        } else if line.starts_with("-DOCSTART-") {
            builder.end_document();
        } else if line.starts_with("#\t") || line.starts_with("# ") {
            // a comment that names the text's origin
        } else {
            let (token, tag) = cells(line).ok_or(LabelledError::NoTag { line: at + 1 })?;
            builder.token(token, tag);
        }
    }
    builder.end_document();
    Ok(builder.done)
}

/// The token and the tag of a line.
fn cells(line: &str) -> Option<(&str, &str)> {
    let tabs = line.contains('\t');
    let cells: Vec<&str> = if tabs {
        line.split('\t').map(str::trim).collect()
    } else {
        line.split(' ').filter(|cell| !cell.is_empty()).collect()
    };
    match cells[..] {
        [number, token, tag, _] if tabs && number.bytes().all(|byte| byte.is_ascii_digit()) => Some((token, tag)),
        [token, .., tag] => Some((token, tag)),
        _ => None,
    }
}

impl Builder {
    fn token(&mut self, token: &str, tag: &str) {
        let (position, label) = tag.split_once('-').unwrap_or(("", tag));
        let goes_on = match (&self.open, position) {
            (Some((open, _)), "I" | "E" | "") => open == label,
            _ => false,
        };
        let space = !self.document.text.is_empty() && self.wants_space(token);
        if token == "\"" {
            self.straight_quote_open = !self.closes_quote();
        }
        if space {
            self.document.text.push(' ');
        }
        let start = self.document.text.len();
        self.document.text.push_str(token);
        let end = self.document.text.len();
        let kind = Kind::of(label);
        if goes_on {
            if let (Some(_), Some((range, _))) = (kind, self.document.names.last_mut()) {
                range.end = end;
            }
            return;
        }
        if let Some(kind) = kind {
            self.document.names.push((start..end, kind));
        }
        self.open = (position != "O" && label != "O" && label != "0").then(|| (label.to_owned(), kind));
    }

    /// Whether one would write a space before the token.
    fn wants_space(&self, token: &str) -> bool {
        let closes = matches!(
            token,
            "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "'s" | "'" | "”" | "»"
        ) || token == "\"" && self.closes_quote();
        let text = &self.document.text;
        let opened = text.ends_with(['(', '[', '\n', '“', '«']) || text.ends_with('"') && self.straight_quote_open;
        !closes && !opened
    }

    /// Whether a straight quotation mark here closes: one is open, or was in a sentence before ("…," he said).
    fn closes_quote(&self) -> bool {
        self.straight_quote_open
            || self.document.text.trim_end().ends_with([',', '!', '?']) && !self.document.text.ends_with('\n')
    }

    fn end_sentence(&mut self) {
        self.open = None;
        self.straight_quote_open = false;
        if self.document.text.is_empty() || self.document.text.ends_with('\n') {
            return;
        }
        self.document.text.push('\n');
        self.sentences += 1;
        if !self.marked && self.sentences >= SENTENCES {
            self.end_document();
        }
    }

    fn end_document(&mut self) {
        self.open = None;
        self.straight_quote_open = false;
        self.sentences = 0;
        let document = std::mem::take(&mut self.document);
        if !document.text.trim().is_empty() {
            self.done.push(document);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, Kind)> {
        let documents = read(text).unwrap();
        let names = documents.iter().flat_map(|document| {
            document
                .names
                .iter()
                .map(|(range, kind)| (document.text[range.clone()].to_owned(), *kind))
        });
        names.collect()
    }

    #[test]
    fn columns_are_read_with_any_tags() {
        let conll = "-DOCSTART- -X- O O\n\nAnna NNP I-NP B-PER\nVelkova NNP I-NP I-PER\nmet VBD O O\nTomo NNP O B-PER\n. . O O\n\nOslo NNP O B-LOC\n";
        let wanted = [
            ("Anna Velkova".to_owned(), Kind::Person),
            ("Tomo".to_owned(), Kind::Person),
            ("Oslo".to_owned(), Kind::Place),
        ];
        assert_eq!(names(conll), wanted);
        assert_eq!(read(conll).unwrap()[0].text, "Anna Velkova met Tomo.\nOslo");
        let bare = "Anna\tPER\nVelkova\tPER\ni\t0\nOslo\tLOC\n";
        assert_eq!(names(bare), [wanted[0].clone(), wanted[2].clone()]);
        let numbered = "#\thttp://news.example/1\t[2010-01-01]\n1\tAnna\tB-PER\tO\n2\tVelkova\tI-PER\tO\n3\tBonner\tB-LOCderiv\tO\n";
        assert_eq!(names(numbered), [wanted[0].clone()]);
    }

    #[test]
    fn tags_inside_the_text_are_read() {
        let plain = "Ketua <ORGANIZATION>Dewan Laut</ORGANIZATION> <PERSON>Rina Hartono</PERSON> hadir.\n";
        assert_eq!(
            names(plain),
            [
                ("Dewan Laut".to_owned(), Kind::Organisation),
                ("Rina Hartono".to_owned(), Kind::Person)
            ]
        );
        let ieer = "<DOC>\n<b_enamex type=\"PERSON\">Anna Velkova<e_enamex> left on <b_timex type=\"DATE\">Monday<e_timex>.</DOC>";
        assert_eq!(names(ieer), [("Anna Velkova".to_owned(), Kind::Person)]);
    }

    #[test]
    fn what_is_no_labelled_text_is_told() {
        assert_eq!(read("Oslo B-LOC\nlonely\n"), Err(LabelledError::NoTag { line: 2 }));
        assert_eq!(read("Plain O\n"), Err(LabelledError::NoNames));
    }
}
