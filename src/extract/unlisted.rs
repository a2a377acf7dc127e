//! Media that the vocabulary does not list, by pattern: "the Daily X newspaper reported", "kantor berita X", "dilansir dari X".

use std::ops::Range;
use std::sync::Arc;

use super::citation::Cues;
use super::document::{Marks, Text};
use super::source_names::Atoms;
use crate::story::{Basis, Source, SourceRole, Span};
use crate::text::{Case, Kind};
use crate::vocabulary::citations::CueKind;
use crate::vocabulary::sources::slug;
use crate::vocabulary::{Cities, Places, Vocabulary};

/// A name has no more words than this.
const LONGEST_NAME: usize = 5;

/// The unlisted media that the body cites, and the body's tokens of their names.
pub(super) fn find(
    vocabulary: &Vocabulary,
    (body, language): (&Text<'_>, &str),
    atoms: &Atoms,
    cues: &Cues<'_>,
) -> Vec<(Source, Range<usize>)> {
    let mut found = Vec::new();
    let names = Names {
        places: vocabulary.countries.places(language),
        cities: vocabulary.countries.cities(),
        body,
        atoms,
        cues,
    };
    let mut at = 0;
    while at < atoms.tokens.len() {
        let Some(name) = names.run_at(at) else {
            at += 1;
            continue;
        };
        at = name.end;
        let tokens = atoms.parents_of(name.clone());
        if let Some(rule) = names.rule_of(&name) {
            let label = names.label(&name);
            let source = Source {
                value: slug(&label),
                label,
                role: SourceRole::Cited,
                basis: Basis::Named,
                rule: rule.to_owned(),
                spans: vec![names.span(&name)],
            };
            if !source.value.is_empty() {
                found.push((source, tokens));
            }
        }
    }
    found
}

struct Names<'n, 't> {
    places: Arc<Places>,
    cities: &'n Cities,
    body: &'n Text<'t>,
    atoms: &'n Atoms,
    cues: &'n Cues<'n>,
}

impl Names<'_, '_> {
    /// A run of capitalised words that is free of marks, and of listed names.
    fn run_at(&self, start: usize) -> Option<Range<usize>> {
        if !self.is_free_capital(start) {
            return None;
        }
        let mut end = start + 1;
        while end < start + LONGEST_NAME {
            let joined = self.is_free_capital(end) && !self.cues.is_weekday(end);
            let linked =
                matches!(self.cues.word(end), "of" | "&" | "de" | "-" | "al" | "!") && self.is_free_capital(end + 1);
            let domain = self.cues.word(end) == "." && self.touches(end) && self.is_domain_end(end + 1);
            if joined {
                end += 1;
            } else if linked || domain {
                end += 2;
            } else {
                break;
            }
        }
        let first = start + usize::from(self.cues.word(start) == "The" && end > start + 1);
        Some(first..end)
    }

    fn is_free_capital(&self, at: usize) -> bool {
        let Some(token) = self.atoms.tokens.get(at) else {
            return false;
        };
        let parent = self.atoms.parents[at];
        let claimed = Marks::FURNITURE
            .with(Marks::DATELINE)
            .with(Marks::CREDIT)
            .with(Marks::SOURCE);
        token.kind == Kind::Word && token.is_capital(self.body.text) && !self.body.marks[parent].any(claimed)
    }

    fn touches(&self, at: usize) -> bool {
        at > 0
            && self
                .atoms
                .tokens
                .get(at)
                .is_some_and(|token| token.start == self.atoms.tokens[at - 1].end)
    }

    fn is_domain_end(&self, at: usize) -> bool {
        self.touches(at) && matches!(self.cues.word(at), "com" | "id" | "co" | "net" | "org" | "tv")
    }

    /// The rule by which a run names a medium that the story takes something from.
    fn rule_of(&self, name: &Range<usize>) -> Option<&'static str> {
        let platform = self.cues.is(name.start, CueKind::Platform) || self.cues.is(name.end - 1, CueKind::Platform);
        let company = matches!(
            self.cues.word(name.end - 1),
            "Inc" | "Corp" | "Co" | "Ltd" | "Plc" | "PLC" | "AG" | "SA" | "NV" | "Group" | "Holdings" | "Tbk" | "Bhd"
        );
        if platform || company || self.cues.is_weekday(name.start) {
            return None;
        }
        let last = name.end - 1;
        let domain = self.is_domain_end(last);
        let described = |range: Range<usize>| range.into_iter().all(|at| self.cues.is(at, CueKind::Filler));
        let ends_so = self.cues.is(last, CueKind::NameWord) && !described(name.start..last);
        let opens_so = self.cues.is(name.start, CueKind::Opener) && !described(name.start + 1..name.end);
        let named_so = name.len() > 1 && (ends_so || opens_so);
        let kind_before = name.start > 0 && self.is_kind(name.start - 1) && !self.is_bare_period(name.start - 1);
        let kind_after = self.is_kind(name.end) && !self.is_adjective(name.end);
        let may_be = domain || named_so || kind_before || kind_after;
        let cited = may_be && self.cues.citation(name, true).is_some();
        // A name that says what it is may do what anyone does: "Alpha Magazine said".
        let says_so = matches!(self.cues.word(last), "Magazine" | "Newspaper") && self.cues.reports(name);
        if cited && (domain || named_so) || named_so && says_so {
            return Some("unlisted name");
        }
        // "told the newspaper UBS was …": what follows the kind is the subject of the next clause.
        let subject = matches!(
            self.cues.word(name.end),
            "was" | "were" | "is" | "are" | "would" | "will" | "had" | "has" | "could" | "may" | "might" | "should"
        );
        if cited && (kind_before && !subject || kind_after) && !self.is_place_like(name) {
            return Some("unlisted medium");
        }
        self.is_lifted(name).then_some("lifted")
    }

    /// A kind of medium in small letters: capitals are part of names.
    fn is_kind(&self, at: usize) -> bool {
        self.cues.is(at, CueKind::Medium) && self.atoms.tokens.get(at).is_some_and(|token| token.case == Case::Lower)
    }

    /// "weekly" or "daily" without an adjective says when, not what: "on weekly Treasury data".
    fn is_bare_period(&self, at: usize) -> bool {
        let described = at.checked_sub(1).is_some_and(|before| {
            self.cues.is(before, CueKind::Filler)
                && !matches!(self.cues.word(before), "on" | "in" | "by" | "of" | "to" | "its")
        });
        matches!(self.cues.word(at), "weekly" | "daily" | "monthly") && !described
    }

    /// "the Rotary weekly luncheon": an adjective of what follows.
    fn is_adjective(&self, at: usize) -> bool {
        let next = self.atoms.tokens.get(at + 1);
        matches!(self.cues.word(at), "weekly" | "daily" | "monthly")
            && next.is_some_and(|token| token.case == Case::Lower)
            && !self.cues.is_cue(at + 1)
    }

    /// What stands before "newspaper" is mostly its country: a name has its article, or a word of its own.
    fn is_place_like(&self, name: &Range<usize>) -> bool {
        let described = name.clone().all(|at| self.cues.is(at, CueKind::Filler));
        let before = name.start.checked_sub(1).map_or("", |at| self.cues.word(at));
        let article = matches!(before, "the" | "The" | "le" | "la" | "el" | "der" | "die" | "o" | "de");
        let kind_before = name.start > 0 && self.is_kind(name.start - 1);
        let only_kind = name
            .clone()
            .all(|at| self.cues.is(at, CueKind::Medium) || self.cues.is(at, CueKind::Page));
        let unnamed = if name.len() == 1 {
            !self.is_told(name) || self.is_place(name.start)
        } else {
            !article
        };
        described || only_kind || !kind_before && unnamed
    }

    /// "told Realnews newspaper": the cue stands right before a single word.
    fn is_told(&self, name: &Range<usize>) -> bool {
        [CueKind::Told, CueKind::Before]
            .into_iter()
            .any(|kind| self.cues.ends_before(name.start, kind))
    }

    /// "a Hamburg newspaper" has no name, "Realnews newspaper" has one.
    fn is_place(&self, at: usize) -> bool {
        let tokens = &self.atoms.tokens;
        let country = self.places.longest_at(self.body.text, tokens, at);
        country.is_some() || self.cities.longest_at(tokens, at).is_some()
    }

    /// "dilansir dari Name, Rabu (18/6)": a web page follows, whatever its name.
    fn is_lifted(&self, name: &Range<usize>) -> bool {
        let cue = self.cues.ends_before(name.start, CueKind::Lifted)
            || name.start > 1 && self.is_kind(name.start - 1) && self.cues.ends_before(name.start - 1, CueKind::Lifted);
        let day = |at: usize| {
            self.cues.is_weekday(at)
                || self.cues.word(at) == "pada"
                || self
                    .atoms
                    .tokens
                    .get(at)
                    .is_some_and(|token| token.kind == Kind::Number)
        };
        let dated = matches!(self.cues.word(name.end), "," | "(") && day(name.end + 1) || day(name.end);
        cue && dated && name.len() <= 3
    }

    /// The name's bytes.
    fn span(&self, name: &Range<usize>) -> Span {
        Span {
            start: self.atoms.tokens[name.start].start as usize,
            end: self.atoms.tokens[name.end - 1].end as usize,
        }
    }

    /// The name as the text has it, white space made plain.
    fn label(&self, name: &Range<usize>) -> String {
        let Span { start, end } = self.span(name);
        let text = &self.body.text[start..end];
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
