//! Concepts of an item: their names in its language, the codes of countries, and which kind each is.

use std::collections::{HashMap, HashSet};

use super::super::nitf::once;
use super::super::paragraphs::one_line;
use super::super::xml::Element;
use super::{code, reference};
use crate::story::{Named, Ninjs, Subject};

/// Where the item tells names: its language and the concepts that it describes apart.
#[derive(Debug)]
pub(super) struct Concepts<'e> {
    language: String,
    described: HashMap<&'e str, &'e Element>,
    asserts: Vec<&'e Element>,
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
            asserts: item.all("assert").collect(),
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
        let subjects: Vec<(Kind, &Element)> = meta.all("subject").map(|it| (self.kind(it), it)).collect();
        for (kind, subject) in &subjects {
            let name = self.name(subject).or_else(|| self.name(subject.child("mainConcept")?));
            let Some(name) = name.or_else(|| self.name_or_code(subject).filter(|_| says_something(subject, *kind)))
            else {
                continue;
            };
            match kind {
                Kind::Person => ninjs.people.push(self.named(subject, name)),
                Kind::Organisation => ninjs.organisations.push(self.named(subject, name)),
                Kind::Place => ninjs.places.push(self.place(subject, name)),
                Kind::Point => ninjs.places.push(self.point(subject, &name)),
                Kind::Other => push_subject(ninjs, self.named(subject, name)),
            }
        }
        let places = subjects
            .iter()
            .filter(|(kind, _)| matches!(kind, Kind::Place | Kind::Point));
        let mut lies_in: Vec<&Element> = places.flat_map(|(_, place)| self.broader(place)).collect();
        // The desk, the author and the audience are described apart too, and are not what the story is about.
        let elsewhere = ["located", "creator", "audience", "subject"];
        let referred: HashSet<&str> = elsewhere
            .iter()
            .flat_map(|name| meta.all(name))
            .filter_map(reference)
            .collect();
        for assert in self.asserts.iter().filter(|assert| is_geographic(assert)) {
            let id = assert.attribute("qcode").or_else(|| assert.attribute("uri"));
            if id.is_none_or(|id| referred.contains(id)) {
                continue;
            }
            if let Some(name) = self.name(assert) {
                ninjs.places.push(self.place(assert, name));
            }
            lies_in.extend(self.broader(assert));
        }
        self.countries(&lies_in, ninjs);
        let same = |named: &Named| (named.name.clone(), named.literal.clone());
        for list in [&mut ninjs.people, &mut ninjs.organisations, &mut ninjs.places] {
            once(list, same);
        }
    }

    /// Genres and keywords are what else the story is told to be of.
    pub(super) fn keywords(&self, meta: &Element, ninjs: &mut Ninjs) {
        for genre in meta.all("genre") {
            if let Some(name) = self.name(genre) {
                push_subject(ninjs, self.named(genre, name));
            }
        }
        once(&mut ninjs.subjects, |subject| {
            (subject.name.clone(), subject.uri.clone())
        });
        let known: HashSet<String> = ninjs.subjects.iter().map(|subject| subject.name.clone()).collect();
        let mut keywords: Vec<Subject> = Vec::new();
        for name in meta
            .all("keyword")
            .filter_map(Element::text)
            .filter(|name| !known.contains(name))
        {
            keywords.push(Subject {
                name,
                ..Subject::default()
            });
        }
        once(&mut keywords, |subject| subject.name.clone());
        ninjs.subjects.append(&mut keywords);
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

    /// A place. Two or three letters that are no country's must not be taken for one: the CA of a state's scheme stays `state:CA`.
    fn place(&self, element: &Element, name: String) -> Named {
        let named = self.named(element, name);
        let letters =
            |text: &String| matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_state =
            named.literal.as_ref().is_some_and(letters) && !self.is_country(element) && scheme(element) != "n2";
        let literal = if is_state { named.uri.clone() } else { named.literal };
        Named { literal, ..named }
    }

    /// A point of interest: what its address calls it, and the country of that.
    fn point(&self, element: &Element, name: &str) -> Named {
        let address = self.described(element).and_then(|it| it.at(&["POIDetails", "address"]));
        let country = address.and_then(|address| self.country(address.child("country")?));
        let named = self.named(element, name.split(',').next().unwrap_or(name).trim().to_owned());
        Named {
            // The literal of an address binds it to its description within the item, and says nothing outside.
            literal: country.or_else(|| named.literal.filter(|_| named.uri.is_some())),
            ..named
        }
    }

    /// The kind of a subject, by its type, else by what the item says apart of it, else by its scheme.
    fn kind(&self, subject: &Element) -> Kind {
        let typed = kind(subject);
        if typed != Kind::Other || subject.attribute("type").is_some() {
            return typed;
        }
        let apart = self.described(subject);
        let has = |name: &str| subject.child(name).or_else(|| apart?.child(name)).is_some();
        match () {
            () if has("personDetails") => Kind::Person,
            () if has("organisationDetails") || scheme(subject) == "r" => Kind::Organisation,
            () if has("geoAreaDetails") => Kind::Place,
            () if has("POIDetails") => Kind::Point,
            () => Kind::Other,
        }
    }

    /// The countries that a place lies in.
    fn broader<'a>(&self, place: &'a Element) -> Vec<&'a Element>
    where
        'e: 'a,
    {
        let apart: Option<&'a Element> = self.described(place).filter(|apart| !std::ptr::eq(*apart, place));
        let all = place
            .all("broader")
            .chain(apart.into_iter().flat_map(|it| it.all("broader")));
        all.filter(|it| self.is_country(it)).collect()
    }

    /// Adds countries that places lie in and that are no places of the item themselves.
    fn countries(&self, found: &[&Element], ninjs: &mut Ninjs) {
        let mut ids: HashSet<String> = ninjs.places.iter().filter_map(|own| own.uri.clone()).collect();
        let mut names: HashSet<String> = ninjs.places.iter().map(|own| own.name.clone()).collect();
        for country in found {
            let id = country.attribute("uri").or_else(|| country.attribute("qcode"));
            let Some(name) = self.name_or_code(country) else {
                continue;
            };
            let new = id.is_none_or(|id| ids.insert(id.to_owned()));
            if new && names.insert(name.clone()) {
                ninjs.places.push(Named {
                    rel: Some("broader".into()),
                    ..self.named(country, name)
                });
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

/// Whether what an item describes apart is a place: some agencies tag places in no other way.
fn is_geographic(assert: &Element) -> bool {
    let broader = || {
        assert
            .all("broader")
            .filter_map(|it| it.attribute("type"))
            .any(|it| code(it) == "geoArea")
    };
    assert.child("geoAreaDetails").is_some() || assert.child("POIDetails").is_some() || broader()
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

/// Whether the bare code of a nameless subject tells a reader anything: not a number in some list or of a point in the item, and not the
/// letters by which an agency routes copy to desks and products.
fn says_something(subject: &Element, kind: Kind) -> bool {
    let has_letters = reference(subject)
        .map(code)
        .is_some_and(|code| code.bytes().any(|byte| byte.is_ascii_alphabetic()));
    match kind {
        Kind::Point => false,
        Kind::Place => has_letters,
        _ => !matches!(scheme(subject).as_str(), "mcc" | "mccl" | "occ" | "a1312cat"),
    }
}

fn is_two_capitals(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn push_subject(ninjs: &mut Ninjs, named: Named) {
    ninjs.subjects.push(Subject {
        name: named.name,
        uri: named.uri,
        literal: named.literal,
    });
}
