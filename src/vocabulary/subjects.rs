//! Subjects of the IPTC's code lists: from a code, however it is written, to its English label and its broader subject.

use rustc_hash::FxHashMap;

use super::tsv::{BadLine, rows};

const LIST: &str = include_str!("../../index_schema/vocabulary/subjects.tsv");

/// A code has as many digits in both of the IPTC's lists.
const DIGITS: usize = 8;

/// What may stand before a code, in small letters: the qualifier of a qcode, or a piece of a URI or of a scheme's name.
#[rustfmt::skip]
const SCHEMES: [&str; 6] = ["medtop", "subj", "iptc", "mediatopic", "subjectcode", "subject-code"];

/// The subjects of the IPTC's lists.
#[derive(Debug, Default)]
pub struct Subjects {
    by_code: FxHashMap<u32, Listed>,
}

#[derive(Debug, Clone, Copy)]
struct Listed {
    label: &'static str,
    parent: &'static str,
}

impl Subjects {
    /// The compiled-in list.
    ///
    /// # Errors
    /// When the list is malformed, a code is none or stands twice.
    pub fn builtin() -> Result<Self, BadLine> {
        let mut subjects = Self::default();
        for row in rows("subjects.tsv", LIST, ["code", "label", "parent"])? {
            let [code, label, parent] = row.cells;
            let bad = |reason: String| BadLine {
                list: "subjects.tsv".into(),
                line: row.line,
                reason,
            };
            let number = digits(code).ok_or_else(|| bad(format!("no code of {DIGITS} digits: {code}")))?;
            if label.is_empty() {
                return Err(bad(format!("{code} has no label")));
            }
            if subjects.by_code.insert(number, Listed { label, parent }).is_some() {
                return Err(bad(format!("{code} stands twice")));
            }
        }
        Ok(subjects)
    }

    /// The English label of a code: bare (`20000638`), a qcode (`medtop:20000638`, `subj:04000000`) or a URI that ends in it.
    /// `None` for codes of other schemes, even where their digits are the same.
    #[must_use]
    pub fn label(&self, code: &str) -> Option<&'static str> {
        self.listed(code).map(|subject| subject.label)
    }

    /// The code of the broader subject; `None` for the broadest.
    #[must_use]
    pub fn parent(&self, code: &str) -> Option<&'static str> {
        let subject = self.listed(code)?;
        Some(subject.parent).filter(|parent| !parent.is_empty())
    }

    fn listed(&self, code: &str) -> Option<&Listed> {
        let code = code.trim();
        let at = code.rfind([':', '/', '#', '=']).map_or(0, |at| at + 1);
        let number = digits(&code[at..])?;
        (at == 0 || is_iptc(&code[..at - 1])).then(|| self.by_code.get(&number))?
    }
}

fn digits(code: &str) -> Option<u32> {
    let is_code = code.len() == DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| code.parse().ok())?
}

/// Whether what stands before a code is one of the IPTC's schemes. In a qcode the qualifier is the whole of it: `sttsubj` is
/// another agency's.
fn is_iptc(scheme: &str) -> bool {
    let lower = scheme.to_ascii_lowercase();
    if !lower.contains(['/', ':']) {
        return SCHEMES.contains(&lower.as_str()) || lower.starts_with("iptcsubject");
    }
    let last = lower.rsplit(['/', ':']).next().unwrap_or_default();
    lower.contains("iptc.org") && SCHEMES.iter().any(|scheme| last.contains(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_written() {
        let subjects = Subjects::builtin().unwrap();
        for code in [
            "20000638",
            " medtop:20000638",
            "http://cv.iptc.org/newscodes/mediatopic/20000638",
            "https://cv.iptc.org/newscodes/mediatopic/20000638",
        ] {
            assert_eq!(subjects.label(code), Some("international relations"), "{code}");
        }
        for code in [
            "04000000",
            "subj:04000000",
            "IptcSubjectCodes:04000000",
            "http://cv.iptc.org/newscodes/subjectcode/04000000",
            "urn:newsml:iptc.org:20001006:topicset.iptc-subjectcode:04000000",
        ] {
            assert_eq!(subjects.label(code), Some("economy, business and finance"), "{code}");
        }
    }

    #[test]
    fn other_schemes_and_other_texts_are_no_codes() {
        let subjects = Subjects::builtin().unwrap();
        for code in [
            "sttsubj:04000000",
            "https://agency.example/topics/04000000",
            "urn:agency.example:subjects:04000000",
            "99999999",
            "4000000",
            "ports",
            "medtop:",
            "",
            "٠٤٠٠٠٠٠٠",
        ] {
            assert_eq!(subjects.label(code), None, "{code}");
        }
    }

    #[test]
    fn old_and_new_codes_of_a_subject_share_a_label_and_all_broader_ones_are_listed() {
        let subjects = Subjects::builtin().unwrap();
        assert_eq!(subjects.label("subj:04006020"), subjects.label("medtop:20000273"));
        assert_eq!(subjects.parent("medtop:20000273"), Some("20000271"));
        assert_eq!(subjects.parent("04000000"), None);
        let parents = subjects.by_code.values().map(|subject| subject.parent);
        let unlisted: Vec<_> = parents
            .filter(|parent| !parent.is_empty() && subjects.label(parent).is_none())
            .collect();
        assert!(unlisted.is_empty(), "{unlisted:?}");
        assert!(subjects.by_code.len() > 2_600, "{}", subjects.by_code.len());
    }
}
