//! Whether the speaker that was found is the one that an annotated text names: what the modules of quotes share.

use dateline::story::Quote;
use dateline::text::fold;

/// Words that mean someone named elsewhere.
const PRONOUNS: [&str; 13] = [
    "he", "she", "they", "it", "i", "we", "who", "him", "her", "er", "sie", "es", "dieser",
];

/// Words after which a name only says whom or what the head of a phrase belongs to.
const PREPOSITIONS: [&str; 13] = [
    "for", "of", "with", "to", "against", "from", "about", "von", "fur", "des", "der", "bei", "aus",
];

/// How a found speaker stands to the annotated one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// The same person or phrase.
    Same,
    /// The same pronoun, which may have been taken for someone else.
    SamePronoun,
    /// Another one, or none.
    Other,
}

impl Agreement {
    /// Whether the annotation's own words were found.
    pub(crate) fn holds(self) -> bool {
        self != Self::Other
    }
}

/// The lower-case words of a text without diacritics.
pub(crate) fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-')
        .map(|word| word.trim_matches(['\'', '-']).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a text is one pronoun.
pub(crate) fn is_pronoun(text: &str) -> bool {
    matches!(&words(text)[..], [word] if PRONOUNS.contains(&word.as_str()))
}

/// Compares the speaker of a quote with the annotated source. A pronoun is compared with its antecedent: the last named
/// source before it.
pub(crate) fn speaker(found: &Quote, source: &str, antecedent: Option<&str>) -> Agreement {
    let text = found.speaker_text.as_deref().unwrap_or_default();
    if is_pronoun(source) {
        let named = found.speaker.as_deref().zip(antecedent);
        return if named.is_some_and(|(speaker, name)| is_named(speaker, name)) {
            Agreement::Same
        } else if words(text) == words(source) {
            Agreement::SamePronoun
        } else {
            Agreement::Other
        };
    }
    let named = found.speaker.as_deref().is_some_and(|name| is_named(name, source));
    if named || !is_pronoun(text) && is_same_phrase(text, source) {
        Agreement::Same
    } else {
        Agreement::Other
    }
}

/// Whether a part of a person's name stands in a phrase as its head: not "X's lawyer", not "a lawyer for X".
fn is_named(name: &str, phrase: &str) -> bool {
    let phrase = phrase.replace("’s", "'s");
    let phrase = words(&phrase);
    let name = words(name);
    let Some(first) = phrase.iter().position(|word| word.len() >= 3 && name.contains(word)) else {
        return phrase.iter().any(|word| word.len() < 3 && name.contains(word));
    };
    let titles = ["mr", "mrs", "ms", "sen", "gov", "rep", "president", "dr"];
    let before = phrase[..first]
        .iter()
        .rev()
        .find(|word| !titles.contains(&word.as_str()));
    !before.is_some_and(|word| PREPOSITIONS.contains(&word.as_str()))
}

/// Whether two phrases without names mean the same: one holds the other, or their heads are the same word.
fn is_same_phrase(found: &str, source: &str) -> bool {
    let (found, source) = (words(found), words(source));
    let holds =
        |long: &[String], short: &[String]| !short.is_empty() && long.windows(short.len()).any(|part| part == short);
    if holds(&found, &source) || holds(&source, &found) {
        return true;
    }
    head(&found).is_some() && head(&found) == head(&source)
}

/// The last word of a phrase before what only tells more of it.
fn head(phrase: &[String]) -> Option<&str> {
    let more = |word: &String| {
        PREPOSITIONS.contains(&word.as_str()) || ["who", "at", "in", "on", "and", "which"].contains(&word.as_str())
    };
    let end = phrase.iter().skip(1).position(more).map_or(phrase.len(), |at| at + 1);
    phrase[..end].last().map(String::as_str)
}

/// The bytes that two ranges share, of the longer of the two, from 0 to 1.
pub(crate) fn overlap(a: (usize, usize), b: (usize, usize)) -> f64 {
    let shared = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    let longer = (a.1 - a.0).max(b.1 - b.0).max(1);
    shared as f64 / longer as f64
}
