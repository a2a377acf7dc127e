//! What a filing does to its story, told from its keyword line, headline, note to editors and status; and what a kill names.
//!
//! Take words are everyday words too: "Kill Bill returns" kills nothing. Where a word stands, its capitals, what parts it from the
//! rest and its number decide; the words, and how far each is to be trusted, are in `index_schema/vocabulary/takes.tsv`.
//! What a reader has set already is kept.

mod headline;
mod note;
mod orders;
mod slug;
mod words;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

use crate::story::{Filing, Take, TakeKind};

/// The role of another identifier that is a number in an agency's count of all its services: "dpa:157:2024-03-01".
pub(super) const AGENCY_NUMBER: &str = "agency-number";

/// Fills in `filing.take`, `filing.keyword` and `filing.targets` where the format has not.
pub(super) fn tell(filing: &mut Filing) {
    let slug = filing
        .ninjs
        .slugline
        .as_deref()
        .map(slug::read_slug)
        .unwrap_or_default();
    if filing.keyword.is_none() && !slug.keyword.is_empty() {
        filing.keyword = Some(slug.keyword.clone());
    }
    let mut targets = None;
    if filing.take.is_none() {
        let told = told(filing, &slug);
        let weak = told.as_ref().is_some_and(|(take, sure)| take.kind.hides() && !sure);
        filing.take = match told {
            Some((take, _)) if !weak => Some(take),
            _ => message(filing, &mut targets),
        };
    }
    if filing.take.is_none() {
        filing.take = by_status(filing);
    }
    let is_own = !filing.ninjs.uri.is_empty() && filing.ninjs.pub_status.as_deref() == Some("canceled");
    if filing.targets.is_empty() && filing.kind().hides() && !is_own {
        filing.targets = targets.unwrap_or_else(|| orders::targets(filing));
    }
}

/// Reads a line that is nothing but take words, such as stand between a transmission's head and its headline.
pub(super) fn of_line(line: &str) -> Option<Take> {
    let line = line.trim();
    let inner = line.strip_prefix('(').and_then(|line| line.strip_suffix(')'));
    match inner {
        Some(inner) => bracketed(inner),
        None => words::read(line, words::Place::Line),
    }
}

/// Reads a field that holds the take and nothing else, in any letters; `None` where its words are not known.
pub(super) fn of_field(value: &str) -> Option<Take> {
    let mut take = words::read(&value.to_uppercase(), words::Place::Line)?;
    value.trim().clone_into(&mut take.label);
    Some(take)
}

/// A take that stands before a text, and what the note to editors tells of it.
pub(super) fn with_note(take: Option<Take>, note: Option<&str>) -> Option<Take> {
    let take = take?;
    noted(Some(take), note.and_then(note::read_note))
}

/// A take and what a note tells: that a story is updated says no more than its take words do.
fn noted(take: Option<Take>, note: Option<Take>) -> Option<Take> {
    let plain = note
        .as_ref()
        .is_some_and(|note| matches!(note.kind, TakeKind::Update | TakeKind::Writethru));
    if plain && take.is_some() {
        take
    } else {
        stronger(take, note)
    }
}

/// What stands in brackets on a line of its own: take words alone, or a note that they open: "Berichtigung: Name korrigiert".
fn bracketed(inner: &str) -> Option<Take> {
    let alone = words::read(inner, words::Place::BracketedLine);
    let opening = inner.split([':', '-', '–']).next().unwrap_or(inner);
    alone.or_else(|| words::read(opening, words::Place::BracketedLine))
}

/// The stronger of two takes, with the number of the other where it has none. A kill is no second update.
pub(super) fn stronger(one: Option<Take>, other: Option<Take>) -> Option<Take> {
    let (one, other) = match (one, other) {
        (Some(one), Some(other)) => (one, other),
        (one, other) => return one.or(other),
    };
    let (mut winner, loser) = if words::rank(other.kind) > words::rank(one.kind) {
        (other, one)
    } else {
        (one, other)
    };
    if !winner.kind.hides() {
        winner.number = winner.number.or(loser.number);
    }
    Some(winner)
}

/// What the words of a filing tell, and whether they are enough to take a story away.
fn told(filing: &Filing, slug: &slug::Slug) -> Option<(Take, bool)> {
    let ninjs = &filing.ninjs;
    let by_headline = headline::read_headline(ninjs.headline());
    let shouted = words::is_shouted(ninjs.headline());
    let by_note = ninjs.ed_note.as_deref().and_then(note::read_note);
    let by_opening = note::read_opening(ninjs.body());
    let hides = |take: &Option<Take>| take.as_ref().is_some_and(|take| take.kind.hides());
    let sure = (hides(&slug.take) && slug.sure) || (hides(&by_headline) && !shouted) || hides(&by_note);
    let by_words = stronger(slug.take.clone(), by_headline);
    let take = [by_note, by_opening].into_iter().fold(by_words, noted)?;
    let sure = !take.kind.hides() || sure || !orders::targets(filing).is_empty();
    Some((take, sure))
}

/// What a filing that is nothing but an order tells.
fn message(filing: &Filing, found: &mut Option<Vec<crate::story::Target>>) -> Option<Take> {
    let (kind, label, targets) = orders::message(filing)?;
    *found = Some(targets);
    Some(Take {
        kind,
        number: None,
        label,
    })
}

fn by_status(filing: &Filing) -> Option<Take> {
    let status = filing.ninjs.pub_status.as_deref()?;
    let kind = match status {
        "canceled" => TakeKind::Kill,
        "withheld" => TakeKind::Withhold,
        _ => return None,
    };
    Some(Take {
        kind,
        number: None,
        label: status.to_owned(),
    })
}
