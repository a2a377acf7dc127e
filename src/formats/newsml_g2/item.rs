//! A `newsItem` → a filing.

use std::collections::HashSet;

use super::super::markup;
use super::super::nitf::{add_source, moment, once};
use super::super::paragraphs::one_line;
use super::super::terms::{language_tag, place_and_day, status_word, urgency_digit};
use super::super::warnings::{Warnings, quoted};
use super::super::xml::Element;
use super::super::{Format, Parsed, Refused};
use super::concepts::Concepts;
use super::{Header, code, content, reference};
use crate::story::{AltId, Filing, Headline, Ninjs, Take, TakeKind};

/// Classes of items that are no text, as a person calls them.
const OTHER_CLASSES: [(&str, &str); 6] = [
    ("picture", "a picture"),
    ("photo", "a picture"),
    ("graphic", "a graphic"),
    ("animation", "an animation"),
    ("video", "a video"),
    ("audio", "an audio piece"),
];

/// Roles of notes that are no notes on the story.
#[rustfmt::skip]
const NO_NOTES: [&str; 7] = [
    "contacts", "dpacontacts", "closingline", "picture", "localities", "regionrelevance", "genrenote",
];

/// What Reuters writes where it has nothing to write.
const NOTHING: &str = "No-Data-Available";

/// An item as it is read.
struct Item<'e> {
    meta: &'e Element,
    content: &'e Element,
    concepts: Concepts<'e>,
}

/// Reads one.
pub(super) fn read(item: &Element, header: Header<'_>, mut warnings: Warnings) -> Parsed {
    let empty = Element::default();
    let (meta, content) = (
        item.child("itemMeta").unwrap_or(&empty),
        item.child("contentMeta").unwrap_or(&empty),
    );
    let tags = content.all("language").filter(|it| it.attribute("role").is_none());
    let tags = tags.chain(content.all("language")).filter_map(|it| it.attribute("tag"));
    let language = tags.chain(item.attribute("lang")).find_map(language_tag);
    let concepts = Concepts::of(item, language.as_deref());
    let own = Item {
        meta,
        content,
        concepts,
    };
    let mut filing = Filing::default();
    filing.ninjs.language = language;
    own.headlines(&mut filing.ninjs);
    own.signed(&mut filing);
    own.identity(item, &mut filing.ninjs);
    own.status(header, &mut filing, &mut warnings);
    own.dates(header, &mut filing, &mut warnings);
    own.rights(item, &mut filing.ninjs);
    own.concepts.subjects(content, &mut filing.ninjs);
    own.concepts.keywords(content, &mut filing.ninjs);
    content::body_into(item, &own.teasers(), &mut filing, &mut warnings);
    own.sources(&mut filing.ninjs);
    own.creator(&mut filing.ninjs);
    own.takes(&mut filing);
    if let Some(refused) = own.refused(item, &filing) {
        return Err(refused);
    }
    if filing.ninjs.uri.is_empty() {
        warnings.add("no guid, which NewsML-G2 requires: the story is known by its text");
    }
    filing.ninjs.kind = "text".into();
    filing.origin.format = Format::NewsmlG2.name().into();
    filing.warnings = warnings.finish();
    Ok(filing)
}

impl Item<'_> {
    /// Why the item is no story, where it is none.
    fn refused(&self, item: &Element, filing: &Filing) -> Option<Refused> {
        let class = self.meta.child("itemClass").and_then(reference);
        let name = code(class.unwrap_or_default()).to_lowercase();
        let other = OTHER_CLASSES.iter().find(|(known, _)| *known == name);
        let has_body = !filing.ninjs.bodies.is_empty();
        let remote = content::is_remote(item);
        if let Some((_, what)) = other.filter(|_| !has_body) {
            let reason = format!(
                "{what} (itemClass {}): its caption is no story",
                class.unwrap_or_default()
            );
            return Some(Refused::skipped(reason, item.offset));
        }
        let kills = filing.ninjs.pub_status.as_deref() == Some("canceled");
        if has_body || kills {
            return None;
        }
        if remote {
            let reason =
                "a news item whose content lies in another file (remoteContent): there is no text in it to read";
            return Some(Refused::skipped(reason, item.offset));
        }
        let inline = item.all("contentSet").flat_map(|set| set.all("inlineXML")).next();
        if let Some(data) = inline
            .and_then(|inline| inline.elements().next())
            .filter(|it| !is_prose(&it.name))
        {
            let reason = format!(
                "a news item with <{}> data as its content: there is no text in it to read",
                data.name
            );
            return Some(Refused::skipped(reason, item.offset));
        }
        if name == "composite" {
            return Some(Refused::skipped(
                "a composite item without text of its own: no story",
                item.offset,
            ));
        }
        if filing.ninjs.headlines.is_empty() {
            let reason =
                "newsItem has neither a headline nor text in its contentSet: leave it out, or send it again whole";
            return Some(Refused::rejected(reason, item.offset));
        }
        None
    }

    fn headlines(&self, ninjs: &mut Ninjs) {
        for headline in self.content.all("headline") {
            let Some(value) = headline.text() else { continue };
            let role = headline.attribute("role").map(code).unwrap_or_default().to_lowercase();
            let role = match role.as_str() {
                "" | "main" | "headline" | "hl1" => "main",
                "subheadline" | "sub" | "subtitle" | "hl2" => "sub",
                other => other,
            };
            ninjs.headlines.push(Headline {
                role: role.to_owned(),
                value,
            });
        }
        once(&mut ninjs.headlines, |headline| headline.role.clone());
        once(&mut ninjs.headlines, |headline| headline.value.clone());
        // A title is the item's, not the text's: it stands in where there is no headline.
        if ninjs.headlines.is_empty()
            && let Some(title) = self.meta.child("title").and_then(Element::text)
        {
            ninjs.set_headline(title);
        }
    }

    fn teasers(&self) -> HashSet<String> {
        let teasers = self
            .content
            .all("description")
            .filter(|it| it.attribute("role").map(code) == Some("teaser"));
        teasers.filter_map(Element::text).collect()
    }

    /// The byline, the dateline, the credit line, the slugline.
    fn signed(&self, filing: &mut Filing) {
        let text = |name: &str| self.concepts.best(self.content.all(name)).and_then(Element::text);
        filing.ninjs.by = text("by").filter(|by| !by.starts_with(NOTHING));
        filing.ninjs.slugline = text("slugline");
        let credit = text("creditline").map(|credit| credit.trim_end_matches(['–', '-', '—', ' ']).to_owned());
        filing.credit_line = credit.filter(|credit| !credit.is_empty());
        let is_date = |text: &String| text.starts_with(|c: char| c.is_ascii_digit());
        filing.dateline = text("dateline")
            .filter(|text| !is_date(text))
            .and_then(|it| place_and_day(&it));
        let located = self.content.child("located").or_else(|| self.meta.child("located"));
        let named = |it: &Element| self.concepts.name(it).or_else(|| it.attribute("literal").map(one_line));
        let by_code = |it: &Element| it.attribute("qcode").map(|qcode| code(qcode).to_owned());
        let place = located.and_then(|it| named(it).or_else(|| by_code(it)));
        filing.ninjs.located = place.filter(|place| place != NOTHING);
    }

    fn identity(&self, item: &Element, ninjs: &mut Ninjs) {
        ninjs.version = item.attribute("version").map(str::to_owned);
        let guid = item.attribute("guid").unwrap_or_default();
        ninjs.uri = without_version(guid, ninjs.version.as_deref()).to_owned();
        let alt = |id: &str, role: &str| AltId {
            role: role.to_owned(),
            value: one_line(id),
        };
        if ninjs.uri != guid {
            ninjs.alt_ids.push(alt(guid, "guid"));
        }
        for id in self.content.all("altId").chain(self.meta.all("altId")) {
            let role = id.attribute("type").map(code).unwrap_or_default();
            let value = id.text().or_else(|| id.attribute("id").map(one_line));
            // The names of a picture's files, and numbers within a list, name no story.
            if let Some(value) = value.filter(|value| value.len() > 3 && role != "fileBIN") {
                ninjs.alt_ids.push(alt(&value, role));
            }
        }
        once(&mut ninjs.alt_ids, |id| id.value.clone());
    }

    fn status(&self, header: Header<'_>, filing: &mut Filing, warnings: &mut Warnings) {
        let status = self.meta.child("pubStatus").and_then(reference);
        // The standard's default.
        let status = status.unwrap_or("stat:usable");
        filing.ninjs.pub_status = status_word(code(status));
        if filing.ninjs.pub_status.is_none() {
            warnings.add(format!(
                "pubStatus `{}` is none of usable, withheld, canceled: left out",
                quoted(status)
            ));
        }
        let urgency = self
            .content
            .child("urgency")
            .or(header.priority)
            .and_then(Element::text);
        filing.ninjs.urgency = urgency.and_then(|urgency| urgency_digit(&urgency, warnings));
        filing.ninjs.ed_note = self.note();
    }

    /// The notes to editors, without those that name people to call, pictures and places.
    fn note(&self) -> Option<String> {
        let role = |note: &Element| note.attribute("role").map(code).unwrap_or_default().to_owned();
        let public = |note: &&Element| note.attribute("pubconstraint").is_none_or(|it| code(it) != "nonpublic");
        let all: Vec<&Element> = self
            .meta
            .all("edNote")
            .chain(self.meta.all("ednote"))
            .filter(public)
            .collect();
        let mut notes: Vec<String> = Vec::new();
        for note in &all {
            let role = role(note);
            // A notepad draws together what also stands in notes of their own.
            if NO_NOTES.contains(&role.as_str()) || (role == "notepad" && all.len() > 1) {
                continue;
            }
            let text = markup::paragraphs(note).join(" ");
            let repeats = role == "correctionshort" && !notes.is_empty();
            if !text.is_empty() && !repeats {
                notes.push(text);
            }
        }
        once(&mut notes, String::clone);
        Some(notes.join(" ")).filter(|notes| !notes.is_empty())
    }

    fn dates(&self, header: Header<'_>, filing: &mut Filing, warnings: &mut Warnings) {
        let mut read = |element: Option<&Element>| moment(&element.and_then(Element::text)?, warnings);
        let version = read(self.meta.child("versionCreated"));
        let first = read(self.meta.child("firstCreated")).or_else(|| read(self.content.child("contentCreated")));
        let embargoed = self.meta.child("embargoed");
        let until = embargoed.and_then(|it| read(Some(it)));
        let time = version.as_ref().or(first.as_ref()).map(|(time, _)| *time);
        filing.published = time.or_else(|| read(header.sent).map(|(time, _)| time));
        filing.ninjs.version_created = version.and_then(|(_, text)| text);
        filing.ninjs.first_created = first.and_then(|(_, text)| text);
        let written = || embargoed.and_then(Element::text);
        // By the standard an embargo that is nil has no end yet; an element that was just left empty says nothing.
        let nil = embargoed.is_some_and(|it| it.attribute("nil") == Some("true"));
        filing.ninjs.embargoed_until = until
            .and_then(|(_, text)| text)
            .or_else(written)
            .or_else(|| nil.then(|| "until further notice".to_owned()));
    }

    fn rights(&self, item: &Element, ninjs: &mut Ninjs) {
        let all = |name: &'static str| item.all("rightsInfo").flat_map(move |rights| rights.all(name));
        let text = |name| self.concepts.best(all(name)).and_then(Element::text);
        ninjs.copyright_holder = all("copyrightHolder").find_map(|it| self.concepts.name_or_code(it));
        ninjs.copyright_notice = text("copyrightNotice");
        ninjs.usage_terms = text("usageTerms");
    }

    /// The sources that are stated, and who provides the item.
    fn sources(&self, ninjs: &mut Ninjs) {
        for source in self.content.all("infoSource") {
            let role = source.attribute("role").map(code).filter(|role| *role != "phot");
            if let Some(name) = self
                .concepts
                .name(source)
                .or_else(|| source.attribute("literal").map(one_line))
            {
                add_source(ninjs, &name, role);
            } else if let Some(qcode) = source.attribute("qcode").filter(|_| role.is_some()) {
                add_source(ninjs, code(qcode), role);
            }
        }
        if let Some(name) = self
            .meta
            .child("provider")
            .and_then(|it| self.concepts.name_or_code(it))
        {
            add_source(ninjs, &name, Some("provider"));
        }
    }

    /// Where there is no byline, the person who wrote it: not the agency, and not a name to log in with.
    fn creator(&self, ninjs: &mut Ninjs) {
        if ninjs.by.is_some() {
            return;
        }
        let is_photographer = |it: &&Element| it.attribute("role").is_some_and(|role| code(role).starts_with("phot"));
        let names = self.content.all("creator").filter(|it| !is_photographer(it));
        let mut names = names.filter_map(|it| self.concepts.name(it));
        let sources = ninjs.info_sources.iter().map(|source| source.name.as_str());
        let agencies: HashSet<String> = sources
            .chain(ninjs.copyright_holder.as_deref())
            .map(str::to_lowercase)
            .collect();
        let is_person = |name: &String| name.contains(' ') && name.chars().any(char::is_uppercase);
        ninjs.by = names.find(|name| is_person(name) && !agencies.contains(&name.to_lowercase()));
    }

    /// What the signals say of the filing. An update by a number tells it in the headline or the slugline: that is more, and is read there.
    fn takes(&self, filing: &mut Filing) {
        let mut best: Option<Take> = None;
        for signal in self.meta.all("signal") {
            let Some(qcode) = reference(signal) else { continue };
            let kind = match (qcode.split(':').next().unwrap_or_default(), code(qcode)) {
                ("sig", "correction") | ("edStat", "C") => TakeKind::Correction,
                ("sig", "update") | ("edStat", "U") => TakeKind::Update,
                (_, _) if qcode.ends_with("/signal/correction") => TakeKind::Correction,
                (_, _) if qcode.ends_with("/signal/update") => TakeKind::Update,
                _ => continue,
            };
            // Where the signal brings no name, its kind is the word that a reader knows.
            let word = if kind == TakeKind::Correction {
                "Correction"
            } else {
                "Update"
            };
            let label = self.concepts.name(signal).unwrap_or_else(|| word.to_owned());
            if best.is_none() || kind == TakeKind::Correction {
                best = Some(Take {
                    kind,
                    number: None,
                    label,
                });
            }
        }
        let told = [Some(filing.ninjs.headline()), filing.ninjs.slugline.as_deref()];
        let numbered = told.into_iter().flatten().any(|text| {
            [
                "UPDATE ",
                "WRAPUP ",
                "CORRECTED",
                "REFILE",
                "RPT-",
                " Ld",
                "Writethru",
                "st Lead",
                "nd Lead",
                "rd Lead",
                "th Lead",
            ]
            .iter()
            .any(|word| text.contains(word))
        });
        filing.take = best.filter(|take| take.kind == TakeKind::Correction || !numbered);
    }
}

/// Whether an element of this name holds running text.
fn is_prose(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "nitf" | "html" | "body" | "div" | "p" | "section" | "article" | "pre"
    )
}

/// A guid without the version that some systems glue to it. What is left must still look like an id.
fn without_version<'g>(guid: &'g str, version: Option<&str>) -> &'g str {
    let Some(version) = version else { return guid };
    let base = guid.strip_suffix(version).and_then(|base| base.strip_suffix(':'));
    let last = base.and_then(|base| base.rsplit(':').next());
    match (base, last) {
        (Some(base), Some(last)) if last.bytes().any(|byte| byte.is_ascii_digit()) => base,
        _ => guid,
    }
}
