//! The values of one facet over the whole process: value ↔ id.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// The values of one facet over the whole process: value ↔ id. Append-only, so that an id never changes its meaning.
///
/// A clone shares what is there and costs a few reference counts: the values lie in layers, each at least twice as large as
/// the next, and a layer that a clone shares is never changed; new values go into a new one.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    layers: Vec<Arc<Layer>>,
}

/// A run of ids, with both directions.
#[derive(Debug, Clone, Default)]
struct Layer {
    first: u32,
    ids: FxHashMap<Arc<str>, u32>,
    values: Vec<Arc<str>>,
}

impl Layer {
    fn end(&self) -> u32 {
        self.first + self.values.len() as u32
    }

    fn push(&mut self, value: Arc<str>) -> u32 {
        let id = self.end();
        self.values.push(Arc::clone(&value));
        self.ids.insert(value, id);
        id
    }
}

impl Interner {
    /// The id of a value, new if it is new.
    pub fn intern(&mut self, value: &str) -> u32 {
        if let Some(id) = self.id(value) {
            return id;
        }
        if let Some(last) = self.layers.last_mut().and_then(Arc::get_mut) {
            return last.push(value.into());
        }
        let mut layer = Layer {
            first: self.len() as u32,
            ..Layer::default()
        };
        let id = layer.push(value.into());
        self.layers.push(Arc::new(layer));
        id
    }

    /// Joins small layers, so that there are few: call it before a clone is handed out. Each value moves a logarithm of times.
    pub(super) fn compact(&mut self) {
        while let [.., below, last] = &self.layers[..] {
            if below.values.len() >= 2 * last.values.len() {
                break;
            }
            let Some(last) = self.layers.pop() else { break };
            let Some(mut below) = self.layers.pop() else { break };
            let joined = Arc::make_mut(&mut below);
            for value in &last.values {
                joined.push(Arc::clone(value));
            }
            self.layers.push(below);
        }
    }

    /// The id of a value, if any story ever had it.
    #[must_use]
    pub fn id(&self, value: &str) -> Option<u32> {
        self.layers.iter().find_map(|layer| layer.ids.get(value).copied())
    }

    /// The value of an id.
    ///
    /// # Panics
    /// On an id that this interner did not give.
    #[must_use]
    pub fn value(&self, id: u32) -> &Arc<str> {
        let layer = self.layers.partition_point(|layer| layer.end() <= id);
        let layer = &self.layers[layer];
        &layer.values[(id - layer.first) as usize]
    }

    /// How many values there are; ids are below it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.end() as usize)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// The values in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Arc<str>)> {
        let values = self.layers.iter().flat_map(|layer| &layer.values);
        values.enumerate().map(|(id, value)| (id as u32, value))
    }

    /// Bytes in memory, nearly.
    #[must_use]
    pub fn bytes(&self) -> usize {
        // A text with its two counts, its place in the list, its place in the map at seven eighths full.
        const EACH: usize = 16 + 16 + 24 * 8 / 7 + 1;
        self.iter().map(|(_, value)| value.len() + EACH).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_count_up_and_stay() {
        let mut interner = Interner::default();
        let mut clones = Vec::new();
        for round in 0..40_u32 {
            for at in 0..round {
                let value = format!("{round}/{at}");
                let id = interner.intern(&value);
                assert_eq!(interner.intern(&value), id);
            }
            interner.compact();
            clones.push((interner.len(), interner.clone()));
        }
        assert!(interner.layers.len() < 8, "{} layers", interner.layers.len());
        assert_eq!(interner.len(), 39 * 40 / 2);
        for (len, clone) in clones {
            assert_eq!(clone.len(), len);
            for (id, value) in clone.iter() {
                assert_eq!(interner.value(id), value);
                assert_eq!(interner.id(value), Some(id));
                assert_eq!(clone.value(id), value);
            }
        }
    }
}
