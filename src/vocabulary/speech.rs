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
    /// Like [`CueKind::Say`], but only beside words in quotation marks ("reads", "sings").
    Beside,
    /// Subject before it alone ("zufolge").
    Post,
    /// A pronoun, or the head of a phrase, that is nobody ("it", "data").
    Thing,
    /// Opens what a sentence may say before its subject ("in", "ketika").
    Lead,
    /// Opens a clause with a subject of its own ("that", "because").
    Clause,
    /// A small word inside the phrase of a subject ("of", "der").
    Link,
    /// An office of which a story has several holders ("hakim"): alone it means none of those named.
    Shared,
    /// Stands right before a noun ("the", "su"): the word behind it is no verb.
    Article,
    /// A verb in the form in which German tells what others said ("sei", "habe").
    Told,
    /// Stands before a question in an interview ("Q").
    Asks,
    /// Stands before an answer ("A").
    Answers,
}

impl CueKind {
    /// The kind of that name in the list.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "say" => Self::Say,
            "ing" => Self::Ing,
            "prep" => Self::Prep,
            "passive" => Self::Passive,
            "bare" => Self::Bare,
            "nya" => Self::Nya,
            "pronoun" => Self::Pronoun,
            "adverb" => Self::Adverb,
            "beside" => Self::Beside,
            "post" => Self::Post,
            "thing" => Self::Thing,
            "lead" => Self::Lead,
            "clause" => Self::Clause,
            "link" => Self::Link,
            "shared" => Self::Shared,
            "article" => Self::Article,
            "told" => Self::Told,
            "asks" => Self::Asks,
            "answers" => Self::Answers,
            _ => return None,
        })
    }
}

/// What a phrase is in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// What it is first of all.
    pub kind: CueKind,
    /// Its tokens.
    pub len: usize,
    kinds: u32,
}

impl Cue {
    /// Whether it is of that kind too.
    #[must_use]
    pub const fn is(self, kind: CueKind) -> bool {
        self.kinds & 1 << kind as u32 != 0
    }
}

/// The reporting words of all languages.
#[derive(Debug, Default)]
pub struct SpeechCues {
    /// The phrases of each language, apart so that a text meets only those of its own.
    phrases: [Phrases<CueKind>; Lists::COUNT],
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
            let Some(kind) = CueKind::named(kind) else {
                return Err(BadLine {
                    list: "cues.tsv".into(),
                    line: row.line,
                    reason: format!("unknown kind \"{kind}\""),
                });
            };
            cues.phrases[Lists::of(language) as usize].insert(phrase, kind);
        }
        Ok(cues)
    }

    /// The longest phrase of a language that starts at token `at`: its kind and how many tokens it has. A word that is
    /// both a cue and an adverb ("lanjut") is the cue.
    #[must_use]
    pub fn at(&self, tokens: &[Token], at: usize, lists: Lists) -> Option<(CueKind, usize)> {
        self.cue_at(tokens, at, lists).map(|cue| (cue.kind, cue.len))
    }

    /// The same with all kinds that the phrase has.
    #[must_use]
    pub fn cue_at(&self, tokens: &[Token], at: usize, lists: Lists) -> Option<Cue> {
        let found = self.phrases[lists as usize].longest_at(tokens, at)?;
        let kind = *found.values.first()?;
        let kinds = found.values.iter().fold(0, |kinds, kind| kinds | 1 << *kind as u32);
        Some(Cue {
            kind,
            len: found.len,
            kinds,
        })
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
