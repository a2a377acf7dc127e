//! The components of an item → the texts among them, by role and by kind of content.

use super::super::xml::Element;
use super::kinds;

/// Roles of what is no story, in small letters: what goes with a picture, and parts of the story that stand elsewhere too.
#[rustfmt::skip]
const NOT_STORY: [&str; 29] = [
    "caption", "headline", "subheadline", "title", "byline", "dateline", "credit", "copyright", "contact", "contacts",
    "stylesheet", "logo", "photo", "picture", "image", "graphic", "animation", "video", "audio", "sound", "thumbnail",
    "quicklook", "preview", "highdef", "icon", "keywords", "keyword", "clickthru", "advertisement",
];

/// Roles of the story itself.
const STORY: [&str; 9] = [
    "main", "body", "text", "story", "bodytext", "maintext", "fulltext", "lead", "intro",
];

/// Roles of what goes with the story: read only where there is nothing else.
#[rustfmt::skip]
const BESIDE: [&str; 8] = [
    "supporting", "supplementary", "sidebar", "abstract", "summary", "synopsis", "related", "background",
];

/// How near to the story a part is; less is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Main,
    Untold,
    Beside,
}

/// Where a part stands, and what the components around it say of all in them.
#[derive(Debug, Clone)]
pub(super) struct Place<'e> {
    /// The components around it, the outermost first.
    pub(super) around: Vec<&'e Element>,
    pub(super) rank: Rank,
    /// The language that is told nearest to it.
    pub(super) language: Option<&'e str>,
    /// The nearest headline, and how many components are around it.
    pub(super) headline: Option<(usize, &'e Element)>,
}

impl<'e> Place<'e> {
    fn inside(&self, component: &'e Element, is_story: bool, is_beside: bool) -> Self {
        let rank = if is_beside || self.rank == Rank::Beside {
            Rank::Beside
        } else if is_story || self.rank == Rank::Main {
            Rank::Main
        } else {
            Rank::Untold
        };
        let told = described(component).find_map(|it| it.child("Language")?.attribute("FormalName"));
        let language = told.or_else(|| component.attribute("lang")).or(self.language);
        let around: Vec<&Element> = self.around.iter().copied().chain([component]).collect();
        let own = component.at(&["NewsLines", "HeadLine"]).map(|it| (around.len(), it));
        Self {
            around,
            rank,
            language,
            headline: own.or(self.headline),
        }
    }
}

/// A content item that holds text.
#[derive(Debug, Clone)]
pub(super) struct Part<'e> {
    pub(super) place: Place<'e>,
    pub(super) content: &'e Element,
}

/// A picture, a video or another medium in an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Medium {
    /// What it is, for a person.
    pub(super) what: &'static str,
    pub(super) rank: Rank,
    /// How many components are around it.
    pub(super) depth: usize,
}

/// What an item holds.
#[derive(Debug, Default)]
pub(super) struct Parts<'e> {
    /// Its texts, in the order of the document.
    pub(super) texts: Vec<Part<'e>>,
    /// The nearest picture, video or other medium.
    pub(super) medium: Option<Medium>,
    /// Files in which parts of it lie.
    pub(super) elsewhere: Vec<&'e str>,
    /// The data that it holds in a markup that is no text's: the name of their element.
    pub(super) data: Option<String>,
    /// The encoding that a text is packed in, where it is none itself.
    pub(super) packed: Option<String>,
    /// Other renditions of the text, which were passed over: their languages.
    pub(super) passed_over: Vec<&'e str>,
}

impl<'e> Parts<'e> {
    /// The parts of an item, nearest texts only.
    pub(super) fn of(item: &'e Element) -> Self {
        let mut parts = Self::default();
        let outermost = Place {
            around: Vec::new(),
            rank: Rank::Untold,
            language: None,
            headline: None,
        };
        for component in item.all("NewsComponent") {
            parts.walk(component, &outermost);
        }
        if let Some(best) = parts.texts.iter().map(|part| part.place.rank).min() {
            parts.texts.retain(|part| part.place.rank == best);
        }
        parts.keep_one_language();
        parts
    }

    fn walk(&mut self, component: &'e Element, outer: &Place<'e>) {
        let roles = component.all("Role").filter_map(|role| role.attribute("FormalName"));
        let roles: Vec<String> = roles.map(plain).collect();
        let is = |list: &[&str]| roles.iter().any(|role| list.contains(&role.as_str()));
        let place = outer.inside(component, is(&STORY), is(&BESIDE));
        let told_apart = is(&NOT_STORY);
        let before = self.texts.len();
        for part in component.elements() {
            match part.name.as_str() {
                "ContentItem" => self.content(part, &place, told_apart),
                // A picture's role says that all in it is the picture's.
                "NewsComponent" if !told_apart => self.walk(part, &place),
                "NewsComponent" => {
                    let medium = part.all("ContentItem").find_map(kinds::medium);
                    self.note_medium(medium, place.rank, place.around.len() + 1);
                }
                // An item may stand in another whole.
                "NewsItem" => part.all("NewsComponent").for_each(|inner| self.walk(inner, &place)),
                _ => {}
            }
        }
        let is_choice = component.attribute("EquivalentsList") == Some("yes");
        if is_choice && self.texts.len() > before + 1 {
            self.choose(before, place.around.len());
        }
    }

    fn content(&mut self, content: &'e Element, place: &Place<'e>, told_apart: bool) {
        if let Some(what) = kinds::medium(content) {
            self.note_medium(Some(what), place.rank, place.around.len());
            return;
        }
        let Some(data) = kinds::data_of(content) else {
            self.elsewhere.extend(content.attribute("Href").filter(|_| !told_apart));
            return;
        };
        if told_apart || !kinds::is_text(content) {
            return;
        }
        if let Some(name) = kinds::foreign_markup(data) {
            self.data.get_or_insert(name);
        } else if let Some(packed) = kinds::packed(content) {
            self.packed.get_or_insert(packed);
        } else if data.text().is_some() {
            let language = content.attribute("lang").or(place.language);
            self.texts.push(Part {
                place: Place {
                    language,
                    ..place.clone()
                },
                content,
            });
        }
    }

    fn note_medium(&mut self, what: Option<&'static str>, rank: Rank, depth: usize) {
        let Some(what) = what else { return };
        let nearest = self.medium.is_none_or(|own| (rank, depth) < (own.rank, own.depth));
        if nearest {
            self.medium = Some(Medium { what, rank, depth });
        }
    }

    /// Of the texts from `from` on, which are renditions of one another, keeps the one that is best read: NITF, then other markup.
    fn choose(&mut self, from: usize, depth: usize) {
        let renditions = self.texts.split_off(from);
        // Parts of one rendition stand in one component of the list.
        let home = |part: &Part<'e>| {
            let inner = part.place.around.get(depth).copied().unwrap_or(part.content);
            inner.offset
        };
        let best = renditions
            .iter()
            .min_by_key(|part| (part.place.rank, kinds::format_order(part.content)));
        let Some(kept) = best.map(home) else { return };
        let (kept, others): (Vec<_>, Vec<_>) = renditions.into_iter().partition(|part| home(part) == kept);
        let own = kept.first().and_then(|part| part.place.language);
        let theirs = others
            .iter()
            .filter_map(|part| part.place.language)
            .filter(|it| Some(*it) != own);
        self.passed_over.extend(theirs);
        self.texts.extend(kept);
    }

    /// One story is in one language: texts in others than the first are renditions, whether the item says so or not.
    fn keep_one_language(&mut self) {
        let Some(own) = self.texts.first().and_then(|part| part.place.language) else {
            return;
        };
        let others = self
            .texts
            .iter()
            .filter_map(|part| part.place.language)
            .filter(|it| !it.eq_ignore_ascii_case(own));
        let others: Vec<&str> = others.collect();
        self.texts
            .retain(|part| part.place.language.is_none_or(|it| it.eq_ignore_ascii_case(own)));
        self.passed_over.extend(others);
        self.passed_over.sort_unstable();
        self.passed_over.dedup();
    }
}

/// The descriptive metadata of a component. One agency misspells their name.
pub(super) fn described(component: &Element) -> impl Iterator<Item = &Element> {
    component
        .elements()
        .filter(|it| it.name.starts_with("DescriptiveMetada"))
}

/// A role in small letters, without what joins its words.
fn plain(role: &str) -> String {
    role.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
