//! Everyday words, surnames and acronyms that are also the names of sources: what tells that one of them means something else.

use crate::extract::citation::Cues;
use crate::extract::source_names::{Atoms, Mention};
use crate::text::{Case, Kind, Token};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};

/// What an acronym stands for is no longer than this many tokens.
const LONGEST_EXPANSION: usize = 8;

/// The everyday names that stand for something else throughout the story.
#[derive(Debug)]
pub(super) struct Traps<'t> {
    text: &'t str,
    tokens: &'t [Token],
    cues: &'t Cues<'t>,
    mentions: &'t [Mention],
    /// Places in the list.
    taken: Vec<u32>,
}

impl<'t> Traps<'t> {
    /// Looks through the everyday names of a text.
    pub(super) fn of(
        vocabulary: &Vocabulary,
        text: &'t str,
        atoms: &'t Atoms,
        cues: &'t Cues<'t>,
        (mentions, lists): (&'t [Mention], Lists),
    ) -> Self {
        let mut traps = Self {
            text,
            tokens: &atoms.tokens,
            cues,
            mentions,
            taken: Vec::new(),
        };
        for (at, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.weak) {
            if traps.taken.contains(&mention.entry) {
                continue;
            }
            let itself = at > 0 && mentions[at - 1].entry == mention.entry;
            if traps.is_surname(vocabulary, lists, mention) || !itself && traps.is_other_acronym(mention) {
                traps.taken.push(mention.entry);
            }
        }
        traps
    }

    /// Whether a mention means something else.
    pub(super) fn holds(&self, mention: &Mention) -> bool {
        mention.weak && (self.taken.contains(&mention.entry) || self.is_part_of_longer(mention))
    }

    /// "Anna Reuter", "Mayor Bloomberg": the story has a person of that name.
    fn is_surname(&self, vocabulary: &Vocabulary, lists: Lists, mention: &Mention) -> bool {
        let Some(before) = self.before(mention).filter(|token| token.is_capital(self.text)) else {
            return false;
        };
        let one = mention.atoms.len() == 1 && self.tokens[mention.atoms.start].case == Case::Capitalised;
        one && vocabulary
            .names
            .traits(before, lists)
            .any(Traits::GIVEN | Traits::TITLE)
    }

    /// "Masyarakat Transportasi Indonesia (MTI)": the words before the bracket are what the acronym stands for.
    fn is_other_acronym(&self, mention: &Mention) -> bool {
        let (start, end) = (mention.atoms.start, mention.atoms.end);
        let bracketed = start > 0 && self.word(start - 1) == "(" && self.word(end) == ")";
        bracketed
            && self.tokens[start].case == Case::AllCapitals
            && is_spelt_out(self.text, &self.tokens[..start - 1], self.tokens[start].of(self.text))
    }

    /// "Sun Microsystems", "AP Moller", "Sun-Sentinel", "Baltimore Sun": a capital beside it makes a longer name.
    fn is_part_of_longer(&self, mention: &Mention) -> bool {
        let (start, end) = (mention.atoms.start, mention.atoms.end);
        let after = self.continues(end) && !self.cues.is_weekday(end);
        let before = start.checked_sub(1).is_some_and(|at| self.continues(at));
        // "ANP-Reuters" are two sources.
        let hyphened = |dash: usize, other: usize| {
            self.word(dash) == "-"
                && self.continues(other)
                && !self.is_source(other)
                && self.tokens[dash.min(other)].end == self.tokens[dash.max(other)].start
        };
        after || before || hyphened(end, end + 1) || start > 1 && hyphened(start - 1, start - 2)
    }

    /// Whether a token may belong to a name beside it.
    fn continues(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| self.is_of_name(token)) && !self.cues.is_cue(at)
    }

    fn is_source(&self, at: usize) -> bool {
        let next = self.mentions.partition_point(|mention| mention.atoms.end <= at);
        self.mentions.get(next).is_some_and(|mention| mention.atoms.start <= at)
    }

    fn is_of_name(&self, token: &Token) -> bool {
        token.kind == Kind::Word && token.is_capital(self.text)
    }

    fn before(&self, mention: &Mention) -> Option<&Token> {
        self.tokens.get(mention.atoms.start.checked_sub(1)?)
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }
}

/// Whether the first letters of the last capitalised words among `before` spell the acronym.
pub(in crate::extract) fn is_spelt_out(text: &str, before: &[Token], acronym: &str) -> bool {
    let mut letters = acronym.chars().rev().filter(|c| c.is_alphabetic());
    let near = &before[before.len().saturating_sub(LONGEST_EXPANSION)..];
    let mut initials = near
        .iter()
        .rev()
        .filter(|token| token.is_capital(text))
        .filter_map(|token| token.of(text).chars().next());
    letters.all(|letter| {
        initials
            .next()
            .is_some_and(|initial| initial.to_lowercase().eq(letter.to_lowercase()))
    })
}
