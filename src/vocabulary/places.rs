//! The phrases that name or imply a country in a text, and those that only look like it.

use std::hash::BuildHasherDefault;

use rustc_hash::FxHashMap;

use super::countries::{ALIASES, COUNTRY_NAMES, Countries, CountryId, DEMONYMS};
use super::phrases::Phrases;
use super::tsv::{self, BadLine};
use crate::text::{Case, HashedMap, Token, tokenise};

const SEATS: &str = include_str!("../../index_schema/vocabulary/seats.tsv");
const CITIES: &str = include_str!("../../index_schema/vocabulary/cities.tsv");
const TRAPS: &str = include_str!("../../index_schema/vocabulary/place_traps.tsv");

/// How many countries may share a phrase: four Kingstons are enough.
const MOST_SHARED: usize = 4;

/// How many tokens the longest city name of a dateline has.
const LONGEST_CITY: usize = 6;

/// How many phrases and cities there are, about; saves growing.
const PHRASES: usize = 32_000;
const CITY_NAMES: usize = 32_000;

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Reading {
    /// It names the country.
    Named,
    /// It implies the country.
    Implied,
    /// It implies the country only if the story has the country otherwise.
    Backed,
    /// It hides the words inside it and says nothing.
    Trap,
}

/// How a phrase must be written to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Written {
    Any,
    /// Token `first` of the phrase has a capital, and so has its last token if `last`.
    Capital {
        first: u8,
        last: bool,
    },
    /// No letter is lower case.
    Capitals,
}

/// What a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    countries: [Option<CountryId>; MOST_SHARED],
    pub(crate) reading: Reading,
    written: Written,
    /// [`accents`] of a phrase of one word.
    accents: u32,
    languages: LanguageSet,
}

/// A set of languages; all of them when empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct LanguageSet(u128);

/// What counts anywhere, and the cities of datelines.
#[derive(Debug, Default)]
pub(crate) struct Places {
    languages: Vec<&'static str>,
    /// Each distinct place once: thousands of cities differ in their name only.
    distinct: Vec<Place>,
    numbers: FxHashMap<Place, u16>,
    phrases: Phrases<u16>,
    cities: HashedMap<u16>,
}

impl Place {
    /// Its countries; the first is meant when nothing else tells.
    pub(crate) fn countries(&self) -> impl Iterator<Item = CountryId> + '_ {
        self.countries.iter().copied().flatten()
    }

    /// The same phrase read another way.
    pub(crate) fn read_as(self, reading: Reading) -> Self {
        Self { reading, ..self }
    }

    /// Whether it counts only in capitals: "US", not "us".
    pub(crate) fn is_in_capitals(&self) -> bool {
        self.written == Written::Capitals
    }

    fn is_written(&self, text: &str, tokens: &[Token]) -> bool {
        if let [token] = tokens {
            let found = accents(token.of(text));
            if found != 0 && found != self.accents {
                return false;
            }
        }
        let capital = |token: &Token| token.case == Case::None || token.is_capital(text);
        match self.written {
            Written::Any => true,
            Written::Capital { first, last } => {
                tokens.get(usize::from(first)).is_some_and(capital) && (!last || tokens.last().is_some_and(capital))
            }
            Written::Capitals => !tokens.iter().any(|token| token.of(text).contains(char::is_lowercase)),
        }
    }
}

impl LanguageSet {
    fn allow(self, language: Self) -> bool {
        self.0 == 0 || self.0 & language.0 != 0
    }
}

impl Places {
    pub(super) fn load(countries: &Countries) -> Result<Self, BadLine> {
        let mut places = Self {
            phrases: Phrases::with_capacity(PHRASES),
            cities: HashedMap::with_capacity_and_hasher(CITY_NAMES, BuildHasherDefault::default()),
            ..Self::default()
        };
        places.load_names(countries)?;
        places.load_phrases(countries)?;
        for row in tsv::rows("place_traps.tsv", TRAPS, ["languages", "phrases"])? {
            let [languages, phrases] = row.cells;
            let languages = places.set_of(languages);
            for phrase in phrases.split('|') {
                places.insert([None; MOST_SHARED], Reading::Trap, "capital", languages, phrase);
            }
        }
        places.load_cities(countries)?;
        Ok(places)
    }

    fn load_names(&mut self, countries: &Countries) -> Result<(), BadLine> {
        for row in tsv::rows(
            "country_names.tsv",
            COUNTRY_NAMES,
            ["country", "text", "languages", "name"],
        )? {
            let [code, text, _, name] = row.cells;
            let languages = match text {
                "any" => LanguageSet::default(),
                "-" => continue,
                listed => self.set_of(listed),
            };
            // "AS", "EE. UU.": a short form among the names.
            let has_small = name
                .chars()
                .any(|c| c.is_lowercase() || c.is_alphabetic() && !c.is_uppercase());
            let written = if has_small { "capital" } else { "capitals" };
            self.insert(ids(countries, code), Reading::Named, written, languages, name);
            if name.contains(" & ") {
                let spelt = name.replace(" & ", " and ");
                self.insert(ids(countries, code), Reading::Named, "capital", languages, &spelt);
            }
        }
        Ok(())
    }

    fn load_phrases(&mut self, countries: &Countries) -> Result<(), BadLine> {
        let lists = [
            (
                "country_aliases.tsv",
                ALIASES,
                ["countries", "languages", "written", "phrases"],
                Reading::Named,
            ),
            (
                "demonyms.tsv",
                DEMONYMS,
                ["countries", "language", "written", "forms"],
                Reading::Named,
            ),
            (
                "seats.tsv",
                SEATS,
                ["countries", "languages", "written", "phrases"],
                Reading::Implied,
            ),
        ];
        for (list, text, columns, reading) in lists {
            for row in tsv::rows(list, text, columns)? {
                let [codes, languages, written, phrases] = row.cells;
                let languages = self.set_of(languages);
                for phrase in phrases.split('|') {
                    self.insert(ids(countries, codes), reading, written, languages, phrase);
                }
            }
        }
        Ok(())
    }

    fn load_cities(&mut self, countries: &Countries) -> Result<(), BadLine> {
        for row in tsv::rows("cities.tsv", CITIES, ["countries", "use", "name"])? {
            let [codes, usage, name] = row.cells;
            let countries = ids(countries, codes);
            let any = LanguageSet::default();
            let city = self.number_of(Place {
                countries,
                reading: Reading::Implied,
                written: Written::Any,
                accents: 0,
                languages: any,
            });
            let tokens = tokenise(name);
            let whole = tokens.iter().fold(0, longer);
            if tokens.len() <= LONGEST_CITY {
                self.cities.entry(whole).or_insert(city);
            }
            match usage {
                "anywhere" => self.insert(countries, Reading::Implied, "capital", any, name),
                "backed" => self.insert(countries, Reading::Backed, "capital", any, name),
                _ => {}
            }
        }
        Ok(())
    }

    fn insert(
        &mut self,
        countries: [Option<CountryId>; MOST_SHARED],
        reading: Reading,
        written: &str,
        languages: LanguageSet,
        phrase: &str,
    ) {
        let tokens = tokenise(phrase);
        let written = match written {
            "any" => Written::Any,
            "capitals" => Written::Capitals,
            _ => capital_of(phrase, &tokens),
        };
        let number = self.number_of(Place {
            countries,
            reading,
            written,
            accents: if tokens.len() == 1 { accents(phrase) } else { 0 },
            languages,
        });
        self.phrases.insert_tokens(&tokens, number);
    }

    fn number_of(&mut self, place: Place) -> u16 {
        *self.numbers.entry(place).or_insert_with(|| {
            self.distinct.push(place);
            (self.distinct.len() - 1) as u16
        })
    }

    /// The set of the languages in a cell, learning those not yet known.
    fn set_of(&mut self, cell: &'static str) -> LanguageSet {
        let mut set = LanguageSet::default();
        for language in cell.split(' ').filter(|language| !language.is_empty()) {
            let at = self
                .languages
                .iter()
                .position(|known| *known == language)
                .unwrap_or_else(|| {
                    self.languages.push(language);
                    self.languages.len() - 1
                });
            // A language past the set's size would match nothing; a test counts them.
            set.0 |= 1_u128.checked_shl(at as u32).unwrap_or_default();
        }
        set
    }

    /// The set of one language of a text. A text of no known language is matched as English.
    pub(crate) fn language(&self, tag: &str) -> LanguageSet {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let primary = if matches!(primary, "" | "und") { "en" } else { primary };
        let at = self.languages.iter().position(|known| *known == primary);
        LanguageSet(at.map_or(1 << 127, |at| 1_u128.checked_shl(at as u32).unwrap_or_default()))
    }

    /// The longest phrase at token `at` that counts in a text of that language, written as it is: its length in tokens
    /// and what it stands for. At equal length a trap wins over a name, a name over a seat, a seat over a city.
    pub(crate) fn longest_at(
        &self,
        text: &str,
        tokens: &[Token],
        at: usize,
        language: LanguageSet,
    ) -> Option<(usize, Place)> {
        let mut end = tokens.len();
        while let Some(found) = self.phrases.longest_at(tokens.get(..end)?, at) {
            let run = tokens.get(at..at + found.len)?;
            let place = found
                .values
                .iter()
                .filter_map(|number| self.distinct.get(usize::from(*number)))
                .filter(|place| place.languages.allow(language) && place.is_written(text, run))
                .min_by_key(|place| rank(place.reading));
            if let Some(place) = place {
                return Some((found.len, *place));
            }
            end = at + found.len - 1;
        }
        None
    }

    /// The place that a piece of a word names, as `longest_at`; for words that lost the space between them.
    pub(crate) fn of_piece(&self, piece: &str, language: LanguageSet) -> Option<Place> {
        let tokens = tokenise(piece);
        let (len, place) = self.longest_at(piece, &tokens, 0, language)?;
        (len == tokens.len()).then_some(place)
    }

    /// The longest city name at token `at` of a dateline, whatever its size and case.
    pub(crate) fn city_at(&self, tokens: &[Token], at: usize) -> Option<(usize, Place)> {
        let mut key = 0;
        let mut found = None;
        for (before, token) in tokens.get(at..)?.iter().take(LONGEST_CITY).enumerate() {
            key = longer(key, token);
            if let Some(number) = self.cities.get(&key) {
                found = Some((before + 1, *self.distinct.get(usize::from(*number))?));
            }
        }
        found
    }
}

/// The key of a run of tokens, one token longer.
fn longer(key: u64, token: &Token) -> u64 {
    (key.rotate_left(5) ^ token.folded).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn rank(reading: Reading) -> u8 {
    match reading {
        Reading::Trap => 0,
        Reading::Named => 1,
        Reading::Implied => 2,
        Reading::Backed => 3,
    }
}

fn ids(countries: &Countries, codes: &str) -> [Option<CountryId>; MOST_SHARED] {
    let mut ids = [None; MOST_SHARED];
    for (place, code) in ids.iter_mut().zip(codes.split(' ')) {
        *place = countries.id(code);
    }
    ids
}

/// A sum of the letters of a word that are not ASCII; 0 when there are none. A word may drop its accents in wire copy, but with
/// other accents it is another word: "Montaña" is not "Montana", Portuguese "irá" not "Irã".
fn accents(word: &str) -> u32 {
    if word.is_ascii() {
        return 0;
    }
    let letters = word.chars().filter(|c| !c.is_ascii() && c.is_alphabetic());
    letters
        .flat_map(char::to_lowercase)
        .fold(0, |sum: u32, c| sum.wrapping_mul(31).wrapping_add(u32::from(c)))
}

/// Where a phrase must have its capitals: at its first word that has one here, and at its last word if it has one here.
fn capital_of(phrase: &str, tokens: &[Token]) -> Written {
    match tokens.iter().position(|token| token.is_capital(phrase)) {
        Some(first) => Written::Capital {
            first: first as u8,
            last: tokens.last().is_some_and(|token| token.is_capital(phrase)),
        },
        None => Written::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_reads_and_the_languages_fit_their_set() {
        let countries = Countries::load().unwrap();
        let places = Places::load(&countries).unwrap();
        assert!(places.languages.len() < 127, "{}", places.languages.len());
        let known = |codes: &str| codes.split(' ').all(|code| countries.id(code).is_some());
        for (list, text, columns) in [
            ("aliases", ALIASES, ["countries", "languages", "written", "phrases"]),
            ("demonyms", DEMONYMS, ["countries", "language", "written", "forms"]),
            ("seats", SEATS, ["countries", "languages", "written", "phrases"]),
        ] {
            for row in tsv::rows(list, text, columns).unwrap() {
                let [codes, _, written, phrases] = row.cells;
                assert!(known(codes), "{list}, line {}: {codes}", row.line);
                assert!(
                    matches!(written, "any" | "capital" | "capitals"),
                    "{list}, line {}",
                    row.line
                );
                assert!(
                    phrases.split('|').all(|phrase| !phrase.is_empty()),
                    "{list}, line {}",
                    row.line
                );
            }
        }
        for row in tsv::rows("cities", CITIES, ["countries", "use", "name"]).unwrap() {
            assert!(known(row.cells[0]), "line {}", row.line);
            assert!(
                matches!(row.cells[1], "anywhere" | "backed" | "dateline"),
                "line {}",
                row.line
            );
        }
    }

    #[test]
    fn a_phrase_of_another_language_gives_way_to_a_shorter_one() {
        let countries = Countries::load().unwrap();
        let places = countries.places();
        let at = |text: &str, language: &str| {
            let tokens = tokenise(text);
            let found = places.longest_at(text, &tokens, 0, places.language(language));
            found.map(|(len, place)| (len, place.reading))
        };
        assert_eq!(at("Royal Dutch Shell rose", "en"), Some((3, Reading::Trap)));
        assert_eq!(at("AS berharap", "id"), Some((1, Reading::Named)));
        assert_eq!(at("AS berharap", "en"), None);
        assert_eq!(at("as berharap", "id"), None);
        assert_eq!(at("russischen Truppen", "de"), Some((1, Reading::Named)));
        assert_eq!(at("Gedung Putih", "id"), Some((2, Reading::Implied)));
        assert_eq!(at("turkey dinner", "en"), None);
    }
}
