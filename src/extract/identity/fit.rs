//! Whether a short form can stand for a longer name, and how well.

use super::forms::{Form, Word};
use crate::story::Join;

/// How well a form fits a person; the least is best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// The same name, written another way.
    Same,
    /// Several words of it, in order, the rest left out or cut to initials.
    Shorter,
    /// The family's name alone: of several people the one named last is meant.
    Family,
    /// A given name alone.
    Given,
    /// Any other word of it alone.
    Part,
}

/// The least letters of a word that has grown to a name.
const LEAST_TAIL: usize = 3;

/// How well, and why.
pub(super) type Fit = (Rank, Join);

/// How a form fits a name that is at least as long, if it does.
pub(super) fn fit(short: &Form, long: &Form) -> Option<Fit> {
    if short.suffix != long.suffix && (short.suffix.is_some() || short.single().is_none()) {
        return None;
    }
    if short.squeezed == long.squeezed {
        return Some((Rank::Same, Join::Spelling));
    }
    match short.single() {
        Some(word) => single(word, short, long),
        None => several(short, long).or_else(|| turned(short, long)),
    }
}

fn single(word: &Word, short: &Form, long: &Form) -> Option<Fit> {
    let last = long.words.len() - 1;
    let at = long.words.iter().rposition(|other| other.hash == word.hash)?;
    if long.core().count() < 2 {
        // "al-Maliki" and "Maliki", with nothing before.
        return (at == last).then_some((Rank::Family, Join::FamilyName));
    }
    // "Salman" is rarely the son of Salman, "bin Salman" is.
    let father_alone = long.words[at].father && short.words.len() == 1;
    Some(match at {
        0 if long.family_first => (Rank::Family, Join::FamilyName),
        _ if at == last && !father_alone => (Rank::Family, Join::FamilyName),
        0 => (Rank::Given, Join::GivenName),
        _ => (Rank::Part, Join::Part),
    })
}

/// Several words: each is one of the longer name's, in order, and the last is no mere initial.
fn several(short: &Form, long: &Form) -> Option<Fit> {
    let mut from = 0;
    let (mut opens, mut abbreviated) = (true, false);
    // "George W." is not "George H.W."; without any the middle names are left out.
    let (some, others) = (middle_initials(short), middle_initials(long));
    if some > 0 && others > 0 && some != others {
        return None;
    }
    for (place, word) in short.core().enumerate() {
        let found = long.words[from..].iter().position(|other| agree(word, other))?;
        let other = &long.words[from + found];
        let initial = word.initial != other.initial;
        abbreviated |= initial;
        opens &= place > 0 || from + found == 0;
        // An initial stands for the word at its place: the first for the first.
        if initial && (place == 0) != (from + found == 0) {
            return None;
        }
        from += found + 1;
    }
    let last = short.core().next_back()?;
    if last.initial || abbreviated && from < long.words.len() {
        return None;
    }
    let names = short.words.iter().filter(|word| !word.inner).count();
    Some(match (abbreviated, opens) {
        (true, _) => (Rank::Shorter, Join::Initials),
        // "Le Pen"
        (false, false) if names < 2 && from == long.words.len() => (Rank::Family, Join::FamilyName),
        (false, _) => (Rank::Shorter, Join::Shorter),
    })
}

/// How many initials stand behind the first word.
fn middle_initials(form: &Form) -> usize {
    form.core().skip(1).filter(|word| word.initial).count()
}

/// "Anna Velkovayang": the name with a word of the sentence grown to its end, as copy that lost its links has it.
pub(super) fn glued(longer: &Form, name: &Form, is_common: &dyn Fn(&str) -> bool) -> Option<Fit> {
    let (_, before) = longer.words.split_last()?;
    let (_, others) = name.words.split_last()?;
    let same = !before.is_empty()
        && before
            .iter()
            .map(|word| word.hash)
            .eq(others.iter().map(|word| word.hash));
    if !same {
        return None;
    }
    let tail = longer.last_word().strip_prefix(name.last_word())?;
    (tail.len() >= LEAST_TAIL && is_common(tail)).then_some((Rank::Same, Join::Spelling))
}

/// The same word, or a word and its initial.
fn agree(one: &Word, other: &Word) -> bool {
    match (one.initial, other.initial) {
        (false, false) => one.hash == other.hash,
        _ => one.letter == other.letter,
    }
}

/// "Viktor Orbán" and "Orbán Viktor", "Lee Jae-myung" and "Jae-myung Lee": only where the family's name is known to stand first
/// in one of them, since other names may be two people's.
fn turned(short: &Form, long: &Form) -> Option<Fit> {
    let (one, other): (Vec<u64>, Vec<u64>) = (hashes(short)?, hashes(long)?);
    if one.len() != other.len() || one.len() < 2 {
        return None;
    }
    let is_turn = |first: &[u64], second: &[u64]| {
        first[0] == second[second.len() - 1] && first[1..] == second[..second.len() - 1]
    };
    let turned = short.family_first && is_turn(&one, &other) || long.family_first && is_turn(&other, &one);
    turned.then_some((Rank::Same, Join::Order))
}

fn hashes(form: &Form) -> Option<Vec<u64>> {
    let core = form.core();
    core.map(|word| (!word.initial).then_some(word.hash)).collect()
}
