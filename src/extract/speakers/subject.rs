//! What a name beside a reporting word stands for: the person, or only whose office, lawyer or family speaks.

use std::ops::Range;

use super::Scene;
use crate::text::Case;
use crate::vocabulary::names::Traits;
use crate::vocabulary::speech::CueKind;

/// The subject of a reporting word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// A person, and the tokens that name them.
    Person(usize, Range<usize>),
    /// A pronoun: whoever the text speaks of.
    Pronoun(usize),
    /// The verb goes on with the subject of the verb before it ("dan mengatakan").
    Same,
    /// Someone or something unnamed.
    Other(Range<usize>),
    /// Nothing that can be a subject stands there.
    Unknown,
}

/// How many mentions back the holder of a title is looked for.
const HOLDERS: usize = 100;
/// How far before the comma its title may open, in tokens.
const APPOSED: usize = 6;

impl Scene<'_, '_> {
    /// The person named at `at`, unless the name only says whose office, lawyer or family it is.
    pub(super) fn named(&self, person: usize, at: usize) -> Subject {
        let tokens = self
            .cast
            .mention_at(at)
            .map_or(at..at + 1, |mention| mention.tokens.clone());
        let end = tokens.end;
        if self.body.word(end) == "'" && self.body.word(end + 1).eq_ignore_ascii_case("s") {
            return Subject::Other(tokens);
        }
        if self.on_behalf(tokens.start) {
            return Subject::Other(tokens.start.saturating_sub(2)..end);
        }
        // "kantor Perdana Menteri Israel X"
        let chain = (tokens.start.saturating_sub(6)..tokens.start).rev();
        let mut chain = chain.skip_while(|&at| self.body.tokens[at].is_capital(self.body.text));
        let speaks_for = |at: usize| {
            at > 0
                && (self.traits(at - 1).any(Traits::TITLE | Traits::ROLE)
                    || matches!(self.body.word(at - 1), "bicara" | "Bicara"))
        };
        if let Some(office) = chain
            .next()
            .filter(|&at| is_government(self.body.word(at)) && !speaks_for(at))
        {
            return Subject::Other(office..end);
        }
        let short = tokens.len() == 1;
        let mut before = tokens.start;
        for _ in 0..4 {
            let Some(back) = before.checked_sub(1) else { break };
            if is_institution(self.body.word(back))
                && (short || before < tokens.start || is_government(self.body.word(back)))
            {
                return Subject::Other(back..end);
            }
            if !self.traits(back).any(Traits::TITLE) && self.body.tokens[back].case != Case::AllCapitals {
                break;
            }
            before = back;
        }
        Subject::Person(person, tokens)
    }

    /// "a lawyer for X": the name says whom a role serves.
    fn on_behalf(&self, start: usize) -> bool {
        let (Some(preposition), Some(role)) = (start.checked_sub(1), start.checked_sub(2)) else {
            return false;
        };
        matches!(self.body.word(preposition), "for" | "of") && self.traits(role).any(Traits::ROLE | Traits::TITLE)
    }

    /// The last person before token `at` who bore the title that stands there alone ("the president"); a role needs its article.
    pub(super) fn holder(&self, at: usize) -> Option<usize> {
        let traits = self.traits(at);
        let article = at
            .checked_sub(1)
            .is_some_and(|before| self.is_cue(before, CueKind::Article));
        if !(traits.any(Traits::TITLE) || traits.any(Traits::ROLE) && article) || self.is_cue(at, CueKind::Shared) {
            return None;
        }
        let folded = self.body.tokens[at].folded;
        self.cast.holder(folded, at).or_else(|| {
            let before = self.cast.mentions.partition_point(|mention| mention.tokens.start < at);
            let mut holders = self.cast.mentions[..before].iter().rev().take(HOLDERS);
            holders
                .find(|mention| self.apposed(&mention.tokens, folded))
                .map(|mention| mention.person)
        })
    }

    /// "La présidente, X, …", "X, capitán del barco, …": a comma parts title and name.
    fn apposed(&self, name: &Range<usize>, title: u64) -> bool {
        let is_title = |at: usize| self.body.tokens.get(at).is_some_and(|token| token.folded == title);
        let before = name.start.checked_sub(1).filter(|&comma| self.body.word(comma) == ",");
        before.is_some_and(|comma| (comma.saturating_sub(APPOSED)..comma).any(is_title))
            || self.body.word(name.end) == "," && (name.end + 1..name.end + 4).any(is_title)
    }
}

/// Words that make of the name behind them an institution: "pemerintahan X", "pengacara X".
fn is_institution(word: &str) -> bool {
    is_government(word)
        || matches!(
            word,
            "pengacara"
                | "bicara"
                | "jubir"
                | "hukum"
                | "keluarga"
                | "kubu"
                | "tim"
                | "penasihat"
                | "pendukung"
                | "Tim"
                | "Jubir"
                | "Pengacara"
                | "Kubu"
        )
}

fn is_government(word: &str) -> bool {
    matches!(
        word,
        "pemerintahan"
            | "pemerintah"
            | "administrasi"
            | "kantor"
            | "Pemerintahan"
            | "Pemerintah"
            | "Administrasi"
            | "Kantor"
            | "rezim"
    )
}
