//! Cuts each run of capitalised words into segments that may be names, with what stood before them.

use std::ops::Range;

use super::classes::{Class, Words};
use super::runs::{elided_before, opens_with_particle, run_end};
use crate::text::{Case, Kind};
use crate::vocabulary::names::{Lists, Traits};

/// What stood before a segment in its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing that tells.
    Nothing,
    /// A title or role right before it.
    Title(usize),
    /// A title or role, then words of its organisation or country.
    Chain(usize),
    /// A word that opens an organisation's name; and the title before that, if there is one.
    Organisation(Option<usize>),
    /// A place, an acronym, an ordinary word.
    Other,
}

/// A stretch of a run whose tokens can all be parts of one name.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub tokens: Range<usize>,
    pub classes: Vec<Class>,
    pub before: Before,
    /// The class of what follows in the same run, if anything does.
    pub after: Option<Class>,
}

impl Segment {
    /// How many of its tokens are words of the name: not particles, hyphens or suffixes.
    pub(super) fn words(&self) -> usize {
        let parts = self
            .classes
            .iter()
            .filter(|class| !matches!(class, Class::Link | Class::Suffix));
        parts.count()
    }
}

/// All segments of a text, in order.
pub(super) fn segments(words: &Words) -> Vec<Segment> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if words.is_barred(at) || !(words.is_capital(at) || opens_with_particle(words, at)) {
            at += 1;
            continue;
        }
        let end = run_end(words, at);
        cut(words, at..end, &mut found);
        at = end;
    }
    found
}

/// Cuts a run at the tokens that no name holds.
fn cut(words: &Words, run: Range<usize>, found: &mut Vec<Segment>) {
    let parted = words.lists == Lists::Id && run.start > 0 && {
        let back = words.token(run.start - 1);
        back.is_some_and(|token| token.kind == Kind::Number)
            || words.is_mark(run.start - 1, ')')
            || words.text.word(run.start - 1) == "dan"
    };
    let mut before = match parted.then(|| parted_chain(words, run.start)).flatten() {
        Some(title) => Before::Chain(title),
        None => lower_title(words, run.start),
    };
    let mut classes: Vec<Class> = Vec::new();
    let mut start = run.start;
    let mut at = run.start;
    let mut last = None;
    while at < run.end {
        let chained = matches!(before, Before::Title(_) | Before::Chain(_));
        let class = match class_in_run(words, at, &classes, &run) {
            // "Presiden Turki X": behind a title a country is a country.
            Class::Name if chained && classes.is_empty() && words.is_country(at) && !words.is_someones(at) => {
                Class::Other
            }
            Class::Doubtful
                if chained
                    && classes.is_empty()
                    && words.is_country(at)
                    && (!words.is_someones(at) || names_follow(words, at))
                    && !words.lists.is_romance() =>
            {
                Class::Other
            }
            class => class,
        };
        if class.is_part() {
            last = Some(class);
            classes.push(class);
            at += 1;
            continue;
        }
        part_organisation(words, &mut start, &mut classes, &mut before);
        let named = parts(&classes) > 1;
        push(words, start..at, &mut classes, before, Some(class), found);
        let opened = matches!(before, Before::Organisation(_)) && last == Some(Class::OrgBefore);
        before = match (class, before) {
            // "Bandara Sultan X": the title is part of the building's name.
            (Class::Title, _) if !opened => Before::Title(at),
            (Class::Title, kept) => kept,
            (Class::OrgBefore, Before::Title(title) | Before::Chain(title)) => Before::Organisation(Some(title)),
            (Class::OrgBefore, _) | (_, Before::Organisation(None)) => Before::Organisation(None),
            // "Burgemeester Anna Velkova van Zuidstad": what follows the whole name is no name.
            _ if named && !words.is_capital(at) => Before::Other,
            (_, Before::Title(title) | Before::Chain(title) | Before::Organisation(Some(title))) => {
                Before::Chain(title)
            }
            // "Così Anna": a small word that only opens the sentence.
            _ if at == run.start && words.traits(at).any(Traits::COMMON) && words.opens_sentence(at) => Before::Nothing,
            _ => Before::Other,
        };
        last = Some(class);
        at += 1;
        start = at;
    }
    part_organisation(words, &mut start, &mut classes, &mut before);
    push(words, start..run.end, &mut classes, before, None, found);
}

/// Drops the words of an organisation from the start of a segment where the name of its officer follows them.
fn part_organisation(words: &Words, start: &mut usize, classes: &mut Vec<Class>, before: &mut Before) {
    if let (Lists::Id, Before::Organisation(Some(title))) = (words.lists, *before)
        && let Some(name) = behind_organisation(words, classes, *start)
    {
        classes.drain(..name);
        *start += name;
        *before = Before::Chain(title);
    }
}

/// "Menteri Luar Negeri Chad Anna Velkova": in Indonesian, where a country needs no preposition, two words are name enough.
fn names_follow(words: &Words, at: usize) -> bool {
    words.lists == Lists::Id && words.is_capital(at + 1) && words.is_capital(at + 2)
}

/// The class of a token, knowing what of the run stands before it.
fn class_in_run(words: &Words, at: usize, before: &[Class], run: &Range<usize>) -> Class {
    let part_before = before
        .last()
        .is_some_and(|class| matches!(class, Class::Name | Class::Doubtful | Class::Initial | Class::Unknown));
    if !words.is_capital(at) {
        let hyphenated = at > run.start && words.is_mark(at - 1, '-') || elided_before(words, at);
        let particle = words.traits(at).any(Traits::INNER);
        if in_nickname(words, at, run) || words.goes_on(at) && !before.is_empty() {
            return Class::Link;
        }
        if particle && names_affiliation(words, at, before) {
            return Class::Other;
        }
        let mark = words.token(at).is_some_and(|token| token.case == Case::None);
        return match (mark, hyphenated || particle) {
            // The stop behind "Sen." belongs to the title.
            (true, _) if before.is_empty() => Class::Other,
            (true, _) | (_, true) => Class::Link,
            _ => Class::Other,
        };
    }
    if in_nickname(words, at, run) {
        return Class::Link;
    }
    match words.class(at, part_before) {
        // "Le Néerlandais", "A Argentina": an article before a place at the start of a sentence.
        _ if before.is_empty() && opening_article(words, at) => Class::Other,
        // "Pieter van Dalen": behind a particle of a name any word is part of it.
        Class::Other | Class::Title if behind_particle(words, at, before) => Class::Doubtful,
        class => class,
    }
}

/// Whether the token is a small word of the language that opens a sentence before the name of a place or people.
fn opening_article(words: &Words, at: usize) -> bool {
    words.traits(at).any(Traits::COMMON) && words.is_place(at + 1) && !words.is_place(at) && words.opens_sentence(at)
}

/// "Renske Postma van Eemsdelta", "Ruud Meulen vom Bankhaus": in German and Dutch, a particle behind a whole name tells where
/// someone is from.
fn names_affiliation(words: &Words, at: usize, before: &[Class]) -> bool {
    let whole = parts(before) > 1
        && before
            .last()
            .is_some_and(|class| !matches!(class, Class::Link | Class::Initial));
    matches!(words.lists, Lists::De | Lists::Nl) && whole && !words.traits(at - 1).any(Traits::GIVEN)
}

/// How many words of a name are among the classes.
fn parts(classes: &[Class]) -> usize {
    let counted = |class: &&Class| matches!(class, Class::Name | Class::Unknown | Class::Doubtful);
    classes.iter().filter(counted).count()
}

/// Whether a small particle, itself behind a part of a name, stands right before token `at`.
fn behind_particle(words: &Words, at: usize, before: &[Class]) -> bool {
    let particle = at > 0 && words.is_lower(at - 1) && words.traits(at - 1).any(Traits::INNER);
    // "Atuns de Cabo Verde": a country behind the particle, unless a name of the lists stands before it.
    if words.lists.is_romance() && words.is_place(at) && !before.contains(&Class::Name) {
        return false;
    }
    let ([.., part, Class::Link, Class::Link] | [.., part, Class::Link]) = before else {
        return false;
    };
    let title = words.traits(at).any(Traits::TITLE | Traits::ROLE);
    if title && !(words.traits(at).any(Traits::SURNAME) || matches!(words.lists, Lists::De | Lists::Nl)) {
        return false;
    }
    let capitalised = words.token(at).is_some_and(|token| token.case == Case::Capitalised);
    particle && capitalised && matches!(part, Class::Name | Class::Unknown | Class::Doubtful)
}

/// Whether a nickname's mark opened before token `at` in its run and is not closed yet.
fn in_nickname(words: &Words, at: usize, run: &Range<usize>) -> bool {
    let marks = (run.start..at)
        .rev()
        .take(4)
        .filter(|&back| matches!(words.text.word(back), "\"" | "“" | "”" | "(" | ")" | "'" | "‘" | "’"));
    marks.count() == 1
}

/// Keeps a segment when it has any word of a name.
fn push(
    words: &Words,
    run: Range<usize>,
    classes: &mut Vec<Class>,
    before: Before,
    after: Option<Class>,
    found: &mut Vec<Segment>,
) {
    let mut kept = std::mem::take(classes);
    let several = parts(&kept) > 1;
    let mut tokens = run;
    // A small word behind a hyphen belongs to the name ("Min-seo"); a hyphen or particle at the end does not.
    let first = tokens.start;
    let hyphenated = |end: usize| {
        end > first + 1 && words.is_lower(end - 1) && (words.is_mark(end - 2, '-') || elided_before(words, end - 1))
    };
    while kept.last() == Some(&Class::Link) && !hyphenated(tokens.end) {
        kept.pop();
        tokens.end -= 1;
    }
    // "von der Leyen" opens with its particle; in "Familie von Anna Velkova" the word is no part of the name.
    let addressed = matches!(before, Before::Title(title) if words.is_capital(title));
    let opens = |at: usize| {
        if words.lists.is_romance() && words.traits(at).any(Traits::INNER | Traits::FIRST) {
            // "M. dos Anjos", but "doblete de Anna Velkova"
            return addressed;
        }
        let own = words.traits(at + 1).any(Traits::GIVEN) && words.traits(at).any(Traits::COMMON);
        words.traits(at).any(Traits::FIRST) && !(own && several)
    };
    while kept.first() == Some(&Class::Link) && !opens(tokens.start) {
        kept.remove(0);
        tokens.start += 1;
    }
    if kept
        .iter()
        .any(|class| !matches!(class, Class::Link | Class::Suffix | Class::Initial))
    {
        found.push(Segment {
            tokens,
            classes: kept,
            before,
            after,
        });
    }
}

/// How far back a title may open the chain that a number or bracket parts from the name, in tokens.
const REACH_CHAIN: usize = 24;

/// "Ketua Satuan Tugas Covid-19 X", "Direktur Badan Air (BA) Indonesia X": the title of a chain of capitalised words that a
/// number or a bracket parts.
fn parted_chain(words: &Words, start: usize) -> Option<usize> {
    let mut at = start;
    let mut bracket = false;
    for back in (start.saturating_sub(REACH_CHAIN)..start).rev() {
        bracket |= words.is_mark(back, ')');
        let part = words.is_capital(back) || words.token(back).is_some_and(|token| token.kind == Kind::Number);
        let small = matches!(words.text.word(back), "-" | "dan" | "untuk" | "of" | "on");
        if !(bracket || part || small) {
            break;
        }
        bracket &= !words.is_mark(back, '(');
        at = back;
    }
    (at..start).find(|&at| words.is_capital(at) && words.traits(at).any(Traits::TITLE | Traits::ROLE))
}

/// The words of a name behind those of an organisation: "Guru Besar Universitas A B | Rina Hartono". The first given name that
/// is not the organisation's own first word opens it.
fn behind_organisation(words: &Words, classes: &[Class], start: usize) -> Option<usize> {
    let given = |at: usize| classes[at] == Class::Name && words.traits(start + at).any(Traits::GIVEN);
    (1..classes.len().saturating_sub(1)).find(|&at| given(at) && !matches!(classes[at - 1], Class::Link | Class::Name))
}

/// The small title or role before a run: "juru bicara X", "spokeswoman X", "chief executive X".
fn lower_title(words: &Words, start: usize) -> Before {
    let Some(mut at) = start.checked_sub(1) else {
        return Before::Nothing;
    };
    if words.is_mark(at, '.') && at > 0 {
        at -= 1;
    }
    if words.traits(at).any(Traits::TITLE | Traits::ROLE) && words.token(at).is_some_and(|t| t.case != Case::None) {
        return Before::Title(at);
    }
    // "juru bicara pemerintah X", "menteri luar negeri X": the role opens a phrase of small words.
    let phrase = start.saturating_sub(4)..at;
    for back in phrase.rev() {
        if !(words.is_lower(back) || words.opens_sentence(back)) || !words.is_lower(back + 1) {
            break;
        }
        if words.lists != Lists::En && words.traits(back).any(Traits::TITLE | Traits::ROLE) {
            return Before::Chain(back);
        }
    }
    Before::Nothing
}
