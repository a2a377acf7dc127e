//! The phrases that name or imply a country in a text of one language, and those that only look like it.

mod lists;

use rustc_hash::FxHashSet;

use super::countries::CountryId;
use super::phrases::Phrases;
use crate::text::{Case, Token, tokenise};

/// How many countries may share a phrase: four Kingstons are enough.
pub(super) const MOST_SHARED: usize = 4;

/// The bits of the first words' hashes that [`Places::may_start`] looks at: 16 KB, which stay in the cache.
const START_BITS: u32 = 17;

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
pub(super) enum Written {
    Any,
    /// Token `first` of the phrase has a capital, and so has its last token if `last`.
    Capital {
        first: u8,
        last: bool,
    },
    /// No letter is lower case.
    Capitals,
    /// Its first letter is: with a capital it is another name.
    Lower,
}

/// What a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(super) countries: [Option<CountryId>; MOST_SHARED],
    pub(crate) reading: Reading,
    /// What kind of phrase it is: `name`, `short-form`, `demonym`, `seat`, `city`.
    pub(crate) rule: &'static str,
    pub(super) written: Written,
    /// [`accents`] of a phrase of one word.
    pub(super) accents: u32,
}

/// What counts in the texts of one language.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Each distinct place once: thousands of cities differ in their name only.
    distinct: Vec<Place>,
    phrases: Phrases<u16>,
    /// A bit for each [`START_BITS`] of a first word's hash.
    starts: Vec<u64>,
    /// Words that make the capitalised words before them a company: "Inc".
    companies: FxHashSet<u64>,
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
            Written::Lower => tokens.first().is_some_and(|token| token.case == Case::Lower),
            Written::Capitals => !tokens.iter().any(|token| token.of(text).contains(char::is_lowercase)),
        }
    }
}

impl Places {
    /// Whether any phrase may start with this token: wrong for one word in ten, but cheap.
    pub(crate) fn may_start(&self, token: &Token) -> bool {
        let (word, bit) = start_bit(token);
        self.starts.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// The longest phrase at token `at`, written as it is: its length in tokens and what it stands for. At equal length a trap
    /// wins over a name, a name over a seat, a seat over a city.
    pub(crate) fn longest_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<(usize, Place)> {
        if !self.may_start(tokens.get(at)?) {
            return None;
        }
        let mut end = tokens.len();
        while let Some(found) = self.phrases.longest_at(tokens.get(..end)?, at) {
            let run = tokens.get(at..at + found.len)?;
            let place = found
                .values
                .iter()
                .filter_map(|number| self.distinct.get(usize::from(*number)))
                .filter(|place| place.is_written(text, run))
                .min_by_key(|place| rank(place.reading));
            if let Some(place) = place {
                return Some((found.len, *place));
            }
            end = at + found.len - 1;
        }
        None
    }

    /// Whether this word, with a capital, closes the name of a company.
    pub(crate) fn closes_company(&self, token: &Token) -> bool {
        self.companies.contains(&token.folded)
    }

    /// The place that a piece of a word names, as `longest_at`; for words that lost the space between them.
    pub(crate) fn of_piece(&self, piece: &str) -> Option<Place> {
        let tokens = tokenise(piece);
        let (len, place) = self.longest_at(piece, &tokens, 0)?;
        (len == tokens.len()).then_some(place)
    }
}

/// Where the bit of a first word is.
fn start_bit(token: &Token) -> (usize, u64) {
    let low = token.folded as usize & ((1 << START_BITS) - 1);
    (low / 64, 1 << (low % 64))
}

fn rank(reading: Reading) -> u8 {
    match reading {
        Reading::Trap => 0,
        Reading::Named => 1,
        Reading::Implied => 2,
        Reading::Backed => 3,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Countries;

    #[test]
    fn a_phrase_of_another_language_gives_way_to_a_shorter_one() {
        let countries = Countries::load().unwrap();
        let at = |text: &str, language: &str| {
            let tokens = tokenise(text);
            let found = countries.places(language).longest_at(text, &tokens, 0);
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

    #[test]
    fn a_text_of_no_known_language_is_read_as_english() {
        let countries = Countries::load().unwrap();
        assert!(std::sync::Arc::ptr_eq(
            &countries.places("und"),
            &countries.places("en-GB")
        ));
        assert!(std::sync::Arc::ptr_eq(&countries.places("xx"), &countries.places("yy")));
    }
}
