//! Finds the subject with which a sentence opens, behind what may stand before it.

use super::Scene;
use super::sentences::Sentence;
use super::subject::Subject;
use crate::text::Kind;
use crate::vocabulary::names::Traits;
use crate::vocabulary::speech::CueKind;

/// How far a phrase before the subject may reach, in tokens.
const REACH_LEAD: usize = 40;
/// How many tokens the subject with its titles may have.
const REACH_SUBJECT: usize = 26;
/// How many small words that no list knows may stand in a row inside a subject.
const SMALL: usize = 2;

impl Scene<'_, '_> {
    /// The subject of the main clause, told from the start of the sentence: "In March, Governor X …" is X. Only what stands
    /// before token `until` counts.
    pub(super) fn opening_subject(&self, sentence: &Sentence, until: usize) -> Option<Subject> {
        let end = until.min(sentence.tokens.end);
        let start = self.behind_leads(sentence.tokens.start, end)?;
        let end = end.min(start + REACH_SUBJECT);
        let mut at = start;
        let mut role = false;
        let mut small = 0;
        while at < end && !self.is_quoted(at) {
            if let Some(person) = self.cast.person_at(at) {
                return Some(self.named(person, at));
            }
            if self.is_cue(at, CueKind::Pronoun) {
                return (at == start).then_some(Subject::Pronoun(at));
            }
            let office = self.traits(at).any(Traits::TITLE | Traits::ROLE);
            role |= office;
            let word = self.body.word(at);
            if word == "(" {
                at = self.closing_bracket(at, end) + 1;
                continue;
            }
            if word == "," && role && self.cast.person_at(at + 1).is_some() {
                at += 1;
                continue;
            }
            let token = &self.body.tokens[at];
            let inside = token.is_capital(self.body.text)
                || token.kind == Kind::Number
                || matches!(word, "-" | "/" | "'" | "’")
                || self.is_cue(at, CueKind::Link)
                || office;
            small = if inside { 0 } else { small + 1 };
            if token.kind == Kind::Mark && !inside || small > SMALL || small > 0 && !role {
                break;
            }
            at += 1;
        }
        let end = at - small.min(at - start);
        let opens = self.is_cue(start, CueKind::Link) || self.is_cue(start, CueKind::Thing);
        (end > start && (role || opens || end - start > 1)).then_some(Subject::Other(start..end))
    }

    /// The token at which the main clause begins: behind "But", "In March,", "When it rained,". `None` where such a phrase has no
    /// end that can be told.
    fn behind_leads(&self, start: usize, end: usize) -> Option<usize> {
        let mut at = start;
        for _ in 0..4 {
            while at < end && self.body.tokens[at].kind == Kind::Mark && !self.is_quoted(at) {
                at += 1;
            }
            let cue = self.cues.get(at).copied().flatten();
            let Some(cue) = cue.filter(|cue| cue.is(CueKind::Lead) || cue.is(CueKind::Clause)) else {
                return (at < end).then_some(at);
            };
            if self.cast.person_at(at).is_some() {
                return Some(at);
            }
            let next = at + cue.len;
            // "But X", "Namun X": the name follows at once.
            let follows = self.cast.person_at(next).is_some() || self.is_cue(next, CueKind::Pronoun);
            let joins = matches!(
                self.body.word(at),
                "But"
                    | "And"
                    | "Namun"
                    | "Tetapi"
                    | "Adapun"
                    | "Mais"
                    | "Et"
                    | "Pero"
                    | "Y"
                    | "Mas"
                    | "E"
                    | "Ma"
                    | "Maar"
            );
            at = if follows && joins {
                next
            } else {
                self.behind_comma(at, end)?
            };
        }
        None
    }

    /// The token behind the next comma that is in no bracket and no quote.
    fn behind_comma(&self, from: usize, end: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for at in from..end.min(from + REACH_LEAD) {
            match self.body.word(at) {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                "," if depth == 0 && !self.is_quoted(at) => return Some(at + 1),
                _ => {}
            }
        }
        None
    }
}
