//! Labels by machine the copy of an archive that no one labelled, so that a model learns its names too.

use super::filing;
use crate::extract::Extractor;
use crate::extract::document::Document;
use crate::extract::people::{BARRED, Finder, NameFinder, Zone, traits_of};
use crate::extract::tagger::labelled::{Kind, Labelled};
use crate::extract::tagger::model::Model;
use crate::extract::tagger::tag::Tag;
use crate::extract::tagger::tags;
use crate::extract::tagger::view::{Run, View};
use crate::vocabulary::names::Lists;

/// A text with the names that the rules and a model agree on. Where only the model sees a person, the rules are believed, and the
/// model's next best guess is taken; where they see other people, the run is [`Kind::Unsure`], and not trained on.
#[must_use]
pub fn agreed(extractor: &Extractor, model: &Model, language: &'static str, text: &str) -> Labelled {
    let mut labelled = Labelled {
        text: text.to_owned(),
        names: Vec::new(),
    };
    let filing = filing(&labelled);
    let document = extractor.prepared(&filing, language);
    let body = &document.body;
    let traits = traits_of(body, &extractor.vocabulary, Lists::of(language));
    let [opinions] = model.opinions([(body, &traits)]);
    let (by_model, nobody) = (tags(&opinions), tags(&model.others(body, &traits)));
    let by_rule = by_rule(extractor, &document);
    let view = View::of(body, &traits);
    for run in &view.runs {
        let person = |tag: &Tag| if tag.is_person() { *tag } else { Tag::Out };
        let agree = run.clone().all(|at| person(&by_model[at]) == by_rule[at]);
        let unnamed = run.clone().all(|at| by_rule[at] == Tag::Out);
        if body.any_marked(run.clone(), BARRED) || !(agree || unnamed) {
            labelled.names.push((view.bytes(run), Kind::Unsure));
        } else {
            add_names(&view, run, if agree { &by_model } else { &nobody }, &mut labelled);
        }
    }
    labelled
}

/// The people that the rules alone find, as tags.
fn by_rule(extractor: &Extractor, document: &Document) -> Vec<Tag> {
    let mut tags = vec![Tag::Out; document.body.tokens.len()];
    let rules = Finder { model: None };
    for name in rules.find(document, &extractor.vocabulary) {
        if name.zone == Zone::Body {
            tags[name.tokens.clone()].fill(Tag::Person);
            tags[name.tokens.start] = Tag::PersonFirst;
        }
    }
    tags
}

fn add_names(view: &View<'_>, run: &Run, tags: &[Tag], labelled: &mut Labelled) {
    let mut at = run.start;
    while at < run.end {
        let goes_on = |next: &usize| tags[*next] == tags[at].inside() && tags[at] != Tag::Out;
        let end = (at + 1..run.end).find(|next| !goes_on(next)).unwrap_or(run.end);
        let kind = match tags[at] {
            Tag::Out => None,
            Tag::PersonFirst | Tag::Person => Some(Kind::Person),
            Tag::PlaceFirst | Tag::Place => Some(Kind::Place),
            Tag::OrganisationFirst | Tag::Organisation => Some(Kind::Organisation),
            Tag::Other => Some(Kind::Other),
        };
        labelled.names.extend(kind.map(|kind| (view.bytes(&(at..end)), kind)));
        at = end;
    }
}
