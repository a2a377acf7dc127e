//! When each row of a segment was published, and the documents in the order of that time.

use tantivy::DocId;

use super::{Rows, Segment};
use crate::story::Timestamp;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The times of a segment's rows, and its documents from the latest to the earliest.
#[derive(Debug, Default)]
pub struct Times {
    seconds: Seconds,
    /// Documents with rows, newest first, those of one time in their order, those without a time last.
    newest: Vec<DocId>,
    /// How many of them have a time.
    dated: usize,
    /// The first and the last day.
    days: Option<(i64, i64)>,
}

/// Half of the room where all times lie within 136 years, as nearly all do.
#[derive(Debug)]
enum Seconds {
    Near { base: Timestamp, since: Vec<u32> },
    Far(Vec<Timestamp>),
}

impl Default for Seconds {
    fn default() -> Self {
        Self::Far(Vec::new())
    }
}

impl Times {
    /// The times of all rows, [`Segment::NO_DATE`] where there is none.
    pub(super) fn new(rows: &Rows, times: Vec<Timestamp>) -> Self {
        let with_time = || times.iter().copied().filter(|time| *time != Segment::NO_DATE);
        let ends = with_time().fold(None, |ends: Option<(i64, i64)>, time| {
            let (least, most) = ends.unwrap_or((time, time));
            Some((least.min(time), most.max(time)))
        });
        let days = ends.map(|(least, most)| (least.div_euclid(DAY), most.div_euclid(DAY)));
        let (base, most) = ends.map_or((0, 0), |(least, most)| (least.div_euclid(DAY) * DAY, most));
        let dated = with_time().count();
        let is_near = most.checked_sub(base).is_some_and(|width| width < i64::from(u32::MAX));
        if !is_near {
            let mut order: Vec<(Timestamp, DocId)> = times.iter().copied().zip(rows.docs().iter()).collect();
            order.sort_unstable_by_key(|(time, doc)| (std::cmp::Reverse(*time), *doc));
            return Self {
                seconds: Seconds::Far(times),
                newest: order.into_iter().map(|(_, doc)| doc).collect(),
                dated,
                days,
            };
        }
        let (mut since, mut order) = (Vec::with_capacity(times.len()), Vec::with_capacity(times.len()));
        for (time, doc) in times.into_iter().zip(rows.docs().iter()) {
            let (behind, before) = match time {
                Segment::NO_DATE => (u32::MAX, u32::MAX),
                time => ((time - base) as u32, (most - time) as u32),
            };
            since.push(behind);
            // One number of both is sorted in half the time of a pair.
            order.push(u64::from(before) << 32 | u64::from(doc));
        }
        order.sort_unstable();
        Self {
            seconds: Seconds::Near { base, since },
            newest: order.into_iter().map(|place| place as DocId).collect(),
            dated,
            days,
        }
    }

    /// The time of a row, [`Segment::NO_DATE`] if it has none.
    #[must_use]
    pub fn of(&self, row: u32) -> Timestamp {
        match &self.seconds {
            Seconds::Near { base, since } => match since[row as usize] {
                u32::MAX => Segment::NO_DATE,
                since => base + i64::from(since),
            },
            Seconds::Far(times) => times[row as usize],
        }
    }

    /// The day since 1970 of a row's time.
    #[must_use]
    pub fn day_of(&self, row: u32) -> Option<i64> {
        match &self.seconds {
            Seconds::Near { base, since } => match since[row as usize] {
                u32::MAX => None,
                since => Some(base / DAY + i64::from(since / DAY as u32)),
            },
            Seconds::Far(times) => Some(times[row as usize])
                .filter(|time| *time != Segment::NO_DATE)
                .map(|time| time.div_euclid(DAY)),
        }
    }

    /// The first and the last day since 1970 of a row with a time.
    #[must_use]
    pub fn days(&self) -> Option<(i64, i64)> {
        self.days
    }

    /// The documents with rows, newest first; those of one time in their order, those without a time last.
    #[must_use]
    pub fn newest(&self) -> &[DocId] {
        &self.newest
    }

    /// The documents published at or after `from` and before `to`. One without a time is in no range.
    #[must_use]
    pub fn between(&self, rows: &Rows, from: Option<Timestamp>, to: Option<Timestamp>) -> &[DocId] {
        let dated = &self.newest[..self.dated];
        let time = |doc: &DocId| self.of(rows.of(*doc));
        let start = to.map_or(0, |to| dated.partition_point(|doc| time(doc) >= to));
        let end = from.map_or(dated.len(), |from| dated.partition_point(|doc| time(doc) >= from));
        dated.get(start..end).unwrap_or_default()
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        let seconds = match &self.seconds {
            Seconds::Near { since, .. } => 4 * since.len(),
            Seconds::Far(times) => 8 * times.len(),
        };
        seconds + 4 * self.newest.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Docs;
    use super::*;

    fn times(all: &[Timestamp]) -> (Rows, Times) {
        let docs = Docs::of(64, (0..all.len() as u32).map(|at| 2 * at));
        let rows = Rows::new(docs);
        let times = Times::new(&rows, all.to_vec());
        (rows, times)
    }

    #[test]
    fn times_are_kept_near_and_far() {
        for far in [0, 40_000_000_000] {
            let all = [-5, Segment::NO_DATE, 86_400 + far, 7, 7];
            let (rows, times) = times(&all);
            let back: Vec<_> = (0..5).map(|row| times.of(row)).collect();
            assert_eq!(back, all);
            let days: Vec<_> = (0..5).map(|row| times.day_of(row)).collect();
            assert_eq!(days, [Some(-1), None, Some(1 + far / 86_400), Some(0), Some(0)]);
            assert_eq!(times.newest(), [4, 6, 8, 0, 2]);
            assert_eq!(times.between(&rows, Some(0), None), [4, 6, 8]);
            assert_eq!(times.between(&rows, Some(-5), Some(7)), [0]);
            assert_eq!(times.between(&rows, None, Some(8)), [6, 8, 0]);
            assert_eq!(times.between(&rows, Some(9), Some(8)), [] as [DocId; 0]);
        }
        assert_eq!(times(&[86_400, -1]).1.days(), Some((-1, 1)));
        assert_eq!(times(&[Segment::NO_DATE]).1.days(), None);
        assert_eq!(times(&[Segment::NO_DATE]).1.of(0), Segment::NO_DATE);
        assert_eq!(times(&[]).1.newest(), [] as [DocId; 0]);
    }
}
