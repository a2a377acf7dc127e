//! What is known of single words that helps to tell a person's name: name lists, titles and roles, words of organisations,
//! ordinary words.

use std::fmt;
use std::ops::BitOr;

use super::endings::Endings;
use super::phrases::Phrases;
use super::tsv::{BadLine, rows};
use crate::text::{HashedMap, Token, fold, hash_folded, tokenise};

const GIVEN_NAMES: &str = include_str!("../../index_schema/vocabulary/given_names.tsv");
const SURNAMES: &str = include_str!("../../index_schema/vocabulary/surnames.tsv");
const PARTICLES: &str = include_str!("../../index_schema/vocabulary/name_particles.tsv");
const TITLES: &str = include_str!("../../index_schema/vocabulary/titles.tsv");
const ORGANISATION_WORDS: &str = include_str!("../../index_schema/vocabulary/organisation_words.tsv");
const NOT_NAMES: &str = include_str!("../../index_schema/vocabulary/not_names.tsv");

/// A language with lists of its own. Malay shares the Indonesian ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Lists {
    /// English, and any language without lists.
    En,
    /// Indonesian and Malay.
    Id,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// German.
    De,
    /// Dutch.
    Nl,
    /// Portuguese.
    Pt,
    /// Italian.
    It,
}

impl Lists {
    /// The lists for a language (BCP 47).
    #[must_use]
    pub fn of(language: &str) -> Self {
        match language.split('-').next().unwrap_or_default() {
            "id" | "ms" => Self::Id,
            "es" => Self::Es,
            "fr" => Self::Fr,
            "de" => Self::De,
            "nl" => Self::Nl,
            "pt" => Self::Pt,
            "it" => Self::It,
            _ => Self::En,
        }
    }

    /// How many there are.
    pub(crate) const COUNT: usize = 8;

    /// Whether it is Spanish, French, Portuguese or Italian: a place behind an office needs a preposition there, so that a
    /// bare one is a name.
    #[must_use]
    pub const fn is_romance(self) -> bool {
        matches!(self, Self::Es | Self::Fr | Self::Pt | Self::It)
    }

    const fn bit(self) -> u64 {
        1 << self as u64
    }
}

/// Facts of a word, as bits. The bits from [`Traits::COMMON`] on depend on the language asked for.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Traits(u64);

impl Traits {
    /// Opens a person's name, or stands inside it.
    pub const GIVEN: Self = Self(1);
    /// Closes a person's name, or stands for it alone.
    pub const SURNAME: Self = Self(1 << 1);
    /// A family name that stands first ("Kim Jong Un").
    pub const FAMILY_FIRST: Self = Self(1 << 2);
    /// Stands small between parts of a name ("bin", "dos").
    pub const INNER: Self = Self(1 << 3);
    /// May also open the name ("van Dijk", "al-Assad").
    pub const FIRST: Self = Self(1 << 4);
    /// Closes a name ("Jr").
    pub const SUFFIX: Self = Self(1 << 5);
    /// Kept where only one name follows ("Prince Charles").
    pub const ROYAL: Self = Self(1 << 6);
    /// Closes the name of an organisation, work or building ("Foundation").
    pub const ORG_AFTER: Self = Self(1 << 7);
    /// Opens one ("Universitas").
    pub const ORG_BEFORE: Self = Self(1 << 8);
    /// Mostly a place.
    pub const PLACE: Self = Self(1 << 9);
    /// Mostly in the name of an organisation.
    pub const ORGANISATION: Self = Self(1 << 10);
    /// Mostly something else that is written with a capital.
    pub const OTHER: Self = Self(1 << 11);
    /// Opens a title of several words ("Jaksa Agung").
    pub const TITLE_OPENS: Self = Self(1 << 12);
    /// Binds two family names of one person, and the names of two people ("y").
    pub const AND: Self = Self(1 << 13);
    /// An ordinary word of the language.
    pub const COMMON: Self = Self(1 << 16);
    /// A title of the language, before a name ("Presiden").
    pub const TITLE: Self = Self(1 << 24);
    /// A role of the language, before a name or after it ("analyst").
    pub const ROLE: Self = Self(1 << 32);

    /// Whether any of `other` is set.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Itself with the bits of one language moved to where [`Traits::COMMON`], [`Traits::TITLE`] and [`Traits::ROLE`] are.
    const fn in_language(self, lists: Lists) -> Self {
        let fixed = self.0 & 0xFFFF;
        let one = Self::COMMON.0 | Self::TITLE.0 | Self::ROLE.0;
        // Indonesian copy is full of English words.
        let english = if matches!(lists, Lists::Id) {
            self.0 & Self::COMMON.0
        } else {
            0
        };
        Self(fixed | (self.0 >> lists as u64) & one | english)
    }
}

impl BitOr for Traits {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl fmt::Debug for Traits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Traits({:#x})", self.0)
    }
}

/// The traits of every word that any list knows.
#[derive(Debug, Default)]
pub struct Names {
    words: HashedMap<Traits>,
    titles: Phrases<Lists>,
    endings: Endings,
}

impl Names {
    /// The lists that are compiled in.
    ///
    /// # Errors
    /// When a list cannot be read; a test reads them all.
    pub fn builtin() -> Result<Self, BadLine> {
        let mut names = Self::default();
        names.words.reserve(100_000);
        for row in rows("given_names.tsv", GIVEN_NAMES, ["name"])? {
            names.add(row.cells[0], Traits::GIVEN);
        }
        for row in rows("surnames.tsv", SURNAMES, ["name"])? {
            names.add(row.cells[0], Traits::SURNAME);
        }
        names.add_particles()?;
        names.add_titles()?;
        for row in rows("organisation_words.tsv", ORGANISATION_WORDS, ["word", "kind"])? {
            let [word, kind] = row.cells;
            let traits = match kind {
                "after" => Traits::ORG_AFTER,
                "before" => Traits::ORG_BEFORE,
                _ => return Err(unknown("organisation_words.tsv", row.line, kind)),
            };
            names.add(word, traits);
        }
        names.add_not_names()?;
        Ok(names)
    }

    fn add_particles(&mut self) -> Result<(), BadLine> {
        for row in rows("name_particles.tsv", PARTICLES, ["word", "kind"])? {
            let [word, kind] = row.cells;
            let traits = match kind {
                "inner" => Traits::INNER,
                "and" => Traits::INNER | Traits::AND,
                "first" => Traits::INNER | Traits::FIRST,
                "suffix" => Traits::SUFFIX,
                "family" => Traits::FAMILY_FIRST | Traits::SURNAME,
                _ => return Err(unknown("name_particles.tsv", row.line, kind)),
            };
            // An elided word keeps its apostrophe where a name follows ("d'").
            if word.ends_with('\'') {
                self.add_hash(hash_folded(&fold(word)), traits);
            } else {
                self.add(word, traits);
            }
        }
        Ok(())
    }

    /// The word of a title that stands beside the name carries the trait: the last one in English, German and Dutch; and the
    /// first one elsewhere, where the rest of the phrase follows it ("Menteri Luar Negeri X").
    fn add_titles(&mut self) -> Result<(), BadLine> {
        for row in rows("titles.tsv", TITLES, ["phrase", "language", "kind"])? {
            let [phrase, language, kind] = row.cells;
            let lists = Lists::of(language);
            if let Some(ending) = phrase.strip_prefix('-') {
                let traits = if kind == "title" { Traits::TITLE } else { Traits::ROLE };
                self.endings.insert(ending, lists, traits);
                continue;
            }
            let traits = match kind {
                "title" | "phrase" => Traits(Traits::TITLE.0 * lists.bit()),
                "royal" => Traits(Traits::TITLE.0 * lists.bit()) | Traits::ROYAL,
                "role" => Traits(Traits::ROLE.0 * lists.bit()),
                _ => return Err(unknown("titles.tsv", row.line, kind)),
            };
            let mut words = phrase.split(' ');
            let last_first = matches!(lists, Lists::En | Lists::De | Lists::Nl);
            let word = if last_first { words.next_back() } else { words.next() };
            if kind != "phrase" {
                self.add(word.unwrap_or_default(), traits);
            }
            if let Some((first, _)) = phrase.split_once(' ') {
                self.add(first, Traits::TITLE_OPENS);
                self.titles.insert(phrase, lists);
            }
        }
        Ok(())
    }

    fn add_not_names(&mut self) -> Result<(), BadLine> {
        for row in rows("not_names.tsv", NOT_NAMES, ["word", "languages", "kind"])? {
            let [word, languages, kind] = row.cells;
            if let Some(ending) = word.strip_prefix('-') {
                self.endings.insert(ending, Lists::of(languages), Traits::COMMON);
                continue;
            }
            let traits = match kind {
                "place" => Traits::PLACE,
                "organisation" => Traits::ORGANISATION,
                "other" => Traits::OTHER,
                "common" => {
                    let bits = languages.split(' ').map(|language| Lists::of(language).bit());
                    Traits(Traits::COMMON.0 * bits.fold(0, |all, bit| all | bit))
                }
                _ => return Err(unknown("not_names.tsv", row.line, kind)),
            };
            self.add(word, traits);
        }
        Ok(())
    }

    /// Adds a word as written; its first token counts ("Mr." is "mr").
    fn add(&mut self, word: &str, traits: Traits) {
        match tokenise(word).first() {
            Some(token) => self.add_hash(token.folded, traits),
            None => self.add_hash(hash_folded(&fold(word)), traits),
        }
    }

    fn add_hash(&mut self, key: u64, traits: Traits) {
        let known = self.words.entry(key).or_default();
        *known = *known | traits;
    }

    /// How many tokens a title of several words has that starts at token `at`, if one does.
    #[must_use]
    pub fn title_at(&self, tokens: &[Token], at: usize, lists: Lists) -> Option<usize> {
        let found = self.titles.longest_at(tokens, at)?;
        found.values.contains(&lists).then_some(found.len)
    }

    /// Whether endings of words say anything in a language.
    #[must_use]
    pub fn has_endings(&self, lists: Lists) -> bool {
        self.endings.has(lists)
    }

    /// What the ending of a word as written says of it, where no list knows the word.
    #[must_use]
    pub fn by_ending(&self, word: &str, lists: Lists) -> Traits {
        self.endings.of(word, lists)
    }

    /// What is known of a word in a language.
    #[must_use]
    pub fn traits_of(&self, word: &str, lists: Lists) -> Traits {
        let key = hash_folded(&fold(word));
        self.words
            .get(&key)
            .map_or(Traits::default(), |traits| traits.in_language(lists))
    }

    /// What is known of a token's word in a language.
    #[must_use]
    pub fn traits(&self, token: &Token, lists: Lists) -> Traits {
        self.words
            .get(&token.folded)
            .map_or(Traits::default(), |traits| traits.in_language(lists))
    }
}

fn unknown(list: &str, line: usize, kind: &str) -> BadLine {
    BadLine {
        list: list.to_owned(),
        line,
        reason: format!("unknown kind \"{kind}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traits(word: &str, language: &str) -> Traits {
        let names = Names::builtin().unwrap();
        names.traits(&tokenise(word)[0], Lists::of(language))
    }

    #[test]
    fn the_lists_are_read_and_know_their_language() {
        assert!(traits("Presiden", "id").any(Traits::TITLE));
        assert!(!traits("Presiden", "en").any(Traits::TITLE));
        assert!(traits("Maria", "en").any(Traits::GIVEN));
        assert!(traits("yang", "ms").any(Traits::COMMON));
        assert!(!traits("yang", "de").any(Traits::COMMON));
        assert!(traits("Foundation", "en").any(Traits::ORG_AFTER));
        assert!(traits("spokeswoman", "en").any(Traits::ROLE));
    }
}
