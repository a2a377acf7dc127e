//! The names of countries and regions in every language of CLDR.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::COUNTRY_NAMES;
use crate::vocabulary::tsv::{self, BadLine};

const REGION_NAMES: &str = include_str!("../../../index_schema/vocabulary/region_names.tsv");

/// One name in some languages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    languages: &'static str,
    pub(super) name: &'static str,
}

/// All names, those of one area side by side.
#[derive(Debug, Default)]
pub(super) struct Names {
    rows: Vec<Name>,
    of: FxHashMap<&'static str, Range<usize>>,
}

impl Names {
    pub(super) fn load() -> Result<Self, BadLine> {
        let mut names = Self::default();
        for row in tsv::rows(
            "country_names.tsv",
            COUNTRY_NAMES,
            ["country", "text", "languages", "name"],
        )? {
            let [code, _, languages, name] = row.cells;
            names.push(code, languages, name);
        }
        for row in tsv::rows("region_names.tsv", REGION_NAMES, ["region", "languages", "name"])? {
            let [code, languages, name] = row.cells;
            names.push(code, languages, name);
        }
        Ok(names)
    }

    fn push(&mut self, code: &'static str, languages: &'static str, name: &'static str) {
        let at = self.rows.len();
        self.rows.push(Name { languages, name });
        self.of.entry(code).or_insert(at..at).end = at + 1;
    }

    pub(super) fn of(&self, code: &str) -> &[Name] {
        self.of
            .get(code)
            .and_then(|range| self.rows.get(range.clone()))
            .unwrap_or_default()
    }

    /// The first name in that language, else in `primary`, the language without its script and region.
    pub(super) fn in_language(&self, code: &str, lang: &str, primary: &str) -> Option<&'static str> {
        let rows = self.of(code);
        [lang, primary]
            .iter()
            .find_map(|lang| rows.iter().find(|row| row.languages.split(' ').any(|l| l == *lang)))
            .map(|row| row.name)
    }
}
