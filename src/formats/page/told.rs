//! What a page says of its story, from whichever of its vocabularies.

use crate::story::{AltId, InfoSource, Named, Subject};

/// The parts of a story as one vocabulary tells them.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The type of story, as schema.org calls it.
    pub(super) kind: Option<String>,
    pub(super) headline: Option<String>,
    pub(super) body: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) by: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) ids: Vec<AltId>,
    /// The site or house.
    pub(super) publisher: Option<InfoSource>,
    /// Whom else the story is from.
    pub(super) sources: Vec<InfoSource>,
    pub(super) subjects: Vec<Subject>,
    pub(super) people: Vec<Named>,
    pub(super) organisations: Vec<Named>,
    pub(super) places: Vec<Named>,
    pub(super) located: Option<String>,
    pub(super) dateline: Option<String>,
    pub(super) credit: Option<String>,
    pub(super) correction: Option<String>,
    pub(super) status: Option<String>,
    pub(super) copyright_holder: Option<String>,
    pub(super) copyright_notice: Option<String>,
    pub(super) usage_terms: Option<String>,
    pub(super) version: Option<String>,
    /// Whether the page says that it shows a part only to those who do not pay.
    pub(super) is_cut: bool,
}

impl Told {
    /// Fills what is missing from another vocabulary, which is trusted less.
    pub(super) fn fill(&mut self, other: Self) {
        let pairs = [
            (&mut self.kind, other.kind),
            (&mut self.headline, other.headline),
            (&mut self.body, other.body),
            (&mut self.summary, other.summary),
            (&mut self.published, other.published),
            (&mut self.modified, other.modified),
            (&mut self.by, other.by),
            (&mut self.language, other.language),
            (&mut self.url, other.url),
            (&mut self.located, other.located),
            (&mut self.dateline, other.dateline),
            (&mut self.credit, other.credit),
            (&mut self.correction, other.correction),
            (&mut self.status, other.status),
            (&mut self.copyright_holder, other.copyright_holder),
            (&mut self.copyright_notice, other.copyright_notice),
            (&mut self.usage_terms, other.usage_terms),
            (&mut self.version, other.version),
        ];
        for (own, other) in pairs {
            if own.is_none() {
                *own = other;
            }
        }
        if self.publisher.is_none() {
            self.publisher = other.publisher;
        }
        self.ids.extend(other.ids);
        self.sources.extend(other.sources);
        self.subjects.extend(other.subjects);
        self.people.extend(other.people);
        self.organisations.extend(other.organisations);
        self.places.extend(other.places);
        self.is_cut |= other.is_cut;
    }

    /// Adds a subject by its name, where there is one.
    pub(super) fn add_subject(&mut self, name: &str) {
        let name = crate::formats::html::plain_line(name);
        if !name.is_empty() {
            self.subjects.push(Subject {
                name,
                ..Subject::default()
            });
        }
    }

    /// Leaves out what is named twice, whatever the case.
    pub(super) fn without_repeats(&mut self) {
        once(&mut self.subjects, |subject| &subject.name);
        once(&mut self.people, |named| &named.name);
        once(&mut self.organisations, |named| &named.name);
        once(&mut self.places, |named| &named.name);
        once(&mut self.sources, |source| &source.name);
        let mut seen: Vec<String> = Vec::new();
        self.ids.retain(|id| {
            let new = !seen.contains(&id.value);
            seen.push(id.value.clone());
            new
        });
    }
}

fn once<T>(items: &mut Vec<T>, name: impl Fn(&T) -> &String) {
    let mut seen = rustc_hash::FxHashSet::default();
    items.retain(|item| seen.insert(name(item).to_lowercase()));
}
