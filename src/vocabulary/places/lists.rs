//! Reads the lists of phrases for one language. A list's rows are cut and looked through each time: a language is read once, and
//! most archives have few.

use rustc_hash::FxHashMap;

use super::{MOST_SHARED, Place, Places, Reading, START_BITS, Written, accents, start_bit};
use crate::text::{Token, tokenise};
use crate::vocabulary::cities::{CITIES, SEATS, ids, without_umlauts};
use crate::vocabulary::countries::{ALIASES, COUNTRY_NAMES, Countries, CountryId, DEMONYMS};
use crate::vocabulary::phrases::Phrases;
use crate::vocabulary::tsv::{self, BadLine};

const TRAPS: &str = include_str!("../../../index_schema/vocabulary/place_traps.tsv");

/// Opens a row of traps whose words follow a place.
const AFTER_A_PLACE: &str = "… ";

/// How many words the phrases of a language have, about; saves growing.
const WORDS: usize = 16_000;

/// The phrases of one language while they are read.
struct Reader<'c> {
    countries: &'c Countries,
    language: &'c str,
    places: Places,
    numbers: FxHashMap<Place, u16>,
    /// Whether any list names the language.
    is_known: bool,
}

impl Places {
    /// The phrases that count in texts of a language (a bare tag: `pt`), or `None` if no list names it. Of the empty language,
    /// those that count in every text.
    pub(in crate::vocabulary) fn load(countries: &Countries, language: &str) -> Result<Option<Self>, BadLine> {
        let mut reader = Reader {
            countries,
            language,
            places: Self {
                phrases: Phrases::with_capacity(WORDS),
                starts: vec![0; 1 << (START_BITS - 6)],
                ..Self::default()
            },
            numbers: FxHashMap::default(),
            is_known: language.is_empty(),
        };
        reader.names();
        for (list, text, [languages, phrases], reading, rule) in [
            (
                "country_aliases.tsv",
                ALIASES,
                ["languages", "phrases"],
                Reading::Named,
                "short-form",
            ),
            (
                "demonyms.tsv",
                DEMONYMS,
                ["language", "forms"],
                Reading::Named,
                "demonym",
            ),
            ("seats.tsv", SEATS, ["languages", "phrases"], Reading::Implied, "seat"),
        ] {
            for row in tsv::rows(list, text, ["countries", languages, "written", phrases])? {
                let [codes, languages, written, phrases] = row.cells;
                if written != "dateline" && reader.counts(languages) {
                    let kind = (ids(countries, codes), reading, rule);
                    reader.all(kind, written, phrases);
                }
            }
        }
        for row in tsv::rows("place_traps.tsv", TRAPS, ["languages", "phrases"])? {
            let [languages, phrases] = row.cells;
            if !reader.counts(languages) {
                continue;
            }
            match phrases.strip_prefix(AFTER_A_PLACE) {
                Some(words) => reader.companies(words),
                None => reader.all(([None; MOST_SHARED], Reading::Trap, "trap"), "capital", phrases),
            }
        }
        reader.cities();
        Ok(reader.is_known.then_some(reader.places))
    }
}

/// The countries of a phrase, how it is read, and its kind.
type Meaning = ([Option<CountryId>; MOST_SHARED], Reading, &'static str);

impl Reader<'_> {
    /// Whether a row with this cell of languages counts.
    fn counts(&mut self, languages: &str) -> bool {
        if languages.is_empty() {
            return true;
        }
        let listed = languages.split(' ').any(|language| language == self.language);
        self.is_known |= listed;
        listed
    }

    fn names(&mut self) {
        for [code, text, _, name] in tsv::cells(COUNTRY_NAMES) {
            if text == "-" || text != "any" && !self.counts(text) {
                continue;
            }
            // "AS", "EE. UU.": a short form among the names.
            let has_small = name
                .chars()
                .any(|c| c.is_lowercase() || c.is_alphabetic() && !c.is_uppercase());
            let written = if has_small { "capital" } else { "capitals" };
            let meaning = (ids(self.countries, code), Reading::Named, "name");
            self.one(meaning, written, name);
            if name.contains(" & ") {
                self.one(meaning, "capital", &name.replace(" & ", " and "));
            }
        }
    }

    /// The cities that count outside datelines.
    fn cities(&mut self) {
        for [codes, usage, name] in tsv::cells(CITIES) {
            let reading = match usage {
                "anywhere" => Reading::Implied,
                "backed" => Reading::Backed,
                _ => continue,
            };
            self.one((ids(self.countries, codes), reading, "city"), "capital", name);
        }
    }

    fn companies(&mut self, words: &str) {
        let words = words.split('|').flat_map(tokenise).map(|word| word.folded);
        self.places.companies.extend(words);
    }

    fn all(&mut self, meaning: Meaning, written: &str, phrases: &str) {
        for phrase in phrases.split('|') {
            self.one(meaning, written, phrase);
        }
    }

    fn one(&mut self, (countries, reading, rule): Meaning, written: &str, phrase: &str) {
        let meaning = (countries, reading, rule);
        let german = self.language == "de";
        if german && matches!(rule, "name" | "short-form" | "seat") && written == "capital" && takes_genitive(phrase) {
            self.spelt(meaning, written, &[phrase, "s"].concat());
        }
        if let Some(spelt) = without_umlauts(phrase).filter(|_| german || rule == "city") {
            self.spelt(meaning, written, &spelt);
        }
        self.spelt(meaning, written, phrase);
    }

    fn spelt(&mut self, (countries, reading, rule): Meaning, written: &str, phrase: &str) {
        let tokens = tokenise(phrase);
        let written = match written {
            "any" => Written::Any,
            "capitals" => Written::Capitals,
            "lower" => Written::Lower,
            _ => capital_of(phrase, &tokens),
        };
        let number = self.number_of(Place {
            countries,
            reading,
            rule,
            written,
            accents: if tokens.len() == 1 { accents(phrase) } else { 0 },
        });
        if let Some(first) = tokens.first() {
            let (word, bit) = start_bit(first);
            if let Some(bits) = self.places.starts.get_mut(word) {
                *bits |= bit;
            }
        }
        self.places.phrases.insert_tokens(&tokens, number);
    }

    fn number_of(&mut self, place: Place) -> u16 {
        let distinct = &mut self.places.distinct;
        *self.numbers.entry(place).or_insert_with(|| {
            distinct.push(place);
            (distinct.len() - 1) as u16
        })
    }
}

/// Whether a German name ends in a letter after which its genitive has an s: "Frankreichs".
fn takes_genitive(name: &str) -> bool {
    name.ends_with(|c: char| c.is_lowercase() && !matches!(c, 's' | 'ß' | 'x' | 'z'))
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
    fn every_list_reads_and_its_numbers_fit() {
        let countries = Countries::load().unwrap();
        for language in ["", "en", "id", "de", "fr", "es", "pt", "nl", "it", "ru"] {
            let places = Places::load(&countries, language).unwrap().unwrap();
            assert!(places.distinct.len() < usize::from(u16::MAX), "{language}");
        }
        assert!(Places::load(&countries, "xx").unwrap().is_none());
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
                    matches!(written, "any" | "capital" | "capitals" | "lower" | "dateline"),
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
    }
}
