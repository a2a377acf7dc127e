//! A node of schema.org, from JSON-LD or from microdata → what it tells of a story.

use serde_json::{Map, Value};

use super::linked_data::LinkedData;
use super::told::Told;
use crate::formats::fields::text_of;
use crate::formats::html::plain_line;
use crate::story::{AltId, InfoSource, Named};

/// Types of schema.org by what they are in ninjs, by words in their names.
const PLACES: [&str; 10] = [
    "place",
    "city",
    "country",
    "state",
    "administrativearea",
    "continent",
    "landform",
    "airport",
    "building",
    "area",
];
const ORGANISATIONS: [&str; 8] = [
    "organization",
    "organisation",
    "corporation",
    "company",
    "team",
    "party",
    "university",
    "business",
];

/// Reads a node.
pub(super) fn read(node: &Map<String, Value>, data: &LinkedData) -> Told {
    let reader = Reader { node, data };
    let mut told = Told {
        kind: reader.kind(),
        headline: reader.line(&["headline", "name", "alternativeHeadline"]),
        body: reader
            .get("articleBody")
            .or_else(|| reader.get("text"))
            .and_then(|value| text_of(value, "\n")),
        summary: reader
            .get("description")
            .or_else(|| reader.get("abstract"))
            .and_then(|value| text_of(value, " ")),
        published: reader.line(&["datePublished", "dateCreated", "uploadDate"]),
        modified: reader.line(&["dateModified"]),
        by: reader.names(&["author", "creator", "contributor"]),
        language: reader.get("inLanguage").and_then(|value| code(data.resolve(value))),
        url: reader.url(),
        publisher: ["publisher", "sourceOrganization", "provider"]
            .iter()
            .find_map(|key| reader.source(key)),
        located: reader
            .places("locationCreated")
            .into_iter()
            .next()
            .map(|place| place.name),
        dateline: reader.line(&["dateline"]),
        credit: reader.line(&["creditText"]),
        correction: reader.get("correction").and_then(correction),
        status: reader.line(&["creativeWorkStatus"]),
        copyright_holder: reader.names(&["copyrightHolder"]),
        copyright_notice: reader.line(&["copyrightNotice"]),
        usage_terms: reader.line(&["usageInfo", "license"]),
        version: reader.line(&["version"]),
        is_cut: reader.get("isAccessibleForFree").is_some_and(is_false),
        ..Told::default()
    };
    reader.identifiers(&mut told);
    reader.tags(&mut told);
    for key in ["isBasedOn", "isBasedOnUrl", "sourceOrganization", "provider"] {
        let source = reader.source(key);
        told.sources
            .extend(source.filter(|source| Some(source) != told.publisher.as_ref()));
    }
    told.places.extend(reader.places("contentLocation"));
    told.places.extend(reader.places("spatialCoverage"));
    told
}

struct Reader<'n> {
    node: &'n Map<String, Value>,
    data: &'n LinkedData,
}

impl<'n> Reader<'n> {
    fn get(&self, key: &str) -> Option<&'n Value> {
        let (node, data) = (self.node, self.data);
        let named = || {
            node.iter()
                .find(|(own, _)| own.rsplit([':', '/']).next() == Some(key))
                .map(|(_, value)| value)
        };
        let value = node.get(key).or_else(named)?;
        Some(data.resolve(value))
    }

    /// The elements of a property, each resolved; a value that is no array is one.
    fn list(&self, key: &str) -> Vec<&'n Value> {
        match self.get(key) {
            Some(Value::Array(items)) => items.iter().map(|item| self.data.resolve(item)).collect(),
            Some(value) => vec![value],
            None => Vec::new(),
        }
    }

    fn line(&self, keys: &[&str]) -> Option<String> {
        let texts = keys
            .iter()
            .filter_map(|key| self.get(key))
            .filter_map(|value| text_of(value, ", "));
        texts.map(|text| plain_line(&text)).find(|line| !line.is_empty())
    }

    fn kind(&self) -> Option<String> {
        let kind = self.node.get("@type").or_else(|| self.node.get("type"))?;
        text_of(kind, ", ")
    }

    /// The names of people or houses under the first of these properties that has any.
    fn names(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| {
            let mut names: Vec<String> = Vec::new();
            for name in self.list(key).into_iter().filter_map(name) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            (!names.is_empty()).then(|| names.join(", "))
        })
    }

    fn url(&self) -> Option<String> {
        let page = self.get("mainEntityOfPage").map(|page| self.data.resolve(page));
        let inner = page.and_then(|page| page.get("@id").or_else(|| page.get("url")).or(Some(page)));
        let texts = [self.get("url"), inner, self.node.get("@id")];
        let texts = texts.into_iter().flatten().filter_map(Value::as_str).map(str::trim);
        texts.into_iter().find(|url| url.starts_with("http")).map(str::to_owned)
    }

    fn identifiers(&self, told: &mut Told) {
        for id in self.list("identifier") {
            let value = id.get("value").unwrap_or(id);
            let role = id.get("propertyID").and_then(|role| text_of(role, " "));
            told.ids.extend(text_of(value, " ").map(|value| AltId {
                role: role.unwrap_or_else(|| "id".into()),
                value,
            }));
        }
    }

    /// A house or work that a property names: by its publisher where it is a work.
    fn source(&self, key: &str) -> Option<InfoSource> {
        let value = self.list(key).into_iter().next()?;
        let house = value.get("publisher").map_or(value, |house| self.data.resolve(house));
        let written = name(house)?;
        let is_url = written.contains("://");
        let url = ["url", "@id"]
            .iter()
            .filter_map(|key| value.get(*key))
            .find_map(Value::as_str);
        Some(InfoSource {
            name: if is_url {
                host(&written)?.to_owned()
            } else {
                written.clone()
            },
            role: (key == "publisher").then(|| "publisher".to_owned()),
            uri: url.map(str::to_owned).or(is_url.then_some(written)),
        })
    }

    fn tags(&self, told: &mut Told) {
        for key in ["articleSection", "keywords", "genre"] {
            for value in self.list(key) {
                let text = match value {
                    Value::Object(_) => name(value),
                    other => text_of(other, ", "),
                };
                let text = text.unwrap_or_default();
                // Some systems write `Tag:…` and `Section:…` for their own use.
                text.split([',', ';']).for_each(|word| told.add_subject(word.trim()));
            }
        }
        for key in ["about", "mentions"] {
            for value in self.list(key) {
                let Some(named) = named(value, key) else { continue };
                let kind = value
                    .get("@type")
                    .and_then(|kind| text_of(kind, " "))
                    .unwrap_or_default();
                let kind = kind.to_lowercase();
                if kind.contains("person") {
                    told.people.push(named);
                } else if ORGANISATIONS.iter().any(|word| kind.contains(word)) {
                    told.organisations.push(named);
                } else if PLACES.iter().any(|word| kind.contains(word)) {
                    told.places.push(named);
                } else {
                    told.add_subject(&named.name);
                }
            }
        }
    }

    fn places(&self, key: &str) -> Vec<Named> {
        let values = self.list(key).into_iter();
        values
            .filter_map(|value| {
                let place = named(value, "");
                let address = || address(value.get("address")?);
                place.or_else(address)
            })
            .collect()
    }
}

/// The name of a person, house or place: of an object its name, else the text.
fn name(value: &Value) -> Option<String> {
    let text = match value {
        Value::Object(object) => {
            let whole = ["name", "legalName", "alternateName"]
                .iter()
                .find_map(|key| object.get(*key));
            let parts = || {
                let given = object.get("givenName").and_then(Value::as_str)?;
                Some(format!(
                    "{given} {}",
                    object.get("familyName").and_then(Value::as_str).unwrap_or_default()
                ))
            };
            let url = || {
                object
                    .get("url")
                    .or_else(|| object.get("@id"))
                    .and_then(Value::as_str)
                    .map(str::to_owned)
            };
            whole.and_then(|whole| text_of(whole, ", ")).or_else(parts).or_else(url)
        }
        other => text_of(other, ", "),
    };
    text.map(|text| plain_line(&text)).filter(|text| !text.is_empty())
}

fn named(value: &Value, rel: &str) -> Option<Named> {
    let name = name(value).filter(|name| !name.contains("://"))?;
    let uris = [value.get("sameAs"), value.get("@id"), value.get("url")];
    let mut uris = uris.into_iter().flatten().filter_map(|uri| match uri {
        Value::Array(items) => items.first().and_then(Value::as_str),
        other => other.as_str(),
    });
    Some(Named {
        name,
        rel: (!rel.is_empty()).then(|| rel.to_owned()),
        uri: uris.find(|uri| uri.contains(':')).map(str::to_owned),
        literal: None,
    })
}

fn address(value: &Value) -> Option<Named> {
    let key = ["addressLocality", "addressRegion", "addressCountry"];
    let name = key.iter().filter_map(|key| value.get(*key)).find_map(name)?;
    Some(Named {
        name,
        ..Named::default()
    })
}

/// A language as its tag: of an object its code, else its name.
fn code(value: &Value) -> Option<String> {
    let inner = ["alternateName", "identifier", "name"]
        .iter()
        .find_map(|key| value.get(*key))
        .unwrap_or(value);
    text_of(inner, " ")
}

/// The text of a correction, or of a comment that corrects.
fn correction(value: &Value) -> Option<String> {
    let inner = match value {
        Value::Array(items) => items.last()?,
        other => other,
    };
    let text = ["text", "description", "name"]
        .iter()
        .find_map(|key| inner.get(*key))
        .unwrap_or(inner);
    text_of(text, " ")
        .map(|text| plain_line(&text))
        .filter(|text| !text.is_empty())
}

fn is_false(value: &Value) -> bool {
    match value {
        Value::Bool(free) => !free,
        Value::String(text) => text
            .rsplit('/')
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("false")),
        _ => false,
    }
}

/// The host of an address, without `www.`.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| host.contains('.'))
}
