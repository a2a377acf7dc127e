//! The mix of queries: one or two words of the texts, and up to two filters.

use crate::archive::{Archive, LANGUAGES, person_name};
use crate::random::Random;

/// A query of the mix: all of the words in headline or body as written, all of the filters.
#[derive(Debug)]
pub(crate) struct ArchiveQuery {
    /// One or two, lower case.
    pub(crate) words: Vec<String>,
    /// Facet and value, none to two, of different facets.
    pub(crate) filters: Vec<(&'static str, String)>,
}

impl ArchiveQuery {
    /// Its words alone.
    pub(crate) fn without_filters(&self) -> Self {
        Self {
            words: self.words.clone(),
            filters: Vec::new(),
        }
    }
}

/// The mix; the same for every engine.
pub(crate) fn queries(archive: &Archive, count: usize) -> Vec<ArchiveQuery> {
    let random = &mut Random::new(archive.seed, 0);
    (0..count).map(|_| query(archive, random)).collect()
}

fn query(archive: &Archive, random: &mut Random) -> ArchiveQuery {
    let words = (0..random.between(1, 2)).map(|_| word(archive, random)).collect();
    let (countries, codes) = &archive.countries;
    let filters = (0..random.between(0, 2)).map(|_| match random.below(4) {
        0 => ("person", person_name(archive.people.draw(random))),
        1 => ("country", codes[countries.draw(random)].to_owned()),
        2 => ("source", format!("wire{:03}", archive.sources.draw(random))),
        _ => ("language", LANGUAGES[archive.languages.draw(random)].to_owned()),
    });
    let mut filters: Vec<(&str, String)> = filters.collect();
    // Two values of one facet would be either of them to one engine, and both to another.
    filters.dedup_by_key(|(name, _)| *name);
    ArchiveQuery { words, filters }
}

/// A plain word of the texts: as frequent among queries as in the texts, short ones left out.
fn word(archive: &Archive, random: &mut Random) -> String {
    loop {
        let words: Vec<&str> = archive.paragraph(random).split_whitespace().collect();
        let word = words[random.below(words.len())];
        if word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return word.to_owned();
        }
    }
}
