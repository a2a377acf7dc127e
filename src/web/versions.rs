//! The versions of a story as a list, and the badge of what a filing says of itself.

use maud::{Markup, html};

use super::links::diff_href;
use super::results::moment;
use crate::search::{Version, Versions};
use crate::story::{Take, TakeKind};

/// `UPDATE 2`, `CORRECTED`: a correction and what takes a story away stand out.
pub(super) fn badge(take: Option<&Take>) -> Markup {
    let take = take.filter(|take| !take.label.trim().is_empty());
    html! {
        @if let Some(take) = take {
            span.take.striking[is_striking(take.kind)] { bdi { (take.label) } }
        }
    }
}

fn is_striking(kind: TakeKind) -> bool {
    kind == TakeKind::Correction || kind.hides()
}

/// The versions, each with a link to what changed in it. Nothing where there is but one.
pub(super) fn versions(listed: &Versions) -> Markup {
    let versions = &listed.versions;
    html! {
        @if versions.len() > 1 {
            section.versions lang="en" aria-labelledby="versions" {
                h2 #versions { "Versions" }
                ol { @for (at, version) in versions.iter().enumerate() { (entry(&listed.uri, version, before(&versions[..at]))) } }
            }
        }
    }
}

/// The last version with text before another.
fn before(earlier: &[Version]) -> Option<&Version> {
    earlier.iter().rfind(|version| is_comparable(version))
}

/// Whether a version has text to compare.
pub(super) fn is_comparable(version: &Version) -> bool {
    let is_note = version
        .take
        .as_ref()
        .is_some_and(|take| take.kind == TakeKind::Advisory);
    version.status == "usable" && !is_note
}

fn entry(uri: &str, version: &Version, before: Option<&Version>) -> Markup {
    let compared = before.filter(|_| is_comparable(version));
    html! {
        li {
            span.number { (version.number) }
            div {
                p.headline dir="auto" {
                    (badge(version.take.as_ref()))
                    @if version.headline.is_empty() { span.faint { (absent(version)) } } @else { (version.headline) }
                }
                p.faint {
                    (facts(version))
                    @if version.current { " · " strong { "shown" } }
                    @if let Some(before) = compared {
                        " · " a href=(diff_href(uri, before.number, version.number)) { "what changed from " (before.number) }
                    }
                }
            }
        }
    }
}

/// What stands for a headline.
fn absent(version: &Version) -> &'static str {
    if version.status == "canceled" {
        "(killed)"
    } else {
        "(no headline)"
    }
}

/// When, by whom, how long, and whether it was taken away.
fn facts(version: &Version) -> String {
    let mut facts = vec![when(version)];
    if !version.credits.is_empty() {
        facts.push(version.credits.join(", "));
    }
    if version.status == "usable" {
        facts.push(super::results::count(version.words as u64, "word", "words"));
    } else {
        facts.push(version.status.to_owned());
    }
    facts.join(" · ")
}

/// When a version was created, to the minute.
pub(super) fn when(version: &Version) -> String {
    let time = version.version_created.as_ref().or(version.published.as_ref());
    time.map_or_else(|| "no date".to_owned(), |time| moment(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(number: u32, status: &'static str) -> Version {
        Version {
            number,
            status,
            headline: "Ferry <late>".into(),
            ..Version::default()
        }
    }

    #[test]
    fn a_version_is_compared_with_the_last_one_that_has_text() {
        let listed = Versions {
            uri: "a/b".into(),
            versions: vec![version(1, "usable"), version(2, "withheld"), version(3, "usable")],
        };
        let page = versions(&listed).into_string();
        assert!(page.contains("/diff?uri=a%2Fb&amp;from=1&amp;to=3"), "{page}");
        assert!(!page.contains("to=2") && !page.contains("<late>"), "{page}");
        assert_eq!(versions(&Versions::default()).into_string(), "");
    }

    #[test]
    fn a_correction_stands_out() {
        let mut take = Take {
            kind: TakeKind::Correction,
            number: None,
            label: "CORRECTED".into(),
        };
        assert!(badge(Some(&take)).into_string().contains("striking"));
        take.kind = TakeKind::Update;
        assert!(!badge(Some(&take)).into_string().contains("striking"));
    }
}
