//! Countries and regions: ISO 3166-1 and UN M49 codes, their names in every language of CLDR, and from any name to its code.

mod names;

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::cities::Cities;
use super::named::NamedValues;
use super::places::Places;
use super::tsv::{self, BadLine};
use crate::text::fold;
use names::Names;

const COUNTRIES: &str = include_str!("../../index_schema/vocabulary/countries.tsv");
const REGIONS: &str = include_str!("../../index_schema/vocabulary/regions.tsv");
pub(super) const COUNTRY_NAMES: &str = include_str!("../../index_schema/vocabulary/country_names.tsv");
pub(super) const ALIASES: &str = include_str!("../../index_schema/vocabulary/country_aliases.tsv");
pub(super) const DEMONYMS: &str = include_str!("../../index_schema/vocabulary/demonyms.tsv");

/// The region that holds all others; no country's list of regions names it.
const WORLD: &str = "001";

/// A country by its place in `countries.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct CountryId(pub(super) u16);

/// The countries, their regions and names. Names and phrases are read at first use.
#[derive(Debug)]
pub struct Countries {
    areas: Vec<Area>,
    regions: Vec<Area>,
    by_code: FxHashMap<&'static str, CountryId>,
    names: OnceLock<Names>,
    keys: OnceLock<Keys>,
    named: OnceLock<NamedValues>,
    /// By the bare tag of the language.
    places: RwLock<FxHashMap<String, Arc<Places>>>,
    cities: OnceLock<Cities>,
}

/// A country or a region.
#[derive(Debug)]
struct Area {
    code: &'static str,
    name: &'static str,
    /// The regions it lies in, the smallest first.
    within: Vec<&'static str>,
}

/// From the [`key`] of a name to a code.
#[derive(Debug, Default)]
struct Keys {
    countries: FxHashMap<u64, CountryId>,
    regions: FxHashMap<u64, &'static str>,
}

impl Countries {
    /// Reads the compiled-in lists.
    ///
    /// # Errors
    /// When a list has a row that cannot be read; the compiled-in ones have none, as a test makes sure.
    pub fn load() -> Result<Self, BadLine> {
        let mut regions: Vec<Area> = Vec::new();
        for row in tsv::rows("regions.tsv", REGIONS, ["region", "parent", "name"])? {
            let [code, parent, name] = row.cells;
            let within = match regions.iter().find(|area| area.code == parent) {
                Some(area) if parent != WORLD => std::iter::once(parent).chain(area.within.iter().copied()).collect(),
                _ => Vec::new(),
            };
            regions.push(Area { code, name, within });
        }
        let mut countries = Vec::new();
        let mut by_code = FxHashMap::default();
        for row in tsv::rows("countries.tsv", COUNTRIES, ["country", "alpha3", "region", "name"])? {
            let [code, alpha3, region, name] = row.cells;
            let id = CountryId(countries.len() as u16);
            let within = match regions.iter().find(|area| area.code == region) {
                Some(area) => std::iter::once(region).chain(area.within.iter().copied()).collect(),
                None => Vec::new(),
            };
            by_code.insert(code, id);
            if !alpha3.is_empty() {
                by_code.insert(alpha3, id);
            }
            countries.push(Area { code, name, within });
        }
        Ok(Self::of(countries, regions, by_code))
    }

    /// The compiled-in countries; empty if their lists were broken, which a test rules out.
    #[must_use]
    pub fn builtin() -> Self {
        Self::load().unwrap_or_else(|_| Self::of(Vec::new(), Vec::new(), FxHashMap::default()))
    }

    fn of(areas: Vec<Area>, regions: Vec<Area>, by_code: FxHashMap<&'static str, CountryId>) -> Self {
        Self {
            areas,
            regions,
            by_code,
            names: OnceLock::new(),
            keys: OnceLock::new(),
            named: OnceLock::new(),
            places: RwLock::default(),
            cities: OnceLock::new(),
        }
    }

    /// Every code, in alphabetical order.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.areas.iter().map(|area| area.code)
    }

    /// A country's name in a language (BCP 47), in English when CLDR has none there; `None` for an unknown code.
    #[must_use]
    pub fn label(&self, code: &str, lang: &str) -> Option<&'static str> {
        let area = self.area(code)?;
        Some(self.name_of(area, lang))
    }

    /// A region's name in a language, as [`Countries::label`].
    #[must_use]
    pub fn region_label(&self, code: &str, lang: &str) -> Option<&'static str> {
        let area = self.regions.iter().find(|area| area.code == code)?;
        Some(self.name_of(area, lang))
    }

    /// The M49 regions of a country from the smallest to its continent; empty for an unknown code and for Antarctica.
    #[must_use]
    pub fn regions(&self, code: &str) -> &[&'static str] {
        self.area(code).map_or(&[], |area| &area.within)
    }

    /// A country's names in every language.
    pub fn names_of(&self, code: &str) -> impl Iterator<Item = &'static str> {
        self.names().of(code).iter().map(|name| name.name)
    }

    /// The names of all countries in every language, by their words.
    pub(super) fn named(&self) -> &NamedValues {
        self.named.get_or_init(|| {
            let names = |area: &Area| {
                let others = self.names().of(area.code).iter().map(|name| name.name);
                let (code, english) = (area.code, area.name);
                let others = others.filter(move |name| *name != english);
                std::iter::once(english).chain(others).map(move |name| (code, name))
            };
            NamedValues::new(self.areas.iter().flat_map(names))
        })
    }

    /// The code of a country by its code (two or three letters, any case), or by any name, short form or demonym in any
    /// language. A code wins over a name: `AS` is American Samoa.
    #[must_use]
    pub fn resolve(&self, text: &str) -> Option<&'static str> {
        let code = text.trim().to_ascii_uppercase();
        let id = match self.by_code.get(code.as_str()) {
            Some(id) => id,
            None => self.keys().countries.get(&key(text))?,
        };
        Some(self.code(*id))
    }

    /// The code of a region by its code or by its name in any language.
    #[must_use]
    pub fn resolve_region(&self, text: &str) -> Option<&'static str> {
        let trimmed = text.trim();
        match self.regions.iter().find(|area| area.code == trimmed) {
            Some(area) => Some(area.code),
            None => self.keys().regions.get(&key(text)).copied(),
        }
    }

    pub(crate) fn code(&self, id: CountryId) -> &'static str {
        self.areas.get(usize::from(id.0)).map_or("", |area| area.code)
    }

    pub(crate) fn id(&self, code: &str) -> Option<CountryId> {
        self.by_code.get(code).copied()
    }

    /// The phrases that name or imply a country in a text of that language (BCP 47), read when the first text of it comes.
    /// A text of no known language is matched as English.
    pub(crate) fn places(&self, language: &str) -> Arc<Places> {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        let primary = if matches!(primary, "" | "und") { "en" } else { primary };
        self.places_of(primary)
    }

    fn places_of(&self, primary: &str) -> Arc<Places> {
        let read = self
            .places
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(primary)
            .cloned();
        if let Some(places) = read {
            return places;
        }
        let places = match Places::load(self, primary).unwrap_or_default() {
            Some(places) => Arc::new(places),
            None if primary.is_empty() => Arc::default(),
            None => self.places_of(""),
        };
        let mut all = self.places.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been faster.
        Arc::clone(all.entry(primary.to_owned()).or_insert(places))
    }

    /// The cities of datelines.
    pub(crate) fn cities(&self) -> &Cities {
        self.cities.get_or_init(|| Cities::load(self))
    }

    /// English is the lists' own, and needs no other names read.
    fn name_of(&self, area: &Area, lang: &str) -> &'static str {
        match lang.split(['-', '_']).next() {
            None | Some("" | "en") => area.name,
            Some(primary) => self.names().in_language(area.code, lang, primary).unwrap_or(area.name),
        }
    }

    fn area(&self, code: &str) -> Option<&Area> {
        self.areas.get(usize::from(self.id(code)?.0))
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::load().unwrap_or_default())
    }

    fn keys(&self) -> &Keys {
        self.keys.get_or_init(|| Keys::load(self).unwrap_or_default())
    }
}

impl Keys {
    /// English names win over other languages' ones, names over short forms, and these over demonyms.
    fn load(countries: &Countries) -> Result<Self, BadLine> {
        let mut keys = Self::default();
        for (at, area) in countries.areas.iter().enumerate() {
            keys.countries.entry(key(area.name)).or_insert(CountryId(at as u16));
        }
        for (at, area) in countries.areas.iter().enumerate() {
            for row in countries.names().of(area.code) {
                keys.countries.entry(key(row.name)).or_insert(CountryId(at as u16));
            }
        }
        let aliases = tsv::rows(
            "country_aliases.tsv",
            ALIASES,
            ["countries", "languages", "written", "phrases"],
        )?;
        let demonyms = tsv::rows("demonyms.tsv", DEMONYMS, ["countries", "language", "written", "forms"])?;
        for row in aliases.into_iter().chain(demonyms) {
            let [codes, _, _, phrases] = row.cells;
            if let Some(id) = codes.split(' ').next().and_then(|code| countries.id(code)) {
                for phrase in phrases.split('|') {
                    keys.countries.entry(key(phrase)).or_insert(id);
                }
            }
        }
        for area in &countries.regions {
            keys.regions.entry(key(area.name)).or_insert(area.code);
        }
        for area in &countries.regions {
            for row in countries.names().of(area.code) {
                keys.regions.entry(key(row.name)).or_insert(area.code);
            }
        }
        Ok(keys)
    }
}

/// XXH3 of the form in which two spellings of a name are the same: folded, hyphens as spaces, no full stops, `and` for `&`.
fn key(text: &str) -> u64 {
    let folded = fold(text);
    let mut plain = String::with_capacity(folded.len() + 2);
    for c in folded.chars() {
        match c {
            '.' => {}
            '&' => plain.push_str("and"),
            c if c == '-' || c == '‑' || c.is_whitespace() => {
                if !plain.is_empty() && !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            c => plain.push(c),
        }
    }
    xxh3_64(plain.trim_end().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn countries() -> Countries {
        Countries::load().unwrap()
    }

    #[test]
    fn every_list_reads_and_every_code_is_known() {
        let countries = countries();
        assert_eq!(countries.codes().count(), 250);
        Names::load().unwrap();
        Keys::load(&countries).unwrap();
        for code in countries.codes() {
            assert!(!countries.names().of(code).is_empty(), "{code} has no names");
            assert!(
                code == "AQ" || !countries.regions(code).is_empty(),
                "{code} has no region"
            );
            let label = countries.label(code, "en").unwrap();
            assert_eq!(countries.resolve(label), Some(code), "{label}");
        }
    }

    #[test]
    fn a_country_resolves_by_code_and_by_any_name() {
        let countries = countries();
        for text in [
            "KP",
            "kp",
            "prk",
            "Korea Utara",
            "north korea",
            "Corée du Nord",
            "朝鲜",
            "КНДР",
            "DPRK",
        ] {
            assert_eq!(countries.resolve(text), Some("KP"), "{text}");
        }
        for (text, code) in [
            ("Inggris", "GB"),
            ("Tschechien", "CZ"),
            ("Soviet Union", "RU"),
            ("trinidad & tobago", "TT"),
            ("französisch", "FR"),
            ("Cote d’Ivoire", "CI"),
            ("as", "AS"),
            ("Guinea-Bissau", "GW"),
        ] {
            assert_eq!(countries.resolve(text), Some(code), "{text}");
        }
        assert_eq!(countries.resolve("Ruritania"), None);
        assert_eq!(countries.resolve(""), None);
    }

    #[test]
    fn labels_follow_the_language_and_fall_back_to_english() {
        let countries = countries();
        assert_eq!(countries.label("KP", "id"), Some("Korea Utara"));
        assert_eq!(countries.label("DE", "fr-CH"), Some("Allemagne"));
        assert_eq!(countries.label("HK", "en"), Some("Hong Kong"));
        assert_eq!(countries.label("JP", "tlh"), Some("Japan"));
        assert_eq!(countries.label("ZZ", "en"), None);
    }

    #[test]
    fn regions_climb_to_the_continent() {
        let countries = countries();
        assert_eq!(countries.regions("ID"), ["035", "142"]);
        assert_eq!(countries.regions("KE"), ["014", "202", "002"]);
        assert_eq!(countries.region_label("035", ""), Some("South-eastern Asia"));
        assert_eq!(countries.region_label("035", "id"), Some("Asia Tenggara"));
        assert_eq!(countries.resolve_region("asia tenggara"), Some("035"));
        assert_eq!(countries.resolve_region("035"), Some("035"));
        assert_eq!(countries.resolve_region("Atlantis"), None);
    }
}
