//! The time of day and its zone in a date.

use jiff::civil;
use jiff::tz::Offset;

use super::calendar::zone;
use super::tokens::{Token, mark, small, word};
use crate::story::Timestamp;

/// A time of day, and the tokens it takes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Clock {
    hour: i8,
    minute: i8,
    second: i8,
    /// `24:00` is midnight of the next day.
    next_day: bool,
    /// Minutes east of UTC.
    pub(super) east: Option<i32>,
    /// The tokens that it takes.
    pub(super) taken: std::ops::Range<usize>,
}

impl Clock {
    /// The seconds of this time on a date.
    pub(super) fn on(&self, date: civil::Date) -> Option<Timestamp> {
        let time = civil::Time::new(self.hour, self.minute, self.second, 0).ok()?;
        let offset = Offset::from_seconds(self.east.unwrap_or(0) * 60).ok()?;
        let date = if self.next_day { date.tomorrow().ok()? } else { date };
        offset
            .to_timestamp(date.to_datetime(time))
            .ok()
            .map(jiff::Timestamp::as_second)
    }
}

/// Looks for the time of day: `20:43`, `8:15pm`, `15:01:01.79`, `T101500Z`, `20.43 WIB`, `20h43`, `8 p.m.`
pub(super) fn clock(tokens: &[Token]) -> Option<Clock> {
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
