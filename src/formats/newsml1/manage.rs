//! `Identification` and `NewsManagement` → identity, times, status, urgency, take.

use super::super::nitf::moment;
use super::super::terms::{status_word, urgency_digit};
use super::super::warnings::{Warnings, quoted};
use super::super::xml::Element;
use super::{File, formal_name};
use crate::story::{AltId, Filing, Ninjs, Take, TakeKind};

/// The identity of an item: what its public identifier says without the revision.
pub(super) fn identity(item: &Element, ninjs: &mut Ninjs, warnings: &mut Warnings) {
    let empty = Element::default();
    let id = item.at(&["Identification", "NewsIdentifier"]).unwrap_or(&empty);
    let text = |name: &str| id.child(name).and_then(Element::text);
    ninjs.version = text("RevisionId");
    let public = text("PublicIdentifier");
    // A system that has no number for an item yet writes nought.
    let own_id = text("NewsItemId").filter(|own| own != "0");
    let made = match (text("ProviderId"), text("DateId"), own_id) {
        // The day only: with a time, agencies mean the revision.
        (Some(provider), Some(date), Some(own)) => {
            let day: String = date.chars().take_while(char::is_ascii_digit).collect();
            Some(format!("urn:newsml:{provider}:{day}:{own}"))
        }
        (Some(provider), _, None) => {
            let own = item.descendant("guid").and_then(Element::text);
            own.map(|own| format!("urn:newsml:{provider}:{own}"))
        }
        (_, _, own) => own,
    };
    let base = public
        .as_deref()
        .map(|urn| without_revision(urn, ninjs.version.as_deref()));
    // One agency writes no more than its own name there.
    let whole = base.filter(|base| !base.starts_with("urn:newsml:") || base.split(':').count() >= 4);
    ninjs.uri = whole.map(str::to_owned).or(made).unwrap_or_default();
    if ninjs.uri.is_empty() {
        warnings.add("no NewsIdentifier, which NewsML requires: the story is known by its text");
    }
    let other = public.filter(|public| *public != ninjs.uri && public.split(':').count() >= 4);
    if let Some(public) = other {
        ninjs.alt_ids.push(AltId {
            role: "PublicIdentifier".into(),
            value: public,
        });
    }
}

/// `urn:newsml:PROVIDER:DATE:ID:REVISION` without its revision, behind which a letter tells the kind of update.
fn without_revision<'u>(urn: &'u str, revision: Option<&str>) -> &'u str {
    let Some((base, last)) = urn.rsplit_once(':') else {
        return urn;
    };
    let number = last.trim_end_matches(['N', 'U', 'A']);
    let told = revision.is_some_and(|revision| revision == number || revision == last);
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let guessed = revision.is_none() && digits && base.matches(':').count() >= 4;
    if told || guessed { base } else { urn }
}

/// Its times: of this revision, of the first, else when it was sent.
pub(super) fn dates(item: &Element, file: &File<'_>, filing: &mut Filing, warnings: &mut Warnings) {
    let mut read = |element: Option<&Element>| moment(&element.and_then(Element::text)?, warnings);
    let version = read(item.at(&["NewsManagement", "ThisRevisionCreated"]));
    let first = read(item.at(&["NewsManagement", "FirstCreated"]));
    let time = version.as_ref().or(first.as_ref()).map(|(time, _)| *time);
    filing.published = time
        .or_else(|| read(file.envelope.child("DateAndTime")).map(|(time, _)| time))
        .or_else(|| read(item.at(&["Identification", "NewsIdentifier", "DateId"])).map(|(time, _)| time));
    filing.ninjs.version_created = version.and_then(|(_, text)| text);
    filing.ninjs.first_created = first.and_then(|(_, text)| text);
}

/// Its status, its embargo, its urgency and what it does to its story.
pub(super) fn status(item: &Element, file: &File<'_>, filing: &mut Filing, warnings: &mut Warnings) {
    let empty = Element::default();
    let management = item.child("NewsManagement").unwrap_or(&empty);
    let status = management.child("Status").and_then(formal_name);
    let status = status.unwrap_or_else(|| "Usable".to_owned());
    filing.ninjs.pub_status = status_word(&status);
    if filing.ninjs.pub_status.is_none() {
        warnings.add(format!(
            "Status `{}` is none of Usable, Embargoed, Withheld, Canceled: left out",
            quoted(&status)
        ));
    }
    let change = management.child("StatusWillChange");
    let will_be = change.and_then(|it| it.child("FutureStatus")).and_then(formal_name);
    let when = change.and_then(|it| it.child("DateAndTime")).and_then(Element::text);
    if status.eq_ignore_ascii_case("embargoed") {
        embargo(&status, will_be.as_deref(), when, &mut filing.ninjs, warnings);
    } else if let Some(will_be) = will_be {
        warnings.add(format!(
            "the status is to become `{}` at `{}`: not done by itself, a revision must say so then",
            quoted(&will_be),
            quoted(when.as_deref().unwrap_or_default())
        ));
    }
    let urgency = management.child("Urgency").or_else(|| file.envelope.child("Priority"));
    let urgency = urgency.and_then(formal_name);
    filing.ninjs.urgency = urgency.and_then(|urgency| urgency_digit(&urgency, warnings));
    filing.take = take(item, management);
    if filing.take.as_ref().is_some_and(|take| take.kind == TakeKind::Kill) {
        filing.ninjs.pub_status = Some("canceled".into());
    }
}

/// An embargo ends when the status is to become usable. Without such a time it waits for a revision that is free.
fn embargo(status: &str, will_be: Option<&str>, when: Option<String>, ninjs: &mut Ninjs, warnings: &mut Warnings) {
    let usable = will_be.is_none_or(|word| status_word(word).as_deref() == Some("usable"));
    let written = when.filter(|_| usable);
    let read = written.as_deref().and_then(|when| moment(when, warnings));
    let until = read.and_then(|(_, text)| text).or(written);
    ninjs.embargoed_until = Some(until.unwrap_or_else(|| status.to_owned()));
    ninjs.pub_status = Some("usable".into());
}

/// What the instruction or the type of the item says of it. Some systems call every filing an update: it is one where there was
/// a revision before.
fn take(item: &Element, management: &Element) -> Option<Take> {
    let revision = item.at(&["Identification", "NewsIdentifier", "RevisionId"]);
    let before = revision.and_then(|it| it.attribute("PreviousRevision"));
    let is_first = before.is_none_or(|before| before == "0");
    let instructions = management.all("Instruction");
    let told = instructions
        .chain(management.child("NewsItemType"))
        .filter_map(formal_name);
    told.into_iter().find_map(|label| {
        let word: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
        let kind = match word.to_ascii_lowercase().as_str() {
            "kill" | "delete" | "withdraw" | "withdrawal" | "cancel" | "mandatorykill" => TakeKind::Kill,
            "withhold" | "hold" => TakeKind::Withhold,
            "rectify" | "correct" | "correction" | "corrective" => TakeKind::Correction,
            "update" | "newsupdate" if !is_first => TakeKind::Update,
            "lead" | "newlead" => TakeKind::Lead,
            "add" | "addition" => TakeKind::Add,
            "repeat" | "retransmission" => TakeKind::Repeat,
            "refile" => TakeKind::Refile,
            "advisory" | "newsadvisory" | "program" | "agenda" | "daybook" => TakeKind::Advisory,
            _ => return None,
        };
        Some(Take {
            kind,
            number: None,
            label,
        })
    })
}

/// What the provider tells editors of the item: comments on it and on its management. Those with a name are a system's.
pub(super) fn comments(item: &Element) -> Vec<String> {
    let management = item.child("NewsManagement");
    let instructions = management.into_iter().flat_map(|it| it.all("Instruction"));
    let all = item
        .all("Comment")
        .chain(management.into_iter().flat_map(|it| it.all("Comment")))
        .chain(instructions.flat_map(|it| it.all("Comment")));
    let unnamed = all.filter(|comment| comment.attribute("FormalName").is_none());
    unnamed.filter_map(Element::text).collect()
}
