//! The values of one facet over the whole process: value ↔ id. Names that are one person's share the id of the first of them.

mod layer;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::vocabulary::people::{People, PersonId, folded_name};
use layer::{Layer, hash_of};

/// The values of one facet over the whole process: value ↔ id. Append-only, so that an id never changes its meaning.
///
/// A clone shares what is there and costs a few reference counts: the values lie in layers, each at least twice as large as
/// the next, and a layer that a clone shares is never changed; new values go into a new one.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    layers: Vec<Arc<Layer>>,
    /// The list that names are joined by, where they are joined.
    joining: Option<Arc<People>>,
    groups: Arc<Groups>,
}

/// The names that share an id with others, or are shown as another.
#[derive(Debug, Clone, Default)]
struct Groups {
    /// From the id of a name to that of the first of its group, where it is not the first itself.
    first: FxHashMap<u32, u32>,
    /// The groups by their first.
    all: FxHashMap<u32, Group>,
}

/// Names that are one person's.
#[derive(Debug, Clone)]
struct Group {
    /// The name that stands for all: the list's, or the one that most stories have.
    shown: Arc<str>,
    /// Whether the list joins them; else they differ in case, diacritics, hyphens and spaces only.
    listed: bool,
    /// In the order in which they were met.
    names: Vec<u32>,
}

/// Why a name shares the id of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// A list of people says that it is theirs.
    Listed,
    /// It is the same but for case, diacritics, hyphens and spaces.
    Spelling,
}

impl Interner {
    /// An empty one that joins names by a list, and such that differ in spelling only.
    #[must_use]
    pub fn joining(people: Arc<People>) -> Self {
        Self {
            joining: Some(people),
            ..Self::default()
        }
    }

    /// The id of a value, new if it is new; for a joined name that of its group.
    pub fn intern(&mut self, value: &str) -> u32 {
        let name = self.intern_name(value);
        self.group_of(name)
    }

    /// The id of a name itself, which no other name has.
    pub(super) fn intern_name(&mut self, value: &str) -> u32 {
        if let Some(id) = self.name_id(value) {
            return id;
        }
        let joining = self.joining.as_ref().map(|people| key_of(people, value));
        let known = joining.and_then(|(key, _)| self.of_key(key));
        let id = self.push(value, joining.map(|(key, _)| key).filter(|_| known.is_none()));
        self.join(id, known, joining.and_then(|(_, person)| person));
        id
    }

    fn push(&mut self, value: &str, key: Option<u64>) -> u32 {
        if self.layers.last_mut().and_then(Arc::get_mut).is_none() {
            self.layers.push(Arc::new(Layer::from(self.len() as u32)));
        }
        let layer = self.layers.last_mut().map(Arc::make_mut);
        layer.map_or(0, |layer| {
            let id = layer.push(value);
            layer.keys.extend(key.map(|key| (key, id)));
            id
        })
    }

    /// Puts a new name into the group of `first`, or makes it one if it is to be shown as another.
    fn join(&mut self, id: u32, first: Option<u32>, person: Option<PersonId>) {
        let listed = person
            .zip(self.joining.as_ref())
            .map(|(person, people)| Arc::clone(people.name(person)));
        let name: Arc<str> = self.name(first.unwrap_or(id)).into();
        if first.is_none() && listed.as_ref().is_none_or(|listed| *listed == name) {
            return;
        }
        let groups = Arc::make_mut(&mut self.groups);
        let group = groups.all.entry(first.unwrap_or(id)).or_insert_with(|| Group {
            listed: listed.is_some(),
            shown: listed.unwrap_or(name),
            names: vec![first.unwrap_or(id)],
        });
        if let Some(first) = first {
            group.names.push(id);
            groups.first.insert(id, first);
        }
    }

    /// The id that a name is counted under.
    pub(super) fn group_of(&self, name: u32) -> u32 {
        self.groups.first.get(&name).copied().unwrap_or(name)
    }

    /// Shows of each group that no list names the name with the most uses, one in capitals only where there is no other. `uses`: names with how many stories have them.
    pub(super) fn show_most_used<'u>(&mut self, uses: impl Iterator<Item = &'u (u32, u32)>) {
        if self.groups.first.is_empty() {
            return;
        }
        let mut sums: FxHashMap<u32, u64> = FxHashMap::default();
        for (name, count) in uses {
            if self.groups.first.contains_key(name) || self.groups.all.contains_key(name) {
                *sums.entry(*name).or_default() += u64::from(*count);
            }
        }
        let mut changed: Vec<(u32, Arc<str>)> = Vec::new();
        for (first, group) in self.groups.all.iter().filter(|(_, group)| !group.listed) {
            let rank = |name: &u32| {
                let count = sums.get(name).copied().unwrap_or_default();
                (count > 0, !shouts(self.name(*name)), count)
            };
            let most = group.names.iter().max_by(|a, b| {
                let by_name = || self.name(**b).cmp(self.name(**a));
                rank(a).cmp(&rank(b)).then_with(by_name)
            });
            let most = most.map(|name| self.name(*name)).filter(|name| *name != &*group.shown);
            changed.extend(most.map(|name| (*first, name.into())));
        }
        if changed.is_empty() {
            return;
        }
        let groups = Arc::make_mut(&mut self.groups);
        for (first, shown) in changed {
            if let Some(group) = groups.all.get_mut(&first) {
                group.shown = shown;
            }
        }
    }

    /// Joins small layers, so that there are few: call it before a clone is handed out. Each value moves a logarithm of times.
    pub(super) fn compact(&mut self) {
        while let [.., below, last] = &self.layers[..] {
            if below.values.len() >= 2 * last.values.len() {
                break;
            }
            let Some(last) = self.layers.pop() else { break };
            let Some(mut below) = self.layers.pop() else { break };
            let joined = Arc::make_mut(&mut below);
            for value in last.values.iter() {
                joined.push(value);
            }
            joined.keys.extend(&last.keys);
            self.layers.push(below);
        }
    }

    /// The id of a value, if any story ever had it; for a name also if one had another of the same person's.
    #[must_use]
    pub fn id(&self, value: &str) -> Option<u32> {
        let name = self.name_id(value).map(|name| self.group_of(name));
        name.or_else(|| self.of_key(key_of(self.joining.as_ref()?, value).0))
    }

    fn name_id(&self, value: &str) -> Option<u32> {
        let hash = hash_of(value);
        self.layers.iter().find_map(|layer| layer.id(value, hash))
    }

    fn of_key(&self, key: u64) -> Option<u32> {
        self.layers.iter().find_map(|layer| layer.keys.get(&key).copied())
    }

    /// The ids of the people whom the list knows by a name with all these words.
    #[must_use]
    pub fn listed(&self, typed: &str) -> Vec<u32> {
        let Some(people) = &self.joining else {
            return Vec::new();
        };
        let known = people.with_words(typed).into_iter();
        known
            .filter_map(|person| self.of_key(key_of_person(people, person)))
            .collect()
    }

    /// The value of an id; of joined names the one that is shown.
    ///
    /// # Panics
    /// On an id that this interner did not give.
    #[must_use]
    pub fn value(&self, id: u32) -> &str {
        match self.groups.all.get(&id) {
            Some(group) => &group.shown,
            None => self.name(id),
        }
    }

    /// The order of two values by their text: by their ids alone where these were given in that order, as those of one tier of
    /// frequency of the first segment are.
    #[must_use]
    pub fn compare(&self, one: u32, other: u32) -> std::cmp::Ordering {
        let run = |id: u32| {
            let is_shown_otherwise = !self.groups.all.is_empty() && self.groups.all.contains_key(&id);
            self.layers.first()?.run_of(id).filter(|_| !is_shown_otherwise)
        };
        match (run(one), run(other)) {
            (Some(a), Some(b)) if a == b => one.cmp(&other),
            _ => self.value(one).cmp(self.value(other)),
        }
    }

    /// A name by its own id.
    fn name(&self, id: u32) -> &str {
        let layer = self.layers.partition_point(|layer| layer.end() <= id);
        let layer = &self.layers[layer];
        layer.values.get((id - layer.first) as usize)
    }

    /// Every value as the stories have it that is counted under an id.
    pub fn names(&self, id: u32) -> impl Iterator<Item = &str> {
        let group = self.groups.all.get(&id);
        let joined = group
            .map_or(&[][..], |group| &group.names)
            .iter()
            .map(|name| self.name(*name));
        joined.chain(group.is_none().then(|| self.name(id)))
    }

    /// The names that are joined under an id, each with why; none when there is but one and it is shown as it is.
    pub fn joined(&self, id: u32) -> impl Iterator<Item = (&str, Joined)> {
        let group = self.groups.all.get(&id);
        let names = group.into_iter().flat_map(|group| &group.names);
        names.map(move |name| {
            let name = self.name(*name);
            let spelled = group.is_some_and(|group| folded_name(name) == folded_name(&group.shown));
            (name, if spelled { Joined::Spelling } else { Joined::Listed })
        })
    }

    /// How many values there are; ids are below it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.end() as usize)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// The values as the stories have them, each with the id that it is counted under.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        let values = self.layers.iter().flat_map(|layer| layer.values.iter());
        values.enumerate().map(|(id, value)| (self.group_of(id as u32), value))
    }

    /// The ids of the values with all of these folded words in one name, rising.
    #[must_use]
    pub fn with_words(&self, words: &[&str]) -> Vec<u32> {
        self.ids(|layer| layer.words().with_all(words))
    }

    /// The ids of the values with a word that starts so (folded), rising.
    #[must_use]
    pub fn with_prefix(&self, prefix: &str) -> Vec<u32> {
        self.ids(|layer| layer.words().with_prefix(prefix))
    }

    /// Calls `each` with every folded word that starts so, and the ids of the values with it; a word may come more than once.
    pub fn each_word<'i>(&'i self, start: &str, mut each: impl FnMut(&'i str, &mut dyn Iterator<Item = u32>)) {
        for layer in &self.layers {
            let first = layer.first;
            layer.words().each_from(start, |word, places| {
                each(word, &mut places.iter().map(|place| self.group_of(first + place)));
            });
        }
    }

    fn ids(&self, places: impl Fn(&Layer) -> Vec<u32>) -> Vec<u32> {
        let of_layer = |layer: &Arc<Layer>| {
            let first = layer.first;
            places(layer).into_iter().map(move |place| self.group_of(first + place))
        };
        let mut ids: Vec<u32> = self.layers.iter().flat_map(of_layer).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The folded words of the values that are at most so many edits from one, with their edits, nearest first.
    #[must_use]
    pub fn near(&self, word: &str, edits: usize) -> Vec<(usize, String)> {
        let layers = self.layers.iter();
        let mut near: Vec<(usize, String)> = layers.flat_map(|layer| layer.words().near(word, edits)).collect();
        near.sort();
        near.dedup();
        near
    }

    /// Cuts the words of all values now, so that no search waits for it.
    pub(super) fn cut_words(&self) {
        self.layers.iter().for_each(|layer| {
            layer.words();
        });
    }

    /// Bytes in memory, nearly.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let group = |group: &Group| group.shown.len() + 64 + 4 * group.names.len();
        let groups = 10 * self.groups.first.len() + self.groups.all.values().map(group).sum::<usize>();
        groups + self.layers.iter().map(|layer| layer.bytes()).sum::<usize>()
    }
}

/// Whether a word of some length is all in capitals, as headlines and tables have them.
fn shouts(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphabetic());
    words.any(|word| word.chars().count() > 3 && word.chars().all(char::is_uppercase))
}

/// The key that joined names share, and the person whom the list joins them by.
fn key_of(people: &People, value: &str) -> (u64, Option<PersonId>) {
    let folded = folded_name(value);
    match people.of_folded(&folded) {
        Some(person) => (key_of_person(people, person), Some(person)),
        // A value without letters is like no other.
        None if folded.is_empty() => (xxh3_64_with_seed(value.as_bytes(), 2), None),
        None => (xxh3_64_with_seed(folded.as_bytes(), 1), None),
    }
}

/// Apart from the keys of names: a spelling that two people of a list claim is neither's.
fn key_of_person(people: &People, person: PersonId) -> u64 {
    xxh3_64_with_seed(people.name(person).as_bytes(), 0)
}

#[cfg(test)]
mod tests;
