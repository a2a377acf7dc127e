//! The values of one facet for every row of a segment, as ids in flat arrays that are as narrow as the ids allow.

use std::ops::Range;

use super::{Docs, Rows};

/// The global ids of one facet's values, row after row; none twice in a row.
#[derive(Debug, Default)]
pub struct Ordinals {
    starts: Starts,
    ids: Ids,
}

/// Where the ids of each row start.
#[derive(Debug)]
enum Starts {
    /// Every row has one.
    Each,
    /// For each block of rows where its first id stands, and for each row how far behind that its own do.
    Near { blocks: Vec<u32>, behind: Vec<u16> },
    /// For each row; where a block has more ids than [`Starts::Near`] can count.
    Far(Vec<u32>),
}

impl Default for Starts {
    fn default() -> Self {
        Self::Far(vec![0])
    }
}

/// Rows of a block, as a power of 2.
const BLOCK: u32 = 8;

/// Ids in as few bytes as the greatest needs.
#[derive(Debug)]
enum Ids {
    Bytes(Vec<u8>),
    Shorts(Vec<u16>),
    Words(Vec<u32>),
}

impl Default for Ids {
    fn default() -> Self {
        Self::Bytes(Vec::new())
    }
}

/// What counting is compiled for: one loop for each width.
trait Width: Copy {
    fn id(self) -> u32;
}

impl Width for u8 {
    fn id(self) -> u32 {
        u32::from(self)
    }
}

impl Width for u16 {
    fn id(self) -> u32 {
        u32::from(self)
    }
}

impl Width for u32 {
    fn id(self) -> u32 {
        self
    }
}

/// Collects the ids of rows in order.
#[derive(Debug)]
pub(super) struct Builder {
    starts: Vec<u32>,
    ids: Vec<u32>,
}

impl Builder {
    /// For so many rows.
    pub(super) fn new(rows: u32) -> Self {
        let mut starts = Vec::with_capacity(rows as usize + 1);
        starts.push(0);
        Self {
            starts,
            ids: Vec::new(),
        }
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

    /// Packs them.
    pub(super) fn build(self) -> Ordinals {
        let ids = match self.ids.iter().max() {
            None | Some(0..=0xFF) => Ids::Bytes(self.ids.iter().map(|&id| id as u8).collect()),
            Some(0..=0xFFFF) => Ids::Shorts(self.ids.iter().map(|&id| id as u16).collect()),
            Some(_) => Ids::Words(self.ids),
        };
        let starts = packed(self.starts);
        Ordinals { starts, ids }
    }
}

fn packed(starts: Vec<u32>) -> Starts {
    if starts.iter().enumerate().all(|(row, start)| row as u32 == *start) {
        return Starts::Each;
    }
    let blocks: Vec<u32> = starts.iter().step_by(1 << BLOCK).copied().collect();
    let behind = starts
        .iter()
        .enumerate()
        .map(|(row, start)| u16::try_from(start - blocks[row >> BLOCK]).ok());
    match behind.collect() {
        Some(behind) => Starts::Near { blocks, behind },
        None => Starts::Far(starts),
    }
}

impl Ordinals {
    /// From pairs of row and id in the order of the rows.
    #[must_use]
    pub fn of_pairs(rows: u32, pairs: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut pairs = pairs.peekable();
        let mut builder = Builder::new(rows);
        for row in 0..rows {
            builder.push(std::iter::from_fn(|| pairs.next_if(|pair| pair.0 == row)).map(|pair| pair.1));
        }
        builder.build()
    }

    fn range(&self, row: u32) -> Range<usize> {
        match &self.starts {
            Starts::Each => row as usize..row as usize + 1,
            Starts::Near { blocks, behind } => near(blocks, behind, row),
            Starts::Far(starts) => far(starts, row),
        }
    }

    /// The ids of a row.
    pub fn of(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        self.range(row).map(|at| match &self.ids {
            Ids::Bytes(ids) => u32::from(ids[at]),
            Ids::Shorts(ids) => u32::from(ids[at]),
            Ids::Words(ids) => ids[at],
        })
    }

    /// How many ids there are in all.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.ids {
            Ids::Bytes(ids) => ids.len(),
            Ids::Shorts(ids) => ids.len(),
            Ids::Words(ids) => ids.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Calls `each` with every id of the rows of these documents, row after row. Returns how many of the rows have none.
    pub fn walk(&self, rows: &Rows, docs: &Docs, mut each: impl FnMut(u32)) -> u64 {
        match &self.ids {
            Ids::Bytes(ids) => self.walk_in(ids, rows, docs, &mut each),
            Ids::Shorts(ids) => self.walk_in(ids, rows, docs, &mut each),
            Ids::Words(ids) => self.walk_in(ids, rows, docs, &mut each),
        }
    }

    fn walk_in<W: Width>(&self, ids: &[W], rows: &Rows, docs: &Docs, each: &mut impl FnMut(u32)) -> u64 {
        match &self.starts {
            Starts::Each => {
                rows.for_each(docs, |row| each(ids[row as usize].id()));
                0
            }
            Starts::Near { blocks, behind } => walk_ranges(ids, rows, docs, |row| near(blocks, behind, row), each),
            Starts::Far(starts) => walk_ranges(ids, rows, docs, |row| far(starts, row), each),
        }
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        let starts = match &self.starts {
            Starts::Each => 0,
            Starts::Near { blocks, behind } => 4 * blocks.len() + 2 * behind.len(),
            Starts::Far(starts) => 4 * starts.len(),
        };
        let width = match &self.ids {
            Ids::Bytes(_) => 1,
            Ids::Shorts(_) => 2,
            Ids::Words(_) => 4,
        };
        starts + width * self.len()
    }
}

#[inline]
fn near(blocks: &[u32], behind: &[u16], row: u32) -> Range<usize> {
    let at = |row: usize| blocks[row >> BLOCK] as usize + usize::from(behind[row]);
    at(row as usize)..at(row as usize + 1)
}

#[inline]
fn far(starts: &[u32], row: u32) -> Range<usize> {
    starts[row as usize] as usize..starts[row as usize + 1] as usize
}

#[inline]
fn walk_ranges<W: Width>(
    ids: &[W],
    rows: &Rows,
    docs: &Docs,
    range: impl Fn(u32) -> Range<usize>,
    each: &mut impl FnMut(u32),
) -> u64 {
    let mut none = 0;
    rows.for_each(docs, |row| {
        let ids = &ids[range(row)];
        none += u64::from(ids.is_empty());
        for id in ids {
            each(id.id());
        }
    });
    none
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(all: &[Vec<u32>]) -> Ordinals {
        let mut builder = Builder::new(all.len() as u32);
        for ids in all {
            builder.push(ids.iter().copied());
        }
        let ordinals = builder.build();
        for (row, ids) in all.iter().enumerate() {
            let mut expected: Vec<u32> = Vec::new();
            for id in ids {
                if !expected.contains(id) {
                    expected.push(*id);
                }
            }
            assert_eq!(ordinals.of(row as u32).collect::<Vec<_>>(), expected);
        }
        let docs = Docs::of(all.len() as u32, 0..all.len() as u32);
        let rows = Rows::new(docs.clone());
        let mut walked = Vec::new();
        let none = ordinals.walk(&rows, &docs, |id| walked.push(id));
        let expected: Vec<u32> = (0..all.len() as u32)
            .flat_map(|row| ordinals.of(row).collect::<Vec<_>>())
            .collect();
        assert_eq!(walked, expected);
        assert_eq!(none as usize, all.iter().filter(|ids| ids.is_empty()).count());
        ordinals
    }

    #[test]
    fn every_width_gives_back_what_was_put_in() {
        let some = |most: u32, count: usize| -> Vec<Vec<u32>> {
            (0..count as u32)
                .map(|row| (0..row % 4).map(|at| row * 3_001 % (most + 1 - at)).collect())
                .collect()
        };
        assert!(check(&some(255, 1_000)).bytes() < check(&some(65_535, 1_000)).bytes());
        assert!(check(&some(65_535, 1_000)).bytes() < check(&some(1 << 20, 1_000)).bytes());
        assert!(matches!(check(&[vec![7], vec![9]]).starts, Starts::Each));
        assert!(check(&[]).is_empty());
        let wide: Vec<Vec<u32>> = (0..300).map(|row| (0..400).map(|at| row + at).collect()).collect();
        assert!(matches!(check(&wide).starts, Starts::Far(_)));
    }

    #[test]
    fn pairs_fall_on_their_rows() {
        let ordinals = Ordinals::of_pairs(4, [(1, 5), (1, 5), (1, 2), (3, 0)].into_iter());
        let rows: Vec<Vec<u32>> = (0..4).map(|row| ordinals.of(row).collect()).collect();
        assert_eq!(rows, [vec![], vec![5, 2], vec![], vec![0]]);
    }
}
