//! People, organisations, places, subjects and sources that the agency tagged.

use serde_json::Value;

use super::Item;
use crate::formats::fields::text_of;
use crate::formats::html::plain_line;
use crate::story::{InfoSource, Named, Ninjs, Subject};

impl Item<'_, '_> {
    pub(super) fn tags(&mut self, ninjs: &mut Ninjs) {
        let named = |values: Vec<&Value>| values.into_iter().filter_map(named).collect::<Vec<_>>();
        ninjs.people = named(self.list(&["people", "person", "persons"]));
        ninjs.organisations = named(self.list(&["organisations", "organisation", "organizations", "organization"]));
        ninjs.places = named(self.list(&["places", "place"]));
        let subjects = self.list(&["subjects", "subject"]).into_iter().filter_map(self::named);
        ninjs.subjects = subjects.map(subject).collect();
        let sources = self.list(&["infosources", "infosource"]);
        ninjs.info_sources = sources.into_iter().filter_map(source).collect();
        // Superdesk writes one `source`.
        if ninjs.info_sources.is_empty() {
            let source = self.line(&["source"]);
            ninjs.info_sources.extend(source.map(|name| InfoSource {
                name,
                ..InfoSource::default()
            }));
        }
        self.categories(ninjs);
    }

    /// dpa's digital wires tag everything in one list, by type.
    fn categories(&self, ninjs: &mut Ninjs) {
        let listed = self.fields.get("categories").and_then(Value::as_array);
        for value in listed.into_iter().flatten() {
            let Some(kind) = value.get("type").and_then(Value::as_str) else {
                continue;
            };
            let Some(named) = named(value) else { continue };
            match kind.rsplit(':').next().unwrap_or_default() {
                "dpasubject" | "subject" | "keyword" | "rubric" => ninjs.subjects.push(subject(named)),
                "geosubject" => ninjs.places.push(named),
                "person" => ninjs.people.push(named),
                "organisation" | "organization" => ninjs.organisations.push(named),
                "located" => ninjs.located = ninjs.located.take().or(Some(named.name)),
                role @ ("infosource" | "provider") if value.get("name").is_some_and(Value::is_string) => {
                    let known = ninjs
                        .info_sources
                        .iter()
                        .any(|source| source.name.eq_ignore_ascii_case(&named.name));
                    ninjs.info_sources.extend((!known).then(|| InfoSource {
                        name: named.name,
                        role: (role == "provider").then(|| role.to_owned()),
                        uri: named.uri,
                    }));
                }
                _ => {}
            }
        }
    }
}

fn subject(named: Named) -> Subject {
    Subject {
        name: named.name,
        uri: named.uri,
        literal: named.literal,
    }
}

/// A source: its part is its `role`, in 1.x the code of its scheme of roles, else its `rel`.
fn source(value: &Value) -> Option<InfoSource> {
    let text = |key: &str| value.get(key).and_then(|inner| text_of(inner, " "));
    let named = named(value)?;
    let is_role = text("scheme").is_some_and(|scheme| scheme.to_ascii_lowercase().contains("role"));
    let coded = text("code").filter(|_| is_role);
    Some(InfoSource {
        name: named.name,
        role: text("role").or(coded).or(named.rel),
        uri: named.uri.filter(|_| !is_role),
    })
}

/// A person, organisation, place, subject or source: an object, or just its name. Its identifier is its `uri`, its code within its
/// scheme, or its code where that names its scheme itself.
fn named(value: &Value) -> Option<Named> {
    let text = |key: &str| value.get(key).and_then(|inner| text_of(inner, ", "));
    let literal = ["literal", "code", "qcode"].iter().find_map(|key| text(key));
    let schemed = || {
        let (scheme, code) = (text("scheme")?, literal.as_deref()?);
        Some(within(&scheme, code))
    };
    let qualified = || literal.clone().filter(|code| is_qualified(code));
    let given = text("uri").or_else(|| text("@id")).or_else(schemed);
    let uri = given.clone().or_else(qualified);
    let name = text("name").or_else(|| if value.is_object() { None } else { text_of(value, ", ") });
    let name = name.or_else(|| literal.clone()).or_else(|| uri.clone())?;
    // `medtop:04000000` is the scheme and the code; an address is a code as it stands.
    let bare = |code: String| match code.split_once(':') {
        Some((_, rest)) if given.is_none() && is_qualified(&code) && !rest.starts_with("//") => rest.to_owned(),
        _ => code,
    };
    let rels = || value.get("rels")?.as_array()?.first().and_then(|rel| text_of(rel, " "));
    Some(Named {
        name: plain_line(&name),
        rel: text("rel").or_else(rels),
        uri,
        literal: literal.map(bare),
    })
}

/// A code in full: behind the scheme's address, or behind its name and a colon.
fn within(scheme: &str, code: &str) -> String {
    if code.starts_with(scheme) {
        return code.to_owned();
    }
    let joint = match scheme {
        _ if scheme.ends_with(['/', '#', ':', '=', '?']) => "",
        _ if scheme.contains("://") => "/",
        _ => ":",
    };
    [scheme, joint, code].concat()
}

/// Whether a code names its scheme before a colon, or is an address.
fn is_qualified(code: &str) -> bool {
    code.split_once(':').is_some_and(|(scheme, rest)| {
        !rest.is_empty()
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
    })
}
