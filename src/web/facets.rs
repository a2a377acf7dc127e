//! The column of facets: what is chosen, the values with their counts as links, and the months.

use maud::{Markup, html};

use super::links::Address;
use crate::search::{Bucket, FacetCounts, SearchRequest};
use crate::story::Facet;
use crate::vocabulary::Vocabulary;

/// What stands above a facet.
fn title(facet: Facet) -> &'static str {
    match facet {
        Facet::Person => "People",
        Facet::Speaker => "Speakers",
        Facet::Country => "Countries",
        Facet::About => "About",
        Facet::Region => "Regions",
        Facet::Source => "Sources",
        Facet::Credit => "Agency credit",
        Facet::Language => "Language",
        Facet::Subject => "Subjects",
        Facet::Status => "Status",
        Facet::Slug => "Slug",
    }
}

/// One facet. Selected values come first by their own mark, and a click takes them away.
pub(super) fn facet(facet: Facet, counts: &FacetCounts, address: &Address, vocabulary: &Vocabulary) -> Markup {
    let anything = !counts.values.is_empty();
    html! {
        @if anything {
            section.facet aria-label=(title(facet)) {
                h2 { (title(facet)) " " small { (counts.distinct) } }
                ul {
                    @for value in &counts.values {
                        li.chosen[value.selected] {
                            a href=(address.toggled(facet, &value.value, vocabulary).href()) aria-current=[value.selected.then_some("true")] {
                                span.label { bdi { (value.label) } }
                                span.count { (value.count) }
                            }
                        }
                    }
                }
                @if counts.other > 0 || counts.missing > 0 {
                    p.rest {
                        @if counts.other > 0 { (counts.other) " with other values" }
                        @if counts.other > 0 && counts.missing > 0 { " · " }
                        @if counts.missing > 0 {
                            a href=(address.with("missing", facet.name()).href()) { (counts.missing) " without any" }
                        }
                    }
                }
            }
        }
    }
}

/// The filters in force, each a link that lifts it.
pub(super) fn chosen(request: &SearchRequest, address: &Address, vocabulary: &Vocabulary) -> Markup {
    let filters = address.pairs.iter().filter(|(name, _)| is_filter(name));
    let any = filters.clone().next().is_some();
    html! {
        @if any {
            ul.filters aria-label="Filters in force" {
                @for (name, value) in filters {
                    li {
                        a href=(lifted(address, name, value)) title="Lift this filter" {
                            (name) ": " bdi { (shown(name, value, request, vocabulary)) } " " span aria-hidden="true" { "×" }
                        }
                    }
                }
                li { a href=(cleared(address)) { "lift all" } }
            }
        }
    }
}

fn is_filter(name: &str) -> bool {
    let facet = name.strip_prefix("exclude.").unwrap_or(name);
    matches!(name, "missing" | "from" | "to") || Facet::named(facet).is_some()
}

/// The label of a chosen value: codes become names.
fn shown(name: &str, value: &str, request: &SearchRequest, vocabulary: &Vocabulary) -> String {
    match Facet::named(name.strip_prefix("exclude.").unwrap_or(name)) {
        Some(facet) => match vocabulary.resolve(facet, value).as_slice() {
            [only] => vocabulary.label(facet, only, &request.lang),
            _ => value.to_owned(),
        },
        None => value.to_owned(),
    }
}

fn lifted(address: &Address, name: &str, value: &str) -> String {
    let mut next = address.without("cursor");
    next.pairs.retain(|(other, typed)| other != name || typed != value);
    next.href()
}

fn cleared(address: &Address) -> String {
    let mut next = address.without("cursor");
    next.pairs.retain(|(name, _)| !is_filter(name));
    next.href()
}

/// The months as bars; each is a link that narrows to it. `title` says what is counted.
pub(super) fn histogram(bars: &[Bucket], title: &str, address: &Address) -> Markup {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let last = bars.len().saturating_sub(1);
    html! {
        @if bars.len() > 1 {
            section.months aria-label=(title) {
                svg viewBox={ "0 0 " (bars.len() * 10) " 40" } preserveAspectRatio="none" role="img" aria-label=(title) {
                    @for (at, bar) in bars.iter().enumerate() {
                        @let height = (bar.count * 38).div_ceil(most);
                        a href=(address.with("from", month(bar)).with("to", month(bar)).href()) {
                            title { (month(bar)) ": " (bar.count) }
                            rect.hit x=(at * 10) y="0" width="10" height="40" {}
                            rect.bar x=(at * 10 + 1) y=(40 - height) width="8" height=(height) {}
                        }
                    }
                }
                p.axis { span { (month(&bars[0])) } span { (month(&bars[last])) } }
            }
        }
    }
}

fn month(bar: &Bucket) -> &str {
    bar.start.get(..7).unwrap_or(&bar.start)
}
