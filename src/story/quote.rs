//! What extraction finds in a filing: people, speakers, quotes, countries, sources.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// The parts of spans that lie in a stretch of their text, counted from its start.
#[must_use]
pub fn within(spans: &[Span], start: usize, end: usize) -> Vec<Span> {
    let inside = spans.iter().filter(|span| span.start < end && start < span.end);
    inside
        .map(|span| Span {
            start: span.start.max(start) - start,
            end: span.end.min(end) - start,
        })
        .collect()
}

/// Someone named in the story.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// The facet value: the longest form in the story, without titles; the full name of a person known by family name and
    /// office ("Chancellor X"), where the vocabulary has one.
    pub value: String,
    /// The longest form in the story.
    pub label: String,
    /// How often the person is named, in any form.
    pub mentions: u32,
    /// The forms that were joined, in the order of the text; empty when there is only one.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub forms: Vec<Form>,
    /// Where, in the body; the headline's mentions are counted, not listed.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub spans: Vec<Span>,
    /// From the text, or tagged by the agency.
    #[serde(default)]
    pub basis: Basis,
    /// The rule that found the first mention; `tag` where only a tag names the person.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f32,
}

/// One form of a person's name in a story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// As first written.
    pub text: String,
    /// Why it was taken for this person.
    pub why: Join,
    /// How often it stands in the story.
    pub mentions: u32,
}

/// Why a form of a name was joined to a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Join {
    /// It is the whole name.
    #[default]
    #[serde(rename = "whole")]
    Whole,
    /// The same name with other hyphens, spaces or apostrophes.
    #[serde(rename = "spelling")]
    Spelling,
    /// The same words with the family name at the other end.
    #[serde(rename = "order")]
    Order,
    /// The name without some of its words.
    #[serde(rename = "shorter")]
    Shorter,
    /// Initials for given names.
    #[serde(rename = "initials")]
    Initials,
    /// The family name, with its particles.
    #[serde(rename = "family name")]
    FamilyName,
    /// The first of the given names, or a single name.
    #[serde(rename = "given name")]
    GivenName,
    /// Another word of the name.
    #[serde(rename = "part")]
    Part,
    /// The first letters of all words.
    #[serde(rename = "acronym")]
    Acronym,
    /// The beginnings of two words drawn together.
    #[serde(rename = "blend")]
    Blend,
    /// The story says so: "X (Y)", "X alias Y".
    #[serde(rename = "alias")]
    Alias,
}

/// Where a facet value comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Its name, short form or demonym stands in the text.
    #[default]
    Named,
    /// A city, a seat of government or the like stands in the text.
    Implied,
    /// The format's metadata states it.
    Metadata,
}

/// A country of the story.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub value: String,
    /// Its English short name.
    pub label: String,
    /// Named, implied, or tagged by the agency.
    pub basis: Basis,
    /// Whether the story is about it.
    pub about: bool,
    /// What its mentions weigh together, in percent of the heaviest country's.
    #[serde(default)]
    pub salience: u32,
    /// How often it is mentioned.
    pub mentions: u32,
    /// The phrase that gave it first.
    pub phrase: String,
    /// Where it is mentioned in the body; mentions in the headline and in a dateline apart from the text are counted, not listed.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub spans: Vec<Span>,
    /// The kind of that phrase: `name`, `short-form`, `demonym`, `seat`, `city`, `dateline`; `tag` when only the metadata has it.
    #[serde(default)]
    pub rule: String,
}

/// A source's part in the story.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceRole {
    /// It made the copy or contributed to it.
    Credit,
    /// The story takes something from it.
    #[default]
    Cited,
}

/// An agency or outlet that the story is attributed to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The facet value: the id in `vocabulary/sources.tsv`, or the folded name of one not listed.
    pub value: String,
    /// Its usual name.
    pub label: String,
    /// Credit or cited.
    pub role: SourceRole,
    /// From the text or from the format.
    pub basis: Basis,
    /// The rule that found it.
    pub rule: String,
    /// Each mention in the body by which it was found; none when only the headline or the metadata name it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub spans: Vec<Span>,
}

/// How sure the speaker of a quote is. In JSON `true` when certain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "bool", into = "bool")]
pub enum Certainty {
    /// A guess: shown with the quote, kept out of the speaker facet.
    #[default]
    Uncertain,
    /// By a rule that is right nearly always.
    Certain,
}

impl From<bool> for Certainty {
    fn from(certain: bool) -> Self {
        if certain { Self::Certain } else { Self::Uncertain }
    }
}

impl From<Certainty> for bool {
    fn from(certainty: Certainty) -> Self {
        certainty == Certainty::Certain
    }
}

/// One stretch of reported speech.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words: between the marks for a direct quote, the reported clause for an indirect one.
    pub text: String,
    /// The speaker's facet value, when a named person.
    pub speaker: Option<String>,
    /// The speaker as the text has it, also when unnamed ("a spokesman").
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub speaker_text: Option<String>,
    /// Between quotation marks.
    pub direct: bool,
    /// How sure the speaker is.
    pub certain: Certainty,
    /// The reporting word ("said", "kata").
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cue: Option<String>,
    /// The rule that found the speaker.
    pub rule: String,
    /// Byte in the body where `text` starts.
    pub start: usize,
    /// Byte in the body after its end.
    pub end: usize,
}

/// All that was extracted from one filing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// The language, BCP 47 (`und` when nothing could be told).
    pub language: String,
    /// People named.
    pub people: Vec<Person>,
    /// Values of the people whose words it carries; each is also in `people`.
    pub speakers: Vec<String>,
    /// Countries mentioned.
    pub countries: Vec<Country>,
    /// Sources attributed.
    pub sources: Vec<Source>,
    /// Quotes in the order of the text.
    pub quotes: Vec<Quote>,
}
