//! Dates as the wire and the web write them → seconds UTC.
//!
//! One reader for all: the text is cut into numbers, words and marks; a time, a zone and a date are each looked for by shape.
//! So a word before ("Diperbarui", "Updated:") or a weekday does no harm.
//!
//! - A time without a zone is UTC. A date without a time is midnight UTC.
//! - `10/06/2025` is the 10th of June: day first, as most of the world writes. Month first only where the second number is over 12,
//!   or where [`Order::MonthFirst`] says so. Where both readings are possible, [`Read::ambiguous`] tells.
//! - Years before 1500 are none: `0001-01-01` is how some systems write "no date".

use jiff::civil;
use jiff::tz::Offset;

use super::calendar::{month, zone};
use super::warnings::{Warnings, quoted};
use crate::story::Timestamp;
use crate::text::fold;

/// No date on the wire is longer; a body in the place of a date must not be searched.
const MAX_DATE_BYTES: usize = 160;

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

/// Seconds UTC as RFC 3339.
pub(super) fn rfc3339(time: Timestamp) -> Option<String> {
    jiff::Timestamp::from_second(time).ok().map(|time| time.to_string())
}

/// Reads a date, or warns that it was not read or can be read in two ways.
pub(super) fn read_or_warn(text: &str, order: Order, warnings: &mut Warnings) -> Option<Read> {
    let Some(read) = read(text, order) else {
        warnings.add(format!("no date could be read in `{}`", quoted(text)));
        return None;
    };
    if read.ambiguous.is_some() {
        let taken = rfc3339(read.time).unwrap_or_default();
        warnings.add(format!("`{}` can be read in two ways: taken for {taken}", quoted(text)));
    }
    Some(read)
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

/// A piece of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// Digits: their value and how many there are.
    Number(i64, usize),
    /// Letters, folded.
    Word(String),
    /// Anything else but white space.
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = |same: fn(char) -> bool| rest.find(|c: char| !same(c)).unwrap_or(rest.len());
        let taken = if c.is_ascii_digit() {
            let end = end(|c| c.is_ascii_digit());
            match rest[..end].parse() {
                Ok(number) => out.push(Token::Number(number, end)),
                Err(_) => out.push(Token::Mark('?')),
            }
            end
        } else if c.is_alphabetic() {
            let end = end(char::is_alphabetic);
            out.push(Token::Word(fold(&rest[..end])));
            end
        } else {
            if !c.is_whitespace() {
                // The minus sign and the dashes of a typesetter are hyphens here.
                out.push(Token::Mark(if matches!(c, '−' | '–' | '‐') { '-' } else { c }));
            }
            c.len_utf8()
        };
        rest = &rest[taken..];
    }
    out
}

/// A time of day, and the tokens it takes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Clock {
    hour: i8,
    minute: i8,
    second: i8,
    /// `24:00` is midnight of the next day.
    next_day: bool,
    /// Minutes east of UTC.
    east: Option<i32>,
    taken: std::ops::Range<usize>,
}

impl Clock {
    fn on(&self, date: civil::Date) -> Option<Timestamp> {
        let time = civil::Time::new(self.hour, self.minute, self.second, 0).ok()?;
        let offset = Offset::from_seconds(self.east.unwrap_or(0) * 60).ok()?;
        let date = if self.next_day { date.tomorrow().ok()? } else { date };
        offset
            .to_timestamp(date.to_datetime(time))
            .ok()
            .map(jiff::Timestamp::as_second)
    }
}

/// The value of a token that is a number of at most two digits.
fn small(token: Option<&Token>) -> Option<i8> {
    match token {
        Some(Token::Number(number, 1..=2)) => i8::try_from(*number).ok(),
        _ => None,
    }
}

fn mark(token: Option<&Token>, marks: &[char]) -> bool {
    matches!(token, Some(Token::Mark(mark)) if marks.contains(mark))
}

fn word(token: Option<&Token>) -> Option<&str> {
    match token {
        Some(Token::Word(word)) => Some(word),
        _ => None,
    }
}

/// Looks for the time of day: `20:43`, `8:15pm`, `15:01:01.79`, `T101500Z`, `20.43 WIB`, `20h43`, `8 p.m.`
fn clock(tokens: &[Token]) -> Option<Clock> {
    (0..tokens.len())
        .find_map(|at| colon_time(tokens, at).or_else(|| compact_time(tokens, at)))
        .or_else(|| (0..tokens.len()).find_map(|at| dotted_time(tokens, at).or_else(|| bare_hour(tokens, at))))
}

fn colon_time(tokens: &[Token], at: usize) -> Option<Clock> {
    let hour = small(tokens.get(at))?;
    let minute = mark(tokens.get(at + 1), &[':']).then(|| small(tokens.get(at + 2)))??;
    let mut next = at + 3;
    let mut second = 0;
    if mark(tokens.get(next), &[':'])
        && let Some(told) = small(tokens.get(next + 1))
    {
        second = told.min(59); // a leap second is the one before it
        next += 2;
        if mark(tokens.get(next), &['.', ',']) && matches!(tokens.get(next + 1), Some(Token::Number(..))) {
            next += 2;
        }
    }
    finish(tokens, at..next, hour, minute, second)
}

/// `20230905T101500Z`, `2023-09-05T1015`, and fourteen digits in a row.
fn compact_time(tokens: &[Token], at: usize) -> Option<Clock> {
    let (number, digits) = match tokens.get(at)? {
        Token::Number(number, digits @ (4 | 6)) if word(tokens.get(at.checked_sub(1)?)) == Some("t") => {
            (*number, *digits)
        }
        Token::Number(number, 14) => (*number % 1_000_000, 6),
        Token::Number(number, 12) => (*number % 10_000, 4),
        _ => return None,
    };
    let number = if digits == 4 { number * 100 } else { number };
    let part = |by: i64| i8::try_from(number / by % 100).ok();
    finish(tokens, at..at + 1, part(10_000)?, part(100)?, part(1)?.min(59))
}

/// `20.43 WIB`, `pukul 20.43`, `um 20.43 Uhr`, `20h43`, `20 h`: only with a word that says it is a time.
fn dotted_time(tokens: &[Token], at: usize) -> Option<Clock> {
    let hour = small(tokens.get(at))?;
    if word(tokens.get(at + 1)) == Some("h") {
        let minute = small(tokens.get(at + 2));
        let next = at + 2 + usize::from(minute.is_some());
        return finish(tokens, at..next, hour, minute.unwrap_or(0), 0);
    }
    let minute = mark(tokens.get(at + 1), &['.']).then(|| small(tokens.get(at + 2)))??;
    let before = at.checked_sub(1).and_then(|before| word(tokens.get(before)));
    let told = matches!(before, Some("pukul" | "jam" | "um" | "kl" | "alle" | "ore" | "at"));
    let after = word(tokens.get(at + 3));
    let told = told || after.is_some_and(|after| zone(after).is_some() || matches!(after, "uhr" | "am" | "pm"));
    told.then(|| finish(tokens, at..at + 3, hour, minute, 0))?
}

/// `8pm`, `8 p.m.`
fn bare_hour(tokens: &[Token], at: usize) -> Option<Clock> {
    let hour = small(tokens.get(at))?;
    half(tokens, at + 1)?;
    finish(tokens, at..at + 1, hour, 0, 0)
}

/// Which half of the day stands at `at`: the hours to add, and how many tokens it takes.
fn half(tokens: &[Token], at: usize) -> Option<(i8, usize)> {
    match (
        word(tokens.get(at))?,
        mark(tokens.get(at + 1), &['.']),
        word(tokens.get(at + 2)),
    ) {
        ("am", _, _) => Some((0, 1)),
        ("pm", _, _) => Some((12, 1)),
        ("a", true, Some("m")) => Some((0, 3)),
        ("p", true, Some("m")) => Some((12, 3)),
        _ => None,
    }
}

/// Adds the half of the day and the zone that follow.
fn finish(tokens: &[Token], taken: std::ops::Range<usize>, hour: i8, minute: i8, second: i8) -> Option<Clock> {
    let mut next = taken.end;
    let mut hour = hour;
    if let Some((later, length)) = half(tokens, next) {
        hour = hour % 12 + later;
        next += length;
    }
    let next_day = hour == 24 && minute == 0 && second == 0;
    let hour = if next_day { 0 } else { hour };
    civil::Time::new(hour, minute, second, 0).ok()?;
    if matches!(word(tokens.get(next)), Some("uhr")) || mark(tokens.get(next), &[',', '.']) {
        next += 1;
    }
    let bracket = usize::from(mark(tokens.get(next), &['(']));
    let (east, length) =
        east(tokens, next + bracket).map_or((None, 0), |(east, length)| (Some(east), length + bracket));
    Some(Clock {
        hour,
        minute,
        second,
        next_day,
        east,
        taken: taken.start..next + length,
    })
}

/// A zone: `Z`, `WIB`, `+07:00`, `-0500`, `GMT+7`. Minutes east and the tokens it takes.
fn east(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    if let Some(named) = word(tokens.get(at)).and_then(zone) {
        let after = (named == 0).then(|| offset(tokens, at + 1)).flatten();
        return Some(after.map_or((named, 1), |(minutes, length)| (minutes, length + 1)));
    }
    offset(tokens, at)
}

fn offset(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let sign = match tokens.get(at)? {
        Token::Mark('+') => 1,
        Token::Mark('-') => -1,
        _ => return None,
    };
    let (number, digits) = match tokens.get(at + 1)? {
        Token::Number(number, digits) => (i32::try_from(*number).ok()?, *digits),
        _ => return None,
    };
    let (minutes, length) = match digits {
        4 => (number / 100 * 60 + number % 100, 2),
        1 | 2 => match (mark(tokens.get(at + 2), &[':']), small(tokens.get(at + 3))) {
            (true, Some(minutes)) => (number * 60 + i32::from(minutes), 4),
            _ => (number * 60, 2),
        },
        _ => return None,
    };
    (minutes <= 15 * 60).then_some((sign * minutes, length))
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
