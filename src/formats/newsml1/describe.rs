//! What the components around a text say of it: news lines, administrative, rights and descriptive metadata. The nearest component
//! that says something is believed; what tags the story is gathered from all of them.

use super::super::nitf::add_source;
use super::super::paragraphs::one_line;
use super::super::terms::place_and_day;
use super::super::xml::Element;
use super::topics::{self, Sort, Topics};
use super::{File, formal_name};
use crate::story::{Filing, Headline, Named, Ninjs, Subject};
use crate::vocabulary::Vocabulary;

/// What some systems write where they have nothing to write.
const NOTHING: &str = "No-Data-Available";

/// The components around a text, the outermost first.
pub(super) struct Around<'c, 'e> {
    pub(super) components: &'c [&'e Element],
    pub(super) topics: &'c Topics<'e>,
}

impl<'e> Around<'_, 'e> {
    /// The elements of a name in a part of each component, the nearest component first.
    fn all(&self, part: &'static str, name: &'static str) -> impl Iterator<Item = &'e Element> {
        let components = self.components.iter().rev().copied();
        components
            .flat_map(move |it| it.all(part))
            .flat_map(move |it| it.all(name))
    }

    /// The text of the nearest news line of a name.
    fn line(&self, name: &'static str) -> Option<String> {
        let mut lines = self.all("NewsLines", name).filter_map(Element::text);
        lines.find(|line| !line.starts_with(NOTHING))
    }

    /// The news lines of the story.
    pub(super) fn lines(&self, item: &Element, filing: &mut Filing) {
        let ninjs = &mut filing.ninjs;
        if let Some(headline) = self.line("HeadLine") {
            ninjs.set_headline(headline);
        }
        if let Some(sub) = self.line("SubHeadLine").filter(|sub| sub != ninjs.headline()) {
            let role = if ninjs.headlines.is_empty() { "main" } else { "sub" };
            ninjs.headlines.push(Headline {
                role: role.into(),
                value: sub,
            });
        }
        ninjs.by = self.line("ByLine");
        ninjs.copyright_notice = self.line("CopyrightLine");
        ninjs.usage_terms = self.line("RightsLine");
        let label = item.at(&["Identification", "NameLabel"]).and_then(Element::text);
        ninjs.slugline = self.line("SlugLine").or(label);
        filing.credit_line = self.line("CreditLine");
        let is_place = |line: &String| line.chars().any(char::is_alphabetic);
        filing.dateline = self
            .line("DateLine")
            .filter(is_place)
            .and_then(|line| place_and_day(&line));
        let keywords = self.line("KeywordLine").unwrap_or_default();
        for keyword in keywords.split([',', ';', '/', '|', '،', '、']).map(str::trim) {
            add_subject(ninjs, keyword.to_owned(), None, None);
        }
    }

    /// The lines of a type of its own that are notes to editors.
    pub(super) fn notes(&self) -> Vec<String> {
        let lines = self.all("NewsLines", "NewsLine").filter(|line| {
            let kind = line
                .child("NewsLineType")
                .and_then(formal_name)
                .unwrap_or_default()
                .to_lowercase();
            ["advisory", "editor", "note", "instruction", "embargo"]
                .iter()
                .any(|word| kind.contains(word))
        });
        lines
            .flat_map(|line| line.all("NewsLineText"))
            .filter_map(Element::text)
            .collect()
    }

    /// Who provided the story, from where, and who wrote it.
    pub(super) fn administration(&self, item: &Element, file: &File<'_>, ninjs: &mut Ninjs) {
        let parties = |name: &'static str| {
            let all = self.all("AdministrativeMetadata", name).flat_map(|it| it.all("Party"));
            all.filter_map(|party| self.topics.name_of(party)).collect::<Vec<_>>()
        };
        let (providers, sources) = (parties("Provider"), parties("Source"));
        for name in &providers {
            add_source(ninjs, &agency(name), Some("provider"));
        }
        for name in &sources {
            add_source(ninjs, &agency(name), Some("source"));
        }
        if ninjs.info_sources.is_empty() {
            let sender = file
                .envelope
                .at(&["SentFrom", "Party"])
                .and_then(|it| self.topics.name_of(it));
            let provider = || {
                item.at(&["Identification", "NewsIdentifier", "ProviderId"])
                    .and_then(Element::text)
            };
            if let Some(name) = sender.or_else(provider) {
                add_source(ninjs, &agency(&name), Some("provider"));
            }
        }
        let vocabulary = Vocabulary::builtin();
        let makers = parties("Creator").into_iter().chain(parties("Contributor"));
        for name in makers {
            // A person, initials or a desk; an agency only where it is known as one.
            if !vocabulary.sources.resolve(&name).is_empty() {
                add_source(ninjs, &name, Some("contributor"));
            }
        }
        let known = |name: &str| ninjs.info_sources.iter().any(|source| source.name == name);
        let person = |name: &String| name.contains(' ') && !known(name) && vocabulary.sources.resolve(name).is_empty();
        if ninjs.by.is_none() {
            ninjs.by = parties("Creator").into_iter().find(person);
        }
    }

    /// Whose it is and what may be done with it.
    pub(super) fn rights(&self, ninjs: &mut Ninjs) {
        let holder = self
            .all("RightsMetadata", "Copyright")
            .filter_map(|it| it.child("CopyrightHolder"));
        let holder = holder.filter_map(|it| {
            let origin = it.child("Origin").and_then(|origin| origin.attribute("Href"));
            let topic = origin
                .and_then(|pointer| self.topics.at(pointer))
                .and_then(topics::name);
            it.text().or(topic)
        });
        ninjs.copyright_holder = holder.into_iter().next();
        if ninjs.usage_terms.is_none() {
            let terms = self.all("RightsMetadata", "UsageRights").flat_map(Element::elements);
            let terms: Vec<String> = terms.filter_map(Element::text).collect();
            ninjs.usage_terms = Some(terms.join("; ")).filter(|terms| !terms.is_empty());
        }
    }

    /// What the story is tagged with.
    pub(super) fn description(&self, ninjs: &mut Ninjs) {
        let described = self.components.iter().flat_map(|it| it.all("DescriptiveMetadata"));
        for metadata in described {
            for element in metadata.elements() {
                match element.name.as_str() {
                    "SubjectCode" => self.subjects(element, ninjs),
                    "Location" => place(element, ninjs),
                    "TopicOccurrence" => self.occurrence(element, ninjs),
                    _ => {}
                }
            }
        }
        for component in self.components {
            let all = component.all("DescriptiveMetadata").chain(component.all("Metadata"));
            for property in all.flat_map(|it| it.all("Property")) {
                keyword(property, ninjs);
            }
        }
    }

    fn subjects(&self, code: &Element, ninjs: &mut Ninjs) {
        let levels = ["Subject", "SubjectMatter", "SubjectDetail"];
        for subject in code.elements().filter(|it| levels.contains(&it.name.as_str())) {
            let Some(code) = subject.attribute("FormalName").map(one_line) else {
                continue;
            };
            let name = self.topics.of_code(&code).and_then(topics::name);
            let uri = qualified(&code, subject.attribute("Scheme"));
            add_subject(ninjs, name.unwrap_or_else(|| code.clone()), uri, Some(code));
        }
    }

    fn occurrence(&self, occurrence: &Element, ninjs: &mut Ninjs) {
        let topic = occurrence
            .attribute("Topic")
            .and_then(|pointer| self.topics.at(pointer));
        let Some((topic, name)) = topic.and_then(|topic| Some((topic, topics::name(topic)?))) else {
            return;
        };
        let literal = topics::code(topic);
        let scheme = topic.child("FormalName").and_then(|it| it.attribute("Scheme"));
        let uri = literal.as_deref().and_then(|code| qualified(code, scheme));
        let rel = occurrence.attribute("HowPresent").map(str::to_owned);
        let list = match topics::sort(topic) {
            Sort::Person => &mut ninjs.people,
            Sort::Organisation => &mut ninjs.organisations,
            Sort::Place => &mut ninjs.places,
            Sort::Subject => {
                add_subject(ninjs, name, uri, literal);
                return;
            }
        };
        let named = Named {
            name,
            rel,
            uri,
            literal,
        };
        if !list.iter().any(|own| own.name == named.name) {
            list.push(named);
        }
    }
}

/// A code with its scheme before it. The IPTC's codes are known by their eight digits where no scheme is told.
fn qualified(code: &str, scheme: Option<&str>) -> Option<String> {
    let digits = code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit());
    match scheme {
        Some(scheme) if !scheme.to_ascii_lowercase().starts_with("iptc") => Some(format!("{scheme}:{code}")),
        _ => digits.then(|| format!("subj:{code}")),
    }
}

/// An agency that signs with its address on the net, as identifiers have it, by its name.
fn agency(name: &str) -> String {
    let host = name.rsplit_once('.').map(|(host, _)| host);
    let is_address = name.contains('.') && !name.contains(char::is_whitespace);
    let vocabulary = Vocabulary::builtin();
    let Some(host) = host.filter(|_| is_address && vocabulary.sources.resolve(name).is_empty()) else {
        return name.to_owned();
    };
    let last = host.rsplit('.').next().unwrap_or(host);
    let known = vocabulary.sources.resolve(last);
    let source = known.first().and_then(|id| vocabulary.sources.of_id(id));
    source.map_or_else(|| name.to_owned(), |source| source.name.to_owned())
}

/// The value of a property of that name.
fn property<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    let mut own = element
        .all("Property")
        .filter(|it| it.attribute("FormalName") == Some(name));
    own.find_map(|it| it.attribute("Value"))
}

/// The place of the dateline, or a place that the story tells of. Where it was written is not what it is about.
fn place(location: &Element, ninjs: &mut Ninjs) {
    let how = location.attribute("HowPresent");
    let part = |names: &[&str]| names.iter().find_map(|name| property(location, name)).map(one_line);
    let city = part(&["City", "SubLocation"]);
    if how.is_some_and(|how| how.eq_ignore_ascii_case("origin")) {
        if ninjs.located.is_none() {
            ninjs.located = city;
        }
        return;
    }
    let country = part(&["Country", "CountryCode"]);
    let wider = part(&["CountryArea", "State", "Province", "WorldRegion"]);
    let Some(name) = city
        .or(wider)
        .or_else(|| country.clone())
        .or_else(|| formal_name(location))
    else {
        return;
    };
    if !ninjs
        .places
        .iter()
        .any(|own| own.name == name && own.literal == country)
    {
        ninjs.places.push(Named {
            name,
            rel: how.map(str::to_owned),
            uri: None,
            literal: country,
        });
    }
}

/// A keyword that is written as a property.
fn keyword(property: &Element, ninjs: &mut Ninjs) {
    let name = property
        .attribute("FormalName")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let bare = name.trim_end_matches('s');
    let Some(kind) = bare.strip_suffix("keyword") else {
        return;
    };
    let Some(value) = property.attribute("Value").map(one_line) else {
        return;
    };
    if ["country", "state", "region", "city"]
        .iter()
        .any(|word| kind.ends_with(word))
    {
        if !ninjs.places.iter().any(|own| own.name == value) {
            ninjs.places.push(Named {
                name: value,
                ..Named::default()
            });
        }
    } else {
        add_subject(ninjs, value, None, None);
    }
}

fn add_subject(ninjs: &mut Ninjs, name: String, uri: Option<String>, literal: Option<String>) {
    let known = |own: &Subject| own.name == name && own.uri == uri;
    if !name.is_empty() && !ninjs.subjects.iter().any(known) {
        ninjs.subjects.push(Subject { name, uri, literal });
    }
}
