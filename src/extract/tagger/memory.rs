//! What the first pass found in the whole story, for the second: how a word was tagged where else it stands.

use rustc_hash::FxHashMap;

use super::tag::Tag;
use super::view::View;

/// How often a word had each tag.
type Counts = [u16; Tag::ALL.len()];

/// The tags of a story's words after the first pass.
#[derive(Debug, Default)]
pub(super) struct Memory {
    words: FxHashMap<u64, Counts>,
    /// The first pass's tag of each token of the text in hand.
    own: Vec<Tag>,
}

impl Memory {
    /// Remembers the words of runs with their tags. `tags` has one for each token of the text.
    pub(super) fn add(&mut self, view: &View<'_>, tags: &[Tag]) {
        for run in &view.runs {
            for at in run.clone() {
                let counts = self.words.entry(view.sights[at].folded).or_default();
                let count = &mut counts[tags[at] as usize];
                *count = count.saturating_add(1);
            }
        }
    }

    /// Turns to a text that was added with these tags.
    pub(super) fn turn_to(&mut self, tags: Vec<Tag>) {
        self.own = tags;
    }

    /// What is remembered of the word at `at`, without this occurrence: 0 for nothing, else the tag that it has most often, and
    /// whether it was seen three times.
    pub(super) fn of(&self, view: &View<'_>, at: usize) -> u64 {
        let Some(sight) = view.sights.get(at) else { return 0 };
        let Some(counts) = self.words.get(&sight.folded) else {
            return 0;
        };
        let own = self.own.get(at).copied().unwrap_or_default();
        let mut best = (0_u16, 0_usize);
        let mut sum = 0_u16;
        for (tag, &count) in counts.iter().enumerate() {
            let count = if tag == own as usize {
                count.saturating_sub(1)
            } else {
                count
            };
            sum = sum.saturating_add(count);
            if count > best.0 {
                best = (count, tag);
            }
        }
        match best {
            (0, _) => 0,
            (_, tag) => 1 + 2 * tag as u64 + u64::from(sum >= 3),
        }
    }
}
