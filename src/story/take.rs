//! What a filing does to its story: the take words of the wire as values, and what a kill names.

use serde::{Deserialize, Serialize};

/// What an agency calls a filing beside its number. The words are the wire's; what each means for the story is said here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TakeKind {
    /// The first take, or a filing that says nothing of itself. Replaces what was before.
    #[default]
    First,
    /// A new top: "1st Ld", "2nd Lead". Replaces.
    Lead,
    /// The whole story written anew: "Writethru", "Leadall". Replaces.
    Writethru,
    /// "UPDATE 2". Replaces.
    Update,
    /// More paragraphs to put behind the others: "1st Add". The story keeps its text and gains this one.
    Add,
    /// "CORRECTED", "Corrects". Replaces, and says that something was wrong.
    Correction,
    /// "REFILE": sent again for a fault that is none of the facts. Replaces.
    Refile,
    /// "RPT": sent again unchanged. Replaces.
    Repeat,
    /// "WRAPUP": several stories drawn together. Replaces.
    Wrapup,
    /// "Advisory", "Eds:": a note to editors about the story. Stands beside it, never in its place.
    Advisory,
    /// "HOLD", "WITHHOLD": not to be used until the agency says so. Hides the story.
    Withhold,
    /// "KILL", "Eliminate", "WITHDRAWN": not to be used, ever. Hides the story.
    Kill,
}

/// A filing's take: its kind, its number, and the words as the agency wrote them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Take {
    /// What it does.
    pub kind: TakeKind,
    /// Which one of its kind: 2 in "UPDATE 2", 1 in "1st Ld".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<u32>,
    /// The words as written: "UPDATE 2", "1st Ld-Writethru".
    pub label: String,
}

/// The number that a service gave an item: how a wire without identifiers names it. It begins anew, daily or when it overflows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WireNumber {
    /// The letters of the service.
    pub service: String,
    /// The number as written, without leading zeros.
    pub number: String,
}

/// What a kill or a withholding names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// An item's identifier.
    Uri(String),
    /// A keyword line, without take words.
    Slug(String),
    /// An item's number on the same service.
    Number(String),
}

impl TakeKind {
    /// Whether a filing of this kind can stand for its story: it holds the text whole.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        !matches!(self, Self::Add | Self::Advisory)
    }

    /// Whether it takes the story away.
    #[must_use]
    pub const fn hides(self) -> bool {
        matches!(self, Self::Kill | Self::Withhold)
    }
}
