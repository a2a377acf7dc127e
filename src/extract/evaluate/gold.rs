//! A story with what a reader found in it, as the lines of a gold file have it.

use serde::Deserialize;

use super::folded;
use crate::story::{Filing, SourceRole};

/// A story with what a reader found in it.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldStory {
    /// Its id.
    pub id: String,
    /// BCP 47.
    #[serde(default)]
    pub language: String,
    /// Its headline.
    #[serde(default)]
    pub headline: String,
    /// Its byline.
    #[serde(default)]
    pub byline: String,
    /// Its body.
    pub text: String,
    /// What is in it.
    pub gold: Gold,
}

/// What a reader found.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Gold {
    pub(super) people: Vec<Entry>,
    pub(super) speakers: Vec<Entry>,
    pub(super) quotes: Vec<GoldQuote>,
    pub(super) countries_named: Vec<String>,
    pub(super) countries_implied: Vec<String>,
    pub(super) sources: Vec<Entry>,
    pub(super) optional: Optional,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Optional {
    pub(super) people: Vec<Entry>,
    pub(super) speakers: Vec<Entry>,
    pub(super) quotes: Vec<Entry>,
    pub(super) countries: Vec<String>,
    pub(super) sources: Vec<Entry>,
}

/// A name alone, or one with its other forms.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Entry {
    Name(String),
    Forms {
        #[serde(alias = "text")]
        name: String,
        #[serde(default)]
        aliases: Vec<String>,
        #[serde(default)]
        role: Option<SourceRole>,
    },
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct GoldQuote {
    pub(super) text: String,
    pub(super) speaker: Option<String>,
}

impl Entry {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Name(name) | Self::Forms { name, .. } => name,
        }
    }

    pub(super) fn forms(&self) -> Vec<String> {
        match self {
            Self::Name(name) => vec![folded(name)],
            Self::Forms { name, aliases, .. } => {
                std::iter::once(name).chain(aliases).map(|form| folded(form)).collect()
            }
        }
    }

    pub(super) fn is_credit(&self) -> bool {
        matches!(
            self,
            Self::Forms {
                role: Some(SourceRole::Credit),
                ..
            }
        )
    }
}

impl GoldStory {
    /// The story as a filing without any metadata but the byline.
    #[must_use]
    pub fn filing(&self) -> Filing {
        let mut filing = Filing::default();
        filing.ninjs.uri.clone_from(&self.id);
        if !self.headline.is_empty() {
            filing.ninjs.set_headline(self.headline.as_str());
        }
        filing.ninjs.set_body(self.text.as_str());
        filing.ninjs.by = Some(self.byline.clone()).filter(|by| !by.is_empty());
        filing
    }
}
