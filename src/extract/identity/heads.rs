//! Joins forms to people, the longest forms first: each form belongs to the person whose name it fits best, or is a person.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::aliases::Alias;
use super::fit::{Fit, Rank, fit, glued};
use super::forms::{Form, Forms};
use super::shortened;
use crate::extract::people::Zone;
use crate::story::Join;
use crate::text::tokenise;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};

/// Names with the same last word that are compared; a form with more of them may be anyone's.
const MOST_RIVALS: usize = 256;

/// Who bears which form.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// For each person the form that is the whole name.
    pub heads: Vec<usize>,
    /// For each span its person.
    pub owners: Vec<Option<usize>>,
    /// For each form why it was joined.
    pub why: Vec<Join>,
}

/// The people found so far, by the words of their names.
struct Heads<'f, 'd, 't> {
    all: &'f Forms<'d, 't>,
    vocabulary: &'f Vocabulary,
    lists: Lists,
    /// The title that stands beside each span.
    titles: &'f [Option<u64>],
    by_word: FxHashMap<u64, Vec<usize>>,
    by_spelling: FxHashMap<u64, Vec<usize>>,
    shortened: shortened::Index,
    /// The mentions of each person.
    mentions: Vec<BTreeSet<usize>>,
    borne: FxHashSet<(usize, u64)>,
    joined: Joined,
}

/// Joins all forms. `aliases`: for a form the form of which the story says that it is the same person.
pub(super) fn join(
    vocabulary: &Vocabulary,
    all: &Forms,
    titles: &[Option<u64>],
    aliases: &FxHashMap<usize, Alias>,
    lists: Lists,
) -> Joined {
    let forms = &all.forms;
    let mut order: Vec<usize> = (0..forms.len()).collect();
    // Longest first; among equals the one that is no alias, with fewer initials, to which nothing has grown, one of the body
    // before one of the headline, the first.
    order.sort_by_cached_key(|&at| {
        let form = &forms[at];
        let headline_only = form.spans.iter().all(|&span| all.spans[span].zone == Zone::Headline);
        let initials = form.words.iter().filter(|word| word.initial).count();
        let length = Reverse(form.words.len());
        let grown = if lists == Lists::Id { form.last_word().len() } else { 0 };
        let alias = aliases.get(&at);
        let completes = alias.is_some_and(|alias| alias.completes);
        (
            completes,
            length,
            alias.is_some(),
            initials,
            grown,
            headline_only,
            form.spans[0],
        )
    });
    let mut heads = Heads {
        all,
        vocabulary,
        lists,
        titles,
        by_word: FxHashMap::default(),
        by_spelling: FxHashMap::default(),
        shortened: shortened::Index::new(lists),
        mentions: Vec::new(),
        borne: FxHashSet::default(),
        joined: Joined {
            heads: Vec::new(),
            owners: vec![None; all.spans.len()],
            why: vec![Join::Whole; forms.len()],
        },
    };
    for at in order {
        heads.place(at, aliases.get(&at).map(|alias| alias.of));
    }
    heads.joined
}

impl Heads<'_, '_, '_> {
    /// Finds the person of a form, or makes it one.
    fn place(&mut self, at: usize, alias_of: Option<usize>) {
        let form = &self.all.forms[at];
        let fits = self.fits(form);
        let best = fits.iter().map(|(fit, _)| fit.0).min();
        let mut rivals: Vec<usize> = Vec::new();
        for ((rank, why), person) in fits {
            if Some(rank) == best {
                rivals.push(person);
                self.joined.why[at] = why;
            }
        }
        if let (None, Some((person, why))) = (best, self.otherwise(form, alias_of)) {
            rivals.push(person);
            self.joined.why[at] = why;
        }
        match (best, &rivals[..]) {
            (_, [person]) => {
                for &span in &form.spans {
                    self.assign(span, *person);
                }
            }
            // Of several who share a family's name the title tells, or the one named last is meant.
            (Some(Rank::Family), [_, _, ..]) => {
                for &span in &form.spans {
                    let person = self.meant(span, &rivals);
                    self.assign(span, person);
                }
            }
            _ => self.add(at),
        }
    }

    /// The people that a form fits.
    fn fits(&self, form: &Form) -> Vec<(Fit, usize)> {
        let same = self.by_spelling.get(&form.squeezed);
        let by_word = form.core().next_back().and_then(|last| self.by_word.get(&last.hash));
        // A name with the words in another order ends with the first word of the other.
        let places = same.into_iter().chain(by_word);
        if by_word.is_some_and(|places| places.len() > MOST_RIVALS) {
            return Vec::new();
        }
        let mut seen: Vec<usize> = Vec::new();
        let mut fits = Vec::new();
        for &person in places.flatten() {
            if seen.contains(&person) {
                continue;
            }
            seen.push(person);
            let head = &self.all.forms[self.joined.heads[person]];
            fits.extend(fit(form, head).map(|fit| (fit, person)));
        }
        if fits.is_empty() && self.lists == Lists::Id {
            fits.extend(self.grown_from(form));
        }
        fits
    }

    /// The person whose name a word of the sentence has grown to.
    fn grown_from(&self, form: &Form) -> Option<(Fit, usize)> {
        let near = self.by_word.get(&form.words.first()?.hash)?;
        let is_common = |tail: &str| match tokenise(tail)[..] {
            [token] => self.vocabulary.names.traits(&token, self.lists).any(Traits::COMMON),
            _ => false,
        };
        let mut people = near.iter().take(MOST_RIVALS);
        people.find_map(|&person| {
            let head = &self.all.forms[self.joined.heads[person]];
            glued(form, head, &is_common).map(|fit| (fit, person))
        })
    }

    /// The person of a form that has no word of the name.
    fn otherwise(&self, form: &Form, alias_of: Option<usize>) -> Option<(usize, Join)> {
        if let Some(other) = alias_of {
            let span = *self.all.forms[other].spans.first()?;
            return self.joined.owners[span].map(|person| (person, Join::Alias));
        }
        self.shortened.find(form)
    }

    /// Of several people with one family name the one that a mention means.
    fn meant(&self, span: usize, rivals: &[usize]) -> usize {
        let titled = self.titles[span].map(|title| {
            let bear = rivals.iter().filter(|person| self.borne.contains(&(**person, title)));
            bear.copied().collect::<Vec<_>>()
        });
        let rivals = match &titled {
            Some(titled) if !titled.is_empty() => titled,
            _ => rivals,
        };
        // Father and son: the one whom the story names first, since the other is only spoken of beside him.
        if let [one, others @ ..] = rivals
            && others.iter().all(|other| self.differ_in_suffix(*one, *other))
        {
            let first = rivals.iter().min_by_key(|person| self.mentions[**person].first());
            return first.copied().unwrap_or(*one);
        }
        let before = rivals.iter().filter_map(|&person| {
            let last = self.mentions[person].range(..span).next_back()?;
            Some((*last, person))
        });
        let after = rivals.iter().filter_map(|&person| {
            let next = self.mentions[person].range(span..).next()?;
            Some((*next, person))
        });
        let nearest = before.max().or_else(|| after.min());
        nearest.map_or(rivals[0], |(_, person)| person)
    }

    fn differ_in_suffix(&self, one: usize, other: usize) -> bool {
        let [one, other] = [one, other].map(|person| &self.all.forms[self.joined.heads[person]]);
        let words = |form: &Form| form.core().map(|word| word.hash).collect::<Vec<_>>();
        one.suffix != other.suffix && words(one) == words(other)
    }

    fn assign(&mut self, span: usize, person: usize) {
        self.joined.owners[span] = Some(person);
        self.mentions[person].insert(span);
        self.borne.extend(self.titles[span].map(|title| (person, title)));
    }

    /// A form that fits nobody is a person of its own.
    fn add(&mut self, at: usize) {
        let person = self.joined.heads.len();
        let form = &self.all.forms[at];
        self.joined.heads.push(at);
        self.joined.why[at] = Join::Whole;
        self.mentions.push(BTreeSet::new());
        for &span in &form.spans {
            self.assign(span, person);
        }
        for (place, word) in form.words.iter().enumerate() {
            let known = form.words[..place].iter().any(|other| other.hash == word.hash);
            if !word.initial && !known {
                self.by_word.entry(word.hash).or_default().push(person);
            }
        }
        self.by_spelling.entry(form.squeezed).or_default().push(person);
        self.shortened.add(person, form);
    }
}
