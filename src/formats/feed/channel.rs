//! What a feed says of all its entries.

use super::markup::line;
use crate::formats::terms::language_tag;
use crate::formats::xml::Element;

/// A feed's own words.
#[derive(Debug, Default)]
pub(super) struct Channel {
    /// Its title: who publishes it.
    pub(super) title: Option<String>,
    /// Its page.
    pub(super) link: Option<String>,
    /// Its language, BCP 47.
    pub(super) language: Option<String>,
    /// Its rights notice.
    pub(super) rights: Option<String>,
    /// Its author, whom entries without one inherit in Atom.
    pub(super) author: Option<String>,
    /// Whether `WordPress` made it: bodies may hold its shortcodes.
    pub(super) wordpress: bool,
    /// Whether it is an export of `WordPress`, whose bodies part paragraphs by blank lines.
    pub(super) export: bool,
    /// Authors' display names by their login names, in exports of `WordPress`.
    pub(super) names: Vec<(String, String)>,
}

impl Channel {
    /// Reads the head of a feed.
    pub(super) fn of(root: &Element) -> Self {
        let head = if root.name == "channel" {
            root
        } else {
            root.child("channel").unwrap_or(root)
        };
        let own = |name: &str| {
            head.elements()
                .find(|element| element.name == name && element.prefix == head.prefix)
        };
        let any = |name: &str| own(name).or_else(|| head.child(name));
        let language = any("language").and_then(line).or_else(|| {
            let tagged = [head, root].into_iter().find_map(|element| element.attribute("lang"));
            tagged.map(str::to_owned)
        });
        let generator = any("generator").and_then(line).unwrap_or_default().to_lowercase();
        let export = head.child("wxr_version").is_some();
        Self {
            title: any("title").and_then(line),
            link: page(head),
            language: language.and_then(|language| language_tag(&language)),
            rights: ["copyright", "rights"].iter().find_map(|name| any(name)).and_then(line),
            author: own("author").and_then(|author| author.child("name")).and_then(line),
            wordpress: export || generator.contains("wordpress"),
            export,
            names: logins(head),
        }
    }
}

/// The address of the page that an element of a feed stands for.
pub(super) fn page(element: &Element) -> Option<String> {
    let original = element.all("origLink").find_map(line);
    let alternate = element.all("link").find_map(|link| {
        let wanted = matches!(link.attribute("rel"), None | Some("alternate"));
        link.attribute("href").filter(|_| wanted).map(str::to_owned)
    });
    let text = || element.all("link").find_map(line);
    original.or_else(text).or(alternate)
}

fn logins(head: &Element) -> Vec<(String, String)> {
    let authors = head.all("author").filter(|author| author.prefix == "wp");
    let named = authors.filter_map(|author| {
        let login = author.child("author_login").and_then(line)?;
        let first = author.child("author_first_name").and_then(line);
        let last = author.child("author_last_name").and_then(line);
        let full = [first, last].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let shown = author
            .child("author_display_name")
            .and_then(line)
            .filter(|shown| *shown != login);
        Some((login, shown.unwrap_or(full))).filter(|(_, name)| !name.is_empty())
    });
    named.collect()
}
