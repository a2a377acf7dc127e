//! Where the record of each row starts.

/// Rows of a block of starts, as a power of 2.
const BLOCK: u32 = 6;

/// Where the record of each row starts.
#[derive(Debug)]
pub(super) enum Starts {
    /// For each block of rows where its first record starts, and for each row how far behind that its own does.
    Near { blocks: Vec<u32>, behind: Vec<u16> },
    /// For each row; where a block is longer than [`Starts::Near`] can count.
    Far(Vec<u32>),
}

impl Starts {
    /// Of a row.
    #[inline]
    pub(super) fn of(&self, row: u32) -> u32 {
        match self {
            Self::Near { blocks, behind } => near(blocks, behind, row),
            Self::Far(starts) => starts[row as usize],
        }
    }

    /// In as little room as they need.
    pub(super) fn packed(starts: Vec<u32>) -> Self {
        let blocks: Vec<u32> = starts.iter().step_by(1 << BLOCK).copied().collect();
        let behind = (0..).zip(&starts).map(|(row, start)| {
            let block = blocks[row >> BLOCK];
            u16::try_from(start - block).ok()
        });
        match behind.collect() {
            Some(behind) => Self::Near { blocks, behind },
            None => Self::Far(starts),
        }
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Near { blocks, behind } => 4 * blocks.len() + 2 * behind.len(),
            Self::Far(starts) => 4 * starts.len(),
        }
    }
}

/// Of a row, by its block and how far it is behind that.
#[inline]
pub(super) fn near(blocks: &[u32], behind: &[u16], row: u32) -> u32 {
    blocks[row as usize >> BLOCK] + u32::from(behind[row as usize])
}
