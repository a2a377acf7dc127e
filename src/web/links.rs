//! The address of a page as a list of names and values, and the addresses of its neighbours.

use crate::story::Facet;
use crate::vocabulary::Vocabulary;

/// The parameters of a page, in their order, without empty ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) path: &'static str,
    pub(super) pairs: Vec<(String, String)>,
}

impl Address {
    pub(super) fn read(path: &'static str, query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        Self {
            path,
            pairs: pairs.filter(|(_, value)| !value.trim().is_empty()).collect(),
        }
    }

    /// The first value of a parameter, or nothing.
    pub(super) fn value(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .find(|(other, _)| other == name)
            .map_or("", |(_, value)| value)
    }

    /// The address with this parameter set, or taken away when `value` is empty. The page number goes: it was another list's.
    pub(super) fn with(&self, name: &str, value: &str) -> Self {
        let mut next = self.without(name);
        if !value.is_empty() {
            next.pairs.push((name.to_owned(), value.to_owned()));
        }
        next
    }

    /// The address without this parameter and without the page number.
    pub(super) fn without(&self, name: &str) -> Self {
        let kept = self
            .pairs
            .iter()
            .filter(|(other, _)| other != name && other != "cursor")
            .cloned();
        Self {
            path: self.path,
            pairs: kept.collect(),
        }
    }

    /// The address with a facet value chosen, or no longer chosen.
    pub(super) fn toggled(&self, facet: Facet, value: &str, vocabulary: &Vocabulary) -> Self {
        let names_it =
            |typed: &str| typed == value || vocabulary.resolve(facet, typed).iter().any(|known| known == value);
        let mut next = self.without("cursor");
        let before = next.pairs.len();
        next.pairs
            .retain(|(name, typed)| name != facet.name() || !names_it(typed));
        if next.pairs.len() == before {
            next.pairs.push((facet.name().to_owned(), value.to_owned()));
        }
        next
    }

    /// The same parameters on another page.
    pub(super) fn on(&self, path: &'static str) -> Self {
        Self {
            path,
            ..self.without("cursor").without("sort")
        }
    }

    /// As an address to link to.
    pub(super) fn href(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.pairs);
        let query = query.finish();
        if query.is_empty() {
            self.path.to_owned()
        } else {
            format!("{}?{query}", self.path)
        }
    }
}

/// The address of a story's page.
pub(super) fn story_href(uri: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(uri.as_bytes()).collect();
    format!("/story?uri={encoded}")
}

/// The same, where the matches of the query that it was found by are marked.
pub(super) fn found_href(uri: &str, q: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let and = if q.is_empty() {
        String::new()
    } else {
        format!("&q={encoded}")
    };
    story_href(uri) + &and
}

/// The address of what changed between two versions of a story.
pub(super) fn diff_href(uri: &str, from: u32, to: u32) -> String {
    let encoded: String = form_urlencoded::byte_serialize(uri.as_bytes()).collect();
    format!("/diff?uri={encoded}&from={from}&to={to}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_chosen_and_let_go_again_whatever_name_it_was_typed_by() {
        let vocabulary = Vocabulary::builtin();
        let address = Address::read("/", "q=ikan+laut&country=Norwegia&cursor=x&to=");
        assert_eq!(address.value("q"), "ikan laut");
        assert_eq!(
            address.toggled(Facet::Country, "IS", &vocabulary).href(),
            "/?q=ikan+laut&country=Norwegia&country=IS"
        );
        assert_eq!(
            address.toggled(Facet::Country, "NO", &vocabulary).href(),
            "/?q=ikan+laut"
        );
    }
}
