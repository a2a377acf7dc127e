//! The topics that a file defines, by their place in it and by their code.

use std::collections::HashMap;

use super::super::paragraphs::one_line;
use super::super::xml::Element;

/// The topics of all sets in a file.
pub(super) struct Topics<'e> {
    by_place: HashMap<&'e str, &'e Element>,
    by_code: HashMap<String, &'e Element>,
}

/// What a topic is, by its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Person,
    Organisation,
    Place,
    Subject,
}

impl<'e> Topics<'e> {
    pub(super) fn of(root: &'e Element) -> Self {
        let mut topics = Self {
            by_place: HashMap::new(),
            by_code: HashMap::new(),
        };
        for topic in root.descendants("Topic") {
            if let Some(place) = topic.attribute("Duid") {
                topics.by_place.entry(place).or_insert(topic);
            }
            for code in topic.all("FormalName").filter_map(Element::text) {
                topics.by_code.entry(code).or_insert(topic);
            }
        }
        topics
    }

    /// The topic that a pointer such as `#company1` names.
    pub(super) fn at(&self, pointer: &str) -> Option<&'e Element> {
        self.by_place.get(pointer.strip_prefix('#')?).copied()
    }

    /// The topic of a code.
    pub(super) fn of_code(&self, code: &str) -> Option<&'e Element> {
        self.by_code.get(code).copied()
    }

    /// The name of what an element refers to, by a pointer or by its own words: a party, a topic.
    pub(super) fn name_of(&self, element: &Element) -> Option<String> {
        let own = element.attribute("FormalName").map(one_line);
        let pointed = || element.attribute("Topic").and_then(|pointer| self.at(pointer));
        own.filter(|own| !own.is_empty()).or_else(|| pointed().and_then(name))
    }
}

/// The name of a topic: its description as a name, in English before other languages, else its code.
pub(super) fn name(topic: &Element) -> Option<String> {
    let in_english = |it: &&Element| it.attribute("lang").is_none_or(|lang| lang.starts_with("en"));
    let is_name = |it: &&Element| {
        let variant = it.attribute("Variant").unwrap_or("name").to_ascii_lowercase();
        variant.contains("name")
    };
    let names = || topic.all("Description").filter(is_name);
    let best = names().find(in_english).or_else(|| names().next());
    // A description that is no name is a sentence on the topic.
    best.and_then(Element::text).or_else(|| code(topic))
}

/// The first code of a topic.
pub(super) fn code(topic: &Element) -> Option<String> {
    topic.all("FormalName").find_map(Element::text)
}

/// What a topic is.
pub(super) fn sort(topic: &Element) -> Sort {
    let types = topic.all("TopicType").filter_map(|it| it.attribute("FormalName"));
    for kind in types {
        let kind = kind.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
        if has(&["person", "people"]) {
            return Sort::Person;
        }
        if has(&["compan", "organi", "party", "team", "institution"]) {
            return Sort::Organisation;
        }
        if has(&["countr", "location", "place", "city", "region", "geo"]) {
            return Sort::Place;
        }
    }
    Sort::Subject
}
