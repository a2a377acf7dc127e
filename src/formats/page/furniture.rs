//! What stands on a page beside its story: told by elements, by words in classes and ids, and by how a line opens.

use super::dom::Node;

/// Elements that hold no text of a story.
#[rustfmt::skip]
const ELEMENTS: [&str; 31] = [
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "figure", "figcaption", "button",
    "iframe", "svg", "select", "textarea", "input", "label", "object", "embed", "video", "audio", "picture", "canvas",
    "dialog", "menu", "math", "head", "title", "map", "del", "ins-ad",
];

/// Roles of elements that hold none.
const ROLES: [&str; 8] = [
    "navigation",
    "complementary",
    "banner",
    "contentinfo",
    "dialog",
    "search",
    "alert",
    "toolbar",
];

/// Words in classes and ids of furniture. A class is cut into words at everything that is no letter.
#[rustfmt::skip]
const WORDS: [&str; 66] = [
    "share", "sharing", "sharer", "social", "sosmed", "related", "terkait", "recommend", "recommended", "recommendations",
    "comment", "comments", "komentar", "disqus", "newsletter", "subscribe", "subscription", "signup", "promo", "advert",
    "advertisement", "ads", "ad", "adv", "iklan", "banner", "sponsor", "sponsored", "cookie", "consent", "gdpr",
    "breadcrumb", "breadcrumbs", "caption", "tags", "tagcloud", "byline", "toolbar", "sidebar", "widget", "popular",
    "terpopuler", "trending", "outbrain", "taboola", "bacajuga", "linksisip", "lihatjg", "inbetween", "paywall", "sr",
    "offscreen", "hidden", "pagination", "paging", "navigation", "nav", "menu", "footer", "masthead", "login",
    "readmore", "jp", "infobox", "toc", "skip",
];

/// Pairs of words that are furniture only together.
#[rustfmt::skip]
const PAIRS: [(&str, &str); 14] = [
    ("baca", "juga"), ("read", "more"), ("see", "also"), ("more", "stories"), ("most", "read"), ("author", "bio"),
    ("author", "box"), ("about", "author"), ("post", "meta"), ("entry", "meta"), ("article", "meta"), ("tag", "list"),
    ("screen", "reader"), ("visually", "hidden"),
];

/// How a line opens that leads to another story, in lower case.
#[rustfmt::skip]
const OPENINGS: [&str; 40] = [
    "baca juga", "baca selengkapnya", "baca:", "lihat juga", "simak juga", "simak video", "simak selengkapnya",
    "saksikan video", "tonton juga", "pilihan editor", "artikel ini telah tayang", "read more:", "read also", "also read",
    "read next", "related:", "see also:", "more on this", "more from", "recommended:", "watch:", "sign up for", "subscribe to",
    "follow us on", "click here to", "download our app", "leia também", "leia mais:", "lee también", "lea también",
    "te puede interesar", "lire aussi", "à lire aussi", "lesen sie auch", "mehr zum thema", "leggi anche", "lees ook",
    "читайте также", "اقرأ أيضا", "関連記事",
];

/// Whole lines that are no text, in lower case.
#[rustfmt::skip]
const LINES: [&str; 38] = [
    "advertisement", "advertisements", "scroll to continue with content", "scroll to continue reading", "iklan",
    "anzeige", "publicidad", "publicidade", "publicité", "реклама", "إعلان", "広告", "pr", "share", "share this",
    "share this article", "bagikan", "print", "tweet", "copy link", "save", "comments", "loading...", "loading…",
    "continue reading", "story continues below advertisement", "article continues after advertisement",
    "continue reading the main story", "skip to content", "skip advertisement", "add as preferred source", "listen",
    "facebook", "twitter", "whatsapp", "telegram", "email", "photo", ];

/// Whether an element is furniture by what it is.
pub(super) fn is_furniture(node: &Node) -> bool {
    let role = node.attribute("role").unwrap_or_default().to_ascii_lowercase();
    let style = node
        .attribute("style")
        .unwrap_or_default()
        .replace(' ', "")
        .to_ascii_lowercase();
    ELEMENTS.contains(&node.name.as_str())
        || (node.name.starts_with("amp-") && node.name != "amp-accordion")
        || ROLES.contains(&role.as_str())
        || node.has("hidden")
        || node.attribute("aria-hidden") == Some("true")
        || style.contains("display:none")
}

/// Whether an element is furniture by the words of its class or id. Systems hang such words on wrappers of whole stories too, so
/// the caller asks how much of the page is in it.
pub(super) fn is_named_so(node: &Node) -> bool {
    let values = [
        node.attribute("class"),
        node.attribute("id"),
        node.attribute("data-component"),
    ];
    values
        .into_iter()
        .flatten()
        .flat_map(str::split_whitespace)
        .any(|name| {
            let words = words(name);
            let has = |word: &str| words.iter().any(|own| own == word);
            // `has-…`, `no-…`, `with-…` tell of a layout.
            let layout = words
                .first()
                .is_some_and(|first| matches!(first.as_str(), "has" | "no" | "with" | "is" | "theme" | "wp"));
            let captions = layout && has("caption");
            captions
                || (!layout
                    && (WORDS.iter().any(|word| has(word)) || PAIRS.iter().any(|(one, two)| has(one) && has(two))))
        })
}

/// The words of a class in lower case: cut at what is no letter, and where a capital follows a small letter.
fn words(name: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![String::new()];
    let mut small = false;
    for c in name.chars() {
        if !c.is_alphabetic() || (small && c.is_uppercase()) {
            out.push(String::new());
        }
        if c.is_alphabetic()
            && let Some(last) = out.last_mut()
        {
            last.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    out.retain(|word| !word.is_empty());
    out
}

/// Whether a line is furniture by what it says. `linked` is the share of it that is links, in hundredths.
pub(super) fn is_line(line: &str, linked: usize) -> bool {
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '…');
    let opens = OPENINGS.iter().any(|opening| bare.starts_with(opening));
    // A sentence may open so too; a lead to another story is short or a link.
    let leads = opens && (linked > 20 || line.chars().count() < 160);
    LINES.contains(&bare) || lower.starts_with("[gambas:") || leads || (linked >= 90 && line.chars().count() < 300)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(class: &str) -> Node {
        Node {
            name: "div".into(),
            attributes: vec![("class".into(), class.into())],
            text: String::new(),
            parent: 0,
            end: 1,
        }
    }

    #[test]
    fn classes_are_read_by_their_words() {
        for class in [
            "share-bar",
            "articleRelated",
            "td_ads_box",
            "baca-juga",
            "post-meta",
            "c-newsletter__box",
        ] {
            assert!(is_named_so(&node(class)), "{class}");
        }
        for class in [
            "article-body",
            "has-sidebar",
            "shared-content",
            "reading-time",
            "adsorption",
            "readable",
        ] {
            assert!(!is_named_so(&node(class)), "{class}");
        }
    }

    #[test]
    fn lines_that_lead_elsewhere_are_told() {
        assert!(is_line("Baca juga: Harga ikan naik", 70));
        assert!(is_line("ADVERTISEMENT", 0));
        assert!(!is_line("Share prices fell on Monday, traders said.", 0));
    }
}
