//! Bars of `published` by day, month or year (UTC), empty ones in between included.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::{Bucket, Interval, SearchError};
use crate::index::{Snapshot, Times};

/// Bars at most: a century by month, thirteen years by day go on one page.
pub(super) const MAX_BARS: usize = 5_000;

/// Days up to which there is a counter for each between the first and the last: a century and a half.
const MAX_DENSE: i64 = 60_000;

/// The days since 1970 that a calendar has: the years -9999 to 9999.
const CALENDAR: Range<i64> = -4_371_587..2_932_897;

/// Stories by day since 1970; the bars are summed from it.
#[derive(Debug, Clone)]
pub(super) enum Days {
    /// A counter for each day from the first on.
    Dense {
        /// The first day.
        first: i64,
        /// Stories of each.
        counts: Vec<u32>,
    },
    /// The days that have stories.
    Sparse(BTreeMap<i64, u64>),
}

impl Default for Days {
    fn default() -> Self {
        Self::Sparse(BTreeMap::new())
    }
}

impl Days {
    /// None yet, of the days that a snapshot's stories have.
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let ranges = snapshot
            .segments
            .iter()
            .filter_map(|segment| segment.columns.times.days());
        let whole = ranges.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        let Some((first, last)) = whole else {
            return Self::default();
        };
        match last.checked_sub(first) {
            Some(width) if width < MAX_DENSE => Self::Dense {
                first,
                counts: vec![0; width as usize + 1],
            },
            _ => Self::default(),
        }
    }

    /// Counts rows of a segment; one without a date has no bar.
    pub(super) fn add_rows(&mut self, times: &Times, rows: &[u32]) {
        for day in rows.iter().filter_map(|row| times.day_of(*row)) {
            self.add(day);
        }
    }

    /// Adds what was counted apart, of the same snapshot.
    pub(super) fn add_all(&mut self, others: &Self) {
        match (self, others) {
            (Self::Dense { counts, .. }, Self::Dense { counts: others, .. }) => {
                counts.iter_mut().zip(others).for_each(|(count, other)| *count += other);
            }
            (Self::Sparse(counts), Self::Sparse(others)) => {
                for (day, other) in others {
                    *counts.entry(*day).or_default() += other;
                }
            }
            _ => {}
        }
    }

    #[inline]
    fn add(&mut self, day: i64) {
        match self {
            Self::Dense { first, counts } => {
                if let Some(count) = counts.get_mut((day - *first) as usize) {
                    *count += 1;
                }
            }
            Self::Sparse(counts) => {
                if CALENDAR.contains(&day) {
                    *counts.entry(day).or_default() += 1;
                }
            }
        }
    }

    /// Stories of these days.
    fn sum(&self, days: Range<i64>) -> u64 {
        match self {
            Self::Dense { first, counts } => {
                let at = |day: i64| (day - first).clamp(0, counts.len() as i64) as usize;
                let counts = counts.get(at(days.start)..at(days.end)).unwrap_or_default();
                counts.iter().map(|count| u64::from(*count)).sum()
            }
            Self::Sparse(counts) => counts.range(days).map(|(_, count)| count).sum(),
        }
    }

    /// The first and the last day with stories.
    fn ends(&self) -> Option<(i64, i64)> {
        match self {
            Self::Dense { first, counts } => {
                let start = counts.iter().position(|count| *count > 0)?;
                let end = counts.iter().rposition(|count| *count > 0)?;
                Some((first + start as i64, first + end as i64))
            }
            Self::Sparse(counts) => Some((*counts.first_key_value()?.0, *counts.last_key_value()?.0)),
        }
    }

    /// The bars from the first story's to the last's, and their width: the one asked for, or the next wider one that needs
    /// no more than [`MAX_BARS`], so that one stray date does not cost the answer.
    ///
    /// # Errors
    /// When there would be more than [`MAX_BARS`] also by year.
    pub(super) fn bars(&self, interval: Interval) -> Result<(Vec<Bucket>, Interval), SearchError> {
        match (self.bars_of(interval), interval) {
            (Ok(bars), _) => Ok((bars, interval)),
            (Err(_), Interval::Day) => self.bars(Interval::Month),
            (Err(_), Interval::Month) => self.bars(Interval::Year),
            (Err(error), Interval::Year) => Err(error),
        }
    }

    fn bars_of(&self, interval: Interval) -> Result<Vec<Bucket>, SearchError> {
        let start = |day: i64| date_of(day).and_then(|date| start_of(date, interval));
        let Some((Some(first), Some(last))) = self.ends().map(|(first, last)| (start(first), start(last))) else {
            return Ok(Vec::new());
        };
        let bars = steps(first, last, interval) + 1;
        if bars > MAX_BARS as u64 {
            return Err(SearchError::TooManyBars { bars, most: MAX_BARS });
        }
        let mut buckets = Vec::with_capacity(bars as usize);
        let mut at = Some(first);
        while let Some(start) = at.filter(|start| *start <= last) {
            at = next(start, interval);
            let end = at.map_or(CALENDAR.end, days_since_1970);
            buckets.push(Bucket {
                start: start.to_string(),
                count: self.sum(days_since_1970(start)..end),
            });
        }
        Ok(buckets)
    }
}

/// The civil date of a day since 1970; `None` outside of jiff's years (-9999 to 9999).
fn date_of(day: i64) -> Option<Date> {
    let time = Timestamp::from_second(day.checked_mul(86_400)?).ok()?;
    Some(TimeZone::UTC.to_datetime(time).date())
}

fn start_of(day: Date, interval: Interval) -> Option<Date> {
    match interval {
        Interval::Day => Some(day),
        Interval::Month => Date::new(day.year(), day.month(), 1).ok(),
        Interval::Year => Date::new(day.year(), 1, 1).ok(),
    }
}

fn next(start: Date, interval: Interval) -> Option<Date> {
    let step = match interval {
        Interval::Day => 1.day(),
        Interval::Month => 1.month(),
        Interval::Year => 1.year(),
    };
    start.checked_add(step).ok()
}

/// How many steps it is from one bar to another.
fn steps(first: Date, last: Date, interval: Interval) -> u64 {
    let years = i64::from(last.year()) - i64::from(first.year());
    let steps = match interval {
        Interval::Year => years,
        Interval::Month => years * 12 + i64::from(last.month()) - i64::from(first.month()),
        Interval::Day => days_since_1970(last) - days_since_1970(first),
    };
    steps.unsigned_abs()
}

fn days_since_1970(day: Date) -> i64 {
    i64::from((day - date(1970, 1, 1)).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Segment;

    fn days(all: &[i64]) -> Days {
        let mut days = Days::default();
        let dated = all.iter().filter(|at| **at != Segment::NO_DATE);
        dated.for_each(|at| days.add(at.div_euclid(86_400)));
        days
    }

    #[test]
    fn empty_bars_stand_between() {
        // 2023-12-31T23:59:59Z, 2024-02-29, and one without a date
        let (bars, _) = days(&[1_704_067_199, 1_709_200_000, Segment::NO_DATE])
            .bars(Interval::Month)
            .unwrap();
        let shown: Vec<_> = bars.iter().map(|b| (b.start.as_str(), b.count)).collect();
        assert_eq!(shown, [("2023-12-01", 1), ("2024-01-01", 0), ("2024-02-01", 1)]);
    }

    #[test]
    fn days_before_1970_fall_on_their_own_day() {
        assert_eq!(days(&[-1]).bars(Interval::Day).unwrap().0[0].start, "1969-12-31");
        assert_eq!(days(&[-1]).bars(Interval::Year).unwrap().0[0].start, "1969-01-01");
    }

    #[test]
    fn a_counter_for_each_day_tells_the_same() {
        let all = [0, 3, 31, 59, 400, 400];
        let seconds: Vec<i64> = all.iter().map(|day| day * 86_400).collect();
        let mut dense = Days::Dense {
            first: -5,
            counts: vec![0; 500],
        };
        for day in all {
            dense.add(day);
        }
        for interval in [Interval::Day, Interval::Month, Interval::Year] {
            let (bars, _) = dense.bars(interval).unwrap();
            assert_eq!(bars, days(&seconds).bars(interval).unwrap().0);
            assert_eq!(bars.iter().map(|bar| bar.count).sum::<u64>(), 6);
        }
        let calendar = [Date::MIN, Date::MAX].map(days_since_1970);
        assert_eq!(calendar, [CALENDAR.start, CALENDAR.end - 1]);
    }

    #[test]
    fn a_stray_date_makes_wider_bars_not_a_million() {
        let (bars, interval) = days(&[0, 4_000_000_000]).bars(Interval::Day).unwrap();
        assert_eq!((bars.len(), interval), (1522, Interval::Month));
        let error = days(&[-200_000_000_000, 100_000_000_000])
            .bars(Interval::Day)
            .unwrap_err();
        assert!(error.to_string().starts_with("histogram: 9507 bars"), "{error}");
        assert!(
            days(&[i64::MAX, i64::MIN + 1])
                .bars(Interval::Day)
                .unwrap()
                .0
                .is_empty()
        );
    }
}
