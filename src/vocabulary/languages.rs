//! Languages: their tags and names, and the words and trigrams that tell them apart.

use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::tsv::{BadLine, Row, rows};
use crate::text::{HashedMap, fold, tokenise};

const LIST: &str = include_str!("../../index_schema/vocabulary/languages.tsv");
const WORDS: &str = include_str!("../../index_schema/vocabulary/language_words.tsv");
const TRIGRAMS: &str = include_str!("../../index_schema/vocabulary/language_trigrams.tsv");

/// A word that only one of two close relatives has, where its row says no other weight.
const TELLING_WEIGHT: f32 = 3.0;
/// The count (in 20,000) that an unlisted word is taken to have.
const UNSEEN_WORD: f32 = 2.0;
/// How much of the trigrams' log-likelihood counts: neighbouring trigrams are not independent.
const TRIGRAM_WEIGHT: f32 = 0.5;
/// The count (in 20,000) that an unlisted trigram is taken to have.
const UNSEEN_TRIGRAM: f32 = 4.0;

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
    /// What it has over others before a word is read.
    pub prior: f32,
    /// The place of the language whose words and trigrams it has, its own unless it is a close relative's.
    pub family: u8,
}

/// All languages with the detector's weights.
#[derive(Debug, Default)]
pub struct Languages {
    list: Vec<Language>,
    tags: FxHashMap<&'static str, u8>,
    names: FxHashMap<String, u8>,
    /// From the hash of a folded word to a range of the weights.
    words: HashedMap<Range<u32>>,
    /// From a packed trigram to a range of the weights.
    trigrams: FxHashMap<u64, Range<u32>>,
    weights: Vec<(u8, f32)>,
}

/// A feature of a language and its weight, as gathered from the lists.
type Gathered = (u64, u8, f32);

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
            "prior",
            "telling",
        ];
        let list = rows("languages.tsv", LIST, columns)?;
        for row in &list {
            languages.add_language(row);
        }
        let mut words = Vec::new();
        for (at, row) in list.iter().enumerate() {
            let telling = row.cells[7].split(' ').filter(|word| !word.is_empty());
            words.extend(telling.filter_map(|entry| {
                let (word, weight) = entry.split_once(':').unwrap_or((entry, ""));
                Some((word_key(word)?, at as u8, weight.parse().unwrap_or(TELLING_WEIGHT)))
            }));
        }
        let list = rows("language_words.tsv", WORDS, ["id", "words"])?;
        languages.gather("language_words.tsv", &list, word_key, (1.0, UNSEEN_WORD), &mut words)?;
        let list = rows("language_trigrams.tsv", TRIGRAMS, ["id", "trigrams"])?;
        let mut trigrams = Vec::new();
        let weight = (TRIGRAM_WEIGHT, UNSEEN_TRIGRAM);
        languages.gather("language_trigrams.tsv", &list, trigram_key, weight, &mut trigrams)?;
        for (key, place) in languages.put(words) {
            languages.words.insert(key, place);
        }
        for (key, place) in languages.put(trigrams) {
            languages.trigrams.insert(key, place);
        }
        Ok(languages)
    }

    fn add_language(&mut self, row: &Row<'static, 8>) {
        let [id, also, english, own, indonesian, script, prior, _] = row.cells;
        let at = self.list.len() as u8;
        for tag in also.split(',').filter(|tag| !tag.is_empty()).chain([id]) {
            self.tags.insert(tag, at);
        }
        for name in [english, own, indonesian] {
            self.names.insert(fold(name), at);
        }
        self.list.push(Language {
            id,
            english,
            own,
            indonesian,
            script,
            prior: prior.parse().unwrap_or_default(),
            family: at,
        });
    }

    /// Reads the features of each language, "feature:count" parted by spaces, or "=id" for those of another.
    fn gather(
        &mut self,
        name: &str,
        list: &[Row<'static, 2>],
        key: fn(&str) -> Option<u64>,
        (weight, unseen): (f32, f32),
        features: &mut Vec<Gathered>,
    ) -> Result<(), BadLine> {
        for row in list {
            let bad = |reason: String| BadLine {
                list: name.to_owned(),
                line: row.line,
                reason,
            };
            let [id, mut cell] = row.cells;
            let place = |id: &str| self.tags.get(id).copied();
            let language = place(id).ok_or_else(|| bad(format!("no language {id}")))?;
            if let Some(other) = cell.strip_prefix('=') {
                self.list[usize::from(language)].family = place(other).unwrap_or(language);
                let same = list.iter().find(|row| row.cells[0] == other);
                cell = same.map_or("", |row| row.cells[1]);
            }
            for entry in cell.split(' ').filter(|entry| !entry.is_empty()) {
                let read = entry.rsplit_once(':').and_then(|(feature, count)| {
                    let count: f32 = count.parse().ok()?;
                    Some((key(feature)?, language, weight * ((count + unseen) / unseen).ln()))
                });
                features.push(read.ok_or_else(|| bad(format!("no feature and count: {entry}")))?);
            }
        }
        Ok(())
    }

    /// Puts the weights of each feature beside each other.
    fn put(&mut self, mut features: Vec<Gathered>) -> Vec<(u64, Range<u32>)> {
        features.sort_by_key(|&(key, language, _)| (key, language));
        let mut places = Vec::new();
        for same in features.chunk_by(|a, b| a.0 == b.0) {
            let start = self.weights.len() as u32;
            self.weights
                .extend(same.iter().map(|&(_, language, weight)| (language, weight)));
            places.extend(same.first().map(|first| (first.0, start..self.weights.len() as u32)));
        }
        places
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

    /// What a word, by the hash of its folded form, adds to the score of each language.
    #[must_use]
    pub fn word(&self, folded: u64) -> &[(u8, f32)] {
        self.weights_at(self.words.get(&folded))
    }

    /// The same for a word as written. The counts were taken of words without combining marks, those too that spell a word in the
    /// scripts of India and south-east Asia.
    #[must_use]
    pub fn word_as_written(&self, word: &str, folded: u64) -> &[(u8, f32)] {
        if word.is_ascii() || !word.chars().any(is_combining_mark) {
            return self.word(folded);
        }
        let bare: String = word.nfkd().filter(|c| !is_combining_mark(*c)).collect();
        word_key(&bare).map_or(&[], |key| self.word(key))
    }

    /// What a trigram in small letters (`_` is a word's edge) adds to the score of each language.
    #[must_use]
    pub fn trigram(&self, trigram: [char; 3]) -> &[(u8, f32)] {
        self.weights_at(self.trigrams.get(&packed(trigram)))
    }

    fn weights_at(&self, place: Option<&Range<u32>>) -> &[(u8, f32)] {
        let weights = place.and_then(|place| self.weights.get(place.start as usize..place.end as usize));
        weights.unwrap_or_default()
    }
}

fn word_key(word: &str) -> Option<u64> {
    tokenise(word).first().map(|token| token.folded)
}

fn trigram_key(trigram: &str) -> Option<u64> {
    let mut letters = trigram.chars();
    let key = packed([letters.next()?, letters.next()?, letters.next()?]);
    letters.next().is_none().then_some(key)
}

const fn packed([first, second, third]: [char; 3]) -> u64 {
    (first as u64) << 42 | (second as u64) << 21 | third as u64
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
    fn malay_has_the_trigrams_of_indonesian_and_words_of_its_own() {
        let languages = Languages::builtin().unwrap();
        let place = |tag: &str| *languages.tags.get(tag).unwrap();
        let of = |weights: &[(u8, f32)], tag: &str| weights.iter().find(|(at, _)| *at == place(tag)).map(|(_, w)| *w);
        let trigram = languages.trigram(['y', 'a', 'n']);
        assert!(of(trigram, "id").is_some());
        assert_eq!(of(trigram, "id"), of(trigram, "ms"));
        let sum = |word: &str, tag: &str| {
            let weights = languages.word(word_key(word).unwrap()).iter();
            weights
                .filter(|(at, _)| *at == place(tag))
                .map(|(_, w)| *w)
                .sum::<f32>()
        };
        assert!(sum("kerana", "ms") > sum("kerana", "id"));
        assert!(sum("karena", "ms") < sum("karena", "id"));
    }
}
