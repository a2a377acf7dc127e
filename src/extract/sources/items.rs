//! Items that their agency signs: a body may hold several briefs, each with its own dateline or its own agency in brackets.
//!
//! "PARIS, 14. (Havas.) — Le…", "The wind fell. (UPI, Reuter)", "LONDON, 12. — Reuter. — The…", "… he said. — AP" at the end of
//! a paragraph. Desks write the agency in any case here ("ap", "Afp"). What stands in brackets elsewhere signs nothing.

use std::ops::Range;

use super::credits::is_region_code;
use super::traps::is_spelt_out;
use crate::extract::document::{Marks, Text};
use crate::text::{Case, Kind, Token};
use crate::vocabulary::Vocabulary;

/// A signature is no longer than this many tokens.
const LONGEST: usize = 14;
/// In it stand no more unknown words than this (initials, the desk's own name) …
const UNKNOWN: usize = 2;
/// … and none is longer than this many bytes.
const UNKNOWN_BYTES: usize = 6;

/// An agency that signs an item.
#[derive(Debug)]
pub(super) struct Signed {
    /// The body's tokens of its name.
    pub(super) tokens: Range<usize>,
    /// Its place in the list.
    pub(super) entry: u32,
    /// The rule that found it.
    pub(super) rule: &'static str,
}

/// The agencies that sign items of the body, in its order. The dateline and furniture are left out.
pub(super) fn find(vocabulary: &Vocabulary, body: &Text<'_>, language: &str, year: Option<i64>) -> Vec<Signed> {
    let items = Items {
        vocabulary,
        body,
        language,
        year,
    };
    let mut found = Vec::new();
    if let Some(heading) = body.paragraphs.first().and_then(|first| items.opening(first)) {
        found.extend(heading.into_signed());
    }
    for paragraph in &body.paragraphs {
        let mut at = paragraph.start;
        while at < paragraph.end {
            let marks = body.marks[at];
            let marked = marks.any(Marks::DATELINE) || marks.any(Marks::FURNITURE) && !marks.any(Marks::CREDIT);
            match (!marked).then(|| items.signature_at(at, paragraph)).flatten() {
                Some(signature) => {
                    at = signature.end.max(at + 1);
                    found.extend(signature.into_signed());
                }
                None => at += 1,
            }
        }
    }
    found
}

/// Names one after the other, with what may stand between them.
#[derive(Debug)]
struct List {
    agencies: Vec<(Range<usize>, u32)>,
    /// None of the names is certain by itself.
    weak: bool,
    /// Words that are no names.
    unknown: usize,
    end: usize,
}

#[derive(Debug)]
struct Signature {
    agencies: Vec<(Range<usize>, u32)>,
    end: usize,
    rule: &'static str,
}

impl Signature {
    fn into_signed(self) -> impl Iterator<Item = Signed> {
        let rule = self.rule;
        self.agencies
            .into_iter()
            .map(move |(tokens, entry)| Signed { tokens, entry, rule })
    }
}

struct Items<'i, 't> {
    vocabulary: &'i Vocabulary,
    body: &'i Text<'t>,
    language: &'i str,
    year: Option<i64>,
}

impl Items<'_, '_> {
    /// The signature that opens with the mark at `at`.
    fn signature_at(&self, at: usize, paragraph: &Range<usize>) -> Option<Signature> {
        if self.body.tokens[at].kind != Kind::Mark {
            return None;
        }
        match self.body.word(at) {
            "(" | "[" | "{" => self.bracket(at, paragraph),
            "—" | "–" | "-" | "/" => self.dashed(at, paragraph).or_else(|| self.closing(at, paragraph)),
            "." if self.is_inner_dot(at) => None,
            "." => {
                let closing = self.closing(at, paragraph).or_else(|| self.dashed(at, paragraph));
                closing.or_else(|| self.heading(at + 1))
            }
            "!" | "?" | "»" | "”" | "\"" => self.closing(at, paragraph),
            _ => None,
        }
    }

    /// "(Havas.)" where an item begins or ends.
    fn bracket(&self, open: usize, paragraph: &Range<usize>) -> Option<Signature> {
        let close =
            (open + 2..paragraph.end.min(open + LONGEST)).find(|&at| matches!(self.body.word(at), ")" | "]" | "}"))?;
        let list = self.list(open + 1, close).or_else(|| self.misread(open, close))?;
        if list.end < close {
            return None;
        }
        let after = close + 1;
        let begins = open == paragraph.start || self.ends_sentence(open - 1) || self.word_before(open) == "[";
        let dashed = self.dash_end(after).is_some_and(|next| self.is_capital(next));
        let dated =
            (self.is_dated(open) || self.word_before(open) == "-") && self.is_capital(self.skip(after, &[".", ","]));
        let ends = self.skip(after, &[".", "!"]) >= paragraph.end;
        let spelt = self.is_spelt_out(open, &list);
        let agencies = list.agencies.iter().all(|&(_, entry)| self.is_agency(entry));
        let bound = agencies && (!list.weak || self.word_before(open) == ",");
        // "\"(Dana) gave": what an editor puts into a quote is followed by the rest of its sentence.
        let next = self.skip(after, &[".", ",", ";"]);
        let closed = next >= paragraph.end
            || next > after
            || self.is_capital(next)
            || dashed
            || dated
            || self.body.tokens[next].kind != Kind::Word;
        let rule = if begins && closed && list.unknown <= list.agencies.len() || ends && bound && list.unknown == 0 {
            "bracket"
        } else if (dashed || dated) && list.unknown == 0 && !spelt && !self.is_region_code(&list) {
            "item dateline"
        } else {
            return None;
        };
        Some(Signature {
            agencies: list.agencies,
            end: after,
            rule,
        })
    }

    /// "LONDON, 12. — Reuter. — The": between a date and a dash.
    fn dashed(&self, dash: usize, paragraph: &Range<usize>) -> Option<Signature> {
        if !self.is_dated(dash) {
            return None;
        }
        let list = self.list(dash + 1, paragraph.end.min(dash + LONGEST))?;
        let next = self.dash_end(list.end)?;
        (list.unknown == 0 && self.is_capital(next)).then_some(Signature {
            agencies: list.agencies,
            end: next,
            rule: "item dateline",
        })
    }

    /// "The wind fell. — AP" at the end of its paragraph; `at` ends a sentence, or is the dash after that.
    fn closing(&self, at: usize, paragraph: &Range<usize>) -> Option<Signature> {
        let slash = self.body.word(at) == "/";
        if at + 1 >= paragraph.end || paragraph.end - at > LONGEST && !slash {
            return None;
        }
        let dash = slash || matches!(self.body.word(at), "—" | "–" | "-");
        if dash && !(at > paragraph.start && self.ends_sentence(at - 1)) {
            return None;
        }
        let list = self.list(at + 1, paragraph.end.min(at + LONGEST))?;
        // After a slash the next item may follow in the same paragraph.
        let ended = self.skip(list.end, &["."]) >= paragraph.end || slash && self.is_capital(list.end);
        let sure = dash || list.agencies.iter().all(|(tokens, _)| self.is_in_capitals(tokens));
        (ended && sure && list.unknown == 0).then_some(Signature {
            agencies: list.agencies,
            end: list.end,
            rule: "closing name",
        })
    }

    /// "Dépêches de l'Agence télégraphique suisse 6 août": the heading of a column.
    fn opening(&self, first: &Range<usize>) -> Option<Signature> {
        let start = (first.start..first.end.min(first.start + 5)).find(|&at| {
            let token = &self.body.tokens[at];
            self.is_capital(at) && self.vocabulary.sources.may_begin_name(token)
        })?;
        self.heading(start)
    }

    /// "Agence télégraphique suisse Berne, 23 juin. —": a full name before the date of the next item.
    fn heading(&self, at: usize) -> Option<Signature> {
        let body = self.body;
        let named = self.vocabulary.sources.named_at(body.text, &body.tokens, at)?;
        let place = at + named.len;
        let number = |at: usize| body.tokens.get(at).is_some_and(|token| token.kind == Kind::Number);
        let comma = (place + 1..place + 5).find(|&at| body.word(at) == ",");
        let placed = comma.is_some_and(|comma| (place..comma).all(|at| self.is_capital(at)) && number(comma + 1));
        let dated = number(place) && self.is_capital(place + 1);
        let full = named.len > 1 && !named.weak && self.is_agency(named.entry);
        (full && (placed || dated)).then(|| Signature {
            agencies: vec![(at..place, named.entry)],
            end: place,
            rule: "item dateline",
        })
    }

    fn is_agency(&self, entry: u32) -> bool {
        let entry = self.vocabulary.sources.entry(entry);
        entry.is_some_and(|entry| entry.kind == "agency")
    }

    /// The agencies from token `start` on, before token `end`.
    fn list(&self, start: usize, end: usize) -> Option<List> {
        let mut list = List {
            agencies: Vec::new(),
            weak: true,
            unknown: 0,
            end: start,
        };
        let tokens = &self.body.tokens[..end];
        let mut at = start;
        while at < end {
            let signed = self.vocabulary.sources.signed_at(self.body.text, tokens, at);
            if let Some(named) = signed.filter(|named| self.is_of_its_time(named.entry)) {
                list.agencies.push((at..at + named.len, named.entry));
                list.weak &= named.weak;
                at += named.len;
                list.end = at;
                continue;
            }
            let token = &tokens[at];
            if self.is_inner_dot(at) {
                return None;
            }
            match token.kind {
                Kind::Mark if matches!(self.body.word(at), "/" | "-" | "–" | "," | ";" | "&" | "." | "+") => {
                    list.end = list.end.max(at + usize::from(self.body.word(at) == "."));
                }
                Kind::Word if self.is_joiner(at) && !list.agencies.is_empty() => {}
                Kind::Word if list.unknown < UNKNOWN && self.may_be_initials(token, at, end) => {
                    list.unknown += 1;
                    list.end = at + 1;
                }
                _ => break,
            }
            at += 1;
        }
        if at == end {
            list.end = end;
        }
        (!list.agencies.is_empty()).then_some(list)
    }

    /// A name that was read wrongly from paper, by one letter: only between a date and a dash, and of one word.
    fn misread(&self, open: usize, close: usize) -> Option<List> {
        let strict = self.is_dated(open) && self.dash_end(close + 1).is_some_and(|next| self.is_capital(next));
        let word = self
            .body
            .tokens
            .get(open + 1)
            .filter(|token| token.kind == Kind::Word)?;
        if !strict || self.skip(open + 2, &[".", ","]) != close {
            return None;
        }
        let entry = self.vocabulary.sources.misread(word.of(self.body.text))?;
        self.is_of_its_time(entry).then(|| List {
            agencies: vec![(open + 1..open + 2, entry)],
            weak: true,
            unknown: 0,
            end: close,
        })
    }

    fn is_of_its_time(&self, entry: u32) -> bool {
        let entry = self.vocabulary.sources.entry(entry);
        // Nothing but a signature is read so: undated copy may be as old as the agency.
        self.year.is_none() || entry.is_some_and(|entry| entry.is_active_in(self.year))
    }

    fn is_joiner(&self, at: usize) -> bool {
        matches!(
            self.body.word(at),
            "and" | "et" | "und" | "y" | "e" | "en" | "dan" | "with" | "avec" | "mit"
        )
    }

    /// A short word alone between marks: initials, or the desk's own name.
    fn may_be_initials(&self, token: &Token, at: usize, end: usize) -> bool {
        let alone = |at: usize| at >= end || self.body.tokens[at].kind == Kind::Mark;
        let short = token.end - token.start <= UNKNOWN_BYTES as u32;
        short && at > 0 && alone(at - 1) && alone(at + 1) && !self.is_picture(at)
    }

    /// A full stop inside a ticker or an address: "NYT.N", "agency.com".
    fn is_inner_dot(&self, at: usize) -> bool {
        let touches = |left: usize| self.word_end(left) == self.word_start(left + 1);
        let joins = |at: usize| self.body.tokens.get(at).is_some_and(|token| token.kind != Kind::Mark);
        self.body.word(at) == "." && at > 0 && joins(at - 1) && touches(at - 1) && joins(at + 1) && touches(at)
    }

    /// A word that credits a picture, not the copy.
    fn is_picture(&self, at: usize) -> bool {
        self.vocabulary.citations.credits_picture(&self.body.tokens[at])
    }

    fn word_before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.body.word(at))
    }

    fn ends_sentence(&self, at: usize) -> bool {
        matches!(self.body.word(at), "." | "!" | "?" | "—" | "»" | "”" | "\"" | "…")
            && (self.word_end(at) != self.word_start(at + 1) || self.body.word(at) != "\"")
    }

    fn word_end(&self, at: usize) -> Option<u32> {
        self.body.tokens.get(at).map(|token| token.end)
    }

    fn word_start(&self, at: usize) -> Option<u32> {
        self.body.tokens.get(at).map(|token| token.start)
    }

    fn is_capital(&self, at: usize) -> bool {
        let token = self.body.tokens.get(at);
        token.is_some_and(|token| {
            token.is_capital(self.body.text) || matches!(token.of(self.body.text), "«" | "\"" | "“" | "„")
        })
    }

    fn is_in_capitals(&self, tokens: &Range<usize>) -> bool {
        self.body.tokens[tokens.clone()]
            .iter()
            .all(|token| token.case == Case::AllCapitals || token.kind == Kind::Mark)
    }

    /// After the marks at `at`.
    fn skip(&self, mut at: usize, marks: &[&str]) -> usize {
        while at < self.body.tokens.len() && marks.contains(&self.body.word(at)) {
            at += 1;
        }
        at
    }

    /// After a dash, with a full stop or comma before it: ".-", ", —".
    fn dash_end(&self, at: usize) -> Option<usize> {
        let first = self.skip(at, &[".", ","]);
        let end = self.skip(first, &["-", "–", "—", "_", "―", "−"]);
        (end > first && end - at <= 4).then_some(end)
    }

    /// Whether a date ends before token `at`: "14.", "27 mars.", "7. Aug.", "23".
    fn is_dated(&self, at: usize) -> bool {
        let mut last = at;
        while last > 0 && at - last < 3 && matches!(self.body.word(last - 1), "." | "," | "-" | "—") {
            last -= 1;
        }
        let Some(token) = last.checked_sub(1).and_then(|at| self.body.tokens.get(at)) else {
            return false;
        };
        let number = |token: &Token| token.kind == Kind::Number && token.end - token.start <= 2;
        let near = last.saturating_sub(3)..last - 1;
        number(token) || token.kind == Kind::Word && self.body.tokens[near].iter().any(number)
    }

    /// Whether the words before the bracket spell the acronym in it: "Associated Press (AP)".
    fn is_spelt_out(&self, open: usize, list: &List) -> bool {
        let [(tokens, _)] = &list.agencies[..] else {
            return false;
        };
        is_spelt_out(
            self.body.text,
            &self.body.tokens[..open],
            self.body.slice(tokens.clone()),
        )
    }

    fn is_region_code(&self, list: &List) -> bool {
        let code = |tokens: &Range<usize>| is_region_code(self.language, self.body.slice(tokens.clone()));
        list.agencies.iter().all(|(tokens, _)| code(tokens))
    }
}
