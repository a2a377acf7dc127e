//! Bars of `published` by day, month or year (UTC), empty ones in between included.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::{Bucket, Interval, SearchError};
use crate::index::{Docs, Segment};

/// Bars at most: a century by month, thirteen years by day go on one page.
pub(super) const MAX_BARS: usize = 5_000;

/// Days up to which there is a counter for each between the first and the last: a century and a half.
const MAX_DENSE: i64 = 60_000;

/// Stories by day since 1970; the bars are summed from it.
#[derive(Debug, Default)]
pub(super) struct Days {
    counts: FxHashMap<i64, u64>,
}

impl Days {
    /// Counts stories of a segment; one without a date has no bar.
    pub(super) fn add_all(&mut self, segment: &Segment, stories: &Docs) {
        let times = &segment.columns.times;
        let dated = |doc: &DocId| times.day_of(segment.rows().of(*doc));
        let newest = times.newest();
        let ends = [newest.first().and_then(dated), newest.iter().rev().find_map(dated)];
        let [Some(last), Some(first)] = ends else { return };
        let width = last - first + 1;
        if width > MAX_DENSE {
            return segment.rows().for_each(stories, |row| self.add(times.day_of(row), 1));
        }
        let mut days = vec![0_u32; width as usize];
        segment.rows().for_each(stories, |row| {
            let place = times.day_of(row).map(|day| (day - first) as usize);
            if let Some(count) = place.and_then(|place| days.get_mut(place)) {
                *count += 1;
            }
        });
        for (day, count) in (first..).zip(days).filter(|(_, count)| *count > 0) {
            self.add(Some(day), u64::from(count));
        }
    }

    fn add(&mut self, day: Option<i64>, stories: u64) {
        if let Some(day) = day {
            *self.counts.entry(day).or_default() += stories;
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
        let mut counts: FxHashMap<Date, u64> = FxHashMap::default();
        for (&day, &count) in &self.counts {
            if let Some(start) = date_of(day).and_then(|date| start_of(date, interval)) {
                *counts.entry(start).or_default() += count;
            }
        }
        let (Some(&first), Some(&last)) = (counts.keys().min(), counts.keys().max()) else {
            return Ok(Vec::new());
        };
        let bars = steps(first, last, interval) + 1;
        if bars > MAX_BARS as u64 {
            return Err(SearchError::TooManyBars { bars, most: MAX_BARS });
        }
        let mut buckets = Vec::with_capacity(bars as usize);
        let mut at = Some(first);
        while let Some(start) = at.filter(|start| *start <= last) {
            buckets.push(Bucket {
                start: start.to_string(),
                count: counts.get(&start).copied().unwrap_or(0),
            });
            at = next(start, interval);
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

    fn days(all: &[i64]) -> Days {
        let mut days = Days::default();
        for &at in all {
            days.add((at != Segment::NO_DATE).then(|| at.div_euclid(86_400)), 1);
        }
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
