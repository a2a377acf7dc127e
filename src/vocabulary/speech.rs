//! Words by which speech is reported, by language.

use super::names::Lists;
use super::phrases::Phrases;
use super::tsv::{BadLine, rows};
use crate::text::Token;

const CUES: &str = include_str!("../../index_schema/vocabulary/cues.tsv");

/// How a reporting word stands to its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueKind {
    /// Subject before it, or after it beside a quote ("said").
    Say,
    /// Subject of the sentence ("adding").
    Ing,
    /// Subject after it ("according to").
    Prep,
    /// Subject after it, behind an optional "by" ("disampaikan oleh").
    Passive,
    /// Subject after it, itself after a quote or a comma ("kata").
    Bare,
    /// Holds its own pronoun ("katanya").
    Nya,
    /// A pronoun that can be the subject.
    Pronoun,
    /// May stand between subject and cue.
    Adverb,
}

/// The reporting words of all languages.
#[derive(Debug, Default)]
pub struct SpeechCues {
    phrases: Phrases<(Lists, CueKind)>,
}

impl SpeechCues {
    /// The list that is compiled in.
    ///
    /// # Errors
    /// When it cannot be read; a test reads it.
    pub fn builtin() -> Result<Self, BadLine> {
        let mut cues = Self::default();
        for row in rows("cues.tsv", CUES, ["phrase", "language", "kind"])? {
            let [phrase, language, kind] = row.cells;
            let kind = match kind {
                "say" => CueKind::Say,
                "ing" => CueKind::Ing,
                "prep" => CueKind::Prep,
                "passive" => CueKind::Passive,
                "bare" => CueKind::Bare,
                "nya" => CueKind::Nya,
                "pronoun" => CueKind::Pronoun,
                "adverb" => CueKind::Adverb,
                _ => {
                    return Err(BadLine {
                        list: "cues.tsv".into(),
                        line: row.line,
                        reason: format!("unknown kind \"{kind}\""),
                    });
                }
            };
            cues.phrases.insert(phrase, (Lists::of(language), kind));
        }
        Ok(cues)
    }

    /// The longest phrase of a language that starts at token `at`: its kind and how many tokens it has. A word that is
    /// both a cue and an adverb ("lanjut") is the cue.
    #[must_use]
    pub fn at(&self, tokens: &[Token], at: usize, lists: Lists) -> Option<(CueKind, usize)> {
        let found = self.phrases.longest_at(tokens, at)?;
        let kind = found.values.iter().find(|(of, _)| *of == lists)?.1;
        Some((kind, found.len))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    #[test]
    fn cues_know_their_language_and_their_length() {
        let cues = SpeechCues::builtin().unwrap();
        let at = |text: &str, language: &str| cues.at(&tokenise(text), 0, Lists::of(language));
        assert_eq!(at("According to Ann", "en"), Some((CueKind::Prep, 2)));
        assert_eq!(at("kata Budi", "id"), Some((CueKind::Bare, 1)));
        assert_eq!(at("kata dia", "id"), Some((CueKind::Nya, 2)));
        assert_eq!(at("kata Budi", "en"), None);
        assert_eq!(at("dijo", "es"), Some((CueKind::Say, 1)));
    }
}
