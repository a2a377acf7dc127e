//! Languages: their tags and names, and the words and trigrams that tell them apart.

use rustc_hash::FxHashMap;

use super::tsv::{BadLine, rows};
use crate::text::fold;

const LIST: &str = include_str!("../../index_schema/vocabulary/languages.tsv");
const TRIGRAMS: &str = include_str!("../../index_schema/vocabulary/language_trigrams.tsv");

/// A function word weighs as much as a telling trigram and more, the fewer languages share it.
const WORD_WEIGHT: f32 = 2.0;
/// A word that only one of two close relatives has.
const TELLING_WEIGHT: f32 = 4.0;
/// How much of the trigrams' log-likelihood counts: neighbouring trigrams are not independent.
const TRIGRAM_WEIGHT: f32 = 0.5;
/// The count (in 20,000) that an unlisted trigram is taken to have.
const UNSEEN: f32 = 4.0;

/// A language that the vocabulary knows.
#[derive(Debug, Clone, Copy)]
pub struct Language {
    /// ISO 639-1, the facet value.
    pub id: &'static str,
    /// Its name in English.
    pub english: &'static str,
    /// Its own name.
    pub own: &'static str,
    /// Its name in Indonesian.
    pub indonesian: &'static str,
    /// The ISO 15924 script by which it is detected, `-` when it is only taken from a tag.
    pub script: &'static str,
}

/// A feature's weights: for each language that has it, what it adds to that language's score.
type Weights = Vec<(u8, f32)>;

/// All languages with the detector's weights.
#[derive(Debug, Default)]
pub struct Languages {
    list: Vec<Language>,
    tags: FxHashMap<&'static str, u8>,
    names: FxHashMap<String, u8>,
    words: FxHashMap<&'static str, Weights>,
    trigrams: FxHashMap<[char; 3], Weights>,
}

impl Languages {
    /// The compiled-in lists.
    ///
    /// # Errors
    /// When a list is malformed.
    pub fn builtin() -> Result<Self, BadLine> {
        let mut languages = Self::default();
        let columns = [
            "id",
            "also",
            "english",
            "own",
            "indonesian",
            "script",
            "words",
            "telling",
        ];
        let list = rows("languages.tsv", LIST, columns)?;
        for row in &list {
            let [id, also, english, own, indonesian, script, ..] = row.cells;
            let at = languages.list.len() as u8;
            for tag in also.split(',').filter(|tag| !tag.is_empty()).chain([id]) {
                languages.tags.insert(tag, at);
            }
            for name in [english, own, indonesian] {
                languages.names.insert(fold(name), at);
            }
            languages.list.push(Language {
                id,
                english,
                own,
                indonesian,
                script,
            });
        }
        for (at, row) in list.iter().enumerate() {
            let [.., words, telling] = row.cells;
            languages.add_words(at as u8, words, WORD_WEIGHT);
            languages.add_words(at as u8, telling, TELLING_WEIGHT);
        }
        languages.weigh_words();
        languages.read_trigrams()?;
        Ok(languages)
    }

    fn add_words(&mut self, language: u8, words: &'static str, weight: f32) {
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            self.words.entry(word).or_default().push((language, weight));
        }
    }

    /// The more languages share a word, the less it tells.
    fn weigh_words(&mut self) {
        let all = self.list.len() as f32;
        for weights in self.words.values_mut() {
            let rarity = (all / weights.len() as f32).ln() / all.ln();
            for (_, weight) in weights {
                *weight *= rarity;
            }
        }
    }

    fn read_trigrams(&mut self) -> Result<(), BadLine> {
        let list = rows("language_trigrams.tsv", TRIGRAMS, ["id", "trigrams"])?;
        for row in &list {
            let [id, mut cell] = row.cells;
            if let Some(other) = cell.strip_prefix('=') {
                let same = list.iter().find(|row| row.cells[0] == other);
                cell = same.map_or("", |row| row.cells[1]);
            }
            let bad = |reason: String| BadLine {
                list: "language_trigrams.tsv".into(),
                line: row.line,
                reason,
            };
            let language = *self.tags.get(id).ok_or_else(|| bad(format!("no language {id}")))?;
            for entry in cell.split(' ').filter(|entry| !entry.is_empty()) {
                let (trigram, count) =
                    read_trigram(entry).ok_or_else(|| bad(format!("no trigram and count: {entry}")))?;
                let weight = TRIGRAM_WEIGHT * ((count + UNSEEN) / UNSEEN).ln();
                self.trigrams.entry(trigram).or_default().push((language, weight));
            }
        }
        Ok(())
    }

    /// How many there are; places of languages are below it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All languages in the order of their places.
    #[must_use]
    pub fn all(&self) -> &[Language] {
        &self.list
    }

    /// The language of a BCP 47 tag or an ISO 639-2 code, by its primary subtag: `pt-BR`, `EN_us`, `ind`.
    #[must_use]
    pub fn of_tag(&self, tag: &str) -> Option<&Language> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if primary.len() > 3 || !primary.is_ascii() {
            return None;
        }
        let at = self.tags.get(primary.to_ascii_lowercase().as_str())?;
        self.list.get(usize::from(*at))
    }

    /// The language of that name, in English, Indonesian or itself.
    #[must_use]
    pub fn of_name(&self, name: &str) -> Option<&Language> {
        let at = self.names.get(&fold(name.trim()))?;
        self.list.get(usize::from(*at))
    }

    /// What a word in small letters adds to the score of each language.
    #[must_use]
    pub fn word(&self, word: &str) -> &[(u8, f32)] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// What a trigram in small letters (`_` is a word's edge) adds to the score of each language.
    #[must_use]
    pub fn trigram(&self, trigram: [char; 3]) -> &[(u8, f32)] {
        self.trigrams.get(&trigram).map_or(&[], Vec::as_slice)
    }
}

/// `abc:12` as its three letters and its count.
fn read_trigram(entry: &str) -> Option<([char; 3], f32)> {
    let (letters, count) = entry.rsplit_once(':')?;
    let mut letters = letters.chars();
    let trigram = [letters.next()?, letters.next()?, letters.next()?];
    letters.next().is_none().then_some(())?;
    Some((trigram, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_names_lead_to_one_language() {
        let languages = Languages::builtin().unwrap();
        let id = |tag: &str| languages.of_tag(tag).map(|language| language.id);
        assert_eq!(id("pt-BR"), Some("pt"));
        assert_eq!(id("EN_us"), Some("en"));
        assert_eq!(id("ind"), Some("id"));
        assert_eq!(id("nb-NO"), Some("no"));
        assert_eq!(id("xx"), None);
        assert_eq!(id("english"), None);
        assert_eq!(languages.of_name("BAHASA INDONESIA").map(|l| l.id), Some("id"));
        assert_eq!(languages.of_name("Espanol").map(|l| l.id), Some("es"));
    }

    #[test]
    fn malay_has_the_trigrams_of_indonesian() {
        let languages = Languages::builtin().unwrap();
        let weights = languages.trigram(['y', 'a', 'n']);
        let place = |tag: &str| *languages.tags.get(tag).unwrap();
        let of = |tag: &str| weights.iter().find(|(at, _)| *at == place(tag)).map(|(_, w)| *w);
        assert!(of("id").is_some());
        assert_eq!(of("id"), of("ms"));
    }
}
