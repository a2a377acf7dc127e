//! Agencies and outlets: from any of their names to an id, and when a name may stand for them.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::misread::Printed;
use super::named::NamedValues;
use super::openers::Openers;
use super::phrases::{Match, Phrases};
use super::tsv::{BadLine, rows};
use crate::text::{HashedSet, Kind, Token, fold, tokenise};

const LIST: &str = include_str!("../../index_schema/vocabulary/sources.tsv");

/// An agency or outlet.
#[derive(Debug, Clone, Copy)]
pub struct SourceEntry {
    /// The facet value.
    pub id: &'static str,
    /// Its usual name.
    pub name: &'static str,
    /// `agency`, `newspaper`, `broadcaster`, `magazine` or `portal`.
    pub kind: &'static str,
    /// ISO 3166-1 alpha-2 of its seat; may be empty.
    pub country: &'static str,
    /// The first and the last year of its work, where that matters: old agencies bear the names of other things today.
    pub years: Option<(i64, Option<i64>)>,
}

impl SourceEntry {
    /// Whether it was at work in that year; when the year is unknown, whether it still is.
    #[must_use]
    pub fn is_active_in(&self, year: Option<i64>) -> bool {
        match (self.years, year) {
            (None, _) => true,
            (Some((_, last)), None) => last.is_none(),
            // A year of grace on both sides: old names live on for a while.
            (Some((first, last)), Some(year)) => first <= year + 1 && last.is_none_or(|last| year <= last + 1),
        }
    }
}

/// One name of a source, and when it may stand for it.
#[derive(Debug, Clone, Copy)]
pub struct Alias {
    /// The name.
    pub text: &'static str,
    /// The source's place in the list.
    pub entry: u32,
    /// It matches as written only.
    pub exact: bool,
    /// It is an everyday word, too, and counts only where the context makes it a source.
    pub weak: bool,
    /// Whether its first and its last word have a capital.
    capitals: (bool, bool),
}

/// A name of a source in a text.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    /// How many tokens it covers.
    pub len: usize,
    /// The source's place in the list.
    pub entry: u32,
    /// It counts only where the context makes it a source.
    pub weak: bool,
}

/// All agencies and outlets that the vocabulary knows.
#[derive(Debug, Default)]
pub struct Sources {
    entries: Vec<SourceEntry>,
    by_id: FxHashMap<&'static str, u32>,
    aliases: Phrases<Alias>,
    openers: Openers,
    words: HashedSet,
    unspaced: Vec<Alias>,
    /// The single-word names of the agencies of printed archives.
    printed: Printed,
    named: OnceLock<NamedValues>,
}

impl Sources {
    /// The compiled-in list.
    ///
    /// # Errors
    /// When the list is malformed or names an id twice.
    pub fn builtin() -> Result<Self, BadLine> {
        let mut sources = Self::default();
        let columns = ["id", "name", "kind", "country", "aliases", "years"];
        for row in rows("sources.tsv", LIST, columns)? {
            let [id, name, kind, country, aliases, years] = row.cells;
            let entry = sources.entries.len() as u32;
            if sources.by_id.insert(id, entry).is_some() {
                return Err(bad_line(row.line, format!("the id {id} stands twice")));
            }
            let years = match years {
                "" => None,
                _ => Some(parse_years(years).ok_or_else(|| bad_line(row.line, format!("no years: {years}")))?),
            };
            sources.entries.push(SourceEntry {
                id,
                name,
                kind,
                country,
                years,
            });
            for alias in aliases.split('|') {
                sources.add(entry, alias);
            }
        }
        Ok(sources)
    }

    fn add(&mut self, entry: u32, flagged: &'static str) {
        let text = flagged.trim_end_matches(['^', '=', '~']);
        let flags = &flagged[text.len()..];
        let tokens = tokenise(text);
        let capital = |place: Option<&Token>| place.is_some_and(|token| token.is_capital(text));
        let alias = Alias {
            text,
            capitals: (capital(tokens.first()), capital(tokens.last())),
            entry,
            exact: flags.contains(['^', '=']),
            weak: flags.contains('~'),
        };
        if text.chars().any(is_unspaced) {
            self.unspaced.push(alias);
        }
        let dated = self
            .entry(entry)
            .is_some_and(|entry| entry.years.is_some() && entry.kind == "agency");
        if dated && tokens.len() == 1 {
            self.printed.add(text, entry);
        }
        self.openers.add(&tokens);
        self.words
            .extend(tokens.iter().filter(|t| t.kind != Kind::Mark).map(|token| token.folded));
        self.aliases.insert(text, alias);
    }

    /// The source at a place of the list.
    #[must_use]
    pub fn entry(&self, at: u32) -> Option<&SourceEntry> {
        self.entries.get(at as usize)
    }

    /// The source with that id.
    #[must_use]
    pub fn of_id(&self, id: &str) -> Option<&SourceEntry> {
        self.entry(*self.by_id.get(id)?)
    }

    /// The usual names, by their words.
    pub(super) fn named(&self) -> &NamedValues {
        let names = || NamedValues::new(self.entries.iter().map(|entry| (entry.id, entry.name)));
        self.named.get_or_init(names)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The ids of the sources with exactly this name, whatever its case.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Vec<String> {
        let trimmed = without_article(name.trim());
        let found = self
            .aliases
            .exact(name.trim())
            .iter()
            .chain(self.aliases.exact(trimmed));
        let mut ids: Vec<String> = Vec::new();
        let by_id = self.of_id(&fold(name.trim())).map(|entry| entry.id);
        let named = found.filter_map(|alias| self.entry(alias.entry)).map(|entry| entry.id);
        for id in by_id.into_iter().chain(named) {
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
        ids
    }

    /// Whether a token may begin the name of a source; most do not.
    #[must_use]
    pub fn may_begin_name(&self, token: &Token) -> bool {
        self.openers.may_open(token)
    }

    /// Whether a token of this folded hash stands in the name of a source.
    #[must_use]
    pub fn in_name(&self, folded: u64) -> bool {
        self.words.contains(&folded)
    }

    /// The names in scripts that part no words, to be searched for inside tokens.
    #[must_use]
    pub fn unspaced(&self) -> &[Alias] {
        &self.unspaced
    }

    /// The longest name of a source that starts at token `at`, written as it may be.
    #[must_use]
    pub fn named_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<Named> {
        if !self.may_begin_name(tokens.get(at)?) {
            return None;
        }
        self.written_right_at(text, tokens, at).map(|(len, alias)| Named {
            len,
            entry: alias.entry,
            weak: alias.weak,
        })
    }

    /// The longest name that signs at token `at`: any name as written, and that of an agency with its years in any case: desks
    /// wrote "ap" and "Afp".
    #[must_use]
    pub fn signed_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<Named> {
        if !self.may_begin_name(tokens.get(at)?) {
            return None;
        }
        let is_agency = |alias: &Alias| self.entry(alias.entry).is_some_and(|entry| entry.kind == "agency");
        let written = self
            .written_right_at(text, tokens, at)
            .filter(|(_, alias)| !alias.weak || is_agency(alias));
        let any_case = || {
            let found = self.aliases.longest_at(tokens, at)?;
            let dated = |alias: &&Alias| self.entry(alias.entry).is_some_and(|entry| entry.years.is_some());
            Some((
                found.len,
                found.values.iter().find(|alias| is_agency(alias) && dated(alias))?,
            ))
        };
        let (len, alias) = written.or_else(any_case)?;
        Some(Named {
            len,
            entry: alias.entry,
            weak: alias.weak,
        })
    }

    /// The agency of printed archives whose name differs from `word` by one letter.
    #[must_use]
    pub fn misread(&self, word: &str) -> Option<u32> {
        self.printed.misread(word)
    }

    /// The longest name at token `at` that is written as it may be. The first token must begin a name.
    fn written_right_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<(usize, &Alias)> {
        let mut end = tokens.len();
        // A longer name that is written wrongly must not hide a shorter one: "AP news agency" after "AP".
        while let Some(Match { len, values }) = self.aliases.longest_at(&tokens[..end], at) {
            let span = &tokens[at..at + len];
            let fitting = values.iter().filter(|alias| is_written_right(alias, text, span));
            if let Some(alias) = fitting.min_by_key(|alias| alias.weak) {
                return Some((len, alias));
            }
            end = at + len - 1;
        }
        None
    }
}

fn bad_line(line: usize, reason: String) -> BadLine {
    BadLine {
        list: "sources.tsv".into(),
        line,
        reason,
    }
}

/// "1835-1940", or "1851-" of one that still works.
fn parse_years(years: &str) -> Option<(i64, Option<i64>)> {
    let (first, last) = years.split_once('-')?;
    let last = match last {
        "" => None,
        _ => Some(last.parse().ok()?),
    };
    Some((first.parse().ok()?, last))
}

/// Scripts that are written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}

/// Whether the letters' case allows the tokens to be this name.
fn is_written_right(alias: &Alias, text: &str, span: &[Token]) -> bool {
    if alias.exact {
        if let [only] = span {
            return only.of(text) == alias.text;
        }
        let words = span.iter().map(|token| token.of(text));
        return words.eq(tokenise(alias.text).iter().map(|token| token.of(alias.text)));
    }
    let (Some(first), Some(last)) = (span.first(), span.last()) else {
        return false;
    };
    // The article of "l'Expansion" may be small.
    let elided = |word: &str| word.ends_with(['\'', '’']);
    let small =
        |word: &str| word.starts_with(char::is_lowercase) && !word.contains(char::is_uppercase) && !elided(word);
    !(alias.capitals.0 && small(first.of(text)) || alias.capitals.1 && small(last.of(text)))
}

/// A name without its leading English article.
fn without_article(name: &str) -> &str {
    match name.split_at_checked(4) {
        Some((article, rest)) if article.eq_ignore_ascii_case("the ") => rest.trim_start(),
        _ => name,
    }
}

/// The facet value of a source that is not in the list: its folded name with hyphens.
#[must_use]
pub fn slug(name: &str) -> String {
    let folded = fold(without_article(name));
    let mut slug = String::with_capacity(folded.len());
    for token in tokenise(&folded) {
        let word = token.of(&folded);
        if token.kind == Kind::Mark {
            continue;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests;
