//! The times of a mix of queries.

use std::time::Duration;

use anyhow::Result;

use crate::measure::{figure, time};

/// A time of each query.
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// For so many queries, none of which has run.
    pub(crate) fn of(count: usize) -> Self {
        Self(vec![Duration::MAX; count])
    }

    /// Does the work for the query at that place, keeps the least time that it ever took, and returns what it made.
    pub(crate) fn take<T>(&mut self, at: usize, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let (took, made) = time(work);
        self.put(at, took);
        made
    }

    /// The same for a time that was taken elsewhere.
    pub(crate) fn put(&mut self, at: usize, took: Duration) {
        self.0[at] = self.0[at].min(took);
    }

    /// One more time, which counts by itself.
    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// Prints the median and the 99th percentile.
    pub(crate) fn print(&self, name: &str) {
        figure(&format!("{name}_p50"), self.p50(), "ms");
        figure(&format!("{name}_p99"), self.p99(), "ms");
    }

    /// The median in milliseconds.
    pub(crate) fn p50(&self) -> f64 {
        self.percentile(0.5)
    }

    /// The 99th percentile in milliseconds.
    pub(crate) fn p99(&self) -> f64 {
        self.percentile(0.99)
    }

    /// The mean in milliseconds.
    pub(crate) fn mean(&self) -> f64 {
        self.0.iter().sum::<Duration>().as_secs_f64() * 1e3 / self.0.len().max(1) as f64
    }

    /// The time that this share of the queries stays below.
    fn percentile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() as f64 * share) as usize;
        let time = sorted.get(at.min(sorted.len().saturating_sub(1)));
        time.map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }
}
