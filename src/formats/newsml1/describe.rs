//! What the components around a text say of it: news lines, administrative, rights and descriptive metadata. The nearest component
//! that says something is believed; what tags the story is gathered from all of them.

use super::super::paragraphs::one_line;
use super::super::terms::place_and_day;
use super::super::xml::Element;
use super::formal_name;
use super::parts::described;
use super::topics::{self, Sort, Topics};
use crate::story::{Filing, Headline, Named, Ninjs, Subject};

/// What some systems write where they have nothing to write.
const NOTHING: &str = "No-Data-Available";

/// The components around a text, the outermost first.
pub(super) struct Around<'c, 'e> {
    pub(super) components: &'c [&'e Element],
    pub(super) topics: &'c Topics<'e>,
}

impl<'e> Around<'_, 'e> {
    /// The elements of a name in a part of each component, the nearest component first.
    pub(super) fn all(&self, part: &'static str, name: &'static str) -> impl Iterator<Item = &'e Element> {
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
        self.keywords(item, ninjs);
        filing.credit_line = self.line("CreditLine");
        filing.dateline = self
            .line("DateLine")
            .filter(|line| names_place(line))
            .and_then(|line| place_and_day(&line));
    }

    /// The keyword line and the keywords. Where there is no line of its own, agencies write it among the keywords, or as the label of
    /// the item; a label of one word is the name of its kind.
    fn keywords(&self, item: &Element, ninjs: &mut Ninjs) {
        let component = self.components.iter().rev().find_map(|it| {
            let lines = it.child("NewsLines")?.all("KeywordLine").filter_map(Element::text);
            Some(lines.collect::<Vec<_>>()).filter(|lines| !lines.is_empty())
        });
        let written = component.unwrap_or_default();
        let own = self.line("SlugLine");
        let lone = written.len() == 1 && !written[0].contains([',', ';', '،', '、']);
        let all = Some(written.join("/")).filter(|all| !all.is_empty() && (lone || written.len() > 1));
        let compound = |label: &String| label.contains(['-', '/', ' ']);
        let label = item.at(&["Identification", "NameLabel"]).and_then(Element::text);
        let catchword = self.typed(&["catchword", "slug"]).into_iter().next();
        let is_slug = own.is_none() && lone;
        ninjs.slugline = own.or(all).or(catchword).or(label.filter(compound));
        for keyword in written.iter().filter(|_| !is_slug).flat_map(|line| cut(line)) {
            add_subject(ninjs, keyword, None, None);
        }
    }

    /// The texts of the news lines whose type has one of the words in it.
    fn typed(&self, words: &[&str]) -> Vec<String> {
        let lines = self.all("NewsLines", "NewsLine").filter(|line| {
            let kind = line.child("NewsLineType").and_then(formal_name);
            let kind = kind.unwrap_or_default().to_lowercase();
            words.iter().any(|word| kind.contains(word))
        });
        let texts = lines.flat_map(|line| line.all("NewsLineText"));
        texts.filter_map(Element::text).collect()
    }

    /// The lines of a type of its own that are notes to editors.
    pub(super) fn notes(&self) -> Vec<String> {
        self.typed(&["advisory", "editor", "note", "instruction", "embargo"])
    }

    /// What the story is tagged with.
    pub(super) fn description(&self, ninjs: &mut Ninjs) {
        for metadata in self.components.iter().flat_map(|it| described(it)) {
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
            let all = described(component).chain(component.all("Metadata"));
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
        let keywords = value.split([';', '|']).map(one_line);
        keywords.for_each(|keyword| add_subject(ninjs, keyword, None, None));
    }
}

/// The keywords in a keyword line.
fn cut(line: &str) -> impl Iterator<Item = String> {
    line.split([',', ';', '/', '|', '،', '、']).map(one_line)
}

/// Whether a dateline has more than a day in it.
fn names_place(line: &str) -> bool {
    let mut words = line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let first = words.next();
    first.is_some() && (words.next().is_some() || !line.contains(|c: char| c.is_ascii_digit()))
}

fn add_subject(ninjs: &mut Ninjs, name: String, uri: Option<String>, literal: Option<String>) {
    let known = |own: &Subject| own.name == name && own.uri == uri;
    if !name.is_empty() && !ninjs.subjects.iter().any(known) {
        ninjs.subjects.push(Subject { name, uri, literal });
    }
}
