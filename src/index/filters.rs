//! Documents with some facet values, kept from one search to the next: a reader who narrows a search asks for the same again
//! and again.

use std::sync::{Arc, Mutex, PoisonError};

use super::Docs;
use crate::story::Facet;

/// Sets that are kept of a segment: 16 bits a document at most.
const MOST: usize = 16;

/// A value that fewer documents have than one in so many is read from its postings as fast.
const RARE: usize = 256;

/// The sets of one segment, the last used last.
#[derive(Debug, Default)]
pub struct Filters(Mutex<Vec<Kept>>);

#[derive(Debug)]
struct Kept {
    facet: Facet,
    ids: Vec<u32>,
    docs: Arc<Docs>,
}

impl Filters {
    /// The set of documents with one of these values: kept, or made now. `None` when it cannot be made.
    pub fn get_or_make(&self, facet: Facet, ids: &[u32], make: impl FnOnce() -> Option<Docs>) -> Option<Arc<Docs>> {
        if let Some(known) = self.get(facet, ids) {
            return Some(known);
        }
        let docs = Arc::new(make()?);
        if docs.len() * RARE > docs.words().len() * 64 {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() == MOST {
                kept.remove(0);
            }
            kept.push(Kept {
                facet,
                ids: ids.to_vec(),
                docs: Arc::clone(&docs),
            });
        }
        Some(docs)
    }

    fn get(&self, facet: Facet, ids: &[u32]) -> Option<Arc<Docs>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|kept| kept.facet == facet && kept.ids == ids)?;
        let found = kept.remove(at);
        let docs = Arc::clone(&found.docs);
        kept.push(found);
        Some(docs)
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().map(|kept| kept.docs.bytes() + 4 * kept.ids.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_sets_are_kept_and_the_least_used_goes() {
        let filters = Filters::default();
        let set = |docs: &[u32]| Some(Docs::of(1_000, docs.iter().copied()));
        let many: Vec<u32> = (0..100).collect();
        let made = |id: u32, docs: &[u32]| {
            let mut is_made = false;
            let docs = filters.get_or_make(Facet::Country, &[id], || {
                is_made = true;
                set(docs)
            });
            assert!(docs.is_some());
            is_made
        };
        assert!(made(0, &many) && !made(0, &many));
        assert!(made(1, &[7]) && made(1, &[7]), "rare ones are read again");
        for id in 2..2 + MOST as u32 - 1 {
            assert!(made(id, &many));
            assert!(!made(0, &many));
        }
        assert!(made(99, &many) && !made(0, &many) && made(2, &many));
        assert!(filters.get_or_make(Facet::Country, &[5, 6], || None).is_none());
        assert!(filters.bytes() > 0);
    }
}
