//! The ninjs 3.1 object that a filing speaks, inside and in answers.
//!
//! Property names are the standard's (IPTC ninjs 3.1, camelCase). What a wire story also has and ninjs has no place for
//! stands beside it in [`super::Filing`], never in here.

use serde::{Deserialize, Serialize};

/// A ninjs 3.1 object, the properties that dateline reads and shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Ninjs {
    /// The story's identity; does not change with its versions.
    pub uri: String,
    /// `text` for a story.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The version of this filing, as the agency numbers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// When the story was first created, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_created: Option<String>,
    /// When this version was created, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_created: Option<String>,
    /// The time before which it must not be published, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embargoed_until: Option<String>,
    /// `usable`, `withheld` or `canceled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pub_status: Option<String>,
    /// 1 (highest) to 9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<u8>,
    /// Who holds the rights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copyright_holder: Option<String>,
    /// The rights notice to print.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copyright_notice: Option<String>,
    /// What may be done with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage_terms: Option<String>,
    /// The note to editors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ed_note: Option<String>,
    /// The language, BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The headlines by role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headlines: Vec<Headline>,
    /// The bodies; dateline keeps one, plain text, paragraphs parted by a newline.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bodies: Vec<Body>,
    /// People tagged by the agency.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Named>,
    /// Organisations tagged by the agency.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<Named>,
    /// Places tagged by the agency.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Named>,
    /// Subjects tagged by the agency.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// The sources that the agency states.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub info_sources: Vec<InfoSource>,
    /// The byline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The keyword line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slugline: Option<String>,
    /// The place of the dateline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub located: Option<String>,
    /// Other identifiers of the same item.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alt_ids: Vec<AltId>,
}

/// Another identifier of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AltId {
    /// What kind of identifier.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// The identifier.
    pub value: String,
}

/// A headline in its role (`main` when not told).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Headline {
    /// `main`, `sub`, …
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// The text.
    pub value: String,
}

/// A body of text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Body {
    /// `main`, …
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// `text/plain` for what dateline keeps.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub content_type: String,
    /// The text.
    pub value: String,
}

/// A person, organisation or place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its role in the story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rel: Option<String>,
    /// Its identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// Its code in the agency's list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub literal: Option<String>,
}

/// A subject of the story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Subject {
    /// Its label.
    pub name: String,
    /// Its identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// Its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub literal: Option<String>,
}

/// A party that had part in making the story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InfoSource {
    /// Its name.
    pub name: String,
    /// Its part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Its identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
}

impl Ninjs {
    /// The main headline, or an empty text.
    #[must_use]
    pub fn headline(&self) -> &str {
        let main = self.headlines.iter().find(|h| h.role == "main");
        main.or(self.headlines.first()).map_or("", |h| h.value.as_str())
    }

    /// The body's plain text, or an empty text. Quotes' offsets are into it.
    #[must_use]
    pub fn body(&self) -> &str {
        self.bodies.first().map_or("", |b| b.value.as_str())
    }

    /// Puts in the main headline.
    pub fn set_headline(&mut self, value: impl Into<String>) {
        self.headlines = vec![Headline {
            role: "main".into(),
            value: value.into(),
        }];
    }

    /// Puts in the body as plain text, paragraphs parted by a newline.
    pub fn set_body(&mut self, value: impl Into<String>) {
        self.bodies = vec![Body {
            role: "main".into(),
            content_type: "text/plain".into(),
            value: value.into(),
        }];
    }
}
