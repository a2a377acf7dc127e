//! The components of an item → the texts among them, by role and by kind of content.

use super::super::xml::Element;

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

/// A content item that holds text, and the components around it from the outermost on.
#[derive(Debug, Clone)]
pub(super) struct Part<'e> {
    pub(super) around: Vec<&'e Element>,
    pub(super) content: &'e Element,
    pub(super) rank: Rank,
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
    /// Other renditions of the text, which were passed over: their languages.
    pub(super) passed_over: Vec<&'e str>,
}

impl<'e> Parts<'e> {
    /// The parts of an item, nearest texts only.
    pub(super) fn of(item: &'e Element) -> Self {
        let mut parts = Self::default();
        for component in item.all("NewsComponent") {
            parts.walk(component, &[], Rank::Untold);
        }
        if let Some(best) = parts.texts.iter().map(|part| part.rank).min() {
            parts.texts.retain(|part| part.rank == best);
        }
        parts.keep_one_language();
        parts
    }

    fn walk(&mut self, component: &'e Element, outer: &[&'e Element], outer_rank: Rank) {
        let roles = component.all("Role").filter_map(|role| role.attribute("FormalName"));
        let roles: Vec<String> = roles.map(plain).collect();
        let is = |list: &[&str]| roles.iter().any(|role| list.contains(&role.as_str()));
        let rank = if is(&BESIDE) || outer_rank == Rank::Beside {
            Rank::Beside
        } else if is(&STORY) || outer_rank == Rank::Main {
            Rank::Main
        } else {
            Rank::Untold
        };
        let around: Vec<&Element> = outer.iter().copied().chain([component]).collect();
        let told_apart = is(&NOT_STORY);
        let before = self.texts.len();
        for part in component.elements() {
            match part.name.as_str() {
                "ContentItem" => self.content(part, &around, rank, told_apart),
                // A picture's role says that all in it is the picture's.
                "NewsComponent" if !told_apart => self.walk(part, &around, rank),
                "NewsComponent" => {
                    let medium = part.all("ContentItem").find_map(medium);
                    self.note_medium(medium, rank, around.len() + 1);
                }
                // An item may stand in another whole.
                "NewsItem" => part
                    .all("NewsComponent")
                    .for_each(|inner| self.walk(inner, &around, rank)),
                _ => {}
            }
        }
        let is_choice = component.attribute("EquivalentsList") == Some("yes");
        if is_choice && self.texts.len() > before + 1 {
            self.choose(before, around.len());
        }
    }

    fn content(&mut self, content: &'e Element, around: &[&'e Element], rank: Rank, told_apart: bool) {
        if let Some(what) = medium(content) {
            self.note_medium(Some(what), rank, around.len());
            return;
        }
        let Some(data) = data_of(content) else {
            self.elsewhere.extend(content.attribute("Href").filter(|_| !told_apart));
            return;
        };
        if told_apart || !is_text(content) {
            return;
        }
        if let Some(name) = foreign_markup(data) {
            self.data.get_or_insert(name);
            return;
        }
        if data.text().is_some() {
            self.texts.push(Part {
                around: around.to_vec(),
                content,
                rank,
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
            let inner = part.around.get(depth).copied().unwrap_or(part.content);
            inner.offset
        };
        let best = renditions
            .iter()
            .min_by_key(|part| (part.rank, format_order(part.content)));
        let Some(kept) = best.map(home) else { return };
        let (kept, others): (Vec<_>, Vec<_>) = renditions.into_iter().partition(|part| home(part) == kept);
        let own = kept.first().and_then(|part| language(part));
        let theirs = others.iter().filter_map(language).filter(|it| Some(*it) != own);
        self.passed_over.extend(theirs);
        self.texts.extend(kept);
    }

    /// One story is in one language: texts in others than the first are renditions, whether the item says so or not.
    fn keep_one_language(&mut self) {
        let Some(own) = self.texts.first().and_then(language) else {
            return;
        };
        let others = self
            .texts
            .iter()
            .filter_map(language)
            .filter(|it| !it.eq_ignore_ascii_case(own));
        let others: Vec<&str> = others.collect();
        self.texts
            .retain(|part| language(part).is_none_or(|it| it.eq_ignore_ascii_case(own)));
        self.passed_over.extend(others);
        self.passed_over.sort_unstable();
        self.passed_over.dedup();
    }
}

/// The language that is told nearest to a text.
pub(super) fn language<'e>(part: &Part<'e>) -> Option<&'e str> {
    let told = |component: &&'e Element| {
        let told = described(component).find_map(|it| it.child("Language")?.attribute("FormalName"));
        told.or_else(|| component.attribute("lang"))
    };
    let own = part.content.attribute("lang");
    own.or_else(|| part.around.iter().rev().find_map(told))
}

/// The descriptive metadata of a component. One agency misspells their name.
pub(super) fn described(component: &Element) -> impl Iterator<Item = &Element> {
    component
        .elements()
        .filter(|it| it.name.starts_with("DescriptiveMetada"))
}

/// The element that holds the data of a content item, if they are in the file. Some systems leave out the element around them.
pub(super) fn data_of(content: &Element) -> Option<&Element> {
    let packed = || content.descendant("Encoding").and_then(|it| it.child("DataContent"));
    let bare = || Some(content).filter(|it| it.child("p").is_some() || it.child("nitf").is_some());
    content.child("DataContent").or_else(packed).or_else(bare)
}

fn named<'e>(content: &'e Element, name: &str) -> Option<&'e str> {
    content.child(name).and_then(|it| it.attribute("FormalName"))
}

/// What a content item is, where it is no text by its medium, its MIME type or its format.
fn medium(content: &Element) -> Option<&'static str> {
    let told = ["MediaType", "MimeType", "Format"].iter();
    told.filter_map(|name| named(content, name)).find_map(|name| {
        let name = name.to_ascii_lowercase();
        let is = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
        Some(
            if is(&["photo", "picture", "image", "jpeg", "jpg", "gif", "tiff", "png"]) {
                "a picture"
            } else if is(&["graphic", "animat"]) {
                "a graphic"
            } else if is(&["video", "mpeg", "film"]) {
                "a video"
            } else if is(&["audio", "sound", "radio"]) {
                "an audio piece"
            } else {
                return None;
            },
        )
    })
}

/// Whether a content item is text: so it says, or it says nothing.
fn is_text(content: &Element) -> bool {
    let mime = named(content, "MimeType").unwrap_or("text/plain").to_ascii_lowercase();
    let prose = mime.starts_with("text/") || ["html", "xml", "nitf"].iter().any(|word| mime.contains(word));
    let other = ["css", "calendar", "vcard", "javascript"]
        .iter()
        .any(|word| mime.contains(word));
    let sheet = named(content, "Format").is_some_and(|it| it.eq_ignore_ascii_case("css"));
    prose && !other && !sheet
}

/// The name of the markup that data are in, where it is no text's: results of sports, tables of prices, vocabularies.
fn foreign_markup(data: &Element) -> Option<String> {
    let Some(first) = data.elements().next() else {
        // Data may be quoted whole.
        let text = data.text()?;
        let tag = text.strip_prefix('<')?;
        let name: String = tag
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
            .collect();
        return (!name.is_empty() && !is_prose(&name) && !text.contains("<p") && !text.contains("<P")).then_some(name);
    };
    let prose = data.elements().any(|it| is_prose(&it.name)) || data.descendant("p").is_some();
    (!prose).then(|| first.name.clone())
}

fn is_prose(name: &str) -> bool {
    #[rustfmt::skip]
    const PROSE: [&str; 27] = [
        "nitf", "html", "head", "body", "body.content", "div", "p", "section", "article", "pre", "block", "br", "table", "h1",
        "h2", "h3", "h4", "ul", "ol", "b", "i", "em", "strong", "a", "span", "media", "hl2",
    ];
    PROSE.contains(&name.to_ascii_lowercase().as_str())
}

/// The order in which renditions are preferred.
fn format_order(content: &Element) -> u8 {
    let data = data_of(content);
    if data.is_some_and(|data| data.child("nitf").is_some()) {
        0
    } else if data.is_some_and(|data| data.elements().next().is_some()) {
        1
    } else {
        2
    }
}

/// A role in small letters, without what joins its words.
fn plain(role: &str) -> String {
    role.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
