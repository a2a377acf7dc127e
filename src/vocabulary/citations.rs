//! Citation cues: the words beside a source that tell that something is taken from it.

use rustc_hash::FxHashSet;

use super::openers::Openers;
use super::phrases::Phrases;
use super::tsv::{BadLine, rows};
use crate::text::{Token, tokenise};

const LIST: &str = include_str!("../../index_schema/vocabulary/source_cues.tsv");

/// What a cue does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueKind {
    /// A source follows: "told", "according to", "dikutip dari".
    Before,
    /// "told", "kepada": a source follows, and the words were spoken to it.
    Told,
    /// A web page or paper follows, listed or not: "dilansir dari".
    Lifted,
    /// A source follows, if its name is listed and no everyday word: "oleh".
    Loose,
    /// The same, if a reporting word stands a little before it, too: "da".
    Near,
    /// A source stands before it: "reported", "melaporkan".
    After,
    /// A source stands before it, if its name is certain: anyone may say or announce something.
    Voice,
    /// A source whose name is certain follows: the verb of an inversion, "annonce Le Monde".
    Inverted,
    /// A source stands before it and made part of the copy: "contributed to this report".
    Contributed,
    /// Stands between a cue and its source: articles, adjectives.
    Filler,
    /// A kind of medium: "newspaper", "kantor berita".
    Medium,
    /// A page or show, of a medium or of anyone: "website", "laman".
    Page,
    /// Ends the names of media: "Times", "Herald", "TV".
    NameWord,
    /// Opens them: "Radio", "Cadena".
    Opener,
    /// Looks like a medium and is none: "Facebook", "Google".
    Platform,
    /// Joins two sources: "and", "dan".
    Joiner,
}

/// A cue with what it does.
#[derive(Debug, Clone, Copy)]
struct Cue {
    kind: CueKind,
    language: &'static str,
}

/// All cues of all languages.
#[derive(Debug, Default)]
pub struct SourceCues {
    phrases: Phrases<Cue>,
    openers: Openers,
    glued_heads: Vec<&'static str>,
    glued_tails: Vec<&'static str>,
    unspaced_before: Vec<&'static str>,
    unspaced_after: Vec<&'static str>,
    /// Folded words that credit a picture.
    pictures: FxHashSet<u64>,
}

impl SourceCues {
    /// The compiled-in list.
    ///
    /// # Errors
    /// When the list is malformed or a kind is unknown.
    pub fn builtin() -> Result<Self, BadLine> {
        let mut cues = Self::default();
        for row in rows("source_cues.tsv", LIST, ["phrases", "language", "kind"])? {
            let [phrases, language, kind] = row.cells;
            for phrase in phrases.split('|') {
                cues.add(phrase, language, kind).ok_or_else(|| BadLine {
                    list: "source_cues.tsv".into(),
                    line: row.line,
                    reason: format!("no such kind: {kind}"),
                })?;
            }
        }
        Ok(cues)
    }

    fn add(&mut self, phrase: &'static str, language: &'static str, kind: &str) -> Option<()> {
        let kind = match kind {
            "before" => CueKind::Before,
            "told" => CueKind::Told,
            "lifted" => CueKind::Lifted,
            "loose" => CueKind::Loose,
            "near" => CueKind::Near,
            "after" => CueKind::After,
            "voice" => CueKind::Voice,
            "inverted" => CueKind::Inverted,
            "contributed" => CueKind::Contributed,
            "filler" => CueKind::Filler,
            "medium" => CueKind::Medium,
            "page" => CueKind::Page,
            "name" => CueKind::NameWord,
            "opener" => CueKind::Opener,
            "platform" => CueKind::Platform,
            "joiner" => CueKind::Joiner,
            "glued-head" => {
                self.glued_heads.push(phrase);
                return Some(());
            }
            "glued-tail" => {
                self.glued_tails.push(phrase);
                return Some(());
            }
            "unspaced-before" => {
                self.unspaced_before.push(phrase);
                return Some(());
            }
            "unspaced-after" => {
                self.unspaced_after.push(phrase);
                return Some(());
            }
            "picture" => {
                self.pictures.extend(tokenise(phrase).first().map(|token| token.folded));
                return Some(());
            }
            _ => return None,
        };
        let tokens = tokens_of(phrase);
        self.openers.add(&tokens);
        self.phrases.insert_tokens(&tokens, Cue { kind, language });
        Some(())
    }

    /// The longest cue of a language that starts at token `at`: its length and all that it may be.
    #[must_use]
    pub fn at<'c>(
        &'c self,
        tokens: &[Token],
        at: usize,
        language: &'c str,
    ) -> Option<(usize, impl Iterator<Item = CueKind> + 'c)> {
        if !self.openers.may_open(tokens.get(at)?) {
            return None;
        }
        let found = self.phrases.longest_at(tokens, at)?;
        let language = if language == "ms" { "id" } else { language };
        let kinds = found
            .values
            .iter()
            .filter(move |cue| cue.language == "*" || cue.language == language);
        Some((found.len, kinds.map(|cue| cue.kind)))
    }

    /// Words that lost mark-up glues to the front of a source's name ("dilansirAFP").
    #[must_use]
    pub fn glued_heads(&self) -> &[&'static str] {
        &self.glued_heads
    }

    /// Words that lost mark-up glues to the end of a source's name ("Reutersmengatakan").
    #[must_use]
    pub fn glued_tails(&self) -> &[&'static str] {
        &self.glued_tails
    }

    /// Whether a word in brackets beside a source credits a picture, not the copy: "(Photo: AP)".
    #[must_use]
    pub fn credits_picture(&self, token: &Token) -> bool {
        self.pictures.contains(&token.folded)
    }

    /// Cues before a source in scripts that part no words.
    #[must_use]
    pub fn unspaced_before(&self) -> &[&'static str] {
        &self.unspaced_before
    }

    /// Cues after a source in scripts that part no words.
    #[must_use]
    pub fn unspaced_after(&self) -> &[&'static str] {
        &self.unspaced_after
    }
}

/// The tokens of a cue as they stand in a text. An elided article is one token only before a letter: "l'" of "l'AFP".
fn tokens_of(phrase: &str) -> Vec<Token> {
    if !phrase.ends_with(['\'', '’']) {
        return tokenise(phrase);
    }
    let mut tokens = tokenise(&[phrase, "a"].concat());
    tokens.pop();
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_cue_of_the_language_is_found() {
        let cues = SourceCues::builtin().unwrap();
        let tokens = tokenise("seperti dikutip dari AFP");
        let (len, mut kinds) = cues.at(&tokens, 1, "id").unwrap();
        assert_eq!(len, 2);
        assert!(kinds.any(|kind| kind == CueKind::Lifted));
        let tokens = tokenise("à l’AFP");
        let (_, mut kinds) = cues.at(&tokens, 1, "fr").unwrap();
        assert!(kinds.any(|kind| kind == CueKind::Filler));
        let tokens = tokenise("seperti dikutip dari AFP");
        assert!(
            cues.at(&tokens, 1, "fr")
                .is_none_or(|(_, mut kinds)| kinds.next().is_none())
        );
    }
}
