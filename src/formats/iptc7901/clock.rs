//! The line after a text: day, hour and minute, the zone where it is told, month and year: "131137 GMT Nov 13".

use jiff::civil::{Date, Weekday};

use crate::formats::dates::{self, Order};
use crate::story::Timestamp;

/// Reads the time of a transmission. Without a zone it is UTC, or Berlin's where `in_berlin`.
pub(super) fn read_end(text: &str, in_berlin: bool) -> Option<Timestamp> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(3).enumerate().find_map(|(at, three)| {
        let digits = three[0];
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let zoned = !year(three[2]).is_some_and(|_| three[1].chars().all(|c| c.is_alphabetic() || c == '.'));
        let (zone, month, year_word) = if zoned {
            (three[1], three[2], words.get(at + 3)?)
        } else {
            ("", three[1], &three[2])
        };
        let (day, hour, minute) = (&digits[..2], &digits[2..4], &digits[4..]);
        let written = format!(
            "{day} {} {} {hour}:{minute} {zone}",
            month.trim_end_matches('.'),
            year(year_word)?
        );
        let read = dates::read(&written, Order::DayFirst)?;
        let own = !read.zoned && in_berlin;
        Some(read.time - if own { berlin(read.time) } else { 0 })
    })
}

fn year(word: &str) -> Option<i64> {
    let word = word.trim_end_matches('.');
    let number: i64 = word.parse().ok()?;
    match word.len() {
        2 => Some(if number < 70 { 2000 + number } else { 1900 + number }),
        4 if (1900..2100).contains(&number) => Some(number),
        _ => None,
    }
}

/// Seconds that Berlin's clocks are ahead of UTC when they show `local`: two hours from the last Sunday of March to that of October
/// (of September before 1996).
fn berlin(local: Timestamp) -> Timestamp {
    let changes = |year: i16| {
        let last = if year < 1996 { (9, 30) } else { (10, 31) };
        Some((last_sunday(year, 3, 31)?, last_sunday(year, last.0, last.1)?))
    };
    let at = jiff::Timestamp::from_second(local)
        .ok()
        .map(|time| jiff::tz::Offset::UTC.to_datetime(time));
    let summer = at.is_some_and(|at| {
        at.year() >= 1980
            && changes(at.year()).is_some_and(|(from, to)| at >= from.at(3, 0, 0, 0) && at < to.at(3, 0, 0, 0))
    });
    if summer { 7_200 } else { 3_600 }
}

fn last_sunday(year: i16, month: i8, last: i8) -> Option<Date> {
    let date = Date::new(year, month, last).ok()?;
    date.nth_weekday(-1, Weekday::Sunday).ok().map(|before| {
        if date.weekday() == Weekday::Sunday {
            date
        } else {
            before
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(text: &str, in_berlin: bool) -> String {
        read_end(text, in_berlin).and_then(dates::rfc3339).unwrap_or_default()
    }

    #[test]
    fn the_end_line_is_read() {
        assert_eq!(end("131137 GMT Nov 13 \r\n\x7f", false), "2013-11-13T11:37:00Z");
        assert_eq!(end("131137 Nov 13", false), "2013-11-13T11:37:00Z");
        assert_eq!(end("131137 MESZ Okt 2015", true), "2015-10-13T09:37:00Z");
        assert_eq!(end("251037 Sep 24", true), "2024-09-25T08:37:00Z");
        assert_eq!(end("251037 Dez 24", true), "2024-12-25T09:37:00Z");
        assert_eq!(end("310259 Mar 24", true), "2024-03-31T01:59:00Z");
        assert_eq!(end("310300 Mar 24", true), "2024-03-31T01:00:00Z");
        assert_eq!(end("no time here at all", true), "");
        assert_eq!(end("991137 GMT Nov 13", true), "");
    }
}
