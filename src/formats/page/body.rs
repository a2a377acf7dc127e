//! Where the text of a story stands on its page, and its paragraphs.
//!
//! An element that is marked as the body counts first; else the class names of big systems; else the element with the most text in
//! paragraphs of its own, its links taken off, and the `article` around it.

use super::dom::{Dom, Node};
use super::furniture;
use crate::formats::html::{BLOCKS, Text};

/// Class names and ids by which systems mark a story's text.
#[rustfmt::skip]
const BODIES: [&str; 37] = [
    "article-body", "article__body", "articlebody", "article_body", "article-body__content", "article-content",
    "article__content", "article-text", "article__text", "story-body", "story__body", "story-content", "storytext",
    "entry-content", "post-content", "post-body", "post__content", "content-body", "body-content", "detail__body-text",
    "detail_text", "itp_bodycontent", "read__content", "txt-article", "field--name-body", "field-name-body", "td-post-content",
    "wysiwyg", "c-entry-content", "rich-text", "main-text", "news-text", "artikel-inhalt", "isi-berita", "news-detail-content",
    "arti-content", "detail-text",
];

/// A paragraph shorter than this says nothing of where the text is.
const MIN_PARAGRAPH: usize = 40;

/// A marked body with less text than this is looked for elsewhere too.
const MIN_BODY: usize = 120;

/// The text of the page's story.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Its paragraphs.
    pub(super) paragraphs: Vec<String>,
    /// Whether the page marks it as a body.
    pub(super) marked: bool,
}

impl Body {
    /// How many letters it has.
    pub(super) fn letters(&self) -> usize {
        self.paragraphs.iter().map(|paragraph| paragraph.chars().count()).sum()
    }
}

/// Finds the body.
pub(super) fn find(dom: &Dom) -> Body {
    let weights = weights(dom);
    let is_body = |node: &Node| {
        node.has_word("itemprop", "articleBody")
            || node.has_word("property", "articleBody")
            || node.has_word("property", "schema:articleBody")
    };
    let marked: Vec<usize> = dom
        .elements()
        .filter(|(_, node)| is_body(node) && node.name != "meta")
        .map(|(at, _)| at)
        .collect();
    let mut whole = Body {
        marked: true,
        ..Body::default()
    };
    let mut behind = 0;
    for at in marked {
        // One inside another is read with it.
        if at >= behind {
            whole.paragraphs.extend(paragraphs(dom, at, &weights));
            behind = dom.nodes[at].end;
        }
    }
    if whole.letters() >= MIN_BODY {
        return whole;
    }
    let named = dom.elements().filter(|(_, node)| is_named_body(node)).map(|(at, _)| at);
    let by_name = named.max_by_key(|at| (weights[*at], std::cmp::Reverse(*at)));
    let named = by_name.map(|at| Body {
        paragraphs: paragraphs(dom, at, &weights),
        marked: true,
    });
    if let Some(named) = named.filter(|named| named.letters() >= MIN_BODY) {
        return named;
    }
    // A piece of a page may be too short to tell: all of it is taken.
    let body = || dom.elements().find(|(_, node)| node.name == "body").map(|(at, _)| at);
    let dense = densest(dom, &weights).or_else(body).map(|at| {
        let article = dom.around(at).find(|at| dom.nodes[*at].name == "article");
        let root = article
            .filter(|article| weights[*article] < weights[at] * 3)
            .unwrap_or(at);
        Body {
            paragraphs: paragraphs(dom, root, &weights),
            marked: article.is_some(),
        }
    });
    let dense = dense.unwrap_or_default();
    if dense.letters() > whole.letters() {
        dense
    } else {
        whole
    }
}

fn is_named_body(node: &Node) -> bool {
    let values = [node.attribute("class"), node.attribute("id")];
    let mut names = values.into_iter().flatten().flat_map(str::split_whitespace);
    names.any(|name| BODIES.contains(&name.to_ascii_lowercase().as_str()))
}

/// The letters in every node that are no link's and no furniture's.
fn weights(dom: &Dom) -> Vec<usize> {
    let mut weights = vec![0_usize; dom.nodes.len()];
    let mut at = 1;
    while at < dom.nodes.len() {
        let node = &dom.nodes[at];
        if node.is_text() {
            let letters = node
                .text
                .split_whitespace()
                .map(|word| word.chars().count() + 1)
                .sum::<usize>();
            weights[at] = letters;
        } else if node.name == "a" || furniture::is_furniture(node) {
            at = node.end;
            continue;
        }
        at += 1;
    }
    // Children stand behind their parents: one pass from the end adds them up.
    for at in (1..dom.nodes.len()).rev() {
        let own = weights[at];
        weights[dom.nodes[at].parent] += own;
    }
    weights
}

/// The element with the most text in paragraphs of its own; of their parents' parents half counts.
fn densest(dom: &Dom, weights: &[usize]) -> Option<usize> {
    let mut scores = vec![0_usize; dom.nodes.len()];
    let mut at = 1;
    while at < dom.nodes.len() {
        let node = &dom.nodes[at];
        if furniture::is_furniture(node) || (furniture::is_named_so(node) && !is_most(dom, at, 0, weights)) {
            at = node.end;
            continue;
        }
        // Text straight in an element is its paragraph, as in pages that part paragraphs by `br`.
        let inline = |at: &usize| INLINE.contains(&dom.nodes[*at].name.as_str());
        let parent = dom.around(at).find(|at| !inline(at)).unwrap_or(0);
        let score = weights[at];
        let is_bare = node.is_text() && !PARAGRAPHS.contains(&dom.nodes[parent].name.as_str());
        if (node.name == "p" || is_bare) && score >= MIN_PARAGRAPH {
            scores[parent] += score;
            scores[dom.nodes[parent].parent] += score / 2;
        }
        at += 1;
    }
    let best = (1..scores.len()).max_by_key(|at| (scores[*at], *at))?;
    (scores[best] > 0).then_some(best)
}

/// Elements whose text belongs to the paragraph around them.
#[rustfmt::skip]
const INLINE: [&str; 9] = ["b", "i", "em", "strong", "span", "font", "small", "u", "q"];

/// Elements whose text is theirs, and tells nothing of the element around them unless they are paragraphs.
const PARAGRAPHS: [&str; 6] = ["p", "a", "h1", "h2", "h3", "li"];

/// Whether more than half of the text under `root` is in a node.
fn is_most(dom: &Dom, at: usize, root: usize, weights: &[usize]) -> bool {
    at < dom.nodes.len() && weights[at] * 2 > weights[root]
}

/// The paragraphs in an element, without furniture.
fn paragraphs(dom: &Dom, root: usize, weights: &[usize]) -> Vec<String> {
    let mut run = Run::default();
    let end = dom.nodes[root].end;
    // The elements that are open: where they end, and what ends with them.
    let mut open: Vec<(usize, bool, bool, bool)> = Vec::new();
    let mut at = root + 1;
    while at <= end {
        while let Some((_, block, inline, link)) = open.pop_if(|(end, ..)| *end <= at) {
            run.close(block, inline, link);
        }
        let Some(node) = dom.nodes.get(at).filter(|_| at < end) else {
            break;
        };
        let named = furniture::is_named_so(node) && !is_most(dom, at, root, weights);
        let heading = node.name == "h1" || node.has_word("itemprop", "headline");
        if furniture::is_furniture(node) || named || heading {
            run.text.pass_inline(true);
            at = node.end;
            if BLOCKS.contains(&node.name.as_str()) {
                run.end();
            }
            continue;
        }
        if node.is_text() {
            run.push(&node.text);
        } else {
            let name = node.name.as_str();
            let block = BLOCKS.contains(&name);
            let inline = matches!(name, "span" | "a" | "b" | "strong" | "em");
            let link = name == "a";
            run.open(name, block, inline, link);
            open.push((node.end, block, inline, link));
        }
        at += 1;
    }
    run.end();
    run.done
}

/// Paragraphs as they grow, with the letters that are links'.
#[derive(Default)]
struct Run {
    done: Vec<String>,
    text: Text,
    links: usize,
    linked: usize,
    letters: usize,
}

impl Run {
    fn open(&mut self, name: &str, block: bool, inline: bool, link: bool) {
        if block {
            self.end();
        }
        if inline {
            self.text.pass_inline(false);
        }
        if matches!(name, "td" | "th") {
            self.text.start_cell();
        }
        self.links += usize::from(link);
    }

    fn close(&mut self, block: bool, inline: bool, link: bool) {
        if block {
            self.end();
        }
        if inline {
            self.text.pass_inline(true);
        }
        self.links -= usize::from(link);
    }

    fn push(&mut self, text: &str) {
        let letters = text.chars().filter(|c| !c.is_whitespace()).count();
        self.letters += letters;
        if self.links > 0 {
            self.linked += letters;
        }
        self.text.push_str(text);
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text).finish();
        let share = self.linked * 100 / self.letters.max(1);
        if !text.is_empty() && !furniture::is_line(&text, share) {
            self.done.push(text);
        }
        (self.linked, self.letters) = (0, 0);
    }
}
