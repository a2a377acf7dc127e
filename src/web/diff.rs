//! The page of what changed between two versions of a story.

use maud::{Markup, html};

use super::links::story_href;
use super::results::count;
use super::versions::{badge, is_comparable, when};
use crate::search::{
    Change, DiffAnswer, DiffParagraph, DiffSpan, FacetChange, FacetValue, FieldDiff, Version, Versions,
};

/// The two versions, what changed, and a form to choose others.
pub(super) fn diff(answer: &DiffAnswer, listed: &Versions) -> Markup {
    html! {
        article.story.changes lang="en" {
            h1 { "What changed" }
            p.meta {
                a href=(story_href(&answer.uri)) { "the story as it stands" }
                " · " (sum(answer))
            }
            (choose(answer, listed))
            @if answer.cut_short { p.note { "These texts are too long to compare every word: some passages are told whole." } }
            @for field in answer.fields.iter().filter(|field| field.changed || matches!(field.field, "headline" | "body")) {
                section.field.headline[field.field == "headline"] {
                    h2 { (field.field) @if !field.changed { span.faint { " unchanged" } } }
                    (paragraphs(field))
                }
            }
            (facets(answer))
        }
    }
}

fn sum(answer: &DiffAnswer) -> String {
    let counts = &answer.counts;
    let words = |number: usize| count(number as u64, "word", "words");
    format!(
        "{} removed, {} added",
        words(counts.words_removed),
        words(counts.words_added)
    )
}

fn choose(answer: &DiffAnswer, listed: &Versions) -> Markup {
    let versions: Vec<&Version> = listed
        .versions
        .iter()
        .filter(|version| is_comparable(version))
        .collect();
    html! {
        form.choose action="/diff" method="get" {
            input type="hidden" name="uri" value=(answer.uri);
            label for="diff-from" { "from" }
            (select("diff-from", "from", &versions, answer.from.number))
            label for="diff-to" { "to" }
            (select("diff-to", "to", &versions, answer.to.number))
            button type="submit" { "Compare" }
        }
        p.meta { (answer.from.number) " " (badge(answer.from.take.as_ref())) "→ " (answer.to.number) " " (badge(answer.to.take.as_ref())) }
    }
}

fn select(id: &str, name: &str, versions: &[&Version], chosen: u32) -> Markup {
    html! {
        select id=(id) name=(name) {
            @for version in versions {
                option value=(version.number) selected[version.number == chosen] {
                    (version.number) " · " (when(version))
                    @if let Some(take) = &version.take { " · " (take.label) }
                }
            }
        }
    }
}

/// Paragraphs that are unchanged lie folded together, but a headline's one line.
fn paragraphs(field: &FieldDiff) -> Markup {
    let is_unchanged = |paragraph: &DiffParagraph| field.field == "body" && paragraph.change == Change::Kept;
    let groups = field
        .paragraphs
        .chunk_by(|one, next| is_unchanged(one) == is_unchanged(next));
    html! {
        @for group in groups {
            @if is_unchanged(&group[0]) {
                details {
                    summary { (count(group.len() as u64, "paragraph", "paragraphs")) " unchanged" }
                    @for paragraph in group { (shown(paragraph)) }
                }
            } @else {
                @for paragraph in group { (shown(paragraph)) }
            }
        }
    }
}

fn shown(paragraph: &DiffParagraph) -> Markup {
    html! { p dir="auto" { @for span in &paragraph.spans { (marked(span)) } } }
}

fn marked(span: &DiffSpan) -> Markup {
    let text = span.text.trim_end_matches('\n');
    html! {
        @if !text.is_empty() {
            @match span.change {
                Change::Removed => del { (text) },
                Change::Added => ins { (text) },
                Change::Kept | Change::Changed => (text),
            }
        }
    }
}

fn facets(answer: &DiffAnswer) -> Markup {
    html! {
        @if !answer.facets.is_empty() {
            h2 { "Facets" }
            dl.facts {
                @for (name, change) in &answer.facets {
                    dt { (name) }
                    dd { (change_of(change)) }
                }
            }
        }
    }
}

fn change_of(change: &FacetChange) -> Markup {
    let values = |values: &[FacetValue]| {
        let labels: Vec<String> = values.iter().map(|value| value.label.clone()).collect();
        labels.join(", ")
    };
    html! {
        @if !change.lost.is_empty() { del { bdi { (values(&change.lost)) } } " " }
        @if !change.gained.is_empty() { ins { bdi { (values(&change.gained)) } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchanged_paragraphs_are_folded_and_copy_is_escaped() {
        let span = |change, text: &str| DiffSpan {
            change,
            text: text.into(),
        };
        let paragraph = |change, spans| DiffParagraph { change, spans };
        let field = FieldDiff {
            field: "body",
            changed: true,
            paragraphs: vec![
                paragraph(Change::Kept, vec![span(Change::Kept, "One.\n")]),
                paragraph(Change::Kept, vec![span(Change::Kept, "Two.\n")]),
                paragraph(Change::Added, vec![span(Change::Added, "<b>Three.")]),
            ],
        };
        let page = paragraphs(&field).into_string();
        assert!(
            page.starts_with("<details><summary>2 paragraphs unchanged</summary><p dir=\"auto\">One.</p>"),
            "{page}"
        );
        assert!(
            page.ends_with("<p dir=\"auto\"><ins>&lt;b&gt;Three.</ins></p>"),
            "{page}"
        );
    }
}
