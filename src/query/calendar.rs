//! Dates of the calendar, however written, → the seconds that they are.
//!
//! A date is as wide as it is written: `2023` a year, `2023-Q3` a quarter, `2023-09` a month, `2023-W36` a week, `2023-09-01` a
//! day, `2023-09-01T16:30` a minute. Without a zone it is UTC. Weeks begin on Monday (ISO 8601).

use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday};
use jiff::{Timestamp as Instant, ToSpan};

use super::dates::Stretch;
use crate::story::Timestamp;

/// A date of the calendar, as wide as it is written.
pub(super) fn calendar(value: &str) -> Option<Stretch> {
    let figures: Vec<&str> = value.split(['-', '/']).collect();
    let is_figures = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let year = figures[0].parse::<i16>().ok().filter(|_| figures[0].len() == 4);
    match (figures.as_slice(), year) {
        (figures, Some(year)) if figures.iter().all(is_figures) => in_figures(year, &figures[1..]),
        ([_, part], Some(year)) if !is_figures(part) => part_of_year(year, part).or_else(|| clock(value)),
        _ => with_month_name(value).or_else(|| clock(value)),
    }
}

/// A year, with a month and a day perhaps.
fn in_figures(year: i16, rest: &[&str]) -> Option<Stretch> {
    let figure = |at: usize| rest.get(at)?.parse::<i8>().ok();
    match rest.len() {
        0 => days(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
        1 => {
            let month = Date::new(year, figure(0)?, 1).ok()?;
            days(month, month.last_of_month())
        }
        2 => {
            let day = Date::new(year, figure(0)?, figure(1)?).ok()?;
            days(day, day)
        }
        _ => None,
    }
}

/// `Q3` and `W36` of a year.
fn part_of_year(year: i16, part: &str) -> Option<Stretch> {
    let (kind, number) = part.split_at_checked(1)?;
    let number = Some(number).filter(|number| number.bytes().all(|b| b.is_ascii_digit()));
    let number: i8 = number?.parse().ok()?;
    match kind {
        "Q" | "q" if (1..=4).contains(&number) => {
            let first = Date::new(year, number * 3 - 2, 1).ok()?;
            days(first, Date::new(year, number * 3, 1).ok()?.last_of_month())
        }
        "W" | "w" => {
            let monday = ISOWeekDate::new(year, number, Weekday::Monday).ok()?.date();
            days(monday, monday.checked_add(6.days()).ok()?)
        }
        _ => None,
    }
}

/// The first letters of the months in English; each may be written in full.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `1 Sep 2023`, `Sep 1, 2023`, `September 2023`.
fn with_month_name(value: &str) -> Option<Stretch> {
    let value = value.to_ascii_lowercase();
    let words: Vec<&str> = value
        .split([' ', '-', ',', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    let month = |word: &str| {
        let is_month =
            |month: &&str| month.starts_with(word) && word.len() >= 3 || *month == "september" && word == "sept";
        MONTHS.iter().position(is_month).map(|at| at as i8 + 1)
    };
    let (day, month, year) = match words.as_slice() {
        [first, year] => (None, month(first)?, year),
        [first, second, year] => match month(first) {
            Some(month) => (Some(second), month, year),
            None => (Some(first), month(second)?, year),
        },
        _ => return None,
    };
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    match day {
        None => {
            let first = Date::new(year, month, 1).ok()?;
            days(first, first.last_of_month())
        }
        Some(day) => {
            let day = Date::new(year, month, day.parse().ok()?).ok()?;
            days(day, day)
        }
    }
}

/// A date with a time of day: `2023-09-01T16:30`, `2023-09-01 16:30:05`, `2023-09-01T16:30:00+07:00`.
fn clock(value: &str) -> Option<Stretch> {
    let (_, time) = value.split_once(['T', 't', ' '])?;
    let time = time.split(['Z', 'z', '+', '-']).next().unwrap_or(time);
    let width = match time.matches(':').count() {
        0 => 3600,
        1 => 60,
        _ => 1,
    };
    let start = match value.parse::<Instant>() {
        Ok(instant) => instant.as_second(),
        Err(_) => seconds_of(value.parse::<DateTime>().ok()?),
    };
    Some((start, start.checked_add(width)?))
}

/// From the first second of one day to the last of another.
pub(super) fn days(first: Date, last: Date) -> Option<Stretch> {
    Some((seconds_of(first.into()), seconds_of(last.into()).checked_add(86_400)?))
}

/// Counted by the calendar: jiff's instants end a day before its dates do.
pub(super) fn seconds_of(time: DateTime) -> Timestamp {
    time.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0))
        .as_secs()
}
