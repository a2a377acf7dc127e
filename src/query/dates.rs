//! `published:` → a half-open range of seconds, UTC; and a range of seconds → its shortest text.

use std::ops::Range as Span;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp as Instant, ToSpan, Unit};

use super::Query;
use super::calendar::{calendar, days};
use super::ranges::{self, End, Range};
use super::warnings::Warnings;
use crate::story::Timestamp;

/// A stretch of time: its first second, and the second after its last.
pub(super) type Stretch = (Timestamp, Timestamp);

/// The time that a value asks for. `span` is the value's place.
pub(super) fn published(text: &str, span: Span<usize>, now: Timestamp, warnings: &mut Warnings) -> Option<Query> {
    let Some((from, to)) = bounds(text, now) else {
        let message = format!(
            "“{text}” is no date; it was left out. Write published:2023, 2023-09, 2023-09-01, [2023-09-01 TO now], >=now-2d, \
             yesterday or \"last week\"."
        );
        warnings.problem(span, message, year_last(text).or_else(|| ago(text, now)));
        return None;
    };
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        warnings.problem(
            span,
            "The range ends before it begins: no story is in it.",
            swapped(text),
        );
    }
    Some(Query::Published(from, to))
}

/// A range with its ends changed over.
fn swapped(text: &str) -> Option<String> {
    match ranges::read(text) {
        Range::Between(End::In(from), End::In(to)) => Some(format!("[{to} TO {from}]")),
        _ => None,
    }
}

fn bounds(text: &str, now: Timestamp) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
    let (from, to) = match ranges::read(text) {
        // `published:now-2d` is everything since then.
        Range::One(value) if is_relative(value) => (End::In(value), End::In("now")),
        Range::One(value) => (End::In(value), End::In(value)),
        Range::Between(from, to) => (from, to),
    };
    let from = match from {
        End::Open => None,
        End::In(value) => Some(stretch(value, now)?.0),
        End::Out(value) => Some(stretch(value, now)?.1),
    };
    let to = match to {
        End::Open => None,
        End::In(value) => Some(stretch(value, now)?.1),
        End::Out(value) => Some(stretch(value, now)?.0),
    };
    (from.is_some() || to.is_some()).then_some((from, to))
}

fn is_relative(value: &str) -> bool {
    base_of(value, 0).is_some_and(|(_, rest)| rest.starts_with('-'))
}

/// The stretch that one date, however written, stands for.
pub(super) fn stretch(value: &str, now: Timestamp) -> Option<Stretch> {
    let value = value.trim();
    named(value, now)
        .or_else(|| relative(value, now))
        .or_else(|| calendar(value))
}

/// `yesterday`, `last week`, `last 7 days`…
fn named(value: &str, now: Timestamp) -> Option<Stretch> {
    let value = value.to_ascii_lowercase().replace(['-', '_'], " ");
    let today = Instant::from_second(now).ok()?.to_zoned_datetime(TimeZone::UTC).date();
    let monday = today
        .checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days())
        .ok()?;
    let month = today.first_of_month();
    let year = today.first_of_year();
    match value.as_str() {
        "today" => days(today, today),
        "yesterday" => days(today.yesterday().ok()?, today.yesterday().ok()?),
        "tomorrow" => days(today.tomorrow().ok()?, today.tomorrow().ok()?),
        "this week" => days(monday, monday.checked_add(6.days()).ok()?),
        "last week" => days(monday.checked_sub(1.week()).ok()?, monday.yesterday().ok()?),
        "this month" => days(month, month.last_of_month()),
        "last month" => days(month.yesterday().ok()?.first_of_month(), month.yesterday().ok()?),
        "this year" => days(year, year.last_of_year()),
        "last year" => days(year.yesterday().ok()?.first_of_year(), year.yesterday().ok()?),
        _ => {
            let (count, unit) = value.strip_prefix("last ")?.split_once(' ')?;
            let start = back(count.parse().ok()?, unit, now)?;
            Some((start, now.checked_add(1)?))
        }
    }
}

/// `now`, `now-2d`, `now+1h`, `today-1week`, `@1693526400`: one second.
fn relative(value: &str, now: Timestamp) -> Option<Stretch> {
    let second = |at: Timestamp| Some((at, at.checked_add(1)?));
    if let Some(seconds) = value.strip_prefix('@') {
        return second(seconds.parse().ok()?);
    }
    let (base, rest) = base_of(value, now)?;
    if rest.is_empty() {
        return second(base);
    }
    let (sign, rest) = rest
        .strip_prefix('-')
        .map(|rest| (1, rest))
        .or_else(|| Some((-1, rest.strip_prefix('+')?)))?;
    let (count, unit) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
    second(back(sign * count.parse::<i64>().ok()?, unit, base)?)
}

/// The second that `now` or `today` at the beginning of a value stands for, and what follows it.
fn base_of(value: &str, now: Timestamp) -> Option<(Timestamp, &str)> {
    for (word, base) in [("now", now), ("today", now.div_euclid(86_400) * 86_400)] {
        if let Some((begin, rest)) = value.split_at_checked(word.len())
            && begin.eq_ignore_ascii_case(word)
        {
            return Some((base, rest));
        }
    }
    None
}

/// `now` less a number of units.
fn back(count: i64, unit: &str, now: Timestamp) -> Option<Timestamp> {
    let unit = match unit {
        "s" | "second" | "seconds" => Unit::Second,
        "m" | "min" | "minute" | "minutes" => Unit::Minute,
        "h" | "hour" | "hours" => Unit::Hour,
        "d" | "day" | "days" => Unit::Day,
        "w" | "week" | "weeks" => Unit::Week,
        "M" | "month" | "months" => Unit::Month,
        "y" | "year" | "years" => Unit::Year,
        _ => return None,
    };
    let span = match unit {
        Unit::Second => jiff::Span::new().try_seconds(count),
        Unit::Minute => jiff::Span::new().try_minutes(count),
        Unit::Hour => jiff::Span::new().try_hours(count),
        Unit::Day => jiff::Span::new().try_days(count),
        Unit::Week => jiff::Span::new().try_weeks(count),
        Unit::Month => jiff::Span::new().try_months(count),
        _ => jiff::Span::new().try_years(count),
    };
    let now = Instant::from_second(now).ok()?.to_zoned_datetime(TimeZone::UTC);
    Some(now.checked_sub(span.ok()?).ok()?.timestamp().as_second())
}

/// The date of `31.12.2023`, `31/12/2023` or `12/31/2023`, where only one reading is a date.
fn year_last(value: &str) -> Option<String> {
    let figures: Vec<i16> = value
        .split(['.', '/', '-'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let &[first, second, year] = figures.as_slice() else {
        return None;
    };
    let (day, month) = match (first, second) {
        (13.., ..=12) => (first, second),
        (..=12, 13..) => (second, first),
        _ if first == second => (first, second),
        _ => return None,
    };
    if year < 1000 {
        return None;
    }
    Some(
        Date::new(year, month.try_into().ok()?, day.try_into().ok()?)
            .ok()?
            .to_string(),
    )
}

/// `now-2d` of `2d` and of `-2d`.
fn ago(value: &str, now: Timestamp) -> Option<String> {
    let meant = format!("now-{}", value.trim_start_matches('-'));
    relative(&meant, now).map(|_| meant)
}

/// The year, month or day that a range is exactly, as it is written.
pub(super) fn whole(from: Timestamp, to: Timestamp) -> Option<String> {
    let day = Instant::from_second(from).ok()?.to_zoned_datetime(TimeZone::UTC).date();
    // Years outside of four digits cannot be written, so that they would not be read back.
    if !(0..=9999).contains(&day.year()) {
        return None;
    }
    let full = day.to_string();
    [4, 7, 10]
        .into_iter()
        .filter_map(|len| full.get(..len))
        .find(|text| calendar(text) == Some((from, to)))
        .map(str::to_owned)
}

/// A second as it is written: a date alone at midnight, `@seconds` outside of the calendar.
pub(super) fn written(at: Timestamp) -> String {
    let Ok(instant) = Instant::from_second(at) else {
        return format!("@{at}");
    };
    let time = instant.to_zoned_datetime(TimeZone::UTC);
    if !(0..=9999).contains(&time.year()) {
        return format!("@{at}");
    }
    if at.rem_euclid(86_400) == 0 {
        return time.date().to_string();
    }
    instant.to_string()
}
