//! The fields of the language, and what to suggest for a name that is none.

use super::Part;
use crate::story::Facet;
use crate::text::{Typo, fold};

/// What stands before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// A facet.
    Facet(Facet),
    /// `said:` or `headline:`
    Part(Part),
    /// `published:`
    Published,
    /// `words:`
    Length,
    /// `has:`
    Has,
    /// `missing:`
    Missing,
}

/// The fields that are no facets.
const OTHERS: [(&str, Field); 6] = [
    ("headline", Field::Part(Part::Headline)),
    ("said", Field::Part(Part::Said)),
    ("published", Field::Published),
    ("words", Field::Length),
    ("has", Field::Has),
    ("missing", Field::Missing),
];

/// Words that people type for a field: English ones, Indonesian, Spanish, Portuguese, French, German; folded.
#[rustfmt::skip]
const MEANT: [(&str, &str); 72] = [
    ("people", "person"), ("name", "person"), ("who", "person"), ("orang", "person"), ("tokoh", "person"),
    ("nama", "person"), ("persona", "person"), ("pessoa", "person"), ("personne", "person"),
    ("quoted", "speaker"), ("spokesman", "speaker"), ("by", "speaker"), ("pembicara", "speaker"), ("narasumber", "speaker"),
    ("sprecher", "speaker"), ("orador", "speaker"),
    ("nation", "country"), ("place", "country"), ("location", "country"), ("where", "country"), ("negara", "country"),
    ("pais", "country"), ("pays", "country"), ("land", "country"), ("lokasi", "country"), ("tempat", "country"),
    ("tentang", "about"), ("continent", "region"), ("area", "region"), ("wilayah", "region"), ("kawasan", "region"),
    ("outlet", "source"), ("publisher", "source"), ("site", "source"), ("media", "source"), ("sumber", "source"),
    ("fuente", "source"), ("fonte", "source"), ("quelle", "source"),
    ("agency", "credit"), ("author", "credit"), ("byline", "credit"), ("wire", "credit"), ("kredit", "credit"),
    ("kantor", "credit"), ("penulis", "credit"), ("agence", "credit"),
    ("lang", "language"), ("bahasa", "language"), ("idioma", "language"), ("langue", "language"), ("sprache", "language"),
    ("topic", "subject"), ("category", "subject"), ("tag", "subject"), ("topik", "subject"), ("tema", "subject"),
    ("title", "headline"), ("intitle", "headline"), ("judul", "headline"), ("titre", "headline"), ("titel", "headline"),
    ("titulo", "headline"),
    ("quote", "said"), ("says", "said"), ("kata", "said"), ("kutipan", "said"),
    ("date", "published"), ("tanggal", "published"), ("fecha", "published"), ("datum", "published"),
    ("keyword", "slug"),
];

impl Field {
    /// The field of that name, in any case.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let other = OTHERS.iter().find(|(other, _)| *other == name).map(|(_, field)| *field);
        other.or_else(|| Facet::named(&name).map(Self::Facet))
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Facet(facet) => facet.name(),
            _ => OTHERS
                .iter()
                .find(|(_, field)| *field == self)
                .map_or("", |(name, _)| name),
        }
    }
}

/// The name of the field that `name` may have been meant for.
pub(super) fn suggest_field(name: &str) -> Option<&'static str> {
    let folded = fold(name);
    let meant = MEANT.iter().find(|(word, _)| *word == folded).map(|(_, field)| *field);
    meant.or_else(|| nearest(&folded, field_names()))
}

/// What `has:` and `missing:` may have been meant with.
pub(super) fn suggest_has(name: &str) -> Option<&'static str> {
    let folded = fold(name);
    let meant = MEANT.iter().find(|(word, _)| *word == folded).map(|(_, field)| *field);
    let meant = meant.filter(|field| Facet::named(field).is_some());
    meant.or_else(|| nearest(&folded, Facet::ALL.map(Facet::name).into_iter().chain(["quote"])))
}

fn field_names() -> impl Iterator<Item = &'static str> {
    let facets = Facet::ALL.into_iter().map(Facet::name);
    facets.chain(OTHERS.iter().map(|(name, _)| *name))
}

/// The nearest of `names` within one edit, two for a name of six letters or more.
fn nearest(name: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    // No field is longer than 9 letters: a longer word is not worth measuring.
    if name.len() > 16 {
        return None;
    }
    let typo = Typo::new(name, 2);
    let measured = names.filter_map(|known| Some((typo.edits_to(known)?, known)));
    let near = measured.filter(|(edits, known)| known.len() >= 6 || *edits <= 1);
    near.min_by_key(|(edits, _)| *edits).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_name() {
        for name in field_names() {
            assert_eq!(Field::named(name).map(Field::name), Some(name));
        }
        assert_eq!(Field::named("Person"), Some(Field::Facet(Facet::Person)));
        assert_eq!(Field::named("negara"), None);
    }

    #[test]
    fn every_meant_word_leads_to_a_field() {
        for (word, field) in MEANT {
            assert!(Field::named(field).is_some(), "{field}");
            assert!(Field::named(word).is_none(), "{word} is a field");
            assert_eq!(fold(word), word);
        }
    }

    #[test]
    fn suggestions_come_from_meaning_then_spelling() {
        assert_eq!(suggest_field("País"), Some("country"));
        assert_eq!(suggest_field("langauge"), Some("language"));
        assert_eq!(suggest_field("countries"), None);
        assert_eq!(suggest_field("speakers"), Some("speaker"));
        assert_eq!(suggest_field("xyz"), None);
        assert_eq!(suggest_has("quotes"), Some("quote"));
        assert_eq!(suggest_has("agency"), Some("credit"));
    }
}
