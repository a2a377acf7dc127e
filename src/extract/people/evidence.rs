//! Weighs a segment: how much its words and its neighbours say that it names a person.

use super::classes::{Class, Words};
use super::segments::{Before, Segment};
use crate::text::{Case, Kind};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};
use crate::vocabulary::speech::CueKind;

/// From this weight on a segment is a person. Set on training text, as are the weights.
pub(super) const ENOUGH: f32 = 1.7;

/// What speaks for a segment: its own words and its neighbours, apart so that mentions can lend each other theirs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weight {
    pub inside: f32,
    /// What the tagger says.
    pub tagged: f32,
    pub left: f32,
    pub right: f32,
    left_rule: &'static str,
    right_rule: &'static str,
}

impl Weight {
    pub(super) fn sum(&self) -> f32 {
        self.inside + self.tagged + self.left + self.right
    }

    /// The rule that gave most of it.
    pub(super) fn rule(&self) -> &'static str {
        if self.left >= self.right && self.left > 0.9 {
            self.left_rule
        } else if self.right > 0.9 {
            self.right_rule
        } else {
            "name-lists"
        }
    }
}

/// Weighs a segment.
pub(super) fn weigh(words: &Words, vocabulary: &Vocabulary, segment: &Segment) -> Weight {
    let (left, left_rule) = left(words, vocabulary, segment);
    let (right, right_rule) = right(words, vocabulary, segment);
    Weight {
        inside: inside(words, segment),
        tagged: tagged(words, segment),
        left,
        right,
        left_rule,
        right_rule,
    }
}

/// How much the tagger's opinion counts at most, where it speaks for a person.
const TAGGED_FOR: f32 = 1.6;
/// The same where it speaks against one.
const TAGGED_AGAINST: f32 = 2.0;

/// What the tagger says of its words on average; 0 without a model.
fn tagged(words: &Words, segment: &Segment) -> f32 {
    let opinions = words.opinions.get(segment.tokens.clone()).unwrap_or_default();
    let said = opinions
        .iter()
        .zip(&segment.classes)
        .filter(|(_, class)| !matches!(class, Class::Link | Class::Suffix));
    let (sum, count) = said.fold((0.0, 0.0), |(sum, count), (opinion, _)| {
        (sum + opinion.person.clamp(-1.0, 1.0), count + 1.0)
    });
    let most = if sum > 0.0 { TAGGED_FOR } else { TAGGED_AGAINST };
    let tagged = if count > 0.0 { most * sum / count } else { 0.0 };
    // A title right before it says more than a model that does not know the word.
    match segment.before {
        Before::Title(_) => tagged.max(0.0),
        _ => tagged,
    }
}

/// The words of the segment themselves.
fn inside(words: &Words, segment: &Segment) -> f32 {
    let parts: Vec<(usize, Class)> = segment
        .tokens
        .clone()
        .zip(segment.classes.iter().copied())
        .filter(|(_, class)| !matches!(class, Class::Link | Class::Suffix))
        .collect();
    let (Some(&first), Some(&last)) = (parts.first(), parts.last()) else {
        return -9.0;
    };
    let mut weight = opening(words, first.0, first.1);
    if parts.len() == 1 {
        // A name of the lists may stand alone; another word must be vouched for.
        let penalty = match first.1 {
            Class::Name => 0.0,
            Class::Doubtful => 1.0,
            _ => 0.6,
        };
        return weight * 0.5 - penalty;
    }
    weight += closing(words, last.0, last.1);
    // "Alcatel-Lucent": one hyphenated word that no list knows is no name by itself.
    let listed = Traits::GIVEN | Traits::FAMILY_FIRST;
    if parts.len() == 2
        && segment.tokens.len() == 3
        && words.is_mark(first.0 + 1, '-')
        && !words.traits(first.0).any(listed)
    {
        weight -= 1.2;
    }
    for (at, class) in &parts[1..parts.len() - 1] {
        weight += match class {
            Class::Initial => 0.9,
            Class::Name => 0.4,
            _ if words.traits(*at).any(Traits::GIVEN | Traits::SURNAME) => 0.2,
            _ => 0.0,
        };
    }
    for (at, class) in segment.tokens.clone().zip(&segment.classes) {
        if *class == Class::Link && words.traits(at).any(Traits::INNER) {
            // Where the word is an ordinary one of the language, only a capital makes it part of a name.
            weight += match words.traits(at).any(Traits::COMMON) && !words.is_capital(at) {
                _ if words.is_filial(at) => 1.5,
                true => 0.2,
                false => 0.8,
            };
        }
        if *class == Class::Suffix {
            weight += 1.0;
        }
    }
    if parts.iter().all(|(at, _)| words.is_country(*at)) {
        weight -= 2.0;
    } else if parts.iter().all(|(at, _)| words.is_place(*at)) {
        // "North Carolina", "Diego Garcia": needs more than the lists to be someone.
        weight -= 1.2;
    }
    let doubtful = parts.iter().filter(|(_, class)| *class == Class::Doubtful).count();
    weight -= if doubtful == parts.len() { 0.4 } else { 0.0 };
    weight + if parts.len() <= 4 { 0.3 } else { -0.4 }
}

fn opening(words: &Words, at: usize, class: Class) -> f32 {
    let traits = words.traits(at);
    match class {
        Class::Initial => 0.7,
        _ if traits.any(Traits::FAMILY_FIRST) => 1.4,
        Class::Name if traits.any(Traits::GIVEN) => 1.5,
        Class::Doubtful if traits.any(Traits::GIVEN) => 0.8,
        Class::Name => 0.5,
        _ => 0.0,
    }
}

fn closing(words: &Words, at: usize, class: Class) -> f32 {
    let traits = words.traits(at);
    match class {
        Class::Name if traits.any(Traits::SURNAME) => 1.0,
        Class::Name => 0.7,
        Class::Doubtful => 0.4,
        Class::Initial => -0.5,
        _ => 0.1,
    }
}

/// What stands to its left.
fn left(words: &Words, vocabulary: &Vocabulary, segment: &Segment) -> (f32, &'static str) {
    match segment.before {
        Before::Title(_) => return (2.4, "title-before"),
        Before::Chain(_) => return (1.9, "role-chain"),
        Before::Organisation(_) => return (-3.0, "organisation-before"),
        Before::Other => return (-0.3, "run"),
        Before::Nothing => {}
    }
    let start = segment.tokens.start;
    let Some(before) = start.checked_sub(1) else {
        return (0.0, "start");
    };
    if words.is_barred(before) {
        return (0.0, "start");
    }
    if words.is_mark(before, ',') && role_before(words, before) {
        return (1.4, "role-before");
    }
    if words.is_mark(before, ')') && role_and_bracket(words, before) {
        return (1.5, "role-before");
    }
    let sentence = words.opens_sentence(start);
    if sentence {
        let first = segment.classes.first() == Some(&Class::Doubtful);
        return (if first { -0.5 } else { 0.0 }, "start");
    }
    let cue = vocabulary.speech.at(&words.text.tokens, before, words.lists);
    match cue {
        // "kata X": in Indonesian nearly always someone.
        Some((CueKind::Bare, _)) => return (if words.lists == Lists::Id { 2.4 } else { 1.5 }, "cue-before"),
        Some((CueKind::Prep, _)) => return (1.0, "cue-before"),
        Some((CueKind::Say, _)) if !words.is_capital(before) => return (0.7, "cue-before"),
        _ => {}
    }
    // "grupo X", "grupo saudí X"
    let noun = if words.is_place(before) {
        before.saturating_sub(1)
    } else {
        before
    };
    if words.is_lower(noun) && words.traits(noun).any(Traits::ORG_BEFORE) {
        return (-1.5, "organisation-before");
    }
    match words.text.word(before) {
        "the" | "The" | "los" | "las" | "les" | "die" | "das" | "het" => (-1.6, "article"),
        "in" | "In" | "en" | "En" | "em" | "Em" | "nel" | "nella" | "near" | "at" => (-1.5, "place-word"),
        "di" | "ke" if words.lists == Lists::Id => (-1.5, "place-word"),
        "oleh" | "by" | "bernama" | "named" | "yakni" | "yaitu" => (0.8, "by"),
        _ => (0.0, "none"),
    }
}

/// "CEO Shell, X": a role opens the phrase before the comma.
fn role_before(words: &Words, comma: usize) -> bool {
    let mut bracket = false;
    for at in (comma.saturating_sub(10)..comma).rev() {
        // "dosen Universitas A (UA), X"
        bracket |= words.is_mark(at, ')');
        if bracket {
            bracket = !words.is_mark(at, '(');
            continue;
        }
        if words.token(at).is_none_or(|token| token.kind != Kind::Word) {
            return false;
        }
        if words.traits(at).any(Traits::ROLE | Traits::TITLE) {
            return true;
        }
    }
    false
}

/// "Direktur Jenderal Integrasi (Intram) X", "(Menlu RI) X": a role before the bracket or in it.
fn role_and_bracket(words: &Words, close: usize) -> bool {
    let Some(open) = (close.saturating_sub(7)..close)
        .rev()
        .find(|&at| words.is_mark(at, '('))
    else {
        return false;
    };
    (open..close).any(|at| words.traits(at).any(Traits::TITLE)) || role_before(words, open)
}

/// What stands to its right.
fn right(words: &Words, vocabulary: &Vocabulary, segment: &Segment) -> (f32, &'static str) {
    match segment.after {
        Some(Class::OrgAfter) => return (-4.0, "organisation"),
        Some(Class::Title) => return (-0.5, "title-after"),
        Some(_) => return (-0.8, "run"),
        None => {}
    }
    let end = segment.tokens.end;
    if words.is_mark(end, ',') {
        let is_house = matches!(segment.before, Before::Title(_) | Before::Chain(_))
            && segment.words() > 1
            && segment.classes.iter().all(|class| *class == Class::Unknown);
        return after_comma(words, end + 1, is_house && words.traits(end + 1).any(Traits::GIVEN));
    }
    if words.is_mark(end, '(') {
        return in_brackets(words, end + 1);
    }
    let mut at = end;
    while at < end + 3
        && matches!(
            vocabulary.speech.at(&words.text.tokens, at, words.lists),
            Some((CueKind::Adverb, _))
        )
    {
        at += 1;
    }
    match vocabulary.speech.at(&words.text.tokens, at, words.lists) {
        Some((CueKind::Say, _)) if words.is_lower(at) => (1.0, "cue-after"),
        _ if words.text.word(end) == "who" => (1.2, "who"),
        _ => (0.0, "none"),
    }
}

/// ", 54," and ", the minister" and ", who".
fn after_comma(words: &Words, at: usize, house: bool) -> (f32, &'static str) {
    let word = words.text.word(at);
    if word.len() <= 3 && word.parse::<u8>().is_ok_and(|age| age > 9) {
        return (1.4, "age-after");
    }
    if matches!(word, "who" | "whose") {
        return (1.3, "who");
    }
    if matches!(word, "seorang" | "pria" | "wanita" | "perempuan") {
        return (1.4, "role-after");
    }
    // "ekonom Sentra Valuta, Anna Velkova": the office's house, then the name.
    if words.is_capital(at) && house {
        return (-2.5, "name-after");
    }
    // The role is one of the next words, before anything that ends the phrase.
    for next in at..at + 4 {
        if words.token(next).is_none_or(|token| token.kind != Kind::Word) {
            break;
        }
        if words.traits(next).any(Traits::ROLE | Traits::TITLE) {
            return (1.4, "role-after");
        }
    }
    (0.0, "none")
}

/// "(54)", "(54 tahun)" is an age; "(KPK)" is an abbreviation, which people seldom have.
fn in_brackets(words: &Words, at: usize) -> (f32, &'static str) {
    let word = words.text.word(at);
    if word.parse::<u8>().is_ok_and(|age| age > 9) && words.lists == Lists::Id {
        return (1.2, "age-after");
    }
    let acronym = words.token(at).is_some_and(|token| token.case == Case::AllCapitals);
    if acronym && words.is_mark(at + 1, ')') && word.len() > 2 {
        return (-1.5, "abbreviation");
    }
    (0.0, "none")
}
