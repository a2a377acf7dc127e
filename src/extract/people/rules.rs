//! The finder by vocabulary and rules: weighs every segment, then takes up again those that the story itself vouches for.

use rustc_hash::{FxHashMap, FxHashSet};

use super::classes::{Class, Words};
use super::evidence::{ENOUGH, Weight, weigh};
use super::segments::{Before, Segment, segments};
use super::trim::trim;
use super::{NameFinder, NameSpan, Zone, headline};
use crate::extract::document::Document;
use crate::extract::tagger::Model;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};

/// How much of the evidence of other mentions counts.
const LENT: f32 = 0.9;

/// Finds names by lists, titles, neighbours, and what a model says of the words if there is one.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::extract) struct Finder<'m> {
    /// The model.
    pub(in crate::extract) model: Option<&'m Model>,
}

impl NameFinder for Finder<'_> {
    fn find(&self, document: &Document, vocabulary: &Vocabulary) -> Vec<NameSpan> {
        let lists = Lists::of(document.language);
        let mut words = Words::new(&document.body, vocabulary, lists);
        let mut headline = Words::new(&document.headline, vocabulary, lists);
        if let Some(model) = self.model {
            let texts = [
                (headline.text, headline.traits.as_slice()),
                (words.text, words.traits.as_slice()),
            ];
            [headline.opinions, words.opinions] = model.opinions(texts);
        }
        let mut found = Vec::new();
        let mut left = Vec::new();
        for (segment, weight, lent) in weighed(&words, vocabulary) {
            if weight.sum() >= ENOUGH || lent >= ENOUGH {
                let rule = if weight.sum() >= ENOUGH {
                    weight.rule()
                } else {
                    "other-mentions"
                };
                found.push(span(&words, &segment, rule, weight.sum().max(lent)));
            } else {
                left.push(segment);
            }
        }
        let known = Known::of(&words, &found);
        let again = left.iter().filter_map(|segment| known.vouches(&words, segment));
        found.extend(again);
        found.sort_by_key(|span| span.tokens.start);
        headline::find(&headline, vocabulary, &words, &mut found);
        found
    }
}

/// Every segment with its own weight, and with the best that other mentions of the same last word lend it.
fn weighed(words: &Words, vocabulary: &Vocabulary) -> Vec<(Segment, Weight, f32)> {
    let mut segments = segments(words);
    let mut best: FxHashMap<u64, (f32, f32, u32)> = FxHashMap::default();
    let mut weights = Vec::with_capacity(segments.len());
    for segment in &mut segments {
        trim(words, segment);
        let weight = weigh(words, vocabulary, segment);
        if let Some(token) = segment.tokens.end.checked_sub(1).and_then(|last| words.token(last)) {
            let lent = best.entry(token.folded).or_insert((0.0, 0.0, 0));
            *lent = (lent.0.max(weight.left), lent.1.max(weight.right), lent.2 + 1);
        }
        weights.push(weight);
    }
    let lent = |segment: &Segment, weight: &Weight| {
        let last = segment.tokens.end.checked_sub(1).and_then(|last| words.token(last))?;
        let (left, right, mentions) = *best.get(&last.folded)?;
        // Evidence against this very mention stays.
        let against = weight.left.min(0.0) + weight.right.min(0.0);
        let often = 0.1 * f32::from(u8::try_from(mentions.min(5)).unwrap_or(5));
        Some(weight.inside + weight.tagged + LENT * (left + right) + often + against)
    };
    let lent: Vec<f32> = segments
        .iter()
        .zip(&weights)
        .map(|(s, w)| lent(s, w).unwrap_or(w.sum()))
        .collect();
    segments
        .into_iter()
        .zip(weights)
        .zip(lent)
        .map(|((segment, weight), lent)| (segment, weight, lent))
        .collect()
}

fn span(words: &Words, segment: &Segment, rule: &'static str, weight: f32) -> NameSpan {
    let title = match segment.before {
        Before::Title(title) | Before::Chain(title) => Some(title),
        _ => None,
    };
    let mut tokens = segment.tokens.clone();
    // "Prince Charles" keeps its title; "Prince Adam Smith" needs none.
    if let Before::Title(title) = segment.before
        && words.traits(title).any(Traits::ROYAL)
        && words.is_capital(title)
        && title + 1 == tokens.start
        && segment.words() == 1
    {
        tokens.start = title;
    }
    NameSpan {
        zone: Zone::Body,
        tokens,
        title,
        rule,
        confidence: (0.5 + weight / 10.0).clamp(0.5, 0.99),
    }
}

/// "Seok Byung-taek": a hyphen with a small word behind it stands in given names that come last.
fn is_hyphenated_given(words: &Words, span: &NameSpan) -> bool {
    let end = span.tokens.end;
    span.tokens.len() >= 4 && words.is_mark(end - 2, '-') && words.is_lower(end - 1)
}

/// What the names found so far say about the story's other capitalised words.
struct Known {
    /// Words that close a name of several words, or stand alone as one.
    closing: FxHashSet<u64>,
    /// Words that stand anywhere in a name.
    any: FxHashMap<u64, u32>,
}

impl Known {
    fn of(words: &Words, found: &[NameSpan]) -> Self {
        let mut closing = FxHashSet::default();
        let mut any = FxHashMap::default();
        for span in found {
            let hashes: Vec<u64> = span
                .tokens
                .clone()
                .filter(|at| words.is_capital(*at))
                .filter_map(|at| words.token(at).map(|token| token.folded))
                .collect();
            if let Some(last) = hashes.last() {
                closing.insert(*last);
            }
            if words.traits(span.tokens.start).any(Traits::FAMILY_FIRST) || is_hyphenated_given(words, span) {
                closing.extend(hashes.first());
            }
            for hash in hashes {
                *any.entry(hash).or_insert(0) += 1;
            }
        }
        Self { closing, any }
    }

    /// A span for a segment whose words all belong to names found elsewhere in the story.
    fn vouches(&self, words: &Words, segment: &Segment) -> Option<NameSpan> {
        if matches!(segment.after, Some(Class::OrgAfter)) || matches!(segment.before, Before::Organisation(_)) {
            return None;
        }
        let mut tokens = segment.tokens.clone();
        let hash = |at: usize| words.token(at).map_or(0, |token| token.folded);
        // A word of the sentence before the name ("Tapi Sullivan").
        while tokens.len() > 1 && !self.any.contains_key(&hash(tokens.start)) {
            tokens.start += 1;
        }
        while tokens.len() > 1 && !self.any.contains_key(&hash(tokens.end - 1)) {
            tokens.end -= 1;
        }
        let vouched = tokens
            .clone()
            .all(|at| !words.is_capital(at) || self.any.contains_key(&hash(at)));
        let anchored = tokens.clone().any(|at| self.closing.contains(&hash(at)));
        let alone = tokens.len() == 1;
        let given = alone && words.traits(tokens.start).any(Traits::GIVEN);
        let any_part = words.lists == Lists::Id || given;
        if !(vouched && (anchored || any_part)) {
            return None;
        }
        if alone && words.opens_sentence(tokens.start) && words.traits(tokens.start).any(Traits::COMMON) {
            return None;
        }
        let mut segment = segment.clone();
        segment.tokens = tokens;
        Some(span(words, &segment, "short-form", 2.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::Filing;

    /// The names found in a body, parted by bars.
    fn names(language: &'static str, body: &str) -> String {
        let mut filing = Filing::default();
        filing.ninjs.set_body(body);
        let vocabulary = Vocabulary::builtin();
        let mut document = Document::new(&filing);
        document.language = language;
        let spans = Finder::default().find(&document, &vocabulary);
        let texts: Vec<&str> = spans
            .iter()
            .map(|span| document.body.slice(span.tokens.clone()))
            .collect();
        texts.join("|")
    }

    #[test]
    fn titles_and_roles_before_a_name_find_it() {
        assert_eq!(
            names("en", "They met Prime Minister Anna Velkova on Monday."),
            "Anna Velkova"
        );
        assert_eq!(
            names("en", "A letter reached Sen. Dale Whitcombe's office."),
            "Dale Whitcombe"
        );
        assert_eq!(
            names(
                "id",
                "Menurut juru bicara Dewan Kesehatan Nasional Rina Hartono, hasilnya baik."
            ),
            "Rina Hartono"
        );
        assert_eq!(
            names("es", "El presidente Ramiro Quintana viajó ayer."),
            "Ramiro Quintana"
        );
        assert_eq!(
            names("de", "Am Abend traf Bundeskanzler Dieter Hallmann ein."),
            "Dieter Hallmann"
        );
        assert_eq!(
            names("nl", "Volgens minister Pieter van Dalen klopt het."),
            "Pieter van Dalen"
        );
        assert_eq!(
            names("fr", "Le ministre Julien Marchand a quitté Lyon."),
            "Julien Marchand"
        );
        assert_eq!(
            names("pt", "O governador Paulo Moreira visitou a obra."),
            "Paulo Moreira"
        );
    }

    #[test]
    fn particles_hyphens_initials_and_nicknames_stay_inside() {
        assert_eq!(names("en", "It was Khalid bin Rashid who signed."), "Khalid bin Rashid");
        assert_eq!(names("en", "They spoke to Park Min-seo at length."), "Park Min-seo");
        assert_eq!(
            names("en", "The job went to John R. Whitfield again."),
            "John R. Whitfield"
        );
        assert_eq!(
            names("en", "The job went to Robert \"Buddy\" Miller again."),
            "Robert \"Buddy\" Miller"
        );
    }

    #[test]
    fn short_forms_are_found_where_the_full_name_stands() {
        assert_eq!(
            names("en", "Margaret Holloway left early. Critics of Holloway stayed."),
            "Margaret Holloway|Holloway"
        );
    }

    #[test]
    fn organisations_buildings_and_plain_words_are_nobody() {
        assert_eq!(
            names("en", "The Margaret Holloway Foundation gave the Central Bank a loan."),
            ""
        );
        assert_eq!(names("en", "On Monday Parliament passed the Finance Act."), "");
        assert_eq!(
            names("id", "Mereka mendarat di Bandara Sultan Hasanuddin pada Senin."),
            ""
        );
        assert_eq!(names("id", "Universitas Ahmad Dahlan membuka Fakultas Hukum."), "");
    }

    #[test]
    fn no_input_panics() {
        for text in [
            "",
            "-",
            "Al-",
            "\"",
            "(A",
            "J. ",
            "O'",
            "Mr.",
            "X. Y. Z.",
            "é\u{301}—’ ‘",
            "Van Van van",
        ] {
            let _ = names("en", text);
            let _ = names("id", text);
        }
    }
}
