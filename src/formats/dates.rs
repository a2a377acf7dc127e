//! Dates as the wire and the web write them → seconds UTC.
//!
//! One reader for all: the text is cut into numbers, words and marks; a time, a zone and a date are each looked for by shape.
//! So a word before ("Diperbarui", "Updated:") or a weekday does no harm.
//!
//! - A time without a zone is UTC. A date without a time is midnight UTC.
//! - `10/06/2025` is the 10th of June: day first, as most of the world writes. Month first only where the second number is over 12,
//!   or where [`Order::MonthFirst`] says so. Where both readings are possible, [`Read::ambiguous`] tells.
//! - Years before 1500 are none: `0001-01-01` is how some systems write "no date".

mod calendar;
mod clock;
mod tokens;

use jiff::civil;
use jiff::tz::Offset;

use self::calendar::month;
use self::clock::{Clock, clock};
use self::tokens::{Token, mark, small, tokens, word};
use super::warnings::{Warnings, quoted};
use crate::story::Timestamp;
pub(super) use crate::story::rfc3339;

/// No date on the wire is longer; a body in the place of a date must not be searched.
const MAX_DATE_BYTES: usize = 160;

/// What a story tells happened within three days of its date, more often than not.
const NEAR_SECONDS: i64 = 3 * 24 * 60 * 60;

/// The first and last years taken for one.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2999;

/// Which number of `10/06/2025` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// As most of the world.
    #[default]
    DayFirst,
    /// As the United States.
    MonthFirst,
}

/// A date that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Read {
    /// Seconds UTC.
    pub(super) time: Timestamp,
    /// Where the other order of day and month is possible too: the time that it gives.
    pub(super) ambiguous: Option<Timestamp>,
    /// Whether the text tells a zone.
    pub(super) zoned: bool,
}

/// Reads a date, or `None` where there is none in the text.
pub(super) fn read(text: &str, order: Order) -> Option<Read> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_DATE_BYTES {
        return None;
    }
    if let Some(time) = unix(text) {
        return Some(Read {
            time,
            ambiguous: None,
            zoned: true,
        });
    }
    let tokens = tokens(text);
    let clock = clock(&tokens);
    let (date, other) = date(&tokens, clock.as_ref(), order)?;
    let clock = clock.unwrap_or_default();
    let time = clock.on(date)?;
    let ambiguous = other.and_then(|other| clock.on(other));
    let zoned = clock.east.is_some();
    Some(Read { time, ambiguous, zoned })
}

/// Reads a date, or warns that there is none. Where it can be read in two ways, the numeric dates in the story's text and address
/// decide; where these are silent, a warning tells.
pub(super) fn read_or_warn(text: &str, order: Order, story: &str, warnings: &mut Warnings) -> Option<Read> {
    let Some(mut read) = read(text, order) else {
        warnings.add(format!("no date could be read in `{}`", quoted(text)));
        return None;
    };
    let Some(other) = read.ambiguous else {
        return Some(read);
    };
    if let Some(time) = settled(read.time, other, story) {
        read.time = time;
        read.ambiguous = None;
    } else {
        let taken = rfc3339(read.time).unwrap_or_default();
        warnings.add(format!("`{}` can be read in two ways: taken for {taken}", quoted(text)));
    }
    Some(read)
}

/// The one of two times that numeric dates in a text speak for: "Selasa (21/10/2025)", "Selasa (21/10)", ".../2025/10/21/...". In
/// running text such dates are the habit of countries that write the day first. A story tells what happened within days of its date.
fn settled(one: Timestamp, other: Timestamp, story: &str) -> Option<Timestamp> {
    let year = Offset::UTC.to_datetime(jiff::Timestamp::from_second(one).ok()?).year();
    let (mut for_one, mut for_other) = (0_usize, 0_usize);
    for piece in story.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-'))) {
        let piece = piece.trim_matches(['/', '-']);
        if !(3..=10).contains(&piece.len()) || !piece.contains(['/', '-']) {
            continue;
        }
        let tokens = tokens(piece);
        let date = match tokens.len() {
            5 => year_first(&tokens, 0).or_else(|| three_numbers(&tokens, 0, Order::DayFirst).map(|(date, _)| date)),
            3 => small(tokens.get(2))
                .zip(small(tokens.first()))
                .and_then(|(month, day)| on(i64::from(year), month, day)),
            _ => None,
        };
        let Some(time) = date.and_then(|date| Clock::default().on(date)) else {
            continue;
        };
        let near = |reading: Timestamp| (reading - time).abs() <= NEAR_SECONDS;
        for_one += usize::from(near(one));
        for_other += usize::from(near(other));
    }
    match for_one.cmp(&for_other) {
        std::cmp::Ordering::Greater => Some(one),
        std::cmp::Ordering::Less => Some(other),
        std::cmp::Ordering::Equal => None,
    }
}

/// A date as ninjs wants it: as written where that is RFC 3339 already, else in UTC.
pub(super) fn standard(text: &str, read: &Read) -> Option<String> {
    let text = text.trim();
    let is_standard =
        text.len() <= 35 && text.parse::<jiff::Timestamp>().is_ok() && text.as_bytes().get(10) == Some(&b'T');
    let colon =
        text.ends_with(['Z', 'z']) || text.len().checked_sub(3).and_then(|at| text.as_bytes().get(at)) == Some(&b':');
    if is_standard && colon {
        Some(text.to_owned())
    } else {
        rfc3339(read.time)
    }
}

/// Ten digits are seconds since 1970, thirteen milliseconds, sixteen microseconds, nineteen nanoseconds.
fn unix(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    match whole.len() {
        9 | 10 => Some(number),
        13 => Some(number / 1_000),
        16 => Some(number / 1_000_000),
        19 => Some(number / 1_000_000_000),
        _ => None,
    }
}

/// A date, and the one that the other order of day and month gives.
type Dates = (civil::Date, Option<civil::Date>);

/// Looks for the date among the tokens that the clock does not take.
fn date(tokens: &[Token], clock: Option<&Clock>, order: Order) -> Option<Dates> {
    let free = |at: &usize| !clock.is_some_and(|clock| clock.taken.contains(at)) || long_digits(tokens.get(*at));
    let places = || (0..tokens.len()).filter(free);
    let one = |date: civil::Date| (date, None);
    places()
        .find_map(|at| year_first(tokens, at).map(one))
        .or_else(|| places().find_map(|at| day_month_year(tokens, at).map(one)))
        .or_else(|| places().find_map(|at| month_day_year(tokens, at, clock).map(one)))
        .or_else(|| places().find_map(|at| three_numbers(tokens, at, order)))
}

/// Fourteen and twelve digits hold a date and a time both.
fn long_digits(token: Option<&Token>) -> bool {
    matches!(token, Some(Token::Number(_, 12 | 14)))
}

fn on(year: i64, month: i8, day: i8) -> Option<civil::Date> {
    let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    civil::Date::new(year, month, day).ok()
}

/// `2023-09-05`, `2023/9/5`, `2023.09.05`, `20230905`, `2023年9月5日`.
fn year_first(tokens: &[Token], at: usize) -> Option<civil::Date> {
    match tokens.get(at)? {
        Token::Number(number, digits @ (8 | 12 | 14)) => {
            let day = number / 10_i64.pow(u32::try_from(digits - 8).ok()?);
            on(
                day / 10_000,
                i8::try_from(day / 100 % 100).ok()?,
                i8::try_from(day % 100).ok()?,
            )
        }
        Token::Number(year, 4) => {
            let joint =
                |at: usize| mark(tokens.get(at), &['-', '/', '.']) || matches!(word(tokens.get(at)), Some("年" | "月"));
            let whole = joint(at + 1) && joint(at + 3);
            let month_number = small(tokens.get(at + 2)).or_else(|| word(tokens.get(at + 2)).and_then(month));
            whole.then(|| on(*year, month_number?, small(tokens.get(at + 4))?))?
        }
        _ => None,
    }
}

/// The place of the next token that is no joint between the parts of a written date: `26-FEB-1987`, `21 de octubre de 2025`,
/// `1. Januar 2025`, `5th of May, 2025`.
fn past_joints(tokens: &[Token], mut at: usize) -> usize {
    while mark(tokens.get(at), &['-', '/', '.', ',', '\''])
        || matches!(
            word(tokens.get(at)),
            Some("de" | "of" | "del" | "st" | "nd" | "rd" | "th" | "er" | "º")
        )
    {
        at += 1;
    }
    at
}

/// A year of four digits, or of two beside a month's name: 70 and later are of the last century.
fn year(token: Option<&Token>) -> Option<i64> {
    match token {
        Some(Token::Number(year, 4)) => Some(*year),
        Some(Token::Number(year, 2)) => Some(if *year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

fn day_month_year(tokens: &[Token], at: usize) -> Option<civil::Date> {
    let day = small(tokens.get(at))?;
    let middle = past_joints(tokens, at + 1);
    let month = month(word(tokens.get(middle))?)?;
    on(year(tokens.get(past_joints(tokens, middle + 1)))?, month, day)
}

/// `Oct 20, 2006`, `October 20th 2006`, and `Mon Jan 2 15:04:05 MST 2006`, where the clock stands before the year.
fn month_day_year(tokens: &[Token], at: usize, clock: Option<&Clock>) -> Option<civil::Date> {
    let month = month(word(tokens.get(at))?)?;
    let at = past_joints(tokens, at + 1);
    let day = small(tokens.get(at))?;
    let mut next = past_joints(tokens, at + 1);
    if let Some(clock) = clock.filter(|clock| clock.taken.contains(&next)) {
        next = clock.taken.end;
    }
    on(year(tokens.get(next)).filter(|_| next != at)?, month, day)
}

/// `10/21/2025`, `21.10.2025`, `21-10-25` is none.
fn three_numbers(tokens: &[Token], at: usize, order: Order) -> Option<Dates> {
    let first = small(tokens.get(at))?;
    let second = small(tokens.get(at + 2))?;
    let joints = mark(tokens.get(at + 1), &['/', '.', '-']) && tokens.get(at + 1) == tokens.get(at + 3);
    let Some(Token::Number(year, 4)) = tokens.get(at + 4).filter(|_| joints) else {
        return None;
    };
    let day_first = on(*year, second, first);
    let month_first = on(*year, first, second);
    match (day_first, month_first, order) {
        (Some(one), Some(other), _) if one == other => Some((one, None)),
        (Some(one), other, Order::DayFirst) | (other, Some(one), Order::MonthFirst) => Some((one, other)),
        (Some(one), None, _) | (None, Some(one), _) => Some((one, None)),
        (None, None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> String {
        read(text, Order::DayFirst)
            .and_then(|read| rfc3339(read.time))
            .unwrap_or_else(|| format!("unread: {text}"))
    }

    #[test]
    fn standards_are_read() {
        assert_eq!(utc("2019-05-10T16:02:28+02:00"), "2019-05-10T14:02:28Z");
        assert_eq!(utc("2017-08-24T04:38:34+0000"), "2017-08-24T04:38:34Z");
        assert_eq!(utc("2013-07-09T10:37:00.123Z"), "2013-07-09T10:37:00Z");
        assert_eq!(utc("2018-05-28 16:40:08"), "2018-05-28T16:40:08Z");
        assert_eq!(utc("2016-04-21"), "2016-04-21T00:00:00Z");
        assert_eq!(utc("20230905T101500Z"), "2023-09-05T10:15:00Z");
        assert_eq!(utc("20230905T101500+0700"), "2023-09-05T03:15:00Z");
        assert_eq!(utc("20230905"), "2023-09-05T00:00:00Z");
        assert_eq!(utc("20230905101500"), "2023-09-05T10:15:00Z");
        assert_eq!(utc("Tue, 05 Sep 2023 10:15:00 -0500"), "2023-09-05T15:15:00Z");
        assert_eq!(utc("Tue Sep 5 10:15:00 UTC 2023"), "2023-09-05T10:15:00Z");
        assert_eq!(utc("1693908900"), "2023-09-05T10:15:00Z");
        assert_eq!(utc("1693908900123"), "2023-09-05T10:15:00Z");
        assert_eq!(utc("2025-01-31T24:00:00Z"), "2025-02-01T00:00:00Z");
    }

    #[test]
    fn the_wires_own_shapes_are_read() {
        assert_eq!(utc("Fri Oct 20, 2006 8:15pm EDT"), "2006-10-21T00:15:00Z");
        assert_eq!(utc("Thu Jan 1, 2009 12:05am EST"), "2009-01-01T05:05:00Z");
        assert_eq!(utc(" 9-MAR-1987 15:01:01.79"), "1987-03-09T15:01:01Z");
        assert_eq!(utc("26-FEB-87"), "1987-02-26T00:00:00Z");
        assert_eq!(utc("March 5, 2024, at 8 p.m. GMT"), "2024-03-05T20:00:00Z");
        assert_eq!(utc("5th of May, 2025"), "2025-05-05T00:00:00Z");
    }

    #[test]
    fn other_languages_are_read() {
        assert_eq!(utc("Diperbarui 10 Jun 2025, 11:27 WIB"), "2025-06-10T04:27:00Z");
        assert_eq!(utc("Selasa, 21 Okt 2025 20:43 WIB"), "2025-10-21T13:43:00Z");
        assert_eq!(utc("Rabu, 5 Agustus 2020 pukul 20.43 WITA"), "2020-08-05T12:43:00Z");
        assert_eq!(utc("Jumat (1 Mei 2020) 07.05 WIT"), "2020-04-30T22:05:00Z");
        assert_eq!(utc("21 de octubre de 2025, 20:43"), "2025-10-21T20:43:00Z");
        assert_eq!(utc("mar, 21 oct 2025"), "2025-10-21T00:00:00Z");
        assert_eq!(utc("le 1er août 2024 à 20h43"), "2024-08-01T20:43:00Z");
        assert_eq!(utc("1. März 2024, 20.43 Uhr"), "2024-03-01T20:43:00Z");
        assert_eq!(utc("5 сентября 2023, 10:15 MSK"), "2023-09-05T07:15:00Z");
    }

    #[test]
    fn numbers_are_day_first_where_both_are_possible() {
        assert_eq!(utc("10/21/2025 20:43"), "2025-10-21T20:43:00Z");
        assert_eq!(utc("21/10/2025 20:43"), "2025-10-21T20:43:00Z");
        let both = read("10/06/2025", Order::DayFirst).unwrap();
        assert_eq!(rfc3339(both.time).unwrap(), "2025-06-10T00:00:00Z");
        assert_eq!(both.ambiguous.and_then(rfc3339).unwrap(), "2025-10-06T00:00:00Z");
        let american = read("10/06/2025", Order::MonthFirst).unwrap();
        assert_eq!(rfc3339(american.time).unwrap(), "2025-10-06T00:00:00Z");
        assert_eq!(read("06.06.2025", Order::DayFirst).unwrap().ambiguous, None);
    }

    #[test]
    fn the_story_settles_what_can_be_read_in_two_ways() {
        let read = |story: &str| {
            let mut warnings = Warnings::default();
            let read = read_or_warn("10/9/2025 20:43", Order::DayFirst, story, &mut warnings).unwrap();
            (rfc3339(read.time).unwrap(), warnings.finish().len())
        };
        assert_eq!(
            read("kata Nilam, Kamis (9/10/2025)."),
            ("2025-10-09T20:43:00Z".into(), 0)
        );
        assert_eq!(read("kata Nilam, Rabu (8/10)."), ("2025-10-09T20:43:00Z".into(), 0));
        assert_eq!(read("kata Nilam, Rabu (10/9)."), ("2025-09-10T20:43:00Z".into(), 0));
        assert_eq!(
            read("https://k.example/2025/10/09/port"),
            ("2025-10-09T20:43:00Z".into(), 0)
        );
        assert_eq!(read("won 3-1 on 24/7 terms"), ("2025-09-10T20:43:00Z".into(), 1));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "2023",
            "2023-13-05",
            "30 Feb 2025",
            "0001-01-01T00:00:00",
            "12",
            "99:99",
            "١٢",
            "5 of of",
        ] {
            assert_eq!(read(text, Order::DayFirst), None, "{text}");
        }
        assert_eq!(read(&"9".repeat(100), Order::DayFirst), None);
    }
}
