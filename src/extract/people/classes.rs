//! What each token of a text can be for a name: from the lists, the marks of earlier steps and the way it is written.

use crate::extract::document::{Marks, Text};
use crate::extract::tagger::{Opinion, Tag};
use crate::text::{Case, Kind, Token};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};

/// What a capitalised token, or a particle, is for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Part of a name as far as the lists tell.
    Name,
    /// Part of a name, or something else of that spelling (a place, an ordinary word).
    Doubtful,
    /// In no list.
    Unknown,
    /// "J."
    Initial,
    /// "bin", "van", a hyphen or bracket inside a name.
    Link,
    /// "Jr"
    Suffix,
    /// An office, a form of address, a role.
    Title,
    /// Opens the name of an organisation or building.
    OrgBefore,
    /// Closes one.
    OrgAfter,
    /// A place, an organisation, an ordinary word, an acronym: nothing that a name holds.
    Other,
}

impl Class {
    /// Whether a name can hold it.
    pub(super) const fn is_part(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Doubtful | Self::Unknown | Self::Initial | Self::Link | Self::Suffix
        )
    }
}

/// Tokens that no name reaches into.
pub(in crate::extract) const BARRED: Marks = Marks::FURNITURE
    .with(Marks::DATELINE)
    .with(Marks::CREDIT)
    .with(Marks::SOURCE);

/// A text with what the lists say of its words.
#[derive(Debug)]
pub(super) struct Words<'d, 't> {
    pub text: &'d Text<'t>,
    pub traits: Vec<Traits>,
    pub lists: Lists,
    /// What the tagger says of each token; empty without a model.
    pub opinions: Vec<Opinion>,
}

/// The traits of every token; all tokens of a title of several words have the title's.
pub(in crate::extract) fn traits_of(text: &Text<'_>, vocabulary: &Vocabulary, lists: Lists) -> Vec<Traits> {
    let endings = vocabulary.names.has_endings(lists);
    let romance = lists.is_romance();
    let traits = text.tokens.iter().map(|token| match token.kind {
        Kind::Word => match vocabulary.names.traits(token, lists) {
            // Where ordinary nouns are small, a capital makes it a name ("le pompier", "Courtandier").
            unknown if unknown == Traits::default() && endings && (!romance || token.case == Case::Lower) => {
                vocabulary.names.by_ending(token.of(text.text), lists)
            }
            unknown if unknown == Traits::default() && lists == Lists::Id && token.case == Case::Lower => {
                possessed(token.of(text.text), vocabulary)
            }
            traits => traits,
        },
        Kind::Number | Kind::Mark => Traits::default(),
    });
    let mut traits: Vec<Traits> = traits.collect();
    for at in 0..traits.len() {
        if traits[at].any(Traits::TITLE_OPENS)
            && let Some(len) = vocabulary.names.title_at(&text.tokens, at, lists)
        {
            traits[at..at + len].fill(Traits::TITLE);
        }
    }
    traits
}

impl<'d, 't> Words<'d, 't> {
    pub(super) fn new(text: &'d Text<'t>, vocabulary: &Vocabulary, lists: Lists) -> Self {
        let traits = traits_of(text, vocabulary, lists);
        Self {
            text,
            traits,
            lists,
            opinions: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.text.tokens.len()
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.text.tokens.get(at)
    }

    pub(super) fn traits(&self, at: usize) -> Traits {
        self.traits.get(at).copied().unwrap_or_default()
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|token| token.kind == Kind::Word && token.is_capital(self.text.text))
    }

    pub(super) fn is_lower(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.case == Case::Lower)
    }

    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.token(at).is_some_and(|token| token.is_mark(self.text.text, mark))
    }

    pub(super) fn is_barred(&self, at: usize) -> bool {
        self.text.marks.get(at).is_some_and(|marks| marks.any(BARRED))
    }

    /// Whether nothing stands between token `at` and the next.
    pub(super) fn is_tight(&self, at: usize) -> bool {
        match (self.token(at), self.token(at + 1)) {
            (Some(this), Some(next)) => this.end == next.start,
            _ => false,
        }
    }

    /// Whether the token opens a sentence, a quote or a paragraph, where any word has a capital.
    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        if self
            .text
            .paragraphs
            .binary_search_by(|range| range.start.cmp(&at))
            .is_ok()
        {
            return true;
        }
        if self.text.marks[before].any(Marks::DATELINE) && !self.text.marks[at].any(Marks::DATELINE) {
            return true;
        }
        match self.text.word(before) {
            "." => !self.traits(before.wrapping_sub(1)).any(Traits::TITLE | Traits::SUFFIX),
            "!" | "?" | ":" | "…" | "\"" | "“" | "„" | "«" | "‘" | "(" | "•" | "*" | "[" | "–" | "—" => {
                true
            }
            "'" | "-" => !(self.is_tight(before) && before > 0 && self.is_tight(before - 1)),
            _ => false,
        }
    }

    /// The class of token `at`; `part_before` tells whether a part of a name stands right before it. What the tagger is sure of
    /// overrules the lists, but titles.
    pub(super) fn class(&self, at: usize, part_before: bool) -> Class {
        let listed = self.listed_class(at, part_before);
        match (listed, self.says_person(at)) {
            (Class::Other | Class::OrgAfter | Class::OrgBefore, true) => Class::Doubtful,
            _ => listed,
        }
    }

    /// Whether the tagger is sure that the token is part of a person's name.
    pub(super) fn says_person(&self, at: usize) -> bool {
        /// In units of what is usual in training text.
        const SURE: f32 = 0.3;
        self.opinions
            .get(at)
            .is_some_and(|opinion| opinion.tag.is_person() && opinion.person >= SURE)
    }

    /// Whether the tagger has the token inside a person's name that opened before.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        self.opinions.get(at).is_some_and(|opinion| opinion.tag == Tag::Person)
    }

    fn listed_class(&self, at: usize, part_before: bool) -> Class {
        let (Some(token), traits) = (self.token(at), self.traits(at)) else {
            return Class::Other;
        };
        let listed = traits.any(Traits::GIVEN | Traits::SURNAME | Traits::FAMILY_FIRST);
        let word = token.of(self.text.text);
        if word.contains(|c: char| c.is_ascii_digit()) || token.case == Case::Mixed && !listed && !is_name_hump(word) {
            return Class::Other;
        }
        let address = traits.any(Traits::TITLE) && !part_before;
        if is_initial(word) && !address && !self.is_small_word(at) {
            let ticker = at > 0 && self.is_mark(at - 1, '.') && self.is_tight(at - 1);
            return if !ticker && word.chars().filter(|c| c.is_alphabetic()).count() <= 2 && !self.is_place(at) {
                Class::Initial
            } else {
                Class::Other
            };
        }
        if part_before && traits.any(Traits::SUFFIX) {
            return Class::Suffix;
        }
        let half = word.ends_with(['\'', '’']);
        if part_before && traits.any(Traits::INNER) && token.case == Case::Capitalised && !half {
            return Class::Link;
        }
        // "Cabo Verde", "General Roca"
        let of_place = self.is_place(at) && self.is_place(at + 1);
        if traits.any(Traits::TITLE | Traits::ROLE) && !(part_before && traits.any(Traits::SURNAME)) && !of_place {
            return Class::Title;
        }
        if token.case == Case::AllCapitals {
            let long = word.len() >= 4 && traits.any(Traits::SURNAME) && part_before;
            return if long { Class::Doubtful } else { Class::Other };
        }
        let sure = listed && !traits.any(Traits::COMMON | Traits::ORGANISATION);
        if traits.any(Traits::ORG_AFTER) && !sure && (part_before || !traits.any(Traits::GIVEN)) {
            return Class::OrgAfter;
        }
        if traits.any(Traits::ORG_BEFORE) {
            return Class::OrgBefore;
        }
        let doubt_but_common = Traits::ORGANISATION | Traits::OTHER | Traits::PLACE | Traits::ORG_AFTER;
        let doubt = Traits::COMMON | doubt_but_common;
        match (listed, traits.any(doubt) || self.is_country(at)) {
            (true, false) => Class::Name,
            (true, true) => Class::Doubtful,
            // "Hiroko Nagahama": behind a given name, the name of a town may be a family's.
            (false, true) if part_before && !traits.any(doubt) => Class::Doubtful,
            // "Ákos Vámos": where the language writes ordinary words small.
            (false, true)
                if part_before
                    && self.lists.is_romance()
                    && traits.any(Traits::COMMON)
                    && !traits.any(doubt_but_common) =>
            {
                Class::Doubtful
            }
            (false, true) if self.is_place_of_a_name(at, part_before) => Class::Doubtful,
            (false, true) => Class::Other,
            (false, false) if self.lists == Lists::Id && is_derived_noun(word) => Class::Other,
            (false, false) => Class::Unknown,
        }
    }

    /// "Lorenzo Vienna", "la ministra Florencia Quintana": a place's word that stands where a name does.
    fn is_place_of_a_name(&self, at: usize, part_before: bool) -> bool {
        let given = Traits::GIVEN | Traits::FAMILY_FIRST;
        let traits = self.traits(at);
        let elsewhere = self.is_place(at) || traits.any(Traits::PLACE | Traits::OTHER);
        if !elsewhere || traits.any(Traits::COMMON | Traits::ORGANISATION) {
            return false;
        }
        if part_before {
            let before = self.traits(at - 1);
            let sure = before.any(Traits::GIVEN) && !before.any(Traits::COMMON) && !self.is_place(at - 1);
            return sure || self.lists.is_romance();
        }
        let next = self.traits(at + 1);
        let name = self.is_capital(at + 1) && !self.is_place(at + 1) && self.is_one_paragraph(at);
        self.lists.is_romance() && name && !next.any(given | Traits::COMMON | Traits::ORG_AFTER | Traits::ORGANISATION)
    }

    /// "O", "A", "Y": a word of one letter that only the start of a sentence gives a capital.
    fn is_small_word(&self, at: usize) -> bool {
        self.traits(at).any(Traits::COMMON) && self.opens_sentence(at) && !self.text.word(at).ends_with('.')
    }

    /// Whether it is a place first of all: marked as one, and not mostly a given name ("George", "Victoria").
    pub(super) fn is_country(&self, at: usize) -> bool {
        let traits = self.traits(at);
        self.is_place(at) && (traits.any(Traits::PLACE) || !traits.any(Traits::GIVEN))
    }

    /// "bin", "binti": the word between a name and the father's.
    pub(super) fn is_filial(&self, at: usize) -> bool {
        matches!(self.text.word(at), "bin" | "binti" | "bint" | "ibn")
    }

    /// Whether a place's word is a given name here: a name follows that is no given name itself ("Sofia Lindqvist", not
    /// "Israel Benjamin"), and the story has the word nowhere else as a place.
    pub(super) fn is_someones(&self, at: usize) -> bool {
        let (Some(token), Some(next)) = (self.token(at), self.token(at + 1)) else {
            return false;
        };
        let follows = self.is_capital(at + 1) && !self.is_place(at + 1) && !self.traits(at + 1).any(Traits::GIVEN);
        let given = self.traits(at).any(Traits::GIVEN) && self.is_one_paragraph(at);
        let elsewhere = || {
            self.text
                .tokens
                .windows(2)
                .any(|pair| pair[0].folded == token.folded && pair[1].folded != next.folded)
        };
        given && follows && !elsewhere()
    }

    /// Whether token `at` and the next are in one paragraph.
    fn is_one_paragraph(&self, at: usize) -> bool {
        self.text
            .paragraphs
            .binary_search_by(|range| range.start.cmp(&(at + 1)))
            .is_err()
    }

    /// Whether an earlier step took it for part of a place's name.
    pub(super) fn is_place(&self, at: usize) -> bool {
        self.text.marks.get(at).is_some_and(|marks| marks.any(Marks::PLACE))
    }
}

/// "J.", "H.W.", "J": capitals, each alone.
fn is_initial(word: &str) -> bool {
    let mut letters = 0;
    let mut after_letter = false;
    for c in word.chars() {
        if c == '.' {
            after_letter = false;
        } else if c.is_uppercase() && !after_letter {
            letters += 1;
            after_letter = true;
        } else {
            return false;
        }
    }
    letters > 0
}

/// "gabenornya", "putrinya": a role with the possessive of Indonesian and Malay.
fn possessed(word: &str, vocabulary: &Vocabulary) -> Traits {
    let stem = word.strip_suffix("nya").filter(|stem| stem.len() > 3);
    let traits = stem.map(|stem| vocabulary.names.traits_of(stem, Lists::Id));
    traits
        .filter(|traits| traits.any(Traits::ROLE | Traits::TITLE))
        .map_or(Traits::default(), |_| Traits::ROLE)
}

/// "Ketenagakerjaan", "Perhubungan": nouns that Indonesian makes with a prefix and -an.
fn is_derived_noun(word: &str) -> bool {
    let prefixed = ["Ke", "Pe", "Per", "Pem", "Pen"]
        .iter()
        .any(|prefix| word.starts_with(prefix));
    word.len() >= 9 && prefixed && word.ends_with("an") || word.len() >= 8 && word.ends_with("isasi")
}

/// `McCain`, `DeMaria`, `O'Neill`: capitals that names have inside. `TotalEnergies`, `EnQuest` are companies.
fn is_name_hump(word: &str) -> bool {
    let prefixes = [
        "Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "Al", "El", "Del", "O'", "O’", "D'", "D’",
        "L'",
    ];
    let rest = prefixes.iter().find_map(|prefix| word.strip_prefix(prefix));
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase) && rest.chars().skip(1).all(char::is_lowercase))
}
