//! Finds who a reporting word speaks of: the subject before it, over adverbs and appositions, or after it.

use std::ops::Range;

use super::Scene;
use super::sentences::Sentence;
use crate::text::{Case, Kind};
use crate::vocabulary::names::{Lists, Traits};
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

/// How far left of a cue its subject may stand, in tokens.
const REACH_LEFT: usize = 40;
/// How far right of a cue a name may stand: Indonesian puts roles and organisations between.
const REACH_RIGHT: usize = 22;
const REACH_RIGHT_SHORT: usize = 12;
/// How many mentions back the holder of a title is looked for.
const HOLDERS: usize = 400;

impl Scene<'_, '_> {
    /// The subject before the cue at `cue`.
    pub(super) fn subject_before(&self, sentence: &Sentence, cue: usize) -> Option<Subject> {
        let floor = sentence.tokens.start.max(cue.saturating_sub(REACH_LEFT));
        let mut at = cue;
        let mut and = false;
        loop {
            at = at.checked_sub(1).filter(|at| *at >= floor)?;
            if self.is_quoted(at) {
                continue;
            }
            let word = self.body.word(at);
            if and || is_conjunction(word) {
                return Some(Subject::Same);
            }
            if let Some(person) = self.cast.person_at(at) {
                if self.stands_for_place(at) {
                    return Some(self.phrase_before(at, floor));
                }
                return Some(self.served(at, floor).unwrap_or_else(|| self.named(person, at)));
            }
            match self.cues[at] {
                Some(cue) if cue.is(CueKind::Pronoun) => return Some(Subject::Pronoun(at)),
                Some(cue)
                    if cue.is(CueKind::Thing) && at.checked_sub(1).is_some_and(|before| self.opens_clause(before)) =>
                {
                    // "what it called": the subject of the main clause.
                    return Some(Subject::Same);
                }
                Some(cue) if cue.is(CueKind::Adverb) => {
                    and |= matches!(word, "and" | "dan");
                    continue;
                }
                _ => {}
            }
            if self.lists == Lists::En
                && word.len() > 4
                && word.ends_with("ly")
                && self.body.tokens[at].case == Case::Lower
            {
                continue;
            }
            match word {
                ")" => at = self.opening_bracket(at, floor)?,
                "," => return self.over_apposition(at, floor),
                "who" | "yang" | "qui" | "que" | "die" => {
                    let before = at.checked_sub(1)?;
                    let before = if self.body.word(before) == "," {
                        before.checked_sub(1)?
                    } else {
                        before
                    };
                    return self.cast.person_at(before).map(|person| self.named(person, before));
                }
                _ if self.body.tokens[at].kind == Kind::Number => {}
                _ if self.is_source(at) => {}
                _ => return Some(self.phrase_before(at, floor)),
            }
        }
    }

    /// "Officials in Georgia said": one word behind "in" is where someone is.
    fn stands_for_place(&self, at: usize) -> bool {
        let before = at.checked_sub(1);
        let place = before.is_some_and(|before| matches!(self.body.word(before), "in" | "at" | "di" | "ke"));
        place
            && self
                .cast
                .mention_at(at)
                .is_some_and(|mention| mention.tokens.len() == 1)
    }

    /// Whether the word at `at` opens a clause with a subject of its own ("that", "because").
    fn opens_clause(&self, at: usize) -> bool {
        self.is_cue(at, CueKind::Clause) && !self.is_cue(at, CueKind::Link)
    }

    /// "A selaku manajer B": the speaker is A.
    fn served(&self, at: usize, floor: usize) -> Option<Subject> {
        let as_role = (floor..at)
            .rev()
            .take(6)
            .find(|&back| matches!(self.body.word(back), "selaku" | "sebagai"))?;
        let before = as_role.checked_sub(1)?;
        self.cast.person_at(before).map(|person| self.named(person, before))
    }

    /// The name before a comma: "X, the minister, said"; commas of dates and sources are passed over.
    fn over_apposition(&self, comma: usize, floor: usize) -> Option<Subject> {
        let mut at = comma;
        let mut commas = 1;
        while at > floor {
            at -= 1;
            let before_comma = self.body.word(at + 1) == ",";
            // "R-Ky., said": the full stop of an abbreviation.
            let stops = self.body.word(at) == "." && !before_comma;
            if self.is_quoted(at) || stops || matches!(self.body.word(at), ";" | ":") {
                return None;
            }
            if before_comma && self.body.word(at) == ")" {
                // "X (D), a candidate, said"
                let Some(open) = self.opening_bracket(at, floor) else {
                    continue;
                };
                if let Some(person) = open.checked_sub(1).and_then(|name| self.cast.person_at(name)) {
                    return Some(self.named(person, open - 1));
                }
                at = open;
                continue;
            }
            if before_comma && let Some(person) = self.cast.person_at(at) {
                // "X, head of research at firm A, said": A is part of what X is.
                let officer = (commas == 1).then(|| self.officer(at, floor)).flatten();
                let (person, at) = officer.unwrap_or((person, at));
                return Some(self.named(person, at));
            }
            if before_comma && self.is_cue(at, CueKind::Pronoun) {
                return Some(Subject::Pronoun(at));
            }
            if self.body.word(at) == "," {
                commas += 1;
                if commas > 4 {
                    return None;
                }
            }
        }
        None
    }

    /// The person before the comma that opens the apposition in which the name at `at` stands behind "of" or "at".
    fn officer(&self, at: usize, floor: usize) -> Option<(usize, usize)> {
        let start = self.cast.mention_at(at)?.tokens.start;
        let mut behind = false;
        for back in (floor..start).rev() {
            let word = self.body.word(back);
            if word == "," {
                let name = back.checked_sub(1)?;
                return self
                    .cast
                    .person_at(name)
                    .filter(|_| behind)
                    .map(|person| (person, name));
            }
            if self.body.tokens[back].kind == Kind::Mark && word != "-" {
                return None;
            }
            behind |= matches!(
                word,
                "of" | "at" | "for" | "with" | "dari" | "di" | "von" | "bei" | "de"
            );
        }
        None
    }

    /// What a cue's subject is when the word before it is no name: "X of the party said", "the president said".
    fn phrase_before(&self, last: usize, floor: usize) -> Subject {
        let mut at = last;
        let mut start = last;
        while at >= floor && last - at < 12 {
            if self.body.word(at) == "," && (at + 1..=last).all(|at| self.body.tokens[at].is_capital(self.body.text)) {
                // "X, a director in Springfield, Illinois said"
                if let Some(subject) = self.over_apposition(at, floor) {
                    return subject;
                }
            }
            if self.body.word(at) == ","
                && self.traits(at + 1).any(Traits::TITLE | Traits::ROLE)
                && let Some(before) = at.checked_sub(1)
                && let Some(person) = self.cast.person_at(before)
            {
                // "X, head of the group based in Y described …": the second comma is missing.
                return self.named(person, before);
            }
            if self.is_quoted(at) || self.body.tokens[at].kind == Kind::Mark && self.body.word(at) != "-" {
                break;
            }
            if let Some(person) = self.cast.person_at(at).filter(|_| !self.stands_for_place(at)) {
                let prepositional = matches!(
                    self.body.word(at + 1),
                    "of" | "from"
                        | "at"
                        | "with"
                        | "in"
                        | "on"
                        | "during"
                        | "after"
                        | "dari"
                        | "asal"
                        | "di"
                        | "dalam"
                        | "melalui"
                        | "lewat"
                        | "usai"
                        | "yang"
                        | "who"
                        | "saat"
                        | "de"
                        | "von"
                        | "van"
                );
                if prepositional {
                    return self.named(person, at);
                }
                break;
            }
            if at < last && self.opens_clause(at) {
                break;
            }
            start = at;
            match at.checked_sub(1) {
                Some(before) => at = before,
                None => break,
            }
        }
        if let Some(holder) = self.holder(last) {
            return Subject::Person(holder, start..last + 1);
        }
        // "… in a box said": a phrase that a preposition opens is no subject.
        let lead = self.is_cue(start, CueKind::Lead) && (self.lists == Lists::De || !self.is_cue(start, CueKind::Link));
        let noun = self.body.tokens[last].is_capital(self.body.text) || self.body.tokens[last].kind != Kind::Word;
        if lead || self.lists == Lists::De && !noun {
            return Subject::Unknown;
        }
        Subject::Other(start..last + 1)
    }

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
        if let Some(office) = chain.next().filter(|&at| is_government(self.body.word(at))) {
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

    /// The last person before token `at` who bore the title that stands there alone ("the president").
    fn holder(&self, at: usize) -> Option<usize> {
        if !self.traits(at).any(Traits::TITLE) {
            return None;
        }
        let folded = self.body.tokens[at].folded;
        let before = self.cast.mentions.partition_point(|mention| mention.tokens.start < at);
        let holders = self.cast.mentions[..before].iter().rev().take(HOLDERS);
        holders
            .into_iter()
            .find(|mention| mention.title == Some(folded) && self.bears(mention.tokens.start, folded))
            .map(|mention| mention.person)
    }

    /// Whether the title stands before a name with nothing but other titles and capitalised words between.
    fn bears(&self, start: usize, title: u64) -> bool {
        for at in (start.saturating_sub(8)..start).rev() {
            let token = &self.body.tokens[at];
            if token.folded == title {
                return true;
            }
            if !token.is_capital(self.body.text) && !self.traits(at).any(Traits::TITLE | Traits::ROLE) {
                return false;
            }
        }
        false
    }

    fn opening_bracket(&self, close: usize, floor: usize) -> Option<usize> {
        (floor..close).rev().take(12).find(|&at| self.body.word(at) == "(")
    }

    pub(super) fn closing_bracket(&self, open: usize, end: usize) -> usize {
        (open..end)
            .take(12)
            .find(|&at| self.body.word(at) == ")")
            .unwrap_or(open)
    }
}

fn is_conjunction(word: &str) -> bool {
    matches!(
        word,
        "and" | "but" | "dan" | "serta" | "namun" | "tetapi" | "y" | "et" | "und" | "en" | "e"
    )
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
