//! What the head of a page tells, and the marks of systems without a vocabulary: meta tags, links, times, bylines, headings.

use super::dom::{Dom, Node};
use super::schema::host;
use super::told::Told;
use crate::formats::dates::{self, Order};
use crate::formats::html::plain_line;
use crate::story::{AltId, InfoSource};

/// Names of meta tags by what they hold, the best first.
#[rustfmt::skip]
mod names {
    pub(super) const HEADLINE: [&str; 7] = ["og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline"];
    pub(super) const PUBLISHED: [&str; 22] = [
        "article:published_time", "og:article:published_time", "article:published", "parsely-pub-date", "sailthru.date",
        "datepublished", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date",
        "dcterms.date", "publishdate", "publish-date", "publish_date", "pubdate", "published", "published_time",
        "publication_date", "cxenseparse:recs:publishtime", "content_publisheddate", "date",
    ];
    pub(super) const MODIFIED: [&str; 10] = [
        "article:modified_time", "og:updated_time", "article:modified", "datemodified", "dcterms.modified",
        "dc.date.modified", "lastmod", "last-modified", "content_lastmodified", "revised",
    ];
    pub(super) const AUTHOR: [&str; 11] = [
        "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
        "dcterms.creator", "byl", "content_author", "cxenseparse:author", "twitter:data1",
    ];
    pub(super) const SITE: [&str; 5] = ["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"];
    pub(super) const SOURCE: [&str; 5] = ["source", "dc.source", "content_source", "original-source", "syndication-source"];
    pub(super) const SUBJECT: [&str; 14] = [
        "article:section", "article:tag", "og:article:tag", "news_keywords", "keywords", "parsely-section",
        "parsely-tags", "sailthru.tags", "dc.subject", "dcterms.subject", "content_category", "content_tags",
        "section", "cxenseparse:kategori",
    ];
    pub(super) const ID: [&str; 5] = ["articleid", "content_id", "parsely-post-id", "article:id", "cxenseparse:articleid"];
    pub(super) const RIGHTS: [&str; 4] = ["copyright", "dc.rights", "dcterms.rights", "rights"];
}

/// The meta tags of a page.
#[derive(Debug, Default)]
pub(super) struct Metas(Vec<(String, String)>);

impl Metas {
    /// Reads them.
    pub(super) fn of(dom: &Dom) -> Self {
        let metas = dom.elements().filter(|(_, node)| node.name == "meta");
        let named = metas.filter_map(|(_, node)| {
            let keys = ["property", "name", "itemprop", "http-equiv"];
            let key = keys.iter().find_map(|key| node.attribute(key))?;
            Some((key.to_ascii_lowercase(), plain_line(node.attribute("content")?)))
        });
        Self(named.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The first value of a name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.get(name)).map(str::to_owned)
    }

    /// Every value of these names.
    fn all<'m>(&'m self, names: &'m [&str]) -> impl Iterator<Item = &'m str> {
        names
            .iter()
            .flat_map(|name| self.0.iter().filter(move |(own, _)| own == name))
            .map(|(_, value)| value.as_str())
    }

    /// The first of these names whose value is a date.
    fn date(&self, names: &[&str]) -> Option<String> {
        let is_date = |value: &&str| dates::read(value, Order::DayFirst).is_some();
        self.all(names).find(is_date).map(str::to_owned)
    }
}

/// Reads what is told outside of schema.org.
pub(super) fn read(dom: &Dom, metas: &Metas) -> Told {
    let mut told = Told {
        published: metas.date(&names::PUBLISHED),
        modified: metas.date(&names::MODIFIED),
        language: language(dom, metas),
        url: address(dom, metas),
        copyright_notice: metas.first(&names::RIGHTS),
        summary: metas.first(&["og:description", "description"]),
        ..Told::default()
    };
    let mut authors: Vec<&str> = Vec::new();
    for name in &names::AUTHOR {
        let found = metas
            .all(std::slice::from_ref(name))
            .filter(|author| is_name(author))
            .collect::<Vec<_>>();
        if !found.is_empty() {
            authors = found;
            break;
        }
    }
    authors.dedup();
    told.by = (!authors.is_empty())
        .then(|| authors.join(", "))
        .or_else(|| byline(dom));
    let site = metas.first(&names::SITE).filter(|site| is_name(site));
    let from_url = || told.url.as_deref().and_then(host).map(str::to_owned);
    told.publisher = site.or_else(from_url).map(|name| InfoSource {
        name,
        role: Some("publisher".into()),
        uri: None,
    });
    for source in metas.all(&names::SOURCE) {
        let name = if source.contains("://") {
            host(source)
        } else {
            Some(source)
        };
        told.sources.extend(name.map(|name| InfoSource {
            name: name.to_owned(),
            role: None,
            uri: source.contains("://").then(|| source.to_owned()),
        }));
    }
    for subjects in metas.all(&names::SUBJECT) {
        subjects
            .split([',', ';', '|'])
            .for_each(|subject| told.add_subject(subject.trim()));
    }
    told.ids = metas
        .all(&names::ID)
        .map(|value| AltId {
            role: "id".into(),
            value: value.to_owned(),
        })
        .collect();
    times(dom, &mut told);
    told
}

/// The headline of a page without one in its data: its heading, else its title, without the site's name.
pub(super) fn headline(dom: &Dom, metas: &Metas, site: Option<&str>) -> Option<String> {
    let headings: Vec<usize> = dom
        .elements()
        .filter(|(_, node)| node.name == "h1")
        .map(|(at, _)| at)
        .collect();
    let marked = headings.iter().find(|at| {
        let node = &dom.nodes[**at];
        let class = node.attribute("class").unwrap_or_default().to_lowercase();
        let named = ["title", "headline", "judul", "hed"]
            .iter()
            .any(|word| class.contains(word));
        named
            || node.attribute("itemprop") == Some("headline")
            || dom.around(**at).any(|at| dom.nodes[at].name == "article")
    });
    let only = headings.first().filter(|_| headings.len() == 1);
    let heading = marked.or(only).and_then(|at| dom.line(*at));
    let title = dom
        .elements()
        .find(|(_, node)| node.name == "title")
        .and_then(|(at, _)| dom.line(at));
    // A lone heading may be the site's logo: then it is its name.
    let heading = heading.filter(|heading| site.is_none_or(|site| !heading.eq_ignore_ascii_case(site)));
    let meta = metas.first(&names::HEADLINE).map(|title| without_site(&title, site));
    heading
        .or(meta)
        .or_else(|| title.map(|title| without_site(&title, site)))
        .filter(|line| !line.is_empty())
}

/// A title without the name of the site at its end.
fn without_site(title: &str, site: Option<&str>) -> String {
    for joint in [" | ", " - ", " – ", " — ", " :: ", " » ", " / "] {
        if let Some((before, last)) = title.rsplit_once(joint) {
            let is_site = site.is_some_and(|site| {
                let (site, last) = (site.to_lowercase(), last.trim().to_lowercase());
                last == site || site.starts_with(&last) || last.starts_with(&site)
            });
            if is_site {
                return before.trim().to_owned();
            }
        }
    }
    title.to_owned()
}

/// Whether a value is a name, and no address or account.
fn is_name(value: &str) -> bool {
    !value.contains("://")
        && !value.starts_with(['@', '#'])
        && value.chars().any(char::is_alphabetic)
        && value.len() < 200
}

fn language(dom: &Dom, metas: &Metas) -> Option<String> {
    let html = dom
        .elements()
        .find(|(_, node)| node.name == "html")
        .map(|(_, node)| node);
    let tagged = html.and_then(|node| node.attribute("lang").or_else(|| node.attribute("xml:lang")));
    let told = [
        "og:locale",
        "content-language",
        "dc.language",
        "dcterms.language",
        "language",
    ];
    tagged.map(str::to_owned).or_else(|| metas.first(&told))
}

/// The address that the page says is its own: the canonical one, else that of Open Graph.
fn address(dom: &Dom, metas: &Metas) -> Option<String> {
    let canonical = dom
        .elements()
        .find(|(_, node)| node.name == "link" && node.has_word("rel", "canonical"));
    let canonical = canonical
        .and_then(|(_, node)| node.attribute("href"))
        .map(str::to_owned);
    let open_graph = metas.first(&["og:url", "parsely-link", "twitter:url"]);
    let is_whole = |url: &String| url.contains("://") && !is_root(url);
    match (canonical, open_graph) {
        (Some(canonical), Some(other)) if !is_whole(&canonical) && is_whole(&other) => Some(other),
        (canonical, other) => canonical.or(other),
    }
}

/// Whether an address is that of a site's front page.
pub(super) fn is_root(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    matches!(
        path.trim_end_matches('/'),
        "" | "index.html" | "index.htm" | "index.php" | "home"
    )
}

/// The name in an element that a page marks as the author's.
fn byline(dom: &Dom) -> Option<String> {
    let marked = |node: &Node| {
        let class = node.attribute("class").unwrap_or_default().to_lowercase();
        node.has_word("rel", "author")
            || class
                .split([' ', '_', '-'])
                .any(|word| matches!(word, "byline" | "author" | "penulis" | "autor"))
    };
    let found = dom
        .elements()
        .filter(|(_, node)| marked(node))
        .filter_map(|(at, _)| dom.line(at));
    found
        .into_iter()
        .find(|line| line.chars().count() < 120 && is_name(line))
}

/// The times that a page shows: of its publication and its last change.
fn times(dom: &Dom, told: &mut Told) {
    let mut shown: Option<String> = None;
    for (at, node) in dom.elements() {
        let class = node.attribute("class").unwrap_or_default().to_lowercase();
        let mut words = class.split([' ', '_', '-']);
        let dated = words.any(|word| {
            matches!(
                word,
                "date" | "time" | "timestamp" | "published" | "tanggal" | "pubdate" | "datetime"
            )
        });
        if node.name != "time" && !dated {
            continue;
        }
        let written = node.attribute("datetime").map(str::to_owned).or_else(|| {
            let line = if node.end - at < 12 { dom.line(at) } else { None };
            line.filter(|line| line.len() < 120)
        });
        let Some(written) = written.filter(|written| dates::read(written, Order::DayFirst).is_some()) else {
            continue;
        };
        let updated = ["updated", "modified"].iter().any(|word| class.contains(word));
        if updated || node.attribute("itemprop") == Some("dateModified") {
            told.modified.get_or_insert(written);
        } else {
            shown.get_or_insert(written);
        }
    }
    if told.published.is_none() {
        told.published = shown;
    }
}
