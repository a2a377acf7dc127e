//! The take words of the vocabulary, and a stretch of text read as nothing but take words and numbers.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::story::{Take, TakeKind};
use crate::text::fold;

const LIST: &str = include_str!("../../../index_schema/vocabulary/takes.tsv");

/// Take words stand in a few words; more are a sentence.
const MAX_TOKENS: usize = 12;

/// Where a phrase counts; the list's head says what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Trade,
    Colon,
    Brackets,
    Capitals,
    Number,
    Note,
    NoteCapitals,
    Order,
    Named,
    Slug,
    Stop,
}

/// Where a stretch of text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before a colon, or a dash with room around it; `shouted` where what follows is in capitals too.
    Colon { shouted: bool },
    /// Before a hyphen that a word follows at once.
    Tight { shouted: bool },
    /// Within brackets at an end of a headline.
    Brackets,
    /// At the end of a headline after a dash.
    Trailing,
    /// A line or a field of its own.
    Line,
    /// A line of its own in brackets.
    BracketedLine,
    /// A part of a keyword line, between its commas or brackets.
    Piece,
    /// The last words of a keyword line, after a space.
    Tail,
}

/// A phrase of the list.
#[derive(Debug)]
pub(super) struct Phrase {
    words: Vec<String>,
    /// What it makes of the filing.
    pub(super) kind: TakeKind,
    /// Where it counts.
    pub(super) form: Form,
}

/// The phrases by their first word, the longest first.
struct List(FxHashMap<String, Vec<Phrase>>);

static WORDS: LazyLock<List> = LazyLock::new(|| {
    let mut list: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
    let rows = LIST.lines().filter(|line| !line.starts_with('#')).skip(1);
    for row in rows {
        let mut cells = row.split('\t');
        let (Some(phrase), _, Some(kind), Some(form)) = (cells.next(), cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let words: Vec<String> = phrase.split(' ').map(fold).collect();
        let (kind, form) = (kind_of(kind).unwrap_or_default(), form_of(form).unwrap_or(Form::Number));
        list.entry(words[0].clone())
            .or_default()
            .push(Phrase { words, kind, form });
    }
    for phrases in list.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    List(list)
});

fn kind_of(word: &str) -> Option<TakeKind> {
    Some(match word {
        "first" | "-" => TakeKind::First,
        "lead" => TakeKind::Lead,
        "writethru" => TakeKind::Writethru,
        "update" => TakeKind::Update,
        "add" => TakeKind::Add,
        "correction" => TakeKind::Correction,
        "refile" => TakeKind::Refile,
        "repeat" => TakeKind::Repeat,
        "wrapup" => TakeKind::Wrapup,
        "advisory" => TakeKind::Advisory,
        "withhold" => TakeKind::Withhold,
        "kill" => TakeKind::Kill,
        _ => return None,
    })
}

fn form_of(word: &str) -> Option<Form> {
    Some(match word {
        "trade" => Form::Trade,
        "colon" => Form::Colon,
        "brackets" => Form::Brackets,
        "capitals" => Form::Capitals,
        "number" => Form::Number,
        "note" => Form::Note,
        "note-capitals" => Form::NoteCapitals,
        "order" => Form::Order,
        "named" => Form::Named,
        "slug" => Form::Slug,
        "stop" => Form::Stop,
        _ => return None,
    })
}

/// A run of letters, or a run of digits.
#[derive(Debug)]
pub(super) struct Token {
    /// Folded.
    pub(super) word: String,
    /// Its bytes in the text.
    pub(super) span: Range<usize>,
    /// Whether it follows the token before at once: the `st` of `1st`.
    pub(super) glued: bool,
}

impl Token {
    /// Its number, of two digits at most.
    fn number(&self) -> Option<u32> {
        let short = self.word.len() <= 2;
        self.word.parse().ok().filter(|_| short)
    }
}

/// Cuts a text into runs of letters and runs of digits, at most `most`.
pub(super) fn tokens(text: &str, most: usize) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut start = None;
    let mut digits = false;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        let inside = c.is_alphanumeric() || (c == '\'' || c == '’') && start.is_some() && !digits;
        let breaks = start.is_some() && c.is_ascii_digit() != digits;
        if let Some(from) = start.filter(|_| !inside || breaks) {
            push_token(&mut out, text, from..at);
            start = None;
            if out.len() == most {
                break;
            }
        }
        if inside && start.is_none() {
            start = Some(at);
            digits = c.is_ascii_digit();
        }
    }
    out
}

/// Adds a token; the ordinal's ending in `1stLd` is one of its own.
fn push_token(out: &mut Vec<Token>, text: &str, span: Range<usize>) {
    let word = fold(text.get(span.clone()).unwrap_or_default()).replace('\'', "");
    let number = out.last().filter(|before| before.span.end == span.start);
    let glued = number.is_some();
    let ordinal = number.is_some_and(|number| number.number().is_some())
        && word.is_ascii()
        && word.len() > 3
        && word.len() == span.len()
        && ["st", "nd", "rd", "th"].contains(&&word[..2]);
    if ordinal {
        let middle = span.start + 2;
        push_token(out, text, span.start..middle);
        push_token(out, text, middle..span.end);
        return;
    }
    out.push(Token { word, span, glued });
}

/// The phrase that begins at a token: its length in tokens and what it is, the longest whose form is wanted.
pub(super) fn phrase_at(
    tokens: &[Token],
    at: usize,
    wanted: impl Fn(Form) -> bool,
) -> Option<(usize, &'static Phrase)> {
    let phrases = WORDS.0.get(&tokens.get(at)?.word)?;
    let fits = |phrase: &&Phrase| {
        wanted(phrase.form)
            && phrase.words.len() <= tokens.len() - at
            && phrase
                .words
                .iter()
                .zip(&tokens[at..])
                .all(|(word, token)| *word == token.word)
    };
    phrases.iter().find(fits).map(|phrase| (phrase.words.len(), phrase))
}

/// Whether letters are there, all of them capitals.
pub(super) fn is_shouted(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Reads a stretch of text that is nothing but take words and numbers; `None` where anything else is in it, or a word that does
/// not count in its place.
pub(super) fn read(piece: &str, place: Place) -> Option<Take> {
    let tokens = tokens(piece, MAX_TOKENS + 1);
    if tokens.is_empty() || tokens.len() > MAX_TOKENS {
        return None;
    }
    let found = found(piece, &tokens)?;
    if !found.iter().any(|one| one.counts(place))
        || found.iter().any(|one| one.phrase.kind.hides() && !one.counts(place))
    {
        return None;
    }
    let strongest = found.iter().max_by_key(|one| rank(one.phrase.kind))?;
    let number = strongest.number.or_else(|| found.iter().find_map(|one| one.number));
    let trim = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '-' | '–' | '—' | ',' | ':' | '/' | '*');
    Some(Take {
        kind: strongest.phrase.kind,
        number,
        label: piece.trim_matches(trim).to_owned(),
    })
}

/// A phrase found in a piece.
struct Found {
    phrase: &'static Phrase,
    number: Option<u32>,
    shouted: bool,
}

impl Found {
    /// Whether it counts where it stands.
    fn counts(&self, place: Place) -> bool {
        let shouted_around = match place {
            Place::Colon { shouted } | Place::Tight { shouted } => shouted,
            _ => false,
        };
        let capitals = self.number.is_some() || (self.shouted && !shouted_around);
        match self.phrase.form {
            Form::Trade => true,
            Form::Colon => {
                capitals
                    || !matches!(place, Place::Tight { .. } | Place::Trailing | Place::Tail)
                    || self.shouted && place == Place::Tail
            }
            Form::Brackets => matches!(place, Place::Brackets | Place::BracketedLine | Place::Piece),
            Form::Capitals if self.phrase.kind.hides() => capitals && place != Place::Tail && place != Place::Brackets,
            Form::Capitals => match place {
                Place::BracketedLine | Place::Piece => true,
                Place::Tail => self.number.is_some(),
                _ => capitals,
            },
            Form::Number => self.number.is_some(),
            _ => false,
        }
    }
}

/// The phrases of a piece with their numbers; `None` where a token is part of none.
fn found(piece: &str, tokens: &[Token]) -> Option<Vec<Found>> {
    let counted = |form| {
        matches!(
            form,
            Form::Trade | Form::Colon | Form::Brackets | Form::Capitals | Form::Number
        )
    };
    let mut found: Vec<Found> = Vec::new();
    let (mut pending, mut at) = (None, 0);
    while let Some(token) = tokens.get(at) {
        if let Some((len, phrase)) = phrase_at(tokens, at, counted) {
            let written = piece
                .get(token.span.start..tokens[at + len - 1].span.end)
                .unwrap_or_default();
            found.push(Found {
                phrase,
                number: pending.take(),
                shouted: is_shouted(written),
            });
            at += len;
        } else if let Some(number) = token.number() {
            let suffix = tokens
                .get(at + 1)
                .is_some_and(|next| next.glued && is_ordinal(&next.word));
            let ordinal = suffix
                || piece
                    .get(token.span.end..)
                    .is_some_and(|rest| rest.starts_with(['.', 'º', 'ª', '°']));
            match found.last_mut() {
                Some(last) if last.number.is_none() && (!ordinal || at + 1 + usize::from(suffix) == tokens.len()) => {
                    last.number = Some(number);
                }
                _ => pending = Some(number),
            }
            at += 1 + usize::from(suffix);
        } else if let Some(number) = spelled(&token.word) {
            pending = Some(number);
            at += 1;
        } else if is_clock(token, found.last()) {
            at += 1;
        } else {
            return None;
        }
    }
    (pending.is_none() && !found.is_empty()).then_some(found)
}

fn is_ordinal(word: &str) -> bool {
    matches!(
        word,
        "st" | "nd" | "rd" | "th" | "e" | "er" | "eme" | "ere" | "re" | "o" | "a" | "do" | "ro" | "to"
    )
}

fn spelled(word: &str) -> Option<u32> {
    Some(match word {
        "first" | "erster" | "premier" | "primer" => 1,
        "second" | "zweiter" | "deuxieme" | "segundo" | "kedua" => 2,
        "third" | "dritter" | "troisieme" | "tercer" | "ketiga" => 3,
        "fourth" => 4,
        "fifth" => 5,
        _ => return None,
    })
}

/// German summaries tell the time they are of: "Zusammenfassung 1430".
fn is_clock(token: &Token, last: Option<&Found>) -> bool {
    let digits = token.word.len() == 4 && token.word.bytes().all(|byte| byte.is_ascii_digit());
    digits && last.is_some_and(|last| last.phrase.kind == TakeKind::Wrapup)
}

/// Which of several take words decides: what takes a story away; then what does not hold it whole, which must never stand for it;
/// then what says most of it.
pub(super) const fn rank(kind: TakeKind) -> u8 {
    match kind {
        TakeKind::First => 0,
        TakeKind::Lead => 1,
        TakeKind::Update => 2,
        TakeKind::Writethru => 3,
        TakeKind::Wrapup => 4,
        TakeKind::Repeat => 5,
        TakeKind::Refile => 6,
        TakeKind::Correction => 7,
        TakeKind::Advisory => 8,
        TakeKind::Add => 9,
        TakeKind::Withhold => 10,
        TakeKind::Kill => 11,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_list_is_known() {
        let rows = LIST.lines().filter(|line| !line.starts_with('#')).skip(1);
        for row in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 4, "{row}");
            assert!(kind_of(cells[2]).is_some() && form_of(cells[3]).is_some(), "{row}");
            assert!(!cells[0].is_empty() && cells[0] == cells[0].to_lowercase(), "{row}");
        }
    }

    #[test]
    fn words_and_numbers_are_read_together() {
        let one = |piece: &str| read(piece, Place::Piece).map(|take| (take.kind, take.number, take.label));
        let is = |kind, number, label: &str| Some((kind, number, label.to_owned()));
        assert_eq!(
            one(" 1st Ld-Writethru"),
            is(TakeKind::Writethru, Some(1), "1st Ld-Writethru")
        );
        assert_eq!(
            one("3rdLd-Writethru"),
            is(TakeKind::Writethru, Some(3), "3rdLd-Writethru")
        );
        assert_eq!(one("UPDATE 2"), is(TakeKind::Update, Some(2), "UPDATE 2"));
        assert_eq!(one("2. Lead"), is(TakeKind::Lead, Some(2), "2. Lead"));
        assert_eq!(one("2e lead"), is(TakeKind::Lead, Some(2), "2e lead"));
        assert_eq!(one("Second Add"), is(TakeKind::Add, Some(2), "Second Add"));
        assert_eq!(
            one("Zusammenfassung 1430"),
            is(TakeKind::Wrapup, None, "Zusammenfassung 1430")
        );
        assert_eq!(one("Lead Harbour"), None);
        assert_eq!(one("12"), None);
    }
}
