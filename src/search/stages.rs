//! What a search decides and how long each stage of it takes, told by the search itself while it runs. Where no one asks, a
//! stage costs one comparison.

use std::cell::Cell;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

/// A stage of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The text of the query becomes a tree.
    Parse,
    /// Names become the values that they stand for.
    Names,
    /// Conditions without words and filters become sets.
    Sets,
    /// Words are looked for; where every match is scored, with its scoring.
    Words,
    /// The first hits are found in their order, where that is not part of looking for the words.
    FirstPage,
    /// The first hits are put in order anew by where their words stand.
    Rescoring,
    /// Hits are read, with their facets and highlights.
    Hits,
    /// Facets are counted, all together, and the days for the histogram with them.
    Counting,
    /// The bars of the histogram are summed.
    Histogram,
}

/// Where words were looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Looked {
    /// The query has no words: sets say all.
    NoWords,
    /// In the whole index; what is not in the sets falls out afterwards.
    Everywhere,
    /// Only in the documents of the sets, since these are few.
    InSets,
    /// All of some single words, one after the other: in the postings of a word's terms, or in what the words before have left.
    TermByTerm,
}

/// How the first page was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Paged {
    /// No hits were asked for.
    NotAtAll,
    /// In the order of time.
    ByTime,
    /// By relevance, from the scores of the hits.
    Scored,
}

/// How a facet was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// A counter for every value; the few that are met are noted, so that nothing else is walked.
    Sparse,
    /// A counter for every value.
    Dense,
    /// Several counters for each of few values, so that one addition does not wait for the one before.
    Lanes,
}

/// How one facet was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetWay {
    /// Which.
    pub facet: &'static str,
    /// Documents that it was counted over.
    pub over: u64,
    /// Whether these are more than the hits, because a selection of its own does not shrink a facet's counts.
    pub is_wider: bool,
    /// Into what.
    pub counting: Counting,
    /// Segments whose totals were taken, less what is no hit.
    pub totals: usize,
}

/// What a search decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decisions {
    /// Documents that could be found at all: living stories, quotes.
    pub ground: u64,
    /// Documents in the sets: what can be a hit, or be counted for a facet with a selection, words aside.
    pub base: u64,
    /// Where words were looked for.
    pub looked: Looked,
    /// How the first page was made.
    pub paged: Paged,
    /// Segments that were gone through in the order of time until there were enough hits.
    pub walked: usize,
    /// Segments of which every hit was looked at for the order of time.
    pub gathered: usize,
    /// Hits that were scored term by term; the others could not be among the first.
    pub scored: usize,
    /// Hits that were put in order anew by where their words stand.
    pub rescored: usize,
    /// Whether the page reaches behind them.
    pub has_tail: bool,
    /// Whether the page was made in a thread beside the counting.
    pub page_beside_counting: bool,
    /// Whether facets were counted in two threads.
    pub counted_in_two_threads: bool,
    /// Facet by facet.
    pub facets: Vec<FacetWay>,
}

impl Default for Decisions {
    fn default() -> Self {
        Self {
            ground: 0,
            base: 0,
            looked: Looked::NoWords,
            paged: Paged::NotAtAll,
            walked: 0,
            gathered: 0,
            scored: 0,
            rescored: 0,
            has_tail: false,
            page_beside_counting: false,
            counted_in_two_threads: false,
            facets: Vec::new(),
        }
    }
}

/// What was recorded of a search.
#[derive(Debug, Clone, Default)]
pub(super) struct Recorded {
    /// The time of each stage that ran, that of stages inside it taken off. Stages in two threads each count in full.
    pub times: Vec<(Stage, Duration)>,
    /// What was decided.
    pub decisions: Decisions,
}

/// Records a search, or does nothing. Cheap to clone: clones record in the same place.
#[derive(Debug, Clone, Default)]
pub(super) struct Stages(Option<Arc<Mutex<Recorded>>>);

thread_local! {
    /// The time of the stages inside the one that runs.
    static INSIDE: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

impl Stages {
    /// One that records.
    pub(super) fn recording() -> Self {
        Self(Some(Arc::default()))
    }

    /// Does a stage, and notes how long it took.
    pub(super) fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        if self.0.is_none() {
            return work();
        }
        let outside = INSIDE.replace(Duration::ZERO);
        let start = Instant::now();
        let done = work();
        let elapsed = start.elapsed();
        let inside = INSIDE.replace(outside + elapsed);
        self.write(|recorded| {
            let own = elapsed.saturating_sub(inside);
            match recorded.times.iter_mut().find(|(other, _)| *other == stage) {
                Some((_, time)) => *time += own,
                None => recorded.times.push((stage, own)),
            }
        });
        done
    }

    /// Notes a decision.
    pub(super) fn tell(&self, tell: impl FnOnce(&mut Decisions)) {
        self.write(|recorded| tell(&mut recorded.decisions));
    }

    fn write(&self, write: impl FnOnce(&mut Recorded)) {
        if let Some(recorded) = &self.0 {
            write(&mut recorded.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// What was recorded so far, stages in their order.
    pub(super) fn recorded(&self) -> Recorded {
        let mut all = Recorded::default();
        self.write(|recorded| all = recorded.clone());
        all.times.sort_unstable_by_key(|(stage, _)| *stage);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_inside_another_counts_for_itself_alone() {
        let stages = Stages::recording();
        let pause = || std::thread::sleep(Duration::from_millis(20));
        stages.time(Stage::Sets, || stages.time(Stage::Names, pause));
        stages.time(Stage::Sets, || stages.clone().time(Stage::Names, pause));
        let recorded = stages.recorded();
        let [(Stage::Names, names), (Stage::Sets, sets)] = recorded.times.as_slice() else {
            panic!("{recorded:?}");
        };
        assert!(*names >= Duration::from_millis(40), "{names:?}");
        assert!(*sets < Duration::from_millis(20), "{sets:?}");
    }

    #[test]
    fn nothing_is_recorded_where_no_one_asks() {
        let stages = Stages::default();
        assert_eq!(stages.time(Stage::Words, || 5), 5);
        stages.tell(|decisions| decisions.rescored = 7);
        assert!(stages.recorded().times.is_empty());
        assert_eq!(stages.recorded().decisions, Decisions::default());
    }
}
