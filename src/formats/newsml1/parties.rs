//! Administrative and rights metadata → sources, the byline, whose the story is.

use super::super::nitf::add_source;
use super::super::xml::Element;
use super::File;
use super::describe::Around;
use super::topics;
use crate::story::Ninjs;
use crate::vocabulary::Vocabulary;

impl Around<'_, '_> {
    /// Who provided the story, from where, and who wrote it.
    pub(super) fn administration(&self, item: &Element, file: &File<'_>, ninjs: &mut Ninjs) {
        let mut providers = self.parties("Provider");
        if providers.is_empty() {
            let sender = file.envelope.at(&["SentFrom", "Party"]);
            providers.extend(sender.and_then(|it| self.topics.name_of(it)));
        }
        let sources = self.parties("Source");
        if providers.is_empty() && sources.is_empty() {
            let id = item.at(&["Identification", "NewsIdentifier", "ProviderId"]);
            providers.extend(id.and_then(Element::text));
        }
        for name in providers {
            source(ninjs, &agency(&name), "provider");
        }
        for name in sources {
            source(ninjs, &agency(&name), "source");
        }
        let makers = self.parties("Creator").into_iter().chain(self.parties("Contributor"));
        // A maker is a person, initials or a desk; an agency only where it is known as one.
        for name in makers.filter(|name| is_known(name)) {
            source(ninjs, &name, "contributor");
        }
        let own = |name: &str| ninjs.info_sources.iter().any(|source| source.name == name);
        let is_person = |name: &String| {
            let coded = name.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '('));
            name.contains(' ') && !coded && !own(name) && !is_known(name)
        };
        if ninjs.by.is_none() {
            ninjs.by = self.parties("Creator").into_iter().find(is_person);
        }
    }

    fn parties(&self, name: &'static str) -> Vec<String> {
        let all = self.all("AdministrativeMetadata", name).flat_map(|it| it.all("Party"));
        // Some say which part the party had; who edited did not write.
        let others = all.filter(|party| party.attribute("Topic") != Some("EDITOR"));
        others.filter_map(|party| self.topics.name_of(party)).collect()
    }

    /// Whose it is and what may be done with it.
    pub(super) fn rights(&self, ninjs: &mut Ninjs) {
        let holders = self
            .all("RightsMetadata", "Copyright")
            .filter_map(|it| it.child("CopyrightHolder"));
        let mut named = holders.filter_map(|it| {
            let origin = it.child("Origin").and_then(|origin| origin.attribute("Href"));
            let topic = origin.and_then(|pointer| self.topics.at(pointer));
            it.text().or_else(|| topic.and_then(topics::name))
        });
        let usage = || self.all("RightsMetadata", "UsageRights");
        let owners = || usage().filter_map(|it| it.child("RightsHolder")?.text());
        ninjs.copyright_holder = named.next().or_else(|| owners().next());
        if ninjs.usage_terms.is_none() {
            let told = |it: &&Element| matches!(it.name.as_str(), "UsageType" | "Geography" | "Limitations");
            let terms = usage().flat_map(Element::elements).filter(told);
            let terms: Vec<String> = terms.filter_map(Element::text).collect();
            ninjs.usage_terms = Some(terms.join("; ")).filter(|terms| !terms.is_empty());
        }
    }
}

/// Adds a source, in the first part that it is told in.
fn source(ninjs: &mut Ninjs, name: &str, role: &str) {
    let known = ninjs.info_sources.iter().any(|own| own.name.eq_ignore_ascii_case(name));
    if !known {
        add_source(ninjs, name, Some(role));
    }
}

fn is_known(name: &str) -> bool {
    !Vocabulary::builtin().sources.resolve(name).is_empty()
}

/// An agency that signs with its address on the net, as identifiers have it, by its name.
fn agency(name: &str) -> String {
    let is_address = name.contains('.') && !name.contains(char::is_whitespace);
    let host = name.rsplit_once('.').map(|(host, _)| host);
    let Some(host) = host.filter(|_| is_address && !is_known(name)) else {
        return name.to_owned();
    };
    let last = host.rsplit('.').next().unwrap_or(host);
    let sources = &Vocabulary::builtin().sources;
    let known = sources.resolve(last);
    let source = known.first().and_then(|id| sources.of_id(id));
    source.map_or_else(|| name.to_owned(), |source| source.name.to_owned())
}
