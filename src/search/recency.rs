//! Recency as a gentle factor on relevance: of two stories that fit a query alike the newer one comes first, and one that fits
//! clearly better stays first however old it is.

use tantivy::DateTime;

use crate::index::{Segment, Snapshot};
use crate::story::Timestamp;

/// What is left of the score of a story that is very old, and of one without a date.
const FLOOR: f32 = 0.7;

/// After so many years a story has lost half of what it can lose.
const HALF_LIFE_YEARS: f32 = 3.0;

const SECONDS_IN_YEAR: f32 = 365.25 * 86_400.0;

/// The factor by age. Age is counted from the newest story in the index, not from today: an archive of 1987 is as old as
/// its own last day, and its stories differ as those of this week do. A date in the future is a misprint or an embargo, and
/// does not make everything else old: then age is counted from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recency {
    newest: Timestamp,
}

impl Recency {
    /// For an index. Deleted stories count until a merge drops them: the column's own bound is read, no document.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn new(snapshot: &Snapshot) -> tantivy::Result<Self> {
        let name = snapshot.searcher.schema().get_field_name(snapshot.fields.published);
        let mut newest = Segment::NO_DATE;
        for reader in snapshot.searcher.segment_readers() {
            if let Some(column) = reader.fast_fields().column_opt::<DateTime>(name)? {
                newest = newest.max(column.max_value().into_timestamp_secs());
            }
        }
        Ok(Self::from_newest(newest, snapshot.now))
    }

    /// Counts age from `newest`, or from `now` where that is earlier.
    pub(super) fn from_newest(newest: Timestamp, now: Timestamp) -> Self {
        Self {
            newest: newest.min(now),
        }
    }

    /// The time that age is counted from.
    pub(super) fn newest(self) -> Timestamp {
        self.newest
    }

    /// The factor of a story published then, at least 0.7 and at most 1.
    pub(super) fn factor(self, published: Timestamp) -> f32 {
        if published == Segment::NO_DATE {
            return FLOOR;
        }
        let years = self.newest.saturating_sub(published).max(0) as f32 / SECONDS_IN_YEAR;
        FLOOR + (1.0 - FLOOR) * (-years / HALF_LIFE_YEARS).exp2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEAR: i64 = 31_557_600;

    fn near(found: f32, wanted: f32) -> bool {
        (found - wanted).abs() < 0.001
    }

    #[test]
    fn the_newest_story_loses_nothing_and_the_oldest_keeps_the_floor() {
        let recency = Recency::from_newest(2_000_000_000, 2_000_000_100);
        assert!(near(recency.factor(2_000_000_000), 1.0));
        assert!(near(recency.factor(2_000_000_000 - 3 * YEAR), 0.85));
        assert!(near(recency.factor(2_000_000_000 - 90 * YEAR), FLOOR));
        assert!(near(recency.factor(Segment::NO_DATE), FLOOR));
        assert!(near(recency.factor(i64::MAX), 1.0));
    }

    #[test]
    fn an_old_archive_is_not_flattened_and_a_misprint_does_not_age_it() {
        let (march, october) = (541_555_200, 560_044_800); // 1987
        let of_1987 = Recency::from_newest(october, 1_800_000_000);
        assert!(near(of_1987.factor(october), 1.0));
        assert!(of_1987.factor(march) < of_1987.factor(october));
        let misprinted = Recency::from_newest(9_000_000_000, 1_800_000_000);
        assert!(near(misprinted.factor(1_800_000_000), 1.0));
    }
}
