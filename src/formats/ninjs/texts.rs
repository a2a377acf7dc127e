//! The headlines and the body of a ninjs item.

use serde_json::Value;

use super::Item;
use crate::formats::field_names::Part;
use crate::formats::fields::{kind, text_of};
use crate::formats::html::{self, plain_body, plain_line};
use crate::story::{Headline, Ninjs};

/// A body whose markup gives less than this share of the plain text's length is a stub beside it.
const STUB_SHARE: usize = 2;

/// A body as the item carries it.
struct Carried {
    text: String,
    markup: bool,
}

impl Item<'_, '_> {
    /// Fills in the headlines and the body.
    pub(super) fn texts(&mut self, ninjs: &mut Ninjs) {
        ninjs.headlines = self.headlines();
        let headline = ninjs.headline().to_owned();
        let mut body = match self
            .map
            .value(Part::Body, self.fields)
            .and_then(|value| text_of(value, "\n"))
        {
            Some(mine) => plain_body(&mine),
            None => best_body(self.bodies()),
        };
        let description = best_body(self.descriptions());
        self.described = body.is_empty() || body == description;
        if body.is_empty() {
            body = description;
            if !body.is_empty() {
                self.warnings.add("no body: the description stands for it");
            }
        }
        // Some bodies open with the headline again.
        if let Some((first, rest)) = body.split_once('\n')
            && first == headline
        {
            body = rest.to_string();
        }
        if !body.is_empty() {
            ninjs.set_body(body);
        }
    }

    fn headlines(&mut self) -> Vec<Headline> {
        if let Some(mine) = self
            .map
            .value(Part::Headline, self.fields)
            .and_then(|value| text_of(value, " "))
        {
            return vec![Headline {
                role: "main".into(),
                value: plain_line(&mine),
            }];
        }
        let mut out = Vec::new();
        for value in self.list(&["headlines"]) {
            let role = value.get("role").and_then(Value::as_str).unwrap_or_default().to_owned();
            out.extend(text_of(value, " ").map(|text| Headline {
                role,
                value: plain_line(&text),
            }));
        }
        if out.is_empty() {
            // 1.x: `headline`, and since 1.5 `headline_ROLE`; extended ones are marked up.
            for (role, value) in self.fields.starting("headline").filter(|(role, _)| *role != "s") {
                let is_main = role.is_empty() || role == "extended" && !self.fields.has("headline");
                let role = if is_main { "main" } else { role };
                if !value.is_string() {
                    self.warnings.add(format!(
                        "`headline` is {} where ninjs has a text: read all the same",
                        kind(value)
                    ));
                }
                out.extend(text_of(value, " ").map(|text| Headline {
                    role: role.into(),
                    value: plain_line(&text),
                }));
            }
            out.extend(self.line(&["title"]).filter(|_| out.is_empty()).map(|value| Headline {
                role: "main".into(),
                value,
            }));
            for (key, role) in [("subhead", "sub"), ("kicker", "kicker")] {
                out.extend(self.line(&[key]).map(|value| Headline {
                    role: role.into(),
                    value,
                }));
            }
        }
        out.retain(|headline| !headline.value.is_empty());
        out
    }

    fn bodies(&mut self) -> Vec<Carried> {
        let mut out: Vec<Carried> = self.list(&["bodies"]).into_iter().filter_map(carried).collect();
        for (kind, value) in self
            .fields
            .starting("body")
            .filter(|_| out.is_empty())
            .collect::<Vec<_>>()
        {
            if !value.is_string() {
                self.warnings
                    .add(format!("`body_{kind}` is no text: read all the same"));
            }
            let markup = kind.ends_with("html") || kind.ends_with("nitf");
            out.extend(text_of(value, "\n").map(|text| Carried {
                markup: markup || html::is_markup(&text),
                text,
            }));
        }
        if out.is_empty() {
            out.extend(
                self.fields
                    .get("articlehtml")
                    .and_then(|value| text_of(value, "\n"))
                    .map(|text| Carried { text, markup: true }),
            );
        }
        out
    }

    fn descriptions(&mut self) -> Vec<Carried> {
        let mut out: Vec<Carried> = self.list(&["descriptions"]).into_iter().filter_map(carried).collect();
        if out.is_empty() {
            let usual = [
                "descriptionhtml",
                "descriptionxhtml",
                "descriptiontext",
                "description",
                "descriptioncaption",
                "teaser",
            ];
            let texts = usual
                .iter()
                .filter_map(|name| self.fields.get(name))
                .filter_map(|value| text_of(value, "\n"));
            out.extend(texts.map(|text| Carried {
                markup: html::is_markup(&text),
                text,
            }));
        }
        out
    }
}

/// A body or description of 2.x and 3.x.
fn carried(value: &Value) -> Option<Carried> {
    let text = text_of(value, "\n")?;
    let declared = ["contentType", "contenttype", "contentMediaType", "role"]
        .iter()
        .filter_map(|key| value.get(*key));
    let declared = declared
        .filter_map(Value::as_str)
        .any(|kind| kind.contains("html") || kind.contains("xml"));
    let markup = declared || html::is_markup(&text);
    Some(Carried { text, markup })
}

/// The fullest body: marked-up ones tell paragraphs and what is not for publication, so the first of them is taken, unless it is a stub
/// beside a plain one.
fn best_body(bodies: Vec<Carried>) -> String {
    let (marked, plain): (Vec<_>, Vec<_>) = bodies.into_iter().partition(|body| body.markup);
    let marked = marked
        .iter()
        .map(|body| html::to_text(&body.text))
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    let plain = plain
        .iter()
        .map(|body| plain_body(&body.text))
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    if marked.len() * STUB_SHARE < plain.len() {
        plain
    } else {
        marked
    }
}
