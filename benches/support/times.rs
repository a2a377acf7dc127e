//! The times of a mix of queries.

use std::time::Duration;

use anyhow::Result;

use crate::measure::{figure, ratio, time};

/// The best time of each query.
#[derive(Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Does the work so many times, keeps the best time, and returns what the last made.
    pub(crate) fn best<T>(&mut self, rounds: usize, mut work: impl FnMut() -> Result<T>) -> Result<T> {
        let (mut least, mut made) = time(&mut work);
        for _ in 1..rounds {
            let (took, again) = time(&mut work);
            least = least.min(took);
            made = again;
        }
        self.0.push(least);
        made
    }

    /// The median and the 99th percentile.
    pub(crate) fn print(&self, name: &str) {
        figure(&format!("{name}_p50"), ms(self.percentile(0.5)), "ms");
        figure(&format!("{name}_p99"), ms(self.percentile(0.99)), "ms");
    }

    /// How many times as long as another.
    pub(crate) fn print_over(&self, other: &Self, name: &str) {
        for (suffix, share) in [("p50", 0.5), ("p99", 0.99)] {
            let over = ms(self.percentile(share)) / ms(other.percentile(share));
            ratio(&format!("{name}_{suffix}"), over);
        }
    }

    /// The time that this share of the queries stays below.
    fn percentile(&self, share: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() as f64 * share) as usize;
        sorted
            .get(at.min(sorted.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    }
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
