//! The facet values of a story.

use crate::index::Stored;
use crate::story::{Facet, SourceRole, Subject};
use crate::vocabulary::Vocabulary;

/// Longer facet values are not counted: a name, a code or a keyword line is shorter.
const MAX_VALUE_BYTES: usize = 512;

pub(in crate::index) fn language_of(stored: &Stored) -> &str {
    match stored.extraction.language.as_str() {
        "" | "und" => stored.filing.ninjs.language.as_deref().unwrap_or("und"),
        language => language,
    }
}

pub(super) fn is_countable(value: &str) -> bool {
    !value.is_empty() && value.len() <= MAX_VALUE_BYTES
}

/// The values of a facet of a story, each once, in the order in which they were found.
pub(in crate::index) fn facet_values(stored: &Stored, facet: Facet) -> Vec<String> {
    let (filing, found) = (&stored.filing.ninjs, &stored.extraction);
    let countries = || found.countries.iter();
    let sources = || found.sources.iter();
    let values: Vec<String> = match facet {
        Facet::Person => found.people.iter().map(|person| person.value.clone()).collect(),
        Facet::Speaker => found.speakers.clone(),
        Facet::Country => countries().map(|country| country.value.clone()).collect(),
        Facet::About => countries().filter(|c| c.about).map(|c| c.value.clone()).collect(),
        Facet::Region => countries().flat_map(|country| regions_of(&country.value)).collect(),
        Facet::Source => sources().map(|source| source.value.clone()).collect(),
        Facet::Credit => {
            let credits = sources().filter(|source| source.role == SourceRole::Credit);
            credits.map(|source| source.value.clone()).collect()
        }
        Facet::Language => vec![language_of(stored).to_owned()],
        Facet::Subject => filing
            .subjects
            .iter()
            .map(|subject| subject_value(subject).to_owned())
            .collect(),
        Facet::Status => vec![filing.pub_status.clone().unwrap_or_else(|| "usable".into())],
        Facet::Slug => {
            let keyword = stored.filing.keyword.iter().chain(&filing.slugline).next();
            keyword.map(|slug| slug.trim().to_owned()).into_iter().collect()
        }
    };
    let mut unique: Vec<String> = Vec::with_capacity(values.len());
    for value in values {
        if is_countable(&value) && !unique.contains(&value) {
            unique.push(value);
        }
    }
    unique
}

/// The value of a subject: the English label of a code of the IPTC's, so that all agencies and languages share one; else the
/// item's own name, else its code. A bare code beside a URI is of the URI's scheme.
fn subject_value(subject: &Subject) -> &str {
    let vocabulary = Vocabulary::builtin();
    let (uri, literal) = (subject.uri.as_deref(), subject.literal.as_deref());
    let own = literal.filter(|literal| uri.is_none() || literal.contains(':'));
    let named = Some(subject.name.as_str()).filter(|name| !name.is_empty());
    // A name that is a code itself: the item carries no other text.
    let bare = named.filter(|_| uri.is_none() && literal.is_none());
    let mut codes = uri.into_iter().chain(own).chain(bare);
    let label = codes.find_map(|code| vocabulary.subjects.label(code));
    label.or(named).or(literal).or(uri).unwrap_or_default()
}

/// The UN M49 regions of a country, from the smallest to its continent.
fn regions_of(country: &str) -> Vec<String> {
    let vocabulary = Vocabulary::builtin();
    let regions = vocabulary.countries.regions(country).iter();
    regions.map(|region| (*region).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::{Country, Source};

    #[test]
    fn subjects_of_all_agencies_share_the_label_of_their_code() {
        let subject = |name: &str, literal: Option<&str>, uri: Option<&str>| Subject {
            name: name.into(),
            literal: literal.map(Into::into),
            uri: uri.map(Into::into),
        };
        let economy = "economy, business and finance";
        for (known, value) in [
            (subject("Wirtschaft", Some("04000000"), Some("subj:04000000")), economy),
            (subject("", Some("04000000"), None), economy),
            (
                subject(
                    "ekonomi",
                    None,
                    Some("http://cv.iptc.org/newscodes/mediatopic/04000000"),
                ),
                economy,
            ),
            (
                subject("ekonomi", Some("medtop:04000000"), Some("https://kystnytt.example/1")),
                economy,
            ),
            (subject("04000000", None, None), economy),
            // The digits are of a scheme of the agency's own.
            (subject("Havner", Some("04000000"), Some("kystsubj:04000000")), "Havner"),
            (subject("Havner", None, None), "Havner"),
            (subject("", Some("98000000"), Some("kystsubj:98000000")), "98000000"),
            (subject("", None, None), ""),
        ] {
            assert_eq!(subject_value(&known), value, "{known:?}");
        }
    }

    #[test]
    fn a_story_has_each_value_once() {
        let mut stored = Stored::default();
        stored.filing.ninjs.subjects = vec![
            Subject {
                name: "economy".into(),
                ..Subject::default()
            },
            Subject {
                name: String::new(),
                literal: Some("04000000".into()),
                uri: None,
            },
        ];
        let country = |value: &str, about| Country {
            value: value.into(),
            about,
            ..Country::default()
        };
        stored.extraction.countries = vec![country("ID", true), country("MY", false), country("ID", true)];
        stored.extraction.sources = vec![
            Source {
                value: "antara".into(),
                role: SourceRole::Cited,
                ..Source::default()
            },
            Source {
                value: "x".repeat(MAX_VALUE_BYTES + 1),
                role: SourceRole::Credit,
                ..Source::default()
            },
        ];
        assert_eq!(facet_values(&stored, Facet::Country), ["ID", "MY"]);
        assert_eq!(facet_values(&stored, Facet::About), ["ID"]);
        assert_eq!(facet_values(&stored, Facet::Source), ["antara"]);
        assert!(facet_values(&stored, Facet::Credit).is_empty());
        assert_eq!(
            facet_values(&stored, Facet::Subject),
            ["economy", "economy, business and finance"]
        );
        assert_eq!(facet_values(&stored, Facet::Status), ["usable"]);
        assert_eq!(facet_values(&stored, Facet::Language), ["und"]);
    }
}
