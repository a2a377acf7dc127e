//! The keyword line: its take words, and what is left when they, the cycle's prefix and the word count are gone.

use super::words::{Place, is_shouted, read};
use crate::story::{Take, TakeKind};

/// A keyword line is a line; what is longer is text in the wrong place.
const MAX_CHARS: usize = 300;

/// Prefixes that tell for which cycle of papers a story is: both, morning, evening.
const CYCLES: [&str; 3] = ["BC", "AM", "PM"];

/// A keyword line taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Slug {
    /// The same on every filing of the story.
    pub(super) keyword: String,
    /// What its words tell.
    pub(super) take: Option<Take>,
    /// Whether it begins as the American wires' do, or the take stands before it: then a kill word needs nothing else to count.
    pub(super) sure: bool,
}

/// Takes a keyword line apart.
pub(super) fn read_slug(slug: &str) -> Slug {
    let slug = slug.trim();
    if slug.chars().count() > MAX_CHARS {
        return Slug::default();
    }
    let mut out = Slug::default();
    let mut rest = cut_prefix(slug, &mut out);
    if let Some(bare) = cut_cycle(rest) {
        rest = bare;
        out.sure = true;
    }
    let mut kept = String::new();
    for (mark, piece) in pieces(rest) {
        let bare = piece.trim();
        if bare.is_empty() || (!kept.is_empty() && is_word_count(bare)) {
            continue;
        }
        if let Some(number) = bare
            .strip_prefix('#')
            .and_then(|number| number.trim().parse::<u32>().ok())
        {
            out.add(version(bare, number));
            continue;
        }
        // Topics stand between slashes too: there, everyday words need a number.
        let place = if mark == '/' {
            Place::Colon { shouted: true }
        } else {
            Place::Piece
        };
        let take = read(bare, place).filter(|take| fits(take, mark));
        // "Daybook/Lunde": what such a message is about is its kind itself.
        let is_topic = kept.is_empty() && take.as_ref().is_some_and(|take| take.kind == TakeKind::Advisory);
        if take.is_some() {
            out.add(take);
            if !is_topic {
                continue;
            }
        }
        let bare = if is_topic { bare } else { cut_tail(bare, &mut out) };
        if !kept.is_empty() {
            kept.push_str(match mark {
                '/' => "/",
                ',' => ", ",
                _ => " ",
            });
        }
        kept.push_str(bare);
    }
    if kept.is_empty() && !out.take.as_ref().is_some_and(|take| take.kind.hides()) {
        kept.push_str(rest);
    }
    kept.trim_matches([' ', '-', ',', '/', '.', '_', '*'])
        .clone_into(&mut out.keyword);
    out
}

impl Slug {
    fn add(&mut self, take: Option<Take>) {
        self.take = super::stronger(self.take.take(), take);
    }
}

/// "#2" behind a keyword is its second version.
fn version(label: &str, number: u32) -> Option<Take> {
    (number > 1).then(|| Take {
        kind: TakeKind::Update,
        number: Some(number),
        label: label.to_owned(),
    })
}

/// After a slash stand topics too, "POLICE/KILL": only take words that are nothing else.
fn fits(take: &Take, mark: char) -> bool {
    mark != '/' || !take.kind.hides()
}

/// The parts between commas, slashes and brackets, each with the mark before it.
fn pieces(slug: &str) -> Vec<(char, &str)> {
    let mut out = Vec::new();
    let (mut mark, mut start) = (' ', 0);
    for (at, c) in slug.char_indices() {
        if matches!(c, ',' | '/' | '(' | ')' | '[' | ']' | ';') {
            out.push((mark, &slug[start..at]));
            (mark, start) = (if c == ';' { ',' } else { c }, at + c.len_utf8());
        }
    }
    out.push((mark, &slug[start..]));
    out
}

/// A number of words behind a comma; a year is part of the keyword.
fn is_word_count(piece: &str) -> bool {
    let digits = piece.bytes().all(|byte| byte.is_ascii_digit());
    digits
        && (2..=5).contains(&piece.len())
        && !(piece.len() == 4 && (piece.starts_with("19") || piece.starts_with("20")))
}

/// Cuts take words that stand before the keyword: "KILL-BC-Harbour", "UPDATE 2-HARBOUR".
fn cut_prefix<'s>(slug: &'s str, out: &mut Slug) -> &'s str {
    let Some((take, end)) = super::headline::prefix(slug) else {
        return slug;
    };
    let rest = slug[end..].trim_start();
    let is_kill = take.kind.hides() && cut_cycle(rest).is_none() && is_shouted(slug);
    if rest.is_empty() || is_kill {
        return slug;
    }
    out.sure = true;
    out.add(Some(take));
    rest
}

/// The keyword line without its cycle, or `None` where it has none.
fn cut_cycle(slug: &str) -> Option<&str> {
    let (cycle, rest) = (slug.get(..2)?, slug.get(2..)?);
    let known = CYCLES.iter().any(|known| known.eq_ignore_ascii_case(cycle));
    let rest = rest.strip_prefix(['-', '–', '_'])?;
    (known && !rest.trim().is_empty()).then(|| rest.trim_start_matches(['-', ' ']))
}

/// Cuts take words off the end of a part, after a space or a hyphen: "HARBOUR 1st Ld", "Harbour-UPDATE 2".
fn cut_tail<'s>(piece: &'s str, out: &mut Slug) -> &'s str {
    let starts = piece.char_indices().filter(|(_, c)| matches!(c, ' ' | '-' | '_'));
    for (at, _) in starts {
        let (before, tail) = (piece[..at].trim_end_matches([' ', '-', '_']), &piece[at + 1..]);
        if before.is_empty() || tail.trim().is_empty() {
            continue;
        }
        if let Some(take) = read(tail, Place::Tail).filter(|take| !take.kind.hides() || take.label.contains(' ')) {
            out.add(Some(take));
            return before;
        }
    }
    piece
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keyword(slug: &str) -> String {
        read_slug(slug).keyword
    }

    fn take(slug: &str) -> Option<(TakeKind, Option<u32>)> {
        read_slug(slug).take.map(|take| (take.kind, take.number))
    }

    #[test]
    fn a_keyword_is_the_same_on_every_filing() {
        for slug in [
            "BC-Harbour",
            "BC-Harbour, 1st Ld-Writethru,127",
            "BC-Harbour,466",
            "PM-Harbour, Bjt",
            "Harbour/Korrektur/",
            "AM-Harbour, 2nd Ld, 0820",
            "Harbour 3rdLd-Writethru",
            "HARBOUR (UPDATE 2)",
            "Harbour/2nd lead/",
            "Harbour, KILL",
            "KILL-BC-Harbour",
            "Harbour, #2",
            "UPDATE 2-Harbour",
            "Harbour, 1st Add",
        ] {
            let keyword = keyword(slug).to_lowercase();
            assert_eq!(keyword, "harbour", "{slug}");
        }
        assert_eq!(
            keyword("BC-US--Giant Lobster Death, 1st Ld-Writethru,127"),
            "US--Giant Lobster Death"
        );
        assert_eq!(
            keyword("Germany-football/Munich/Mueller/"),
            "Germany-football/Munich/Mueller"
        );
        assert_eq!(keyword("BC-Daybook"), "Daybook");
        assert_eq!(keyword("Vorschau/Politik/"), "Vorschau/Politik");
        assert_eq!(keyword("Election, 2024"), "Election, 2024");
        assert_eq!(keyword("BCG-vaccine"), "BCG-vaccine");
    }

    #[test]
    fn its_words_are_told() {
        assert_eq!(
            take("BC-US--Harbour, 3rd Ld-Writethru,827"),
            Some((TakeKind::Writethru, Some(3)))
        );
        assert_eq!(take("Harbour (UPDATE 2, PIX)"), Some((TakeKind::Update, Some(2))));
        assert_eq!(take("BC-Harbour, BULLETIN KILL"), Some((TakeKind::Kill, None)));
        assert_eq!(take("BC-Harbour, HOLD"), Some((TakeKind::Withhold, None)));
        assert_eq!(take("Harbour, 2nd Add,90"), Some((TakeKind::Add, Some(2))));
        assert_eq!(take("Harbour, #3"), Some((TakeKind::Update, Some(3))));
        assert_eq!(take("PM-Harbour, Advisory"), Some((TakeKind::Advisory, None)));
        assert_eq!(take("BC-Harbour, CORRECTIVE"), Some((TakeKind::Correction, None)));
    }

    #[test]
    fn topics_are_no_takes() {
        for slug in [
            "POLICE/KILL",
            "AFGHAN-KILL",
            "road kill",
            "crime, kill, police",
            "lead-poisoning",
            "GOLD LEAD",
            "STRONGHOLD",
            "add-on",
            "weather-advisory",
            "Film-Kill Bill",
            "copper-lead-zinc",
        ] {
            assert_eq!(
                take(slug).filter(|(kind, _)| *kind != TakeKind::Advisory),
                None,
                "{slug}"
            );
        }
    }
}
