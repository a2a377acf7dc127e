//! People of world news: which spellings are one person's, and which offices they held when.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::phrases::Phrases;
use super::tsv::{BadLine, rows};
use crate::text::{Token, fold_into};

const PEOPLE: &str = include_str!("../../index_schema/vocabulary/people.tsv");
const OFFICES: &str = include_str!("../../index_schema/vocabulary/offices.tsv");

/// The columns of a list of people.
const COLUMNS: [&str; 6] = ["name", "spellings", "role", "country", "since", "until"];

/// How many months before or after its term an office still tells its holder: copy calls them by it early and late.
const SLACK: i32 = 12;

/// A person by their place in [`People`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(u32);

/// A kind of office ("president") by its place in [`People`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RoleId(u16);

/// A month, counted from the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(i32);

impl Month {
    /// The month of a time in seconds since 1970 UTC.
    #[must_use]
    pub fn of(seconds: i64) -> Option<Self> {
        let time = jiff::Timestamp::from_second(seconds).ok()?;
        let day = jiff::tz::TimeZone::UTC.to_datetime(time).date();
        Some(Self(i32::from(day.year()) * 12 + i32::from(day.month()) - 1))
    }

    /// "1998-05"; a year alone is its month `alone`, 1 to 12.
    fn read(text: &str, alone: i32) -> Option<Self> {
        let (year, month) = match text.split_once('-') {
            Some((year, month)) => (year, month.parse().ok()?),
            None => (text, alone),
        };
        let year: i32 = year.parse().ok().filter(|year| (0..10_000).contains(year))?;
        (1..=12).contains(&month).then_some(Self(year * 12 + month - 1))
    }
}

/// An office that a person held.
#[derive(Debug, Clone)]
struct Office {
    role: RoleId,
    /// ISO 3166-1 alpha-2, or empty.
    country: String,
    since: Option<Month>,
    until: Option<Month>,
}

impl Office {
    fn is_held(&self, when: Option<Month>) -> bool {
        let Some(Month(when)) = when else { return true };
        self.since.is_none_or(|since| when >= since.0 - SLACK) && self.until.is_none_or(|until| when <= until.0 + SLACK)
    }
}

#[derive(Debug, Clone)]
struct Known {
    name: Arc<str>,
    offices: Vec<Office>,
}

/// A person as one list has them.
#[derive(Debug, Default)]
struct Listed<'l> {
    name: &'l str,
    spellings: Vec<&'l str>,
    offices: Vec<Office>,
}

/// The people of the compiled-in list and of lists that users add.
#[derive(Debug, Clone, Default)]
pub struct People {
    listed: Vec<Known>,
    /// From a folded full form to its person; `None` when two of one list claim it. With the list that says so, the last one first.
    full: FxHashMap<String, (usize, Option<PersonId>)>,
    /// From a folded short form to everyone who may be meant beside a title.
    short: FxHashMap<String, Vec<PersonId>>,
    roles: FxHashMap<String, RoleId>,
    titles: Phrases<RoleId>,
    lists: usize,
}

impl People {
    /// The list that is compiled in.
    ///
    /// # Errors
    /// When it cannot be read; a test reads it.
    pub fn builtin() -> Result<Self, BadLine> {
        let mut people = Self::default();
        for row in rows("offices.tsv", OFFICES, ["role", "language", "phrase"])? {
            let [role, _, phrase] = row.cells;
            let role = people.role(role);
            people.titles.insert(phrase, role);
        }
        people.add("people.tsv", PEOPLE)?;
        Ok(people)
    }

    /// Adds a list of the same form. A person who is listed already is replaced, and a spelling belongs to the person who has
    /// it in the list added last.
    ///
    /// # Errors
    /// When the list cannot be read; nothing is added then.
    pub fn add(&mut self, list: &str, text: &str) -> Result<(), BadLine> {
        let listed = self.read(list, text)?;
        self.lists += 1;
        let mut names = FxHashSet::default();
        names.extend(listed.iter().map(|person| folded_name(person.name)));
        self.forget(&names);
        for person in listed {
            let id = PersonId(self.listed.len() as u32);
            self.listed.push(Known {
                name: person.name.into(),
                offices: person.offices,
            });
            for spelling in std::iter::once(person.name).chain(person.spellings) {
                match spelling.strip_prefix('~') {
                    Some(short) => {
                        let people = self.short.entry(folded_name(short)).or_default();
                        if !people.contains(&id) {
                            people.push(id);
                        }
                    }
                    None => self.claim(folded_name(spelling), id),
                }
            }
        }
        Ok(())
    }

    fn claim(&mut self, spelling: String, id: PersonId) {
        let list = self.lists;
        match self.full.entry(spelling) {
            Entry::Vacant(new) => {
                new.insert((list, Some(id)));
            }
            Entry::Occupied(mut known) => match *known.get() {
                (of, _) if of < list => {
                    known.insert((list, Some(id)));
                }
                (_, Some(other)) if other == id => {}
                _ => {
                    known.insert((list, None));
                }
            },
        }
    }

    /// Forgets the people of these names, as far as earlier lists have them.
    fn forget(&mut self, names: &FxHashSet<String>) {
        let listed = &self.listed;
        let is_forgotten = |person: PersonId| names.contains(&folded_name(&listed[person.0 as usize].name));
        self.full.retain(|_, (_, person)| !person.is_some_and(is_forgotten));
        for people in self.short.values_mut() {
            people.retain(|person| !is_forgotten(*person));
        }
    }

    fn read<'l>(&mut self, list: &str, text: &'l str) -> Result<Vec<Listed<'l>>, BadLine> {
        let mut listed: Vec<Listed> = Vec::new();
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        for row in rows(list, text, COLUMNS)? {
            let [name, spellings, role, country, since, until] = row.cells;
            let bad = |reason: String| BadLine {
                list: list.to_owned(),
                line: row.line,
                reason,
            };
            if folded_name(name).is_empty() {
                return Err(bad("the row has no name".into()));
            }
            let month = |text: &str, alone| match text {
                "" => Ok(None),
                text => Month::read(text, alone)
                    .map(Some)
                    .ok_or_else(|| bad(format!("\"{text}\" is no year and no year and month (1998-05)"))),
            };
            let (since, until) = (month(since, 1)?, month(until, 12)?);
            let at = *places.entry(name).or_insert_with(|| {
                listed.push(Listed {
                    name,
                    ..Listed::default()
                });
                listed.len() - 1
            });
            let all = spellings
                .split('|')
                .map(str::trim)
                .filter(|spelling| !spelling.is_empty());
            listed[at].spellings.extend(all);
            if !role.is_empty() {
                listed[at].offices.push(Office {
                    role: self.role(role),
                    country: country.to_owned(),
                    since,
                    until,
                });
            }
        }
        Ok(listed)
    }

    fn role(&mut self, role: &str) -> RoleId {
        if let Some(&known) = self.roles.get(role) {
            return known;
        }
        let id = RoleId(self.roles.len() as u16);
        self.roles.insert(role.to_owned(), id);
        id
    }

    /// The person who has this full form, in any spelling; `None` also where two people have it.
    #[must_use]
    pub fn of_name(&self, name: &str) -> Option<PersonId> {
        self.of_folded(&folded_name(name))
    }

    /// The same for a name that [`folded_name`] folded.
    #[must_use]
    pub fn of_folded(&self, name: &str) -> Option<PersonId> {
        self.full.get(name)?.1
    }

    /// Everyone with a full form that has all the words of a text, in any order.
    #[must_use]
    pub fn with_words(&self, text: &str) -> Vec<PersonId> {
        let wanted = folded_name(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let has_all = |name: &str| wanted.split(' ').all(|part| name.split(' ').any(|word| word == part));
        let fitting = self.full.iter().filter(|(name, _)| has_all(name));
        let mut people: Vec<PersonId> = fitting.filter_map(|(_, (_, person))| *person).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// The name that a person goes by.
    #[must_use]
    pub fn name(&self, person: PersonId) -> &Arc<str> {
        &self.listed[person.0 as usize].name
    }

    /// Whether anyone is known by this short form beside a title.
    #[must_use]
    pub fn has_short(&self, short: &str) -> bool {
        self.short.contains_key(&folded_name(short))
    }

    /// The one person whom a short form means beside the title of an office, at a time: who held that office then, in that
    /// country if it is told. `None` where nobody or more than one fits.
    #[must_use]
    pub fn holder(&self, short: &str, role: RoleId, country: Option<&str>, when: Option<Month>) -> Option<PersonId> {
        let named = self.short.get(&folded_name(short))?;
        let mut fitting = named.iter().filter(|person| {
            let offices = &self.listed[person.0 as usize].offices;
            offices.iter().any(|office| {
                let there = country.is_none_or(|country| office.country.is_empty() || office.country == country);
                office.role == role && there && office.is_held(when)
            })
        });
        match (fitting.next(), fitting.next()) {
            (Some(person), None) => Some(*person),
            _ => None,
        }
    }

    /// The office whose title starts at token `at`, and the title's length; `None` too where the title is of several offices.
    #[must_use]
    pub fn title_at(&self, tokens: &[Token], at: usize) -> Option<(RoleId, usize)> {
        let found = self.titles.longest_at(tokens, at)?;
        let (first, others) = found.values.split_first()?;
        others.iter().all(|other| other == first).then_some((*first, found.len))
    }

    /// How many people are listed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.listed.len()
    }

    /// Whether nobody is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }
}

/// The form in which two spellings of a name are the same: small letters without diacritics and apostrophes, words parted by
/// one space whatever stood between them.
#[must_use]
pub fn folded_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_into(name, &mut folded);
    let mut out = String::with_capacity(folded.len());
    let mut parted = false;
    for c in folded.chars() {
        if c.is_alphanumeric() {
            if parted && !out.is_empty() {
                out.push(' ');
            }
            parted = false;
            out.push(c);
        } else {
            parted |= c != '\'';
        }
    }
    out
}

#[cfg(test)]
mod tests;
