//! The values of one facet for every row of a segment, as ids row after row: how a column is read, and how a search notes what it
//! made itself. What is kept of a segment is packed by [`super::Records`].

use std::ops::Range;

/// The global ids of one facet's values, row after row; none twice in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordinals {
    /// Where the ids of each row start; one more for the end of the last.
    starts: Vec<u32>,
    ids: Vec<u32>,
}

impl Ordinals {
    /// For no row yet; room for so many.
    pub(super) fn for_rows(rows: u32) -> Self {
        let mut starts = Vec::with_capacity(rows as usize + 1);
        starts.push(0);
        Self {
            starts,
            ids: Vec::new(),
        }
    }

    /// From pairs of row and id in the order of the rows.
    #[must_use]
    pub fn of_pairs(rows: u32, pairs: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut pairs = pairs.peekable();
        let mut ordinals = Self::for_rows(rows);
        for row in 0..rows {
            ordinals.push(std::iter::from_fn(|| pairs.next_if(|pair| pair.0 == row)).map(|pair| pair.1));
        }
        ordinals
    }

    /// The ids of the next row; one that comes again is left out.
    pub(super) fn push(&mut self, ids: impl Iterator<Item = u32>) {
        let start = self.ids.len();
        for id in ids {
            if !self.ids[start..].contains(&id) {
                self.ids.push(id);
            }
        }
        self.starts.push(self.ids.len() as u32);
    }

    /// The ids of a row; none where there is no such row.
    #[must_use]
    pub fn of(&self, row: u32) -> &[u32] {
        let start = self.starts.get(row as usize).copied().unwrap_or_default() as usize;
        let end = self.starts.get(row as usize + 1).copied().unwrap_or_default() as usize;
        self.ids.get(start..end).unwrap_or_default()
    }

    /// How many ids there are in all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// How many ids some rows have.
    pub(super) fn len_of(&self, rows: Range<u32>) -> usize {
        let start = |row: u32| self.starts.get(row as usize).copied().unwrap_or_default();
        start(rows.end).saturating_sub(start(rows.start)) as usize
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The greatest id.
    pub(super) fn greatest(&self) -> u32 {
        self.ids.iter().copied().max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_fall_on_their_rows() {
        let ordinals = Ordinals::of_pairs(4, [(1, 5), (1, 5), (1, 2), (3, 0)].into_iter());
        let rows: Vec<&[u32]> = (0..5).map(|row| ordinals.of(row)).collect();
        assert_eq!(rows, [&[][..], &[5, 2], &[], &[0], &[]]);
        assert_eq!(
            (ordinals.len(), ordinals.greatest(), ordinals.is_empty()),
            (3, 5, false)
        );
    }
}
