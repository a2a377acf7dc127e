//! Joins the mentions of a story into persons: a short form belongs to the longest name that it can be a part of. Two people
//! taken for one are worse than one taken for two: a form that could be either's stays by itself, but for family names.

mod aliases;
mod fit;
mod forms;
mod heads;
mod known;
mod shortened;
mod spelling;
mod titles;

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::document::{Document, Text};
use super::people::{NameSpan, Zone};
use crate::story::{Form, Person, Span};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::Lists;
use forms::Forms;
use heads::Joined;
pub(super) use known::recognise;
use spelling::Speller;

/// The people of a story, and which of them stands at which token of the body.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// In the order of their first mention.
    pub people: Vec<Person>,
    /// For each token of the body, one more than the place in `people`, or 0.
    at: Vec<u16>,
    /// Every mention in the body with its person and the word of its title.
    pub mentions: Vec<Mention>,
}

/// A mention of a person in the body.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The place in [`Cast::people`].
    pub person: usize,
    /// The folded word of the title that stands before it or in apposition, if one does.
    pub title: Option<u64>,
}

impl Cast {
    /// The person whose name covers token `at` of the body.
    pub(super) fn person_at(&self, at: usize) -> Option<usize> {
        let place = *self.at.get(at)?;
        usize::from(place).checked_sub(1)
    }

    /// The mention that covers token `at` of the body.
    pub(super) fn mention_at(&self, at: usize) -> Option<&Mention> {
        self.person_at(at)?;
        let next = self.mentions.partition_point(|mention| mention.tokens.start <= at);
        next.checked_sub(1).and_then(|place| self.mentions.get(place))
    }

    /// The person who bore a title last before token `at`: whom "the president" means there.
    pub(super) fn holder(&self, title: u64, at: usize) -> Option<usize> {
        let before = self.mentions.partition_point(|mention| mention.tokens.start < at);
        let mut holders = self.mentions[..before].iter().rev();
        let holder = holders.find(|mention| mention.title == Some(title))?;
        Some(holder.person)
    }
}

/// Joins the spans that the people step found.
pub(super) fn join(document: &Document, vocabulary: &Vocabulary, spans: &[NameSpan]) -> Cast {
    let lists = Lists::of(document.language);
    let all = forms::collect(document, vocabulary, lists, spans);
    let titles = titles::beside(document, vocabulary, lists, &all.spans);
    let aliases = aliases::stated(document, lists, &all);
    let joined = heads::join(vocabulary, &all, &titles, &aliases, lists);
    cast(document, &all, &joined, &titles)
}

/// Puts the people together in the order of their first mention.
fn cast(document: &Document, all: &Forms, joined: &Joined, titles: &[Option<u64>]) -> Cast {
    let mut speller = Speller::new(document);
    let mut places: Vec<Option<usize>> = vec![None; joined.heads.len()];
    let mut rows: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    let mut cast = Cast {
        at: vec![0; document.body.tokens.len()],
        ..Cast::default()
    };
    for (at, span) in all.spans.iter().enumerate() {
        let (Some(owner), Some(form)) = (joined.owners[at], all.of_span[at]) else {
            continue;
        };
        let place = *places[owner].get_or_insert_with(|| {
            let head = &all.forms[joined.heads[owner]];
            let value = speller.name(head.text, head.tokens.clone());
            cast.people.push(Person {
                label: value.clone(),
                value,
                rule: span.rule.to_owned(),
                confidence: span.confidence,
                ..Person::default()
            });
            cast.people.len() - 1
        });
        let person = &mut cast.people[place];
        person.mentions += 1;
        person.confidence = person.confidence.max(span.confidence);
        let row = *rows.entry((place, form)).or_insert_with(|| {
            let found = &all.forms[form];
            person.forms.push(Form {
                text: speller.name(found.text, found.tokens.clone()),
                why: joined.why[form],
                mentions: 0,
            });
            person.forms.len() - 1
        });
        person.forms[row].mentions += 1;
        if span.zone == Zone::Headline {
            continue;
        }
        person.spans.extend(place_of(&document.body, &span.tokens));
        for token in span.tokens.clone() {
            cast.at[token] = u16::try_from(place + 1).unwrap_or_default();
        }
        cast.mentions.push(Mention {
            tokens: span.tokens.clone(),
            person: place,
            title: titles[at],
        });
    }
    for person in &mut cast.people {
        if person.forms.len() < 2 {
            person.forms.clear();
        }
    }
    cast
}

fn place_of(text: &Text, tokens: &Range<usize>) -> Option<Span> {
    let first = text.tokens.get(tokens.start)?;
    let last = text.tokens.get(tokens.end.checked_sub(1)?)?;
    Some(Span {
        start: first.start as usize,
        end: last.end as usize,
    })
}

#[cfg(test)]
mod tests;
