//! A tree → plain English words.

use super::{Part, Query, Side, Words, dates};
use crate::story::{Facet, Timestamp};

/// What stories do, by the verb that negation goes with: "are not about", "were not published", "do not name".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Are,
    Were,
    /// A full verb, in the clause itself.
    Do,
}

/// A statement about stories: its verb, and the rest.
type Clause = (Verb, String);

impl Query {
    /// What is asked for, in plain words, for a reader to see whether it is what was meant. Equal trees read the same;
    /// a list inside a list stands in parentheses.
    ///
    /// ```
    /// use dateline::query::parse;
    /// let read_as = |text| parse(text, 0).query.read_as();
    /// assert_eq!(read_as("rice OR maize"), "stories that contain “rice” or “maize”");
    /// assert_eq!(read_as("published:2023-09 about:ID"), "stories that were published in 2023-09 and are about ID");
    /// ```
    #[must_use]
    pub fn read_as(&self) -> String {
        match self {
            Self::All => "every story".to_owned(),
            query => format!("stories that {}", open(query, None)),
        }
    }
}

/// A query in words, its top-level list without parentheses. `by`: the speaker of the quotes that `said:` means, where a
/// list around names one.
fn open(query: &Query, by: Option<&str>) -> String {
    match query {
        Query::And(parts) => listed(&conjuncts(parts, by), "and"),
        Query::Or(parts) => disjunction(parts, by),
        Query::Not(part) => negated(part, by),
        leaf => positive(&clause(leaf, by)),
    }
}

/// A query in words, to stand in a list.
fn closed(query: &Query, by: Option<&str>) -> String {
    match query {
        Query::And(parts) | Query::Or(parts) if parts.len() > 1 => format!("({})", open(query, by)),
        _ => open(query, by),
    }
}

/// The parts of an `And`. Words of the same part of the story are told together; those of quotes with their speaker, since
/// one quote must hold them all.
fn conjuncts(parts: &[Query], by: Option<&str>) -> Vec<String> {
    let speakers: Vec<String> = parts.iter().filter_map(speaker).collect();
    let here = match speakers.as_slice() {
        [] => by.map(str::to_owned),
        [only] => Some(only.clone()),
        several => Some(format!("({})", listed(several, "or"))),
    };
    let by = here.as_deref();
    let says = parts.iter().any(|part| said(part).is_some());
    let mut is_told = [false; 3];
    let mut told = Vec::new();
    for part in parts {
        let place = match part {
            Query::Text(place, _) => Some(*place),
            part => said(part).map(|_| Part::Said),
        };
        if let Some(place) = place {
            if !std::mem::replace(&mut is_told[place as usize], true) {
                told.push(positive(&text(place, &words_of(parts, place), "and", by)));
            }
        } else if *part != Query::All && !(says && speakers.len() == 1 && speaker(part).is_some()) {
            told.push(closed(part, by));
        }
    }
    told
}

/// The parts of an `Or`. Where all are of one kind, the verb is told once.
fn disjunction(parts: &[Query], by: Option<&str>) -> String {
    if let Some(Query::Text(place, _)) = parts.first() {
        let words = words_of(parts, *place);
        if words.len() == parts.len() {
            return positive(&text(*place, &words, "or", by));
        }
    }
    if let Some(Query::Facet(facet, _)) = parts.first() {
        let of_facet = |part: &Query| match part {
            Query::Facet(other, value) if other == facet => Some(name(value)),
            _ => None,
        };
        if let Some(values) = parts.iter().map(of_facet).collect::<Option<Vec<_>>>() {
            return positive(&self::facet(*facet, &listed(&values, "or")));
        }
    }
    let told: Vec<String> = parts.iter().map(|part| closed(part, by)).collect();
    listed(&told, "or")
}

fn negated(query: &Query, by: Option<&str>) -> String {
    match query {
        Query::And(_) => format!("do not fit all of this: ({})", open(query, by)),
        Query::Or(_) => format!("fit none of this: ({})", open(query, by)),
        Query::Not(part) => open(part, by),
        Query::All => "are none at all".to_owned(),
        leaf => match clause(leaf, by) {
            (Verb::Are, rest) => format!("are not {rest}"),
            (Verb::Were, rest) => format!("were not {rest}"),
            (Verb::Do, rest) => format!("do not {rest}"),
        },
    }
}

fn positive((verb, rest): &Clause) -> String {
    match verb {
        Verb::Are => format!("are {rest}"),
        Verb::Were => format!("were {rest}"),
        Verb::Do => rest.clone(),
    }
}

/// A statement of one leaf.
fn clause(query: &Query, by: Option<&str>) -> Clause {
    match query {
        Query::Text(part, words) => text(*part, &[word_text(words)], "and", by),
        Query::Facet(facet, value) => self::facet(*facet, &name(value)),
        Query::Published(from, to) => (Verb::Were, published(*from, *to)),
        Query::Length(from, to) => (Verb::Do, length(*from, *to)),
        Query::HasQuote => (Verb::Do, "carry a quote".to_owned()),
        Query::Has(facet) => (Verb::Do, format!("have a value in {}", facet.name())),
        Query::Missing(facet) => (Verb::Do, format!("have no value in {}", facet.name())),
        Query::All => (Verb::Are, "any at all".to_owned()),
        Query::And(_) | Query::Or(_) | Query::Not(_) => (Verb::Do, open(query, by)),
    }
}

/// A statement about words, listed with `and` or `or`.
fn text(part: Part, words: &[String], between: &str, by: Option<&str>) -> Clause {
    let quote = if words.len() > 1 && between == "and" {
        "one quote"
    } else {
        "a quote"
    };
    let words = listed(words, between);
    let rest = match (part, by) {
        (Part::Anywhere, _) => format!("contain {words}"),
        (Part::Headline, _) => format!("have {words} in the headline"),
        (Part::Said, Some(speaker)) => format!("say {words} in {quote} by {speaker}"),
        (Part::Said, None) => format!("say {words} in {quote}"),
    };
    (Verb::Do, rest)
}

/// The words of the texts among `parts` that look in that part of the story.
fn words_of(parts: &[Query], place: Part) -> Vec<String> {
    let of_place = parts.iter().filter_map(|part| match part {
        Query::Text(other, words) => (*other == place).then(|| word_text(words)),
        part if place == Part::Said => said(part),
        _ => None,
    });
    of_place.collect()
}

/// The words of a query about the words of a quote and nothing else, such as `said:(a OR b)`; a list in parentheses.
fn said(query: &Query) -> Option<String> {
    let of = |part: &Query| match part {
        Query::Not(inner) => said(inner).map(|words| format!("not {words}")),
        part => said(part),
    };
    let (parts, between) = match query {
        Query::Text(Part::Said, words) => return Some(word_text(words)),
        Query::And(parts) => (parts, "and"),
        Query::Or(parts) => (parts, "or"),
        _ => return None,
    };
    let words: Vec<String> = parts.iter().map(of).collect::<Option<_>>()?;
    Some(format!("({})", listed(&words, between)))
}

fn word_text(words: &Words) -> String {
    match words {
        Words::Word(word) => format!("“{word}”"),
        Words::Phrase(words, 0) if words.len() == 1 => format!("exactly “{}”", words[0]),
        Words::Phrase(words, 0) => format!("the phrase “{}”", words.join(" ")),
        Words::Phrase(words, 1) => format!("“{}” with at most 1 word between", words.join(" … ")),
        Words::Phrase(words, slop) => format!("“{}” with at most {slop} words between", words.join(" … ")),
        Words::Prefix(begin) => format!("a word that begins with “{begin}”"),
        Words::Fuzzy(word, 1) => format!("a word at most 1 letter off “{word}”"),
        Words::Fuzzy(word, edits) => format!("a word at most {edits} letters off “{word}”"),
        Words::Near(sides) => near(sides),
    }
}

/// `“a” near “b” (at most 5 words between)`
fn near(sides: &[Side]) -> String {
    let told = sides.iter().enumerate().map(|(at, side)| {
        let any: Vec<String> = side.any.iter().map(word_text).collect();
        let words = match any.as_slice() {
            [only] => only.clone(),
            several => format!("({})", listed(several, "or")),
        };
        match side.within {
            _ if at == 0 => words,
            0 => format!(" near {words} (side by side)"),
            1 => format!(" near {words} (at most 1 word between)"),
            within => format!(" near {words} (at most {within} words between)"),
        }
    });
    told.collect()
}

/// The name of a speaker, or of several of whom one is meant.
fn speaker(query: &Query) -> Option<String> {
    match query {
        Query::Facet(Facet::Speaker, value) => Some(name(value)),
        Query::Or(parts) => {
            let names = parts.iter().map(|part| match part {
                Query::Facet(Facet::Speaker, value) => Some(name(value)),
                _ => None,
            });
            let names: Vec<String> = names.collect::<Option<_>>()?;
            Some(format!("({})", listed(&names, "or")))
        }
        _ => None,
    }
}

fn facet(facet: Facet, values: &str) -> Clause {
    match facet {
        Facet::Person => (Verb::Do, format!("name {values}")),
        Facet::Speaker => (Verb::Do, format!("quote {values}")),
        Facet::Country => (Verb::Do, format!("mention the country {values}")),
        Facet::About => (Verb::Are, format!("about {values}")),
        Facet::Region => (Verb::Do, format!("mention a country of {values}")),
        Facet::Source => (Verb::Are, format!("attributed to {values}")),
        Facet::Credit => (Verb::Are, format!("credited to {values}")),
        Facet::Language => (Verb::Are, format!("in the language {values}")),
        Facet::Subject => (Verb::Do, format!("have the subject {values}")),
        Facet::Status => (Verb::Do, format!("have the status {values}")),
        Facet::Slug => (Verb::Do, format!("have the slug {values}")),
    }
}

/// A value as typed; between quotation marks where it could run into the words around it.
fn name(value: &str) -> String {
    let is_name = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            && word
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '\'' | '’'))
    };
    if value.split(' ').all(is_name) {
        value.to_owned()
    } else {
        format!("“{value}”")
    }
}

fn published(from: Option<Timestamp>, to: Option<Timestamp>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => match dates::whole(from, to) {
            Some(day) if day.len() == 10 => format!("published on {day}"),
            Some(date) => format!("published in {date}"),
            None if is_midnight(from) && is_midnight(to) && from < to => {
                format!(
                    "published from {} to {}, both days included",
                    dates::written(from),
                    dates::written(to - 86_400)
                )
            }
            None => format!("published from {} until before {}", moment(from), moment(to)),
        },
        (Some(from), None) => format!("published from {} on", moment(from)),
        (None, Some(to)) => format!("published before {}", moment(to)),
        (None, None) => "published at any time".to_owned(),
    }
}

fn is_midnight(at: Timestamp) -> bool {
    at.rem_euclid(86_400) == 0
}

/// A date, or a date and a time of day.
fn moment(at: Timestamp) -> String {
    match dates::written(at).strip_suffix('Z') {
        Some(time) => format!("{} UTC", time.replace('T', " ")),
        None => dates::written(at),
    }
}

fn length(from: Option<u64>, to: Option<u64>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => format!("have exactly {from} words"),
        (Some(from), Some(to)) => format!("have {from} to {to} words"),
        (Some(from), None) => format!("have at least {from} words"),
        (None, Some(to)) => format!("have at most {to} words"),
        (None, None) => "have any number of words".to_owned(),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} {word} {last}", before.join(", ")),
    }
}
