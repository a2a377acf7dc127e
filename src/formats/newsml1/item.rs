//! A `NewsItem` → a filing, or why it is no story.

use super::super::terms::language_tag;
use super::super::warnings::Warnings;
use super::super::xml::Element;
use super::super::{Format, Parsed, Refused};
use super::describe::Around;
use super::parts::{self, Part, Parts, Rank};
use super::{File, content, formal_name, manage};
use crate::story::{Filing, Take, TakeKind};

/// Genres of what tells editors of coverage to come.
const PLANS: [&str; 5] = ["program", "textprogram", "advisory", "agenda", "daybook"];

/// Reads one.
pub(super) fn read(item: &Element, file: &File<'_>, mut warnings: Warnings) -> Parsed {
    let parts = Parts::of(item);
    let mut filing = Filing::default();
    manage::identity(item, &mut filing.ninjs, &mut warnings);
    manage::status(item, file, &mut filing, &mut warnings);
    manage::dates(item, file, &mut filing, &mut warnings);
    let components = around(item, &parts.texts);
    let around = Around {
        components: &components,
        topics: &file.topics,
    };
    around.lines(item, &mut filing);
    around.administration(item, file, &mut filing.ninjs);
    around.rights(&mut filing.ninjs);
    around.description(&mut filing.ninjs);
    let told = parts.texts.first().and_then(|part| part.place.language);
    let own = components.iter().rev().find_map(|it| it.attribute("lang"));
    filing.ninjs.language = told.or(own).or_else(|| item.attribute("lang")).and_then(language_tag);
    let mut notes = manage::comments(item);
    notes.extend(around.notes());
    filing.ninjs.ed_note = Some(notes.join(" ")).filter(|notes| !notes.is_empty());
    if !is_medium(&parts) {
        content::body_into(&parts.texts, components.len(), &file.bounds, &mut filing, &mut warnings);
    }
    if let Some(refused) = refused(item, &parts, &filing) {
        return Err(refused);
    }
    filing.take = filing.take.or_else(|| plan(&components));
    if !parts.passed_over.is_empty() {
        warnings.add(format!(
            "the item has its text in other languages too ({}): only the first is read",
            parts.passed_over.join(", ")
        ));
    }
    filing.ninjs.kind = "text".into();
    filing.origin.format = Format::Newsml1.name().into();
    filing.warnings = warnings.finish();
    Ok(filing)
}

/// The components around all texts, the outermost first; without any text the outermost, and those that stand alone in it.
fn around<'e>(item: &'e Element, texts: &[Part<'e>]) -> Vec<&'e Element> {
    let Some((first, others)) = texts.split_first() else {
        let mut found: Vec<&Element> = item.child("NewsComponent").into_iter().collect();
        while let Some(last) = found.last() {
            let mut inner = last.all("NewsComponent");
            match (inner.next(), inner.next()) {
                (Some(only), None) => found.push(only),
                _ => break,
            }
        }
        return found;
    };
    let shared = |other: &Part<'_>| {
        let pairs = first.place.around.iter().zip(&other.place.around);
        pairs.take_while(|(own, other)| own.offset == other.offset).count()
    };
    let common = others.iter().map(shared).min().unwrap_or(first.place.around.len());
    first.place.around[..common].to_vec()
}

/// Whether an item is its picture or video: its main part is one, and its text no more than what goes with it.
fn is_medium(parts: &Parts<'_>) -> bool {
    let (Some(medium), Some(text)) = (parts.medium, parts.texts.first()) else {
        return false;
    };
    let leads = medium.rank == Rank::Main && medium.depth <= text.place.around.len();
    text.place.rank == Rank::Beside || text.place.rank > Rank::Main && leads
}

/// The take of a plan of coverage, by its genre.
fn plan(components: &[&Element]) -> Option<Take> {
    let described = components.iter().flat_map(|it| parts::described(it));
    let mut genres = described.flat_map(|it| it.all("Genre")).filter_map(formal_name);
    let label = genres.find(|genre| PLANS.contains(&genre.to_lowercase().as_str()))?;
    Some(Take {
        kind: TakeKind::Advisory,
        number: None,
        label,
    })
}

/// Why an item is no story, where it is none. One that takes its story away needs no text for it.
fn refused(item: &Element, parts: &Parts<'_>, filing: &Filing) -> Option<Refused> {
    if !filing.ninjs.bodies.is_empty() || filing.hides() {
        return None;
    }
    let skipped = |reason: String| Some(Refused::skipped(reason, item.offset));
    let kind = item
        .at(&["NewsManagement", "NewsItemType"])
        .and_then(formal_name)
        .unwrap_or_default();
    if item.child("Update").is_some() {
        return skipped(format!(
            "an update to parts of `{}` (Update elements), not the item whole: take the provider's whole revisions",
            filing.ninjs.uri
        ));
    }
    if item.child("TopicSet").is_some() || kind.eq_ignore_ascii_case("TopicSet") {
        return skipped("a topic set: codes and what they mean, no story".into());
    }
    if kind.eq_ignore_ascii_case("Catalog") || item.child("Catalog").is_some() && item.child("NewsComponent").is_none()
    {
        return skipped("a catalog of vocabularies: no story".into());
    }
    if let Some(packed) = &parts.packed {
        let reason = format!("the text is packed as {packed} (Encoding): have the provider send it as text");
        return Some(Refused::rejected(reason, item.offset));
    }
    if let Some(medium) = parts.medium.filter(|medium| medium.rank == Rank::Main) {
        return skipped(format!("{}: the words with it are no story", medium.what));
    }
    if let Some(data) = &parts.data {
        return skipped(format!("<{data}> data as the content: there is no text in it to read"));
    }
    if let Some(first) = parts.elsewhere.first() {
        return skipped(format!(
            "an item whose content lies in other files (`{first}`): there is no text in it to read"
        ));
    }
    let references = item.descendants("NewsItemRef").len();
    if references > 0 {
        return skipped(format!(
            "a package: it refers to other items ({references}), which come by themselves"
        ));
    }
    if let Some(medium) = parts.medium {
        return skipped(format!("{}: the words with it are no story", medium.what));
    }
    without_text(item, filing)
}

/// An item with nothing in it but what it says of itself. A headline alone is an alert.
fn without_text(item: &Element, filing: &Filing) -> Option<Refused> {
    if !filing.ninjs.headlines.is_empty() {
        return None;
    }
    if item.descendant("NewsLines").is_none() && item.descendant("ContentItem").is_none() {
        let label = item.at(&["Identification", "NameLabel"]).and_then(Element::text);
        let label = label.map(|label| format!(" (`{label}`)")).unwrap_or_default();
        let reason = format!("an empty item{label}, such as the index of a folder: no lines, no content");
        return Some(Refused::skipped(reason, item.offset));
    }
    let reason =
        "NewsItem has neither a headline (HeadLine) nor text (DataContent): leave it out, or send it again whole";
    Some(Refused::rejected(reason, item.offset))
}
