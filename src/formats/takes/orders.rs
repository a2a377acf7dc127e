//! Messages that order another item away: what they name. "Kill item 157", "please kill story slugged Harbour",
//! "Bitte streichen Sie die Meldung dpa 157".

use super::slug::read_slug;
use super::words::{Form, Token, phrase_at, tokens};
use crate::story::{Filing, TakeKind, Target};

/// Such a message is short; what stands further down is a text that it repeats.
const MAX_CHARS: usize = 2_000;

/// A message names a handful of items.
const MAX_TARGETS: usize = 20;

/// Words that may stand between "item" and its number, beside the letters of a service.
const FILLERS: [&str; 12] = [
    "de", "la", "le", "el", "del", "van", "dengan", "sie", "die", "the", "our", "agency",
];

/// Words that join numbers in a list.
const JOINTS: [&str; 9] = ["and", "und", "et", "y", "e", "en", "dan", "or", "oder"];

/// What may follow a number that is named; a thing that is counted ("kill 12 rebels") may not.
const AFTER: [&str; 32] = [
    "moved",
    "slugged",
    "sent",
    "from",
    "of",
    "because",
    "which",
    "by",
    "headlined",
    "timed",
    "on",
    "at",
    "vom",
    "von",
    "mit",
    "du",
    "de",
    "del",
    "tertanggal",
    "yang",
    "bitte",
    "please",
    "is",
    "has",
    "por",
    "pour",
    "per",
    "wegen",
    "karena",
    "kerana",
    "e",
    "timestamped",
];

/// Words in small letters that end a keyword; others, "Port of Lunde", are part of it.
const GO_ON: [&str; 20] = [
    "moved",
    "sent",
    "which",
    "because",
    "at",
    "on",
    "from",
    "that",
    "has",
    "is",
    "was",
    "and",
    "timed",
    "by",
    "vom",
    "von",
    "yang",
    "immediately",
    "transmitted",
    "as",
];

/// Words by which a message asks.
const POLITE: [&str; 10] = [
    "please", "bitte", "merci", "mohon", "favor", "prega", "gelieve", "priere", "harap", "rogamos",
];

/// What may stand before an order that opens a sentence.
const OPENERS: [&str; 14] = [
    "eds",
    "editors",
    "editor",
    "note",
    "to",
    "attention",
    "achtung",
    "urgent",
    "sie",
    "the",
    "a",
    "an",
    "redaksi",
    "redaktionen",
];

/// What the texts of a filing that takes its story away name.
pub(super) fn targets(filing: &Filing) -> Vec<Target> {
    let reader = Reader::of(filing);
    let mut out = Vec::new();
    for text in texts(filing) {
        for sentence in sentences(text) {
            reader.read(sentence, &mut out);
        }
    }
    out.truncate(MAX_TARGETS);
    out
}

/// What a filing without take words orders away, if it is nothing but such an order.
pub(super) fn message(filing: &Filing) -> Option<(TakeKind, String, Vec<Target>)> {
    let reader = Reader::of(filing);
    if filing.ninjs.body().len() > MAX_CHARS {
        return None;
    }
    let opening = filing.ninjs.body().lines().next().unwrap_or_default();
    for text in [
        filing.ninjs.headline(),
        filing.ninjs.ed_note.as_deref().unwrap_or_default(),
        opening,
    ] {
        for sentence in sentences(text) {
            let mut targets = Vec::new();
            let Some((at, kind)) = reader.read(sentence, &mut targets) else {
                continue;
            };
            let words = tokens(sentence, 60);
            let polite = words.iter().any(|token| POLITE.contains(&token.word.as_str()));
            let opens = words[..at.min(words.len())]
                .iter()
                .all(|token| OPENERS.contains(&token.word.as_str()));
            if !targets.is_empty() && (polite || opens) {
                let label = words.get(at).and_then(|token| sentence.get(token.span.clone()));
                return Some((kind, label.unwrap_or_default().to_owned(), targets));
            }
        }
    }
    None
}

fn texts(filing: &Filing) -> [&str; 3] {
    let body = filing.ninjs.body();
    let mut end = body.len().min(MAX_CHARS);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let note = filing.ninjs.ed_note.as_deref().unwrap_or_default();
    [filing.ninjs.headline(), note, &body[..end]]
}

/// Sentences end at a full stop before a space and a capital, and at line ends; "No." and "Nr." end none.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| {
        let mut out = Vec::new();
        let mut start = 0;
        for (at, _) in line.match_indices(". ") {
            let last = line[start..at].rsplit([' ', '(']).next().unwrap_or_default();
            let short = ["no", "nr", "num", "nos", "núm"]
                .iter()
                .any(|word| word.eq_ignore_ascii_case(last));
            if !short {
                out.push(&line[start..=at]);
                start = at + 2;
            }
        }
        out.push(&line[start..]);
        out
    })
}

/// Reads the sentences of one filing.
struct Reader {
    /// The letters of its own service.
    service: String,
    /// Its own identifiers that an agency's letters begin, "dpa:157:2024-03-01", without the number.
    series: Vec<(String, String)>,
}

impl Reader {
    fn of(filing: &Filing) -> Self {
        let wire = filing.wire_number.as_ref();
        let parts = |value: &str| {
            let mut parts = value.splitn(3, ':');
            Some((parts.next()?.to_lowercase(), parts.nth(1)?.to_owned()))
        };
        let ids = filing.ninjs.alt_ids.iter().filter(|id| id.role == super::AGENCY_NUMBER);
        Self {
            service: wire.map(|wire| wire.service.to_lowercase()).unwrap_or_default(),
            series: ids.filter_map(|id| parts(&id.value)).collect(),
        }
    }

    /// Adds what a sentence names; the place of its order, where it has one.
    fn read(&self, sentence: &str, out: &mut Vec<Target>) -> Option<(usize, TakeKind)> {
        let words = tokens(sentence, 120);
        let order = (0..words.len()).find_map(|at| {
            let (len, phrase) = phrase_at(&words, at, |form| form == Form::Order)?;
            Some((at, len, phrase.kind))
        });
        let (start, len, kind) = order?;
        let end = (start..words.len())
            .find(|&at| phrase_at(&words, at, |form| form == Form::Stop).is_some() && !is_negated(&words, at))
            .unwrap_or(words.len());
        let line = Sentence {
            text: sentence,
            words: &words[..end],
            order: start..start + len,
        };
        let mut at = 0;
        while at < end {
            at = line
                .slug(at, out)
                .or_else(|| self.number(&line, at, out))
                .unwrap_or(at + 1);
        }
        line.uris(out);
        Some((start, kind))
    }

    /// A number that is named, at a token; where the sentence goes on.
    fn number(&self, line: &Sentence, at: usize, out: &mut Vec<Target>) -> Option<usize> {
        let (letters, digits) = line.letters_and_digits(at)?;
        let next = at + 1 + usize::from(!letters.is_empty());
        let number = digits.trim_start_matches('0').to_owned();
        let own = !letters.is_empty() && letters == self.service;
        if number.is_empty() || !line.is_uncounted(next) || !(own || line.is_named(at, &self.service)) {
            return None;
        }
        let agency = if letters.is_empty() {
            line.word(at.checked_sub(1))
        } else {
            &letters
        };
        let series = self
            .series
            .iter()
            .find(|(name, _)| name == agency && *agency != self.service);
        push(
            out,
            match series {
                Some((name, day)) => Target::Uri(format!("{name}:{number}:{day}")),
                None => Target::Number(number),
            },
        );
        Some(next)
    }
}

/// "Do not use" is an order, not what is to be used.
fn is_negated(words: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|at| words.get(at))
        .is_some_and(|before| matches!(before.word.as_str(), "not" | "to"))
}

fn push(out: &mut Vec<Target>, target: Target) {
    if !out.contains(&target) {
        out.push(target);
    }
}

/// A sentence with an order in it, up to where it speaks of something else.
struct Sentence<'s> {
    text: &'s str,
    words: &'s [Token],
    order: std::ops::Range<usize>,
}

impl Sentence<'_> {
    fn word(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.words.get(at))
            .map_or("", |token| token.word.as_str())
    }

    /// The letters and the digits of a token such as `NY157`, the letters empty where there are none before.
    fn letters_and_digits(&self, at: usize) -> Option<(String, &str)> {
        let token = self.words.get(at)?;
        let is_digits = |word: &str| word.len() <= 6 && word.bytes().all(|byte| byte.is_ascii_digit());
        if is_digits(&token.word) {
            let loose = !token.glued && self.words.get(at + 1).is_none_or(|next| !next.glued);
            return loose.then(|| (String::new(), token.word.as_str()));
        }
        let next = self
            .words
            .get(at + 1)
            .filter(|next| next.glued && is_digits(&next.word))?;
        let short = token.word.len() <= 4 && self.words.get(at + 2).is_none_or(|after| !after.glued);
        short.then(|| (token.word.clone(), next.word.as_str()))
    }

    /// Whether what stands before a number names it: "item", "Meldung dpa", "story No.", the order itself, or a number before.
    fn is_named(&self, at: usize, service: &str) -> bool {
        let mut back = at;
        for _ in 0..5 {
            let Some(before) = back.checked_sub(1) else {
                return false;
            };
            if self.order.contains(&before) || self.is(before, Form::Named) {
                return true;
            }
            let word = self.word(Some(before));
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            let written = self.text.get(self.words[before].span.clone()).unwrap_or_default();
            let agency = word == service || word == "dpa" || (word.len() <= 4 && super::words::is_shouted(written));
            if !(is_number || agency || JOINTS.contains(&word) || FILLERS.contains(&word)) {
                return false;
            }
            back = before;
        }
        false
    }

    fn is(&self, at: usize, form: Form) -> bool {
        phrase_at(self.words, at, |own| own == form).is_some()
    }

    /// Whether nothing that is counted, and no clock, follows a number.
    fn is_uncounted(&self, next: usize) -> bool {
        let Some(token) = self.words.get(next) else { return true };
        let before = self.words[next - 1].span.end;
        let between = self.text.get(before..token.span.start).unwrap_or_default();
        let apart = between.contains([',', '.', ';', '(', ')', '"', '–', '—', '/']) && !between.starts_with([':', '.'])
            || between.contains(". ");
        let word = token.word.as_str();
        apart || AFTER.contains(&word) || JOINTS.contains(&word) || self.order.contains(&next)
    }

    /// A keyword that is named: after "slugged", or with the cycle before it ("BC-Harbour"); where the sentence goes on.
    fn slug(&self, at: usize, out: &mut Vec<Target>) -> Option<usize> {
        let token = self.words.get(at)?;
        let after = if let Some((len, _)) = phrase_at(self.words, at, |form| form == Form::Slug) {
            self.words.get(at + len)?.span.start
        } else {
            let is_cycle = matches!(self.text.get(token.span.clone()), Some("BC" | "AM" | "PM"));
            let dashed = self
                .text
                .get(token.span.end..)
                .is_some_and(|rest| rest.starts_with('-'));
            (is_cycle && dashed).then_some(token.span.start)?
        };
        let rest = &self.text[after..];
        let quoted = self.text[..after].ends_with(['"', '“', '„', '«', '\'', '‘']);
        let end = if quoted {
            rest.find(['"', '”', '“', '»', '\'', '’']).unwrap_or(rest.len())
        } else {
            end_of_slug(rest)
        };
        let keyword = read_slug(&rest[..end]).keyword;
        if keyword.is_empty() {
            return None;
        }
        push(out, Target::Slug(keyword));
        Some(
            self.words
                .iter()
                .position(|token| token.span.start >= after + end)
                .unwrap_or(self.words.len()),
        )
    }

    fn uris(&self, out: &mut Vec<Target>) {
        for word in self.text.split_whitespace() {
            let bare = word.trim_matches(['(', ')', '"', '“', '”', ',', '.', ';', '<', '>']);
            if ["tag:", "urn:", "http://", "https://"]
                .iter()
                .any(|scheme| bare.starts_with(scheme))
            {
                push(out, Target::Uri(bare.to_owned()));
            }
        }
    }
}

/// Where a keyword without quotation marks ends: at a comma, a full stop, or a word in small letters that goes on with the sentence.
fn end_of_slug(rest: &str) -> usize {
    let mut end = 0;
    for word in rest.split_inclusive(' ') {
        let bare = word.trim();
        if end > 0 && (GO_ON.contains(&bare) || bare.starts_with('(')) {
            break;
        }
        end += word.len();
        if bare.ends_with([',', '.', ';', ':', ')']) {
            break;
        }
    }
    rest[..end].trim_end_matches([' ', ',', '.', ';', ':', ')']).len()
}
