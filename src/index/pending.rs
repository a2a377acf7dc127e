//! What is stored of stories written since the last commit, as much of it as a budget allows.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

/// An update mostly comes soon after what it updates; beyond this the writer commits to read it back.
const BUDGET: usize = 64 << 20;

/// Stored filings by story, the first ones forgotten first.
#[derive(Debug, Default)]
pub(super) struct Pending {
    texts: FxHashMap<u64, String>,
    order: VecDeque<u64>,
    total: usize,
}

impl Pending {
    pub(super) fn get(&self, key: u64) -> Option<&str> {
        self.texts.get(&key).map(String::as_str)
    }

    pub(super) fn insert(&mut self, key: u64, text: String) {
        self.total += text.len();
        match self.texts.insert(key, text) {
            Some(before) => self.total -= before.len(),
            None => self.order.push_back(key),
        }
        while self.total > BUDGET {
            let Some(first) = self.order.pop_front() else { break };
            self.remove(first);
        }
    }

    pub(super) fn remove(&mut self, key: u64) {
        if let Some(text) = self.texts.remove(&key) {
            self.total -= text.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_forgotten_first() {
        let mut pending = Pending::default();
        let half = BUDGET / 2;
        pending.insert(1, "x".repeat(half));
        pending.insert(2, "x".repeat(half));
        assert!(pending.get(1).is_some() && pending.get(2).is_some());
        pending.insert(3, "x".into());
        assert!(pending.get(1).is_none() && pending.get(2).is_some() && pending.get(3).is_some());
        pending.insert(2, "x".into());
        pending.remove(3);
        assert_eq!(pending.total, 1);
    }
}
