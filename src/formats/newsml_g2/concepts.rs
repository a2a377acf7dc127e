//! Concepts of an item: their names in its language, the codes of countries, and which kind each is.

use std::collections::HashMap;

use super::super::paragraphs::one_line;
use super::super::xml::Element;
use super::{code, reference};
use crate::story::{Named, Ninjs, Subject};

/// Where the item tells names: its language and the concepts that it describes apart.
#[derive(Debug)]
pub(super) struct Concepts<'e> {
    language: String,
    described: HashMap<&'e str, &'e Element>,
}

/// The kind of what a subject is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Person,
    Organisation,
    Place,
    /// A point of interest is a place, but one of an address book where it has no name.
    Point,
    Other,
}

impl<'e> Concepts<'e> {
    pub(super) fn of(item: &'e Element, language: Option<&str>) -> Self {
        let mut described = HashMap::new();
        for assert in item.all("assert") {
            for name in ["qcode", "uri", "literal"] {
                if let Some(id) = assert.attribute(name) {
                    described.entry(id).or_insert(assert);
                }
            }
        }
        let language = language.unwrap_or("en");
        Self {
            language: language.split('-').next().unwrap_or(language).to_lowercase(),
            described,
        }
    }

    /// What the item says apart of a concept that it refers to.
    fn described(&self, element: &Element) -> Option<&'e Element> {
        ["qcode", "uri", "literal"]
            .iter()
            .find_map(|name| self.described.get(element.attribute(name)?).copied())
    }

    /// The best of several elements of one name: in the item's language, else in English, else the first.
    pub(super) fn best<'a>(&self, all: impl Iterator<Item = &'a Element>) -> Option<&'a Element> {
        all.filter(|it| it.text().is_some()).min_by_key(|it| self.rank(it))
    }

    /// The name of a concept, by its own `name` or by what is described apart.
    pub(super) fn name(&self, element: &Element) -> Option<String> {
        let own = self.best(element.all("name"));
        let apart = || self.best(self.described(element)?.all("name"));
        own.or_else(apart).and_then(Element::text)
    }

    /// The name, else the literal or the code.
    pub(super) fn name_or_code(&self, element: &Element) -> Option<String> {
        let literal = || element.attribute("literal");
        let code = || {
            element
                .attribute("qcode")
                .or_else(|| element.attribute("uri"))
                .map(code)
        };
        self.name(element).or_else(|| literal().or_else(code).map(one_line))
    }

    fn rank(&self, element: &Element) -> (u8, u8) {
        let role = element.attribute("role").map(code).unwrap_or_default();
        let short = u8::from(matches!(role, "short" | "mnemonic" | "abbreviation"));
        let language = element.attribute("lang").map(str::to_lowercase);
        let primary = language.as_deref().map(|tag| tag.split('-').next().unwrap_or(tag));
        let far = match primary {
            Some(tag) if tag == self.language => 0,
            None => 1,
            Some("en") => 2,
            Some(_) => 3,
        };
        (short, far)
    }

    /// The ISO 3166 code of a country: its own, or one that it is told to be the same as. Two letters before three.
    fn country(&self, element: &Element) -> Option<String> {
        let apart = self.described(element);
        let same = element
            .all("sameAs")
            .chain(apart.into_iter().flat_map(|it| it.all("sameAs")));
        let mut codes: Vec<String> = std::iter::once(element).chain(same).filter_map(iso_country).collect();
        codes.sort_by_key(String::len);
        codes.into_iter().next()
    }

    /// Puts the subjects of `contentMeta` where they belong.
    pub(super) fn subjects(&self, meta: &Element, ninjs: &mut Ninjs) {
        for subject in meta.all("subject") {
            let kind = kind(subject);
            let name = self.name(subject).or_else(|| self.name(subject.child("mainConcept")?));
            if kind == Kind::Point && name.is_none() {
                continue;
            }
            let Some(name) = name.or_else(|| self.name_or_code(subject)) else {
                continue;
            };
            let named = self.named(subject, name);
            match kind {
                Kind::Person => add(&mut ninjs.people, named),
                Kind::Organisation => add(&mut ninjs.organisations, named),
                Kind::Place | Kind::Point => add(&mut ninjs.places, named),
                Kind::Other => add_subject(ninjs, named),
            }
        }
        for subject in meta
            .all("subject")
            .filter(|subject| matches!(kind(subject), Kind::Place | Kind::Point))
        {
            self.countries_of(subject, ninjs);
        }
    }

    /// Genres and keywords are what else the story is told to be of.
    pub(super) fn keywords(&self, meta: &Element, ninjs: &mut Ninjs) {
        for genre in meta.all("genre") {
            if let Some(name) = self.name(genre) {
                let named = self.named(genre, name);
                add_subject(ninjs, named);
            }
        }
        for keyword in meta.all("keyword").filter_map(Element::text) {
            let known = ninjs.subjects.iter().any(|own| own.name == keyword);
            if !known {
                ninjs.subjects.push(Subject {
                    name: keyword,
                    ..Subject::default()
                });
            }
        }
    }

    fn named(&self, element: &Element, name: String) -> Named {
        let by_code = element.attribute("uri").or_else(|| element.attribute("qcode"));
        let literal = element.attribute("literal").or_else(|| by_code.map(code));
        Named {
            name,
            rel: None,
            uri: by_code.map(str::to_owned),
            literal: self.country(element).or_else(|| literal.map(str::to_owned)),
        }
    }

    /// The countries that a tagged place lies in.
    fn countries_of(&self, place: &Element, ninjs: &mut Ninjs) {
        let apart = self.described(place);
        let broader = place
            .all("broader")
            .chain(apart.into_iter().flat_map(|it| it.all("broader")));
        for broader in broader.filter(|it| self.is_country(it)) {
            let id = broader.attribute("uri").or_else(|| broader.attribute("qcode"));
            let known = id.is_some() && ninjs.places.iter().any(|own| own.uri.as_deref() == id);
            let Some(name) = self.name_or_code(broader).filter(|_| !known) else {
                continue;
            };
            let named = Named {
                rel: Some("broader".into()),
                ..self.named(broader, name)
            };
            if !ninjs.places.iter().any(|own| own.name == named.name) {
                ninjs.places.push(named);
            }
        }
    }

    fn is_country(&self, element: &Element) -> bool {
        let kind = element.attribute("type").map(code).unwrap_or_default().to_lowercase();
        let scheme = scheme(element);
        let geo = kind.is_empty() || kind.contains("geoarea");
        self.country(element).is_some()
            || kind.ends_with("country")
            || (geo && (scheme.ends_with("country") || scheme == "cntry"))
            || (scheme == "n2" && has_facet(element, "5"))
    }
}

/// Reuters tells what a place is by a facet: 5 is a country.
fn has_facet(element: &Element, wanted: &str) -> bool {
    element
        .all("facet")
        .any(|facet| facet.attribute("qcode").is_some_and(|qcode| code(qcode) == wanted))
}

/// The alias of the scheme that a code is of, in small letters.
fn scheme(element: &Element) -> String {
    let qcode = element.attribute("qcode").unwrap_or_default();
    qcode.split(':').next().unwrap_or_default().to_lowercase()
}

fn iso_country(element: &Element) -> Option<String> {
    let id = reference(element)?;
    let lower = id.to_lowercase();
    let scheme = lower.contains("iso3166-1") || lower.starts_with("isocountrycode") || lower.starts_with("iso3166:");
    let code = code(id);
    let short = matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    (scheme && short).then(|| code.to_uppercase())
}

fn kind(subject: &Element) -> Kind {
    let kind = subject.attribute("type").or_else(|| subject.attribute("typeuri"));
    let scheme = scheme(subject);
    match kind.map(|kind| code(kind).to_lowercase()).unwrap_or_default().as_str() {
        "person" | "pers" | "spperson" | "player" | "athlete" => Kind::Person,
        "organisation" | "organization" | "org" | "company" | "team" | "party" => Kind::Organisation,
        "poi" => Kind::Point,
        "geoarea" | "city" | "country" | "statprov" | "region" | "continent" | "geo" | "place" => Kind::Place,
        // Reuters' number for what is geographic.
        "5" if scheme == "n2" || subject.attribute("literal").is_some() => Kind::Place,
        kind if kind.starts_with("geoarea") => Kind::Place,
        // Of Reuters' topic codes those of two letters are countries.
        "" if scheme == "n2" && reference(subject).map(code).is_some_and(is_two_capitals) => Kind::Place,
        "" if iso_country(subject).is_some() => Kind::Place,
        _ => Kind::Other,
    }
}

fn is_two_capitals(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn add(list: &mut Vec<Named>, named: Named) {
    if !list
        .iter()
        .any(|own| own.name == named.name && own.literal == named.literal)
    {
        list.push(named);
    }
}

fn add_subject(ninjs: &mut Ninjs, named: Named) {
    if !ninjs
        .subjects
        .iter()
        .any(|own| own.name == named.name && own.uri == named.uri)
    {
        ninjs.subjects.push(Subject {
            name: named.name,
            uri: named.uri,
            literal: named.literal,
        });
    }
}
