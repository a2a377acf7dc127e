//! The subject after a reporting word: "said X", "kata Kepala Badan A, X", "according to X".

use super::Scene;
use super::sentences::Sentence;
use super::subject::Subject;
use crate::text::Case;
use crate::vocabulary::names::{Lists, Traits};
use crate::vocabulary::speech::CueKind;

/// How far right of a cue a name may stand: Indonesian puts roles and organisations between.
const REACH_RIGHT: usize = 22;
const REACH_RIGHT_SHORT: usize = 12;

impl Scene<'_, '_> {
    /// The subject after a cue that ends before `from`. `apposed`: its name may stand behind a comma.
    pub(super) fn subject_after(&self, sentence: &Sentence, from: usize, apposed: bool) -> Option<Subject> {
        let reach = if self.lists == Lists::Id {
            REACH_RIGHT
        } else {
            REACH_RIGHT_SHORT
        };
        let end = sentence.tokens.end.min(from + reach);
        let mut role = false;
        let mut at = from;
        while at < end {
            if self.is_quoted(at) {
                break;
            }
            if let Some(person) = self.cast.person_at(at) {
                let behind = role.then(|| self.name_behind(at, end)).flatten();
                let (person, at) = behind.unwrap_or((person, at));
                return Some(self.named(person, at));
            }
            match self.cues[at] {
                Some(cue) if cue.is(CueKind::Pronoun) && at <= from + 1 => return Some(Subject::Pronoun(at)),
                Some(cue) if cue.kind == CueKind::Clause && !cue.is(CueKind::Link) => break,
                Some(cue)
                    if at > from && matches!(cue.kind, CueKind::Say | CueKind::Bare | CueKind::Nya | CueKind::Prep) =>
                {
                    break;
                }
                _ => {}
            }
            let word = self.body.word(at);
            if self.traits(at).any(Traits::TITLE | Traits::ROLE) {
                role = true;
            }
            match word {
                "," if role && self.cast.person_at(at + 1).is_some() => {}
                "," if role && self.lists == Lists::Id && self.named_behind_places(at + 1, end) => {}
                "(" => at = self.closing_bracket(at, end),
                "." if self.is_abbreviated(at) => {}
                // "kata salah seorang dari mereka, X, …": the name in apposition.
                "," if apposed && self.lists == Lists::Id && self.cast.person_at(at + 1).is_some() && at > from + 1 => {
                }
                "," | "." | ";" | ":" => break,
                _ if at > from && self.opens_adverbial(at) => break,
                "for" | "untuk" | "terhadap" | "tentang" | "soal" | "saat" | "ketika" | "dalam" | "kepada" | "that"
                | "bahwa" | "to" | "against" | "usai" | "seperti" | "yang" | "sebelum" | "setelah" | "in" | "on" => {
                    break;
                }
                _ => {}
            }
            at += 1;
        }
        let stop = at.min(end).max(from);
        if stop == from {
            return None;
        }
        if stop - from <= 2
            && let Some(holder) = self.holder(stop - 1)
        {
            return Some(Subject::Person(holder, from..stop));
        }
        Some(Subject::Other(from..stop))
    }

    /// "kata Kepala Humas Polda Jaya Komisaris Rina Hartono": where one word of the chain looks like a name and another name
    /// follows in it, that one is meant.
    fn name_behind(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let mention = self.cast.mention_at(at)?;
        if self.lists != Lists::Id || mention.tokens.len() > 2 {
            return None;
        }
        let mut next = mention.tokens.end;
        if self.body.word(next) == "," && self.cast.person_at(next + 1).is_some() {
            next += 1;
        }
        while next < end && self.body.tokens[next].is_capital(self.body.text) {
            if let Some(person) = self.cast.person_at(next) {
                return Some((person, next));
            }
            next += 1;
        }
        None
    }

    /// "kata Kepala Dusun A, Kelurahan B, Kecamatan C, X": only capitalised words and commas up to the name.
    fn named_behind_places(&self, from: usize, end: usize) -> bool {
        let between = |at: &usize| {
            let token = &self.body.tokens[*at];
            token.is_capital(self.body.text) || matches!(self.body.word(*at), "," | "dan")
        };
        let name = (from..end).find(|&at| self.cast.person_at(at).is_some());
        name.is_some_and(|name| name > from && (from..name).all(|at| between(&at)))
    }

    /// "dijo X en Lima", "a dit la ministre lors de …": in the Romance languages a preposition that names no office ends the subject.
    fn opens_adverbial(&self, at: usize) -> bool {
        let romance = matches!(self.lists, Lists::Es | Lists::Fr | Lists::It | Lists::Pt);
        let small = self.body.tokens[at].case == Case::Lower;
        romance
            && small
            && (self.is_cue(at, CueKind::Lead) && !self.is_cue(at, CueKind::Link)
                || matches!(self.body.word(at), "en" | "a" | "à" | "em" | "in"))
    }

    /// Whether the full stop at `at` ends an abbreviated title ("Sen.").
    fn is_abbreviated(&self, at: usize) -> bool {
        let before = at
            .checked_sub(1)
            .and_then(|before| self.body.tokens.get(before).map(|token| (before, token)));
        before.is_some_and(|(before, token)| {
            token.end == self.body.tokens[at].start
                && token.end - token.start <= 4
                && self.traits(before).any(Traits::TITLE)
        })
    }
}
