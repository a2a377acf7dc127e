//! Names in body and headline: credits where a zone or an item is signed, citations beside a cue, else only marked.

use super::traps::Traps;
use super::{Found, credits, items, span_of};
use crate::extract::citation::{Cited, Cues};
use crate::extract::document::{Document, Marks};
use crate::extract::source_names::{Atoms, Mention, mentions};
use crate::extract::unlisted;
use crate::story::{Basis, Source, SourceRole, Span};
use crate::text::fold;
use crate::vocabulary::citations::CueKind;
use crate::vocabulary::names::Lists;

/// The desks of one house share so many letters of their ids: "detikcom", "detikbali".
const HOUSE: usize = 5;

/// Finds the sources that the body names.
pub(super) fn read_body(found: &mut Found<'_>, document: &mut Document<'_>) {
    let (vocabulary, language) = (found.vocabulary, document.language);
    let body = &mut document.body;
    let signed = items::find(vocabulary, body, language, found.year);
    for item in &signed {
        let rule = (Basis::Named, item.rule);
        found.add_listed(item.entry, SourceRole::Credit, rule, span_of(body, &item.tokens));
        body.mark(item.tokens.clone(), Marks::SOURCE);
    }
    let atoms = Atoms::of(vocabulary, body, language);
    let cues = Cues::find(&vocabulary.citations, body.text, &atoms.tokens, language);
    let mentions = mentions(vocabulary, body.text, &atoms);
    let traps = Traps::of(vocabulary, body.text, &atoms, &cues, (&mentions, Lists::of(language)));
    let mut cited: Vec<Option<Cited>> = vec![None; mentions.len()];
    let mut next = 0;
    for (mention, cited) in mentions.iter().zip(&mut cited) {
        let tokens = atoms.parents_of(mention.atoms.clone());
        while signed.get(next).is_some_and(|item| item.tokens.end <= tokens.start) {
            next += 1;
        }
        if signed.get(next).is_some_and(|item| item.tokens.start < tokens.end) {
            continue;
        }
        let region = || credits::is_region_code(language, body.slice(tokens.clone()));
        let rule = credits::rule_of(vocabulary, (body, language), &atoms, mention, &tokens);
        if let Some(rule) = rule.filter(|rule| *rule != "dateline" || !mention.weak || !region()) {
            let span = span_of_atoms(&atoms, mention);
            found.add_listed(mention.entry, SourceRole::Credit, (Basis::Named, rule), span);
            body.mark(tokens, Marks::SOURCE);
        } else if !body.any_marked(tokens, Marks::FURNITURE.with(Marks::DATELINE))
            && (!mention.weak || found.is_of_its_time(mention.entry) && !traps.holds(mention))
        {
            let agency = vocabulary
                .sources
                .entry(mention.entry)
                .is_some_and(|entry| entry.kind == "agency");
            let near = || (mention.weak && agency).then(|| cues.near(&mention.atoms)).flatten();
            *cited = cues.citation(&mention.atoms, mention.weak).or_else(near);
        }
    }
    join_lists(&cues, &mentions, &mut cited);
    for (mention, cited) in mentions.iter().zip(cited) {
        if let Some(cited) = cited {
            add_cited(found, mention.entry, cited, language, span_of_atoms(&atoms, mention));
        }
        if cited.is_some() || !mention.weak {
            body.mark(atoms.parents_of(mention.atoms.clone()), Marks::SOURCE);
        }
    }
    for (source, tokens) in unlisted::find(vocabulary, (body, language), &atoms, &cues) {
        found.add(source);
        body.mark(tokens, Marks::SOURCE);
    }
}

/// The bytes of a name, also where it is glued to its neighbours.
fn span_of_atoms(atoms: &Atoms, mention: &Mention) -> Option<Span> {
    let first = atoms.tokens.get(mention.atoms.start)?;
    let last = atoms.tokens.get(mention.atoms.end.checked_sub(1)?)?;
    Some(Span {
        start: first.start as usize,
        end: last.end as usize,
    })
}

fn add_cited(found: &mut Found<'_>, entry: u32, cited: Cited, language: &str, span: Option<Span>) {
    let listed = found.vocabulary.sources.entry(entry);
    // An Indonesian portal that someone speaks to is the one whose copy this is: others are "dikutip dari".
    let own = language == "id" && listed.is_some_and(|entry| entry.kind == "portal" && entry.country == "ID");
    let mut credits = found.sources.iter().filter(|source| source.role == SourceRole::Credit);
    // "kepada Kompas" in the copy of Kompas.com is the same house.
    let domain = listed.map_or(String::new(), |entry| fold(entry.name) + ".");
    if cited == Cited::Told && credits.any(|credit| fold(&credit.label).starts_with(&domain)) {
        return;
    }
    // "kepada detikcom", "dihubungi detikBali": the desks of one house.
    let house = |source: &Source| listed.is_some_and(|entry| source.value.get(..HOUSE) == entry.id.get(..HOUSE));
    let first = !found.is_credited();
    let of_house = found
        .sources
        .iter()
        .any(|source| source.role == SourceRole::Credit && house(source));
    let (role, found_by) = match cited {
        Cited::Contributed => (SourceRole::Credit, "contributed"),
        Cited::Told if own && (first || of_house) => (SourceRole::Credit, "told the outlet"),
        Cited::Told => (SourceRole::Cited, "told"),
        Cited::Cued => (SourceRole::Cited, "citation cue"),
    };
    found.add_listed(entry, role, (Basis::Named, found_by), span);
}

/// Finds the sources that the headline cites or is signed with.
pub(super) fn read_headline(found: &mut Found<'_>, document: &mut Document<'_>) {
    let (vocabulary, language) = (found.vocabulary, document.language);
    let headline = &mut document.headline;
    let atoms = Atoms::of(vocabulary, headline, language);
    let cues = Cues::find(&vocabulary.citations, headline.text, &atoms.tokens, language);
    for mention in mentions(vocabulary, headline.text, &atoms) {
        let tokens = atoms.parents_of(mention.atoms.clone());
        let last = tokens.end == headline.tokens.len();
        let before = tokens.start.checked_sub(1).map_or("", |at| headline.word(at));
        let signed = last && matches!(before, ":" | "-" | "–" | "—") && tokens.start > 2;
        let cited = cues.citation(&mention.atoms, mention.weak);
        if signed || cited.is_some() && !mention.weak {
            found.add_listed(mention.entry, SourceRole::Cited, (Basis::Named, "headline"), None);
        }
        if signed || cited.is_some() || !mention.weak {
            headline.mark(tokens, Marks::SOURCE);
        }
    }
}

/// Sources named in one breath are cited together: "E! News and CNN".
fn join_lists(cues: &Cues<'_>, mentions: &[Mention], cited: &mut [Option<Cited>]) {
    for at in 1..mentions.len() {
        let between = mentions[at - 1].atoms.end..mentions[at].atoms.start;
        let joined = (1..=3).contains(&between.len())
            && between.clone().any(|at| cues.is(at, CueKind::Joiner))
            && between.clone().all(|at| {
                cues.is(at, CueKind::Joiner) || cues.is(at, CueKind::Filler) || matches!(cues.word(at), "," | "'" | "’")
            });
        if joined {
            let either = cited[at - 1].or(cited[at]);
            cited[at] = cited[at].or(either);
            cited[at - 1] = cited[at - 1].or(either);
        }
    }
}
