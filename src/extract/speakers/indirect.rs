//! Indirect speech: a clause reported without quotation marks, "X announced that …", "menurut X, …".

use std::ops::Range;

use super::sentences::Sentence;
use super::{Report, Scene, Voice};
use crate::extract::document::Marks;
use crate::story::{Certainty, Quote};
use crate::text::Kind;
use crate::vocabulary::names::Traits;
use crate::vocabulary::speech::CueKind;

/// The fewest words of a reported clause.
const LEAST_WORDS: usize = 2;
/// The most tokens of a reported clause.
const LONGEST: usize = 250;

/// How many reports behind one are looked at for the end of its clause.
const LOOKED_AT: usize = 8;

impl Scene<'_, '_> {
    /// Adds the indirect speech of a sentence; `used` are the reports that its quotes belong to, in order. Gives back the last
    /// voice heard in it.
    pub(super) fn indirect(
        &self,
        sentence: &Sentence,
        reports: &[Report],
        used: &[usize],
        found: &mut Vec<Quote>,
    ) -> Option<Voice> {
        let mut heard = None;
        for (place, report) in reports.iter().enumerate() {
            if report.voice == Voice::Nobody || report.denied {
                continue;
            }
            if report.kind != CueKind::Beside {
                heard = Some(report.voice.clone());
            }
            if used.binary_search(&report.at).is_ok() || matches!(report.kind, CueKind::Ing | CueKind::Beside) {
                continue;
            }
            let next = reports[place + 1..]
                .iter()
                .take(LOOKED_AT)
                .find(|next| next.kind != CueKind::Beside);
            let until = next.map_or(sentence.tokens.end, |next| next.at);
            let from = place
                .checked_sub(1)
                .map_or(sentence.tokens.start, |before| reports[before].end);
            let around = from.max(report.at.saturating_sub(LONGEST))..until.min(report.end + LONGEST);
            let clause = self.clause(around, report);
            let Some((first, last)) = self
                .body
                .tokens
                .get(clause.start)
                .zip(self.body.tokens.get(clause.end.wrapping_sub(1)))
            else {
                continue;
            };
            let words = clause
                .clone()
                .filter(|&at| self.body.tokens[at].kind == Kind::Word)
                .count();
            if words < LEAST_WORDS || !matches!(report.voice, Voice::Person(..)) {
                continue;
            }
            let bytes = first.start as usize..last.end as usize;
            let text = self.body.slice(clause);
            found.push(self.quote(
                text,
                bytes,
                &report.voice,
                Some(report),
                "indirect",
                Certainty::Certain,
                false,
            ));
        }
        heard
    }

    /// The reported clause: after the cue where its subject stands before it, else what the sentence says before the cue.
    /// `around` is where it can lie, between the reports before and after.
    fn clause(&self, around: Range<usize>, report: &Report) -> Range<usize> {
        let until = around.end;
        let after_subject = match &report.voice {
            Voice::Person(_, tokens) | Voice::Unnamed(tokens) if tokens.start >= report.end => tokens.end,
            _ => report.end,
        };
        let before = self.trimmed(around.start..report.at);
        let after = self.trimmed(after_subject..until.max(after_subject));
        let follows = match report.kind {
            CueKind::Bare | CueKind::Nya | CueKind::Passive => true,
            CueKind::Prep => before.len() > 4,
            _ if after_subject > report.end => before.len() > 3,
            _ => after.len() < 3 || before.len() > 3 && self.trails(report, around.start),
        };
        // "…, Sullivan said.": the subject stands between the clause and the cue.
        if follows {
            let end = match &report.voice {
                Voice::Person(_, tokens) if tokens.end <= report.at && tokens.start >= around.start => tokens.start,
                _ => report.at,
            };
            return self.trimmed(around.start..end);
        }
        let that = usize::from(matches!(
            self.body.word(after.start),
            "that" | "bahwa" | "que" | "dass" | "dat"
        ));
        self.trimmed(after.start + that..after.end)
    }

    /// "The market will open, Minister X said on Monday": the subject stands behind a comma, and the sentence opens with a subject of
    /// its own.
    fn trails(&self, report: &Report, from: usize) -> bool {
        let Voice::Person(_, tokens) = &report.voice else {
            return false;
        };
        let mut at = tokens.start;
        let title = |at: usize| {
            self.body.tokens[at].is_capital(self.body.text) || self.traits(at).any(Traits::TITLE | Traits::ROLE)
        };
        while at > from && tokens.start - at < 8 && title(at - 1) {
            at -= 1;
        }
        let comma = at > from && self.body.word(at - 1) == ",";
        let lead = self.is_cue(from, CueKind::Lead) || self.is_cue(from, CueKind::Clause);
        let that = matches!(
            self.body.word(report.end),
            "that" | "bahwa" | "que" | "dass" | "dat" | "che"
        );
        comma && !lead && !that && tokens.end <= report.at
    }

    /// Without marks at its ends.
    fn trimmed(&self, mut clause: Range<usize>) -> Range<usize> {
        let is_mark = |at: usize| self.body.tokens.get(at).is_none_or(|token| token.kind == Kind::Mark);
        let outside = |at: usize| self.body.marks.get(at).is_some_and(|marks| marks.any(Marks::DATELINE));
        while clause.start < clause.end && (is_mark(clause.start) || outside(clause.start)) {
            clause.start += 1;
        }
        while clause.start < clause.end && is_mark(clause.end - 1) {
            clause.end -= 1;
        }
        clause
    }
}
