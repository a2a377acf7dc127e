//! The names of the facets: one singular word in the query, the API, the flags and the index.

use serde::{Deserialize, Serialize};

/// A field that stories are counted and filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// Someone named in the story.
    Person,
    /// A person whose words it carries.
    Speaker,
    /// A country named or implied, ISO 3166-1 alpha-2.
    Country,
    /// A country the story is about: mentioned often enough, or high enough.
    About,
    /// A UN M49 region of a mentioned country.
    Region,
    /// A source the story is attributed to, credited or cited.
    Source,
    /// A source that made the copy or contributed to it.
    Credit,
    /// The language of the text, BCP 47.
    Language,
    /// A subject that the format carried.
    Subject,
    /// `usable`, `withheld` or `canceled`.
    Status,
    /// The agency's own keyword line.
    Slug,
}

impl Facet {
    /// Every facet, in the order that answers show them.
    pub const ALL: [Self; 11] = [
        Self::Person,
        Self::Speaker,
        Self::Country,
        Self::About,
        Self::Region,
        Self::Source,
        Self::Credit,
        Self::Language,
        Self::Subject,
        Self::Status,
        Self::Slug,
    ];

    /// Its name, everywhere the same.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Speaker => "speaker",
            Self::Country => "country",
            Self::About => "about",
            Self::Region => "region",
            Self::Source => "source",
            Self::Credit => "credit",
            Self::Language => "language",
            Self::Subject => "subject",
            Self::Status => "status",
            Self::Slug => "slug",
        }
    }

    /// The facet of that name, or `None`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.name() == name)
    }
}
