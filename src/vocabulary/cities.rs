//! The cities of datelines: 15,000 people and more, whatever their case and the story's language.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::countries::{Countries, CountryId};
use super::places::{MOST_SHARED, Place, Reading, Written};
use super::tsv;
use crate::text::{Token, hash_folded, tokenise};

pub(super) const SEATS: &str = include_str!("../../index_schema/vocabulary/seats.tsv");
pub(super) const CITIES: &str = include_str!("../../index_schema/vocabulary/cities.tsv");

/// How many tokens the longest city name of a dateline has.
const LONGEST_CITY: usize = 6;

/// A longer name is not tried as plain words.
const LONGEST_PLAIN: usize = 40;

/// How many cities there are, about; saves growing.
const CITY_NAMES: usize = 32_000;

/// From a city's name to its country.
#[derive(Debug, Default)]
pub(crate) struct Cities {
    /// Each distinct place once: cities differ in their name only.
    distinct: Vec<Place>,
    by_name: FxHashMap<u64, u16>,
    /// The short forms of states and provinces, by the folded word.
    regions: FxHashMap<u64, Place>,
}

impl Cities {
    pub(super) fn load(countries: &Countries) -> Self {
        let mut cities = Self {
            by_name: FxHashMap::with_capacity_and_hasher(CITY_NAMES, FxBuildHasher),
            ..Self::default()
        };
        let mut numbers: FxHashMap<&str, u16> = FxHashMap::default();
        for [codes, _, name] in tsv::cells(CITIES) {
            let number = *numbers.entry(codes).or_insert_with(|| {
                cities.distinct.push(in_dateline(countries, codes));
                (cities.distinct.len() - 1) as u16
            });
            cities.by_name.entry(key(name)).or_insert(number);
            for other in other_spellings(name) {
                cities.by_name.entry(key(&other)).or_insert(number);
            }
        }
        for [codes, _, written, phrases] in tsv::cells(SEATS) {
            if written == "dateline" {
                for word in phrases.split('|') {
                    cities.regions.insert(key(word), in_dateline(countries, codes));
                }
            }
        }
        cities
    }

    /// The state or province whose short form follows a city: "Pa" in "OIL CITY, Pa".
    pub(crate) fn region(&self, token: &Token) -> Option<(usize, Place)> {
        Some((1, *self.regions.get(&longer(0, token.folded))?))
    }

    /// The longest city name at token `at`, whatever its size and case.
    pub(crate) fn longest_at(&self, tokens: &[Token], at: usize) -> Option<(usize, Place)> {
        let mut key = 0;
        let mut found = None;
        for (before, token) in tokens.get(at..)?.iter().take(LONGEST_CITY).enumerate() {
            key = longer(key, token.folded);
            if let Some(number) = self.by_name.get(&key) {
                found = Some((before + 1, *self.distinct.get(usize::from(*number))?));
            }
        }
        found
    }
}

/// How a dateline may spell a name that has letters which old wires lack, or a saint: "DUESSELDORF", "ST. PAUL".
pub(super) fn other_spellings(name: &str) -> Vec<String> {
    let mut others = Vec::new();
    if let Some(spelt) = without_umlauts(name) {
        others.push(spelt);
    }
    for saint in ["Saint ", "St. ", "St "] {
        if let Some(rest) = name.strip_prefix(saint) {
            others.extend(["Saint ", "St. ", "St "].map(|saint| [saint, rest].concat()));
        }
    }
    others
}

/// The name with German and Nordic letters written in two: "Duesseldorf"; `None` if it has none.
pub(super) fn without_umlauts(name: &str) -> Option<String> {
    if name.is_ascii() {
        return None;
    }
    let mut spelt = String::with_capacity(name.len() + 2);
    for c in name.chars() {
        match c {
            'ä' | 'æ' => spelt.push_str("ae"),
            'ö' | 'ø' => spelt.push_str("oe"),
            'ü' => spelt.push_str("ue"),
            'å' => spelt.push_str("aa"),
            'Ä' | 'Æ' => spelt.push_str("Ae"),
            'Ö' | 'Ø' => spelt.push_str("Oe"),
            'Ü' => spelt.push_str("Ue"),
            'Å' => spelt.push_str("Aa"),
            _ => spelt.push(c),
        }
    }
    (spelt != name).then_some(spelt)
}

fn in_dateline(countries: &Countries, codes: &str) -> Place {
    Place {
        countries: ids(countries, codes),
        reading: Reading::Implied,
        rule: "dateline",
        written: Written::Any,
        accents: 0,
    }
}

/// The key of a name: of its tokens' folded hashes. Most names are plain words, which need no tokens made.
fn key(name: &str) -> u64 {
    let mut plain = [0_u8; LONGEST_PLAIN];
    let Some(plain) = plain.get_mut(..name.len()) else {
        return key_of_tokens(name);
    };
    for (to, from) in plain.iter_mut().zip(name.bytes()) {
        if !from.is_ascii_alphabetic() && from != b' ' {
            return key_of_tokens(name);
        }
        *to = from.to_ascii_lowercase();
    }
    plain.split(|byte| *byte == b' ').fold(0, |key, word| {
        longer(key, hash_folded(std::str::from_utf8(word).unwrap_or_default()))
    })
}

fn key_of_tokens(name: &str) -> u64 {
    tokenise(name).iter().fold(0, |key, token| longer(key, token.folded))
}

/// The key of a run of words, one word longer.
fn longer(key: u64, word: u64) -> u64 {
    (key.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The countries of a cell of codes.
pub(super) fn ids(countries: &Countries, codes: &str) -> [Option<CountryId>; MOST_SHARED] {
    let mut ids = [None; MOST_SHARED];
    for (place, code) in ids.iter_mut().zip(codes.split(' ')) {
        *place = countries.id(code);
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_name_has_the_key_of_its_tokens() {
        for name in ["Lunde", "San Lunde Alto"] {
            assert_eq!(key(name), key_of_tokens(name));
        }
    }

    #[test]
    fn every_city_has_known_countries_and_a_use() {
        let countries = Countries::load().unwrap();
        for row in tsv::rows("cities", CITIES, ["countries", "use", "name"]).unwrap() {
            let [codes, usage, _] = row.cells;
            assert!(
                codes.split(' ').all(|code| countries.id(code).is_some()),
                "line {}",
                row.line
            );
            assert!(matches!(usage, "anywhere" | "backed" | "dateline"), "line {}", row.line);
        }
    }
}
