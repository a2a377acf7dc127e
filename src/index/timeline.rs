//! Which filing of a story is seen when: from all its filings to the documents that stand for it, in time.
//!
//! At any moment the filings whose embargo has passed count. The greatest whole one ([`Order`]) is current; those that only add
//! paragraphs and came after it go behind its text; when the current one takes the story away, a tombstone stands in its place.
//! The set of filings that count only grows, so the moments at which something changes are the embargoes' ends.

use super::document::Standing;
use crate::story::Timestamp;

/// What matters of a filing for its place in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its content and its place among the others.
    pub(super) standing: Standing,
    /// Until when it must not be seen.
    pub(super) embargo: Option<Timestamp>,
    /// Whether it takes the story away.
    pub(super) hides: bool,
    /// Whether it can stand for the story.
    pub(super) whole: bool,
    /// Whether it only adds paragraphs to another.
    pub(super) adds: bool,
}

/// From when, and until when, a document is seen; `None` for always.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
}

/// Seconds since 1970 UTC by the machine's clock.
pub(super) fn now() -> Timestamp {
    jiff::Timestamp::now().as_second()
}

impl Window {
    /// Whether it is open at a time.
    pub(super) fn holds(self, now: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

/// A document that stands for the story for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reign {
    /// Which filing.
    pub(super) current: usize,
    /// The filings whose paragraphs go behind its text, in order.
    pub(super) added: Vec<usize>,
    /// How many filings have been seen by then, itself counted.
    pub(super) filings: u32,
    /// When.
    pub(super) window: Window,
}

/// How a story's documents are laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Timeline {
    /// What stands for the story, one after the other.
    pub(super) reigns: Vec<Reign>,
    /// The filings that are kept beside them, each with the time from which it may be seen.
    pub(super) kept: Vec<(usize, Option<Timestamp>)>,
}

impl Timeline {
    /// Lays out filings as of `now`. An index in the result is a place in `entries`.
    pub(super) fn of(entries: &[Entry], now: Timestamp) -> Self {
        let held = |entry: &Entry| entry.embargo.filter(|until| *until > now);
        let mut moments: Vec<Timestamp> = entries
            .iter()
            .filter_map(held)
            .filter(|t| *t != Timestamp::MAX)
            .collect();
        moments.sort_unstable();
        moments.dedup();
        let mut reigns: Vec<Reign> = Vec::new();
        for moment in std::iter::once(now).chain(moments) {
            let Some(mut next) = reign_at(entries, moment) else {
                continue;
            };
            next.window.from = (moment > now).then_some(moment);
            if let Some(last) = reigns.last_mut() {
                if last.current == next.current && last.added == next.added && last.filings == next.filings {
                    continue;
                }
                last.window.until = next.window.from;
            }
            reigns.push(next);
        }
        let stands = |at: usize| {
            let mut own = reigns.iter().filter(|reign| reign.current == at);
            // The text of one that has others behind it is not its own any more: it is kept beside.
            own.clone().next().is_some() && own.all(|reign| reign.added.is_empty())
        };
        let kept = (0..entries.len())
            .filter(|at| !stands(*at))
            .map(|at| (at, held(&entries[at])))
            .collect();
        Self { reigns, kept }
    }

    /// Whether the story's next filing must lay it out anew, having seen all the others: not where one plain filing is current.
    pub(super) fn is_plain(&self, entries: &[Entry]) -> bool {
        let [reign] = self.reigns.as_slice() else { return false };
        let current = &entries[reign.current];
        reign.window == Window::default()
            && reign.added.is_empty()
            && current.whole
            && !current.hides
            && self.kept.iter().all(|(_, from)| from.is_none())
    }
}

fn reign_at(entries: &[Entry], moment: Timestamp) -> Option<Reign> {
    let seen = |at: &usize| entries[*at].embargo.is_none_or(|until| until <= moment);
    let order = |at: usize| entries[at].standing.order;
    let rank = |at: usize| (entries[at].whole, order(at));
    let all: Vec<usize> = (0..entries.len()).filter(seen).collect();
    let current = *all.iter().max_by_key(|at| rank(**at))?;
    let mut added: Vec<usize> = all.iter().copied().filter(|at| entries[*at].adds).collect();
    added.retain(|at| *at != current && !entries[current].hides && order(*at) > order(current));
    added.sort_by_key(|at| order(*at));
    Some(Reign {
        current,
        added,
        filings: u32::try_from(all.len()).unwrap_or(u32::MAX),
        window: Window::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::document::Order;

    const NOW: Timestamp = 1_000;

    fn entry(created: i64) -> Entry {
        Entry {
            standing: Standing {
                content: created as u64,
                order: Order {
                    created,
                    ..Order::default()
                },
            },
            embargo: None,
            hides: false,
            whole: true,
            adds: false,
        }
    }

    /// Current, added, filings, from, until.
    type Shown = (usize, Vec<usize>, u32, Option<i64>, Option<i64>);

    fn shown(entries: &[Entry]) -> Vec<Shown> {
        let timeline = Timeline::of(entries, NOW);
        let reigns = timeline.reigns.into_iter();
        reigns
            .map(|r| (r.current, r.added, r.filings, r.window.from, r.window.until))
            .collect()
    }

    #[test]
    fn the_greatest_is_current_and_the_others_are_kept() {
        let entries = [entry(5), entry(9), entry(7)];
        assert_eq!(shown(&entries), [(1, vec![], 3, None, None)]);
        let timeline = Timeline::of(&entries, NOW);
        assert_eq!(timeline.kept, [(0, None), (2, None)]);
        assert!(timeline.is_plain(&entries));
    }

    #[test]
    fn an_embargo_ends_one_reign_and_begins_the_next() {
        let held = Entry {
            embargo: Some(2_000),
            ..entry(9)
        };
        let entries = [entry(5), held];
        assert_eq!(
            shown(&entries),
            [(0, vec![], 1, None, Some(2_000)), (1, vec![], 2, Some(2_000), None)]
        );
        assert!(!Timeline::of(&entries, NOW).is_plain(&entries));
        assert_eq!(shown(&[held]), [(0, vec![], 1, Some(2_000), None)]);
        let past = Entry {
            embargo: Some(500),
            ..entry(9)
        };
        assert_eq!(shown(&[entry(5), past]), [(1, vec![], 2, None, None)]);
        let never = Entry {
            embargo: Some(Timestamp::MAX),
            ..entry(9)
        };
        assert_eq!(shown(&[never]), []);
        assert_eq!(Timeline::of(&[never], NOW).kept, [(0, Some(Timestamp::MAX))]);
    }

    #[test]
    fn an_older_embargoed_one_only_counts_when_its_time_comes() {
        let held = Entry {
            embargo: Some(2_000),
            ..entry(3)
        };
        assert_eq!(
            shown(&[entry(5), held]),
            [(0, vec![], 1, None, Some(2_000)), (0, vec![], 2, Some(2_000), None)]
        );
    }

    #[test]
    fn additions_go_behind_the_text_they_came_after() {
        let add = |created| Entry {
            whole: false,
            adds: true,
            ..entry(created)
        };
        let entries = [entry(5), add(7), add(6), add(4)];
        assert_eq!(shown(&entries), [(0, vec![2, 1], 4, None, None)]);
        let kept: Vec<usize> = Timeline::of(&entries, NOW).kept.into_iter().map(|(at, _)| at).collect();
        assert_eq!(kept, [0, 1, 2, 3], "the text alone is kept too");
        let note = Entry {
            whole: false,
            ..entry(9)
        };
        assert_eq!(shown(&[entry(5), note]), [(0, vec![], 2, None, None)]);
    }

    #[test]
    fn a_kill_stands_for_the_story_until_a_later_filing() {
        let kill = |created| Entry {
            hides: true,
            ..entry(created)
        };
        assert_eq!(shown(&[entry(5), kill(6)])[0].0, 1);
        assert_eq!(shown(&[entry(5), kill(6), entry(7)])[0].0, 2);
        assert_eq!(shown(&[entry(5), kill(4)])[0].0, 0, "an older kill is overtaken");
    }
}
